"""Hypothesis strategies for valid cases: every level, measure, fade, kind and form of number, on small scales.

`cases()` is the entry point. What it builds passes every check of `socio_calc.case` and needs no row of the reference
base but its tax parameters and, with survival, the life table. Central values always lie in their domain; draws of
uncertain numbers may not, as in real cases. Sizes are those at which sums of rounding errors stay far below 1e-9 of
the result: amounts up to 100,000, levels around 1, up to 12 years.
"""

from __future__ import annotations

from hypothesis import strategies as st

from socio_calc.case import (
    Case,
    Cohort,
    Correlation,
    CostItem,
    Decision,
    Equalisation,
    Fixed,
    Outcome,
    Quantity,
    RateStep,
    Ref,
    Taxes,
)
from socio_calc.engine.columns import distribution_of
from tests.strategy_parts import (
    ACTORS,
    KINDS_TOGETHER,
    consequences,
    courses,
    effects,
    money,
    numbers,
    quantities,
    shares,
)
from tests.strategy_pathways import pathways


@st.composite
def outcomes(
    draw: st.DrawFn, id: str = "falls", survival: bool = False, certain: bool = False, prices: tuple[str, ...] = ()
) -> Outcome:
    """Draw an outcome of any level and measure, with up to three consequences."""
    level = draw(st.sampled_from(("probability", "rate", "amount", "event")))
    share = level in ("probability", "event")
    ordinary_of = shares(certain) if share else quantities(0, 2, certain)
    many = draw(st.lists(ordinary_of, min_size=1, max_size=3))
    levels = [central for quantity in many if (central := quantity.central) is not None]
    fields: dict[str, object] = {
        "id": id,
        "name": f"Utfall {id}",
        "level": level,
        "better": draw(st.sampled_from(("lower", "higher"))),
        "ordinary": many[0] if len(many) == 1 else tuple(many),
        "effect": draw(effects(level, levels, certain)),
        "consequences": tuple(draw(st.lists(consequences(draw(KINDS_TOGETHER), certain, prices), max_size=3))),
    }
    return Outcome.model_validate(fields | draw(courses(survival, certain, level == "event")))


@st.composite
def costs(draw: st.DrawFn, years: int, certain: bool = False, prices: tuple[str, ...] = ()) -> CostItem:
    """Draw a cost item of any basis and funding within a calculation of so many years."""
    basis = draw(st.sampled_from(("total", "per_year", "per_participant")))
    funding = draw(st.sampled_from(("grant", "cofinancing", "in_kind")))
    fields: dict[str, object] = {
        "name": draw(st.sampled_from(("Gruppledare", "Lokal", "Utbildning"))),
        "actor": draw(st.sampled_from(ACTORS)),
        "basis": basis,
        "years": tuple(draw(st.lists(st.integers(0, years - 1), min_size=1, max_size=4, unique=True))),
        "index": "none",
        "growth": draw(quantities(-0.03, 0.03, certain)),
        "funding": funding,
        "funder": draw(st.sampled_from(("kommun", "region"))) if funding == "grant" else None,
        "replaces": draw(st.integers(0, 4)) == 0,
        "setup": draw(st.booleans()),
    }
    if draw(st.booleans()):
        named = [Ref(ref=name) for name in prices]
        fields["amount"] = draw(st.one_of(money(certain), *(st.just(ref) for ref in named)))
        if draw(st.booleans()):
            fields["quantity"] = draw(quantities(0, 3, certain))
    else:
        fields["hours"] = draw(quantities(0, 400, certain))
        fields["wage"] = draw(quantities(100, 500, certain))
        fields["contributions"] = draw(st.none() | quantities(0, 0.6, certain))
    return CostItem.model_validate(fields)


@st.composite
def cohorts(draw: st.DrawFn, years: int, survival: bool = False, certain: bool = False) -> Cohort:
    """Draw participants who enter in a year of the calculation."""
    return Cohort(
        year=draw(st.integers(0, years - 1)),
        number=draw(quantities(0, 200, certain)),
        age=draw(st.integers(0, 105)) if survival or draw(st.booleans()) else None,
        share_women=draw(st.none() | numbers(0, 1)),
        group=draw(st.none() | st.sampled_from(("Yngre", "Äldre"))),
        weight=draw(numbers(0, 3)) if draw(st.booleans()) else 1.0,
    )


