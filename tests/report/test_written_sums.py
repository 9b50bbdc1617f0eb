"""Amounts as a table writes them are read back as they stand, and sums of them are those that a reader makes."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socio_calc.locale import LANGUAGES, Language, table_money
from socio_calc.report.written_sums import rows_add_up, written_amount, written_equal

AMOUNTS = st.floats(-1e12, 1e12, allow_nan=False)


@given(AMOUNTS, st.sampled_from(LANGUAGES), st.booleans())
def test_what_a_table_writes_is_read_back(amount: float, lang: Language, signed: bool) -> None:
    thousands = 1_000 if abs(amount) >= 1_000 else 10
    for unit, step, scale in (("sek", thousands, 1), ("million", 100_000, 1_000_000)):
        shown = (Decimal(amount) / step).quantize(Decimal(1), ROUND_HALF_UP) * step / scale
        written = table_money(amount, lang, unit, signed=signed)  # type: ignore[arg-type]
        assert written_amount(written, lang) == shown


@pytest.mark.parametrize("cell", ["", "–"])
def test_what_is_not_told_counts_as_nothing(cell: str) -> None:
    assert written_amount(cell, "sv") == 0


def test_words_are_no_amount() -> None:
    with pytest.raises(ArithmeticError):
        written_amount("inte på 5 år", "sv")


def test_sums_are_those_of_the_written_figures() -> None:
    # 0.74 + 1.44 + 0.06 = 2.24: each is right by itself, and the three that are shown make 2.2, not 2.3.
    told = [table_money(amount, "sv", "million") for amount in (740_000, 1_440_000, 60_000)]
    assert told == ["0,7", "1,4", "0,1"]
    assert written_equal(told, ["2,2"], "sv")
    assert not written_equal(told[:2], ["2,2"], "sv")


def test_every_column_and_every_row_counts() -> None:
    assert rows_add_up([["1", "2"], ["3", "4"]], ["4", "6"], "sv")
    assert not rows_add_up([["1", "2"], ["3", "4"]], ["4", "7"], "sv")
    with pytest.raises(ValueError, match="zip"):
        rows_add_up([["1", "2"], ["3"]], ["4", "2"], "sv")
