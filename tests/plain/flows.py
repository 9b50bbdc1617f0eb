"""Every krona of one draw: costs of the intervention (METHOD §3), consequences of its outcomes and states (§5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.plain.consequences import consequence, kind_of
from tests.plain.effects import Arms, arms, survival
from tests.plain.ledger import Taxes, read_taxes
from tests.plain.pathways import Model, follow, read_model, yearly_deaths
from tests.plain.quantities import Quantities, number
from tests.plain.records import Change, Draw, Health, Piece


@dataclass(frozen=True)
class _Setting:
    """What costs, outcomes and pathways have in common."""

    quantities: Quantities
    taxes: Taxes
    years: int
    cohorts: list[Mapping[str, Any]]
    numbers: list[float]  # participants per cohort
    mortal: bool
    alive: list[list[float]]  # S(a) per cohort for a = 0 … years; 1 where the case has no survival

    def survival_asked(self, node: Mapping[str, Any], path: str) -> bool:
        asked = self.mortal if node.get("survival") is None else bool(node["survival"])
        if asked and not self.mortal:
            raise ValueError(f"{path}: survival without a life table")
        return asked


@dataclass
class _Found:
    """What has been computed so far."""

    pieces: list[Piece]
    changes: list[Change]
    health: list[Health]

    def add(
        self, setting: _Setting, owner: str, of: Mapping[str, Any], k: int, cohort: int, change: list[float]
    ) -> None:
        """Add the k-th consequence of an outcome or pathway; `change` is that of the cohort by years since entry."""
        entry = int(setting.cohorts[cohort]["year"])
        node = of["consequences"][k]
        money, qalys = consequence(node, k, owner, of, setting.quantities, setting.taxes, change, cohort, entry)
        self.pieces += money
        self.health += qalys


def compute(quantities: Quantities, central: bool) -> Draw:
    """Return all flows and outcomes of one draw."""
    case = quantities.case
    if case.get("prices"):
        raise ValueError("prices: not part of this implementation")
    setting = _setting(quantities)
    years = setting.years
    found = _Found([], [], [])
    for k, node in enumerate(case.get("costs") or []):
        found.pieces += _cost(node, f"costs.{k}", setting)
    outcomes: dict[str, Arms] = {}
    for node in case.get("outcomes") or []:
        outcomes[node["id"]] = arms(node, quantities, years, central)
        _outcome(node, outcomes[node["id"]], setting, found)
    pathways: dict[str, Model] = {}
    for node in case.get("pathways") or []:
        pathways[node["id"]] = read_model(node, quantities, years, central)
        _pathway(node, pathways[node["id"]], setting, found)
    consequences = [
        item
        for node in [*(case.get("outcomes") or []), *(case.get("pathways") or [])]
        for item in node.get("consequences") or []
    ]
    return Draw(
        pieces=[p for p in found.pieces if p.year < years],
        after=[p for p in found.pieces if p.year >= years and p.part == "effects"],
        changes=found.changes,
        health=found.health,
        has_health=any(kind_of(item, quantities) == "health" for item in consequences),
        arms=outcomes,
        numbers=setting.numbers,
        clipped=[
            *(id for id, one in outcomes.items() if one.clipped),
            *(id for id, one in pathways.items() if one.clipped),
        ],
        scaled=[id for id, one in pathways.items() if one.scaled],
    )


def _setting(quantities: Quantities) -> _Setting:
    case = quantities.case
    years = max(int(h) for h in case["horizons"])
    cohorts = case.get("participants") or []
    mortal = (case.get("survival") or "none") != "none"
    return _Setting(
        quantities=quantities,
        taxes=read_taxes(case, quantities.base),
        years=years,
        cohorts=cohorts,
        numbers=[quantities.value(c["number"], f"participants.{k}.number") for k, c in enumerate(cohorts)],
        mortal=mortal,
        alive=[survival(c, quantities.base, years + 1) if mortal else [1.0] * (years + 1) for c in cohorts],
    )


def _outcome(node: Mapping[str, Any], one: Arms, setting: _Setting, found: _Found) -> None:
    owner = f"outcomes.{node['id']}"
    asked = setting.survival_asked(node, owner)
    for c, cohort in enumerate(setting.cohorts):
        left = setting.alive[c] if asked else [1.0] * setting.years
        entry = int(cohort["year"])
        delta = []
        for a in range(setting.years - entry):
            delta.append(setting.numbers[c] * one.change(a) * left[a])
            ordinary = setting.numbers[c] * one.ordinary[a] * left[a]
            found.changes.append(Change(node["id"], entry + a, ordinary, delta[a]))
        for k in range(len(node.get("consequences") or [])):
            found.add(setting, owner, node, k, c, delta)


def _pathway(node: Mapping[str, Any], model: Model, setting: _Setting, found: _Found) -> None:
    owner = f"pathways.{node['id']}"
    asked = setting.survival_asked(node, owner)
    timing = setting.quantities.case.get("timing") or "start"
    for c, cohort in enumerate(setting.cohorts):
        deaths = yearly_deaths(setting.alive[c]) if asked else None
        first = follow(model, model.ordinary, deaths)
        second = follow(model, model.intervention, deaths)
        entry = int(cohort["year"])
        ages = range(setting.years - entry)
        reached = setting.numbers[c] * model.adjustment
        person_years: dict[str, list[float]] = {}
        entries: dict[str, list[float]] = {}
        for state in first.occupancy[0]:
            before = [first.person_years(state, a, timing) for a in ages]
            after = [second.person_years(state, a, timing) for a in ages]
            person_years[state] = [reached * (after[a] - before[a]) for a in ages]
            entries[state] = [reached * (second.entries[a][state] - first.entries[a][state]) for a in ages]
            for a in ages:
                ordinary = setting.numbers[c] * before[a]
                found.changes.append(Change(f"{node['id']}.{state}", entry + a, ordinary, person_years[state][a]))
        for k, item in enumerate(node.get("consequences") or []):
            counted = entries if item.get("per") == "entry" else person_years
            found.add(setting, owner, node, k, c, counted[item["state"]])


def _cost(node: Mapping[str, Any], path: str, setting: _Setting) -> list[Piece]:
    quantities, years = setting.quantities, setting.years
    if node.get("hours") is not None:
        hours = quantities.value(node["hours"], f"{path}.hours")
        wage = quantities.price(node["wage"], f"{path}.wage", node)
        contributions = quantities.optional(node, "contributions", path, setting.taxes.s)
        amount = hours * wage * (1 + contributions)
    else:
        amount = quantities.price(node["amount"], f"{path}.amount", node)
        amount *= quantities.optional(node, "quantity", path, 1)
    growth = quantities.optional(node, "growth", path, 0)
    grant = node.get("funding") == "grant"
    sign = 1 if node.get("replaces") else -1

    units: list[tuple[int, float]] = []  # (year, how many times the amount)
    if node["basis"] == "per_participant":
        for c, cohort in enumerate(setting.cohorts):
            for a in node.get("years") or [0]:
                if int(a) < years:
                    units.append((int(cohort["year"]) + int(a), setting.numbers[c] * setting.alive[c][int(a)]))
    elif node["basis"] == "per_year":
        units = [(int(year), 1.0) for year in node["years"]]
    else:
        units = [(int(year), 1 / len(node["years"])) for year in node["years"]]
    return [
        Piece(
            part="cost",
            item=path,
            source="cost",
            line=node["name"],
            kind="resource_cost",
            year=year,
            actor=node["funder"] if grant else node["actor"],
            amount=sign * amount * times * (1 + growth) ** year,
            grant=grant,
        )
        for year, times in units
        if year < years
    ]


def public_funds(pieces: list[Piece], factor: float) -> list[Piece]:
    """Return the λ lines of the given pieces: (λ−1) times each year's public money flow, costs and effects apart."""
    lines = []
    for part in ("cost", "effects"):
        for year in sorted({p.year for p in pieces}):
            public = sum(
                p.amount
                for p in pieces
                if p.part == part and p.year == year and p.actor in ("kommun", "region", "stat") and p.kind != "health"
            )
            lines.append(
                Piece(
                    part,
                    "public_funds_factor",
                    part,
                    "public_funds_factor",
                    "public_funds",
                    year,
                    "ovriga",
                    (factor - 1) * public,
                )
            )
    return lines


def discount_factors(case: Mapping[str, Any], key: str, years: int) -> list[float]:
    """Return d(t) for t = 0 … years − 1 (METHOD §1); `key` names the money or the health rate.

    >>> [round(d, 6) for d in discount_factors({"discount_rate": [{"from": 0, "rate": 0.1}, {"from": 2, "rate": 0}]},
    ...                                        "discount_rate", 4)]
    [1.0, 0.909091, 0.909091, 0.909091]
    """
    rates = yearly_rates(case, key, years)
    late = {"start": 0.0, "mid": 0.5, "end": 1.0}[case.get("timing") or "start"]
    factors, product = [], 1.0
    for t in range(years):
        if t > 0:
            product /= 1 + rates[t]
        factors.append(product * (1 + rates[t]) ** -late)
    return factors


def yearly_rates(case: Mapping[str, Any], key: str, years: int) -> list[float]:
    """Return r_t: the rate of the last step that has begun."""
    written = case.get(key)
    if written is None and key == "discount_rate_health":
        return yearly_rates(case, "discount_rate", years)
    if written is None:
        return [0.035] * years
    if not isinstance(written, list):
        return [number(written)] * years
    return [number([step for step in written if int(step["from"]) <= t][-1]["rate"]) for t in range(years)]
