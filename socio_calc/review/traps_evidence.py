"""Plausibility of what an effect rests on: who was studied, against what, and which adjustments were made."""

from __future__ import annotations

import math
import re
from difflib import SequenceMatcher
from typing import Final

from socio_calc.appraisal import ResultWarning
from socio_calc.case import BaselineRef, EvidenceRef, Outcome, StatedEffect, follow
from socio_calc.engine.effects import RATIO_MEASURES
from socio_calc.reference import BaselineRow
from socio_calc.review.hit import UNTESTED, Found, Hit, Trap, Untested
from socio_calc.review.scene import Scene
from socio_calc.review.trap_limits import LIMITS
from socio_calc.review.trap_warnings import from_warning
from socio_calc.review.traps_effects import CONTROLLED

_WAITING = re.compile(r"wait|väntelista|no treatment|no or delayed|ingen insats", re.IGNORECASE)
_ORDINARY_WAITING = re.compile(r"väntelista|ingen insats", re.IGNORECASE)
_COMPLIERS = re.compile(r"complier|\bCACE\b|per[- ]protocol|fullföljde", re.IGNORECASE)
#: Adjusted downwards; "adjusted odds ratio" is adjusted for something else.
_ADJUSTED = re.compile(
    r"(?<!un)\badjusted\b(?! (?:odds|hazard|risk|or\b|for\b))|nedjustera|\bjusterad effekt", re.IGNORECASE
)
_PROXY = re.compile(
    # What a school requires (kunskapskrav) is its result, not a step on the way.
    r"läsvan|lästid|läsfrekvens|läsintresse|skärmtid|kunskap(?!skrav|smål|skriteri)|nöjd|attityd|motivation"
    r"|självtillit|self-eff|reading hab|MVPA|aktivitetsminut",
    re.IGNORECASE,
)
#: What notes of the base say of single, small and weak studies.
_FEW = re.compile(
    r"developer|\bsmall\b|single (?:rct|study|trial)|one (?:small|school|study|trial)|original grade: (?:very )?low\b",
    re.IGNORECASE,
)
_CAUSAL = re.compile(r"causal|quasi|model", re.IGNORECASE)
_WHOLE_COUNTRY: Final = "Sverige"
_LONGEST_NAME: Final = 120
_ADULT_DISEASES: Final = frozenset({"diabetes", "stroke", "dementia", "obesity"})


def _claims_study(stated: StatedEffect) -> bool:
    """Say whether an effect is stated as a study's result, so that what is not known of the study is worth asking.

    A judgement and proven experience may name a study as what they lean on; the number is then still one's own.
    """
    return stated.grade not in ("judgement", "proven_experience") or isinstance(stated.value, EvidenceRef)


def _waitlist(scene: Scene) -> Found:
    ordinary = "" if scene.application is None else scene.application.ordinary_practice or ""
    for stated in scene.effects:
        row = scene.evidence(stated)
        if row is None or not row.comparator:
            if _claims_study(stated):
                yield Untested(name=stated.name)
        elif _WAITING.search(row.comparator) and ordinary and not _ORDINARY_WAITING.search(ordinary):
            if scene.certain(stated.owner.evidence_adjustment, 1.0):
                yield Hit(f"{stated.owner_path}.evidence_adjustment", {"outcome": stated.name})


def _compliers(scene: Scene) -> Found:
    for stated in scene.effects:
        everyone = stated.owner.effect_on == "all" or scene.certain(scene.case.completion, 1.0)
        if everyone and _about_compliers(scene, stated):
            path = f"{stated.owner_path}.effect_on"
            known = stated.owner.effect_on == "all" and not scene.certain(scene.case.completion, 1.0)
            change = {path: "completers"} if known else {}
            yield Hit(stated.path.removesuffix(".value"), {"outcome": stated.name}, change=change)


def _about_compliers(scene: Scene, stated: StatedEffect) -> bool:
    row = scene.evidence(stated)
    return bool(_COMPLIERS.search(f"{scene.texts_of(stated)} {'' if row is None else row.source_title}"))


def _completion_twice(scene: Scene) -> Found:
    completion = scene.central(scene.case.completion)
    for owner in scene.case.changed:
        effects = scene.effects_of(owner)
        if not effects or owner.effect_on != "completers" or completion is None or completion >= 1:
            continue
        about_all = not any(_about_compliers(scene, stated) for stated in effects)
        if effects[0].grade in CONTROLLED and about_all:
            path = f"{scene.path_of(owner)}.effect_on"
            yield Hit(path, {"outcome": owner.name}, change={path: "all"})


def _age(scene: Scene) -> Found:
    group = None if scene.application is None else scene.application.target_group
    for stated in scene.effects:
        row = scene.evidence(stated)
        if row is None or (row.age_min is None and row.age_max is None):
            if _claims_study(stated):
                yield Untested("study", stated.name)
            continue
        if group is None or group.age_min is None or group.age_max is None:
            yield Untested("group")
            continue
        low, high = row.age_min or 0.0, math.inf if row.age_max is None else row.age_max
        # Both ends are whole years of age: a group of one year has the length one.
        inside = min(high, group.age_max) - max(low, group.age_min) + 1
        if inside < LIMITS["age-outside-evidence"] * (group.age_max - group.age_min + 1):
            params = {
                "outcome": stated.name,
                "ea": _ages(row.age_min, row.age_max),
                "ta": _ages(group.age_min, group.age_max),
            }
            yield Hit(stated.path.removesuffix(".value"), params)


