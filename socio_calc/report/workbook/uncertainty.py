"""The sheet of uncertainty: what the recalculations gave, as values (METHOD §7 and §8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from socio_calc.analysis.outcome_levels import enough_people, first_level, possible_people
from socio_calc.appraisal import Appraisal, OutcomeRow, ResultRow, together_name
from socio_calc.engine.yearly import base_values
from socio_calc.locale import Language, Texts
from socio_calc.report.net_cost import net_cost_per
from socio_calc.report.outcome_sentences import each_step
from socio_calc.report.state_names import state_name
from socio_calc.report.workbook.calc_sums import perspective_name
from socio_calc.report.workbook.formula import MISSING
from socio_calc.report.workbook.grid import Grid, column_name
from socio_calc.report.workbook.results import below_zero, pays
from socio_calc.report.workbook.styles import Kind, Role, shown_text
from socio_calc.report.workbook.text_width import characters

_STATISTICS: Final = (
    "base", "mean", "sd", "p5", "p25", "p50", "p75", "p95", "probability_positive", "expected_loss", "mc_error",
)  # fmt: skip
#: Width in characters and height in points of a page across, times 100; the width of texts.
_FITS: Final = 13_600
_HIGH: Final = 50_000
_TEXTS: Final = {"A": 32.0, "B": 18.0, "C": 8.0}
_HEADS: Final = ("perspective", "horizon", *_STATISTICS)
#: Quotients: where what stands below is near zero they can be anything, and their standard deviation says nothing.
_QUOTIENTS: Final = frozenset(
    {"bcr", "mvpf", "npv_per_grant_krona", "break_even_effect", "break_even_number", "cost_per_outcome"}
)
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


#: A number or what stands in its place, and the kind of number.
_Cell = tuple[float | str, Kind]


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of statistics: texts, and cells in the order of `_STATISTICS`."""

    name: str
    party: str
    horizon: int
    cells: tuple[_Cell, ...]


