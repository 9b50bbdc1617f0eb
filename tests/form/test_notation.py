"""One cell, one number: every form of METHOD §8 as short text, and back without loss."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socio_calc.form.notation import (
    NotationError,
    number_cell,
    quantity_cell,
    read_quantity,
    read_yaml,
    same,
    text_cell,
)
from tests.strategies import money, quantities, shares

SHORT = [
    ("12", 12),
    ("350 000 kr", "350 000 kr"),
    ("15 %", "15 %"),
    ("0,8", 0.8),
    ("180; 230; 320", {"low": 180, "mode": 230, "high": 320}),
    ("60 %; 75 %; 90 %", {"low": "60 %", "mode": "75 %", "high": "90 %"}),
    ("-3; -1", {"low": -3, "high": -1}),
    ("0,77 (0,71; 0,83)", {"estimate": 0.77, "ci": [0.71, 0.83]}),
    ("-0,3 (-0,5; 0,1) normal", {"estimate": -0.3, "ci": [-0.5, 0.1], "dist": "normal"}),
    ("3 av 9", {"events": 3, "of": 9}),
    ("3 of 9", {"events": 3, "of": 9}),
    ("medel 5; sd 2", {"mean": 5, "sd": 2}),
    ("mean 5; sd 2; gamma", {"mean": 5, "sd": 2, "dist": "gamma"}),
    ("talet timmar", {"ref": "timmar"}),
    ("number timmar", {"ref": "timmar"}),
    ("Pris teacher-hour", {"cost": "teacher-hour"}),
    ("evidens falls-ex-rate-all", {"evidence": "falls-ex-rate-all"}),
    ("statistik grade9-eligible-se-2023", {"baseline": "grade9-eligible-se-2023"}),
    ("år för år: 0,1; 0,2", [0.1, 0.2]),
    ("öppet", "open"),
    ("open", "open"),
    ("yaml: {dist: triangular, low: 1, mode: 2, high: 3}", {"dist": "triangular", "low": 1, "mode": 2, "high": 3}),
    ("ungefär tolv", "ungefär tolv"),
    ("1.000", "1.000"),
]


@pytest.mark.parametrize(("text", "raw"), SHORT)
def test_what_a_person_writes_is_read(text, raw):
    assert same(read_quantity(text), raw)


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(
    ("raw", "sv"),
    [
        ({"low": 1, "mode": 2.5, "high": 3}, "1; 2,5; 3"),
        ({"estimate": 0.77, "ci": [0.71, 0.83]}, "0,77 (0,71; 0,83)"),
        ({"events": 3, "of": 9}, "3 av 9"),
        ({"mean": 5, "sd": 2, "dist": "beta"}, "medel 5; sd 2; beta"),
        ({"ref": "timmar"}, "talet timmar"),
        ([0.1, 0.2], "år för år: 0,1; 0,2"),
        ("open", "öppet"),
    ],
)
def test_short_text_is_used_where_there_is_one(raw, sv, lang):
    text = quantity_cell(raw, lang)
    assert not str(text).startswith("yaml")
    assert lang == "en" or text == sv
    assert same(read_quantity(text), raw)


@pytest.mark.parametrize(
    "raw",
    [
        {"dist": "discrete", "values": [0, 1], "weights": [1, 3]},
        {"value": 3, "source": "SCB", "tornado_group": "Löner"},
        {"evidence": "a", "tau": 0.15},
        [{"low": 1, "high": 2}, 3],
        {"ref": "två ord"},
        {"low": "ett", "mode": 2, "high": 3},
    ],
)
def test_what_has_no_short_text_is_written_as_in_a_case_file(raw):
    text = quantity_cell(raw, "sv")
    assert str(text).startswith("yaml: ")
    assert same(read_quantity(text), raw)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e18, max_value=1e18))
def test_no_digit_of_a_number_is_lost(number):
    assert read_quantity(number_cell(number)) == number


def test_a_spreadsheet_never_gets_a_number_that_it_would_round():
    assert number_cell(0.1 + 0.2) == "0,30000000000000004"
    assert number_cell(0.3) == 0.3
    assert isinstance(number_cell(2**60), str)


@given(st.one_of(quantities(-1000, 1000), shares(), money()))
def test_every_form_of_a_quantity_survives(quantity):
    from socio_calc.case.dump import plain_data

    raw = plain_data(quantity)
    for lang in ("sv", "en"):
        assert same(read_quantity(quantity_cell(raw, lang)), raw)


@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=30))
def test_every_text_survives_or_is_escaped(text):
    cell = text_cell(text)
    assert cell == text or same(read_yaml(cell), text)
    assert cell == cell.strip()
    assert "\r" not in cell


def test_text_that_a_spreadsheet_would_change_is_escaped():
    for text in ("", " a", "a\n", "a\rb", "e\u0301", "_x000D_", "yaml: 1", "\u2028"):
        assert text_cell(text).startswith("yaml: "), text
    for text in ("=1+1", "två\nrader", "50\u00a0kr", "Åsa"):
        assert text_cell(text) == text


@pytest.mark.parametrize("text", ["yaml: {a", "yaml: &x 1", "yaml: *x", "yaml: !!str 1"])
def test_what_is_no_yaml_is_told(text):
    with pytest.raises(NotationError):
        read_quantity(text)
