"""Uncertain quantities become columns of the draw matrix (METHOD §8).

One `Register` walks over a case in the order of CASE_FORMAT. A named quantity, a cost row and an evidence row is one
column however often it is used; a quantity written in place is a column of its own; rows of one `draw_group` share
the uniform that drives them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from socio_calc.case import (
    BaselineRef,
    CostRef,
    Counts,
    Discrete,
    Estimate,
    EvidenceRef,
    Fixed,
    Moments,
    Pert,
    Quantity,
    Ref,
    Triangular,
    Uniform,
)
from socio_calc.engine import distributions as d
from socio_calc.engine.effects import RATIO_MEASURES
from socio_calc.engine.terms import Cell, Factor, Product
from socio_calc.problems import Place, Problem
from socio_calc.reference import CostRow, EvidenceRow, ReferenceBase, assumed_sd, spread_source

#: Width of a 95 % interval in standard deviations (METHOD §8).
INTERVAL_SDS = 3.919928
#: Assumed sd of a baseline, as a share of its value (or of the distance to 1).
ASSUMED_BASELINE_SD = 0.20


@dataclass(frozen=True, slots=True)
class Column:
    """One uncertain quantity.

    Attributes
    ----------
    key
        `quantities.NAME`, `cost:ID`, `evidence:ID` or the path in the case.
    stream
        Which uniform column drives it; shared within a draw group.
    distribution, central
        How it is drawn, and its value in the base case; in its own unit and price year.
    assumed
        Whether its spread is an assumption of ours and not of the source.
    group
        `tornado_group`, or None.
    """

    key: str
    stream: int
    distribution: d.Distribution
    central: float
    assumed: bool = False
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning that the plan itself gives: code of warnings.csv, path, and the values of its placeholders."""

    code: str
    path: str
    params: Mapping[str, object] = field(default_factory=dict)


