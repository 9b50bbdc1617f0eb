"""`socio-calc compare` and `reproduce`: what they print, what they write, how they end."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Command
from tests.review.tampering import MODELS, report, with_value

CASE = MODELS / "ips.yaml"


def plain(text: str) -> str:
    """Return a text with every space the same."""
    return " ".join(text.split())


def changed(folder: Path) -> Path:
    path = folder / "annan.yaml"
    path.write_text(CASE.read_text().replace("discount_rate: 0.035", "discount_rate: 0.05", 1))
    return path


def test_compare_says_which_change_does_what(tool: Command, tmp_path: Path) -> None:
    said = tool("compare", CASE, changed(tmp_path), "--draws", 64)
    assert said.status == 0 and said.err == ""
    assert "Kalkylränta: 3,5 % → 5 %" in plain(said.out)
    assert "Slutsatsen ändras inte." in said.out
    assert all(len(line) <= 80 for line in said.out.splitlines())
    english = tool("compare", CASE, changed(tmp_path), "--draws", 64, "--lang", "en")
    assert "Discount rate: 3.5% → 5%" in plain(english.out)


def test_compare_as_json_and_as_files(tool: Command, tmp_path: Path) -> None:
    out = tmp_path / "ut"
    said = tool("compare", CASE, changed(tmp_path), "--draws", 64, "--json", "--out", out, "--perspective", "kommun")
    result = json.loads(said.out)
    assert result["perspective"] == "kommun"
    assert result["difference"] == result["after"]["npv"] - result["before"]["npv"]
    assert [step["changes"] for step in result["steps"]] == [[{"kind": "changed", "paths": ["discount_rate"]}]]
    assert sorted(path.suffix for path in out.iterdir()) == [".json", ".png", ".svg"]
    assert tool("compare", CASE, changed(tmp_path), "--draws", 64, "--out", out).status == 4


def test_compare_needs_two_of_something(tool: Command) -> None:
    said = tool("compare", CASE)
    assert said.status == 2 and "--base-a" in said.err
    assert tool("compare", CASE, CASE, "--horizon", 119).status == 1


def test_compare_takes_reports(tool: Command, tmp_path: Path) -> None:
    path = tmp_path / "rapport.xlsx"
    path.write_bytes(report())
    said = tool("compare", path, changed(tmp_path), "--draws", 64, "--json")
    assert [step["changes"][0]["paths"] for step in json.loads(said.out)["steps"]] == [["discount_rate"]]


def test_reproduce_ends_as_the_case_format_says(tool: Command, tmp_path: Path) -> None:
    path = tmp_path / "rapport.xlsx"
    path.write_bytes(report())
    said = tool("reproduce", path)
    assert said.status == 0 and "Samma siffror." in said.out
    other = tool("reproduce", path, changed(tmp_path), "--lang", "en")
    assert other.status == 3 and "Discount rate: 3.5% → 5%" in plain(other.out)
    path.write_bytes(with_value(report(), "results", "D6", "1"))
    assert tool("reproduce", path).status == 3
    assert json.loads(tool("reproduce", path, "--json").out)["outcome"] == "differs"
    assert tool("reproduce", tmp_path / "borta.html").status == 1


def test_check_of_a_tampered_report_names_the_cell(tool: Command, tmp_path: Path) -> None:
    path = tmp_path / "rapport.xlsx"
    path.write_bytes(with_value(report(), "results", "D6", "9999999"))
    said = tool("check", path)
    assert "Resultat!D6" in said.out and "10,0 mkr, omräknat" in plain(said.out)
    found = json.loads(tool("check", path, "--json").out)
    assert found["verdict"] == "remarks"
    assert {item["code"] for item in found["findings"] if item["code"].startswith("report-")} == {
        "report-differs", "report-value",
    }  # fmt: skip
