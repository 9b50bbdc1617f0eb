"""The letter to the applicant: friendly, short, one question for each thing, and nothing that is settled."""

from dataclasses import replace

import pytest

from socio_calc.locale import texts
from socio_calc.review.protocol.compose import protocol_of
from socio_calc.review.protocol.letter import MOST, letter_of, letter_text
from socio_calc.review.protocol.record import Judgement
from socio_calc.review.traps import TRAPS
from tests.review.cases import GONE, scene_of
from tests.review.reviewed import DAY, WRONG, A, reviewed


@pytest.fixture(scope="module")
def protocol(tmp_path_factory):
    return protocol_of(reviewed(tmp_path_factory.mktemp("letter"), WRONG), "sv", today=DAY)


def topics(protocol):
    letter = letter_of(protocol)
    return [question.topic for question in (*letter.questions, *letter.more)]


def test_the_letter_thanks_asks_and_decides_nothing(protocol):
    text = " ".join(letter_text(letter_of(protocol)).split())
    assert text.startswith("Frågor om er kalkyl för Stöd i skolan ••• Hej, Tack för ansökan.")
    assert "De är inget besked om ansökan." in text and "[datum]" in text
    for word in ("brist", "underkän", "godkän", "tyvärr", "fel ", "!"):
        assert word not in text.lower().replace("inget fel att", "")


def test_at_most_eight_questions_and_the_rest_after_the_signature(protocol):
    letter = letter_of(protocol)
    assert len(letter.questions) == MOST and letter.more
    lines = letter_text(letter).splitlines()
    assert lines.index("Fler frågor") > lines.index("Vänliga hälsningar")
    numbers = [line.partition(".")[0] for line in lines if line[:1].isdigit() and ". " in line[:4]]
    assert numbers == [str(n) for n in range(1, len(letter.questions) + len(letter.more) + 1)]


def test_what_matters_most_comes_first(protocol):
    letter = letter_of(protocol)
    assert letter.questions[0].topic == "Pågår redan"
    assert "Pris per enhet" in letter.questions[2].topic or "Pris per enhet" in letter.questions[1].topic


def test_what_is_settled_is_not_asked_again(protocol):
    first = protocol.findings[0]
    assert first.topic in topics(protocol)
    for decision, asked in (("accepted", False), ("not-relevant", False), ("ask", True), ("change", True), ("", True)):
        items = (replace(first, judgement=Judgement(decision)), *protocol.findings[1:])
        questions = [question.text for question in letter_of(replace(protocol, findings=items)).questions]
        assert any(first.question in text for text in questions) == asked, decision


def test_a_field_that_several_rules_lack_is_asked_about_once(tmp_path):
    lacking = protocol_of(reviewed(tmp_path, {f"{A}.start": GONE}), "sv", today=DAY)
    assert sum(item.question is not None for item in lacking.rules) > 1
    assert topics(lacking) == ["Startdatum"]


def test_only_a_question_for_the_fund_is_no_question_to_the_applicant(tmp_path):
    clean = protocol_of(reviewed(tmp_path), "sv", today=DAY)
    letter = letter_of(clean)
    assert letter.questions == letter.more == ()
    assert "Vi har inga frågor den här gången." in letter.before


def test_the_same_result_is_said(tmp_path):
    net = scene_of().appraisal.base()
    stated = [{"perspective": "societal", "horizon": 3, "measure": "npv", "value": round(net)}]
    equal = letter_of(protocol_of(reviewed(tmp_path, {"stated_results": stated}), "sv", today=DAY))
    assert any("Vi får samma resultat som ni." in text for text in equal.before)


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.code)
def test_every_trap_has_a_question_in_both_languages(trap):
    for lang in ("sv", "en"):
        question = texts(lang)
        assert question.has(f"letter.question.{trap.code}") and question.has(f"trap.{trap.code}.title")


def test_a_result_is_nothing_to_change_and_what_the_fund_should_look_up_is_left_out(tmp_path):
    from tests.review.reviewed import OUT

    worse = {
        f"{OUT}.effect.value": {"estimate": 1.02, "ci": [0.98, 1.06], "source": "Försöket"},
        f"{A}.call": "2022-10-31",
    }
    letter = letter_of(protocol_of(reviewed(tmp_path, worse), "sv", today=DAY))
    (asked,) = (question for question in letter.questions if "minst noll" in question.topic)
    # The rule is told as the fund's, what the calculation comes to as the applicant's own.
    assert asked.topic.startswith("Fondens regel: Det beräknade")
    assert asked.text.startswith("Er kalkyl visar: Nettonuvärdet är")
    assert "Hur ser ni på det?" in asked.text and "Vill ni ändra" not in asked.text
    assert "aktuella riktlinje" not in letter_text(letter)


def test_what_only_a_person_knows_is_asked_as_a_question_and_what_is_broken_says_what_to_do(tmp_path):
    changes = {
        f"{A}.organisations.1.sector": "kommun",
        f"{A}.applied": {"2020": 600_000},
        f"{A}.followup.1.kind": "social",
        "costs.1.actor": "kommun",
    }
    letter = letter_of(protocol_of(reviewed(tmp_path, changes), "sv", today=DAY))
    asked = [question.text for question in (*letter.questions, *letter.more)]
    assert any(text.startswith("Hör parterna till olika förvaltningar?") for text in asked)
    assert any("Sänk beloppet eller fördela det på fler år. Vill ni ändra" in text for text in asked)
    assert any("saknas: ekonomisk indikator." in text for text in asked)


def test_parties_that_pay_for_the_same_gain_get_one_question(tmp_path):
    to_state = {f"outcomes.leave.consequences.{index}.payer": "stat" for index in (0, 1)}
    own = {f"{A}.applied": GONE, "costs.0.funding": GONE, "costs.0.funder": GONE}
    letter = letter_of(protocol_of(reviewed(tmp_path, to_state | own), "sv", today=DAY))
    asked = [question.text for question in (*letter.questions, *letter.more) if "kostnaden kan delas" in question.text]
    assert len(asked) == 1 and asked[0].startswith("Kommunen och regionen betalar ")
