"""Plausibility of the result: what carries it, whom it suits, how sure it is, and what the applicant says of it."""

from __future__ import annotations

from typing import Final

from socio_calc.analysis.focus import Focus
from socio_calc.analysis.tornado import tornado
from socio_calc.appraisal.effect_warnings import WEAK_GRADES
from socio_calc.engine.ledger import PRODUCTION_KINDS
from socio_calc.review.hit import UNTESTED, Found, Hit, Trap
from socio_calc.review.scene import Scene
from socio_calc.review.stated import check_stated
from socio_calc.review.trap_limits import LIMITS
from socio_calc.review.trap_warnings import from_warning


def _one_price(scene: Scene) -> Found:
    gross = scene.gain_to_share
    told = any(warning.code == "production-dominates" for warning in scene.appraisal.warnings)
    for priced in scene.priced:
        if told and priced.line.kind in PRODUCTION_KINDS:
            continue  # `production-dominates` says the same of this price
        if len(scene.priced) > 1 and gross > 0 and priced.gain > LIMITS["one-price-dominates"] * gross:
            yield Hit(priced.path, {"s": priced.gain / gross, "c": priced.item.name})


def _high_ratio(scene: Scene) -> Found:
    ratio = scene.appraisal.result("bcr").base
    if ratio is None or not scene.priced:
        return
    largest = max(scene.priced, key=lambda priced: priced.gain)
    evidence = largest.owner.evidence
    weak_grade = evidence is not None and evidence.grade in WEAK_GRADES
    weak = weak_grade and ratio > LIMITS["high-ratio-weak-evidence:weak"]
    if weak or ratio > LIMITS["high-ratio-weak-evidence:any"]:
        yield Hit(f"{scene.path_of(largest.owner)}.evidence", {"bcr": ratio})


def _stated(scene: Scene) -> Found:
    for checked in check_stated(scene.appraisal):
        if checked.agreement == "different":
            params = {
                "measure": checked.stated.measure,
                "perspective": checked.stated.perspective,
                "h": checked.stated.horizon,
                "s": checked.told(checked.stated.value),
                "r": checked.told(checked.computed),
            }
            yield Hit(checked.path, params)


def _main_driver(scene: Scene) -> Found:
    followup = () if scene.application is None else scene.application.followup
    if not scene.appraisal.plan.columns:
        return  # nothing is uncertain
    if not followup:
        yield UNTESTED
        return
    key = tornado(Focus(scene.appraisal, "societal", scene.appraisal.longest))[0].quantity
    owner = _outcome_of(scene, key)
    carrying = {
        owner.id for owner in scene.case.changed if scene.share_of_gain(owner) >= LIMITS["followup-before-gain:outcome"]
    }
    # An outcome that carries most of the gain is told by `followup-before-gain`.
    if owner is not None and owner not in {row.outcome for row in followup} | carrying:
        yield Hit("application.followup", {"quantity": key})


def _outcome_of(scene: Scene, key: str) -> str | None:
    """Return the outcome or pathway that an uncertain quantity belongs to, None for costs, prices and shared ones."""
    parts = key.split(".")
    if parts[0] in ("outcomes", "pathways"):
        return parts[1]
    kind, _, rest = key.partition(":")
    row, plan = rest.partition(":")[0], scene.appraisal.plan
    named = [outcome.id for outcome in plan.outcomes if outcome.evidence_id == row]
    named += [pathway.id for pathway in plan.pathways if row in pathway.evidence_ids]
    return named[0] if kind == "evidence" and len(named) == 1 else None


TRAPS: Final = (
    Trap(
        "production-dominates",
        "warning",
        from_warning("production-dominates"),
        "ISPOR Europe 2025, How Societal Is Sweden?",
    ),
    Trap("payer-mismatch", "warning", from_warning("payer-mismatch"), "Park m.fl. 2022; Johansson m.fl. 2008"),
    Trap("one-price-dominates", "note", _one_price),
    Trap(
        "high-ratio-weak-evidence",
        "serious",
        _high_ratio,
        "WSIPP, program 82",
        "http://wsipp.wa.gov/BenefitCost/Program/82",
    ),
    Trap("stated-differs", "serious", _stated),
    Trap("probability-low", "warning", from_warning("probability-low"), "BMJ Open 2017;7:e016732"),
    Trap("main-driver-not-followed", "note", _main_driver),
    Trap("nothing-unvalued", "note", from_warning("nothing-unvalued")),
)
