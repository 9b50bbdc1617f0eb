"""Refusals of a workbook: one problem about the file, or several at once."""

from __future__ import annotations

from pathlib import PurePath

from socio_calc.problems import InputError, Level, Place, Problem

_SHOWN: int = 80


def problem(
    code: str, file: str, *, sheet: str | None = None, cell: str | None = None, level: Level = "error", **params: object
) -> Problem:
    """Return a problem of a workbook, or of a sheet or cell in it; the message may always name the file.

    Examples
    --------
    >>> problem("macro-file", "in/ansokan.xlsm").params["file"]
    'ansokan.xlsm'
    """
    place = Place(file=file, sheet=sheet, cell=cell)
    named = {} if sheet is None else {"sheet": sheet}
    return Problem(code, place, {"file": PurePath(file).name, **named, **params}, level)


def refusal(code: str, file: str, **params: object) -> InputError:
    """Return the refusal of a whole workbook for one reason."""
    return InputError([Problem(code, Place(file=file), {"file": PurePath(file).name, **params})])


def shown(text: str) -> str:
    r"""Return a name or text out of a foreign file as it may stand in a message: short and without hidden signs.

    Examples
    --------
    >>> shown("xl/\x1b[31m.xml")
    'xl/ [31m.xml'
    """
    clean = "".join(char if char.isprintable() else " " for char in text[: _SHOWN + 1])
    return clean if len(clean) <= _SHOWN else clean[:_SHOWN] + "…"
