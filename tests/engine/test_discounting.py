"""Discount factors by hand (METHOD §1)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socio_calc.engine.discounting import discount_factors, horizon_weights, yearly_rates

STEPS = [(0, 0.035), (2, 0.03), (3, 0.01)]


def test_each_year_has_the_rate_of_the_last_step_before_it() -> None:
    assert yearly_rates(STEPS, 5).tolist() == [0.035, 0.035, 0.03, 0.01, 0.01]


def test_steps_after_the_end_are_never_reached() -> None:
    assert yearly_rates([(0, 0.035), (31, 0.03)], 2).tolist() == [0.035, 0.035]


@pytest.mark.parametrize(
    ("timing", "last"),
    [
        ("start", [1, 1, 1, 1]),
        ("mid", [1.035**0.5, 1.035**0.5, 1.03**0.5, 1.01**0.5]),
        ("end", [1.035, 1.035, 1.03, 1.01]),
    ],
)
def test_factors_of_a_schedule_by_hand(timing: str, last: list[float]) -> None:
    grown = [1.0, 1.035, 1.035 * 1.03, 1.035 * 1.03 * 1.01]
    expected = [1 / (before * own) for before, own in zip(grown, last, strict=True)]
    np.testing.assert_allclose(discount_factors(STEPS, 4, timing), expected, rtol=1e-14)


def test_the_rate_of_year_0_counts_only_within_the_year() -> None:
    # d(0) at the start of the year is 1 whatever the rate; the step to year 1 uses year 1's rate.
    assert discount_factors([(0, 0.5), (1, 0.1)], 2, "start").tolist() == [1.0, pytest.approx(1 / 1.1, rel=1e-15)]
    assert discount_factors([(0, 0.5), (1, 0.1)], 2, "end").tolist() == pytest.approx([1 / 1.5, 1 / 1.1**2], rel=1e-15)


@given(st.floats(0, 0.2), st.integers(1, 120))
def test_an_annuity_in_closed_form(rate: float, years: int) -> None:
    total = discount_factors([(0, rate)], years, "start").sum()
    v = 1 / (1 + rate)
    closed = years if rate < 1e-9 else (1 - v**years) / (1 - v)
    assert total == pytest.approx(closed, rel=1e-6 if rate < 1e-6 else 1e-9)


def test_horizon_weights_end_before_the_horizon() -> None:
    weights = horizon_weights(np.array([1.0, 0.9, 0.8]), (1, 3))
    assert weights.tolist() == [[1.0, 0.0, 0.0], [1.0, 0.9, 0.8]]
