"""The plan: a case with every name resolved and every price converted, as products, profiles and shapes.

`build_plan` is the only place where a case and the reference base meet. All that cannot be computed is collected and
raised as one `InputError`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from socio_calc.engine.columns import Column, Notice
from socio_calc.engine.copula import Copula
from socio_calc.engine.ledger import Taxes
from socio_calc.engine.terms import ONE, Factor, FloatArray, Product, Shape, Sum, Term


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
    shape: int
    alive: bool
    evidence_id: str | None
    ordinary_terms: tuple[Term, ...]
    difference_terms: tuple[Term, ...]


@dataclass(frozen=True)
class Line:
    """One line of costs or consequences: its yearly amount, and what each actor gains per krona of it.

    Attributes
    ----------
    source
        `cost`, or the outcome's id.
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
    columns: tuple[Column, ...]
    streams: int
    factors: tuple[Factor, ...]
    changes: tuple[Change, ...]
    shapes: tuple[Shape, ...]
    notices: tuple[Notice, ...]
    costs_used: Mapping[str, tuple[str, ...]]
    evidence_used: Mapping[str, tuple[str, ...]]
    baselines_used: Mapping[str, tuple[str, ...]]
    evidence_years: Mapping[str, float]
    copula: Copula | None = None

    @property
    def central(self) -> FloatArray:
        """Central values of all columns: the base case, shape (columns,)."""
        return np.array([column.central for column in self.columns], dtype=float)

    def discount_of(self, line: Line) -> FloatArray:
        """Return the discount factors that a line uses: health has its own rate where the case gives one."""
        return self.discount_health if line.kind == "health" else self.discount