class Register:
    """Collects columns, factors, problems and notices while a plan is built."""

    def __init__(
        self, base: ReferenceBase, quantities: Mapping[str, Quantity], ratio_names: frozenset[str] = frozenset()
    ) -> None:
        self.base = base
        self.quantities = quantities
        self.columns: list[Column] = []
        self.factors: list[Factor] = []
        self.cells: list[Cell] = []
        self.problems: list[Problem] = []
        self.notices: list[Notice] = []
        self.costs_used: dict[str, list[str]] = {}
        self.evidence_used: dict[str, list[str]] = {}
        self.baselines_used: dict[str, list[str]] = {}
        self._ratio_names = ratio_names
        self._by_key: dict[str, int] = {}
        self._streams: dict[str, int] = {}
        self._factor_index: dict[Factor, int] = {}

    # -- what a plan asks for -------------------------------------------------------------------------------------

    def number(self, quantity: Quantity, path: str) -> Product:
        """Return a quantity that is neither price, effect nor ordinary level."""
        resolved, key = self._named(quantity, path)
        if isinstance(resolved, CostRef | EvidenceRef | BaselineRef):
            return self._misplaced(resolved, path)
        return self._own(resolved, key)

    def price(self, quantity: Quantity, path: str) -> tuple[Product, CostRow | None]:
        """Return a price before conversion to the case's price year, and its row when it comes from the base."""
        resolved, key = self._named(quantity, path)
        if isinstance(resolved, CostRef):
            row = self.base.costs.get(resolved.cost)
            if row is None:
                self.problem("unknown-cost", path, id=resolved.cost)
                return Product(0.0), None
            self.costs_used.setdefault(row.id, []).append(path)
            return self._cost(row, resolved.tornado_group), row
        if isinstance(resolved, EvidenceRef | BaselineRef):
            return self._misplaced(resolved, path), None
        return self._own(resolved, key), None

    def effect(self, quantity: Quantity, measure: str, path: str) -> tuple[Product, EvidenceRow | None]:
        """Return an effect's value on the scale of its measure, and its evidence row where it has one."""
        resolved, key = self._named(quantity, path)
        if isinstance(resolved, EvidenceRef):
            return self._evidence(resolved, measure, path)
        if isinstance(resolved, CostRef | BaselineRef):
            return self._misplaced(resolved, path), None
        return self._own(resolved, key, ratio=measure in RATIO_MEASURES), None

    def ordinary(self, quantity: Quantity, level: str, path: str) -> Product:
        """Return a level under ordinary practice; a baseline of the base is drawn here, once for each path."""
        resolved, key = self._named(quantity, path)
        if isinstance(resolved, BaselineRef):
            return self._baseline(resolved, level, path)
        if isinstance(resolved, CostRef | EvidenceRef):
            return self._misplaced(resolved, path)
        return self._own(resolved, key)

    def from_rate(self, quantity: Quantity, path: str) -> Product:
        """Return 1 − e^−λ, the probability that goes with a rate λ per year (METHOD §6)."""
        rate = self.number(quantity, path)
        if not rate.factors:
            return Product(-math.expm1(-rate.coefficient))
        column = self.factors[rate.factors[0]].column
        if rate.coefficient != 1.0 or len(rate.factors) != 1:
            raise AssertionError(f"{path}: a rate is one column, unscaled")
        return Product(1.0, (self.factor(Factor("from_rate", column)),))

    def shares(self, counts: Mapping[str, float], path: str) -> dict[str, Product]:
        """Return the share of each cell of a row of counts: a Dirichlet, one gamma for each cell that is not 0."""
        counted = {name: count for name, count in counts.items() if count > 0.0}
        if len(counted) == 1:
            return {name: Product(1.0 if count > 0.0 else 0.0) for name, count in counts.items()}
        for name, count in counted.items():
            self._add(f"{path}.{name}", d.gamma(count, 1.0), count)
        row = tuple(self._by_key[f"{path}.{name}"] for name in counted)
        shares = {name: Product(0.0) for name in counts}
        for name, column in zip(counted, row, strict=True):
            self.cells.append(Cell(column, row))
            shares[name] = Product(1.0, (self.factor(Factor("share", len(self.cells) - 1)),))
        return shares

    def factor(self, factor: Factor) -> int:
        """Return the index of a factor, adding it when it is new."""
        if factor not in self._factor_index:
            self._factor_index[factor] = len(self.factors)
            self.factors.append(factor)
        return self._factor_index[factor]

    def complement(self, share: Product, path: str) -> Product:
        """Return 1 − share."""
        if not share.factors:
            return Product(1.0 - share.coefficient)
        column = self.factors[share.factors[0]].column
        if share.coefficient != 1.0 or len(share.factors) != 1:
            raise AssertionError(f"{path}: a share is one column, unscaled")
        return Product(1.0, (self.factor(Factor("complement", column)),))

    def problem(self, code: str, path: str, **params: object) -> None:
        """Note something that must be put right before anything can be computed."""
        self.problems.append(Problem(code, Place(path=path), params))

    def notice(self, code: str, path: str, **params: object) -> None:
        """Note something that the result must say."""
        if Notice(code, path, params) not in self.notices:
            self.notices.append(Notice(code, path, params))

    # -- how it is found ------------------------------------------------------------------------------------------

    def _named(self, quantity: Quantity, path: str) -> tuple[Quantity, str]:
        key, seen = path, set[str]()
        while isinstance(quantity, Ref):
            if quantity.ref not in self.quantities or quantity.ref in seen:
                self.problem("unknown-ref", path, name=quantity.ref, known=tuple(self.quantities))
                return Fixed(value=0.0), path
            seen.add(quantity.ref)
            key = f"quantities.{quantity.ref}"
            quantity = self.quantities[quantity.ref]
        return quantity, key

    def _misplaced(self, quantity: CostRef | EvidenceRef | BaselineRef, path: str) -> Product:
        code = {CostRef: "cost-not-here", EvidenceRef: "evidence-not-here", BaselineRef: "baseline-not-here"}
        self.problem(code[type(quantity)], path)
        return Product(0.0)

    def _add(
        self,
        key: str,
        distribution: d.Distribution,
        central: float,
        *,
        assumed: bool = False,
        group: str | None = None,
        stream: str | None = None,
    ) -> Product:
        if key not in self._by_key:
            stream_index = self._streams.setdefault(stream or key, len(self._streams))
            self._by_key[key] = len(self.columns)
            self.columns.append(Column(key, stream_index, distribution, central, assumed, group))
        return Product(1.0, (self.factor(Factor("column", self._by_key[key])),))

    def _own(self, quantity: Quantity, key: str, *, ratio: bool = False) -> Product:
        """Return a quantity whose distribution stands in the case itself."""
        name = key.removeprefix("quantities.")
        try:
            drawn = distribution_of(quantity, ratio=ratio or (key != name and name in self._ratio_names))
            if not isinstance(drawn, float) and not (math.isfinite(drawn[0].sd()) and math.isfinite(drawn[1])):
                raise OverflowError
        except (ValueError, OverflowError):
            self.problem("uncertainty-too-extreme", key)
            return Product(0.0)
        if isinstance(drawn, float):
            if not isinstance(quantity, Fixed):
                self.notice("zero-width-interval", key, q=key)
            return Product(drawn)
        distribution, central = drawn
        return self._add(key, distribution, central, group=quantity.tornado_group)

    def _cost(self, row: CostRow, group: str | None) -> Product:
        drawn = cost_distribution(row)
        if drawn is None:
            return Product(row.value)
        distribution, central, assumed = drawn
        stream = f"draw_group:{row.draw_group}" if row.draw_group else None
        return self._add(f"cost:{row.id}", distribution, central, assumed=assumed, group=group, stream=stream)

    def _evidence(self, quantity: EvidenceRef, measure: str, path: str) -> tuple[Product, EvidenceRow | None]:
        row = self.base.evidence.get(quantity.evidence)
        if row is None:
            self.problem("unknown-evidence", path, id=quantity.evidence)
            return Product(0.0), None
        if row.measure == "other" or row.estimate is None or row.usable == "trap":
            self.problem("evidence-not-usable", path, id=row.id)
            return Product(0.0), None
        if row.measure != measure and not (row.measure == "percent" and measure == "ratio"):
            found = "ratio" if row.measure == "percent" else row.measure
            self.problem("evidence-measure-differs", path, id=row.id, measure=measure, measure_found=found)
            return Product(0.0), None
        self.evidence_used.setdefault(row.id, []).append(path)
        estimate, low, high = (
            None if x is None else (1.0 + x / 100.0 if row.measure == "percent" else x)
            for x in (row.estimate, row.ci_low, row.ci_high)
        )
        if estimate is None:
            raise AssertionError(row.id)
        if low is None or high is None or low == high:
            self.notice("certain-effect", path, outcome=path)
            return Product(estimate), row
        if measure in RATIO_MEASURES and low <= 0.0:
            self.problem("evidence-not-usable", path, id=row.id)
            return Product(0.0), None
        distribution = interval_distribution(estimate, low, high, measure in RATIO_MEASURES, quantity.tau)
        # The row is one draw however often used, also where a use widens it by the spread between studies.
        stream = f"draw_group:{row.draw_group}" if row.draw_group else f"evidence:{row.id}"
        key = evidence_key(quantity)
        return self._add(key, distribution, estimate, group=quantity.tornado_group, stream=stream), row

    def _baseline(self, quantity: BaselineRef, level: str, path: str) -> Product:
        row = self.base.baselines.get(quantity.baseline)
        if row is None:
            self.problem("unknown-baseline", path, id=quantity.baseline)
            return Product(0.0)
        share = row.unit == "share"
        if (not share and row.unit != "per person-year") or share != (level in ("probability", "event")):
            self.problem("baseline-unit", path, id=row.id, unit=row.unit, level=level)
            return Product(0.0)
        self.baselines_used.setdefault(row.id, []).append(path)
        sd = ASSUMED_BASELINE_SD * (min(row.value, 1.0 - row.value) if share else row.value)
        if sd <= 0.0:
            return Product(row.value)
        distribution = d.from_moments("beta" if share else "gamma", row.value, sd)
        return self._add(path, distribution, row.value, assumed=True, group=quantity.tornado_group)


