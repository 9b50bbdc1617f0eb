"""The values of factors in a block of draws, each computed once and only when asked for."""

from __future__ import annotations

import numpy as np

from socio_calc.engine.effects import clip_to_domain, intervention_level, strength
from socio_calc.engine.own_functions import OwnLevels, own_levels
from socio_calc.engine.pathways import Followed, Trace, follow
from socio_calc.engine.plan import Change, PathwayPlan, Plan
from socio_calc.engine.terms import Course, FloatArray, OwnCourse, Product
from socio_calc.engine.transitions import Mask, Transitions


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
        #: By the id of the outcome or pathway: which draws had to be clipped to the domain of the level.
        self.clipped: dict[str, Mask] = {}
        #: By the id of the pathway: in which draws a row of transitions exceeded 1.
        self.scaled: dict[str, Mask] = {}
        self._factors: dict[int, FloatArray] = {}
        self._products: dict[tuple[int, ...], FloatArray] = {}
        self._strengths: dict[int, FloatArray] = {}
        self._traces: dict[tuple[int, bool], Trace] = {}
        self._weighted: dict[tuple[Course | OwnCourse, int], FloatArray] = {}
        self._own: dict[int, OwnLevels] = {}
        self._totals: dict[tuple[int, ...], FloatArray] = {}

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
        """Return b and i before clipping (i from the clipped b), and b clipped; shape (draws,), (1,) where certain."""
        ordinary = self._narrow(change.ordinary)
        within, _ = clip_to_domain(change.level, ordinary)
        sd = None if change.sd is None else self._narrow(change.sd)
        with np.errstate(divide="ignore", invalid="ignore"):
            level = intervention_level(change.measure, change.level, within, self._narrow(change.value), sd)
        return ordinary, level, within

    def _narrow(self, product: Product) -> FloatArray:
        """Return a product, shape (draws,), or (1,) when it is certain."""
        return self.product(product) if product.factors else np.array([product.coefficient])

    def strength(self, of: int | Course | OwnCourse) -> FloatArray:
        """Return w(a) of a shape or a course, shape (ages, draws), or (ages, 1) when nothing in it is uncertain."""
        if isinstance(of, Course):
            return self._followed(of).course(of.state, of.kind)
        if isinstance(of, OwnCourse):
            levels = self.own(of.own)
            return levels.ordinary if of.ordinary else levels.difference
        return self._strength(of)

    def own(self, index: int) -> OwnLevels:
        """Return both arms of an outcome that a function computes, (years, draws), or (years, 1) where certain."""
        found = self._own.get(index)
        if found is None:
            function = self.plan.own[index]
            draws = self.draws if function.uncertain else 1
            inputs = {name: self.product(product)[:draws] for name, product in function.inputs.items()}
            found = self._own[index] = own_levels(function, inputs, self.plan.years, draws)
            if found.clipped is not None:
                self.clipped[function.id] = np.broadcast_to(found.clipped, (self.draws,))
        return found

    def weighted(self, course: Course | OwnCourse, weights: FloatArray) -> FloatArray:
        """Return weights @ course, shape (rows, draws); kept, as lines with the same weights share the array."""
        key = (course, id(weights))
        if key not in self._weighted:
            self._weighted[key] = weights @ self.strength(course)
        return self._weighted[key]

    def trace(self, index: int, both: bool = False) -> Trace:
        """Return a pathway's arms: what the lines need, or with `both` all states of both arms.

        Shapes (…, draws), or (…, 1) when nothing in the pathway is uncertain.
        """
        pathway = self.plan.pathways[index]
        found = self._traces.get((index, both))
        if found is None:
            shape = None if pathway.shape is None else self._strength(pathway.shape)
            draws = self.draws if pathway.uncertain else 1
            transitions = Transitions(pathway, self.product, shape)
            every = range(len(pathway.states))
            states, entered = (every, every) if both else (pathway.followed, pathway.entered)
            found = follow(pathway, transitions, self.plan.years, draws, states, entered, both)
            self._traces[index, both] = found
            self._note(self.clipped, pathway, found.clipped)
            self._note(self.scaled, pathway, found.scaled)
        return found

    def _note(self, kept: dict[str, Mask], pathway: PathwayPlan, found: Mask | None) -> None:
        if found is not None:
            kept[pathway.id] = np.broadcast_to(found, (self.draws,))

    def _followed(self, course: Course) -> Followed:
        if course.ordinary:
            both = self.trace(course.pathway, both=True).ordinary
            if both is None:
                raise AssertionError("an arm that was asked for")
            return both
        pathway = self.plan.pathways[course.pathway]
        enough = pathway.entered if course.kind == "entries" else pathway.followed
        everything = course.state not in enough or (course.pathway, True) in self._traces
        return self.trace(course.pathway, everything).difference

    def _strength(self, index: int) -> FloatArray:
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
        if factor.kind == "from_rate":
            return np.asarray(-np.expm1(-self.x[factor.column]))
        if factor.kind == "share":
            cell = self.plan.cells[factor.column]
            return np.asarray(self.x[cell.column] / self._total(cell.row))
        change = self.plan.changes[factor.column]
        ordinary, level, within = self.levels(change)
        if factor.kind == "ordinary":
            return np.broadcast_to(within, (self.draws,))
        limited, outside = clip_to_domain(change.level, level)
        _, outside_ordinary = clip_to_domain(change.level, ordinary)
        for found in (outside, outside_ordinary):
            if found is not None:
                previous = self.clipped.get(change.outcome)
                wide = np.broadcast_to(found, (self.draws,))
                self.clipped[change.outcome] = wide if previous is None else previous | wide
        return np.broadcast_to(limited - within, (self.draws,))

    def _total(self, columns: tuple[int, ...]) -> FloatArray:
        """Return the sum of a row of counts, shape (draws,)."""
        if columns not in self._totals:
            self._totals[columns] = self.x[list(columns)].sum(axis=0)
        return self._totals[columns]


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
