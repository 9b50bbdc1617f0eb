"""Parts of random cases: numbers of every form, effects, their course over time, and what they lead to."""

from __future__ import annotations

from hypothesis import strategies as st

from socio_calc.case import (
    Consequence,
    Counts,
    Discrete,
    Effect,
    Estimate,
    Evidence,
    Fade,
    Fixed,
    Moments,
    Pert,
    Quantity,
    Ref,
    Triangular,
    Uniform,
)

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
INSIDE = 0.999
KINDS = ("resource_cost", "transfer", "production", "production_loss", "health", "wellbeing", "wellbeing_loss")
#: Kinds that may stand beside each other: wellbeing has in it what QALYs and production would count.
KINDS_TOGETHER = st.sampled_from((KINDS[:5], ("resource_cost", "transfer", "wellbeing", "wellbeing_loss")))


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
                (-INSIDE * lowest, INSIDE * (1 - highest))
                if share
                else (-INSIDE * lowest, 2.0)
                if level == "rate"
                else (-3.0, 3.0)
            )
            value = draw(quantities(low, high, certain))
        case "ratio":
            value = draw(ratios(0.1, min(3.0, INSIDE / highest) if share and highest > 0 else 3.0, certain))
        case "odds_ratio" | "hazard_ratio":
            value = draw(ratios(0.1, 5.0, certain))
        case "smd":
            value = draw(quantities(-1.0, 1.0, certain))
            sd = draw(quantities(0.1, 3.0, certain)) if level == "amount" else None
        case _:
            value = draw(quantities(0.0, 1.0 if share else 3.0, certain))
    return Effect(measure=measure, value=value, sd=sd)


@st.composite
def consequence_fields(
    draw: st.DrawFn, kinds: tuple[str, ...] = KINDS, certain: bool = False, prices: tuple[str, ...] = ()
) -> dict[str, object]:
    """Draw the fields of a consequence of one of the kinds: the keys that its kind has and no others."""
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
    return fields


def consequences(
    kinds: tuple[str, ...] = KINDS, certain: bool = False, prices: tuple[str, ...] = ()
) -> st.SearchStrategy[Consequence]:
    """Return consequences of an outcome."""
    return consequence_fields(kinds, certain, prices).map(Consequence.model_validate)


@st.composite
def courses(draw: st.DrawFn, survival: bool = False, certain: bool = False, once: bool = False) -> dict[str, object]:
    """Draw what outcomes and pathways have alike: an effect's course over time, its adjustments and its evidence.

    `once` is for an event, which has no course.
    """
    grade = draw(st.sampled_from(CONTROLLED + UNCONTROLLED))
    fields: dict[str, object] = {
        "effect_on": draw(st.sampled_from(("all", "completers"))),
        "lag": draw(st.integers(0, 4)),
        "evidence_adjustment": draw(shares(certain)),
        "displacement": draw(shares(certain)),
        "evidence": Evidence(grade=grade, sources=("Källa",)),
    }
    if grade in UNCONTROLLED or draw(st.booleans()):
        fields |= {"deadweight": draw(shares(certain)), "attribution": draw(shares(certain)), "because": "Två insatser"}
    if not once:
        opened = draw(st.booleans())
        years = quantities(0, 6, certain)
        fields["holds"] = "open" if opened else draw(st.one_of(st.integers(0, 6).map(lambda n: Fixed(value=n)), years))
        fields["fades"] = None if opened else draw(fades(certain))
        fields["lasts"] = draw(st.none() | st.integers(1, 12))
    if survival:
        fields["survival"] = draw(st.sampled_from((None, True, False)))
    return fields
