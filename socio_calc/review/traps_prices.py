"""Plausibility of prices: averages, sums that contain each other, prices of something else, who pays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from socio_calc.case import CostRef, Outcome, PathwayConsequence, follow
from socio_calc.review.effect import net_after
from socio_calc.review.hit import Found, Hit, Trap, Untested
from socio_calc.review.scene import Priced, Scene
from socio_calc.review.trap_limits import LIMITS
from socio_calc.review.trap_warnings import from_warning

_HIP = re.compile(r"höft|\bhip|fraktur|fracture|\bfall", re.IGNORECASE)
_SCHOOL_DAYS = re.compile(r"skolnärvaro|frånvaro|skoldag", re.IGNORECASE)
_HIP_FIRST_YEAR: Final = "hip-fracture-first-year-alt-total"
_EXCLUSION = re.compile(r"exclusion-|school-failure-lifetime$|bullying-child-30-years$|gang-|crime-")
#: Categories of care, school and social services; justice and exclusion have a trap of their own.
_PUBLIC_SERVICES: Final = frozenset(
    {
        "primary_care", "hospital_care", "falls", "elderly_care", "dementia", "stroke", "mental_health",
        "child_mental_health", "child_welfare", "obesity", "diabetes",
    }
)  # fmt: skip
_OF_LIFE: Final = frozenset({"statistical-life", "life-year-opportunity-cost"})
#: Parts of a year that one unit of use is; a visit or an event has no length.
_YEARS: Final[Mapping[str, float]] = {
    **dict.fromkeys(("person-year", "pupil-year", "child-year", "case-year", "household-year", "year"), 1.0),
    "half-year": 0.5,
    "month": 1 / 12,
    "household-month": 1 / 12,
    "week": 1 / 52,
    "day": 1 / 365,
}
_YEARLY: Final = frozenset({"person-year", "pupil-year", "child-year", "case-year", "household-year", "month", "year"})


def _average(scene: Scene) -> Found:
    for priced in scene.priced:
        row = priced.row
        if row is None or row.kind != "resource_cost" or priced.line.payer not in ("kommun", "region"):
            continue
        marginal = max(scene.number(share) for share in priced.line.marginal)
        if row.basis != "average" or row.bought or marginal <= LIMITS["average-for-marginal"]:
            continue
        if row.per not in _YEARS:
            yield Untested(name=priced.item.name)
            continue
        used = scene.change(priced) * scene.number(priced.line.quantity)
        if used * _YEARS[row.per] < LIMITS["average-for-marginal:person-years"]:
            yield Hit(f"{priced.path}.marginal", {"c": priced.item.name})


def _overlapping(scene: Scene) -> Found:
    """Prices that contain each other, of one outcome or of outcomes with prices of one category, both gains."""
    by_price = {f"{priced.path}.price": priced for priced in scene.priced}
    for warning in scene.appraisal.warnings:
        if warning.code != "overlapping-prices":
            continue
        paths = warning.params["paths"]
        pair = [by_price.get(path) for path in paths]  # type: ignore[attr-defined]
        first, second = pair
        if first is None or second is None or min(first.gain, second.gain) <= 0:
            continue
        if first.owner.id == second.owner.id or _category(first) == _category(second):
            smaller = min((first, second), key=lambda priced: priced.gain)
            params = {"c1": first.item.name, "c2": second.item.name}
            yield Hit(f"{second.path}.price", params, change=scene.without(smaller))


def _category(priced: Priced) -> str | None:
    return None if priced.row is None else priced.row.category


def _serious_when_very_old(scene: Scene) -> Found:
    for hit in from_warning("old-price")(scene):
        if isinstance(hit, Hit):
            year = hit.params["year"]
            very = isinstance(year, int) and year < scene.case.price_year - LIMITS["old-price:serious"]
            yield Hit(hit.path, hit.params, "serious" if very else None)


def _national_total(scene: Scene) -> Found:
    for priced in scene.priced:
        own = scene.own_price(priced)
        if own is not None and abs(own) > LIMITS["national-total-as-price"]:
            yield Hit(f"{priced.path}.price", {"c": priced.item.name, "amount": own}, change=scene.without(priced))


def _index_value(scene: Scene) -> Found:
    for priced in scene.priced:
        own = scene.own_price(priced)
        small = own is not None and abs(own) <= LIMITS["index-value-as-price"]
        if small and priced.item.price_year is None and priced.line.kind in ("resource_cost", "production"):
            yield Hit(f"{priced.path}.price", {"c": priced.item.name, "amount": own}, change=scene.without(priced))


def _lifetime(scene: Scene) -> Found:
    for priced in scene.priced:
        if priced.row is None or priced.row.per != "lifetime":
            continue
        yearly = _is_yearly(scene, priced)
        beside = any(
            other.owner.id == priced.owner.id
            and other.index != priced.index
            and other.row is not None
            and other.row.category == priced.row.category
            and other.row.per in _YEARLY
            for other in scene.priced
        )
        if priced.item.duration > 1 or yearly or beside:
            yield Hit(priced.path, {"c": priced.item.name}, change=_once(scene, priced, yearly))


def _is_yearly(scene: Scene, priced: Priced) -> bool:
    """Say whether a consequence comes again every year that the effect lasts, or that a state is held."""
    if isinstance(priced.owner, Outcome):
        return priced.owner.level != "event" and scene.span(priced.owner) > 1
    return isinstance(priced.item, PathwayConsequence) and priced.item.per == "year"


def _once(scene: Scene, priced: Priced, yearly: bool) -> dict[str, Any]:
    """Return the replacement that counts the value of a lifetime once, however long the effect lasts."""
    change: dict[str, Any] = {f"{priced.path}.duration": 1} if priced.item.duration > 1 else {}
    if yearly and not isinstance(priced.owner, Outcome):
        return change | {f"{priced.path}.per": "entry"}
    quantity, strength = scene.central(priced.item.quantity), scene.strength(priced.owner)
    if yearly and quantity is not None and sum(strength) > 0:
        change[f"{priced.path}.quantity"] = quantity * max(strength) / sum(strength)
    return change


def _exclusion(scene: Scene) -> Found:
    for priced in scene.priced:
        own = scene.own_price(priced)
        listed = priced.row is not None and (priced.row.use == "upper_bound" or _EXCLUSION.match(priced.row.id))
        if listed or (own is not None and LIMITS["exclusion-price-tag"] <= own <= LIMITS["national-total-as-price"]):
            yield Hit(f"{priced.path}.price", {"c": priced.item.name}, change=scene.without(priced))


def _hip(scene: Scene) -> Found:
    first_year = scene.base.costs.get(_HIP_FIRST_YEAR)
    for priced in scene.priced:
        row = priced.row
        if row is None or row.category != "elderly_care":
            continue
        if not (_HIP.search(priced.owner.name) or _HIP.search(row.id)):
            continue
        cost = priced.item.duration * scene.number(priced.line.quantity) * row.value
        limit = LIMITS["lifelong-care-after-hip-fracture:first-years"]
        dear = first_year is not None and cost > limit * first_year.value
        if priced.item.duration > LIMITS["lifelong-care-after-hip-fracture"] or dear:
            path = f"{priced.path}.duration"
            params = {"c": priced.item.name, "d": priced.item.duration}
            yield Hit(path, params, change={path: 1} if priced.item.duration > 1 else {})


def _twice_valued(scene: Scene) -> Found:
    for owner in scene.case.changed:
        mine = [priced for priced in scene.priced if priced.owner is owner]
        health = [priced for priced in mine if priced.line.kind == "health"]
        lives = [
            priced
            for priced in mine
            if priced.line.kind in ("wellbeing", "wellbeing_loss")
            or (priced.row is not None and priced.row.id in _OF_LIFE)
        ]
        if health and lives and health[0].index != lives[0].index:
            params = {"outcome": owner.name, "c1": health[0].item.name, "c2": lives[0].item.name}
            yield Hit(lives[0].path, params, change=scene.without(lives[0]))


def _health_value(scene: Scene) -> Found:
    if scene.case.health_value is None:
        return
    value = scene.central(scene.case.health_value)
    if value is None or LIMITS["high-qaly-value:low"] <= value <= LIMITS["high-qaly-value:high"]:
        return
    change = {"health_value": LIMITS["high-qaly-value:usual"]}
    yield Hit("health_value", {"v": value, "npv": net_after(scene, change)}, change=change)


def _payer(scene: Scene) -> Found:
    for priced in scene.priced:
        given, row = priced.item.payer, priced.row
        path = f"{priced.path}.payer"
        if row is None:
            continue
        if given is None and row.payer == "ovriga" and row.kind == "resource_cost" and row.category in _PUBLIC_SERVICES:
            # Several bodies pay, and the source does not tell how much each.
            yield Hit(path, {"c": priced.item.name, "p1": None, "p2": None, "shared": priced.item.name})
        elif given is not None and row.payer not in (None, "ovriga", given):
            params = {"c": priced.item.name, "p1": row.payer, "p2": given, "shared": None}
            yield Hit(path, params, change={path: row.payer})


def _school_day(scene: Scene) -> Found:
    for priced in scene.priced:
        daily = priced.row is not None and priced.row.per == "day" and priced.line.kind == "resource_cost"
        marginal = max(scene.number(share) for share in priced.line.marginal)
        named = daily and _SCHOOL_DAYS.search(priced.owner.name) and marginal > 0
        if (priced.row is not None and priced.row.id == "school-day") or named:
            yield Hit(f"{priced.path}.price", {"c": priced.item.name}, change=scene.without(priced))


def _weak_price(scene: Scene) -> Found:
    for priced in scene.priced:
        if priced.item.price is None:
            continue
        row = priced.row
        price = follow(priced.item.price, scene.case.quantities)
        unsourced = not isinstance(price, CostRef) and not (price is not None and price.source)
        weak = row is not None and (row.confidence == "low" or "ej bekräftat" in row.note.lower())
        if weak or (row is None and unsourced):
            yield Hit(f"{priced.path}.price", {"c": priced.item.name})


TRAPS: Final = (
    Trap("average-for-marginal", "serious", _average),
    Trap("overlapping-prices", "serious", _overlapping),
    Trap(
        "lifelong-care-after-hip-fracture",
        "serious",
        _hip,
        "Meyer m.fl. 2023",
        "https://pubmed.ncbi.nlm.nih.gov/35968686/",
    ),
    Trap("old-price", "warning", _serious_when_very_old, "ASEK 6.1 kap 5", "https://docplayer.se/105023768"),
    Trap("national-total-as-price", "serious", _national_total),
    Trap("index-value-as-price", "serious", _index_value),
    Trap("lifetime-price-repeated", "serious", _lifetime, "Hultkrantz m.fl. 2017"),
    Trap(
        "exclusion-price-tag",
        "serious",
        _exclusion,
        "Hultkrantz, Karpaty och Vimefall 2017, Psychosocial Intervention 26(3)",
    ),
    Trap("qaly-and-vsl", "serious", _twice_valued),
    Trap("high-qaly-value", "note", _health_value, "Siverskog och Henriksson 2019; Läkartidningen 2018"),
    Trap("wrong-payer", "warning", _payer),
    Trap("school-day-as-saving", "serious", _school_day, "Maynard m.fl. 2012"),
    Trap("low-confidence-price", "note", _weak_price),
)
