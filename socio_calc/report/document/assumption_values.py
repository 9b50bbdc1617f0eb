"""Values of the case's quantities in words: the central value, how uncertain it is, and where it comes from.

What somebody typed is written as it was typed; what is computed from it, as the mean of an interval, is rounded.
"""

from __future__ import annotations

from math import isclose
from typing import Final

from socio_calc.case import (
    BaselineRef,
    Case,
    CostRef,
    Counts,
    Discrete,
    Estimate,
    EvidenceRef,
    Fixed,
    Moments,
    Pert,
    Quantity,
    Triangular,
    Uniform,
)
from socio_calc.case.quantities import follow
from socio_calc.engine.columns import evidence_key
from socio_calc.engine.distributions import Distribution
from socio_calc.locale.paths import label_keys
from socio_calc.locale.placeholders import start
from socio_calc.reference import spread_source
from socio_calc.report.document.facts import DocumentFacts
from socio_calc.report.quantity_units import unit_of
from socio_calc.report.sensitivity_facts import sensible

#: Significant digits of what a case states: all that somebody types, none that a computer adds.
EXACT: Final = 12
#: Forms whose central value is itself a number that stands in the file.
_TYPED: Final = (Fixed, Estimate, Moments)


def field_label(facts: DocumentFacts, path: str) -> str:
    """Return what the field at a path is called beside its value: a name of the case's own, or the field's label."""
    steps = path.split(".")
    if steps[0] == "quantities":
        return start(steps[1].replace("_", " "))
    if steps[0] == "outcomes" and steps[2:3] == ["inputs"]:
        return start(steps[3].replace("_", " "))
    if steps[0] == "pathways" and steps[2:3] == ["transitions"]:
        return start(facts.path_name(path))
    own = f"assumptions.field.{next(step for step in reversed(steps) if not step.isdigit())}"
    if facts.words.has(f"document.{own}"):
        return facts.say(own)
    return facts.words.label(path) if label_keys(path) else path


def resolved(facts: DocumentFacts, quantity: Quantity, case: Case | None = None) -> Quantity:
    """Return what a quantity is, a name being what it stands for in the case, or in a changed one."""
    found = follow(quantity, (facts.appraisal.case if case is None else case).quantities)
    if found is None:
        raise AssertionError("a case that is computed has no name that stands for nothing")
    return found


def central_text(
    facts: DocumentFacts, path: str, quantity: Quantity, case: Case | None = None, *, named: bool = True
) -> str:
    """Write the central value of a quantity at a path of the case, in its own unit: as typed, or rounded.

    `case` is a changed case that the quantity stands in; `named` says whether the measure of an effect stands first.
    """
    value = central_of(facts, quantity, case)
    if value is None:
        return "–"
    found = resolved(facts, quantity, case)
    # What stands in the file or the price list; a price with an interval may have another centre.
    written = facts.appraisal.reference.costs[found.cost].value if isinstance(found, CostRef) else None
    written = getattr(found, "mode", written)
    typed = isinstance(found, _TYPED) or (written is not None and isclose(value, written))
    unit = unit_of(facts.appraisal, path, case)
    value = value if typed else sensible(value)
    return unit.write(facts.words, unit.digits(facts.words, (value,), EXACT)[0], value * unit.factor, named=named)


def central_of(facts: DocumentFacts, quantity: Quantity, case: Case | None = None) -> float | None:
    """Return the central value (METHOD §8), from the reference base where it stands there."""
    found = resolved(facts, quantity, case)
    base = facts.appraisal.reference
    if isinstance(found, CostRef):
        column = next((c for c in facts.appraisal.plan.columns if c.key == f"cost:{found.cost}"), None)
        return base.costs[found.cost].value if column is None else column.central
    if isinstance(found, EvidenceRef):
        row = base.evidence[found.evidence]
        return None if row.estimate is None else _effect(row.measure, row.estimate)
    if isinstance(found, BaselineRef):
        return base.baselines[found.baseline].value
    return found.central


