"""Plausibility of time: how long effects last, when gains can come, horizons and rates."""

from __future__ import annotations

import math
import re
from typing import Final

from socio_calc.case import Outcome
from socio_calc.review.effect import applicant, changed_figures, net_after
from socio_calc.review.hit import UNTESTED, Found, Hit, Trap, Untested
from socio_calc.review.scene import Owner, Scene
from socio_calc.review.trap_limits import LIMITS

STANDARD_RATE: Final = 0.035
_LATE: Final = frozenset({"education_outcome", "production", "labour_market", "justice"})


def _beyond_evidence(scene: Scene) -> Found:
    for owner in scene.case.changed:
        effects = scene.effects_of(owner)
        if not effects or (isinstance(owner, Outcome) and owner.level == "event"):
            continue
        rows, span = [scene.evidence(stated) for stated in effects], scene.span(owner)
        followed = [row.followup_months for row in rows if row is not None and row.followup_months is not None]
        months = max(followed, default=None)
        if months is not None:
            beyond = span * 12 > months + LIMITS["effect-beyond-evidence"]
            measured = math.ceil(months / 12)
        else:
            strong = effects[0].grade in ("systematic_review", "rct")
            measured = int(LIMITS[f"effect-beyond-evidence:{'trial' if strong else 'other'}-years"])
            beyond = span > measured
        if beyond:
            path = f"{scene.path_of(owner)}.lasts"
            change = {path: owner.lag + max(measured, 1)}
            params = {"outcome": owner.name, "span": span, "f": months, "share": _share_lost(scene, change)}
            yield Hit(path, params, change=change)


def _share_lost(scene: Scene, change: dict[str, int]) -> float | None:
    """Return the share of society's gain from effects that a change takes away; None where no share can be told."""
    figures, before = changed_figures(scene, change), scene.gain_to_share
    if figures is None or before <= 0:
        return None
    lines = zip(figures.lines, figures.discounted, strict=True)
    after = sum(max(float(gains.sum()), 0.0) for line, gains in lines if line.source != "cost")
    return max(0.0, 1.0 - after / before)


def _no_fading(scene: Scene) -> Found:
    for owner in scene.case.changed:
        rows, span = [scene.evidence(stated) for stated in scene.effects_of(owner)], scene.span(owner)
        parenting = any(row is not None and row.intervention.startswith("parenting") for row in rows)
        if not rows or parenting or _is_final(owner):
            continue
        constant = owner.holds == "open" or (owner.fades is not None and owner.fades.shape == "none")
        if constant and span >= LIMITS["no-fading"]:
            yield Hit(f"{scene.path_of(owner)}.fades", {"outcome": owner.name, "span": span})


def _is_final(owner: Owner) -> bool:
    """Say whether what is changed happens once and then stands: an event, or the way into an end state."""
    if isinstance(owner, Outcome):
        return owner.level == "event"
    return all(effect.to not in owner.transitions for effect in owner.effects)


def _too_early(scene: Scene) -> Found:
    age = scene.entry_age()
    for priced in scene.priced:
        if priced.row is None or priced.row.category not in _LATE:
            continue
        if age is None:
            yield Untested(name=priced.item.name)
            continue
        rows = [scene.evidence(stated) for stated in scene.effects_of(priced.owner)]
        then = age + priced.owner.lag + priced.item.delay
        active = any(row is not None and row.intervention == "labour market activation" for row in rows)
        slow = active and priced.owner.lag == 0
        if then < LIMITS["gain-too-early"] or slow:
            path = f"{priced.path}.delay"
            delay = math.ceil(LIMITS["gain-too-early"] - age - priced.owner.lag)
            params = {"outcome": priced.owner.name, "c": priced.item.name, "age": then}
            change = {path: delay} if delay > priced.item.delay else {}
            if slow:
                change[f"{scene.path_of(priced.owner)}.lag"] = int(LIMITS["gain-too-early:activation-lag"])
            yield Hit(path, params, change=change)


def _only_long(scene: Scene) -> Found:
    horizons = scene.appraisal.horizons
    if min(horizons) >= LIMITS["only-long-horizon"] or len(horizons) == 1:
        yield Hit("horizons", {})


def _very_long(scene: Scene) -> Found:
    years, measured = scene.appraisal.longest, int(LIMITS["very-long-horizon:measured"])
    if years <= measured:
        return
    gross, late = scene.gain_to_share, _gain_after(scene, measured)
    share = late / gross if gross > 0 else 0.0
    rows = [scene.evidence(stated) for stated in scene.effects]
    known = any(row is not None and (row.followup_months or 0) > 12 * measured for row in rows)
    late_gain = share > LIMITS["very-long-horizon:share"] and not known
    if years > LIMITS["very-long-horizon:most"] or late_gain:
        most = measured if late_gain else int(LIMITS["very-long-horizon:most"])
        kept = [horizon for horizon in scene.appraisal.horizons if horizon < most]
        params = {"s": share if late_gain else None, "y": measured, "h": None if late_gain else years}
        yield Hit("horizons", params, change={"horizons": [*kept, most]})


