"""Workbooks from strangers: what no .xlsx file may bring, and that refusing it costs neither time nor memory."""

import datetime as dt
import io
import subprocess
import sys
import time
import tracemalloc
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socio_calc.locale import render_problem
from socio_calc.office import Limits, hidden_content, is_workbook_name, parse_workbook, read_workbook, to_openpyxl
from socio_calc.problems import InputError
from tests.hostile import workbooks as make

#: Far above what refusing takes on a slow machine, far below what falling into the trap would take.
SECONDS = 20
BYTES = 260_000_000


def refusal(content, limits=None):
    with pytest.raises(InputError) as raised:
        parse_workbook(content, "in/ansokan.xlsx", *([limits] if limits else []))
    for problem in raised.value.problems:
        assert problem.place.file == "in/ansokan.xlsx"
        for lang in ("sv", "en"):
            assert "ansokan.xlsx" in render_problem(problem, lang)
    return raised.value.problems


def only(content, limits=None):
    (problem,) = refusal(content, limits)
    return problem


def code_and(content, parameter="what"):
    problem = only(content)
    return problem.code, problem.params.get(parameter)


def only_within_bounds(content, limits=None):
    """Return the only problem, found within bounds of time and memory."""
    tracemalloc.start()
    started = time.process_time()
    try:
        problem = only(content, limits)
        taken, (_, peak) = time.process_time() - started, tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken < SECONDS
    assert peak < BYTES
    return problem


# What an honest file gives.


def test_what_a_person_typed_is_apart_from_what_formulas_were_stored_to_give():
    sheet = parse_workbook(make.honest(), "ansokan.xlsx").sheet("Ansökan")
    assert sheet["B1"].value == sheet[1, 2].text == "Styrka hela livet"
    assert (sheet["B2"].value, sheet["B2"].number) == (dt.date(2025, 1, 1), 45658)
    assert (sheet["B3"].value, sheet["B3"].is_percent, sheet["B4"].is_percent) == (0.15, True, False)
    assert [(cell.value, type(cell.value)) for cell in (sheet["B4"], sheet["B5"], sheet["B6"])] == [
        (12, int),
        (12.5, float),
        (True, bool),
    ]
    assert (sheet["B7"].value, sheet["B7"].formula, sheet["B7"].cached) == (None, "=SUM(B4:B5)", 24.5)
    assert sheet["Z99"].is_empty and sheet["Z99"].coordinate == "Z99"


def test_what_else_is_known_of_an_honest_file():
    book = parse_workbook(make.honest(), "ansokan.xlsx")
    sheet, lists = book.sheets
    assert (sheet.merged, sheet.validations, sheet.protected) == (("A9:B10",), ("C1:C3",), True)
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({12}, {4})
    assert (lists.state, lists.protected) == ("hidden", False)
    assert dict(book.names) == {"titel": "'Ansökan'!$B$1"}
    assert (book.properties["title"], book.properties["socio_calc_form"]) == ("Ansökan", "1")
    assert [row for row, _ in sheet.rows] == [1, 2, 3, 4, 5, 6, 7, 9, 12]
    assert (sheet.last_row, sheet.last_column) == (12, 4)


def test_hidden_content_is_told_except_where_it_is_expected():
    book = parse_workbook(make.honest(), "ansokan.xlsx")
    found = {(problem.code, problem.place.sheet, problem.params.get("range")) for problem in hidden_content(book)}
    rows_and_columns = {("hidden-rows", "Ansökan", "12"), ("hidden-columns", "Ansökan", "D")}
    assert found == rows_and_columns | {("hidden-sheet", "Listor", None)}
    expected = hidden_content(book, expected=frozenset({"Listor"}))
    assert {problem.code for problem in expected} == {"hidden-rows", "hidden-columns"}
    for problem in hidden_content(book):
        assert problem.level == "warning"
        assert all(render_problem(problem, lang) for lang in ("sv", "en"))


def test_the_checked_bytes_open_for_writing_a_copy():
    book = parse_workbook(make.honest(), "ansokan.xlsx")
    assert to_openpyxl(book)["Ansökan"]["B7"].value == "=SUM(B4:B5)"
    assert to_openpyxl(book, data_only=True)["Ansökan"]["B7"].value == 24.5


