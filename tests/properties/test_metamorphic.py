"""The same case in other units, at other times and in other words: what must happen to its figures.

Each relation holds for every valid case; `cases()` gives random ones. Where the change adds no rounding the figures
must be the same to the last bit; where sums are formed in another order, to the precision of the method; where the
change gives other draws, within the Monte Carlo error.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import socio_calc
from socio_calc.case import Case, dump_case
from socio_calc.engine.ledger import ACTORS, PERSPECTIVES
from tests.properties import changes
from tests.properties.agreement import SUMS
from tests.properties.figures import (
    SLACK,
    drawn,
    drawn_property_of,
    figures_of,
    independent,
    means_that_differ,
    property_of,
    unequal,
)
from tests.strategies import cases
from tests.strategy_parts import numbers

rates = numbers(0, 0.15)
factors = st.sampled_from((2.0**-20, 0.25, 1024.0))


# --- units and sizes --------------------------------------------------------------------------------------------------


@property_of
@given(independent(), factors)
def test_all_is_linear_in_amounts(case: Case, by: float) -> None:
    """A power of two changes no digit, so that sums scale and ratios stay to the last bit."""
    before, after = figures_of(case), figures_of(changes.in_other_money(case, by))
    for key, value in before.values.items():
        scaled = key[3] in SUMS or key[3].startswith("cost_per_outcome")
        assert after.values[key] == (value * by if scaled and value is not None else value), key


@drawn_property_of
@given(cases())
def test_kronor_or_thousands_change_nothing(case: Case) -> None:
    kronor, thousands = drawn(case, 64), drawn(changes.in_other_money(case, 0.001), 64)
    size = figures_of(case).size
    for row, other in zip(kronor.rows, thousands.rows, strict=True):
        if row.measure in SUMS:
            for name in ("base", "mean", "sd", "p5", "p50", "p95", "expected_loss"):
                first, second = getattr(row, name), getattr(other, name)
                assert (first is None) == (second is None)
                assert first is None or first == pytest.approx(1000 * second, rel=1e-6, abs=1e-8 * size), (row, name)
        elif row.measure in ("payback_year", "qalys", "qalys_undiscounted"):
            assert other.base == (None if row.base is None else pytest.approx(row.base, rel=1e-12))
        elif row.measure in ("bcr", "break_even_effect", "mvpf", "npv_per_grant_krona"):
            assert other.base == (None if row.base is None else pytest.approx(row.base, rel=1e-6))
        assert row.reason == other.reason


@property_of
@given(independent())
def test_twice_the_participants_give_twice_what_varies_with_them(case: Case) -> None:
    per_head = changes.with_costs(case, lambda item: item.model_copy(update={"basis": "per_participant"}))
    doubled = changes.with_participants_times(per_head, 2)
    assert unequal(figures_of(doubled), figures_of(per_head), by=lambda key: 2.0) == []


@property_of
@given(independent())
def test_participants_leave_other_costs_alone(case: Case) -> None:
    whole = changes.with_costs(
        case, lambda item: item.model_copy(update={"basis": "total" if item.basis == "total" else "per_year"})
    )
    doubled = figures_of(changes.with_participants_times(whole, 2))
    assert unequal(doubled, figures_of(whole), only=lambda key: key[3] == "pv_costs") == []


# --- time -------------------------------------------------------------------------------------------------------------


@property_of
@given(independent())
def test_at_rate_0_a_present_value_is_a_plain_sum(case: Case) -> None:
    free = case.model_copy(update={"discount_rate": 0.0, "discount_rate_health": None})
    figures = figures_of(free)
    for perspective, actors in PERSPECTIVES.items():
        rows = [ACTORS.index(actor) for actor in actors]
        for horizon in case.horizons:
            total = sum(float(line.entries[rows, :horizon].sum()) for line in figures.draw.lines)
            assert abs(figures.sum("npv", perspective, horizon) - total) <= SLACK * figures.size


@property_of
@given(independent(), rates, st.sampled_from(("start", "mid", "end")))
def test_a_years_delay_divides_by_one_plus_the_rate(case: Case, rate: float, timing: str) -> None:
    update = {"discount_rate": rate, "discount_rate_health": None, "timing": timing}
    now = changes.without_growth(case.model_copy(update=update))
    figures, later = figures_of(now), figures_of(changes.a_year_later(now))
    for (view, perspective, horizon, measure), value in figures.sums.items():
        found = later.sums[view, perspective, horizon + 1, measure]
        assert abs(found * (1 + rate) - value) <= SLACK * figures.size, (view, perspective, horizon, measure)


@property_of
@given(independent(min_outcomes=1), rates)
def test_consequences_a_year_later_divide_the_effects_by_one_plus_the_rate(case: Case, rate: float) -> None:
    now = changes.without_growth(case.model_copy(update={"discount_rate": rate, "discount_rate_health": None}))
    later = changes.with_consequences(now, lambda item: item.model_copy(update={"delay": item.delay + 1}))
    figures = figures_of(now)
    moved = figures_of(later.model_copy(update={"horizons": tuple(h + 1 for h in case.horizons)}))
    for perspective in PERSPECTIVES:
        for horizon in case.horizons:
            value = figures.sum("pv_effects", perspective, horizon)
            found = moved.sum("pv_effects", perspective, horizon + 1)
            assert abs(found * (1 + rate) - value) <= SLACK * figures.size


# The timing also says which part of a year counts in the states of a pathway.
@property_of
@given(independent(max_pathways=0), rates)
def test_payment_at_the_end_of_the_year_divides_by_one_plus_the_rate(case: Case, rate: float) -> None:
    plain = case.model_copy(update={"discount_rate": rate, "discount_rate_health": None, "timing": "start"})
    start = figures_of(plain)
    for timing, share in (("mid", 0.5), ("end", 1.0)):
        moved = figures_of(plain.model_copy(update={"timing": timing}))
        assert unequal(moved, start, by=lambda key, share=share: (1 + rate) ** -share) == []


@property_of
@given(independent(max_years=8), st.integers(1, 4))
def test_a_longer_horizon_adds_later_flows_and_no_others(case: Case, more: int) -> None:
    longer = case.model_copy(update={"horizons": (*case.horizons, max(case.horizons) + more)})
    short, long = figures_of(case), figures_of(longer)
    # A sum of sums: only its own horizon decides when it is called 0.
    for key, value in short.sums.items():
        assert abs(long.sums[key] - value) <= SLACK * short.size, key
    last = max(case.horizons)
    for line, other in zip(short.draw.plan.lines, long.draw.plan.lines, strict=True):
        assert line.path == other.path
    shared = long.draw.flows.amounts[:, :last]
    np.testing.assert_allclose(shared, short.draw.flows.amounts, rtol=1e-12, atol=1e-12 * short.size)


@property_of
@given(independent(min_outcomes=1))
def test_a_consequence_of_several_years_is_one_of_each_year(case: Case) -> None:
    each = changes.with_sources(
        case,
        lambda source: source.model_copy(
            update={"consequences": tuple(part for item in source.consequences for part in changes.year_by_year(item))}
        ),
    )
    # `npv_cash` looks at the sign of each line's entries: two lines of one are another calculation.
    assert unequal(figures_of(each), figures_of(case), only=lambda key: key[3] != "npv_cash") == []


# --- the same case in other words -------------------------------------------------------------------------------------


@property_of
@given(independent())
def test_other_names_leave_every_figure_and_draw(case: Case) -> None:
    ids = {outcome.id: changes.new_id(outcome.id) for outcome in case.outcomes}
    after = figures_of(changes.renamed(case)).values
    for (view, perspective, horizon, measure), value in figures_of(case).values.items():
        name, colon, outcome = measure.partition(":")
        assert after[view, perspective, horizon, name + colon + ids.get(outcome, "")] == value
    first, second = drawn(case, 64), drawn(changes.renamed(case), 64)
    np.testing.assert_array_equal(first.net_draws(), second.net_draws())


SAME = (changes.reordered, changes.split_costs, changes.split_consequences, changes.split_cohorts)


@property_of
@given(independent())
def test_order_and_splitting_leave_the_base_case(case: Case) -> None:
    figures = figures_of(case)
    for change in SAME:
        assert unequal(figures_of(change(case)), figures) == [], change.__name__


@drawn_property_of
@given(independent())
def test_order_and_splitting_leave_the_means_within_their_error(case: Case) -> None:
    size, appraisal = figures_of(case).size, drawn(case)
    for change in SAME:
        assert means_that_differ(appraisal, drawn(change(case)), size) == [], change.__name__


@drawn_property_of
@given(cases())
def test_saved_and_loaded_it_is_the_same_case_with_the_same_result(case: Case) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "case.yaml"
        path.write_text(dump_case(case), encoding="utf-8")
        loaded = socio_calc.load(path)
    first, second = drawn(case, 64), drawn(loaded, 64)
    assert second.case_sha256 == first.case_sha256
    for name, value in first.to_json().items():
        again = second.to_json()[name]
        if isinstance(value, list):
            assert [pair for pair in zip(value, again, strict=True) if pair[0] != pair[1]] == []
        assert again == value


@drawn_property_of
@given(cases())
def test_both_languages_give_the_same_numbers(case: Case) -> None:
    appraisal = drawn(case, 16)
    swedish, english = appraisal.to_json("sv"), appraisal.to_json("en")
    for result in (swedish, english):
        for warning in result["warnings"]:
            assert warning.pop("message")
    assert swedish == english
