"""The table of number formats, row by row, and the rules that hold for every figure."""

import pytest
from babel.numbers import format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

from socio_calc.locale import (
    count,
    money,
    money_interval,
    number,
    probability_figure,
    probability_short,
    probability_words,
    ratio,
    ratio_interval,
    share,
    share_interval,
    shares,
    table_money,
    table_unit,
    unit_heading,
    year,
)

N = "\u00a0"
M = "\u2212"
AMOUNTS = st.floats(-1e10, 1e10, allow_nan=False)


def spaced(text: str) -> str:
    """Write the expected text with ordinary spaces in the table below, non-breaking ones in the result."""
    return text.replace(" ", N)


@pytest.mark.parametrize(
    ("value", "sv", "en"),
    [
        (1_200_000, "1,2 mkr", "SEK 1.2 million"),
        (340_000, "340 000 kr", "SEK 340,000"),
        (-340_000, f"{M}340 000 kr", f"{M}SEK 340,000"),
        (8_500, "8 500 kr", "SEK 8,500"),
        (8_449, "8 400 kr", "SEK 8,400"),
        (994, "990 kr", "SEK 990"),
        (996, "1 000 kr", "SEK 1,000"),
        (9_960, "10 000 kr", "SEK 10,000"),
        (12_300, "12 000 kr", "SEK 12,000"),
        (994_900, "990 000 kr", "SEK 990,000"),
        (995_000, "1,0 mkr", "SEK 1.0 million"),
        (1_000_000, "1,0 mkr", "SEK 1.0 million"),
        (99_940_000, "99,9 mkr", "SEK 99.9 million"),
        (99_960_000, "100 mkr", "SEK 100 million"),
        (1_234_567_890, "1 235 mkr", "SEK 1,235 million"),
        (0, "0 kr", "SEK 0"),
        (-4, "0 kr", "SEK 0"),
        (None, "–", "–"),
    ],
)
def test_money_in_text(value, sv, en):
    assert money(value, "sv") == spaced(sv)
    assert money(value, "en") == spaced(en)


@pytest.mark.parametrize(
    ("value", "sv", "en"),
    [(400_000, "+0,4 mkr", "+SEK 0.4 million"), (-400_000, f"{M}0,4 mkr", f"{M}SEK 0.4 million")],
)
def test_signed_money_in_one_unit(value, sv, en):
    assert money(value, "sv", signed=True, unit="million") == spaced(sv)
    assert money(value, "en", signed=True, unit="million") == spaced(en)


def test_an_amount_too_small_for_the_unit_of_the_page_keeps_its_own():
    assert money(30_000, "sv", unit="million") == spaced("30 000 kr")
    assert money(0, "en", signed=True, unit="million") == spaced("SEK 0")


def test_money_shows_no_digit_below_its_error():
    assert money(423_700, "sv", error=3_000) == spaced("420 000 kr")
    assert money(423_700, "sv", error=40_000) == spaced("400 000 kr")
    assert money(3_421_000, "en", error=200_000) == spaced("SEK 3 million")


@pytest.mark.parametrize(
    ("value", "unit", "sv", "en"),
    [
        (1_234_000, "sek", "1 234 000", "1,234,000"),
        (1_234_000, "million", "1,2", "1.2"),
        (-49_999, "million", "0", "0"),
        (-4, "sek", "0", "0"),
        # As a picture beside the table writes it.
        (-737, "sek", f"{M}740", f"{M}740"),
        (996, "sek", "1 000", "1,000"),
        (-50_000, "million", f"{M}0,1", f"{M}0.1"),
        (None, "million", "–", "–"),
    ],
)
def test_money_in_tables(value, unit, sv, en):
    assert table_money(value, "sv", unit) == spaced(sv)
    assert table_money(value, "en", unit) == spaced(en)


def test_one_unit_for_a_whole_table():
    assert table_unit([999_999.0, None, -12.0]) == "sek"
    assert table_unit([3.0, -1_000_000.0]) == "million"
    assert (unit_heading("million", "sv"), unit_heading("sek", "en")) == ("mkr", "SEK")


