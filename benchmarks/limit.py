"""`opt_table`: how fast NumPy can do the common job when one writes it for nothing else.

Uniforms through quantile tables on a uniform grid, annuities in closed form with shared integer powers, one matrix
product for the payers, blocks of 8,192 draws that stay in the cache. Its tables are plain (their tails are cut), it
reads no case, has no error, no percentile and no report: a yardstick, not a tool.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import special

from benchmarks.common_job import (
    ALPHA,
    BETA,
    GROWTH,
    HORIZONS,
    INPUTS,
    OUTCOMES,
    PAID_BY,
    PAYERS,
    PROGRAMME_COST,
    RATE,
    SHARES,
    STARTS,
    Array,
    lognormal_parameters,
    pert_parameters,
)

BLOCK = 8_192
CELLS = 2_048
_END = 0.05


@cache
def _tables() -> tuple[Array, Array]:
    """Return the value at the left of each cell and the rise over it, (30, cells) each."""
    u = np.arange(CELLS + 1) / CELLS
    u[0], u[-1] = _END / CELLS, 1.0 - _END / CELLS
    mu, sigma = lognormal_parameters()
    low, width, alpha, beta = pert_parameters()
    nodes = np.concatenate(
        [
            np.exp(mu[:, None] + sigma * special.ndtri(u)),
            special.betaincinv(ALPHA[:, None], BETA[:, None], u),
            low[:, None] + width[:, None] * special.betaincinv(alpha[:, None], beta[:, None], u),
        ]
    )
    return np.ascontiguousarray(nodes[:, :-1]), np.diff(nodes, axis=1)


def _inputs(u: Array, cells: NDArray[np.intp], x: Array) -> None:
    """Turn uniforms into values, (30, draws); `u` is used up."""
    left, rise = _tables()
    u *= CELLS
    np.copyto(cells, u, casting="unsafe")
    u -= cells
    for row in range(INPUTS):
        np.take(rise[row], cells[row], out=x[row], mode="clip")
        x[row] *= u[row]
        x[row] += left[row].take(cells[row], mode="clip")


def _powers(x: Array, exponents: set[int]) -> dict[int, Array]:
    """Return x^n for every exponent, by repeated squaring with shared squares."""
    squares = [x]
    while 2 ** len(squares) <= max(exponents):
        squares.append(squares[-1] * squares[-1])
    powers = {}
    for n in exponents:
        bits = [square for bit, square in enumerate(squares) if n >> bit & 1]
        product = bits[0]
        for square in bits[1:]:
            product = product * square
        powers[n] = product
    return powers


def _present_values(x: Array, out: Array) -> None:
    """Write net present values, (horizons, payers, draws), of inputs x, (30, draws)."""
    present = np.zeros((len(HORIZONS), OUTCOMES, x.shape[1]))
    people = x[28] * x[29]
    for k in range(OUTCOMES):
        ratio = (1.0 - x[20 + k % 8]) * ((1.0 + GROWTH[k]) / (1.0 + RATE))
        scale = people * x[10 + 3 * k % 10]
        scale *= x[k % 10]
        scale *= (1.0 + RATE) ** -STARTS[k]
        scale /= 1.0 - ratio
        reached = [(at, horizon - STARTS[k] + 1) for at, horizon in enumerate(HORIZONS) if horizon >= STARTS[k]]
        powers = _powers(ratio, {n for _, n in reached})
        for at, n in reached:
            np.subtract(1.0, powers[n], out=present[at, k])
            present[at, k] *= scale
    np.matmul(SHARES.T, present, out=out)
    out -= (PROGRAMME_COST * PAID_BY)[:, None]


def opt_table(draws: int, seed: int = 1) -> Array:
    """Return the mean net present values, (payers, horizons); every draw is kept while it runs."""
    rng = np.random.default_rng(seed)
    result = np.empty((len(HORIZONS), len(PAYERS), draws))
    x, cells = np.empty((INPUTS, BLOCK)), np.empty((INPUTS, BLOCK), dtype=np.intp)
    for start in range(0, draws, BLOCK):
        n = min(BLOCK, draws - start)
        _inputs(rng.random((INPUTS, n)), cells[:, :n], x[:, :n])
        _present_values(x[:, :n], result[:, :, start : start + n])
    return np.asarray(result.mean(axis=2).T)
