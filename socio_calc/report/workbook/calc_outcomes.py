"""Outcomes: both arms by year since entry, the strength of the effect, and the difference by year (METHOD §4)."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from socio_calc.report.workbook.calculation import Calculation, Participants
from socio_calc.report.workbook.cells import InputCells, OutcomeCells
from socio_calc.report.workbook.formula import (
    Live,
    absolute,
    exponential,
    highest_of,
    item,
    largest,
    literal,
    power,
    smallest,
    sum_of,
    where,
    whole,
)
from socio_calc.report.workbook.grid import Row

_CHINN = math.pi / math.sqrt(3.0)


@dataclass(frozen=True, slots=True)
class OutcomeRows:
    """An outcome by year: both arms, the difference, the same by equity weight, and what the measures need.

    `peak` is the most who succeed at once (probability and event); `outside` counts levels outside their domain.
    """

    cells: OutcomeCells
    ordinary: Row
    difference: Row
    weighted: Row | None
    peak: Live | None
    outside: Live


def outcome_rows(sheet: Calculation, inputs: InputCells, cells: OutcomeCells, people: Participants) -> OutcomeRows:
    """Write an outcome up to its difference by year."""
    words, outcome = sheet.words, cells.item
    detail = f"{words.choice('level', outcome.level)}; {words.choice('measure', outcome.effect.measure)}"
    sheet.item(outcome.name, detail)
    written, ordinary = _limited(sheet, cells, "ordinary", lambda a: cells.ordinary[min(a, len(cells.ordinary) - 1)])
    raw, intervention = _limited(sheet, cells, "intervention", _intervention(sheet, cells, ordinary))
    outside = sheet.scalar(
        "outside",
        sum_of(1 * (absolute(written.whole - ordinary.whole) > 0))
        + sum_of(1 * (absolute(raw.whole - intervention.whole) > 0))
        if written is not ordinary
        else literal(0),
        "integer",
    )
    strength = _strength(sheet, cells)
    adjustment = (1 - cells.deadweight) * cells.attribution * cells.evidence_adjustment
    if outcome.effect_on == "completers":
        adjustment = inputs.completion * adjustment
    adjusted = sheet.scalar("adjustment", adjustment, "level")
    effect = sheet.by_year(
        "effect",
        lambda a: adjusted * (intervention.cells[a] - ordinary.cells[a]) * strength.cells[a],
        "factor",
    )
    alive = cells.plan.alive
    present = people.alive if alive else people.entered
    once = outcome.level == "event"
    arm = ordinary.whole * strength.whole if once else ordinary.whole
    ordinary_year = sheet.by_year("ordinary-year", lambda t: sum_of(arm * present[t]), "amount")
    difference = sheet.by_year("difference-year", lambda t: sum_of(effect.whole * present[t]), "amount")
    sheet.by_year("intervention-year", lambda t: ordinary_year.cells[t] + difference.cells[t], "amount")
    weighted = None
    if people.weighted:
        extra = people.weighted[alive]
        weighted = sheet.by_year("weighted-year", lambda t: sum_of(effect.whole * extra[t]), "amount")
    peak = None
    if outcome.level in ("probability", "event"):
        peak = sheet.scalar("peak", people.number * highest_of(absolute(effect.whole)), "amount")
    return OutcomeRows(cells, ordinary_year, difference, weighted, peak, outside)


def _limited(sheet: Calculation, cells: OutcomeCells, key: str, formula: Callable[[int], Live]) -> tuple[Row, Row]:
    """Write a level by year since entry as it comes out, and limited to what is possible."""
    level = cells.item.level
    if level == "amount":
        row = sheet.by_year(key, formula, "level")
        return row, row
    raw = sheet.by_year(f"{key}-raw", formula, "level")
    if level == "rate":
        return raw, sheet.by_year(key, lambda a: largest(0, raw.cells[a]), "level")
    return raw, sheet.by_year(key, lambda a: smallest(1, largest(0, raw.cells[a])), "level")


def _intervention(sheet: Calculation, cells: OutcomeCells, ordinary: Row) -> Callable[[int], Live]:
    """Return i(a) before it is limited, from b(a) and the effect."""
    value, measure, level = cells.value, cells.item.effect.measure, cells.item.level
    if measure == "difference":
        return lambda a: ordinary.cells[a] + value
    if measure == "ratio":
        return lambda a: value * ordinary.cells[a]
    if measure == "level":
        return lambda _: value
    if measure == "hazard_ratio":
        return lambda a: where(value.equals(0), 0, 1 - power(1 - ordinary.cells[a], value))
    if measure == "smd" and level == "amount":
        sd = cells.sd
        if sd is None:
            raise AssertionError(cells.item.id)
        return lambda a: ordinary.cells[a] + value * sd
    odds = sheet.scalar("odds", exponential(value * _CHINN), "level") if measure == "smd" else value
    return lambda a: odds * ordinary.cells[a] / (1 - ordinary.cells[a] + odds * ordinary.cells[a])


def _strength(sheet: Calculation, cells: OutcomeCells) -> Row:
    """Write w(a), the strength of the effect by year since entry."""
    lag, year = cells.lag, sheet.year
    if cells.item.level == "event":
        return sheet.by_year("strength", lambda a: where(year.cells[a].equals(lag), 1, 0), "level")
    held = None
    if cells.holds is not None:
        held = sheet.scalar("held", largest(0, whole(cells.holds + 0.5)), "integer")

    def at(a: int) -> Live:
        age = year.cells[a]
        strength: Live = literal(1)
        if held is not None:
            fading = age - lag - held
            strength = where(fading < 0, 1, _left(cells, fading))
        strength = where(age < lag, 0, strength)
        return strength if cells.lasts is None else where(age >= cells.lasts, 0, strength)

    return sheet.by_year("strength", at, "level")


def _left(cells: OutcomeCells, fading: Live) -> Live:
    """Return what is left `fading` (k = 0, 1, …) years after the hold."""
    fades = cells.item.fades
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
    raise AssertionError(cells.item.id)
