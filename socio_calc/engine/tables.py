"""Quantile tables: uniforms to values at a few nanoseconds each, whatever the distribution.

A beta quantile costs half a microsecond; a million draws of thirty quantities would spend most of their time there. A
`QuantileTable` is piecewise linear in the odds g = u/(1 − u), on a uniform grid of 64 cells in each octave
[2^k, 2^(k+1)) of g from 2^-40 to 2^40. The grid is the refinement at both ends: a cell is never wider than 1/64 of
the probability left in its tail, so that singular ends (a beta with α < 1) and heavy tails (a lognormal) are followed
as closely as the middle, and the leading bits of g as a floating-point number are the number of its cell.

- The nodes are moved off the quantile function by the second-order term that makes the mean over neighbouring cells
  that of the distribution; a chord through exact quantiles would overstate a convex one everywhere.
- Beyond odds of 2^-40 and 2^40 (two draws in 10^12) the table is constant.
- Every table is checked when it is built against the exact mean, standard deviation and quantiles. One that misses
  raises `TableError`; `quantile_source` then evaluates that distribution exactly, draw by draw.

Which of the two serves a distribution depends on the distribution alone, never on the number of draws or workers:
a table costs about as much to build as 500 exact beta quantiles, so that it pays from the first block on.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

from socio_calc.engine.distributions import Distribution
from socio_calc.engine.families import Array, pert_shapes

OCTAVES = 40
"""Octaves of the odds on each side of 1."""
CELLS_PER_OCTAVE = 64

MEAN_TOLERANCE = 1e-6
"""Largest error of a table's mean, relative to it or, where that is larger, to the standard deviation."""
SD_TOLERANCE = 1e-3
"""Largest relative error of a table's standard deviation."""
QUANTILE_TOLERANCE = 1e-4
"""Largest error of a table's quantile, relative to it or, where that is larger, to the standard deviation."""

_CELL_BITS = CELLS_PER_OCTAVE.bit_length() - 1
_SHIFT = np.int64(52 - _CELL_BITS)
# A double's leading bits count the cells from the smallest number on; cell 0 of a table is the constant one below the
# first octave.
_FIRST_CELL = np.int64(((1023 - OCTAVES) << _CELL_BITS) - 1)


class TableError(RuntimeError):
    """A quantile table that would misstate its distribution."""


@dataclass(frozen=True, eq=False)
class Scratch:
    """Working memory of a lookup, reused from call to call; not shared between threads."""

    odds: Array
    cells: NDArray[np.int64]

    @classmethod
    def of(cls, size: int) -> Scratch:
        """Return working memory for lookups of up to `size` values."""
        return cls(np.empty(size), np.empty(size, dtype=np.int64))


@dataclass(frozen=True, eq=False)
class QuantileTable:
    """A distribution's quantile function, tabulated: value = intercept + slope · odds, by cell of the odds.

    Attributes
    ----------
    distribution
        What is tabulated.
    intercepts, slopes
        (cells + 2,), the first and the last constant.

    Examples
    --------
    >>> from socio_calc.engine.distributions import pert
    >>> table = quantile_table(pert(800.0, 1_000.0, 2_400.0))
    >>> table.lookup(np.array([0.05, 0.5, 0.95])).round(1)
    array([ 858.3, 1153.8, 1700.6])
    """

    distribution: Distribution
    intercepts: Array
    slopes: Array

    def lookup(self, u: Array, out: Array | None = None, scratch: Scratch | None = None) -> Array:
        """Return the values at uniforms `u`.

        Parameters
        ----------
        u
            (n,) probabilities in the open interval (0, 1).
        out
            (n,) array to write into; it may be `u` itself. Made anew where it is left out.
        scratch
            Working memory for at least n values. With `out` and `scratch` nothing is allocated.
        """
        if out is None:
            out = np.empty(len(u))
        if scratch is None:
            scratch = Scratch.of(len(u))
        odds, cells = scratch.odds[: len(u)], scratch.cells[: len(u)]
        np.subtract(1.0, u, out=odds)
        np.divide(u, odds, out=odds)
        np.right_shift(odds.view(np.int64), _SHIFT, out=cells)
        np.subtract(cells, _FIRST_CELL, out=cells)
        np.take(self.slopes, cells, out=out, mode="clip")
        np.multiply(out, odds, out=out)
        np.take(self.intercepts, cells, out=odds, mode="clip")
        np.add(out, odds, out=out)
        return out


