"""Measures of society as a whole, and the outcomes themselves (METHOD §7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from socio_calc.analysis.outcome_levels import first_year_tells
from socio_calc.engine.ledger import ACTORS, PUBLIC
from socio_calc.locale import Texts
from socio_calc.report.net_cost import net_cost_per
from socio_calc.report.outcome_sentences import each_step
from socio_calc.report.state_names import state_name
from socio_calc.report.workbook.calc_outcomes import OutcomeRows
from socio_calc.report.workbook.calc_sums import summed
from socio_calc.report.workbook.calculate import Calculated
from socio_calc.report.workbook.formula import (
    MISSING,
    Live,
    absolute,
    added,
    both,
    literal,
    near_zero,
    sum_of,
    where,
    whole,
)
from socio_calc.report.workbook.grid import Row
from socio_calc.report.workbook.result_sheet import ResultSheet

#: Both arms of an outcome, and what lies between them.
ARMS: Final = ("ordinary", "intervention", "difference")
_OUTSIDE = tuple(actor for actor in ACTORS if actor not in PUBLIC)


def write_societal(sheet: ResultSheet) -> None:
    """Write the measures that exist for society alone."""
    words, calc = sheet.words, sheet.calc
    sheet.table("societal", "societal-note", rows=6 + 3 * len(calc.outcomes), head="measure")

    def measure(name: str) -> str:
        return words.choice("result", name)

    if calc.flows.qalys and calc.health is not None:
        health = calc.health
        sheet.line(measure("qalys"), "qalys", "societal", lambda h: _qalys(sheet, health.horizons[h].whole), "amount")
        sheet.line(
            measure("qalys_undiscounted"),
            "qalys_undiscounted",
            "societal",
            lambda h: _qalys(sheet, calc.sheet.year.whole < sheet.inputs.horizons[h]),
            "amount",
        )
    sheet.line(measure("mvpf"), "mvpf", "societal", lambda h: _mvpf(sheet, h), "amount")
    sheet.line(
        measure("npv_per_grant_krona"), "npv_per_grant_krona", "societal", lambda h: _per_grant(sheet, h), "amount"
    )
    sheet.line(measure("npv_weighted"), "npv_weighted", "societal", lambda h: _weighted(sheet, h), "money")
    for outcome in calc.outcomes:
        _outcome_measures(sheet, outcome)
        _reservation(sheet, outcome)


@dataclass(frozen=True, slots=True)
class Measured:
    """An outcome or a state of a pathway, with what it comes to by year under ordinary practice and the difference."""

    id: str
    name: str
    ordinary: Row
    difference: Row


def measured_outcomes(words: Texts, calc: Calculated) -> tuple[Measured, ...]:
    """Return the outcomes, then the states of the pathways, in the order of the case."""
    found = [Measured(one.cells.item.id, one.cells.item.name, one.ordinary, one.difference) for one in calc.outcomes]
    for pathway in calc.pathways:
        item = pathway.cells.item
        for state, ordinary in pathway.ordinary.items():
            name = words.t("workbook.pathway-state", pathway=item.name, state=state_name(words, state))
            found.append(Measured(f"{item.id}.{state}", name, ordinary, pathway.difference[state]))
    return tuple(found)


def write_outcomes(sheet: ResultSheet) -> None:
    """Write both arms and the difference of each outcome and state, undiscounted, over the years of each horizon."""
    words, calc = sheet.words, sheet.calc
    measured = measured_outcomes(words, calc)
    averages = any(one.cells.item.level == "amount" for one in calc.outcomes)
    note = "outcomes-averages-note" if averages else "outcomes-note" if calc.outcomes else "states-note"
    sheet.table("outcomes", note, rows=len(ARMS) * len(measured), head="outcome")
    year = calc.sheet.year.whole
    for one in measured:
        arms = {
            "ordinary": (one.ordinary.whole,),
            "intervention": (one.ordinary.whole, one.difference.whole),
            "difference": (one.difference.whole,),
        }
        for arm in ARMS:

            def summed_over(h: int, rows: tuple[Live, ...] = arms[arm]) -> Live:
                inside = year < sheet.inputs.horizons[h]
                return added([sum_of(inside * row) for row in rows])

            label = words.t(f"workbook.outcome.{arm}", outcome=one.name)
            sheet.line(label, f"{arm}:{one.id}", "societal", summed_over, "amount")


def _qalys(sheet: ResultSheet, weights: Live) -> Live:
    parts = [sum_of(weights * row.whole) for row in sheet.calc.flows.qalys]
    result = parts[0]
    for part in parts[1:]:
        result = result + part
    return result


def _mvpf(sheet: ResultSheet, h: int) -> Live:
    """Return what falls outside the public sector by krona of its net cost, without the line of the tax factor."""
    block = sheet.calc.ledger
    outside = (1 - block.flags["public"]) * (1 - block.flags["factor"])
    gain = near_zero(summed(outside, block.present[h]), summed(outside, block.gross[h]))
    cost = 0 - sheet.found.at("npv", "public", h)
    return where(both(gain > 0, cost > 0), gain / cost, MISSING)


def _per_grant(sheet: ResultSheet, h: int) -> Live:
    block = sheet.calc.ledger
    grant = block.flags["grant"]
    paid = 0 - near_zero(summed(grant, block.present[h]), summed(grant, block.gross[h]))
    return where(paid > 0, sheet.found.at("npv", "societal", h) / paid, MISSING)


def _weighted(sheet: ResultSheet, h: int) -> Live:
    net, weighted = sheet.found.at("npv", "societal", h), sheet.calc.weighted
    return net if weighted is None else net + summed(None, weighted.present[h])


def _outcome_measures(sheet: ResultSheet, outcome: OutcomeRows) -> None:
    item, words = outcome.cells.item, sheet.words
    peak = outcome.peak
    if peak is not None:

        def needed(h: int) -> Live:
            if not outcome.cells.consequences:
                return literal(MISSING)  # without a price, no number of people makes the intervention break even
            share = sheet.found.at("break_even_effect", "societal", h)
            number = 0 - whole(1e-9 - share * peak)
            enough = where(number - 1 < _possible_people(sheet, outcome), number, MISSING)
            return where(is_number(share), enough, MISSING)

        name = words.t("workbook.break-even-number", outcome=item.name)
        sheet.line(name, f"break_even_number:{item.id}", "societal", needed, "integer")

    def each(h: int) -> Live:
        weights = sheet.calc.money.horizons[h].whole
        change = sum_of(weights * outcome.difference.whole)
        size = sum_of(weights * absolute(outcome.difference.whole))
        better = change > 1e-9 * size if item.better == "higher" else change < -1e-9 * size
        net_cost = 0 - sheet.calc.sums.present["societal", "net-health", h]
        return where(both(better, net_cost > 0), net_cost / absolute(change), MISSING)

    step = each_step(words, item, sheet.appraisal.longest)
    name = words.t("workbook.cost-per-outcome", outcome=item.name, each=step)
    sheet.line(name, f"cost_per_outcome:{item.id}", "societal", each, "money")


def _possible_people(sheet: ResultSheet, outcome: OutcomeRows) -> Live:
    """Return for how many it can make the difference, as `possible_people` does, from the cells of the first year."""
    of, (ordinary, change) = sheet.calc.people.number, outcome.first
    return of * where(change < 0, ordinary, 1 - ordinary) if first_year_tells(outcome.cells.item) else of


def _reservation(sheet: ResultSheet, outcome: OutcomeRows) -> None:
    """Say below a net cost per unit why the document leaves it out, where it does."""
    found = net_cost_per(sheet.appraisal, outcome.cells.item.id)
    if isinstance(found, str):
        sheet.remark(sheet.words.t(f"workbook.net-cost-unsure.{found}"))


def is_number(cell: Live) -> Live:
    """Return ISNUMBER of a cell."""
    return Live(f"ISNUMBER({cell.text})", not isinstance(cell.value, str))