def write_uncertainty(grid: Grid, words: Texts, lang: Language, appraisal: Appraisal) -> None:
    """Write statistics of the recalculations, and which quantities the spread goes with.

    It is printed as wide as the page; a part that does not fit below another begins on a page of its own, with its own
    heads.
    """
    shown = _shown(appraisal)
    parts = {
        "measure": [_statistics(words, appraisal, row) for row in shown if row.measure == "npv"],
        "other": [_statistics(words, appraisal, row) for row in shown if row.measure != "npv"],
        "outcome": [_difference(words, appraisal, row) for row in appraisal.outcome_rows],
    }
    widths = _TEXTS | _widths(words, grid.styles.lang, [line for part in parts.values() for line in part])
    grid.widths(**widths)
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
    head_row, starts = row, [0]
    for name, part in parts.items():
        if part:
            starts += [row] if row > head_row else []
            row = _table(grid, words, name, part, row) + 1
    starts.append(row)
    row = _drivers(grid, words, lang, appraisal, row)
    scale = min(100, int(_FITS // (sum(widths.values()) + len(widths))))
    grid.sheet.set_h_pagebreaks(_breaks(grid, [*starts, row], _HIGH / scale))
    grid.page(
        None, (head_row + 1, 1), f"{words.t('workbook.sheet.uncertainty')} – {appraisal.title}",
        scale=scale, repeated=0,
    )  # fmt: skip


def _widths(words: Texts, lang: Language, lines: Iterable[_Line]) -> dict[str, float]:
    """Return the widths of the columns of statistics, by letter, from the words of their heads and what is in them."""
    heads = (words.t(f"workbook.uncertainty.head.{key}").split() for key in _STATISTICS)
    found = [max(characters(word, bold=True) for word in head) for head in heads]
    for line in lines:
        for place, (value, kind) in enumerate(line.cells):
            text = value if isinstance(value, str) else shown_text(value, kind, lang)
            found[place] = max(found[place], characters(text))
    return {column_name(len(_TEXTS) + place): width for place, width in enumerate(found)}


def _breaks(grid: Grid, starts: list[int], most: float) -> list[int]:
    """Return the rows before which a page begins, so that no part that fits on one is cut; the last row is the end."""
    breaks, used = [], 0.0
    for first, end in pairwise(starts):
        high = grid.height_of(first, end)
        if used and used + high > most:
            breaks.append(first)
            used = 0.0
        used = (used + high) % most  # a part that is longer than a page ends on a later one
    return breaks


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
    """Whether a measure says anything: the report and the sheet of results leave out those that do not."""
    measure, _, outcome = row.measure.partition(":")
    match measure:
        case "cost_per_outcome":
            return not isinstance(net_cost_per(appraisal, outcome), str)
        case "bcr":
            return row.base is None or row.base >= 0
        case "irr":
            return pays(appraisal, row)
        case "break_even_number":
            priced = next(one for one in appraisal.stated_outcomes if one.id == outcome).consequences
            return bool(priced) and row.base is not None and enough_people(row.base, _possible(appraisal, outcome))
        case _:
            return True


def _possible(appraisal: Appraisal, id: str) -> float:
    """Return for how many of all who ever enter the intervention can make the difference in an outcome, base case."""
    values = base_values(appraisal.plan)
    entrants = sum(float(values.product(cohort.number)[0]) for cohort in appraisal.plan.cohorts)
    outcome = next(one for one in appraisal.stated_outcomes if one.id == id)
    return possible_people(first_level(appraisal, id), outcome, entrants)


def _statistics(words: Texts, appraisal: Appraisal, row: ResultRow) -> _Line:
    cells = tuple(_cell(words, appraisal, row, key) for key in _STATISTICS)
    return _Line(_name(words, appraisal, row), perspective_name(words, row.perspective), row.horizon, cells)


def _name(words: Texts, appraisal: Appraisal, row: ResultRow) -> str:
    """Return what a measure is called, as on the sheet of results."""
    measure, _, id = row.measure.partition(":")
    if not id:
        return words.choice("result", measure)
    outcome = next(one for one in appraisal.stated_outcomes if one.id == id)
    if measure == "break_even_number":
        return words.t("workbook.break-even-number", outcome=outcome.name)
    step = each_step(words, outcome, appraisal.longest)
    return words.t("workbook.cost-per-outcome", outcome=outcome.name, each=step)


def _cell(words: Texts, appraisal: Appraisal, row: ResultRow, key: str) -> _Cell:
    """Return a statistic as it is shown: a number and its kind, or a text in its place."""
    measure, _, outcome = row.measure.partition(":")
    value = getattr(row, key)
    if value is None or (key == "sd" and measure in _QUOTIENTS):
        return MISSING, "text"
    if key == "probability_positive":
        return value, "percent"
    negative = below_zero(appraisal, row) if key == "base" else value < 0
    if measure == "irr" and negative:
        return words.t("document.result.irr.below-zero"), "text"
    if measure == "break_even_number":
        number = row.mean if key == "mc_error" else value
        if number is None or not enough_people(number, _possible(appraisal, outcome)):
            return MISSING, "text"
    return value, _KINDS.get(measure, "amount")


def _difference(words: Texts, appraisal: Appraisal, row: OutcomeRow) -> _Line:
    """Return the difference that an outcome or a state of a pathway makes, priced or not."""
    known = {
        "base": row.difference,
        "mean": row.difference_mean,
        "p5": row.difference_p5,
        "p95": row.difference_p95,
    }
    cells: list[_Cell] = [(known[key], "amount") if key in known else (MISSING, "text") for key in _STATISTICS]
    return _Line(_measured_name(words, appraisal, row.outcome), "", row.horizon, tuple(cells))


def _table(grid: Grid, words: Texts, name: str, lines: Iterable[_Line], row: int) -> int:
    """Write heads and lines; return the row after them. `name` is the head of what the lines are about."""
    for column, key in enumerate((name, *_HEADS)):
        role: Role = "head" if column < 2 else "head_right"
        grid.text(row, column, words.t(f"workbook.uncertainty.head.{key}"), role)
    for line in lines:
        row += 1
        grid.text(row, 0, line.name)
        grid.text(row, 1, line.party)
        grid.number(row, 2, line.horizon, "fixed", "years")
        for column, (value, kind) in enumerate(line.cells, start=len(_TEXTS)):
            if isinstance(value, str):
                grid.sheet.write_string(row, column, value, grid.styles.get("fixed_right"))
            else:
                grid.number(row, column, value, "fixed", kind)
    return row + 1


def _measured_name(words: Texts, appraisal: Appraisal, id: str) -> str:
    """Return the name of an outcome, or of a pathway with its state (`PATHWAY.STATE`)."""
    item, _, state = id.partition(".")
    case = appraisal.case
    if not state:
        return next(outcome.name for outcome in appraisal.stated_outcomes if outcome.id == item)
    pathway = next(pathway.name for pathway in case.pathways if pathway.id == item)
    return words.t("workbook.pathway-state", pathway=pathway, state=state_name(words, state))


def _drivers(grid: Grid, words: Texts, lang: Language, appraisal: Appraisal, row: int) -> int:
    for column in range(len(_TEXTS)):
        grid.text(row, column, "", "section")
    grid.text(row, 0, words.t("workbook.uncertainty.drivers"), "section")
    row = grid.paragraph(row + 1, words.t("workbook.uncertainty.drivers-note"))
    grid.text(row, 0, words.t("document.drivers.assumption"), "head")
    grid.text(row, 1, words.t("workbook.uncertainty.share"), "head_right")
    row += 1
    for driver in appraisal.drivers():
        name = together_name(appraisal, driver.members, lang)
        grid.text(row, 0, name[:1].upper() + name[1:])
        grid.number(row, 1, driver.share, "fixed", "percent")
        row += 1
    return row
