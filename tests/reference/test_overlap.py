from __future__ import annotations

import pytest

from socio_calc.reference import ReferenceBase, overlaps


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("hip-fracture-first-year-region", "hospital-day", "same-cost"),
        ("hip-fracture-first-year-alt-total", "hip-fracture-first-year-region", "total-and-part"),
        ("fall-hospital-care-municipality", "hip-fracture-first-year-municipality", "same-cost"),
        ("upper-secondary-eligibility-lifetime", "working-year-production", "production-in-sum"),
        ("psychosis-case-year", "working-year-production", "production-in-sum"),
        ("exclusion-lifetime", "library-loan", "everything"),
        ("home-help-hour", "special-housing-day", None),
        ("hip-fracture-first-year-region", "hip-fracture-first-year-municipality", None),
        ("working-year-production", "income-support-household-month", None),
        ("working-year-production", "working-year-production", None),
    ],
)
def test_pairs(base: ReferenceBase, first: str, second: str, reason: str | None) -> None:
    for uses in ([(first, "a"), (second, "b")], [(second, "b"), (first, "a")]):
        found = overlaps(base, uses)
        assert [overlap.reason for overlap in found] == ([] if reason is None else [reason])
        if found:
            assert (found[0].first, found[0].first_path) == uses[0]
            assert (found[0].second, found[0].second_path) == uses[1]


def test_every_pair_of_a_case_is_found_in_its_order(base: ReferenceBase) -> None:
    uses = [
        ("work-hour-production", "1"),
        ("no-such-row", "2"),
        ("working-month-production", "3"),
        ("working-year-production", "4"),
    ]
    found = overlaps(base, uses)
    assert [(overlap.first_path, overlap.second_path) for overlap in found] == [("1", "3"), ("1", "4"), ("3", "4")]
