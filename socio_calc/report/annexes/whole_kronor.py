"""Whole kronor whose sums are right: what is shown adds up to what is shown, and no figure is a krona from its own."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

#: Below this a fraction is noise of the calculation and no öre.
_NOISE: Final = 1e-6


def shared_out(amounts: Sequence[float], total: int, first: int | None = None) -> tuple[int, ...]:
    """Round amounts down or up so that they sum to a whole number (largest remainder).

    Parameters
    ----------
    amounts
        SEK, not below 0.
    total
        What they are to sum to: the whole number below or above their own sum.
    first
        Place of an amount that is rounded as usual where that is possible: it stands in another document too.

    Raises
    ------
    ValueError
        The total is not within reach by rounding each amount down or up.

    Examples
    --------
    >>> shared_out([33.34, 33.33, 33.33], 100), shared_out([10.5, 10.5, 10.0], 31)
    ((34, 33, 33), (11, 10, 10))
    >>> shared_out([10.4, 10.3, 10.3], 31), shared_out([10.4, 10.3, 10.3], 31, first=0)
    ((11, 10, 10), (10, 11, 10))
    """
    floors = [math.floor(amount + _NOISE) for amount in amounts]
    rests = [max(0.0, amount - floor) for amount, floor in zip(amounts, floors, strict=True)]
    ups = total - sum(floors)
    if not 0 <= ups <= len(amounts):
        raise ValueError(f"{list(amounts)} cannot be rounded to sum to {total}")
    order = sorted(range(len(amounts)), key=lambda place: -rests[place])
    if first is not None:
        order.remove(first)
        order.insert(0 if rests[first] >= 0.5 else len(order), first)
    raised = set(order[:ups])
    return tuple(floor + (place in raised) for place, floor in enumerate(floors))


def whole_kronor(
    amounts: Sequence[Sequence[float]], groups: Sequence[str], first: str | None = None
) -> tuple[tuple[int, ...], ...]:
    """Round a table of amounts by item and year.

    The whole table sums to its rounded sum; so does, down or up to a krona, every year, every group within a year, and
    every amount within its group. The group `first` is rounded as usual in each year where that is possible.

    Parameters
    ----------
    amounts
        SEK by item and year, shape (items, years).
    groups
        The group of each item.

    Examples
    --------
    >>> whole_kronor([[33.4, 33.4], [33.4, 33.4]], ["grant", "own"], "grant")
    ((33, 33), (34, 34))
    """
    if not amounts:
        return ()
    years = range(len(amounts[0]))
    by_year = [math.fsum(row[year] for row in amounts) for year in years]
    year_sums = shared_out(by_year, _rounded(math.fsum(by_year)))
    names = tuple(dict.fromkeys(groups))
    table = [[0] * len(years) for _ in amounts]
    for year in years:
        members = {name: [place for place, group in enumerate(groups) if group == name] for name in names}
        sums = _group_sums(amounts, members, year, year_sums[year], first)
        for name, places in members.items():
            for place, whole in zip(
                places, shared_out([amounts[place][year] for place in places], sums[name]), strict=True
            ):
                table[place][year] = whole
    return tuple(tuple(row) for row in table)


def _group_sums(
    amounts: Sequence[Sequence[float]], members: Mapping[str, Sequence[int]], year: int, total: int, first: str | None
) -> dict[str, int]:
    names = list(members)
    exact = [math.fsum(amounts[place][year] for place in members[name]) for name in names]
    return dict(zip(names, shared_out(exact, total, names.index(first) if first in names else None), strict=True))


def _rounded(amount: float) -> int:
    return math.floor(amount + 0.5)
