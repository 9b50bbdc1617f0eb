"""How the calculation was made, what it can be computed again from, and the words that it uses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from socio_calc.locale import texts
from socio_calc.paper import (
    Block,
    BulletList,
    Code,
    Column,
    Content,
    KeyValue,
    KeyValues,
    Paragraph,
    Row,
    Section,
    Table,
)
from socio_calc.report.document.facts import DocumentFacts
from socio_calc.report.document.shared import terms_line
from socio_calc.report.passport import Passport
from socio_calc.report.passport_words import passport_facts

_HASH: Final = re.compile(r"[0-9a-f]{12,64}")
_STEPS: Final = (
    "comparison", "people", "consequences", "parties", "present", "horizon", "uncertainty", "grant", "zero",
)  # fmt: skip


def method(facts: DocumentFacts, passport: Passport | None) -> Section:
    """Return how the calculation was made, and the facts from which anyone can make it again."""
    values: dict[str, object] = {
        "price_year": facts.appraisal.price_year,
        "draws": facts.appraisal.number_of_draws,
        "years": facts.years_text,
        "timing": facts.words.t(f"screen.conditions.timing.{facts.appraisal.case.timing}"),
    }
    if facts.unconverted_prices:
        values["exception"] = facts.say("method.no-index")
    told = {step: facts.say(f"method.{step}", **values) for step in _STEPS}
    if facts.lifetime_prices:
        booked = facts.say_n("method.lifetime", len(facts.lifetime_prices), names=facts.lifetime_prices)
        told["horizon"] += f" {booked}"
    steps = tuple(told.values())
    blocks: list[Block] = [
        Paragraph(terms_line(facts)),
        BulletList(steps, ordered=True),
    ]
    if passport is not None:
        rows = tuple(Row((label, _value(value))) for label, value in passport_facts(passport, facts.lang))
        columns = (Column(facts.say("passport.fact")), Column(facts.say("passport.value"), share=2.6))
        table = Table(facts.words.t("passport.heading"), columns, rows)
        said = Paragraph(facts.words.t("passport.lead"))
        blocks.append(Section("passport", facts.words.t("passport.heading"), (said, table)))
    return Section("method", facts.say("method.title"), tuple(blocks))


def _value(value: str) -> Content:
    return (Code(value),) if _HASH.fullmatch(value) else value


def glossary(facts: DocumentFacts, slugs: Iterable[str]) -> Section:
    """Return the words that the report uses and that not everybody does."""
    words = texts(facts.lang)
    entries = sorted(
        (KeyValue(words.t(f"term.{slug}.name"), words.t(f"term.{slug}.text"), f"term-{slug}") for slug in slugs),
        key=lambda entry: _sorted_as(entry.label),
    )
    blocks = (Paragraph(facts.say("glossary.lead")), KeyValues(tuple(entries)))
    return Section("glossary", facts.say("glossary.title"), blocks)


def _sorted_as(label: str) -> str:
    """Return what a word is sorted by: å, ä and ö come last in Swedish."""
    return label.casefold().translate(str.maketrans("åäö", "{|}"))
