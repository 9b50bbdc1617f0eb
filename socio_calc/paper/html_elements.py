"""HTML that is safe by construction: an element escapes every text that is not HTML already."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import Final

from socio_calc.locale import printable
from socio_calc.paper.cleaning import cleaned, unbroken

#: A range of numbers.
_RANGE: Final = re.compile(r"\d[\d,.]*–\d+(?:[,.]\d+)*")
_VOID: Final = frozenset({"meta", "link", "br", "hr", "img", "col"})


class Html(str):
    """HTML that is ready. Everything else that goes into an element is text and is escaped."""

    __slots__ = ()


def text(words: str) -> Html:
    """Return words as HTML, without what a browser might obey.

    A line may not end in a range of numbers. A mark in the text itself would come along when it is copied.

    >>> text("a < b & c")
    'a &lt; b &amp; c'
    >>> text("10–12 år")
    '<span class="whole">10–12</span> år'
    """
    return words if isinstance(words, Html) else Html(_RANGE.sub(r'<span class="whole">\g<0></span>', plain(words)))


def plain(words: str) -> Html:
    """Return words as HTML where no element may stand, such as in a page's title.

    >>> plain("10–12 < 13")
    '10–12 &lt; 13'
    """
    return Html(escape(unbroken(cleaned(words)), quote=False))


def joined(*children: str) -> Html:
    """Return texts and elements in a row."""
    return Html("".join(text(child) for child in children))


@lru_cache(maxsize=512)
def _attribute(key: str, value: str | int) -> str:
    """Return an attribute as it is written; most of them are the same in every cell."""
    return f' {key.rstrip("_").replace("_", "-")}="{escape(printable(str(value)))}"'


def element(name: str, /, *children: str, **attributes: str | int | None) -> Html:
    """Return an element; attributes that are None are left out, `class_` and `aria_label` are written as HTML does.

    >>> element("th", "a < b", scope="col", class_=None)
    '<th scope="col">a &lt; b</th>'
    >>> element("img", alt='"x"')
    '<img alt="&quot;x&quot;">'
    """
    written = "".join([_attribute(key, value) for key, value in attributes.items() if value is not None])
    if name in _VOID:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{joined(*children)}</{name}>")
