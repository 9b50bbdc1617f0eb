"""The formulas of each family of distributions: mean, standard deviation, support and quantile function.

Parameters come checked from the constructors of `distributions`. Quantiles take the probability below and the one
above, because a number like 1 − 1e-12 keeps few digits of the 1e-12.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

Array = NDArray[np.float64]
Parameters = tuple[float, ...]


class Family(NamedTuple):
    """What is known of a family; each function takes the parameters of one member."""

    mean: Callable[[Parameters], float]
    sd: Callable[[Parameters], float]
    support: Callable[[Parameters], tuple[float, float]]
    quantile: Callable[[Parameters, Array, Array], Array]


def pert_shapes(low: float, mode: float, high: float) -> tuple[float, float]:
    """Return α and β of the beta behind a PERT (METHOD §8).

    >>> pert_shapes(0.0, 1.0, 4.0)
    (2.0, 4.0)
    """
    return 1.0 + 4.0 * (mode - low) / (high - low), 1.0 + 4.0 * (high - mode) / (high - low)


def _beta_sd(p: Parameters) -> float:
    alpha, beta = p
    size = alpha + beta
    return math.sqrt(alpha / size * (beta / size) / (size + 1.0))


def _truncation(p: Parameters) -> tuple[float, float]:
    """Return the cut in standard deviations from the parent's mean and the hazard φ/(1 − Φ) there."""
    mean, sd = p
    cut = -mean / sd
    # erfcx is exp(x²)·erfc(x): the hazard without the underflow of density and tail.
    return cut, math.sqrt(2.0 / math.pi) / float(special.erfcx(cut / math.sqrt(2.0)))


def _truncated_mean(p: Parameters) -> float:
    return p[0] + p[1] * _truncation(p)[1]


def _truncated_sd(p: Parameters) -> float:
    cut, hazard = _truncation(p)
    return p[1] * math.sqrt(1.0 + cut * hazard - hazard * hazard)


def _discrete_parts(p: Parameters) -> tuple[Array, Array]:
    half = len(p) // 2
    return np.array(p[:half]), np.array(p[half:])


def _discrete_mean(p: Parameters) -> float:
    half = len(p) // 2
    return math.fsum(v * w for v, w in zip(p[:half], p[half:], strict=True))


def _discrete_sd(p: Parameters) -> float:
    half, mean = len(p) // 2, _discrete_mean(p)
    return math.sqrt(math.fsum(w * (v - mean) ** 2 for v, w in zip(p[:half], p[half:], strict=True)))


def _normal_quantile(p: Parameters, lower: Array, upper: Array) -> Array:
    return p[0] + p[1] * _standard_normal(lower, upper)


def _standard_normal(lower: Array, upper: Array) -> Array:
    # Each half from its own tail: mirrored exactly, and exact far out on both sides.
    z: Array = special.ndtri(np.minimum(lower, upper))
    return np.where(lower <= upper, z, -z)


def _truncated_quantile(p: Parameters, lower: Array, upper: Array) -> Array:
    mean, sd = p
    below, above = special.ndtr(-mean / sd), special.ndtr(mean / sd)
    return np.maximum(mean + sd * _standard_normal(below + above * lower, above * upper), 0.0)


def _lognormal_quantile(p: Parameters, lower: Array, upper: Array) -> Array:
    return np.exp(p[0] + p[1] * _standard_normal(lower, upper))


def _uniform_quantile(p: Parameters, lower: Array, upper: Array) -> Array:
    low, high = p
    return np.clip(low + (high - low) * lower, low, high)


def _triangular_quantile(p: Parameters, lower: Array, upper: Array) -> Array:
    low, mode, high = p
    width = high - low
    rising = low + np.sqrt(lower * (width * (mode - low)))
    falling = high - np.sqrt(upper * (width * (high - mode)))
    return np.where(lower * width <= mode - low, np.minimum(rising, mode), np.maximum(falling, mode))


def _pert_quantile(p: Parameters, lower: Array, upper: Array) -> Array:
    low, _, high = p
    return np.clip(low + (high - low) * _beta_quantile(pert_shapes(*p), lower, upper), low, high)


def _beta_quantile(p: Parameters, lower: Array, upper: Array) -> Array:
    return _by_nearer_tail(lower, upper, lambda u: special.betaincinv(*p, u), lambda v: special.betainccinv(*p, v))


def _gamma_quantile(p: Parameters, lower: Array, upper: Array) -> Array:
    shape, scale = p
    return scale * _by_nearer_tail(
        lower, upper, lambda u: special.gammaincinv(shape, u), lambda v: special.gammainccinv(shape, v)
    )


def _by_nearer_tail(
    lower: Array, upper: Array, from_below: Callable[[Array], Array], from_above: Callable[[Array], Array]
) -> Array:
    result = np.empty(lower.shape)
    near = lower <= upper
    result[near] = from_below(lower[near])
    result[~near] = from_above(upper[~near])
    return result


def _discrete_quantile(p: Parameters, lower: Array, upper: Array) -> Array:
    values, shares = _discrete_parts(p)
    # The last bound is left out: whatever lies above the others is the highest value, however the shares were rounded.
    return values[np.searchsorted(np.cumsum(shares)[:-1], lower, side="left")]


FAMILIES: Mapping[str, Family] = {
    "normal": Family(
        mean=lambda p: p[0],
        sd=lambda p: p[1],
        support=lambda p: (-math.inf, math.inf),
        quantile=_normal_quantile,
    ),
    "truncated_normal": Family(
        mean=_truncated_mean,
        sd=_truncated_sd,
        support=lambda p: (0.0, math.inf),
        quantile=_truncated_quantile,
    ),
    "lognormal": Family(
        mean=lambda p: math.exp(p[0] + p[1] ** 2 / 2.0),
        sd=lambda p: math.exp(p[0] + p[1] ** 2 / 2.0) * math.sqrt(math.expm1(p[1] ** 2)),
        support=lambda p: (0.0, math.inf),
        quantile=_lognormal_quantile,
    ),
    "uniform": Family(
        mean=lambda p: p[0] + (p[1] - p[0]) / 2.0,
        sd=lambda p: (p[1] - p[0]) / math.sqrt(12.0),
        support=lambda p: (p[0], p[1]),
        quantile=_uniform_quantile,
    ),
    "triangular": Family(
        mean=lambda p: (p[0] + p[1] + p[2]) / 3.0,
        sd=lambda p: math.sqrt(((p[2] - p[0]) ** 2 - (p[1] - p[0]) * (p[2] - p[1])) / 18.0),
        support=lambda p: (p[0], p[2]),
        quantile=_triangular_quantile,
    ),
    "pert": Family(
        mean=lambda p: (p[0] + 4.0 * p[1] + p[2]) / 6.0,
        sd=lambda p: (p[2] - p[0]) * _beta_sd(pert_shapes(*p)),
        support=lambda p: (p[0], p[2]),
        quantile=_pert_quantile,
    ),
    "beta": Family(
        mean=lambda p: p[0] / (p[0] + p[1]),
        sd=_beta_sd,
        support=lambda p: (0.0, 1.0),
        quantile=_beta_quantile,
    ),
    "gamma": Family(
        mean=lambda p: p[0] * p[1],
        sd=lambda p: math.sqrt(p[0]) * p[1],
        support=lambda p: (0.0, math.inf),
        quantile=_gamma_quantile,
    ),
    "discrete": Family(
        mean=_discrete_mean,
        sd=_discrete_sd,
        support=lambda p: (p[0], p[len(p) // 2 - 1]),
        quantile=_discrete_quantile,
    ),
}
