"""All internal rates of return of a flow, found with exact fractions so that none is missed."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

_HALVINGS = 80


def rates_of_return(flow: list[float]) -> list[float]:
    """Return every r > −1 with Σ flow[t]·(1+r)^−t = 0, lowest first.

    >>> [round(r, 12) for r in rates_of_return([-100.0, 230.0, -132.0])]
    [0.1, 0.2]
    """
    exact = [Fraction(x) for x in flow]
    while exact and exact[-1] == 0:
        exact.pop()
    while exact and exact[0] == 0:
        exact.pop(0)
    if len(exact) < 2:
        return []
    common = 1
    for x in exact:
        common = max(common, x.denominator)  # denominators of floats are powers of two
    polynomial = [int(x * common) for x in exact]
    # v = 1/(1+r): growing rates have v below 1, falling ones above, where the mirrored polynomial is used.
    rates = [float(1 / v - 1) for v in _roots_inside(polynomial)]
    rates += [float(v - 1) for v in _roots_inside(polynomial[::-1])]
    if sum(polynomial) == 0:
        rates.append(0.0)
    return sorted(rates)


def _sign_changes(polynomial: list[int]) -> int:
    signs = [x > 0 for x in polynomial if x != 0]
    return sum(one != two for one, two in pairwise(signs))


def _shift(polynomial: list[int]) -> list[int]:
    """Return p(x + 1)."""
    result = list(polynomial)
    for start in range(len(result) - 1):
        for k in range(len(result) - 2, start - 1, -1):
            result[k] += result[k + 1]
    return result


def _sign_at(polynomial: list[int], numerator: int, halvings: int) -> int:
    """Return the sign of p(numerator / 2^halvings)."""
    total, scale = 0, 1
    for coefficient in reversed(polynomial):
        total = total * numerator + coefficient * scale
        scale <<= halvings
    return (total > 0) - (total < 0)


def _roots_inside(polynomial: list[int]) -> list[Fraction]:
    """Return the roots between 0 and 1, ends not counted (Descartes' rule of signs on halved intervals)."""
    found: list[Fraction] = []
    open_intervals = [(polynomial, Fraction(0), Fraction(1))]
    while open_intervals:
        local, low, width = open_intervals.pop()
        while local and local[0] == 0:  # a root at the lower end was counted where it was met
            local = local[1:]
        changes = _sign_changes(_shift(local[::-1]))
        if changes == 0:
            continue
        if changes == 1 or width < Fraction(1, 2**50):
            found.append(low + width * _refine(local))
            continue
        degree = len(local) - 1
        left = [x << (degree - k) for k, x in enumerate(local)]  # 2^degree·p(x/2)
        right = _shift(left)
        if right[0] == 0:
            found.append(low + width / 2)
        open_intervals.append((left, low, width / 2))
        open_intervals.append((right, low + width / 2, width / 2))
    return found


def _refine(local: list[int]) -> Fraction:
    """Return the one root of a polynomial between 0 and 1 by halving."""
    sign_at_low = 1 if local[0] > 0 else -1
    low = 0
    for step in range(1, _HALVINGS + 1):
        low *= 2
        sign = _sign_at(local, low + 1, step)
        if sign == 0:
            return Fraction(low + 1, 2**step)
        if sign == sign_at_low:
            low += 1
    return Fraction(2 * low + 1, 2 ** (_HALVINGS + 1))
