"""Forms for the tests: written, filled in by another program, and read back."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from socio_calc.case import Case, build_case, read_document
from socio_calc.case.dump import case_data
from socio_calc.form.cells import Column
from socio_calc.form.fill import Filled
from socio_calc.form.live import FundLimits
from socio_calc.form.marks import COLUMNS_MARK, VALUE_MARK
from socio_calc.form.opening import open_any
from socio_calc.form.sheets import SHEETS
from socio_calc.form.write import FormOptions, form_bytes
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
        self.book: Workbook = load_workbook(io.BytesIO(content))

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
