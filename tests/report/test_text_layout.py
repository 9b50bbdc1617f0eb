"""Lines of a fixed width: what does not fit moves, and nothing is lost."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socio_calc.report import text_layout
from socio_calc.report.text_layout import figure_rows, joined_parts, paragraph, shortened, table

N = "\u00a0"
ROWS = [
    ("Nettonuvärde", f"+600{N}000{N}kr", f"troligen +580{N}000 till +620{N}000"),
    ("Går jämnt upp", f"år{N}3", "2027"),
]
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=200)


def test_the_examples_of_the_docstrings():
    assert doctest.testmod(text_layout).failed == 0


@given(TEXT, st.integers(10, 80))
def test_a_paragraph_keeps_every_word_within_its_width(text, width):
    lines = paragraph(text, width, first="  ", rest="    ")
    assert all(len(line.text) <= width for line in lines)
    kept = "".join("".join(line.text.split()) for line in lines)
    assert kept == "".join(text_layout.printable(text).split())


@given(TEXT, st.integers(5, 60))
def test_a_shortened_name_is_never_longer(text, most):
    assert len(shortened(text, most)) <= most


@pytest.mark.parametrize("width", range(40, 81, 5))
def test_rows_of_figures_keep_all_that_they_say(width):
    lines = [line.text.replace(N, " ") for line in figure_rows(ROWS, width)]
    assert all(len(line) <= width for line in lines)
    words = " ".join(" ".join(lines).replace(":", "").split())
    assert words == "Nettonuvärde +600 000 kr troligen +580 000 till +620 000 Går jämnt upp år 3 2027"


def test_a_remark_that_has_no_room_moves_to_the_next_line():
    wide, narrow = ([line.text.replace(N, " ") for line in figure_rows(ROWS, width)] for width in (80, 44))
    assert wide == [
        "  Nettonuvärde     +600 000 kr    troligen +580 000 till +620 000",
        "  Går jämnt upp    år 3           2027",
    ]
    assert narrow == [
        "  Nettonuvärde   +600 000 kr",
        "                 troligen +580 000 till",
        "                 +620 000",
        "  Går jämnt upp  år 3         2027",
    ]


def test_a_table_that_does_not_fit_is_none():
    head, rows = ["Part", "Betalar"], [["Kommunen", "1,1"], ["Summa", "1,1"]]
    lines = table(head, rows, 40, total=True)
    assert lines is not None
    assert [line.text for line in lines] == ["  Part        Betalar", "  Kommunen        1,1", "  Summa           1,1"]
    assert [line.role for line in lines] == ["table_head", "table_row", "table_total"]
    assert table(head, rows, 15, total=True) is None


def test_parts_share_lines_without_a_hanging_separator():
    lines = joined_parts(["5 år", "2024 års priser", "ränta"], 24, " · ", "muted")
    assert [line.text for line in lines] == ["5 år · 2024 års priser", "ränta"]
