"""Switching values: how far a quantity must go, alone, before the net present value changes sign (METHOD §9).

The net present value is scanned over the quantity's plausible values and beyond them, as far as the quantity can go,
and each change of sign is then closed in on. Nothing is assumed about the shape: it may be curved, flat, in steps
(years are whole), cross zero several times or never.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from socio_calc.analysis.focus import Focus
from socio_calc.analysis.limits import limits
from socio_calc.engine.distributions import Distribution
from socio_calc.engine.sampling import BLOCK
from socio_calc.engine.terms import FloatArray

#: Scanned probabilities: dense enough that two crossings between neighbours would have to lie within 2 % of all values.
_SCANNED = np.concatenate(
    [[1e-9, 1e-6, 1e-4, 1e-3], np.linspace(0.005, 0.995, 61), [0.999, 0.9999, 1 - 1e-6, 1 - 1e-9]]
)
#: Beyond them the scan goes on in steps that grow by this factor, up to about 10⁷ times the plausible width.
_GROWTH, _STEPS = 1.6, 34
_ROUNDS = 120
_HALVINGS = 60


@dataclass(frozen=True, slots=True)
class Switching:
    """Where one quantity makes the net present value 0, the others central.

    Attributes
    ----------
    quantity
        Its key.
    value
        The switching value nearest to the central value, in the quantity's own unit; None where there is none.
    probability_beyond
        Probability that the quantity lies where the net present value has the other sign than in the base case.
    central
        The central value.
    crossings
        Number of switching values that were found.
    """

    quantity: str
    value: float | None
    probability_beyond: float
    central: float
    crossings: int


def switching_values(focus: Focus) -> tuple[Switching, ...]:
    """Return the switching value of every uncertain quantity, in the order of the columns.

    A base case of exactly 0 counts as one in which costs are covered, and its switching values are the central ones.
    """
    columns = focus.plan.columns
    if not columns:
        return ()
    grids = [_grid(column.distribution, column.central, limits(focus, column)) for column in columns]
    sizes = [grid.size for grid in grids]
    rows = np.repeat(np.arange(len(columns)), sizes)
    points = np.concatenate(grids)
    covered = _covered(focus, rows, points)
    left = np.flatnonzero((rows[:-1] == rows[1:]) & (covered[:-1] != covered[1:]))
    roots = _close_in(focus, rows[left], points[left], points[left + 1])
    found = []
    for row, column in enumerate(columns):
        mine = roots[rows[left] == row]
        grid_covered = bool(covered[np.searchsorted(rows, row)])
        beyond = _probability_of_other_sign(column.distribution, mine, grid_covered, _base_covered(focus))
        nearest = None if not mine.size else float(mine[np.argmin(np.abs(mine - column.central))])
        if abs(focus.base) <= focus.tolerance and mine.size:
            nearest = column.central
        found.append(Switching(column.key, nearest, beyond, column.central, int(mine.size)))
    return tuple(found)


def _base_covered(focus: Focus) -> bool:
    return focus.base >= -focus.tolerance


def _covered(focus: Focus, rows: np.ndarray, values: FloatArray) -> np.ndarray:
    """Return whether the net present value is at least 0 when quantity `rows[i]` stands at `values[i]`."""
    return np.asarray(_net_at(focus, rows, values) >= -focus.tolerance)


def _net_at(focus: Focus, rows: np.ndarray, values: FloatArray) -> FloatArray:
    result = np.empty(values.size)
    for start in range(0, values.size, BLOCK):  # a case may have a thousand quantities: never all of this at once
        block = slice(start, min(start + BLOCK, values.size))
        x = focus.around_central(block.stop - start)
        x[rows[block], np.arange(block.stop - start)] = values[block]
        result[block] = focus.net(x)
    return result


def _grid(distribution: Distribution, central: float, bounds: tuple[float, float]) -> FloatArray:
    """Return rising values of a quantity: its plausible ones, and outward from them to its limits."""
    inside = np.unique(np.append(distribution.quantile(_SCANNED), central))
    inside = inside[(inside >= bounds[0]) & (inside <= bounds[1])]
    width = max(float(inside[-1] - inside[0]), 1e-9 * max(abs(central), 1.0))
    steps = 0.02 * width * _GROWTH ** np.arange(_STEPS)
    below, above = inside[0] - steps[::-1], inside[-1] + steps
    parts = [np.maximum(below, bounds[0]), inside, np.minimum(above, bounds[1])]
    return np.unique(np.concatenate(parts))


def _close_in(focus: Focus, rows: np.ndarray, low: FloatArray, high: FloatArray) -> FloatArray:
    """Return where the sign changes between `low` and `high`, for all brackets at once."""
    return closed_in(lambda values: _net_at(focus, rows, values), low, high, focus.tolerance)


def closed_in(
    function: Callable[[FloatArray], FloatArray], low: FloatArray, high: FloatArray, tolerance: float = 0.0
) -> FloatArray:
    """Close in on one change of sign in each bracket, all brackets together.

    A secant step (with the Illinois rule) and a halving take turns: what is straight is found at once, what jumps is
    halved until the jump lies between two neighbouring numbers.

    Parameters
    ----------
    function
        Takes one value for each bracket, shape (brackets,), and gives one for each.
    low, high
        Ends with different signs, shape (brackets,); a value of at least −`tolerance` counts as not negative.
    tolerance
        0 or more, in the unit of the function.

    Returns
    -------
    Shape (brackets,).

    >>> closed_in(lambda x: x**3 - 8.0, np.array([0.0]), np.array([5.0])).round(9).tolist()
    [2.0]
    >>> closed_in(lambda x: np.where(x < 1.25, -1.0, 1.0), np.array([0.0]), np.array([5.0])).round(9).tolist()
    [1.25]
    """
    if not low.size:
        return low
    low, high = low.astype(float), high.astype(float)
    at_low, at_high = function(low), function(high)
    # Amounts within the tolerance count as 0 only where no end lies on the other side of 0 itself.
    limit = np.where((at_low >= 0.0) != (at_high >= 0.0), 0.0, -tolerance)
    sign_low = at_low >= limit
    side = np.zeros(low.size)
    for turn in range(_ROUNDS):
        gap = at_high - at_low
        secant = high - at_high * (high - low) / np.where(gap == 0.0, 1.0, gap)
        use_secant = (turn % 2 == 0) & (gap != 0.0) & (secant > low) & (secant < high)
        middle = np.where(use_secant, secant, low + 0.5 * (high - low))
        value = function(middle)
        done = value == 0.0
        to_low = (value >= limit) == sign_low
        at_high = np.where(~done & to_low & (side > 0), 0.5 * at_high, at_high)
        at_low = np.where(~done & ~to_low & (side < 0), 0.5 * at_low, at_low)
        side = np.where(use_secant, np.where(to_low, 1.0, -1.0), 0.0)
        low, at_low = np.where(to_low | done, middle, low), np.where(to_low | done, value, at_low)
        high, at_high = np.where(~to_low | done, middle, high), np.where(~to_low | done, value, at_high)
        if np.all(high - low <= 4e-16 * np.maximum(np.abs(low), np.abs(high))):
            break
    return np.asarray(low + 0.5 * (high - low))


def _probability_of_other_sign(
    distribution: Distribution, roots: FloatArray, covered_at_left: bool, covered: bool
) -> float:
    """Add up the probability of the stretches between roots on which the sign is not that of the base case."""
    edges = [0.0, *(probability_below(distribution, root) for root in roots), 1.0]
    total, sign = 0.0, covered_at_left
    for start, end in pairwise(edges):
        if sign != covered:
            total += end - start
        sign = not sign
    return min(max(total, 0.0), 1.0)


def probability_below(distribution: Distribution, value: float) -> float:
    """Return P(X ≤ value), by halving on the quantile function from which the draws are made.

    >>> from socio_calc.engine.distributions import normal
    >>> round(probability_below(normal(0.0, 1.0), 1.0), 6)
    0.841345
    """
    lowest, highest = distribution.support()
    if value >= highest:
        return 1.0
    if value < lowest:
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        if not 0.0 < middle < 1.0:
            break
        if float(distribution.quantile(middle)) <= value:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)
