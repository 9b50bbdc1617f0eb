"""Where the paths of fund rules lead."""

from __future__ import annotations

from datetime import date

import pytest

from socio_calc.case import Application, Case, Cohort
from socio_calc.review.case_paths import look_up


def found(path: str, *ages: int | None) -> tuple[object, str]:
    cohorts = tuple(Cohort(year=0, number=10, age=age) for age in ages)
    case = Case(format=1, title="A", first_year=2025, price_year=2024, horizons=(5,), participants=cohorts)
    here = look_up(path, case, Application(fund="x", call=date(2024, 4, 30))).found[0]
    return here.value, here.path


@pytest.mark.parametrize(("path", "value"), [("target_group.age_min", 14), ("target_group.age_max", 16)])
def test_ages_of_the_participants_stand_for_those_of_the_group(path: str, value: int) -> None:
    assert found(path, 14, 16) == (value, "participants")


def test_ages_that_some_participants_lack_say_nothing_of_the_group() -> None:
    assert found("target_group.age_max", 14, None)[0] is None
