"""What the intervention costs: one item for each line of the budget (METHOD §3)."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from socio_calc.case.fields import CalendarYear, Filled, Flag, Part, Text, Year
from socio_calc.case.quantities import CostRef, Fixed, Quantity, Ref
from socio_calc.case.quantity_fields import (
    FactorQuantity,
    GrowthQuantity,
    HoursQuantity,
    MoneyQuantity,
    ShareQuantity,
)

Actor = Literal["kommun", "region", "stat", "individ", "arbetsgivare", "civilsamhalle", "ovriga"]
CostType = Literal["personal", "lokal", "material", "kopta_tjanster", "resor", "utvardering", "ovrigt"]


def index_of(priced_by: str, *more: str) -> Any:
    """Return the field of an index series: `kpif`, or None where a price of the list brings, or may bring, its own."""

    def default(fields: dict[str, Any]) -> str | None:
        return None if any(isinstance(fields.get(name), CostRef | Ref) for name in (priced_by, *more)) else "kpif"

    return Field(default_factory=default)


def _entry_year(fields: dict[str, Any]) -> tuple[int, ...]:
    return (0,) if fields.get("basis") == "per_participant" else ()


class CostItem(Part):
    """A cost item: an `amount` with everything in it, or `hours` and `wage`.

    `years` are years of the calculation, with `per_participant` years since entry. `price_year` None is the case's,
    `contributions` None the employer contribution of the case's taxes; `index` is None where a price
    `{cost: ID}` brings its own or a price `{ref: NAME}` may; for other named prices it then means kpif.
    """

    name: Filled
    actor: Actor
    organisation: Text | None = None
    cost_type: CostType | None = None
    amount: MoneyQuantity | None = None
    quantity: FactorQuantity = Fixed(value=1)
    hours: HoursQuantity | None = None
    wage: MoneyQuantity | None = None
    contributions: ShareQuantity | None = None
    basis: Literal["total", "per_year", "per_participant"]
    years: tuple[Year, ...] = Field(default_factory=_entry_year)
    price_year: CalendarYear | None = None
    index: Filled | None = index_of("amount", "wage")
    growth: GrowthQuantity = Fixed(value=0)
    funding: Literal["grant", "cofinancing", "in_kind"] = "cofinancing"
    funder: Actor | None = None
    replaces: Flag = False
    setup: Flag = False
    source: Text | None = None
    note: Text | None = None

    def prices(self) -> tuple[tuple[str, Quantity], ...]:
        """Return the fields that hold a price, with their keys."""
        return tuple((key, price) for key in ("amount", "wage") if (price := getattr(self, key)) is not None)
