"""Where everything stands in a written form: rows and columns of fields, tables and computed columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from socio_calc.form.cells import Column
from socio_calc.form.fill import Filled
from socio_calc.form.layout import Fields, SheetPlan, Table
from socio_calc.form.part import Part
from socio_calc.form.sheets import SHEETS
from socio_calc.form.sheets_calculation import YEAR_COLUMNS

#: Columns, counted from 0: hidden keys, labels, the input of a field (over four columns), its check, its hint.
KEY_COLUMN: Final = 0
LABEL_COLUMN: Final = 1
INPUT_COLUMN: Final = 2
INPUT_LAST: Final = 5
CHECK_COLUMN: Final = 6
HINT_COLUMN: Final = 7
HINT_LAST: Final = 10
#: Rows, counted from 0: hidden marks, title, introduction, the line of live sums.
MARK_ROW: Final = 0
TITLE_ROW: Final = 1
INTRO_ROW: Final = 2
STATUS_ROW: Final = 3
_FIRST_BLOCK: Final = 5
#: Live sums under the tables of costs, a row each under the row of years.
SUM_ROWS: Final = ("total", "grant", "in_kind", "money", "share", "participants", "per-participant")


def letters(column: int) -> str:
    """Return the letters of a column counted from 0.

    >>> letters(0), letters(26)
    ('A', 'AA')
    """
    name = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


@dataclass(frozen=True)
class TableAt:
    """Where a table stands; rows and columns from 0, `last_row` the last of its input rows."""

    sheet: str
    table: Table
    heading_row: int
    note_rows: tuple[int, ...]
    group_row: int | None
    keys_row: int
    head_row: int
    hint_row: int
    example_row: int | None
    first_row: int
    last_row: int
    columns: Mapping[str, int]

    @property
    def check_column(self) -> int:
        """The column of the live check."""
        return self.columns["check"]

    def cell(self, key: str, row: int) -> str:
        """Return the reference of a cell in a row from the same sheet."""
        return f"${letters(self.columns[key])}{row + 1}"

    def column(self, key: str) -> str:
        """Return the reference of all input rows of a column from any sheet."""
        name = letters(self.columns[key])
        return f"'{self.sheet}'!${name}${self.first_row + 1}:${name}${self.last_row + 1}"

    def first(self, key: str) -> str:
        """Return the reference of the first input row of a column from any sheet."""
        return f"'{self.sheet}'!${letters(self.columns[key])}${self.first_row + 1}"


@dataclass(frozen=True)
class FieldsAt:
    """Where a group of fields stands: its heading, notes and the row of every part."""

    block: Fields
    heading_row: int
    note_rows: tuple[int, ...]
    rows: tuple[tuple[Part, int], ...]


@dataclass(frozen=True)
class SheetAt:
    """The blocks of one sheet in order, and the first row after them."""

    plan: SheetPlan
    name: str
    blocks: tuple[FieldsAt | TableAt, ...]
    end: int


@dataclass(frozen=True)
class FormAt:
    """Where everything stands, by sheet, table and field."""

    sheets: Mapping[str, SheetAt]
    tables: Mapping[str, TableAt]
    fields: Mapping[str, tuple[str, int]]

    def sums(self, name: str, year: int | None = None) -> str:
        """Return the reference of a live sum from any sheet: of one year, or of the whole time."""
        at = self.sheets["costs"]
        column = LABEL_COLUMN + 1 + (YEAR_COLUMNS if year is None else year)
        return f"'{at.name}'!${letters(column)}${at.end + 2 + SUM_ROWS.index(name)}"

    def field(self, key: str) -> str:
        """Return the reference of a field's input from any sheet."""
        sheet, row = self.fields[key]
        return f"'{sheet}'!${letters(INPUT_COLUMN)}${row + 1}"


def place_form(
    filled: Filled,
    names: Mapping[str, str],
    computed: Mapping[str, tuple[str, ...]],
    hidden: frozenset[str] = frozenset(),
) -> FormAt:
    """Return where everything stands.

    Parameters
    ----------
    filled
        Decides how many rows each table has.
    names
        Names of the sheets by key.
    computed
        Keys of the computed columns of each table, after its inputs; the last one is the check.
    hidden
        Keys of fields that this form leaves out.
    """
    sheets: dict[str, SheetAt] = {}
    tables: dict[str, TableAt] = {}
    fields: dict[str, tuple[str, int]] = {}
    for plan in SHEETS:
        row = _FIRST_BLOCK
        blocks: list[FieldsAt | TableAt] = []
        for block in plan.blocks:
            if isinstance(block, Fields):
                placed = _place_fields(block, row, hidden)
                for part, at in placed.rows:
                    for column in part.columns:
                        fields[column.key] = (names[plan.key], at)
                row = (placed.rows[-1][1] if placed.rows else row) + 2
                blocks.append(placed)
            else:
                table = _place_table(
                    block,
                    row,
                    names[plan.key],
                    len(filled.tables.get(block.key, ())),
                    computed[block.key],
                    plan,
                )
                tables[block.key] = table
                row = table.last_row + 3
                blocks.append(table)
        sheets[plan.key] = SheetAt(plan, names[plan.key], tuple(blocks), row)
    return FormAt(sheets, tables, fields)


def _place_fields(block: Fields, row: int, hidden: frozenset[str]) -> FieldsAt:
    notes = tuple(range(row + 1, row + 1 + len(block.notes)))
    first = row + 1 + len(notes)
    parts = [part for part in block.parts if part.columns[0].key not in hidden]
    return FieldsAt(block, row, notes, tuple((part, first + at) for at, part in enumerate(parts)))


def _place_table(
    table: Table, row: int, sheet: str, filled: int, computed: tuple[str, ...], plan: SheetPlan
) -> TableAt:
    notes = tuple(range(row + 1, row + 1 + len(table.notes)))
    at = row + 1 + len(notes)
    group = at if table.groups else None
    at += group is not None
    keys, head, hint = at, at + 1, at + 2
    example = None if table.shape == "one" else at + 3
    first = hint + 1 if example is None else example + 1
    count = 1 if table.shape == "one" else max(table.rows, filled + table.spare)
    start = INPUT_COLUMN if table.shape == "one" else LABEL_COLUMN
    columns = {column.key: start + at for at, column in enumerate(table.columns)}
    # Tables that share a list have their computed columns under each other.
    alike = [other for other in plan.tables if other is table or (other.shape == table.shape == "costs")]
    inputs = max(len(other.columns) for other in alike)
    columns |= {key: start + inputs + at for at, key in enumerate(computed)}
    if plan.fields and "check" in columns:  # under the checks of the fields, which are wide
        columns["check"] = max(columns["check"], CHECK_COLUMN)
    return TableAt(sheet, table, row, notes, group, keys, head, hint, example, first, first + count - 1, columns)


def widths(sheet: SheetAt, own: Mapping[str, float], computed_width: float) -> dict[int, float]:
    """Return the widths of the columns of a sheet of tables, in characters."""
    found: dict[int, float] = {}
    for block in sheet.blocks:
        if isinstance(block, TableAt):
            of_column: dict[str, Column] = {column.key: column for column in block.table.columns}
            for key, column in block.columns.items():
                width = of_column[key].width if key in of_column else own.get(key, computed_width)
                found[column] = max(found.get(column, 0.0), width)
    return found
