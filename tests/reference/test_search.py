"""Searching forgives how people write, and still finds the right row first."""

from __future__ import annotations

import csv

import pytest

from socio_calc.reference import ReferenceBase, shipped_folder
from socio_calc.reference.search import (
    distance,
    marks_differ,
    nearest_ids,
    search_baselines,
    search_costs,
    search_evidence,
    search_parameters,
)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("höftfraktur regionen", "hip-fracture-first-year-region"),
        ("HOFTFRAKTURER regionens", "hip-fracture-first-year-region"),
        ("hofrfraktur kommunens", "hip-fracture-first-year-municipality"),
        ("hip fracture municipality", "hip-fracture-first-year-municipality"),
        ("hemtjänst", "home-help-hour"),
        ("hemtjänsten", "home-help-hour"),
        ("hemtjanst", "home-help-hour"),
        ("hemtjnäst", "home-help-hour"),
        ("home help", "home-help-hour"),
        ("elevhälsan", "pupil-health-year"),
        ("familjehemsplacering", "foster-home-month"),
        ("läkarbesök", "primary-care-doctor-visit"),
        ("vårddygn sjukhus", "hospital-day"),
        ("ekonomiskt bistånd månad", "income-support-household-month"),
        ("foster homes", "foster-home-month"),
        ("egen bil", "own-car-km"),
    ],
)
def test_prices(base: ReferenceBase, words: str, first: str) -> None:
    assert search_costs(base.costs.values(), words)[0].id == first


def test_more_words_narrow_the_answer(base: ReferenceBase) -> None:
    wide = search_costs(base.costs.values(), "förskola")
    narrow = search_costs(base.costs.values(), "förskola Linköping")
    assert 0 < len(narrow) < len(wide)
    assert set(narrow) <= set(wide)
    assert search_costs(base.costs.values(), "förskola xyzzyqwv") == ()


def test_no_words_give_every_row_in_the_order_of_the_base(base: ReferenceBase) -> None:
    assert list(search_costs(base.costs.values(), " ")) == list(base.costs.values())


def test_prices_for_a_base_case_come_before_their_alternatives(base: ReferenceBase) -> None:
    found = [row.use for row in search_costs(base.costs.values(), "hemtjänst")]
    assert found[0] == "default"
    assert "alternative" in found


def test_the_other_tables(base: ReferenceBase) -> None:
    assert all(row.id.startswith("falls-") for row in search_evidence(base.evidence.values(), "fall")[:8])
    assert search_evidence(base.evidence.values(), "läsning expressivt")
    assert search_baselines(base.baselines.values(), "arbetslösa Gävleborg")[0].region == "Gävleborg"
    assert search_parameters(base.parameters.values(), "arbetsgivaravgift")[0].id == "employer-contribution"
    assert search_parameters(base.parameters.values(), "discount rate")[0].id.startswith("discount-rate")


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("", "", 0), ("abc", "abc", 0), ("abc", "acb", 1), ("abcd", "abd", 1), ("abcd", "xyzw", 3), ("ab", "abcdef", 3)],
)
def test_distance_counts_a_swap_as_one_and_stops_at_its_limit(first: str, second: str, expected: int) -> None:
    assert distance(first, second, 2) == expected
    assert distance(second, first, 2) == expected


def test_nearest_ids_are_like_the_wrong_one(base: ReferenceBase) -> None:
    assert nearest_ids(base.costs, "home-help-hours")[0] == "home-help-hour"
    assert nearest_ids(base.costs, "qwertyuiop") == ()


def test_a_letter_with_a_ring_is_not_one_with_dots() -> None:
    assert [marks_differ(*pair) for pair in (("läxa", "laxå"), ("läxa", "laxa"), ("läxa", "läxan"))] == [
        True,
        False,
        False,
    ]


def test_every_word_that_people_use_leads_somewhere(base: ReferenceBase) -> None:
    with (shipped_folder("data") / "search_words.csv").open(encoding="utf-8", newline="") as file:
        words = [row["word"] for row in csv.DictReader(file)]
    for word in words:
        found = (
            search_costs(base.costs.values(), word),
            search_evidence(base.evidence.values(), word),
            search_baselines(base.baselines.values(), word),
        )
        assert any(found), word


def test_words_of_the_base_itself_come_before_what_people_say_for_them(base: ReferenceBase) -> None:
    own = {row.id for row in search_evidence(base.evidence.values(), "träning") if "träning" in row.intervention_sv}
    found = [row.id for row in search_evidence(base.evidence.values(), "träning")]
    assert own
    assert found[0] in own


def test_what_people_say_leads_to_what_the_base_calls_it(base: ReferenceBase) -> None:
    assert "foster-home-month" in {row.id for row in search_costs(base.costs.values(), "fosterhem")}
    assert "hvb-day" in {row.id for row in search_costs(base.costs.values(), "behandlingshem")}


def test_effects_that_a_case_may_use_come_first_and_traps_last(base: ReferenceBase) -> None:
    uses = [row.usable for row in search_evidence(base.evidence.values(), "mobbning")]
    assert uses[0] == "effect"
    traps = [row.usable for row in search_evidence(base.evidence.values(), "läsning")]
    assert traps.index("trap") > traps.index("effect") if "trap" in traps else "effect" in traps


def test_of_equal_levels_the_newest_comes_first(base: ReferenceBase) -> None:
    rows = search_baselines(base.baselines.values(), "behörighet gymnasiet gävle")
    same = [row.year for row in rows if row.id.startswith("grade9-eligible-gavle")]
    assert same == sorted(same, reverse=True)