def test_values_written_in_every_way_of_the_format():
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>del </t></r><r><t xml:space="preserve">två</t></r>'
        '<rPh sb="0" eb="1"><t>uttal</t></rPh></is></c><c><v>2</v></c><c t="b"><v>0</v></c></row>'
        '<row><c t="str"><f>A1</f><v>x_x000D_y</v></c>'
        '<c t="e"><f>1/0</f><v>#DIV/0!</v></c><c t="e"><v>#N/A</v></c></row>'
        '<row r="3"><c r="A3"><f t="shared" ref="A3:A4" si="0">B3*$C$1</f><v>1</v></c>'
        '<c r="B3" t="n"><v>1.5E3</v></c></row>'
        '<row r="4"><c r="A4"><f t="shared" si="0"/><v>1</v></c><c r="B4" s="99"><v> 7 </v></c><c r="C4"/></row>'
    )
    sheet = parse_workbook(make.with_rows(rows), "x.xlsx").sheets[0]
    assert (sheet["A1"].value, sheet["B1"].value, sheet["C1"].value) == ("del två", 2, False)
    assert (sheet["A2"].value, sheet["A2"].cached) == (None, "x\ny")
    assert (sheet["B2"].error, sheet["B2"].cached, sheet["C2"].error) == ("#DIV/0!", None, "#N/A")
    assert (sheet["A3"].formula, sheet["A4"].formula) == ("=B3*$C$1", "=B4*$C$1")
    assert (sheet["B3"].value, sheet["B4"].value, sheet["C4"].is_empty) == (1500.0, 7, True)


@pytest.mark.parametrize(
    ("serial", "from_1904", "value"),
    [
        ("1", False, dt.date(1900, 1, 1)),
        ("59", False, dt.date(1900, 2, 28)),
        ("60", False, 60),
        ("61", False, dt.date(1900, 3, 1)),
        ("45658.5", False, dt.datetime(2025, 1, 1, 12)),
        ("44196", True, dt.date(2025, 1, 1)),
        ("-5", False, -5),
        ("1e12", False, 1e12),
    ],
)
def test_dates_of_both_calendars(serial, from_1904, value):
    def change(parts):
        parts[make.SHEET] = make.sheet_xml(f'<row r="1"><c r="A1" s="1"><v>{serial}</v></c></row>')
        if from_1904:
            parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<workbookPr", b'<workbookPr date1904="1"')

    assert parse_workbook(make.changed(change), "x.xlsx").sheets[0]["A1"].value == value


def test_names_that_are_read_as_workbooks():
    assert [name for name in ("a.xlsx", "A.XLSM", "b.ods", "c.yaml", "d", "e.csv") if is_workbook_name(Path(name))] == [
        "a.xlsx",
        "A.XLSM",
        "b.ods",
    ]


# Files that are something else.


def zipped(*names, first=b""):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, first if name == "mimetype" else b"<x/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (make.ole("Workbook"), "xls"),
        (make.ole("Book"), "xls"),
        (make.ole("WordDocument"), "doc"),
        (make.ole("Something"), "ole"),
        (zipped("[Content_Types].xml", "xl/workbook.bin"), "xlsb"),
        (zipped("mimetype", "content.xml", first=b"application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        (zipped("mimetype", "content.xml", first=b"application/vnd.oasis.opendocument.text"), "odt"),
        (zipped("[Content_Types].xml", "word/document.xml"), "docx"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "pptx"),
        (zipped("Index/Document.iwa"), "numbers"),
        (zipped("ansokan.xlsx"), "archive"),
        (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\x1f\x8b\x08\x00", "compressed"),
        (b"7z\xbc\xaf\x27\x1c\x00", "compressed"),
        (b"Namn;Belopp\nLokal;12 000\n", "csv"),
        ("Namn\tBelopp\nLokal\t12\n".encode("utf-16"), "csv"),
        ("Åtgärd;Belopp\nLokal;12\n".encode("cp1252"), "csv"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "html"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "xml2003"),
        (b'<?xml version="1.0"?><a/>', "xml"),
        (b'{"format": 1}', "json"),
        (b"# Styrka\nformat: 1\ntitle: Styrka\n", "yaml"),
        (b"bara ord", "text"),
        (b"\x00\x01\x02\x03" * 10, "unknown"),
    ],
)
def test_what_the_file_is_instead(content, kind):
    problem = only(content)
    assert (problem.code, problem.params["kind"]) == ("not-a-workbook", kind)
    assert "file_kind" not in render_problem(problem, "sv")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (make.ole("EncryptedPackage"), "encrypted-workbook"),
        (b"PK\x03\x04 and no archive", "workbook-damaged"),
        (make.honest()[:-400], "workbook-damaged"),
        (make.honest()[:400], "workbook-damaged"),
        (b"PK\x05\x06" + bytes(18), "workbook-damaged"),
    ],
)
def test_files_that_cannot_be_read_at_all(content, code):
    assert only(content).code == code


