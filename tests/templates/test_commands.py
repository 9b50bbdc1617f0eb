"""`socio-calc models` and `socio-calc new` as a user meets them."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from socio_calc.cli.main import CANNOT_WRITE, CASE_WRONG, STOPPED
from socio_calc.templates import examples
from socio_calc.templates.interview import QUESTIONS
from tests.cli.conftest import Command
from tests.cli.test_startup import HEAVY, imported, packages

ANSWERS = {
    "title": "Fallgrupp",
    "organisation": "Ockelbo kommun",
    "actor": "kommun",
    "first-year": "2027",
    "years": "3",
    "participants": "60",
    "age": "82",
    "cost": "900 000 kr",
    "fund": "gavleborg",
    "grant": "300 000",
    "words": "fallprevention",
    "effect": "falls-ex-rate-all",
    "outcome": "Fall",
    "level": "rate",
    "ordinary-from-base": "none",
    "ordinary-rate": "0,6",
    "price-words": "fall sjukhusvård",
    "price": "1",
    "per-outcome": "0,05",
}


def _given(**changes: str | None) -> list[str]:
    answers = {**ANSWERS, **{key.replace("_", "-"): value for key, value in changes.items()}}
    return [part for key, value in answers.items() if value is not None for part in ("--answer", f"{key}={value}")]


def test_the_list_shows_every_example(tool: Command) -> None:
    said = tool("models")
    assert said.status == 0
    assert max(len(line) for line in said.out.splitlines() if "/" not in line) <= 80
    for shown in examples():
        assert re.search(rf"(^|\s){shown.slug}(\s|$)", said.out), shown.slug
    assert "rangordnar inte" in " ".join(said.out.split())


def test_the_list_in_english_uses_no_swedish_title(tool: Command) -> None:
    said = tool("models", "--lang", "en")
    assert "Strength all through life" in " ".join(said.out.split()) and "Styrka hela livet" not in said.out
    assert "Systematic" in said.out and "Systematisk" not in said.out


def test_the_list_as_json_has_what_the_table_says_and_the_figures(tool: Command) -> None:
    items = json.loads(tool("models", "--json").out)
    assert [item["slug"] for item in items] == [shown.slug for shown in examples()]
    for item in items:
        assert {"title", "area", "target", "horizon", "grade", "result", "result_text", "scenarios"} <= item.keys()
        assert Path(item["file"]).is_file() and Path(item["card"]).is_file()


def test_listing_computes_nothing() -> None:
    assert not packages(imported("models", "--json")) & HEAVY


@pytest.mark.parametrize("shown", examples(), ids=lambda shown: shown.slug)
def test_a_copy_runs_at_once(tool: Command, tmp_path: Path, shown: object) -> None:
    slug = shown.slug  # type: ignore[attr-defined]
    file = tmp_path / "min-kalkyl.yaml"
    said = tool("new", file, "--from", slug)
    assert said.status == 0 and "socio-calc run" in said.out and "socio-calc check" in said.out
    assert "BYT UT" in file.read_text("utf-8")
    assert tool("run", file, "--json", "--draws", "8").status == 0


def test_questions_give_a_case_that_runs_at_once(tool: Command, tmp_path: Path) -> None:
    file = tmp_path / "ny.yaml"
    said = tool("new", file, *_given())
    assert said.status == 0, said.err
    assert f"socio-calc run {file}" in said.out
    result = json.loads(tool("run", file, "--json", "--draws", "64").out)
    (row,) = [row for row in result["outcomes"] if row["horizon"] == 5]
    assert row["difference"] < 0
    assert tool("check", file).status in (0, 3)


def test_the_same_by_lines_in_english(tool: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {key: value for key, value in ANSWERS.items() if key not in ("fund", "grant")}
    lines = [*answers.values()]
    lines.insert(list(answers).index("words"), "no fund, please")
    lines.insert(list(answers).index("words") + 1, "3")
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
    file = tmp_path / "new.yaml"
    said = tool("new", file, "--lang", "en")
    assert said.status == 0, said.err
    assert "Answer with a number from 1 to 3." in said.out
    text = file.read_text("utf-8")
    assert "Assumption" in text and "Antagande" not in text and "application" not in text
    assert tool("run", file, "--json", "--draws", "8").status == 0


def test_one_may_search_again_with_other_words(tool: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["xyzzy", "2", "mobbning", "1"]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
    given = _given(words=None, effect=None, outcome="Mobbade", level=None, ordinary_rate=None, ordinary_share="8 %")
    said = tool("new", tmp_path / "x.yaml", *given)
    assert said.status == 0, said.err
    assert "Basen har ingen studie som passar orden" in said.out
    assert "kiva" in (tmp_path / "x.yaml").read_text("utf-8")


def test_a_name_without_an_ending_gets_one(tool: Command, tmp_path: Path) -> None:
    assert tool("new", tmp_path / "min", "--from", "kiva").status == 0
    assert (tmp_path / "min.yaml").is_file()


def test_nothing_is_overwritten_where_nobody_can_be_asked(tool: Command, tmp_path: Path) -> None:
    file = tmp_path / "min.yaml"
    file.write_text("min egen kalkyl\n", encoding="utf-8")
    for arguments in (["--from", "kiva"], _given()):
        said = tool("new", file, *arguments)
        assert said.status == CANNOT_WRITE and "min.yaml" in said.err
        assert file.read_text("utf-8") == "min egen kalkyl\n"
    assert tool("new", file, "--from", "kiva", "--force").status == 0
    assert "KiVa" in file.read_text("utf-8")


def test_an_unknown_example_is_answered_with_the_nearest(tool: Command, tmp_path: Path) -> None:
    said = tool("new", tmp_path / "x.yaml", "--from", "skolnarvro")
    assert said.status == CASE_WRONG and "Menade du ”skolnarvaro”?" in said.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--answer", "tittle=Fall"], "title"),
        ([*_given(participants="många")], "participants"),
        ([*_given(cost="0")], "cost"),
        ([*_given(ordinary_rate="-1")], "ordinary-rate"),
        ([*_given(grant="1 000 000")], "grant"),
        ([*_given(years="9")], "years"),
        ([*_given(per_outcome=None)], "per-outcome"),
        (["--from", "kiva", "--answer", "title=x"], "--from"),
    ],
)
def test_an_answer_that_cannot_be_used_leaves_nothing(
    tool: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    said = tool("new", tmp_path / "x.yaml", *arguments)
    assert said.status == CASE_WRONG and words in said.err
    assert not list(tmp_path.iterdir())


def test_stopping_leaves_nothing(tool: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped(io.StringIO):
        def readline(self, *_: object) -> str:  # type: ignore[override]
            raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdin", Stopped())
    assert tool("new", tmp_path / "x.yaml").status == STOPPED
    assert not list(tmp_path.iterdir())


def test_every_question_has_words_in_both_languages() -> None:
    from socio_calc.locale import LANGUAGES, texts

    for lang in LANGUAGES:
        assert all(texts(lang).has(f"new.ask.{key}") for key in QUESTIONS)
