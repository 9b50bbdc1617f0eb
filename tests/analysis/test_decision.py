"""The roll-out: its net benefit by hand, against the plain implementation, and with known draws."""

import copy

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socio_calc.analysis.decision import cohorts_in_all, entrants_of, roll_out
from socio_calc.analysis.focus import ordinary_draws
from socio_calc.appraisal import appraise
from socio_calc.problems import InputError
from tests.analysis.cases import case_of
from tests.plain import appraise as plain_appraise
from tests.properties.agreement import as_mapping, size_of
from tests.strategies import cases, decisions
from tests.strategy_parts import ACTORS

TEST = """
format: 1
title: Test
first_year: 2025
price_year: 2024
horizons: [1, 3]
discount_rate: 0.05
participants:
  - {year: 0, number: 30}
  - {year: 1, number: 10}
costs:
  - {name: Material, actor: kommun, amount: 1000, basis: per_participant, years: [0, 1], index: none}
  - {name: Leader, actor: kommun, amount: 200000, basis: per_year, years: [0, 1, 2], index: none, growth: 0.02}
  - {name: Room, actor: region, amount: 60000, basis: total, years: [0, 1, 2, 3, 4], index: none}
  - {name: Bought once, actor: kommun, amount: 500000, basis: total, years: [0], index: none, setup: true}
  - {name: Tested once, actor: kommun, amount: 700, basis: per_participant, index: none, setup: true}
outcomes:
  - id: work
    name: Work
    level: probability
    better: higher
    ordinary: 0.2
    effect: {measure: difference, value: 0.1}
    holds: 2
    evidence: {grade: rct, sources: [A]}
    consequences:
      - {name: Benefit, price: 100000, quantity: -1, kind: resource_cost, payer: stat, index: none}
decision: {perspective: societal, participants_per_cohort: 20, cohorts_per_year: 2, from_year: 2, years: 3}
"""


def net_of(text, perspective=None, horizon=None):
    appraisal = appraise(case_of(text), draws=64)
    question = roll_out(appraisal, perspective, horizon)
    x = ordinary_draws(appraisal.simulation)
    return question, question.net_benefit(x)


def test_net_benefit_by_hand():
    question, net = net_of(TEST)
    # 20 people: material in two years; leader 3 · 200,000 and room 60,000 shared by 40; work in two years.
    expected = 20 * (-1_000 * (1 + 1 / 1.05) - (600_000 + 60_000) / 40 + 0.1 * 100_000 * (1 + 1 / 1.05))
    assert net == pytest.approx(np.full(64, expected), rel=1e-12)
    assert question.cohorts == pytest.approx(2 * (1.05**-2 + 1.05**-3 + 1.05**-4), rel=1e-12)


def test_perspective_and_horizon():
    _, kommun = net_of(TEST.replace("perspective: societal", "perspective: kommun"))
    assert kommun == pytest.approx(20 * (-1_000 * (1 + 1 / 1.05) - 600_000 / 40), rel=1e-12)
    _, region = net_of(TEST, perspective="region")
    assert region == pytest.approx(-20 * 60_000 / 40, rel=1e-12)
    # The other costs are their whole sum at any horizon.
    _, first_year = net_of(TEST, horizon=1)
    assert first_year == pytest.approx(20 * (-1_000 - 660_000 / 40 + 10_000), rel=1e-12)


def test_without_a_decision_it_is_the_case_itself():
    text = "\n".join(line for line in TEST.splitlines() if not line.startswith("decision"))
    question, net = net_of(text, perspective="stat")
    assert (question.cohorts, question.decision, question.perspective) == (1.0, None, "stat")
    appraisal = appraise(case_of(text), draws=64)
    assert net == pytest.approx(np.full(64, appraisal.base("npv", "stat")), rel=1e-12)


def test_age_and_share_of_women_are_the_means_of_the_cohorts():
    old = "  - {year: 0, number: 30}\n  - {year: 1, number: 10}\n"
    new = "  - {year: 0, number: 30, age: 80, share_women: 0.6}\n  - {year: 1, number: 10, age: 90, share_women: 1}\n"
    text = TEST.replace(old, new).replace("discount_rate: 0.05", "discount_rate: 0.05\nsurvival: sweden")
    # Ages 80 and 90 in the ratio 3 to 1: 82.5, which is 83 in whole years; 70 per cent women.
    alone = text.replace(new, "  - {year: 0, number: 7, age: 83, share_women: 0.7}\n")
    _, mixed = net_of(text, perspective="stat")
    _, single = net_of(alone, perspective="stat")
    assert mixed == pytest.approx(single, rel=1e-12)
    unknown = text.replace(new, "  - {year: 0, number: 7, age: 83}\n")
    assert net_of(unknown, perspective="stat")[1][0] != pytest.approx(single[0], rel=1e-6)


