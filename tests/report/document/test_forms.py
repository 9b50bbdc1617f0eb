"""One report, three forms: the same sections, tables, pictures and figures in each."""

from __future__ import annotations

import io
import logging
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from lxml import html

from socio_calc.paper import Figure, Paper, Section, Table, plain, to_docx, to_html
from socio_calc.paper.paper import walk
from socio_calc.paper.pdf import to_pdf
from socio_calc.report.passport import LINE
from tests.report.document.document_cases import reported
from tests.report.libreoffice import required

pikepdf = pytest.importorskip("pikepdf")
MODEL = "fullfoljda-studier"


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    return reported(MODEL, tmp_path_factory.mktemp("case"), pictures=True)


@pytest.fixture(scope="module")
def page(paper: Paper) -> Any:
    return html.document_fromstring(to_html(paper))


@pytest.fixture(scope="module")
def word(paper: Paper) -> bytes:
    return to_docx(paper)


def of_kind(paper: Paper, kind: type) -> list[Any]:
    return [block for block in walk(paper.blocks) if isinstance(block, kind)]


def test_every_chart_of_the_page_stands_in_it_once(paper: Paper, page: Any) -> None:
    names = [figure.picture.name for figure in of_kind(paper, Figure)]
    assert len(names) == len(set(names))
    assert {"by-year", "waterfall", "cumulative", "distribution", "tornado", "scenarios"} <= set(names)
    assert any(name.startswith("pathway") for name in names)
    assert len(page.xpath("//figure//*[local-name()='svg']")) == len(names)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)), "identifiers of two pictures clash"
    for svg in page.xpath("//figure//*[local-name()='svg']"):
        assert svg.xpath("./*[local-name()='title']")[0].text
        assert svg.xpath("./*[local-name()='desc']")[0].text


def test_word_has_the_same_sections_tables_and_pictures(paper: Paper, word: bytes) -> None:
    document = Document(io.BytesIO(word))
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert headings == [section.title for section in of_kind(paper, Section)]
    assert len(document.tables) == len(of_kind(paper, Table))
    for made, table in zip(document.tables, of_kind(paper, Table), strict=True):
        assert [cell.text for cell in made.rows[0].cells] == [column.head for column in table.columns]
        assert len(made.rows) == len(table.rows) + 1
    alternatives = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert alternatives == [figure.picture.alt_text for figure in of_kind(paper, Figure)]
    captions = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    assert len(captions) == len(alternatives) + len(document.tables)


def test_page_and_word_have_the_same_words(page: Any, word: bytes) -> None:
    document = Document(io.BytesIO(word))
    shown = " ".join(page.text_content().split())
    for paragraph in document.paragraphs:
        text = " ".join(paragraph.text.split())
        if paragraph.style.name in ("Normal", "Lead", "Small", "Note", "List Bullet", "List Number") and len(text) > 40:
            assert text.removeprefix("• ").strip() in shown


def test_the_passport_is_found_in_every_form(paper: Paper, word: bytes) -> None:
    (line,) = LINE.findall(to_html(paper))
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        assert LINE.findall(archive.read("customXml/item1.xml")) == [line]


@pytest.mark.slow
def test_pdf_is_tagged_and_names_every_picture(paper: Paper, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="weasyprint"):
        data = to_pdf(paper)
    assert not caplog.records
    pdf = pikepdf.open(io.BytesIO(data))
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == "sv"
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == paper.title
    figures = [
        str(element.Alt)
        for element in pdf.objects
        if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Figure"
    ]
    assert sorted(figures) == sorted(figure.picture.alt_text for figure in of_kind(paper, Figure))
    assert LINE.search(pdf.attachments["socio-calc-passport.txt"].get_file().read_bytes())
    # Nothing stands beside a page: every page has a size of A4, upright or on its side.
    sizes = {tuple(round(float(side)) for side in page.mediabox[2:]) for page in pdf.pages}
    assert sizes <= {(595, 842), (842, 595)}


@pytest.mark.libreoffice
@pytest.mark.slow
def test_another_program_opens_the_word_file(paper: Paper, word: bytes, tmp_path: Path) -> None:
    path = tmp_path / "rapport.docx"
    path.write_bytes(word)
    command = [
        required("soffice"),
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run([*command, "--outdir", tmp_path, path], check=True, capture_output=True, timeout=180)
    done = subprocess.run(
        [required("pdftotext"), "-layout", tmp_path / "rapport.pdf", "-"], check=True, capture_output=True
    )
    text = " ".join(done.stdout.decode().split())
    for section in of_kind(paper, Section):
        assert " ".join(plain(section.title).split()) in text
    assert "Error!" not in text
