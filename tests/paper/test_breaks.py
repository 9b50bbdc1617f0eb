"""Where pages of a PDF end: never between a heading or a lead and its table, inside the contents, or before notes."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from socio_calc.paper import (
    BulletList,
    Column,
    Contents,
    KeyValue,
    KeyValues,
    Paper,
    Paragraph,
    Row,
    Section,
    Table,
    to_pdf,
)
from tests.report.libreoffice import required

pytest.importorskip("weasyprint")


def pages_of(paper: Paper, folder: Path) -> list[str]:
    """Return the words of each page."""
    reader = required("pdftotext")
    path = folder / "paper.pdf"
    path.write_bytes(to_pdf(paper))
    text = subprocess.run([reader, "-layout", str(path), "-"], check=True, capture_output=True, text=True).stdout
    return text.split("\f")[:-1]


def page_with(pages: list[str], word: str) -> int:
    """Return the number of the page on which a word stands, which only one has."""
    (found,) = [number for number, page in enumerate(pages) if word in page]
    return found


def section(number: int, rows: int) -> Section:
    """Return a section that fills a little of a page, then leads to a table."""
    body: list[Row] = []
    for row in range(rows):
        if row % 5 == 0:
            body.append(Row((f"grupp{number}x{row}x",), "group"))
        body.append(Row((f"rad{number}x{row}x", "1 000")))
    inner = Section(
        f"inner-{number}",
        f"rubrik{number}x",
        (
            Paragraph(f"ingress{number}x visar vem som betalar."),
            Paragraph(f"ledtext{number}x säger hur."),
            Table("Vem betalar", (Column("Part"), Column("Kronor", "right")), tuple(body), (f"not{number}x",)),
        ),
    )
    lines = Paragraph("Utfyllnad av sidan. " * (6 * (number % 7 + 1)))
    return Section(f"outer-{number}", f"yttre{number}x", (lines, inner))


def test_heading_lead_caption_and_first_rows_stand_together_and_so_do_last_rows_and_notes(tmp_path: Path) -> None:
    counts = [1, 4, 7, 12, 23, 6] * 4
    pages = pages_of(Paper("sv", "Prov", tuple(section(n, rows) for n, rows in enumerate(counts))), tmp_path)
    broken = 0
    for number, rows in enumerate(counts):
        first = page_with(pages, f"rubrik{number}x")
        for word in (f"ingress{number}x", f"ledtext{number}x", f"grupp{number}x0x", f"rad{number}x0x"):
            assert page_with(pages, word) == first, word
        for row in range(0, rows, 5):
            assert page_with(pages, f"grupp{number}x{row}x") == page_with(pages, f"rad{number}x{row}x")
        last = page_with(pages, f"rad{number}x{rows - 1}x")
        assert page_with(pages, f"not{number}x") == last
        if rows > 1:
            assert page_with(pages, f"rad{number}x{rows - 2}x") == last
        broken += last > first
    # Long tables go on on the next page instead of leaving a hole.
    assert broken


def test_contents_tell_the_page_of_each_section(tmp_path: Path) -> None:
    parts = tuple(
        Section(f"part-{number}", f"del{number}x", (Paragraph("Utfyllnad av sidan. " * 250),), new_page=True)
        for number in range(4)
    )
    front, *pages = pages_of(Paper("sv", "Prov", (Contents(), *parts)), tmp_path)
    told = dict(re.findall(r"(del\dx)[ .]+(\d+)", front))
    assert len(told) == len(parts)
    for name, number in told.items():
        assert name in pages[int(number) - 2]


def test_a_short_list_of_values_stays_whole_and_a_glossary_goes_on_on_the_next_page(tmp_path: Path) -> None:
    def listed(word: str, items: int) -> KeyValues:
        return KeyValues(tuple(KeyValue(f"{word}{number}x", "vad ordet betyder. " * 6) for number in range(items)))

    for lines in (5, 25, 45):
        filling = Paragraph("Utfyllnad av sidan. " * (6 * lines))
        section = Section("words", "Ordlista", (Paragraph("ingressx om orden"), listed("ord", 45)))
        pages = pages_of(Paper("sv", "Prov", (filling, listed("val", 7), section)), tmp_path)
        assert len({page_with(pages, f"val{number}x") for number in range(7)}) == 1
        assert page_with(pages, "ingressx") == page_with(pages, "ord0x") < page_with(pages, "ord44x")


def test_tables_of_one_row_do_not_hold_on_to_what_follows(tmp_path: Path) -> None:
    def one(number: int) -> Section:
        table = Table("Kort", (Column("A"), Column("B")), (Row((f"rad{number}x", "1")),))
        return Section(f"one-{number}", f"rubrik{number}x", (Paragraph(f"ingress{number}x"), table))

    pages = pages_of(Paper("sv", "Prov", tuple(map(one, range(40)))), tmp_path)
    for number in range(40):
        places = {page_with(pages, f"{word}{number}x") for word in ("rubrik", "ingress", "rad")}
        assert len(places) == 1, number


def front(letters: int) -> Paper:
    """Return a paper whose first section belongs on one page, and its contents."""
    items = tuple(f"punkt{number}x " + "Så mycket står det här. " * 4 for number in range(letters))
    summary = Section("summary", "Sammanfattning", (BulletList(items), Paragraph("sist av allt")), dense=True)
    others = tuple(Section(f"part-{n}", f"Avsnitt{n}x", (Paragraph(f"text{n}x"),)) for n in range(12))
    return Paper("sv", "Prov", (summary, Contents(1), *others))


@pytest.mark.parametrize("count", [8, 52, 56, 64, 70])
def test_the_first_page_is_set_closer_until_it_fits_and_the_contents_stay_whole(count: int, tmp_path: Path) -> None:
    pages = pages_of(front(count), tmp_path)
    assert page_with(pages, "sist av allt") == 0
    contents = [number for number, page in enumerate(pages) if "Innehåll" in page]
    assert len(contents) == 1
    for number in range(12):
        assert f"Avsnitt{number}x" in pages[contents[0]]


def test_what_cannot_fit_is_not_set_closer(tmp_path: Path) -> None:
    pages = pages_of(front(84), tmp_path)
    assert page_with(pages, "sist av allt") == 1


def test_no_line_ends_inside_a_range_of_numbers(tmp_path: Path) -> None:
    words = " ".join(f"{'x' * (number * 7 % 29 + 1)} 1234510–1223456" for number in range(300))
    pages = "".join(pages_of(Paper("sv", "Prov", (Paragraph(words),)), tmp_path))
    assert pages.count("1234510–1223456") == 300
