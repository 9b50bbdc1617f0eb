"""Outcomes that a function of the analyst's own computes, as courses and terms (METHOD §4 and §5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from socio_calc.case import BaselineRef, EvidenceRef, OwnOutcome, Quantity, follow
from socio_calc.engine.own_functions import OwnFunction, check_contract
from socio_calc.engine.plan import Line, OutcomePlan, Plan
from socio_calc.engine.plan_consequences import Cause, consequence_line
from socio_calc.engine.plan_outcomes import adjustment_of
from socio_calc.engine.spreading import Strand, spread
from socio_calc.engine.terms import ONE, FloatArray, OwnCourse, Product
from socio_calc.engine.values import FactorValues
from socio_calc.engine.workshop import Workshop

#: Draws with which a function is tried out, and the step of their evenly spread probabilities (the golden ratio).
_TRIALS, _STEP = 31, 0.6180339887498949


def own_outcome_plan(shop: Workshop, outcome: OwnOutcome) -> OutcomePlan:
    """Compile an outcome: its inputs, its adjustments, and both arms by year."""
    path = outcome.path
    inputs = {name: _input(shop, quantity, f"{path}.inputs.{name}") for name, quantity in outcome.inputs.items()}
    uncertain = any(product.factors for product in inputs.values())
    index = len(shop.own)
    shop.own.append(OwnFunction(outcome.id, outcome.level, outcome.function, inputs, uncertain))
    adjustment = adjustment_of(shop, outcome, path)
    alive = shop.case.survival != "none" if outcome.survival is None else outcome.survival
    course = OwnCourse(index, ordinary=False, uncertain=uncertain)
    before = OwnCourse(index, ordinary=True, uncertain=uncertain)
    ordinary_terms, _ = spread(shop, [Strand((ONE,), before, alive)], ONE)
    difference_terms, _ = spread(shop, [Strand((ONE,), course, alive)], adjustment)
    return OutcomePlan(
        id=outcome.id,
        name=outcome.name,
        level=outcome.level,
        better=outcome.better,
        measure="own",
        path=path,
        ordinary=(),
        value=ONE,
        sd=None,
        adjustment=adjustment,
        changes=(ONE,),
        shape=course,
        alive=alive,
        evidence_id=_weakest_evidence(shop, outcome),
        ordinary_terms=ordinary_terms,
        difference_terms=difference_terms,
    )


def own_consequence_lines(shop: Workshop, outcome: OwnOutcome, plan: OutcomePlan) -> Iterator[Line]:
    """Yield one line for each consequence of an outcome (METHOD §5)."""
    displacement = shop.register.number(outcome.displacement, f"{plan.path}.displacement")
    cause = Cause(plan.id, plan.adjustment, displacement, (Strand(plan.changes, plan.shape, plan.alive),))
    for index, consequence in enumerate(outcome.consequences):
        yield consequence_line(shop, cause, consequence, f"{plan.path}.consequences.{index}")


def _input(shop: Workshop, quantity: Quantity, path: str) -> Product:
    """Return an input; rows of the base are taken on the scale that they have there, per cent as a ratio."""
    meant = follow(quantity, shop.case.quantities)
    if isinstance(meant, EvidenceRef):
        row = shop.base.evidence.get(meant.evidence)
        measure = "ratio" if row is None or row.measure == "percent" else row.measure
        return shop.register.effect(quantity, measure, path)[0]
    if isinstance(meant, BaselineRef):
        level = shop.base.baselines.get(meant.baseline)
        return shop.register.ordinary(quantity, "rate" if level and level.unit != "share" else "probability", path)
    return shop.register.number(quantity, path)


def _weakest_evidence(shop: Workshop, outcome: OwnOutcome) -> str | None:
    """Return the row among the inputs that was followed for the shortest time: beyond it nothing was measured."""
    meant = (follow(quantity, shop.case.quantities) for quantity in outcome.inputs.values())
    ids = [quantity.evidence for quantity in meant if isinstance(quantity, EvidenceRef)]
    rows = [shop.base.evidence[id] for id in ids if id in shop.base.evidence]
    return min(rows, key=lambda row: row.followup_months or 0.0).id if rows else None


def check_own_functions(plan: Plan) -> None:
    """Refuse functions that do not keep their contract.

    Raises
    ------
    OwnOutcomeError
        With what the first of them does, and how to mend it.
    """
    if not plan.own:
        return
    draws = _TRIALS if plan.years != _TRIALS else _TRIALS + 2
    spread_evenly = np.arange(1, draws) * _STEP
    x = np.repeat(plan.central[:, None], draws, axis=1)
    for at, column in enumerate(plan.columns):
        # The first draw is the base case; each column runs through its values in an order of its own.
        x[at, 1:] = column.distribution.quantile((spread_evenly * (at + 1) + 0.5) % 1.0 * 0.998 + 0.001)
    for index, own in enumerate(plan.own):
        values = FactorValues(plan, x if own.uncertain else x[:, :1])
        check_contract(own, inputs_of(values, index), plan.years)


def inputs_of(values: FactorValues, index: int) -> Mapping[str, FloatArray]:
    """Return the inputs of a function in a block of draws, by name."""
    return {name: values.product(product) for name, product in values.plan.own[index].inputs.items()}
