"""Every krona of one draw: costs of the intervention (METHOD §3) and consequences of its outcomes (METHOD §5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.plain.effects import Arms, arms, survival
from tests.plain.ledger import Taxes, read_taxes, unit_entries
from tests.plain.quantities import Quantities, number


@dataclass(frozen=True)
class Piece:
    """The smallest part of a ledger entry: one actor, one year, one line, and where it came from."""

    part: str  # cost | effects
    item: str  # the path of the cost or consequence, so that two lines of one name stay two
    source: str  # cost | outcome id
    line: str
    kind: str
    year: int
    actor: str
    amount: float
    cohort: int = -1
    age: int = -1  # years since entry of the outcome that caused it
    realisable: float = 1.0
    grant: bool = False


@dataclass(frozen=True)
class Change:
    """What one cohort's outcome is in one year."""

    outcome: str
    year: int
    ordinary: float
    difference: float


@dataclass(frozen=True)
class Health:
    """QALYs gained (+) or lost (−) in one year."""

    year: int
    qalys: float


@dataclass(frozen=True)
class Draw:
    """All that one draw of a case gives, before anything is summed."""

    pieces: list[Piece]  # years before the longest horizon
    after: list[Piece]  # effect entries that delay and duration put at or after it
    changes: list[Change]
    health: list[Health]
    has_health: bool
    arms: Mapping[str, Arms]
    numbers: list[float]  # participants per cohort


def compute(quantities: Quantities, central: bool) -> Draw:
    """Return all flows and outcomes of one draw."""
    case = quantities.case
    years = max(int(h) for h in case["horizons"])
    for key in ("pathways", "prices"):
        if case.get(key):
            raise ValueError(f"{key}: not part of this implementation")
    taxes = read_taxes(case, quantities.base)
    cohorts = case.get("participants") or []
    numbers = [quantities.value(c["number"], f"participants.{k}.number") for k, c in enumerate(cohorts)]
    mortal = (case.get("survival") or "none") != "none"
    alive = [survival(c, quantities.base, years) if mortal else [1.0] * years for c in cohorts]

    pieces: list[Piece] = []
    for k, node in enumerate(case.get("costs") or []):
        pieces += _cost(node, f"costs.{k}", quantities, taxes, numbers, alive, years)

    changes: list[Change] = []
    health: list[Health] = []
    all_arms: dict[str, Arms] = {}
    has_health = False
    for outcome in case.get("outcomes") or []:
        one = arms(outcome, quantities, years, central)
        all_arms[outcome["id"]] = one
        asked = mortal if outcome.get("survival") is None else bool(outcome["survival"])
        if asked and not mortal:
            raise ValueError(f"outcomes.{outcome['id']}: survival without a life table")
        for c, cohort in enumerate(cohorts):
            left = alive[c] if asked else [1.0] * years
            entry = int(cohort["year"])
            delta = []
            for a in range(years - entry):
                delta.append(numbers[c] * one.change(a) * left[a])
                ordinary = numbers[c] * one.ordinary[a] * left[a]
                changes.append(Change(outcome["id"], entry + a, ordinary, delta[a]))
            for k, node in enumerate(outcome.get("consequences") or []):
                path = f"outcomes.{outcome['id']}.consequences.{k}"
                money, qalys = _consequence(node, path, outcome, quantities, taxes, delta, c, entry)
                pieces += money
                health += qalys
        has_health = has_health or any(
            _kind(node, quantities) == "health" for node in outcome.get("consequences") or []
        )
    return Draw(
        pieces=[p for p in pieces if p.year < years],
        after=[p for p in pieces if p.year >= years and p.part == "effects"],
        changes=changes,
        health=health,
        has_health=has_health,
        arms=all_arms,
        numbers=numbers,
    )


