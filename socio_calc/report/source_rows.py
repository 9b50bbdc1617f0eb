"""The rows of the reference base that a calculation uses: what a report names as its sources, and nothing else."""

from __future__ import annotations

from typing import Final

from socio_calc.appraisal import Appraisal
from socio_calc.case import BaselineRef, CostRef, EvidenceRef, Quantity
from socio_calc.engine.build import TAX_DEFAULTS
from socio_calc.locale import Texts
from socio_calc.reference import BaselineRow, CostRow, EvidenceRow, ParameterRow

BaseRow = CostRow | EvidenceRow | BaselineRow | ParameterRow

#: Kinds of lines that are work, whose value is split between the parties by the tax rates.
_WORK: Final = ("production", "production_loss")
_ON_THE_WAGE: Final = "employer_contribution"


def source_rows(appraisal: Appraisal) -> tuple[BaseRow, ...]:
    """Return every row in use: prices, evidence, levels, and the tax parameters that the case does not state."""
    plan, base = appraisal.plan, appraisal.reference
    return (
        *(base.costs[id] for id in plan.costs_used),
        *(base.evidence[id] for id in plan.evidence_used),
        *(base.baselines[id] for id in plan.baselines_used),
        *(base.parameters[TAX_DEFAULTS[name]] for name in default_taxes(appraisal)),
    )


def row_of(appraisal: Appraisal, quantity: Quantity) -> BaseRow | None:
    """Return the row of the reference base that a quantity is taken from; None where it is the case's own."""
    base = appraisal.reference
    if isinstance(quantity, CostRef):
        return base.costs[quantity.cost]
    if isinstance(quantity, EvidenceRef):
        return base.evidence[quantity.evidence]
    if isinstance(quantity, BaselineRef):
        return base.baselines[quantity.baseline]
    return None


def default_taxes(appraisal: Appraisal) -> tuple[str, ...]:
    """Return the tax rates (keys of `TAX_DEFAULTS`) that decide a figure and that the case leaves to the base."""
    given, used = appraisal.case.taxes, taxes_used(appraisal)
    names = []
    for name in TAX_DEFAULTS:
        group, _, key = name.partition("_")
        own = getattr(given.equalisation, key) if group == "equalisation" else getattr(given, name)
        if name in used and own is None:
            names.append(name)
    return tuple(names)


def taxes_used(appraisal: Appraisal) -> frozenset[str]:
    """Return the tax rates that decide a figure: all where work or a taxed benefit counts, else at most the one on pay.

    Working time without a surcharge of its own carries the contributions by law.
    """
    if any(line.taxed or line.kind in _WORK for line in appraisal.plan.lines):
        return frozenset(TAX_DEFAULTS)
    paid = any(item.hours is not None and item.contributions is None for item in appraisal.case.costs)
    return frozenset([_ON_THE_WAGE] if paid else [])


def confidence_of(row: BaseRow, words: Texts) -> str:
    """Return in words how sure a row is: the grade of an effect first, then how far the source bears the figure."""
    sure = words.choice("confidence", row.confidence)
    return f"{words.choice('evidence_grade', row.grade)}. {sure}" if isinstance(row, EvidenceRow) else sure


def row_source(row: BaseRow) -> str:
    """Return title, publisher and year of a row."""
    return ", ".join(part for part in (publication(row), publication_year(row)) if part)


def publication(row: BaseRow) -> str:
    """Return title and publisher of a row."""
    return ", ".join(part for part in (row.source_title, getattr(row, "publisher", "")) if part)


def publication_year(row: BaseRow) -> str:
    """Return the year of a row's source, empty where it has none."""
    year = row.source_year if isinstance(row, CostRow) else row.year
    return "" if year is None else str(year)
