"""The decision that follows a test: net benefit of rolling the intervention out to one more cohort (METHOD §9).

NB is the net present value of the case with one cohort of `participants_per_cohort` people in year 0, their age and
share of women the mean of the case's cohorts. Costs per participant stand as they are; the other costs, those paid once
(`setup`) apart, are their sum over the years for each entrant of the case, paid in year 0 and therefore without price
growth. Draws are those of the case: the same quantities at the same values.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from socio_calc.analysis.focus import PresentValue
from socio_calc.appraisal import Appraisal
from socio_calc.case import Case, Cohort, CostItem, Decision, Fixed
from socio_calc.engine.build import build_plan, rate_steps
from socio_calc.engine.discounting import discount_factors
from socio_calc.engine.plan import Plan
from socio_calc.engine.terms import FloatArray
from socio_calc.engine.values import FactorValues
from socio_calc.problems import InputError, Place, Problem

_NOTHING = Fixed(value=0)


@dataclass(frozen=True, eq=False)
class RollOut:
    """Net benefit of the roll-out for one cohort, and how many cohorts there are.

    Attributes
    ----------
    decision
        What the case says; None where NB is the case's own net present value.
    cohorts
        N = cohorts_per_year·Σ_{k=from_year}^{from_year+years−1} d(k); 1 without a decision.
    perspective, horizon
        Whose gains, and over how many years after the cohort begins.
    """

    decision: Decision | None
    cohorts: float
    perspective: str
    horizon: int
    plan: Plan
    _parts: tuple[_Part, ...]

    def net_benefit(self, x: FloatArray) -> FloatArray:
        """Return NB of one cohort, shape (draws,), for drawn quantities of the case's plan, shape (columns, draws).

        Raises
        ------
        InputError
            When costs are to be shared by a number of entrants that is not positive in every draw.
        """
        total = np.zeros(x.shape[1])
        for part in self._parts:
            net = part.present_value(x[part.columns])
            if part.shared:
                entrants = entrants_of(self.plan, x)
                if float(entrants.min()) <= 0.0:
                    params = {"lowest": float(entrants.min())}
                    raise InputError([Problem("decision-without-entrants", Place(path="participants"), params)])
                net = net * (self._participants / entrants)
            total += net
        return total

    @classmethod
    def of_case(cls, appraisal: Appraisal, perspective: str, horizon: int) -> RollOut:
        """Return the case itself as the decision: NB is its net present value, and N is 1."""
        plan = appraisal.plan
        own = _Part(PresentValue(plan, perspective, [horizon]), list(range(len(plan.columns))))
        return cls(None, 1.0, perspective, horizon, plan, (own,))

    @property
    def _participants(self) -> int:
        return 0 if self.decision is None else self.decision.participants_per_cohort


@dataclass(frozen=True, eq=False)
class _Part:
    """A part of NB: its present value, which columns of the case it needs, and whether entrants share it."""

    present_value: PresentValue
    columns: list[int]
    shared: bool = False


def roll_out(appraisal: Appraisal, perspective: str | None = None, horizon: int | None = None) -> RollOut:
    """Return what the decision of a case is about.

    Parameters
    ----------
    appraisal
        The case and its draws.
    perspective
        Whose gains; None is the decision's, else `societal`.
    horizon
        Years; None is the longest.
    """
    case, plan = appraisal.case, appraisal.plan
    years = appraisal.longest if horizon is None else horizon
    decision = case.decision
    if decision is None:
        return RollOut.of_case(appraisal, perspective or "societal", years)
    whose = perspective or decision.perspective

    def part(of: Case, shared: bool = False) -> _Part:
        compiled = build_plan(of, appraisal.reference, () if shared else appraisal.own_outcomes)
        places = {column.key: place for place, column in enumerate(plan.columns)}
        return _Part(PresentValue(compiled, whose, [years]), [places[c.key] for c in compiled.columns], shared)

    parts = [part(_one_cohort(case, decision, plan))]
    if any(_is_shared(item) for item in case.costs):
        parts.append(part(_shared_costs(case), shared=True))
    return RollOut(decision, cohorts_in_all(case, decision), whose, years, plan, tuple(parts))


def cohorts_in_all(case: Case, decision: Decision) -> float:
    """Return N, the number of cohorts of a roll-out, each counted at its value in year 0 of the calculation.

    >>> from socio_calc.case import Case, Cohort
    >>> decision = Decision(
    ...     perspective="societal", participants_per_cohort=60, cohorts_per_year=1, from_year=3, years=10)
    >>> case = Case(format=1, title="A", first_year=2025, price_year=2024, horizons=(5,), decision=decision,
    ...     participants=(Cohort(year=0, number=60),))
    >>> round(cohorts_in_all(case, decision), 4)
    7.7636
    """
    end = decision.from_year + decision.years
    factors = discount_factors(rate_steps(case.discount_rate), end, case.timing)
    return decision.cohorts_per_year * float(factors[decision.from_year :].sum())


def entrants_of(plan: Plan, x: FloatArray) -> FloatArray:
    """Return Σ_c n_c, shape (draws,), for drawn quantities of a plan, shape (columns, draws)."""
    values = FactorValues(plan, x)
    total = np.zeros(x.shape[1])
    for cohort in plan.cohorts:
        total += values.product(cohort.number)
    return total


def _one_cohort(case: Case, decision: Decision, plan: Plan) -> Case:
    """Return the case with one cohort in year 0 and the costs that each participant has."""
    weights = [float(FactorValues(plan, plan.central[:, None]).product(cohort.number)[0]) for cohort in plan.cohorts]
    age = _mean([cohort.age for cohort in case.participants], weights)
    cohort = Cohort(
        year=0,
        number=Fixed(value=decision.participants_per_cohort),
        age=None if age is None else math.floor(age + 0.5),
        share_women=_mean([cohort.share_women for cohort in case.participants], weights),
    )
    costs = tuple(item if item.basis == "per_participant" and not item.setup else _emptied(item) for item in case.costs)
    return case.model_copy(update={"participants": (cohort,), "costs": costs, "correlations": ()})


def _shared_costs(case: Case) -> Case:
    """Return the costs that the entrants of the case share, all of them in year 0, and nothing else."""
    costs = tuple(
        item.model_copy(update={"years": (0,) * len(item.years)}) if _is_shared(item) else _emptied(item)
        for item in case.costs
    )
    parts = ("outcomes", "pathways", "correlations")
    nothing: dict[str, object] = {key: () for key in parts if key in Case.model_fields}
    return case.model_copy(update={"costs": costs} | nothing)


def _is_shared(item: CostItem) -> bool:
    return item.basis != "per_participant" and not item.setup


def _emptied(item: CostItem) -> CostItem:
    """Return a cost item that costs nothing: it keeps its place, by which its quantities are named."""
    return item.model_copy(update={"quantity": _NOTHING})


def _mean(values: list[int | None] | list[float | None], weights: list[float]) -> float | None:
    """Return the mean of the values that are given, weighted by the people of each cohort."""
    given = [(value, weight) for value, weight in zip(values, weights, strict=True) if value is not None]
    if not given:
        return None
    total = sum(weight for _, weight in given)
    if total <= 0.0:
        return sum(value for value, _ in given) / len(given)
    return sum(value * weight for value, weight in given) / total
