"""Life courses as states and yearly transitions between them, and what each state leads to (METHOD §6)."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import Field

from socio_calc.case.fields import AsNumber, Filled, Flag, Identifier, OpenPart, Part, Share, Span, Text, Year
from socio_calc.case.outcomes import Consequence, Effect, Evidence, Fade
from socio_calc.case.quantities import Fixed, Quantity
from socio_calc.case.quantity_fields import Holds, OneOrMany, OrRate, RateQuantity, ShareQuantity

#: Most states of a pathway: more than any life course that is followed up has, and few enough for a block's memory.
MOST_STATES: Final = 50
#: The state that survival leads to (METHOD §6).
DEAD: Final = "dead"
#: Keys of a row that cannot be names of states.
ROW_KEYS: Final = ("rest", "counts")

_People = Annotated[float, AsNumber("count", 0)]


class TransitionRate(Part):
    """A transition given as a rate λ per person and year: the probability is 1 − e^−λ (METHOD §6)."""

    rate: RateQuantity


Transition = Annotated[
    Quantity | TransitionRate | tuple[Quantity | TransitionRate, ...],
    OneOrMany(Annotated[Quantity | TransitionRate, OrRate(ShareQuantity, TransitionRate)]),
]


class TransitionRow(OpenPart):
    """Where those in one state go within a year: a probability for each state, or the counts of a study.

    States are the writer's own keys (`own`). Probabilities need `rest`, the state of those who are left; with counts
    it is the state itself unless it is named.
    """

    OWN_KEYS: ClassVar[Any] = Transition
    __pydantic_extra__: dict[str, Transition] = Field(init=False)

    counts: dict[Identifier, _People] | None = None
    rest: Identifier | None = None


class PathwayEffect(Effect):
    """What the intervention does to one transition: the effect's measure works on its yearly probability."""

    from_: Annotated[Identifier, Field(alias="from")]
    to: Identifier


class PathwayConsequence(Consequence):
    """What a year in a state, or an entry into it, leads to; all else as for outcomes."""

    state: Identifier
    per: Literal["year", "entry"] = "year"


class Pathway(Part):
    """States, where participants start, and how they move; what the intervention changes, and what follows.

    `fades` None: the effect ends with the hold. `survival` None: as the case. `holds` and `evidence` are for pathways
    with effects.
    """

    id: Identifier
    name: Filled
    states: Annotated[tuple[Identifier, ...], Field(min_length=1, max_length=MOST_STATES)]
    start: dict[Identifier, Share]
    transitions: dict[Identifier, TransitionRow]
    effects: tuple[PathwayEffect, ...] = ()
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
    evidence: Evidence | None = None
    consequences: tuple[PathwayConsequence, ...] = ()
