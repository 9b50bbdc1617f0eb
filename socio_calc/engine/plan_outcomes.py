"""Outcomes and their consequences as terms (METHOD §4 and §5)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from socio_calc.case import Outcome, OwnOutcome, Pathway, Quantity
from socio_calc.engine.effects import DOMAINS, MEASURE_LEVELS
from socio_calc.engine.plan import Change, Line, OutcomePlan
from socio_calc.engine.plan_consequences import Cause, consequence_line
from socio_calc.engine.spreading import Strand, spread
from socio_calc.engine.terms import ONE, Factor, Product, Shape
from socio_calc.engine.values import constant_change
from socio_calc.engine.workshop import Workshop


def outcome_plan(shop: Workshop, outcome: Outcome) -> OutcomePlan:
    """Compile an outcome: its levels, its adjustments, its strength over time and both arms by year."""
    path, register = f"outcomes.{outcome.id}", shop.register
    listed = outcome.ordinary if isinstance(outcome.ordinary, tuple) else None
    quantities: tuple[tuple[Quantity, str], ...] = (
        ((outcome.ordinary, f"{path}.ordinary"),)  # type: ignore[assignment]
        if listed is None
        else tuple((entry, f"{path}.ordinary.{k}") for k, entry in enumerate(listed))
    )
    ordinary = tuple(register.ordinary(quantity, outcome.level, where) for quantity, where in quantities)
    measure = outcome.effect.measure
    if outcome.level not in MEASURE_LEVELS[measure]:
        register.problem("measure-not-for-level", f"{path}.effect.measure", measure=measure, level=outcome.level)
    value, evidence = register.effect(outcome.effect.value, measure, f"{path}.effect.value")
    sd = None if outcome.effect.sd is None else register.number(outcome.effect.sd, f"{path}.effect.sd")
    changes, levels = [], []
    for product, (_, where) in zip(ordinary, quantities, strict=True):
        change = Change(outcome.level, measure, product, value, sd, where, outcome.id)
        index = len(shop.changes)
        shop.changes.append(change)
        changes.append(_folded(shop, "change", change, index))
        levels.append(_folded(shop, "ordinary", change, index))
    adjustment = adjustment_of(shop, outcome, path)
    alive = shop.case.survival != "none" if outcome.survival is None else outcome.survival
    shape = shop.shape(_shape(shop, outcome, path))
    plan = OutcomePlan(
        id=outcome.id,
        name=outcome.name,
        level=outcome.level,
        better=outcome.better,
        measure=measure,
        path=path,
        ordinary=ordinary,
        value=value,
        sd=sd,
        adjustment=adjustment,
        changes=tuple(changes),
        shape=shape,
        alive=alive,
        evidence_id=None if evidence is None else evidence.id,
        ordinary_terms=(),
        difference_terms=(),
    )
    flat = shop.shape(Shape(outcome.lag if plan_is_event(outcome) else 0, None, "none", event=plan_is_event(outcome)))
    ordinary_terms, _ = spread(shop, [Strand(tuple(levels), flat, alive)], ONE)
    difference_terms, _ = spread(shop, [Strand(plan.changes, shape, alive)], adjustment)
    return OutcomePlan(**{**plan.__dict__, "ordinary_terms": ordinary_terms, "difference_terms": difference_terms})


def adjustment_of(shop: Workshop, changed: Outcome | OwnOutcome | Pathway, path: str) -> Product:
    """Return κ(1−D)AE of an outcome or pathway as one product (METHOD §4)."""
    register = shop.register
    adjustment = ONE
    if changed.effect_on == "completers":
        adjustment = adjustment.times(shop.completion)
    deadweight = register.number(changed.deadweight, f"{path}.deadweight")
    adjustment = adjustment.times(register.complement(deadweight, path))
    adjustment = adjustment.times(register.number(changed.attribution, f"{path}.attribution"))
    return adjustment.times(register.number(changed.evidence_adjustment, f"{path}.evidence_adjustment"))


def plan_is_event(outcome: Outcome) -> bool:
    """Whether the outcome happens once, in the year of its lag."""
    return outcome.level == "event"


def _folded(shop: Workshop, kind: str, change: Change, index: int) -> Product:
    """Return b or i − b as a product: a number where nothing in it is uncertain, else a factor of its own."""
    known = constant_change(change)
    if known is not None:
        return Product(known[0] if kind == "ordinary" else known[1])
    unlimited = DOMAINS[change.level][0] == -np.inf
    if kind == "ordinary" and (unlimited or not change.ordinary.factors):
        return change.ordinary
    if kind == "change" and unlimited and change.measure == "difference":
        return change.value
    return Product(1.0, (shop.register.factor(Factor("change" if kind == "change" else "ordinary", index)),))


def _shape(shop: Workshop, outcome: Outcome, path: str) -> Shape:
    if plan_is_event(outcome):
        return Shape(outcome.lag, None, "cut", lasts=outcome.lasts, event=True)
    return lasting(shop, outcome, path)


def lasting(shop: Workshop, changed: Outcome | Pathway, path: str) -> Shape:
    """Return the strength w(a) of an effect that lasts, of an outcome or a pathway."""
    if changed.holds is None:
        raise AssertionError(f"{path}: the case model asks for holds")
    holds = None if changed.holds == "open" else shop.register.number(changed.holds, f"{path}.holds")
    fades = changed.fades
    if fades is None:
        return Shape(changed.lag, holds, "cut", lasts=changed.lasts)
    rate = None if fades.rate is None else shop.register.number(fades.rate, f"{path}.fades.rate")
    return Shape(changed.lag, holds, fades.shape, rate, fades.over or 0, tuple(fades.values or ()), changed.lasts)


def consequence_lines(shop: Workshop, outcome: Outcome, plan: OutcomePlan) -> Iterator[Line]:
    """Yield one line for each consequence of an outcome (METHOD §5)."""
    displacement = shop.register.number(outcome.displacement, f"{plan.path}.displacement")
    cause = Cause(plan.id, plan.adjustment, displacement, (Strand(plan.changes, plan.shape, plan.alive),))
    for index, consequence in enumerate(outcome.consequences):
        yield consequence_line(shop, cause, consequence, f"{plan.path}.consequences.{index}")
