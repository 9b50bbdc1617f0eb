"""The sheet of the calculation while it is written: a row for each step, a column for each year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from socio_calc.locale import Texts
from socio_calc.report.workbook.formula import Live
from socio_calc.report.workbook.grid import Grid, Row
from socio_calc.report.workbook.styles import Kind, Role

#: Columns: what a row is, what it belongs to, its unit, a number that holds for all years; then the years.
LABEL, DETAIL, UNIT, SCALAR, YEARS = range(5)
HEAD_ROW: Final = 2
YEAR_ROW: Final = 3


@dataclass(frozen=True, slots=True)
class Discounting:
    """Rates and discount factors by year, and for each horizon the same with 0 from the horizon on."""

    rates: Row
    factors: Row
    horizons: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Present:
    """Participants by year (row) and years since entry (column): who are there as the year begins, and as it ends."""

    first: tuple[Live, ...]
    last: tuple[Live, ...]


@dataclass(frozen=True, slots=True)
class Participants:
    """Participants by year (row) and years since entry (column), shape (years, years) as one row of cells a year.

    `alive` counts those who live, `entered` all who entered, `weighted` those who live times (weight − 1); the last is
    empty without equity weights. `number` is all who ever enter. `present` and `weighted_present` also have those who
    live when the year ends; by whether survival is followed, where any pathway needs them.
    """

    alive: tuple[Live, ...]
    entered: tuple[Live, ...]
    weighted: dict[bool, tuple[Live, ...]]
    number: Live
    present: dict[bool, Present]
    weighted_present: dict[bool, Present]


@dataclass
class Calculation:
    """The sheet and the next free row.

    Attributes
    ----------
    years
        Length of the calculation.
    year, calendar
        t = 0 … years − 1, and the calendar years.
    """

    grid: Grid
    words: Texts
    years: int
    row: int = YEAR_ROW + 1
    year: Row = field(init=False)

    def begin(self, title: str, first_year: Live) -> None:
        """Write the head of the sheet: calendar years, and t, which also counts years since entry."""
        grid, words = self.grid, self.words
        grid.text(0, 0, words.t("workbook.calculation.title", title=title), "title")
        grid.text(1, 0, words.t("workbook.calculation.lead"), "item")
        for column, key in enumerate(("label", "detail", "unit", "scalar")):
            role: Role = "head_right" if column == SCALAR else "head" if column == LABEL else "unit_head"
            grid.text(HEAD_ROW, column, words.t(f"workbook.calculation.head.{key}"), role)
        for column in range(SCALAR + 1):
            grid.text(YEAR_ROW, column, words.t("workbook.calculation.head.t") if column == LABEL else "", "head")
        self.year = grid.numbers(YEAR_ROW, YEARS, range(self.years), "year_head", "year")
        grid.formulas(HEAD_ROW, YEARS, [first_year + cell for cell in self.year.cells], "year_head", "year")

    def section(self, key: str, last_column: int | None = None) -> None:
        """Begin a section of the sheet."""
        self.row += 1
        for column in range((YEARS + self.years) if last_column is None else last_column + 1):
            self.grid.text(self.row, column, "", "section")
        self.grid.text_over(self.row, LABEL, self.words.t(f"workbook.section.{key}"), "section")
        self.row += 1

    def item(self, name: str, detail: str = "") -> None:
        """Begin the rows of one cost item, outcome or consequence."""
        self.grid.text_over(self.row, LABEL, f"{name} ({detail})" if detail else name, "item")
        self.row += 1

    def scalar(self, key: str, formula: Live, kind: Kind, detail: str = "", **params: object) -> Live:
        """Write a number that holds for all years."""
        self._label(key, kind, detail, **params)
        cell = self.grid.formula(self.row, SCALAR, formula, kind=kind)
        self.row += 1
        return cell

    def by_year(
        self, key: str, formulas: Sequence[Live] | Callable[[int], Live], kind: Kind, detail: str = "", **params: object
    ) -> Row:
        """Write a row over the years; `formulas` may be a function of t."""
        self._label(key, kind, detail, **params)
        written = [formulas(t) for t in range(self.years)] if callable(formulas) else formulas
        row = self.grid.formulas(self.row, YEARS, written, kind=kind)
        self.row += 1
        return row

    def values_by_year(self, key: str, values: Sequence[float], kind: Kind, detail: str = "") -> Row:
        """Write a row of values over the years that no formula gives."""
        self._label(key, kind, detail)
        row = self.grid.numbers(self.row, YEARS, values, "fixed", kind)
        self.row += 1
        return row

    def running(self, key: str, formula: Callable[[int, Live | None], Live], kind: Kind, detail: str = "") -> Row:
        """Write a row in which each cell may use the one before it."""
        self._label(key, kind, detail)
        cells: list[Live] = []
        for t in range(self.years):
            previous = cells[-1] if cells else None
            cells.append(self.grid.formula(self.row, YEARS + t, formula(t, previous), kind=kind, fill=True))
        whole = self.grid.range(self.row, YEARS, self.row, YEARS + self.years - 1, [[cell.value for cell in cells]])
        self.row += 1
        return Row(tuple(cells), whole)

    def together(
        self, labels: Sequence[tuple[str, str]], formula: Callable[[int, int, list[list[Live]]], Live], kind: Kind
    ) -> list[Row]:
        """Write rows over the years column by column.

        `formula` has the number of the row, t, and the cells written so far by row: those of every earlier year, and
        of the rows above in the same year. `labels` are (key, detail).
        """
        top = self.row
        for key, detail in labels:
            self._label(key, kind, detail)
            self.row += 1
        written: list[list[Live]] = [[] for _ in labels]
        for t in range(self.years):
            for number, cells in enumerate(written):
                cell = formula(number, t, written)
                cells.append(self.grid.formula(top + number, YEARS + t, cell, kind=kind, fill=True))
        last = YEARS + self.years - 1
        return [
            Row(tuple(cells), self.grid.range(row, YEARS, row, last, [[cell.value for cell in cells]]))
            for row, cells in enumerate(written, start=top)
        ]

    def _label(self, key: str, kind: Kind, detail: str, **params: object) -> None:
        self.grid.text(self.row, LABEL, self.words.t(f"workbook.row.{key}", **params), "text")
        self.grid.text(self.row, DETAIL, detail, "unit")
        self.grid.text(self.row, UNIT, self.words.t(f"workbook.unit.{kind}"), "unit")