def _ages(low: float | None, high: float | None) -> str:
    return f"{'' if low is None else int(low)}–{'' if high is None else int(high)}"


def _double_deadweight(scene: Scene) -> Found:
    for owner in scene.case.changed:
        deadweight, effects = scene.central(owner.deadweight), scene.effects_of(owner)
        if effects and deadweight is not None and deadweight > 0 and effects[0].grade in CONTROLLED:
            path = f"{scene.path_of(owner)}.deadweight"
            yield Hit(path, {"outcome": owner.name, "d": deadweight}, change={path: 0})


def _optimism_twice(scene: Scene) -> Found:
    for owner in scene.case.changed:
        share = scene.central(owner.evidence_adjustment)
        if share is not None and share < 1 and any(_is_lowered(scene, stated) for stated in scene.effects_of(owner)):
            path = f"{scene.path_of(owner)}.evidence_adjustment"
            yield Hit(path, {"outcome": owner.name, "e": share}, change={path: 1})


def _is_lowered(scene: Scene, stated: StatedEffect) -> bool:
    """Say whether an effect is adjusted downwards already, by its study or by who wrote the case."""
    row, measure = scene.evidence(stated), stated.effect.measure
    smaller = (
        row is not None
        and row.estimate is not None
        and row.measure == measure
        and _strength(scene.effect_value(stated), measure) < 0.6 * _strength(row.estimate, measure)
    )
    return bool((row is not None and row.adjusted) or smaller or _ADJUSTED.search(scene.texts_of(stated)))


def _strength(value: float, measure: str) -> float:
    return abs(math.log(value)) if measure in RATIO_MEASURES and value > 0 else abs(value)


def _developer(scene: Scene) -> Found:
    for stated in scene.effects:
        row = scene.evidence(stated)
        if stated.grade == "systematic_review":
            continue
        # A judgement says itself that it is no study's result.
        from_study = stated.grade in CONTROLLED or stated.grade == "before_after"
        few = from_study and row is not None and row.grade != "systematic_review" and bool(_FEW.search(row.note))
        if row is None or (row.developer_run is None and not few):
            if _claims_study(stated):
                yield Untested(name=stated.name)
        elif (row.developer_run or few) and scene.certain(stated.owner.evidence_adjustment, 1.0):
            path = f"{stated.owner_path}.evidence_adjustment"
            value = LIMITS["developer-trial-unadjusted:trial-value"]
            yield Hit(path, {"outcome": stated.name, "e": value}, change={path: value})


def _proxy(scene: Scene) -> Found:
    for outcome in scene.case.outcomes:
        row = scene.evidence(scene.effects_of(outcome)[0])
        named = f"{outcome.name} {'' if row is None else f'{row.outcome_sv} {row.outcome_en}'}"
        valued = any(item.price is not None for item in outcome.consequences)
        if valued and ((row is not None and row.proxy) or _PROXY.search(named)):
            path = f"outcomes.{outcome.id}.consequences"
            yield Hit(path, {"outcome": outcome.name}, change={path: []})


def _adult_risk(scene: Scene) -> Found:
    group = None if scene.application is None else scene.application.target_group
    age = scene.entry_age()
    for priced in scene.priced:
        if priced.row is None or priced.row.category not in _ADULT_DISEASES:
            continue
        if group is None or group.age_max is None or age is None:
            yield Untested(name=priced.item.name)
            continue
        then = age + priced.owner.lag + priced.item.delay
        if group.age_max < LIMITS["adult-risk-on-children:adult"] and then < LIMITS["adult-risk-on-children:age"]:
            params = {"outcome": priced.owner.name, "age": then}
            yield Hit(priced.path, params, change=scene.without(priced))


def _association(scene: Scene) -> Found:
    for stated in scene.effects:
        row, owner = scene.evidence(stated), stated.owner
        if row is None or not row.id.startswith("link-") or _CAUSAL.search(row.grade):
            continue
        attributed, counted = scene.central(owner.attribution), scene.central(owner.evidence_adjustment)
        if attributed is not None and counted is not None and attributed * counted > LIMITS["association-as-cause"]:
            yield Hit(f"{stated.owner_path}.attribution", {"outcome": stated.name})


def _comparator(scene: Scene) -> Found:
    if scene.application is None:
        yield UNTESTED
    else:
        words = len((scene.application.ordinary_practice or "").split())
        if words < LIMITS["missing-comparator"]:
            yield Hit("application.ordinary_practice", {"outcome": None})
    for outcome in scene.case.outcomes:
        if (
            outcome.better == "lower"
            and outcome.level != "amount"
            and max(scene.levels(scene.effects_of(outcome)[0])) == 0.0
        ):
            yield Hit(f"outcomes.{outcome.id}.ordinary", {"outcome": outcome.name})