def evidence_key(quantity: EvidenceRef) -> str:
    """Return the key of an evidence row's column; with another between-study sd it is another quantity."""
    key = f"evidence:{quantity.evidence}"
    return key if quantity.tau is None else f"{key}:tau={quantity.tau:g}"


def interval_distribution(
    estimate: float, low: float, high: float, ratio: bool, tau: float | None = None
) -> d.Distribution:
    """Return the distribution of an estimate with its 95 % interval (METHOD §8).

    With `tau`, the between-study sd (on the ln scale for ratio measures), variances are added.
    """
    between = tau or 0.0
    if ratio:
        sigma = (math.log(high) - math.log(low)) / INTERVAL_SDS
        return d.lognormal(math.log(estimate), math.hypot(sigma, between))
    return d.normal(estimate, math.hypot((high - low) / INTERVAL_SDS, between))


def distribution_of(quantity: Quantity, *, ratio: bool = False) -> tuple[d.Distribution, float] | float:
    """Return (distribution, central value) of a quantity written in a case, or its value where it has no width.

    Parameters
    ----------
    quantity
        Any form of METHOD §8 but a reference.
    ratio
        Whether it is the value of a ratio measure: then an interval is lognormal.

    Raises
    ------
    ValueError
        When moments are impossible (the case's own checks find this first).
    """
    if isinstance(quantity, Fixed):
        return quantity.value
    if isinstance(quantity, Pert | Triangular):
        if quantity.low == quantity.high:
            return quantity.low
        make = d.pert if isinstance(quantity, Pert) else d.triangular
        distribution = make(quantity.low, quantity.mode, quantity.high)
        return distribution, distribution.mean()
    if isinstance(quantity, Uniform):
        if quantity.low == quantity.high:
            return quantity.low
        return d.uniform(quantity.low, quantity.high), (quantity.low + quantity.high) / 2.0
    if isinstance(quantity, Estimate):
        low, high = quantity.ci
        if low == high:
            return quantity.estimate
        lognormal = quantity.dist == "lognormal" or (ratio and quantity.dist is None)
        return interval_distribution(quantity.estimate, low, high, lognormal), quantity.estimate
    if isinstance(quantity, Moments):
        if quantity.sd == 0.0:
            return quantity.mean
        return d.from_moments(quantity.dist, quantity.mean, quantity.sd), quantity.mean
    if isinstance(quantity, Counts):
        alpha, beta = quantity.events + 0.5, quantity.of - quantity.events + 0.5
        return d.beta(alpha, beta), alpha / (alpha + beta)
    if isinstance(quantity, Discrete):
        if len(set(quantity.values)) == 1:
            return float(quantity.values[0])
        distribution = d.discrete(quantity.values, quantity.weights)
        return distribution, distribution.mean()
    raise TypeError(f"{type(quantity).__name__} is resolved by the register")


def cost_distribution(row: CostRow) -> tuple[d.Distribution, float, bool] | None:
    """Return (distribution, central value, whether its spread is assumed) of a price row, or None for a price of 0."""
    source = spread_source(row)
    if source == "assumed" or row.low is None or row.high is None:
        if row.value <= 0.0:
            return None
        return d.from_moments("gamma", row.value, assumed_sd(row) * row.value), row.value, True
    if row.spread == "ci95":
        return d.truncated_normal(row.value, (row.high - row.low) / INTERVAL_SDS), row.value, False
    distribution = d.pert(row.low, row.value, row.high)
    return distribution, distribution.mean(), source == "assumed_range"
