"""Annex 3, co-financing in money: what each party pays in each year, with whose endorsement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from socio_calc.case import Organisation
from socio_calc.locale import Language
from socio_calc.report.annexes.annex_book import AnnexBook, Check, money_width
from socio_calc.report.annexes.fund_limits import FundLimits
from socio_calc.report.annexes.lines import BudgetLine, ProjectBudget
from socio_calc.report.annexes.notes import lead, prices
from socio_calc.report.financing import SOURCES, Source
from socio_calc.report.workbook.formula import Live, sum_of, total, where

_PARTY, _UNIT, _YEAR, _CASH, _GOODS, _SUM, _SHARE, _BY, _DATE = range(9)
_HEADS: Final = ("party", "unit", "year", "cash", "goods", "sum", "share", "by", "date")
_RIGHT: Final = frozenset({"year", "cash", "goods", "sum", "share"})
_HEAD_ROW: Final = 2
_SOURCE_OF: Final[dict[int, Source]] = {_CASH: "cash", _GOODS: "goods"}


def cofinancing_annex(budget: ProjectBudget, fund: FundLimits, title: str, lang: Language) -> tuple[bytes, AnnexBook]:
    """Return the workbook of the co-financing in money, and the book for its gaps."""
    book = AnnexBook(budget.appraisal, "cofinancing", title, lang)
    grid, words = book.grid, book.words
    amount = money_width(sum(budget.whole(*SOURCES)), 16)
    grid.widths(A=34, B=24, C=8, D=amount, E=amount, F=amount, G=12, H=34, I=14)
    grid.text_over(0, 0, title, "title")
    grid.text_over(1, 0, book.appraisal.title, "item")
    book.head(_HEAD_ROW, [(words.t(f"annex.cofinancing.head.{key}"), key in _RIGHT) for key in _HEADS])
    grid.text(_HEAD_ROW, _BY, words.t("annex.cofinancing.head.by"), "unit_head")
    # What the whole project costs stands in a cell of its own, so that the shares follow it.
    everything = sum(budget.whole(*SOURCES))
    parties = _parties(budget)
    rows = sum(1 for party in parties for _ in _years_of(parties[party], budget))
    foot = _HEAD_ROW + 1 + max(rows, 1) + 1
    whole = Live(grid.address(foot + 1, _SUM), float(everything))
    row = _HEAD_ROW + 1
    years: list[float] = []
    written: dict[int, list[int]] = {_CASH: [], _GOODS: [], _SUM: []}
    for party, lines in parties.items():
        for place, cash, goods in _years_of(lines, budget):
            _party_cells(book, row, party, lines)
            grid.number(row, _YEAR, budget.years[place], "formula", "year")
            amounts = [
                grid.number(row, _CASH, cash, "formula", "money"),
                grid.number(row, _GOODS, goods, "formula", "money"),
            ]
            both = grid.range(row, _CASH, row, _GOODS, [[amount.value for amount in amounts]])
            sum_cell = grid.formula(row, _SUM, total(both), "formula", "money")
            grid.formula(row, _SHARE, where(whole.equals(0), 0, sum_cell / whole), "formula", "percent")
            years.append(float(budget.years[place]))
            for column, amount in ((_CASH, cash), (_GOODS, goods), (_SUM, cash + goods)):
                written[column].append(amount)
            row += 1
    if not rows:
        grid.text_over(row, _PARTY, words.t("annex.cofinancing.none"), "text")
        row += 1
    row += 1
    grid.text(row, _PARTY, words.t("annex.cofinancing.total"), "item")
    for column, amounts_of in written.items():
        cells = grid.column(_HEAD_ROW + 1, column, amounts_of or [0.0])
        grid.formula(row, column, total(cells), "result", "money")
    year_cells = grid.column(_HEAD_ROW + 1, _YEAR, years or [0.0])
    for column, source in _SOURCE_OF.items():
        cells = grid.column(_HEAD_ROW + 1, column, written[column] or [0.0])
        for year, exact in zip(budget.years, budget.exact(source), strict=True):
            found = sum_of(year_cells.equals(year) * cells)
            book.checks.append(Check(words.t(f"annex.check.{source}", year=year), found, exact))
    grid.text(row + 1, _PARTY, words.t("annex.budget.total"))
    grid.number(row + 1, _SUM, everything, "formula", "money")
    if row != foot:
        raise AssertionError("the shares point at another row")
    outside = sum(budget.whole("outside"))
    if outside:
        grid.text_over(
            row + 3, _PARTY, words.t("annex.cofinancing.outside", total=words.t("annex.kronor", amount=outside)), "note"
        )
    foot_row = row + 5
    for note in prices(words, budget):
        foot_row = grid.paragraph(foot_row, note, columns=150)
    footer = f"{title} – {book.appraisal.title}"
    grid.page((_HEAD_ROW, _HEAD_ROW), (_HEAD_ROW + 1, 1), footer, last_column=_DATE)
    return book.finish(lead(words, budget, fund, "cofinancing"), footer), book


def _parties(budget: ProjectBudget) -> dict[tuple[str | None, str], list[BudgetLine]]:
    """Return the items paid in money or goods by party: its name, or the actor where the case has no name."""
    found: dict[tuple[str | None, str], list[BudgetLine]] = {}
    for line in budget.of("cash", "goods"):
        actor = line.item.actor if line.party is None else ""
        found.setdefault((line.party, actor), []).append(line)
    return found


def _years_of(lines: list[BudgetLine], budget: ProjectBudget) -> Iterator[tuple[int, int, int]]:
    """Yield place of the year, money and goods, for the years in which the party pays something."""
    for place in range(len(budget.years)):
        cash = sum(line.whole[place] for line in lines if line.source == "cash")
        goods = sum(line.whole[place] for line in lines if line.source == "goods")
        if cash or goods:
            yield place, cash, goods


def _party_cells(book: AnnexBook, row: int, party: tuple[str | None, str], lines: list[BudgetLine]) -> None:
    """Write who pays, and who has endorsed it; what the case does not say stays empty and marked."""
    name, actor = party
    if name is None:
        book.missing(row, _PARTY, "party-of-actor", actor=actor, items=[line.item.name for line in lines])
    else:
        book.grid.text(row, _PARTY, name)
    book.missing(row, _UNIT, "unit", by_hand=True)
    signatory = signatory_of(book, name)
    if signatory is None:
        book.missing(row, _BY, "endorsement", party=name or book.words.choice("actor", actor))
    else:
        book.grid.text(row, _BY, signatory, "unit")
    book.missing(row, _DATE, "date", by_hand=True)


def signatory_of(book: AnnexBook, name: str | None) -> str | None:
    """Return who has endorsed the run for an organisation, None where the case does not say that anyone has."""
    application = book.appraisal.case.application
    organisations: tuple[Organisation, ...] = () if application is None else application.organisations
    found = next((one for one in organisations if name is not None and one.name == name), None)
    if found is None or not found.endorses_run or not found.signatory:
        return None
    return found.signatory
