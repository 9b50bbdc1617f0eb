"""Every check kind: passes, fails, cannot be decided, does not apply."""

from datetime import date

import pytest
from pydantic import TypeAdapter

from socio_calc.review.calendar_months import months_between
from socio_calc.review.fund_models import KINDS, Check
from socio_calc.review.rule_kinds import Checked, evaluate
from tests.review.cases import CLEAN, GONE, changed, checked_of

A = "application"
PARTIES = CLEAN[A]["organisations"]
COUNT = {"kind": "min_count", "field": "organisations", "distinct": "name", "limit": 2}
ALLOWED = {"kind": "allowed_values", "field": "organisations[].for_profit", "values": [False]}
COUNTY = {
    "kind": "allowed_values",
    "field": "organisations[].county",
    "where": {"sector": "kommun"},
    "values": ["Gävleborg"],
}
OWNER = {
    "kind": "allowed_values",
    "field": "organisations[].sector",
    "where": {"name": {"equals_field": "owner"}},
    "values": ["kommun", "region"],
}
SECTORS = {"kind": "any_sector", "sectors": ["kommun"], "limit": 1}
AGE = {"kind": "in_range", "field": "target_group.age_max", "min": 0, "max": 15}
TEXT = {"kind": "required_text", "fields": ["mechanism"], "min_words": 30}
PLAN = {"kind": "required_text", "fields": ["followup[].baseline", "followup[].when"]}
SHARE = {"kind": "max_share", "part": "applied", "whole": "costs", "limit": 0.5, "per": "total"}
YEARLY = SHARE | {"per": "year"}
OWN = {"kind": "min_share", "part": "own_funding", "whole": "costs", "limit": 0.3, "per": "total"}
CAP = {"kind": "max_per_year", "field": "applied", "limit": 500000}
LONG = {"kind": "max_months", "from": "start", "to": "end", "limit": 36}
AFTER = {"kind": "min_months", "from": "call", "to": "start", "limit": 0}
NPV = {
    "kind": "result",
    "perspective": "societal",
    "measure": "npv",
    "horizon": "longest",
    "statistic": "base",
    "min": 0,
}
TESTED = {"kind": "allowed_values", "field": "method_status", "values": ["testa"]}
MANUAL = {"kind": "manual", "question_sv": "Är behovet angeläget?", "question_en": "Is the need urgent?"}
UNDECIDED, PASSES, FAILS = MANUAL, SECTORS, SECTORS | {"sectors": ["foretag"]}
OTHER = {"kind": "allowed_values", "field": "organisations[].county", "where": {"sector": "stat"}, "values": ["X"]}


def result(check, changes=None, answers=None):
    return evaluate(TypeAdapter(Check).validate_python(check), checked_of(changed(changes or {}), answers), "R-1")


def party(**changes):
    return {f"{A}.organisations": [{**PARTIES[0], **changes}, PARTIES[1]]}


def test_there_are_fifteen_kinds_under_their_own_names():
    assert len(KINDS) == 15
    for kind, model in KINDS.items():
        assert model.model_fields["kind"].annotation.__args__ == (kind,)


