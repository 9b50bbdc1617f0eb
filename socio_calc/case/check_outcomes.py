"""Rules of an outcome (METHOD §4); those that it shares with pathways are in `check_effects`."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any, Final

from socio_calc.case.check_consequences import wellbeing_alone
from socio_calc.case.check_effects import COMMON_CHECKS, persistence, ratio, with_effect
from socio_calc.case.model import Case
from socio_calc.case.outcomes import Outcome
from socio_calc.case.paths import Location
from socio_calc.case.quantities import central_value
from socio_calc.case.translate import Fault

#: Levels that each measure works on (METHOD §4).
LEVELS_OF: Final[dict[str, tuple[str, ...]]] = {
    "difference": ("probability", "rate", "amount", "event"),
    "ratio": ("probability", "rate", "amount", "event"),
    "odds_ratio": ("probability", "event"),
    "hazard_ratio": ("probability", "event"),
    "smd": ("probability", "event", "amount"),
    "level": ("probability", "rate", "amount", "event"),
}
#: Domain of each level.
DOMAIN_OF: Final[dict[str, tuple[float, float]]] = {
    "probability": (0.0, 1.0),
    "event": (0.0, 1.0),
    "rate": (0.0, math.inf),
    "amount": (-math.inf, math.inf),
}
#: How far rounding may put a level outside its domain.
_ROUNDING: Final = 1e-12


def _persistence(case: Case, outcome: Outcome, location: Location) -> Iterator[Fault]:
    if outcome.level != "event":
        yield from persistence(case, outcome, location)
        return
    for key in ("holds", "fades", "lasts"):
        if getattr(outcome, key) is not None:
            yield Fault("not-used-here", (*location, key), {"given": "level", "value": "event"})


def _measure(case: Case, outcome: Outcome, location: Location) -> Iterator[Fault]:
    measure, level = outcome.effect.measure, outcome.level
    if level not in LEVELS_OF[measure]:
        params = {"measure": measure, "level": level, "choices": LEVELS_OF[measure]}
        yield Fault("measure-not-for-level", (*location, "effect", "measure"), params)
        return
    needs_sd = measure == "smd" and level == "amount"
    if needs_sd and outcome.effect.sd is None:
        yield Fault("effect-needs-sd", (*location, "effect", "sd"), {"outcome": outcome.name, "unit": outcome.name})
    if not needs_sd and outcome.effect.sd is not None:
        given, value = ("measure", measure) if measure != "smd" else ("level", level)
        yield Fault("not-used-here", (*location, "effect", "sd"), {"given": given, "value": value})


def _ratio(case: Case, outcome: Outcome, location: Location) -> Iterator[Fault]:
    yield from ratio(case, outcome.effect, (*location, "effect"))


def _levels(case: Case, outcome: Outcome, location: Location) -> Iterator[Fault]:
    """Find central levels of either arm outside their domain, where they can be computed without the base."""
    low, high = DOMAIN_OF[outcome.level]
    listed = isinstance(outcome.ordinary, tuple)
    for year, ordinary in enumerate(_read_levels(case, outcome)):
        here = (*location, "ordinary", year) if listed else (*location, "ordinary")
        before = None if ordinary is None else central_value(ordinary, case.quantities)
        if before is None:
            continue
        if not _inside(before, low, high):
            if outcome.level in ("probability", "event") and 1 < before <= 100:
                params: dict[str, object] = {"value": before, "percent": before, "share": before / 100}
                yield Fault("percent-or-share", here, params)
            else:
                params = {"value": before, "min": low, "max": _finite(high)}
                yield Fault("out-of-range", here, params)
            continue
        usable = outcome.level in LEVELS_OF[outcome.effect.measure]
        after = with_effect(case, outcome.effect, before) if usable else None
        if after is not None and not _inside(after, low, high):
            effect = central_value(outcome.effect.value, case.quantities)
            params = {"value": after, "min": low, "max": _finite(high), "ordinary": before, "effect": effect}
            params["label"] = outcome.name
            yield Fault("level-out-of-range", (*location, "effect", "value"), params)
            return


def _read_levels(case: Case, outcome: Outcome) -> tuple[Any, ...]:
    """Return the entries of `ordinary` by number; None for those that the calculation never reads."""
    if not isinstance(outcome.ordinary, tuple):
        return (outcome.ordinary,)
    last = len(outcome.ordinary) - 1
    read = {min(outcome.lag, last)} if outcome.level == "event" else set(range(case.years))
    return tuple(quantity if index in read else None for index, quantity in enumerate(outcome.ordinary))


def _inside(value: float, low: float, high: float) -> bool:
    return low - _ROUNDING <= value <= high + _ROUNDING


def _finite(limit: float) -> float | None:
    return limit if math.isfinite(limit) else None


def _wellbeing_alone(case: Case, outcome: Outcome, location: Location) -> Iterator[Fault]:
    places = [(*location, "consequences", index) for index in range(len(outcome.consequences))]
    yield from wellbeing_alone(outcome.name, outcome.consequences, places)


OUTCOME_CHECKS: Final[tuple[Callable[[Case, Outcome, Location], Iterator[Fault]], ...]] = (
    _persistence,
    _measure,
    _ratio,
    _levels,
    *COMMON_CHECKS,
    _wellbeing_alone,
)
