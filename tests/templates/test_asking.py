"""Questions: a wrong answer is explained and asked again, one that cannot be asked again is an error."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from socio_calc.locale import render_problem, texts
from socio_calc.problems import InputError
from socio_calc.templates.asking import Asker, Option, Question, WrongAnswer, option_reader

OPTIONS = (Option("kommun", "Kommunen"), Option("region", "Regionen"))


def _people(answer: str) -> int:
    if not answer.isdecimal():
        raise WrongAnswer("number")
    return int(answer)


PEOPLE = Question("participants", _people)
PARTY = Question("actor", option_reader(OPTIONS), "kommun", OPTIONS)


def _typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> Asker:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    return Asker(texts("sv"), {}, terminal=False)


def test_a_wrong_answer_is_explained_and_asked_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _typed(monkeypatch, "många", "60").ask(PEOPLE) == 60
    said = capsys.readouterr().out
    assert "Hur många börjar varje år?" in said
    assert "Det gick inte att läsa som ett tal" in said


@pytest.mark.parametrize("answer", ["2", "region", "Regionen", "REGIONEN"])
def test_one_chooses_by_number_value_or_label(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    assert _typed(monkeypatch, answer).ask(PARTY) == "region"


def test_an_empty_line_takes_the_default(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert _typed(monkeypatch, "").ask(PARTY) == "kommun"
    said = capsys.readouterr().out
    assert "1  Kommunen" in said and "2  Regionen" in said and "[1] > " in said


def test_a_number_beyond_the_list_is_explained(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _typed(monkeypatch, "3", "0", "1").ask(PARTY) == "kommun"
    assert capsys.readouterr().out.count("Svara med ett nummer från 1 till 2.") == 2


def test_the_end_of_the_input_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError) as raised:
        _typed(monkeypatch).ask(PEOPLE)
    (problem,) = raised.value.problems
    assert (problem.code, problem.params["key"]) == ("new-no-answer", "participants")


def test_an_answer_given_beforehand_is_not_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert Asker(texts("sv"), {"participants": "12"}, terminal=True).ask(PEOPLE) == 12
    assert capsys.readouterr().out == ""


def test_a_wrong_answer_given_beforehand_is_an_error() -> None:
    with pytest.raises(InputError) as raised:
        Asker(texts("en"), {"participants": "many"}, terminal=False).ask(PEOPLE)
    (problem,) = raised.value.problems
    assert problem.code == "new-wrong-answer" and "could not be read as a number" in str(problem.params["reason"])


@pytest.fixture
def keyboard() -> Iterator[object]:
    """Open a terminal whose keys are pressed by the test."""
    from prompt_toolkit.application import create_app_session
    from prompt_toolkit.input import create_pipe_input
    from prompt_toolkit.output import DummyOutput

    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        yield keys


def test_in_a_terminal_one_writes_and_chooses(keyboard: object) -> None:
    asker = Asker(texts("sv"), {}, terminal=True)
    keyboard.send_text("60\r")  # type: ignore[attr-defined]
    assert asker.ask(PEOPLE) == 60
    keyboard.send_text("\x1b[B\r")  # type: ignore[attr-defined]
    assert asker.ask(PARTY) == "region"


def test_in_a_terminal_a_wrong_answer_stays_until_it_is_right(keyboard: object) -> None:
    keyboard.send_text("x\r\x7f60\r")  # type: ignore[attr-defined]
    assert Asker(texts("sv"), {}, terminal=True).ask(PEOPLE) == 60


def test_ctrl_c_in_a_terminal_stops(keyboard: object) -> None:
    keyboard.send_text("6\x03")  # type: ignore[attr-defined]
    with pytest.raises(KeyboardInterrupt):
        Asker(texts("sv"), {}, terminal=True).ask(PEOPLE)


def test_overwriting_is_asked_for_and_no_comes_first(keyboard: object) -> None:
    asker = Asker(texts("sv"), {}, terminal=True)
    keyboard.send_text("\r")  # type: ignore[attr-defined]
    assert not asker.yes("new.overwrite", file="x.yaml")
    keyboard.send_text("\x1b[B\r")  # type: ignore[attr-defined]
    assert asker.yes("new.overwrite", file="x.yaml")


def test_what_is_wrong_comes_with_an_example_of_the_question(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _typed(monkeypatch, "många", "40").ask(PEOPLE)
    assert "Skriv till exempel 40.\n" in capsys.readouterr().out
    _typed(monkeypatch, "mycket", "40").ask(Question("cost", _people))
    assert "Skriv till exempel 900 000 eller 1,5 miljoner.\n" in capsys.readouterr().out


def test_the_end_of_the_input_is_told_in_the_words_of_the_question(monkeypatch: pytest.MonkeyPatch) -> None:
    for question, asked in ((PEOPLE, "Hur många börjar varje år?"), (Question("age", _people), "Ungefär hur gamla")):
        with pytest.raises(InputError) as raised:
            _typed(monkeypatch).ask(question)
        (problem,) = raised.value.problems
        assert str(problem.params["question"]).startswith(asked) and str(problem.params["question"]).endswith("?")
        assert f"Frågan ”{asked}" in render_problem(problem, "sv")
