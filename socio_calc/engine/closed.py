"""Present values without a loop over years.

A term's present value at every horizon is a weighted sum of its strength w(a). The weights hold all that is certain
(cohorts, survival, delay, duration, growth, discounting) and are worked out once. What is left depends on the draws
only through the strength: nothing when it is certain, a truncated geometric series when an effect fades
exponentially and its weights are geometric too, a small matrix product otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from socio_calc.engine.effects import strength
from socio_calc.engine.plan import Plan
from socio_calc.engine.terms import Course, FloatArray, OwnCourse, Product, Shape, Term
from socio_calc.engine.values import FactorValues
from socio_calc.engine.yearly import term_by_year

#: Relative difference within which weights count as geometric.
GEOMETRIC = 1e-13
#: Nearer to 1 than this, (1 − x^n)/(1 − x) is summed by its binomial series: the quotient loses digits there.
NEAR_ONE = 1e-4


#: Writes a drawn part times some factor of each draw, shape (draws,), into an array of shape (rows, draws).
Drawn = Callable[[FactorValues, FloatArray, FloatArray], None]


@dataclass(frozen=True)
class Valuation:
    """How a term is valued: `certain` is the part that no draw changes, `drawn` the rest (per unit of product).

    Attributes
    ----------
    certain
        Shape (rows,).
    drawn
        Writes the rest from a block's factor values, or None.
    """

    certain: FloatArray
    drawn: Drawn | None = None

    def write(self, values: FactorValues, times: FloatArray, out: FloatArray) -> None:
        """Write the value of the term, times `times`, shape (draws,), into `out`, shape (rows, draws)."""
        if self.drawn is None:
            np.multiply(self.certain[:, None], times, out=out)
            return
        self.drawn(values, times, out)
        if self.certain.any():
            out += self.certain[:, None] * times


def valuation(plan: Plan, term: Term, rows: FloatArray) -> Valuation:
    """Work out how Σ_t rows[r, t] · flow(t) of a term is computed, its product left out.

    Parameters
    ----------
    plan
        The compiled case.
    term
        The flow.
    rows
        Year weights, shape (rows, years): the discount factors within each horizon.
    """
    if term.growth is not None:
        return Valuation(np.zeros(len(rows)), _weighted(rows, lambda values: _without_product(values, term)))
    if term.shape is None:
        return Valuation(rows @ term.spread[0])
    weights = rows @ term.spread.T
    if isinstance(term.shape, Course | OwnCourse):
        return _course(plan, term.shape, weights)
    shape = plan.shapes[term.shape]
    if not shape.uncertain:
        rate = None if shape.rate is None else np.array([shape.rate.coefficient])
        holds = None if shape.holds is None else np.array([shape.holds.coefficient])
        return Valuation(weights @ strength(shape, plan.years, holds, rate)[:, 0])
    if shape.fade == "exponential" and shape.holds is not None and not shape.holds.factors:
        return _exponential(shape, term.shape, weights)
    index = term.shape
    return Valuation(np.zeros(len(rows)), _weighted(weights, lambda values: values.strength(index)))


def _course(plan: Plan, course: Course | OwnCourse, weights: FloatArray) -> Valuation:
    """Value a state of a pathway, or a function: arms that differ in each draw are followed year by year."""
    if not course.uncertain:
        return Valuation(weights @ plan.certain_courses[course])

    def drawn(values: FactorValues, times: FloatArray, out: FloatArray) -> None:
        np.multiply(values.weighted(course, weights), times, out=out)

    return Valuation(np.zeros(len(weights)), drawn)


def _weighted(weights: FloatArray, by_year: Callable[[FactorValues], FloatArray]) -> Drawn:
    """Return what values a course by a matrix product: weights (rows, years), course (years, draws)."""

    def drawn(values: FactorValues, times: FloatArray, out: FloatArray) -> None:
        np.multiply(weights @ by_year(values), times, out=out)

    return drawn


def _without_product(values: FactorValues, term: Term) -> FloatArray:
    return term_by_year(values, Term(Product(1.0), term.shape, term.spread, term.growth))


def _exponential(shape: Shape, index: int, weights: FloatArray) -> Valuation:
    """Value an effect that holds for a certain time and then loses an uncertain share φ each year."""
    if shape.holds is None or shape.rate is None:
        raise AssertionError("an exponential fade has a hold and a rate")
    fades_from = min(shape.lag + max(int(np.floor(shape.holds.coefficient + 0.5)), 0), weights.shape[1])
    end = weights.shape[1] if shape.lasts is None else min(shape.lasts, weights.shape[1])
    held = weights[:, shape.lag : min(fades_from, end)].sum(axis=1)
    fading = slice(fades_from, max(end, fades_from))
    rate = shape.rate
    # The last year of full strength is year 0 of the fade: where the weights allow it is part of the series, which for
    # the usual hold of one year leaves nothing else.
    if shape.lag < fades_from < end:
        series = _truncated_geometric(weights[:, fades_from - 1 : end])
        if series is not None:
            return Valuation(held - weights[:, fades_from - 1], _geometric(rate, *series, power=0))
    series = _truncated_geometric(weights[:, fading])
    if series is None:
        return Valuation(held, _weighted(weights[:, fading], lambda values: values.strength(index)[fading]))
    return Valuation(held, _geometric(rate, *series, power=1))


def _geometric(rate: Product, first: float, ratio: float, lengths: tuple[int, ...], power: int) -> Drawn:
    """Return what values first · Σ_j ratio^j (1 − φ)^(j + power), `power` 0 or 1, for each number of years."""

    def drawn(values: FactorValues, times: FloatArray, out: FloatArray) -> None:
        left = 1.0 - values.product(rate)
        scale = first * times
        if power:
            scale *= left
        geometric_sums(left * ratio, lengths, scale, out)

    return drawn


def _truncated_geometric(weights: FloatArray) -> tuple[float, float, tuple[int, ...]] | None:
    """Return (first weight, ratio, length of each row) when all rows are one geometric series cut off, else None."""
    lengths = tuple(int(np.max(np.nonzero(row)[0], initial=-1)) + 1 for row in weights)
    longest = weights[int(np.argmax(lengths))] if lengths else np.zeros(0)
    if max(lengths, default=0) == 0:
        return 0.0, 1.0, lengths
    full = longest[: max(lengths)]
    if full[0] == 0.0:
        return None
    ratio = float(full[1] / full[0]) if full.size > 1 else 1.0
    geometric = full[0] * ratio ** np.arange(full.size)
    if not np.allclose(full, geometric, rtol=GEOMETRIC * full.size, atol=0.0):
        return None
    for row, length in zip(weights, lengths, strict=True):
        if not np.allclose(row[:length], full[:length], rtol=GEOMETRIC, atol=0.0):
            return None
    return float(full[0]), ratio, lengths


def geometric_sums(
    x: FloatArray, lengths: tuple[int, ...], times: FloatArray | float = 1.0, out: FloatArray | None = None
) -> FloatArray:
    """Return (1 + x + … + x^(n−1)) · times for every n of `lengths`, shape (lengths, draws), in `out` if given.

    >>> geometric_sums(np.array([0.5, 1.0]), (0, 1, 3)).tolist()
    [[0.0, 0.0], [1.0, 1.0], [1.75, 3.0]]
    """
    gap = 1.0 - x
    near = np.abs(gap) < NEAR_ONE
    any_near = bool(near.any())
    factor = times / (np.where(near, 1.0, gap) if any_near else gap)
    result = np.empty((len(lengths), x.size)) if out is None else out
    powers = _integer_powers(x, tuple(sorted({n for n in lengths if n > 0})))
    for row, n in enumerate(lengths):
        if n == 0:
            result[row] = 0.0
            continue
        np.subtract(1.0, powers[n], out=result[row])
        result[row] *= factor
        if any_near:
            # There the factor is `times` alone.
            result[row, near] = _binomial_sum(gap[near], n) * factor[near]
    return result


def _binomial_sum(gap: FloatArray, n: int) -> FloatArray:
    """Return (1 − (1−e)^n)/e as Σ_{i≥1} C(n, i)·(−e)^(i−1), for small e."""
    total, coefficient = np.zeros_like(gap), 1.0
    for i in range(1, 7):
        coefficient *= (n - i + 1) / i
        total += coefficient * (-gap) ** (i - 1)
    return total


def _integer_powers(x: FloatArray, exponents: tuple[int, ...]) -> dict[int, FloatArray]:
    """Return x^n for each exponent by repeated squaring with shared squares (several times faster than `**`)."""
    squares: list[FloatArray] = [x]
    powers: dict[int, FloatArray] = {}
    for n in exponents:
        found: FloatArray | None = None
        for bit in range(n.bit_length()):
            while len(squares) <= bit:
                squares.append(squares[-1] * squares[-1])
            if n >> bit & 1:
                found = squares[bit] if found is None else found * squares[bit]
        powers[n] = np.ones_like(x) if found is None else found
    return powers
