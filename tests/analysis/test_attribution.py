"""Parts of a difference: closed forms of the Shapley value, and what must hold of any game."""

from __future__ import annotations

import math
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socio_calc.analysis.attribution import attribute


def test_the_glove_game() -> None:
    """One left glove and two right ones; a pair is worth 1: the left one gets two thirds (Shapley 1953)."""
    value = [0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0]  # bit 0 is the left glove
    assert attribute(3, lambda made: value[made]).parts == pytest.approx((2 / 3, 1 / 6, 1 / 6))


def test_a_product_of_two_shares_what_both_do_together() -> None:
    """From 2·3 to 5·7: (5−2)·(3+7)/2 and (7−3)·(2+5)/2."""
    result = attribute(2, lambda made: (5.0 if made & 1 else 2.0) * (7.0 if made & 2 else 3.0))
    assert result.parts == pytest.approx((15.0, 14.0))
    assert result.exact and result.orders == 0


@given(st.lists(st.floats(-1e6, 1e6), min_size=16, max_size=16))
@settings(max_examples=25)
def test_parts_are_means_over_all_orders(values: list[float]) -> None:
    wanted = [0.0] * 4
    for order in permutations(range(4)):
        made = 0
        for change in order:
            wanted[change] += (values[made | 1 << change] - values[made]) / math.factorial(4)
            made |= 1 << change
    result = attribute(4, lambda made: values[made])
    assert result.parts == pytest.approx(wanted, abs=1e-6)
    assert math.fsum(result.parts) == pytest.approx(values[15] - values[0], abs=1e-6)


def test_drawn_orders_add_up_exactly_and_come_near() -> None:
    def value(made: int) -> float:
        count = made.bit_count()
        return float(count + (count * (count - 1)) / 10 + 5 * (made & 1))

    exact, drawn = attribute(9, value), attribute(9, value, most_exact=5)
    assert exact.exact and not drawn.exact and drawn.orders >= 16
    assert math.fsum(drawn.parts) == pytest.approx(value(511) - value(0), abs=1e-9)
    for part, wanted, error in zip(drawn.parts, exact.parts, drawn.errors, strict=True):
        assert abs(part - wanted) <= 5 * error + 1e-9


def test_a_change_alone_in_what_it_does_has_no_error() -> None:
    drawn = attribute(14, lambda made: 3.0 * (made & 1) - 2.0 * (made >> 13 & 1))
    assert drawn.parts[0] == 3.0 and drawn.parts[13] == -2.0 and drawn.errors == (0.0,) * 14


def test_the_same_seed_draws_the_same_orders() -> None:
    def value(made: int) -> float:
        return float(made.bit_count() ** 2)

    assert attribute(12, value, seed=3) == attribute(12, value, seed=3)


def test_no_changes_have_no_parts() -> None:
    assert attribute(0, lambda made: 1.0).parts == ()
