"""Every trap fires on its own case and not on the one beside it."""

import pytest

from socio_calc.appraisal.export import readable_params
from socio_calc.locale import texts
from socio_calc.review.effect import effect_of
from socio_calc.review.finding import Finding
from socio_calc.review.traps import TRAP_OF, TRAPS
from socio_calc.review.wording import worded
from tests.review.cases import GONE, codes, evidence, hits, scene_of, untested
from tests.review.trap_cases import BESIDE, CASES, FROM_TRIAL, MORE, OUT, data_of, line, lines

#: Tested apart: it needs a fund and an early stage.
APART = {"grant-over-half"}


def test_every_trap_has_its_cases():
    assert set(TRAP_OF) == set(CASES) | APART
    assert len(TRAPS) == len(TRAP_OF)


def test_nothing_is_found_in_the_clean_case():
    assert codes(scene_of()) == []


@pytest.mark.parametrize("code", CASES)
def test_the_trap_is_found_and_can_be_said(code):
    changes, reference = CASES[code][0]
    scene = scene_of(data_of(changes), reference)
    found = hits(code, scene)
    assert found, code
    assert set(codes(scene)) == {code} | BESIDE.get(code, set())
    for hit in found:
        finding = Finding(code, "finding", hit.severity or TRAP_OF[code].severity, params=hit.params)
        for lang in ("sv", "en"):
            said = worded(finding, scene.appraisal, lang)
            assert said.what and said.why and said.remedy
            assert "{" not in said.message + said.remedy and "None" not in said.message
            asks_well(code, scene, hit, lang)
        if hit.change:
            assert effect_of(scene, hit.change) is not None, hit.change


def asks_well(code, scene, hit, lang):
    """Ask about it as the letter does, in one language."""
    asked = texts(lang).t(f"letter.question.{code}", **readable_params(scene.appraisal, hit.params, lang))
    assert "?" in asked and "{" not in asked and "None" not in asked and "–," not in asked


@pytest.mark.parametrize("code", CASES)
def test_nearby_nothing_is_found(code):
    changes, reference = CASES[code][1]
    assert hits(code, scene_of(data_of(changes), reference)) == []


@pytest.mark.parametrize(("code", "triggers", "nearby"), MORE)
def test_the_second_way_to_a_trap(code, triggers, nearby):
    changes, reference = triggers
    scene = scene_of(data_of(changes), reference)
    (hit,) = hits(code, scene)
    for lang in ("sv", "en"):
        said = worded(Finding(code, "finding", TRAP_OF[code].severity, params=hit.params), scene.appraisal, lang)
        assert said.what.endswith(".") and said.remedy.endswith(".") and "–" not in said.what
        asks_well(code, scene, hit, lang)
    if hit.change:
        assert effect_of(scene, hit.change) is not None
    changes, reference = nearby
    assert hits(code, scene_of(data_of(changes), reference)) == []


@pytest.mark.parametrize("code", [*CASES, *APART])
def test_every_trap_has_three_texts_in_both_languages(code):
    for part in ("what", "why", "remedy"):
        sv, en = (texts(lang).has(f"trap.{code}.{part}") for lang in ("sv", "en"))
        assert sv and en


def test_a_price_that_is_the_production_is_not_told_twice():
    scene = scene_of(data_of(lines(line("Arbete", "production_loss", 20_000_000))))
    assert "production-dominates" in codes(scene) and "one-price-dominates" not in codes(scene)
    care = scene_of(data_of(lines(line("Vård", amount=20_000_000))))
    assert "one-price-dominates" in codes(care) and "production-dominates" not in codes(care)


def test_a_source_for_everyone_completing_is_an_answer():
    unsaid = {"completion": 1, f"{OUT}.evidence.grade": "quasi_experiment"}
    said = unsaid | {"completion": {"value": 1, "source": "Effekten är mätt på alla som erbjöds insatsen"}}
    assert hits("everyone-completes", scene_of(data_of(unsaid)))
    assert hits("everyone-completes", scene_of(data_of(said))) == []


def test_shares_of_the_gains_are_told_only_where_losses_leave_a_gain():
    work = line("Arbete", "production_loss", 20_000_000)
    loss = line("Vård") | {"price": {"low": -16e6, "mode": -15e6, "high": -14e6, "source": "Kommunens statistik"}}
    for gains, shared in (([work], True), ([work, loss], False)):
        scene = scene_of(data_of(lines(*gains)))
        (warning,) = (item for item in scene.appraisal.warnings if item.code == "production-dominates")
        assert ("share" in warning.params) == shared and ("amount" in warning.params) != shared
        (hit,) = hits("production-dominates", scene)
        for lang, amount in (("sv", "Värdet av arbete är"), ("en", "The value of work is")):
            said = worded(
                Finding("production-dominates", "finding", "warning", params=hit.params), scene.appraisal, lang
            )
            assert ("%" in said.what) == shared and said.what.startswith(amount) != shared
            asks_well("production-dominates", scene, hit, lang)
        assert (scene.gain_to_share > 0) == shared
        assert hits("one-price-dominates", scene) == []


def test_a_cost_per_participant_is_told_as_low_or_as_high():
    high = (90_000, "ovanligt mycket: mer än", "unusually much: more than")
    low = (1, "ovanligt lite: mindre än", "unusually little: less than")
    for hours, sv, en in (high, low):
        scene = scene_of(data_of({"costs.0.hours": hours, "costs.1.hours": hours}))
        (hit,) = hits("cost-per-participant-unusual", scene)
        finding = Finding("cost-per-participant-unusual", "finding", "note", params=hit.params)
        assert sv in worded(finding, scene.appraisal, "sv").why and en in worded(finding, scene.appraisal, "en").why
        assert "lite eller mycket" not in worded(finding, scene.appraisal, "sv").why


def test_parties_that_pay_for_the_same_gain_are_told_together():
    to_state = {f"{OUT}.consequences.{index}.payer": "stat" for index in (0, 1)}
    scene = scene_of(data_of(to_state | {"application.applied": GONE, "costs.0.funding": GONE, "costs.0.funder": GONE}))
    (hit,) = hits("payer-mismatch", scene)
    assert hit.params["payer"] == ("kommun", "region") and hit.params["winner"] == "stat"
    rows = {row.actor: row for row in scene.appraisal.payers()}
    assert hit.params["cost"] == rows["kommun"].cost + rows["region"].cost
    said = worded(Finding("payer-mismatch", "finding", "warning", params=hit.params), scene.appraisal, "sv")
    assert said.what.startswith("Kommunen och regionen betalar ")
    said = worded(Finding("payer-mismatch", "finding", "warning", params=hit.params), scene.appraisal, "en")
    assert said.what.startswith("The municipality and the region pay ")


@pytest.mark.parametrize("grade", ["judgement", "proven_experience"])
@pytest.mark.parametrize("code", ["developer-trial-unadjusted", "waitlist-comparator", "age-outside-evidence"])
def test_what_is_stated_as_ones_own_is_not_asked_who_studied_it(code, grade):
    unknown = evidence(developer_run=None, comparator="", age_min=None, age_max=None)
    leaning = {f"{OUT}.evidence.sources": ["trial"]}
    assert untested(code, scene_of(data_of(leaning), unknown))
    assert not untested(code, scene_of(data_of(leaning | {f"{OUT}.evidence.grade": grade}), unknown))
    # The number itself is taken from the base: then it is a study's, whatever the grade says.
    assert untested(code, scene_of(data_of(FROM_TRIAL | {f"{OUT}.evidence.grade": grade}), unknown))
