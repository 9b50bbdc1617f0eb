"""Warnings about the effects of a calculation: certain, not shown to differ from none, measured abroad, weak."""

from __future__ import annotations

from collections.abc import Iterator

from socio_calc.appraisal.appraisal import Appraisal
from socio_calc.appraisal.result import ResultWarning
from socio_calc.case import Estimate, EvidenceRef, Fixed, StatedEffect, stated_effects
from socio_calc.engine.effects import RATIO_MEASURES

Found = Iterator[ResultWarning]

#: Grades without a comparison group (METHOD_NOTES §4).
WEAK_GRADES = frozenset({"before_after", "proven_experience", "judgement"})


def certain_effects(appraisal: Appraisal) -> Found:
    """Name the numbers whose interval has no width, and the effects without one."""
    notices = appraisal.plan.notices
    for notice in notices:
        if notice.code == "zero-width-interval":
            yield ResultWarning(notice.code, notice.path, {"q": notice.path})
    for stated in stated_effects(appraisal.case):
        without = any(notice.code == "certain-effect" and notice.path == stated.path for notice in notices)
        if isinstance(stated.value, Fixed) or without:
            yield ResultWarning("certain-effect", stated.path, {"outcome": stated.name})


def weak_evidence(appraisal: Appraisal) -> Found:
    """Say what a sign of the result does not mean, given how the effects were shown."""
    net = appraisal.base()
    changed = (*appraisal.stated_outcomes, *appraisal.case.pathways)
    grades = [each.evidence.grade for each in changed if each.evidence is not None]
    if net < 0:
        yield ResultWarning("negative-not-bad")
    if net > 0 and grades and all(grade in WEAK_GRADES for grade in grades):
        yield ResultWarning("positive-not-proof")
    ratio = appraisal.result("bcr").base
    if "judgement" in grades and ratio is not None and ratio > 2:
        yield ResultWarning("early-not-always")


def effects_that_may_be_none(appraisal: Appraisal) -> Found:
    """Name the effects whose interval includes no effect."""
    for stated in stated_effects(appraisal.case):
        interval = _interval(appraisal, stated)
        if interval is None or stated.effect.measure == "level":
            continue
        nothing = 1.0 if stated.effect.measure in RATIO_MEASURES else 0.0
        if interval[0] <= nothing <= interval[1]:
            params = {"outcome": stated.name, "low": interval[0], "high": interval[1]}
            yield ResultWarning("effect-includes-null", stated.path, params)


def foreign_effects(appraisal: Appraisal) -> Found:
    """Name the effects that were measured abroad and are taken as they are."""
    for stated in stated_effects(appraisal.case):
        if not isinstance(stated.value, EvidenceRef) or stated.owner.evidence_adjustment != Fixed(value=1):
            continue
        if stated.grade == "systematic_review":
            continue  # many countries weighed together: no one of them to adjust from
        country = appraisal.reference.evidence[stated.value.evidence].country
        if country and country not in ("Sverige", "Sweden", "SE"):
            params = {"outcome": stated.name, "country": country}
            yield ResultWarning("foreign-effect-unadjusted", f"{stated.owner_path}.evidence_adjustment", params)


def _interval(appraisal: Appraisal, stated: StatedEffect) -> tuple[float, float] | None:
    """Return the 95 % interval of an effect, None where it has none."""
    value = stated.value
    if isinstance(value, Estimate):
        return value.ci
    if isinstance(value, EvidenceRef):
        row = appraisal.reference.evidence[value.evidence]
        if row.ci_low is not None and row.ci_high is not None:
            percent = row.measure == "percent"
            return (1 + row.ci_low / 100, 1 + row.ci_high / 100) if percent else (row.ci_low, row.ci_high)
    return None
