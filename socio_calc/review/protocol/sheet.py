"""Writing one sheet of the protocol's workbook: a heading, a table that can be sorted, cells to write in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from socio_calc.case.personal_data import redacted
from socio_calc.locale import printable

Kind = Literal["text", "strong", "number", "money", "share", "write", "choose", "link", "hidden"]
#: Longest text that a cell of a workbook takes, and that a drop-down list does.
_LONGEST, _LONGEST_LIST = 32_000, 255
_LINE_HEIGHT: Final = 15.0
_MOST_HEIGHT: Final = 400.0
#: Columns that are text for a reader.
_TEXTS: Final = ("text", "strong", "write", "choose")


@dataclass(frozen=True)
class SheetColumn:
    """A column: its heading, what it holds, its width in letters, and the words to choose from."""

    head: str
    kind: Kind = "text"
    width: float = 20.0
    choices: tuple[str, ...] = ()


class Formats:
    """The formats of a workbook, made once."""

    def __init__(self, book: Any) -> None:
        base = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#BFBFBF"}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.lead = book.add_format({"text_wrap": True, "valign": "top"})
        self.head = book.add_format({**base, "bold": True, "bg_color": "#E7E6E6"})
        writing = {**base, "bg_color": "#FFF9DB", "locked": False, "font_color": "#1F3864"}
        self.of: dict[str, Any] = {
            "text": book.add_format(base),
            "strong": book.add_format({**base, "bold": True}),
            "number": book.add_format({**base, "num_format": "0"}),
            "money": book.add_format({**base, "num_format": "#,##0;[Red]-#,##0"}),
            "share": book.add_format({**base, "num_format": "0%"}),
            "write": book.add_format(writing),
            "choose": book.add_format(writing),
            "link": book.add_format({**base, "font_color": "#0563C1", "underline": 1}),
            "hidden": book.add_format({"font_color": "#7F7F7F"}),
        }


def write_table(
    sheet: Any,
    formats: Formats,
    title: str,
    lead: str,
    columns: Sequence[SheetColumn],
    rows: Sequence[Sequence[object]],
    name: str,
) -> None:
    """Write a heading, a line under it, and a table with a filter on every heading.

    Parameters
    ----------
    sheet
        The worksheet, empty.
    formats
        Of its workbook.
    title, lead
        Above the table.
    columns, rows
        The table; None is an empty cell.
    name
        Of the table, unique in the workbook.
    """
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, clean(title), formats.title)
    shown = [column for column in columns if column.kind != "hidden"]
    if lead:
        sheet.merge_range(1, 0, 1, max(len(shown) - 1, 1), clean(lead), formats.lead)
        sheet.set_row(1, _height(clean(lead), sum(column.width for column in shown)))
    top = 3
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width, None, {"hidden": column.kind == "hidden"})
    for place, row in enumerate(rows, start=top + 1):
        for at, (column, value) in enumerate(zip(columns, row, strict=True)):
            _write(sheet, place, at, value, column, formats)
        sheet.set_row(place, _row_height(columns, row))
    last = top + max(len(rows), 1)
    heads = [{"header": clean(column.head), "header_format": formats.head} for column in columns]
    # The cells have borders and fills of their own; a table style would only shine through between them.
    sheet.add_table(top, 0, last, len(columns) - 1, {"columns": heads, "name": name, "style": None})
    # The button of the filter takes the room of three letters.
    sheet.set_row(top, max(_height(column.head, column.width - 3) for column in shown) + 4)
    for at, column in enumerate(columns):
        if column.choices and rows:
            _offer(sheet, top + 1, last, at, column.choices)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&A&R&P (&N)")


def _write(sheet: Any, row: int, at: int, value: object, column: SheetColumn, formats: Formats) -> None:
    cell = formats.of[column.kind]
    if value is None or value == "":
        sheet.write_blank(row, at, None, cell)
    elif isinstance(value, bool | str):
        sheet.write_string(row, at, clean(str(value)), cell)
    elif isinstance(value, int | float):
        sheet.write_number(row, at, float(value), cell)
    else:
        raise TypeError(f"a cell cannot hold {type(value).__name__}")


def _offer(sheet: Any, first: int, last: int, at: int, choices: tuple[str, ...]) -> None:
    """Offer a list; other words are allowed too, as a reviewer may need them."""
    if len(",".join(choices)) <= _LONGEST_LIST:
        rule = {"validate": "list", "source": list(choices), "error_type": "information", "show_error": False}
        sheet.data_validation(first, at, last, at, rule)


def clean(text: str) -> str:
    """Return a text that a cell can show: no control characters, no personal data, not too long."""
    lines = "\n".join(printable(line) for line in text.split("\n"))
    return redacted(lines)[:_LONGEST]


def _row_height(columns: Sequence[SheetColumn], row: Sequence[object]) -> float:
    heights = [
        _height(value, column.width)
        for column, value in zip(columns, row, strict=True)
        if column.kind in _TEXTS and isinstance(value, str)
    ]
    return min(max([_LINE_HEIGHT, *heights]), _MOST_HEIGHT)


def _height(text: str, width: float) -> float:
    """Return the height of a text in a cell of a width in letters; a little more than it needs."""
    lines = sum(max(1, -(-len(line) * 11 // int(max(width, 1.0) * 10))) for line in text.split("\n"))
    return _LINE_HEIGHT * lines + 2
