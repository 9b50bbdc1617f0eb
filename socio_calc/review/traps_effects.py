"""Plausibility of effects: their size, scale, direction and interval."""

from __future__ import annotations

import math
import re
from typing import Any, Final

import numpy as np

from socio_calc.appraisal import ResultWarning
from socio_calc.case import BaselineRef, Estimate, EvidenceRef, Fixed, StatedEffect, follow
from socio_calc.engine.effects import RATIO_MEASURES, intervention_level
from socio_calc.reference import EvidenceRow
from socio_calc.review.hit import Found, Hit, Trap, Untested
from socio_calc.review.scene import Scene
from socio_calc.review.trap_limits import LIMITS
from socio_calc.review.trap_warnings import from_warning

_ODDS = re.compile(r"(?i:odds|oddskvot)|\bOR\b")
#: Grades whose effect is a difference against a comparison group.
CONTROLLED: Final = frozenset({"systematic_review", "rct", "quasi_experiment"})


def _within_group(scene: Scene) -> Found:
    for stated in scene.effects:
        row, x, owner = scene.evidence(stated), scene.effect_value(stated), stated.owner
        large = stated.effect.measure == "smd" and abs(x) >= LIMITS["within-group-effect"]
        uncorrected = (
            stated.grade == "before_after"
            and scene.certain(owner.deadweight, 0.0)
            and scene.certain(owner.evidence_adjustment, 1.0)
        )
        if large or uncorrected or (row is not None and row.usable == "trap"):
            # No part of a change within the group is known to be an effect: put right, nothing of it counts.
            change = {f"{stated.owner_path}.evidence_adjustment": 0}
            yield Hit(stated.path.removesuffix(".value"), {"outcome": stated.name, "x": x}, change=change)


def _odds_ratio(scene: Scene) -> Found:
    for stated in scene.effects:
        levels, named = scene.levels(stated), isinstance(stated.value, EvidenceRef)
        if stated.effect.measure != "ratio" or named or stated.level not in ("probability", "event"):
            continue
        if max(levels) > LIMITS["odds-ratio-as-risk-ratio"] and _ODDS.search(scene.texts_of(stated)):
            b, x = max(levels), scene.effect_value(stated)
            params = {"outcome": stated.name, "i_or": _level("odds_ratio", stated.level, b, x), "i_rr": x * b}
            path = f"{stated.path.removesuffix('.value')}.measure"
            yield Hit(path, params, change={path: "odds_ratio"})


def _level(measure: str, level: str, ordinary: float, value: float) -> float:
    return float(intervention_level(measure, level, np.array([ordinary]), np.array([value]))[0])


def _inverted(scene: Scene) -> Found:
    for stated in scene.effects:
        if stated.effect.measure not in RATIO_MEASURES:
            continue
        x, row = scene.effect_value(stated), scene.evidence(stated)
        # Whether more of a transition is good the case does not say.
        better = getattr(stated.owner, "better", None)
        worse = (better == "lower" and x > 1) or (better == "higher" and x < 1)
        as_printed = (
            row is not None
            and row.measure == stated.effect.measure
            and row.estimate not in (None, 0.0, 1.0)
            and abs(x * row.estimate - 1.0) < LIMITS["inverted-ratio"]
        )
        if x > 0 and (worse or as_printed):
            params = {"outcome": stated.name, "x": x, "inv": 1.0 / x}
            yield Hit(stated.path, params, change=_inverted_value(stated))


def _inverted_value(stated: StatedEffect) -> dict[str, Any]:
    value = stated.value
    if isinstance(value, Fixed):
        return {stated.path: 1.0 / value.value}
    if isinstance(value, Estimate) and value.ci[0] > 0:
        return {stated.path: {"estimate": 1.0 / value.estimate, "ci": [1.0 / value.ci[1], 1.0 / value.ci[0]]}}
    return {}


def _smd_without_level(scene: Scene) -> Found:
    for outcome in scene.case.outcomes:
        if outcome.effect.measure != "smd" or outcome.level not in ("probability", "event"):
            continue
        listed = outcome.ordinary if isinstance(outcome.ordinary, tuple) else (outcome.ordinary,)
        followed = [follow(quantity, scene.case.quantities) for quantity in listed]
        if not any(isinstance(item, BaselineRef) or (item is not None and item.source) for item in followed):
            yield Hit(f"outcomes.{outcome.id}.ordinary", {"outcome": outcome.name})


