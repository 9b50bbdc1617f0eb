"""Which prices of a case count the same cost twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from socio_calc.reference.base import ReferenceBase
from socio_calc.reference.rows import CostRow
from socio_calc.reference.vocabulary import OVERLAPS_EVERYTHING

Reason = Literal["everything", "total-and-part", "production-in-sum", "same-cost"]

_PRODUCTION = ("production", "production_loss")


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two prices of a case that may not be added, with the paths where they stand and why they overlap.

    `everything`: one is a sum that contains every cost of a person; `total-and-part`: one is all payers together, the
    other the part of one of them; `production-in-sum`: one is lost work that the other already contains;
    `same-cost`: any other pair that the base names.
    """

    first: str
    first_path: str
    second: str
    second_path: str
    reason: Reason


def overlaps(base: ReferenceBase, uses: Iterable[tuple[str, str]]) -> tuple[Overlap, ...]:
    """Find the pairs of prices that count the same thing.

    Parameters
    ----------
    base
        The reference base, local prices included.
    uses
        Pairs (id of the price, path in the case) in the order of the case, of outcomes about the same people; ids that
        the base does not have are left to the reader's own error.

    Returns
    -------
    tuple of Overlap
        In the order of the case. A price used twice is no overlap: two outcomes may have the same price.

    Examples
    --------
    >>> from socio_calc.reference import load_reference
    >>> base = load_reference()
    >>> uses = [("hip-fracture-first-year-region", "a"), ("hospital-day", "b"), ("library-loan", "c")]
    >>> [(found.first, found.second, found.reason) for found in overlaps(base, uses)]
    [('hip-fracture-first-year-region', 'hospital-day', 'same-cost')]
    """
    known = [(base.costs[price], path) for price, path in uses if price in base.costs]
    found = []
    for (first, first_path), (second, second_path) in combinations(known, 2):
        if first.id != second.id and _overlap(first, second):
            found.append(Overlap(first.id, first_path, second.id, second_path, _reason(first, second)))
    return tuple(found)


def _overlap(first: CostRow, second: CostRow) -> bool:
    return (
        second.id in first.overlaps
        or first.id in second.overlaps
        or OVERLAPS_EVERYTHING in first.overlaps
        or OVERLAPS_EVERYTHING in second.overlaps
    )


def _reason(first: CostRow, second: CostRow) -> Reason:
    if OVERLAPS_EVERYTHING in first.overlaps or OVERLAPS_EVERYTHING in second.overlaps:
        return "everything"
    if first.draw_group and first.draw_group == second.draw_group and (_is_total(first) or _is_total(second)):
        return "total-and-part"
    if (first.kind in _PRODUCTION) != (second.kind in _PRODUCTION) or "lifetime" in (first.per, second.per):
        if first.kind in _PRODUCTION or second.kind in _PRODUCTION:
            return "production-in-sum"
    return "same-cost"


def _is_total(row: CostRow) -> bool:
    return "-alt-" in row.id and row.payer == "ovriga"
