"""How each cost item is paid, the same in the report and in the annexes of an application."""

from __future__ import annotations

from typing import Final, Literal

from socio_calc.case import CostItem
from socio_calc.locale import Texts

#: How an item is paid: by the fund, in money, in premises or material, in working time, or by those who take part.
Source = Literal["grant", "cash", "goods", "time", "outside"]
SOURCES: Final[tuple[Source, ...]] = ("grant", "cash", "goods", "time", "outside")
#: Those in which the parties of an agreement finance it themselves.
OWN: Final[tuple[Source, ...]] = ("cash", "goods", "time")

_GOODS: Final = frozenset({"lokal", "material"})
_NO_PARTY: Final = "individ"


def source_of(item: CostItem) -> Source:
    """Return how an item is paid. What the participants pay themselves is no co-financing of the parties."""
    if item.funding == "grant":
        return "grant"
    if item.actor == _NO_PARTY:
        return "outside"
    if item.cost_type in _GOODS:
        return "goods"  # premises lent and material given are no working time, whatever the file calls them
    return "time" if item.funding == "in_kind" else "cash"


def paid_by(item: CostItem, words: Texts) -> str:
    """Return how an item is paid, in words; what replaces a cost of ordinary practice is not paid at all."""
    return words.t("document.costs.replaces" if item.replaces else f"document.costs.source.{source_of(item)}")


def payer_of(item: CostItem) -> str:
    """Return the actor that bears an item: of the grant, the one that pays the grant."""
    return item.funder if item.funding == "grant" and item.funder else item.actor
