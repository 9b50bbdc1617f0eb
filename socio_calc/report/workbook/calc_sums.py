"""Sums over the ledger: by perspective, view and horizon, and net by year (METHOD §7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from socio_calc.engine.ledger import ACTORS
from socio_calc.locale import Texts
from socio_calc.report.workbook.calculation import DETAIL, LABEL, Calculation, Discounting
from socio_calc.report.workbook.formula import Live, near_zero, sum_of
from socio_calc.report.workbook.grid import Row
from socio_calc.report.workbook.ledger_sheet import Block, Places, horizon_heads

PERSPECTIVES: Final = ("societal", "public", *ACTORS)
#: Sums: costs, effects and net; effects and net without the value of work, and without health and well-being.
SUMS: Final = ("costs", "effects", "net", "effects-work", "net-work", "effects-health", "net-health")


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums of gains by (perspective, sum, number of the horizon), rounding set to 0, and the net by year."""

    present: Mapping[tuple[str, str, int], Live]
    gross: Mapping[tuple[str, str, int], Live]
    net: Mapping[str, Row]
    cumulative: Mapping[str, Row]


def perspective_name(words: Texts, perspective: str) -> str:
    """Return what a perspective is called in a table."""
    return words.choice("perspective" if perspective in ("societal", "public") else "actor", perspective)


def members(words: Texts, block: Block, perspective: str) -> Live | None:
    """Return which lines belong to a perspective, None for all."""
    if perspective == "societal":
        return None
    if perspective == "public":
        return block.flags["public"]
    return block.actors.equals(words.choice("actor", perspective))


def chosen(block: Block, name: str) -> Live | None:
    """Return which lines a sum takes, None for all."""
    costs, work, wellness = (block.flags[flag] for flag in ("cost", "work", "wellness"))
    return {
        "costs": costs,
        "effects": 1 - costs,
        "net": None,
        "effects-work": (1 - costs) * (1 - work),
        "net-work": 1 - work,
        "effects-health": (1 - costs) * (1 - wellness),
        "net-health": 1 - wellness,
    }[name]


def times(*conditions: Live | None) -> Live | None:
    """Return the product of conditions, None when there are none."""
    product = None
    for condition in conditions:
        if condition is not None:
            product = condition if product is None else product * condition
    return product


def summed(condition: Live | None, values: Live) -> Live:
    """Return the sum of a column over the lines that meet a condition."""
    return sum_of(values if condition is None else condition * values)


def write_sums(
    sheet: Calculation,
    block: Block,
    places: Places,
    horizons: Sequence[Live],
    money: Discounting,
    health: Discounting | None,
) -> Sums:
    """Write the sums of each perspective beside the years, and its net flow and cumulative net by year."""
    words, grid = sheet.words, sheet.grid
    sheet.section("sums", places.flags - 1)
    horizon_heads(grid, sheet.row, places, horizons)
    sheet.row += 1
    present: dict[tuple[str, str, int], Live] = {}
    gross: dict[tuple[str, str, int], Live] = {}
    for perspective in PERSPECTIVES:
        for name in SUMS:
            grid.text(sheet.row, LABEL, perspective_name(words, perspective))
            grid.text(sheet.row, DETAIL, words.t(f"workbook.sum.{name}"))
            condition = times(members(words, block, perspective), chosen(block, name))
            for h in range(places.horizons):
                size = grid.formula(sheet.row, places.gross + h, summed(condition, block.gross[h]), kind="money")
                value = near_zero(summed(condition, block.present[h]), size)
                present[perspective, name, h] = grid.formula(sheet.row, places.present + h, value, kind="money")
                gross[perspective, name, h] = size
            sheet.row += 1
    sheet.section("net", places.flags - 1)
    net, cumulative = {}, {}
    for perspective in PERSPECTIVES:
        condition = members(words, block, perspective)
        name = perspective_name(words, perspective)

        def flow(t: int, condition: Live | None = condition) -> Live:
            if health is None:
                return summed(condition, block.years[t]) * money.factors.cells[t]
            other = times(condition, 1 - block.flags["health"])
            own = times(condition, block.flags["health"])
            paid = summed(other, block.years[t]) * money.factors.cells[t]
            return paid + summed(own, block.years[t]) * health.factors.cells[t]

        row = sheet.by_year("net", flow, "money", name)
        net[perspective] = row

        def added(t: int, before: Live | None, row: Row = row) -> Live:
            return row.cells[t] if before is None else before + row.cells[t]

        cumulative[perspective] = sheet.running("cumulative", added, "money", name)
    return Sums(present, gross, net, cumulative)
