"""The lines of the annexes: what every cost item comes to in each calendar year, who bears it, and in which way.

The amounts are those that the fund's rules are tested on (RULES §4): as budgeted, in the prices that each item is
stated in, not discounted, own time included, costs of ordinary practice that fall away left out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from socio_calc.appraisal import Appraisal
from socio_calc.case import Application, CostItem, CostRef, Quantity
from socio_calc.case.quantities import follow
from socio_calc.engine.plan import Line
from socio_calc.engine.yearly import base_values
from socio_calc.report.annexes.whole_kronor import whole_kronor
from socio_calc.report.financing import Source, source_of

_HOUR: Final = "hour"


@dataclass(frozen=True, slots=True)
class Work:
    """Hours and pay of one year: the amount is hours × wage × (1 + surcharge).

    Attributes
    ----------
    hours, wage, surcharge
        Of the year; SEK per hour; employer contributions and the like as a share of the wage.
    source
        Where the wage comes from, as the case says it.
    """

    hours: float
    wage: float
    surcharge: float
    source: str


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One cost item of the project.

    Attributes
    ----------
    index
        Its place among the costs of the case, from 0.
    party
        Who bears it, a name among the organisations; None where the case names none.
    price_year
        The year whose prices the amounts stand in.
    exact, whole
        SEK by project year, exactly and in whole kronor.
    price
        What the amounts are counted from, before quantity, years and participants, SEK: the amount, or hours × wage ×
        (1 + surcharge).
    work
        By project year where the item is working time and the case says how many hours; else None.
    in_case_prices
        SEK of all project years together in the prices of the case.
    """

    index: int
    item: CostItem
    source: Source
    party: str | None
    price_year: int
    exact: tuple[float, ...]
    whole: tuple[int, ...]
    price: float
    work: tuple[Work | None, ...]
    in_case_prices: float


@dataclass(frozen=True)
class ProjectBudget:
    """The budget of the project.

    Attributes
    ----------
    years
        Calendar years.
    dated
        The application says when the project begins and ends; else the years are those with costs.
    lines
        In the order of the case.
    applied
        What the application asks for by project year, None where it says nothing.
    later, later_years
        SEK of costs in years outside of the project, which the annexes leave out, and those years.
    """

    appraisal: Appraisal
    years: tuple[int, ...]
    dated: bool
    lines: tuple[BudgetLine, ...]
    applied: tuple[float, ...] | None
    later: float
    later_years: tuple[int, ...]

    def of(self, *sources: Source) -> tuple[BudgetLine, ...]:
        """Return the lines that are paid in certain ways."""
        return tuple(line for line in self.lines if line.source in sources)

    def whole(self, *sources: Source) -> tuple[int, ...]:
        """Return whole kronor by year of the lines that are paid in certain ways."""
        return tuple(sum(line.whole[place] for line in self.of(*sources)) for place in range(len(self.years)))

    def exact(self, *sources: Source) -> tuple[float, ...]:
        """Return kronor by year, not rounded."""
        return tuple(math.fsum(line.exact[place] for line in self.of(*sources)) for place in range(len(self.years)))

    @cached_property
    def price_years(self) -> tuple[int, ...]:
        """The years whose prices the amounts stand in, the case's first."""
        own = self.appraisal.price_year
        return tuple(sorted({line.price_year for line in self.lines} or {own}, key=lambda year: (year != own, year)))

    @property
    def in_case_prices(self) -> float:
        """The whole budget in the prices of the case, SEK."""
        return math.fsum(line.in_case_prices for line in self.lines)


