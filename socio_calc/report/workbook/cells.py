"""Where every input of a case stands in the workbook: references for the formulas of the calculation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from socio_calc.case import Consequence, CostItem, Outcome, OwnOutcome
from socio_calc.case.outcomes import Fade
from socio_calc.case.pathways import Pathway
from socio_calc.engine.plan import Line, OutcomePlan
from socio_calc.report.workbook.formula import Live


@dataclass(frozen=True, slots=True)
class RateCells:
    """A discount rate: one cell, or steps as two columns (`starts` is then the years from which they apply)."""

    first: Live
    starts: Live | None = None
    rates: Live | None = None


@dataclass(frozen=True, slots=True)
class CohortCells:
    """A group that starts in the same year.

    `weight` None: the case has no equity weights; `age` None: not followed by the life table; `women` None: both sexes.
    """

    name: str
    year: Live
    number: Live
    weight: Live | None
    age: Live | None
    women: Live | None


@dataclass(frozen=True, slots=True)
class CostCells:
    """A cost item; `amount`, or `hours`, `wage` and `contributions`. `years` is a column of years."""

    item: CostItem
    line: Line
    amount: Live | None
    hours: Live | None
    wage: Live | None
    contributions: Live | None
    quantity: Live
    growth: Live
    years: Live
    conversion: Live | None


@dataclass(frozen=True, slots=True)
class ConsequenceCells:
    """A consequence; `price` is in its own price year, None for health."""

    item: Consequence
    line: Line
    payee: str | None
    taxable: bool
    price: Live | None
    conversion: Live | None
    quantity: Live
    growth: Live | None
    delay: Live
    duration: Live
    marginal: tuple[Live, ...]
    realisable: Live | None
    causal_share: Live


@dataclass(frozen=True, slots=True)
class CourseCells:
    """An effect's course over time and its adjustments, of an outcome or a pathway.

    `once` is for an event, `completers` for effects on those who complete; `table` is the column of a table fade.
    """

    once: bool
    completers: bool
    fades: Fade | None
    lag: Live
    holds: Live | None
    rate: Live | None
    over: Live | None
    table: Live | None
    lasts: Live | None
    deadweight: Live
    attribution: Live
    evidence_adjustment: Live
    displacement: Live


@dataclass(frozen=True, slots=True)
class OutcomeCells:
    """An outcome: its levels, its effect and the effect's course."""

    item: Outcome
    plan: OutcomePlan
    ordinary: tuple[Live, ...]
    value: Live
    sd: Live | None
    course: CourseCells
    consequences: tuple[ConsequenceCells, ...]


@dataclass(frozen=True, slots=True)
class OwnCells:
    """An outcome that a Python function computes: both arms by year since entry as values, the rest as of others."""

    item: OwnOutcome
    plan: OutcomePlan
    ordinary: tuple[float, ...]
    intervention: tuple[float, ...]
    course: CourseCells
    consequences: tuple[ConsequenceCells, ...]


@dataclass(frozen=True, slots=True)
class MoveCells:
    """Where those in a state go: yearly probabilities by year since entry, and `rest`, where those who are left go."""

    state: str
    rest: str
    to: Mapping[str, tuple[Live, ...]]


@dataclass(frozen=True, slots=True)
class PathwayCells:
    """A pathway: shares at the start, moves, and effects in the order of the case with their course (None: no effects).

    `alive` is whether deaths come first.
    """

    item: Pathway
    alive: bool
    start: Mapping[str, Live]
    moves: tuple[MoveCells, ...]
    effects: tuple[Live, ...]
    course: CourseCells | None
    consequences: tuple[ConsequenceCells, ...]


@dataclass(frozen=True, slots=True)
class LifeCells:
    """The life table by age 0 … 100, as columns; a column is None when no group uses it."""

    women: Live | None
    men: Live | None
    both: Live | None


@dataclass(frozen=True, slots=True)
class InputCells:
    """All inputs."""

    first_year: Live
    horizons: tuple[Live, ...]
    rate: RateCells
    rate_health: RateCells | None
    timing: Live
    public_funds_factor: Live
    health_value: Live | None
    taxes: Mapping[str, Live]
    completion: Live
    cohorts: tuple[CohortCells, ...]
    costs: tuple[CostCells, ...]
    outcomes: tuple[OutcomeCells | OwnCells, ...]
    pathways: tuple[PathwayCells, ...]
    life: LifeCells | None
