"""Discounting, the tax parameters' shares, survival and participants (METHOD §1, §2 and §4)."""

from __future__ import annotations

from collections.abc import Mapping

from socio_calc.report.workbook.calculation import (
    DETAIL,
    LABEL,
    SCALAR,
    UNIT,
    YEARS,
    Calculation,
    Discounting,
    Participants,
)
from socio_calc.report.workbook.cells import CohortCells, InputCells, LifeCells, RateCells
from socio_calc.report.workbook.formula import Live, item, literal, power, step_of, sum_of, total, where
from socio_calc.report.workbook.grid import Row

_CERTAIN_DEATH_AGE = 100


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


def participants(sheet: Calculation, inputs: InputCells) -> Participants:
    """Write the groups, their survival, and the participants of each year by years since entry."""
    curves = {
        index: _survival(sheet, cohort, inputs.life)
        for index, cohort in enumerate(inputs.cohorts)
        if inputs.life is not None and cohort.age is not None
    }
    grid, words = sheet.grid, sheet.words
    weighty = any(cohort.weight is not None for cohort in inputs.cohorts)
    for column, key in enumerate(("group", "weight" if weighty else None, "start", "number")):
        text = "" if key is None else words.t(f"workbook.calculation.head.{key}")
        grid.text(sheet.row, column, text, "head" if column == LABEL else "head_right")
    if curves:
        grid.text(sheet.row, YEARS, words.t("workbook.calculation.head.alive"), "item")
    sheet.row += 1
    top, size = sheet.row, len(inputs.cohorts)
    alive = []
    for index, cohort in enumerate(inputs.cohorts):
        grid.text(sheet.row, LABEL, cohort.name)
        if cohort.weight is not None:
            grid.formula(sheet.row, DETAIL, cohort.weight)
        grid.formula(sheet.row, UNIT, cohort.year, kind="integer")
        grid.formula(sheet.row, SCALAR, cohort.number, kind="amount")
        if curves:
            curve = curves.get(index)
            living = [curve.cells[a] if curve else literal(1) for a in range(sheet.years)]
            alive.append(grid.formulas(sheet.row, YEARS, living, kind="level"))
        sheet.row += 1
    starts = grid.column(top, UNIT, [cohort.year.value for cohort in inputs.cohorts])
    numbers = grid.column(top, SCALAR, [cohort.number.value for cohort in inputs.cohorts])
    shares = [
        grid.column(top, YEARS + a, [row.cells[a].value for row in alive], fixed=False) if alive else None
        for a in range(sheet.years)
    ]
    without: list[Live | None] = [None] * sheet.years
    entered = _by_age(sheet, "entered", numbers, starts, without)
    living_rows = _by_age(sheet, "living", numbers, starts, shares) if curves else entered
    weighted: dict[bool, tuple[Live, ...]] = {}
    weights = [cohort.weight.value for cohort in inputs.cohorts if cohort.weight is not None]
    if weights:
        extra = numbers * (grid.column(top, DETAIL, weights) - 1)
        weighted[False] = _by_age(sheet, "weighted", extra, starts, without)
        weighted[True] = _by_age(sheet, "weighted-living", extra, starts, shares) if curves else weighted[False]
    number = sheet.scalar("entrants", total(numbers), "amount", n=size)
    return Participants(living_rows, entered, weighted, number)


def _survival(sheet: Calculation, cohort: CohortCells, life: LifeCells | None) -> Row:
    """Write S(a) of a group: women and men followed apart and mixed by their share at entry."""
    if life is None or cohort.age is None:
        raise AssertionError(cohort.name)
    if cohort.women is None:
        return _curve(sheet, cohort, cohort.age, life.both, "alive-both")
    women = _curve(sheet, cohort, cohort.age, life.women, "alive-women")
    men = _curve(sheet, cohort, cohort.age, life.men, "alive-men")
    share = cohort.women
    return sheet.by_year("alive", lambda a: share * women.cells[a] + (1 - share) * men.cells[a], "level", cohort.name)


def _curve(sheet: Calculation, cohort: CohortCells, age: Live, chances: Live | None, key: str) -> Row:
    if chances is None:
        raise AssertionError(cohort.name)

    def left(a: int, before: Live | None) -> Live:
        if before is None:
            return literal(1)
        last = age + sheet.year.cells[a] - 1
        return before * (1 - where(last >= _CERTAIN_DEATH_AGE, 1, item(chances, age + sheet.year.cells[a])))

    return sheet.running(key, left, "level", cohort.name)


def _by_age(sheet: Calculation, key: str, numbers: Live, starts: Live, shares: list[Live | None]) -> tuple[Live, ...]:
    """Write participants by year (rows) and years since entry (columns); half of the table is empty."""
    grid, words = sheet.grid, sheet.words
    grid.text(sheet.row, LABEL, words.t(f"workbook.row.{key}"), "item")
    sheet.row += 1
    rows = []
    for t in range(sheet.years):
        grid.text(sheet.row, LABEL, words.t("workbook.row.participants-year", t=t))
        cells = []
        for a in range(t + 1):
            here = (starts.equals(sheet.year.cells[t] - sheet.year.cells[a])) * numbers
            share = shares[a]
            formula = sum_of(here if share is None else here * share)
            cells.append(grid.formula(sheet.row, YEARS + a, formula, kind="amount", fill=True).value)
        cells += [0.0] * (sheet.years - t - 1)
        rows.append(grid.range(sheet.row, YEARS, sheet.row, YEARS + sheet.years - 1, [cells]))
        sheet.row += 1
    return tuple(rows)