@pytest.mark.parametrize(
    ("check", "changes", "status"),
    [
        (CAP, {}, "pass"),
        (CAP, {f"{A}.applied": {"2020": 500_000, "2021": 500_001}}, "fail"),
        (CAP, {f"{A}.applied": GONE}, "undecided"),
        (SHARE, {}, "pass"),
        (SHARE, {f"{A}.applied": {"2020": 657_100}}, "pass"),
        (SHARE, {f"{A}.applied": {"2020": 657_103}}, "fail"),
        (SHARE, {"costs": GONE}, "undecided"),
        (SHARE, {f"{A}.end": GONE}, "undecided"),
        (SHARE, {f"{A}.applied": GONE}, "undecided"),
        (YEARLY, {f"{A}.applied": {"2020": 394_260, "2021": 100_000}}, "fail"),
        (YEARLY, {}, "pass"),
        (YEARLY, {f"{A}.applied": GONE}, "undecided"),
        (OWN, {}, "pass"),
        (OWN, {f"{A}.applied": {"2020": 460_000, "2021": 460_000}}, "fail"),
        (OWN, {f"{A}.start": GONE}, "undecided"),
        (LONG, {f"{A}.start": "2020-01-01", f"{A}.end": "2022-12-31"}, "pass"),
        (LONG, {f"{A}.start": "2020-01-01", f"{A}.end": "2023-01-01"}, "fail"),
        (LONG, {f"{A}.end": GONE}, "undecided"),
        (AFTER, {}, "pass"),
        (AFTER, {f"{A}.call": "2021-10-31", f"{A}.start": "2021-09-01"}, "fail"),
        (AFTER, {f"{A}.start": GONE}, "undecided"),
        (COUNT, {}, "pass"),
        (COUNT, {f"{A}.organisations.1.name": "Skolan"}, "fail"),
        (COUNT, {f"{A}.organisations": GONE}, "undecided"),
        (COUNT, {f"{A}.organisations.1.name": GONE}, "undecided"),
        (COUNT | {"where": {"sector": ["stat", "region"]}}, {}, "fail"),
        (COUNT | {"where": {"sector": "region"}, "limit": 1}, {f"{A}.organisations.1.sector": GONE}, "undecided"),
        ({"kind": "min_count", "field": "attachments", "where": {"value": ["budget"]}, "limit": 1}, {}, "pass"),
        ({"kind": "min_count", "field": "attachments", "where": {"value": ["behovsanalys"]}, "limit": 1}, {}, "fail"),
        ({"kind": "min_count", "field": "case.outcomes[].consequences", "limit": 2}, {}, "pass"),
        (
            {"kind": "min_count", "field": "case.outcomes[].consequences", "limit": 1},
            {"outcomes.leave.consequences": []},
            "fail",
        ),
        (
            {"kind": "min_count", "field": "case.outcomes[].consequences", "limit": 1},
            {"outcomes": [], f"{A}.followup": GONE},
            "undecided",
        ),
        (SECTORS, {}, "pass"),
        (SECTORS | {"limit": 2}, {}, "fail"),
        (SECTORS | {"limit": 2}, {f"{A}.organisations.1.sector": GONE}, "undecided"),
        (SECTORS, {f"{A}.organisations": GONE}, "undecided"),
        (ALLOWED, {}, "pass"),
        (ALLOWED, {f"{A}.organisations.1.for_profit": GONE}, "undecided"),
        (ALLOWED, {f"{A}.organisations.1.for_profit": GONE, f"{A}.organisations.0.for_profit": True}, "fail"),
        (ALLOWED, {f"{A}.organisations": GONE}, "undecided"),
        (COUNTY, {}, "pass"),
        (COUNTY, party(county="Dalarna"), "fail"),
        (COUNTY, party(sector="stat"), "not_applicable"),
        (COUNTY, {f"{A}.organisations.0.sector": GONE, f"{A}.organisations.0.county": "Dalarna"}, "undecided"),
        (OWNER, {}, "pass"),
        (OWNER, {f"{A}.owner": "Hälsan"}, "pass"),
        (OWNER, party(sector="foretag"), "fail"),
        (OWNER, {f"{A}.owner": "En annan"}, "undecided"),
        (AGE, {}, "pass"),
        (AGE, {f"{A}.target_group.age_max": 16}, "fail"),
        (AGE, {f"{A}.target_group": GONE}, "pass"),  # the ages of the participants stand for those of the group
        (AGE, {f"{A}.target_group": GONE, "participants.0.age": GONE}, "undecided"),
        (TEXT, {}, "pass"),
        (TEXT, {f"{A}.mechanism": "Kort."}, "fail"),
        (TEXT, {f"{A}.mechanism": GONE}, "fail"),
        (PLAN, {}, "pass"),
        (PLAN, {f"{A}.followup.1.when": "  "}, "fail"),
        (PLAN, {f"{A}.followup": GONE}, "undecided"),
        (NPV, {}, "pass"),
        (NPV, {"costs.0.hours": 20_000}, "fail"),
        (NPV | {"measure": "irr", "min": 0}, {"costs": GONE, f"{A}.applied": GONE}, "undecided"),
        (NPV | {"horizon": 2}, {}, "undecided"),
        (NPV | {"horizon": "shortest", "max": -1e9, "min": None}, {}, "fail"),
        (NPV | {"statistic": "probability_positive", "min": 0.9}, {}, "pass"),
        ({"kind": "all_of", "checks": [UNDECIDED, FAILS]}, {}, "fail"),
        ({"kind": "all_of", "checks": [UNDECIDED, PASSES]}, {}, "undecided"),
        ({"kind": "all_of", "checks": [PASSES, OTHER]}, {}, "pass"),
        ({"kind": "all_of", "checks": [OTHER]}, {}, "not_applicable"),
        ({"kind": "any_of", "checks": [UNDECIDED, PASSES]}, {}, "pass"),
        ({"kind": "any_of", "checks": [UNDECIDED, FAILS]}, {}, "undecided"),
        ({"kind": "any_of", "checks": [FAILS, FAILS]}, {}, "fail"),
        ({"kind": "any_of", "checks": [OTHER]}, {}, "not_applicable"),
        ({"kind": "when", "if": TESTED, "then": PASSES}, {}, "pass"),
        ({"kind": "when", "if": TESTED, "then": FAILS}, {}, "fail"),
        ({"kind": "when", "if": TESTED, "then": FAILS}, {f"{A}.method_status": "skapa"}, "not_applicable"),
        ({"kind": "when", "if": TESTED, "then": FAILS}, {f"{A}.method_status": GONE}, "undecided"),
    ],
)
def test_the_status_of_a_check(check, changes, status):
    assert result(check, changes).status == status


