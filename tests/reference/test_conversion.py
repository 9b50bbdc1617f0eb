"""Prices in other years, against figures worked out by hand from the index values (METHOD §1)."""

from __future__ import annotations

import pytest

from socio_calc.reference import IndexSeries, IndexYearError, ReferenceBase, conversion_factor, is_stale, latest_year
from socio_calc.reference.prices import price_in, stale_prices


@pytest.mark.parametrize(
    ("row", "year", "expected"),
    [
        # kpif 2012 111.91, 2024 146.98: 2,988 · 146.98 / 111.91
        ("emergency-visit", 2024, 3924.36994),
        # wage 2016 32,791.4, 2024 41,600: 472 · 41,600 / 32,791.4
        ("home-help-hour", 2024, 598.791146),
        # prisbasbelopp 2025 58,800, 2023 52,500: 12,152 · 52,500 / 58,800
        ("activity-compensation-month-age-19-20", 2023, 10850.0),
        # never converted
        ("qaly", 2024, 500000.0),
        # its own year
        ("drg-point", 2023, 74750.0),
    ],
)
def test_hand_computed_conversions(base: ReferenceBase, row: str, year: int, expected: float) -> None:
    assert price_in(base, base.costs[row], year) == pytest.approx(expected, rel=1e-6)


def test_there_and_back_is_the_same_price(base: ReferenceBase) -> None:
    for series in base.indices.values():
        assert series.factor(series.first, series.last) * series.factor(series.last, series.first) == pytest.approx(1)


@pytest.mark.parametrize(("from_year", "to_year", "wrong"), [(2012, 2031, 2031), (1990, 2024, 1990)])
def test_a_year_outside_the_series_is_an_error_that_names_it(
    base: ReferenceBase, from_year: int, to_year: int, wrong: int
) -> None:
    with pytest.raises(IndexYearError) as caught:
        conversion_factor(base.indices, "kpif", from_year, to_year)
    error = caught.value
    assert (error.series, error.first, error.last, error.year) == ("kpif", 2004, 2025, wrong)


def test_an_unknown_series_is_no_silent_factor_of_one() -> None:
    with pytest.raises(KeyError):
        conversion_factor({}, "kpi", 2020, 2024)


def test_the_consumer_price_index_does_not_outrun_wages_and_kpif(base: ReferenceBase) -> None:
    assert base.indices["wage"].last >= base.indices["kpi"].last
    assert base.indices["kpif"].last >= base.indices["kpi"].last


def test_a_price_is_stale_after_more_than_ten_years(base: ReferenceBase) -> None:
    row = base.costs["emergency-visit"]
    assert row.price_year == 2012
    assert not is_stale(row, 2022)
    assert is_stale(row, 2023)
    old = stale_prices(base.costs.values(), 2023)
    assert row in old
    assert [found.price_year for found in old] == sorted(found.price_year for found in old)
    assert all(found.price_year < 2013 for found in old)


def test_the_latest_year_of_a_price_without_index_is_its_own(base: ReferenceBase) -> None:
    assert latest_year(base, base.costs["qaly"]) == 2018
    assert latest_year(base, base.costs["home-help-hour"]) == base.indices["wage"].last


def test_a_factor_uses_the_values_and_not_their_order() -> None:
    series = IndexSeries("x", 2000, 2002, {2002: 4.0, 2000: 1.0, 2001: 2.0})
    assert series.factor(2000, 2002) == 4.0
    assert series.factor(2002, 2001) == 0.5
