"""Rows of the sheet of inputs: one for each quantity, its central value a formula of the numbers that were given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from socio_calc.case import (
    BaselineRef,
    CostRef,
    Counts,
    Discrete,
    Estimate,
    EvidenceRef,
    Fixed,
    Moments,
    Pert,
    Quantity,
    Ref,
    Triangular,
    Uniform,
)
from socio_calc.locale import Texts
from socio_calc.reference import CostRow, EvidenceRow, ReferenceBase
from socio_calc.report.source_rows import row_source
from socio_calc.report.workbook.formula import Live, sum_of, total
from socio_calc.report.workbook.grid import Grid
from socio_calc.report.workbook.styles import Kind, Role

#: Columns: label, value, three numbers, unit, source, form, use, path.
LABEL, VALUE, FIRST, SECOND, THIRD, UNIT, SOURCE, FORM, USE, PATH = range(10)
HEADS: Final = ("label", "value", "first", "second", "third", "unit", "source", "form", "use", "path")
_FIRST_ROW: Final = 3


class InputRows:
    """The sheet of inputs while it is written.

    Parameters
    ----------
    grid, words
        The sheet and the texts of its language.
    named
        Named quantities of the case.
    base
        The reference base.
    """

    def __init__(self, grid: Grid, words: Texts, named: Mapping[str, Quantity], base: ReferenceBase) -> None:
        self.grid = grid
        self.words = words
        self.row = _FIRST_ROW
        self._owner = ""
        self._quantities = named
        self._base = base
        #: Cells of named quantities, price rows and evidence rows: written once, referred to everywhere.
        self._shared: dict[tuple[str, str], Live] = {}

    # -- rows -----------------------------------------------------------------------------------------------------

    def section(self, key: str) -> None:
        """Begin a section."""
        self.row += 1
        for column in range(len(HEADS)):
            self.grid.text(self.row, column, "", "section")
        self.grid.text_over(self.row, LABEL, self.words.t(f"workbook.section.{key}"), "section")
        self.row += 1
        self._owner = ""

    def belongs_to(self, owner: str) -> None:
        """Begin the rows of one group, cost item, outcome or consequence, if they have not begun."""
        if owner and owner != self._owner:
            self.grid.text_over(self.row, LABEL, owner, "item")
            self.row += 1
        self._owner = owner

    def value(
        self,
        owner: str,
        label: str,
        value: float,
        kind: Kind,
        use: str,
        path: str = "",
        source: str = "",
        role: Role = "input",
        *,
        form: str = "",
        allowed: tuple[str, float, float] | None = None,
    ) -> Live:
        """Write a plain number; `allowed` is (integer or decimal, lowest, highest) for what may be typed there.

        `form` says how it is written.
        """
        self.belongs_to(owner)
        place = self.row
        cell = self.grid.number(place, VALUE, value, role, kind)
        if allowed is not None:
            what, low, high = allowed
            self.grid.sheet.data_validation(
                place,
                VALUE,
                place,
                VALUE,
                {"validate": what, "criteria": "between", "minimum": low, "maximum": high, "error_type": "warning"},
            )
        self._around(label, kind, form, use, source, path)
        return cell

    def quantity(
        self, owner: str, label: str, quantity: Quantity, kind: Kind, use: str, path: str, *, default: bool = False
    ) -> Live:
        """Write a quantity of any form (METHOD §8) and return the cell of its central value."""
        self.belongs_to(owner)
        source = self.words.t("workbook.source.default") if default else noted(quantity.source, quantity.note)
        if isinstance(quantity, Ref):
            form = self.words.t("workbook.form.ref", name=quantity.ref)
            target = self.named(quantity.ref)
            if target is None:
                raise AssertionError(f"{path}: {quantity.ref} is used")
            cell = self._formula(target, kind)
            self._around(label, kind, form, use, source, path)
            return cell
        if isinstance(quantity, CostRef | EvidenceRef):
            name = quantity.cost if isinstance(quantity, CostRef) else quantity.evidence
            what = "cost" if isinstance(quantity, CostRef) else "evidence"
            cell = self._formula(self._shared[what, name], kind)
            self._around(label, kind, self.words.t(f"workbook.form.{what}", name=name), use, source, path)
            return cell
        if isinstance(quantity, BaselineRef):
            row = self._base.baselines[quantity.baseline]
            cell = self.grid.number(self.row, VALUE, row.value, "reference", kind)
            form = self.words.t("workbook.form.baseline", name=row.id)
            self._around(label, kind, form, use, row_source(row), path)
            return cell
        return self._own(label, quantity, kind, use, source, path)

    def named(self, name: str) -> Live | None:
        """Return the cell of a named quantity, which may stand for another one or for a row of the base.

        None for the name of a row that nothing uses: it has no part in the calculation.
        """
        if ("named", name) not in self._shared:
            quantity = self._quantities[name]
            if isinstance(quantity, Ref):
                return self.named(quantity.ref)
            if isinstance(quantity, CostRef):
                return self._shared.get(("cost", quantity.cost))
            if isinstance(quantity, EvidenceRef):
                return self._shared.get(("evidence", quantity.evidence))
            label = name.replace("_", " ")
            path = f"quantities.{name}"
            cell = self.quantity("", label, quantity, "number", self.words.t("workbook.use.named"), path)
            self._shared["named", name] = cell
        return self._shared["named", name]

    def price_row(self, row: CostRow, *, converted: bool) -> None:
        """Write a row of the price list (METHOD §8: its own price year, before conversion, if it is `converted`)."""
        name = row.name_sv if self.words.lang == "sv" else row.name_en
        label = self.words.t(
            "workbook.price-label",
            name=name,
            per=self.words.choice("price_unit", row.per),
            year=row.price_year,
            index=index_name(self.words, row.index),
        )
        spread = row.low is not None and row.high is not None
        if row.spread in ("range", "assumed") and spread and row.low < row.value < row.high:  # type: ignore[operator]
            cell = self._three((row.low, row.value, row.high), "price", "pert", "reference")  # type: ignore[arg-type]
            form = "pert"
        else:
            cell = self.grid.number(self.row, VALUE, row.value, "reference", "price")
            form = "ci" if row.spread == "ci95" and spread else "assumed"
            if form == "ci":
                self._only_uncertainty({FIRST: row.low, THIRD: row.high}, "price")
        self._shared["cost", row.id] = cell
        use = self.words.t("workbook.use.price" if converted else "workbook.use.price-unconverted")
        shown = self.words.t(f"workbook.form.{form}")
        self._around(label, "price", shown, use, row_source(row), f"cost:{row.id}")

    def evidence_row(self, row: EvidenceRow) -> None:
        """Write a row of the evidence base; a change in per cent becomes a ratio (METHOD §8)."""
        name = row.outcome_sv if self.words.lang == "sv" else row.outcome_en
        if row.estimate is None:
            raise AssertionError(row.id)
        form = "ci"
        if row.measure == "percent":
            given = self.grid.number(self.row, SECOND, row.estimate, "reference", "number")
            cell = self._formula(1 + given / 100, "number")
            self._only_uncertainty({FIRST: row.ci_low, THIRD: row.ci_high}, "number")
            form = "percent"
        else:
            cell = self.grid.number(self.row, VALUE, row.estimate, "reference", "number")
            self._only_uncertainty({FIRST: row.ci_low, THIRD: row.ci_high}, "number")
        self._shared["evidence", row.id] = cell
        label, use = self.words.t("workbook.evidence-label", name=name), self.words.t("workbook.use.evidence")
        shown = self.words.t(f"workbook.form.{form}")
        self._around(label, "number", shown, use, row_source(row), f"evidence:{row.id}")

    def listed(self, rows: Sequence[Callable[[], Live]]) -> Live:
        """Write plain numbers below each other and return them as one column."""
        first = self.row
        values = [write().value for write in rows]
        return self.grid.column(first, VALUE, values)

    def table(self, labels: Sequence[str], heads: Sequence[str], columns: Sequence[Sequence[float]]) -> list[Live]:
        """Write a table of the reference base, at most four columns of numbers, and return its columns."""
        for place, head in enumerate(heads):
            self.grid.text(self.row, VALUE + place, head, "head_right")
        self.row += 1
        first = self.row
        for number, label in enumerate(labels):
            self.grid.text(self.row, LABEL, label)
            for place, column in enumerate(columns):
                self.grid.number(self.row, VALUE + place, column[number], "reference", "factor")
            self.row += 1
        return [self.grid.column(first, VALUE + place, list(column)) for place, column in enumerate(columns)]

    # -- forms ----------------------------------------------------------------------------------------------------

    def _own(self, label: str, quantity: Quantity, kind: Kind, use: str, source: str, path: str) -> Live:
        form = type(quantity).__name__.lower()
        match quantity:
            case Fixed():
                cell = self.grid.number(self.row, VALUE, quantity.value, "input", kind)
                form = ""
            case Pert() | Triangular():
                cell = self._three((quantity.low, quantity.mode, quantity.high), kind, form, "input")
            case Uniform():
                low = self.grid.number(self.row, FIRST, quantity.low, "input", kind)
                high = self.grid.number(self.row, THIRD, quantity.high, "input", kind)
                cell = self._formula((low + high) / 2, kind)
            case Estimate():
                cell = self.grid.number(self.row, VALUE, quantity.estimate, "input", kind)
                self._only_uncertainty({FIRST: quantity.ci[0], THIRD: quantity.ci[1]}, kind)
                form = "ci"
            case Moments():
                cell = self.grid.number(self.row, VALUE, quantity.mean, "input", kind)
                self._only_uncertainty({FIRST: quantity.sd}, kind)
            case Counts():
                events = self.grid.number(self.row, FIRST, quantity.events, "input", "number")
                of = self.grid.number(self.row, SECOND, quantity.of, "input", "number")
                cell = self._formula((events + 0.5) / (of + 1), kind)
            case Discrete():
                return self._discrete(label, quantity, kind, use, source, path)
            case _:
                raise TypeError(type(quantity).__name__)
        self._around(label, kind, self.words.t(f"workbook.form.{form}") if form else "", use, source, path)
        return cell

    def _three(self, numbers: tuple[float, float, float], kind: Kind, form: str, role: Role) -> Live:
        low, mode, high = (
            self.grid.number(self.row, column, number, role, kind)
            for column, number in zip((FIRST, SECOND, THIRD), numbers, strict=True)
        )
        if form == "pert":
            return self._formula((low + 4 * mode + high) / 6, kind)
        return self._formula((low + mode + high) / 3, kind)

    def _discrete(self, label: str, quantity: Discrete, kind: Kind, use: str, source: str, path: str) -> Live:
        top, rows = self.row, range(self.row + 1, self.row + 1 + len(quantity.values))
        for row, value, weight in zip(rows, quantity.values, quantity.weights, strict=True):
            self.grid.number(row, FIRST, value, "input", kind)
            self.grid.number(row, SECOND, weight, "input", "number")
        values = self.grid.column(top + 1, FIRST, list(quantity.values))
        weights = self.grid.column(top + 1, SECOND, list(quantity.weights))
        cell = self._formula(sum_of(values * weights) / total(weights), kind)
        self._around(label, kind, self.words.t("workbook.form.discrete"), use, source, path)
        self.row = rows.stop
        return cell

    def _formula(self, formula: Live, kind: Kind) -> Live:
        return self.grid.formula(self.row, VALUE, formula, "formula", _computed(kind, formula.value))

    def _only_uncertainty(self, numbers: Mapping[int, float | None], kind: Kind) -> None:
        for column, number in numbers.items():
            if number is not None:
                self.grid.number(self.row, column, number, "fixed", kind)

    def _around(self, label: str, kind: Kind, form: str, use: str, source: str, path: str) -> None:
        unit = self.words.t(f"workbook.unit.{kind}")
        self.grid.text(self.row, UNIT, unit, "unit")
        for column, text in (
            (LABEL, label),
            (SOURCE, source),
            (FORM, form),
            (USE, use),
            (PATH, path),
        ):
            self.grid.text(self.row, column, text, "text" if column == LABEL else "unit")
        self.row += 1


def index_name(words: Texts, series: str) -> str:
    """Return what a price index is called; a series of a local price list keeps its own name."""
    return words.choice("index", series) if words.has(f"choice.index.{series}") else series


def noted(source: str | None, note: str | None) -> str:
    """Return a source with its comment."""
    return " – ".join(part for part in (source, note) if part)


def _computed(kind: Kind, value: object) -> Kind:
    """Return how a mean of typed numbers looks: three or four digits, not all that a computer gives it.

    >>> [_computed("number", value) for value in (458.333, -2.66667, 0.04333)], _computed("share", 0.6)
    (['integer', 'amount', 'level'], 'computed_share')
    """
    if kind == "share":
        return "computed_share"
    if kind != "number" or not isinstance(value, int | float):
        return kind
    size = abs(value)
    return "integer" if size >= 100.0 else "amount" if size >= 1.0 or size == 0.0 else "level"
