"""The measures of METHOD §7 from the pieces of one draw."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from tests.plain.flows import discount_factors, public_funds, yearly_rates
from tests.plain.ledger import PERSPECTIVES, PUBLIC
from tests.plain.quantities import Quantities, number
from tests.plain.records import Draw, Piece
from tests.plain.roots import rates_of_return

TOLERANCE = 1e-9
PRODUCTION = ("production", "production_loss")
HEALTH = ("health", "wellbeing", "wellbeing_loss")
OUTSIDE = ("individ", "arbetsgivare", "civilsamhalle", "ovriga")
VIEWS: dict[str, tuple[str, ...]] = {"all": (), "without_production": PRODUCTION, "without_health": HEALTH}

Key = tuple[str, str, int, str]  # view, perspective, horizon, measure


def sign(terms: Iterable[float]) -> int:
    """Return the sign of a sum, 0 where it is nothing beside the terms that make it.

    >>> sign([0.1, 0.2, -0.3]), sign([1.0, -0.9])
    (0, 1)
    """
    listed = list(terms)
    total, size = sum(listed), sum(abs(x) for x in listed)
    if abs(total) <= TOLERANCE * size:
        return 0
    return 1 if total > 0 else -1


class Measures:
    """The discounting and the flows of one draw, with one method per measure or family of measures."""

    def __init__(self, quantities: Quantities, draw: Draw) -> None:
        case = quantities.case
        self.case = case
        self.quantities = quantities
        self.draw = draw
        self.horizons = [int(h) for h in case["horizons"]]
        self.longest = max(self.horizons)
        self.money_factor = discount_factors(case, "discount_rate", self.longest)
        self.health_factor = discount_factors(case, "discount_rate_health", self.longest)
        factor = case.get("public_funds_factor")
        self.lambda_factor = 1.0 if factor is None else quantities.value(factor, "public_funds_factor")
        self.by_view: dict[str, list[Piece]] = {}
        for view, dropped in VIEWS.items():
            left = [p for p in draw.pieces if p.kind not in dropped]
            if self.lambda_factor != 1:
                left = left + public_funds(left, self.lambda_factor)
            self.by_view[view] = left

    def discounted(self, piece: Piece) -> float:
        """Return one piece's present value; health has its own rate."""
        factors = self.health_factor if piece.kind == "health" else self.money_factor
        return factors[piece.year] * piece.amount

    def terms(
        self, horizon: int, actors: Iterable[str], part: str = "", view: str = "all", times: float = 1.0
    ) -> list[float]:
        """Return the discounted pieces of some actors before a horizon, of one part or of both."""
        chosen = set(actors)
        return [
            times * self.discounted(p)
            for p in self.by_view[view]
            if p.year < horizon and p.actor in chosen and part in ("", p.part)
        ]

    def all(self) -> dict[Key, float | None]:
        """Return every measure that the result file has a row for."""
        found: dict[Key, float | None] = {}
        for view in VIEWS:
            for perspective, actors in PERSPECTIVES.items():
                for h in self.horizons:
                    found[view, perspective, h, "npv"] = sum(self.terms(h, actors, view=view))
                    found[view, perspective, h, "pv_costs"] = -sum(self.terms(h, actors, "cost", view))
                    found[view, perspective, h, "pv_effects"] = sum(self.terms(h, actors, "effects", view))
        for perspective, actors in PERSPECTIVES.items():
            for h in self.horizons:
                found["all", perspective, h, "bcr"] = self.benefit_cost_ratio(h, actors)
                found["all", perspective, h, "payback_year"] = self.payback_year(actors)
                found["all", perspective, h, "irr"] = self.rate_of_return(h, actors)
                found["all", perspective, h, "break_even_effect"] = self.break_even_effect(h, actors)
                if perspective == "public" or perspective in PUBLIC:
                    found["all", perspective, h, "npv_cash"] = self.npv_cash(h, actors)
        for h in self.horizons:
            for name, value in self.societal(h).items():
                found["all", "societal", h, name] = value
        return found

    def societal(self, h: int) -> dict[str, float | None]:
        """Return the measures that only society as a whole has."""
        actors = PERSPECTIVES["societal"]
        found: dict[str, float | None] = {}
        for outcome in self.case.get("outcomes") or []:
            if outcome["level"] in ("probability", "event"):
                found[f"break_even_number:{outcome['id']}"] = self.break_even_number(h, outcome["id"])
            found[f"cost_per_outcome:{outcome['id']}"] = self.cost_per_outcome(h, outcome)
        early = [x for x in self.draw.health if x.year < h]
        has = self.draw.has_health
        found["qalys"] = sum(self.health_factor[x.year] * x.qalys for x in early) if has else None
        found["qalys_undiscounted"] = sum(x.qalys for x in early) if has else None
        found["mvpf"] = self.marginal_value_of_public_funds(h)
        granted = [-self.discounted(p) for p in self.draw.pieces if p.grant and p.year < h]
        npv = sum(self.terms(h, actors))
        found["npv_per_grant_krona"] = npv / sum(granted) if sign(granted) > 0 else None
        found["npv_weighted"] = npv + self.weights_add(h)
        return found

    def benefit_cost_ratio(self, h: int, actors: Iterable[str]) -> float | None:
        """Return BCR = PV(B)/PV(C), only when PV(C) > 0."""
        costs = self.terms(h, actors, "cost", times=-1)
        return sum(self.terms(h, actors, "effects")) / sum(costs) if sign(costs) > 0 else None

    def payback_year(self, actors: Iterable[str]) -> float | None:
        """Return the first year, counted from 1, from which the cumulative net flow stays at or above zero."""
        if sign(self.terms(self.longest, actors, "cost", times=-1)) <= 0:
            return None
        cumulative = [sum(self.terms(t + 1, actors)) for t in range(self.longest)]
        floor = -TOLERANCE * max(abs(x) for x in cumulative)
        for t in range(self.longest):
            if all(x >= floor for x in cumulative[t:]):
                return t + 1.0
        return None

    def rate_of_return(self, h: int, actors: Iterable[str]) -> float | None:
        """Return the internal rate nearest the first discount rate."""
        chosen = set(actors)
        flow = []
        for t in range(h):
            entries = [p.amount for p in self.by_view["all"] if p.year == t and p.actor in chosen]
            flow.append(sum(entries) if sign(entries) != 0 else 0.0)
        if not (any(x > 0 for x in flow) and any(x < 0 for x in flow)):
            return None
        first = yearly_rates(self.case, "discount_rate", self.longest)[0]
        rates = rates_of_return(flow)
        return min(rates, key=lambda r: abs(r - first)) if rates else None

    def break_even_effect(self, h: int, actors: Iterable[str]) -> float | None:
        """Return m* = PV(C)/PV(B), only when both are above zero."""
        costs, effects = self.terms(h, actors, "cost", times=-1), self.terms(h, actors, "effects")
        return sum(costs) / sum(effects) if sign(costs) > 0 and sign(effects) > 0 else None

    def break_even_number(self, h: int, outcome: str) -> float | None:
        """Return how many of the participants must succeed: ⌈m*·max_a|Σ_c n_c·κ(1−D)AE·(i−b)·w|⌉."""
        m = self.break_even_effect(h, PERSPECTIVES["societal"])
        if m is None:
            return None
        one = self.draw.arms[outcome]
        people = m * abs(sum(self.draw.numbers)) * max(abs(one.change(a)) for a in range(self.longest))
        return float(math.ceil(people * (1 - TOLERANCE)))

    def npv_cash(self, h: int, actors: Iterable[str]) -> float:
        """Return the NPV with ρ of each gain in resource costs; a line, a year and a payer are one entry."""
        chosen = set(actors)
        entries: dict[tuple[str, int, str], list[Piece]] = {}
        for p in self.by_view["all"]:
            if p.actor in chosen and p.year < h:
                entries.setdefault((p.item, p.year, p.actor), []).append(p)
        total = 0.0
        for (item, _, _), pieces in entries.items():
            amount = sum(self.discounted(p) for p in pieces)
            realisable = pieces[0].realisable if item != "public_funds_factor" else 1.0
            total += amount * realisable if amount > 0 else amount
        return total

    def cost_per_outcome(self, h: int, outcome: Mapping[str, Any]) -> float | None:
        """Return the net cost without health and wellbeing per discounted unit, where the outcome gets better."""
        actors = PERSPECTIVES["societal"]
        changes = [
            self.money_factor[x.year] * x.difference
            for x in self.draw.changes
            if x.outcome == outcome["id"] and x.year < h
        ]
        better = 1 if outcome["better"] == "higher" else -1
        if sign(changes) != better:
            return None
        net_cost = self.terms(h, actors, view="without_health", times=-1)
        return sum(net_cost) / abs(sum(changes)) if sign(net_cost) > 0 else None

    def marginal_value_of_public_funds(self, h: int) -> float | None:
        """Return the MVPF: what falls to everyone outside the public sector per krona of net public cost, without λ."""
        plain = [p for p in self.draw.pieces if p.year < h]
        gains = [self.discounted(p) for p in plain if p.actor in OUTSIDE]
        net_cost = [-self.discounted(p) for p in plain if p.actor in PUBLIC]
        return sum(gains) / sum(net_cost) if sign(gains) > 0 and sign(net_cost) > 0 else None

    def weights_add(self, h: int) -> float:
        """Return Σ_c (weight_c − 1)·PV(effect entries of cohort c on individ)."""
        weights = [number(1 if c.get("weight") is None else c["weight"]) for c in self.case.get("participants") or []]
        return sum(
            (weights[p.cohort] - 1) * self.discounted(p)
            for p in self.draw.pieces
            if p.part == "effects" and p.actor == "individ" and p.year < h
        )

    def share_cut(self) -> float | None:
        """Return Σ|entries at or after the longest horizon|/Σ|all effect entries|, undiscounted."""
        cut = _entry_sizes(self.draw.after)
        everything = cut + _entry_sizes(p for p in self.draw.pieces if p.part == "effects")
        return cut / everything if everything > 0 else None

    def evidence_share(self) -> float | None:
        """Return the part of the positive effect lines' societal value that lies within the evidence's follow-up."""
        lines: dict[str, list[Piece]] = {}
        for p in self.draw.pieces:
            if p.part == "effects":
                lines.setdefault(p.item, []).append(p)
        within, total = 0.0, 0.0
        for pieces in lines.values():
            if sign(self.discounted(p) for p in pieces) > 0:
                months = self._followup_months(pieces[0].source)
                total += sum(self.discounted(p) for p in pieces)
                within += sum(self.discounted(p) for p in pieces if p.age < months / 12)
        return within / total if total > 0 else None

    def _followup_months(self, source: str) -> float:
        """Return how long the effect of an outcome was followed, of a pathway the one that was followed least."""
        effects = [o["effect"] for o in self.case.get("outcomes") or [] if o["id"] == source]
        for pathway in self.case.get("pathways") or []:
            if pathway["id"] == source:
                effects += pathway.get("effects") or []
        rows = [self.quantities.row_behind(effect["value"], "evidence") for effect in effects]
        return min(float(row["followup_months"] or 0) if row is not None else 0.0 for row in rows)


def _entry_sizes(pieces: Iterable[Piece]) -> float:
    entries: dict[tuple[str, int, str], float] = {}
    for p in pieces:
        key = (p.item, p.year, p.actor)
        entries[key] = entries.get(key, 0.0) + p.amount
    return sum(abs(amount) for amount in entries.values())
