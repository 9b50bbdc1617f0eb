"""The closed list of check kinds: one function for each, from a check and a case to a result (RULES §4)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from socio_calc.appraisal import Appraisal
from socio_calc.case import Application, Case
from socio_calc.review.budget import Budget, project_years
from socio_calc.review.calendar_months import months_between
from socio_calc.review.case_paths import look_up
from socio_calc.review.fund_models import (
    AllOf,
    AnyOf,
    AnySector,
    Check,
    InRange,
    Manual,
    MaxMonths,
    MaxPerYear,
    MaxShare,
    MinMonths,
    MinShare,
    ResultWithin,
    When,
)
from socio_calc.review.rule_elements import allowed_values, min_count, required_text
from socio_calc.review.rule_result import Missing, RuleResult, Shown, Status

#: Shares are held against their limit with this much room for rounding.
TOLERANCE = 1e-9
#: Statistics and measures that are shares, and measures that are no amounts of money.
_SHARES = frozenset({"probability_positive"})
_NUMBERS = frozenset({"bcr", "payback_year", "break_even_effect", "qalys", "qalys_undiscounted", "mvpf"})


@dataclass(frozen=True)
class Checked:
    """What rules look at.

    `appraisal` and `budget` are None where nothing was computed; `answers` are a reviewer's, by the id of the rule.
    """

    case: Case
    application: Application
    appraisal: Appraisal | None = None
    budget: Budget | None = None
    answers: Mapping[str, bool] = field(default_factory=dict)


def evaluate(check: Check, checked: Checked, rule_id: str = "") -> RuleResult:
    """Return the result of a check; `rule_id` says whose answer a question for a person takes."""
    if isinstance(check, Manual):
        return _manual(checked, rule_id)
    if isinstance(check, AllOf):
        return _all_of([evaluate(inner, checked, rule_id) for inner in check.checks])
    if isinstance(check, AnyOf):
        return _any_of([evaluate(inner, checked, rule_id) for inner in check.checks])
    if isinstance(check, When):
        return _when(check, checked, rule_id)
    return _KINDS[check.kind](check, checked)


def _missing(*paths: str) -> tuple[Missing, ...]:
    return tuple(Missing(path) for path in paths)


def _value(path: str, checked: Checked) -> tuple[Any, str]:
    found = look_up(path, checked.case, checked.application).found[0]
    return found.value, found.path


def _max_per_year(check: MaxPerYear, checked: Checked) -> RuleResult:
    amounts, path = _value(check.field, checked)
    limit = Shown(check.limit, "sek")
    if not amounts:
        return RuleResult("undecided", limit=limit, missing=_missing(path), path=path)
    worst = max(amounts, key=lambda year: amounts[year])
    status = "pass" if amounts[worst] <= check.limit else "fail"
    return RuleResult(status, Shown(amounts[worst], "sek"), limit, worst, path=f"{path}.{worst}")  # type: ignore[arg-type]


def _sums(name: str, checked: Checked) -> tuple[Mapping[int, float] | None, tuple[Missing, ...]]:
    """Return a sum by calendar year, or what it lacks."""
    application, budget, years = checked.application, checked.budget, project_years(checked.application)
    if name == "applied":
        return (application.applied, ()) if application.applied else (None, _missing("application.applied"))
    lacking = [key for key in ("start", "end") if getattr(application, key) is None]
    if budget is None or not checked.case.costs or years is None:
        paths = [f"application.{key}" for key in lacking]
        return None, _missing(*([] if checked.case.costs and budget is not None else ["costs"]), *paths)
    costs = {year: budget.costs.get(year, 0.0) for year in years}
    if name == "costs":
        return costs, ()
    if not application.applied:
        return None, _missing("application.applied")
    every = sorted({*costs, *application.applied})
    return {year: costs.get(year, 0.0) - application.applied.get(year, 0.0) for year in every}, ()


def _share(check: MaxShare | MinShare, checked: Checked) -> RuleResult:
    limit = Shown(check.limit, "share")
    part, lacks_part = _sums(check.part, checked)
    whole, lacks_whole = _sums(check.whole, checked)
    if part is None or whole is None:
        lacking = tuple(dict.fromkeys((*lacks_part, *lacks_whole)))
        return RuleResult("undecided", limit=limit, missing=lacking, path=lacking[0].path)
    path = "application.applied"
    if check.per == "total":
        pairs: dict[int | None, tuple[float, float]] = {None: (sum(part.values()), sum(whole.values()))}
    else:
        pairs = {year: (part.get(year, 0.0), whole.get(year, 0.0)) for year in sorted({*part, *whole})}
    most = isinstance(check, MaxShare)
    shares: dict[int | None, float] = {}
    for year, (above, below) in pairs.items():
        if below > 0:
            shares[year] = above / below
        elif above > 0 and check.per == "total":
            # Money is asked for, and nothing costs anything: no share can be given, and the limit cannot hold.
            return RuleResult("fail" if most else "undecided", None, limit, year, path=path)
    if not shares:
        return RuleResult("undecided", limit=limit, missing=_missing("costs"), path="costs")
    worst = (max if most else min)(shares, key=lambda year: shares[year])
    holds = shares[worst] <= check.limit + TOLERANCE if most else shares[worst] >= check.limit - TOLERANCE
    return RuleResult("pass" if holds else "fail", Shown(shares[worst], "share"), limit, worst, path=path)


def _months(check: MaxMonths | MinMonths, checked: Checked) -> RuleResult:
    limit = Shown(check.limit, "number")
    (first, first_path), (last, last_path) = _value(check.from_, checked), _value(check.to, checked)
    lacking = [path for day, path in ((first, first_path), (last, last_path)) if not isinstance(day, date)]
    if lacking:
        return RuleResult("undecided", limit=limit, missing=_missing(*lacking), path=lacking[0])
    down, up = months_between(first, last)
    most = isinstance(check, MaxMonths)
    value = up if most else down
    holds = value <= check.limit if most else value >= check.limit
    status: Status = "pass" if holds else "fail"
    return RuleResult(status, Shown(value, "number"), limit, path=last_path, days=(first, last))


def _any_sector(check: AnySector, checked: Checked) -> RuleResult:
    limit, path = Shown(check.limit, "number"), "application.organisations"
    organisations = checked.application.organisations
    if not organisations:
        return RuleResult("undecided", limit=limit, missing=_missing(path), path=path)
    known = {item.name or str(index) for index, item in enumerate(organisations) if item.sector in check.sectors}
    unknown = {item.name or str(index) for index, item in enumerate(organisations) if item.sector is None} - known
    value = Shown(len(known), "number")
    if len(known) >= check.limit:
        return RuleResult("pass", value, limit, path=path)
    if len(known | unknown) >= check.limit:
        lacking = tuple(
            Missing(f"{path}.{index}.sector", item.name)
            for index, item in enumerate(organisations)
            if item.sector is None
        )
        return RuleResult("undecided", value, limit, missing=lacking, path=lacking[0].path)
    # Where some are there, and too few, no sector is missing.
    lacking = () if known else tuple(Missing(choices="sector", value=sector) for sector in check.sectors)
    return RuleResult("fail", value, limit, missing=lacking, path=path)


def _in_range(check: InRange, checked: Checked) -> RuleResult:
    value, path = _value(check.field, checked)
    low, high = check.min, check.max
    limit = Shown(high if high is not None else low, "number") if (low, high) != (None, None) else None  # type: ignore[arg-type]
    if not isinstance(value, int | float):
        return RuleResult("undecided", limit=limit, missing=_missing(path), path=path)
    inside = (low is None or value >= low) and (high is None or value <= high)
    return RuleResult("pass" if inside else "fail", Shown(value, "number"), limit, path=path)


def _result(check: ResultWithin, checked: Checked) -> RuleResult:
    bound = check.min if check.min is not None else check.max
    appraisal = checked.appraisal
    unit: Any = "share" if check.statistic in _SHARES else "number" if check.measure in _NUMBERS else "money"
    limit = None if bound is None else Shown(bound, unit)
    figure = None
    if appraisal is not None:
        named = {"longest": max(appraisal.horizons), "shortest": min(appraisal.horizons)}
        horizon = named[check.horizon] if isinstance(check.horizon, str) else check.horizon
        try:
            figure = getattr(appraisal.result(check.measure, check.perspective, horizon), check.statistic)
        except KeyError:
            figure = None
    if figure is None or not math.isfinite(figure):
        return RuleResult("undecided", limit=limit)
    inside = (check.min is None or figure >= check.min) and (check.max is None or figure <= check.max)
    return RuleResult("pass" if inside else "fail", Shown(figure, unit), limit)


def _manual(checked: Checked, rule_id: str) -> RuleResult:
    answer = checked.answers.get(rule_id)
    return RuleResult("undecided" if answer is None else "pass" if answer else "fail")


def _joined(status: str, results: list[RuleResult]) -> RuleResult:
    """Return one result for several: value, limit and place of the first that has the status, all that is missing."""
    deciding = [result for result in results if result.status == status]
    first = next((result for result in deciding if result.value is not None), deciding[0])
    missing = tuple(dict.fromkeys(item for result in deciding for item in result.missing))
    return replace(first, missing=missing)


def _all_of(results: list[RuleResult]) -> RuleResult:
    statuses = {result.status for result in results}
    for status in ("fail", "undecided", "pass", "not_applicable"):
        if status in statuses:
            return _joined(status, results)
    raise AssertionError("a list of checks is never empty")


def _any_of(results: list[RuleResult]) -> RuleResult:
    statuses = {result.status for result in results}
    for status in ("pass", "undecided", "fail", "not_applicable"):
        if status in statuses:
            return _joined(status, results)
    raise AssertionError("a list of checks is never empty")


def _when(check: When, checked: Checked, rule_id: str) -> RuleResult:
    condition = evaluate(check.if_, checked, rule_id)
    if condition.status == "pass":
        return evaluate(check.then, checked, rule_id)
    if condition.status == "undecided":
        return condition
    return RuleResult("not_applicable")


_KINDS: Mapping[str, Callable[[Any, Checked], RuleResult]] = {
    "max_per_year": _max_per_year,
    "max_share": _share,
    "min_share": _share,
    "max_months": _months,
    "min_months": _months,
    "min_count": min_count,
    "any_sector": _any_sector,
    "allowed_values": allowed_values,
    "in_range": _in_range,
    "required_text": required_text,
    "result": _result,
}
