"""A grant put down to what the fund allows: the rest of each item that it covers is left to whoever has the item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from socio_calc.review.budget import project_years
from socio_calc.review.fund_models import Check, MaxPerYear, MaxShare
from socio_calc.review.scene import Scene


def grant_at_most(scene: Scene, share: float) -> dict[str, Any]:
    """Return the replacement that leaves a share of every cost that the grant covers to the grant.

    The rest becomes own funding of the item's actor, so that society's result stays and the applicant's falls. Empty
    where nothing is covered by a grant, or the share is not between 0 and 1.
    """
    written = scene.data.get("costs", [])
    if not 0.0 <= share < 1.0 or not any(item.get("funding") == "grant" for item in written):
        return {}
    parts: list[Mapping[str, Any]] = []
    for item, read in zip(written, scene.case.costs, strict=True):
        amount = scene.central(read.hours if read.hours is not None else read.quantity)
        if item.get("funding") != "grant" or amount is None:
            parts.append(item)
            continue
        many = "hours" if read.hours is not None else "quantity"
        rest = {key: value for key, value in item.items() if key not in ("funding", "funder")}
        parts += [{**item, many: share * amount}, {**rest, many: (1.0 - share) * amount}]
    return {"costs": parts}


def grant_within(check: Check, scene: Scene) -> dict[str, Any]:
    """Return what brings the grant of a case within a rule about its size; empty for other rules.

    Empty too where the grant covers no more in the calculation than the rule allows, whatever is applied for.
    """
    applied = {} if scene.application is None else scene.application.applied
    granted = sum(scene.budget.grant.values())
    if not applied or granted <= 0:
        return {}
    if isinstance(check, MaxPerYear) and check.field == "applied":
        allowed = sum(min(amount, check.limit) for amount in applied.values())
    elif isinstance(check, MaxShare) and (check.part, check.whole) == ("applied", "costs"):
        years = project_years(scene.application) if scene.application is not None else None
        costs = {year: scene.budget.costs.get(year, 0.0) for year in years or ()}
        if check.per == "total":
            allowed = check.limit * sum(costs.values())
        else:
            allowed = sum(min(amount, check.limit * costs.get(year, 0.0)) for year, amount in applied.items())
    else:
        return {}
    return grant_at_most(scene, allowed / granted)
