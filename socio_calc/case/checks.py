"""Rules that join several fields of a case and need no reference base (METHOD, CASE_FORMAT).

Every check yields the faults of one rule; `check` runs them all, also on a case with holes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from pydantic_core import PydanticCustomError

from socio_calc.case.check_application import check_application, check_stated_result
from socio_calc.case.check_consequences import CONSEQUENCE_CHECKS
from socio_calc.case.check_correlations import check_correlation, check_pairs
from socio_calc.case.check_costs import COST_CHECKS
from socio_calc.case.check_outcomes import OUTCOME_CHECKS
from socio_calc.case.check_pathways import EFFECT_CHECKS, PATHWAY_CHECKS, ROW_CHECKS
from socio_calc.case.model import Case
from socio_calc.case.nearest import nearest
from socio_calc.case.partial import HoleTouched, run
from socio_calc.case.paths import Location
from socio_calc.case.quantities import Quantity, Ref, follow
from socio_calc.case.structure import quantities_in
from socio_calc.case.translate import Fault

#: Names that the result gives to sources of flows that are no outcomes.
RESERVED_IDS = frozenset(("cost", "effects"))


def check(case: Case) -> Iterator[Fault]:
    """Yield everything that is wrong between the fields of a case."""
    for rule in (_horizons, _cohorts, _ids, _something_to_compute):
        yield from run(rule, case)
    for key in ("discount_rate", "discount_rate_health"):
        yield from run(_discount_steps, case, key)
    yield from run(_references, case)
    for location, item in _items(case, "costs"):
        for cost_rule in COST_CHECKS:
            yield from run(cost_rule, case, item, location)
    for location, outcome in _items(case, "outcomes"):
        for outcome_rule in OUTCOME_CHECKS:
            yield from run(outcome_rule, case, outcome, location)
        yield from _consequences(case, outcome, location)
    for location, pathway in _items(case, "pathways"):
        yield from _pathway(case, pathway, location)
    for location, correlation in _items(case, "correlations"):
        yield from run(check_correlation, correlation, location)
    yield from run(check_pairs, case)
    yield from run(check_application, case)
    for location, stated in _items(case, "stated_results"):
        yield from run(check_stated_result, case, stated, location)


def _pathway(case: Case, pathway: Any, location: Location) -> Iterator[Fault]:
    for rule in PATHWAY_CHECKS:
        yield from run(rule, case, pathway, location)
    for below, state, row in _named(pathway, "transitions"):
        for row_rule in ROW_CHECKS:
            yield from run(row_rule, case, pathway, state, row, location + below)
    for below, effect in _items(pathway, "effects"):
        for effect_rule in EFFECT_CHECKS:
            yield from run(effect_rule, case, pathway, effect, location + below)
    yield from _consequences(case, pathway, location)


def _consequences(case: Case, owner: Any, location: Location) -> Iterator[Fault]:
    for below, consequence in _items(owner, "consequences"):
        for rule in CONSEQUENCE_CHECKS:
            yield from run(rule, case, owner, consequence, location + below)


def _named(part: Any, key: str) -> Iterator[tuple[Location, str, Any]]:
    """Yield the entries of a mapping with their locations; none where the mapping itself could not be read."""
    try:
        entries = tuple(getattr(part, key).items())
    except HoleTouched:
        return
    for name, entry in entries:
        yield (key, name), name, entry


def _items(part: Any, key: str) -> Iterator[tuple[Location, Any]]:
    """Yield the items of a list with their locations; none where the list itself could not be read."""
    try:
        items = tuple(getattr(part, key))
    except HoleTouched:
        return
    for index, item in enumerate(items):
        yield (key, index), item


def _horizons(case: Case) -> Iterator[Fault]:
    for index, (shorter, longer) in enumerate(pairwise(case.horizons)):
        if shorter >= longer:
            yield Fault("not-rising", ("horizons", index + 1), {"value": longer, "previous": shorter})


def _discount_steps(case: Case, key: str) -> Iterator[Fault]:
    steps = getattr(case, key)
    if not isinstance(steps, tuple):
        return
    if steps[0].from_ != 0:
        yield Fault("first-step-not-zero", (key, 0, "from"), {"value": steps[0].from_})
    for index, (step, following) in enumerate(pairwise(steps)):
        if step.from_ >= following.from_:
            params = {"value": following.from_, "previous": step.from_}
            yield Fault("not-rising", (key, index + 1, "from"), params)


def _cohorts(case: Case) -> Iterator[Fault]:
    longest = case.years
    for location, cohort in _items(case, "participants"):
        yield from run(_cohort_inside, cohort, longest, location)
        yield from run(_cohort_age, case, cohort, location)


def _cohort_inside(cohort: Any, longest: int, location: Location) -> Iterator[Fault]:
    if cohort.year >= longest:
        yield Fault("cohort-year-outside", (*location, "year"), {"year": cohort.year, "first": 0, "last": longest - 1})


def _cohort_age(case: Case, cohort: Any, location: Location) -> Iterator[Fault]:
    if case.survival != "none" and cohort.age is None:
        yield Fault("required-here", (*location, "age"), {"given": "survival", "value": case.survival})


def _ids(case: Case) -> Iterator[Fault]:
    """Find ids that outcomes and pathways share, and those that the result uses itself."""
    seen: set[str] = set()
    for key in ("outcomes", "pathways"):
        for location, item in _items(case, key):
            if not _has_id(item):
                continue
            if item.id in seen:
                yield Fault("duplicate-id", (*location, "id"), {"value": item.id})
            seen.add(item.id)
            if item.id in RESERVED_IDS:
                yield Fault("reserved-id", (*location, "id"), {"value": item.id})


def _has_id(item: Any) -> bool:
    """Tell whether an outcome or pathway and its id could be read."""
    try:
        return bool(item.id)
    except HoleTouched:
        return False


def _something_to_compute(case: Case) -> Iterator[Fault]:
    if not case.costs and not case.outcomes and not case.pathways:
        yield Fault("nothing-to-compute", ("outcomes",), {})


def _references(case: Case) -> Iterator[Fault]:
    """Check every {ref: NAME}: the name is known, and what it stands for may stand in the field."""
    named = case.quantities
    for location, quantity, marker in quantities_in(case):
        yield from run(check_reference, quantity, marker, location, named)


def check_reference(quantity: Any, marker: Any, location: Location, named: Mapping[str, Quantity]) -> Iterator[Fault]:
    """Find a name that is not known, that leads back to itself, or that stands for what may not stand here."""
    if not isinstance(quantity, Ref):
        return
    if quantity.ref not in named:
        known = tuple(named)
        params = {"name": quantity.ref, "known": known, "nearest": nearest(quantity.ref, known)}
        yield Fault("unknown-ref", location, params)
        return
    followed = follow(quantity, named)
    if followed is None:
        if location[0] == "quantities":
            yield Fault("circular-ref", location, {"name": quantity.ref})
        return
    try:
        marker.check(followed)
    except PydanticCustomError as error:
        if error.type != "several":
            yield Fault(error.type, location, {**(error.context or {}), "name": quantity.ref})
            return
        for code, _, params in (error.context or {})["found"]:
            yield Fault(code, location, {**params, "name": quantity.ref})
