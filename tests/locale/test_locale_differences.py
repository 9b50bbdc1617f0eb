"""Two levels and their difference: three figures that add up, each of them near what it is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socio_calc.locale import LANGUAGES, Language, adding_up, adds_up, signed_number

LEVELS = st.floats(-1e6, 1e6, allow_nan=False)


def _read(figure: str) -> Decimal:
    return Decimal(figure.replace("\u00a0", "").replace(",", ".").replace("\u2212", "-"))


@given(before=LEVELS, after=LEVELS, decimals=st.integers(0, 4))
def test_the_figures_add_up_and_none_is_a_unit_wrong(before: float, after: float, decimals: int) -> None:
    figures = adding_up(before, after, "sv", decimals)
    first, last, change = map(_read, figures)
    assert first + change == last
    unit = 10.0**-decimals
    assert abs(float(change) - (after - before)) <= unit / 2 + 1e-9
    assert abs(float(first) - before) < unit + 1e-9
    assert abs(float(last) - after) < unit + 1e-9
    if adds_up(before, after, decimals):
        assert abs(float(first) - before) <= unit / 2 + 1e-9
        assert abs(float(last) - after) <= unit / 2 + 1e-9


def test_what_rounding_breaks_is_found() -> None:
    assert not adds_up(40.84, 42.41, 0)  # 41 + 2 is not 42
    assert adds_up(40.84, 42.41, 1)
    assert adds_up(0.0, 0.0, 0)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_level_never_falls_below_nothing(lang: Language) -> None:
    for before, after in ((0.04, 0.0), (0.0, 0.04), (0.26, 0.24), (0.16, 0.05)):
        assert "\u2212" not in "".join(adding_up(before, after, lang, 1)[:2])


def test_changes_have_a_sign_where_there_is_one() -> None:
    assert signed_number(0.04, "sv", 1) == "0"
    assert signed_number(-0.06, "sv", 1) == "\u22120,1"
    assert signed_number(1234.5, "en") == "+1,234.5"
    assert signed_number(None, "en") == "–"
