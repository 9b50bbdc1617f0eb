"""The plan: a case with every name resolved and every price converted, as products, profiles and shapes.

`build_plan` is the only place where a case and the reference base meet. All that cannot be computed is collected and
raised as one `InputError`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from socio_calc.engine.columns import Column, Notice
from socio_calc.engine.copula import Copula
from socio_calc.engine.ledger import Taxes
from socio_calc.engine.own_functions import OwnFunction
from socio_calc.engine.terms import ONE, Cell, Course, Factor, FloatArray, OwnCourse, Product, Shape, Sum, Term


@dataclass(frozen=True)
class Cohort:
    """Participants who enter in one year: n_c as a product, S(a) for a = 0 … years, and the equity weight."""

    year: int
    number: Product
    alive: FloatArray
    weight: float
    path: str


@dataclass(frozen=True)
class Change:
    """b, the effect's value and its measure: what the factors `ordinary` (b, clipped) and `change` (i − b) need."""

    level: str
    measure: str
    ordinary: Product
    value: Product
    sd: Product | None
    path: str
    outcome: str


@dataclass(frozen=True)
class OutcomePlan:
    """One outcome: both arms as terms per year, and what makes up its effect (METHOD §4).

    Attributes
    ----------
    adjustment
        κ(1−D)AE as one product.
    changes
        i − b for each entry of the list of ordinary levels (the last one goes on).
    shape
        The strength w(a): an index into the plan's shapes. Of an outcome that a function computes the course of i − b;
        then `changes` is 1, and `ordinary`, `value` and `sd` say nothing.
    ordinary_terms, difference_terms
        Σ n_c·b·S, and ΔO(t).
    """

    id: str
    name: str
    level: str
    better: str
    measure: str
    path: str
    ordinary: tuple[Product, ...]
    value: Product
    sd: Product | None
    adjustment: Product
    changes: tuple[Product, ...]
    shape: int | OwnCourse
    alive: bool
    evidence_id: str | None
    ordinary_terms: tuple[Term, ...]
    difference_terms: tuple[Term, ...]


@dataclass(frozen=True)
class Transition:
    """One transition of a pathway that is written, and what the intervention does to it (METHOD §6).

    Attributes
    ----------
    source, target
        Indices of states.
    probabilities
        By year since entry, the last going on, before they are limited to 0 … 1.
    measure, value
        The effect on it; None where the intervention leaves it as it is.
    path, value_path
        Where they stand in the case.
    """

    source: int
    target: int
    path: str
    probabilities: tuple[Product, ...]
    measure: str | None = None
    value: Product | None = None
    value_path: str | None = None


@dataclass(frozen=True)
class StatePlan:
    """One state of a pathway: person-years of both arms as terms per year; `id` is `PATHWAY.STATE`."""

    id: str
    pathway: str
    state: str
    ordinary_terms: tuple[Term, ...]
    difference_terms: tuple[Term, ...]


@dataclass(frozen=True)
class PathwayPlan:
    """One pathway (METHOD §6).

    Attributes
    ----------
    states
        Names, `dead` last where survival adds it.
    start
        Share in each state at entry, shape (states,).
    rest
        By the index of a state that has a row: which state gets what is left of the row.
    shape
        Strength of all its effects; None without effects.
    adjustment
        κ(1−D)AE as one product.
    alive, dead
        Whether the life table counts, and the index of the state that it leads to.
    followed, entered
        States that lines need, with those that lead to them; and those whose entries lines count.
    uncertain
        Whether anything in the states differs between draws.
    evidence_ids
        Evidence row of each effect, None where an effect has none.
    by_state
        Person-years of each state.
    """

    id: str
    name: str
    path: str
    states: tuple[str, ...]
    start: FloatArray
    transitions: tuple[Transition, ...]
    rest: Mapping[int, int]
    shape: int | None
    adjustment: Product
    alive: bool
    dead: int | None
    followed: tuple[int, ...]
    entered: tuple[int, ...]
    uncertain: bool
    evidence_ids: tuple[str | None, ...]
    by_state: tuple[StatePlan, ...]

    @cached_property
    def years_listed(self) -> int:
        """Years since entry until the ordinary transitions no longer change."""
        return max((len(transition.probabilities) for transition in self.transitions), default=1)

    @cached_property
    def leaving(self) -> Mapping[int, tuple[int, ...]]:
        """Indices of the written transitions by the state that they leave, in their order."""
        found: dict[int, list[int]] = {}
        for index, transition in enumerate(self.transitions):
            found.setdefault(transition.source, []).append(index)
        return {source: tuple(listed) for source, listed in found.items()}


