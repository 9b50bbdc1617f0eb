"""Outcomes under ordinary practice and under the intervention, year by year since entry (METHOD §4)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.plain.quantities import Quantities, number
from tests.plain.tables import Tables


@dataclass(frozen=True)
class Arms:
    """One outcome of one participant by years since entry a = 0, 1, …: levels b and i, strength w, adjustment."""

    ordinary: list[float]
    intervention: list[float]
    strength: list[float]
    adjustment: float  # κ·(1−D)·A·E
    clipped: bool

    def change(self, a: int) -> float:
        """Return κ(1−D)AE·(i(a) − b(a))·w(a), before survival and number."""
        return self.adjustment * (self.intervention[a] - self.ordinary[a]) * self.strength[a]


def level_under_intervention(level: str, measure: str, b: float, effect: float, sd: float | None) -> float:
    """Return i for one year, before clipping.

    >>> round(level_under_intervention("probability", "odds_ratio", 0.2, 0.5, None), 6)
    0.111111
    """
    share = level in ("probability", "event")
    if measure == "difference":
        return b + effect
    if measure == "ratio":
        return effect * b
    if measure == "level":
        return effect
    if measure == "odds_ratio" and share:
        return effect * b / (1 - b + effect * b)
    if measure == "hazard_ratio" and share:
        return 1 - float((1 - b) ** effect)
    if measure == "smd" and share:
        odds_ratio = math.exp(effect * math.pi / math.sqrt(3))
        return odds_ratio * b / (1 - b + odds_ratio * b)
    if measure == "smd" and level == "amount" and sd is not None:
        return b + effect * sd
    raise ValueError(f"measure {measure} does not go with level {level}")


def into_domain(level: str, x: float) -> float:
    """Return x clipped to what its level allows."""
    if level in ("probability", "event"):
        return min(1.0, max(0.0, x))
    if level == "rate":
        return max(0.0, x)
    return x


def strength(node: Mapping[str, Any], path: str, quantities: Quantities, years: int) -> list[float]:
    """Return w(a) for a = 0 … years − 1."""
    lag = int(node.get("lag") or 0)
    if node.get("level") == "event":
        return [1.0 if a == lag else 0.0 for a in range(years)]
    fades = node.get("fades")
    if node["holds"] == "open":
        hold = years
    else:
        # A draw of an uncertain hold may be negative; years are 0 or more.
        hold = max(0, math.floor(quantities.value(node["holds"], f"{path}.holds") + 0.5))
    weights = []
    for a in range(years):
        k = a - lag - hold
        if a < lag or (node.get("lasts") is not None and a >= int(node["lasts"])):
            weights.append(0.0)
        elif k < 0:
            weights.append(1.0)
        elif fades is None:
            weights.append(0.0)
        elif fades["shape"] == "none":
            weights.append(1.0)
        elif fades["shape"] == "exponential":
            weights.append((1 - quantities.value(fades["rate"], f"{path}.fades.rate")) ** (k + 1))
        elif fades["shape"] == "linear":
            weights.append(max(0.0, 1 - (k + 1) / number(fades["over"])))
        else:
            table = [number(value) for value in fades["values"]]
            weights.append(table[k] if k < len(table) else 0.0)
    return weights


def arms(node: Mapping[str, Any], quantities: Quantities, years: int, central: bool) -> Arms:
    """Return both arms of an outcome; in the base case (`central`) a level outside its domain is an error."""
    path = f"outcomes.{node['id']}"
    level, effect_node = node["level"], node["effect"]
    measure = effect_node["measure"]
    effect = quantities.value(effect_node["value"], f"{path}.effect.value", measure)
    sd = None if effect_node.get("sd") is None else quantities.value(effect_node["sd"], f"{path}.effect.sd")
    weights = strength(node, path, quantities, years)
    lag = int(node.get("lag") or 0)
    ordinary, intervention, clipped = [], [], False
    for a in range(years):
        if level == "event" and a != lag:
            ordinary.append(0.0)
            intervention.append(0.0)
            continue
        if isinstance(node["ordinary"], list):
            at = min(a, len(node["ordinary"]) - 1)
            raw_b = quantities.value(node["ordinary"][at], f"{path}.ordinary.{at}")
        else:
            raw_b = quantities.value(node["ordinary"], f"{path}.ordinary")
        b = into_domain(level, raw_b)
        raw_i = level_under_intervention(level, measure, b, effect, sd)
        i = into_domain(level, raw_i)
        # Where the effect has no strength its level is never used, so nothing there needs clipping.
        outside = b != raw_b or (i != raw_i and weights[a] != 0)
        if outside and central:
            raise ValueError(f"{path}: level {raw_b} or {raw_i} outside its domain in year {a}")
        clipped = clipped or outside
        ordinary.append(b)
        intervention.append(i)
    adjustment = (
        (1 - quantities.optional(node, "deadweight", path, 0))
        * quantities.optional(node, "attribution", path, 1)
        * quantities.optional(node, "evidence_adjustment", path, 1)
    )
    if node.get("effect_on") == "completers" and quantities.case.get("completion") is not None:
        adjustment *= quantities.value(quantities.case["completion"], "completion")
    return Arms(ordinary, intervention, weights, adjustment, clipped)


def survival(cohort: Mapping[str, Any], base: Tables, years: int) -> list[float]:
    """Return S(a) of a cohort for a = 0 … years − 1, women and men followed apart.

    >>> from tests.plain.tables import read_tables
    >>> [round(s, 6) for s in survival({"age": 99, "share_women": 1}, read_tables(), 4)]
    [1.0, 0.668156, 0.0, 0.0]
    """
    age = int(cohort["age"])
    if cohort.get("share_women") is None:
        shares = {"both": 1.0}
    else:
        women = number(cohort["share_women"])
        shares = {"women": women, "men": 1 - women}
    alive = []
    for a in range(years):
        total = 0.0
        for sex, share in shares.items():
            left = share
            for x in range(a):
                left *= 1 - base.risk(sex, age + x)
            total += left
        alive.append(total)
    return alive
