"""What the parts of a plan share while it is built: the case, the base, the register, the years."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from socio_calc.case import Case, Consequence, CostItem, Quantity
from socio_calc.engine.columns import Register
from socio_calc.engine.ledger import Taxes
from socio_calc.engine.own_functions import OwnFunction
from socio_calc.engine.plan import Change, Cohort, PathwayPlan
from socio_calc.engine.terms import ONE, FloatArray, Product, Shape
from socio_calc.reference import CostRow, IndexYearError, ReferenceBase


@dataclass
class Workshop:
    """What the parts of a plan share while it is built: the case, the base, the register and the years."""

    case: Case
    base: ReferenceBase
    register: Register
    years: int
    taxes: Taxes
    cohorts: tuple[Cohort, ...] = ()
    completion: Product = ONE
    health_value: Product | None = None
    changes: list[Change] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    pathways: list[PathwayPlan] = field(default_factory=list)
    own: list[OwnFunction] = field(default_factory=list)

    def conversion(self, series: str, year: int, path: str) -> float:
        """Return I(case price year)/I(year) of an index series; 1 for `none` (METHOD §1)."""
        if series == "none":
            return 1.0
        index = self.base.indices.get(series)
        if index is None:
            self.register.problem("unknown-index", path, value=series, choices=(*self.base.indices, "none"))
            return 1.0
        try:
            return index.factor(year, self.case.price_year)
        except IndexYearError as error:
            # A price year of the whole calculation that no index has is one mistake, not one in every price.
            where = "price_year" if error.year == self.case.price_year else path
            self.register.problem(
                "year-outside-index", where, series=series, first=error.first, last=error.last, year=error.year
            )
            return 1.0

    def converted_price(
        self, quantity: Quantity, path: str, item: CostItem | Consequence
    ) -> tuple[Product, CostRow | None, float, int, str]:
        """Return a price, its row, the factor to the case's price year, and the year and index that it has.

        `item` is where the price stands: its own price year and index serve prices that bring none. Writing them
        beside a price row is an error (CASE_FORMAT).
        """
        price, row = self.register.price(quantity, path)
        if row is None:
            year, series = item.price_year or self.case.price_year, item.index or "kpif"
        else:
            year, series = row.price_year, row.index
            for name in ("price_year", "index"):
                if name in item.model_fields_set:
                    where = f"{path.rpartition('.')[0]}.{name}"
                    self.register.problem("price-brings-its-own", where, id=row.id, field=name)
        return price, row, self.conversion(series, year, path), year, series

    def growth_factors(self, growth: Product, years: int) -> FloatArray:
        """Return (1+g)^t of a certain growth for t = 0 … years − 1; ones when it is uncertain."""
        rate = 0.0 if growth.factors else growth.coefficient
        return np.asarray((1.0 + rate) ** np.arange(years, dtype=float))

    def shape(self, shape: Shape) -> int:
        """Return the index of a shape, adding it when it is new."""
        if shape not in self.shapes:
            self.shapes.append(shape)
        return self.shapes.index(shape)
