"""A case from a few answers: every suggestion of the base gives one that can be computed, and says what is assumed."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pytest

from socio_calc.analysis.decision import roll_out
from socio_calc.analysis.focus import Focus
from socio_calc.analysis.scenarios import scenarios
from socio_calc.appraisal import Appraisal, appraise
from socio_calc.case import build_case, parse_document
from socio_calc.locale import LANGUAGES, Language, texts
from socio_calc.reference import EvidenceRow, ReferenceBase, load_reference
from socio_calc.templates import suggestions
from socio_calc.templates.draft import draft, prove
from socio_calc.templates.interview import FUNDS, PARTIES, Answers

TODAY = date(2026, 11, 22)
PLAIN = Answers(
    title='Läxhjälp: "tillsammans" #1',
    organisation="Utbildningsförvaltningen, Ovanåkers kommun",
    actor="kommun",
    first_year=2027,
    years=3,
    participants=40,
    age=None,
    yearly_cost=900_000.0,
    fund=None,
    grant=0.0,
    effect=None,
    outcome="Elever som inte når målen",
    level="probability",
    better="lower",
    baseline=None,
    ordinary=0.3,
    prices=(),
    per_outcome=0.0,
)  # fmt: skip


@pytest.fixture(scope="module")
def base() -> ReferenceBase:
    return load_reference()


def _computed(answers: Answers, base: ReferenceBase, lang: Language = "sv") -> Appraisal:
    text = draft(answers, texts(lang), TODAY)
    prove(text, base)
    return appraise(build_case(parse_document(text.encode(), "new.yaml")), draws=64, reference=base)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_study_a_small_effect_is_assumed(base: ReferenceBase, lang: Language) -> None:
    appraisal = _computed(PLAIN, base, lang)
    case = appraisal.case
    assert case.title == PLAIN.title and len(case.participants) == 3
    (outcome,) = case.outcomes
    assert outcome.evidence.grade == "judgement"
    assert "Antagande" in str(outcome.effect.value) if lang == "sv" else "Assumption" in str(outcome.effect.value)
    row = appraisal.outcome("outcome")
    assert -0.1 * row.ordinary < row.difference < 0


def test_of_what_should_rise_more_is_assumed(base: ReferenceBase) -> None:
    for level in ("probability", "rate"):
        answers = replace(PLAIN, better="higher", level=level, ordinary=0.9)
        assert _computed(answers, base).outcome("outcome").difference > 0


def _usable(base: ReferenceBase) -> list[EvidenceRow]:
    return [row for row in base.evidence.values() if row.usable == "effect" and row.measure != "other"]


def test_every_effect_of_the_base_gives_a_case_that_can_be_computed(base: ReferenceBase) -> None:
    tried = 0
    for row in _usable(base):
        if row.estimate is None:
            continue
        level = suggestions.level_of(row) or "probability"
        ordinary = next((value for value in (0.3, 0.05, 0.6, 0.12) if suggestions.fits(value, level, row)), None)
        if ordinary is None:
            continue
        if level == "amount":
            ordinary = 50.0
        answers = replace(PLAIN, effect=row, level=level, ordinary=ordinary, better=row.better or "lower")
        text = draft(answers, texts("sv"), TODAY)
        prove(text, base)
        (outcome,) = build_case(parse_document(text.encode(), "new.yaml")).outcomes
        assert outcome.lasts == suggestions.years_seen(row)
        assert row.url in outcome.evidence.sources[0]
        tried += 1
    assert tried > 40


def test_a_study_brings_its_effect_and_its_grade(base: ReferenceBase) -> None:
    row = base.evidence["falls-ex-rate-all"]
    answers = replace(PLAIN, effect=row, level="rate", ordinary=0.6, age=82)
    appraisal = _computed(answers, base)
    assert appraisal.case.survival == "sweden"
    assert appraisal.case.outcomes[0].evidence.grade == "systematic_review"
    low, high = appraisal.case.horizons[0], appraisal.case.horizons[-1]
    assert low == 1 and high >= 5


def test_what_several_parties_pay_comes_in_all_its_parts(base: ReferenceBase) -> None:
    parts = suggestions.parts(base, base.costs["fall-hospital-care-region"])
    answers = replace(PLAIN, level="rate", ordinary=0.1, prices=parts, per_outcome=0.05)
    appraisal = _computed(answers, base)
    gains = {payer.actor: payer.effects for payer in appraisal.payers()}
    assert gains["kommun"] > gains["region"] > gains["individ"] > 0


def test_a_price_with_a_link_says_how_much_is_a_cause(base: ReferenceBase) -> None:
    rows = [
        row
        for row in base.costs.values()
        if row.category in suggestions.LINKED and row.use == "default" and row.kind == "resource_cost" and row.payer
    ]
    for row in rows:
        answers = replace(PLAIN, prices=(row,), per_outcome=1.0)
        consequence = _computed(answers, base).case.outcomes[0].consequences[0]
        assert consequence.link == "observational"
    assert rows


@pytest.mark.parametrize("fund", FUNDS)
@pytest.mark.parametrize("actor", PARTIES)
def test_an_application_names_the_fund_and_what_is_applied_for(base: ReferenceBase, fund: str, actor: str) -> None:
    answers = replace(PLAIN, fund=fund, grant=400_000.0, actor=actor)
    appraisal = _computed(answers, base)
    application = appraisal.case.application
    assert application is not None and application.fund == fund
    assert application.applied == {2027: 400_000.0, 2028: 400_000.0, 2029: 400_000.0}
    assert appraisal.grant_pv > 0 and appraisal.funder == "region"
    assert appraisal.base("pv_costs") == pytest.approx(2_600_000, rel=0.03)


def test_the_whole_cost_may_be_applied_for(base: ReferenceBase) -> None:
    appraisal = _computed(replace(PLAIN, fund="vgr", grant=900_000.0), base)
    assert len(appraisal.case.costs) == 1


def test_scenarios_and_decision_of_a_draft_can_be_computed(base: ReferenceBase) -> None:
    measured = replace(PLAIN, effect=base.evidence["kiva-uk-vict-2024"], ordinary=0.08)
    for answers in (PLAIN, measured):
        priced = replace(answers, prices=(base.costs["school-special-support-month"],), per_outcome=6.0)
        appraisal = _computed(priced, base)
        rows = {row.name: row.npv or 0.0 for row in scenarios(Focus(appraisal, "societal", appraisal.longest))}
        assert rows["cautious"] < rows[None] < rows["hopeful"]
        assert roll_out(appraisal).cohorts > 1


def test_each_assumption_says_that_it_is_one() -> None:
    for lang, word in (("sv", "Antagande"), ("en", "Assumption")):
        lines = draft(PLAIN, texts(lang), TODAY).splitlines()
        sources = [line for line in lines if "source:" in line]
        assert sources and all(word in line for line in sources)


def test_the_years_seen_are_whole_and_at_least_one(base: ReferenceBase) -> None:
    for row in _usable(base):
        seen = suggestions.years_seen(row)
        assert seen >= 1 and seen >= (row.followup_months or 0) / 12 and seen == math.ceil(seen)


@pytest.mark.parametrize(
    ("first_year", "call", "start"),
    [(2027, TODAY, date(2027, 1, 1)), (2026, TODAY, TODAY), (2020, date(2020, 1, 1), date(2020, 1, 1))],
)
def test_nothing_starts_before_the_call(base: ReferenceBase, first_year: int, call: date, start: date) -> None:
    application = _computed(replace(PLAIN, fund="gavleborg", grant=4e5, first_year=first_year), base).case.application
    assert application is not None and (application.call, application.start) == (call, start)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_only_shows_where_to_write_never_reaches_the_case(base: ReferenceBase, lang: Language) -> None:
    text = draft(PLAIN, texts(lang), TODAY)
    prompt = texts(lang).t("new.draft.not-valued")
    assert f'# not_valued: ["{prompt}"]' in text
    case = _computed(PLAIN, base, lang).case
    assert case.not_valued == () and prompt not in repr(case)
