"""The net present value with some parts of the calculation left out: without the value of work, without health."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from socio_calc.analysis.focus import NET_PARTS, PresentValue, ordinary_draws
from socio_calc.appraisal import Appraisal
from socio_calc.appraisal.measures import TOLERANCE
from socio_calc.engine.program import part_of

#: What a report shows apart: the value of work, and health with what people would pay for wellbeing.
WORK = frozenset({"production"})
HEALTH = frozenset({"health", "wellbeing"})


@dataclass(frozen=True, slots=True)
class NetSpread:
    """A net present value: base case, 5th and 95th percentile and P(> 0) over the draws, SEK."""

    base: float
    p5: float
    p95: float
    probability_positive: float


def parts_present(appraisal: Appraisal) -> frozenset[str]:
    """Return the parts of the calculation that give anyone money: `cost`, `money`, `production`, `health`, `wellbeing`.

    QALYs without a price are no such part. A part counts whatever it comes to: what the plan holds decides, never the
    last digits of a sum.
    """
    return frozenset(part_of(line) for line in appraisal.plan.lines if line.entries)


def net_without(appraisal: Appraisal, left_out: Collection[str]) -> tuple[NetSpread, ...]:
    """Return the societal net present value at each horizon of the appraisal with some parts left out.

    Parameters
    ----------
    appraisal
        The case and its draws; at most 16,384 of them are used.
    left_out
        Parts of the calculation, such as `WORK | HEALTH`.
    """
    kept = [part for part in NET_PARTS if part not in left_out]
    plan, horizons = appraisal.plan, appraisal.horizons
    value = PresentValue(plan, "societal", horizons, kept)
    base = value.by_horizon(plan.central[:, None])[:, 0]
    draws = value.by_horizon(ordinary_draws(appraisal.simulation))
    gross = np.abs(appraisal.figures.discounted).sum(axis=(0, 1)).cumsum()
    found = []
    for at, horizon in enumerate(horizons):
        p5, p95 = (float(end) for end in np.quantile(draws[at], (0.05, 0.95)))
        limit = TOLERANCE * float(gross[horizon - 1])
        net = float(base[at])
        found.append(NetSpread(0.0 if abs(net) <= limit else net, p5, p95, float(np.mean(draws[at] > limit))))
    return tuple(found)