@pytest.mark.parametrize(
    ("value", "limits", "sv", "en"),
    [
        (0.54, (), "54 %", "54%"),
        (0.005, (), "0,5 %", "0.5%"),
        (0.035, (), "3,5 %", "3.5%"),
        (0.03, (), "3 %", "3%"),
        (0.0302, (), "3,0 %", "3.0%"),
        (0.0996, (), "10 %", "10%"),
        (0.496, (0.5,), "49,6 %", "49.6%"),
        (0.4996, (0.5,), "49,96 %", "49.96%"),
        (0.5, (0.5,), "50 %", "50%"),
        (0.504, (0.5,), "50,4 %", "50.4%"),
        (0.496, (), "50 %", "50%"),
        (0.9996, (), "99,96 %", "99.96%"),
        (1.0, (), "100 %", "100%"),
        (0.0, (), "0 %", "0%"),
        (-0.12, (), f"{M}12 %", f"{M}12%"),
        (1.203, (), "120 %", "120%"),
        (None, (), "–", "–"),
    ],
)
def test_shares(value, limits, sv, en):
    assert share(value, "sv", limits) == spaced(sv)
    assert share(value, "en", limits) == spaced(en)


def test_ratios_intervals_years_and_counts():
    assert ratio(0.77, "sv") == "0,77"
    assert ratio(1.2, "sv", decimals=1) == "1,2"
    assert ratio_interval(0.71, 0.83, "sv") == "0,71–0,83"
    assert ratio_interval(-0.31, 0.12, "sv") == f"{M}0,31 till 0,12"
    assert money_interval(-700_000, 1_600_000, "sv") == f"{M}0,7 till 1,6{N}mkr"
    assert money_interval(-700_000, 1_600_000, "en") == f"{M}0.7 to 1.6{N}million"
    # Where the unit comes first, a sign stands before it: each end as the amounts beside it.
    each = money_interval(-1_100_000, -500_000, "en", unit="sek", each=True)
    assert each == f"{M}SEK{N}1,100,000 to {M}SEK{N}500,000"
    signed = money_interval(-4_500_000, 5_100_000, "en", signed=True, each=True)
    assert signed == f"{M}SEK{N}4.5{N}million to +SEK{N}5.1{N}million"
    assert money_interval(-4_500_000, 5_100_000, "sv", signed=True, each=True) == f"{M}4,5 till +5,1{N}mkr"
    assert money_interval(-600_000, 1_700_000, "sv", signed=True, bare=True) == f"{M}0,6 till +1,7"
    assert money_interval(120_000, 340_000, "en") == f"SEK{N}120,000–340,000"
    assert share_interval(0.12, 0.15, "sv") == f"12–15{N}%"
    assert share_interval(0.012, 0.03, "en") == "1.2–3%"
    assert year(2027) == "2027"
    assert count(16384, "sv") == f"16{N}384"
    assert count(1, "en") == "1"
    assert number(0.08, "sv") == "0,08"
    assert number(350_000.0, "en") == "350,000"
    assert number(0.1 + 0.2, "en") == "0.3"
    for missing in (number, count, ratio):
        assert missing(None, "sv") == "–"
    assert money_interval(None, 3.0, "sv") == "–"


@pytest.mark.parametrize(
    ("p", "sv", "short", "figure"),
    [
        (1.0, "i minst 99 av 100 omräkningar", "minst 99 av 100", "över 99 %"),
        (0.995, "i minst 99 av 100 omräkningar", "minst 99 av 100", "över 99 %"),
        (0.99, "i minst 99 av 100 omräkningar", "minst 99 av 100", "99 %"),
        (0.9899, "i minst 19 av 20 omräkningar", "minst 19 av 20", "99 %"),
        (0.95, "i minst 19 av 20 omräkningar", "minst 19 av 20", "95 %"),
        (0.9499, "i ungefär 9 av 10 omräkningar", "9 av 10", "95 %"),
        (0.68, "i ungefär 7 av 10 omräkningar", "7 av 10", "68 %"),
        (0.25, "i ungefär 3 av 10 omräkningar", "3 av 10", "25 %"),
        (0.496, "i ungefär 5 av 10 omräkningar", "5 av 10", "49,6 %"),
        (0.051, "i ungefär 1 av 10 omräkningar", "1 av 10", "5 %"),
        (0.05, "i högst 1 av 20 omräkningar", "högst 1 av 20", "5 %"),
        (0.01, "i högst 1 av 100 omräkningar", "högst 1 av 100", "1 %"),
        (0.0049, "i högst 1 av 100 omräkningar", "högst 1 av 100", "under 1 %"),
        (0.0, "i högst 1 av 100 omräkningar", "högst 1 av 100", "under 1 %"),
    ],
)
def test_probabilities(p, sv, short, figure):
    assert probability_words(p, "sv") == sv
    assert probability_short(p, "sv") == short
    assert probability_figure(p, "sv") == figure.replace(" %", f"{N}%")


