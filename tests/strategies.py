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
    Consequence,
    Correlation,
    CostItem,
    Counts,
    Decision,
    Discrete,
    Effect,
    Equalisation,
    Estimate,
    Evidence,
    Fade,
    Fixed,
    Moments,
    Outcome,
    Pert,
    Quantity,
    RateStep,
    Ref,
    Taxes,
    Triangular,
    Uniform,
)
from socio_calc.engine.columns import distribution_of

ACTORS = ("kommun", "region", "stat", "individ", "arbetsgivare", "civilsamhalle", "ovriga")
CONTROLLED = ("systematic_review", "rct", "quasi_experiment")
UNCONTROLLED = ("before_after", "proven_experience", "judgement")
MEASURES = {
    "probability": ("difference", "ratio", "odds_ratio", "hazard_ratio", "smd", "level"),
    "event": ("difference", "ratio", "odds_ratio", "hazard_ratio", "smd", "level"),
    "rate": ("difference", "ratio", "level"),
    "amount": ("difference", "ratio", "smd", "level"),
}
#: Part of the way to the edge of a domain that central values go, so that rounding never puts them outside.
_INSIDE = 0.999
KINDS = ("resource_cost", "transfer", "production", "production_loss", "health", "wellbeing", "wellbeing_loss")


def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    """Return numbers between two limits, with at most four decimals and both limits likely."""
    steps = max(1, round((high - low) * 10_000))
    return st.integers(0, steps).map(lambda step: min(high, max(low, round(low + (high - low) * step / steps, 4))))


@st.composite
def quantities(draw: st.DrawFn, low: float, high: float, certain: bool = False) -> Quantity:
    """Draw a quantity of any form without a reference, whose stated and central values lie between two limits."""
    forms = ("fixed",) if certain else ("fixed", "pert", "uniform", "triangular", "discrete", "estimate", "moments")
    form = draw(st.sampled_from(forms))
    a, b, c = sorted(draw(st.tuples(*[numbers(low, high)] * 3)))
    match form:
        case "pert":
            return Pert(low=a, mode=b, high=c)
        case "uniform":
            return Uniform(low=a, high=c)
        case "triangular":
            return Triangular(low=a, mode=b, high=c)
        case "discrete":
            weights = draw(st.tuples(*[numbers(0.1, 5)] * 3))
            return Discrete(values=(a, b, c), weights=weights)
        case "estimate":
            return Estimate(estimate=b, ci=(a, c), dist="normal")
        case "moments":
            return Moments(mean=b, sd=(c - a) / 4)
        case _:
            return Fixed(value=b)


@st.composite
def shares(draw: st.DrawFn, certain: bool = False) -> Quantity:
    """Draw a share between 0 and 1, also as counts or a beta distribution."""
    form = draw(st.sampled_from(("any",) if certain else ("any", "any", "counts", "beta")))
    if form == "counts":
        of = draw(st.integers(1, 200))
        return Counts(events=draw(st.integers(0, of)), of=of)
    if form == "beta":
        mean = draw(numbers(0.05, 0.95))
        return Moments(mean=mean, sd=0.4 * mean * (1 - mean), dist="beta")
    return draw(quantities(0, 1, certain))


@st.composite
def ratios(draw: st.DrawFn, low: float, high: float, certain: bool = False) -> Quantity:
    """Draw a positive ratio, also as an estimate with its interval, which is lognormal."""
    if not certain and draw(st.booleans()):
        a, b, c = sorted(draw(st.tuples(*[numbers(low, high)] * 3)))
        return Estimate(estimate=b, ci=(a, c))
    return draw(quantities(low, high, certain))


@st.composite
def money(draw: st.DrawFn, certain: bool = False) -> Quantity:
    """Draw an amount of up to 100,000 SEK, also gamma or lognormal."""
    if not certain and draw(st.booleans()):
        mean = draw(numbers(1, 100_000))
        dist = draw(st.sampled_from(("gamma", "lognormal")))
        return Moments(mean=mean, sd=mean * draw(numbers(0.05, 0.6)), dist=dist)
    return draw(quantities(0, 100_000, certain))


@st.composite
def fades(draw: st.DrawFn, certain: bool = False) -> Fade | None:
    """Draw a way to fade, every one, and none at all."""
    shape = draw(st.sampled_from((None, "none", "exponential", "linear", "table")))
    match shape:
        case None:
            return None
        case "exponential":
            return Fade(shape=shape, rate=draw(shares(certain)))
        case "linear":
            return Fade(shape=shape, over=draw(st.integers(1, 8)))
        case "table":
            return Fade(shape=shape, values=tuple(draw(st.lists(numbers(0, 1), min_size=1, max_size=5))))
        case _:
            return Fade(shape=shape)