def _cost(
    node: Mapping[str, Any],
    path: str,
    quantities: Quantities,
    taxes: Taxes,
    numbers: list[float],
    alive: list[list[float]],
    years: int,
) -> list[Piece]:
    if node.get("hours") is not None:
        hours = quantities.value(node["hours"], f"{path}.hours")
        wage = quantities.price(node["wage"], f"{path}.wage", node)
        contributions = quantities.optional(node, "contributions", path, taxes.s)
        amount = hours * wage * (1 + contributions)
    else:
        amount = quantities.price(node["amount"], f"{path}.amount", node)
        amount *= quantities.optional(node, "quantity", path, 1)
    growth = quantities.optional(node, "growth", path, 0)
    grant = node.get("funding") == "grant"
    sign = 1 if node.get("replaces") else -1

    units: list[tuple[int, float]] = []  # (year, how many times the amount)
    if node["basis"] == "per_participant":
        for c, cohort in enumerate(quantities.case["participants"]):
            for a in node.get("years") or [0]:
                if int(a) < years:
                    units.append((int(cohort["year"]) + int(a), numbers[c] * alive[c][int(a)]))
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


def _kind(node: Mapping[str, Any], quantities: Quantities) -> str:
    row = quantities.row_behind(node.get("price"), "cost")
    return str(row["kind"] if row is not None else node["kind"])


def _consequence(
    node: Mapping[str, Any],
    path: str,
    outcome: Mapping[str, Any],
    quantities: Quantities,
    taxes: Taxes,
    delta: list[float],
    cohort: int,
    entry: int,
) -> tuple[list[Piece], list[Health]]:
    row = quantities.row_behind(node.get("price"), "cost") or {}
    kind = _kind(node, quantities)
    payer = node.get("payer") or row.get("payer") or ""
    payee = node.get("payee") or row.get("payee") or ""
    taxable = row["taxable"] == "true" if row else bool(node.get("taxable"))
    quantity = quantities.optional(node, "quantity", path, 1)
    factor = quantity * quantities.optional(node, "causal_share", path, 1)
    growth, realisable = 0.0, 1.0
    if kind == "health":
        price = quantities.case.get("health_value")
        price = 0.0 if price is None else quantities.price(price, "health_value", {"index": "none"})
    else:
        price = quantities.price(node["price"], f"{path}.price", node)
        growth = quantities.optional(node, "growth", path, 0)
    if kind == "resource_cost":
        realisable = quantities.optional(node, "realisable", path, 1)
    if kind in ("production", "production_loss", "transfer"):
        factor *= 1 - quantities.optional(outcome, "displacement", f"outcomes.{outcome['id']}", 0)

    shares = unit_entries(kind, payer, payee, taxable, taxes)
    years = max(int(h) for h in quantities.case["horizons"])
    money, health = [], []
    for a, change in enumerate(delta):
        for k in range(int(node.get("duration") or 1)):
            year = entry + a + int(node.get("delay") or 0) + k
            units = change * factor * _marginal(node, path, quantities, kind, k)
            if kind == "health" and year < years:
                health.append(Health(year, units))
            for actor, share in shares.items():
                if share != 0 and not (kind == "health" and quantities.case.get("health_value") is None):
                    amount = units * price * (1 + growth) ** year * share
                    money.append(
                        Piece(
                            part="effects",
                            item=path,
                            source=outcome["id"],
                            line=node["name"],
                            kind=kind,
                            year=year,
                            actor=actor,
                            amount=amount,
                            cohort=cohort,
                            age=a,
                            realisable=realisable,
                        )
                    )
    return money, health


def _marginal(node: Mapping[str, Any], path: str, quantities: Quantities, kind: str, k: int) -> float:
    """Return μ for the k-th year of a consequence; a list's last value goes on."""
    marginal = node.get("marginal")
    if kind != "resource_cost" or marginal is None:
        return 1.0
    if isinstance(marginal, list):
        at = min(k, len(marginal) - 1)
        return quantities.value(marginal[at], f"{path}.marginal.{at}")
    return quantities.value(marginal, f"{path}.marginal")


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
