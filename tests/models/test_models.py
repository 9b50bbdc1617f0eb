"""The worked cases as a set: all there, all computable, honest about what is uncertain, true to the invariants."""

from __future__ import annotations

import math
import re
from collections import defaultdict

import numpy as np
import pytest

from socio_calc.analysis import information
from socio_calc.analysis.decision import roll_out
from socio_calc.analysis.focus import ordinary_draws
from socio_calc.appraisal import Appraisal
from socio_calc.case import Case, Fixed, Outcome, Pert, read_document
from socio_calc.review import Review
from socio_calc.templates import ModelFigures, index_rows, model_figures
from tests.models.conftest import MODELS, SLUGS, review_of, script

LARGEST_CASE = 400


def test_every_case_has_a_file_a_card_and_a_row_of_the_index() -> None:
    assert {path.stem for path in MODELS.glob("*.yaml")} == set(SLUGS)
    assert {path.stem for path in MODELS.glob("*.md")} == set(SLUGS)
    assert tuple(row["slug"] for row in index_rows(MODELS)) == SLUGS


def test_the_two_languages_of_the_index_are_filled_in() -> None:
    for row in index_rows(MODELS):
        assert all(value.strip() for value in row.values()), row["slug"]
        assert row["target_sv"] != row["target_en"]


def test_every_figure_of_the_result_exists(review: Review) -> None:
    for measure in ("npv", "pv_costs", "pv_effects"):
        row = review.appraisal.result(measure)
        assert row.base is not None and math.isfinite(row.base)
        assert row.p5 is not None and row.p95 is not None and row.p5 < row.p95


def test_the_parties_sum_to_society_in_every_year(review: Review) -> None:
    by_year: dict[int, float] = defaultdict(float)
    for flow in review.appraisal.flow_rows:
        by_year[flow.year] += flow.base
    society = review.appraisal.figures.net_by_year("societal")
    discount = review.appraisal.plan.discount
    for year, amount in enumerate(society):
        assert by_year[year] * discount[year] == pytest.approx(float(amount), rel=1e-9, abs=1e-6)
    parties = sum(payer.net for payer in review.appraisal.payers())
    assert parties == pytest.approx(review.appraisal.base(), rel=1e-9)


def test_a_transfer_adds_nothing_to_society(review: Review) -> None:
    moved = sum(flow.base for flow in review.appraisal.flow_rows if flow.kind == "transfer")
    assert moved == pytest.approx(0.0, abs=1e-6)


def test_what_is_uncertain_is_written_so(review: Review) -> None:
    case = review.appraisal.case
    for cohort in case.participants:
        assert not isinstance(cohort.number, Fixed)
    for outcome in case.outcomes:
        assert _is_uncertain(outcome), outcome.id
    for cost in case.costs:
        parts = [part for part in (cost.amount, cost.hours, cost.wage, cost.quantity) if part is not None]
        assert any(not isinstance(part, Fixed) for part in parts), cost.name


def _is_uncertain(outcome: Outcome) -> bool:
    ordinary = outcome.ordinary
    levels = ordinary if isinstance(ordinary, tuple) else (ordinary,)
    return not isinstance(outcome.effect.value, Fixed) and all(not isinstance(level, Fixed) for level in levels)


def test_no_effect_lasts_longer_than_somebody_looked(review: Review) -> None:
    """Years of effect beyond the follow-up of the evidence row are few, and the card says why."""
    for outcome in review.appraisal.case.outcomes:
        assert outcome.level == "event" or (outcome.lasts or 0) <= 4, outcome.id
        assert outcome.holds is None or not isinstance(outcome.holds, str), f"{outcome.id} holds for ever"


def test_scenarios_bracket_the_base_case(review: Review) -> None:
    figures = _figures(review.appraisal)
    rows = {row.name: row for row in figures.scenarios}
    assert {"cautious", "hopeful"} <= rows.keys()
    # A case whose priced effects are costs (Förenade i rörelse) is a little cheaper without them.
    slack = 0.02 * figures.cost
    assert rows["cautious"].npv <= rows[None].npv + slack
    assert rows["hopeful"].npv > rows[None].npv
    assert rows["hopeful"].probability >= rows[None].probability >= rows["cautious"].probability - 0.001


def test_the_decision_can_be_computed(review: Review) -> None:
    question = roll_out(review.appraisal)
    assert question.decision is not None and question.cohorts > 1
    net_benefit = question.net_benefit(ordinary_draws(review.appraisal.simulation))
    assert np.isfinite(net_benefit).all() and float(np.ptp(net_benefit)) > 0
    if (net_benefit > 0).all() or (net_benefit <= 0).all():
        assert _figures(review.appraisal).evpi == 0, "nothing can change a decision that is certain"


@pytest.mark.parametrize("slug", ["skolnarvaro"], indirect=True)
def test_measuring_is_worth_most_where_the_result_hangs_in_the_balance(review: Review) -> None:
    known = information(review.appraisal)
    assert known.evpi == pytest.approx(_figures(review.appraisal).evpi, rel=1e-6)
    assert known.evppi[0].quantity == "outcomes.eligibility.effect.value"
    others = [_figures(review_of(slug).appraisal).evpi for slug in SLUGS if slug != "skolnarvaro"]
    assert all(known.evpi > other for other in others)


