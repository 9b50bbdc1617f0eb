"""A whole document: its language and title, its sections, and the data that it carries along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from socio_calc.locale import Language
from socio_calc.paper.blocks import (
    Block,
    BulletList,
    KeyFigures,
    KeyValues,
    Note,
    Paragraph,
    Section,
    Table,
    cell_of,
)
from socio_calc.paper.inline import Content, Link, Term, parts

_ID: Final = re.compile(r"[a-z][a-z0-9-]*")
_PLAIN: Final = re.compile(r"[A-Za-z0-9:_.=+/-]+")


@dataclass(frozen=True, slots=True)
class Attachment:
    """Data that travels inside the document, unseen: the passport of a report.

    Attributes
    ----------
    name
        Name under which a reader of the file finds it, such as `socio-calc-passport`.
    text
        The data: one line of ASCII letters that no format needs to escape.
    description
        What it is, for people who look into the file.
    properties
        Short facts from it that the properties of a Word file show.

    Raises
    ------
    ValueError
        The text has other characters than it may.
    """

    name: str
    text: str
    description: str
    properties: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not _PLAIN.fullmatch(self.text):
            raise ValueError(f"{self.name}: a text that would have to be escaped")


@dataclass(frozen=True)
class Paper:
    """A document.

    Attributes
    ----------
    lang, title, subtitle
        Language of all that says nothing else; the title; lines under it.
    blocks
        Sections, and what stands before the first of them.
    author, subject, keywords
        Properties of the file.
    running
        A short text at the foot of every printed page.
    landscape
        Whether all pages lie on their side.
    attachment
        Data that the file carries along.

    Raises
    ------
    ValueError
        Two things have the same id, an id has other characters than it may, or a link leads to an id that nothing has.
    """

    lang: Language
    title: str
    blocks: tuple[Block, ...]
    subtitle: tuple[Content, ...] = ()
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    running: str = ""
    landscape: bool = False
    attachment: Attachment | None = None

    def __post_init__(self) -> None:
        ids = list(_ids(self.blocks))
        if len(set(ids)) < len(ids):
            raise ValueError(f"ids twice: {sorted({name for name in ids if ids.count(name) > 1})}")
        odd = [name for name in ids if not _ID.fullmatch(name)]
        if odd:
            raise ValueError(f"no ids: {odd}")
        targets = {target.removeprefix("#") for target in _targets(self.blocks)}
        if missing := targets - set(ids):
            raise ValueError(f"links to nothing: {sorted(missing)}")

    def sections(self, depth: int) -> Iterator[tuple[int, Section]]:
        """Yield the sections down to `depth` levels in order, each with its level from 1."""
        yield from _sections(self.blocks, 1, depth)


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield every block in the order of reading, those inside others too."""
    for block in blocks:
        yield block
        if isinstance(block, Section | Note):
            yield from walk(block.blocks)


def _sections(blocks: tuple[Block, ...], level: int, depth: int) -> Iterator[tuple[int, Section]]:
    for block in blocks:
        if isinstance(block, Section) and level <= depth:
            yield level, block
            yield from _sections(block.blocks, level + 1, depth)


def _ids(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in walk(blocks):
        if isinstance(block, Section):
            yield block.id
        elif isinstance(block, KeyValues):
            yield from (item.id for item in block.items if item.id is not None)


def _targets(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield where links and terms inside the document lead."""
    for block in walk(blocks):
        for content in _contents(block):
            for part in parts(content):
                if isinstance(part, Term):
                    yield part.target
                elif isinstance(part, Link) and part.target.startswith("#"):
                    yield part.target


def _contents(block: Block) -> Iterator[Content]:
    match block:
        case Paragraph():
            yield block.content
        case BulletList():
            yield from block.items
        case Table():
            yield from (cell_of(cell).content for row in block.rows for cell in row.cells)
            yield from block.footnotes
        case KeyFigures():
            yield from (item.remark for item in block.items)
        case KeyValues():
            yield from (item.content for item in block.items)
        case _:
            return