def test_probabilities_in_english():
    assert probability_words(0.78, "en") == "in about 8 of 10 recalculations"
    assert probability_short(0.98, "en") == "at least 19 of 20"
    assert probability_figure(0.999, "en") == "over 99%"
    assert probability_figure(None, "en") == "–"


@pytest.mark.parametrize("p", [-0.1, 1.1, float("nan")])
def test_what_is_no_probability_is_refused(p):
    with pytest.raises(ValueError, match="probability"):
        probability_words(p, "sv")
    with pytest.raises(ValueError, match="probability"):
        probability_figure(p, "en")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("write", [money, share, number, count, ratio])
def test_a_figure_that_is_none_is_refused(write, value):
    with pytest.raises(ValueError, match="missing measure"):
        write(value, "sv")


@given(AMOUNTS)
def test_no_minus_zero_and_the_sign_is_right(value):
    for text in (money(value, "en"), table_money(value, "en", "million"), table_money(value, "en", "sek")):
        digits = "".join(c for c in text if c.isdigit())
        assert text.startswith(M) == (value < 0 and digits.strip("0") != "")


@given(AMOUNTS)
def test_swedish_and_english_show_the_same_digits(value):
    for write in (money, number, count):
        sv, en = write(value, "sv"), write(value, "en")
        assert [c for c in sv if c.isdigit()] == [c for c in en if c.isdigit()]


@given(st.floats(-1e12, 1e12), st.integers(0, 4))
def test_plain_numbers_agree_with_babel(value, decimals):
    # CLDR rounds half to even, we round half up: only figures away from a half are compared.
    if abs(value) * 10**decimals > 1e12 or abs(abs(value * 10**decimals) % 1 - 0.5) < 1e-3:
        return
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    ours = number(value, "sv", decimals)
    babel = format_decimal(value, format=pattern, locale="sv").replace("-", M)
    assert ours == babel or (ours == "0" and not babel.strip(f"{M}0,"))


@given(st.integers(10, 100))
def test_whole_per_cent_agrees_with_babel(percent):
    assert share(percent / 100, "sv") == format_percent(percent / 100, locale="sv")
    assert share(percent / 100, "en") == format_percent(percent / 100, locale="en")


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ((0.592, 0.634, 0.63), ("59,2 %", "63,4 %", "63,0 %")),
        ((0.5916, 0.635, 0.63), ("59 %", "64 %", "63 %")),  # 63.5 is rounded up: whole per cent tell them apart
        ((0.628, 0.632), ("62,8 %", "63,2 %")),  # both would be 63 %
        ((0.094, 0.0961), ("9,4 %", "9,6 %")),
        ((0.3, 0.3), ("30 %", "30 %")),
        ((0.9996, 0.5), ("99,96 %", "50,00 %")),  # what is not all is not written as all
        ((-0.12, 0.2), (f"{M}12 %", "20 %")),
    ],
)
def test_shares_that_are_compared_have_the_same_decimals(values, shown):
    assert shares(values, "sv") == tuple(map(spaced, shown))


@given(st.lists(st.floats(0.001, 0.999), min_size=2, max_size=3))
def test_compared_shares_keep_their_order(values):
    shown = [float(text.rstrip("%")) for text in shares(tuple(values), "en")]
    assert len({len(text.partition(".")[2]) for text in shares(tuple(values), "en")}) == 1
    for (a, x), (b, y) in zip(zip(values, shown, strict=True), list(zip(values, shown, strict=True))[1:], strict=False):
        assert (x - y) * (a - b) >= 0
        assert x != y or abs(a - b) < 1.1e-5
