"""Values of the case's quantities in words: the central value, how uncertain it is, and where it comes from."""

from __future__ import annotations

from typing import Final

from socio_calc.case import (
    BaselineRef,
    CostRef,
    Counts,
    Discrete,
    Estimate,
    EvidenceRef,
    Moments,
    Pert,
    Quantity,
    Triangular,
    Uniform,
)
from socio_calc.case.quantities import follow
from socio_calc.engine.distributions import Distribution
from socio_calc.reference import spread_source
from socio_calc.report.document.facts import DocumentFacts

#: Significant digits of what a case states: enough to find the number again in the file.
EXACT: Final = 6


def resolved(facts: DocumentFacts, quantity: Quantity) -> Quantity:
    """Return what a quantity is, a name being what it stands for."""
    found = follow(quantity, facts.appraisal.case.quantities)
    if found is None:
        raise AssertionError("a case that is computed has no name that stands for nothing")
    return found


def central_text(facts: DocumentFacts, path: str, quantity: Quantity, digits: int | None = None) -> str:
    """Write the central value of a quantity at a path of the case, in its own unit, with so many digits."""
    value = central_of(facts, quantity)
    return "–" if value is None else facts.value_text(path, value, digits)


def central_of(facts: DocumentFacts, quantity: Quantity) -> float | None:
    """Return the central value (METHOD §8), from the reference base where it stands there."""
    found = resolved(facts, quantity)
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
    """Write how uncertain a quantity is; empty where it is certain."""
    found = resolved(facts, quantity)
    match found:
        case Pert() | Triangular():
            mode = facts.value_text(path, found.mode, EXACT)
            return facts.say("spread.mode", range=facts.range_text(path, found.low, found.high, EXACT), mode=mode)
        case Uniform():
            return facts.say("spread.uniform", range=facts.range_text(path, found.low, found.high, EXACT))
        case Estimate():
            return facts.say("spread.ci", range=facts.range_text(path, *found.ci, EXACT))
        case Moments():
            return facts.say("spread.sd", sd=facts.value_text(path, found.sd, EXACT))
        case Counts():
            return facts.say("spread.counts", events=facts.plain_number(found.events), of=facts.plain_number(found.of))
        case Discrete():
            values = tuple(facts.value_text(path, value, EXACT) for value in found.values)
            return facts.say("spread.discrete", values=values)
        case EvidenceRef():
            row = facts.appraisal.reference.evidence[found.evidence]
            if row.ci_low is None or row.ci_high is None:
                return ""
            low, high = _effect(row.measure, row.ci_low), _effect(row.measure, row.ci_high)
            return facts.say("spread.ci", range=facts.range_text(path, low, high, EXACT))
        case CostRef() | BaselineRef():
            return _drawn(facts, path, found)
        case _:
            return ""


def _drawn(facts: DocumentFacts, path: str, found: CostRef | BaselineRef) -> str:
    """Write where nine of ten draws of a row of the base lie; `*` where its source gave no interval."""
    key = f"cost:{found.cost}" if isinstance(found, CostRef) else path
    column = next((column for column in facts.appraisal.plan.columns if column.key == key), None)
    if column is None:
        return ""
    low, high = _ends(column.distribution)
    mark = "" if isinstance(found, CostRef) and not assumed(facts, found.cost) else " *"
    return facts.say("spread.drawn", range=facts.range_text(path, low, high)) + mark


def _ends(distribution: Distribution) -> tuple[float, float]:
    import numpy as np

    low, high = distribution.quantile(np.array([0.05, 0.95]))
    return float(low), float(high)


def assumed(facts: DocumentFacts, cost: str) -> bool:
    """Whether the spread of a price is our own, as its source gives none (METHOD §8)."""
    return spread_source(facts.appraisal.reference.costs[cost]) != "source"
