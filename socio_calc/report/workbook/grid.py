"""One sheet, written cell by cell: every number comes back as a reference for the formulas that use it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Final

import numpy as np

from socio_calc.case.personal_data import redacted
from socio_calc.report.workbook.formula import Live
from socio_calc.report.workbook.styles import Kind, Role, Styles, shown_length
from socio_calc.report.workbook.text_width import lines_of

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_A4: Final = 9
_LONGEST_TEXT: Final = 32_000
_WIDEST_NUMBER: Final = 40
_LONGEST_FOOTER: Final = 100
_WRAPPED: Final = frozenset({"text", "unit", "note", "item_wrapped", "head", "head_right", "unit_head"})
_BOLD_ROLES: Final = frozenset({"item_wrapped", "head", "head_right", "unit_head"})
#: Characters that an indent takes of the column.
_INDENTED: Final[dict[Role, float]] = {"unit": 1.5, "unit_head": 1.5}
_LINE_HEIGHT: Final = 13.0
#: The height of a row of one line.
_ROW_HEIGHT: Final = 15.0
#: Typewriter letters in the width of a character of a column, with a little to spare.
_LETTERS_TYPED: Final = 0.94
_TITLE_HEIGHT: Final = 24.0


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side: each by its own (relative) reference, and all of them as one range."""

    cells: tuple[Live, ...]
    whole: Live


def clean(text: str) -> str:
    """Return a user's text without control characters and personal data, no longer than a cell holds.

    >>> clean("=1+1" + chr(7) + " Hej, ring 070-123 45 67")
    '=1+1 Hej, ring •••'
    """
    if not text.isprintable():
        text = "".join(
            " " if unicodedata.category(c) in ("Zl", "Zp") else c
            for c in text
            if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn")
        )
    return redacted(text)[:_LONGEST_TEXT]


