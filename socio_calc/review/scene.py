"""A case with everything that the plausibility checks look at: rows of the base, central values, gains by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from socio_calc.appraisal import Appraisal
from socio_calc.case import (
    Application,
    BaselineRef,
    Case,
    Consequence,
    CostRef,
    EvidenceRef,
    Outcome,
    Quantity,
    follow,
)
from socio_calc.case.dump import case_data
from socio_calc.engine.plan import Line, OutcomePlan
from socio_calc.engine.terms import Product
from socio_calc.engine.values import FactorValues
from socio_calc.engine.yearly import base_values
from socio_calc.reference import CostRow, EvidenceRow, ReferenceBase
from socio_calc.review.budget import Budget, budget_of
from socio_calc.review.fund_models import Fund


@dataclass(frozen=True)
class Priced:
    """A consequence with the outcome it belongs to, its price row (None for a price of one's own) and its line.

    `gain` is what society gains by it: discounted SEK in the base case at the longest horizon.
    """

    outcome: Outcome
    item: Consequence
    index: int
    row: CostRow | None
    line: Line
    gain: float

    @property
    def path(self) -> str:
        """Path of the consequence."""
        return f"outcomes.{self.outcome.id}.consequences.{self.index}"


@dataclass(frozen=True, eq=False)
class Scene:
    """A computed case. `application` is the case's, or one that names the fund that was asked for."""

    appraisal: Appraisal
    application: Application | None = None
    fund: Fund | None = None

    @property
    def case(self) -> Case:
        """The case."""
        return self.appraisal.case

    @property
    def base(self) -> ReferenceBase:
        """Prices, evidence and levels."""
        return self.appraisal.reference

    @cached_property
    def data(self) -> dict[str, Any]:
        """The case as it would be written, scenarios apart: what replacements start from."""
        return {key: value for key, value in case_data(self.case).items() if key != "scenarios"}

    @cached_property
    def budget(self) -> Budget:
        """Costs by calendar year."""
        return budget_of(self.appraisal)

    @cached_property
    def values(self) -> FactorValues:
        """Every factor in the base case."""
        return base_values(self.appraisal.plan)

    def number(self, product: Product) -> float:
        """Return a product of the plan in the base case."""
        return float(np.ravel(self.values.product(product))[0])

    def central(self, quantity: Quantity) -> float | None:
        """Return the central value of a quantity of the case, rows of the base followed."""
        followed = follow(quantity, self.case.quantities)
        if isinstance(followed, CostRef):
            return self.base.costs[followed.cost].value
        if isinstance(followed, EvidenceRef):
            return self.base.evidence[followed.evidence].estimate
        if isinstance(followed, BaselineRef):
            return self.base.baselines[followed.baseline].value
        return None if followed is None else followed.central

    def certain(self, quantity: Quantity, value: float) -> bool:
        """Say whether a quantity has a central value."""
        central = self.central(quantity)
        return central is not None and abs(central - value) < 1e-12

    @cached_property
    def plans(self) -> Mapping[str, OutcomePlan]:
        """Outcomes of the plan by id."""
        return {outcome.id: outcome for outcome in self.appraisal.plan.outcomes}

    def effect_value(self, outcome: Outcome) -> float:
        """Return the central effect in the measure of the case."""
        return self.number(self.plans[outcome.id].value)

    def evidence(self, outcome: Outcome) -> EvidenceRow | None:
        """Return the row that an effect comes from: the one it names, or the one that its sources name."""
        value = follow(outcome.effect.value, self.case.quantities)
        if isinstance(value, EvidenceRef):
            return self.base.evidence[value.evidence]
        text = " ".join((*outcome.evidence.sources, (value.source or "") if value is not None else ""))
        named = [row for row in self.base.evidence.values() if row.id in text.split() or (row.url and row.url in text)]
        return named[0] if len({row.id for row in named}) == 1 else None

    def texts_of(self, outcome: Outcome) -> str:
        """Return what a person wrote about where an effect comes from."""
        value = follow(outcome.effect.value, self.case.quantities)
        own = () if value is None else (value.source, value.note)
        return " ".join(text for text in (*outcome.evidence.sources, *own) if text)

    def span(self, outcome: Outcome) -> int:
        """Return the number of years in which at least a twentieth of the effect is left."""
        strength = self.values.strength(self.plans[outcome.id].shape)
        return int(np.count_nonzero(strength[: self.appraisal.longest, 0] >= 0.05))

    def strength(self, outcome: Outcome) -> list[float]:
        """Return the share of the effect that is left by year since entry, up to the longest horizon."""
        return [float(year) for year in self.values.strength(self.plans[outcome.id].shape)[: self.appraisal.longest, 0]]

    def levels(self, outcome: Outcome) -> tuple[float, ...]:
        """Return the central ordinary levels by year since entry (the last one goes on)."""
        return tuple(self.number(product) for product in self.plans[outcome.id].ordinary)

    @cached_property
    def priced(self) -> tuple[Priced, ...]:
        """Every consequence in the order of the case."""
        return tuple(self._priced())

    def _priced(self) -> Iterator[Priced]:
        lines = {line.path: (at, line) for at, line in enumerate(self.appraisal.plan.lines)}
        for outcome in self.case.outcomes:
            for index, item in enumerate(outcome.consequences):
                at, line = lines[f"outcomes.{outcome.id}.consequences.{index}"]
                row = None if line.cost_id is None else self.base.costs[line.cost_id]
                gain = float(self.appraisal.figures.discounted[at].sum())
                yield Priced(outcome, item, index, row, line, gain)

    def own_price(self, priced: Priced) -> float | None:
        """Return the central value of a price that is not from the base, None for others."""
        return None if priced.item.price is None or priced.row is not None else self.central(priced.item.price)

    def share_of_gain(self, outcome: Outcome) -> float:
        """Return the share of the gross gain that comes from an outcome, 0 where there is none."""
        mine = sum(max(priced.gain, 0.0) for priced in self.priced if priced.outcome.id == outcome.id)
        return mine / self.gross_gain if self.gross_gain > 0 else 0.0

    @property
    def gross_gain(self) -> float:
        """Sum of the consequences that society gains by, discounted SEK."""
        return sum(priced.gain for priced in self.priced if priced.gain > 0)

    def without(self, priced: Priced) -> dict[str, Any]:
        """Return the replacement that takes a consequence away."""
        outcome = next(item for item in self.data["outcomes"] if item["id"] == priced.outcome.id)
        kept = [item for index, item in enumerate(outcome["consequences"]) if index != priced.index]
        return {f"outcomes.{priced.outcome.id}.consequences": kept}

    @cached_property
    def participants(self) -> tuple[float, ...]:
        """Central number of participants of each cohort."""
        return tuple(self.number(cohort.number) for cohort in self.appraisal.plan.cohorts)

    def entry_age(self) -> float | None:
        """Return the lowest age at which participants enter; without it the highest of the target group."""
        ages = [cohort.age for cohort in self.case.participants if cohort.age is not None]
        if ages:
            return float(min(ages))
        group = None if self.application is None else self.application.target_group
        return None if group is None or group.age_max is None else float(group.age_max)
