"""The ledger on the sheet of the calculation: who gains and who loses each year, and present values (METHOD §2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from socio_calc.engine.ledger import PUBLIC
from socio_calc.report.workbook.calculation import DETAIL, LABEL, SCALAR, UNIT, YEARS, Calculation, Discounting
from socio_calc.report.workbook.cells import InputCells
from socio_calc.report.workbook.formula import Live, absolute, sum_of
from socio_calc.report.workbook.grid import Grid
from socio_calc.report.workbook.styles import Kind

Part = Literal["cost", "money", "production", "health", "wellbeing"]
#: What a line of the ledger is, each with a column of 0 and 1 after the sums.
FLAGS: Final = ("public", "cost", "work", "wellness", "health", "transfer", "grant", "factor")


@dataclass(frozen=True, slots=True)
class Entry:
    """What one actor gains each year on one line; `kind` is a kind of METHOD §2, `cost` or `factor`."""

    name: str
    source: str
    kind: str
    part: Part
    actor: str
    gains: tuple[Live, ...]
    grant: bool = False

    def flags(self) -> tuple[int, ...]:
        """Return the values of FLAGS."""
        return (
            int(self.actor in PUBLIC),
            int(self.part == "cost"),
            int(self.part == "production"),
            int(self.part in ("health", "wellbeing")),
            int(self.part == "health"),
            int(self.kind == "transfer"),
            int(self.grant),
            int(self.kind == "factor"),
        )


@dataclass(frozen=True, slots=True)
class Block:
    """Lines below each other as columns: present and absolute present values by horizon, flags, actors, years."""

    present: tuple[Live, ...]
    gross: tuple[Live, ...]
    flags: dict[str, Live]
    actors: Live
    years: tuple[Live, ...]


class Places:
    """Where sums stand beside the years: a column for each horizon, and another for absolute values, then flags."""

    def __init__(self, years: int, horizons: int) -> None:
        self.present = YEARS + years
        self.gross = self.present + horizons
        self.flags = self.gross + horizons
        self.horizons = horizons


class LedgerSheet:
    """Writes entries below each other; `block` gives all of them as columns.

    Parameters
    ----------
    sheet, inputs
        The sheet and the inputs.
    money, health
        Discounting of money, and of health where the case has any.
    """

    def __init__(self, sheet: Calculation, inputs: InputCells, money: Discounting, health: Discounting | None) -> None:
        self.sheet, self.money, self.health = sheet, money, health
        self.horizons = inputs.horizons
        self.places = Places(sheet.years, len(inputs.horizons))
        self._top = 0
        self._values: list[list[float]] = []
        self._actors: list[str] = []

    def begin(self) -> None:
        """Write the heads of the columns, which are others than those of the steps above."""
        grid, words, row = self.sheet.grid, self.sheet.words, self.sheet.row
        for column, key in enumerate(("line", "source", "kind", "actor")):
            grid.text(row, column, words.t(f"workbook.calculation.head.{key}"), "unit_head" if column else "head")
        for t in range(self.sheet.years):
            grid.formula(row, YEARS + t, self.sheet.year.cells[t], "year_head", "year", fill=True)
        horizon_heads(grid, row, self.places, self.horizons)
        for number, flag in enumerate(FLAGS):
            grid.text(row, self.places.flags + number, words.t(f"workbook.flag.{flag}"), "head")
        self.sheet.row = self._top = row + 1
        self._values, self._actors = [], []

    def add(self, entries: Iterable[Entry]) -> None:
        """Write entries with their present values; health uses its own discounting."""
        for entry in entries:
            self._values.append(self._write(entry))
            self._actors.append(self.actor_name(entry.actor))

    def block(self) -> Block | None:
        """Return all entries written since `begin`, or None when there are none."""
        if not self._values:
            return None
        grid, years, count = self.sheet.grid, self.sheet.years, self.places.horizons

        def column(place: int, pick: int, fixed: bool = True) -> Live:
            return grid.column(self._top, place, [row[pick] for row in self._values], fixed=fixed)

        return Block(
            tuple(column(self.places.present + h, years + h) for h in range(count)),
            tuple(column(self.places.gross + h, years + count + h) for h in range(count)),
            {flag: column(self.places.flags + k, years + 2 * count + k) for k, flag in enumerate(FLAGS)},
            grid.column(self._top, SCALAR, self._actors),
            tuple(column(YEARS + t, t, fixed=False) for t in range(years)),
        )

    def actor_name(self, actor: str) -> str:
        """Return what an actor is called on the sheet."""
        return self.sheet.words.choice("actor", actor)

    def _write(self, entry: Entry) -> list[float]:
        sheet, words = self.sheet, self.sheet.words
        own = entry.kind in ("cost", "factor")
        kind = words.t(f"workbook.kind.{entry.kind}") if own else words.choice("kind", entry.kind)
        texts = ((LABEL, entry.name), (DETAIL, entry.source), (UNIT, kind), (SCALAR, self.actor_name(entry.actor)))
        for column, text in texts:
            sheet.grid.text(sheet.row, column, text, "text" if column == LABEL else "unit")
        row = sheet.grid.formulas(sheet.row, YEARS, entry.gains, kind="money")
        values = [cell.value for cell in row.cells]
        discounting = self.health if entry.part == "health" and self.health is not None else self.money
        for first, wanted in ((self.places.present, row.whole), (self.places.gross, absolute(row.whole))):
            for number, weights in enumerate(discounting.horizons):
                formula = sum_of(wanted * weights.whole)
                values.append(sheet.grid.formula(sheet.row, first + number, formula, kind="money").value)
        for number, flag in enumerate(entry.flags()):
            values.append(sheet.grid.number(sheet.row, self.places.flags + number, flag, "fixed", "integer").value)
        sheet.row += 1
        return values


def horizon_heads(grid: Grid, row: int, places: Places, horizons: Sequence[Live]) -> None:
    """Write the heads of the columns of present values and of absolute ones: the horizons, which may be changed."""
    kinds: tuple[tuple[int, Kind], ...] = ((places.present, "present"), (places.gross, "gross"))
    for first, kind in kinds:
        for number, horizon in enumerate(horizons):
            grid.formula(row, first + number, horizon, "year_head", kind)
