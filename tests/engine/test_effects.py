"""Effects by hand: each measure on each level, each shape of strength, survival (METHOD §4)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socio_calc.engine.effects import (
    DOMAINS,
    MEASURE_LEVELS,
    clip_to_domain,
    intervention_level,
    rounded_years,
    strength,
    survival_curve,
)
from socio_calc.engine.terms import Product, Shape

ODDS_OF_SMD = math.exp(-0.5 * math.pi / math.sqrt(3))

#: measure, level, b, value, i worked out by hand from METHOD §4's table.
BY_HAND = [
    ("difference", "probability", 0.20, -0.05, 0.15),
    ("difference", "rate", 1.5, 0.5, 2.0),
    ("difference", "amount", -3.0, 1.0, -2.0),
    ("ratio", "probability", 0.20, 0.75, 0.15),
    ("ratio", "rate", 1.5, 2.0, 3.0),
    ("ratio", "amount", -3.0, 0.5, -1.5),
    ("ratio", "event", 0.5, 0.5, 0.25),
    # Odds 1 to 4; twice as many are 2 to 4, a third.
    ("odds_ratio", "probability", 0.20, 2.0, 1 / 3),
    ("odds_ratio", "event", 0.5, 3.0, 0.75),
    # Survival 0.8; at half the hazard √0.8 survive, at twice 0.64.
    ("hazard_ratio", "probability", 0.20, 0.5, 1 - math.sqrt(0.8)),
    ("hazard_ratio", "event", 0.20, 2.0, 0.36),
    ("smd", "amount", 10.0, -0.5, 8.0),
    ("smd", "probability", 0.5, -0.5, ODDS_OF_SMD / (1 + ODDS_OF_SMD)),
    ("smd", "event", 0.2, -0.5, ODDS_OF_SMD / (4 + ODDS_OF_SMD)),
    ("level", "probability", 0.20, 0.05, 0.05),
    ("level", "rate", 1.5, 0.3, 0.3),
]


@pytest.mark.parametrize(("measure", "level", "ordinary", "value", "expected"), BY_HAND)
def test_measure(measure: str, level: str, ordinary: float, value: float, expected: float) -> None:
    sd = 4.0 if (measure, level) == ("smd", "amount") else None
    found = intervention_level(measure, level, np.array([ordinary]), np.array([value]), sd)
    assert found.tolist() == [pytest.approx(expected, rel=1e-14)]


def test_every_measure_stands_in_the_table() -> None:
    assert {measure for measure, *_ in BY_HAND} == MEASURE_LEVELS.keys()


@pytest.mark.parametrize(
    ("measure", "nothing"),
    [("difference", 0.0), ("ratio", 1.0), ("odds_ratio", 1.0), ("hazard_ratio", 1.0), ("smd", 0.0)],
)
@pytest.mark.parametrize("ordinary", [0.0, 0.03, 0.5, 0.97, 1.0])
def test_no_effect_leaves_the_level(measure: str, nothing: float, ordinary: float) -> None:
    found = intervention_level(measure, "probability", np.array([ordinary]), np.array([nothing]))
    assert found[0] == pytest.approx(ordinary, rel=1e-14)


@given(st.floats(1e-6, 1 - 1e-6), st.floats(0.01, 100))
def test_an_odds_ratio_is_the_ratio_of_the_odds(ordinary: float, ratio: float) -> None:
    level = float(intervention_level("odds_ratio", "probability", np.array([ordinary]), np.array([ratio]))[0])
    assert 0 < level < 1
    assert level / (1 - level) == pytest.approx(ratio * ordinary / (1 - ordinary), rel=1e-7)


@given(st.floats(0, 1), st.floats(0, 20))
def test_a_hazard_ratio_keeps_a_share_a_share(ordinary: float, ratio: float) -> None:
    level = float(intervention_level("hazard_ratio", "probability", np.array([ordinary]), np.array([ratio]))[0])
    assert 0 <= level <= 1
    assert 1 - level == pytest.approx((1 - ordinary) ** ratio, rel=1e-12, abs=1e-15)


def test_smd_of_an_amount_needs_its_spread() -> None:
    with pytest.raises(ValueError, match="spread"):
        intervention_level("smd", "amount", np.array([1.0]), np.array([0.5]))


@pytest.mark.parametrize(
    ("level", "limited"),
    [
        ("probability", [0.0, 0.5, 1.0]),
        ("event", [0.0, 0.5, 1.0]),
        ("rate", [0.0, 0.5, 2.0]),
        ("amount", [-1.0, 0.5, 2.0]),
    ],
)
def test_levels_are_limited_to_their_domain(level: str, limited: list[float]) -> None:
    values, outside = clip_to_domain(level, np.array([-1.0, 0.5, 2.0]))
    assert values.tolist() == limited
    changed = [before != after for before, after in zip([-1.0, 0.5, 2.0], limited, strict=True)]
    assert (outside is None) == (not any(changed))
    assert outside is None or outside.tolist() == changed


def test_the_ends_of_a_domain_are_inside() -> None:
    for level, (low, high) in DOMAINS.items():
        ends = np.array([end for end in (low, high) if math.isfinite(end)])
        assert clip_to_domain(level, ends)[1] is None, level


# --- strength ---------------------------------------------------------------------------------------------------------


def w(shape: Shape, holds: float | None, rate: float | None = None, ages: int = 7) -> list[float]:
    of = (None if value is None else np.array([value]) for value in (holds, rate))
    return strength(shape, ages, *of)[:, 0].tolist()


def test_no_fade_ends_with_the_hold() -> None:
    assert w(Shape(1, Product(2.0), "cut"), 2) == [0, 1, 1, 0, 0, 0, 0]


def test_fade_none_goes_on() -> None:
    assert w(Shape(1, Product(2.0), "none"), 2) == [0, 1, 1, 1, 1, 1, 1]


def test_an_exponential_fade_loses_its_share_from_the_first_year_after_the_hold() -> None:
    shape = Shape(1, Product(2.0), "exponential", rate=Product(0.25))
    assert w(shape, 2, 0.25) == [0, 1, 1, 0.75, 0.75**2, 0.75**3, 0.75**4]
    assert w(shape, 2, 1.0) == [0, 1, 1, 0, 0, 0, 0]
    assert w(shape, 2, 0.0) == [0, 1, 1, 1, 1, 1, 1]


def test_a_linear_fade_reaches_nothing_after_its_years() -> None:
    assert w(Shape(0, Product(1.0), "linear", over=4), 1) == [1, 0.75, 0.5, 0.25, 0, 0, 0]
    assert w(Shape(0, Product(1.0), "linear", over=1), 1) == [1, 0, 0, 0, 0, 0, 0]


def test_a_table_gives_its_values_and_then_nothing() -> None:
    assert w(Shape(1, Product(1.0), "table", table=(0.9, 0.2, 1.5)), 1) == [0, 1, 0.9, 0.2, 1.5, 0, 0]
    assert w(Shape(0, Product(0.0), "table", table=(0.9,)), 0) == [0.9, 0, 0, 0, 0, 0, 0]


def test_an_open_hold_goes_on_until_it_lasts_no_more() -> None:
    assert w(Shape(2, None, "cut"), None) == [0, 0, 1, 1, 1, 1, 1]
    # `lasts` is counted from entry, not from the lag.
    assert w(Shape(2, None, "cut", lasts=4), None) == [0, 0, 1, 1, 0, 0, 0]
    assert w(Shape(2, None, "cut", lasts=1), None) == [0] * 7


def test_lasts_cuts_a_fade_off() -> None:
    shape = Shape(0, Product(1.0), "exponential", rate=Product(0.5), lasts=3)
    assert w(shape, 1, 0.5) == [1, 0.5, 0.25, 0, 0, 0, 0]


def test_an_event_happens_in_the_year_of_its_lag() -> None:
    assert w(Shape(2, None, "cut", event=True), None) == [0, 0, 1, 0, 0, 0, 0]


def test_uncertain_holds_are_rounded_in_each_draw() -> None:
    holds = np.array([-0.7, 0.49, 0.5, 1.49, 1.5, 2.5])
    assert rounded_years(holds).tolist() == [0, 0, 1, 1, 2, 3]
    shape = Shape(0, Product(1.0, (0,)), "cut")
    assert strength(shape, 4, holds, None).sum(axis=0).tolist() == [0, 0, 1, 1, 2, 3]


# --- survival ---------------------------------------------------------------------------------------------------------


def test_women_and_men_are_followed_apart() -> None:
    women, men = [0.1] * 101, [0.2] * 101
    found = survival_curve(women, men, age=50, share_women=0.25, years=3)
    expected = [0.25 * 0.9**a + 0.75 * 0.8**a for a in range(4)]
    np.testing.assert_allclose(found, expected, rtol=1e-15)


def test_no_one_lives_through_the_age_of_100() -> None:
    none_die = [0.0] * 101
    assert survival_curve(none_die, none_die, 98, 0.5, 4).tolist() == [1, 1, 1, 0, 0]
    assert survival_curve(none_die, none_die, 105, 0.5, 2).tolist() == [1, 0, 0]