@st.composite
def effects(draw: st.DrawFn, level: str, levels: list[float], certain: bool = False) -> Effect:
    """Draw an effect that keeps the central level with the intervention in its domain for every ordinary level."""
    measure = draw(st.sampled_from(MEASURES[level]))
    share, lowest, highest = level in ("probability", "event"), min(levels), max(levels)
    sd = None
    match measure:
        case "difference":
            low, high = (
                (-_INSIDE * lowest, _INSIDE * (1 - highest))
                if share
                else (-_INSIDE * lowest, 2.0)
                if level == "rate"
                else (-3.0, 3.0)
            )
            value = draw(quantities(low, high, certain))
        case "ratio":
            value = draw(ratios(0.1, min(3.0, _INSIDE / highest) if share and highest > 0 else 3.0, certain))
        case "odds_ratio" | "hazard_ratio":
            value = draw(ratios(0.1, 5.0, certain))
        case "smd":
            value = draw(quantities(-1.0, 1.0, certain))
            sd = draw(quantities(0.1, 3.0, certain)) if level == "amount" else None
        case _:
            value = draw(quantities(0.0, 1.0 if share else 3.0, certain))
    return Effect(measure=measure, value=value, sd=sd)


@st.composite
def consequences(
    draw: st.DrawFn, kinds: tuple[str, ...] = KINDS, certain: bool = False, prices: tuple[str, ...] = ()
) -> Consequence:
    """Draw a consequence of one of the kinds, with the keys that its kind has and no others."""
    kind = draw(st.sampled_from(kinds))
    fields: dict[str, object] = {
        "name": draw(st.sampled_from(("Vård", "Stöd", "Arbete", "Skola"))),
        "kind": kind,
        "quantity": draw(quantities(-2, 2, certain)),
        "delay": draw(st.integers(0, 4)),
        "duration": draw(st.integers(1, 4)),
    }
    if kind != "health":
        named = [Ref(ref=name) for name in prices]
        fields["price"] = draw(st.one_of(money(certain), *(st.just(ref) for ref in named)))
        fields["growth"] = draw(quantities(-0.03, 0.03, certain))
        fields["index"] = "none"
    if kind == "resource_cost":
        fields["payer"] = draw(st.sampled_from(ACTORS))
        listed = st.lists(shares(certain), min_size=1, max_size=3).map(tuple)
        fields["marginal"] = draw(st.one_of(shares(certain), listed))
        fields["realisable"] = draw(shares(certain))
    if kind == "transfer":
        fields["payer"], fields["payee"] = draw(st.lists(st.sampled_from(ACTORS), min_size=2, max_size=2, unique=True))
        fields["taxable"] = draw(st.booleans()) if fields["payee"] == "individ" else False
    link = draw(st.sampled_from(("accounting", "causal", "observational")))
    if kind in ("production", "production_loss") or draw(st.booleans()):
        fields["link"] = link
        if link == "observational":
            fields["causal_share"] = draw(shares(certain))
    return Consequence.model_validate(fields)


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
    grade = draw(st.sampled_from(CONTROLLED + UNCONTROLLED))
    adjusted = grade in UNCONTROLLED or draw(st.booleans())
    kinds = draw(st.sampled_from((KINDS[:5], ("resource_cost", "transfer", "wellbeing", "wellbeing_loss"))))
    fields: dict[str, object] = {
        "id": id,
        "name": f"Utfall {id}",
        "level": level,
        "better": draw(st.sampled_from(("lower", "higher"))),
        "ordinary": many[0] if len(many) == 1 else tuple(many),
        "effect": draw(effects(level, levels, certain)),
        "effect_on": draw(st.sampled_from(("all", "completers"))),
        "lag": draw(st.integers(0, 4)),
        "evidence_adjustment": draw(shares(certain)),
        "displacement": draw(shares(certain)),
        "evidence": Evidence(grade=grade, sources=("Källa",)),
        "consequences": tuple(draw(st.lists(consequences(kinds, certain, prices), max_size=3))),
    }
    if adjusted:
        fields |= {"deadweight": draw(shares(certain)), "attribution": draw(shares(certain)), "because": "Två insatser"}
    if level != "event":
        opened = draw(st.booleans())
        years = quantities(0, 6, certain)
        fields["holds"] = "open" if opened else draw(st.one_of(st.integers(0, 6).map(lambda n: Fixed(value=n)), years))
        fields["fades"] = None if opened else draw(fades(certain))
        fields["lasts"] = draw(st.none() | st.integers(1, 12))
    if survival:
        fields["survival"] = draw(st.sampled_from((None, True, False)))
    return Outcome.model_validate(fields)


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
        How many outcomes; a case without outcomes has costs.
    max_years
        Longest calculation.
    """
    years = draw(st.integers(1, max_years))
    shorter = draw(st.sets(st.integers(1, years), max_size=3))
    mortal = draw(st.booleans()) if survival is None else survival
    names = draw(st.sampled_from(((), ("timpris", "vårdpris"))))
    ids = [f"o{number}" for number in range(draw(st.integers(min_outcomes, max_outcomes)))]
    built = tuple(draw(outcomes(id, mortal, certain, names)) for id in ids)
    items = draw(st.lists(costs(years, certain, names), min_size=0 if built else 1, max_size=3))
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
        correlations=draw(correlations(named)),
        decision=draw(st.none() | decisions()),
        not_valued=draw(st.just(()) | st.just(("Anhörigas oro",))),
    )
