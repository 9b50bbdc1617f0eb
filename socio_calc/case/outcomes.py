"""What the intervention changes (METHOD §4) and what each change leads to (METHOD §5)."""

from __future__ import annotations

from typing import Literal

from socio_calc.case.costs import Actor, index_of
from socio_calc.case.fields import CalendarYear, Filled, Flag, Identifier, Number, Part, Span, Text, Year
from socio_calc.case.quantities import Fixed
from socio_calc.case.quantity_fields import (
    AnyQuantity,
    EffectQuantity,
    FactorQuantity,
    GrowthQuantity,
    Holds,
    OrdinaryLevel,
    PriceQuantity,
    ShareByYear,
    ShareQuantity,
)

Kind = Literal["resource_cost", "transfer", "production", "production_loss", "health", "wellbeing", "wellbeing_loss"]
Measure = Literal["difference", "ratio", "odds_ratio", "hazard_ratio", "smd", "level"]
Grade = Literal["systematic_review", "rct", "quasi_experiment", "before_after", "proven_experience", "judgement"]


class Effect(Part):
    """The size of an effect, in the measure of its source; `sd` for a standardised difference of an amount."""

    measure: Measure
    value: EffectQuantity
    sd: FactorQuantity | None = None


class Fade(Part):
    """How an effect fades after its full years: `rate` for exponential, `over` for linear, `values` for a table."""

    shape: Literal["none", "exponential", "linear", "table"]
    rate: ShareQuantity | None = None
    over: Span | None = None
    values: tuple[Number, ...] | None = None


class Evidence(Part):
    """How the effect was shown, and where to read about it."""

    grade: Grade
    sources: tuple[Text, ...]


class Consequence(Part):
    """What one unit of the outcome leads to.

    None stands for what a price `{cost: ID}` brings (`kind`, `payer`, `payee`, `taxable`, `price_year`, `index`), for
    the case's `price_year`, and for a `link` that was not stated. `index` is None with a `{ref: NAME}` too: what is
    named may be a row of the list; where it is not, None means kpif.
    """

    name: Filled
    price: PriceQuantity | None = None
    quantity: AnyQuantity = Fixed(value=1)
    kind: Kind | None = None
    payer: Actor | None = None
    payee: Actor | None = None
    taxable: Flag | None = None
    price_year: CalendarYear | None = None
    index: Filled | None = index_of("price")
    growth: GrowthQuantity = Fixed(value=0)
    delay: Year = 0
    duration: Span = 1
    marginal: ShareByYear = Fixed(value=1)
    realisable: ShareQuantity = Fixed(value=1)
    causal_share: ShareQuantity | None = None
    link: Literal["accounting", "causal", "observational"] | None = None


class Outcome(Part):
    """An outcome under ordinary practice and with the intervention, and its consequences.

    `fades` None: the effect ends with the hold. `survival` None: as the case.
    """

    id: Identifier
    name: Filled
    level: Literal["probability", "rate", "amount", "event"]
    better: Literal["lower", "higher"]
    ordinary: OrdinaryLevel
    effect: Effect
    effect_on: Literal["all", "completers"] = "all"
    lag: Year = 0
    holds: Holds | None = None
    fades: Fade | None = None
    lasts: Span | None = None
    survival: Flag | None = None
    deadweight: ShareQuantity = Fixed(value=0)
    attribution: ShareQuantity = Fixed(value=1)
    evidence_adjustment: ShareQuantity = Fixed(value=1)
    displacement: ShareQuantity = Fixed(value=0)
    because: Text = ""
    evidence: Evidence
    consequences: tuple[Consequence, ...] = ()
