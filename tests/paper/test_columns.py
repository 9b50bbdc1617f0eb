"""Widths of columns: numbers and words are whole, long texts have the room, and nothing is asked for in vain."""

from __future__ import annotations

from pathlib import Path

import pytest

from socio_calc.locale import LANGUAGES, Language
from socio_calc.paper import Cell, Column, Row, Section, Table, plain
from socio_calc.paper.blocks import Block, cell_of
from socio_calc.paper.cleaning import unbroken
from socio_calc.paper.columns import UPRIGHT, WIDE, Widths, column_widths
from socio_calc.paper.letters import text_ems
from tests.report.document.document_cases import reported

SUM = "1\u00a0222\u00a0724"


def years(count: int) -> Table:
    """Return a budget by year."""
    columns = (Column("Kostnadspost", share=2.4), Column("Finansieras med"), *[Column("2025", "right")] * count)
    rows = (
        Row(("Övergångscoach i nian, som medlen betalar", "Sociala investeringsmedel", *[SUM] * count)),
        Row(("Summa", "", *[SUM] * count), "total"),
    )
    return Table("Kostnader", columns, rows)


def needs(table: Table, at: int) -> float:
    """Return how much room the longest number, or word of at most 24 letters, of a column takes."""
    column = table.columns[at]
    least = max((text_ems(word, bold=True) for word in column.head.split(" ") if len(word) <= 24), default=0.0)
    for row in table.rows:
        if row.role == "group":
            continue
        said = unbroken(plain(cell_of(row.cells[at]).content))
        pieces = [said] if column.align == "right" and len(said) <= 24 else said.split(" ")
        least = max([least, *(text_ems(word, bold=row.role == "total") for word in pieces if len(word) <= 24)])
    return least


@pytest.mark.parametrize("count", [1, 3, 5])
def test_sums_of_several_years_stand_whole(count: int) -> None:
    table = years(count)
    found = column_widths(table)
    assert sum(found.shares) == pytest.approx(1)
    assert not found.tight
    for at, share in enumerate(found.shares):
        assert share * UPRIGHT >= needs(table, at) + 0.9, table.columns[at].head


@pytest.mark.parametrize("count", [8, 12, 40])
def test_more_columns_than_have_room_are_set_smaller(count: int) -> None:
    found = column_widths(years(count))
    assert found.tight
    assert sum(found.shares) == pytest.approx(1)
    assert min(found.shares) > 0
    assert not column_widths(years(8), wide=True).tight


def test_where_all_fits_columns_have_the_widths_that_they_ask_for() -> None:
    table = Table("x", (Column("A", share=3.0), Column("B"), Column("C", "right")), (Row(("a", "b", "1")),))
    assert column_widths(table).shares == pytest.approx((0.6, 0.2, 0.2))


def test_boxes_to_write_in_have_the_widths_that_they_ask_for() -> None:
    table = Table("x", (Column("Fråga"), Column("Svar", share=3.0)), (Row(("Lång fråga " * 30, Cell("", 3))),))
    assert column_widths(table) == Widths((0.25, 0.75))


def test_long_texts_share_the_room_and_empty_columns_have_none() -> None:
    text = "En mening om varför det spelar roll. " * 8
    rows = tuple(Row((text, "–", text, "kort ord")) for _ in range(5))
    what, place, why, short = column_widths(
        Table("x", (Column("Vad"), Column("Gäller"), Column("Varför"), Column("Slag")), rows)
    ).shares
    assert what == pytest.approx(why, rel=0.05)
    assert what > 0.35
    assert place < 0.1 and short < 0.15


def test_a_long_word_takes_no_more_than_its_share() -> None:
    found = column_widths(Table("x", (Column("A"), Column("B")), (Row(("x" * 400, "Ord. " * 100)),)))
    assert 0.2 < found.shares[0] < 0.75


def test_a_long_table_with_little_room_for_its_text_is_set_smaller() -> None:
    def found(rows: int) -> bool:
        row = Row(
            ("Personalomkostnadspålägg", "193,8 kr i 2014", "Ett annat långtord", "Ett ordtill", "Lång text. " * 20)
        )
        columns = (Column("A"), Column("B", "right"), Column("C"), Column("D"), Column("E"))
        return column_widths(Table("x", columns, (row,) * rows)).tight

    assert found(30)
    assert not found(3)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["fullfoljda-studier", "skolnarvaro", "vgr-psykisk-halsa", "hostile", "forty-years"])
def test_no_number_and_no_word_of_a_report_is_cut(name: str, lang: Language, tmp_path: Path) -> None:
    seen = 0
    for table, wide in tables(reported(name, tmp_path, lang).blocks):
        found = column_widths(table, wide=wide)
        room = WIDE if wide else UPRIGHT
        for at, share in enumerate(found.shares):
            if not found.tight:
                assert share * room >= needs(table, at) + 0.9, (table.caption, table.columns[at].head)
                seen += 1
    assert seen > 30


def tables(blocks: tuple[Block, ...], wide: bool = False) -> list[tuple[Table, bool]]:
    """Return the tables of a document, each with whether it lies on its side."""
    found = []
    for block in blocks:
        if isinstance(block, Table):
            found.append((block, wide))
        elif isinstance(block, Section):
            found += tables(block.blocks, wide or block.wide)
    return found
