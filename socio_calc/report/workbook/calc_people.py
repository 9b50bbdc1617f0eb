"""Survival, and the participants of each year by years since entry (METHOD §4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from socio_calc.report.workbook.calculation import (
    DETAIL,
    LABEL,
    SCALAR,
    UNIT,
    YEARS,
    Calculation,
    Participants,
    Present,
)
from socio_calc.report.workbook.cells import CohortCells, InputCells, LifeCells
from socio_calc.report.workbook.formula import Live, item, literal, sum_of, total, where
from socio_calc.report.workbook.grid import Row

_CERTAIN_DEATH_AGE = 100


@dataclass(frozen=True, slots=True)
class _Survival:
    """S(a) of a group, and S(a + 1) where pathways follow those who live through the year."""

    first: Row
    last: Row | None


def participants(sheet: Calculation, inputs: InputCells) -> Participants:
    """Write the groups, their survival, and the participants of each year by years since entry."""
    ends = any(pathway.alive for pathway in inputs.pathways)
    curves = {
        index: _survival(sheet, cohort, inputs.life, ends)
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
            living = [curve.first.cells[a] if curve else literal(1) for a in range(sheet.years)]
            alive.append(grid.formulas(sheet.row, YEARS, living, kind="level"))
        sheet.row += 1
    shares = _columns(sheet, top, alive)
    later = _later(sheet, inputs, curves) if ends else shares
    starts = grid.column(top, UNIT, [cohort.year.value for cohort in inputs.cohorts])
    numbers = grid.column(top, SCALAR, [cohort.number.value for cohort in inputs.cohorts])
    without: list[Live | None] = [None] * sheet.years
    entered = _by_age(sheet, "entered", numbers, starts, without)
    living_rows = _by_age(sheet, "living", numbers, starts, shares) if curves else entered
    present = {False: Present(entered, entered), True: Present(living_rows, living_rows)}
    if ends:
        present[True] = Present(living_rows, _by_age(sheet, "living-end", numbers, starts, later))
    weighted: dict[bool, tuple[Live, ...]] = {}
    weighted_present: dict[bool, Present] = {}
    weights = [cohort.weight.value for cohort in inputs.cohorts if cohort.weight is not None]
    if weights:
        extra = numbers * (grid.column(top, DETAIL, weights) - 1)
        weighted[False] = _by_age(sheet, "weighted", extra, starts, without)
        weighted[True] = _by_age(sheet, "weighted-living", extra, starts, shares) if curves else weighted[False]
        weighted_present = {asked: Present(rows, rows) for asked, rows in weighted.items()}
        if ends:
            last = _by_age(sheet, "weighted-living-end", extra, starts, later)
            weighted_present[True] = Present(weighted[True], last)
    number = sheet.scalar("entrants", total(numbers), "amount", n=size)
    return Participants(living_rows, entered, weighted, number, present, weighted_present)


def _later(sheet: Calculation, inputs: InputCells, curves: dict[int, _Survival]) -> list[Live | None]:
    """Write the groups' S(a + 1) below each other."""
    sheet.grid.text(sheet.row, LABEL, sheet.words.t("workbook.row.alive-end"), "item")
    sheet.row += 1
    top, rows = sheet.row, []
    for index, cohort in enumerate(inputs.cohorts):
        row = curves[index].last
        if row is None:
            raise AssertionError(cohort.name)
        sheet.grid.text(sheet.row, LABEL, cohort.name)
        rows.append(sheet.grid.formulas(sheet.row, YEARS, row.cells, kind="level"))
        sheet.row += 1
    return _columns(sheet, top, rows)


def _columns(sheet: Calculation, top: int, rows: Sequence[Row]) -> list[Live | None]:
    """Return for each year since entry the cells of all groups as a column, None without rows."""
    return [
        sheet.grid.column(top, YEARS + a, [row.cells[a].value for row in rows], fixed=False) if rows else None
        for a in range(sheet.years)
    ]


def _survival(sheet: Calculation, cohort: CohortCells, life: LifeCells | None, ends: bool) -> _Survival:
    """Write S(a) of a group: women and men followed apart and mixed by their share at entry."""
    if life is None or cohort.age is None:
        raise AssertionError(cohort.name)
    if cohort.women is None:
        return _curve(sheet, cohort, cohort.age, life.both, "alive-both", ends)
    women = _curve(sheet, cohort, cohort.age, life.women, "alive-women", ends)
    men = _curve(sheet, cohort, cohort.age, life.men, "alive-men", ends)
    share = cohort.women

    def mixed(key: str, of_women: Row, of_men: Row) -> Row:
        return sheet.by_year(
            key, lambda a: share * of_women.cells[a] + (1 - share) * of_men.cells[a], "level", cohort.name
        )

    first = mixed("alive", women.first, men.first)
    if women.last is None or men.last is None:
        return _Survival(first, None)
    return _Survival(first, mixed("alive-end", women.last, men.last))


def _curve(sheet: Calculation, cohort: CohortCells, age: Live, chances: Live | None, key: str, ends: bool) -> _Survival:
    if chances is None:
        raise AssertionError(cohort.name)

    def chance(years: Live) -> Live:
        """Return the risk of death at an age so many years after the age at entry."""
        return where(age + years >= _CERTAIN_DEATH_AGE, 1, item(chances, age + years + 1))

    def left(a: int, before: Live | None) -> Live:
        return literal(1) if before is None else before * (1 - chance(sheet.year.cells[a - 1]))

    first = sheet.running(key, left, "level", cohort.name)
    if not ends:
        return _Survival(first, None)
    through = sheet.by_year(
        f"{key}-end", lambda a: first.cells[a] * (1 - chance(sheet.year.cells[a])), "level", cohort.name
    )
    return _Survival(first, through)


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
