"""Reading an earlier protocol: the workbook that a reviewer has written in, opened as a file from a stranger.

Rows are found by the columns that no reader sees, wherever sheets, rows and columns have been moved. What a reviewer
wrote is text and nothing else; personal data in it are blanked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from socio_calc.case.personal_data import redacted
from socio_calc.locale import LANGUAGES, printable, texts
from socio_calc.office import Sheet, read_workbook
from socio_calc.problems import InputError, Place, Problem
from socio_calc.review.protocol.earlier import EarlierProtocol, EarlierRow
from socio_calc.review.protocol.record import Judgement
from socio_calc.review.protocol.wording import decision_code
from socio_calc.review.protocol.workbook import (
    DATE_PROPERTY,
    KEY_HEAD,
    KIND_HEAD,
    PROPERTY,
    STATUS_HEAD,
    TITLE_PROPERTY,
    VERSION,
)

#: Longest text that is taken from a cell, in letters.
LONGEST: Final = 4_000
#: Columns that are read, by the texts of their headings.
_COLUMNS: Final = {
    "title": ("column.title", "column.rule", "column.assumption", "column.heading"),
    "what": ("column.what",),
    "value": ("column.value",),
    "decision": ("column.decision", "column.reasonable"),
    "comment": ("column.comment",),
}
_ENDINGS: Final = (".docx", ".doc", ".odt", ".html", ".htm", ".pdf", ".json", ".txt")


def read_protocol(path: Path) -> EarlierProtocol:
    """Read the workbook of an earlier protocol.

    Raises
    ------
    InputError
        The file cannot be opened safely, is no protocol, or is one of another version or in another form.
    """
    if path.suffix.lower() in _ENDINGS:
        raise not_workbook(path)
    book = read_workbook(path)
    version = book.properties.get(PROPERTY)
    rows = {(row.kind, row.key): row for sheet in book.sheets for row in _rows(sheet)}
    if not rows:
        raise _refused("protocol-without-keys" if version else "not-a-protocol", path)
    if version not in (None, VERSION):
        raise _refused("protocol-version", path, version=_text(version), known=VERSION)
    date = _text(book.properties.get(DATE_PROPERTY, ""))
    return EarlierProtocol(date or "–", _text(book.properties.get(TITLE_PROPERTY, "")), rows)


def not_workbook(path: Path) -> InputError:
    """Return the refusal of a protocol in another form, with the name of the workbook to give instead.

    The other forms are made for people to read: their rows carry no keys, and by its words alone a comment could end up
    beside another finding.
    """
    names = tuple(f"-{texts(lang).t('protocol.file.protocol')}" for lang in LANGUAGES)
    workbook = path.with_suffix(".xlsx")
    if not path.stem.endswith(names):  # the letter, the findings: their workbook has another name
        written = sorted(found for name in names for found in path.parent.glob(f"*{name}.xlsx"))
        workbook = written[0] if len(written) == 1 else path.with_name(f"…{names[0]}.xlsx")
    there = workbook.is_file()
    beside, elsewhere = (workbook.name, None) if there else (None, workbook.name)
    return _refused("protocol-not-workbook", path, beside=beside, elsewhere=elsewhere)


def _refused(code: str, path: Path, **params: object) -> InputError:
    return InputError([Problem(code, Place(file=str(path)), {"file": path.name, **params})])


def _rows(sheet: Sheet) -> Iterator[EarlierRow]:
    """Yield the rows of a sheet that carry a key; a sheet without the heading of keys has none."""
    columns: Mapping[str, int] | None = None
    for _, cells in sheet.rows:
        written = {column: _text(str(cell.text)) for column, cell in cells.items() if cell.formula is None}
        if columns is None:
            columns = _columns(written)
            continue
        key, kind = (written.get(columns[name], "") for name in ("key", "kind"))
        if not key or not kind:
            continue

        def at(name: str, written: Mapping[int, str] = written, columns: Mapping[str, int] = columns) -> str:
            return written.get(columns[name], "") if name in columns else ""

        judgement = Judgement(decision_code(at("decision")), at("comment"))
        code = key.partition("|")[0]
        yield EarlierRow(kind, key, at("status"), code, at("title"), at("what"), at("value") or None, judgement)


def _columns(written: Mapping[int, str]) -> Mapping[str, int] | None:
    """Return which column is what, None where a row is not the one with the headings."""
    found = {text: column for column, text in written.items()}
    fixed = {"kind": KIND_HEAD, "key": KEY_HEAD, "status": STATUS_HEAD}
    if any(head not in found for head in fixed.values()):
        return None
    columns = {name: found[head] for name, head in fixed.items()}
    for name, keys in _COLUMNS.items():
        heads = [texts(lang).t(f"protocol.{key}") for lang in LANGUAGES for key in keys]
        column = next((found[head] for head in heads if head in found), None)
        if column is not None:
            columns[name] = column
    return columns


def _text(value: str) -> str:
    lines = "\n".join(printable(line).strip() for line in value[:LONGEST].split("\n"))
    return redacted(lines).strip()
