"""Rules of a consequence, of an outcome and of a pathway alike (METHOD §2 and §5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from socio_calc.case.model import Case
from socio_calc.case.outcomes import Consequence, Outcome
from socio_calc.case.own_outcomes import OwnOutcome
from socio_calc.case.paths import Location
from socio_calc.case.pathways import Pathway
from socio_calc.case.quantities import CostRef, follow
from socio_calc.case.translate import Fault

#: What a consequence can follow from.
Owner = Outcome | Pathway | OwnOutcome

PRODUCTION: Final = ("production", "production_loss")
_WELLBEING: Final = ("wellbeing", "wellbeing_loss")
#: What a row of the price list brings with it and nobody may change (METHOD §5, CASE_FORMAT).
_BROUGHT: Final = ("kind", "taxable", "price_year", "index")
#: Keys that a kind of consequence has no use for.
_UNUSED: Final[dict[str, tuple[str, ...]]] = {
    "resource_cost": ("payee", "taxable"),
    "transfer": ("marginal", "realisable"),
    "production": ("payer", "payee", "taxable", "marginal", "realisable"),
    "production_loss": ("payer", "payee", "taxable", "marginal", "realisable"),
    "wellbeing": ("payer", "payee", "taxable", "marginal", "realisable"),
    "wellbeing_loss": ("payer", "payee", "taxable", "marginal", "realisable"),
    "health": (
        "price",
        "payer",
        "payee",
        "taxable",
        "price_year",
        "index",
        "growth",
        "marginal",
        "realisable",
    ),
}


def wellbeing_alone(name: str, consequences: Sequence[Consequence], places: Sequence[Location]) -> Iterator[Fault]:
    """Find well-being beside QALYs or production of the same thing: it is in them already (METHOD §2).

    Parameters
    ----------
    name
        What the message calls the thing.
    consequences, places
        All that follows from it, and where each stands.
    """
    kinds = [consequence.kind for consequence in consequences]
    beside = next((kind for kind in kinds if kind == "health" or kind in PRODUCTION), None)
    if beside is None:
        return
    for kind, place in zip(kinds, places, strict=True):
        if kind in _WELLBEING:
            yield Fault("wellbeing-not-alone", (*place, "kind"), {"outcome": name, "beside": beside})


def _from_price_list(case: Case, owner: Owner, consequence: Consequence, location: Location) -> Iterator[Fault]:
    price = None if consequence.price is None else follow(consequence.price, case.quantities)
    if not isinstance(price, CostRef):
        return
    for key in _BROUGHT:
        if key in consequence.model_fields_set:
            yield Fault("price-brings-its-own", (*location, key), {"id": price.cost})


def _kind(case: Case, owner: Owner, consequence: Consequence, location: Location) -> Iterator[Fault]:
    if not _own_price(case, consequence):
        return
    kind = consequence.kind
    if kind is None:
        yield Fault("missing-required", (*location, "kind"), {"key": "kind"})
        return
    for key in _UNUSED[kind]:
        if key in consequence.model_fields_set:
            yield Fault("not-used-here", (*location, key), {"given": "kind", "value": kind})
    needed = "quantity" if kind == "health" else "price"
    if needed not in consequence.model_fields_set:
        yield Fault("required-here", (*location, needed), {"given": "kind", "value": kind})
    if kind == "resource_cost" and consequence.payer is None:
        yield Fault("required-here", (*location, "payer"), {"given": "kind", "value": kind})
    if kind in PRODUCTION and consequence.link is None:
        yield Fault("required-here", (*location, "link"), {"given": "kind", "value": kind})


def _transfer(case: Case, owner: Owner, consequence: Consequence, location: Location) -> Iterator[Fault]:
    if not _own_price(case, consequence) or consequence.kind != "transfer":
        return
    for key in ("payer", "payee"):
        if getattr(consequence, key) is None:
            params = {"consequence": consequence.name, "missing": key}
            yield Fault("transfer-without-payee", (*location, key), params)
    if consequence.taxable and consequence.payee not in (None, "individ"):
        yield Fault("taxable-not-individ", (*location, "taxable"), {"actor": consequence.payee})


def _two_parties(case: Case, owner: Owner, consequence: Consequence, location: Location) -> Iterator[Fault]:
    if consequence.payer is not None and consequence.payer == consequence.payee:
        params = {"consequence": consequence.name, "actor": consequence.payer}
        yield Fault("same-payer-payee", (*location, "payee"), params)


def _causal(case: Case, owner: Owner, consequence: Consequence, location: Location) -> Iterator[Fault]:
    if consequence.link == "observational" and consequence.causal_share is None:
        params = {"outcome": owner.name, "consequence": consequence.name}
        yield Fault("causal-share-missing", (*location, "causal_share"), params)


def _own_price(case: Case, consequence: Consequence) -> bool:
    """Tell whether the line states its own price (or none), and not a row of the list or an unknown name."""
    if consequence.price is None:
        return True
    price = follow(consequence.price, case.quantities)
    return price is not None and not isinstance(price, CostRef)


CONSEQUENCE_CHECKS: Final[tuple[Callable[[Case, Owner, Consequence, Location], Iterator[Fault]], ...]] = (
    _from_price_list,
    _kind,
    _transfer,
    _two_parties,
    _causal,
)
