"""Finding a row from a few words in Swedish or English: å, ä and ö, case, inflections and near-misses are forgiven."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import TypeVar

from socio_calc.reference.places import shipped_folder
from socio_calc.reference.rows import BaselineRow, CostRow, EvidenceRow, ParameterRow
from socio_calc.reference.vocabulary import USES

Row = TypeVar("Row", CostRow, EvidenceRow, BaselineRow, ParameterRow)
Fields = Callable[[Row], Sequence[tuple[float, str]]]

_EXACT, _INFLECTED, _BEGINS, _CONTAINS, _NEAR, _PART = 1.0, 0.9, 0.7, 0.5, 0.35, 0.3
_SHORTEST_PART = 4
_SHORTEST_BEGINNING = 5
# A word that people use for what the base calls something else (data/search_words.csv).
_OTHER_WORD = 0.45
# Effects that a case may use, context, and rows that warn of themselves.
_WORTH_BY_USE = {"effect": 1.0, "context": 0.85, "trap": 0.5}
_SHORTEST_FIRST_PART = 6
# A word early in a name says more of what the row is than a late one.
_LATER = 0.98
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")

# Endings of Swedish and English nouns and adjectives, longest first; what is left must keep four letters.
_ENDINGS = (
    "ernas", "arnas", "ornas", "erna", "arna", "orna", "heten", "ande", "ende", "ning",
    "ens", "ets", "ers", "ing", "ies", "en", "et", "er", "ar", "or", "na", "es", "ed", "a", "e", "n", "t", "s", "y",
)  # fmt: skip


def search_costs(rows: Iterable[CostRow], words: str) -> tuple[CostRow, ...]:
    """Return the prices that match all the words, best first; of equally good ones those for a base case first.

    Examples
    --------
    >>> from socio_calc.reference import load_reference
    >>> [row.id for row in search_costs(load_reference().costs.values(), "hoftfrakturer regionen")][0]
    'hip-fracture-first-year-region'
    """
    if not words.strip():
        return tuple(rows)
    return _search(sorted(rows, key=lambda row: USES.index(row.use)), words, _cost_fields)


def search_evidence(rows: Iterable[EvidenceRow], words: str) -> tuple[EvidenceRow, ...]:
    """Return the effects that match all the words, best first; those that a case may use before the others."""
    return _search(rows, words, _evidence_fields, lambda row: _WORTH_BY_USE[row.usable])


def search_baselines(rows: Iterable[BaselineRow], words: str) -> tuple[BaselineRow, ...]:
    """Return the levels that match all the words, best first; of equally good ones the newest."""
    listed = tuple(rows)
    return _search(sorted(listed, key=lambda row: -row.year) if words.strip() else listed, words, _baseline_fields)


def search_parameters(rows: Iterable[ParameterRow], words: str) -> tuple[ParameterRow, ...]:
    """Return the parameters that match all the words, best first."""
    return _search(rows, words, _parameter_fields)


def nearest_ids(known: Iterable[str], wrong: str, most: int = 3) -> tuple[str, ...]:
    """Return the ids most like a misspelt one, best first; at most `most`, none that are unlike.

    Examples
    --------
    >>> nearest_ids(["home-help-hour", "hvb-day", "qaly"], "home-hlep-hour")
    ('home-help-hour',)
    """
    import difflib

    return tuple(difflib.get_close_matches(wrong.lower(), list(known), n=most, cutoff=0.6))


def plain(text: str) -> str:
    """Return a text in lower case without accents, words separated by single spaces.

    Examples
    --------
    >>> plain("Höftfraktur, första året")
    'hoftfraktur forsta aret'
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    unmarked = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(_NOT_A_WORD.sub(" ", unmarked).split())


