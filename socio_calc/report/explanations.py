"""Explanations of the words of a report and of questions of method: plain text with its source, found by any word."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Final, Literal

from socio_calc.locale import Language, texts
from socio_calc.reference import shipped_folder
from socio_calc.reference.search import plain, stem
from socio_calc.report.document.term_forms import TERMS

Kind = Literal["question", "term", "measure"]
Ground = Literal["yes", "own", "no"]

#: Measures of effect (METHOD §4) that the catalogue of choices explains.
MEASURES: Final = ("difference", "ratio", "odds_ratio", "hazard_ratio", "smd", "level")
_NEAR: Final = 0.75
_GROUNDS: Final[dict[str, Ground]] = {"yes": "yes", "own": "own", "no": "no"}


@dataclass(frozen=True)
class Explanation:
    """One explanation.

    Attributes
    ----------
    key
        Its name on the command line, the same in every language.
    kind
        A question of method, a term of the report, or a measure of effect.
    title, text
        In the language asked for.
    words
        What else it may be asked for by.
    see
        Keys of related explanations.
    source, url
        Where it comes from; empty for the words of the report, which are defined there.
    confirmed
        `yes`, `own` for a conclusion of ours, `no` where no source has confirmed it.
    """

    key: str
    kind: Kind
    title: str
    text: str
    words: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    source: str = ""
    url: str = ""
    confirmed: Ground = "yes"


@cache
def explanations(lang: Language) -> tuple[Explanation, ...]:
    """Return every explanation in one language: questions, then terms, then measures of effect."""
    words = texts(lang)
    with (shipped_folder("data") / "explanations.csv").open(encoding="utf-8", newline="") as file:
        questions = [
            Explanation(
                row["key"],
                "question",
                words.t(f"explain.{row['key']}.title"),
                words.t(f"explain.{row['key']}.text"),
                tuple(row["words"].split()),
                tuple(row["see"].split()),
                row["source"],
                row["url"],
                _GROUNDS[row["confirmed"]],
            )
            for row in csv.DictReader(file)
        ]
    terms = [
        Explanation(slug, "term", words.t(f"term.{slug}.name"), words.t(f"term.{slug}.text"), _other_names(slug))
        for slug in TERMS
    ]
    measures = [
        Explanation(name, "measure", words.choice("measure", name), words.t(f"choice.measure.{name}.explain"))
        for name in MEASURES
    ]
    return (*questions, *terms, *measures)


def find(word: str, lang: Language) -> tuple[Explanation, ...]:
    """Return the explanations that a word asks for: the one of that name, else those that begin with or hold it.

    Examples
    --------
    >>> [found.key for found in find("kalkylränta", "sv")], [found.key for found in find("moms", "sv")]
    (['kalkylranta'], ['moms'])
    """
    asked = plain(word)
    if not asked:
        return ()
    every = explanations(lang)
    for names in (_named, _called):
        exact = [one for one in every if asked in map(plain, names(one))]
        if exact:
            return tuple(exact)
    stems = {stem(part) for part in asked.split()}
    return tuple(one for one in every if stems <= {stem(part) for part in plain(" ".join(_all_words(one))).split()})


def nearest(word: str, lang: Language) -> str | None:
    """Return the name most like a word that nothing explains, None where none is like it."""
    known = {plain(name): name for one in explanations(lang) for name in (*_named(one), *_called(one))}
    found = get_close_matches(plain(word), known, 1, _NEAR)
    return known[found[0]] if found else None


def _named(one: Explanation) -> Sequence[str]:
    return (one.key, one.title, one.title.partition(" (")[0])


def _called(one: Explanation) -> Sequence[str]:
    return one.words


def _all_words(one: Explanation) -> Sequence[str]:
    return (*_named(one), *one.words)


def _other_names(slug: str) -> tuple[str, ...]:
    """Return the names of a term in both languages: who reads English may have the Swedish word before them."""
    return tuple(texts(lang).t(f"term.{slug}.name").partition(" (")[0] for lang in ("sv", "en"))
