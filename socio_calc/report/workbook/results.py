"""The sheet of results: every measure by perspective and horizon, as formulas (METHOD §7)."""

from __future__ import annotations

from typing import Final

from socio_calc.appraisal import Appraisal, ResultRow
from socio_calc.engine.ledger import PUBLIC
from socio_calc.locale import Texts
from socio_calc.report.workbook.calc_sums import members, summed
from socio_calc.report.workbook.calculate import Calculated
from socio_calc.report.workbook.cells import InputCells
from socio_calc.report.workbook.formula import MISSING, Live, absolute, both, highest_of, literal, near_zero, where
from socio_calc.report.workbook.grid import Grid
from socio_calc.report.workbook.result_sheet import LABEL, ResultCells, ResultSheet
from socio_calc.report.workbook.results_societal import write_outcomes, write_societal

#: Widths of the columns in characters, and the width of an upright page times 100.
_LABELS: Final = 58
_NUMBERS: Final = 16
_FITS: Final = 8800
_CASH: Final = ("public", *PUBLIC)


def write_results(grid: Grid, words: Texts, appraisal: Appraisal, inputs: InputCells, calc: Calculated) -> ResultCells:
    """Write net values, costs, effects, ratios, years and rates, for each perspective."""
    sheet = ResultSheet(grid, words, appraisal, inputs, calc)
    present, found = calc.sums.present, sheet.found
    grid.widths(A=_LABELS, **dict.fromkeys("BCDEFGHIJ"[: max(3, sheet.count)], _NUMBERS))
    grid.text(0, LABEL, words.t("workbook.results.title", title=appraisal.title), "title")
    grid.text_over(1, LABEL, words.t("workbook.results.lead", price_year=appraisal.price_year), "note")
    sheet.row = 1
    sheet.table("npv", "npv-note")
    sheet.each("npv", lambda who, h: present[who, "net", h], "money")
    sheet.table("pv_costs", "pv_costs-note")
    sheet.each("pv_costs", lambda who, h: 0 - present[who, "costs", h], "money")
    sheet.table("pv_effects", "pv_effects-note")
    sheet.each("pv_effects", lambda who, h: present[who, "effects", h], "money")
    sheet.table("npv_cash", "npv_cash-note", rows=len(_CASH))
    _cash(sheet)
    sheet.table("bcr", "bcr-note")
    sheet.each("bcr", lambda who, h: _ratio(found, who, h), "amount")
    sheet.table("break_even_effect", "break_even_effect-note")
    sheet.each("break_even_effect", lambda who, h: _break_even(found, who, h), "percent")
    sheet.table("payback_year", "payback_year-note", columns=1)
    sheet.each("payback_year", lambda who, h: _payback(sheet, who), "year", once=True)
    sheet.table("irr", "irr-note")
    sheet.each("irr", lambda who, h: _rate(sheet, who, h), "percent")
    sheet.table("without_production", "without_production-note")
    sheet.each("npv_without_production", lambda who, h: present[who, "net-work", h], "money")
    sheet.table("without_health", "without_health-note")
    sheet.each("npv_without_health", lambda who, h: present[who, "net-health", h], "money")
    write_societal(sheet)
    write_outcomes(sheet)
    grid.sheet.set_h_pagebreaks(sheet.breaks)
    width = _LABELS + _NUMBERS * max(3, sheet.count)
    grid.page(
        None,
        (1, 1),
        f"{words.t('workbook.sheet.results')} – {appraisal.title}",
        upright=True,
        scale=min(100, _FITS // width),
        repeated=0,
    )
    return found


def _cash(sheet: ResultSheet) -> None:
    """Write the net in the budget: net value less what is freed time and space (METHOD §5)."""
    freed, sums = sheet.calc.freed, sheet.calc.sums

    def actor(who: str, h: int) -> Live:
        net = sums.present[who, "net", h]
        if freed is None:
            return net
        return near_zero(net - summed(members(sheet.words, freed, who), freed.present[h]), sums.gross[who, "net", h])

    def public(h: int) -> Live:
        net = sums.present["public", "net", h]
        if freed is None:
            return net
        return near_zero(net - summed(None, freed.present[h]), sums.gross["public", "net", h])

    sheet.each("npv_cash", lambda who, h: public(h) if who == "public" else actor(who, h), "money", _CASH)


def _ratio(found: ResultCells, who: str, h: int) -> Live:
    """Return gain by krona of cost; as in the document there is none where effects cost more than they give."""
    cost, effects = found.at("pv_costs", who, h), found.at("pv_effects", who, h)
    return where(both(cost > 0, effects >= 0), effects / cost, MISSING)


def _break_even(found: ResultCells, who: str, h: int) -> Live:
    cost, effects = found.at("pv_costs", who, h), found.at("pv_effects", who, h)
    return where(both(cost > 0, effects > 0), cost / effects, MISSING)


def _payback(sheet: ResultSheet, who: str) -> Live:
    """Return the year after the last one in which the cumulative net is below 0, if there is one (METHOD §7)."""
    year, longest = sheet.calc.sheet.year.whole, sheet.inputs.horizons[-1]
    counted = sheet.calc.sums.cumulative[who].whole
    inside = year < longest
    size = highest_of(absolute(counted) * inside)
    last_below = highest_of((counted < -1e-9 * size) * inside * (year + 1))
    late = where(last_below >= longest, MISSING, last_below + 1)
    return where(sheet.found.at("pv_costs", who) > 0, late, MISSING)


def _rate(sheet: ResultSheet, who: str, h: int) -> Live:
    """Return the internal rate as computed, for as long as the net value that it belongs to is unchanged.

    A spreadsheet's own function may miss the root, or take another one of several.
    """
    row = sheet.appraisal.result("irr", who, sheet.appraisal.horizons[h])
    if row.base is None or not pays(sheet.appraisal, row):
        return literal(MISSING)
    net = sheet.appraisal.base("npv", who, sheet.appraisal.horizons[h])
    same = unchanged(sheet.found.at("npv", who, h), net, sheet.calc.sums.gross[who, "net", h])
    shown = sheet.words.t("document.result.irr.below-zero") if below_zero(sheet.appraisal, row) else row.base
    return where(same, shown, MISSING)


def pays(appraisal: Appraisal, row: ResultRow) -> bool:
    """Whether an internal rate belongs to a payment: what a party without a cost loses at first is no investment."""
    return row.perspective == "societal" or appraisal.base("pv_costs", row.perspective, row.horizon) > 0


def below_zero(appraisal: Appraisal, row: ResultRow) -> bool:
    """Whether an internal rate is negative and says nothing, as in the document: gains are below costs without it."""
    if row.base is None or row.base >= 0:
        return False
    yearly = appraisal.figures.net_by_year(row.perspective, discounted=False)
    return float(yearly[: row.horizon].sum()) < 0


def unchanged(cell: Live, computed: float, gross: Live) -> Live:
    """Return whether a cell still shows what the engine computed, but for rounding."""
    return absolute(cell - computed) <= 1e-9 * gross
