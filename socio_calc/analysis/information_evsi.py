"""The value of a follow-up: n people with the intervention and n without, before a yes or no is said (METHOD §9).

In each draw the levels in both groups are known, and with them how the follow-up would turn out: so many events among n
people (binomial), so many events in n person-years (Poisson), a mean of n amounts (normal). What the net benefit is
expected to be once the follow-up is known is a regression of net benefit on its result (M. Strong, J. E. Oakley,
A. Brennan and P. Breeze, Estimating the expected value of sample information using the probabilistic sensitivity
analysis sample, Medical Decision Making 35 (2015), 570–583). It is done in two steps, net benefit on the levels and
that on the results, as the results tell about net benefit by way of the levels alone: chance in everything else then
falls away before the second step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from socio_calc.analysis.conditional_mean import ConditionalMean, conditional_mean
from socio_calc.analysis.information_evppi import Estimate, evpi, value_of
from socio_calc.engine.effects import clip_to_domain
from socio_calc.engine.plan import OutcomePlan, Plan
from socio_calc.engine.sampling import BLOCK, REPLICATES, Block, SamplePlan
from socio_calc.engine.terms import FloatArray, OwnCourse
from socio_calc.engine.values import FactorValues
from socio_calc.engine.yearly import own_change

#: Variance of a number of events above which it is taken from the normal distribution.
_NORMAL = 20.0

Level = Literal["probability", "event", "rate", "amount"]


@dataclass(frozen=True, eq=False)
class Levels:
    """What a follow-up of one outcome measures, in each draw.

    Attributes
    ----------
    outcome
        Its id.
    level
        What is counted: events among people, events in person-years, or amounts.
    year
        The first year of the effect, counted from entry: 0 is the year of entry.
    ordinary, intervention
        The level in each group in that year, shape (draws,).
    sd
        Standard deviation between people, for amounts.
    """

    outcome: str
    level: Level
    year: int
    ordinary: FloatArray
    intervention: FloatArray
    sd: float | None = None

    @property
    def both(self) -> FloatArray:
        """Both levels, shape (2, draws)."""
        return np.stack([self.ordinary, self.intervention])


def levels_of(plan: Plan, outcome: OutcomePlan, x: FloatArray, sd: float | None = None) -> Levels | None:
    """Return what a follow-up of an outcome measures, or None where the calculation ends before the effect begins.

    The level with the intervention has every adjustment in it (completion, deadweight, attribution, evidence): it is
    what the case says will happen to those who are offered it, in the first year of the effect.

    Parameters
    ----------
    plan, outcome
        The case and one of its outcomes.
    x
        Drawn quantities, shape (columns, draws).
    sd
        Standard deviation between people, for amounts.
    """
    level: Level = outcome.level  # type: ignore[assignment]
    values = FactorValues(plan, x)
    if isinstance(outcome.shape, OwnCourse):
        own = own_change(values, outcome.shape)
        if own is None:
            return None
        year, before, change = own
        return Levels(outcome.id, level, year, before, before + change * values.product(outcome.adjustment), sd)
    lag = plan.shapes[outcome.shape].lag
    if lag >= plan.years:
        return None
    entry = min(lag, len(outcome.changes) - 1)
    ordinary, _ = clip_to_domain(outcome.level, values.product(outcome.ordinary[entry]))
    strength = np.broadcast_to(values.strength(outcome.shape)[lag], ordinary.shape)
    moved = values.product(outcome.changes[entry]) * values.product(outcome.adjustment) * strength
    return Levels(outcome.id, level, lag, ordinary, ordinary + moved, sd)


def noise(sample: SamplePlan, points: int, outcomes: int) -> FloatArray:
    """Return uniforms for the chance in follow-ups, two for each outcome, shape (2·outcomes, draws).

    They are further columns of the same sampler, so that they are independent of the quantities and spread as evenly,
    and serve follow-ups of every size: the benefit of sampling is smooth in n.

    Parameters
    ----------
    sample
        The sample plan of the quantities.
    points
        Points of each replicate that are used.
    outcomes
        Number of outcomes that may be followed.
    """
    wider = SamplePlan(sample.sampler, sample.columns + 2 * outcomes, sample.draws, sample.seed)
    blocks = [
        Block(replicate, start, min(start + BLOCK, points))
        for replicate in range(REPLICATES)
        for start in range(0, points, BLOCK)
    ]
    return np.concatenate([wider.uniforms(block)[sample.columns :] for block in blocks], axis=1)


def results(levels: Levels, size: int, uniforms: NDArray[np.float64]) -> FloatArray:
    """Return what a follow-up finds in each group and draw: a share, a rate or a mean, shape (2, draws).

    Parameters
    ----------
    levels
        What is true in each draw.
    size
        People in each group; for a rate each is followed one year.
    uniforms
        The chance in both groups, shape (2, draws).
    """
    from scipy.special import ndtri, pdtrik

    truth = levels.both
    match levels.level:
        case "probability" | "event":
            return _events(np.clip(truth, 0.0, 1.0), size, uniforms) / size
        case "rate":
            expected = size * np.maximum(truth, 0.0)
            events = np.maximum(np.ceil(pdtrik(uniforms, np.maximum(expected, 1e-12))), 0.0)
            return np.asarray(np.where(expected > 0.0, events / size, 0.0))
        case "amount":
            if levels.sd is None:
                raise ValueError(f"{levels.outcome}: an amount needs the standard deviation between people")
            return np.asarray(truth + levels.sd / np.sqrt(size) * ndtri(uniforms))


def _events(share: FloatArray, size: int, uniforms: FloatArray) -> FloatArray:
    """Return binomial quantiles, shape as given.

    Where the variance is above `_NORMAL`, they are those of the normal with the skewness of the binomial (E. A. Cornish
    and R. A. Fisher 1938), rounded: one event from the exact ones in fewer than 1 of 200 draws, and many times faster.
    """
    from scipy.special import bdtrik, ndtri

    events = share * size
    variance = events * (1.0 - share)
    wide = variance > _NORMAL
    z, mean, spread, skew = ndtri(uniforms[wide]), events[wide], np.sqrt(variance[wide]), 1.0 - 2.0 * share[wide]
    narrow = (variance > 0.0) & ~wide
    # Shares of rounding's size are no events; without the limits their quantiles would not be numbers.
    inside = np.clip(share[narrow], 1e-12, 1.0 - 1e-12)
    events[narrow] = np.ceil(bdtrik(uniforms[narrow], size, inside))
    events[wide] = np.rint(mean + spread * z + skew * (z * z - 1.0) / 6.0)
    return np.clip(events, 0.0, size)


def evsi(
    net_benefit: FloatArray,
    parameters: FloatArray | ConditionalMean,
    data: FloatArray,
    replicates: int = REPLICATES,
) -> Estimate:
    """Return the expected value of sample information, E[max(E[NB | data], 0)] − max(E[NB], 0).

    Parameters
    ----------
    net_benefit
        NB in each draw, shape (draws,).
    parameters
        What the data are about, shape (parameters, draws); or the mean of NB given them, where it is known already.
    data
        The result of the follow-up in each draw, shape (results, draws).
    replicates
        Independent parts of equal size that the draws consist of.
    """
    most = evpi(net_benefit, replicates)
    known = (
        parameters if isinstance(parameters, ConditionalMean) else conditional_mean(net_benefit, parameters, replicates)
    )
    limit = value_of(known, most)
    return value_of(conditional_mean(known.responses, data, replicates), limit)
