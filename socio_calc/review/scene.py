"""A case with everything that the plausibility checks look at: rows of the base, central values, gains by line."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np

from socio_calc.appraisal import Appraisal
from socio_calc.appraisal.gain_shares import gain_to_share
from socio_calc.case import (
    Application,
    BaselineRef,
    Case,
    Consequence,
    CostRef,
    EvidenceRef,
    Outcome,
    Pathway,
    Quantity,
    StatedEffect,
    follow,
    stated_effects,
)
from socio_calc.case.dump import case_data
from socio_calc.engine.plan import Line, OutcomePlan, PathwayPlan, Transition
from socio_calc.engine.terms import Product
from socio_calc.engine.values import FactorValues
from socio_calc.engine.yearly import base_values
from socio_calc.reference import CostRow, EvidenceRow, ReferenceBase
from socio_calc.review.budget import Budget, budget_of
from socio_calc.review.fund_models import Fund

#: What the intervention changes.
Owner: TypeAlias = Outcome | Pathway


@dataclass(frozen=True)
class Priced:
    """A consequence with the outcome or pathway that it belongs to, its price row and its line.

    `row` is None for a price of one's own.
    `gain` is what society gains by it: discounted SEK in the base case at the longest horizon.
    """

    owner: Owner
    item: Consequence
    index: int
    row: CostRow | None
    line: Line
    gain: float

    @property
    def path(self) -> str:
        """Path of the consequence."""
        return f"{Scene.path_of(self.owner)}.consequences.{self.index}"


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
    def effects(self) -> tuple[StatedEffect, ...]:
        """Every effect, on outcomes and on transitions."""
        return stated_effects(self.case)

    def effects_of(self, owner: Owner) -> tuple[StatedEffect, ...]:
        """Return the effects of one outcome or pathway."""
        return tuple(stated for stated in self.effects if stated.owner is owner)

    @staticmethod
    def path_of(owner: Owner) -> str:
        """Return the path of an outcome or a pathway."""
        return f"{'outcomes' if isinstance(owner, Outcome) else 'pathways'}.{owner.id}"

    @cached_property
    def plans(self) -> Mapping[str, OutcomePlan]:
        """Outcomes of the plan by id."""
        return {outcome.id: outcome for outcome in self.appraisal.plan.outcomes}

    @cached_property
    def _pathways(self) -> Mapping[str, PathwayPlan]:
        return {pathway.id: pathway for pathway in self.appraisal.plan.pathways}

    def _transition(self, stated: StatedEffect) -> Transition:
        listed = self._pathways[stated.owner.id].transitions
        return next(transition for transition in listed if transition.value_path == stated.path)

    def effect_value(self, stated: StatedEffect) -> float:
        """Return the central effect in the measure of the case."""
        if isinstance(stated.owner, Outcome):
            return self.number(self.plans[stated.owner.id].value)
        value = self._transition(stated).value
        return math.nan if value is None else self.number(value)

    def evidence(self, stated: StatedEffect) -> EvidenceRow | None:
        """Return the row that an effect comes from: the one it names, or the one that its sources name."""
        if isinstance(stated.value, EvidenceRef):
            return self.base.evidence[stated.value.evidence]
        text = self.texts_of(stated)
        named = [row for row in self.base.evidence.values() if row.id in text.split() or (row.url and row.url in text)]
        return named[0] if len({row.id for row in named}) == 1 else None

    def texts_of(self, stated: StatedEffect) -> str:
        """Return what a person wrote about where an effect comes from."""
        own = () if stated.value is None else (stated.value.source, stated.value.note)
        sources = () if stated.owner.evidence is None else stated.owner.evidence.sources
        return " ".join(text for text in (*sources, *own) if text)

    def span(self, owner: Owner) -> int:
        """Return the number of years in which at least a twentieth of the effect is left."""
        return sum(strength >= 0.05 for strength in self.strength(owner))

    def strength(self, owner: Owner) -> list[float]:
        """Return the share of the effect that is left by year since entry, up to the longest horizon."""
        shape = self.plans[owner.id].shape if isinstance(owner, Outcome) else self._pathways[owner.id].shape
        if shape is None:
            return []
        return [float(year) for year in self.values.strength(shape)[: self.appraisal.longest, 0]]

    def levels(self, stated: StatedEffect) -> tuple[float, ...]:
        """Return the central ordinary levels, or probabilities, by year since entry (the last one goes on)."""
        if isinstance(stated.owner, Outcome):
            return tuple(self.number(product) for product in self.plans[stated.owner.id].ordinary)
        return tuple(self.number(product) for product in self._transition(stated).probabilities)

    def change(self, priced: Priced) -> float:
        """Return the largest change in a year of what a consequence follows from: outcomes, or person-years."""
        if isinstance(priced.owner, Outcome):
            at = next(at for at, plan in enumerate(self.appraisal.plan.outcomes) if plan.id == priced.owner.id)
            return float(np.max(np.abs(self.appraisal.flows_base.difference[at])))
        state = getattr(priced.item, "state", None)
        rows = [row for row in self.appraisal.state_years if (row.pathway, row.state) == (priced.owner.id, state)]
        return max((abs(row.intervention - row.ordinary) for row in rows), default=0.0)

    @cached_property
    def priced(self) -> tuple[Priced, ...]:
        """Every consequence in the order of the case."""
        return tuple(self._priced())

    def _priced(self) -> Iterator[Priced]:
        lines = {line.path: (at, line) for at, line in enumerate(self.appraisal.plan.lines)}
        for owner in self.case.changed:
            for index, item in enumerate(owner.consequences):
                at, line = lines[f"{self.path_of(owner)}.consequences.{index}"]
                row = None if line.cost_id is None else self.base.costs[line.cost_id]
                gain = float(self.appraisal.figures.discounted[at].sum())
                yield Priced(owner, item, index, row, line, gain)

    def own_price(self, priced: Priced) -> float | None:
        """Return the central value of a price that is not from the base, None for others."""
        return None if priced.item.price is None or priced.row is not None else self.central(priced.item.price)

    def share_of_gain(self, owner: Owner) -> float:
        """Return the share of the gains that comes from an outcome or a pathway, 0 where no share can be told."""
        mine = sum(max(priced.gain, 0.0) for priced in self.priced if priced.owner is owner)
        return mine / self.gain_to_share if self.gain_to_share > 0 else 0.0

    @cached_property
    def gain_to_share(self) -> float:
        """Sum of the consequences that society gains by, discounted SEK; 0 where losses leave no gain to share."""
        return gain_to_share((priced.gain for priced in self.priced), self.appraisal.base("pv_costs"))

    def without(self, priced: Priced) -> dict[str, Any]:
        """Return the replacement that takes a consequence away."""
        kind, path = self.path_of(priced.owner).partition(".")[0], self.path_of(priced.owner)
        owner = next(item for item in self.data[kind] if item["id"] == priced.owner.id)
        kept = [item for index, item in enumerate(owner["consequences"]) if index != priced.index]
        return {f"{path}.consequences": kept}

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
