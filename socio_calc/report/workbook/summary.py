"""The first sheet: the answer in words, the main figures by reference, whether the sheet still computes the case."""

from __future__ import annotations

from typing import Final

from socio_calc.appraisal import Appraisal
from socio_calc.locale import Language, Texts, probability_figure
from socio_calc.report.outcome_figures import PER, scale_of
from socio_calc.report.screen_facts import Facts
from socio_calc.report.screen_opening import opening
from socio_calc.report.screen_variants import choose_variant
from socio_calc.report.workbook.calc_sums import perspective_name
from socio_calc.report.workbook.calculate import Calculated
from socio_calc.report.workbook.cells import InputCells
from socio_calc.report.workbook.checks import CheckCells
from socio_calc.report.workbook.formula import MISSING, where
from socio_calc.report.workbook.grid import Grid
from socio_calc.report.workbook.result_sheet import ResultCells
from socio_calc.report.workbook.results import unchanged
from socio_calc.report.workbook.results_societal import ARMS, is_number, measured_outcomes
from socio_calc.report.workbook.styles import Kind, Role

_LABEL: Final = 0
_FIRST: Final = 1
_COLOURS: Final[tuple[Role, ...]] = ("input", "reference", "formula", "fixed")
_SOCIETY: Final[tuple[tuple[str, Kind], ...]] = (
    ("pv_costs", "money"),
    ("pv_effects", "money"),
    ("npv", "money"),
    ("bcr", "amount"),
)
#: A difference below this would be written as 0 with two decimals, or lose what it is: it has four, and so its levels.
_SMALL: Final = 0.1
_PARTIES: Final = ("pv_costs", "pv_effects", "npv", "npv_cash", "payback_year")


def write_summary(
    grid: Grid,
    words: Texts,
    lang: Language,
    appraisal: Appraisal,
    inputs: InputCells,
    calc: Calculated,
    results: ResultCells,
    checks: CheckCells,
) -> None:
    """Write the summary; all figures but probabilities follow the inputs."""
    grid.widths(A=50, **dict.fromkeys("BCDEFGHIJ"[: max(5, len(inputs.horizons))], 20))
    grid.text(0, 0, appraisal.title, "title")
    facts = Facts(appraisal, lang)
    row = grid.paragraph(1, opening(facts, choose_variant(facts)), "item")
    row = grid.paragraph(row, words.t("workbook.summary.fixed-text"))
    row = _status(grid, words, checks, row + 1)
    row = _society(grid, words, appraisal, inputs, calc, results, row + 1)
    row = _outcomes(grid, words, inputs, calc, results, row + 1)
    row = _parties(grid, words, appraisal, results, row + 1)
    if appraisal.case.not_valued:
        row = _heading(grid, words.t("workbook.summary.not-valued"), row + 1)
        for text in appraisal.case.not_valued:
            row = grid.paragraph(row, f"– {text}", "text")
    row = _heading(grid, words.t("workbook.summary.colours"), row + 1)
    for role in _COLOURS:
        grid.text(row, _LABEL, words.t(f"workbook.colour.{role}.name"), role)
        grid.text_over(row, _FIRST, words.t(f"workbook.colour.{role}"))
        row += 1
    row = _heading(grid, words.t("workbook.summary.caution"), row + 1)
    row = grid.paragraph(row, words.t("workbook.caution"), "text")
    grid.page(None, (1, 0), f"{words.t('workbook.sheet.summary')} – {appraisal.title}", one_page=True)


def _heading(grid: Grid, text: str, row: int) -> int:
    for column in range(_FIRST + 5):
        grid.text(row, column, "", "section")
    grid.text(row, _LABEL, text, "section")
    return row + 1


def _status(grid: Grid, words: Texts, checks: CheckCells, row: int) -> int:
    grid.text(row, _LABEL, words.t("workbook.checks.all"), "item")
    grid.formula(row, _FIRST, checks.verdict, "result", "line")
    return row + 1


def _society(
    grid: Grid,
    words: Texts,
    appraisal: Appraisal,
    inputs: InputCells,
    calc: Calculated,
    results: ResultCells,
    row: int,
) -> int:
    row = _heading(grid, words.t("workbook.summary.society"), row)
    grid.text(row, _LABEL, words.t("workbook.results.head.measure"), "head")
    for number, horizon in enumerate(inputs.horizons):
        grid.formula(row, _FIRST + number, horizon, "year_head", "years")
    row += 1
    for measure, kind in _SOCIETY:
        grid.text(row, _LABEL, words.choice("result", measure))
        for number in range(len(inputs.horizons)):
            role: Role = "result" if measure == "npv" else "formula"
            grid.formula(row, _FIRST + number, results.at(measure, "societal", number), role, kind)
        row += 1
    grid.text(row, _LABEL, words.t("workbook.summary.probability"))
    for number, length in enumerate(appraisal.horizons):
        chance = appraisal.result("npv", "societal", length).probability_positive
        shown = MISSING if chance is None else probability_figure(chance, words.lang)
        same = unchanged(
            results.at("npv", "societal", number),
            appraisal.base("npv", "societal", length),
            calc.sums.gross["societal", "net", number],
        )
        grid.formula(row, _FIRST + number, where(same, shown, MISSING), "fixed", "integer")
    row += 1
    # Payback is that of the longest horizon, and stands in its column: years and a calendar year, one below the other.
    year = results.at("payback_year", "societal")
    last = _FIRST + results.longest
    grid.text(row, _LABEL, words.t("workbook.summary.payback-years"))
    grid.formula(row, last, year, kind="year")
    grid.text(row + 1, _LABEL, words.t("workbook.summary.payback-calendar"))
    grid.formula(row + 1, last, where(is_number(year), inputs.first_year + year - 1, MISSING), kind="year")
    return row + 2


