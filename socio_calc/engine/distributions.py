"""The distributions of METHOD §8: what an uncertain quantity can be, and nothing about how it is drawn.

A `Distribution` is a kind and its parameters, judged here and nowhere else; the formulas of each kind are in
`families`. They are exact, so that they also serve as the yardstick for the quantile tables of `tables`.

The central value of a quantity in the base case is METHOD's, not always `mean()`: for a price row with a ci95 interval
it is the row's value, and the mean of the truncated normal lies a little above it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from socio_calc.engine.families import FAMILIES, Array, Parameters


@dataclass(frozen=True)
class Distribution:
    """A probability distribution of one quantity; make it with the functions below, which check the parameters.

    Attributes
    ----------
    kind
        `normal`, `truncated_normal`, `lognormal`, `uniform`, `triangular`, `pert`, `beta`, `gamma` or `discrete`.
    parameters
        In the order of the constructor of that name; for `discrete` the values in rising order, then their shares.

    Examples
    --------
    >>> cost = pert(800.0, 1_000.0, 2_400.0)
    >>> cost.mean()
    1200.0
    >>> cost.support()
    (800.0, 2400.0)
    """

    kind: str
    parameters: Parameters

    def mean(self) -> float:
        """Return the expected value, in the unit of the quantity."""
        return FAMILIES[self.kind].mean(self.parameters)

    def sd(self) -> float:
        """Return the standard deviation, in the unit of the quantity."""
        return FAMILIES[self.kind].sd(self.parameters)

    def support(self) -> tuple[float, float]:
        """Return the lowest and the highest possible value; infinite where there is no bound."""
        return FAMILIES[self.kind].support(self.parameters)

    def quantile(self, u: ArrayLike) -> Array:
        """Return the quantiles at probabilities `u` in the open interval (0, 1); same shape as `u`.

        Raises ValueError where a probability is outside (0, 1): there the quantile may be infinite.
        """
        lower = np.asarray(u, dtype=np.float64)
        if not np.all((lower > 0.0) & (lower < 1.0)):
            raise ValueError("a quantile needs probabilities strictly between 0 and 1")
        return self.quantile_from_tails(lower, 1.0 - lower)

    def quantile_from_tails(self, lower: Array, upper: Array) -> Array:
        """Return the quantiles with probability `lower` below and `upper` = 1 − `lower` above.

        Both tails are given because a probability like 1 − 1e-12 keeps few digits of the 1e-12: with `upper` the far
        right end is as exact as the far left one.
        """
        return FAMILIES[self.kind].quantile(self.parameters, lower, upper)


def normal(mean: float, sd: float) -> Distribution:
    """Return the normal distribution; `sd` > 0.

    >>> round(float(normal(10.0, 2.0).quantile(0.975)), 4)
    13.9199
    """
    _finite(mean=mean, sd=sd)
    _positive(sd=sd)
    return Distribution("normal", (float(mean), float(sd)))


def truncated_normal(mean: float, sd: float) -> Distribution:
    """Return the normal of a price with a 95 % interval (METHOD §8): `mean` and `sd` are those before it is cut at 0.

    `mean` is 0 or more: a normal whose centre is negative is no description of a price.

    >>> round(truncated_normal(100.0, 60.0).mean(), 3)
    106.268
    """
    _finite(mean=mean, sd=sd)
    _positive(sd=sd)
    if mean < 0.0:
        raise ValueError(f"the mean of a normal truncated at 0 must not be negative, got {mean}")
    return Distribution("truncated_normal", (float(mean), float(sd)))


def lognormal(mu: float, sigma: float) -> Distribution:
    """Return the distribution whose natural logarithm is normal with mean `mu` and standard deviation `sigma` > 0.

    >>> round(float(lognormal(0.0, 0.5).quantile(0.5)), 12)
    1.0
    """
    _finite(mu=mu, sigma=sigma)
    _positive(sigma=sigma)
    return Distribution("lognormal", (float(mu), float(sigma)))


def uniform(low: float, high: float) -> Distribution:
    """Return the uniform distribution between `low` and `high`, `low` < `high`."""
    _finite(low=low, high=high)
    _rising(low, high)
    return Distribution("uniform", (float(low), float(high)))


def triangular(low: float, mode: float, high: float) -> Distribution:
    """Return the triangular distribution, `low` ≤ `mode` ≤ `high` and `low` < `high`.

    >>> triangular(0.0, 0.0, 3.0).mean()
    1.0
    """
    _finite(low=low, mode=mode, high=high)
    _rising(low, high, mode)
    return Distribution("triangular", (float(low), float(mode), float(high)))


def pert(low: float, mode: float, high: float) -> Distribution:
    """Return the PERT distribution, `low` ≤ `mode` ≤ `high` and `low` < `high`.

    A beta on [low, high] with α = 1 + 4(mode − low)/(high − low) and β = 1 + 4(high − mode)/(high − low) (METHOD §8;
    Malcolm, Roseboom, Clark and Fazar 1959, with the variance that the beta really has).

    >>> round(pert(0.0, 1.0, 10.0).mean(), 12)
    2.333333333333
    """
    _finite(low=low, mode=mode, high=high)
    _rising(low, high, mode)
    return Distribution("pert", (float(low), float(mode), float(high)))


def beta(alpha: float, beta: float) -> Distribution:
    """Return the beta distribution on [0, 1], both shapes > 0."""
    _finite(alpha=alpha, beta=beta)
    _positive(alpha=alpha, beta=beta)
    return Distribution("beta", (float(alpha), float(beta)))


def gamma(shape: float, scale: float) -> Distribution:
    """Return the gamma distribution with mean `shape`·`scale`, both > 0."""
    _finite(shape=shape, scale=scale)
    _positive(shape=shape, scale=scale)
    return Distribution("gamma", (float(shape), float(scale)))


def discrete(values: Sequence[float], weights: Sequence[float]) -> Distribution:
    """Return the distribution that takes each of `values` with a probability proportional to its weight.

    Weights are 0 or more with a positive sum; a value of weight 0 is left out. The order given does not matter.

    >>> discrete([3.0, 1.0], [1.0, 3.0]).mean()
    1.5
    """
    if len(values) != len(weights) or not values:
        raise ValueError(f"{len(values)} values and {len(weights)} weights: one weight for each value is needed")
    if not all(math.isfinite(x) for x in (*values, *weights)):
        raise ValueError("values and weights must be finite numbers")
    total = math.fsum(weights)
    if min(weights) < 0.0 or total <= 0.0:
        raise ValueError("weights must not be negative and must not all be 0")
    pairs = sorted((float(v), w / total) for v, w in zip(values, weights, strict=True) if w > 0.0)
    return Distribution("discrete", (*(v for v, _ in pairs), *(w for _, w in pairs)))


def from_moments(dist: str, mean: float, sd: float) -> Distribution:
    """Return the distribution `dist` (`normal`, `gamma`, `beta`, `lognormal`) with that mean and standard deviation.

    Method of moments (METHOD §8). Raises ValueError with the reason where no such distribution has these moments.

    >>> from_moments("gamma", 1_000.0, 200.0).parameters
    (25.0, 40.0)
    >>> from_moments("beta", 0.5, 0.6)
    Traceback (most recent call last):
    ...
    ValueError: a beta with mean 0.5 has a standard deviation below sqrt(mean·(1 − mean)) = 0.5, got 0.6
    """
    _finite(mean=mean, sd=sd)
    _positive(sd=sd)
    if dist == "normal":
        return normal(mean, sd)
    if dist in ("gamma", "lognormal"):
        if mean <= 0.0:
            raise ValueError(f"a {dist} has a positive mean, got {mean}")
        if dist == "gamma":
            return gamma((mean / sd) ** 2, sd * sd / mean)
        variance = math.log1p((sd / mean) ** 2)
        return lognormal(math.log(mean) - variance / 2.0, math.sqrt(variance))
    if dist == "beta":
        if not 0.0 < mean < 1.0:
            raise ValueError(f"a beta has a mean between 0 and 1, got {mean}")
        limit = math.sqrt(mean * (1.0 - mean))
        if sd >= limit:
            raise ValueError(
                f"a beta with mean {mean} has a standard deviation below sqrt(mean·(1 − mean)) = {limit:.6g}, got {sd}"
            )
        size = (limit / sd) ** 2 - 1.0
        return beta(mean * size, (1.0 - mean) * size)
    raise ValueError(f"no method of moments for {dist!r}: use normal, gamma, beta or lognormal")


def _finite(**parameters: float) -> None:
    for name, value in parameters.items():
        if not math.isfinite(value):
            raise ValueError(f"{name} must be a finite number, got {value}")


def _positive(**parameters: float) -> None:
    for name, value in parameters.items():
        if value <= 0.0:
            raise ValueError(f"{name} must be greater than 0, got {value}")


def _rising(low: float, high: float, mode: float | None = None) -> None:
    if low >= high:
        raise ValueError(f"low must be below high, got low {low} and high {high}")
    if mode is not None and not low <= mode <= high:
        raise ValueError(f"the mode must lie between low and high, got {low}, {mode}, {high}")
    if not math.isfinite(high - low):
        raise ValueError(f"the range from {low} to {high} is too wide for a computer number")
