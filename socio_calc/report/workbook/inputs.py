"""The sheet of inputs: every number of the case in the order of the case file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from socio_calc.appraisal import Appraisal
from socio_calc.case import Cohort, CostItem, OwnOutcome
from socio_calc.engine.build import TAX_DEFAULTS
from socio_calc.engine.plan import Line
from socio_calc.engine.yearly import base_values
from socio_calc.locale import Texts
from socio_calc.reference.life import LAST_AGE
from socio_calc.report.source_rows import row_source, taxes_used
from socio_calc.report.workbook.cells import (
    CohortCells,
    CostCells,
    InputCells,
    LifeCells,
    OutcomeCells,
    OwnCells,
    RateCells,
)
from socio_calc.report.workbook.formula import Live
from socio_calc.report.workbook.grid import Grid
from socio_calc.report.workbook.input_fields import InputSheet
from socio_calc.report.workbook.input_outcomes import outcome_cells, own_cells
from socio_calc.report.workbook.input_pathways import pathway_cells
from socio_calc.report.workbook.input_rows import FIRST, HEADS, THIRD, VALUE, InputRows, index_name, noted
from socio_calc.report.workbook.styles import Kind, Role

_TIMING: Final = {"start": 0.0, "mid": 0.5, "end": 1.0}
_HEAD_ROW: Final = 2


class Conversions:
    """Factors to the prices of the case's year: index values stand once, and are divided where they are used."""

    def __init__(self, appraisal: Appraisal) -> None:
        self._year = appraisal.case.price_year
        self._cells: dict[tuple[str, int], Live] = {}
        self.needed: list[tuple[str, int]] = []
        rows = [(line.index, line.price_year) for line in appraisal.plan.lines]
        if appraisal.case.health_value is not None:
            rows.append(health_price(appraisal))
        for series, year in rows:
            if series is None or year is None or series == "none" or year == self._year:
                continue
            for needed in ((series, year), (series, self._year)):
                if needed not in self.needed:
                    self.needed.append(needed)

    def add(self, series: str, year: int, cell: Live) -> None:
        """Remember the cell of an index value."""
        self._cells[series, year] = cell

    def factor(self, series: str | None, year: int | None) -> Live | None:
        """Return I(case's price year)/I(year), None where nothing is converted (METHOD §1)."""
        if series is None or year is None or not self.converts(series, year):
            return None
        return self._cells[series, self._year] / self._cells[series, year]

    def converts(self, series: str | None, year: int | None) -> bool:
        """Whether prices of a year are converted by a series."""
        return year != self._year and (series, year) in self.needed


def health_price(appraisal: Appraisal) -> tuple[str | None, int | None]:
    """Return index and price year of the value of a QALY where it comes from the price list."""
    quantity, seen = appraisal.case.health_value, 0
    while quantity is not None and hasattr(quantity, "ref") and seen <= len(appraisal.case.quantities):
        quantity, seen = appraisal.case.quantities[quantity.ref], seen + 1
    if quantity is None or not hasattr(quantity, "cost"):
        return None, None
    row = appraisal.reference.costs[quantity.cost]
    return row.index, row.price_year


def write_inputs(grid: Grid, words: Texts, appraisal: Appraisal) -> InputCells:
    """Write the sheet of inputs and return where everything stands."""
    case, base = appraisal.case, appraisal.reference
    rows = InputRows(grid, words, case.quantities, base)
    grid.widths(A=36, F=11, G=30, H=22, I=25, J=25)
    grid.text(0, 0, words.t("workbook.inputs.title"), "title")
    grid.text(1, 0, words.t("workbook.inputs.lead"), "item")
    for column, head in enumerate(HEADS):
        role: Role = "head_right" if VALUE <= column <= THIRD else "unit_head" if column else "head"
        grid.text(_HEAD_ROW, column, words.t(f"workbook.inputs.head.{head}"), role)
    conversions = Conversions(appraisal)

    rows.section("general")
    general = _General(rows, words, appraisal)
    first_year, horizons, rate, rate_health, timing = general.write()
    _reference_rows(rows, words, appraisal, conversions)
    if case.quantities:
        rows.section("named")
    for name in case.quantities:
        rows.named(name)
    rows.section("values")
    factor = rows.quantity(
        "",
        words.label("public_funds_factor"),
        case.public_funds_factor,
        "number",
        words.t("workbook.use.public-funds"),
        "public_funds_factor",
        default="public_funds_factor" not in case.model_fields_set,
    )
    health_value = None
    if case.health_value is not None:
        health_value = rows.quantity(
            "", words.label("health_value"), case.health_value, "price", words.t("workbook.use.health"), "health_value"
        )
        conversion = conversions.factor(*health_price(appraisal))
        health_value = health_value if conversion is None else health_value * conversion
    rows.section("taxes")
    taxes = _taxes(rows, words, appraisal)
    rows.section("participants")
    cohorts = tuple(_cohort(rows, words, appraisal, index, cohort) for index, cohort in enumerate(case.participants))
    completion = rows.quantity(
        "",
        words.label("completion"),
        case.completion,
        "share",
        words.t("workbook.use.completion"),
        "completion",
        default="completion" not in case.model_fields_set,
    )
    if case.costs:
        rows.section("costs")
    lines = {line.path: line for line in appraisal.plan.lines}
    costs = tuple(
        _cost(rows, words, index, item, lines[f"costs.{index}"], conversions, taxes)
        for index, item in enumerate(case.costs)
    )
    sheet = InputSheet(rows, words, lines, conversions, base)
    outcomes: list[OutcomeCells | OwnCells] = []
    for item, plan in zip(appraisal.stated_outcomes, appraisal.plan.outcomes, strict=True):
        rows.section("outcome")
        if isinstance(item, OwnOutcome):
            outcomes.append(own_cells(sheet, item, plan, base_values(appraisal.plan)))
        else:
            outcomes.append(outcome_cells(sheet, item, plan))
    pathways = []
    for pathway in case.pathways:
        rows.section("pathway")
        pathways.append(pathway_cells(sheet, case, pathway))
    life = _life(rows, words, appraisal)
    grid.page((_HEAD_ROW, _HEAD_ROW), (_HEAD_ROW + 1, 2), f"{words.t('workbook.sheet.inputs')} – {case.title}")
    return InputCells(
        first_year, horizons, rate, rate_health, timing, factor, health_value, taxes, completion, cohorts, costs,
        tuple(outcomes), tuple(pathways), life,
    )  # fmt: skip