def test_some_effects_have_no_price_and_are_named(review: Review) -> None:
    assert len(review.appraisal.case.not_valued) >= 4


#: Orders to the one who fills in the file; they stand in its comments, since a report prints the rest.
_ORDERS = re.compile(r"\b(Ersätt|ersätts med|ersättas med|[Bb]yt ut|[Tt]a reda på|[Ff]yll i)\b")


def test_a_report_prints_no_orders_to_the_applicant(slug: str) -> None:
    found = [text for text in _texts(read_document(MODELS / f"{slug}.yaml").data) if _ORDERS.search(text)]
    assert found == []


def _texts(data: object) -> list[str]:
    if isinstance(data, dict):
        return [text for value in data.values() for text in _texts(value)]
    if isinstance(data, list):
        return [text for value in data for text in _texts(value)]
    return [data] if isinstance(data, str) else []


#: Target groups that a source has counted, by the row of the base.
_PARTICIPANTS = re.compile(r"participants\.\d+\.number")
_COUNTED_GROUPS = {"las-pa-recept": "lpr-reach"}


def test_the_target_group_is_no_larger_than_is_known(slug: str, review: Review) -> None:
    """Its size is counted by a source, or the smallest number that the highest number of participants presupposes.

    A scenario with more participants presupposes them too.
    """
    case = review.appraisal.case
    assert case.application is not None and case.application.target_group is not None
    numbers = [cohort.number for cohort in case.participants]
    most = sum(number.high for number in numbers if isinstance(number, Pert))
    for changes in case.scenarios.values():
        most = max(most, sum(float(n) for path, n in changes.items() if _PARTICIPANTS.fullmatch(path)))  # type: ignore[arg-type]
    if slug in _COUNTED_GROUPS:
        most = review.appraisal.reference.evidence[_COUNTED_GROUPS[slug]].estimate or 0.0
    assert case.application.target_group.size == most


@pytest.mark.parametrize("slug", ["kiva", "vaxa-ambassadorerna"], indirect=True)
def test_who_is_counted_again_the_next_year_is_said_where_a_reader_sees_it(review: Review) -> None:
    case = review.appraisal.case
    assert case.application is not None and case.application.target_group is not None
    assert "kan räknas i flera år" in (case.description or "")
    assert "räknas en gång för varje" in (case.application.target_group.description or "")


def test_deadweight_is_not_taken_twice(review: Review) -> None:
    case = review.appraisal.case
    for source in (*case.outcomes, *case.pathways):
        grade = source.evidence.grade if source.evidence is not None else "judgement"
        if grade in ("systematic_review", "rct", "quasi_experiment"):
            assert source.deadweight == Fixed(value=0) and source.attribution == Fixed(value=1)
        elif source.evidence_adjustment != Fixed(value=1):
            assert grade == "judgement", "caution lies in the interval or in the adjustment, not in both"


def test_a_case_is_no_larger_than_one_can_read() -> None:
    for slug in SLUGS:
        assert len((MODELS / f"{slug}.yaml").read_text("utf-8").splitlines()) <= LARGEST_CASE + 50, slug


def test_cards_and_figures_are_those_of_a_fresh_run(slug: str, review: Review) -> None:
    cards = script("make_model_cards")
    figures = _figures(review.appraisal)
    card = (MODELS / f"{slug}.md").read_text("utf-8")
    assert cards.card(card, figures) == card, "run: python docs/make_model_cards.py"


def test_the_list_of_models_shows_a_fresh_run() -> None:
    cards = script("make_model_cards")
    figures = {slug: _figures(review_of(slug).appraisal) for slug in SLUGS}
    assert cards.figures_file(figures) == (MODELS / "figures.json").read_text("utf-8"), (
        "run: python docs/make_model_cards.py"
    )


_FIGURES: dict[str, ModelFigures] = {}


def _figures(appraisal: Appraisal) -> ModelFigures:
    """Return the figures of a case, computed once in a session."""
    if appraisal.case_sha256 not in _FIGURES:
        _FIGURES[appraisal.case_sha256] = model_figures(appraisal)
    return _FIGURES[appraisal.case_sha256]


def test_the_page_of_all_models_is_that_of_a_fresh_run() -> None:
    page = script("make_models_page")
    rows = page.compared()
    assert page.page(rows) == page.PAGE.read_text("utf-8"), "run: python docs/make_models_page.py"
    assert page.chart(rows) == page.CHART.read_text("utf-8"), "run: python docs/make_models_page.py"
    assert len(rows) == 16 and "Sexton" in page.page(rows)


def test_the_page_warns_against_ranking_by_one_number() -> None:
    text = (MODELS.parent / "docs" / "models.md").read_text("utf-8")
    assert "En rangordning efter ett tal är inte ett beslut" in text


def test_the_taxes_are_those_of_the_place(review: Review) -> None:
    """A case in Västra Götaland uses that region's rates; the base's own are Gävle's."""
    case: Case = review.appraisal.case
    if case.application is not None and case.application.fund == "vgr" and _has_taxes(review.appraisal):
        assert case.taxes.regional == 0.1148 and case.taxes.equalisation.regional == 0.0967


def _has_taxes(appraisal: Appraisal) -> bool:
    return appraisal.local_tax != (0.0, 0.0)
