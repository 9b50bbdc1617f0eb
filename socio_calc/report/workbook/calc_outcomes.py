"""Outcomes: both arms by year since entry, the strength of the effect, and the difference by year (METHOD §4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from socio_calc.report.workbook.calc_course import adjusted, strength, under_intervention
from socio_calc.report.workbook.calculation import Calculation, Participants
from socio_calc.report.workbook.cells import InputCells, OutcomeCells, OwnCells
from socio_calc.report.workbook.formula import Live, absolute, highest_of, largest, literal, smallest, sum_of
from socio_calc.report.workbook.grid import Row


@dataclass(frozen=True, slots=True)
class OutcomeRows:
    """An outcome by year: both arms, the difference, the same by equity weight, and what the measures need.

    `peak` is the most who succeed at once (probability and event); `outside` counts levels outside their domain;
    `first` is the ordinary level of one participant in the first year of the effect, and what the intervention adds.
    """

    cells: OutcomeCells | OwnCells
    ordinary: Row
    difference: Row
    weighted: Row | None
    peak: Live | None
    outside: Live
    first: tuple[Live, Live]


def outcome_rows(sheet: Calculation, inputs: InputCells, cells: OutcomeCells, people: Participants) -> OutcomeRows:
    """Write an outcome up to its difference by year."""
    words, outcome = sheet.words, cells.item
    detail = f"{words.choice('level', outcome.level)}; {words.choice('measure', outcome.effect.measure)}"
    sheet.item(outcome.name, detail)
    written, ordinary = _limited(sheet, cells, "ordinary", lambda a: cells.ordinary[min(a, len(cells.ordinary) - 1)])
    changed = under_intervention(sheet, outcome.effect.measure, cells.value, cells.sd, ordinary)
    raw, intervention = _limited(sheet, cells, "intervention", changed)
    outside = sheet.scalar(
        "outside",
        sum_of(1 * (absolute(written.whole - ordinary.whole) > 0))
        + sum_of(1 * (absolute(raw.whole - intervention.whole) > 0))
        if written is not ordinary
        else literal(0),
        "integer",
    )
    weights = strength(sheet, cells.course)
    adjustment = adjusted(sheet, inputs, cells.course)
    effect = sheet.by_year(
        "effect",
        lambda a: adjustment * (intervention.cells[a] - ordinary.cells[a]) * weights.cells[a],
        "factor",
    )
    once = outcome.level == "event"
    arm = ordinary.whole * weights.whole if once else ordinary.whole
    at_first = 1 * sheet.year.whole.equals(cells.course.lag)
    first = _first(sheet, sum_of(at_first * ordinary.whole), sum_of(at_first * effect.whole))
    return _summed(sheet, cells, people, arm, effect, highest_of(absolute(effect.whole)), outside, first)


def own_rows(sheet: Calculation, inputs: InputCells, cells: OwnCells, people: Participants) -> OutcomeRows:
    """Write an outcome whose levels a Python function gave: they are values, everything after them formulas."""
    words, outcome = sheet.words, cells.item
    sheet.item(outcome.name, words.t("workbook.own-function", level=words.choice("level", outcome.level)))
    said = words.t("workbook.own-values")
    ordinary = sheet.values_by_year("ordinary", cells.ordinary, "level", said)
    intervention = sheet.values_by_year("intervention", cells.intervention, "level", said)
    adjustment = adjusted(sheet, inputs, cells.course)
    effect = sheet.by_year("effect", lambda a: adjustment * (intervention.cells[a] - ordinary.cells[a]), "factor")
    # An event can come about in several years: those who succeed are those of all years together.
    once = outcome.level == "event"
    most = absolute(sum_of(effect.whole)) if once else highest_of(absolute(effect.whole))
    arms = zip(cells.ordinary, cells.intervention, strict=True)
    year = next((a for a, (before, after) in enumerate(arms) if before != after), 0)
    first = _first(sheet, 1 * ordinary.cells[year], 1 * effect.cells[year])
    return _summed(sheet, cells, people, ordinary.whole, effect, most, literal(0), first)


def _first(sheet: Calculation, ordinary: Live, change: Live) -> tuple[Live, Live]:
    """Write what one participant's level is in the first year of the effect, and what the intervention adds to it."""
    return sheet.scalar("first-ordinary", ordinary, "level"), sheet.scalar("first-change", change, "level")


def _summed(
    sheet: Calculation,
    cells: OutcomeCells | OwnCells,
    people: Participants,
    arm: Live,
    effect: Row,
    most: Live,
    outside: Live,
    first: tuple[Live, Live],
) -> OutcomeRows:
    """Write both arms by year of the calculation, for all who take part; `arm` is the ordinary level of one."""
    alive = cells.plan.alive
    present = people.alive if alive else people.entered
    ordinary_year = sheet.by_year("ordinary-year", lambda t: sum_of(arm * present[t]), "amount")
    difference = sheet.by_year("difference-year", lambda t: sum_of(effect.whole * present[t]), "amount")
    sheet.by_year("intervention-year", lambda t: ordinary_year.cells[t] + difference.cells[t], "amount")
    weighted = None
    if people.weighted:
        extra = people.weighted[alive]
        weighted = sheet.by_year("weighted-year", lambda t: sum_of(effect.whole * extra[t]), "amount")
    peak = None
    if cells.item.level in ("probability", "event"):
        peak = sheet.scalar("peak", people.number * most, "amount")
    return OutcomeRows(cells, ordinary_year, difference, weighted, peak, outside, first)


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
