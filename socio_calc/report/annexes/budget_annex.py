"""Annex 2, the budget: every cost item by calendar year, grouped by who pays, with the fund's share."""

from __future__ import annotations

from typing import Final

from socio_calc.locale import Language, Texts, number, share
from socio_calc.report.annexes.annex_book import AnnexBook, Check, money_width
from socio_calc.report.annexes.fund_limits import FundLimits
from socio_calc.report.annexes.lines import BudgetLine, ProjectBudget, central_of
from socio_calc.report.annexes.notes import lead, prices, words_kronor
from socio_calc.report.financing import SOURCES, Source
from socio_calc.report.text_layout import shortened
from socio_calc.report.workbook.formula import Live, added, total, where
from socio_calc.report.workbook.grid import column_name
from socio_calc.report.workbook.styles import Role

_NUMBER, _ITEM, _TYPE, _PARTY, _HOW, _FIRST_YEAR = range(6)
_HEAD_ROW: Final = 2
_LONGEST_NOTE: Final = 160
_DIGITS: Final = 2


def budget_annex(budget: ProjectBudget, fund: FundLimits, title: str, lang: Language) -> tuple[bytes, AnnexBook]:
    """Return the workbook of the budget, and the book for its gaps."""
    book = AnnexBook(budget.appraisal, "budget", title, lang)
    sheet = _Sheet(book, budget, fund)
    sheet.write()
    footer = f"{title} – {budget.appraisal.title}"
    last = sheet.last_column
    book.grid.page((_HEAD_ROW, _HEAD_ROW), (_HEAD_ROW + 1, 2), footer, last_column=last)
    return book.finish(lead(book.words, budget, fund, "budget"), footer), book


