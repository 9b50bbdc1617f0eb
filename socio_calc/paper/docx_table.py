"""Tables in a Word document: headings that repeat, rows that stay whole, boxes to write in."""

from __future__ import annotations

from typing import Any, Final

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Twips
from docx.table import _Cell, _Row

from socio_calc.paper import docx_styles as look
from socio_calc.paper.blocks import Row, Table, cell_of
from socio_calc.paper.cleaning import cleaned
from socio_calc.paper.docx_content import add_content
from socio_calc.paper.docx_parts import cell_border, keep_together, least_height, repeat_on_every_page, table_described

_PART_INDENT: Final = Cm(0.5)
_FAINT, _STRONG = 4, 8


def add_table(document: Any, table: Table, width: int) -> None:
    """Add a table.

    Parameters
    ----------
    document
        Where, at its end.
    table
        What.
    width
        Width of the text in twentieths of a point.
    """
    made = document.add_table(rows=len(table.rows) + 1, cols=len(table.columns))
    made.alignment = WD_TABLE_ALIGNMENT.LEFT
    made.autofit = False
    table_described(made, cleaned(table.caption), row_headers=table.row_headers)
    total = sum(column.share for column in table.columns)
    widths = [Twips(int(width * column.share / total)) for column in table.columns]
    for column, wide in zip(made.columns, widths, strict=True):
        column.width = wide
    rows = made._tbl.tr_lst
    heading = _Row(rows[0], made)
    repeat_on_every_page(heading)
    keep_together(heading)
    for tc, column, wide in zip(rows[0].tc_lst, table.columns, widths, strict=True):
        cell = _Cell(tc, made)
        cell.width = wide
        paragraph = cell.paragraphs[0]
        paragraph.style = look.TABLE_HEAD
        paragraph.add_run(cleaned(column.head))
        _align(paragraph, column.align)
        cell_border(cell, bottom=_STRONG)
    for tr, row in zip(rows[1:], table.rows, strict=True):
        _fill(made, tr, table, row, widths)
    if table.is_short:
        for tr in rows[:-1]:
            for tc in tr.tc_lst:
                for paragraph in _Cell(tc, made).paragraphs:
                    paragraph.paragraph_format.keep_with_next = True


def _fill(made: Any, tr: Any, table: Table, row: Row, widths: list[Any]) -> None:
    shown = _Row(tr, made)
    keep_together(shown)
    cells = [_Cell(tc, made) for tc in tr.tc_lst]
    if row.role == "group":
        cells[0].merge(cells[-1])
        paragraph = cells[0].paragraphs[0]
        paragraph.style = look.TABLE_HEAD
        add_content(paragraph, cell_of(row.cells[0]).content, bold=True)
        return
    lines = 0
    bold = row.role == "total"
    for at, (cell, written, column, wide) in enumerate(zip(cells, row.cells, table.columns, widths, strict=True)):
        content = cell_of(written)
        lines = max(lines, content.lines)
        cell.width = wide
        paragraph = cell.paragraphs[0]
        paragraph.style = look.TABLE_TEXT
        add_content(paragraph, content.content, bold=bold)
        _align(paragraph, column.align)
        if at == 0 and row.role == "part":
            paragraph.paragraph_format.left_indent = _PART_INDENT
        if bold:
            cell_border(cell, top=_STRONG, bottom=_FAINT)
        else:
            cell_border(cell, bottom=_FAINT)
    if lines:
        least_height(shown, lines)


def _align(paragraph: Any, align: str) -> None:
    if align == "right":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