@dataclass(frozen=True, eq=False)
class ExactQuantiles:
    """A distribution's quantile function evaluated exactly, for what is cheap or cannot be tabulated."""

    distribution: Distribution

    def lookup(self, u: Array, out: Array | None = None, scratch: Scratch | None = None) -> Array:
        """Return the quantiles at `u`, (n,); `scratch` is not needed."""
        values = self.distribution.quantile_from_tails(u, 1.0 - u)
        if out is None:
            return values
        np.copyto(out, values)
        return out


QuantileSource = QuantileTable | ExactQuantiles
"""What turns a uniform column into the values of a quantity."""


@lru_cache(maxsize=256)
def quantile_source(distribution: Distribution) -> QuantileSource:
    """Return the way to draw from `distribution`: a table, or exact quantiles where a table is not the better way.

    Uniform and discrete quantities are evaluated exactly because that is as fast. So is a distribution whose table
    would miss its tolerances: a lognormal with a log standard deviation above about 2, a beta that is almost all at its
    ends, a gamma whose standard deviation is a millionth of its mean.
    """
    if distribution.kind in ("uniform", "discrete"):
        return ExactQuantiles(distribution)
    try:
        return quantile_table(distribution)
    except TableError:
        return ExactQuantiles(distribution)


def quantile_table(distribution: Distribution) -> QuantileTable:
    """Build the table of a continuous distribution and check it.

    Raises
    ------
    TableError
        If the table misses the mean, the standard deviation or a quantile by more than the tolerances above.
    """
    if distribution.kind == "discrete":
        raise TableError("a discrete distribution has jumps, which a table would smooth")
    grid = _grid()
    with np.errstate(all="ignore"):  # what overflows or is undefined at the far ends fails the checks below
        exact = _node_quantiles(distribution, grid)
        nodes = _mean_preserving(exact, grid)
        table = _table_through(distribution, nodes, grid)
        _check(table, exact, grid)
    return table


# --- the grid ---------------------------------------------------------------------------------------------------------


class _Grid(NamedTuple):
    odds: Array  # (nodes,) odds at the nodes
    lower: Array  # (nodes,) probability below
    upper: Array  # (nodes,) probability above
    width: Array  # (cells,) in odds
    sag: Array  # (nodes − 2,) how far a bend of slope 1 at an inner node lifts the chords beside it above the curve
    points: Array  # (2, cells) Gauss–Legendre points of each cell, in odds
    weights: Array  # (2, cells) their probability weights
    probes: Array  # (probes,) probabilities at which a table is compared with exact quantiles
    mirrored: Array  # (probes,) 1 − probes


@cache
def _grid() -> _Grid:
    octave = 1.0 + np.arange(CELLS_PER_OCTAVE) / CELLS_PER_OCTAVE
    odds = np.append(np.ldexp(octave, np.arange(-OCTAVES, OCTAVES)[:, None]).ravel(), 2.0**OCTAVES)
    width = np.diff(odds)
    left, right = width[:-1], width[1:]
    sag = (left**3 + right**3) / (6.0 * (left + right) ** 2)
    offset = np.array([[0.5 - math.sqrt(1.0 / 12.0)], [0.5 + math.sqrt(1.0 / 12.0)]])
    points = odds[:-1] + offset * width
    # Probability has density 1/(1 + g)² in the odds g. The mass of a cell is exact, its two points share it.
    density = (1.0 + points) ** -2.0
    mass = width / ((1.0 + odds[:-1]) * (1.0 + odds[1:]))
    weights = mass * density / density.sum(axis=0)
    tail = np.array([1e-8, 1e-6, 1e-5, 1e-4, 1e-3, 0.0047, 0.021, 0.0523, 0.103, 0.207, 0.311, 0.417])
    probes = np.concatenate([tail, 1.0 - tail])
    mirrored = np.concatenate([1.0 - tail, tail])
    return _Grid(odds, odds / (1.0 + odds), 1.0 / (1.0 + odds), width, sag, points, weights, probes, mirrored)


# --- quantiles at the nodes -------------------------------------------------------------------------------------------


