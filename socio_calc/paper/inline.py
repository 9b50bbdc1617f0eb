"""What stands inside a paragraph or a cell: words, and the few things that words can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from socio_calc.locale import printable

#: What a link may point to: an address on the web, or a place in the same document.
_SCHEMES: Final = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Strong:
    """Words of weight."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words that are stressed, or quoted titles."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Something to type, a key or a hash."""

    text: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words in another language than the document, by its tag (`en`)."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere: `target` is a web address, or `#id` of something in the document."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word that the glossary explains: `target` is the id of its entry."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A new line in the same paragraph."""


Inline: TypeAlias = str | Strong | Emphasis | Code | Foreign | Link | Term | LineBreak
#: A plain text, or several parts in a row.
Content: TypeAlias = str | tuple[Inline, ...]


def parts(content: Content) -> tuple[Inline, ...]:
    """Return content as parts; an empty text has none.

    >>> parts("a"), parts("")
    (('a',), ())
    """
    if isinstance(content, str):
        return (content,) if content else ()
    return content


def plain(content: Content) -> str:
    """Return the words alone.

    >>> plain(("Se ", Link("prislistan", "https://example.org"), "."))
    'Se prislistan.'
    """
    return "".join(
        " " if isinstance(part, LineBreak) else part if isinstance(part, str) else part.text for part in parts(content)
    )


def safe_target(target: str) -> str | None:
    """Return where a link may lead, None for everything else: such a link is shown as words alone.

    >>> safe_target("https://www.scb.se/x"), safe_target("#costs"), safe_target("javascript:alert(1)")
    ('https://www.scb.se/x', '#costs', None)
    """
    if target != printable(target) or any(char.isspace() for char in target):
        return None
    if target.startswith("#"):
        return target if len(target) > 1 else None
    return target if target.lower().startswith(_SCHEMES) else None
