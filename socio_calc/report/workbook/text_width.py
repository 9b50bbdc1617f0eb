"""How many lines a text takes in a column, from the widths of its letters: rows then have the height that they need.

Spreadsheets set the height of a row only when a person edits it, so it is set when the workbook is written. The widths
are those of Helvetica in thousandths of the letter size (Adobe's font metrics), which Arial and Liberation Sans share.
"""

from __future__ import annotations

from typing import Final

#: Letters by their width; what is not here is as wide as a digit.
_BY_WIDTH: Final = {
    191: "'",
    222: "ijl‘’",
    278: " !,./:;I[\\]ftıíìï·\u00a0",
    333: "()-`r”“²³°",
    355: '"',
    500: "Jckszvxyç",
    584: "+<=>~×÷−±",
    611: "FTZ",
    667: "&ABEKPSVXYÅÄÁÀÉÈ",
    722: "CDHNRUwÜ",
    778: "GOQÖÓ",
    833: "Mm",
    889: "%æ",
    944: "W",
    1000: "…—→Æœ",
    1015: "@",
}
_WIDTHS: Final = {letter: width for width, letters in _BY_WIDTH.items() for letter in letters}
_DIGIT: Final = 556
_BOLD: Final = 1.08
#: Pixels of a point, of a column's character, and what a cell keeps free at its sides.
_PER_POINT: Final = 96 / 72
_PER_CHARACTER: Final = 7
_MARGINS: Final = 2
#: Programs differ in how they place letters: a line is counted as full a little before it is.
_CAUTION: Final = 1.03


def text_pixels(text: str, size: float = 10.0, *, bold: bool = False) -> float:
    """Return how wide a text is in pixels at a letter size in points.

    Examples
    --------
    >>> round(text_pixels("Fall needing hospital or specialist outpatient care,")), round(text_pixels("iiii"))
    (292, 12)
    """
    units = sum(_WIDTHS.get(letter, _DIGIT) for letter in text)
    return units / 1000 * size * _PER_POINT * (_BOLD if bold else 1.0)


def lines_of(text: str, width: float, size: float = 10.0, *, bold: bool = False) -> int:
    r"""Return how many lines a text takes in a column of a width in characters.

    Examples
    --------
    >>> lines_of("Fall needing hospital or specialist outpatient care,", 40), lines_of("a\nb", 40), lines_of("", 40)
    (2, 2, 1)
    """
    room = max(width * _PER_CHARACTER - _MARGINS, _PER_CHARACTER * 2)
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
            # A word wider than the column is broken where it ends.
            more, used = divmod(used + wide, room) if wide > room else (0, used + wide)
            count += int(more)
    return count
