"""Rules of how an effect is stated and how long it lasts, of outcomes and of pathways alike (METHOD §4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from socio_calc.case.model import Case
from socio_calc.case.outcomes import Effect, Outcome
from socio_calc.case.own_outcomes import OwnOutcome
from socio_calc.case.paths import Location
from socio_calc.case.pathways import Pathway
from socio_calc.case.quantities import Estimate, Fixed, central_value, follow
from socio_calc.case.translate import Fault

Changed = Outcome | Pathway

CONTROLLED_GRADES: Final = ("systematic_review", "rct", "quasi_experiment")
RATIO_MEASURES: Final = ("ratio", "odds_ratio", "hazard_ratio")
_FADE_KEYS: Final = {"none": None, "exponential": "rate", "linear": "over", "table": "values"}
#: Parts of the effect left after its full years that are more likely per cent than growth of the effect.
_MOST_LEFT: Final = 2.0


def persistence(case: Case, changed: Changed, location: Location) -> Iterator[Fault]:
    """Find an effect that does not say how long it holds, or that holds for ever and yet fades."""
    if changed.holds is None:
        yield Fault("missing-required", (*location, "holds"), {"key": "holds"})
    elif changed.holds == "open" and changed.fades is not None:
        yield Fault("not-used-here", (*location, "fades"), {"given": "holds", "value": "open"})


def _fading(case: Case, changed: Changed, location: Location) -> Iterator[Fault]:
    fades = changed.fades
    if fades is None:
        return
    needed = _FADE_KEYS[fades.shape]
    for key in ("rate", "over", "values"):
        value = getattr(fades, key)
        if key == needed and (value is None or value == ()):
            yield Fault("required-here", (*location, "fades", key), {"given": "shape", "value": fades.shape})
        if key != needed and value is not None:
            yield Fault("not-used-here", (*location, "fades", key), {"given": "shape", "value": fades.shape})
    for index, left in enumerate(fades.values or ()):
        if _MOST_LEFT < left <= 100:
            params: dict[str, object] = {"value": left, "percent": left, "share": left / 100}
            yield Fault("percent-or-share", (*location, "fades", "values", index), params)
        elif left < 0 or left > 100:
            params = {"value": left, "min": 0, "max": _MOST_LEFT}
            yield Fault("out-of-range", (*location, "fades", "values", index), params)


def ratio(case: Case, effect: Effect, location: Location) -> Iterator[Fault]:
    """Find ratios below zero, and their intervals that reach zero: those are lognormal; `location` is the effect's."""
    if effect.measure not in RATIO_MEASURES:
        return
    value = follow(effect.value, case.quantities)
    here = (*location, "value")
    if isinstance(value, Estimate) and value.dist is None and value.ci[0] <= 0:
        yield Fault("lognormal-not-positive", here, {"value": value.ci[0]})
    elif value is not None and value.central is not None and value.central < 0:
        yield Fault("out-of-range", here, {"value": value.central, "min": 0, "max": None})


def with_effect(case: Case, effect: Effect, before: float) -> float | None:
    """Return the level under the intervention (METHOD §4) where it can leave its domain; None where it is not known.

    Odds, hazards and standardised differences of shares stay between 0 and 1, and amounts have no limits.
    """
    value = central_value(effect.value, case.quantities)
    if value is None or (effect.measure in RATIO_MEASURES and value < 0):
        return None
    match effect.measure:
        case "difference":
            return before + value
        case "ratio":
            return before * value
        case "level":
            return value
        case _:
            return None


def _adjusted(case: Case, changed: Changed | OwnOutcome, location: Location) -> Iterator[Fault]:
    grade = None if changed.evidence is None else changed.evidence.grade
    if grade not in CONTROLLED_GRADES or changed.because.strip():
        return
    for key, neutral in (("deadweight", 0.0), ("attribution", 1.0)):
        quantity = follow(getattr(changed, key), case.quantities)
        if quantity is not None and not (isinstance(quantity, Fixed) and quantity.value == neutral):
            params = {"value": quantity.central, "grade": grade, "neutral": neutral}
            yield Fault("adjusted-twice", (*location, key), params)


def _survival(case: Case, changed: Changed | OwnOutcome, location: Location) -> Iterator[Fault]:
    if changed.survival and case.survival == "none":
        yield Fault("survival-without-table", (*location, "survival"), {"value": True})


#: Rules of adjustments and survival, which outcomes of the analyst's own have too.
ADJUSTMENT_CHECKS: Final[tuple[Callable[[Case, Changed | OwnOutcome, Location], Iterator[Fault]], ...]] = (
    _adjusted,
    _survival,
)
#: Rules of both; each takes the case, the outcome or pathway, and where it stands.
COMMON_CHECKS: Final[tuple[Callable[[Case, Changed, Location], Iterator[Fault]], ...]] = (_fading, *ADJUSTMENT_CHECKS)
