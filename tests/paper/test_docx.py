"""The Word file, looked at through its XML: headings, tables, text alternatives, language, properties."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from lxml import etree

from socio_calc.paper import Column, Paper, Paragraph, Row, Section, Table, to_docx
from tests.paper.samples import LINE, MARKUP, everything

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = {"w": W, "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"}


@pytest.fixture(scope="module")
def data() -> bytes:
    return to_docx(everything())


@pytest.fixture(scope="module")
def body(data: bytes) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))


def test_the_same_paper_gives_the_same_bytes(data: bytes) -> None:
    assert to_docx(everything()) == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert len(archive.namelist()) == len(set(archive.namelist()))


def test_headings_are_headings(data: bytes) -> None:
    document = Document(io.BytesIO(data))
    found = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert found == [
        ("Title", f"Prov {MARKUP}"),
        ("Heading 1", "Första <b>"),
        ("Heading 2", "Inre"),
        ("Heading 1", "Bred"),
        ("Heading 1", "Slut"),
    ]


def test_tables_repeat_their_heading_and_say_what_it_is(body: etree._Element) -> None:
    tables = body.findall(".//w:tbl", NAMES)
    assert len(tables) == 2
    for table in tables:
        rows = table.findall("w:tr", NAMES)
        assert [row.find("w:trPr/w:tblHeader", NAMES) is not None for row in rows] == [True] + [False] * (len(rows) - 1)
        look = table.find("w:tblPr/w:tblLook", NAMES)
        assert (look.get(f"{{{W}}}firstRow"), look.get(f"{{{W}}}firstColumn")) == ("1", "1")
        assert table.find("w:tblPr/w:tblCaption", NAMES).get(f"{{{W}}}val")
    box = tables[0].findall("w:tr", NAMES)[1]
    assert int(box.find("w:trPr/w:trHeight", NAMES).get(f"{{{W}}}val")) == 800


def test_a_picture_has_its_alternative_without_personal_data(body: etree._Element) -> None:
    (picture,) = body.findall(".//wp:docPr", NAMES)
    assert picture.get("descr") == "Rektangeln är grå. Ring •••."
    assert picture.get("title") == "En rektangel"


def test_language_title_and_properties(data: bytes) -> None:
    document = Document(io.BytesIO(data))
    core = document.core_properties
    assert (core.language, core.author, core.subject, core.keywords) == (
        "sv-SE",
        "socio-calc prov",
        "Ett prov",
        "prov, dokument",
    )
    assert core.title == f"Prov {MARKUP}"
    defaults = document.styles.element.find("w:docDefaults/w:rPrDefault/w:rPr/w:lang", NAMES)
    assert defaults.get(f"{{{W}}}val") == "sv-SE"
    english = Document(io.BytesIO(to_docx(everything("en"))))
    assert english.core_properties.language == "en-GB"


def test_contents_are_a_field_that_is_right_at_once(body: etree._Element) -> None:
    instructions = [element.text.strip() for element in body.iter(f"{{{W}}}instrText")]
    assert 'TOC \\o "1-2" \\h' in instructions
    assert instructions.count("SEQ Table \\* ARABIC") == 2
    assert instructions.count("SEQ Figure \\* ARABIC") == 1
    marks = {element.get(f"{{{W}}}name") for element in body.iter(f"{{{W}}}bookmarkStart")}
    anchors = {link.get(f"{{{W}}}anchor") for link in body.iter(f"{{{W}}}hyperlink")} - {None}
    assert anchors <= marks
    begun = [element.get(f"{{{W}}}fldCharType") for element in body.iter(f"{{{W}}}fldChar")]
    assert begun.count("begin") == begun.count("end") == len(instructions)


def test_wide_pages_lie_on_their_side(data: bytes) -> None:
    upright, side = WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE
    assert [section.orientation for section in Document(io.BytesIO(data)).sections] == [upright, side, upright]
    whole = Document(io.BytesIO(to_docx(everything(landscape=True))))
    assert [section.orientation for section in whole.sections] == [side]


def test_the_attachment_travels_along_and_word_keeps_it(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = archive.read("customXml/item1.xml").decode()
        assert f">{LINE}<" in part
        assert b"customXml/item1.xml" in archive.read("word/_rels/document.xml.rels")
        assert b"<vt:lpwstr>1</vt:lpwstr>" in archive.read("docProps/custom.xml")
    again = io.BytesIO()
    Document(io.BytesIO(data)).save(again)
    assert LINE.encode() in zipfile.ZipFile(again).read("customXml/item1.xml")


def test_no_personal_data_anywhere(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if b"070-123" in archive.read(name)]


def test_a_link_that_is_none_is_words(body: etree._Element) -> None:
    text = "".join(body.itertext())
    assert "ond" in text
    with_style = [run for run in body.iter(f"{{{W}}}hyperlink") if "ond" in "".join(run.itertext())]
    assert not with_style


def test_pages_are_counted_and_leads_captions_and_notes_stay_with_their_tables() -> None:
    lead, note = "Tabellen visar allt.", "En not."
    table = Table(
        "Allt", (Column("A"), Column("B", "right")), tuple(Row((str(n), "1 000")) for n in range(30)), (note,)
    )
    paper = Paper("sv", "Prov", (Section("a", "Avsnitt", (Paragraph(lead), table, Paragraph("Efter."))),))
    document = Document(io.BytesIO(to_docx(paper)))
    footer = document.sections[0].footer.paragraphs[0]
    assert footer.text == "Sida 1 av 1"
    assert [element.text.strip() for element in footer._p.iter(f"{{{W}}}instrText")] == ["PAGE", "NUMPAGES"]
    by_text = {paragraph.text: paragraph for paragraph in document.paragraphs}
    assert by_text[lead].paragraph_format.keep_with_next
    assert not by_text["Efter."].paragraph_format.keep_with_next
    shown = by_text[note]
    assert shown.style.name == "Table note"
    assert shown.style.paragraph_format.space_before.pt >= 3
    rows = [
        [cell.paragraphs[0].paragraph_format.keep_with_next for cell in row.cells] for row in document.tables[0].rows
    ]
    # The heading row has it from its style; a table of thirty rows may go on on the next page.
    assert rows[1] == rows[-2] == rows[-1] == [True, True]
    assert not any(any(row) for row in rows[2:-2])
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["0", "1\u00a0000"]


def test_columns_of_a_table_in_word_are_as_wide_as_their_numbers() -> None:
    columns = (Column("Kostnadspost", share=9.0), *(Column(str(2025 + n), "right") for n in range(5)))
    sums = ("1\u00a0222\u00a0724",) * 5
    paper = Paper("sv", "Prov", (Table("Kostnader", columns, (Row(("Övergångscoach i nian " * 4, *sums)),)),))
    table = Document(io.BytesIO(to_docx(paper))).tables[0]
    # Nine characters of 8.5 points and the space at their sides.
    assert all(cell.width.pt >= 8.5 * 4.6 + 7 for cell in table.rows[1].cells[1:])
    assert sum(cell.width.pt for cell in table.rows[1].cells) <= 482