@st.composite
def discount_rates(draw: st.DrawFn) -> float | tuple[RateStep, ...]:
    """Draw one rate, or steps that start in year 0."""
    rate = numbers(0, 0.15)
    if draw(st.booleans()):
        return draw(rate)
    starts = [0, *sorted(draw(st.sets(st.integers(1, 11), max_size=2)))]
    return tuple(RateStep(from_=start, rate=draw(rate)) for start in starts)


@st.composite
def correlations(draw: st.DrawFn, named: dict[str, Quantity]) -> tuple[Correlation, ...]:
    """Draw a correlation of the named quantities, or none where fewer than two of them are uncertain."""
    uncertain = [name for name, quantity in named.items() if not isinstance(distribution_of(quantity), float)]
    if len(uncertain) < 2 or draw(st.booleans()):
        return ()
    first, second = draw(st.permutations(uncertain))[:2]
    return (Correlation(between=(f"quantities.{first}", f"quantities.{second}"), rank=draw(numbers(-0.99, 0.99))),)


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    """Draw a roll-out from any perspective."""
    return Decision(
        perspective=draw(st.sampled_from(("societal", "public", *ACTORS))),
        participants_per_cohort=draw(st.integers(1, 500)),
        cohorts_per_year=draw(st.integers(1, 20)),
        from_year=draw(st.integers(0, 10)),
        years=draw(st.integers(1, 30)),
    )


@st.composite
def cases(
    draw: st.DrawFn,
    *,
    certain: bool = False,
    survival: bool | None = None,
    min_outcomes: int = 0,
    max_outcomes: int = 3,
    max_pathways: int = 1,
    max_years: int = 12,
) -> Case:
    """Draw a valid case.

    Parameters
    ----------
    certain
        Only fixed numbers: the base case is then every draw.
    survival
        True or False for cases with or without mortality; None for both.
    min_outcomes, max_outcomes
        How many outcomes; a case without outcomes and pathways has costs.
    max_pathways
        How many pathways.
    max_years
        Longest calculation.
    """
    years = draw(st.integers(1, max_years))
    shorter = draw(st.sets(st.integers(1, years), max_size=3))
    mortal = draw(st.booleans()) if survival is None else survival
    names = draw(st.sampled_from(((), ("timpris", "vårdpris"))))
    ids = [f"o{number}" for number in range(draw(st.integers(min_outcomes, max_outcomes)))]
    built = tuple(draw(outcomes(id, mortal, certain, names)) for id in ids)
    ways = tuple(
        draw(pathways(f"p{number}", mortal, certain, names)) for number in range(draw(st.integers(0, max_pathways)))
    )
    items = draw(st.lists(costs(years, certain, names), min_size=0 if built or ways else 1, max_size=3))
    rates = Equalisation(municipal=draw(numbers(0, 0.2)), regional=draw(numbers(0, 0.1)))
    named = {name: draw(money(certain)) for name in names}
    return Case(
        format=1,
        title=draw(st.sampled_from(("Styrka", "Närvaro: hela dagen", "Åter i arbete"))),
        first_year=draw(st.integers(2015, 2030)),
        price_year=2024,
        horizons=tuple(sorted(shorter | {years})),
        discount_rate=draw(discount_rates()),
        discount_rate_health=draw(st.none() | discount_rates()),
        timing=draw(st.sampled_from(("start", "mid", "end"))),
        public_funds_factor=draw(st.just(Fixed(value=1)) | quantities(1, 1.5, certain)),
        health_value=draw(st.none() | quantities(0, 100_000, certain)),
        taxes=draw(st.just(Taxes()) | st.just(Taxes(employer_contribution=0.2, municipal=0.21, equalisation=rates))),
        quantities=named,
        participants=tuple(draw(st.lists(cohorts(years, mortal, certain), min_size=1, max_size=3))),
        completion=draw(shares(certain)),
        survival="sweden" if mortal else "none",
        costs=tuple(items),
        outcomes=built,
        pathways=ways,
        correlations=draw(correlations(named)),
        decision=draw(st.none() | decisions()),
        not_valued=draw(st.just(()) | st.just(("Anhörigas oro",))),
    )