class _General:
    """Years, horizons, rates and timing."""

    def __init__(self, rows: InputRows, words: Texts, appraisal: Appraisal) -> None:
        self.rows, self.words, self.appraisal = rows, words, appraisal

    def write(self) -> tuple[Live, tuple[Live, ...], RateCells, RateCells | None, Live]:
        rows, words, case = self.rows, self.words, self.appraisal.case
        first_year = rows.value(
            "", words.label("first_year"), case.first_year, "year", words.t("workbook.use.first-year"), "first_year"
        )
        rows.value(
            "",
            words.label("price_year"),
            case.price_year,
            "year",
            words.t("workbook.use.price-year"),
            "price_year",
            role="fixed",
        )
        horizons = tuple(
            rows.value(
                "",
                words.t("workbook.horizon", number=number),
                horizon,
                "years",
                words.t("workbook.use.horizon", n=self.appraisal.longest),
                f"horizons.{case.horizons.index(horizon)}",
                allowed=("integer", 1, self.appraisal.longest),
            )
            for number, horizon in enumerate(self.appraisal.horizons, start=1)
        )
        rate = self._rate("discount_rate")
        rate_health = None if case.discount_rate_health is None else self._rate("discount_rate_health")
        timing = rows.value(
            "",
            words.label("timing"),
            _TIMING[case.timing],
            "number",
            words.t("workbook.use.timing"),
            "timing",
            form=words.choice("timing", case.timing),
            allowed=("decimal", 0, 1),
        )
        return first_year, horizons, rate, rate_health, timing

    def _rate(self, name: str) -> RateCells:
        rows, words = self.rows, self.words
        written = getattr(self.appraisal.case, name)
        use = words.t("workbook.use.rate")
        default = words.t("workbook.source.default") if name not in self.appraisal.case.model_fields_set else ""
        if isinstance(written, int | float):
            return RateCells(rows.value("", words.label(name), written, "share", use, name, default))
        first = rows.row
        cells = []
        for number, step in enumerate(written):
            rows.grid.number(rows.row, FIRST, step.from_, "input", "integer")
            label = f"{words.label(name)} {number + 1}"
            path = f"{name}.{number}.rate"
            cells.append(rows.value("", label, step.rate, "share", use, path, form=words.t("workbook.form.steps")))
        starts = rows.grid.column(first, FIRST, [float(step.from_) for step in written])
        return RateCells(cells[0], starts, rows.grid.column(first, VALUE, [cell.value for cell in cells]))


def _reference_rows(rows: InputRows, words: Texts, appraisal: Appraisal, conversions: Conversions) -> None:
    plan, base = appraisal.plan, appraisal.reference
    if plan.costs_used:
        rows.section("prices")
    for id in plan.costs_used:
        row = base.costs[id]
        rows.price_row(row, converted=conversions.converts(row.index, row.price_year))
    if plan.evidence_used:
        rows.section("evidence")
    for id in plan.evidence_used:
        rows.evidence_row(base.evidence[id])
    if conversions.needed:
        rows.section("indices")
    for series, year in conversions.needed:
        name = index_name(words, series)
        cell = rows.value(
            "",
            words.t("workbook.index-label", name=name, year=year),
            base.indices[series].values[year],
            "number",
            words.t("workbook.use.index"),
            f"index:{series}:{year}",
            words.t("workbook.source.base"),
            "reference",
        )
        conversions.add(series, year, cell)