def stem(word: str) -> str:
    """Return a plain word without its ending, so that inflections of one word meet.

    Examples
    --------
    >>> stem("frakturer"), stem("fraktur"), stem("falls"), stem("fallen")
    ('fraktur', 'fraktur', 'fall', 'fall')
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_PART:
            return word[: -len(ending)]
    return word


def distance(first: str, second: str, most: int) -> int:
    """Return the number of letters to add, drop, change or swap between two words; `most` + 1 when it is larger.

    Examples
    --------
    >>> distance("hemtjanst", "hemtjnast", 2), distance("fall", "fallet", 1)
    (1, 2)
    """
    if abs(len(first) - len(second)) > most:
        return most + 1
    before_last: list[int] = []
    last = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        row = [i]
        for j, b in enumerate(second, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before_last, last = last, row
    return min(last[-1], most + 1)


def _search(
    rows: Iterable[Row], words: str, fields: Fields[Row], worth_of: Callable[[Row], float] = lambda row: 1.0
) -> tuple[Row, ...]:
    listed = list(rows)
    asked = _marked(words).split()
    if not asked:
        return tuple(listed)
    weights = [_word_weights(fields(row)) for row in listed]
    vocabulary = {word for of_row in weights for word in of_row}
    likeness = [
        [(worth, [_likeness(part, vocabulary) for part in parts]) for worth, parts in _ways(word)] for word in asked
    ]
    scored = []
    for place, (row, of_row) in enumerate(zip(listed, weights, strict=True)):
        # A row answers only when every word is in it somewhere: more words narrow the answer.
        best = [max(worth * _all_of(matches, of_row) for worth, matches in ways) for ways in likeness]
        if all(best):
            scored.append((-sum(best) * worth_of(row), place, row))
    return tuple(row for _, _, row in sorted(scored, key=lambda item: item[:2]))


def _ways(word: str) -> list[tuple[float, list[str]]]:
    """Return the word itself, and what the base calls it where people say something else, each with its worth."""
    return [(1.0, [word]), *((_OTHER_WORD, other.split()) for other in _other_words().get(stem(plain(word)), ()))]


@cache
def _other_words() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    with (shipped_folder("data") / "search_words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = stem(plain(row["word"]))
            found[key] = (*found.get(key, ()), _marked(row["also"]))
    return found


def _all_of(matches: Sequence[Mapping[str, float]], of_row: Mapping[str, float]) -> float:
    """Return how well a row answers all the words of one way to say something; 0 where one is missing."""
    return min(_best(match, of_row) for match in matches)


def _best(match: Mapping[str, float], of_row: Mapping[str, float]) -> float:
    return max((match[word] * weight for word, weight in of_row.items() if word in match), default=0.0)


def _word_weights(texts: Sequence[tuple[float, str]]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for weight, text in texts:
        for place, word in enumerate(_marked(text).split()):
            weights[word] = max(weight * _LATER**place, weights.get(word, 0.0))
    return weights


def _likeness(asked: str, vocabulary: Iterable[str]) -> Mapping[str, float]:
    """Return how well each known word answers the asked one; near-misses and parts only where nothing better exists."""
    found: dict[str, float] = {}
    known = {word: plain(word) for word in vocabulary if not marks_differ(asked, word)}
    asked = plain(asked)
    asked_stem = stem(asked)
    part = asked_stem if len(asked_stem) >= _SHORTEST_BEGINNING else asked
    for written, word in known.items():
        if word == asked:
            found[written] = _EXACT
        elif stem(word) == asked_stem:
            found[written] = _INFLECTED
        elif word.startswith(part):
            found[written] = _BEGINS
        elif len(part) >= _SHORTEST_PART and part in word:
            found[written] = _CONTAINS
    if found or len(asked) < _SHORTEST_PART:
        return found
    most = 1 if len(asked) < 7 else 2
    near = {written: _NEAR for written, word in known.items() if distance(asked, word, most) <= most}
    if near:
        return near
    # The first part of a compound that is not known as a whole: familjehemsplacering, familjehem.
    return {
        written: _PART
        for written, word in known.items()
        if len(word) >= _SHORTEST_FIRST_PART and asked.startswith(word)
    }


def _marked(text: str) -> str:
    """Return a text in lower case with its å, ä and ö, words separated by single spaces.

    >>> _marked("Läxhjälp, i Laxå")
    'läxhjälp i laxå'
    """
    letters = unicodedata.normalize("NFC", text.casefold())
    return " ".join("".join(letter if letter.isalnum() else " " for letter in letters).split())


def marks_differ(asked: str, word: str) -> bool:
    """Tell whether two words that both have å, ä, ö or accents have them on different letters: läxa is not Laxå.

    A word without any is taken as typed on a keyboard that lacks them.
    """
    if asked.isascii() or word.isascii():
        return False
    return any(a != b and plain(a) == plain(b) for a, b in zip(asked, word, strict=False))


def _cost_fields(row: CostRow) -> Sequence[tuple[float, str]]:
    return (
        (3.0, row.name_sv),
        (3.0, row.name_en),
        (2.5, row.id.split("-alt-")[0]),
        (1.5, row.category),
        (1.0, row.id),
        (0.5, row.note),
        (0.5, row.source_title),
    )


def _evidence_fields(row: EvidenceRow) -> Sequence[tuple[float, str]]:
    return (
        (3.0, row.outcome_sv),
        (3.0, row.outcome_en),
        (3.0, row.intervention_sv),
        (3.0, row.intervention),
        (2.0, row.id),
        (1.0, row.population),
        (0.5, row.source_title),
        (0.5, row.note),
    )


def _baseline_fields(row: BaselineRow) -> Sequence[tuple[float, str]]:
    return ((3.0, row.name_sv), (3.0, row.name_en), (2.0, row.region), (2.0, row.population), (2.0, row.id))


def _parameter_fields(row: ParameterRow) -> Sequence[tuple[float, str]]:
    return ((3.0, row.name_sv), (3.0, row.name_en), (2.0, row.id), (0.5, row.note))
