"""What to measure first, how many are enough, and when measuring is not worth it (METHOD §9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from socio_calc.analysis.conditional_mean import conditional_mean
from socio_calc.analysis.information_evsi import Levels
from socio_calc.engine.effects import DOMAINS
from socio_calc.engine.terms import FloatArray

#: Without a cost of measuring, so much of what the levels are worth to know is enough.
ENOUGH = 0.9
#: The differences between which the limit of an outcome is looked for, as shares of the draws.
_SEARCHED = (0.005, 0.995)
_STEPS = 400

Reason = Literal["decision-certain", "no-outcome", "outcomes-do-not-matter", "costs-more"]


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A follow-up of one outcome with so many people in each group.

    `value` and `se` are EVSI and its standard error, SEK; `net_benefit` is EVSI less the cost of the follow-up, None
    where no cost was stated.
    """

    outcome: str
    n_per_arm: int
    value: float
    se: float
    net_benefit: float | None


@dataclass(frozen=True, slots=True)
class FollowupPlan:
    """What a follow-up should do.

    Attributes
    ----------
    reason
        Why measuring is not worth it; None where it is. `decision-certain`: nothing that could be learnt changes the
        decision; `no-outcome`: the case has no outcome whose follow-up can be computed; `outcomes-do-not-matter`: no
        follow-up of an outcome changes the decision; `costs-more`: every follow-up costs more than it is worth.
    outcome
        What to measure first; None where nothing is.
    n_per_arm
        People in each group that are enough: with a cost of measuring the number with the largest net benefit, else
        the smallest that gives 90 per cent of what the levels are worth to know.
    enough
        False where even the largest number tried gives less than that.
    value, se, net_benefit
        EVSI of that follow-up, its standard error and net benefit, SEK.
    most
        What it would be worth to know the outcome's levels exactly, SEK: no follow-up of it is worth more.
    ordinary, limit
        Mean of the ordinary level, and the level with the intervention at which the expected net benefit is 0 if the
        other group comes out at that mean; `limit` is None where no likely level does that. A level on the `better`
        side of it speaks for the roll-out.
    better
        Which way the outcome's level becomes better for the net benefit: `lower` or `higher`; None without a limit.
    """

    reason: Reason | None
    outcome: str | None = None
    n_per_arm: int | None = None
    enough: bool = False
    value: float = 0.0
    se: float = 0.0
    net_benefit: float | None = None
    most: float = 0.0
    ordinary: float | None = None
    limit: float | None = None
    better: Literal["lower", "higher"] | None = None

    @property
    def worth_measuring(self) -> bool:
        """Whether there is something to measure."""
        return self.reason is None


@dataclass(frozen=True, eq=False)
class Followed:
    """One outcome that can be followed: its levels, what they are worth to know, and follow-ups by rising size."""

    levels: Levels
    most: float
    rows: tuple[SampleRow, ...]


def followup_plan(followed: Sequence[Followed], net_benefit: FloatArray, evpi: float) -> FollowupPlan:
    """Return the plan for the outcome whose follow-up is worth most.

    Parameters
    ----------
    followed
        The outcomes that can be followed.
    net_benefit
        NB of one cohort in each draw, shape (draws,).
    evpi
        What it would be worth to know everything, SEK.
    """
    if evpi <= 0.0:
        return FollowupPlan("decision-certain")
    candidates = [(outcome, enough_of(outcome)) for outcome in followed if outcome.rows]
    if not candidates:
        return FollowupPlan("no-outcome")
    outcome, row = max(candidates, key=lambda pair: _worth(pair[1]))
    if max(found.value - 2.0 * found.se for found in outcome.rows) <= 0.0:
        return FollowupPlan("outcomes-do-not-matter")
    if row.net_benefit is not None and row.net_benefit <= 0.0:
        return FollowupPlan("costs-more", most=outcome.most)
    limit, better = limit_of(outcome.levels, net_benefit)
    return FollowupPlan(
        None,
        row.outcome,
        row.n_per_arm,
        row.value >= ENOUGH * outcome.most or row.net_benefit is not None,
        row.value,
        row.se,
        row.net_benefit,
        outcome.most,
        float(outcome.levels.ordinary.mean()),
        limit,
        better,
    )


def enough_of(outcome: Followed) -> SampleRow:
    """Return the follow-up of an outcome that is enough: of largest net benefit, else the first that says enough."""
    if outcome.rows[0].net_benefit is not None:
        return max(outcome.rows, key=_worth)
    return next((row for row in outcome.rows if row.value >= ENOUGH * outcome.most), outcome.rows[-1])


def _worth(row: SampleRow) -> float:
    return row.value if row.net_benefit is None else row.net_benefit


def limit_of(levels: Levels, net_benefit: FloatArray) -> tuple[float | None, Literal["lower", "higher"] | None]:
    """Return the level with the intervention at which E[NB] turns, and the side on which it is above 0.

    What counts is the difference between the groups: E[NB | i − b] is 0 at some difference, which is added to the mean
    of the ordinary level. (None, None) where E[NB | i − b] has one sign over the likely differences, or changes it more
    than once, or the level would be impossible.
    """
    difference = levels.intervention - levels.ordinary
    if np.ptp(difference) == 0.0:
        return None, None
    expected = conditional_mean(net_benefit, difference[None, :]).values
    low, high = np.quantile(difference, _SEARCHED)
    order = np.argsort(difference, kind="stable")
    grid = np.linspace(low, high, _STEPS)
    curve = np.interp(grid, difference[order], expected[order])
    turns = np.nonzero(np.sign(curve[1:]) != np.sign(curve[:-1]))[0]
    if turns.size != 1:
        return None, None
    at = int(turns[0])
    share = curve[at] / (curve[at] - curve[at + 1])
    limit = float(levels.ordinary.mean() + grid[at] + share * (grid[at + 1] - grid[at]))
    least, most = DOMAINS[levels.level]
    if not least <= limit <= most:
        return None, None
    return limit, "higher" if curve[-1] > 0 else "lower"
