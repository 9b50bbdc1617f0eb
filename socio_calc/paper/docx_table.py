"""Tables in a Word document: headings that repeat, rows that stay whole, boxes to write in."""

from __future__ import annotations

from typing import Any, Final

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Twips
from docx.table import _Cell, _Row

from socio_calc.paper import docx_styles as look
from socio_calc.paper.blocks import Row, Table, cell_of
from socio_calc.paper.cleaning import cleaned, unbroken
from socio_calc.paper.columns import column_widths
from socio_calc.paper.docx_content import add_content
from socio_calc.paper.docx_parts import cell_border, keep_together, least_height, repeat_on_every_page, table_described

_PART_INDENT: Final = Cm(0.5)
_FAINT, _STRONG = 4, 8


def add_table(document: Any, table: Table, width: int, *, wide: bool = False) -> None:
    """Add a table.

    Parameters
    ----------
    document
        Where, at its end.
    table
        What.
    width
        Width of the text in twentieths of a point.
    wide
        Whether the page lies on its side.
    """
    made = document.add_table(rows=len(table.rows) + 1, cols=len(table.columns))
    made.alignment = WD_TABLE_ALIGNMENT.LEFT
    made.autofit = False
    table_described(made, cleaned(table.caption), row_headers=table.row_headers)
    found = column_widths(table, wide=wide)
    widths = [Twips(int(width * share)) for share in found.shares]
    for column, room in zip(made.columns, widths, strict=True):
        column.width = room
    rows = made._tbl.tr_lst
    heading = _Row(rows[0], made)
    repeat_on_every_page(heading)
    keep_together(heading)
    for tc, column, room in zip(rows[0].tc_lst, table.columns, widths, strict=True):
        cell = _Cell(tc, made)
        cell.width = room
        paragraph = cell.paragraphs[0]
        paragraph.style = look.TABLE_HEAD
        run = paragraph.add_run(unbroken(cleaned(column.head)))
        if found.tight:
            run.font.size = look.TIGHT
        _align(paragraph, column.align)
        cell_border(cell, bottom=_STRONG)
    for tr, row in zip(rows[1:], table.rows, strict=True):
        _fill(made, tr, table, row, widths, look.TABLE_TIGHT if found.tight else look.TABLE_TEXT)
    # A short table stays whole; of a longer one two rows stay together at either end, and the last one with its notes.
    kept = rows[:-1] if table.is_short else [*rows[1:2], *rows[-2:-1]]
    for tr in [*kept, *(rows[-1:] if table.footnotes else ())]:
        for tc in tr.tc_lst:
            for paragraph in _Cell(tc, made).paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _fill(made: Any, tr: Any, table: Table, row: Row, widths: list[Any], style: str) -> None:
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
        paragraph.style = style
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
