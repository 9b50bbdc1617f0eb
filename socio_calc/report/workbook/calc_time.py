"""Discounting, and the tax parameters' shares (METHOD §1 and §2)."""

from __future__ import annotations

from collections.abc import Mapping

from socio_calc.report.workbook.calculation import Calculation, Discounting
from socio_calc.report.workbook.cells import InputCells, RateCells
from socio_calc.report.workbook.formula import Live, item, literal, power, step_of, where
from socio_calc.report.workbook.grid import Row


def discounting(sheet: Calculation, inputs: InputCells, rate: RateCells, suffix: str = "") -> Discounting:
    """Write the rate of every year, the factor d(t), and d(t) cut at each horizon."""
    if rate.starts is None or rate.rates is None:
        rates = sheet.by_year(f"rate{suffix}", lambda _: rate.first, "share")
    else:
        starts, values = rate.starts, rate.rates
        rates = sheet.by_year(f"rate{suffix}", lambda t: item(values, step_of(sheet.year.cells[t], starts)), "share")
    grown = sheet.running(
        f"growth{suffix}",
        lambda t, before: literal(1) if before is None else before * (1 + rates.cells[t]),
        "factor",
    )
    factors = sheet.by_year(
        f"discount{suffix}",
        lambda t: 1 / (grown.cells[t] * power(1 + rates.cells[t], inputs.timing)),
        "factor",
    )
    return Discounting(rates, factors, cut_at_horizons(sheet, inputs, factors, suffix))


def cut_at_horizons(sheet: Calculation, inputs: InputCells, factors: Row, suffix: str) -> tuple[Row, ...]:
    """Write d(t) for t < h and 0 after, for each horizon h."""
    rows = []
    for number, horizon in enumerate(inputs.horizons, start=1):

        def cell(t: int, horizon: Live = horizon) -> Live:
            return where(sheet.year.cells[t] < horizon, factors.cells[t], 0)

        rows.append(sheet.by_year(f"weights{suffix}", cell, "factor", n=number))
    return tuple(rows)


def tax_shares(sheet: Calculation, taxes: Mapping[str, Live]) -> dict[str, Live]:
    """Write what each party gets of a krona of labour cost and of a krona of taxed pay (METHOD §2)."""
    taxed = sheet.scalar("taxed", 1 - taxes["basic_allowance_share"], "share")
    keeps = {
        "kommun": sheet.scalar("tax-kommun", (taxes["municipal"] - taxes["equalisation_municipal"]) * taxed, "share"),
        "region": sheet.scalar("tax-region", (taxes["regional"] - taxes["equalisation_regional"]) * taxed, "share"),
        "stat": sheet.scalar(
            "tax-equalisation", (taxes["equalisation_municipal"] + taxes["equalisation_regional"]) * taxed, "share"
        ),
        "paid": sheet.scalar("tax-paid", (taxes["municipal"] + taxes["regional"]) * taxed, "share"),
    }
    wage = sheet.scalar("wage-share", 1 / (1 + taxes["employer_contribution"]), "share")
    credit = taxes["job_tax_credit_share"]
    work = {
        "work-kommun": keeps["kommun"] * wage,
        "work-region": keeps["region"] * wage,
        "work-stat": (taxes["employer_contribution"] - credit) * wage + keeps["stat"] * wage,
        "work-individ": wage * (1 - keeps["paid"] + credit),
    }
    return keeps | {key: sheet.scalar(key, formula, "share") for key, formula in work.items()}
