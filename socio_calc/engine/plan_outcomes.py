"""Outcomes and their consequences as terms (METHOD §4 and §5)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from socio_calc.case import Consequence, Outcome, Quantity
from socio_calc.engine.effects import DOMAINS, MEASURE_LEVELS
from socio_calc.engine.ledger import PRODUCTION_KINDS, entries_per_krona, taxed_per_krona
from socio_calc.engine.plan import Change, Cohort, Line, OutcomePlan
from socio_calc.engine.terms import ONE, Factor, FloatArray, Product, Shape, Term
from socio_calc.engine.values import constant_change
from socio_calc.engine.workshop import Workshop

#: Kinds whose lines fall when someone else would have had the job (METHOD §5).
DISPLACED_KINDS = PRODUCTION_KINDS | {"transfer"}
#: Categories of price rows whose link to an outcome must be stated (CASE_FORMAT).
LINKED_CATEGORIES = frozenset({"justice", "education_outcome", "child_welfare"})


def outcome_plan(shop: Workshop, outcome: Outcome) -> OutcomePlan:
    """Compile an outcome: its levels, its adjustments, its strength over time and both arms by year."""
    path, register = f"outcomes.{outcome.id}", shop.register
    listed = outcome.ordinary if isinstance(outcome.ordinary, tuple) else None
    quantities: tuple[tuple[Quantity, str], ...] = (
        ((outcome.ordinary, f"{path}.ordinary"),)  # type: ignore[assignment]
        if listed is None
        else tuple((entry, f"{path}.ordinary.{k}") for k, entry in enumerate(listed))
    )
    ordinary = tuple(register.ordinary(quantity, outcome.level, where) for quantity, where in quantities)
    measure = outcome.effect.measure
    if outcome.level not in MEASURE_LEVELS[measure]:
        register.problem("measure-not-for-level", f"{path}.effect.measure", measure=measure, level=outcome.level)
    value, evidence = register.effect(outcome.effect.value, measure, f"{path}.effect.value")
    sd = None if outcome.effect.sd is None else register.number(outcome.effect.sd, f"{path}.effect.sd")
    changes, levels = [], []
    for product, (_, where) in zip(ordinary, quantities, strict=True):
        change = Change(outcome.level, measure, product, value, sd, where, outcome.id)
        index = len(shop.changes)
        shop.changes.append(change)
        changes.append(_folded(shop, "change", change, index))
        levels.append(_folded(shop, "ordinary", change, index))
    adjustment = ONE
    if outcome.effect_on == "completers":
        adjustment = adjustment.times(shop.completion)
    deadweight = register.number(outcome.deadweight, f"{path}.deadweight")
    adjustment = adjustment.times(register.complement(deadweight, path))
    adjustment = adjustment.times(register.number(outcome.attribution, f"{path}.attribution"))
    adjustment = adjustment.times(register.number(outcome.evidence_adjustment, f"{path}.evidence_adjustment"))
    alive = shop.case.survival != "none" if outcome.survival is None else outcome.survival
    shape = shop.shape(_shape(shop, outcome, path))
    plan = OutcomePlan(
        id=outcome.id,
        name=outcome.name,
        level=outcome.level,
        better=outcome.better,
        measure=measure,
        path=path,
        ordinary=ordinary,
        value=value,
        sd=sd,
        adjustment=adjustment,
        changes=tuple(changes),
        shape=shape,
        alive=alive,
        evidence_id=None if evidence is None else evidence.id,
        ordinary_terms=(),
        difference_terms=(),
    )
    ones = (ONE,)
    flat = shop.shape(Shape(outcome.lag if plan_is_event(outcome) else 0, None, "none", event=plan_is_event(outcome)))
    ordinary_terms, _ = _spread(shop, plan, tuple(levels), ONE, flat, Product(0.0), 0, 1, ones)
    difference_terms, _ = _spread(shop, plan, plan.changes, adjustment, shape, Product(0.0), 0, 1, ones)
    return OutcomePlan(**{**plan.__dict__, "ordinary_terms": ordinary_terms, "difference_terms": difference_terms})


def plan_is_event(outcome: Outcome) -> bool:
    """Whether the outcome happens once, in the year of its lag."""
    return outcome.level == "event"


def _folded(shop: Workshop, kind: str, change: Change, index: int) -> Product:
    """Return b or i − b as a product: a number where nothing in it is uncertain, else a factor of its own."""
    known = constant_change(change)
    if known is not None:
        return Product(known[0] if kind == "ordinary" else known[1])
    unlimited = DOMAINS[change.level][0] == -np.inf
    if kind == "ordinary" and (unlimited or not change.ordinary.factors):
        return change.ordinary
    if kind == "change" and unlimited and change.measure == "difference":
        return change.value
    return Product(1.0, (shop.register.factor(Factor("change" if kind == "change" else "ordinary", index)),))


def _shape(shop: Workshop, outcome: Outcome, path: str) -> Shape:
    if plan_is_event(outcome):
        return Shape(outcome.lag, None, "cut", lasts=outcome.lasts, event=True)
    if outcome.holds is None:
        raise AssertionError(f"{path}: the case model asks for holds")
    holds = None if outcome.holds == "open" else shop.register.number(outcome.holds, f"{path}.holds")
    fades = outcome.fades
    if fades is None:
        return Shape(outcome.lag, holds, "cut", lasts=outcome.lasts)
    rate = None if fades.rate is None else shop.register.number(fades.rate, f"{path}.fades.rate")
    return Shape(outcome.lag, holds, fades.shape, rate, fades.over or 0, tuple(fades.values or ()), outcome.lasts)


def consequence_lines(shop: Workshop, outcome: Outcome, plan: OutcomePlan) -> Iterator[Line]:
    """Yield one line for each consequence of an outcome (METHOD §5)."""
    displacement = shop.register.number(outcome.displacement, f"{plan.path}.displacement")
    for index, consequence in enumerate(outcome.consequences):
        yield _line(shop, plan, consequence, f"{plan.path}.consequences.{index}", displacement)


def _line(shop: Workshop, plan: OutcomePlan, item: Consequence, path: str, displacement: Product) -> Line:
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
    displaced = register.complement(displacement, path) if kind in DISPLACED_KINDS else ONE
    listed = item.marginal if isinstance(item.marginal, tuple) else None
    marginal: tuple[Product, ...] = (
        (register.number(item.marginal, f"{path}.marginal"),)  # type: ignore[arg-type]
        if listed is None
        else tuple(register.number(share, f"{path}.marginal.{k}") for k, share in enumerate(listed))
    )
    realisable = register.number(item.realisable, f"{path}.realisable")
    units = plan.adjustment.times(quantity).times(causal).times(displaced)
    entries = (
        {}
        if register.problems and kind == "transfer" and (payer is None or payee is None)
        else entries_per_krona(kind, shop.taxes, payer, payee, taxable)
    )
    if kind == "health" and shop.health_value is None:
        entries = {}
    spread_args = (plan.shape, growth, item.delay, item.duration, marginal)
    terms, overflow = _spread(shop, plan, plan.changes, units.times(price.scaled(conversion)), *spread_args)
    weighted: tuple[Term, ...] = ()
    if "individ" in entries and any(cohort.weight != 1.0 for cohort in shop.cohorts):
        weighted, _ = _spread(
            shop, plan, plan.changes, units.times(price.scaled(conversion)), *spread_args, weighted=True
        )
    qalys: tuple[Term, ...] = ()
    if kind == "health":
        qalys, _ = _spread(shop, plan, plan.changes, units, *spread_args)
    return Line(
        source=plan.id,
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


def _spread(
    shop: Workshop,
    plan: OutcomePlan,
    per_age: tuple[Product, ...],
    common: Product,
    shape: int,
    growth: Product,
    delay: int,
    duration: int,
    marginal: tuple[Product, ...],
    weighted: bool = False,
) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """Spread an amount per outcome unit over the years of the calculation, and over those after it.

    Each participant's year a since entry gives `common · per_age[a] · w(a) · S(a)`, in the years
    c + a + delay … + duration − 1, of which `marginal` counts. Outcome years after the calculation give nothing.
    """
    years, after = shop.years, delay + duration - 1
    event = shop.shapes[shape].event
    ages = np.arange(years)
    last = len(per_age) - 1
    matrices: dict[tuple[int, ...], FloatArray] = {}
    for entry, per_unit in enumerate(per_age):
        at = min(shop.shapes[shape].lag, last) if event else None
        chosen = (ages >= 0) & (entry == at) if event else (ages >= entry if entry == last else ages == entry)
        for cohort in shop.cohorts:
            reached = ages[chosen & (cohort.year + ages < years)]
            if not reached.size:
                continue
            alive = cohort.alive[reached] if plan.alive else np.ones(reached.size)
            for j in range(duration):
                share = marginal[min(j, len(marginal) - 1)]
                whole = per_unit.times(_entrants(cohort, weighted)).times(share)
                matrix = matrices.setdefault(whole.factors, np.zeros((years, years + after)))
                matrix[reached, cohort.year + reached + delay + j] += whole.coefficient * alive
    grown = shop.growth_factors(growth, years + after)
    uncertain_growth = growth if growth.factors else None
    within, overflow = [], []
    for factors, matrix in matrices.items():
        spread = matrix * grown
        product = common.times(Product(1.0, factors))
        if np.any(spread[:, :years]):
            within.append(Term(product, shape, np.ascontiguousarray(spread[:, :years]), uncertain_growth))
        if np.any(spread[:, years:]):
            overflow.append(Term(product, shape, np.ascontiguousarray(spread[:, years:]), uncertain_growth))
    return tuple(within), tuple(overflow)


def _entrants(cohort: Cohort, weighted: bool) -> Product:
    return cohort.number.scaled(cohort.weight - 1.0) if weighted else cohort.number