def _gain_after(scene: Scene, year: int) -> float:
    figures = scene.appraisal.figures
    gains = [
        float(by_actor[:, year:].sum())
        for line, by_actor in zip(figures.lines, figures.discounted, strict=True)
        if line.source != "cost" and float(by_actor.sum()) > 0
    ]
    return sum(gains)


def _rate(scene: Scene) -> Found:
    written = scene.case.discount_rate
    rates = [written] if isinstance(written, float) else [step.rate for step in written]
    unusual = [rate for rate in rates if not LIMITS["unusual-rate:low"] <= rate <= LIMITS["unusual-rate:high"]]
    if unusual:
        change = {"discount_rate": STANDARD_RATE}
        nothing = 0.0 in unusual and scene.appraisal.longest > LIMITS["unusual-rate:years"]
        params = {"r": unusual[0], "npv": net_after(scene, change)}
        yield Hit("discount_rate", params, "serious" if nothing else None, change)


def _payback(scene: Scene) -> Found:
    """Society, the public sector or the applicant breaks even only after the grant has ended; the first is told."""
    application, first_year = scene.application, scene.appraisal.first_year
    ends = [year for year, amount in (application.applied.items() if application else ()) if amount > 0]
    grant = scene.appraisal.last_grant_year
    if not ends and grant is None:
        return
    last = max(ends) if ends else first_year + (grant or 0)
    for perspective in dict.fromkeys(("societal", "public", applicant(scene))):
        year = None if perspective is None else scene.appraisal.result("payback_year", perspective).base
        if year is not None and first_year + int(year) - 1 > last:
            yield Hit(None, {"y": first_year + int(year) - 1, "g": last, "perspective": perspective})
            return


def _followup(scene: Scene) -> Found:
    """Follow-up ends before the gains come, or leaves out the outcome that carries most of them (TRAPS 56)."""
    application = scene.application
    rows = () if application is None else application.followup
    gains = _gain_by_year(scene)
    if max(gains, default=0.0) <= 0:
        return  # there is nothing to follow up in SEK
    if application is None or not rows:
        yield UNTESTED
        return
    named = [int(year) for row in rows for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", row.when or "")]
    ends = max(named) if named else None if application.end is None else application.end.year
    first = next(year for year, gain in enumerate(gains) if gain > LIMITS["followup-before-gain:gain"] * max(gains))
    starts = scene.appraisal.first_year + first
    nothing: dict[str, object] = dict.fromkeys(("y1", "y2", "outcome", "s"))
    if ends is not None and starts > ends:
        yield Hit("application.followup", {**nothing, "y1": starts, "y2": ends})
    followed = {row.outcome for row in rows}
    for owner in scene.case.changed:
        share = scene.share_of_gain(owner)
        if share >= LIMITS["followup-before-gain:outcome"] and owner.id not in followed:
            yield Hit("application.followup", {**nothing, "outcome": owner.name, "s": share})


def _gain_by_year(scene: Scene) -> list[float]:
    """Return what society gains by the consequences in each year, discounted SEK; losses are left out."""
    figures = scene.appraisal.figures
    lines = zip(figures.lines, figures.discounted, strict=True)
    gains = [gain.sum(axis=0) for line, gain in lines if line.source != "cost" and float(gain.sum()) > 0]
    return [float(year) for year in sum(gains)] if gains else []


TRAPS: Final = (
    Trap(
        "effect-beyond-evidence",
        "serious",
        _beyond_evidence,
        "Finnegan m.fl. 2019; Hart m.fl. 2023",
        "https://edworkingpapers.com/authors/sha-luo",
    ),
    Trap("no-fading", "warning", _no_fading),
    Trap("gain-too-early", "serious", _too_early, "Card, Kluve och Weber 2018"),
    Trap("only-long-horizon", "serious", _only_long, "SKR, steg 3: effekter på kort och lång sikt"),
    Trap("very-long-horizon", "warning", _very_long, "SIKA 2009:3; Socialstyrelsen i Danmark"),
    Trap("unusual-rate", "warning", _rate),
    Trap(
        "payback-after-grant",
        "warning",
        _payback,
        "Larsson Tholén, Hultkrantz och Persson 2017",
        "https://tidsskrift.dk/njwls/article/view/26817",
    ),
    Trap(
        "followup-before-gain",
        "warning",
        _followup,
        "Resultaten från en unik social investering",
        "https://socialimpactcenter.se/resultaten-fran-en-unik-social-investering/",
    ),
)
