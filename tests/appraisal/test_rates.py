"""Internal rates: flows made from known roots, and many draws at once against one at a time (METHOD §7)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socio_calc.appraisal.rates import all_rates, rates_of_draws, sign_changes


def flow_with(*rates: float, size: float = 1.0) -> np.ndarray:
    """Return the shortest flow whose internal rates are these: Σ F_t x^(n−t) = ∏ (x − (1 + r))."""
    return -size * np.poly([1 + rate for rate in rates])


@pytest.mark.parametrize(
    "rates",
    [(0.1,), (-0.5,), (0.0,), (9.0,), (-0.2, 0.1), (0.05, 0.25, 1.0), (-0.9, -0.3, 0.02, 0.6), (0.01, 0.02)],
)
@pytest.mark.parametrize("size", [1e-6, 1.0, 1e12])
def test_every_root_is_found(rates: tuple[float, ...], size: float) -> None:
    assert all_rates(flow_with(*rates, size=size)) == pytest.approx(list(rates), abs=1e-10)


@given(st.lists(st.integers(-9, 30), min_size=1, max_size=4, unique=True))
def test_roots_that_lie_apart(tenths: list[int]) -> None:
    rates = sorted(tenth / 10 for tenth in tenths)
    assert all_rates(flow_with(*rates)) == pytest.approx(rates, abs=1e-7)


def test_years_without_flow_before_and_after_change_nothing() -> None:
    flow = np.concatenate([[0.0, 0.0], flow_with(0.07), [0.0]])
    assert all_rates(flow) == pytest.approx([0.07], abs=1e-12)


def test_a_loan_of_forty_years() -> None:
    """The annuity factor says the same as the root."""
    rate = all_rates(np.array([-1000.0] + [60.0] * 40))[0]
    assert 1000 / 60 == pytest.approx((1 - (1 + rate) ** -40) / rate, rel=1e-12)


@pytest.mark.parametrize("flow", [[1.0, 2.0], [-1.0, 0.0, -3.0], [0.0, 0.0]])
def test_without_a_change_of_sign_there_is_no_rate(flow: list[float]) -> None:
    assert sign_changes(np.array(flow)) == 0
    assert all_rates(np.array(flow)) == []


def test_two_changes_of_sign_need_not_give_a_rate() -> None:
    flow = np.array([-1.0, 1.0, -1.0])  # x² − x + 1 has no real root
    assert sign_changes(flow) == 2
    assert all_rates(flow) == []


@settings(max_examples=40)
@given(st.integers(2, 15), st.integers(0, 2**32), st.sampled_from((0.0, 0.035, 0.1)))
def test_many_draws_at_once_are_each_one_alone(years: int, seed: int, first_rate: float) -> None:
    rng = np.random.default_rng(seed)
    flows = rng.normal(0.2, 1, (years, 30)) * 10.0 ** rng.integers(-3, 7, 30)
    flows[rng.random(flows.shape) < 0.2] = 0.0
    flows[0, :20] = -np.abs(flows[0, :20])
    flows[1:, :10] = np.abs(flows[1:, :10])
    found = rates_of_draws(flows, first_rate)
    for column, rate in zip(flows.T, found, strict=True):
        roots = all_rates(column)
        if not roots:
            assert np.isnan(rate)
            continue
        nearest = min(roots, key=lambda root: abs(root - first_rate))
        assert rate == pytest.approx(nearest, rel=1e-7, abs=1e-9)
        terms = column * (1 + rate) ** -np.arange(years, dtype=float)
        assert abs(terms.sum()) <= 1e-7 * np.abs(terms).sum()


def test_one_year_has_no_rate() -> None:
    assert np.isnan(rates_of_draws(np.array([[1.0, -1.0]]), 0.035)).all()


def test_rates_far_from_the_first_rate() -> None:
    flows = np.array([[-1.0, -1.0], [1e6, 1e-6]])
    assert rates_of_draws(flows, 0.035).tolist() == pytest.approx([1e6 - 1, 1e-6 - 1], rel=1e-9)
