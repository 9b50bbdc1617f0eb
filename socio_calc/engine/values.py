"""The values of factors in a block of draws, each computed once and only when asked for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from socio_calc.engine.effects import clip_to_domain, intervention_level, strength
from socio_calc.engine.plan import Change, Plan
from socio_calc.engine.terms import FloatArray, Product


class FactorValues:
    """Factor arrays for one block.

    Parameters
    ----------
    plan
        The compiled case.
    x
        Drawn values, shape (columns, draws); the base case is its central values with one draw.
    """

    def __init__(self, plan: Plan, x: FloatArray) -> None:
        self.plan = plan
        self.x = x
        self.draws = x.shape[1]
        #: By outcome id: which draws had to be clipped to the domain of the level.
        self.clipped: dict[str, NDArray[np.bool_]] = {}
        self._factors: dict[int, FloatArray] = {}
        self._products: dict[tuple[int, ...], FloatArray] = {}
        self._strengths: dict[int, FloatArray] = {}

    def factor(self, index: int) -> FloatArray:
        """Return one factor, shape (draws,)."""
        found = self._factors.get(index)
        if found is None:
            found = self._factors[index] = self._compute(index)
        return found

    def monomial(self, factors: tuple[int, ...]) -> FloatArray:
        """Return Π factors, shape (draws,); ones for no factors."""
        found = self._products.get(factors)
        if found is None:
            if not factors:
                found = np.ones(self.draws)
            elif len(factors) == 1:
                found = self.factor(factors[0])
            else:
                found = self.monomial(factors[:-1]) * self.factor(factors[-1])
            self._products[factors] = found
        return found

    def product(self, product: Product) -> FloatArray:
        """Return coefficient · Π factors, shape (draws,)."""
        return product.coefficient * self.monomial(product.factors)

    def levels(self, change: Change) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return b and i before clipping (i from the clipped b), and b clipped; each shape (draws,)."""
        ordinary = self.product(change.ordinary)
        within, _ = clip_to_domain(change.level, ordinary)
        sd = None if change.sd is None else self.product(change.sd)
        with np.errstate(divide="ignore", invalid="ignore"):
            level = intervention_level(change.measure, change.level, within, self.product(change.value), sd)
        return ordinary, level, within

    def strength(self, index: int) -> FloatArray:
        """Return w(a) of a shape, shape (ages, draws), or (ages, 1) when nothing in it is uncertain."""
        found = self._strengths.get(index)
        if found is None:
            shape = self.plan.shapes[index]
            draws = slice(None) if shape.uncertain else slice(0, 1)
            holds = None if shape.holds is None else self.product(shape.holds)[draws]
            rate = None if shape.rate is None else self.product(shape.rate)[draws]
            found = self._strengths[index] = strength(shape, self.plan.years, holds, rate)
        return found

    def _compute(self, index: int) -> FloatArray:
        factor = self.plan.factors[index]
        if factor.kind == "column":
            return np.asarray(self.x[factor.column])
        if factor.kind == "complement":
            return np.asarray(1.0 - self.x[factor.column])
        change = self.plan.changes[factor.column]
        ordinary, level, within = self.levels(change)
        if factor.kind == "ordinary":
            return within
        limited, outside = clip_to_domain(change.level, level)
        _, outside_ordinary = clip_to_domain(change.level, ordinary)
        for found in (outside, outside_ordinary):
            if found is not None:
                previous = self.clipped.get(change.outcome)
                self.clipped[change.outcome] = found if previous is None else previous | found
        return np.asarray(limited - within)


def constant_change(change: Change) -> tuple[float, float] | None:
    """Return b and i − b, both clipped, of a change in which nothing is uncertain; None otherwise."""
    if change.ordinary.factors or change.value.factors or (change.sd is not None and change.sd.factors):
        return None
    ordinary, _ = clip_to_domain(change.level, np.array([change.ordinary.coefficient]))
    sd = None if change.sd is None else change.sd.coefficient
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.array([change.value.coefficient])
        level = intervention_level(change.measure, change.level, ordinary, value, sd)
    limited, _ = clip_to_domain(change.level, level)
    return float(ordinary[0]), float(limited[0] - ordinary[0])
