"""The sheet of the passport: what was computed, the case as text, and the line that the program reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from socio_calc.locale import Language, Texts
from socio_calc.report.passport import END, START, Passport, encoded
from socio_calc.report.passport_words import passport_facts
from socio_calc.report.workbook.grid import Grid

#: A cell holds 32,767 characters; spreadsheets slow down well before.
_PIECE: Final = 30_000
#: Where a line is cut lest a spreadsheet program takes letters of it for the code of a character, such as `_xd_`.
_CODES: Final = re.compile(r"(?<=_)(?=x[0-9A-Fa-f]{1,4}_)")
#: Letters on a line over both columns.
_LETTERS: Final = 115


def write_passport(grid: Grid, words: Texts, lang: Language, passport: Passport) -> None:
    """Write the passport: facts for people, the case and its local prices line by line, the line in pieces."""
    grid.widths(A=30, B=86)
    grid.text(0, 0, words.t("passport.heading"), "title")
    row = grid.paragraph(1, words.t("passport.lead"), columns=_LETTERS) + 1
    for label, value in passport_facts(passport, lang):
        grid.text(row, 0, label)
        grid.text(row, 1, value)
        row += 1
    row = _lines(grid, row + 1, words.t("passport.case-heading"), words.t("passport.case-lead"), passport.case_text)
    for file in passport.prices:
        row = _lines(grid, row + 1, words.t("passport.prices-heading", file=file.name), "", file.text)
    row = _heading(grid, row + 1, words.t("passport.line-heading"), words.t("passport.line-lead"))
    line = encoded(passport)
    for piece in _pieces(line):
        grid.text_over(row, 0, piece, "packed")
        row += 1
    # Lines of the case are numbered and go on below themselves, so that nothing is cut in print.
    grid.page(None, (1, 0), f"{words.t('workbook.sheet.passport')} – {passport.title}", last_column=1, upright=True)


def _heading(grid: Grid, row: int, heading: str, lead: str) -> int:
    for column in range(2):
        grid.text(row, column, "", "section")
    grid.text_over(row, 0, heading, "section")
    return grid.paragraph(row + 1, lead, columns=_LETTERS) if lead else row + 1


def _lines(grid: Grid, row: int, heading: str, lead: str, text: str) -> int:
    row = _heading(grid, row, heading, lead)
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        grid.number(row, 0, number, "fixed", "integer")
        grid.typewritten(row, 1, line)
        row += 1
    return row


def _pieces(line: str) -> Iterator[str]:
    """Yield what each cell holds.

    >>> list(_pieces("SOCIO:ab_xd_cd:END"))
    ['SOCIO:ab_', 'xd_cd:END']
    """
    for part in _CODES.split(line):
        for start in range(0, len(part), _PIECE):
            yield part[start : start + _PIECE]


def passport_line(columns: Iterable[Iterable[str]]) -> str | None:
    """Return the line of a passport that stands in pieces in cells below each other, None where there is none.

    Parameters
    ----------
    columns
        Texts of each column that may hold it, from top to bottom.

    >>> passport_line([["a", "SOCIO-CALC-PASSPORT:1:ab", "c:00:END", "b"]])
    'SOCIO-CALC-PASSPORT:1:abc:00:END'
    """
    return next((line for column in columns for line in _joined(column)), None)


def _joined(texts: Iterable[str]) -> Iterator[str]:
    line = ""
    for text in texts:
        if line or text.startswith(START):
            line += text.strip()
        if line.endswith(END):
            yield line
            line = ""
    if line:
        yield line
