"""Rules of a cost item (METHOD §3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from socio_calc.case.costs import CostItem
from socio_calc.case.model import Case
from socio_calc.case.nearest import nearest
from socio_calc.case.paths import Location
from socio_calc.case.quantities import CostRef, follow
from socio_calc.case.translate import Fault

#: What a row of the price list brings with it beside its price.
_BROUGHT: Final = ("price_year", "index")


def _amount_or_hours(case: Case, item: CostItem, location: Location) -> Iterator[Fault]:
    by_hours = [key for key in ("hours", "wage", "contributions") if getattr(item, key) is not None]
    if item.amount is not None:
        if by_hours:
            yield Fault("not-together", (*location, by_hours[0]), {"given": "amount"})
        return
    if not by_hours:
        yield Fault("missing-required", (*location, "amount"), {"key": "amount"})
        return
    for key in ("hours", "wage"):
        if key not in by_hours:
            yield Fault("missing-required", (*location, key), {"key": key})
    if "quantity" in item.model_fields_set:
        yield Fault("not-together", (*location, "quantity"), {"given": by_hours[0]})


def _funding(case: Case, item: CostItem, location: Location) -> Iterator[Fault]:
    if item.funding == "grant" and item.funder is None:
        yield Fault("required-here", (*location, "funder"), {"given": "funding", "value": "grant"})
    if item.funding != "grant" and item.funder is not None:
        yield Fault("not-used-here", (*location, "funder"), {"given": "funding", "value": item.funding})


def _years(case: Case, item: CostItem, location: Location) -> Iterator[Fault]:
    if not item.years:
        yield Fault("required-here", (*location, "years"), {"given": "basis", "value": item.basis})
    for index, year in enumerate(item.years):
        if year in item.years[:index]:
            yield Fault("duplicate-item", (*location, "years", index), {"value": year})
    if item.basis == "total":
        return  # spread evenly over its years, also those after the horizon (METHOD §3)
    last = case.years - 1
    for index, year in enumerate(item.years):
        if year > last:
            params = {"label": item.name, "year": year, "first": 0, "last": last}
            yield Fault("cost-year-outside", (*location, "years", index), params)


def _price_list(case: Case, item: CostItem, location: Location) -> Iterator[Fault]:
    for _, price in item.prices():
        followed = follow(price, case.quantities)
        if isinstance(followed, CostRef):
            for key in _BROUGHT:
                if key in item.model_fields_set:
                    yield Fault("price-brings-its-own", (*location, key), {"id": followed.cost})


def _organisation(case: Case, item: CostItem, location: Location) -> Iterator[Fault]:
    if item.organisation is None:
        return
    organisations = case.application.organisations if case.application is not None else ()
    known = tuple(organisation.name for organisation in organisations if organisation.name)
    if item.organisation not in known:
        params = {"value": item.organisation, "known": known, "nearest": nearest(item.organisation, known)}
        yield Fault("unknown-organisation", (*location, "organisation"), params)


COST_CHECKS: Final[tuple[Callable[[Case, CostItem, Location], Iterator[Fault]], ...]] = (
    _amount_or_hours,
    _funding,
    _years,
    _price_list,
    _organisation,
)
