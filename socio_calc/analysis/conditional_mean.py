"""What net benefit is to be expected once some quantities are known: regression on the draws with B-splines.

M. Strong, J. E. Oakley and A. Brennan, Estimating multiparameter partial expected value of perfect information from a
probabilistic sensitivity analysis sample, Medical Decision Making 34 (2014), 311–326. The conditional mean E[y | x] is
the regression of y on x over draws that were made anyway. The number of knots is chosen by Schwarz's criterion (BIC),
from a constant on: where x tells nothing about y, nothing is read out of chance.

Draws come in independent replicates; leaving out one at a time (the jackknife) gives the standard error of everything
that is computed from a conditional mean, the choice of the basis apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from socio_calc.engine.sampling import REPLICATES
from socio_calc.engine.threads import one_thread

FloatArray = NDArray[np.float64]

#: Interior knots of the cubic splines that are tried, after a constant and a straight line.
KNOTS = (0, 3, 8, 20)
#: Knots for each of two inputs, whose products make a surface.
SURFACE_KNOTS = (0, 3, 8)
#: An input with at most so many different values has one coefficient for each.
FEW_VALUES = 8
#: A basis has at most one function for so many draws.
DRAWS_PER_FUNCTION = 20
#: Directions of the basis with a smaller share of the largest eigenvalue are left out: functions that are not distinct.
_DISTINCT = 1e-11


@dataclass(frozen=True, eq=False)
class ConditionalMean:
    """E[y | x] at every draw.

    Attributes
    ----------
    values
        From all draws, shape (draws,).
    without
        From all replicates but one, at every draw, shape (replicates, draws).
    functions
        Number of functions of the basis, the constant among them.
    """

    values: FloatArray
    without: FloatArray
    functions: int

    @property
    def responses(self) -> FloatArray:
        """All of them, that from all draws first, shape (1 + replicates, draws)."""
        return np.vstack([self.values, self.without])


def conditional_mean(response: FloatArray, inputs: FloatArray, replicates: int = REPLICATES) -> ConditionalMean:
    """Return E[response | inputs] over draws.

    Parameters
    ----------
    response
        Shape (draws,), or (1 + replicates, draws) as `ConditionalMean.responses`, when it is itself estimated.
    inputs
        What is known, shape (inputs, draws).
    replicates
        Independent parts of equal size that the draws consist of, one after the other.

    Examples
    --------
    >>> x = (np.arange(4_096) + 0.5) / 4_096
    >>> x = x.reshape(-1, 8).T.ravel()  # eight replicates
    >>> fit = conditional_mean(x**2, x[None, :])
    >>> fit.functions, bool(np.allclose(fit.values, x**2))
    (4, True)
    """
    responses = np.atleast_2d(np.asarray(response, dtype=float))
    draws = responses.shape[1]
    if draws % replicates:
        raise ValueError(f"{draws} draws are not {replicates} replicates of equal size")
    if len(responses) == 1:
        responses = np.repeat(responses, 1 + replicates, axis=0)
    with one_thread():
        best = _Solved(np.ones((draws, 1)), responses[0], replicates)
        for basis in _bases(np.asarray(inputs, dtype=float).reshape(-1, draws)):
            tried = _Solved(basis, responses[0], replicates)
            if tried.criterion < best.criterion:
                best = tried
        fitted = best.fitted(responses[1:])
    return ConditionalMean(fitted[0], fitted[1:], best.rank)


class _Solved:
    """Least squares of a response on one basis."""

    def __init__(self, basis: FloatArray, response: FloatArray, replicates: int) -> None:
        draws, functions = basis.shape
        self._basis = basis
        self._parts = basis.reshape(replicates, draws // replicates, functions)
        self._grams = np.matmul(self._parts.transpose(0, 2, 1), self._parts)
        self._coefficients, self.rank = _solve(self._grams.sum(axis=0), response @ basis)
        residual = response - basis @ self._coefficients
        # A perfect fit has no logarithm: what rounding leaves of it is worth no further function.
        error = max(float(residual @ residual) / draws, 1e-20 * float(np.var(response)), np.finfo(float).tiny)
        self.criterion = draws * np.log(error) + self.rank * np.log(draws)

    def fitted(self, without: FloatArray) -> FloatArray:
        """Return the conditional means, shape (1 + replicates, draws): with all draws and without each replicate.

        `without` holds the response for each of the latter, shape (replicates, draws).
        """
        gram, rows = self._grams.sum(axis=0), [self._coefficients]
        for left, response in enumerate(without):
            own = response.reshape(len(self._grams), -1)[left]
            side = response @ self._basis - own @ self._parts[left]
            rows.append(_solve(gram - self._grams[left], side)[0])
        return np.asarray(np.stack(rows) @ self._basis.T)


def _solve(gram: FloatArray, side: FloatArray) -> tuple[FloatArray, int]:
    """Solve normal equations on the directions that the functions span; also return their number."""
    scale = np.sqrt(np.maximum(np.diag(gram), np.finfo(float).tiny))
    values, vectors = np.linalg.eigh(gram / np.outer(scale, scale))
    kept = values > _DISTINCT * values[-1]
    vectors = vectors[:, kept]
    return np.asarray(vectors @ ((vectors.T @ (side / scale)) / values[kept]) / scale), int(kept.sum())


def _bases(inputs: FloatArray) -> Iterator[FloatArray]:
    """Yield bases of rising size for some inputs, shape (draws, functions) each, a constant among the functions."""
    varying = [row for row in inputs if np.ptp(row) > 0.0]
    draws = inputs.shape[1]
    if not varying:
        return
    bases: Iterator[FloatArray]
    if len(varying) == 1:
        bases = (_with_constant([functions]) for functions in _curves(varying[0], KNOTS))
    elif len(varying) == 2:
        bases = (
            _products(first, second)
            for first, second in zip(*(_curves(row, SURFACE_KNOTS) for row in varying), strict=True)
        )
    else:
        bases = _many(varying)
    for basis in bases:
        if basis.shape[1] * DRAWS_PER_FUNCTION > draws:
            return
        yield basis


def _many(inputs: list[FloatArray]) -> Iterator[FloatArray]:
    """Yield bases of three inputs and more: curves of each, then products of two, of their squares, of three."""
    straight = [_standardised(row) for row in inputs]
    curves = [list(_curves(row, KNOTS[:2])) for row in inputs]
    yield _with_constant([functions[0] for functions in curves])
    yield _with_constant([functions[1] for functions in curves])
    pairs = [(first * second)[:, None] for first, second in combinations(straight, 2)]
    yield _with_constant([functions[1] for functions in curves] + pairs)
    squares = [np.stack([first**2 * second, first * second**2], axis=1) for first, second in combinations(straight, 2)]
    triples = [(first * second * third)[:, None] for first, second, third in combinations(straight, 3)]
    yield _with_constant([functions[2] for functions in curves] + pairs + triples)
    yield _with_constant([functions[2] for functions in curves] + pairs + squares + triples)


def _curves(row: FloatArray, knots: tuple[int, ...]) -> Iterator[FloatArray]:
    """Yield a straight line, then cubic splines with so many interior knots, the constant left out."""
    values = np.unique(row) if row.size else row
    line = _standardised(row)[:, None]
    yield line
    if values.size <= FEW_VALUES:
        indicators = (row[:, None] == values[None, 1:]).astype(float)
        for _ in knots:
            yield indicators
        return
    for number in knots:
        yield _spline(row, number)


def _spline(row: FloatArray, knots: int) -> FloatArray:
    """Return cubic B-splines with interior knots at equal shares of the draws, all but the first of them."""
    from scipy.interpolate import BSpline

    low, high = float(row.min()), float(row.max())
    inner = np.unique(np.quantile(row, np.linspace(0.0, 1.0, knots + 2)[1:-1])) if knots else np.empty(0)
    inner = inner[(inner > low) & (inner < high)]
    ends = np.concatenate([np.full(4, low), inner, np.full(4, high)])
    return np.asarray(BSpline.design_matrix(row, ends, 3).toarray()[:, 1:])


def _standardised(row: FloatArray) -> FloatArray:
    return np.asarray((row - row.mean()) / row.std())


def _with_constant(functions: list[FloatArray]) -> FloatArray:
    return np.hstack([np.ones((len(functions[0]), 1)), *functions])


def _products(first: FloatArray, second: FloatArray) -> FloatArray:
    left, right = _with_constant([first]), _with_constant([second])
    return np.asarray((left[:, :, None] * right[:, None, :]).reshape(len(left), -1))
