"""The passport of a report: it comes back as it was, survives nothing that was changed, and holds no personal data."""

from __future__ import annotations

import base64
import io
import re
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from socio_calc.appraisal import Appraisal, appraise, open_case
from socio_calc.case import build_case, parse_document
from socio_calc.reference import load_reference, with_local_prices
from socio_calc.report.passport import (
    END,
    LINE,
    START,
    PassportError,
    decoded,
    encoded,
    figures_of,
    passport_of,
    results_hash,
)
from socio_calc.report.passport_search import passport_in, read_report
from socio_calc.report.passport_words import passport_facts, passport_properties
from socio_calc.report.workbook.passport_sheet import passport_line
from socio_calc.report.workbook.write import compose
from tests.report.workbook_cases import MODELS

LOCAL = (
    "id;value;price_year;source_title;name_sv;category;per;index;payer;kind;basis;use;confidence\n"
    "egen-besok;1 234,5;2024;Ring Anna 070-123 45 67;Besök;primary_care;contact;kpif;region;resource_cost;price_list;"
    "default;high\n"
)


@pytest.fixture(scope="module")
def appraisal() -> Appraisal:
    opened = open_case(MODELS / "ips.yaml")
    return appraise(opened.case, draws=128, reference=opened.reference, case_sha256=opened.document.sha256)


def test_a_passport_comes_back_from_its_line(appraisal: Appraisal) -> None:
    passport = passport_of(appraisal, "en")
    line = encoded(passport)
    assert decoded(line) == passport
    assert encoded(decoded(line)) == line
    assert re.fullmatch(r"[A-Za-z0-9:_-]+", line)
    assert LINE.fullmatch(line.encode())
    assert decoded(line).code == passport.code


def test_its_case_gives_the_same_result(appraisal: Appraisal) -> None:
    passport = passport_of(appraisal)
    case = build_case(parse_document(passport.case_text.encode(), "case.yaml"))
    again = appraise(case, draws=passport.draws, seed=passport.seed, reference=appraisal.reference)
    assert results_hash(again.rows) == passport.results_sha256
    assert figures_of(again.rows) == passport.figures


def test_the_hash_of_results_is_that_of_the_json_object(appraisal: Appraisal) -> None:
    assert results_hash(appraisal.to_json("en")["results"]) == passport_of(appraisal).results_sha256


def test_the_hash_forgives_the_last_bits_and_nothing_else(appraisal: Appraisal) -> None:
    rows = list(appraisal.rows)
    base = rows[0].base
    assert base is not None and base != 0
    rows[0] = replace(rows[0], base=base * (1 + 1e-13))
    assert results_hash(rows) == results_hash(appraisal.rows)
    rows[0] = replace(rows[0], base=base * (1 + 1e-7))
    assert results_hash(rows) != results_hash(appraisal.rows)


