"""What changes for each participant and year since entry, spread over the years of the calculation (METHOD §5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from socio_calc.engine.plan import Cohort
from socio_calc.engine.terms import ONE, Course, FloatArray, OwnCourse, Product, Term
from socio_calc.engine.workshop import Workshop

_NONE = Product(0.0)


@dataclass(frozen=True)
class Strand:
    """A part of what changes a years after entry: per_age[a] · strength(a) · S(a) · scale for each participant.

    Attributes
    ----------
    per_age
        By year since entry, the last going on.
    shape
        The strength: an index into the plan's shapes, or a course.
    alive
        Whether only those alive count.
    ahead
        0 for those alive when year a begins, 1 for when it ends: S(a + 1).
    """

    per_age: tuple[Product, ...]
    shape: int | Course | OwnCourse
    alive: bool
    ahead: int = 0
    scale: float = 1.0


def spread(
    shop: Workshop,
    strands: Iterable[Strand],
    common: Product,
    growth: Product = _NONE,
    delay: int = 0,
    duration: int = 1,
    marginal: tuple[Product, ...] = (ONE,),
    weighted: bool = False,
) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """Return what `common` kronor per unit come to: terms within the calculation, and those after it.

    Year a since entry gives its amount in the years c + a + delay … + duration − 1, of which `marginal` counts. Years
    since entry after the calculation give nothing. With `weighted`, n_c·(weight_c − 1) stands for n_c.
    """
    within: list[Term] = []
    overflow: list[Term] = []
    years, after = shop.years, delay + duration - 1
    grown = shop.growth_factors(growth, years + after)
    uncertain_growth = growth if growth.factors else None
    for strand in strands:
        for factors, matrix in _matrices(shop, strand, delay, duration, marginal, weighted).items():
            whole = matrix * grown
            product = common.times(Product(1.0, factors))
            if np.any(whole[:, :years]):
                inside = np.ascontiguousarray(whole[:, :years])
                within.append(Term(product, strand.shape, inside, uncertain_growth))
            if np.any(whole[:, years:]):
                outside = np.ascontiguousarray(whole[:, years:])
                overflow.append(Term(product, strand.shape, outside, uncertain_growth))
    return tuple(within), tuple(overflow)


def _matrices(
    shop: Workshop, strand: Strand, delay: int, duration: int, marginal: tuple[Product, ...], weighted: bool
) -> dict[tuple[int, ...], FloatArray]:
    """Return, by the factors of their products, matrices of shape (years since entry, years of the calculation)."""
    years = shop.years
    shape = shop.shapes[strand.shape] if isinstance(strand.shape, int) else None
    event = shape is not None and shape.event
    ages = np.arange(years)
    last = len(strand.per_age) - 1
    matrices: dict[tuple[int, ...], FloatArray] = {}
    for entry, per_unit in enumerate(strand.per_age):
        at = min(shape.lag, last) if shape is not None and event else None
        chosen = (ages >= 0) & (entry == at) if event else (ages >= entry if entry == last else ages == entry)
        for cohort in shop.cohorts:
            reached = ages[chosen & (cohort.year + ages < years)]
            if not reached.size:
                continue
            alive = cohort.alive[reached + strand.ahead] if strand.alive else np.ones(reached.size)
            for j in range(duration):
                share = marginal[min(j, len(marginal) - 1)]
                whole = per_unit.times(entrants(cohort, weighted)).times(share)
                matrix = matrices.setdefault(whole.factors, np.zeros((years, years + delay + duration - 1)))
                matrix[reached, cohort.year + reached + delay + j] += whole.coefficient * strand.scale * alive
    return matrices


def entrants(cohort: Cohort, weighted: bool = False) -> Product:
    """Return n_c, or with `weighted` n_c·(weight_c − 1)."""
    return cohort.number.scaled(cohort.weight - 1.0) if weighted else cohort.number
