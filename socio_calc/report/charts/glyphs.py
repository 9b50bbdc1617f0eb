"""Texts of a case as the type of the charts can draw them: it has Latin, Greek, Cyrillic and signs, but few emoji."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from socio_calc.locale import printable

#: Stands for a letter that the type has no picture of.
UNKNOWN: Final = "\N{REPLACEMENT CHARACTER}"
#: What is only decoration where the type lacks it: pictures, signs that join or vary them, and what is no character.
_DECORATION: Final = frozenset({"So", "Sk", "Cf", "Mn", "Me", "Cn", "Co", "Cs"})
_SPACES = re.compile(" {2,}")


def drawable(text: str) -> str:
    """Leave out pictures that the type lacks, and put a sign for letters that it lacks and for control characters.

    A text that has nothing else is one such sign: no label is ever empty.

    >>> drawable("\N{GRADUATION CAP} Coach \N{BRAIN} i skolan"), drawable("Åk 9 \u4e2d"), drawable("\N{BRAIN}")
    ('Coach i skolan', 'Åk 9 �', '�')
    """
    known = _characters()
    clean = unicodedata.normalize("NFC", printable(text))
    if all(ord(char) in known for char in clean):
        return clean
    kept = [char if ord(char) in known else _instead(char) for char in clean]
    drawn = "".join(kept)
    if "" in kept:
        drawn = _SPACES.sub(" ", drawn).strip(" ")
    return drawn or UNKNOWN


def _instead(char: str) -> str:
    return "" if unicodedata.category(char) in _DECORATION else UNKNOWN


@cache
def _characters() -> frozenset[int]:
    from matplotlib.font_manager import findfont, get_font

    charmaps = [get_font(findfont(f"DejaVu Sans:{weight}")).get_charmap() for weight in ("normal", "bold")]
    return frozenset(charmaps[0]) & frozenset(charmaps[1])
