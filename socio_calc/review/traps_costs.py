"""Plausibility of costs and funding: what is left out, and what is said to fall away."""

from __future__ import annotations

import re
from typing import Final

from socio_calc.review.consistency import applied_beyond_grant
from socio_calc.review.fund_models import MaxShare
from socio_calc.review.hit import UNTESTED, Found, Hit, Trap
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


def _grant_share(scene: Scene, per: str) -> RuleResult | None:
    """Return the grant's share of the cost against the limit of the fund, None where the fund has none."""
    if scene.fund is None or scene.application is None:
        return None
    for rule in scene.fund.rules:
        check = rule.check
        if isinstance(check, MaxShare) and (check.part, check.whole, check.per) == ("applied", "costs", per):
            checked = Checked(scene.case, scene.application, scene.appraisal, scene.budget)
            return evaluate(check, checked)
    return None


def _over_half(scene: Scene) -> Found:
    total, yearly = _grant_share(scene, "total"), _grant_share(scene, "year")
    found = [result for result in (total, yearly) if result is not None and result.status != "undecided"]
    if not found:
        yield UNTESTED
        return
    broken = next((result for result in found if result.status == "fail"), None)
    if broken is not None:
        value, limit = broken.value, broken.limit
        params = {"s": value and value.value, "limit": limit and limit.value, "year": broken.where}
        yield Hit("application.applied", params, "serious" if broken is total else "warning")


def _left_out(scene: Scene) -> Found:
    beyond = applied_beyond_grant(scene)
    if beyond is not None:
        yield Hit("application.applied", {"a": beyond[0], "b": beyond[1], "name": None})
    for priced in scene.priced:
        if priced.gain > 0 and _GRANT.search(priced.item.name):
            params = {"a": None, "b": None, "name": priced.item.name}
            yield Hit(priced.path, params, change=scene.without(priced))
    for index, item in enumerate(scene.case.costs):
        if item.replaces and _GRANT.search(item.name):
            yield Hit(f"costs.{index}.replaces", {"a": None, "b": None, "name": item.name})


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
        yield Hit("costs", {"y1": first + last_cohort, "y2": first + last_cost})


def _replaced(scene: Scene) -> Found:
    plan = scene.appraisal.plan
    totals = {True: 0.0, False: 0.0}
    for index, line in enumerate(plan.lines):
        if line.is_cost:
            totals[line.replaces] += abs(float(scene.appraisal.figures.discounted[index].sum()))
    if totals[False] > 0 and totals[True] > LIMITS["replaced-cost-dominates"] * totals[False]:
        yield Hit("costs", {"s": totals[True] / totals[False]})


def _per_participant(scene: Scene) -> Found:
    people, cost = sum(scene.participants), scene.appraisal.base("pv_costs")
    if people <= 0 or not scene.case.costs:
        yield UNTESTED
        return
    low, high = (LIMITS[f"cost-per-participant-unusual:{end}"] for end in ("low", "high"))
    if not low <= cost / people <= high:
        yield Hit("costs", {"k": cost / people})


TRAPS: Final = (
    Trap("in-kind-missing", "warning", _own_time, "Johansson m.fl. 2008, tabell 3"),
    Trap("grant-over-half", "serious", _over_half),
    Trap("grant-left-out-of-cost", "serious", _left_out),
    Trap("gains-without-running-cost", "serious", _running_cost),
    Trap("replaced-cost-dominates", "warning", _replaced),
    Trap("cost-per-participant-unusual", "note", _per_participant, "Nystrand m.fl. 2019; Scheckel m.fl. 2021"),
)
