"""Rules of a pathway (METHOD §6); those that it shares with outcomes are in `check_effects`."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any, Final

from socio_calc.case.check_consequences import wellbeing_alone
from socio_calc.case.check_effects import COMMON_CHECKS, persistence, ratio, with_effect
from socio_calc.case.model import Case
from socio_calc.case.nearest import nearest
from socio_calc.case.paths import Location
from socio_calc.case.pathways import DEAD, ROW_KEYS, Pathway, PathwayEffect, TransitionRate, TransitionRow
from socio_calc.case.quantities import Quantity, central_value
from socio_calc.case.translate import Fault

#: How far rounding may put a sum of shares from 1.
_ROUNDING: Final = 1e-9
#: Fewest people that a row of counts can be about.
_FEWEST: Final = 1.0


def mortal(case: Case, pathway: Pathway) -> bool:
    """Tell whether a pathway's people die as the case's life table says (METHOD §6)."""
    return case.survival != "none" if pathway.survival is None else pathway.survival


def known_states(case: Case, pathway: Pathway) -> tuple[str, ...]:
    """Return the states that a pathway's people can come to: with survival `dead` too, declared or not."""
    added = mortal(case, pathway) and DEAD not in pathway.states
    return (*pathway.states, DEAD) if added else pathway.states


def _states(case: Case, pathway: Pathway, location: Location) -> Iterator[Fault]:
    for index, state in enumerate(pathway.states):
        here = (*location, "states", index)
        if state in pathway.states[:index]:
            yield Fault("duplicate-item", here, {"value": state})
        if state in ROW_KEYS:
            yield Fault("reserved-state", here, {"value": state})


def _start(case: Case, pathway: Pathway, location: Location) -> Iterator[Fault]:
    here = (*location, "start")
    unknown = [state for state in pathway.start if state not in pathway.states]
    for state in unknown:
        yield _unknown(state, (*here, state), pathway.states)
    total = math.fsum(pathway.start.values())
    if not unknown and abs(total - 1.0) > _ROUNDING:
        yield Fault("start-sum", here, {"total": total})


def _unknown(state: str, location: Location, known: tuple[str, ...]) -> Fault:
    params: dict[str, object] = {"value": state, "nearest": nearest(state, known), "known": known}
    return Fault("unknown-state", location, params)


def _rows(case: Case, pathway: Pathway, location: Location) -> Iterator[Fault]:
    for state in pathway.transitions:
        here = (*location, "transitions", state)
        if state == DEAD and mortal(case, pathway):
            yield Fault("dead-keeps-people", here, {})
        elif state not in pathway.states:
            yield _unknown(state, here, pathway.states)


def _targets(case: Case, pathway: Pathway, state: str, row: TransitionRow, location: Location) -> Iterator[Fault]:
    """Find states of one row that are not there, or that get what is left already."""
    known = known_states(case, pathway)
    for target in row.own:
        if target not in known:
            yield _unknown(target, (*location, target), known)
        elif target == row.rest:
            yield Fault("transition-to-rest", (*location, target), {"value": target})
    for target in row.counts or ():
        if target not in known:
            yield _unknown(target, (*location, "counts", target), known)
    if row.rest is not None and row.rest not in known:
        yield _unknown(row.rest, (*location, "rest"), known)


def _counted(case: Case, pathway: Pathway, state: str, row: TransitionRow, location: Location) -> Iterator[Fault]:
    """Find a row that says too much or too little: probabilities and counts, no rest, nobody counted."""
    if row.counts is None:
        if row.rest is None:
            yield Fault("missing-required", (*location, "rest"), {"key": "rest"})
        return
    if row.own:
        yield Fault("not-together", (*location, next(iter(row.own))), {"given": "counts"})
    total = math.fsum(row.counts.values())
    if total < _FEWEST:
        yield Fault("counts-too-few", (*location, "counts"), {"total": total})


def _sums(case: Case, pathway: Pathway, state: str, row: TransitionRow, location: Location) -> Iterator[Fault]:
    """Find a row whose probabilities exceed 1 in the base case, as far as they are known without the base."""
    if row.counts is not None:
        return
    changes = {effect.to: effect for effect in pathway.effects if effect.from_ == state}
    last = max((len(listed) for listed in row.own.values() if isinstance(listed, tuple)), default=1)
    for year in range(min(last, case.years)):
        before = {target: _central(case, _of_year(listed, year)) for target, listed in row.own.items()}
        after = {
            target: with_effect(case, changes[target], p) if target in changes and p is not None else p
            for target, p in before.items()
        }
        for probabilities in (before, after):
            total = math.fsum(p for p in probabilities.values() if p is not None)
            if total > 1.0 + _ROUNDING:
                params: dict[str, object] = {"total": total, "state": state}
                yield Fault("row-above-one", location, params)
                return


