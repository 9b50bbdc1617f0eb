"""Plausibility of costs and funding: what is left out, and what is said to fall away."""

from __future__ import annotations

import re
from typing import Any, Final

from socio_calc.review.consistency import applied_beyond_grant
from socio_calc.review.effect import applicant
from socio_calc.review.fund_models import MaxShare
from socio_calc.review.grant_limit import grant_within
from socio_calc.review.hit import UNTESTED, Found, Hit, Trap, TrapSeverity, Untested
from socio_calc.review.rule_kinds import Checked, evaluate
from socio_calc.review.rule_result import RuleResult
from socio_calc.review.scene import Scene
from socio_calc.review.trap_limits import LIMITS

_GRANT = re.compile(r"sociala investeringsmedel|projektmedel|projektbidrag|investeringsbidrag", re.IGNORECASE)


def _own_time(scene: Scene) -> Found:
    costs = scene.case.costs
    if not costs:
        yield UNTESTED
        return
    sectors = set()
    if scene.application is not None:
        sectors = {organisation.sector for organisation in scene.application.organisations}
    association = "civilsamhalle" in sectors and not any(item.actor == "civilsamhalle" for item in costs)
    staff = any(item.hours is not None or item.cost_type == "personal" for item in costs)
    share = _grant_share(scene, "total")
    at_limit = (
        share is not None
        and share.value is not None
        and share.limit is not None
        and float(share.value.value) >= 0.999 * float(share.limit.value)  # type: ignore[arg-type]
        and not any(item.funding == "in_kind" for item in costs)
    )
    if association or at_limit or not staff:
        yield Hit("costs", {})


def _share_rule(scene: Scene, per: str) -> MaxShare | None:
    """Return the fund's limit of the grant's share of the cost, None where it has none."""
    if scene.fund is None or scene.application is None:
        return None
    for rule in scene.fund.rules:
        check = rule.check
        if isinstance(check, MaxShare) and (check.part, check.whole, check.per) == ("applied", "costs", per):
            return check
    return None


def _grant_share(scene: Scene, per: str) -> RuleResult | None:
    """Return the grant's share of the cost against the limit of the fund, None where the fund has none."""
    check = _share_rule(scene, per)
    if check is None or scene.application is None:
        return None
    return evaluate(check, Checked(scene.case, scene.application, scene.appraisal, scene.budget))


def _over_half(scene: Scene) -> Found:
    found = {per: _grant_share(scene, per) for per in ("total", "year")}
    limits = {per: result for per, result in found.items() if result is not None}
    tested = {per: result for per, result in limits.items() if result.status != "undecided"}
    if limits and not tested:
        missing = (item.path for result in limits.values() for item in result.missing if item.path is not None)
        yield Untested(paths=tuple(dict.fromkeys(missing)))
        return
    for per, broken in tested.items():
        check = _share_rule(scene, per)
        if broken.status == "fail" and check is not None:
            value, limit = broken.value, broken.limit
            params = {"s": value and value.value, "limit": limit and limit.value, "year": broken.where}
            severity: TrapSeverity = "serious" if per == "total" else "warning"
            yield Hit("application.applied", params, severity, grant_within(check, scene))
            return


def _left_out(scene: Scene) -> Found:
    beyond = applied_beyond_grant(scene)
    if beyond is not None:
        params: dict[str, object] = {"a": beyond[0], "b": beyond[1], "name": None}
        yield Hit("application.applied", params, change=_whole_cost(scene, beyond[0]))
    for priced in scene.priced:
        if priced.gain > 0 and _GRANT.search(priced.item.name):
            params = {"a": None, "b": None, "name": priced.item.name}
            yield Hit(priced.path, params, change=scene.without(priced))
    for index, item in enumerate(scene.case.costs):
        if item.replaces and _GRANT.search(item.name):
            params = {"a": None, "b": None, "name": item.name}
            yield Hit(f"costs.{index}.replaces", params, change=_without_costs(scene, {index}))


def _whole_cost(scene: Scene, asked: float) -> dict[str, Any]:
    """Return the replacement that adds the cost that is applied for and stands nowhere; none where all may be there.

    Where the costs of the case are as large as what is applied for, only their funding is marked differently.
    """
    actor, missing = applicant(scene), asked - sum(scene.budget.costs.values())
    funder = next((item.funder for item in scene.case.costs if item.funding == "grant"), "region")
    if actor is None or missing <= 0:
        return {}
    item = {"name": "+", "actor": actor, "amount": missing, "basis": "total", "years": [0], "index": "none"}
    return {"costs": [*scene.data.get("costs", []), {**item, "funding": "grant", "funder": funder}]}


def _running_cost(scene: Scene) -> Found:
    costs = [item for item in scene.case.costs if not item.replaces]
    if not costs:
        yield UNTESTED
        return
    if any(item.basis == "per_participant" for item in costs):
        return  # every new participant has a cost
    last_cohort = max(cohort.year for cohort in scene.case.participants)
    last_cost = max(max(item.years) for item in costs)
    if last_cohort > last_cost:
        first = scene.case.first_year
        paid = [cohort for cohort in scene.data["participants"] if cohort["year"] <= last_cost]
        change = {"participants": paid} if paid else {}
        yield Hit("costs", {"y1": first + last_cohort, "y2": first + last_cost}, change=change)


def _without_costs(scene: Scene, left_out: set[int]) -> dict[str, Any]:
    return {"costs": [item for index, item in enumerate(scene.data["costs"]) if index not in left_out]}


def _replaced(scene: Scene) -> Found:
    plan = scene.appraisal.plan
    totals = {True: 0.0, False: 0.0}
    for index, line in enumerate(plan.lines):
        if line.is_cost:
            totals[line.replaces] += abs(float(scene.appraisal.figures.discounted[index].sum()))
    if totals[False] > 0 and totals[True] > LIMITS["replaced-cost-dominates"] * totals[False]:
        falling_away = {index for index, item in enumerate(scene.case.costs) if item.replaces}
        share = totals[True] / totals[False]
        yield Hit("costs", {"s": share}, change=_without_costs(scene, falling_away))


def _per_participant(scene: Scene) -> Found:
    people, cost = sum(scene.participants), scene.appraisal.base("pv_costs")
    if people <= 0 or not scene.case.costs:
        yield UNTESTED
        return
    low, high = (LIMITS[f"cost-per-participant-unusual:{end}"] for end in ("low", "high"))
    if not low <= cost / people <= high:
        unusual = {"low": low, "high": None} if cost / people < low else {"low": None, "high": high}
        yield Hit("costs", {"k": cost / people, **unusual})


TRAPS: Final = (
    Trap("in-kind-missing", "warning", _own_time, "Johansson m.fl. 2008, tabell 3"),
    Trap("grant-over-half", "serious", _over_half),
    Trap("grant-left-out-of-cost", "serious", _left_out),
    Trap("gains-without-running-cost", "serious", _running_cost),
    Trap("replaced-cost-dominates", "warning", _replaced),
    Trap("cost-per-participant-unusual", "note", _per_participant, "Nystrand m.fl. 2019; Scheckel m.fl. 2021"),
)
