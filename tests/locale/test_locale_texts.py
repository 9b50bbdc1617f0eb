"""Looking texts up, filling them, and naming the fields of a case."""

from datetime import date

import pytest

from socio_calc.locale import texts
from socio_calc.locale.placeholders import fill

N = "\u00a0"


def test_a_missing_key_or_value_is_never_printed():
    for key in ("message.no-such-code.what", "nothing.here", "", "message"):
        assert not texts("sv").has(key)
        with pytest.raises(KeyError):
            texts("sv").t(key)
    with pytest.raises(KeyError):
        texts("sv").t("message.unknown-key.what")
    with pytest.raises(KeyError):
        texts("de")
    with pytest.raises(KeyError, match="no such kind"):
        fill("{a:monye}", {"a": 1.0}, "sv")


def test_the_texts_of_a_language_are_made_once():
    assert texts("sv") is texts("sv")
    assert texts("sv") is not texts("en")


def test_plural_forms():
    sv, en = texts("sv"), texts("en")
    assert [sv.plural("problem.count", n) for n in (1, 2, 50)] == [
        "Ett fel att rätta.",
        "2 fel att rätta.",
        "50 fel att rätta.",
    ]
    assert [en.plural("problem.warnings", n) for n in (1, 2)] == [
        "One warning. The calculation is done.",
        "2 warnings. The calculation is done.",
    ]


def test_values_that_look_like_placeholders_stay_text():
    assert texts("sv").t("message.not-a-number.what", value="{x} [[y]] %s") == "”{x} [[y]] %s” är inget tal."


def test_kinds_of_placeholder():
    assert fill("{a:money} {b:share} {c:plain} {d:ratio}", {"a": 1.5e6, "b": 0.12, "c": 2024, "d": 0.771}, "sv") == (
        f"1,5{N}mkr 12{N}% 2024 0,77"
    )
    assert fill("{a:or}", {"a": ("x", "y", "z")}, "sv") == "x, y eller z"
    assert fill("{a:or}", {"a": ("x",)}, "en") == "x"
    assert fill("{a} {b} {c}", {"a": 0.08, "b": True, "c": date(2025, 1, 31)}, "sv") == "0,08 Ja 2025-01-31"
    assert fill("{a:party_genitive}", {"a": "region"}, "sv") == "regionens"
    assert fill("{a:choice.grade}", {"a": "rct"}, "sv") == "randomiserad studie"
    assert fill("{a:choice.measure}", {"a": "percent"}, "sv") == "percent"
    assert fill("{a:inline}", {"a": ("Minskad ensamhet", "QALY")}, "sv") == "minskad ensamhet, QALY"
    assert fill("{a}", {"a": None}, "sv") == "–"
    assert fill("{a:hash}", {"a": "6ec9c27d70f9c0da"}, "sv") == "6ec9c27d"
    assert fill("{x:reason}", {"x": "outcome-worse", "outcome": "Fall"}, "sv") == "fall blir sämre med insatsen"


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("title", "Insatsens namn"),
        ("costs", "Kostnader"),
        ("costs.0", "Kostnader"),
        ("costs.0.amount", "Belopp"),
        ("costs.0.amount.low", "Belopp: lågt"),
        ("costs.0.source", "Källa"),
        ("costs.0.years.2", "År som kostnaden uppstår"),
        ("outcomes.falls.effect.value.ci.0", "Effektens storlek: studiens osäkerhet (95 %)"),
        ("outcomes.falls.consequences.1.marginal.0.high", "Andel av priset som ändras: högt"),
        ("outcomes.falls.evidence.sources.0", "Källor"),
        ("quantities.leader_year", "Tal med eget namn"),
        ("quantities.leader_year.mode", "Tal med eget namn: troligast"),
        ("discount_rate", "Kalkylränta"),
        ("discount_rate.1.from", "Räntan gäller från år"),
        ("taxes.equalisation.municipal", "Till utjämningen, kommunens del"),
        ("application.applied.2025", "Sökt belopp per år"),
        ("application.organisations.0.name", "Organisation och enhet"),
        ("pathways.school.transitions.studerar.examen", "Andel som går till läget"),
        ("pathways.school.transitions.studerar.rest", "Resten går till"),
        ("scenarios.cautious.outcomes.falls.effect.value", "Scenario med ändrade värden"),
        ("outcomes[].deadweight", "Dödvikt: andel som hade hänt ändå"),
    ],
)
def test_labels_by_path(path, label):
    assert texts("sv").label(path) == label.replace(" %", f"{N}%") or texts("sv").label(path) == label


@pytest.mark.parametrize("path", ["titel", "costs.0.amout", "outcomes.falls.consequences.0.pirce", "a.b.c", "taxes.x"])
def test_an_unknown_path_has_no_label(path):
    for look_up in (texts("sv").label, texts("sv").hint, texts("sv").example):
        with pytest.raises(KeyError):
            look_up(path)


def test_choices():
    sv = texts("sv")
    assert sv.choice("actor", "kommun") == "Kommunen"
    assert sv.explain("measure", "smd").startswith("Skillnaden mätt i standardavvikelser")
    assert sv.explain("attachments", "budget") is None
    for look_up in (sv.choice, sv.explain):
        with pytest.raises(KeyError):
            look_up("actor", "landsting")
