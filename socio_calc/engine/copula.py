"""Correlated uniforms: a Gaussian copula with given rank correlations (METHOD §8).

Every sampler goes through it: uniforms become standard normals, a triangular matrix mixes those that go together, and
the normals become uniforms again. Each column stays uniform, so that no distribution changes.

A normal copula with Pearson correlation ρ has the rank correlation (6/π)·asin(ρ/2) (K. Pearson, On further methods of
determining correlation, Drapers' Company Research Memoirs, Biometric Series IV, 1907).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

FloatArray = NDArray[np.float64]

#: A correlation matrix counts as possible when its smallest eigenvalue is above this.
LEAST_EIGENVALUE = 1e-8
#: Uniforms stay strictly between 0 and 1, as the samplers' own do.
_EDGE = 2.0**-53
_MOST_PROJECTIONS = 1_000


@dataclass(frozen=True, eq=False)
class Copula:
    """Which streams go together, and how.

    Attributes
    ----------
    streams
        The uniform columns that take part, rising.
    mixing
        Lower triangular matrix whose product with its transpose is their Pearson correlation matrix,
        shape (streams, streams).
    """

    streams: tuple[int, ...]
    mixing: FloatArray

    def apply(self, uniforms: FloatArray) -> None:
        """Correlate uniforms, shape (all streams, draws), in place; the first stream that takes part stays as it is."""
        normals = ndtri(uniforms[list(self.streams)])
        for row in range(1, len(self.streams)):
            mixed = self.mixing[row, : row + 1] @ normals[: row + 1]
            np.clip(ndtr(mixed), _EDGE, 1.0 - _EDGE, out=uniforms[self.streams[row]])


def pearson_of_rank(rank: FloatArray | float) -> FloatArray:
    """Return the Pearson correlation of the normals behind a rank correlation, 2·sin(π·rank/6).

    >>> pearson_of_rank(np.array([-1.0, 0.0, 0.5])).round(6).tolist()
    [-1.0, 0.0, 0.517638]
    """
    return np.asarray(2.0 * np.sin(np.pi * np.asarray(rank) / 6.0))


def rank_of_pearson(pearson: FloatArray | float) -> FloatArray:
    """Return the rank correlation of two normals with this Pearson correlation, (6/π)·asin(ρ/2).

    >>> float(rank_of_pearson(pearson_of_rank(0.3)).round(12))
    0.3
    """
    return np.asarray(6.0 / np.pi * np.arcsin(np.asarray(pearson) / 2.0))


def correlation_matrix(ranks: Mapping[tuple[int, int], float], streams: tuple[int, ...]) -> FloatArray:
    """Return the Pearson matrix of rank correlations between streams; pairs that are not given have none.

    >>> correlation_matrix({(4, 2): 0.5}, (2, 4)).round(6).tolist()
    [[1.0, 0.517638], [0.517638, 1.0]]
    """
    matrix = np.eye(len(streams))
    for (first, second), rank in ranks.items():
        row, column = streams.index(first), streams.index(second)
        matrix[row, column] = matrix[column, row] = float(pearson_of_rank(rank))
    return matrix


def copula(ranks: Mapping[tuple[int, int], float]) -> Copula | None:
    """Return the copula with given rank correlations between streams, or None when no draws can have them.

    Parameters
    ----------
    ranks
        Rank correlation (Spearman) by pair of streams, each pair once.
    """
    streams = tuple(sorted({stream for pair in ranks for stream in pair}))
    matrix = correlation_matrix(ranks, streams)
    if not is_possible(matrix):
        return None
    return Copula(streams, np.asarray(np.linalg.cholesky(matrix)))


def is_possible(matrix: FloatArray) -> bool:
    """Tell whether draws can have a correlation matrix: all its eigenvalues are above 0."""
    return float(np.linalg.eigvalsh(matrix)[0]) > LEAST_EIGENVALUE


def nearest_correlation(matrix: FloatArray) -> FloatArray:
    """Return the correlation matrix nearest to a symmetric one in the Frobenius norm.

    Alternating projections with Dykstra's correction: N. J. Higham, Computing the nearest correlation matrix, IMA
    Journal of Numerical Analysis 22 (2002), 329–343, algorithm 3.3.

    Parameters
    ----------
    matrix
        Symmetric, shape (n, n).

    Examples
    --------
    The example of Higham's section 4, distance 0.5278 in the Frobenius norm:

    >>> a = np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 1.0], [0.0, 1.0, 1.0]])
    >>> nearest_correlation(a).round(4).tolist()
    [[1.0, 0.7607, 0.1573], [0.7607, 1.0, 0.7607], [0.1573, 0.7607, 1.0]]
    """
    nearest, correction = matrix.copy(), np.zeros_like(matrix)
    for _ in range(_MOST_PROJECTIONS):
        shifted = nearest - correction
        values, vectors = np.linalg.eigh(shifted)
        positive = (vectors * np.maximum(values, 0.0)) @ vectors.T
        correction = positive - shifted
        before, nearest = nearest, positive.copy()
        np.fill_diagonal(nearest, 1.0)
        if float(np.abs(nearest - before).max()) <= 1e-12:
            break
    return nearest


def nearest_ranks(matrix: FloatArray, decimals: int = 2) -> FloatArray:
    """Return rank correlations with few decimals that draws can have, near those behind an impossible Pearson matrix.

    They are those of the nearest correlation matrix, rounded towards 0 and, where that is still impossible, made
    smaller by steps of one per cent until it is not.
    """
    scale, unit = 1.0, 10.0**decimals
    nearest = np.clip(rank_of_pearson(nearest_correlation(matrix)), -1.0, 1.0)
    while True:
        ranks = np.trunc(nearest * scale * unit + np.sign(nearest) * 1e-9) / unit
        np.fill_diagonal(ranks, 1.0)
        pearson = pearson_of_rank(ranks)
        if is_possible(pearson):
            return np.asarray(ranks + 0.0)
        scale -= 0.01
