"""The interview: numbers as people answer, and nothing of the base that nobody has chosen."""

from __future__ import annotations

import io
from datetime import date

import pytest

from socio_calc.locale import texts
from socio_calc.reference import load_reference
from socio_calc.templates.asking import Asker, WrongAnswer
from socio_calc.templates.interview import QUESTIONS, Answers, _number, interview

GIVEN = {
    "title": "Läxhjälp",
    "organisation": "Ovanåkers kommun",
    "participants": "40 st",
    "age": "15 år",
    "cost": "1,5 miljoner",
    "fund": "none",
    "words": "läxhjälp elever",
    "outcome": "Elever som inte når målen",
    "ordinary-share": "30 %",
    "price-words": "skola",
    "per-outcome": "1",
}


def _interviewed(monkeypatch: pytest.MonkeyPatch, **changes: str | None) -> Answers:
    """Answer what is given, and press Enter to all the rest."""
    monkeypatch.setattr("sys.stdin", io.StringIO("\n" * len(QUESTIONS)))
    given = {**GIVEN, **{key.replace("_", "-"): value for key, value in changes.items()}}
    asker = Asker(texts("sv"), {key: value for key, value in given.items() if value is not None}, terminal=False)
    return interview(asker, load_reference(), date(2026, 11, 22))


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ("cirka 40", 40),
        ("ca. 40 st", 40),
        ("Omkring 40 deltagare", 40),
        ("15 år", 15),
        ("about 40 people", 40),
        ("1,5 miljoner", 1_500_000),
        ("ungefär 1,5 miljoner kr", 1_500_000),
        ("15 %", 0.15),
    ],
)
def test_numbers_as_people_answer(answer: str, value: float) -> None:
    assert _number(answer) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize("answer", ["cirka", "några personer", "40 eller 50", "40 stolar", "", "år"])
def test_what_is_no_number_is_asked_again(answer: str) -> None:
    with pytest.raises(WrongAnswer, match="number"):
        _number(answer)


def test_enter_takes_no_study_and_no_statistics(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = _interviewed(monkeypatch)
    said = capsys.readouterr().out
    assert "mobbning" in said, "studies were offered"
    assert "Ingen av dem: vi har ett eget tal" in said, "statistics were offered"
    assert (answers.effect, answers.baseline, answers.prices) == (None, None, ())
    assert (answers.participants, answers.age, answers.yearly_cost) == (40, 15, 1_500_000)


def test_the_name_of_an_outcome_is_without_what_tells_of_the_study(monkeypatch: pytest.MonkeyPatch) -> None:
    effect = "kiva-uk-vict-2024"
    assert "(" in load_reference().evidence[effect].outcome_sv
    answers = _interviewed(monkeypatch, words="mobbning", effect=effect, outcome=None, ordinary_share="8 %")
    assert answers.outcome == "Elever som utsätts för mobbning"
