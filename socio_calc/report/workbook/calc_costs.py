"""Costs of the intervention, year by year (METHOD §3)."""

from __future__ import annotations

from socio_calc.report.financing import paid_by
from socio_calc.report.workbook.calculation import Calculation, Participants
from socio_calc.report.workbook.cells import CostCells
from socio_calc.report.workbook.formula import Live, count, count_equal, power, sum_of
from socio_calc.report.workbook.grid import Row
from socio_calc.report.workbook.ledger_sheet import Entry


def cost_entry(sheet: Calculation, cells: CostCells, people: Participants) -> Entry:
    """Write a cost item and return what it takes from (or, where it replaces a cost, leaves with) its payer."""
    words, item = sheet.words, cells.item
    payer = str(cells.line.payer)
    sheet.item(item.name, words.choice("basis", item.basis))
    amount = sheet.scalar("cost-amount", _amount(cells), "price")
    times = _times(sheet, cells, people)
    yearly = sheet.by_year(
        "cost-year",
        lambda t: amount * times.cells[t] * power(1 + cells.growth, sheet.year.cells[t]),
        "money",
    )
    gains = tuple(cell if item.replaces else 0 - cell for cell in yearly.cells)
    return Entry(item.name, paid_by(item, words), "cost", "cost", payer, gains, item.funding == "grant")


def _amount(cells: CostCells) -> Live:
    if cells.amount is not None:
        amount = cells.amount
    elif cells.hours is not None and cells.wage is not None and cells.contributions is not None:
        amount = cells.hours * cells.wage * (1 + cells.contributions)
    else:
        raise AssertionError(cells.line.path)
    amount = amount * cells.quantity
    return amount if cells.conversion is None else amount * cells.conversion


def _times(sheet: Calculation, cells: CostCells, people: Participants) -> Row:
    """Write how many times the amount falls in each year."""
    years, basis = cells.years, cells.item.basis
    if basis == "total":
        return sheet.by_year("cost-share", lambda t: count_equal(years, sheet.year.cells[t]) / count(years), "level")
    if basis == "per_year":
        return sheet.by_year("cost-times", lambda t: count_equal(years, sheet.year.cells[t]), "level")
    since_entry = sheet.by_year("cost-since", lambda a: count_equal(years, sheet.year.cells[a]), "level")
    return sheet.by_year("cost-people", lambda t: sum_of(since_entry.whole * people.alive[t]), "amount")
