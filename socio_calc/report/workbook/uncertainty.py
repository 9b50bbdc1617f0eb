"""The sheet of uncertainty: what the recalculations gave, as values (METHOD §7 and §8)."""

from __future__ import annotations

from typing import Final

from socio_calc.appraisal import Appraisal, OutcomeRow, ResultRow, quantity_name
from socio_calc.locale import Language, Texts
from socio_calc.report.net_cost import net_cost_per
from socio_calc.report.state_names import state_name
from socio_calc.report.workbook.calc_sums import perspective_name
from socio_calc.report.workbook.formula import MISSING
from socio_calc.report.workbook.grid import Grid
from socio_calc.report.workbook.styles import Kind, Role

_STATISTICS: Final = (
    "base", "mean", "sd", "p5", "p25", "p50", "p75", "p95", "probability_positive", "expected_loss", "mc_error",
)  # fmt: skip
_MOST_DRIVERS: Final = 15
#: Printed at this size, a page across holds the texts and most statistics; the rest stand on the next with the texts.
_SCALE: Final = 78
_HEADS: Final = ("measure", "perspective", "horizon", *_STATISTICS)
_KINDS: Final[dict[str, Kind]] = {
    "npv": "money",
    "pv_costs": "money",
    "pv_effects": "money",
    "npv_cash": "money",
    "npv_weighted": "money",
    "cost_per_outcome": "money",
    "irr": "percent",
    "break_even_effect": "percent",
    "payback_year": "year",
    "break_even_number": "integer",
}


def write_uncertainty(grid: Grid, words: Texts, lang: Language, appraisal: Appraisal) -> None:
    """Write statistics of the recalculations, and which quantities the spread goes with."""
    grid.widths(A=40, B=19, C=9, D=14, E=14, F=19, G=14, H=14, I=14, J=14, K=14, L=16, M=14, N=13)
    grid.text(0, 0, words.t("workbook.uncertainty.title"), "title")
    row = grid.paragraph(
        1,
        words.t(
            "workbook.uncertainty.lead",
            draws=appraisal.number_of_draws,
            sampler=words.t(f"workbook.sampler.{appraisal.sampler}"),
            seed=appraisal.seed,
        ),
    )
    head_row = row
    for column, key in enumerate(_HEADS):
        role: Role = "head" if column < 2 else "head_right"
        grid.text(row, column, words.t(f"workbook.uncertainty.head.{key}"), role)
    row += 1
    for result in _shown(appraisal):
        _statistics(grid, words, appraisal, result, row)
        row += 1
    for outcome in appraisal.outcome_rows:
        _difference(grid, words, appraisal, outcome, row)
        row += 1
    row = _drivers(grid, words, lang, appraisal, row + 1)
    grid.page(
        (head_row, head_row), (head_row + 1, 1), f"{words.t('workbook.sheet.uncertainty')} – {appraisal.title}",
        scale=_SCALE, repeated=_HEADS.index("base"),
    )  # fmt: skip


def _shown(appraisal: Appraisal) -> list[ResultRow]:
    """Return the net value of every party with a flow at every horizon, the rest for society and the public."""
    parties = {payer.actor for payer in appraisal.payers()} | {"societal", "public"}
    weighted = any(cohort.weight != 1.0 for cohort in appraisal.case.participants)
    rows = [row for row in appraisal.rows if row.view == "all" and row.base is not None and row.mean is not None]
    rows += [
        row
        for row in appraisal.rows
        if row.view == "all" and row.base is not None and row.mean is None and row.p50 is not None
    ]
    return [
        row
        for row in rows
        if row.perspective in parties
        and (weighted or row.measure != "npv_weighted")
        and (row.measure == "npv" or (row.horizon == appraisal.longest and row.perspective in ("societal", "public")))
        and _told(appraisal, row)
    ]


def _told(appraisal: Appraisal, row: ResultRow) -> bool:
    """Whether a quotient says anything: the report leaves out those that do not."""
    measure, _, outcome = row.measure.partition(":")
    if measure == "cost_per_outcome":
        return not isinstance(net_cost_per(appraisal, outcome), str)
    return measure != "bcr" or row.base is None or row.base >= 0


def _statistics(grid: Grid, words: Texts, appraisal: Appraisal, row: ResultRow, place: int) -> None:
    measure, _, outcome = row.measure.partition(":")
    name = words.choice("result", measure) if measure != "break_even_number" else words.t("workbook.break-even-name")
    if outcome:
        name = f"{name}: {next(item.name for item in appraisal.stated_outcomes if item.id == outcome)}"
    grid.text(place, 0, name)
    grid.text(place, 1, perspective_name(words, row.perspective))
    grid.number(place, 2, row.horizon, "fixed", "years")
    kind = _KINDS.get(measure, "amount")
    for column, key in enumerate(_STATISTICS, start=3):
        value = getattr(row, key)
        if value is None:
            grid.sheet.write_string(place, column, MISSING, grid.styles.get("fixed_right"))
        else:
            own: Kind = "percent" if key == "probability_positive" else kind
            grid.number(place, column, value, "fixed", own)


def _difference(grid: Grid, words: Texts, appraisal: Appraisal, row: OutcomeRow, place: int) -> None:
    """Write the difference that an outcome or a state of a pathway makes, priced or not."""
    grid.text(place, 0, words.t("workbook.uncertainty.outcome", outcome=_measured_name(words, appraisal, row.outcome)))
    grid.number(place, 2, row.horizon, "fixed", "years")
    known = {
        "base": row.difference,
        "mean": row.difference_mean,
        "p5": row.difference_p5,
        "p95": row.difference_p95,
    }
    for column, key in enumerate(_STATISTICS, start=3):
        if key in known:
            grid.number(place, column, known[key], "fixed", "amount")
        else:
            grid.sheet.write_string(place, column, MISSING, grid.styles.get("fixed_right"))


def _measured_name(words: Texts, appraisal: Appraisal, id: str) -> str:
    """Return the name of an outcome, or of a pathway with its state (`PATHWAY.STATE`)."""
    item, _, state = id.partition(".")
    case = appraisal.case
    if not state:
        return next(outcome.name for outcome in appraisal.stated_outcomes if outcome.id == item)
    pathway = next(pathway.name for pathway in case.pathways if pathway.id == item)
    return words.t("workbook.pathway-state", pathway=pathway, state=state_name(words, state))


def _drivers(grid: Grid, words: Texts, lang: Language, appraisal: Appraisal, row: int) -> int:
    grid.text(row, 0, words.t("workbook.uncertainty.drivers"), "section")
    grid.text(row, 1, words.t("workbook.uncertainty.share"), "section")
    row = grid.paragraph(row + 1, words.t("workbook.uncertainty.drivers-note"))
    for driver in appraisal.drivers()[:_MOST_DRIVERS]:
        name = quantity_name(appraisal, driver.key, lang)
        grid.text(row, 0, name[:1].upper() + name[1:])
        grid.number(row, 1, driver.share, "fixed", "percent")
        row += 1
    return row