def _population(scene: Scene) -> Found:
    group = None if scene.application is None else scene.application.target_group
    risk = None if group is None else group.risk_of_exclusion
    for outcome in scene.case.outcomes:
        listed = outcome.ordinary if isinstance(outcome.ordinary, tuple) else (outcome.ordinary,)
        followed = [follow(quantity, scene.case.quantities) for quantity in listed]
        rows = [scene.base.baselines[item.baseline] for item in followed if isinstance(item, BaselineRef)]
        path = f"outcomes.{outcome.id}.ordinary"
        if rows and risk is None:
            yield Untested(name=outcome.name)
        national = next((row for row in rows if row.region == _WHOLE_COUNTRY), None)
        if national is not None and risk:
            params = {"outcome": outcome.name, "b": national.value, "pop": national.population}
            yield Hit(path, {**params, "name": None, "own": None})
        elif not rows:
            yield from _far_from_known(scene, outcome, path)


def _far_from_known(scene: Scene, outcome: Outcome, path: str) -> Found:
    """Hold a level of one's own against the level of the base that is called the same."""
    level, known = scene.levels(scene.effects_of(outcome)[0])[0], _level_called(scene, outcome)
    if known is None or level <= 0 or known.value <= 0:
        return
    limit = LIMITS["baseline-wrong-population:times"]
    if not 1 / limit <= level / known.value <= limit:
        params = {"outcome": None, "pop": None, "name": outcome.name, "own": level, "row": known.name_sv}
        yield Hit(path, {**params, "b": known.value}, change={path: {"baseline": known.id}})


def _level_called(scene: Scene, outcome: Outcome) -> BaselineRow | None:
    """Return the level of the base with the name of an outcome, None where none is called so."""
    unit = "per person-year" if outcome.level == "rate" else "share" if outcome.level != "amount" else None
    named = [
        (SequenceMatcher(None, _plain_name(outcome.name), _plain_name(name)).ratio(), row)
        for row in scene.base.baselines.values()
        if row.unit == unit
        for name in (row.name_sv, row.name_en)
    ]
    likeness, row = max(named, key=lambda pair: pair[0], default=(0.0, None))
    return row if likeness >= LIMITS["baseline-wrong-population:likeness"] else None


def _plain_name(name: str) -> str:
    """Return a name without case and without what stands in brackets; it is cut, as anyone may have written it."""
    return name.partition(" (")[0].strip().casefold()[:_LONGEST_NAME]


def _one_country(scene: Scene, warning: ResultWarning) -> bool:
    """Leave out reviews of several countries: they are from no country in particular."""
    owner_path = (warning.path or "").rpartition(".")[0]
    grades = {stated.grade for stated in scene.effects if stated.owner_path == owner_path}
    return warning.params["country"] != "several" and "systematic_review" not in grades


TRAPS: Final = (
    Trap(
        "waitlist-comparator",
        "warning",
        _waitlist,
        "Furlong m.fl. 2012 (Cochrane); Fan m.fl. 2022",
        "https://www.frontiersin.org/articles/10.3389/fpsyg.2022.922866/full",
    ),
    Trap(
        "complier-effect",
        "serious",
        _compliers,
        "PATHS, SPR 2019",
        "https://spr.confex.com/spr/spr2019/webprogram/Paper27308.html",
    ),
    Trap("completion-counted-twice", "serious", _completion_twice),
    Trap(
        "age-outside-evidence",
        "warning",
        _age,
        "Sherrington m.fl. 2019 (Cochrane)",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC6360922/table/CD012424-tbl-0013",
    ),
    Trap("double-deadweight", "serious", _double_deadweight),
    Trap(
        "optimism-twice",
        "serious",
        _optimism_twice,
        "WSIPP, program 158",
        "https://wsipp.wa.gov/BenefitCost/Program/158",
    ),
    Trap(
        "developer-trial-unadjusted",
        "warning",
        _developer,
        "Cheung och Slavin 2016",
        "https://doi.org/10.3102/0013189X16656615",
    ),
    Trap(
        "proxy-outcome-valued",
        "serious",
        _proxy,
        "Läs på recept: 135 familjer, före och efter",
        "https://sprakbyggarna.se/2023/10/",
    ),
    Trap("adult-risk-on-children", "serious", _adult_risk, "Lee m.fl. 2012, Lancet 380:219"),
    Trap(
        "association-as-cause",
        "serious",
        _association,
        None,
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC4124891/table/T2",
    ),
    Trap("missing-comparator", "serious", _comparator, "Region Gävleborg, Vad är sociala investeringar?"),
    Trap("baseline-wrong-population", "warning", _population),
    Trap(
        "foreign-effect-unadjusted",
        "warning",
        from_warning("foreign-effect-unadjusted", _one_country),
        "Appl Health Econ Health Policy 2015 (diva2:909294)",
    ),
)
