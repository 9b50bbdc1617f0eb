"""`socio-calc annexes`: what is written, what is told, and what is refused."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Command

MODELS = Path(__file__).parents[2] / "models"


def test_annexes_of_a_known_fund(tool: Command, tmp_path: Path) -> None:
    said = tool("annexes", MODELS / "styrka-hela-livet.yaml", "--out", tmp_path)
    assert said.status == 0, said.err
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "styrka-hela-livet-bilaga-2-budget.xlsx",
        "styrka-hela-livet-bilaga-3-medfinansiering-tid.xlsx",
        "styrka-hela-livet-bilaga-3-medfinansiering.xlsx",
        "styrka-hela-livet-bilaga-4-uppfoljnings-och-utvarderingsschema.xlsx",
    ]
    assert "Bilaga 2 Budget" in said.out
    assert "Antal timmar, timlön och påslag för ”Läkarbedömning vid behov”." in said.out
    assert max(map(len, said.out.splitlines())) <= max(80, len(str(tmp_path)) + 90)


def test_a_fund_whose_forms_are_not_known(tool: Command, tmp_path: Path) -> None:
    case = MODELS / "styrka-hela-livet.yaml"
    said = tool("annexes", case, "--out", tmp_path, "--fund", "vgr", "--lang", "en")
    assert said.status == 0, said.err
    assert "The fund's own annexes are not known" in said.out
    assert "styrka-hela-livet-follow-up-plan.xlsx" in {path.name for path in tmp_path.iterdir()}


def test_what_is_refused(tool: Command, tmp_path: Path) -> None:
    case = MODELS / "styrka-hela-livet.yaml"
    unknown = tool("annexes", case, "--out", tmp_path, "--fund", "gavle")
    assert (unknown.status, unknown.out) == (1, "")
    assert "gavleborg" in unknown.err
    assert not list(tmp_path.iterdir())
    assert tool("annexes", case).status == 2
    assert tool("annexes", case, "--out", tmp_path).status == 0
    again = tool("annexes", case, "--out", tmp_path)
    assert again.status == 4
    assert "--force" in again.err
    assert tool("annexes", case, "--out", tmp_path, "--force").status == 0


def test_a_form_gives_the_same_annexes_as_the_file_that_it_was_made_of(tool: Command, tmp_path: Path) -> None:
    case, form = MODELS / "ips.yaml", tmp_path / "ansokan.xlsx"
    assert tool("form", form, "--from", case).status == 0
    assert tool("annexes", case, "--out", tmp_path / "yaml").status == 0
    said = tool("annexes", form, "--out", tmp_path / "form")
    assert said.status == 0, said.err
    made = {path.name: path.read_bytes() for path in (tmp_path / "yaml").iterdir()}
    assert made == {path.name: path.read_bytes() for path in (tmp_path / "form").iterdir()}