def column_name(column: int) -> str:
    """Return the letters of a column counted from 0.

    >>> column_name(0), column_name(25), column_name(26), column_name(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


class Grid:
    """A sheet that is being written.

    Parameters
    ----------
    sheet, name
        The worksheet and the name by which formulas of other sheets find it.
    styles
        Formats of the workbook.
    """

    def __init__(self, sheet: Worksheet, name: str, styles: Styles) -> None:
        self.sheet = sheet
        self.name = name
        self.styles = styles
        self._widths: dict[int, float] = {}
        self._lines: dict[int, int] = {}
        self._heights: dict[int, float] = {}

    # -- cells ----------------------------------------------------------------------------------------------------

    def text(self, row: int, column: int, text: str, role: Role = "text") -> None:
        """Write a text as a text, whatever it looks like; its row grows with it where the column has a set width."""
        shown = clean(text)
        self.sheet.write_string(row, column, shown, self.styles.get(role))
        width = -self._widths.get(column, 0.0)
        if width > 0 and role in _WRAPPED:
            lines = lines_of(shown, width - _INDENTED.get(role, 0), bold=role in _BOLD_ROLES)
            self._lines[row] = max(self._lines.get(row, 1), lines)

    def text_over(self, row: int, column: int, text: str, role: Role = "text") -> None:
        """Write a text on one line, over the empty cells beside it."""
        self.sheet.write_string(row, column, clean(text), self.styles.get(role, "line"))

    def link(self, row: int, column: int, name: str) -> None:
        """Write the name of a sheet of this workbook as a link to it."""
        self.sheet.write_url(row, column, f"internal:'{name}'!A1", self.styles.get("link"), name)

    def typewritten(self, row: int, column: int, text: str) -> None:
        """Write a line of a file in typewriter letters; a long one goes on below itself in the same cell."""
        shown = clean(text)
        self.sheet.write_string(row, column, shown, self.styles.get("code"))
        letters = int(-self._widths[column] * _LETTERS_TYPED) - 2
        if len(shown) > letters:
            lines = len(wrap(shown, letters, drop_whitespace=False, break_on_hyphens=False))
            self._lines[row] = max(self._lines.get(row, 1), lines)

    def paragraph(self, row: int, text: str, role: Role = "note", columns: int = 135) -> int:
        """Write a text as lines that run over the empty cells beside them; return the row after it."""
        lines = [line for part in clean(text).split("\n") for line in wrap(part, columns) or [""]]
        for number, line in enumerate(lines):
            self.sheet.write_string(row + number, 0, line, self.styles.get(role, "line"))
        return row + len(lines)

    def number(self, row: int, column: int, value: float, role: Role = "input", kind: Kind = "number") -> Live:
        """Write a constant and return its reference."""
        self._checked(value)
        self.sheet.write_number(row, column, value, self.styles.get(role, kind))
        self._widen(column, value, kind)
        return Live(self.address(row, column), float(value))

    def formula(
        self, row: int, column: int, formula: Live, role: Role = "formula", kind: Kind = "number", *, fill: bool = False
    ) -> Live:
        """Write a formula with its value and return the cell's reference (a relative one for `fill`)."""
        value = formula.value
        if isinstance(value, str):
            shown: float | str = value
        else:
            shown = float(value) + 0.0
            self._checked(shown)
            self._widen(column, shown, kind)
        text = formula.text.replace(f"{self.name}!", "")
        self.sheet.write_formula(row, column, f"={text}", self.styles.get(role, kind), shown)
        return Live(self.address(row, column, fixed=not fill), shown)

    def formulas(
        self, row: int, column: int, formulas: Sequence[Live], role: Role = "formula", kind: Kind = "number"
    ) -> Row:
        """Write formulas side by side."""
        cells = tuple(
            self.formula(row, column + place, formula, role, kind, fill=True) for place, formula in enumerate(formulas)
        )
        return Row(cells, self.range(row, column, row, column + len(cells) - 1, [[cell.value for cell in cells]]))

    def numbers(
        self, row: int, column: int, values: Sequence[float], role: Role = "input", kind: Kind = "number"
    ) -> Row:
        """Write constants side by side."""
        cells = tuple(
            Live(
                self.address(row, column + place, fixed=False),
                self.number(row, column + place, value, role, kind).value,
            )
            for place, value in enumerate(values)
        )
        return Row(cells, self.range(row, column, row, column + len(cells) - 1, [[cell.value for cell in cells]]))

    def _checked(self, value: float) -> None:
        if not np.isfinite(value):
            raise ValueError(f"{self.name}: {value} cannot stand in a cell")

    # -- references -----------------------------------------------------------------------------------------------

    def address(self, row: int, column: int, *, fixed: bool = True) -> str:
        """Return the reference of a cell with its sheet; `fixed` also holds the column when a formula is copied."""
        return f"{self.name}!{'$' if fixed else ''}{column_name(column)}${row + 1}"

    def range(self, row: int, column: int, last_row: int, last_column: int, values: object) -> Live:
        """Return the reference of a block of cells with their values, shape (rows, columns)."""
        first = f"${column_name(column)}${row + 1}"
        last = f"${column_name(last_column)}${last_row + 1}"
        array = np.array(values, dtype=object if _has_text(values) else float)
        return Live(f"{self.name}!{first}:{last}", array.reshape(last_row - row + 1, last_column - column + 1))

    def column(self, row: int, column: int, values: Sequence[object], *, fixed: bool = True) -> Live:
        """Return the reference of cells below each other, shape (rows, 1)."""
        mark = "$" if fixed else ""
        letters = column_name(column)
        reference = f"{self.name}!{mark}{letters}${row + 1}:{mark}{letters}${row + len(values)}"
        array = np.array(values, dtype=object if _has_text(values) else float)
        return Live(reference, array.reshape(len(values), 1))

    # -- the page -------------------------------------------------------------------------------------------------

    def widths(self, **columns: float) -> None:
        """Set widths of columns by letter, in characters; other columns follow their numbers."""
        for letters, width in columns.items():
            number = 0
            for letter in letters:
                number = number * 26 + ord(letter) - ord("A") + 1
            self._widths[number - 1] = -width

    def _widen(self, column: int, value: float, kind: Kind) -> None:
        known = self._widths.get(column, 0.0)
        if known >= 0:
            self._widths[column] = max(known, float(min(shown_length(value, kind) + 2, _WIDEST_NUMBER)))

    def height(self, row: int, points: float) -> None:
        """Set the height of a row."""
        self._heights[row] = points

    def height_of(self, row: int, end: int) -> float:
        """Return how high the rows from one to before another are, in points."""
        return sum(
            self._heights.get(at, max(_ROW_HEIGHT, self._lines.get(at, 1) * _LINE_HEIGHT)) for at in range(row, end)
        )

    def page(
        self,
        head_rows: tuple[int, int] | None,
        freeze: tuple[int, int],
        footer: str,
        *,
        last_column: int | None = None,
        one_page: bool = False,
        upright: bool = False,
        scale: int | None = None,
        repeated: int = 1,
    ) -> None:
        """Set widths, heights, frozen panes, repeated head rows and print set-up, when all cells are written.

        Sheets are printed on A4 across, or `upright`, as wide as the page; `one_page` also as high. With a `scale` in
        per cent they are printed at that size on as many pages as it takes, the first columns (`repeated`) on each:
        letters stay large enough to read, and breaks between pages stand where the sheet wants them.
        """
        self.height(0, _TITLE_HEIGHT)
        for row, lines in self._lines.items():
            if lines > 1:
                self._heights.setdefault(row, lines * _LINE_HEIGHT)
        for row, points in sorted(self._heights.items()):
            self.sheet.set_row(row, points)
        for column, width in sorted(self._widths.items()):
            self.sheet.set_column(column, column, abs(width))
        self.sheet.freeze_panes(*freeze)
        if not upright:
            self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        if scale is None:
            self.sheet.fit_to_pages(1, 1 if one_page else 0)
        else:
            self.sheet.set_print_scale(scale)
            self.sheet.print_across()
            if repeated:
                self.sheet.repeat_columns(0, repeated - 1)
        self.sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        self.sheet.set_footer(f"&L{clean(footer)[:_LONGEST_FOOTER].replace('&', '&&')}&R&P / &N")
        self.sheet.hide_gridlines(2)
        if head_rows is not None:
            self.sheet.repeat_rows(*head_rows)
        if last_column is not None:
            self.sheet.print_area(0, 0, self.sheet.dim_rowmax or 0, last_column)


def _has_text(values: object) -> bool:
    if isinstance(values, str):
        return True
    return isinstance(values, list | tuple) and any(_has_text(value) for value in values)
