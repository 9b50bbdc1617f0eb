import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socio_calc.case import NumberError, read_number


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        (350000, 350000, ""),
        (0.035, 0.035, ""),
        ("350_000", 350000, ""),
        ("350 000", 350000, ""),
        ("350\u00a0000\u00a0kr", 350000, "kr"),
        ("350\u202f000 kr", 350000, "kr"),
        ("1\u2009234\u2009567", 1234567, ""),
        ("\u22124", -4, ""),
        ("-4,5", -4.5, ""),
        ("– 4", -4, ""),
        ("15 %", 0.15, "%"),
        ("3,5 %", 0.035, "%"),
        ("3,5\u00a0procent", 0.035, "%"),
        ("1,234", 1.234, ""),
        ("0.125", 0.125, ""),
        ("12.5", 12.5, ""),
        ("1234.567", 1234.567, ""),
        ("1 234,5", 1234.5, ""),
        ("1.234,5", 1234.5, ""),
        ("1,234.5", 1234.5, ""),
        ("350 tkr", 350000, "kr"),
        ("1,2 mkr", 1200000, "kr"),
        ("12 SEK", 12, "kr"),
        ("12:-", 12, "kr"),
        ("1.200.000", 1200000, ""),
        ("1,200,000 kr", 1200000, "kr"),
        ("−12.345.678", -12345678, ""),
        ("1.234.567,5", 1234567.5, ""),
        ("40 st", 40, ""),
        ("40 stycken", 40, ""),
        ("1,5 miljoner", 1500000, ""),
        ("1 miljon", 1000000, ""),
        ("2 Miljoner kronor", 2000000, "kr"),
        ("1.5 million SEK", 1500000, "kr"),
        ("  7  ", 7, ""),
    ],
)
def test_swedish_forms(written, value, unit):
    read = read_number(written)
    assert (read.value, read.unit) == (pytest.approx(value, rel=1e-15), unit)


@pytest.mark.parametrize(
    ("written", "a", "b"),
    [
        ("1.234", 1234, 1.234),
        ("12.500 kr", 12500, 12.5),
    ],
)
def test_two_readings_are_refused_with_both(written, a, b):
    with pytest.raises(NumberError) as raised:
        read_number(written)
    assert raised.value.code == "ambiguous-number"
    assert raised.value.params["reading_a"] == a
    assert raised.value.params["reading_b"] == pytest.approx(b)
    for key in ("write_a", "write_b"):
        rewritten = str(raised.value.params[key]).strip('"')
        assert read_number(rewritten).value in (a, pytest.approx(b)), "what the message tells to write must be readable"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "abc",
        "1e9",
        "inf",
        "nan",
        ".inf",
        "12 34",
        "1 2345",
        "1 234 56",
        "1,2,3",
        "1.2.3",
        "1 234.567.8",
        "1 000_000",
        "1_00",
        "5 kg",
        "--5",
        "5-",
        "½",
        "٣",
        "0.123.456",
        "1.200,000.000",
        "12 stolar",
        "3 miljoner %",
        "0x1F",
        "1" * 70,
        True,
        False,
        [1],
        {"a": 1},
    ],
)
def test_no_number(written):
    with pytest.raises(NumberError) as raised:
        read_number(written)
    assert raised.value.code == ("missing-required" if written == "" else "not-a-number")


@pytest.mark.parametrize("written", [math.inf, -math.inf, math.nan, 10**400])
def test_not_finite(written):
    with pytest.raises(NumberError) as raised:
        read_number(written)
    assert raised.value.code == "not-finite"


@given(st.integers(-(10**15), 10**15), st.sampled_from([" ", "\u00a0", "\u202f", "_"]), st.sampled_from(["", " kr"]))
def test_grouped_whole_numbers_read_back(number, separator, unit):
    written = f"{number:,}".replace(",", separator) + unit
    assert read_number(written).value == number


@given(st.text(max_size=80))
def test_any_text_is_a_finite_number_or_refused(text):
    try:
        assert math.isfinite(read_number(text).value)
    except NumberError as error:
        assert error.code in {"not-a-number", "ambiguous-number", "missing-required"}