def _node_quantiles(distribution: Distribution, grid: _Grid) -> Array:
    kind, parameters = distribution.kind, distribution.parameters
    if kind == "gamma":
        shape, scale = parameters
        return scale * np.exp(_interpolated(*_log_gamma_quantiles(shape)))
    if kind == "beta":
        return 1.0 / (1.0 + np.exp(-_interpolated(*_logit_beta_quantiles(*parameters))))
    if kind == "pert":
        low, _, high = parameters
        logits = _interpolated(*_logit_beta_quantiles(*pert_shapes(*parameters)))
        return np.clip(low + (high - low) / (1.0 + np.exp(-logits)), low, high)
    return distribution.quantile_from_tails(grid.lower, grid.upper)


class _Knots(NamedTuple):
    lower: Array  # (octaves + 1,) probability below each knot, the odds 2^k
    upper: Array
    basis: Array  # (6, cells) what value, slope and curvature of a knot and of the next give at the nodes between them


@cache
def _knots() -> _Knots:
    odds = np.ldexp(1.0, np.arange(-OCTAVES, OCTAVES + 1))
    t = np.log2(1.0 + np.arange(CELLS_PER_OCTAVE) / CELLS_PER_OCTAVE)
    # The quintic Hermite polynomials of the knot at t = 0; those of the knot at t = 1 are their mirror images.
    left, right = (
        np.stack([r**3 * (1.0 + t * (3.0 + 6.0 * t)), r**3 * t * (1.0 + 3.0 * t), r**3 * t * t / 2.0])
        for t, r in ((t, 1.0 - t), (1.0 - t, t))
    )
    right[1] *= -1.0
    scale = np.array([[1.0], [math.log(2.0)], [math.log(2.0) ** 2]])
    return _Knots(odds / (1.0 + odds), 1.0 / (1.0 + odds), np.concatenate([scale * left, scale * right]))


def _interpolated(value: Array, slope: Array, curvature: Array) -> Array:
    """Return a function of the log odds at all nodes of the grid, from its values and derivatives at the knots.

    The transforms below are nearly straight lines in the log odds, with exact derivatives, so that a quintic through
    one knot an octave is exact to about 1e-7: 81 incomplete beta functions to invert instead of 5,121.
    """
    at_knots = np.stack([value, slope, curvature], axis=1)
    # einsum, here and below, and not the matrix product: for arrays of this size the threads of a BLAS cost more than
    # the work, up to milliseconds where the cores are busy.
    inside = np.einsum("ij,jk->ik", np.concatenate([at_knots[:-1], at_knots[1:]], axis=1), _knots().basis)
    return np.append(inside.ravel(), value[-1])


def _logit_beta_quantiles(alpha: float, beta: float) -> tuple[Array, Array, Array]:
    """Return h = ln(x/(1 − x)) of the beta quantiles x at the knots, and dh/ds, d²h/ds² in the log odds s of u."""
    lower, upper, _ = _knots()
    near = lower <= upper
    x = np.empty(lower.shape)
    x[near] = special.betaincinv(alpha, beta, lower[near])
    x[~near] = special.betainccinv(alpha, beta, upper[~near])
    # 1 − x where that is small, from its own distribution and not by subtraction.
    y = 1.0 - x
    near_one = x > 0.5
    y[near_one & ~near] = special.betaincinv(beta, alpha, upper[near_one & ~near])
    y[near_one & near] = special.betainccinv(beta, alpha, lower[near_one & near])
    x[near_one] = 1.0 - y[near_one]
    log_x, log_y = np.log(x), np.log(y)
    log_constant = special.betaln(alpha, beta)
    # Below the smallest number the distribution is a power: I_x = x^α/(α·B), and likewise at the other end.
    log_x = np.where(x > 1e-290, log_x, (np.log(lower) + math.log(alpha) + log_constant) / alpha)
    log_y = np.where(y > 1e-290, log_y, (np.log(upper) + math.log(beta) + log_constant) / beta)
    # x(1 − x) times the density, in logs; then ds = du/(u(1 − u)).
    slope = lower * upper * np.exp(log_constant - alpha * log_x - beta * log_y)
    curvature = slope * (upper - lower - (alpha * y - beta * x) * slope)
    return log_x - log_y, slope, curvature


