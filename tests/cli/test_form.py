"""`form`, `convert` and a form in the place of a case, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from socio_calc.case import build_case, read_document
from socio_calc.form.opening import load
from socio_calc.reference import shipped_folder
from tests.cli.conftest import Command

MODEL = shipped_folder("models") / "styrka-hela-livet.yaml"


def figures(text: str) -> dict[str, object]:
    """Return a result without what names the file that it came from."""
    return {key: value for key, value in json.loads(text).items() if key != "case_sha256"}


def test_a_form_gives_the_same_figures_as_the_case(tool: Command, tmp_path: Path):
    file = tmp_path / "ansokan.xlsx"
    said = tool("form", file, "--from", "styrka-hela-livet")
    assert said.status == 0
    assert str(file) in said.out
    of_form = tool("run", file, "--json", "--draws", 64)
    of_case = tool("run", MODEL, "--json", "--draws", 64)
    assert figures(of_form.out) == figures(of_case.out)


def test_there_and_back_again(tool: Command, tmp_path: Path):
    form, again = tmp_path / "a.xlsx", tmp_path / "b.yaml"
    assert tool("convert", MODEL, form, "--lang", "en").status == 0
    assert tool("convert", form, again).status == 0
    assert build_case(read_document(again)) == build_case(read_document(MODEL)) == load(form)
    kept = again.read_bytes()
    assert tool("convert", form, again).status == 4
    assert again.read_bytes() == kept
    assert tool("convert", form, again, "--force").status == 0


def test_other_endings_are_refused(tool: Command, tmp_path: Path):
    said = tool("convert", MODEL, tmp_path / "a.docx")
    assert said.status == 1
    assert ".yaml eller .xlsx" in said.err


def test_a_form_for_a_fund_has_its_limits(tool: Command, tmp_path: Path):
    assert tool("form", tmp_path / "g", "--fund", "gavleborg").status == 0
    assert tool("form", tmp_path / "v", "--fund", "vgr").status == 0
    keys = {}
    for name in ("g", "v"):
        page = openpyxl.load_workbook(tmp_path / f"{name}.xlsx")["Ansökan"]
        keys[name] = {cell.value for (cell,) in page.iter_rows(max_col=1) if cell.value}
        fund = next(row for row in page.iter_rows() if row[0].value == "application.fund")
        assert fund[2].value == {"g": "Region Gävleborg", "v": "Västra Götalandsregionen"}[name]
    assert keys["v"] - keys["g"] == {"application.focus_area"}
    assert tool("form", tmp_path / "x", "--fund", "gavleborgg").status == 1
    assert not (tmp_path / "x.xlsx").exists()


def test_errors_of_a_form_can_be_marked_in_a_copy(tool: Command, tmp_path: Path):
    form = tmp_path / "tom.xlsx"
    assert tool("form", form).status == 0
    said = tool("run", form, "--mark")
    copy = tmp_path / "tom-markerad.xlsx"
    assert said.status == 1
    assert str(copy) in said.err
    assert "bladet Antaganden, cell C7 · Första året" in said.err
    assert openpyxl.load_workbook(copy)["Antaganden"]["C7"].comment.text.startswith("Första året saknas.")
    assert tool("run", form, "--mark").status == 4  # somebody may have gone on in the copy
    assert tool("run", MODEL, "--mark").status == 1
    assert tool("check", form, "--mark", "--force").status == 1


@pytest.mark.parametrize("command", ["check", "sensitivity"])
def test_other_commands_take_a_form(tool: Command, tmp_path: Path, command: str):
    form = tmp_path / "a.xlsx"
    assert tool("form", form, "--from", MODEL).status == 0
    of_form = json.loads(tool(command, form, "--json").out)
    of_case = json.loads(tool(command, MODEL, "--json").out)
    if command == "check":
        cells = [finding["cell"] for finding in of_form["findings"] if finding["path"]]
        assert all(cells)
        for finding in of_form["findings"] + of_case["findings"]:
            for name in ("cell", "message", "remedy"):  # these tell where, in the words of each kind of file
                finding.pop(name)
    assert of_form == of_case
