"""The nearest known word to one that is not known."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

_FARTHEST: Final = 2


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was most likely meant, or None.

    Case, å ä ö and accents, spaces and hyphens make no difference; else at most two letters may be added, lost,
    changed or swapped, and fewer in short words.

    >>> nearest("discount-rate", ("discount_rate", "timing")), nearest("titel", ("title", "timing"))
    ('discount_rate', 'title')
    >>> nearest("kommün", ("kommun",)), nearest("xyz", ("kommun",)) is None
    ('kommun', True)
    """
    if not word:  # asked first, as this also stops a check whose word could not be read (`partial`)
        return None
    sought = _bare(word)
    if not sought or len(sought) > 100:
        return None
    limit = min(_FARTHEST, max(1, len(sought) // 3))
    found: tuple[int, str] | None = None
    for candidate in known:
        distance = _distance(sought, _bare(candidate), limit)
        if distance is not None and (found is None or distance < found[0]):
            found = distance, candidate
    return None if found is None else found[1]


def _bare(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word).casefold()
    return "".join("_" if sign in " -" else sign for sign in decomposed if not unicodedata.combining(sign))


def _distance(a: str, b: str, limit: int) -> int | None:
    """Return the number of letters added, lost, changed or swapped between two words, or None above the limit."""
    if abs(len(a) - len(b)) > limit:
        return None
    before: list[int] = []
    above = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, above = above, row
    return above[-1] if above[-1] <= limit else None
