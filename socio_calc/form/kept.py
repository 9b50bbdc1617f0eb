"""What no field of the form holds, pathways for instance: kept as lines of a case file on a sheet of its own."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any, Final

from socio_calc.case import Document, parse_document
from socio_calc.case.dump import SCHEMA_LINE, dump_data
from socio_calc.form.cells import put_at
from socio_calc.form.notation import LONGEST_TEXT, flow, same
from socio_calc.problems import InputError

#: Marks of the rows: lines of YAML, or pieces of one line of JSON where a spreadsheet would change the lines.
YAML_MARK: Final = "kept#yaml"
JSON_MARK: Final = "kept#json"
_PIECE: Final = 30_000


def kept_lines(kept: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Return the mark of the rows and their texts; no rows where nothing is kept.

    >>> kept_lines({"application.attachments": ["uppfoljning", "budget"]})
    ('kept#yaml', ('application: {attachments: [uppfoljning, budget]}',))
    """
    if not kept:
        return YAML_MARK, ()
    data: dict[str, Any] = {}
    for key, value in kept.items():
        put_at(data, key, value)
    lines = tuple(dump_data(data).removeprefix(SCHEMA_LINE).rstrip("\n").split("\n"))
    if all(len(line) <= LONGEST_TEXT for line in lines) and same(
        _parsed(unicodedata.normalize("NFC", "\n".join(lines))), data
    ):
        return YAML_MARK, lines
    # A space at the end of a cell may be lost: pieces of JSON have none of their own, and those in texts are escaped.
    text = flow(data, escaped=True, space="").replace(" ", "\\u0020")
    return JSON_MARK, tuple(text[start : start + _PIECE] for start in range(0, len(text), _PIECE))


def _parsed(text: str) -> Any:
    try:
        return parse_document(text.encode("utf-8", "surrogatepass"), "").data
    except InputError:
        return None


def read_kept(mark: str, lines: list[str], file: str) -> Document:
    """Return what is kept as a document of its own, whose lines are the rows of the sheet.

    Raises
    ------
    InputError
        The lines are no YAML; the problems have lines from 1.
    """
    text = "".join(lines) if mark == JSON_MARK else "\n".join(lines)
    return parse_document((text + "\n").encode("utf-8", "surrogatepass"), file)
