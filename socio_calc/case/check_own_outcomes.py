"""Rules of outcomes that a function of the analyst's own computes, beside the case that they are counted in with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from socio_calc.case.check_consequences import CONSEQUENCE_CHECKS, wellbeing_alone
from socio_calc.case.check_effects import ADJUSTMENT_CHECKS
from socio_calc.case.checks import RESERVED_IDS, check_reference
from socio_calc.case.model import Case
from socio_calc.case.own_outcomes import OwnOutcome
from socio_calc.case.paths import Location, join
from socio_calc.case.structure import quantities_in
from socio_calc.case.translate import Fault
from socio_calc.problems import Place, Problem


def check_own_outcomes(case: Case, own: Sequence[OwnOutcome]) -> tuple[Problem, ...]:
    """Return what is wrong between a case and outcomes that are counted in with it; empty where all is right."""
    found = []
    taken = {each.id for each in case.changed} | RESERVED_IDS
    for outcome in own:
        if outcome.id in taken:
            code = "reserved-id" if outcome.id in RESERVED_IDS else "duplicate-id"
            found.append(_problem(outcome, Fault(code, ("id",), {"value": outcome.id})))
        taken.add(outcome.id)
        found.extend(_problem(outcome, fault) for fault in _faults(case, outcome))
    return tuple(found)


def _faults(case: Case, outcome: OwnOutcome) -> Iterator[Fault]:
    for location, quantity, marker in quantities_in(outcome):
        yield from check_reference(quantity, marker, location, case.quantities)
    for rule in ADJUSTMENT_CHECKS:
        yield from rule(case, outcome, ())
    places: list[Location] = [("consequences", index) for index in range(len(outcome.consequences))]
    for consequence, place in zip(outcome.consequences, places, strict=True):
        for consequence_rule in CONSEQUENCE_CHECKS:
            yield from consequence_rule(case, outcome, consequence, place)
    yield from wellbeing_alone(outcome.name, outcome.consequences, places)


def _problem(outcome: OwnOutcome, fault: Fault) -> Problem:
    params = {**fault.full_params(), "field": f"outcomes[].{fault.full_params()['field']}"}
    return Problem(fault.code, Place(path=f"{outcome.path}.{join(fault.location)}"), params)