def _taxes(rows: InputRows, words: Texts, appraisal: Appraisal) -> dict[str, Live]:
    given = appraisal.case.taxes
    cells, used = {}, taxes_used(appraisal)
    for name, parameter in TAX_DEFAULTS.items():
        group, _, key = name.partition("_")
        inside = group == "equalisation"
        own = getattr(given.equalisation, key) if inside else getattr(given, name)
        path = f"taxes.equalisation.{key}" if inside else f"taxes.{name}"
        row = appraisal.reference.parameters[parameter]
        source = "" if own is not None else row_source(row)
        cells[name] = rows.value(
            "",
            words.label(path),
            getattr(appraisal.plan.taxes, name),
            "share",
            words.t("workbook.use.taxes" if name in used else "workbook.use.taxes-unused"),
            path,
            source,
            "input" if own is not None else "reference",
        )
    return cells


def _cohort(rows: InputRows, words: Texts, appraisal: Appraisal, index: int, cohort: Cohort) -> CohortCells:
    path = f"participants.{index}"
    name = words.t("workbook.group", n=index + 1, name=cohort.group or "")

    def plain(key: str, value: float, kind: Kind) -> Live:
        where = f"{path}.{key}"
        return rows.value(
            name,
            words.label(where),
            value,
            kind,
            words.t(f"workbook.use.{key.replace('_', '-')}"),
            where,
        )

    year = plain("year", cohort.year, "integer")
    number = rows.quantity(
        name, words.label(f"{path}.number"), cohort.number, "number", words.t("workbook.use.number"), f"{path}.number"
    )
    followed = appraisal.case.survival == "sweden" and cohort.age is not None
    age = plain("age", float(cohort.age), "integer") if followed and cohort.age is not None else None
    women = plain("share_women", cohort.share_women, "share") if followed and cohort.share_women is not None else None
    weights = any(other.weight != 1.0 for other in appraisal.case.participants)
    weight = plain("weight", cohort.weight, "number") if weights else None
    return CohortCells(name, year, number, weight, age, women)


def _cost(
    rows: InputRows,
    words: Texts,
    index: int,
    item: CostItem,
    line: Line,
    conversions: Conversions,
    taxes: dict[str, Live],
) -> CostCells:
    path = f"costs.{index}"
    about = noted(item.source, item.note)
    conversion = conversions.factor(line.index, line.price_year)

    def quantity(key: str, kind: Kind) -> Live | None:
        written = getattr(item, key)
        if written is None:
            return None
        if about and not written.source:
            written = written.model_copy(update={"source": about})
        return rows.quantity(
            item.name,
            words.label(f"{path}.{key}"),
            written,
            kind,
            words.t(f"workbook.use.cost-{key}{'-unconverted' if key == 'amount' and conversion is None else ''}"),
            f"{path}.{key}",
            default=key not in item.model_fields_set,
        )

    amount, hours, wage = quantity("amount", "price"), quantity("hours", "number"), quantity("wage", "price")
    contributions = quantity("contributions", "share")
    if hours is not None and contributions is None:
        contributions = taxes["employer_contribution"]
    many, growth = quantity("quantity", "number"), quantity("growth", "share")
    if many is None or growth is None:
        raise AssertionError(path)
    use = words.t(f"workbook.use.years-{item.basis.replace('_', '-')}")

    def year(number: int, value: int) -> Callable[[], Live]:
        where = f"{path}.years.{number}"
        return lambda: rows.value(
            item.name, words.t("workbook.cost-year", number=number + 1), value, "integer", use, where
        )

    years = rows.listed([year(number, value) for number, value in enumerate(item.years or (0,))])
    return CostCells(item, line, amount, hours, wage, contributions, many, growth, years, conversion)


def _life(rows: InputRows, words: Texts, appraisal: Appraisal) -> LifeCells | None:
    case, table = appraisal.case, appraisal.reference.life_table
    followed = [cohort for cohort in case.participants if cohort.age is not None]
    if case.survival != "sweden" or not followed:
        return None
    split = any(cohort.share_women is not None for cohort in followed)
    together = any(cohort.share_women is None for cohort in followed)
    sexes = (["women", "men"] if split else []) + (["both"] if together else [])
    rows.section("life")
    rows.grid.text_over(rows.row, 0, words.t("workbook.source.life", period=table.period), "note")
    rows.row += 1
    columns = rows.table(
        [words.t("workbook.age-label", age=age) for age in range(LAST_AGE)],
        [words.t(f"workbook.sex.{sex}") for sex in sexes],
        [getattr(table, f"q_{sex}")[:LAST_AGE] for sex in sexes],
    )
    found = dict(zip(sexes, columns, strict=True))
    return LifeCells(found.get("women"), found.get("men"), found.get("both"))
