"""Forms for the tests: written, filled in by another program, and read back."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from socio_calc.appraisal.opening import open_document
from socio_calc.case import Case, build_case, read_document
from socio_calc.case.dump import case_data
from socio_calc.form.cells import At, Column
from socio_calc.form.fill import Filled
from socio_calc.form.live import FundLimits
from socio_calc.form.marks import COLUMNS_MARK, VALUE_MARK
from socio_calc.form.opening import open_any
from socio_calc.form.read import form_document
from socio_calc.form.sheets import SHEETS
from socio_calc.form.write import FormOptions, form_bytes
from socio_calc.office import Cell, Sheet, Workbook, coordinate_of, parse_workbook
from socio_calc.problems import InputError, Problem
from socio_calc.reference import load_reference, shipped_folder

LIMITS = FundLimits("gavleborg", 500_000, 0.5, 36, 2, {"application.needs_analysis": 50})
MADE = date(2026, 1, 2)


def model(name: str) -> Case:
    """Return a shipped model."""
    return build_case(read_document(shipped_folder("models") / f"{name}.yaml"))


def written(data: Mapping[str, Any], lang: str = "sv", limits: FundLimits = LIMITS) -> bytes:
    """Return the form of plain data."""
    return form_bytes(data, load_reference(), FormOptions(lang, "ansokan.xlsx", limits, MADE))  # type: ignore[arg-type]


@cache
def empty_form() -> bytes:
    """Return an empty form in Swedish."""
    return written({})


@cache
def form_of_model(name: str, lang: str = "sv") -> bytes:
    """Return the form of a shipped model."""
    return written(case_data(model(name), given=True), lang)


def read_back(content: bytes, folder: Path, name: str = "ansokan.xlsx") -> Case:
    """Save a form and return the case in it."""
    path = folder / name
    path.write_bytes(content)
    return open_any(path).case


class Opened:
    """A form as openpyxl has it, with its cells found by their hidden keys as a person finds them by their labels."""

    def __init__(self, content: bytes) -> None:
        self.book = load_workbook(io.BytesIO(content))

    def sheet(self, key: str) -> Worksheet:
        """Return the sheet with a mark."""
        return next(page for page in self.book.worksheets if str(page["A1"].value).endswith(f" {key}"))

    def rows(self, page: Worksheet, key: str) -> list[int]:
        """Return the rows that have a key."""
        return [row for row in range(1, page.max_row + 1) if page.cell(row, 1).value == key]

    def field(self, key: str) -> Any:
        """Return the input cell of a field."""
        plan = next(
            plan for plan in SHEETS if any(column.key == key for part in plan.fields for column in part.columns)
        )
        page = self.sheet(plan.key)
        column = next(at for at in range(1, 20) if page.cell(1, at).value == VALUE_MARK)
        (row,) = self.rows(page, key)
        return page.cell(row, column)

    def cell(self, table: str, number: int, column: str) -> Any:
        """Return an input cell of a table: its row counted from 0."""
        plan = next(plan for plan in SHEETS if table in {of.key for of in plan.tables})
        page = self.sheet(plan.key)
        (keys,) = self.rows(page, table + COLUMNS_MARK)
        where = next(at for at in range(2, page.max_column + 1) if page.cell(keys, at).value == column)
        return page.cell(self.rows(page, table)[number], where)

    def bytes(self) -> bytes:
        """Return the workbook as openpyxl saves it."""
        target = io.BytesIO()
        self.book.save(target)
        return target.getvalue()


def filled_in(filled: Filled) -> bytes:
    """Fill in an empty form with openpyxl, as a person would, and return it saved."""
    form = Opened(empty_form())
    for key, value in filled.fields.items():
        form.field(key).value = value
    for table, rows in filled.tables.items():
        for number, cells in enumerate(rows):
            for column, value in cells.items():
                form.cell(table, number, column).value = value
    return form.bytes()


def all_columns() -> tuple[Column, ...]:
    """Return every input column of the form."""
    fields = (column for plan in SHEETS for part in plan.fields for column in part.columns)
    tables = (column for plan in SHEETS for table in plan.tables for column in table.columns)
    return (*fields, *tables)


class Edited:
    """A form as it is read, with some of its cells changed: what another program could have saved, without saving."""

    def __init__(self, content: bytes) -> None:
        self.book = _parsed(content)
        self.cells: dict[str, dict[tuple[int, int], Cell]] = {page.name: dict(page.cells) for page in self.book.sheets}
        self.more: dict[str, dict[str, Any]] = {page.name: {} for page in self.book.sheets}
        self.names: list[str] = [page.name for page in self.book.sheets]

    def sheet(self, key: str) -> str:
        """Return the name of the sheet with a mark."""
        return next(name for name, cells in self.cells.items() if str(cells[1, 1].value).endswith(f" {key}"))

    def rows(self, sheet: str, key: str) -> list[int]:
        """Return the rows that have a key."""
        return sorted(row for (row, column), cell in self.cells[sheet].items() if column == 1 and cell.value == key)

    def field(self, key: str) -> At:
        """Return the input cell of a field."""
        sheet = next(name for name in self.names if self.rows(name, key))
        return At(sheet, self.rows(sheet, key)[0], 3)

    def cell(self, table: str, number: int, column: str) -> At:
        """Return an input cell of a table: its row counted from 0."""
        sheet = next(name for name in self.names if self.rows(name, table + COLUMNS_MARK))
        (keys,) = self.rows(sheet, table + COLUMNS_MARK)
        where = next(at for (row, at), cell in self.cells[sheet].items() if row == keys and cell.value == column)
        return At(sheet, self.rows(sheet, table)[number], where)

    def put(self, at: At, value: Any = None, *, formula: str | None = None, error: str | None = None) -> At:
        """Put something into a cell, or nothing."""
        self.cells[at.sheet][at.row, at.column] = Cell(coordinate_of(at.row, at.column), value, formula, error=error)
        return at

    def insert(self, sheet: str, row: int = 0, column: int = 0) -> None:
        """Insert a row before a row, or a column before a column."""
        moved = {}
        for (at, across), cell in self.cells[sheet].items():
            at, across = at + (0 < row <= at), across + (0 < column <= across)
            moved[at, across] = replace(cell, coordinate=coordinate_of(at, across))
        self.cells[sheet] = moved
        self.more[sheet]["merged"] = ()

    def drop_row(self, sheet: str, row: int) -> None:
        """Delete what stands in a row."""
        self.cells[sheet] = {at: cell for at, cell in self.cells[sheet].items() if at[0] != row}

    def workbook(self) -> Workbook:
        """Return the workbook."""
        pages = {page.name: page for page in self.book.sheets}
        sheets = tuple(
            replace(pages.get(name, Sheet(name)), name=name, cells=self.cells[name], **self.more.get(name, {}))
            for name in self.names
        )
        return replace(self.book, sheets=sheets)

    def case(self) -> Case:
        """Return the case in the form."""
        return open_document(form_document(self.workbook())).case

    def problems(self) -> tuple[Problem, ...]:
        """Return what the program says of the form."""
        try:
            open_document(form_document(self.workbook()))
        except InputError as error:
            return error.problems
        raise AssertionError("nothing was found to be wrong")


@cache
def _parsed(content: bytes) -> Workbook:
    return parse_workbook(content, "ansokan.xlsx")
