"""Opening an .xlsx file from a stranger: refused with all reasons, or read into plain data."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from socio_calc.office.container import open_container
from socio_calc.office.guarded_xml import Gate
from socio_calc.office.kinds import is_workbook_name, kind_of
from socio_calc.office.limits import Limits
from socio_calc.office.package import Package, check_other_parts, open_package
from socio_calc.office.refusal import problem, refusal, shown
from socio_calc.office.sheet_reader import Budget, SheetReader, Surroundings
from socio_calc.office.workbook import Sheet, Workbook, coordinate_of
from socio_calc.office.workbook_parts import Listed, Properties, SharedTexts, Styles, WorkbookPart
from socio_calc.problems import InputError, Problem, file_reason

if TYPE_CHECKING:
    import openpyxl

_DEFAULT: Final = Limits()
_PROPERTIES: Final = ("core-properties", "custom-properties")


def read_workbook(path: Path, limits: Limits = _DEFAULT) -> Workbook:
    """Read a workbook that anybody may have made.

    Raises
    ------
    InputError
        The file is missing, is no .xlsx, or holds what no such file may hold; every code stands in docs/safe_files.md.
    """
    name = str(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise refusal("file-unreadable", name, reason="folder" if path.is_dir() else "no-file")
        if status.st_size > limits.size:
            raise refusal("too-large", name, size=status.st_size, limit=limits.size)
        with path.open("rb") as file:
            content = file.read(limits.size + 1)
    except FileNotFoundError:
        raise _not_found(path) from None
    except (OSError, ValueError) as error:
        raise refusal("file-unreadable", name, reason=file_reason(error)) from None
    return parse_workbook(content, name, limits)


def parse_workbook(content: bytes, file: str, limits: Limits = _DEFAULT) -> Workbook:
    """Read the bytes of a workbook; `file` is the name that messages give.

    Raises
    ------
    InputError
        As `read_workbook`.
    """
    if len(content) > limits.size:
        raise refusal("too-large", file, size=len(content), limit=limits.size)
    if not content:
        raise refusal("empty-file", file)
    kind = kind_of(content)
    if kind == "encrypted":
        raise refusal("encrypted-workbook", file)
    if kind != "zip":
        raise refusal("not-a-workbook", file, kind=kind)
    container = open_container(content, file, limits)
    gate = Gate(file, limits)
    package = open_package(container, gate)
    return _read(package, gate, content, file)


def hidden_content(book: Workbook, expected: frozenset[str] = frozenset()) -> tuple[Problem, ...]:
    """Return a warning for each hidden sheet, and for hidden rows and columns that hold something.

    Parameters
    ----------
    book : Workbook
    expected : frozenset of str
        Names of sheets that are hidden by whoever made the form, and are passed over.
    """
    found: list[Problem] = []
    for sheet in book.sheets:
        if sheet.name in expected:
            continue
        if sheet.state != "visible" and sheet.cells:
            found.append(problem("hidden-sheet", book.file, sheet=sheet.name, level="warning"))
        for code, numbers in (("hidden-rows", sheet.hidden_rows), ("hidden-columns", sheet.hidden_columns)):
            if numbers:
                area = _ranges(numbers, letters=code == "hidden-columns")
                found.append(problem(code, book.file, sheet=sheet.name, level="warning", range=area))
    return tuple(found)


def to_openpyxl(book: Workbook, *, data_only: bool = False) -> openpyxl.Workbook:
    """Return an openpyxl workbook of the same checked bytes, to write a copy from.

    Parameters
    ----------
    book : Workbook
    data_only : bool
        Cells show what formulas were stored to give, in place of the formulas.

    Raises
    ------
    InputError
        `workbook-damaged`: openpyxl cannot make a workbook of it.
    RuntimeError
        openpyxl runs without defusedxml.
    """
    import io
    import warnings

    import openpyxl

    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("openpyxl reads XML without defusedxml; see OPENPYXL_DEFUSEDXML")
    try:
        with warnings.catch_warnings():
            # It tells of what it cannot keep (pictures of unknown kinds, newer colour rules): nothing for our user.
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(book.content), data_only=data_only, keep_links=False)
    except Exception:
        raise refusal("workbook-damaged", book.file, part=None) from None


def _read(package: Package, gate: Gate, content: bytes, file: str) -> Workbook:
    container, limits = package.container, gate.limits
    read: set[str] = set()

    def take(part: str, reader: WorkbookPart | SharedTexts | Styles | Properties | SheetReader) -> None:
        if not part.lower().endswith(".xml"):
            raise refusal("workbook-damaged", file, part=shown(part))
        gate.read(container.read(part), part, reader)
        read.add(part.lower())

    workbook, texts, styles, properties = WorkbookPart(file, limits), SharedTexts(file, limits), Styles(), Properties()
    take(package.main, workbook)
    for kind, reader in (("sharedStrings", texts), ("styles", styles)):
        for relation in list(package.related(package.main, kind))[:1]:
            take(relation.target, reader)
    for kind in _PROPERTIES:
        for relation in list(package.related("", kind))[:1]:
            take(relation.target, properties)
    around = Surroundings(
        file, limits, texts.texts, styles.showing_dates(), styles.showing_percents(), workbook.from_1904
    )
    budget = Budget()
    sheets: list[Sheet] = []
    problems: list[Problem] = []
    for listed, part in _sheet_parts(package, workbook.checked()):
        if part.lower() in read:
            raise refusal("workbook-tampered", file, what="duplicate", part=shown(part))
        sheet_reader = SheetReader(listed.name, listed.state, around, budget)
        take(part, sheet_reader)
        problems.extend(sheet_reader.problems)
        sheets.append(sheet_reader.sheet())
    if problems:
        raise InputError(problems)
    check_other_parts(package, gate, read)
    return Workbook(
        file=file,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        sheets=tuple(sheets),
        names=MappingProxyType(workbook.names),
        properties=MappingProxyType(properties.values),
        warnings=package.warnings,
    )


def _sheet_parts(package: Package, listed: list[Listed]) -> list[tuple[Listed, str]]:
    """Return the sheets with their parts; sheets that are only a chart hold no cells and are passed over."""
    targets = {one.identity: one for one in package.relations.get(package.main.lower(), ())}
    found = []
    for one in listed:
        relation = targets.get(one.relation)
        if relation is None or relation.kind not in ("worksheet", "chartsheet"):
            raise refusal("workbook-damaged", package.container.file, part=shown(one.name))
        if relation.kind == "worksheet":
            found.append((one, relation.target))
    return found


def _not_found(path: Path) -> InputError:
    from socio_calc.case.nearest import nearest

    try:
        others = sorted(other.name for other in path.parent.iterdir() if is_workbook_name(other))
    except OSError:
        others = []
    folder = str(path.parent.absolute())
    return refusal("file-not-found", str(path), folder=folder, nearest=nearest(path.name, others))


def _ranges(numbers: frozenset[int], *, letters: bool) -> str:
    """Return "3, 7-9" for rows, or the same with letters for columns.

    Examples
    --------
    >>> _ranges(frozenset([7, 3, 8, 9]), letters=False), _ranges(frozenset([1, 27]), letters=True)
    ('3, 7-9', 'A, AA')
    """
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])

    def name(number: int) -> str:
        return coordinate_of(1, number)[:-1] if letters else str(number)

    return ", ".join(name(low) if low == high else f"{name(low)}-{name(high)}" for low, high in runs)
