"""What one calculation amounts to: every measure of METHOD §7 for one draw, exactly (the base case is one).

A measure that does not exist is a `Figure` without a value but with a reason, never a made-up number.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from socio_calc.appraisal.rates import all_rates, sign_changes
from socio_calc.engine.ledger import ACTORS, PERSPECTIVES, PUBLIC
from socio_calc.engine.plan import OutcomePlan, Plan
from socio_calc.engine.program import part_of
from socio_calc.engine.yearly import BaseFlows, public_share

FloatArray = NDArray[np.float64]

VIEWS: dict[str, frozenset[str]] = {
    "all": frozenset(),
    "without_production": frozenset({"production"}),
    "without_health": frozenset({"health", "wellbeing"}),
}
#: In every test of sign, amounts within this share of the gross entries that make them count as 0 (METHOD §7).
TOLERANCE = 1e-9
#: View, perspective, horizon, measure.
Key = tuple[str, str, int, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """A value, or the reason why there is none (a code of the locale's `reason` texts)."""

    value: float | None
    reason: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class LedgerLine:
    """The entries of one line, shape (actors, years), undiscounted; gains are positive."""

    source: str
    name: str
    kind: str
    part: str
    entries: FloatArray
    discount: FloatArray
    grant: bool = False

    @property
    def discounted(self) -> FloatArray:
        """Entries times their discount factors."""
        return self.entries * self.discount[None, :]


def ledger_lines(plan: Plan, flows: BaseFlows) -> list[LedgerLine]:
    """Return every line of the ledger, the λ lines last (METHOD §2)."""
    lines = [
        LedgerLine(
            line.source,
            line.name,
            line.kind,
            part_of(line),
            np.array([line.entries.get(actor, 0.0) * amount for actor in ACTORS]),
            plan.discount_of(line),
            line.grant,
        )
        for line, amount in zip(plan.lines, flows.amounts, strict=True)
    ]
    if flows.public_funds_factor != 1.0:
        for part in ("cost", "money", "production"):
            flow = np.zeros(plan.years)
            for line, amount in zip(plan.lines, flows.amounts, strict=True):
                if part_of(line) == part:
                    flow += public_share(line) * amount
            if np.any(flow):
                entries = np.zeros((len(ACTORS), plan.years))
                entries[ACTORS.index("ovriga")] = (flows.public_funds_factor - 1.0) * flow
                source = "cost" if part == "cost" else "effects"
                name = "public_funds_factor"
                lines.append(LedgerLine(source, name, "public_funds", part, entries, plan.discount))
    return lines


class DrawFigures:
    """All measures of one draw.

    Parameters
    ----------
    plan, flows
        The compiled case and its yearly flows in this draw.
    """

    def __init__(self, plan: Plan, flows: BaseFlows) -> None:
        self.plan = plan
        self.flows = flows
        self.lines = ledger_lines(plan, flows)
        shape = (len(self.lines), len(ACTORS), plan.years)
        self.discounted = np.array([line.discounted for line in self.lines]).reshape(shape)
        self.undiscounted = np.array([line.entries for line in self.lines]).reshape(shape)
        self._parts = np.array([line.part for line in self.lines], dtype=object)
        self._cost = self._parts == "cost"
        self._public_funds = np.array([line.kind == "public_funds" for line in self.lines], dtype=bool)

    def items(self) -> Iterator[tuple[Key, Figure]]:
        """Yield every measure of CASE_FORMAT's result, in its order."""
        for view in VIEWS:
            for perspective in PERSPECTIVES:
                for horizon in self.plan.horizons:
                    for measure, figure in self._row(view, perspective, horizon):
                        yield (view, perspective, horizon, measure), figure

    def as_dict(self) -> dict[Key, Figure]:
        """Return every measure by its key."""
        return dict(self.items())

    # -- sums -----------------------------------------------------------------------------------------------------

    def pv(
        self, perspective: str, horizon: int, lines: NDArray[np.bool_], tolerance: float = TOLERANCE
    ) -> tuple[float, float]:
        """Return (present value of what the actors gain on `lines`, sum of the absolute entries)."""
        actors = [ACTORS.index(actor) for actor in PERSPECTIVES[perspective]]
        entries = self.discounted[lines][:, actors, :horizon]
        total, gross = float(entries.sum()), float(np.abs(entries).sum())
        return (0.0 if abs(total) <= tolerance * gross else total), gross

    def lines_of(self, view: str) -> NDArray[np.bool_]:
        """Return which lines a view keeps."""
        return np.array([part not in VIEWS[view] for part in self._parts], dtype=bool)

    def net_by_year(self, perspective: str, discounted: bool = True) -> FloatArray:
        """Return what the actors of a perspective gain net in each year, shape (years,)."""
        actors = [ACTORS.index(actor) for actor in PERSPECTIVES[perspective]]
        entries = (self.discounted if discounted else self.undiscounted)[:, actors, :]
        net = entries.sum(axis=(0, 1))
        return np.where(np.abs(net) <= TOLERANCE * np.abs(entries).sum(axis=(0, 1)), 0.0, net)

    def actor_by_year(self, actor: str, costs: bool) -> FloatArray:
        """Return an actor's discounted gains by year from the costs, or from the effects, shape (years,)."""
        return np.asarray(self.discounted[self._cost == costs][:, ACTORS.index(actor), :].sum(axis=0))

    # -- measures -------------------------------------------------------------------------------------------------

    def _row(self, view: str, perspective: str, horizon: int) -> Iterator[tuple[str, Figure]]:
        kept = self.lines_of(view)
        cost = -self.pv(perspective, horizon, kept & self._cost)[0] + 0.0
        effects = self.pv(perspective, horizon, kept & ~self._cost)[0]
        net = self.pv(perspective, horizon, kept)[0]
        yield "npv", Figure(net)
        yield "pv_costs", Figure(cost)
        yield "pv_effects", Figure(effects)
        if view != "all":
            return
        if perspective in PUBLIC or perspective == "public":
            yield "npv_cash", Figure(self.cash(perspective, horizon))
        missing_cost = None if cost > 0 else "net-saving" if cost < 0 else "no-cost"
        yield "bcr", Figure(None, missing_cost) if missing_cost else Figure(effects / cost)
        yield "payback_year", self.payback(perspective)
        yield "irr", self.rate(perspective, horizon)
        break_even = _break_even(cost, effects)
        yield "break_even_effect", break_even
        if perspective == "societal":
            yield from self._societal(horizon, cost, net, break_even)

    def cash(self, perspective: str, horizon: int) -> float:
        """Return `npv_cash`: of each entry that is a gain on a resource cost only ρ counts (METHOD §5)."""
        total = 0.0
        values = self._realisable
        for actor in PERSPECTIVES[perspective]:
            row = ACTORS.index(actor)
            entries = self.discounted[:, row, :horizon]
            counted = np.where(entries > 0, values[:, None], 1.0) * entries
            summed, gross = float(counted.sum()), float(np.abs(counted).sum())
            total += 0.0 if abs(summed) <= TOLERANCE * gross else summed
        return total

    @property
    def _realisable(self) -> FloatArray:
        """ρ of each ledger line; 1 for all but resource costs of outcomes."""
        shares = self.flows.realisable
        return np.concatenate([shares, np.ones(len(self.lines) - len(shares))])

    def rate(self, perspective: str, horizon: int) -> Figure:
        """Return the internal rate nearest the first discount rate; `note` says when there are several."""
        flows = self.net_by_year(perspective, discounted=False)[:horizon]
        if sign_changes(flows) == 0:
            return Figure(None, "no-sign-change")
        rates = all_rates(flows)
        if not rates:
            return Figure(None, "no-root")
        nearest = min(rates, key=lambda rate: abs(rate - self.plan.first_rate))
        return Figure(nearest, note="several-irr" if len(rates) > 1 else None)

    def payback(self, perspective: str) -> Figure:
        """Return the year (counted from 1) in which the discounted net flow has caught up and stays so."""
        cost, _ = self.pv(perspective, self.plan.years, self._cost)
        if -cost <= 0:
            return Figure(None, "no-cost" if cost == 0 else "net-saving")
        year = payback_year(self.net_by_year(perspective))
        return Figure(None, "never-payback") if year is None else Figure(float(year))

    def _societal(self, horizon: int, cost: float, net: float, break_even: Figure) -> Iterator[tuple[str, Figure]]:
        for index, outcome in enumerate(self.plan.outcomes):
            if outcome.level in ("probability", "event"):
                yield f"break_even_number:{outcome.id}", self._break_even_number(outcome, index, break_even)
        for index, outcome in enumerate(self.plan.outcomes):
            yield f"cost_per_outcome:{outcome.id}", self._cost_per_outcome(outcome, index, horizon, cost)
        has_health = any(line.kind == "health" for line in self.plan.lines)
        qalys = float((self.flows.qalys * self.plan.discount_health)[:, :horizon].sum())
        plain = float(self.flows.qalys[:, :horizon].sum())
        yield "qalys", Figure(qalys) if has_health else Figure(None, "no-health")
        yield "qalys_undiscounted", Figure(plain) if has_health else Figure(None, "no-health")
        yield "mvpf", self._mvpf(horizon)
        grant_lines = np.array([line.grant for line in self.lines], dtype=bool)
        grant = -self.pv("societal", horizon, grant_lines)[0]
        yield "npv_per_grant_krona", Figure(net / grant) if grant > 0 else Figure(None, "no-grant")
        individ = ACTORS.index("individ")
        extra = 0.0
        for row, line in enumerate(self.plan.lines):
            share = line.entries.get(ACTORS[individ], 0.0)
            extra += share * float((self.flows.weighted[row] * self.plan.discount_of(line))[:horizon].sum())
        yield "npv_weighted", Figure(net + extra)

    def _break_even_number(self, outcome: OutcomePlan, index: int, break_even: Figure) -> Figure:
        if break_even.value is None:
            return Figure(None, break_even.reason)
        return Figure(float(math.ceil(break_even.value * self.flows.peaks[index] * (1.0 - TOLERANCE))))

    def _cost_per_outcome(self, outcome: OutcomePlan, index: int, horizon: int, cost: float) -> Figure:
        moved = (self.flows.difference[index] * self.plan.discount)[:horizon]
        change = float(moved.sum())
        if abs(change) <= TOLERANCE * float(np.abs(moved).sum()):
            return Figure(None, "outcome-unchanged", outcome.name)
        if (change > 0) != (outcome.better == "higher"):
            return Figure(None, "outcome-worse", outcome.name)
        money = ~self._cost & self.lines_of("without_health")
        numerator = -self.pv("societal", horizon, money | self._cost)[0]
        if numerator <= 0:
            return Figure(None, "dominates")
        return Figure(numerator / abs(change))

    def _mvpf(self, horizon: int) -> Figure:
        plain = ~self._public_funds
        outside = [self.pv(actor, horizon, plain) for actor in ACTORS if actor not in PUBLIC]
        gain, gross = sum(value for value, _ in outside), sum(size for _, size in outside)
        if gain <= TOLERANCE * gross:
            return Figure(None, "no-gain-outside")
        net_cost = -self.pv("public", horizon, plain)[0]
        if net_cost <= 0:
            return Figure(None, "pays-for-itself")
        return Figure(gain / net_cost)


def _break_even(cost: float, effects: float) -> Figure:
    if cost <= 0:
        return Figure(None, "no-cost" if cost == 0 else "net-saving")
    if effects <= 0:
        return Figure(None, "no-effect" if effects == 0 else "negative-effect")
    return Figure(cost / effects)


def payback_year(net: FloatArray) -> int | None:
    """Return the first year (from 1) from which the cumulative flow is and stays at least 0, or None (METHOD §7).

    >>> payback_year(np.array([-9.0] + [1.0] * 9))
    10
    """
    cumulative = np.cumsum(net)
    below = cumulative < -TOLERANCE * float(np.max(np.abs(cumulative), initial=0.0))
    if not below.any():
        return 1
    last = int(np.nonzero(below)[0][-1])
    return None if last == cumulative.size - 1 else last + 2


def evidence_share(figures: DrawFigures, plan: Plan, age_shares: Mapping[int, float]) -> float | None:
    """Return `evidence_share` (METHOD §7), or None when no effect line is positive.

    `age_shares` gives, for each effect line of the plan, the share of its societal present value that comes from
    outcome years within the follow-up of its evidence.
    """
    total = inside = 0.0
    for index, line in enumerate(plan.lines):
        if line.is_cost:
            continue
        value = float(figures.discounted[index].sum())
        if value > 0:
            total += value
            inside += value * age_shares.get(index, 0.0)
    return inside / total if total > 0 else None