class _Sheet:
    """The sheet while it is written, row by row."""

    def __init__(self, book: AnnexBook, budget: ProjectBudget, fund: FundLimits) -> None:
        self.book, self.budget, self.fund = book, budget, fund
        self.grid, self.words = book.grid, book.words
        self.years = len(budget.years)
        self.sum_column = _FIRST_YEAR + self.years
        self.last_column = self.sum_column + 1
        self.row = _HEAD_ROW + 1

    def write(self) -> None:
        """Write everything."""
        words, grid = self.words, self.grid
        widths = {"A": 5, "B": 32, "C": 13, "D": 22, "E": 46}
        amount = money_width(sum(self.budget.whole(*SOURCES)), 13)
        numbers = {column_name(column): amount for column in range(_FIRST_YEAR, self.sum_column + 1)}
        grid.widths(**widths, **numbers, **{column_name(self.last_column): 8})
        grid.text_over(0, 0, self.book.title, "title")
        grid.text_over(1, 0, self.book.appraisal.title, "item")
        heads = [(words.t(f"annex.budget.head.{key}"), False) for key in ("number", "item", "type", "party", "how")]
        heads += [(str(year), True) for year in self.budget.years]
        heads += [(words.t("annex.budget.head.sum"), True), (words.t("annex.budget.head.price-year"), True)]
        self.book.head(_HEAD_ROW, heads)
        sums = {source: self._group(source) for source in SOURCES if self.budget.of(source)}
        self._totals(sums)
        for note in prices(words, self.budget):
            self.row = grid.paragraph(self.row + 1, note, columns=150) - 1
        if not self.budget.dated:
            self.book.lacks("dates")
        last = self.budget.appraisal.first_year + self.budget.appraisal.longest - 1
        if self.budget.years[-1] > last:
            self.book.lacks("short", last=last)

    def _group(self, source: Source) -> tuple[Live, ...]:
        """Write the items that are paid in one way and return their sums by year, the whole last."""
        words, grid = self.words, self.grid
        self.book.section(self.row, words.t(f"annex.source.{source}"), self.last_column + 1)
        self.row += 1
        first = self.row
        lines = self.budget.of(source)
        for line in lines:
            self._item(line)
        values = self.budget.whole(source)
        sums = []
        grid.text(self.row, _ITEM, words.t(f"annex.source-sum.{source}"), "item")
        for place in range(self.years):
            column = [line.whole[place] for line in lines]
            cells = grid.column(first, _FIRST_YEAR + place, column, fixed=False)
            sums.append(grid.formula(self.row, _FIRST_YEAR + place, total(cells), "result", "money", fill=True))
        whole = grid.range(self.row, _FIRST_YEAR, self.row, self.sum_column - 1, [list(values)])
        sums.append(grid.formula(self.row, self.sum_column, total(whole), "result", "money", fill=True))
        self.row += 2
        return tuple(sums)

    def _item(self, line: BudgetLine) -> None:
        words, grid, row, item = self.words, self.grid, self.row, line.item
        grid.text(row, _NUMBER, str(line.index + 1))
        grid.text(row, _ITEM, item.name)
        if item.cost_type is None:
            self.book.missing(row, _TYPE, "cost-type", name=item.name)
        else:
            grid.text(row, _TYPE, words.choice("cost_type", item.cost_type))
        if line.party is not None:
            grid.text(row, _PARTY, line.party)
        elif line.source in ("outside", "grant"):
            grid.text(row, _PARTY, words.choice("actor", item.actor))
        else:
            self.book.missing(row, _PARTY, "party", name=item.name)
        grid.text(row, _HOW, _calculation(line, self.budget, self.book.lang, words))
        amounts = grid.numbers(row, _FIRST_YEAR, line.whole, "formula", "money")
        grid.formula(row, self.sum_column, total(amounts.whole), "formula", "money")
        grid.number(row, self.last_column, line.price_year, "formula", "year")
        self.row += 1

    def _totals(self, sums: dict[Source, tuple[Live, ...]]) -> None:
        words, grid, budget = self.words, self.grid, self.budget
        self.book.section(self.row, words.t("annex.budget.totals"), self.last_column + 1)
        self.row += 1
        whole = self._sum_row("annex.budget.total", list(sums.values()), result=True)
        own = [row for source, row in sums.items() if source != "grant"]
        grant = self._sum_row("annex.budget.grant", [sums["grant"]] if "grant" in sums else [])
        self._sum_row("annex.budget.own", own)
        if not budget.lines:
            self.book.lacks("no-costs")
            return
        grid.text(self.row, _ITEM, words.t("annex.budget.share"))
        for place, (part, of) in enumerate(zip(grant, whole, strict=True)):
            formula = where(of.equals(0), 0, part / of)
            grid.formula(self.row, _FIRST_YEAR + place, formula, "formula", "percent")
        share_of_all = where(whole[-1].equals(0), 0, grant[-1] / whole[-1])
        self.row += 1
        self._applied(grant)
        self._limits(grant, share_of_all)
        exact = budget.exact(*SOURCES)
        for year, cell, amount in zip((*budget.years, None), whole, (*exact, sum(exact)), strict=True):
            label = words.t("annex.check.total") if year is None else words.t("annex.check.year", year=year)
            self.book.checks.append(Check(label, cell, amount))

    def _sum_row(self, key: str, rows: list[tuple[Live, ...]], *, result: bool = False) -> tuple[Live, ...]:
        grid = self.grid
        role: Role = "result" if result else "formula"
        grid.text(self.row, _ITEM, self.words.t(key), "item" if result else "text")
        cells = []
        for place in range(self.years + 1):
            formula = added([row[place] for row in rows])
            cells.append(grid.formula(self.row, _FIRST_YEAR + place, formula, role, "money", fill=True))
        self.row += 1
        return tuple(cells)

    def _applied(self, grant: tuple[Live, ...]) -> None:
        """Write what the application asks for, and whether it is what the grant pays here."""
        words, grid, applied = self.words, self.grid, self.budget.applied
        grid.text(self.row, _ITEM, words.t("annex.budget.applied"))
        if applied is None:
            for place in range(self.years):
                self.book.missing(self.row, _FIRST_YEAR + place, "applied")
            self.row += 1
            return
        asked = grid.numbers(self.row, _FIRST_YEAR, applied, "formula", "money")
        grid.formula(self.row, self.sum_column, total(asked.whole), "formula", "money")
        self.row += 1
        for year, cell, amount in zip(self.budget.years, grant, applied, strict=False):
            self.book.checks.append(Check(words.t("annex.check.applied", year=year), cell, amount))

    def _limits(self, grant: tuple[Live, ...], share_of_all: Live) -> None:
        """Write the fund's limits beside what the budget has."""
        words, grid = self.words, self.grid
        if (limit := self.fund.per_year) is not None:
            grid.text(
                self.row,
                _ITEM,
                words.t("annex.budget.limit.year", rule=limit.rule, limit=words_kronor(words, limit.value)),
            )
            for place, cell in enumerate(grant[:-1]):
                self._verdict(_FIRST_YEAR + place, cell <= limit.value)
            self._confirmed(limit.confirmed)
            self.row += 1
        if (limit := self.fund.share) is not None:
            percent = share(limit.value, self.book.lang)
            grid.text(self.row, _ITEM, words.t("annex.budget.limit.share", rule=limit.rule, limit=percent))
            # A hair above the limit is rounding.
            self._verdict(self.sum_column, share_of_all <= limit.value + 1e-9)
            self._confirmed(limit.confirmed)
            self.row += 1

    def _verdict(self, column: int, holds: Live) -> None:
        words = self.words
        verdict = where(holds, words.t("annex.check.within"), words.t("annex.check.above"))
        self.grid.formula(self.row, column, verdict, "fixed_right", "line")

    def _confirmed(self, confirmed: bool) -> None:
        if not confirmed:
            self.grid.text(self.row, _HOW, self.words.t("annex.budget.limit.unconfirmed"), "note")


def _calculation(line: BudgetLine, budget: ProjectBudget, lang: Language, words: Texts) -> str:
    """Say how the amounts come about, in central values, and what the case says about them."""
    item = line.item
    many = central_of(budget.appraisal, item.quantity)
    times = None if many is None or many == 1.0 else number(round(many, _DIGITS), lang)
    basis = words.plural(f"annex.how.basis.{item.basis}", len(item.years))
    hours = None if item.hours is None else central_of(budget.appraisal, item.hours)
    work = next((one for one in line.work if one is not None), None)
    if hours is not None and work is not None:
        text = words.t(
            "annex.how.hours",
            hours=number(round(hours, 1), lang),
            wage=number(round(work.wage, _DIGITS), lang),
            surcharge=number(round(100.0 * work.surcharge, _DIGITS), lang),
            times=times,
            basis=basis,
        )
    else:
        text = words.t("annex.how.amount", amount=number(round(line.price, _DIGITS), lang), times=times, basis=basis)
    about = item.note or item.source
    return text if not about else f"{text} {shortened(about, _LONGEST_NOTE)}"