@pytest.mark.parametrize(
    ("answers", "status"),
    [(None, "undecided"), ({"R-1": True}, "pass"), ({"R-1": False}, "fail"), ({"R-2": True}, "undecided")],
)
def test_a_question_for_a_person_takes_the_answer_of_its_own_rule(answers, status):
    assert result(MANUAL, answers=answers).status == status


def test_what_a_failed_check_shows():
    worst = result(CAP, {f"{A}.applied": {"2020": 500_000, "2021": 500_001}})
    assert (worst.value.value, worst.limit.value, worst.where) == (500_001, 500_000, 2021)
    assert worst.path == "application.applied.2021"
    yearly = result(YEARLY, {f"{A}.applied": {"2020": 394_260, "2021": 100_000}})
    assert yearly.where == 2020 and yearly.value.value == pytest.approx(0.6)
    total = result(SHARE, {f"{A}.applied": {"2020": 657_100}})
    assert total.value.value == pytest.approx(0.5)
    assert result(LONG, {f"{A}.end": "2023-01-01"}).value.value == 37
    assert result(COUNT, {f"{A}.organisations.1.name": "Skolan"}).value.value == 1
    profit = result(ALLOWED, {f"{A}.organisations.1.for_profit": True})
    assert (profit.where, profit.path) == ("Hälsan", f"{A}.organisations.1.for_profit")
    assert result(TEXT, {f"{A}.mechanism": "Två ord"}).value.value == 2
    assert result(OWN).value.value == pytest.approx(0.6)


def test_costs_count_in_their_own_prices_in_the_years_of_the_project_alone():
    amount = {
        "name": "Gammalt pris",
        "actor": "kommun",
        "amount": 100_000,
        "basis": "per_year",
        "years": [0, 2],
        "price_year": 2015,
    }
    replaced = {
        "name": "Utbytt",
        "actor": "kommun",
        "amount": 1_000_000,
        "basis": "total",
        "years": [0],
        "replaces": True,
    }
    checked = checked_of(changed({"costs": [amount, replaced], f"{A}.applied": {"2020": 50_000}}))
    check = TypeAdapter(Check).validate_python(SHARE)
    assert evaluate(check, checked).value.value == pytest.approx(0.5)


def test_money_for_what_costs_nothing_breaks_every_share():
    years = {f"{A}.start": "2023-01-01", f"{A}.end": "2023-12-31"}
    assert result(SHARE, years).status == "fail"


def test_nothing_computed_leaves_figures_undecided():
    checked = checked_of()
    check = TypeAdapter(Check)
    bare = Checked(checked.case, checked.application)
    assert evaluate(check.validate_python(NPV), bare).status == "undecided"
    assert evaluate(check.validate_python(SHARE), bare).status == "undecided"


def test_names_are_compared_without_regard_to_case_and_flags_are_no_numbers():
    assert result(OWNER, {f"{A}.owner": " skolan "}).status == "pass"
    assert result(ALLOWED | {"values": [0]}).status == "fail"


def test_months_of_calendars():
    assert months_between(date(2024, 1, 31), date(2024, 2, 27)) == (0, 1)
    assert months_between(date(2024, 1, 31), date(2024, 3, 1)) == (1, 2)
    assert months_between(date(2025, 5, 2), date(2025, 5, 1)) == (-1, -1)
    assert months_between(date(2025, 5, 1), date(2025, 5, 1)) == (0, 1)
