"""What a change leads to: every krona and QALY of one consequence (METHOD §5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.plain.ledger import Taxes, unit_entries
from tests.plain.quantities import Quantities
from tests.plain.records import Health, Piece


def kind_of(node: Mapping[str, Any], quantities: Quantities) -> str:
    row = quantities.row_behind(node.get("price"), "cost")
    return str(row["kind"] if row is not None else node["kind"])


def consequence(
    node: Mapping[str, Any],
    number_in_list: int,
    owner: str,
    of: Mapping[str, Any],
    quantities: Quantities,
    taxes: Taxes,
    delta: list[float],
    cohort: int,
    entry: int,
) -> tuple[list[Piece], list[Health]]:
    """Return the money and the QALYs of one consequence of one cohort; `of` is its outcome or pathway, at `owner`."""
    path = f"{owner}.consequences.{number_in_list}"
    row = quantities.row_behind(node.get("price"), "cost") or {}
    kind = kind_of(node, quantities)
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
        factor *= 1 - quantities.optional(of, "displacement", owner, 0)

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
                            source=of["id"],
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