def test_missing_files_folders_and_large_files(tmp_path):
    (tmp_path / "ansokan.xlsx").write_bytes(make.honest())
    assert read_workbook(tmp_path / "ansokan.xlsx").sheets[0].name == "Ansökan"
    for path, code in ((tmp_path / "ansökan.xlsx", "file-not-found"), (tmp_path, "file-unreadable")):
        with pytest.raises(InputError) as raised:
            read_workbook(path)
        assert raised.value.problems[0].code == code
        assert render_problem(raised.value.problems[0], "sv")
    with pytest.raises(InputError) as raised:
        read_workbook(tmp_path / "ansokan.xlsx", Limits(size=1000))
    assert raised.value.problems[0].code == "too-large"


# The container.


def add_member(content, name, data=b"x", mode=None):
    stream = io.BytesIO(content)
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "a") as archive:
        warnings.simplefilter("ignore")  # the standard library warns of the name that is there twice
        info = zipfile.ZipInfo(name)
        if mode:
            info.external_attr = mode << 16
        archive.writestr(info, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (make.honest() + b"<script>", "after"),
        (make.honest() + make.honest(), "before"),
        (b"MZ" + bytes(100) + make.honest(), "before"),
        (add_member(make.honest(), make.SHEET), "duplicate"),
        (add_member(make.honest(), "XL/Worksheets/Sheet1.xml"), "duplicate"),
        (add_member(make.honest(), "../../etc/passwd"), "names"),
        (add_member(make.honest(), "/etc/passwd"), "names"),
        (add_member(make.honest(), "xl\\..\\x.xml"), "names"),
        (add_member(make.honest(), "C:x.xml"), "names"),
        (add_member(make.honest(), "xl/a\x1b[31m.xml"), "names"),
        (add_member(make.honest(), "xl/" + "a" * 300), "names"),
        (add_member(make.honest(), "xl/link", b"/etc/passwd", mode=0o120777), "names"),
        (add_member(make.honest(), "xl/media/image1.png", make.honest()), "nested"),
        (add_member(make.honest(), "xl/more.bin", b"Rar!\x1a\x07"), "nested"),
    ],
)
def test_containers_that_no_office_program_writes(content, what):
    assert code_and(content) == ("workbook-tampered", what)


def test_a_comment_behind_the_archive_is_something_behind_it():
    stream = io.BytesIO(make.honest())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.comment = b"hello"
    assert code_and(stream.getvalue()) == ("workbook-tampered", "after")


def test_the_two_descriptions_of_a_part_must_agree():
    content = bytearray(make.honest())
    at = content.find(b"xl/worksheets/sheet1.xml")
    content[at : at + 24] = b"xl/worksheets/sheet9.xml"
    assert code_and(bytes(content)) == ("workbook-tampered", "headers")


def test_encrypted_members():
    content = bytearray(make.honest())
    for signature, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + flags_at] |= 1
            at = content.find(signature, at + 4)
    assert only(bytes(content)).code == "encrypted-workbook"


def test_a_part_of_zeros_is_a_bomb():
    problem = only_within_bounds(make.with_part("xl/media/zeros.xml", bytes(50_000_000)))
    assert (problem.code, problem.params["what"]) == ("workbook-bomb", "ratio")