def project_budget(appraisal: Appraisal) -> ProjectBudget:
    """Return the budget of the project that a case describes; uncertain quantities by their central values."""
    application = appraisal.case.application
    plan_lines = {line.path: (line, row) for line, row in zip(appraisal.plan.lines, _rows(appraisal), strict=True)}
    found: list[tuple[int, CostItem, Line, Sequence[float]]] = []
    for index, item in enumerate(appraisal.case.costs):
        line, row = plan_lines[f"costs.{index}"]
        if not item.replaces:
            # The conversion to the case's price year is taken back: a budget stands in the prices it was made in.
            found.append((index, item, line, [amount / line.conversion for amount in row]))
    years, dated = _project_years(appraisal, application, [row for *_, row in found])
    places = [year - appraisal.first_year for year in years]

    def within(row: Sequence[float]) -> tuple[float, ...]:
        return tuple(row[place] if 0 <= place < len(row) else 0.0 for place in places)

    values = base_values(appraisal.plan)
    in_project = [one for one in found if any(within(one[3]))]
    sources = [source_of(item) for _, item, _, _ in in_project]
    prices = [math.fsum(float(values.product(part)[0]) for part in line.price) for _, _, line, _ in in_project]
    whole = whole_kronor([within(row) for *_, row in in_project], sources, "grant")
    lines = tuple(
        BudgetLine(
            index=index,
            item=item,
            source=source,
            party=item.organisation,
            price_year=line.price_year or item.price_year or appraisal.price_year,
            exact=within(row),
            whole=kronor,
            price=price,
            work=_work(appraisal, item, price, within(row), years),
            in_case_prices=math.fsum(within(row)) * line.conversion,
        )
        for (index, item, line, row), source, kronor, price in zip(in_project, sources, whole, prices, strict=True)
    )
    outside = {
        appraisal.first_year + place
        for *_, row in found
        for place, amount in enumerate(row)
        if amount and place not in places
    }
    later = math.fsum(row[year - appraisal.first_year] for *_, row in found for year in outside)
    applied = (
        tuple(application.applied.get(year, 0.0) for year in years) if application and application.applied else None
    )
    return ProjectBudget(appraisal, years, dated, lines, applied, later, tuple(sorted(outside)))


def _rows(appraisal: Appraisal) -> list[list[float]]:
    return [row.tolist() for row in appraisal.flows_base.amounts]


def _project_years(
    appraisal: Appraisal, application: Application | None, rows: Sequence[Sequence[float]]
) -> tuple[tuple[int, ...], bool]:
    if application is not None and application.start is not None and application.end is not None:
        return tuple(range(application.start.year, application.end.year + 1)), True
    used = [place for row in rows for place, amount in enumerate(row) if amount] or [0]
    return tuple(range(appraisal.first_year + min(used), appraisal.first_year + max(used) + 1)), False


def _work(
    appraisal: Appraisal, item: CostItem, price: float, amounts: Sequence[float], years: Sequence[int]
) -> tuple[Work | None, ...]:
    """Return hours and pay by year, as far as the case has them: an hourly price of the list is a wage too."""
    none: tuple[Work | None, ...] = (None,) * len(years)
    if item.hours is not None and item.wage is not None:
        source = _said(item, item.wage, appraisal)
        own = item.contributions
        surcharge = appraisal.plan.taxes.employer_contribution if own is None else central_of(appraisal, own)
        hours = central_of(appraisal, item.hours)
        if surcharge is None or not hours:
            return none
        wage = price / (hours * (1.0 + surcharge))
    elif item.amount is not None and _price_per_hour(appraisal, item.amount):
        wage, surcharge, source = price, 0.0, _said(item, item.amount, appraisal)
    else:
        return none
    growth = central_of(appraisal, item.growth) or 0.0
    if not wage:
        return none
    found = []
    for amount, year in zip(amounts, years, strict=True):
        grown = wage * (1.0 + growth) ** (year - appraisal.first_year)
        found.append(Work(amount / (grown * (1.0 + surcharge)), grown, surcharge, source))
    return tuple(found)


def central_of(appraisal: Appraisal, quantity: Quantity) -> float | None:
    """Return the central value of a quantity, prices of the list followed; None where it has none of its own."""
    followed = follow(quantity, appraisal.case.quantities)
    if isinstance(followed, CostRef):
        return appraisal.reference.costs[followed.cost].value
    return None if followed is None else followed.central


def _price_per_hour(appraisal: Appraisal, quantity: Quantity) -> bool:
    followed = follow(quantity, appraisal.case.quantities)
    return isinstance(followed, CostRef) and appraisal.reference.costs[followed.cost].per == _HOUR


def _said(item: CostItem, quantity: Quantity, appraisal: Appraisal) -> str:
    """Return the source of a price: its own, that of the name or of the list behind it, or that of the item."""
    followed = follow(quantity, appraisal.case.quantities)
    if isinstance(followed, CostRef):
        row = appraisal.reference.costs[followed.cost]
        return f"{row.source_title}, {row.publisher}"
    return quantity.source or (followed.source if followed is not None else None) or item.source or ""
