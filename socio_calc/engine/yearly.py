"""Flows year by year: the plain evaluation of a plan, for the base case and for a sample of draws."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from socio_calc.engine.plan import Line, Plan
from socio_calc.engine.terms import FloatArray, OwnCourse, Product, Term
from socio_calc.engine.values import FactorValues


def term_by_year(values: FactorValues, term: Term, first_year: int = 0) -> FloatArray:
    """Return one term's amount in every year, shape (years, draws).

    `first_year` is the year of the first column of `term.spread` (later than 0 for what delay puts after the end).
    """
    if term.shape is None:
        by_year = term.spread[0][:, None]
    else:
        by_year = term.spread.T @ values.strength(term.shape)
    if term.growth is not None:
        year = np.arange(first_year, first_year + term.spread.shape[1], dtype=float)[:, None]
        by_year = by_year * (1.0 + values.product(term.growth))[None, :] ** year
    return np.asarray(by_year * values.product(term.product)[None, :])


def terms_by_year(values: FactorValues, terms: Iterable[Term], years: int, first_year: int = 0) -> FloatArray:
    """Return the sum of terms in every year, shape (years, draws)."""
    total = np.zeros((years, values.draws))
    for term in terms:
        total += term_by_year(values, term, first_year)
    return total


@dataclass(frozen=True)
class BaseFlows:
    """The base case by year, undiscounted, in prices of the case's price year.

    Attributes
    ----------
    amounts
        Yearly amount of each line of the plan, shape (lines, years); an actor gains `line.entries[actor]` of it.
    qalys
        QALYs of each line by year, shape (lines, years).
    overflow
        Σ|amount| of each line that delay and duration put after the calculation, shape (lines,).
    weighted
        Yearly amounts with n_c·(weight_c − 1), shape (lines, years).
    ordinary, difference
        Σ n_c·b·S and ΔO of each outcome by year, shape (outcomes, years).
    ordinary_states, difference_states
        Person-years in each state of the pathways (`plan.states`), and what the intervention adds to them, shape
        (states, years).
    peaks
        max_a |Σ_c n_c·κ(1−D)AE·(i−b)·w(a)| of each outcome, shape (outcomes,): the most that succeed at once.
    realisable
        ρ of each line, shape (lines,).
    """

    amounts: FloatArray
    qalys: FloatArray
    overflow: FloatArray
    weighted: FloatArray
    ordinary: FloatArray
    difference: FloatArray
    ordinary_states: FloatArray
    difference_states: FloatArray
    peaks: FloatArray
    realisable: FloatArray
    public_funds_factor: float

    def public_funds_line(self, plan: Plan, costs: bool) -> FloatArray:
        """Return the λ line by year: (λ−1) times the public money flow, health apart (METHOD §2), shape (years,)."""
        flow = np.zeros(plan.years)
        for line, amount in zip(plan.lines, self.amounts, strict=True):
            if line.is_cost == costs:
                flow += public_share(line) * amount
        return (self.public_funds_factor - 1.0) * flow


def public_share(line: Line) -> float:
    """Return what kommun, region and stat together gain per krona of a line; 0 for health."""
    if line.kind == "health":
        return 0.0
    return sum(line.entries.get(actor, 0.0) for actor in ("kommun", "region", "stat"))


def base_values(plan: Plan) -> FactorValues:
    """Return the factor values of the base case: one draw, the central values."""
    return FactorValues(plan, plan.central[:, None])


def base_flows(plan: Plan) -> BaseFlows:
    """Evaluate the base case year by year."""
    return flows_at(plan, base_values(plan))


def flows_at(plan: Plan, values: FactorValues) -> BaseFlows:
    """Evaluate one draw year by year: every figure of METHOD §7 for it follows from what is returned."""
    years = plan.years

    def one(terms: Iterable[Term]) -> FloatArray:
        return terms_by_year(values, terms, years)[:, 0]

    def table(rows: list[FloatArray]) -> FloatArray:
        return np.array(rows).reshape(len(rows), years)

    overflow = np.zeros(len(plan.lines))
    for index, line in enumerate(plan.lines):
        if line.overflow:
            after = line.overflow[0].spread.shape[1]
            overflow[index] = np.abs(terms_by_year(values, line.overflow, after, years)).sum()
    return BaseFlows(
        amounts=table([one(line.terms) for line in plan.lines]),
        qalys=table([one(line.qaly_terms) for line in plan.lines]),
        overflow=overflow,
        weighted=table([one(line.weighted_terms) for line in plan.lines]),
        ordinary=table([one(outcome.ordinary_terms) for outcome in plan.outcomes]),
        difference=table([one(outcome.difference_terms) for outcome in plan.outcomes]),
        ordinary_states=table([one(state.ordinary_terms) for state in plan.states]),
        difference_states=table([one(state.difference_terms) for state in plan.states]),
        peaks=peaks(plan, values)[:, 0],
        realisable=np.array(numbers_at(values, (line.realisable for line in plan.lines))),
        public_funds_factor=float(values.product(plan.public_funds_factor)[0]),
    )


def peaks(plan: Plan, values: FactorValues) -> FloatArray:
    """Return max_a |Σ_c n_c·κ(1−D)AE·(i−b)·w(a)| of each outcome, shape (outcomes, draws) (METHOD §7)."""
    entrants = np.zeros(values.draws)
    for cohort in plan.cohorts:
        entrants = entrants + values.product(cohort.number)
    result = np.zeros((len(plan.outcomes), values.draws))
    for row, outcome in enumerate(plan.outcomes):
        if isinstance(outcome.shape, OwnCourse):
            moved = values.strength(outcome.shape)
            # An event can come about in several years: those who succeed are those of all years together.
            most = np.abs(moved.sum(axis=0)) if outcome.level == "event" else np.abs(moved).max(axis=0)
            result[row] = most * np.abs(values.product(outcome.adjustment) * entrants)
            continue
        strength = np.abs(values.strength(outcome.shape))
        last = len(outcome.changes) - 1
        lag = plan.shapes[outcome.shape].lag
        for entry, change in enumerate(outcome.changes):
            if plan.shapes[outcome.shape].event:
                if entry != min(lag, last):
                    continue
                highest = strength.max(axis=0)
            else:
                highest = strength[entry : None if entry == last else entry + 1].max(axis=0, initial=0.0)
            moved = np.abs(values.product(change) * values.product(outcome.adjustment) * entrants)
            result[row] = np.maximum(result[row], moved * highest)
    return result


def own_change(values: FactorValues, course: OwnCourse) -> tuple[int, FloatArray, FloatArray] | None:
    """Return the first year of the effect of an outcome that a function computes, and b and i − b in it, (draws,) each.

    That is the first year since entry in which the arms differ in the base case; None where they never do.
    """
    apart = np.flatnonzero(base_values(values.plan).strength(course)[:, 0])
    if not apart.size:
        return None
    levels, first = values.own(course.own), int(apart[0])
    wide = (values.draws,)
    return first, np.broadcast_to(levels.ordinary[first], wide), np.broadcast_to(levels.difference[first], wide)


def shares_by_age(plan: Plan) -> dict[int, float]:
    """Return, for each effect line, how much of its base-case value comes from measured years since entry.

    Measured are the outcome years a < followup_months/12 of the effect's evidence row; without a row none are
    (METHOD §7), and of a pathway with several effects those in which each was measured. Keys are indices into
    `plan.lines`.
    """
    values, ages = base_values(plan), np.arange(plan.years)
    measured = {outcome.id: plan.evidence_years.get(outcome.evidence_id or "", 0.0) for outcome in plan.outcomes}
    for pathway in plan.pathways:
        rows = [plan.evidence_years.get(row or "", 0.0) for row in pathway.evidence_ids]
        measured[pathway.id] = min(rows, default=0.0)
    shares: dict[int, float] = {}
    for index, line in enumerate(plan.lines):
        if line.is_cost:
            continue
        by_age = np.zeros(plan.years)
        for term in line.terms:
            if term.shape is None:
                raise AssertionError(f"{line.path}: an effect has a strength")
            spread = term.spread
            if term.growth is not None:
                spread = spread * (1.0 + values.product(term.growth)[0]) ** ages[None, :]
            weights = spread @ plan.discount_of(line)
            by_age += weights * values.strength(term.shape)[:, 0] * values.product(term.product)[0]
        total = float(by_age.sum())
        if total != 0.0:
            shares[index] = float(by_age[ages < measured[line.source]].sum()) / total
    return shares


def numbers_at(values: FactorValues, products: Iterable[Product]) -> list[float]:
    """Return products at the first draw of `values`: the base case where it holds the central values."""
    return [float(values.product(product)[0]) for product in products]
