"""The budget by calendar year as a fund sees it: own prices, not discounted, own time included."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from socio_calc.appraisal import Appraisal
from socio_calc.case import Application, CostItem


@dataclass(frozen=True)
class Budget:
    """Costs of the intervention by calendar year, and those of them that the grant covers, SEK.

    What falls away of ordinary practice (`replaces`) is left out.
    """

    costs: Mapping[int, float]
    grant: Mapping[int, float]


def budget_of(appraisal: Appraisal) -> Budget:
    """Return the budget of a case, amounts by their central values."""
    return Budget(
        _by_year(appraisal, lambda item: not item.replaces),
        _by_year(appraisal, lambda item: not item.replaces and item.funding == "grant"),
    )


def _by_year(appraisal: Appraisal, counts: Callable[[CostItem], bool]) -> dict[int, float]:
    plan, total = (
        appraisal.plan,
        dict.fromkeys(range(appraisal.first_year, appraisal.first_year + appraisal.longest), 0.0),
    )
    amounts = {line.path: (line, row) for line, row in zip(plan.lines, appraisal.flows_base.amounts, strict=True)}
    for index, item in enumerate(appraisal.case.costs):
        if counts(item):
            line, row = amounts[f"costs.{index}"]
            for year, amount in enumerate(row.tolist()):
                # The conversion to the case's price year is taken back: a budget stands in the prices it was made in.
                total[appraisal.first_year + year] += amount / line.conversion
    return total


def project_years(application: Application) -> range | None:
    """Return the calendar years from start to end of the application, None where a date is missing."""
    if application.start is None or application.end is None:
        return None
    return range(application.start.year, application.end.year + 1)
