"""How many lines a text takes in a column, from the widths of its letters: rows then have the height that they need.

Spreadsheets set the height of a row only when a person edits it, so it is set when the workbook is written.
"""

from __future__ import annotations

import re
from typing import Final

from socio_calc.paper.letters import text_ems

#: Pixels of a point, of a column's character, and what a cell keeps free at its sides.
_PER_POINT: Final = 96 / 72
_PER_CHARACTER: Final = 7
_MARGINS: Final = 2
#: Programs differ in how they place letters: a line is counted as full a little before it is.
_CAUTION: Final = 1.03
#: What a long word is broken into: up to and with a sign after which a line may end.
_PIECES: Final = re.compile(r"[^-/?&=_.]*[-/?&=_.]|[^-/?&=_.]+")


def text_pixels(text: str, size: float = 10.0, *, bold: bool = False) -> float:
    """Return how wide a text is in pixels at a letter size in points.

    Examples
    --------
    >>> round(text_pixels("Fall needing hospital or specialist outpatient care,")), round(text_pixels("iiii"))
    (293, 12)
    """
    return text_ems(text, bold=bold) * size * _PER_POINT


def characters(text: str, size: float = 10.0, *, bold: bool = False) -> float:
    """Return the width in characters of a column in which a text stands on one line.

    >>> round(characters("Standardavvikelse", bold=True), 1), round(characters("–"), 1)
    (18.0, 1.4)
    """
    return (text_pixels(text, size, bold=bold) * _CAUTION + _MARGINS) / _PER_CHARACTER


def lines_of(text: str, width: float, size: float = 10.0, *, bold: bool = False) -> int:
    r"""Return how many lines a text takes in a column of a width in characters.

    Examples
    --------
    >>> lines_of("Fall needing hospital or specialist outpatient care,", 40), lines_of("a\nb", 40), lines_of("", 40)
    (2, 2, 1)
    """
    room = max(width * _PER_CHARACTER - _MARGINS, _PER_CHARACTER * 2)
    # Most texts are short.
    if "\n" not in text and text_pixels(text, size, bold=bold) * _CAUTION <= room:
        return 1
    space = text_pixels(" ", size, bold=bold)
    count = 0
    for part in text.split("\n"):
        used = 0.0
        count += 1
        for word in part.split(" "):
            wide = text_pixels(word, size, bold=bold) * _CAUTION
            if used and used + space + wide > room:
                count += 1
                used = 0.0
            elif used:
                used += space
            if wide <= room:
                used += wide
                continue
            more, used = _broken(word, room, used, size, bold=bold)
            count += more
    return count


def _broken(word: str, room: float, used: float, size: float, *, bold: bool) -> tuple[int, float]:
    """Return how many lines more a word wider than its column takes, and how much of the last one.

    Addresses are broken after a stroke, a hyphen or a mark, where a line has room for the next piece; what has none of
    these is broken where the column ends.
    """
    more = 0
    for piece in _PIECES.findall(word):
        wide = text_pixels(piece, size, bold=bold) * _CAUTION
        if used and used + wide > room:
            more, used = more + 1, 0.0
        full, used = divmod(used + wide, room)
        more += int(full)
    return more, used
