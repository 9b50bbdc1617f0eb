"""The rows of a result: the names of CASE_FORMAT's JSON object, in Python and in every table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One measure of one perspective at one horizon, in one view.

    `base` is the base case; the others are over draws, None where CASE_FORMAT says null. `reason` is a code of the
    locale's `reason` texts when `base` is None.
    """

    view: str
    perspective: str
    horizon: int
    measure: str
    base: float | None
    mean: float | None = None
    sd: float | None = None
    p5: float | None = None
    p25: float | None = None
    p50: float | None = None
    p75: float | None = None
    p95: float | None = None
    mc_error: float | None = None
    probability_positive: float | None = None
    expected_loss: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """Undiscounted sums of an outcome over the years before a horizon, in both arms."""

    outcome: str
    horizon: int
    ordinary: float
    intervention: float
    difference: float
    difference_mean: float
    difference_p5: float
    difference_p95: float


@dataclass(frozen=True, slots=True)
class OccupancyRow:
    """Share of a pathway's participants in one state when a year since entry begins, in one arm.

    All cohorts together, each weighed by its number. `arm` is `ordinary` or `intervention`, the latter what remains
    of the effect after κ(1−D)AE (METHOD §4). `base` is the base case, the others are over draws.
    """

    pathway: str
    state: str
    arm: str
    year: int
    base: float
    mean: float
    p5: float
    p95: float


@dataclass(frozen=True, slots=True)
class StateYearRow:
    """Person-years in one state in one year of the calculation (0 = first year), base case, in both arms."""

    pathway: str
    state: str
    year: int
    ordinary: float
    intervention: float


@dataclass(frozen=True, slots=True)
class TransitionProbability:
    """Central probability of one transition in the years since entry from `year` on, until the next row's.

    `intervention` is the probability at full strength of the effect, before κ(1−D)AE; `written` says whether the case
    states it (else it is what is left of the row, or staying in a state without transitions). Without mortality.
    """

    pathway: str
    source: str
    target: str
    year: int
    ordinary: float
    intervention: float
    written: bool


@dataclass(frozen=True, slots=True)
class FlowRow:
    """An undiscounted base-case gain (+) or loss (−) of one actor in one year (0 = first year)."""

    year: int
    actor: str
    source: str
    line: str
    kind: str
    base: float


@dataclass(frozen=True, slots=True)
class ResultWarning:
    """Something that a reader of the result must know; `params` are raw values for its placeholders."""

    code: str
    path: str | None = None
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PayerRow:
    """One actor in the base case at the longest horizon: pays, gets, net, and when it breaks even.

    `cash` is the net that shows in the actor's budget; None for actors without a public budget. `health` is what of
    the effects is health and wellbeing valued in money: nobody is paid it.
    """

    actor: str
    cost: float
    effects: float
    net: float
    payback_year: float | None
    cash: float | None
    health: float


@dataclass(frozen=True, slots=True)
class Driver:
    """Share of the spread of the NPV that goes with one draw (squared rank correlation, normalised).

    `members` are the uncertain quantities that share the draw, most often one alone; `key` is the first of them.
    """

    key: str
    share: float
    members: tuple[str, ...]
