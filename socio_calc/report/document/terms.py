"""Marking the words that the glossary explains: each at its first place in the report, and only those that occur."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from socio_calc.appraisal import Appraisal
from socio_calc.case.dump import case_data
from socio_calc.locale import Language
from socio_calc.paper import (
    Block,
    BulletList,
    Content,
    Figure,
    Inline,
    KeyFigures,
    KeyValues,
    Note,
    Paragraph,
    Section,
    Table,
    Term,
)
from socio_calc.paper.blocks import cell_of
from socio_calc.paper.inline import parts
from socio_calc.report.document.term_forms import FORMS
from socio_calc.report.source_rows import row_source, source_rows

#: Words between quotation marks: names that the case gave.
_QUOTED: Final = re.compile("[“”][^“”]*”")
#: From how many letters a part of a text of the case is known as such; shorter ones must be a whole line of it.
_LONG: Final = 40
#: Sections whose tables hold titles and names of the reference base, whatever words those have.
_TITLES: Final = frozenset(("sources",))


@dataclass(frozen=True)
class OwnWords:
    """Words of the case and titles of its sources; the glossary explains those of the report alone."""

    lines: frozenset[str]
    text: str

    def has(self, text: str) -> bool:
        """Say whether a text is one of those."""
        said = text.strip().casefold()
        return said in self.lines or (len(said) >= _LONG and said in self.text)


def own_words(appraisal: Appraisal) -> OwnWords:
    """Return every text of a case, and the titles of the rows of the base that it uses."""
    said = [*_texts(case_data(appraisal.case)), *(row_source(row) for row in source_rows(appraisal))]
    lines = [line.strip().casefold() for text in said for line in text.splitlines()]
    return OwnWords(frozenset(lines), "\n".join(lines))


def _texts(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, Iterable):
        for value in data:
            yield from _texts(value)


def marked(blocks: tuple[Block, ...], lang: Language, own: OwnWords) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Return the blocks with terms marked at their first place, and which terms occur anywhere in them.

    Running text has the marks. Headings, tables, captions and notes keep their words as they are, but what they use is
    explained too. Words of the case are not terms of the report.
    """
    found: dict[str, None] = {}
    done = tuple(_block(block, lang, own, found) for block in blocks)
    shown = dict.fromkeys(_shown(blocks))
    said = "\n".join(_QUOTED.sub("", text) for text in shown if not own.has(text))
    found |= {slug: None for slug, pattern in _patterns(lang) if slug not in found and pattern.search(said)}
    return done, tuple(found)


@cache
def _patterns(lang: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return a pattern for each entry, longer ones first, so that a word inside another is not taken for itself."""
    forms = sorted(((slug, each[lang]) for slug, each in FORMS.items()), key=lambda pair: -len(pair[1]))
    return tuple((slug, re.compile(rf"(?<![\w-])(?:{form})(?![\w-])", re.IGNORECASE)) for slug, form in forms)


def _block(block: Block, lang: Language, own: OwnWords, found: dict[str, None]) -> Block:
    def content(content: Content) -> Content:
        return _content(content, lang, own, found)

    return _with(block, content, lambda inner: _block(inner, lang, own, found))


def _with(block: Block, content: Callable[[Content], Content], inner: Callable[[Block], Block]) -> Block:
    match block:
        case Section() | Note():
            return replace(block, blocks=tuple(inner(each) for each in block.blocks))
        case Paragraph():
            return replace(block, content=content(block.content))
        case BulletList():
            return replace(block, items=tuple(content(item) for item in block.items))
        case _:
            return block


def _content(content: Content, lang: Language, own: OwnWords, found: dict[str, None]) -> Content:
    marked_parts: list[Inline] = []
    for part in parts(content):
        if isinstance(part, str) and not own.has(part):
            marked_parts += _text(part, lang, found)
        else:
            marked_parts.append(part)
    return tuple(marked_parts)


def _text(text: str, lang: Language, found: dict[str, None]) -> Iterator[Inline]:
    """Yield a text in pieces, each term that was not met before as a link to its entry."""
    names = [match.span() for match in _QUOTED.finditer(text)]
    for slug, pattern in _patterns(lang):
        if slug in found:
            continue
        match = next((m for m in pattern.finditer(text) if not any(a <= m.start() < b for a, b in names)), None)
        if match is None:
            continue
        found[slug] = None
        yield from _text(text[: match.start()], lang, found)
        yield Term(match.group(), f"term-{slug}")
        yield from _text(text[match.end() :], lang, found)
        return
    if text:
        yield text


def _shown(blocks: Iterable[Block], titles: bool = False) -> Iterator[str]:
    """Yield every text that readers see beside the running text: of tables, captions and lists of facts."""
    for block in blocks:
        match block:
            case Section():
                yield from _shown(block.blocks, block.id in _TITLES)
            case Note():
                yield from _shown(block.blocks)
            case Table() if not titles:
                yield from (block.caption, *(column.head for column in block.columns))
                contents = [cell_of(cell).content for row in block.rows for cell in row.cells]
                yield from _plain_parts([*contents, *block.footnotes])
            case KeyValues():
                for item in block.items:
                    yield from (item.label, *_plain_parts([item.content]))
            case KeyFigures():
                yield from (figure.label for figure in block.items)
            case Figure():
                yield from _plain_parts([block.caption or block.picture.title])


def _plain_parts(contents: Iterable[Content]) -> Iterator[str]:
    for content in contents:
        for part in parts(content):
            text = getattr(part, "text", part)
            if isinstance(text, str):
                yield text
