"""The sheet of contents: every sheet with what it holds, each name a link to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from socio_calc.appraisal import Appraisal
from socio_calc.locale import Texts
from socio_calc.report.workbook.grid import Grid

_HEAD_ROW: Final = 3


def write_contents(grid: Grid, words: Texts, appraisal: Appraisal, sheets: Iterable[tuple[str, str]]) -> None:
    """Write a row for each sheet.

    Parameters
    ----------
    grid, words, appraisal
        The sheet, the texts of its language, and whose workbook it is.
    sheets
        Key and name of every other sheet, in their order.
    """
    grid.widths(A=28, B=90)
    grid.text(0, 0, words.t("workbook.contents.title", title=appraisal.title), "title")
    grid.paragraph(1, words.t("workbook.contents.lead"))
    grid.text(_HEAD_ROW, 0, words.t("workbook.contents.sheet"), "head")
    grid.text(_HEAD_ROW, 1, words.t("workbook.contents.holds"), "head")
    for row, (key, name) in enumerate(sheets, start=_HEAD_ROW + 1):
        grid.link(row, 0, name)
        grid.text(row, 1, words.t(f"workbook.contents.{key}"))
    grid.page(None, (_HEAD_ROW + 1, 0), f"{words.t('workbook.sheet.contents')} – {appraisal.title}")
