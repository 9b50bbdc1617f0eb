"""Costs of the intervention as lines (METHOD §3)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from socio_calc.case import CostItem
from socio_calc.engine.plan import Line
from socio_calc.engine.terms import ONE, FloatArray, Product, Sum, Term, multiply
from socio_calc.engine.workshop import Workshop


def cost_lines(shop: Workshop) -> Iterator[Line]:
    """Yield one line for each cost item; the grant puts a cost on its funder (METHOD §3)."""
    for index, item in enumerate(shop.case.costs):
        yield _cost_line(shop, item, f"costs.{index}")


def _cost_line(shop: Workshop, item: CostItem, path: str) -> Line:
    register = shop.register
    quantity = register.number(item.quantity, f"{path}.quantity")
    if item.amount is not None:
        priced = item.amount
        price_path = f"{path}.amount"
    else:
        if item.wage is None or item.hours is None:
            raise AssertionError(f"{path}: the case model lets no item through without amount or hours and wage")
        priced = item.wage
        price_path = f"{path}.wage"
    price, row, conversion, year, series = shop.converted_price(priced, price_path, item)
    if row is not None and row.kind != "resource_cost":
        register.problem("cost-kind", price_path, id=row.id, kind=row.kind)
    amount: Sum = (price,)
    if item.hours is not None:
        hours = register.number(item.hours, f"{path}.hours")
        contributions = (
            Product(shop.taxes.employer_contribution)
            if item.contributions is None
            else register.number(item.contributions, f"{path}.contributions")
        )
        amount = multiply((hours,), amount, (ONE, contributions))
    growth = register.number(item.growth, f"{path}.growth")
    common = multiply(amount, (quantity.scaled(conversion),))
    terms = tuple(
        Term(Product(whole.coefficient, whole.factors), None, profile, growth if growth.factors else None)
        for base, profile in _profiles(shop, item, growth)
        for whole in multiply(common, (base,))
    )
    grant = item.funding == "grant"
    return Line(
        source="cost",
        name=item.name,
        kind="resource_cost",
        path=path,
        entries={str(item.funder if grant else item.actor): 1.0 if item.replaces else -1.0},
        terms=terms,
        price=amount,
        conversion=conversion,
        quantity=quantity,
        growth=growth,
        payer=item.funder if grant else item.actor,
        cost_id=None if row is None else row.id,
        price_year=year,
        index=series,
        grant=grant,
        replaces=item.replaces,
    )


def _profiles(shop: Workshop, item: CostItem, growth: Product) -> list[tuple[Product, FloatArray]]:
    """Return what an item is multiplied by and its profile over the years, shape (1, years) each.

    `total` and `per_year` have one profile; `per_participant` has one for each number of entrants that is drawn.
    """
    grown = shop.growth_factors(growth, shop.years)
    if item.basis != "per_participant":
        share = 1.0 / len(item.years) if item.basis == "total" else 1.0
        profile = np.zeros(shop.years)
        for year in item.years:
            if year < shop.years:
                profile[year] += share
        return [(ONE, (profile * grown)[None, :])]
    profiles: dict[tuple[int, ...], FloatArray] = {}
    for cohort in shop.cohorts:
        profile = profiles.setdefault(cohort.number.factors, np.zeros(shop.years))
        for since_entry in item.years or (0,):
            year = cohort.year + since_entry
            if year < shop.years:
                profile[year] += cohort.number.coefficient * cohort.alive[since_entry]
    return [(Product(1.0, factors), (profile * grown)[None, :]) for factors, profile in profiles.items()]
