"""Opening a case file: everything that is wrong with it at once, each with its line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from socio_calc.case import Case, Document, build_case, find_references, read_document
from socio_calc.engine.build import build_plan
from socio_calc.problems import InputError, Place, Problem
from socio_calc.reference import ReferenceBase, load_reference, with_local_prices

#: What a reference of the case file looks up: code of the message when it is not there.
UNKNOWN = {"cost": "unknown-cost", "evidence": "unknown-evidence", "baseline": "unknown-baseline"}


@dataclass(frozen=True)
class OpenedCase:
    """A case with the document that it was read from (for places in messages and for its hash).

    `reference` is the base with the case's local prices, if it names any.
    """

    case: Case
    document: Document
    reference: ReferenceBase


def open_case(path: Path | str, reference: ReferenceBase | None = None) -> OpenedCase:
    """Read and check a case file in YAML; `socio_calc.form.opening.open_any` also takes filled forms.

    Parameters
    ----------
    path
        A YAML file in the format of CASE_FORMAT.
    reference
        The reference base; None is the shipped one.

    Raises
    ------
    InputError
        As `open_document`.
    """
    return open_document(read_document(Path(path)), reference)


def open_document(document: Document, reference: ReferenceBase | None = None) -> OpenedCase:
    """Check the case that a document describes; its local prices lie beside the document's file.

    Parameters
    ----------
    document
        What a reader made of a file.
    reference
        The reference base; None is the shipped one.

    Raises
    ------
    InputError
        With every problem: those of the file's form, ids that the base does not have, and whatever makes the
        calculation impossible, sorted by their place.
    """
    base = load_reference() if reference is None else reference
    folder = Path(document.file).parent
    problems: list[Problem] = []
    prices = document.data.get("prices")
    if isinstance(prices, str) and prices.strip():
        try:
            base = _local_prices(base, prices, folder)
        except InputError as error:
            problems.extend(error.problems)
    case = None
    try:
        case = build_case(document)
    except InputError as error:
        problems.extend(error.problems)
    problems.extend(_unknown(document, base))
    if case is not None and not problems:
        try:
            build_plan(case, base)
        except InputError as error:
            problems.extend(error.problems)
    if problems or case is None or document.problems:
        raise InputError(sorted(_told(problems, document), key=document.order))
    return OpenedCase(case.in_folder(folder), document, base)


def _told(problems: Iterable[Problem], document: Document) -> list[Problem]:
    """Return all problems of a document; where a cell could not be read, nothing more is said about its value."""
    unread = {(problem.place.sheet, problem.place.cell) for problem in document.problems if problem.place.cell}
    paths = [problem.place.path for problem in document.problems if problem.place.path]
    found = [
        document.worded(problem)
        for problem in placed(problems, document)
        if (problem.place.sheet, problem.place.cell) not in unread
        and not any(path.startswith(f"{problem.place.path}.") for path in paths)
    ]
    return [*document.problems, *found]


def load(path: Path | str, reference: ReferenceBase | None = None) -> Case:
    """Read a case file and return the case; see `open_case` for what it raises."""
    return open_case(path, reference).case


def reference_of(case: Case, reference: ReferenceBase | None = None) -> ReferenceBase:
    """Return the base that a case is computed with: `reference` (None is the shipped one) and its local prices.

    Raises
    ------
    InputError
        When the file of local prices cannot be read, or the case was made in Python and has no folder to look in.
    """
    base = load_reference() if reference is None else reference
    if case.prices is None or base.local_prices:
        return base
    if case.folder is None:
        raise InputError([Problem("local-prices-without-folder", Place(path="prices"), {"file": case.prices})])
    return _local_prices(base, case.prices, case.folder)


def _local_prices(base: ReferenceBase, name: str, folder: Path) -> ReferenceBase:
    """Return the base with the file of local prices, which must lie in the case's own folder or below it."""
    path = folder / name
    try:
        inside, found = path.resolve().is_relative_to(folder.resolve()), path.is_file()
    except (OSError, ValueError):  # no name that a file can have
        inside, found = True, False
    if not inside:
        raise InputError([Problem("local-prices-outside", Place(path="prices"), {"file": name})])
    if not found:
        raise InputError([Problem("file-not-found", Place(path="prices"), {"file": name, "folder": str(folder)})])
    return with_local_prices(base, path)


def placed(problems: Iterable[Problem], document: Document) -> list[Problem]:
    """Return problems with the file, line and column of their paths filled in, each once."""
    found: dict[tuple[str, str | None], Problem] = {}
    for problem in problems:
        place = problem.place
        if place.line is None and place.file is None:
            problem = replace(problem, place=_nearest_place(place.path, document))
        found.setdefault((problem.code, problem.place.path), problem)
    return list(found.values())


def _nearest_place(path: str | None, document: Document) -> Place:
    """Return where a path stands, or the nearest key above it that the file has; without a line where it has none."""
    known = path is not None and path.partition(".")[0] in document.places
    return document.place(path or "") if known else Place(file=document.file, path=path)


def _unknown(document: Document, base: ReferenceBase) -> list[Problem]:
    tables = {"cost": base.costs, "evidence": base.evidence, "baseline": base.baselines}
    problems = []
    for reference in find_references(document):
        table = tables.get(reference.kind)
        if table is not None and reference.id not in table:
            params = {"id": reference.id, "suggestions": tuple(get_close_matches(reference.id, table, 3, 0.6))}
            problems.append(Problem(UNKNOWN[reference.kind], Place(path=reference.path), params))
    return problems
