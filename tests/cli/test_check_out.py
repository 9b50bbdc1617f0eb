"""`socio-calc check --out --previous`: files, decisions that follow along, and what is never shown."""

import json
import re

import openpyxl
import pytest
import typer

from socio_calc.cli.check import CASE_WRONG, RULE_BROKEN, check
from socio_calc.cli.main import run
from tests.review.cases import GONE
from tests.review.reviewed import NUMBER, PHONE, A, write

DOUBTFUL = {"discount_rate": 0.01, "not_valued": GONE}


def test_the_files_are_written_and_named(tmp_path, capsys):
    out = tmp_path / "out"
    check(write(tmp_path, DOUBTFUL), out=out)
    shown = capsys.readouterr()
    assert "Skrivet till" in shown.out and shown.err == ""
    assert {path.suffix for path in out.iterdir()} == {".xlsx", ".docx", ".html", ".txt", ".json"}
    # As in a folder: the files about an application are called as the file of it.
    assert {path.name.partition("-")[0] for path in out.iterdir()} == {"case"}


def test_json_stays_alone_on_standard_output(tmp_path, capsys):
    check(write(tmp_path, DOUBTFUL), out=tmp_path / "out", as_json=True)
    assert json.loads(capsys.readouterr().out)["verdict"] == "remarks"
    assert len(list((tmp_path / "out").iterdir())) == 6


def test_a_broken_rule_still_gives_its_files(tmp_path):
    with pytest.raises(typer.Exit) as stopped:
        check(write(tmp_path, {f"{A}.existing_activity": True}), out=tmp_path / "out")
    assert stopped.value.exit_code == RULE_BROKEN and any((tmp_path / "out").iterdir())


def test_the_earlier_protocol_is_told_and_its_decisions_follow(tmp_path, capsys):
    check(write(tmp_path, DOUBTFUL), out=tmp_path / "first")
    (path,) = (tmp_path / "first").glob("*.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[1]
    at = [cell.value for cell in sheet[4]].index("Granskarens beslut")
    sheet.cell(5, at + 1).value = "Godtas"
    book.save(path)
    capsys.readouterr()
    check(write(tmp_path, {"discount_rate": 0.01}), out=tmp_path / "second", previous=path)
    shown = capsys.readouterr().out
    assert "Besvarad: Inget står som ej värderat" in shown and "Kvar: Ovanlig kalkylränta" in shown
    (letter,) = (tmp_path / "second").glob("*.txt")
    assert "Vi har inga frågor den här gången." in letter.read_text(encoding="utf-8")


def test_an_existing_file_is_not_overwritten(tmp_path, capsys):
    path = str(write(tmp_path, DOUBTFUL))
    arguments = ["check", path, "--out", str(tmp_path / "out")]
    assert run(arguments) == 0
    capsys.readouterr()
    assert run(arguments) == 4
    assert "--force" in capsys.readouterr().err
    assert run([*arguments, "--force"]) == 0


@pytest.mark.parametrize("name", ["case.yaml", f"{NUMBER}.yaml"])
@pytest.mark.parametrize("as_json", [True, False])
def test_errors_of_a_broken_file_hold_no_personal_data(tmp_path, capsys, name, as_json):
    path = tmp_path / name
    path.write_text(f"title: {PHONE}\n{NUMBER}: 1\nhorizons: '{NUMBER}'\nfirst_year: {NUMBER[:6]}\n", encoding="utf-8")
    with pytest.raises(typer.Exit) as stopped:
        check(path, as_json=as_json)
    shown = capsys.readouterr()
    assert stopped.value.exit_code == CASE_WRONG and shown.out == ""
    assert "•••" in shown.err and NUMBER not in shown.err and PHONE not in shown.err


def test_a_folder_gives_an_overview(tmp_path, capsys):
    folder = tmp_path / "in"
    folder.mkdir()
    write(folder, name="a.yaml")
    write(folder, DOUBTFUL, "b.yaml")
    check(folder, out=tmp_path / "out")
    assert "Börja med oversikt.xlsx" in capsys.readouterr().out
    assert (tmp_path / "out" / "oversikt.xlsx").exists()


def test_a_folder_needs_a_folder_of_earlier_protocols(tmp_path, capsys):
    path = write(tmp_path, DOUBTFUL)
    assert run(["check", str(tmp_path), "--previous", str(path), "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err


def test_a_folder_tells_what_it_did_not_read(tmp_path, capsys):
    folder = tmp_path / "in"
    folder.mkdir()
    write(folder, name="a.yaml")
    (folder / "brev.docx").write_bytes(b"")
    (folder / ".hidden.docx").write_bytes(b"")
    (folder / "a-granskningsprotokoll.docx").write_bytes(b"")
    check(folder)
    shown = " ".join(capsys.readouterr().out.split())
    assert "1 fil är varken kalkyl, formulär eller rapport och har inte granskats: brev.docx." in shown


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_json_of_a_folder_tells_what_was_not_read_and_why(tmp_path, capsys, lang):
    folder = tmp_path / "in"
    (folder / ".old").mkdir(parents=True)
    write(folder, name="a.yaml")
    others = (
        "brev till oss 070-123 45 67.docx",
        "~$a.xlsx",
        ".old/b.yaml",
        ".hidden.docx",
        "a-granskningsprotokoll.xlsx",
    )
    for name in others:
        (folder / name).write_bytes(b"")
    run(["check", str(folder), "--json", "--lang", lang])
    told = json.loads(capsys.readouterr().out)
    assert [case["file"] for case in told["cases"]] == ["a.yaml"]
    assert {file["file"]: file["reason"] for file in told["skipped"]} == {
        "brev till oss •••.docx": "kind",
        "~$a.xlsx": "hidden",
        ".old/b.yaml": "hidden",
        "a-granskningsprotokoll.xlsx": "written",
    }
    assert len({file["message"] for file in told["skipped"]}) == 3


def test_json_of_a_folder_with_nothing_left_out(tmp_path, capsys):
    write(tmp_path, name="a.yaml")
    run(["check", str(tmp_path), "--json"])
    assert json.loads(capsys.readouterr().out)["skipped"] == []


def test_a_broken_file_of_a_folder_takes_one_line_and_its_first_error(tmp_path, capsys):
    folder = tmp_path / "in"
    folder.mkdir()
    write(folder, name="a.yaml")
    (folder / "fel.yaml").write_text("format: 1\ntitel: A\nhorizon: 1\n", encoding="utf-8")
    check(folder)
    alone = capsys.readouterr().out
    count = int(re.search(r"fel\.yaml: (\d+) fel\. Det första:", alone).group(1))
    assert count > 1 and alone.count("Gör så här:") == 1
    check(folder, out=tmp_path / "out")
    assert f"fel.yaml: {count} fel, se oversikt.xlsx." in (written := capsys.readouterr().out)
    assert "Gör så här:" not in written
