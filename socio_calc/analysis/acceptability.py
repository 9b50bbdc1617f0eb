"""How sure the gain is: the probability of a positive net present value by horizon, by value of a QALY, by view."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np

from socio_calc.analysis.focus import NET_PARTS, Focus, PresentValue, first_of_replicates
from socio_calc.appraisal.measures import TOLERANCE
from socio_calc.engine.ledger import ACTORS, PERSPECTIVES
from socio_calc.engine.terms import FloatArray

#: Values of a QALY that are tried, SEK.
QALY_VALUES: Final = tuple(float(value) for value in range(0, 2_000_001, 50_000))
#: Most horizons that are tried, and draws for each.
MOST_HORIZONS: Final = 40
_DRAWS_BY_YEAR: Final = 2**13


@dataclass(frozen=True, slots=True)
class Share:
    """P(NPV > 0) at one horizon (years), value of a QALY (SEK) or perspective (code)."""

    at: float | str
    probability: float


@dataclass(frozen=True, eq=False)
class Acceptability:
    """Probabilities of a positive net present value, from the ordinary draws; each is computed when first asked for."""

    focus: Focus

    @cached_property
    def by_horizon(self) -> tuple[Share, ...]:
        """In the perspective asked for; one for each year, every few years where the calculation is long."""
        return _by_horizon(self.focus)

    @cached_property
    def by_qaly_value(self) -> tuple[Share, ...]:
        """At the horizon asked for, all QALYs valued alike.

        Empty for a case without health, or a perspective without the participants.
        """
        return _by_qaly_value(self.focus)

    @property
    def qaly_threshold(self) -> float | None:
        """Least value of a QALY at which the probability is 50 %; None where it crosses 50 % nowhere in the range."""
        return crossing(self.by_qaly_value)

    @cached_property
    def by_perspective(self) -> tuple[Share, ...]:
        """At the horizon asked for: society, the public sector, and each actor with any flow."""
        return _by_perspective(self.focus)


def crossing(shares: tuple[Share, ...], level: float = 0.5) -> float | None:
    """Return where a rising or falling curve first crosses a level, straight between its points; None where nowhere.

    >>> crossing((Share(0.0, 0.2), Share(100.0, 0.4), Share(200.0, 0.8)))
    125.0
    """
    for before, after in pairwise(shares):
        if (before.probability < level) != (after.probability < level):
            part = (level - before.probability) / (after.probability - before.probability)
            return float(before.at) + part * (float(after.at) - float(before.at))
    return None


def _positive(values: FloatArray, tolerance: float) -> float:
    return float(np.mean(values > tolerance))


def _by_horizon(focus: Focus) -> tuple[Share, ...]:
    years = focus.plan.years
    step = -(-years // MOST_HORIZONS)
    horizons = sorted({*range(step, years + 1, step), *focus.appraisal.horizons, years})
    x = focus.x[:, first_of_replicates(focus.x.shape[1], _DRAWS_BY_YEAR)]
    figures = focus.figures
    lines = figures.lines_of("all")
    values = PresentValue(focus.plan, focus.perspective, horizons).by_horizon(x)
    return tuple(
        Share(horizon, _positive(row, TOLERANCE * figures.pv(focus.perspective, horizon, lines)[1]))
        for horizon, row in zip(horizons, values, strict=True)
    )


def _by_qaly_value(focus: Focus) -> tuple[Share, ...]:
    has_health = any(line.kind == "health" for line in focus.plan.lines)
    if not has_health or "individ" not in PERSPECTIVES[focus.perspective]:
        return ()
    without_health = tuple(part for part in NET_PARTS if part != "health")
    money = PresentValue(focus.plan, focus.perspective, (focus.horizon,), without_health)(focus.x)
    qalys = PresentValue(focus.plan, focus.perspective, (focus.horizon,), ("qaly",))(focus.x)
    return tuple(Share(value, _positive(money + value * qalys, focus.tolerance)) for value in QALY_VALUES)


def _by_perspective(focus: Focus) -> tuple[Share, ...]:
    figures = focus.figures
    lines = figures.lines_of("all")
    found = []
    for perspective in PERSPECTIVES:
        gross = figures.pv(perspective, focus.horizon, lines)[1]
        if perspective in ACTORS and gross == 0.0:
            continue
        draws = PresentValue(focus.plan, perspective, (focus.horizon,))(focus.x)
        found.append(Share(perspective, _positive(draws, TOLERANCE * gross)))
    return tuple(found)
