"""What a calculation counts of its outcomes for one participant: the level in the first year of the effect, both arms.

Everything that METHOD §4 takes off an effect is off it (completion, deadweight, attribution, evidence): this is what
the intervention is said to do, so that it may stand beside sums, shares of the effect and numbers of participants.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from socio_calc.analysis.focus import Focus
from socio_calc.analysis.information_evsi import levels_of
from socio_calc.appraisal import Appraisal
from socio_calc.case import OwnOutcome, StatedOutcome
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
    counted
        The share of the effect that is counted in that year: those adjustments, and how strong the effect is then.
    """

    outcome: str
    year: int
    ordinary: float
    change: float
    counted: float = 1.0

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


def enough_people(number: float, room: float) -> bool:
    """Whether there are so many for whom a difference must be made, a number that is rounded up.

    One less would not be enough, so that there may be a part of a person too few.

    >>> enough_people(46, 45.5), enough_people(46, 45.0)
    (True, False)
    """
    return number - 1 < room


def possible_people(found: OutcomeLevel | None, outcome: StatedOutcome, of: float) -> float:
    """Return for how many of so many participants the intervention can at most make the difference.

    Parameters
    ----------
    found, outcome
        The first year of an outcome that is counted in persons, None where there is none, and the outcome.
    of
        All participants.
    """
    return of if found is None or not first_year_tells(outcome) else found.room(of)


def first_year_tells(outcome: StatedOutcome) -> bool:
    """Whether the first year tells how many there are; what a function computes may come about in several years."""
    return not (isinstance(outcome, OwnOutcome) and outcome.level == "event")


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
    if levels is None:
        return None
    before, after = float(levels.ordinary[0]), float(levels.intervention[0])
    return OutcomeLevel(outcome, levels.year, before, after - before, _counted(plan, found))


def _counted(plan: Plan, outcome: OutcomePlan) -> float:
    """Return κ(1−D)AE·w of the first year of an effect, base case; what a function computes has no w of its own."""
    values = base_values(plan)
    share = float(values.product(outcome.adjustment)[0])
    if isinstance(outcome.shape, OwnCourse):
        return share
    return share * float(values.strength(outcome.shape)[plan.shapes[outcome.shape].lag, 0])


def change_intervals(focus: Focus) -> dict[str, tuple[float, float]]:
    """Return the 5th and 95th percentile of `OutcomeLevel.change` over the draws, for every outcome with a level."""
    found = {}
    for outcome in focus.plan.outcomes:
        levels = levels_of(focus.plan, outcome, focus.x)
        if levels is not None:
            low, high = np.percentile(levels.intervention - levels.ordinary, _ENDS)
            found[outcome.id] = (float(low), float(high))
    return found


def counted_ordinary(appraisal: Appraisal) -> Mapping[tuple[str, int], float]:
    """Return what outcomes come to under ordinary practice in the years of their effect, all participants, base case.

    It is Σ n_c·b(a)·S(a) of METHOD §4 over the years before a horizon in which w(a) is not 0, undiscounted: what ΔO
    changes. The sum over all years, as `OutcomeRow.ordinary` has it, also holds years in which nothing can differ.
    Keys are an outcome's id and a horizon of the appraisal.
    """
    plan = appraisal.plan
    values = base_values(plan)
    found = {}
    for outcome in plan.outcomes:
        ordinary = _ordinary_by_age(plan, outcome, values)
        for horizon in appraisal.horizons:
            total = 0.0
            for cohort in plan.cohorts:
                years = max(0, horizon - cohort.year)
                alive = cohort.alive[:years] if outcome.alive else np.ones(years)
                total += float(values.product(cohort.number)[0]) * float(ordinary[:years] @ alive)
            found[outcome.id, horizon] = total
    return found


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
