"""The questions behind a new case, in the order in which they are asked; each answer narrows what comes next."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from socio_calc.case.numbers import NumberError, read_number
from socio_calc.locale import Texts, number, printable, share
from socio_calc.reference import BaselineRow, CostRow, EvidenceRow, ReferenceBase
from socio_calc.templates import suggestions
from socio_calc.templates.asking import Asker, Option, Question, WrongAnswer, option_reader
from socio_calc.templates.suggestions import Level

#: Stands for "none of these" in a list of suggestions.
NONE: Final = "none"
#: Stands for "search again with other words".
AGAIN: Final = "again"
#: Who may run an intervention: the actors of METHOD §2 that are a party to an application.
PARTIES: Final = ("kommun", "region", "civilsamhalle", "stat")
#: Funds that take applications and whose rules the program knows.
FUNDS: Final = ("gavleborg", "vgr")
_LEVELS: Final[tuple[Level, ...]] = ("probability", "rate")
_DIRECTIONS: Final = ("lower", "higher")
#: Longest texts and largest numbers that are taken for an answer and not for a slip.
_LONGEST_TEXT: Final = 120
_MOST_PEOPLE: Final = 100_000
_MOST_MONEY: Final = 1_000_000_000
_LONGEST_TEST: Final = 5
#: Part of the yearly cost that a fund is first suggested to pay.
_GRANT_PART: Final = 0.5
_LARGEST_GRANT: Final = 500_000
#: Where a study was made, after the name of its outcome: `Elever som mobbas (118 skolor)`.
_OF_THE_STUDY: Final = re.compile(r"(?:\s*\([^()]*\))+$")
#: Words around a number that say nothing more to a question that has asked for just that.
_AROUND: Final = re.compile(
    r"(?:(?:cirka|circa|ca\.?|c:a|omkring|ungefär|runt|about|around|approximately|roughly) )?"
    r"(.*?)"
    r"(?: ?(?:år|personer|deltagare|years?|people|participants))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Answers:
    """What a new case needs to know.

    `effect`, `baseline` and `prices` are rows of the base, None or empty where none was chosen; `prices` are several
    where one thing is paid by several parties. `ordinary` is the level where it was stated and not taken from the base.
    `actor` is also the sector of the organisation. `grant` is SEK a year, 0 without a fund.
    """

    title: str
    organisation: str
    actor: str
    first_year: int
    years: int
    participants: int
    age: int | None
    yearly_cost: float
    fund: str | None
    grant: float
    effect: EvidenceRow | None
    outcome: str
    level: Level
    better: str
    baseline: BaselineRow | None
    ordinary: float | None
    prices: tuple[CostRow, ...]
    per_outcome: float


def interview(asker: Asker, base: ReferenceBase, today: date) -> Answers:
    """Ask everything that a new case needs.

    Parameters
    ----------
    asker
        Where answers come from.
    base
        What suggestions are taken from.
    today
        Decides which first year is suggested.

    Raises
    ------
    InputError
        When an answer is missing or wrong and cannot be asked for again.
    """
    words = asker.words
    title = asker.ask(Question("title", _text))
    organisation = asker.ask(Question("organisation", _text))
    actor = _choose(asker, "actor", [(party, words.choice("actor", party)) for party in PARTIES], "kommun")
    first_year = asker.ask(Question("first-year", _whole(2000, 2100), str(today.year + 1)))
    years = asker.ask(Question("years", _whole(1, _LONGEST_TEST), "3"))
    participants = asker.ask(Question("participants", _whole(1, _MOST_PEOPLE)))
    age = asker.ask(Question("age", _age, ""))
    cost = asker.ask(Question("cost", _amount(1, _MOST_MONEY)))
    fund, grant = _fund(asker, cost)
    effect = _effect(asker, base)
    outcome, level, better = _outcome(asker, effect)
    baseline, ordinary = _ordinary(asker, base, outcome, level, effect)
    prices, per_outcome = _prices(asker, base, outcome, level)
    return Answers(
        title, organisation, actor, first_year, years, participants, age, cost, fund, grant,
        effect, outcome, level, better, baseline, ordinary, prices, per_outcome,
    )  # fmt: skip


def _fund(asker: Asker, cost: float) -> tuple[str | None, float]:
    options = [(fund, asker.words.t(f"new.fund.{fund}")) for fund in FUNDS]
    fund = _choose(asker, "fund", [*options, (NONE, asker.words.t("new.fund.none"))], NONE)
    if fund == NONE:
        return None, 0.0
    suggested = min(_LARGEST_GRANT, _GRANT_PART * cost)
    return fund, asker.ask(Question("grant", _amount(1, cost), str(round(suggested))))


def _effect(asker: Asker, base: ReferenceBase) -> EvidenceRow | None:
    words = asker.words

    def listed(searched: str) -> list[tuple[str, str]]:
        return [(row.id, _effect_label(row, words)) for row in suggestions.effects(base, searched)]

    chosen = _search(asker, "words", None, "effect", listed)
    return None if chosen == NONE else base.evidence[chosen]


def _search(
    asker: Asker, words_key: str, default: str | None, key: str, listed: Callable[[str], list[tuple[str, str]]]
) -> str:
    """Ask for words and then for one of what they find, until something is chosen or nothing is wanted."""
    words = asker.words
    while True:
        options = listed(asker.ask(Question(words_key, _text, default)))
        options.append((NONE, words.t(f"new.{key}.none" if options else f"new.{key}.none-found")))
        if not asker.is_given(words_key):
            options.append((AGAIN, words.t("new.search-again")))
        # A study or a price of something else is worse than none: whoever takes one has read it.
        chosen = _choose(asker, key, options, NONE)
        if chosen != AGAIN:
            return chosen
        default = None


def _outcome(asker: Asker, effect: EvidenceRow | None) -> tuple[str, Level, str]:
    words = asker.words
    suggested = None
    if effect is not None:
        name = _OF_THE_STUDY.sub("", effect.outcome_sv if words.lang == "sv" else effect.outcome_en)
        suggested = name[:1].upper() + name[1:]
    outcome = asker.ask(Question("outcome", _text, suggested))
    level = None if effect is None else suggestions.level_of(effect)
    if level is None:
        levels = [(str(value), words.t(f"new.level.{value}")) for value in _LEVELS]
        level = cast(Level, _choose(asker, "level", levels, "probability"))
    better = None if effect is None else effect.better
    if better is None:
        better = _choose(asker, "better", [(way, words.t(f"new.better.{way}")) for way in _DIRECTIONS], "lower")
    return outcome, level, better


def _ordinary(
    asker: Asker, base: ReferenceBase, outcome: str, level: Level, effect: EvidenceRow | None
) -> tuple[BaselineRow | None, float | None]:
    if level == "amount" and effect is not None and effect.measure == "smd":
        return None, float(suggestions.SCALE_MEAN)
    words = asker.words
    found = suggestions.ordinary_levels(base, outcome, level, effect)
    if found:
        options = [(row.id, _level_label(row, words)) for row in found]
        own = (NONE, words.t("new.ordinary.own"))
        chosen = _choose(asker, "ordinary-from-base", [*options, own], NONE)
        if chosen != NONE:
            return base.baselines[chosen], None
    key = {"probability": "ordinary-share", "rate": "ordinary-rate", "amount": "ordinary-amount"}[level]
    return None, asker.ask(Question(key, _level(level, effect)))


def _prices(asker: Asker, base: ReferenceBase, outcome: str, level: Level) -> tuple[tuple[CostRow, ...], float]:
    """Ask what one outcome costs; points on a scale have no price."""
    if level == "amount":
        return (), 0.0
    words = asker.words

    def listed(searched: str) -> list[tuple[str, str]]:
        rows = suggestions.prices(base, searched)
        return [(row.id, _price_label(suggestions.parts(base, row), words)) for row in rows]

    chosen = _search(asker, "price-words", outcome, "price", listed)
    if chosen == NONE:
        return (), 0.0
    parts = suggestions.parts(base, base.costs[chosen])
    unit = words.choice("price_unit", parts[0].per)
    return parts, asker.ask(Question("per-outcome", _amount(0.000001, _MOST_PEOPLE), "1", params={"unit": unit}))


def _choose(asker: Asker, key: str, options: list[tuple[str, str]], default: str) -> str:
    listed = tuple(Option(value, label) for value, label in options)
    return asker.ask(Question(key, option_reader(listed), default, listed))


def _text(answer: str) -> str:
    written = " ".join(answer.split())
    if not written:
        raise WrongAnswer("empty")
    if printable(written) != written or "\ufffd" in written:
        raise WrongAnswer("signs")
    if len(written) > _LONGEST_TEXT:
        raise WrongAnswer("too-long", most=_LONGEST_TEXT)
    return written


def _number(answer: str) -> float:
    bare = _AROUND.fullmatch(answer)
    try:
        return read_number(bare.group(1) if bare else answer).value
    except NumberError:
        raise WrongAnswer("number") from None


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(answer: str) -> int:
        value = _number(answer)
        if value != round(value) or not least <= value <= most:
            raise WrongAnswer("whole", least=str(least), most=str(most))
        return round(value)

    return read


def _age(answer: str) -> int | None:
    return _whole(0, 110)(answer) if answer else None


def _amount(least: float, most: float) -> Callable[[str], float]:
    def read(answer: str) -> float:
        value = _number(answer)
        if not least <= value <= most:
            raise WrongAnswer("amount", most=most)
        return value

    return read


def _level(level: Level, effect: EvidenceRow | None) -> Callable[[str], float]:
    def read(answer: str) -> float:
        value = _number(answer)
        if level == "probability" and not 0 < value < 1:
            raise WrongAnswer("share")
        if level == "rate" and value <= 0:
            raise WrongAnswer("rate")
        if not suggestions.fits(value, level, effect):
            raise WrongAnswer("does-not-fit")
        return value

    return read


def _effect_label(row: EvidenceRow, words: Texts) -> str:
    what = row.intervention_sv if words.lang == "sv" else row.intervention
    outcome = row.outcome_sv if words.lang == "sv" else row.outcome_en
    figures = _short(row.estimate, words)
    if row.ci_low is not None and row.ci_high is not None:
        low, high = _short(row.ci_low, words), _short(row.ci_high, words)
        figures = words.t("new.effect.interval", estimate=figures, low=low, high=high)
    return words.t(
        "new.effect.label",
        what=what,
        outcome=outcome,
        measure=words.choice("evidence_measure", row.measure),
        figures=figures,
        grade=words.choice("evidence_grade", row.grade),
        year=None if row.year is None else str(row.year),
    )


def _short(value: float | None, words: Texts) -> str:
    """Write a number of a list to three figures: one chooses a study, one does not compute with it here."""
    return number(None if value is None else float(f"{value:.3g}"), words.lang)


def _level_label(row: BaselineRow, words: Texts) -> str:
    name = row.name_sv if words.lang == "sv" else row.name_en
    value = share(row.value, words.lang) if row.unit == "share" else _short(row.value, words)
    return words.t("new.ordinary.label", name=name, value=value, region=row.region, year=str(row.year))


def _price_label(parts: tuple[CostRow, ...], words: Texts) -> str:
    first = parts[0]
    return words.t(
        "new.price.label",
        name=first.name_sv if words.lang == "sv" else first.name_en,
        price=sum(row.value for row in parts),
        unit=words.choice("price_unit", first.per),
        payers=" + ".join(words.choice("actor", row.payer or "ovriga") for row in parts),
    )


#: Every question that may be asked, by its name.
QUESTIONS: Final = (
    "title", "organisation", "actor", "first-year", "years", "participants", "age", "cost", "fund", "grant", "words",
    "effect", "outcome", "level", "better", "ordinary-from-base", "ordinary-share", "ordinary-rate", "ordinary-amount",
    "price-words", "price", "per-outcome",
)  # fmt: skip
