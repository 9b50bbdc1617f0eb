"""Annex 3, co-financing in working time: hours × wage × (1 + employer contributions) by party, function and year."""

from __future__ import annotations

from typing import Final

from socio_calc.locale import Language
from socio_calc.report.annexes.annex_book import AnnexBook, Check, money_width
from socio_calc.report.annexes.fund_limits import FundLimits
from socio_calc.report.annexes.lines import BudgetLine, ProjectBudget, Work
from socio_calc.report.annexes.notes import lead, prices
from socio_calc.report.text_layout import shortened
from socio_calc.report.workbook.formula import Live, sum_of, total

_PARTY, _FUNCTION, _YEAR, _HOURS, _WAGE, _SURCHARGE, _COST, _SOURCE = range(8)
_HEADS: Final = ("party", "function", "year", "hours", "wage", "surcharge", "cost", "source")
_RIGHT: Final = frozenset({"year", "hours", "wage", "surcharge", "cost"})
_HEAD_ROW: Final = 2
_LONGEST_NOTE: Final = 140
#: Öre that are noise of the sheet's own arithmetic.
_DECIMALS: Final = 4


def time_annex(budget: ProjectBudget, fund: FundLimits, title: str, lang: Language) -> tuple[bytes, AnnexBook]:
    """Return the workbook of the co-financing in time, and the book for its gaps."""
    book = AnnexBook(budget.appraisal, "time", title, lang)
    grid, words = book.grid, book.words
    amount = money_width(sum(budget.whole("time")), 16)
    grid.widths(A=30, B=46, C=8, D=12, E=14, F=16, G=amount, H=40)
    grid.text_over(0, 0, title, "title")
    grid.text_over(1, 0, book.appraisal.title, "item")
    book.head(_HEAD_ROW, [(words.t(f"annex.time.head.{key}"), key in _RIGHT) for key in _HEADS])
    grid.text(_HEAD_ROW, _SOURCE, words.t("annex.time.head.source"), "unit_head")
    row = first = _HEAD_ROW + 1
    hours: list[float] = []
    costs: list[float] = []
    years: list[float] = []
    for line in budget.of("time"):
        used = [place for place, kronor in enumerate(line.whole) if kronor or (line.exact[place] and line.work[place])]
        for place in used:
            kronor, work = line.whole[place], line.work[place]
            _who(book, row, line)
            grid.number(row, _YEAR, budget.years[place], "formula", "year")
            years.append(float(budget.years[place]))
            if work is not None and place == used[0]:
                _source(book, row, line, work)
            costs.append(_cost(book, row, line, work, kronor))
            hours.append(0.0 if work is None else work.hours)
            row += 1
    if not costs:
        grid.text_over(row, _PARTY, words.t("annex.time.none"), "text")
        row += 1
    row += 1
    grid.text(row, _PARTY, words.t("annex.time.total"), "item")
    grid.formula(row, _HOURS, total(grid.column(first, _HOURS, hours or [0.0])), "result", "amount")
    cost_cells = grid.column(first, _COST, costs or [0.0])
    grid.formula(row, _COST, total(cost_cells), "result", "money")
    year_cells = grid.column(first, _YEAR, years or [0.0])
    for year, exact in zip(budget.years, budget.exact("time"), strict=True):
        found = sum_of(year_cells.equals(year) * cost_cells)
        book.checks.append(Check(words.t("annex.check.time", year=year), found, exact))
    foot_row = row + 2
    for note in prices(words, budget):
        foot_row = grid.paragraph(foot_row, note, columns=150)
    footer = f"{title} – {book.appraisal.title}"
    grid.page((_HEAD_ROW, _HEAD_ROW), (_HEAD_ROW + 1, 2), footer, last_column=_SOURCE)
    return book.finish(lead(words, budget, fund, "time"), footer), book


def _who(book: AnnexBook, row: int, line: BudgetLine) -> None:
    if line.party is None:
        book.missing(row, _PARTY, "party", name=line.item.name)
    else:
        book.grid.text(row, _PARTY, line.party)
    about = line.item.note
    text = line.item.name if not about else f"{line.item.name}. {shortened(about, _LONGEST_NOTE)}"
    book.grid.text(row, _FUNCTION, text)


def _source(book: AnnexBook, row: int, line: BudgetLine, work: Work) -> None:
    """Write where the wage comes from, in the first row of an item."""
    if work.source:
        book.grid.text(row, _SOURCE, work.source, "unit")
    else:
        book.missing(row, _SOURCE, "wage-source", name=line.item.name)


def _cost(book: AnnexBook, row: int, line: BudgetLine, work: Work | None, kronor: int) -> float:
    """Write hours, pay and cost of one year and return the cost; without hours it is the amount of the budget."""
    grid = book.grid
    if work is None:
        for column in (_HOURS, _WAGE, _SURCHARGE):
            book.missing(row, column, "hours", name=line.item.name)
        grid.number(row, _COST, kronor, "formula", "money")
        return float(kronor)
    hours = grid.number(row, _HOURS, work.hours, "formula", "amount")
    wage = grid.number(row, _WAGE, work.wage, "formula", "price")
    surcharge = grid.number(row, _SURCHARGE, work.surcharge, "formula", "share")
    grid.formula(row, _COST, _whole(hours * wage * (1 + surcharge), kronor), "formula", "money")
    return float(kronor)


def _whole(cost: Live, kronor: int) -> Live:
    """Return the cost in whole kronor, rounded the way that makes the sums of the budget right."""
    exact = round(float(cost.value), _DECIMALS)
    up = kronor >= exact
    return Live(f"{'ROUNDUP' if up else 'ROUNDDOWN'}(ROUND({cost.text},{_DECIMALS}),0)", float(kronor))