def test_draws_are_those_of_the_case():
    text = (
        TEST.replace("number: 10}", "number: {low: 5, high: 15}}")
        .replace("amount: 200000", "amount: {low: 100000, high: 300000}")
        .replace("value: 0.1", "value: {low: 0, high: 0.2}")
    )
    appraisal = appraise(case_of(text), draws=1_024)
    x = ordinary_draws(appraisal.simulation)
    by_key = {column.key: row for column, row in zip(appraisal.plan.columns, x, strict=True)}
    second, leader, effect = (
        by_key[key] for key in ("participants.1.number", "costs.1.amount", "outcomes.work.effect.value")
    )
    two_years = 1 + 1 / 1.05
    expected = 20 * (-1_000 * two_years - (3 * leader + 60_000) / (30 + second) + effect * 100_000 * two_years)
    assert roll_out(appraisal).net_benefit(x) == pytest.approx(expected, rel=1e-12)
    assert entrants_of(appraisal.plan, x) == pytest.approx(30 + second)


def test_steps_and_timing_of_the_rate_count_from_year_0():
    text = TEST.replace("discount_rate: 0.05", "discount_rate: [{from: 0, rate: 0.05}, {from: 3, rate: 0.02}]")
    case = case_of(text + "timing: end\n")
    factors = [1.05**-2 / 1.05, 1.05**-2 / 1.02 / 1.02, 1.05**-2 / 1.02**2 / 1.02]
    assert cohorts_in_all(case, case.decision) == pytest.approx(2 * sum(factors), rel=1e-12)


def test_costs_that_nobody_shares_are_an_error():
    text = TEST.replace("number: 30}", "number: 0}").replace("number: 10}", "number: {low: 0, mode: 0, high: 0}}")
    with pytest.raises(InputError) as caught:
        net_of(text)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.path) == ("decision-without-entrants", "participants")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases(certain=True), decisions(), st.sampled_from(("societal", "public", *ACTORS)))
def test_net_benefit_agrees_with_the_plain_implementation(case, decision, perspective):
    case = case.model_copy(update={"decision": decision})
    appraisal = appraise(case, draws=8)
    question = roll_out(appraisal, perspective)
    x = ordinary_draws(appraisal.simulation)
    entrants = sum(cohort.number.value for cohort in case.participants)
    shared = [item for item in case.costs if item.basis != "per_participant" and not item.setup]
    if entrants == 0 and shared:
        with pytest.raises(InputError):
            question.net_benefit(x)
        return
    plain = plain_appraise(rolled_out(as_mapping(case), decision.participants_per_cohort))
    expected = plain.measure("npv", perspective)
    assert question.net_benefit(x) == pytest.approx(np.full(x.shape[1], expected), rel=1e-9, abs=1e-9 * size_of(plain))


def rolled_out(mapping, participants):
    """Write the roll-out out as a case of its own, from METHOD §9."""
    case = copy.deepcopy(mapping)
    cohorts = case["participants"]
    entrants = sum(cohort["number"] for cohort in cohorts)

    def mean(key):
        given_ones = [(cohort[key], cohort["number"]) for cohort in cohorts if cohort.get(key) is not None]
        if not given_ones:
            return None
        total = sum(weight for _, weight in given_ones)
        if total == 0:
            return sum(value for value, _ in given_ones) / len(given_ones)
        return sum(value * weight for value, weight in given_ones) / total

    age, women = mean("age"), mean("share_women")
    case["participants"] = [
        {"year": 0, "number": participants}
        | ({} if age is None else {"age": int(np.floor(age + 0.5))})
        | ({} if women is None else {"share_women": women})
    ]
    costs = []
    for item in case.get("costs", []):
        if item.get("setup"):
            continue
        if item["basis"] != "per_participant":
            times = len(item["years"]) if item["basis"] == "per_year" else 1
            size = "hours" if "hours" in item else "quantity"
            item[size] = item.get(size, 1) * times * participants / entrants
            item |= {"basis": "total", "years": [0]}
        costs.append(item)
    case["costs"] = costs
    return case
