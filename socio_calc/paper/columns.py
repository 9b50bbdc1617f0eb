"""How wide the columns of a table are: no number and no word is cut, and long texts share the room that is left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf, sqrt
from typing import Final

from socio_calc.paper.blocks import Row, Table, cell_of
from socio_calc.paper.cleaning import unbroken
from socio_calc.paper.inline import Code, Content, LineBreak, parts
from socio_calc.paper.letters import text_ems

#: Width of a page's text in letters of a table, upright and on its side; wider type is set smaller.
UPRIGHT: Final = 56.0
WIDE: Final = 82.0
#: What a cell keeps free at its sides.
_SPACE: Final = 1.0
#: Longer words, such as addresses, may be broken; where columns are many, those of half the length.
_LONGEST_WORD: Final = 13.0
_LONGEST_NUMBER: Final = 17.0
_CROWDED: Final = 0.5
#: Letters of a crowded table are so much smaller (`tight` in the styles).
_TIGHT: Final = 0.86
#: A table of so many rows is set smaller also where that makes it so much lower.
_MANY_ROWS: Final = 20
_MUCH_LOWER: Final = 0.75
#: Typewriter letters beside others.
_TYPED: Final = 1.2
#: How often widths are found anew from the rows' heights, and how little lower cells count.
_ROUNDS: Final = 4
_WEIGHT: Final = 3
#: What lines leave free at their end on the average.
_RAGGED: Final = 1.5
#: Where a line may end: at a blank that is no no-break space, after a hyphen or a stroke inside a word.
_BREAKS: Final = re.compile(r"[ \n]+|(?<=\w[-/])(?=\w)")


@dataclass(frozen=True, slots=True)
class Widths:
    """Shares of the width of a table, 1 in all; `tight` where its letters must be smaller to fit."""

    shares: tuple[float, ...]
    tight: bool = False


@dataclass(slots=True)
class _Measure:
    """A column: its widest word, its widest cell on one line, and the text of every cell, in letter sizes."""

    need: float
    full: float
    texts: list[float] = field(default_factory=list)


def column_widths(table: Table, *, wide: bool = False) -> Widths:
    """Return how wide the columns of a table are.

    Parameters
    ----------
    table
        With cells to fill in by hand, its columns are as wide as they say themselves.
    wide
        Whether the page lies on its side.

    Examples
    --------
    >>> from socio_calc.paper.blocks import Column
    >>> long = Row(("Kort", "1 000", "En lång text som behöver många rader. " * 9))
    >>> found = column_widths(Table("x", (Column("A"), Column("kr", "right"), Column("B")), (long,)))
    >>> [round(share, 2) for share in found.shares], found.tight
    ([0.05, 0.06, 0.89], False)
    """
    room = WIDE if wide else UPRIGHT
    given = [column.share for column in table.columns]
    if any(cell_of(cell).lines for row in table.rows for cell in row.cells):
        return Widths(_of_one(given))
    found = [_measured(table, at) for at in range(len(table.columns))]
    full = [one.full for one in found]
    if sum(full) <= room:
        # All fits on single lines: the columns keep the widths that they ask for where these are enough.
        return Widths(_of_one(_shared(given, full, [inf] * len(full), room)))
    need = [one.need for one in found]
    tight = sum(need) > room
    if tight:
        room /= _TIGHT
    if sum(need) > room:
        need = [
            least if column.align == "right" else min(least, _LONGEST_WORD * _CROWDED)
            for least, column in zip(need, table.columns, strict=True)
        ]
    if sum(need) >= room:
        return Widths(_of_one(need), tight)
    most = [max(a, b) for a, b in zip(need, full, strict=True)]
    texts = [one.texts for one in found]
    best, height = _lowest(texts, need, most, room)
    if not tight and len(table.rows) >= _MANY_ROWS:
        closer, lower = _lowest(texts, need, most, room / _TIGHT)
        if lower * _TIGHT < _MUCH_LOWER * height:
            return Widths(_of_one(closer), True)
    return Widths(_of_one(best), tight)


def _lowest(texts: list[list[float]], need: list[float], most: list[float], room: float) -> tuple[list[float], float]:
    """Return the widths that make a table the lowest, and about how many lines it then has.

    The height is the least when widths go as the roots of the texts, those of high rows above all.
    """
    loads = [sum(column) for column in texts]
    best, lowest = need, inf
    for _ in range(_ROUNDS):
        widths = _shared([sqrt(load) for load in loads], need, most, room)
        height, new = _height(texts, widths)
        if height < lowest:
            best, lowest = widths, height
        loads = [(old + more) / 2 for old, more in zip(loads, new, strict=True)]
    return best, lowest


def _shared(wanted: list[float], need: list[float], most: list[float], room: float) -> list[float]:
    """Return widths that fill the room: in proportion to what is wanted, but none below its need or above its most."""
    widths = [0.0] * len(wanted)
    free = list(range(len(wanted)))
    while free:
        size = room / (sum(wanted[at] for at in free) or 1.0)
        lacking = over = 0.0
        for at in free:
            widths[at] = size * wanted[at]
            lacking += max(need[at] - widths[at], 0.0)
            over += max(widths[at] - most[at], 0.0)
        if lacking == over == 0.0:
            break
        limit = need if lacking >= over else most
        settled = [at for at in free if (widths[at] < need[at] if limit is need else widths[at] > most[at])]
        for at in settled:
            widths[at] = limit[at]
            room -= limit[at]
        free = [at for at in free if at not in settled]
    return widths


def _height(texts: list[list[float]], widths: list[float]) -> tuple[float, list[float]]:
    """Return about how many lines a table has, and how much text of each column makes its rows high."""
    rooms = [max(width - _SPACE - _RAGGED, _RAGGED) for width in widths]
    loads = [0.0] * len(texts)
    height = 0.0
    for cells in zip(*texts, strict=True):
        lines = [text / room for text, room in zip(cells, rooms, strict=True)]
        highest = max(lines)
        height += max(highest, 1.0)
        if highest > 1.0:
            for at, (text, high) in enumerate(zip(cells, lines, strict=True)):
                loads[at] += text * (high / highest) ** _WEIGHT
    return height, loads


def _measured(table: Table, at: int) -> _Measure:
    column = table.columns[at]
    right = column.align == "right"
    found = _Measure(_SPACE + _widest(_words(column.head), bold=True), _SPACE + text_ems(column.head, bold=True))
    for row in table.rows:
        if row.role != "group":
            _measure(found, row, cell_of(row.cells[at]).content, right=right)
    return found


def _measure(found: _Measure, row: Row, content: Content, *, right: bool) -> None:
    bold = row.role == "total"
    indent = _SPACE if row.role == "part" else 0.0
    found.texts.append(0.0)
    for line, typed in _lines(content):
        scale = _TYPED if typed else 1.0
        whole = text_ems(line, bold=bold) * scale
        found.texts[-1] += whole
        found.full = max(found.full, _SPACE + indent + whole)
        if right and whole <= _LONGEST_NUMBER:
            least = whole
        elif _SPACE + indent + whole <= found.need:
            continue
        else:
            least = min(_widest(_words(line), bold=bold) * scale, _LONGEST_WORD)
        found.need = max(found.need, _SPACE + indent + least)


def _lines(content: Content) -> list[tuple[str, bool]]:
    """Return the lines of a cell, each with whether it holds typewriter letters."""
    lines, typed = [""], [False]
    for part in parts(content):
        if isinstance(part, LineBreak):
            lines.append("")
            typed.append(False)
        else:
            lines[-1] += part if isinstance(part, str) else part.text
            typed[-1] = typed[-1] or isinstance(part, Code)
    return [(unbroken(line), mono) for line, mono in zip(lines, typed, strict=True)]


def _words(line: str) -> list[str]:
    return _BREAKS.split(line)


def _widest(words: Sequence[str], *, bold: bool) -> float:
    """Return the width of the widest word; much shorter ones need not be measured."""
    longest = max((len(word) for word in words), default=0)
    return max((text_ems(word, bold=bold) for word in words if 2 * len(word) >= longest), default=0.0)


def _of_one(widths: Sequence[float]) -> tuple[float, ...]:
    total = sum(widths)
    return tuple(width / total for width in widths)
