"""One sheet, from the events of its XML: cells, and what is hidden, merged or protected.

The dimension that a sheet claims is never believed: only what stands there counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from socio_calc.office.cell_values import Scalar, date_of, number, plain_text
from socio_calc.office.formulas import reaches_out
from socio_calc.office.limits import EXCEL_COLUMNS, EXCEL_FORMULA, EXCEL_ROWS, Limits
from socio_calc.office.refusal import problem, refusal, shown
from socio_calc.office.workbook import Cell, Position, Sheet, State, column_number, coordinate_of, position_of
from socio_calc.problems import InputError, Problem

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_ROW: Final = re.compile(r"[1-9]\d{0,6}")
_TRUE: Final = ("1", "true")
#: Problems of one sheet after which reading it stops.
_MOST_PROBLEMS: Final = 20
#: Formulas of colour rules, lists and checks, and of their newer forms ("f").
_FORMULA_ELSEWHERE: Final = ("formula", "formula1", "formula2", "f")


@dataclass(frozen=True)
class Surroundings:
    """What the cells of a sheet need of the rest of the workbook.

    Attributes
    ----------
    texts
        The shared texts.
    date_styles, percent_styles
        Numbers of the cell styles that show dates and per cent.
    """

    file: str
    limits: Limits
    texts: Sequence[str] = ()
    date_styles: frozenset[int] = frozenset()
    percent_styles: frozenset[int] = frozenset()
    from_1904: bool = False


@dataclass
class Budget:
    """What all sheets of a workbook may use together."""

    cells: int = 0
    shared: int = 0
    merged: int = 0


@dataclass
class SheetReader:
    """Takes the events of a sheet's XML (see `guarded_xml.Reader`); `sheet` gives the result."""

    name: str
    state: State
    around: Surroundings
    budget: Budget
    problems: list[Problem] = field(default_factory=list)
    cells: dict[Position, Cell] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    validations: list[str] = field(default_factory=list)
    protected: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    row: int = 0
    column: int = 0
    in_data: bool = False
    #: Of the cell being read: its attributes, formula with its attributes, stored words, inline text.
    attributes: dict[str, str] | None = None
    formula: str | None = None
    formula_attributes: dict[str, str] = field(default_factory=dict)
    stored: str | None = None
    inline: list[str] = field(default_factory=list)
    phonetic: int = 0
    #: The first of each group of formulas that are copies: its words and where it stands.
    originals: dict[str, tuple[str, str]] = field(default_factory=dict)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        if name == "c" and self.in_data:
            self._begin_cell(attributes)
        elif name == "row" and self.in_data:
            self._begin_row(attributes)
        elif name == "f" and self.attributes is not None:
            self.formula_attributes = attributes
        elif name == "rPh":
            self.phonetic += 1
        elif name == "sheetData":
            self.in_data = True
        elif name == "col":
            self._hidden_column(attributes)
        elif name == "sheetProtection":
            self.protected = attributes.get("sheet", "0") in _TRUE
        elif name == "mergeCell":
            self._merged(attributes.get("ref", ""))
        elif name == "hyperlink":
            self._spend_area(attributes.get("ref", ""))
        elif name == "dataValidation":
            self.validations.extend(attributes.get("sqref", "").split())

    def end(self, name: str, text: str) -> None:
        """Take the end of an element with its text."""
        if name == "c" and self.attributes is not None:
            self._end_cell(self.attributes)
            self.attributes = None
        elif name == "sheetData":
            self.in_data = False
        elif name == "rPh":
            self.phonetic -= 1
        elif self.attributes is not None:
            if name == "v":
                self.stored = text
            elif name == "f":
                self.formula = text
            elif name == "t" and not self.phonetic:
                self.inline.append(text)
        elif name == "sqref":
            self.validations.extend(text.split())
        elif name in _FORMULA_ELSEWHERE:
            self._check_formula(f"={text}", None)

    def sheet(self) -> Sheet:
        """Return what was read."""
        last_column = max((column for _, column in self.cells), default=0)
        hidden = {n for low, high in self.hidden_columns for n in range(low, min(high, last_column) + 1)}
        return Sheet(
            name=self.name,
            state=self.state,
            protected=self.protected,
            cells=MappingProxyType(self.cells),
            merged=tuple(self.merged),
            validations=tuple(self.validations),
            hidden_rows=frozenset(self.hidden_rows & {row for row, _ in self.cells}),
            hidden_columns=frozenset(hidden),
        )

    def _begin_row(self, attributes: dict[str, str]) -> None:
        given = attributes.get("r")
        if given is not None and not _ROW.fullmatch(given):
            raise self._damaged(given)
        row = int(given) if given else self.row + 1
        if not self.row < row <= EXCEL_ROWS:
            raise self._damaged(str(row))
        self.row, self.column = row, 0
        if attributes.get("hidden") in _TRUE or attributes.get("ht") in ("0", "0.0"):
            self.hidden_rows.add(row)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        given = attributes.get("r")
        if given is not None:
            match = _REFERENCE.fullmatch(given)
            if match is None or int(match.group(2)) != self.row:
                raise self._damaged(given)
            column = column_number(match.group(1))
        else:
            column = self.column + 1
        if (self.row, column) in self.cells:
            raise refusal("workbook-tampered", self.around.file, what="cells", part=shown(f"{self.name}!{given}"))
        if column > EXCEL_COLUMNS:
            raise self._damaged(coordinate_of(self.row, column))
        self.column = column
        self.attributes = attributes
        self.formula, self.stored = None, None
        self.formula_attributes, self.inline = {}, []

    def _end_cell(self, attributes: dict[str, str]) -> None:
        if self.formula is None and self.stored is None and not self.inline:
            return
        where = coordinate_of(self.row, self.column)
        self._spend_cell()
        kind = attributes.get("t", "n")
        style = int(attributes["s"]) if attributes.get("s", "").isdecimal() and len(attributes["s"]) < 7 else 0
        value, error, typed = self._value(kind, style, where)
        if isinstance(value, str) and len(value) > self.around.limits.cell_text:
            self._report(
                problem(
                    "text-too-long", self.around.file, sheet=self.name, cell=where, limit=self.around.limits.cell_text
                )
            )
            return
        formula = self._formula(where)
        if formula is None and value is None and error is None:
            return
        self.cells[self.row, self.column] = Cell(
            coordinate=where,
            value=value if formula is None else None,
            formula=formula,
            cached=None if formula is None else value,
            error=error,
            number=typed if formula is None else None,
            is_percent=style in self.around.percent_styles,
        )

    def _value(self, kind: str, style: int, where: str) -> tuple[Scalar, str | None, int | float | None]:
        """Return the value, the error, and the number behind the value."""
        if kind == "inlineStr":
            return plain_text("".join(self.inline)) or None, None, None
        words = self.stored
        if words is None or (words == "" and kind != "str"):
            return None, None, None
        if kind == "str":
            return plain_text(words) or None, None, None
        if kind == "s":
            if not words.isdecimal() or len(words) > 9 or int(words) >= len(self.around.texts):
                raise self._damaged(where)
            return self.around.texts[int(words)] or None, None, None
        if kind == "e":
            return None, shown(words), None
        if kind == "b":
            if words not in ("0", "1", "true", "false"):
                raise self._damaged(where)
            return words in _TRUE, None, None
        if kind == "d":
            return plain_text(words), None, None
        value = number(words)
        if value is None or kind != "n":
            raise self._damaged(where)
        if style in self.around.date_styles:
            return date_of(value, from_1904=self.around.from_1904) or value, None, value
        return value, None, value

    def _formula(self, where: str) -> str | None:
        if self.formula is None:
            return None
        attributes = self.formula_attributes
        group = attributes.get("si") if attributes.get("t") == "shared" else None
        if group is not None and not self.formula:
            formula = self._copy(group, where)
        elif attributes.get("t") == "dataTable":
            formula = "=TABLE()"
        else:
            formula = f"={plain_text(self.formula)}"
            if group is not None:
                self.originals[group] = (formula, where)
        self._check_formula(formula, where)
        return formula

    def _copy(self, group: str, where: str) -> str:
        """Write out a formula that the file only names as a copy of another."""
        if group not in self.originals:
            raise self._damaged(where)
        self.budget.shared += 1
        if self.budget.shared > self.around.limits.shared:
            raise self._too_many("shared", self.budget.shared, self.around.limits.shared)
        from openpyxl.formula.translate import Translator

        formula, origin = self.originals[group]
        try:
            return str(Translator(formula, origin).translate_formula(where))
        except Exception:
            raise self._damaged(where) from None

    def _check_formula(self, formula: str, where: str | None) -> None:
        if len(formula) > EXCEL_FORMULA:
            self._report(problem("text-too-long", self.around.file, sheet=self.name, cell=where, limit=EXCEL_FORMULA))
        elif reaches_out(formula):
            self._report(
                problem("live-links-in-formula", self.around.file, sheet=self.name, cell=where, formula=shown(formula))
            )

    def _spend_cell(self) -> None:
        limits = self.around.limits
        self.budget.cells += 1
        if self.budget.cells > limits.cells:
            raise self._too_many("cells", self.budget.cells, limits.cells)
        if self.row > limits.rows:
            raise self._too_many("rows", self.row, limits.rows)
        if self.column > limits.columns:
            raise self._too_many("columns", self.column, limits.columns)

    def _hidden_column(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") not in _TRUE and attributes.get("width") not in ("0", "0.0"):
            return
        low, high = attributes.get("min", ""), attributes.get("max", "")
        if not (_ROW.fullmatch(low) and _ROW.fullmatch(high)):
            raise self._damaged(f"{low}:{high}")
        self.hidden_columns.append((int(low), min(int(high), EXCEL_COLUMNS)))

    def _merged(self, area: str) -> None:
        self._spend_area(area)
        self.merged.append(area)

    def _spend_area(self, area: str) -> None:
        """Count the cells of an area that a library would make one by one."""
        first, _, last = area.partition(":")
        try:
            (top, left), (bottom, right) = position_of(first), position_of(last or first)
        except ValueError:
            raise self._damaged(area) from None
        self.budget.merged += (abs(bottom - top) + 1) * (abs(right - left) + 1)
        if self.budget.merged > self.around.limits.merged:
            raise self._too_many("merged", self.budget.merged, self.around.limits.merged)

    def _report(self, found: Problem) -> None:
        self.problems.append(found)
        if len(self.problems) >= _MOST_PROBLEMS:
            raise InputError(self.problems)

    def _damaged(self, where: str) -> Exception:
        return refusal("workbook-damaged", self.around.file, part=shown(f"{self.name}!{where}"))

    def _too_many(self, what: str, found: int, limit: int) -> Exception:
        return InputError(
            [problem("workbook-too-many", self.around.file, sheet=self.name, what=what, found=found, limit=limit)]
        )
