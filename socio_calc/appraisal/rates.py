"""Internal rates of return (METHOD §7): one exact root for one flow, and the same for many draws at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

#: Relative size within which an imaginary part is rounding, and a value a root.
_ROUNDING = 1e-7
#: Share of a draw's largest flow below which a year's flow is what gains and losses leave when they cancel.
_CANCELLED = 1e-13
#: Bounds of ln(1+r), and the steps after which the bracket is as narrow as a double can make it.
_WIDEST = 40.0
_MOST_STEPS = 100
#: Draws solved together: few enough to stay in the cache.
_AT_ONCE = 2048


def sign_changes(flows: FloatArray) -> int:
    """Return the number of changes of sign in a flow, zeros left out; by Descartes at most so many rates exist.

    A year in which gains and losses cancel must already be 0 (METHOD §7's tolerance belongs to the entries).

    >>> sign_changes(np.array([-1.0, 0.0, 2.0, -1.0]))
    2
    """
    signs = np.sign(flows[flows != 0])
    return int(np.count_nonzero(np.diff(signs)))


def all_rates(flows: FloatArray) -> list[float]:
    """Return every rate r > −1 with Σ F_t (1+r)^−t = 0, rising; each root is polished by Newton's method.

    Parameters
    ----------
    flows
        Undiscounted net flow by year, shape (years,).

    >>> [round(r, 6) for r in all_rates(np.array([-100.0, 110.0]))]
    [0.1]
    >>> [round(r, 6) for r in all_rates(np.array([-100.0, 230.0, -132.0]))]
    [0.1, 0.2]
    """
    kept = np.nonzero(flows)[0]
    if sign_changes(flows) == 0:
        return []
    used = flows[kept[0] : kept[-1] + 1] / float(np.max(np.abs(flows)))
    roots = np.roots(used)  # in x = 1 + r: Σ F_t x^(n−1−t)
    found: list[float] = []
    for root in roots:
        if root.real <= 0 or abs(root.imag) > _ROUNDING**0.5 * abs(root):
            continue
        x = _polished(used, float(root.real))
        if x is not None and not any(abs(x - other) <= _ROUNDING * max(x, other) for other in found):
            found.append(x)
    return sorted(x - 1.0 for x in found)


def _polished(coefficients: FloatArray, x: float) -> float | None:
    """Return the root near x to machine precision, or None when there is none there."""
    derivative = np.polyder(coefficients)
    start = x
    for _ in range(60):
        slope = float(np.polyval(derivative, x))
        if slope == 0:
            break
        step = float(np.polyval(coefficients, x)) / slope
        x -= step
        if x <= 0 or not np.isfinite(x):
            return None
        if abs(step) <= 1e-15 * x:
            break
    scale = float(np.sum(np.abs(coefficients) * x ** np.arange(coefficients.size - 1, -1, -1)))
    near = abs(x - start) <= 1e-2 * start
    return float(x) if near and abs(np.polyval(coefficients, x)) <= 1e-11 * scale else None


def rates_of_draws(flows: FloatArray, first_rate: float) -> FloatArray:
    """Return the rate nearest `first_rate` in each draw, nan where there is none.

    Draws whose flow changes sign once have exactly one rate, found for all of them together by bisection and Newton
    steps; the few others go one by one.

    Parameters
    ----------
    flows
        Shape (years, draws).
    first_rate
        The first discount rate, as a fraction.
    """
    years, draws = flows.shape
    rates = np.full(draws, np.nan)
    if years < 2:
        return rates
    size = np.max(np.abs(flows), axis=0)
    used = np.where(np.abs(flows) > _CANCELLED * size, flows, 0.0)
    changes = _changes_by_draw(used)
    once = np.nonzero(changes == 1)[0]
    for start in range(0, once.size, _AT_ONCE):
        some = once[start : start + _AT_ONCE]
        rates[some] = _single_rates(used[:, some] / size[some], first_rate)
    for draw in np.nonzero(changes > 1)[0]:
        roots = all_rates(used[:, draw])
        if roots:
            rates[draw] = min(roots, key=lambda r: abs(r - first_rate))
    return rates


def _changes_by_draw(flows: FloatArray) -> NDArray[np.int64]:
    """Return the number of sign changes of each column."""
    last = np.zeros(flows.shape[1])
    changes = np.zeros(flows.shape[1], dtype=np.int64)
    for year in flows:
        sign = np.sign(year)
        changes += (sign * last) < 0
        last = np.where(sign == 0, last, sign)
    return changes


def _single_rates(flows: FloatArray, first_rate: float) -> FloatArray:
    """Return the only root of each column of flows that change sign once.

    With P(v) the sum of the flows of the later sign and N(v) of the earlier one, in v = 1/(1+r), ln P − ln N rises
    with y = ln v and is nearly straight, so that Newton's method needs a handful of steps from anywhere; a bracket
    catches what steps too far.
    """
    draws = flows.shape[1]
    first = np.sign(flows[np.argmax(flows != 0, axis=0), np.arange(draws)])
    later = flows * -first
    parts = np.stack([np.maximum(later, 0.0), np.maximum(-later, 0.0)])
    low, high = np.full(draws, -_WIDEST), np.full(draws, _WIDEST)
    y = np.full(draws, -np.log1p(first_rate))
    active = np.arange(draws)
    for _ in range(_MOST_STEPS):
        gap, slope = _log_ratio(parts[:, :, active], y[active])
        low[active] = np.where(gap < 0, y[active], low[active])
        high[active] = np.where(gap < 0, high[active], y[active])
        with np.errstate(divide="ignore", invalid="ignore"):
            new = y[active] - gap / slope
        inside = (new > low[active]) & (new < high[active])
        new = np.where(inside, new, 0.5 * (low[active] + high[active]))
        new = np.where(gap == 0, y[active], new)
        # Newton's steps square the error: after one below 1e-8 what is left is rounding.
        done = np.abs(new - y[active]) <= np.where(inside, 1e-8, 1e-14) * np.maximum(1.0, np.abs(new))
        y[active] = new
        active = active[~done]
        if active.size == 0:
            break
    return np.asarray(np.expm1(-y))


def _log_ratio(parts: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return ln P − ln N and its derivative at y = ln v, shape (draws,) each.

    The sums run over powers of v where v ≤ 1 and of 1/v elsewhere, so that nothing overflows; what the two differ by
    cancels in the ratio.
    """
    years = parts.shape[1]
    sums = np.empty((2, 2, y.size))  # (P or N, sum or sum weighted by the year, draws)
    for backward, chosen in ((False, y <= 0), (True, y > 0)):
        if not chosen.any():
            continue
        x = np.exp(-np.abs(y[chosen]))
        kept = parts[:, :, chosen]
        order = range(years) if backward else range(years - 1, -1, -1)
        total = np.zeros((2, x.size))
        weighted = np.zeros((2, x.size))
        for year in order:  # Horner's rule
            total = total * x + kept[:, year]
            weighted = weighted * x + year * kept[:, year]
        sums[:, 0, chosen], sums[:, 1, chosen] = total, weighted
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(sums[:, 0])
        means = sums[:, 1] / sums[:, 0]
    return logs[0] - logs[1], means[0] - means[1]
