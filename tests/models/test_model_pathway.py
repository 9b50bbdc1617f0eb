"""The way through upper secondary school gives back what Swedish registers say, and the effect what the trials say."""

from __future__ import annotations

import pytest

from socio_calc.appraisal import Appraisal, appraise, load
from socio_calc.reference import load_reference
from tests.models.conftest import MODELS

#: Year since entry: 0 is grade 9, 1 the first year of upper secondary school.
FOUR_YEARS_AFTER_START, FIVE_YEARS_AFTER_START, AT_THIRTY = 5, 6, 15
#: How far the model may be from a register, as a share of the pupils.
NEAR = 0.025


@pytest.fixture(scope="module")
def appraisal() -> Appraisal:
    return appraise(load(MODELS / "fullfoljda-studier.yaml"), draws=8)


def _share(appraisal: Appraisal, state: str, year: int, arm: str = "ordinary") -> float:
    return next(
        row.base for row in appraisal.occupancy if (row.state, row.year, row.arm) == (state, year, arm)
    )  # fmt: skip


def _register(id: str) -> float:
    return load_reference().baselines[id].value


def test_five_years_after_the_start_work_study_and_neither(appraisal: Appraisal) -> None:
    year = FIVE_YEARS_AFTER_START
    working = _share(appraisal, "arbete_utan_examen", year) + _share(appraisal, "examen", year)
    assert working == pytest.approx(_register("intro-programme-working-5y-se-2017"), abs=NEAR)
    studying = _share(appraisal, "studerar", year)
    assert studying == pytest.approx(_register("intro-programme-studying-5y-se-2017"), abs=NEAR)
    neither = _share(appraisal, "utanför", year)
    assert neither == pytest.approx(_register("intro-programme-neither-5y-se-2017"), abs=NEAR)


def test_diplomas_within_four_years(appraisal: Appraisal) -> None:
    found = _share(appraisal, "examen", FOUR_YEARS_AFTER_START)
    assert found == pytest.approx(_register("intro-programme-diploma-4y-se-2018"), abs=NEAR)


def test_half_of_those_with_support_interrupt_within_four_years(appraisal: Appraisal) -> None:
    row = next(row for row in appraisal.transitions if (row.source, row.target) == ("studerar", "utanför"))
    interrupted = 1 - (1 - row.ordinary) ** 4
    assert interrupted == pytest.approx(_register("uppersec-interrupted-support-se-2002"), abs=0.03)


def test_those_outside_stay_there_as_long_as_in_the_register(appraisal: Appraisal) -> None:
    assert 1 - _leaving(appraisal, 1) == pytest.approx(_register("neet-remain-next-year-16-19-skane-2010"), abs=0.005)
    assert 1 - _leaving(appraisal, 6) == pytest.approx(_register("neet-remain-next-year-20-24-skane-2010"), abs=0.03)


def _leaving(appraisal: Appraisal, year: int) -> float:
    """Return the share of those outside who have left within a year, in a year since entry."""
    last = {}
    for row in appraisal.transitions:
        if row.source == "utanför" and row.year <= year:
            last[row.target] = row.ordinary
    return sum(probability for target, probability in last.items() if target != "utanför")


def test_at_thirty_those_without_a_diploma_work_as_often_as_in_the_register(appraisal: Appraisal) -> None:
    without = 1 - _share(appraisal, "examen", AT_THIRTY)
    working = _share(appraisal, "arbete_utan_examen", AT_THIRTY) / without
    assert working == pytest.approx(_register("employment-rate-lowedu-se-2016"), abs=0.035)


def test_the_effect_on_diplomas_is_within_what_trials_found(appraisal: Appraisal) -> None:
    """Only dropping out is changed; what follows for graduation must not be more than trials have seen."""
    trials = load_reference().evidence["graduation-randomised-or"]
    with_coach = _share(appraisal, "examen", FOUR_YEARS_AFTER_START, "intervention")
    without = _share(appraisal, "examen", FOUR_YEARS_AFTER_START)
    ratio = (with_coach / (1 - with_coach)) / (without / (1 - without))
    assert trials.ci_low is not None and trials.ci_high is not None
    assert 1 < ratio < trials.ci_high


def test_costs_come_first_and_gains_later(appraisal: Appraisal) -> None:
    schooling = [row for row in appraisal.flow_rows if row.source == "school" and row.kind == "resource_cost"]
    work = [row for row in appraisal.flow_rows if row.source == "school" and row.kind == "production"]
    early = sum(row.base for row in schooling if row.year <= 5)
    assert early < 0 and sum(row.base for row in work if row.year <= 5) < -early
    late = sum(row.base for row in (*schooling, *work) if row.year >= 10)
    assert late > 0


def test_prices_of_two_states_are_no_double_counting(appraisal: Appraisal) -> None:
    used = set(appraisal.plan.costs_used)
    assert {"working-year-production-compulsory", "working-year-production-upper-secondary"} <= used
    assert "overlapping-prices" not in {warning.code for warning in appraisal.warnings}
