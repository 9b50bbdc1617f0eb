"""Consequences as lines: what follows from a change, of an outcome and of a pathway alike (METHOD §5)."""

from __future__ import annotations

from dataclasses import dataclass

from socio_calc.case import Consequence
from socio_calc.engine.ledger import PRODUCTION_KINDS, entries_per_krona, taxed_per_krona
from socio_calc.engine.plan import Line
from socio_calc.engine.spreading import Strand, spread
from socio_calc.engine.terms import ONE, Product, Term
from socio_calc.engine.workshop import Workshop

#: Kinds whose lines fall when someone else would have had the job (METHOD §5).
DISPLACED_KINDS = PRODUCTION_KINDS | {"transfer"}
#: Categories of price rows whose link to an outcome must be stated (CASE_FORMAT).
LINKED_CATEGORIES = frozenset({"justice", "education_outcome", "child_welfare"})


@dataclass(frozen=True)
class Cause:
    """What a consequence follows from: the id of its outcome or pathway, κ(1−D)AE, x, and what changes."""

    id: str
    adjustment: Product
    displacement: Product
    strands: tuple[Strand, ...]


def consequence_line(shop: Workshop, cause: Cause, item: Consequence, path: str) -> Line:
    """Return the line of one consequence; `path` is where it stands in the case."""
    register = shop.register
    quantity = register.number(item.quantity, f"{path}.quantity")
    causal = ONE if item.causal_share is None else register.number(item.causal_share, f"{path}.causal_share")
    row = None
    price, conversion, year, series = ONE, 1.0, None, None
    payer: str | None = item.payer
    payee: str | None = item.payee
    kind: str | None = item.kind
    taxable = bool(item.taxable)
    if item.price is not None:
        price, row, conversion, year, series = shop.converted_price(item.price, f"{path}.price", item)
        if row is not None:
            if kind is not None:
                register.problem("price-brings-its-own", f"{path}.kind", id=row.id, field="kind")
            kind, taxable = row.kind, bool(row.taxable)
            payer, payee = payer or row.payer, payee or row.payee
            if kind == "health":
                register.problem("cost-not-here", f"{path}.price")
            if item.link is None and (kind in PRODUCTION_KINDS or row.category in LINKED_CATEGORIES):
                register.problem("missing-required", f"{path}.link")
    elif kind == "health":
        price = ONE if shop.health_value is None else shop.health_value
    if kind is None:
        register.problem("missing-required", f"{path}.kind")
        kind = "resource_cost"
    if kind == "transfer" and (payer is None or payee is None or payer == payee):
        missing = "payer" if payer is None else "payee"
        code = "transfer-without-payee" if payer is None or payee is None else "same-payer-payee"
        register.problem(code, path, consequence=item.name, missing=missing, actor=payer)
    if kind == "resource_cost" and payer is None:
        register.problem("missing-required", f"{path}.payer")
        payer = "ovriga"
    growth = register.number(item.growth, f"{path}.growth")
    displaced = register.complement(cause.displacement, path) if kind in DISPLACED_KINDS else ONE
    listed = item.marginal if isinstance(item.marginal, tuple) else None
    marginal: tuple[Product, ...] = (
        (register.number(item.marginal, f"{path}.marginal"),)  # type: ignore[arg-type]
        if listed is None
        else tuple(register.number(share, f"{path}.marginal.{k}") for k, share in enumerate(listed))
    )
    realisable = register.number(item.realisable, f"{path}.realisable")
    units = cause.adjustment.times(quantity).times(causal).times(displaced)
    entries = (
        {}
        if register.problems and kind == "transfer" and (payer is None or payee is None)
        else entries_per_krona(kind, shop.taxes, payer, payee, taxable)
    )
    if kind == "health" and shop.health_value is None:
        entries = {}

    def terms_of(per_unit: Product, weighted: bool = False) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
        return spread(shop, cause.strands, per_unit, growth, item.delay, item.duration, marginal, weighted)

    terms, overflow = terms_of(units.times(price.scaled(conversion)))
    weighted: tuple[Term, ...] = ()
    if "individ" in entries and any(cohort.weight != 1.0 for cohort in shop.cohorts):
        weighted, _ = terms_of(units.times(price.scaled(conversion)), weighted=True)
    qalys: tuple[Term, ...] = ()
    if kind == "health":
        qalys, _ = terms_of(units)
    return Line(
        source=cause.id,
        name=item.name,
        kind=kind,
        path=path,
        entries=entries,
        terms=terms,
        price=(price,),
        conversion=conversion,
        quantity=quantity,
        growth=growth,
        payer=payer if kind in ("resource_cost", "transfer") else None,
        cost_id=None if row is None else row.id,
        price_year=year,
        index=series,
        realisable=realisable,
        marginal=marginal,
        causal_share=causal,
        displaced=displaced,
        taxed=taxed_per_krona(kind, shop.taxes, taxable),
        delay=item.delay,
        duration=item.duration,
        overflow=overflow,
        qaly_terms=qalys,
        weighted_terms=weighted,
    )
