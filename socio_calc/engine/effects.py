"""Effects against ordinary practice: levels, measures, strength over time, survival (METHOD §4)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from socio_calc.engine.terms import FloatArray, Shape

#: Domain of each level; b and then i are clipped to it.
DOMAINS: dict[str, tuple[float, float]] = {
    "probability": (0.0, 1.0),
    "event": (0.0, 1.0),
    "rate": (0.0, math.inf),
    "amount": (-math.inf, math.inf),
}
#: Measures on a ratio scale: their intervals are lognormal (METHOD §8) and 1 means no effect.
RATIO_MEASURES = frozenset({"ratio", "odds_ratio", "hazard_ratio"})
#: Levels on which each measure makes sense (METHOD §4).
MEASURE_LEVELS: dict[str, frozenset[str]] = {
    "difference": frozenset(DOMAINS),
    "ratio": frozenset(DOMAINS),
    "odds_ratio": frozenset({"probability", "event"}),
    "hazard_ratio": frozenset({"probability", "event"}),
    "smd": frozenset({"probability", "event", "amount"}),
    "level": frozenset(DOMAINS),
}
#: ln odds ratio = smd · π/√3 (Chinn 2000, Statistics in Medicine 19:3127-3131).
CHINN = math.pi / math.sqrt(3.0)


def intervention_level(
    measure: str, level: str, ordinary: FloatArray, value: FloatArray, sd: FloatArray | float | None = None
) -> FloatArray:
    """Return i, the level under the intervention before clipping, from b and the effect's value (METHOD §4).

    Parameters
    ----------
    measure, level
        As in the case file.
    ordinary, value
        b (already in its domain) and the effect's value, broadcastable against each other.
    sd
        Spread between people, for `smd` on an amount.

    >>> b = np.array([0.2])
    >>> intervention_level("odds_ratio", "probability", b, np.array([2.0])).round(6).tolist()
    [0.333333]
    >>> intervention_level("smd", "probability", b, np.array([-0.3])).round(6).tolist()
    [0.126703]
    """
    if measure == "difference":
        return np.asarray(ordinary + value)
    if measure == "ratio":
        return np.asarray(value * ordinary)
    if measure == "level":
        return np.asarray(value + np.zeros_like(ordinary))
    if measure == "hazard_ratio":
        return np.asarray(1.0 - np.power(1.0 - ordinary, value))
    if measure == "smd" and level == "amount":
        if sd is None:
            raise ValueError("smd on an amount needs the spread between people")
        return np.asarray(ordinary + value * sd)
    # Odds of e^±700 are as good as 0 and infinite; a certain event (b = 1) stays certain whatever the odds ratio.
    odds = np.exp(np.clip(value * CHINN, -700.0, 700.0)) if measure == "smd" else value
    rest = 1.0 - ordinary + odds * ordinary
    return np.where(rest == 0.0, 1.0, odds * ordinary / np.where(rest == 0.0, 1.0, rest))


def clip_to_domain(level: str, values: FloatArray) -> tuple[FloatArray, NDArray[np.bool_] | None]:
    """Return values within the level's domain, and which of them needed it (None when none did)."""
    low, high = DOMAINS[level]
    if values.size == 0 or (values.min() >= low and values.max() <= high):
        return values, None
    return np.clip(values, low, high), (values < low) | (values > high)


def survival_curve(
    q_women: Sequence[float], q_men: Sequence[float], age: int, share_women: float, years: int
) -> FloatArray:
    """Return S(a) for a = 0 … years: the share alive a years after entry (METHOD §4), shape (years + 1,).

    Women and men are followed apart and mixed by their share at entry; q = 1 from age 100 on.

    >>> survival_curve([0.0, 0.5], [0.5, 0.5], age=0, share_women=0.5, years=2).tolist()
    [1.0, 0.75, 0.375]
    """

    def alive(q: Sequence[float]) -> FloatArray:
        by_year = [q[age + x] if age + x < min(100, len(q)) else 1.0 for x in range(years)]
        return np.concatenate([[1.0], np.cumprod(1.0 - np.asarray(by_year))])

    return share_women * alive(q_women) + (1.0 - share_women) * alive(q_men)


def rounded_years(holds: FloatArray) -> FloatArray:
    """Round a hold to whole years, half up, never below 0 (METHOD §4).

    >>> rounded_years(np.array([0.5, 1.49, 2.5])).tolist()
    [1.0, 1.0, 3.0]
    """
    return np.maximum(np.floor(holds + 0.5), 0.0)


def strength(shape: Shape, ages: int, holds: FloatArray | None, rate: FloatArray | None) -> FloatArray:
    """Return w(a), the strength of an effect a years after entry, for a = 0 … ages − 1 (METHOD §4).

    Parameters
    ----------
    shape
        Lag, fade and end of the effect.
    ages
        Number of years since entry to give.
    holds
        Years of full strength in each draw, unrounded, shape (draws,); None: as long as the calculation runs.
    rate
        Share φ of what is left that is lost each year, for an exponential fade, shape (draws,).

    Returns
    -------
    Shape (ages, draws), or (ages, 1) when nothing in it is uncertain.

    >>> shape = Shape(lag=1, holds=None, fade="exponential")
    >>> strength(shape, 5, np.array([2.0]), np.array([0.5]))[:, 0].tolist()
    [0.0, 1.0, 1.0, 0.5, 0.25]
    """
    age = np.arange(ages, dtype=float)[:, None]
    if shape.event:
        return np.where(age == shape.lag, 1.0, 0.0)
    if holds is None:
        result = np.where(age < shape.lag, 0.0, 1.0)
    else:
        fading = age - shape.lag - rounded_years(np.atleast_1d(holds))[None, :]  # k; negative while the effect holds
        result = _faded(shape, fading, rate)
        result[fading < 0] = 1.0
        result[: shape.lag] = 0.0
    if shape.lasts is not None:
        result[shape.lasts :] = 0.0
    return result


def _faded(shape: Shape, years: FloatArray, rate: FloatArray | None) -> FloatArray:
    """Return what is left of an effect `years` (k = 0, 1, …) after its hold; any value where years < 0."""
    k = np.maximum(years, 0.0)
    if shape.fade == "cut":
        return np.zeros_like(k)
    if shape.fade == "none":
        return np.ones_like(k)
    if shape.fade == "exponential":
        if rate is None:
            raise ValueError("an exponential fade needs its rate")
        return np.asarray(np.power(1.0 - np.atleast_1d(rate)[None, :], k + 1.0))
    if shape.fade == "linear":
        return np.maximum(0.0, 1.0 - (k + 1.0) / shape.over)
    left = np.asarray([*shape.table, 0.0])
    return np.asarray(left[np.minimum(k, float(len(shape.table))).astype(int)])
