"""`socio-calc run --out --format …`: what is written, and what is said when it cannot be."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from socio_calc.paper import pdf
from tests.cli.conftest import Command
from tests.report.screen_cases import case_text

FAST = ("--draws", 64)


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    path = tmp_path / "kalkyl.yaml"
    path.write_text(case_text("clear_gain"), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("formats", "endings"),
    [
        (("--format", "json"), [".json"]),
        (("--format=csv,json", "--draws-csv"), ["-draws.csv", "-flows.csv", "-outcomes.csv", "-results.csv", ".json"]),
    ],
)
def test_only_what_is_asked_for(
    tool: Command, case_file: Path, tmp_path: Path, formats: tuple[str, ...], endings: list[str]
) -> None:
    out = tmp_path / "ut"
    said = tool("run", case_file, *FAST, "--out", out, *formats)
    assert said.status == 0
    assert sorted(path.name for path in out.iterdir()) == [f"starkare-steg{ending}" for ending in endings]


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_another_format_is_a_matter_of_usage(tool: Command, case_file: Path, tmp_path: Path, lang: str) -> None:
    said = tool("run", case_file, "--out", tmp_path / "ut", "--format", "pptx", "--lang", lang)
    assert (said.status, said.out) == (2, "")
    assert "html, docx, pdf, xlsx, json, csv" in said.err
    assert not (tmp_path / "ut").exists()


def test_what_pdf_needs_is_said_before_anything_is_computed(
    tool: Command, case_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise pdf.PdfUnavailable(pdf.not_installed())

    def computed(*arguments: object, **options: object) -> None:
        raise AssertionError("nothing is to be computed")

    monkeypatch.setattr(pdf, "require_pdf", missing)
    monkeypatch.setattr("socio_calc.appraisal.appraise", computed)
    said = tool("run", case_file, "--out", tmp_path / "ut", "--format", "html,pdf")
    assert said.status == 4
    assert f"{sys.executable} -m pip install weasyprint".replace(" ", "") in "".join(said.err.split())
    assert not (tmp_path / "ut").exists()


def test_the_document_says_what_the_check_found(tool: Command, case_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "ut"
    assert tool("run", case_file, *FAST, "--out", out, "--format", "docx").status == 0
    from docx import Document

    text = "\n".join(p.text for p in Document(str(out / "starkare-steg.docx")).paragraphs)
    assert "rimlighetskontroller" in text
    assert "Fonden gör bedömningen och fattar beslutet." in text


def test_what_is_there_is_said_before_anything_is_computed(
    tool: Command, case_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def computed(*arguments: object, **options: object) -> None:
        raise AssertionError("nothing is to be computed")

    out = tmp_path / "ut"
    out.mkdir()
    for ending in ("html", "xlsx"):
        (out / f"starkare-steg.{ending}").write_bytes(b"gammal")
    monkeypatch.setattr("socio_calc.appraisal.appraise", computed)
    said = tool("run", case_file, "--out", out)
    assert said.status == 4
    assert said.err.count("--force") == 1
    assert "starkare-steg.html" in said.err
    assert "starkare-steg.xlsx" in said.err


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--format", "csv"), "--format"),
        (("--format", "html,xlsx,json,charts"), "--format"),
        (("--draws-csv",), "--draws-csv"),
        (("--draws-csv", "--json"), "--draws-csv"),
    ],
)
def test_what_is_written_needs_a_folder(
    tool: Command, case_file: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], named: str, lang: str
) -> None:
    def computed(*arguments: object, **options: object) -> None:
        raise AssertionError("nothing is to be computed")

    monkeypatch.setattr("socio_calc.appraisal.appraise", computed)
    said = tool("run", case_file, *options, "--lang", lang)
    assert (said.status, said.out) == (2, "")
    assert named in said.err
    assert "--out" in said.err
