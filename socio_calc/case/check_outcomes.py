"""Rules of an outcome and of its consequences (METHOD §2, §4, §5)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any, Final

from socio_calc.case.model import Case
from socio_calc.case.outcomes import Consequence, Outcome
from socio_calc.case.paths import Location
from socio_calc.case.quantities import CostRef, Estimate, Fixed, central_value, follow
from socio_calc.case.translate import Fault

CONTROLLED_GRADES: Final = ("systematic_review", "rct", "quasi_experiment")
RATIO_MEASURES: Final = ("ratio", "odds_ratio", "hazard_ratio")
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
_FADE_KEYS: Final = {"none": None, "exponential": "rate", "linear": "over", "table": "values"}
#: Parts of the effect left after its full years that are more likely per cent than growth of the effect.
_MOST_LEFT: Final = 2.0
#: How far rounding may put a level outside its domain.
_ROUNDING: Final = 1e-12
_PRODUCTION: Final = ("production", "production_loss")
_WELLBEING: Final = ("wellbeing", "wellbeing_loss")
#: What a row of the price list brings with it and nobody may change (METHOD §5, CASE_FORMAT).
_BROUGHT: Final = ("kind", "taxable", "price_year", "index")
#: Keys that a kind of consequence has no use for.
_UNUSED: Final[dict[str, tuple[str, ...]]] = {
    "resource_cost": ("payee", "taxable"),
    "transfer": ("marginal", "realisable"),
    "production": ("payer", "payee", "taxable", "marginal", "realisable"),
    "production_loss": ("payer", "payee", "taxable", "marginal", "realisable"),
    "wellbeing": ("payer", "payee", "taxable", "marginal", "realisable"),
    "wellbeing_loss": ("payer", "payee", "taxable", "marginal", "realisable"),
    "health": (
        "price",
        "payer",
        "payee",
        "taxable",
        "price_year",
        "index",
        "growth",
        "marginal",
        "realisable",
    ),
}


def _persistence(case: Case, outcome: Outcome, location: Location) -> Iterator[Fault]:
    if outcome.level == "event":
        for key in ("holds", "fades", "lasts"):
            if getattr(outcome, key) is not None:
                yield Fault("not-used-here", (*location, key), {"given": "level", "value": "event"})
        return
    if outcome.holds is None:
        yield Fault("missing-required", (*location, "holds"), {"key": "holds"})
    elif outcome.holds == "open" and outcome.fades is not None:
        yield Fault("not-used-here", (*location, "fades"), {"given": "holds", "value": "open"})


def _fading(case: Case, outcome: Outcome, location: Location) -> Iterator[Fault]:
    fades = outcome.fades
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
    """Find ratios below zero, and their intervals that reach zero: those are lognormal."""
    if outcome.effect.measure not in RATIO_MEASURES:
        return
    value = follow(outcome.effect.value, case.quantities)
    here = (*location, "effect", "value")
    if isinstance(value, Estimate) and value.dist is None and value.ci[0] <= 0:
        yield Fault("lognormal-not-positive", here, {"value": value.ci[0]})
    elif value is not None and value.central is not None and value.central < 0:
        yield Fault("out-of-range", here, {"value": value.central, "min": 0, "max": None})


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
        after = _with_effect(case, outcome, before)
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


def _with_effect(case: Case, outcome: Outcome, before: float) -> float | None:
    """Return i for b (METHOD §4), or None where it cannot be computed here."""
    effect = outcome.effect
    value = central_value(effect.value, case.quantities)
    if value is None or outcome.level not in LEVELS_OF[effect.measure]:
        return None
    if effect.measure in RATIO_MEASURES and value < 0:
        return None
    match effect.measure:
        case "difference":
            return before + value
        case "ratio":
            return before * value
        case "level":
            return value
        case _:
            # Odds, hazards and standardised differences of shares stay between 0 and 1; amounts have no limits.
            return None


def _inside(value: float, low: float, high: float) -> bool:
    return low - _ROUNDING <= value <= high + _ROUNDING


def _finite(limit: float) -> float | None:
    return limit if math.isfinite(limit) else None


def _adjusted(case: Case, outcome: Outcome, location: Location) -> Iterator[Fault]:
    grade = outcome.evidence.grade
    if grade not in CONTROLLED_GRADES or outcome.because.strip():
        return
    for key, neutral in (("deadweight", 0.0), ("attribution", 1.0)):
        quantity = follow(getattr(outcome, key), case.quantities)
        if quantity is not None and not (isinstance(quantity, Fixed) and quantity.value == neutral):
            params = {"value": quantity.central, "grade": grade, "neutral": neutral}
            yield Fault("adjusted-twice", (*location, key), params)


def _survival(case: Case, outcome: Outcome, location: Location) -> Iterator[Fault]:
    if outcome.survival and case.survival == "none":
        yield Fault("survival-without-table", (*location, "survival"), {"value": True})


def _wellbeing_alone(case: Case, outcome: Outcome, location: Location) -> Iterator[Fault]:
    kinds = [consequence.kind for consequence in outcome.consequences]
    beside = next((kind for kind in kinds if kind == "health" or kind in _PRODUCTION), None)
    if beside is None:
        return
    for index, kind in enumerate(kinds):
        if kind in _WELLBEING:
            here = (*location, "consequences", index, "kind")
            yield Fault("wellbeing-not-alone", here, {"outcome": outcome.name, "beside": beside})


def _from_price_list(case: Case, outcome: Outcome, consequence: Consequence, location: Location) -> Iterator[Fault]:
    price = None if consequence.price is None else follow(consequence.price, case.quantities)
    if not isinstance(price, CostRef):
        return
    for key in _BROUGHT:
        if key in consequence.model_fields_set:
            yield Fault("price-brings-its-own", (*location, key), {"id": price.cost})


def _kind(case: Case, outcome: Outcome, consequence: Consequence, location: Location) -> Iterator[Fault]:
    if not _own_price(case, consequence):
        return
    kind = consequence.kind
    if kind is None:
        yield Fault("missing-required", (*location, "kind"), {"key": "kind"})
        return
    for key in _UNUSED[kind]:
        if key in consequence.model_fields_set:
            yield Fault("not-used-here", (*location, key), {"given": "kind", "value": kind})
    needed = "quantity" if kind == "health" else "price"
    if needed not in consequence.model_fields_set:
        yield Fault("required-here", (*location, needed), {"given": "kind", "value": kind})
    if kind == "resource_cost" and consequence.payer is None:
        yield Fault("required-here", (*location, "payer"), {"given": "kind", "value": kind})
    if kind in _PRODUCTION and consequence.link is None:
        yield Fault("required-here", (*location, "link"), {"given": "kind", "value": kind})


def _transfer(case: Case, outcome: Outcome, consequence: Consequence, location: Location) -> Iterator[Fault]:
    if not _own_price(case, consequence) or consequence.kind != "transfer":
        return
    for key in ("payer", "payee"):
        if getattr(consequence, key) is None:
            params = {"consequence": consequence.name, "missing": key}
            yield Fault("transfer-without-payee", (*location, key), params)
    if consequence.taxable and consequence.payee not in (None, "individ"):
        yield Fault("taxable-not-individ", (*location, "taxable"), {"actor": consequence.payee})


def _two_parties(case: Case, outcome: Outcome, consequence: Consequence, location: Location) -> Iterator[Fault]:
    if consequence.payer is not None and consequence.payer == consequence.payee:
        params = {"consequence": consequence.name, "actor": consequence.payer}
        yield Fault("same-payer-payee", (*location, "payee"), params)


def _causal(case: Case, outcome: Outcome, consequence: Consequence, location: Location) -> Iterator[Fault]:
    if consequence.link == "observational" and consequence.causal_share is None:
        params = {"outcome": outcome.name, "consequence": consequence.name}
        yield Fault("causal-share-missing", (*location, "causal_share"), params)


def _own_price(case: Case, consequence: Consequence) -> bool:
    """Tell whether the line states its own price (or none), and not a row of the list or an unknown name."""
    if consequence.price is None:
        return True
    price = follow(consequence.price, case.quantities)
    return price is not None and not isinstance(price, CostRef)


OUTCOME_CHECKS: Final[tuple[Callable[[Case, Outcome, Location], Iterator[Fault]], ...]] = (
    _persistence,
    _fading,
    _measure,
    _ratio,
    _levels,
    _adjusted,
    _survival,
    _wellbeing_alone,
)
CONSEQUENCE_CHECKS: Final[tuple[Callable[[Case, Outcome, Consequence, Location], Iterator[Fault]], ...]] = (
    _from_price_list,
    _kind,
    _transfer,
    _two_parties,
    _causal,
)
