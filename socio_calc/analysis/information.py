"""What is worth measuring: the value of information about one decision, from an appraisal and its draws (METHOD §9).

The decision is the roll-out that the case's `decision` describes, for all its cohorts; without one it is the case
itself. All amounts are SEK at their value in year 0 of the calculation.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from socio_calc.analysis.conditional_mean import conditional_mean
from socio_calc.analysis.decision import RollOut, entrants_of, roll_out
from socio_calc.analysis.focus import ordinary_draws
from socio_calc.analysis.followup_plan import Followed, FollowupPlan, SampleRow, followup_plan
from socio_calc.analysis.information_evppi import Estimate, evpi, evppi, value_of
from socio_calc.analysis.information_evsi import Levels, evsi, levels_of, noise, results
from socio_calc.appraisal import Appraisal
from socio_calc.case import Decision
from socio_calc.engine.plan import OutcomePlan, Plan
from socio_calc.engine.sampling import REPLICATES
from socio_calc.engine.terms import FloatArray

#: People in each group of the follow-ups that are computed; that of the test itself comes in addition.
SIZES = (10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000)
#: Most draws that are used: beyond them no digit that is printed changes.
MOST_DRAWS = 2**15


@dataclass(frozen=True, slots=True)
class KnowingRow:
    """What it is worth to know a quantity, or all members of a group: EVPPI and its standard error, SEK."""

    quantity: str
    value: float
    se: float
    members: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Information:
    """The value of information about a decision.

    Attributes
    ----------
    decision
        What the case says about the roll-out; None where the decision is the case itself.
    perspective, horizon
        Whose gains decide, and over how many years after each cohort begins.
    cohorts
        N: all amounts are for so many cohorts, except the next four.
    net_benefit, net_benefit_sd, net_benefit_error, probability_positive
        Mean of NB of one cohort over the draws, its standard deviation, the Monte Carlo error of the mean, SEK, and
        P(NB > 0).
    evpi, evpi_se
        What it would be worth to know everything, and the standard error.
    evppi, groups
        The same for each uncertain quantity, and for each `tornado_group`; the largest first.
    evsi
        Follow-ups by outcome and size.
    not_followed
        Outcomes whose follow-up cannot be computed: amounts without a standard deviation between people, and effects
        that begin after the calculation ends.
    cost_per_participant
        Cost of following one person beyond what the case has, SEK; None where none was stated.
    plan
        What to measure first, and how many are enough.
    test_size
        People who take part in the test: the entrants of the case.
    test_value
        EVSI of the follow-up that the test itself can give: the plan's, with at most `test_size` in each group.
    test_cost
        What the test costs net: minus the expected net present value of the case, and the cost of its follow-up where
        one was stated.
    value_of_test
        `test_value` − `test_cost`; None without a decision.
    """

    decision: Decision | None
    perspective: str
    horizon: int
    cohorts: float
    net_benefit: float
    net_benefit_sd: float
    net_benefit_error: float
    probability_positive: float
    evpi: float
    evpi_se: float
    evppi: tuple[KnowingRow, ...]
    groups: tuple[KnowingRow, ...]
    evsi: tuple[SampleRow, ...]
    not_followed: tuple[str, ...]
    cost_per_participant: float | None
    plan: FollowupPlan
    test_size: int
    test_value: float | None
    test_cost: float | None
    value_of_test: float | None


def information(
    appraisal: Appraisal,
    perspective: str | None = None,
    horizon: int | None = None,
    cost_per_participant: float | None = None,
    sizes: Sequence[int] | None = None,
    sds: Mapping[str, float] | None = None,
) -> Information:
    """Return what is worth measuring before the decision that follows a case.

    Parameters
    ----------
    appraisal
        The case and its draws.
    perspective
        Whose gains decide; None is that of the case's decision, else `societal`.
    horizon
        Years after a cohort begins; None is the longest.
    cost_per_participant
        What following one person costs, SEK, beyond what the case has; both groups are followed.
    sizes
        People in each group of the follow-ups; None: `SIZES` and the number of people in the test.
    sds
        Standard deviation between people by outcome, for amounts; that of an effect in standard deviations is known.

    Raises
    ------
    InputError
        When the roll-out needs the cost of each entrant and some draw has no entrants.
    ValueError
        For an unknown perspective, a horizon that the calculation does not reach, and sizes or costs below 1 and 0.
    """
    if sizes is not None and (not sizes or min(sizes) < 1):
        raise ValueError(f"a follow-up has at least one person in each group, got {tuple(sizes)}")
    if cost_per_participant is not None and not cost_per_participant >= 0.0:
        raise ValueError(f"a cost is 0 or more, got {cost_per_participant}")
    question = roll_out(appraisal, perspective, horizon)
    plan = appraisal.plan
    x = ordinary_draws(appraisal.simulation, MOST_DRAWS)
    net_benefit = question.net_benefit(x)
    everything = evpi(net_benefit)
    test_size = round(float(entrants_of(plan, plan.central[:, None])[0]))
    chosen = sorted({*(SIZES if sizes is None else sizes), *([test_size] if sizes is None and test_size else [])})
    levels, not_followed = _levels(appraisal, x, sds or {})
    chance = noise(appraisal.simulation.sample, x.shape[1] // REPLICATES, len(plan.outcomes))
    follow = _FollowUps(net_benefit, everything, question.cohorts, cost_per_participant, chance)
    followed = [follow.of(place, found, chosen) for place, found in levels]
    plan_of_it = followup_plan(followed, net_benefit, everything.value)
    test_value, test_cost = _test(appraisal, question, plan_of_it, levels, follow, x, test_size)
    means = net_benefit.reshape(REPLICATES, -1).mean(axis=1)
    return Information(
        decision=question.decision,
        perspective=question.perspective,
        horizon=question.horizon,
        cohorts=question.cohorts,
        net_benefit=float(net_benefit.mean()),
        net_benefit_sd=float(net_benefit.std(ddof=1)),
        net_benefit_error=float(means.std(ddof=1)) / math.sqrt(REPLICATES),
        probability_positive=float((net_benefit > 0).mean()),
        evpi=everything.value * question.cohorts,
        evpi_se=everything.se * question.cohorts,
        evppi=_knowing(net_benefit, x, {c.key: (row,) for row, c in enumerate(plan.columns)}, plan, question.cohorts),
        groups=_knowing(net_benefit, x, _groups(plan), plan, question.cohorts),
        evsi=tuple(row for outcome in followed for row in outcome.rows),
        not_followed=not_followed,
        cost_per_participant=cost_per_participant,
        plan=plan_of_it,
        test_size=test_size,
        test_value=test_value,
        test_cost=test_cost,
        value_of_test=None if test_value is None or test_cost is None else test_value - test_cost,
    )


def _groups(plan: Plan) -> dict[str, tuple[int, ...]]:
    """Return the columns of each `tornado_group` by its name."""
    groups: dict[str, tuple[int, ...]] = {}
    for row, column in enumerate(plan.columns):
        if column.group is not None:
            groups[column.group] = (*groups.get(column.group, ()), row)
    return groups


def _knowing(
    net_benefit: FloatArray, x: FloatArray, wanted: Mapping[str, tuple[int, ...]], plan: Plan, cohorts: float
) -> tuple[KnowingRow, ...]:
    """Return the value of knowing each of some sets of columns, the largest first."""
    rows, everything = [], evpi(net_benefit)
    for name, columns in wanted.items():
        # Who knows every quantity knows the net benefit: no regression is needed then. Nor is one where no draw
        # changes the decision.
        simple = len(columns) == len(plan.columns) or everything.value == 0.0
        found = (everything if simple else evppi(net_benefit, x[list(columns)])).scaled(cohorts)
        members = tuple(plan.columns[column].key for column in columns)
        rows.append(KnowingRow(name, found.value, found.se, members if members != (name,) else ()))
    return tuple(sorted(rows, key=lambda row: -row.value))


def _levels(
    appraisal: Appraisal, x: FloatArray, sds: Mapping[str, float]
) -> tuple[list[tuple[int, Levels]], tuple[str, ...]]:
    """Return the outcomes that can be followed, with their places in the plan, and the ids of those that cannot."""
    plan = appraisal.plan
    levels, missing = [], []
    for place, outcome in enumerate(plan.outcomes):
        sd = sds.get(outcome.id, _stated_sd(plan, outcome))
        found = levels_of(plan, outcome, x, sd)
        if found is None or (found.level == "amount" and sd is None):
            missing.append(outcome.id)
        else:
            levels.append((place, found))
    return levels, tuple(missing)


def _stated_sd(plan: Plan, outcome: OutcomePlan) -> float | None:
    """Return the central standard deviation between people that an effect was measured in, None for other effects."""
    if outcome.sd is None:
        return None
    sd = outcome.sd.coefficient
    for factor in outcome.sd.factors:
        sd *= plan.columns[plan.factors[factor].column].central
    return sd


class _FollowUps:
    """Follow-ups of one decision; the mean of NB given an outcome's levels is found once for all sizes."""

    def __init__(
        self,
        net_benefit: FloatArray,
        everything: Estimate,
        cohorts: float,
        cost_per_participant: float | None,
        chance: FloatArray,
    ) -> None:
        self._net_benefit = net_benefit
        self._everything = everything
        self._cohorts = cohorts
        self.cost_per_participant = cost_per_participant
        self._chance = chance

    def of(self, place: int, levels: Levels, sizes: Sequence[int]) -> Followed:
        """Return the follow-ups of the outcome at a place in the plan, by rising size."""
        if self._everything.value == 0.0:
            return self._worthless(levels, sizes)
        known = conditional_mean(self._net_benefit, levels.both)
        most = value_of(known, self._everything).scaled(self._cohorts)
        chance = self._chance[2 * place : 2 * place + 2]
        rows = []
        for size in sizes:
            found = evsi(self._net_benefit, known, results(levels, size, chance)).scaled(self._cohorts)
            rows.append(self._row(levels, size, found))
        return Followed(levels, most.value, tuple(rows))

    def _worthless(self, levels: Levels, sizes: Sequence[int]) -> Followed:
        """Return follow-ups that change nothing, as no draw changes the decision."""
        return Followed(levels, 0.0, tuple(self._row(levels, size, Estimate(0.0, 0.0)) for size in sizes))

    def _row(self, levels: Levels, size: int, found: Estimate) -> SampleRow:
        cost = self.cost(size)
        net = None if cost is None else found.value - cost
        return SampleRow(levels.outcome, size, found.value, found.se, net)

    def cost(self, size: int) -> float | None:
        """Return what a follow-up of so many people in each of two groups costs, None where that was not stated."""
        return None if self.cost_per_participant is None else 2.0 * size * self.cost_per_participant


def _test(
    appraisal: Appraisal,
    question: RollOut,
    plan: FollowupPlan,
    levels: list[tuple[int, Levels]],
    follow: _FollowUps,
    x: FloatArray,
    test_size: int,
) -> tuple[float | None, float | None]:
    """Return what the test's own follow-up is worth and what the test costs net; None, None without a decision."""
    if question.decision is None:
        return None, None
    own = RollOut.of_case(appraisal, question.perspective, question.horizon)
    cost = -float(np.mean(own.net_benefit(x)))
    if plan.outcome is None or plan.n_per_arm is None or test_size < 1:
        return 0.0, cost
    size = min(plan.n_per_arm, test_size)
    place, measured = next(pair for pair in levels if pair[1].outcome == plan.outcome)
    row = follow.of(place, measured, [size]).rows[0]
    return row.value, cost + (follow.cost(size) or 0.0)
