"""The algebra of a flow: products of uncertain factors times a profile over years.

Every flow of a calculation is a sum of terms `coefficient · Π factors · profile(t)`. Factors are arrays over draws
(a column of the draw matrix, its complement, the change i − b of an outcome); the profile is fixed, or the strength
w(a) of an effect spread over the years by a fixed matrix (years since entry, year of the calculation). Both the
year-by-year evaluation and the closed forms read the same terms.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product as cartesian
from typing import Literal

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Product:
    """`coefficient · Π factors`; factors are indices into the plan's factor list, sorted."""

    coefficient: float
    factors: tuple[int, ...] = ()

    def times(self, other: Product) -> Product:
        """Return the product of two products.

        >>> Product(2.0, (3,)).times(Product(0.5, (1,)))
        Product(coefficient=1.0, factors=(1, 3))
        """
        return Product(self.coefficient * other.coefficient, tuple(sorted(self.factors + other.factors)))

    def scaled(self, by: float) -> Product:
        """Return the product with its coefficient multiplied by `by`."""
        return Product(self.coefficient * by, self.factors)


ONE = Product(1.0)
#: A sum of products.
Sum = tuple[Product, ...]


def multiply(*sums: Sum) -> Sum:
    """Expand a product of sums into one sum.

    >>> multiply((Product(2.0),), (Product(1.0), Product(1.0, (4,))))
    (Product(coefficient=2.0, factors=()), Product(coefficient=2.0, factors=(4,)))
    """
    result = []
    for parts in cartesian(*sums):
        whole = ONE
        for part in parts:
            whole = whole.times(part)
        result.append(whole)
    return tuple(result)


@dataclass(frozen=True, slots=True)
class Factor:
    """How one factor is computed from a block of draws.

    `column`: x[column]; `complement`: 1 − x[column]; `ordinary` and `change`: b and i − b of an outcome at one entry
    of its list of ordinary levels (`column` is then an index into the plan's changes); `from_rate`: 1 − e^−x[column],
    the probability of a rate; `share`: one cell of a row of counts (`column` is an index into the plan's cells).
    """

    kind: Literal["column", "complement", "ordinary", "change", "from_rate", "share"]
    column: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row of counts: the column of its gamma, and those of all cells of the row (METHOD §6)."""

    column: int
    row: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """The strength w(a) of an effect by years since entry (METHOD §4), with what is uncertain in it.

    `holds` and `rate` are products (of at most one column); `holds` None means as long as the calculation runs.
    """

    lag: int
    holds: Product | None
    fade: Literal["cut", "none", "exponential", "linear", "table"]
    rate: Product | None = None
    over: int = 0
    table: tuple[float, ...] = ()
    lasts: int | None = None
    event: bool = False

    @property
    def uncertain(self) -> bool:
        """Whether w(a) differs between draws."""
        return bool((self.holds and self.holds.factors) or (self.rate and self.rate.factors))


@dataclass(frozen=True, slots=True)
class Course:
    """What stands in the place of a strength for a pathway: one state by years since entry, without survival.

    Attributes
    ----------
    pathway, state
        Indices into the plan's pathways and the pathway's states.
    kind
        `first`: occupancy when year a begins, π(a); `last`: when it ends, π(a + 1); `entries` within it.
    ordinary
        The ordinary arm itself; else what the intervention adds to it.
    uncertain
        Whether it differs between draws.
    """

    pathway: int
    state: int
    kind: Literal["first", "last", "entries"]
    ordinary: bool
    uncertain: bool


@dataclass(frozen=True, slots=True)
class OwnCourse:
    """What stands in the place of a strength for an outcome that a function of the analyst's own computes.

    Attributes
    ----------
    own
        Index into the plan's functions.
    ordinary
        The level b(a) itself; else i(a) − b(a).
    uncertain
        Whether it differs between draws.
    """

    own: int
    ordinary: bool
    uncertain: bool


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a flow: `product · Σ_a w(a) · spread[a, t] · (1 + growth)^t`.

    Attributes
    ----------
    product
        Coefficient and factors.
    shape
        Where w(a) comes from: an index into the plan's shapes, a course, or None for a fixed profile; then `spread`
        has one row.
    spread
        Shape (ages, years), or (1, years) when there is no shape. Fixed growth is already in it.
    growth
        Uncertain real price growth g, or None.
    """

    product: Product
    shape: int | Course | OwnCourse | None
    spread: FloatArray
    growth: Product | None = None
