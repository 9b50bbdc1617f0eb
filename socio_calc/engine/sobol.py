"""Scrambled Sobol points: direction numbers, their random linear scrambling, and blocks of points by doubling.

Direction numbers: S. Joe and F. Y. Kuo, Constructing Sobol sequences with better two-dimensional projections, SIAM J.
Sci. Comput. 30 (2008), 2635–2654, set D(6) (`sobol_directions.npy`, licence beside it). Scrambling: a random lower
triangular matrix over the binary digits and a digital shift (J. Matoušek, On the L2-discrepancy for anchored boxes,
J. Complexity 14 (1998), 527–556), which keeps the stratification of the points and gives each of them the uniform
distribution.

Points are 52-bit integers, the mantissa of a double: the digits below those of the sequence are random, so that a
uniform has the full resolution of a double and not that of the number of points.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]

DIGITS = 52
"""Binary digits of a point."""
MAX_COLUMNS = 3_667
"""Dimensions in the table of direction numbers (all those whose polynomial has degree 15 or less)."""
WORDS_PER_COLUMN = 1 + DIGITS
"""Random words that the scrambling of one column needs: a shift and one matrix column for each digit."""

_TABLE = Path(__file__).with_name("sobol_directions.npy")


@cache
def _joe_kuo() -> NDArray[np.uint16]:
    # One row per dimension: the polynomial with all its coefficients as bits, then m_1 … m_s (s its degree), then 0.
    table: NDArray[np.uint16] = np.load(_TABLE, allow_pickle=False)
    return table


def direction_numbers(columns: int, levels: int) -> Words:
    """Return the unscrambled direction numbers, (levels, columns): number k belongs to binary digit k of the index.

    `levels` digits serve 2^levels points. Raises ValueError beyond `MAX_COLUMNS` dimensions.

    >>> (direction_numbers(2, 3) >> np.uint64(DIGITS - 3)).tolist()  # the first three binary digits of each
    [[4, 4], [2, 6], [1, 5]]
    """
    if columns > MAX_COLUMNS:
        raise ValueError(f"Sobol points have at most {MAX_COLUMNS} columns, got {columns}: use random or lhs")
    table = _joe_kuo()[:columns].astype(np.int64)
    polynomial, initial = table[:, 0], table[:, 1:]
    degree = np.frexp(polynomial.astype(np.float64))[1].astype(np.int64) - 1
    numbers = np.zeros((levels, columns), dtype=np.uint64)
    everyone = np.arange(columns)
    for k in range(levels):
        # v_k = a_1 v_{k-1} ⊕ … ⊕ a_s v_{k-s} ⊕ (v_{k-s} >> s), a_i the coefficients of the polynomial, a_s = 1.
        start = np.maximum(k - degree, 0)
        recurred = numbers[start, everyone] >> degree.astype(np.uint64)
        for lag in range(1, min(k, int(degree.max(initial=0))) + 1):
            coefficient = np.where(lag <= degree, (polynomial >> np.maximum(degree - lag, 0)) & 1, 0)
            recurred ^= numbers[k - lag] * coefficient.astype(np.uint64)
        given = initial[:, min(k, initial.shape[1] - 1)].astype(np.uint64) << np.uint64(DIGITS - 1 - k)
        numbers[k] = np.where(k < degree, given, recurred)
        # Dimension 1 (polynomial 1, degree 0) is the van der Corput sequence: every m is 1.
        numbers[k, :1] = np.uint64(1) << np.uint64(DIGITS - 1 - k)
    return numbers


def scramble(numbers: Words, random_words: Words) -> tuple[Words, Words]:
    """Return the direction numbers of independent scramblings and their digital shifts.

    Parameters
    ----------
    numbers
        Unscrambled direction numbers, (levels, columns).
    random_words
        (scramblings, columns, `WORDS_PER_COLUMN`) random 64-bit words; each column uses its own alone.

    Returns
    -------
    tuple
        Direction numbers (scramblings, levels, columns) and shifts (scramblings, columns).
    """
    levels = len(numbers)
    words = random_words >> np.uint64(64 - DIGITS)
    scrambled = np.zeros((len(words), *numbers.shape), dtype=np.uint64)
    for digit in range(levels):
        # Digit `digit` of a number sends the digit itself and a random pattern below it into the scrambled number;
        # direction numbers above index `digit` alone have that digit.
        place = np.uint64(1) << np.uint64(DIGITS - 1 - digit)
        column = (words[:, None, :, 1 + digit] & (place - np.uint64(1))) | place
        has_digit = (numbers[digit:] >> np.uint64(DIGITS - 1 - digit)) & np.uint64(1)
        scrambled[:, digit:] ^= column * has_digit
    return scrambled, words[:, :, 0]


def fill_points(numbers: Words, shift: Words, start: int, out: Words) -> None:
    """Write points `start`, `start` + 1, … of one scrambling into `out`, (columns, points), as 52-bit integers.

    `start` must be a multiple of the power of two at or above the number of points. Natural order, not Gray code: point
    i is the exclusive or of the direction numbers of the digits of i, so that a block needs nothing from the block
    before it, and one pass of doubling fills it.

    Parameters
    ----------
    numbers
        Scrambled direction numbers, (levels, columns).
    shift
        The digital shifts, (columns,); any bits above the 52 digits are kept in every point.
    """
    points = out.shape[1]
    filled, level = 1, 0
    while filled < points:
        filled, level = 2 * filled, level + 1
    if start % filled:
        raise ValueError(f"a block of {points} points cannot start at {start}, which is no multiple of {filled}")
    first = shift.copy()
    for digit in range(level, start.bit_length()):
        if start >> digit & 1:
            first ^= numbers[digit]
    out[:, 0] = first
    for digit in range(level):
        half = 1 << digit
        width = min(half, points - half)
        np.bitwise_xor(out[:, :width], numbers[digit][:, None], out=out[:, half : half + width])
