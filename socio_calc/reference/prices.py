"""Prices in another year than their own, and which of them are old (METHOD §1)."""

from __future__ import annotations

from collections.abc import Iterable

from socio_calc.reference.base import ReferenceBase
from socio_calc.reference.indices import conversion_factor
from socio_calc.reference.rows import CostRow
from socio_calc.reference.vocabulary import NO_INDEX

STALE_YEARS = 10


def price_in(base: ReferenceBase, row: CostRow, year: int) -> float:
    """Return the value of a price in the prices of `year`, converted with its own index (METHOD §1).

    Raises
    ------
    IndexYearError
        When the year lies outside the index of the price.

    Examples
    --------
    >>> from socio_calc.reference import load_reference
    >>> base = load_reference()
    >>> round(price_in(base, base.costs["emergency-visit"], 2012))
    2988
    """
    return row.value * conversion_factor(base.indices, row.index, row.price_year, year)


def latest_year(base: ReferenceBase, row: CostRow) -> int:
    """Return the last year that a price can be converted to: today's prices as far as the base knows them."""
    return row.price_year if row.index == NO_INDEX else base.indices[row.index].last


def is_stale(row: CostRow, price_year: int) -> bool:
    """Say whether a price is more than ten years older than the price year of a calculation."""
    return row.price_year < price_year - STALE_YEARS


def stale_prices(rows: Iterable[CostRow], price_year: int) -> tuple[CostRow, ...]:
    """Return the prices that are more than ten years older than `price_year`, oldest first.

    An index does not catch changed methods of work: such a price needs a newer source or a wider range.
    """
    return tuple(sorted((row for row in rows if is_stale(row, price_year)), key=lambda row: (row.price_year, row.id)))