def _includes_null(scene: Scene) -> Found:
    yield from from_warning("effect-includes-null")(scene)
    for stated in scene.effects:
        value, row = stated.value, scene.evidence(stated)
        if not isinstance(value, Estimate) or row is None or row.ci_low is None or row.ci_high is None:
            continue
        ratio = stated.effect.measure in RATIO_MEASURES
        if row.measure != stated.effect.measure or (ratio and min(value.ci[0], row.ci_low) <= 0):
            continue
        scale = math.log if ratio else float
        nothing = 1.0 if ratio else 0.0
        here, there = scale(value.ci[1]) - scale(value.ci[0]), scale(row.ci_high) - scale(row.ci_low)
        outside = not value.ci[0] <= nothing <= value.ci[1]
        if outside and row.ci_low <= nothing <= row.ci_high and here < 0.5 * there:
            params = {"outcome": stated.name, "low": row.ci_low, "high": row.ci_high}
            path = stated.path
            change = {
                path: {
                    "estimate": value.estimate,
                    "ci": [min(row.ci_low, value.estimate), max(row.ci_high, value.estimate)],
                }
            }
            yield Hit(path, params, change=change)


def _larger_than_known(scene: Scene) -> Found:
    for stated in scene.effects:
        measure = stated.effect.measure
        if measure != "smd" and measure not in RATIO_MEASURES:
            continue
        own, x = scene.evidence(stated), scene.effect_value(stated)
        if measure == "smd" and abs(x) >= LIMITS["within-group-effect"]:
            continue  # told by `within-group-effect`
        rows = [row for row in scene.base.evidence.values() if _comparable(row, measure)]
        nearest = [row for row in rows if own is not None and row.intervention == own.intervention] or rows
        if not nearest or (measure != "smd" and x <= 0):
            yield Untested(name=stated.name)
            continue
        largest = max(nearest, key=lambda row: _size(row.estimate, measure))
        if _size(x, measure) > _size(largest.estimate, measure) + 1e-9:
            params = {"outcome": stated.name, "x": x, "max": largest.estimate, "row_id": largest.id}
            path = stated.path
            size = _size(largest.estimate, measure)
            at_most = math.copysign(size, x) if measure == "smd" else math.exp(math.copysign(size, math.log(x)))
            yield Hit(path, params, change={path: at_most})


def _comparable(row: EvidenceRow, measure: str) -> bool:
    usable = row.usable == "effect" and row.measure == measure and row.confidence != "low"
    return usable and row.estimate is not None and (measure == "smd" or row.estimate > 0)


def _size(value: float | None, measure: str) -> float:
    """Return how far a value is from no effect, on the scale of its measure."""
    number = 0.0 if value is None else value
    return abs(number) if measure == "smd" else abs(math.log(number))


def _priced_effect(scene: Scene, warning: ResultWarning) -> bool:
    return any(stated.path == warning.path and stated.owner.consequences for stated in scene.effects)


def _exceeds_baseline(scene: Scene) -> Found:
    for outcome in scene.case.outcomes:
        if outcome.better != "lower" or outcome.level == "amount":
            continue
        plan = scene.plans[outcome.id]
        at = min(outcome.lag, len(plan.ordinary) - 1)
        ordinary = scene.number(plan.ordinary[at])
        if ordinary <= 0:
            continue
        removed = -scene.number(plan.changes[at]) / ordinary * scene.number(plan.adjustment)
        if removed > LIMITS["effect-exceeds-baseline"]:
            counted = scene.central(outcome.evidence_adjustment)
            change = {}
            if counted is not None:
                at_most = counted * LIMITS["effect-exceeds-baseline"] / removed
                change = {f"outcomes.{outcome.id}.evidence_adjustment": at_most}
            yield Hit(f"outcomes.{outcome.id}.effect", {"outcome": outcome.name, "r": removed}, change=change)


TRAPS: Final = (
    Trap(
        "within-group-effect",
        "serious",
        _within_group,
        "Högström m.fl. 2017",
        "https://link.springer.com/article/10.1007/s10802-016-0178-0",
    ),
    Trap("odds-ratio-as-risk-ratio", "serious", _odds_ratio, "Wilson m.fl. 2011 (Campbell 2011:8)"),
    Trap(
        "inverted-ratio",
        "serious",
        _inverted,
        "Kärnä m.fl. 2011",
        "https://research.utu.fi/converis/portal/detail/Publication/3621330",
    ),
    Trap("smd-without-baseline", "serious", _smd_without_level, "Chinn 2000, Statistics in Medicine 19:3127–3131"),
    Trap(
        "effect-includes-null",
        "warning",
        _includes_null,
        "Axford m.fl. 2020",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC7305088",
    ),
    Trap("effect-larger-than-evidence", "serious", _larger_than_known),
    Trap("zero-width-interval", "serious", from_warning("zero-width-interval")),
    Trap(
        "certain-effect",
        "warning",
        from_warning("certain-effect", _priced_effect),
        "TLV:s krav på känslighetsanalys",
        "https://www.ispor.org/PEguidelines/countrydet.asp?c=21&t=1",
    ),
    Trap("effect-exceeds-baseline", "serious", _exceeds_baseline),
)