def _outcomes(grid: Grid, words: Texts, inputs: InputCells, calc: Calculated, results: ResultCells, row: int) -> int:
    """Write the level of every outcome in the first year of its effect, priced or not, then what differences sum to.

    States of pathways have no such year: both arms stand summed.
    """
    if not calc.outcomes and not calc.pathways:
        return row
    row = _heading(grid, words.t("workbook.summary.outcomes"), row)
    if calc.outcomes:
        row = _levels(grid, words, calc, row)
    shown = [(one, _level_of(calc, one.id)) for one in measured_outcomes(words, calc)]
    summed = [(one, level) for one, level in shown if level != "amount"]
    if not summed:
        return row
    row = grid.paragraph(row + 1 if calc.outcomes else row, words.t("workbook.summary.outcomes-sums"))
    grid.text(row, _LABEL, words.t("workbook.results.head.outcome"), "head")
    for number, horizon in enumerate(inputs.horizons):
        grid.formula(row, _FIRST + number, horizon, "year_head", "years")
    row += 1
    for one, level in summed:
        unit = words.t(f"document.people.unit.{level}")
        grid.text(row, _LABEL, words.t("workbook.summary.sum", outcome=one.name, unit=unit), "item")
        row += 1
        for arm in ARMS if level == "state" else ("difference",):
            role: Role = "result" if arm == "difference" else "formula"
            grid.text(row, _LABEL, words.t(f"workbook.summary.arm.{arm}"), "unit")
            for number in range(len(inputs.horizons)):
                total = results.at(f"{arm}:{one.id}", "societal", number)
                each = where(calc.people.number > 0, PER * total / calc.people.number, total)
                grid.formula(row, _FIRST + number, each, role, "amount")
            row += 1
    return row


def _levels(grid: Grid, words: Texts, calc: Calculated, row: int) -> int:
    """Write a row for each outcome: its two levels in the first year of the effect, the difference, and the unit."""
    row = grid.paragraph(row, words.t("workbook.summary.outcomes-note"))
    grid.text(row, _LABEL, words.t("workbook.results.head.outcome"), "head")
    for number, arm in enumerate(ARMS):
        grid.text(row, _FIRST + number, words.t(f"workbook.summary.arm.{arm}"), "head_right")
    grid.text(row, _FIRST + len(ARMS), words.t("workbook.summary.counted-in"), "unit_head")
    row += 1
    for outcome in calc.outcomes:
        item, (ordinary, change) = outcome.cells.item, outcome.first
        scale = scale_of(item.level)
        grid.text(row, _LABEL, item.name, "item_wrapped")
        kind: Kind = "level" if abs(scale * float(change.value)) < _SMALL else "amount"
        grid.formula(row, _FIRST, scale * ordinary, "formula", kind)
        grid.formula(row, _FIRST + 1, scale * (ordinary + change), "formula", kind)
        grid.formula(row, _FIRST + 2, scale * change, "result", kind)
        unit = words.t(f"document.people.level-unit.{item.level}")
        grid.text_over(row, _FIRST + len(ARMS), unit, "unit")
        row += 1
    return row


def _level_of(calc: Calculated, id: str) -> str:
    """Return the level of an outcome; a state of a pathway is a state."""
    return next((one.cells.item.level for one in calc.outcomes if one.cells.item.id == id), "state")


def _parties(grid: Grid, words: Texts, appraisal: Appraisal, results: ResultCells, row: int) -> int:
    row = _heading(grid, words.t("workbook.summary.parties", n=appraisal.longest), row)
    grid.text(row, _LABEL, words.t("workbook.results.head.party"), "head")
    for number, measure in enumerate(_PARTIES):
        grid.text(row, _FIRST + number, words.choice("result", measure), "head_right")
    row += 1
    shown = [payer.actor for payer in appraisal.payers()]
    for who in (*shown, "public", "societal"):
        role: Role = "result" if who in ("public", "societal") else "formula"
        grid.text(row, _LABEL, perspective_name(words, who), "item" if role == "result" else "text")
        for number, measure in enumerate(_PARTIES):
            kind: Kind = "year" if measure == "payback_year" else "money"
            if (measure, who, results.longest) in results.cells:
                grid.formula(row, _FIRST + number, results.at(measure, who), role, kind)
            else:
                grid.text(row, _FIRST + number, "")
        row += 1
    return row
