"""Which row of a submitted sheet is which row of the sheet as it was written, when rows were put in or taken out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from socio_calc.office import Sheet

#: A sheet with so many more rows than it had is compared as it stands.
_MOST_ADDED: Final = 1_000


@dataclass(frozen=True)
class Alignment:
    """Rows of a submitted sheet and of the written one, from 1.

    Attributes
    ----------
    written
        The written row of each submitted row that has one.
    added
        Submitted rows that hold something and were not written.
    removed
        Written rows that held something and are gone.
    """

    written: Mapping[int, int]
    added: tuple[int, ...]
    removed: tuple[int, ...]

    @property
    def in_place(self) -> bool:
        """Whether every row stands where it was written."""
        return not self.removed and all(row == place for row, place in self.written.items())


def aligned(written: Sheet, submitted: Sheet) -> Alignment:
    """Return which rows belong together, going by the texts that stand in them."""
    before, after = _keys(written), _keys(submitted)
    if before == after or len(after) > len(before) + _MOST_ADDED:
        return Alignment({row: row for row in range(1, max(len(before), len(after)) + 1)}, (), ())
    pairs: dict[int, int] = {}
    added: list[int] = []
    removed: list[int] = []
    for _, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        shared = min(end - start, last - first)
        pairs.update({first + step + 1: start + step + 1 for step in range(shared)})
        removed.extend(row + 1 for row in range(start + shared, end) if before[row] or _holds(written, row + 1))
        added.extend(row + 1 for row in range(first + shared, last) if after[row] or _holds(submitted, row + 1))
    return Alignment(pairs, tuple(added), tuple(removed))


def _keys(sheet: Sheet) -> list[tuple[tuple[int, str], ...]]:
    texts: list[list[tuple[int, str]]] = [[] for _ in range(sheet.last_row)]
    for (row, column), cell in sheet.cells.items():
        if isinstance(cell.value, str):
            texts[row - 1].append((column, cell.value.strip()))
    return [tuple(sorted(row)) for row in texts]


def _holds(sheet: Sheet, row: int) -> bool:
    return any(place[0] == row for place in sheet.cells)