@dataclass(frozen=True)
class Line:
    """One line of costs or consequences: its yearly amount, and what each actor gains per krona of it.

    Attributes
    ----------
    source
        `cost`, or the id of the outcome or pathway.
    entries
        Per krona of the yearly amount, by actor (METHOD §2).
    terms
        The yearly amount in kronor of the case's price year; for consequences ΔO ∗ q·p·μ·σ.
    overflow
        The same for the years that delay and duration put after the calculation (for `share_cut`).
    qaly_terms
        QALYs by year, for kind health.
    weighted_terms
        Yearly amount with n_c·(weight_c − 1) in the place of n_c, for `npv_weighted`; empty without weights.
    price, conversion, quantity
        The price before conversion, the factor to the case's price year, and units for each outcome unit.
    taxed
        Kronor on which local tax is paid, per krona of the yearly amount.
    realisable
        ρ, the part of a gain that leaves the payer's budget.
    """

    source: str
    name: str
    kind: str
    path: str
    entries: Mapping[str, float]
    terms: tuple[Term, ...]
    price: Sum = (ONE,)
    conversion: float = 1.0
    quantity: Product = ONE
    growth: Product = field(default_factory=lambda: Product(0.0))
    payer: str | None = None
    cost_id: str | None = None
    price_year: int | None = None
    index: str | None = None
    realisable: Product = ONE
    marginal: tuple[Product, ...] = (ONE,)
    causal_share: Product = ONE
    displaced: Product = ONE
    taxed: float = 0.0
    delay: int = 0
    duration: int = 1
    grant: bool = False
    replaces: bool = False
    overflow: tuple[Term, ...] = ()
    qaly_terms: tuple[Term, ...] = ()
    weighted_terms: tuple[Term, ...] = ()

    @property
    def is_cost(self) -> bool:
        """Whether the line belongs to the intervention's own costs (C) and not to its effects (B)."""
        return self.source == "cost"


@dataclass(frozen=True)
class Plan:
    """Everything that the engine needs, and nothing that it does not.

    Attributes
    ----------
    years, horizons
        Length of the calculation (the longest horizon) and all horizons, rising.
    discount, discount_health
        d(t), shape (years,); health lines use the second.
    columns, streams
        Uncertain quantities, and the number of uniform columns that drive them.
    copula
        Which of those go together; None where the case has no correlations.
    certain_courses
        Courses of pathways and of functions that no draw changes, by years since entry.
    own
        Functions that compute outcomes, in the order of those; they come last in `outcomes`.
    """

    years: int
    first_year: int
    price_year: int
    horizons: tuple[int, ...]
    first_rate: float
    discount: FloatArray
    discount_health: FloatArray
    taxes: Taxes
    public_funds_factor: Product
    health_value: Product | None
    completion: Product
    cohorts: tuple[Cohort, ...]
    lines: tuple[Line, ...]
    outcomes: tuple[OutcomePlan, ...]
    pathways: tuple[PathwayPlan, ...]
    columns: tuple[Column, ...]
    streams: int
    factors: tuple[Factor, ...]
    changes: tuple[Change, ...]
    cells: tuple[Cell, ...]
    shapes: tuple[Shape, ...]
    notices: tuple[Notice, ...]
    costs_used: Mapping[str, tuple[str, ...]]
    evidence_used: Mapping[str, tuple[str, ...]]
    baselines_used: Mapping[str, tuple[str, ...]]
    evidence_years: Mapping[str, float]
    copula: Copula | None = None
    certain_courses: Mapping[Course | OwnCourse, FloatArray] = field(default_factory=dict)
    own: tuple[OwnFunction, ...] = ()

    @property
    def central(self) -> FloatArray:
        """Central values of all columns: the base case, shape (columns,)."""
        return np.array([column.central for column in self.columns], dtype=float)

    def discount_of(self, line: Line) -> FloatArray:
        """Return the discount factors that a line uses: health has its own rate where the case gives one."""
        return self.discount_health if line.kind == "health" else self.discount

    @property
    def states(self) -> tuple[StatePlan, ...]:
        """The states of all pathways, in the order of the result."""
        return tuple(state for pathway in self.pathways for state in pathway.by_state)

    @property
    def bytes_per_draw(self) -> int:
        """Memory that pathways and functions of one draw take while they are followed for the lines."""
        functions = sum(16 * self.years for own in self.own if own.uncertain)
        return functions + sum(
            8 * ((self.years + 1) * len(pathway.followed) + self.years * len(pathway.entered))
            for pathway in self.pathways
            if pathway.uncertain
        )