def _log_gamma_quantiles(shape: float) -> tuple[Array, Array, Array]:
    """Return h = ln x of the quantiles x of a gamma with scale 1 at the knots, and dh/ds, d²h/ds²."""
    lower, upper, _ = _knots()
    near = lower <= upper
    x = np.empty(lower.shape)
    x[near] = special.gammaincinv(shape, lower[near])
    x[~near] = special.gammainccinv(shape, upper[~near])
    # Below the smallest number P(k, x) = x^k/Γ(k + 1).
    log_x = np.where(x > 1e-290, np.log(x), (np.log(lower) + special.gammaln(shape + 1.0)) / shape)
    slope = lower * upper * np.exp(special.gammaln(shape) - shape * log_x + x)
    curvature = slope * (upper - lower - (shape - x) * slope)
    return log_x, slope, curvature


# --- from nodes to a checked table ------------------------------------------------------------------------------------


def _mean_preserving(exact: Array, grid: _Grid) -> Array:
    """Return the nodes moved so that the straight pieces between them keep the distribution's mean.

    A chord over a cell of width w lies w²q''/12 above the mean of q there. Each inner node takes over what its two
    cells owe, but never more than a quarter of the way to its neighbour, so that the table stays monotone.
    """
    rise = np.diff(exact)
    excess = np.diff(rise / grid.width) * grid.sag
    nodes = exact.copy()
    nodes[1:-1] -= np.clip(excess, -0.25 * rise[1:], 0.25 * rise[:-1])
    return nodes


def _table_through(distribution: Distribution, nodes: Array, grid: _Grid) -> QuantileTable:
    slopes = np.diff(nodes) / grid.width
    intercepts = nodes[:-1] - slopes * grid.odds[:-1]
    intercepts = np.concatenate([nodes[:1], intercepts, nodes[-1:]])
    slopes = np.concatenate([[0.0], slopes, [0.0]])
    intercepts.setflags(write=False)
    slopes.setflags(write=False)
    return QuantileTable(distribution, intercepts, slopes)


def _check(table: QuantileTable, exact: Array, grid: _Grid) -> None:
    distribution = table.distribution
    mean, sd = distribution.mean(), distribution.sd()
    apart = table.intercepts[1:-1] + table.slopes[1:-1] * grid.points - mean
    ends = table.intercepts[[0, -1]] - mean
    end_mass = grid.lower[0]  # the same beyond the last node
    mean_error = float(np.einsum("ij,ij->", grid.weights, apart) + end_mass * np.sum(ends))
    spread = float(np.einsum("ij,ij,ij->", grid.weights, apart, apart) + end_mass * np.sum(ends * ends))
    # Two tests of the quantiles: the table against exact ones at the probes, and everywhere how far the nodes had to be
    # moved to keep the mean, which is as much as a straight piece can stray from a bent curve.
    at_nodes = table.intercepts[1:-1] + table.slopes[1:-1] * grid.odds[:-1]
    tabulated = np.concatenate([table.lookup(grid.probes), at_nodes])
    exact = np.concatenate([distribution.quantile_from_tails(grid.probes, grid.mirrored), exact[:-1]])
    error = float(np.max(np.abs(tabulated - exact) / np.maximum(np.abs(exact), sd)))
    # Written so that a nan, too, is a miss.
    if not abs(mean_error) <= MEAN_TOLERANCE * max(abs(mean), sd):
        raise TableError(f"{distribution}: the mean of the table is off by {mean_error:.3g}")
    if not abs(math.sqrt(spread) - sd) <= SD_TOLERANCE * sd:
        raise TableError(f"{distribution}: the standard deviation of the table is off by {math.sqrt(spread) - sd:.3g}")
    if not error <= QUANTILE_TOLERANCE:
        raise TableError(f"{distribution}: a quantile of the table is off by {error:.3g}")
    if not np.all(table.slopes >= 0.0):
        raise TableError(f"{distribution}: the table is not monotone")
    # Rounding keeps the order of two products, so that the two ends of a rising piece bound what is looked up in it.
    low, high = distribution.support()
    right_ends = table.intercepts[1:-1] + table.slopes[1:-1] * grid.odds[1:]
    if not (np.all(at_nodes >= low) and np.all(right_ends <= high)):
        raise TableError(f"{distribution}: the table leaves the support")
