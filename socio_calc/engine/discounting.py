"""Discount factors by year (METHOD §1) and the year weights of a horizon (METHOD §7)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

#: Part of a year that passes before a year's flows count, by timing convention.
TIMING_SHARE = {"start": 0.0, "mid": 0.5, "end": 1.0}


def yearly_rates(steps: Sequence[tuple[int, float]], years: int) -> NDArray[np.float64]:
    """Return the rate r_t of every year: that of the last step whose first year is at most t.

    Parameters
    ----------
    steps
        Pairs (first year, rate as a fraction per year), the first one from year 0, in rising order.
    years
        Length of the calculation.

    Returns
    -------
    Shape (years,).
    """
    rates = np.empty(years)
    for first, rate in steps:
        rates[first:] = rate
    return rates


def discount_factors(steps: Sequence[tuple[int, float]], years: int, timing: str) -> NDArray[np.float64]:
    """Return d(t) = Π_{u=1..t} (1+r_u)^−1 · (1+r_t)^−τ, shape (years,) (METHOD §1).

    >>> discount_factors([(0, 0.035)], 3, "start").round(6).tolist()
    [1.0, 0.966184, 0.933511]
    >>> discount_factors([(0, 0.10)], 2, "end").round(6).tolist()
    [0.909091, 0.826446]
    """
    rates = yearly_rates(steps, years)
    growth = np.concatenate([[1.0], np.cumprod(1.0 + rates[1:])])
    return np.asarray(1.0 / (growth * (1.0 + rates) ** TIMING_SHARE[timing]))


def horizon_weights(factors: NDArray[np.float64], horizons: Sequence[int]) -> NDArray[np.float64]:
    """Return the year weights that turn yearly flows into present values, shape (horizons, years).

    Row h holds d(t) for t < h and 0 after: PV_h = weights[h] @ flows.
    """
    years = np.arange(factors.size)
    return np.where(years[None, :] < np.asarray(horizons)[:, None], factors[None, :], 0.0)