@pytest.mark.parametrize(
    "change",
    [
        lambda line: line[:60] + ("A" if line[60] != "A" else "B") + line[61:],
        lambda line: line.removesuffix(END),
        lambda line: line[: len(line) // 2],
        lambda line: START + "AAAA:" + "0" * 64 + END,
        lambda line: line.replace(END, "0" + END),
        lambda line: "",
    ],
)
def test_a_changed_line_is_edited(appraisal: Appraisal, change: object) -> None:
    assert callable(change)
    with pytest.raises(PassportError) as caught:
        decoded(change(encoded(passport_of(appraisal))))
    assert caught.value.reason == "edited"


def packed(plain: bytes) -> str:
    import hashlib

    body = base64.urlsafe_b64encode(zlib.compress(plain, 9)).decode().rstrip("=")
    return f"{START}{body}:{hashlib.sha256(plain).hexdigest()}{END}"


@pytest.mark.parametrize(
    ("plain", "reason"),
    [
        (b'{"format": 2}', "unknown"),
        (b'{"format": 1}', "edited"),
        (b"[]", "edited"),
        (b"[" * 100_000, "edited"),
        (b" " * 9_000_000 + b"{}", "edited"),
        (b"\xff", "edited"),
    ],
)
def test_what_is_no_passport_is_refused_whatever_its_checksum(plain: bytes, reason: str) -> None:
    with pytest.raises(PassportError) as caught:
        decoded(packed(plain))
    assert caught.value.reason == reason


def test_rows_of_the_base_must_be_what_rows_are(appraisal: Appraisal) -> None:
    passport = passport_of(appraisal)
    id = next(iter(passport.rows["costs"]))
    for columns in ({"value": "1"}, {"value": None}, {"kind": 3}, {"price_year": True}):
        rows = {**passport.rows, "costs": {id: {**passport.rows["costs"][id], **columns}}}
        with pytest.raises(PassportError):
            decoded(encoded(replace(passport, rows=rows)))


def test_what_would_keep_a_machine_busy_for_ever_is_refused(appraisal: Appraisal) -> None:
    passport = passport_of(appraisal)
    for change in ({"draws": 10**12}, {"draws": 0}, {"horizons": (10**9,)}, {"horizons": ()}, {"seed": -1}):
        with pytest.raises(PassportError):
            decoded(encoded(replace(passport, **change)))  # type: ignore[arg-type]


def test_personal_data_stay_out_of_the_passport_and_the_workbook(tmp_path: Path) -> None:
    text = (MODELS / "ips.yaml").read_text().replace("title: IPS", "title: Ring 070-123 45 67 om IPS")
    path = tmp_path / "case.yaml"
    path.write_text(text)
    opened = open_case(path)
    appraisal = appraise(opened.case, draws=64, reference=opened.reference, case_sha256=opened.document.sha256)
    passport = passport_of(appraisal)
    assert passport.title.startswith("Ring ••• om IPS")
    assert "123 45 67" not in passport.case_text
    archive = zipfile.ZipFile(io.BytesIO(compose(appraisal, "sv").data))
    for member in archive.namelist():
        assert b"123 45 67" not in archive.read(member), member


def test_local_prices_travel_with_the_report_without_personal_data(tmp_path: Path) -> None:
    (tmp_path / "egna.csv").write_text(LOCAL)
    opened = open_case(MODELS / "ips.yaml")
    base = with_local_prices(load_reference(), tmp_path / "egna.csv")
    passport = passport_of(appraise(opened.case, draws=64, reference=base))
    (file,) = passport.prices
    assert file.name == "egna.csv" and file.blanked
    assert "Ring Anna •••" in file.text and "070" not in file.text
    assert passport.tables_sha256 == load_reference().sha256 != passport.reference_sha256
    assert decoded(encoded(passport)) == passport


def test_words_for_people_are_short_and_whole(appraisal: Appraisal) -> None:
    passport = passport_of(appraisal)
    for lang in ("sv", "en"):
        facts = dict(passport_facts(passport, lang))
        assert passport.code in facts.values() and passport.results_sha256 in facts.values()
        assert all(facts.values())
    assert all(0 < len(value) < 255 for value in passport_properties(passport).values())


def test_the_workbook_holds_it_for_people_and_for_the_program(appraisal: Appraisal) -> None:
    passport = passport_of(appraisal)
    book = openpyxl.load_workbook(io.BytesIO(compose(appraisal, "sv").data))
    assert {item.name: item.value for item in book.custom_doc_props.props} == passport_properties(passport)
    sheet = book["Kontrolluppgifter"]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert passport.code in texts
    # The lines stand below each other in a column of their own, each beside its number.
    numbered = [(row[0].value, row[1].value) for row in sheet.iter_rows()]
    lines = passport.case_text.splitlines()
    start = [text for _, text in numbered].index(lines[0])
    assert numbered[start : start + len(lines)] == [(at, line or None) for at, line in enumerate(lines, start=1)]
    line = passport_line([[str(row[0].value) for row in sheet.iter_rows()]])
    assert line is not None and decoded(line) == passport
    about = [str(cell.value) for row in book["Om"].iter_rows() for cell in row]
    assert passport.code in about and passport.results_sha256 in about


# -- in files of other kinds ------------------------------------------------------------------------------------------


def as_html(line: str) -> bytes:
    return f'<!doctype html><html><head><meta name="socio-calc-passport" content="{line}"></head></html>'.encode()


def as_docx(line: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w:document/>")
        archive.writestr("customXml/item1.xml", f'<passport xmlns="urn:socio-calc:passport">{line}</passport>')
    return target.getvalue()


def as_pdf(line: str) -> bytes:
    stream = zlib.compress(line.encode())
    return (
        b"%PDF-1.7\n1 0 obj <</Length 3>>\nstream\nabc\nendstream\n2 0 obj\nstream\r\n" + stream + b"\nendstream\n%%EOF"
    )


@pytest.mark.parametrize("wrapped", [as_html, as_docx, as_pdf])
def test_it_is_found_in_every_kind_of_report(appraisal: Appraisal, wrapped: object) -> None:
    assert callable(wrapped)
    passport = passport_of(appraisal)
    line = encoded(passport)
    assert passport_in(wrapped(line)) == passport
    for broken, reason in ((line[:-8], "edited"), (line.replace("e", "f", 5), "edited"), ("", "missing")):
        with pytest.raises(PassportError) as caught:
            passport_in(wrapped(broken))
        assert caught.value.reason == reason


def test_two_passports_in_one_file_are_one_too_many(appraisal: Appraisal) -> None:
    first, second = passport_of(appraisal), replace(passport_of(appraisal), seed=2)
    assert passport_in(as_html(encoded(first)) * 2) == first
    with pytest.raises(PassportError):
        passport_in(as_html(encoded(first)) + as_html(encoded(second)))


def test_files_that_are_no_reports_are_refused_in_words(tmp_path: Path) -> None:
    from socio_calc.problems import InputError

    for path, code in ((tmp_path, "file-unreadable"), (tmp_path / "borta.xlsx", "file-not-found")):
        with pytest.raises(InputError) as caught:
            read_report(path)
        assert [problem.code for problem in caught.value.problems] == [code]
