"""What outcomes and pathways have alike: the strength of an effect by year, and its adjustments (METHOD §4)."""

from __future__ import annotations

import math
from collections.abc import Callable

from socio_calc.report.workbook.calculation import Calculation
from socio_calc.report.workbook.cells import CourseCells, InputCells
from socio_calc.report.workbook.formula import Live, exponential, item, largest, literal, power, where, whole
from socio_calc.report.workbook.grid import Row

_CHINN = math.pi / math.sqrt(3.0)


def strength(sheet: Calculation, cells: CourseCells) -> Row:
    """Write w(a), the strength of the effect by year since entry."""
    lag, year = cells.lag, sheet.year
    if cells.once:
        return sheet.by_year("strength", lambda a: where(year.cells[a].equals(lag), 1, 0), "level")
    held = None
    if cells.holds is not None:
        held = sheet.scalar("held", largest(0, whole(cells.holds + 0.5)), "integer")

    def at(a: int) -> Live:
        age = year.cells[a]
        full: Live = literal(1)
        if held is not None:
            fading = age - lag - held
            full = where(fading < 0, 1, _left(cells, fading))
        full = where(age < lag, 0, full)
        return full if cells.lasts is None else where(age >= cells.lasts, 0, full)

    return sheet.by_year("strength", at, "level")


def adjusted(sheet: Calculation, inputs: InputCells, cells: CourseCells) -> Live:
    """Write κ(1−D)AE."""
    product = (1 - cells.deadweight) * cells.attribution * cells.evidence_adjustment
    if cells.completers:
        product = inputs.completion * product
    return sheet.scalar("adjustment", product, "level")


def under_intervention(
    sheet: Calculation, measure: str, value: Live, sd: Live | None, ordinary: Row
) -> Callable[[int], Live]:
    """Return i(a) before it is limited, from b(a) and the effect; `sd` for a standardised difference of an amount."""
    if measure == "difference":
        return lambda a: ordinary.cells[a] + value
    if measure == "ratio":
        return lambda a: value * ordinary.cells[a]
    if measure == "level":
        return lambda _: value
    if measure == "hazard_ratio":
        return lambda a: where(value.equals(0), 0, 1 - power(1 - ordinary.cells[a], value))
    if measure == "smd" and sd is not None:
        return lambda a: ordinary.cells[a] + value * sd
    odds = sheet.scalar("odds", exponential(value * _CHINN), "level") if measure == "smd" else value
    return lambda a: odds * ordinary.cells[a] / (1 - ordinary.cells[a] + odds * ordinary.cells[a])


def _left(cells: CourseCells, fading: Live) -> Live:
    """Return what is left `fading` (k = 0, 1, …) years after the hold."""
    fades = cells.fades
    if fades is None:
        return literal(0)
    if fades.shape == "none":
        return literal(1)
    if fades.shape == "exponential" and cells.rate is not None:
        return power(1 - cells.rate, fading + 1)
    if fades.shape == "linear" and cells.over is not None:
        return largest(0, 1 - (fading + 1) / cells.over)
    if fades.shape == "table" and cells.table is not None:
        size = len(cells.table.value)
        return where(fading < size, item(cells.table, fading + 1), 0)
    raise AssertionError(fades)
