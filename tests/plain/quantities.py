"""One number for every quantity of a case: its central value, or the value it was drawn to (METHOD §8, §1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.plain.tables import Row, Tables


def number(node: Any) -> float:
    """Return a number written as a number or as text.

    >>> number("350 000 kr"), number("15 %"), number("2,5")
    (350000.0, 0.15, 2.5)
    """
    if isinstance(node, bool) or not isinstance(node, int | float | str):
        raise ValueError(f"not a number: {node!r}")
    if not isinstance(node, str):
        return float(node)
    text = node.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace("_", "").replace(",", ".")
    text = text.removesuffix("kr").replace("−", "-")
    if text.endswith("%"):
        return float(text[:-1]) / 100
    return float(text)


def central_cost(row: Row) -> float:
    """Return the central value of a cost row: the PERT mean for a real range, else the value (METHOD §8)."""
    value = float(row["value"])
    if row["spread"] in ("range", "assumed") and row["low"] and row["high"]:
        low, high = float(row["low"]), float(row["high"])
        if low < value < high:
            return (low + 4 * value + high) / 6
    return value


def central_evidence(row: Row, measure: str) -> float:
    """Return an evidence row's estimate as an effect of `measure`; `percent` x serves `ratio` as 1 + x/100."""
    if row["usable"] == "trap" or row["measure"] == "other" or not row["estimate"]:
        raise ValueError(f"evidence row {row['id']} cannot be an effect")
    estimate = float(row["estimate"])
    if row["measure"] == "percent" and measure == "ratio":
        return 1 + estimate / 100
    if row["measure"] != measure:
        raise ValueError(f"evidence row {row['id']} is a {row['measure']}, not a {measure}")
    return estimate


def central_value(node: Mapping[str, Any]) -> float:
    """Return the central value of a written distribution (the table of METHOD §8)."""
    if "value" in node:
        return number(node["value"])
    if "estimate" in node:
        return number(node["estimate"])
    if "events" in node:
        return (number(node["events"]) + 0.5) / (number(node["of"]) + 1)
    if "mean" in node:
        return number(node["mean"])
    if "values" in node:
        values = [number(value) for value in node["values"]]
        weights = [number(weight) for weight in node["weights"]]
        return sum(value * weight for value, weight in zip(values, weights, strict=True)) / sum(weights)
    low, high = number(node["low"]), number(node["high"])
    if "mode" not in node:
        return (low + high) / 2
    mode = number(node["mode"])
    if node.get("dist") == "triangular":
        return (low + mode + high) / 3
    return (low + 4 * mode + high) / 6


class Quantities:
    """The quantities of one case in one draw.

    `values` maps a quantity's key to its drawn value: the path of the field, `quantities.NAME`, `cost:ID` (in the
    row's own price year) or `evidence:ID`, `evidence:ID:tau=T` (as an effect, a percent already turned into a ratio).
    What is not in it has its central value.
    """

    def __init__(self, case: Mapping[str, Any], values: Mapping[str, float], base: Tables) -> None:
        self.case = case
        self.values = values
        self.base = base
        self.price_year = int(case["price_year"])

    def value(self, node: Any, path: str, measure: str = "") -> float:
        """Return the value of the quantity written as `node` at `path`; `measure` is that of an effect."""
        if path in self.values:
            return self.values[path]
        if not isinstance(node, Mapping):
            return number(node)
        if "ref" in node:
            return self.value(self.case["quantities"][node["ref"]], f"quantities.{node['ref']}", measure)
        if "cost" in node:
            row = self.base.costs[node["cost"]]
            return self.values.get(f"cost:{row['id']}", central_cost(row))
        if "evidence" in node:
            row = self.base.evidence[node["evidence"]]
            # With a spread between studies of its own the row has a distribution, and so a key, of its own.
            spread = f":tau={number(node['tau'])}" if node.get("tau") is not None else ""
            return self.values.get(f"evidence:{row['id']}{spread}", central_evidence(row, measure))
        if "baseline" in node:
            row = self.base.baselines[node["baseline"]]
            if row["unit"] not in ("share", "per person-year"):
                raise ValueError(f"baseline {row['id']} is in {row['unit']}")
            return float(row["value"])
        return central_value(node)

    def optional(self, node: Mapping[str, Any], key: str, path: str, default: float) -> float:
        """Return the value of a key that may be left out."""
        return default if node.get(key) is None else self.value(node[key], f"{path}.{key}")

    def row_behind(self, node: Any, table: str) -> Row | None:
        """Return the row that a quantity stands for, also through a name; `table` is `cost` or `evidence`."""
        while isinstance(node, Mapping) and "ref" in node:
            node = self.case["quantities"][node["ref"]]
        if isinstance(node, Mapping) and table in node:
            rows = self.base.costs if table == "cost" else self.base.evidence
            return rows[node[table]]
        return None

    def price(self, node: Any, path: str, line: Mapping[str, Any]) -> float:
        """Return a price in the case's price year; a cost row brings its own price year and index (METHOD §1)."""
        row = self.row_behind(node, "cost")
        if row is not None:
            series, year = row["index"], int(row["price_year"])
        else:
            series, year = line.get("index") or "kpif", int(line.get("price_year") or self.price_year)
        return self.value(node, path) * self.base.price_factor(series, year, self.price_year)
