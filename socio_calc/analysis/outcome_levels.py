"""What a calculation counts of its outcomes for one participant: the level in the first year of the effect, both arms.

Everything that METHOD §4 takes off an effect is off it (completion, deadweight, attribution, evidence): this is what
the intervention is said to do, so that it may stand beside sums, shares of the effect and numbers of participants.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from socio_calc.analysis.focus import Focus
from socio_calc.analysis.information_evsi import levels_of
from socio_calc.appraisal import Appraisal
from socio_calc.engine.effects import clip_to_domain
from socio_calc.engine.plan import OutcomePlan, Plan
from socio_calc.engine.terms import FloatArray, OwnCourse
from socio_calc.engine.values import FactorValues
from socio_calc.engine.yearly import base_values

#: Percentiles of an interval.
_ENDS = (5.0, 95.0)


@dataclass(frozen=True, slots=True)
class OutcomeLevel:
    """The level of one outcome for one participant in the first year of its effect, base case.

    Attributes
    ----------
    outcome
        Its id.
    year
        That year, counted from entry: 0 is the year of entry.
    ordinary
        The level under ordinary practice: a share, events a year, or an amount.
    change
        What the intervention adds to it, all adjustments made; below 0 where it takes away.
    """

    outcome: str
    year: int
    ordinary: float
    change: float

    @property
    def intervention(self) -> float:
        """The level with the intervention."""
        return self.ordinary + self.change

    def room(self, of: float) -> float:
        """Return for how many of so many participants an outcome counted in persons can be made to differ.

        What rises can rise among those who do not have it under ordinary practice, what falls among those who do.

        >>> OutcomeLevel("work", 0, 0.25, 0.1).room(60), OutcomeLevel("ill", 0, 0.25, -0.1).room(60)
        (45.0, 15.0)
        """
        return of * (self.ordinary if self.change < 0 else 1.0 - self.ordinary)


def first_level(appraisal: Appraisal, outcome: str) -> OutcomeLevel | None:
    """Return an outcome's level in the first year of its effect; None where the calculation ends before it begins.

    Raises
    ------
    StopIteration
        For an outcome that the case does not have.
    """
    plan = appraisal.plan
    found = next(one for one in plan.outcomes if one.id == outcome)
    levels = levels_of(plan, found, plan.central[:, None])
    year = _first_year(plan, found)
    if levels is None or year is None:
        return None
    before, after = float(levels.ordinary[0]), float(levels.intervention[0])
    return OutcomeLevel(outcome, year, before, after - before)


def change_intervals(focus: Focus) -> dict[str, tuple[float, float]]:
    """Return the 5th and 95th percentile of `OutcomeLevel.change` over the draws, for every outcome with a level."""
    found = {}
    for outcome in focus.plan.outcomes:
        levels = levels_of(focus.plan, outcome, focus.x)
        if levels is not None:
            low, high = np.percentile(levels.intervention - levels.ordinary, _ENDS)
            found[outcome.id] = (float(low), float(high))
    return found


def counted_ordinary(appraisal: Appraisal, outcome: str, horizon: int) -> float:
    """Return what an outcome comes to under ordinary practice in the years of its effect, all participants, base case.

    It is Σ n_c·b(a)·S(a) of METHOD §4 over the years before `horizon` in which w(a) is not 0, undiscounted: what ΔO
    changes. The sum over all years, as `OutcomeRow.ordinary` has it, also holds years in which nothing can differ.
    """
    plan = appraisal.plan
    found = next(one for one in plan.outcomes if one.id == outcome)
    values = base_values(plan)
    ordinary = _ordinary_by_age(plan, found, values)
    total = 0.0
    for cohort in plan.cohorts:
        years = max(0, horizon - cohort.year)
        alive = cohort.alive[:years] if found.alive else np.ones(years)
        total += float(values.product(cohort.number)[0]) * float(ordinary[:years] @ alive)
    return total


def _first_year(plan: Plan, outcome: OutcomePlan) -> int | None:
    """Return the year since entry that `levels_of` speaks of."""
    if not isinstance(outcome.shape, OwnCourse):
        return plan.shapes[outcome.shape].lag
    apart = np.flatnonzero(base_values(plan).strength(outcome.shape)[:, 0])
    return int(apart[0]) if apart.size else None


def _ordinary_by_age(plan: Plan, outcome: OutcomePlan, values: FactorValues) -> FloatArray:
    """Return b(a) for a = 0 … years − 1, 0 in the years in which no effect is counted, shape (years,)."""
    counted = values.strength(outcome.shape)[:, 0] != 0.0
    if isinstance(outcome.shape, OwnCourse):
        levels = values.own(outcome.shape.own).ordinary[:, 0]
        return np.asarray(levels if outcome.level == "event" else np.where(counted, levels, 0.0))
    last = len(outcome.ordinary) - 1
    by_entry = [float(clip_to_domain(outcome.level, values.product(entry))[0][0]) for entry in outcome.ordinary]
    by_age = np.array([by_entry[min(age, last)] for age in range(plan.years)])
    return np.where(counted[: plan.years], by_age, 0.0)
