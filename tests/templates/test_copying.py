"""A copy of a worked case: the same case, with a comment at every key that must be replaced."""

from __future__ import annotations

import re

import pytest

from socio_calc.case import build_case, parse_document
from socio_calc.locale import LANGUAGES, Language
from socio_calc.problems import InputError
from socio_calc.templates import example, examples
from socio_calc.templates.copying import copy_of

MARKS = {"sv": "BYT UT", "en": "REPLACE"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("slug", [shown.slug for shown in examples()])
def test_a_copy_is_the_same_case(slug: str, lang: Language) -> None:
    shown = example(slug)
    copied = build_case(parse_document(copy_of(shown, lang).encode(), "copy.yaml"))
    assert copied == build_case(parse_document(shown.path.read_bytes(), shown.path.name))


@pytest.mark.parametrize("slug", [shown.slug for shown in examples()])
def test_the_comments_of_the_case_are_kept(slug: str) -> None:
    shown = example(slug)
    original = shown.path.read_text("utf-8").splitlines()
    body = original[next(number for number, line in enumerate(original) if not line.startswith("#")) :]
    copied = [line for line in copy_of(shown, "en").splitlines() if not line.lstrip().startswith("# REPLACE")]
    assert [line for line in copied if not line.startswith("# ") or line in body] == body


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("slug", [shown.slug for shown in examples()])
def test_every_key_of_one_s_own_is_marked(slug: str, lang: Language) -> None:
    lines = copy_of(example(slug), lang).splitlines()
    mark = MARKS[lang]
    wanted = re.compile(
        r"^ *-? ?(hours|wage|participants|ordinary|owner|applied|organisations|needs_analysis|decision):"
    )
    for number, line in enumerate(lines):
        if wanted.match(line) and "{ref:" not in line:
            assert mark in line or mark in lines[number - 1], f"line {number + 1}: {line}"


def test_the_heading_says_whose_figures_they_are() -> None:
    swedish, english = (copy_of(example("kiva"), lang) for lang in LANGUAGES)
    assert swedish.startswith("# Kopia av exemplet KiVa mot mobbning.")
    assert english.startswith("# A copy of the example KiVa against bullying.")
    assert "Kopiera filen" not in swedish


def test_an_unknown_example_is_answered_with_the_nearest() -> None:
    with pytest.raises(InputError) as raised:
        example("skolnarvro")
    (problem,) = raised.value.problems
    assert problem.code == "unknown-model" and problem.params["nearest"] == "skolnarvaro"


def test_a_path_names_an_example_too() -> None:
    assert example("models/ips.yaml").slug == "ips"
