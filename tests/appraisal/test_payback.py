"""The payback year by hand, and in many draws at once (METHOD §7)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socio_calc.appraisal.measures import payback_year
from socio_calc.appraisal.paths import _payback_of_draws


@pytest.mark.parametrize(
    ("net", "year"),
    [
        ([-9, 9], 2),
        ([-9, 5, 4, 1], 3),
        ([-9, 8, 0.9], None),
        ([0, 0], 1),
        ([3, -2, 1], 1),
        # Paid back in year 2, in debt again in year 3: only what stays counts.
        ([-5, 6, -2, 3], 4),
        ([-5, 6, -2, 0], None),
        ([5, -6, 1], 3),
        ([-1e9, 1e9 - 0.5], 2),  # within 1e-9 of the largest
        ([-1e9, 1e9 - 2.0], None),
        ([-1], None),
    ],
)
def test_by_hand(net: list[float], year: int | None) -> None:
    assert payback_year(np.array(net, dtype=float)) == year


@given(
    st.lists(st.lists(st.integers(-5, 5), min_size=6, max_size=6), min_size=1, max_size=20),
    st.integers(1, 6),
)
def test_many_draws_at_once_are_each_one_alone(columns: list[list[int]], years: int) -> None:
    net = np.array(columns, dtype=float).T[:years]
    paying = np.arange(net.shape[1]) % 3 > 0
    found, valid = _payback_of_draws(net, paying)
    for draw, column in enumerate(net.T):
        alone = payback_year(column)
        assert valid[draw] == (paying[draw] and alone is not None)
        if valid[draw]:
            assert found[draw] == alone
