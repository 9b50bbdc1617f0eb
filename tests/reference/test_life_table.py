"""The life table gives back its own remaining life expectancy (METHOD §4)."""

from __future__ import annotations

import csv
from itertools import accumulate, pairwise

import pytest

from socio_calc.reference import ReferenceBase, shipped_folder
from socio_calc.reference.life import LAST_AGE


def _expectancy(q: tuple[float, ...], age: int) -> float:
    """Years left at an age, deaths in the middle of the year; all die at 100, where METHOD closes the table."""
    closed = (*q[age:LAST_AGE], 1.0)
    alive = list(accumulate((1 - dying for dying in closed), lambda share, living: share * living, initial=1.0))
    return sum((now + then) / 2 for now, then in pairwise(alive))


@pytest.mark.parametrize("sex", ["women", "men", "both"])
@pytest.mark.parametrize("age", [65, 80, 85])
def test_remaining_life_expectancy_agrees_with_the_tables_own(base: ReferenceBase, sex: str, age: int) -> None:
    with (shipped_folder("data") / "life_table_sweden.csv").open(encoding="utf-8", newline="") as file:
        (own,) = [float(row["ex"]) for row in csv.DictReader(file) if row["sex"] == sex and row["age"] == str(age)]
    assert _expectancy(getattr(base.life_table, f"q_{sex}"), age) == pytest.approx(own, abs=0.07)


def test_men_die_earlier_than_women_and_both_lie_between(base: ReferenceBase) -> None:
    table = base.life_table
    assert table.period == "2015-2019"
    for age in range(30, 95):
        assert table.q_women[age] < table.q_both[age] < table.q_men[age]
    assert len(table.q_women) == len(table.q_men) == len(table.q_both) == LAST_AGE + 1