def _effect(measure: str, value: float) -> float:
    """Return an estimate of the evidence base as a case uses it: a change in per cent is a ratio (METHOD §8)."""
    return 1.0 + value / 100.0 if measure == "percent" else value


def interval_text(facts: DocumentFacts, path: str, quantity: Quantity) -> str:
    """Write how uncertain a quantity is, beside its central value, which has the unit; empty where it is certain."""
    found = resolved(facts, quantity)
    match found:
        case Pert() | Triangular():
            mode = _again(facts, path, found.mode)
            return facts.say("spread.mode", range=_between(facts, path, found.low, found.high), mode=mode)
        case Uniform():
            return facts.say("spread.uniform", range=_between(facts, path, found.low, found.high))
        case Estimate():
            return facts.say("spread.ci", range=_between(facts, path, *found.ci))
        case Moments():
            return facts.say("spread.sd", sd=_again(facts, path, found.sd))
        case Counts():
            return facts.say("spread.counts", events=facts.plain_number(found.events), of=facts.plain_number(found.of))
        case Discrete():
            return facts.say("spread.discrete", values=tuple(_again(facts, path, value) for value in found.values))
        case EvidenceRef():
            row = facts.appraisal.reference.evidence[found.evidence]
            if row.ci_low is None or row.ci_high is None:
                return ""
            low, high = (sensible(_effect(row.measure, end)) for end in (row.ci_low, row.ci_high))
            interval = facts.say("spread.ci", range=_between(facts, path, low, high))
            drawn = "" if found.tau is None else _wider(facts, path, found)
            return facts.say("spread.between", interval=interval, range=drawn) if drawn else interval
        case CostRef() | BaselineRef():
            return _drawn(facts, path, found)
        case _:
            return ""


def _between(facts: DocumentFacts, path: str, low: float, high: float, digits: int | None = EXACT) -> str:
    """Write a range in the unit of a place of the case, without what the value beside it says."""
    unit = unit_of(facts.appraisal, path).short()
    first, last = unit.digits(facts.words, (low, high), digits)
    between = "quantity.to" if low < 0 or high < 0 else "quantity.range"
    return unit.write_again(facts.words, facts.words.t(between, low=first, high=last))


def _again(facts: DocumentFacts, path: str, value: float) -> str:
    unit = unit_of(facts.appraisal, path)
    return unit.write_again(facts.words, unit.digits(facts.words, (value,), EXACT)[0])


def _drawn(facts: DocumentFacts, path: str, found: CostRef | BaselineRef) -> str:
    """Write where nine of ten draws of a row of the base lie; `*` where its source gave no interval."""
    key = f"cost:{found.cost}" if isinstance(found, CostRef) else path
    column = next((column for column in facts.appraisal.plan.columns if column.key == key), None)
    if column is None:
        return ""
    low, high = _ends(column.distribution)
    mark = "" if isinstance(found, CostRef) and not assumed(facts, found.cost) else " *"
    return facts.say("spread.drawn", range=_between(facts, path, low, high, None)) + mark


def _wider(facts: DocumentFacts, path: str, found: EvidenceRef) -> str:
    """Write where nine of ten draws lie when the calculation adds the spread between studies to the interval."""
    column = next((column for column in facts.appraisal.plan.columns if column.key == evidence_key(found)), None)
    return "" if column is None else _between(facts, path, *_ends(column.distribution), None)


def _ends(distribution: Distribution) -> tuple[float, float]:
    import numpy as np

    low, high = distribution.quantile(np.array([0.05, 0.95]))
    return float(low), float(high)


def assumed(facts: DocumentFacts, cost: str) -> bool:
    """Whether the spread of a price is our own, as its source gives none (METHOD §8)."""
    return spread_source(facts.appraisal.reference.costs[cost]) != "source"
