"""Explanations: everything is found by the words that people use, in both languages, and says where it comes from."""

from __future__ import annotations

import doctest

import pytest

from socio_calc.locale import Language
from socio_calc.report import explanations as module
from socio_calc.report.explanations import explanations, find, nearest


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_explanation_is_found_by_its_key_and_by_its_title(lang: Language) -> None:
    for one in explanations(lang):
        assert one in find(one.key, lang)
        assert one in find(one.title, lang)
        assert one.text.endswith(".") or one.text.endswith(".”")


def test_the_languages_have_the_same_explanations() -> None:
    assert [one.key for one in explanations("sv")] == [one.key for one in explanations("en")]
    assert len({one.key for one in explanations("sv")}) == len(explanations("sv"))


def test_what_is_named_beside_an_explanation_exists() -> None:
    known = {one.key for one in explanations("sv")}
    for one in explanations("sv"):
        assert set(one.see) <= known, one.key


def test_a_question_has_a_source_or_says_that_it_has_none() -> None:
    for one in explanations("sv"):
        if one.kind == "question":
            assert one.source
            assert one.confirmed != "yes" or "ekräftat" not in one.source


@pytest.mark.parametrize(
    ("word", "lang", "key"),
    [
        ("kalkylranta", "sv", "kalkylranta"),
        ("Kalkylränta", "sv", "kalkylranta"),
        ("diskontering", "sv", "ranta"),
        ("monte carlo", "sv", "osakerhet"),
        ("deadweight", "en", "dodvikt"),
        ("qaly", "en", "qaly"),
        ("oddskvot", "sv", "odds_ratio"),
    ],
)
def test_words_that_people_use(word: str, lang: Language, key: str) -> None:
    assert key in {one.key for one in find(word, lang)}


def test_a_misspelt_word_has_a_nearest_one() -> None:
    assert find("kalkylrnta", "sv") == ()
    assert nearest("kalkylrnta", "sv") in ("kalkylranta", "kalkylränta")
    assert nearest("xyzzyplugh", "sv") is None


def test_examples() -> None:
    assert doctest.testmod(module).failed == 0
