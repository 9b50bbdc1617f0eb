"""Tables of results below each other: a row for each perspective, a column for each horizon."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from textwrap import wrap
from typing import Final

from socio_calc.appraisal import Appraisal
from socio_calc.locale import Texts
from socio_calc.report.workbook.calc_sums import PERSPECTIVES, perspective_name
from socio_calc.report.workbook.calculate import Calculated
from socio_calc.report.workbook.cells import InputCells
from socio_calc.report.workbook.formula import Live
from socio_calc.report.workbook.grid import Grid
from socio_calc.report.workbook.styles import Kind

LABEL: Final = 0
FIRST: Final = 1
#: The heading and the head of a table; its note comes besides.
_HEAD_ROWS: Final = 2
#: Rows of a printed page.
_PAGE_ROWS: Final = 58
#: Letters of a line over the label and three columns of numbers, the fewest that there are.
_REMARK: Final = 110


@dataclass
class ResultCells:
    """Cells of the results by (measure, perspective, number of the horizon); payback has one horizon only."""

    cells: dict[tuple[str, str, int], Live] = field(default_factory=dict)
    longest: int = 0

    def at(self, measure: str, perspective: str, horizon: int | None = None) -> Live:
        """Return a cell; `horizon` None is the longest."""
        return self.cells[measure, perspective, self.longest if horizon is None else horizon]


class ResultSheet:
    """Writes tables of results below each other."""

    def __init__(self, grid: Grid, words: Texts, appraisal: Appraisal, inputs: InputCells, calc: Calculated) -> None:
        self.grid, self.words, self.appraisal, self.inputs, self.calc = grid, words, appraisal, inputs, calc
        self.count = len(inputs.horizons)
        self.found = ResultCells(longest=self.count - 1)
        self.row = 0
        #: Rows before which a new printed page begins, so that no table is cut.
        self.breaks: list[int] = []

    def table(
        self,
        key: str,
        note: str | None = None,
        columns: int | None = None,
        rows: int = len(PERSPECTIVES),
        head: str = "party",
    ) -> None:
        """Begin a table of so many rows: heading, what it shows, and a head with the horizons."""
        grid, words = self.grid, self.words
        self.row += 1
        said = "" if note is None else words.t(f"workbook.table.{note}")
        if (
            self.row + rows + _HEAD_ROWS + len(wrap(said, _REMARK)) - (self.breaks[-1] if self.breaks else 0)
            > _PAGE_ROWS
        ):
            self.breaks.append(self.row)
        for column in range(FIRST + self.count):
            grid.text(self.row, column, "", "section")
        grid.text(self.row, LABEL, words.t(f"workbook.table.{key}"), "section")
        self.row += 1
        if said:
            self.remark(said)
        grid.text(self.row, LABEL, words.t(f"workbook.results.head.{head}"), "head")
        for number in range(self.count if columns is None else columns):
            where_from = self.inputs.horizons[number if columns is None else self.count - 1]
            grid.formula(self.row, FIRST + number, where_from, "year_head", "years")
        self.row += 1

    def remark(self, text: str) -> None:
        """Write a text over the columns, on as many lines as it needs."""
        self.row = self.grid.paragraph(self.row, text, columns=_REMARK)

    def line(
        self,
        name: str,
        measure: str,
        perspective: str,
        formula: Callable[[int], Live],
        kind: Kind,
        *,
        once: bool = False,
    ) -> None:
        """Write a measure at every horizon; `once` at the longest alone."""
        self.grid.text(self.row, LABEL, name)
        for number, horizon in enumerate([self.count - 1] if once else range(self.count)):
            cell = self.grid.formula(self.row, FIRST + number, formula(horizon), kind=kind)
            self.found.cells[measure, perspective, horizon] = cell
        self.row += 1

    def each(
        self,
        measure: str,
        formula: Callable[[str, int], Live],
        kind: Kind,
        perspectives: tuple[str, ...] = PERSPECTIVES,
        *,
        once: bool = False,
    ) -> None:
        """Write a measure for every perspective and horizon."""
        for perspective in perspectives:

            def at(horizon: int, perspective: str = perspective) -> Live:
                return formula(perspective, horizon)

            self.line(perspective_name(self.words, perspective), measure, perspective, at, kind, once=once)
