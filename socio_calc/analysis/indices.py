"""How much of the spread goes with each quantity: first-order and total indices, and partial rank correlations.

The functions here know nothing of appraisals: they take any function on the unit cube, so that they can be held against
functions whose indices are known exactly (Ishigami, Sobol's g, linear ones).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from socio_calc.engine.sampling import BLOCK, REPLICATES, Block, SamplePlan
from socio_calc.engine.sobol import MAX_COLUMNS
from socio_calc.engine.terms import FloatArray

Function = Callable[[FloatArray], FloatArray]

#: Points of each of the 8 replicates. The calculations are 8·points·(groups + 2).
POINTS = 2**12
#: Quantile 0.975 of Student's t with 7 degrees of freedom: the replicates are 8.
_T = 2.364624
#: A variance below this share of the mean square is rounding, not spread.
_NO_SPREAD = 1e-24


@dataclass(frozen=True, slots=True)
class Index:
    """Indices of one group of columns, with 95 % confidence intervals.

    Attributes
    ----------
    first, first_ci
        Share of the variance that would go if the group alone were known.
    total, total_ci
        Share that would be left if all but the group were known.
    """

    first: float
    first_ci: tuple[float, float]
    total: float
    total_ci: tuple[float, float]


def independent_points(columns: int, points: int = POINTS, seed: int = 1) -> tuple[FloatArray, FloatArray]:
    """Return two independent matrices A and B of uniforms, shape (columns, 8·points) each.

    They are the two halves of Sobol points in twice as many dimensions (Saltelli et al. 2010, section 4), scrambled
    afresh in each of 8 replicates, which run one after the other; independent random points where Sobol's sequence has
    too few dimensions.
    """
    plan = SamplePlan("sobol" if 2 * columns <= MAX_COLUMNS else "random", 2 * columns, REPLICATES * points, seed)
    blocks = [
        Block(replicate, start, min(start + BLOCK, points))
        for replicate in range(REPLICATES)
        for start in range(0, points, BLOCK)
    ]
    both = np.concatenate([plan.uniforms(block) for block in blocks], axis=1)
    return both[:columns], both[columns:]


def sobol_indices(
    function: Function,
    columns: int,
    groups: Sequence[Sequence[int]] | None = None,
    *,
    points: int = POINTS,
    seed: int = 1,
) -> tuple[Index, ...] | None:
    """Return the indices of a function of independent uniforms.

    Parameters
    ----------
    function
        Takes points of the unit cube, shape (columns, points), and gives shape (points,).
    columns
        Number of uniforms.
    groups
        Columns whose indices are wanted together; default each alone.
    points, seed
        Of the design; 8·points base points are used.

    Returns
    -------
    One for each group; None for a function that does not vary.

    Examples
    --------
    >>> linear = sobol_indices(lambda u: 3.0 * u[0] + 4.0 * u[1], 2)
    >>> [round(index.first, 3) for index in linear]
    [0.36, 0.64]
    """
    first, second = independent_points(columns, points, seed)
    return indices_between(function, first, second, [[k] for k in range(columns)] if groups is None else groups)


def indices_between(
    function: Function,
    first: FloatArray,
    second: FloatArray,
    groups: Sequence[Sequence[int]],
    progress: Callable[[int], None] | None = None,
) -> tuple[Index, ...] | None:
    """Return the indices from two independent matrices of draws, shape (columns, 8·points) each.

    `progress` is called with 1 after each group.

    First order after Saltelli et al. 2010 (Computer Physics Communications 181:259–270, table 2, row b), totals after
    Jansen 1999 (ibid., row f); the output is centred, which leaves both as they are and makes them surer. A confidence
    interval comes from the spread of the 8 replicates (Student's t).

    Returns
    -------
    One for each group; None for a function that does not vary.
    """
    at_first, at_second = function(first), function(second)
    everything = np.concatenate([at_first, at_second])
    mean = float(everything.mean())
    if float(everything.var()) <= _NO_SPREAD * float(np.mean(everything**2)):
        return None
    at_first, at_second = at_first - mean, at_second - mean
    variance = _by_replicate(0.5 * (at_first**2 + at_second**2))
    mixed = first.copy()
    found = []
    for group in groups:
        rows = list(group)
        mixed[rows] = second[rows]
        at_mixed = function(mixed) - mean
        mixed[rows] = first[rows]
        explained = _by_replicate(at_second * (at_mixed - at_first))
        left = _by_replicate(0.5 * (at_first - at_mixed) ** 2)
        found.append(Index(*_ratio(explained, variance), *_ratio(left, variance)))
        if progress is not None:
            progress(1)
    return tuple(found)


def _by_replicate(values: FloatArray) -> FloatArray:
    return np.asarray(values.reshape(REPLICATES, -1).mean(axis=1))


def _ratio(above: FloatArray, below: FloatArray) -> tuple[float, tuple[float, float]]:
    """Return the ratio of the means over replicates, and its interval from their residuals."""
    ratio = float(above.sum() / below.sum())
    residuals = (above - ratio * below) / float(below.mean())
    error = float(np.sqrt(np.sum(residuals**2) / (REPLICATES - 1) / REPLICATES))
    return ratio, (ratio - _T * error, ratio + _T * error)


def partial_rank_correlations(x: FloatArray, y: FloatArray) -> FloatArray:
    """Return the partial rank correlation of each row of `x` with `y`, the other rows held constant.

    Parameters
    ----------
    x
        Draws, shape (columns, draws); no row may be constant.
    y
        Shape (draws,).

    Returns
    -------
    Shape (columns,), each from −1 to 1; 0 throughout when `y` is constant. Rows that say the same (parts of one draw)
    share what they have together.

    Examples
    --------
    >>> u = np.random.default_rng(1).random((2, 500))
    >>> partial_rank_correlations(u, u[0] - u[1]).round(2).tolist()
    [0.98, -0.98]
    """
    if np.ptp(y) == 0.0 or not len(x):
        return np.zeros(len(x))
    ranks = np.array([_ranks(row) for row in (*x, y)])
    ranks /= np.sqrt(np.sum(ranks**2, axis=1))[:, None]
    inputs, output = ranks[:-1], ranks[-1]
    inverse = np.linalg.pinv(inputs @ inputs.T, rcond=1e-10, hermitian=True)
    slopes = inverse @ (inputs @ output)
    left = max(1.0 - float(slopes @ (inputs @ output)), 0.0)
    size = np.sqrt(slopes**2 + left * np.diag(inverse))
    return np.asarray(np.divide(slopes, size, out=np.zeros_like(slopes), where=size > 0.0))


def _ranks(values: FloatArray) -> FloatArray:
    """Return centred ranks; equal values share the mean of theirs."""
    order = np.argsort(values)
    rising = values[order]
    if np.all(rising[1:] > rising[:-1]):
        ranks = np.empty(values.size)
        ranks[order] = np.arange(values.size) - (values.size - 1) / 2.0
        return ranks
    _, where, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    middle = last - (counts - 1) / 2.0
    return np.asarray(middle[where] - (values.size + 1) / 2.0)