def _of_year(listed: Any, year: int) -> Any:
    return listed[min(year, len(listed) - 1)] if isinstance(listed, tuple) else listed


def _central(case: Case, written: Quantity | TransitionRate) -> float | None:
    """Return the central probability of a transition, None where it needs the base."""
    if not isinstance(written, TransitionRate):
        return central_value(written, case.quantities)
    rate = central_value(written.rate, case.quantities)
    return None if rate is None else -math.expm1(-rate)


def _effects(case: Case, pathway: Pathway, location: Location) -> Iterator[Fault]:
    """Find effects on transitions that are not there, that get what is left, or that have an effect already."""
    seen: set[tuple[str, str]] = set()
    for index, effect in enumerate(pathway.effects):
        here = (*location, "effects", index)
        unknown = [(key, state) for key, state in (("from", effect.from_), ("to", effect.to))
                   if state not in known_states(case, pathway)]  # fmt: skip
        for key, state in unknown:
            yield _unknown(state, (*here, key), known_states(case, pathway))
        if unknown:
            continue
        params: dict[str, object] = {"first": effect.from_, "second": effect.to}
        row = pathway.transitions.get(effect.from_)
        if row is not None and effect.to == (row.rest or (effect.from_ if row.counts is not None else None)):
            yield Fault("effect-on-rest", (*here, "to"), params)
        elif row is None or (effect.to not in row.own and effect.to not in (row.counts or ())):
            yield Fault("no-such-transition", (*here, "to"), params)
        elif (effect.from_, effect.to) in seen:
            yield Fault("effect-twice", here, params)
        seen.add((effect.from_, effect.to))


def _effect(case: Case, pathway: Pathway, effect: PathwayEffect, location: Location) -> Iterator[Fault]:
    """Find an effect that is no effect on a probability."""
    yield from ratio(case, effect, location)
    if effect.sd is not None:
        yield Fault("not-used-here", (*location, "sd"), {"given": "measure", "value": effect.measure})
    row = pathway.transitions.get(effect.from_)
    listed = None if row is None else row.own.get(effect.to)
    if listed is None:
        return
    for year in range(min(len(listed) if isinstance(listed, tuple) else 1, case.years)):
        before = _central(case, _of_year(listed, year))
        after = None if before is None else with_effect(case, effect, before)
        if after is not None and not -_ROUNDING <= after <= 1.0 + _ROUNDING:
            value = central_value(effect.value, case.quantities)
            params: dict[str, object] = {"value": after, "min": 0.0, "max": 1.0, "ordinary": before, "effect": value}
            params["label"] = f"{effect.from_} → {effect.to}"
            yield Fault("level-out-of-range", (*location, "value"), params)
            return


def _persistence(case: Case, pathway: Pathway, location: Location) -> Iterator[Fault]:
    if not pathway.effects:
        return
    yield from persistence(case, pathway, location)
    if pathway.evidence is None:
        yield Fault("missing-required", (*location, "evidence"), {"key": "evidence"})


def _consequence_states(case: Case, pathway: Pathway, location: Location) -> Iterator[Fault]:
    known = known_states(case, pathway)
    for index, consequence in enumerate(pathway.consequences):
        if consequence.state not in known:
            yield _unknown(consequence.state, (*location, "consequences", index, "state"), known)


def _wellbeing_alone(case: Case, pathway: Pathway, location: Location) -> Iterator[Fault]:
    for state in dict.fromkeys(consequence.state for consequence in pathway.consequences):
        chosen = [(index, item) for index, item in enumerate(pathway.consequences) if item.state == state]
        places = [(*location, "consequences", index) for index, _ in chosen]
        yield from wellbeing_alone(pathway.name, [item for _, item in chosen], places)


PATHWAY_CHECKS: Final[tuple[Callable[[Case, Pathway, Location], Iterator[Fault]], ...]] = (
    _states,
    _start,
    _rows,
    _effects,
    _persistence,
    *COMMON_CHECKS,
    _consequence_states,
    _wellbeing_alone,
)
#: Rules of one row: the case, the pathway, the state that it is about, the row and where it stands.
ROW_CHECKS: Final[tuple[Callable[[Case, Pathway, str, TransitionRow, Location], Iterator[Fault]], ...]] = (
    _targets,
    _counted,
    _sums,
)
EFFECT_CHECKS: Final[tuple[Callable[[Case, Pathway, PathwayEffect, Location], Iterator[Fault]], ...]] = (_effect,)