def test_many_parts_that_are_large_together():
    # Each alone is let through: half of it cannot be packed.
    noise = bytes(range(256)) * 80
    text = (b"<a>" + noise.hex().encode() * 200 + b"</a>")[:8_000_000]
    content = make.changed(lambda parts: parts.update({f"xl/p{n}.xml": text for n in range(14)}))
    problem = only_within_bounds(content, Limits(ratio=10_000))
    assert (problem.code, problem.params["what"]) == ("workbook-bomb", "unpacked")


@pytest.mark.parametrize("count", [201, 70_000])
def test_too_many_members(count):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(count):
            archive.writestr(f"x{number}", b"")
    assert code_and(stream.getvalue()) == ("workbook-bomb", "members")


def test_sizes_that_lie_stop_where_they_lie():
    # The directory says 1,000 bytes for a part that unpacks to 50 million.
    content = make.with_part("xl/media/zeros.xml", bytes(50_000_000))
    problem = only_within_bounds(make.without_check_of_sizes(content, "xl/media/zeros.xml", 1_000))
    assert (problem.code, problem.params["what"]) == ("workbook-tampered", "sizes")


def test_parts_that_share_the_same_packed_bytes():
    """The bomb that needs no nesting: every line of the directory points at the same bytes (Fifield, 2019)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/a.xml", b"<a>" + b"b" * 900_000 + b"</a>")
    content = bytearray(stream.getvalue())
    directory = content.find(b"PK\x01\x02")
    line = bytes(content[directory:-22])
    lines = b"".join(line.replace(b"xl/a.xml", f"xl/{letter}.xml".encode()) for letter in "abcdefghij")
    end = bytearray(content[-22:])
    end[8:10] = end[10:12] = (10).to_bytes(2, "little")
    end[12:16] = len(lines).to_bytes(4, "little")
    problem = only_within_bounds(bytes(content[:directory]) + lines + bytes(end))
    assert problem.code in ("workbook-bomb", "workbook-tampered")
    assert problem.params["what"] in ("overlap", "headers")


# What the parts are.


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (make.with_part("xl/vbaProject.bin", b"\xd0\xcf"), "macro-file"),
        (make.with_part("xl/macrosheets/sheet1.xml"), "macro-file"),
        (make.with_part("xl/dialogsheets/sheet1.xml"), "macro-file"),
        (make.replaced("[Content_Types].xml", b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main"), "macro-file"),
        (make.with_relation("vbaProject", "picture.png"), "macro-file"),
        (make.with_relation("xlMacrosheet", "worksheets/sheet9.xml"), "macro-file"),
        (make.with_part("xl/externalLinks/externalLink1.xml"), "external-links"),
        (make.with_relation("externalLink", "links/one.xml"), "external-links"),
        (make.with_relation("externalLinkPath", "file:///c:/hemligt.xlsx", external=True), "external-links"),
        (make.with_relation("image", "http://example.org/pixel.png", external=True), "external-links"),
        (make.with_part("xl/embeddings/oleObject1.bin", b"\xd0\xcf"), "embedded-objects"),
        (make.with_part("xl/embeddings/Book1.xlsx", make.honest()), "embedded-objects"),
        (make.with_part("xl/activeX/activeX1.xml"), "embedded-objects"),
        (make.with_part("xl/ctrlProps/ctrlProp1.xml"), "embedded-objects"),
        (make.with_relation("oleObject", "media/image1.emf"), "embedded-objects"),
        (make.with_part("xl/connections.xml"), "data-connections"),
        (make.with_part("xl/queryTables/queryTable1.xml"), "data-connections"),
        (make.with_relation("connections", "theme/theme1.xml"), "data-connections"),
        (make.with_part("customXml/item1.xml", b'<DataMashup xmlns="http://x">AAAA</DataMashup>'), "data-connections"),
        (make.changed(lambda parts: parts.pop("[Content_Types].xml")), "not-a-workbook"),
        (make.changed(lambda parts: parts.pop("xl/workbook.xml")), "workbook-damaged"),
        (make.changed(lambda parts: parts.pop(make.SHEET)), "workbook-damaged"),
        (make.changed(lambda parts: parts.pop("xl/_rels/workbook.xml.rels")), "workbook-damaged"),
        (make.replaced("[Content_Types].xml", b"spreadsheetml.sheet.main+xml", b"x+xml"), "not-a-workbook"),
        (make.replaced("xl/_rels/workbook.xml.rels", b"sheet1.xml", b"sheet2.xml"), "workbook-tampered"),
    ],
)
def test_parts_that_no_workbook_from_a_stranger_may_bring(content, code):
    assert only(content).code == code


def test_all_reasons_come_at_once():
    def change(parts):
        parts["xl/vbaProject.bin"] = parts["xl/connections.xml"] = parts["xl/embeddings/x.bin"] = b"<x/>"
        parts["xl/externalLinks/externalLink1.xml"] = b"<x/>"

    codes = {problem.code for problem in refusal(make.changed(change))}
    assert codes == {"macro-file", "data-connections", "embedded-objects", "external-links"}


def test_links_to_click_and_labels_of_the_organisation_are_no_reason_to_refuse():
    def change(parts):
        parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
            b'<Relationships><Relationship Id="rId1" Type="x/hyperlink" Target="https://example.org" '
            b'TargetMode="External"/></Relationships>'
        )
        parts["customXml/item1.xml"] = b"<label/>"
        parts["xl/printerSettings/printerSettings1.bin"] = b"\x00\x01"

    book = parse_workbook(make.changed(change), "x.xlsx")
    assert [(warning.code, warning.params["what"]) for warning in book.warnings] == [
        ("workbook-part-ignored", "custom-xml")
    ]
    assert "XML" in render_problem(book.warnings[0], "sv")


# The XML.

LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><sst><si><t>&j;</t></si></sst>"
)
SECRET = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY s SYSTEM "file:///etc/passwd">]><sst><si><t>&s;</t></si></sst>'


@pytest.mark.parametrize(
    "part",
    [
        "xl/sharedStrings.xml",
        make.SHEET,
        "xl/styles.xml",
        "docProps/core.xml",
        "_rels/.rels",
        "xl/drawings/drawing1.xml",
    ],
)
@pytest.mark.parametrize("content", [LAUGHS, SECRET, LAUGHS.decode().encode("utf-16")])
def test_entities_are_refused_in_every_part(part, content):
    problem = only_within_bounds(make.with_part(part, content))
    assert (problem.code, problem.params["what"]) == ("workbook-xml", "entities")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"<a>" * 200_000 + b"</a>" * 200_000, "depth"),
        (b"<a>" + b"<b/>" * 60_000 + b"</a>", "elements"),
        (b"<a " + b" ".join(b'a%d=""' % n for n in range(2_000)) + b"/>", "attributes"),
        (b"<a " + b" ".join(b'a%d=">"' % n for n in range(400_000)) + b"/>", "token"),
        (b'<a b="' + b"x" * 9_000_000 + b'"/>', "token"),
        (b"<a><!--" + b"x" * 9_000_000 + b"--></a>", "token"),
        (b"<a>" + b"x" * 9_000_000 + b"</a>", "text"),
        (b"<a><![CDATA[" + b"x" * 9_000_000 + b"]]></a>", "text"),
    ],
)
@pytest.mark.parametrize("part", [make.SHEET, "xl/drawings/drawing1.xml"])
def test_xml_that_grows_in_any_direction(content, what, part):
    problem = only_within_bounds(make.with_part(part, content), Limits(ratio=2_000, elements=50_000))
    assert (problem.code, problem.params["what"]) == ("workbook-xml", what)


@pytest.mark.parametrize(
    "content", [b"", b"<a>", b"<a></b>", b"words", b"\x00\x01", b'<?xml version="1.0" encoding="x"?><a/>']
)
@pytest.mark.parametrize("part", [make.SHEET, "xl/sharedStrings.xml", "xl/theme/theme1.xml", "[Content_Types].xml"])
def test_xml_that_is_none(content, part):
    assert only(make.with_part(part, content)).code == "workbook-damaged"


# The sheets.


def test_rows_without_end_stop_at_the_limit():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 100_000))
    problem = only_within_bounds(make.with_rows(rows, dimension="A1:B2"), Limits(ratio=2_000, rows=5_000))
    assert (problem.code, problem.params["what"], problem.place.sheet) == ("workbook-too-many", "rows", "Ansökan")


def test_a_dimension_that_lies_is_not_believed():
    content = make.with_rows('<row r="1"><c r="A1"><v>1</v></c></row>', dimension="A1:XFD1048576")
    sheet = parse_workbook(content, "x.xlsx").sheets[0]
    assert (sheet.last_row, sheet.last_column, len(list(sheet.rows))) == (1, 1, 1)


def test_empty_cells_far_away_are_nothing():
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576" s="1"><c r="XFD1048576" s="1"/></row>'
    assert parse_workbook(make.with_rows(rows), "x.xlsx").sheets[0].last_row == 1


@pytest.mark.parametrize(
    ("rows", "after", "what"),
    [
        ('<row r="60000"><c r="A60000"><v>1</v></c></row>', "", "rows"),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "", "columns"),
        ("", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>', "merged"),
        ("", '<mergeCells><mergeCell ref="XFD1048576:A1"/></mergeCells>', "merged"),
        ("", '<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>', "merged"),
    ],
)
def test_one_word_that_stands_for_many_cells(rows, after, what):
    problem = only_within_bounds(make.with_rows(rows, after=after))
    assert (problem.code, problem.params["what"]) == ("workbook-too-many", what)


def test_too_many_of_each_kind():
    many = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 30))
    copies = '<row r="1"><c r="A1"><f t="shared" si="0">B1</f></c></row>' + "".join(
        f'<row r="{n}"><c r="A{n}"><f t="shared" si="0"/></c></row>' for n in range(2, 30)
    )
    for content, limits, what in (
        (make.with_rows(many), Limits(cells=20), "cells"),
        (make.with_rows(copies), Limits(shared=20), "shared"),
        (make.honest(), Limits(sheets=1), "sheets"),
        (make.honest(), Limits(strings=3), "strings"),
        (make.honest(), Limits(names=0), "names"),
    ):
        problem = only(content, limits)
        assert (problem.code, problem.params["what"]) == ("workbook-too-many", what)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="0"><c r="A0"><v>1</v></c></row>',
        '<row r="99999999999"/>',
        '<row r="1048577"/>',
        '<row r="2"/><row r="1"/>',
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        '<row r="1"><c r="ZZZ1"><v>1</v></c></row>',
        '<row r="1"><c r="1A"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1e999</v></c></row>',
        '<row r="1"><c r="A1"><v>nan</v></c></row>',
        '<row r="1"><c r="A1"><v>0x10</v></c></row>',
        '<row r="1"><c r="A1"><v>1_000</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>9999</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        '<row r="1"><c r="A1" t="b"><v>2</v></c></row>',
        '<row r="1"><c r="A1" t="zz"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><f t="shared" si="7"/></c></row>',
    ],
)
def test_cells_that_cannot_be(rows):
    assert only(make.with_rows(rows)).code == "workbook-damaged"


def test_a_number_of_a_hundred_thousand_digits():
    assert only(make.with_rows(f'<row r="1"><c r="A1"><v>{"9" * 100_000}</v></c></row>')).code == "workbook-damaged"


def test_a_cell_that_is_there_twice():
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'
    assert code_and(make.with_rows(rows)) == ("workbook-tampered", "cells")


def test_two_sheets_with_one_name():
    content = make.replaced("xl/workbook.xml", b'name="Listor"', 'name="ANSÖKAN"'.encode())
    assert only(content).code == "workbook-damaged"


def test_texts_longer_than_a_cell_can_hold():
    rows = f'<row r="2"><c r="C2" t="inlineStr"><is><t>{"x" * 40_000}</t></is></c></row>'
    problem = only(make.with_rows(rows))
    assert (problem.code, problem.place.cell) == ("text-too-long", "C2")
    problem = only(make.with_rows(f'<row r="2"><c r="C2"><f>{"1+" * 9_000}1</f></c></row>'))
    assert (problem.code, problem.place.cell) == ("text-too-long", "C2")


@pytest.mark.parametrize(
    "formula",
    [
        "cmd|'/c calc'!A0",
        "DDE(&quot;soffice&quot;;&quot;x&quot;;&quot;y&quot;)",
        "[1]Blad1!A1",
        "'[1]Blad 1'!$A$1",
        "SUM('C:\\mapp\\[Bok.xlsx]Blad'!A1:A3)",
        "_xlfn.WEBSERVICE(&quot;http://example.org&quot;)",
        "rtd(&quot;x&quot;,,&quot;y&quot;)",
        "CALL(&quot;kernel32&quot;)",
        "_xlfn.IMAGE(&quot;http://example.org/p.png&quot;)",
    ],
)
def test_formulas_that_reach_out_are_named_with_their_cells(formula):
    rows = f'<row r="3"><c r="B3"><f>{formula}</f><v>1</v></c><c r="C3"><f>{formula}</f></c></row>'
    problems = refusal(make.with_rows(rows))
    assert [(problem.code, problem.place.sheet, problem.place.cell) for problem in problems] == [
        ("live-links-in-formula", "Ansökan", "B3"),
        ("live-links-in-formula", "Ansökan", "C3"),
    ]


@pytest.mark.parametrize(
    "after",
    [
        "<dataValidations><dataValidation><formula1>[1]x!A1:A2</formula1></dataValidation></dataValidations>",
        '<conditionalFormatting sqref="A1"><cfRule><formula>cmd|"x"!A1</formula></cfRule></conditionalFormatting>',
        '<extLst><ext><f xmlns="http://x">[1]x!A1:A2</f></ext></extLst>',
    ],
)
def test_lists_and_colour_rules_reach_out_no_more_than_cells(after):
    assert only(make.with_rows("", after=after)).code == "live-links-in-formula"


def test_named_areas_reach_out_no_more_than_cells():
    content = make.replaced(
        "xl/workbook.xml", b"</definedName>", b"</definedName><definedName name='a'>[1]x!A1</definedName>"
    )
    assert only(content).code == "live-links-in-formula"


def test_ordinary_formulas_are_kept_and_never_computed():
    formulas = [
        "IF(A1=&quot;a|b&quot;,1,2)",
        "SUM(Tabell[2024])",
        "SUM('Blad|1'!A1)",
        "HYPERLINK(&quot;#Blad!A1&quot;)",
    ]
    rows = "".join(f'<row r="{n}"><c r="A{n}"><f>{f}</f><v>7</v></c></row>' for n, f in enumerate(formulas, 1))
    sheet = parse_workbook(make.with_rows(rows), "x.xlsx").sheets[0]
    assert [cell.cached for cell in sheet.cells.values()] == [7] * 4
    assert all(cell.value is None for cell in sheet.cells.values())


def test_signs_from_the_file_cannot_reach_the_screen():
    assert only(make.replaced("xl/workbook.xml", "Ansökan".encode(), b"a&#x85;b")).code == "workbook-damaged"
    problem = only(make.with_part("xl/embeddings/\u202e\u0085.bin"))
    assert "\u202e" in problem.params.get("part", "\u202e") or problem.code == "workbook-tampered"
    assert "\u202e" not in render_problem(problem, "sv")


# Anything at all.


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_byte_changed_is_read_or_refused(data):
    content = bytearray(make.honest())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        parse_workbook(bytes(content), "x.xlsx")
    except InputError as error:
        assert error.problems


XML_BITS = st.sampled_from(
    (
        '<row r="1">|</row>|<row hidden="1">|<c r="A1" t="s">|<c r="B1">|<c t="e" s="4">|<c/>|</c>|<v>|</v>|<v/>|1|-|'
        'A1|é|<f>|</f>|<f t="shared" si="0">|<is><t>|</t></is>|&amp;|&#0;'
    ).split("|")
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(XML_BITS, max_size=25))
def test_any_rows_are_read_or_refused(bits):
    try:
        parse_workbook(make.with_rows("".join(bits)), "x.xlsx")
    except InputError as error:
        assert error.problems


def test_importing_the_package_loads_no_library_of_others():
    script = (
        "import sys, socio_calc.office; "
        "print([m for m in ('openpyxl', 'defusedxml', 'lxml', 'pandas', 'xlsxwriter') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
