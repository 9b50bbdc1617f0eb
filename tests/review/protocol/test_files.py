"""The files of a review: that they open, that their tables have headings, and that they are the same every time."""

import io
import json
from html.parser import HTMLParser

import docx
import openpyxl
import pytest

from socio_calc.report.files import OutputError
from socio_calc.review.protocol.files import file_names, protocol_files, write_protocol
from tests.review.reviewed import DAY, WRONG, reviewed


@pytest.fixture(scope="module")
def review(tmp_path_factory):
    return reviewed(tmp_path_factory.mktemp("files"), WRONG)


@pytest.fixture(scope="module", params=["sv", "en"])
def files(request, review):
    return request.param, protocol_files(review, request.param, today=DAY, stem="skolan")


def content(files, ending):
    return next(data for name, data in files[1].items() if name.endswith(ending))


class Outline(HTMLParser):
    def __init__(self):
        super().__init__()
        self.lang, self.heads, self.cells, self.scripts = None, [], 0, 0

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.lang = given.get("lang", self.lang) if tag == "html" else self.lang
        self.heads += [tag] if tag in ("h1", "h2", "h3") else []
        self.cells += tag == "th" and given.get("scope") in ("col", "row")
        self.scripts += tag == "script"


def test_names_say_what_the_files_are(files):
    lang, made = files
    assert tuple(made) == file_names("skolan", lang)
    assert all(name.startswith("skolan-") and made[name] for name in made)


def test_the_page_has_its_language_headings_and_table_headings(files):
    page = Outline()
    page.feed(content(files, ".html").decode())
    assert page.lang == files[0] and page.heads.count("h1") == 1 and page.scripts == 0
    assert page.heads.count("h2") >= 6 and page.cells > 20


def test_the_document_has_headings_and_a_row_for_every_finding(files, review):
    name = file_names("skolan", files[0])[1]
    document = docx.Document(io.BytesIO(files[1][name]))
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert any(style.startswith("Heading 1") for style in styles)
    rows = [row.cells[0].text for table in document.tables for row in table.rows]
    numbers = [str(n) for n in range(1, len(review.with_status("finding")) + 1)]
    assert [row for row in rows if row.isdigit()] == numbers
    assert document.core_properties.language.startswith(files[0])


def test_the_workbook_opens_has_filters_and_offers_decisions(files, review):
    book = openpyxl.load_workbook(io.BytesIO(content(files, ".xlsx")))
    sheet = book.worksheets[1]
    assert len(list(sheet.tables.values())) == 1 and sheet.tables["findings"].autoFilter is not None
    offered = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert len(offered) == 1 and ("Godtas" in offered[0].formula1 or "Accepted" in offered[0].formula1)
    numbers = [row[0].value for row in sheet.iter_rows(min_row=5)]
    assert numbers == list(range(1, len(review.with_status("finding")) + 1))
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type != "f" and not str(cell.value or "").startswith("#")


def test_the_findings_are_the_object_of_the_command(files, review):
    found = json.loads(content(files, ".json"))
    assert found["verdict"] == review.verdict and len(found["findings"]) == len(review.findings)


def test_the_same_review_gives_the_same_files(review):
    first, second = (protocol_files(review, "sv", today=DAY) for _ in range(2))
    assert list(first) == list(second)
    for name in first:
        assert first[name] == second[name], name


def test_nothing_is_overwritten_unasked(review, tmp_path, monkeypatch):
    monkeypatch.setattr("socio_calc.review.protocol.files.to_docx", lambda paper: paper.title.encode())
    written = write_protocol(review, tmp_path, "sv", today=DAY)
    assert len(written) == 6 and all(path.exists() for path in written)
    with pytest.raises(OutputError):
        write_protocol(review, tmp_path, "sv", today=DAY)
    assert write_protocol(review, tmp_path, "sv", today=DAY, force=True) == written
