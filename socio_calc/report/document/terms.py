"""Marking the words that the glossary explains: each at its first place in the report, and only those that occur."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from socio_calc.locale import Language, texts
from socio_calc.paper import Block, BulletList, Content, Inline, Note, Paragraph, Section, Term
from socio_calc.paper.inline import parts

#: The entries of the glossary, by the names that their keys have.
TERMS: Final = (
    "beprovad-erfarenhet", "bidrag", "det-som-syns-i-budgeten", "dodvikt", "effekt", "evidens",
    "frigjord-tid-och-plats", "gar-jamnt-upp", "insats", "kalkylranta", "konfidensintervall", "konsekvens",
    "kvalitetsjusterat-levnadsar", "malgrupp", "medfinansiering", "nettonuvarde", "nuvarde",
    "nytta-per-satsad-krona", "offentlig-sektor", "omrakning", "ordinarie-arbetssatt", "part", "prisar",
    "samhallsekonomiskt-perspektiv", "social-investering", "sociala-investeringsmedel", "tidshorisont",
    "undviken-kostnad", "utfall", "vardet-av-arbete",
)  # fmt: skip
#: Endings that a word may have in a sentence.
_ENDINGS: Final[dict[Language, str]] = {
    "sv": "(?:en|et|n|t|er|ar|erna|arna|na|s|ens|ets|a)?",
    "en": "(?:s|es|ed)?",
}


@cache
def _patterns(lang: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return a pattern for each entry, longer names first, so that a word inside another is not taken for itself."""
    words = texts(lang)
    named = []
    for slug in TERMS:
        name = words.t(f"term.{slug}.name").partition(" (")[0]
        named.append((slug, name))
    named.sort(key=lambda pair: -len(pair[1]))
    return tuple(
        (slug, re.compile(rf"(?<![\w-]){re.escape(name)}{_ENDINGS[lang]}(?![\w-])", re.IGNORECASE))
        for slug, name in named
    )


def marked(blocks: tuple[Block, ...], lang: Language) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Return the blocks with terms marked at their first place, and which terms those are.

    Headings, tables and notes keep their words as they are; terms that occur nowhere else are not in the glossary.
    """
    found: dict[str, None] = {}
    return tuple(_block(block, lang, found) for block in blocks), tuple(found)


def _block(block: Block, lang: Language, found: dict[str, None]) -> Block:
    match block:
        case Section():
            return replace(block, blocks=tuple(_block(inner, lang, found) for inner in block.blocks))
        case Note():
            return replace(block, blocks=tuple(_block(inner, lang, found) for inner in block.blocks))
        case Paragraph():
            return replace(block, content=_content(block.content, lang, found))
        case BulletList():
            return replace(block, items=tuple(_content(item, lang, found) for item in block.items))
        case _:
            return block


def _content(content: Content, lang: Language, found: dict[str, None]) -> Content:
    marked_parts: list[Inline] = []
    for part in parts(content):
        if isinstance(part, str):
            marked_parts += _text(part, lang, found)
        else:
            marked_parts.append(part)
    return tuple(marked_parts)


def _text(text: str, lang: Language, found: dict[str, None]) -> Iterator[Inline]:
    """Yield a text in pieces, each term that was not met before as a link to its entry."""
    for slug, pattern in _patterns(lang):
        if slug in found:
            continue
        match = pattern.search(text)
        if match is None:
            continue
        found[slug] = None
        yield from _text(text[: match.start()], lang, found)
        yield Term(match.group(), f"term-{slug}")
        yield from _text(text[match.end() :], lang, found)
        return
    if text:
        yield text
