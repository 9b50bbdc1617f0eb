"""The level that a calculation counts: after every adjustment, in the years of the effect, over every model."""

from __future__ import annotations

from functools import cache

import pytest

from socio_calc.analysis.focus import Focus
from socio_calc.analysis.outcome_levels import change_intervals, counted_ordinary, first_level
from socio_calc.analysis.sensitivity import sensitivity
from socio_calc.appraisal import Appraisal, appraise, load
from socio_calc.engine.values import FactorValues
from socio_calc.reference import shipped_folder
from socio_calc.templates import model_figures

MODELS = tuple(sorted(path.stem for path in shipped_folder("models").glob("*.yaml")))


@cache
def model(name: str) -> Appraisal:
    return appraise(load(shipped_folder("models") / f"{name}.yaml"), draws=256)


def people(appraisal: Appraisal) -> float:
    plan = appraisal.plan
    values = FactorValues(plan, plan.central[:, None])
    return sum(float(values.product(cohort.number)[0]) for cohort in plan.cohorts)


def test_the_level_of_a_model_is_that_of_its_card() -> None:
    # The card of ips: 11.5 % · (rate ratio 2.07 − 1) · 78.3 % counted is 9.6 of a hundred.
    found = first_level(model("ips"), "work")
    assert found is not None
    assert (found.year, round(100 * found.ordinary, 1), round(100 * found.change, 1)) == (1, 11.5, 9.6)
    # 47.8 on the scale, a third of the four points that the studies saw.
    support = first_level(model("vaxa-ambassadorerna"), "support")
    assert support is not None
    assert (round(support.ordinary, 1), round(support.intervention, 1)) == (47.8, 49.2)


@pytest.mark.parametrize("name", MODELS)
def test_the_change_is_what_the_sums_are_made_of(name: str) -> None:
    appraisal = model(name)
    for outcome in appraisal.case.outcomes:
        found = first_level(appraisal, outcome.id)
        assert found is not None
        difference = appraisal.figures.flows.difference[[one.id for one in appraisal.plan.outcomes].index(outcome.id)]
        first = next(amount for amount in difference if amount)
        cohort = FactorValues(appraisal.plan, appraisal.plan.central[:, None]).product(appraisal.plan.cohorts[0].number)
        # In the first year of an effect the first cohort alone has it.
        assert first == pytest.approx(found.change * float(cohort[0]), rel=1e-9)


@pytest.mark.parametrize("name", MODELS)
def test_a_break_even_level_agrees_with_the_number_who_must_succeed(name: str) -> None:
    appraisal = model(name)
    even = sensitivity(appraisal).break_even
    row = even.in_persons
    if row is None or row.number is None or even.effect is None:
        return
    found = first_level(appraisal, row.outcome)
    assert found is not None
    # The number of all effects together: each is as many times as large.
    assert row.number - 1 < abs(even.effect * found.change) * people(appraisal) <= row.number * (1 + 1e-9)


def test_nobody_succeeds_towards_break_even_in_what_has_no_price() -> None:
    even = sensitivity(model("hembesok")).break_even
    breastfed = next(row for row in even.outcomes if row.outcome == "breastfed")
    assert breastfed.gain == 0.0 and breastfed.number is not None
    assert even.in_persons is None and even.participants is None


@pytest.mark.parametrize("name", MODELS)
def test_ordinary_practice_is_counted_in_the_years_of_the_effect_alone(name: str) -> None:
    appraisal = model(name)
    counted = counted_ordinary(appraisal)
    for outcome in appraisal.case.outcomes:
        sums = [counted[outcome.id, horizon] for horizon in appraisal.horizons]
        rows = [appraisal.outcome(outcome.id, horizon).ordinary for horizon in appraisal.horizons]
        assert sums == sorted(sums)
        assert all(0 <= some <= every * (1 + 1e-9) for some, every in zip(sums, rows, strict=True))


def test_an_effect_of_one_year_has_one_year_of_ordinary_practice() -> None:
    appraisal = model("kiva")
    found = first_level(appraisal, "victims")
    assert found is not None
    counted = counted_ordinary(appraisal)["victims", 5]
    assert counted == pytest.approx(found.ordinary * people(appraisal))
    assert appraisal.outcome("victims").ordinary > 3 * counted


@pytest.mark.parametrize("name", MODELS)
def test_the_interval_lies_around_the_change(name: str) -> None:
    appraisal = model(name)
    for outcome in appraisal.case.outcomes:
        found, ends = (
            first_level(appraisal, outcome.id),
            change_intervals(Focus(appraisal, "societal", appraisal.longest))[outcome.id],
        )
        assert found is not None and ends is not None
        assert ends[0] < found.change < ends[1]


@pytest.mark.parametrize("name", MODELS)
def test_a_card_names_no_number_that_cannot_be(name: str) -> None:
    appraisal = model(name)
    for outcome, number in model_figures(appraisal).numbers.items():
        found = first_level(appraisal, outcome)
        assert found is not None and number - 1 < found.room(people(appraisal))
    # 47 cannot be spared an illness that 44 get.
    if name == "vgr-psykisk-halsa":
        assert appraisal.result("break_even_number:depression").base == 47.0
        assert "depression" not in model_figures(appraisal).numbers
