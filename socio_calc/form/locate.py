"""Finding the cells of a form: by the hidden mark of each sheet, the hidden keys of rows and those of columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from socio_calc.form.cells import At, Column, Entry, Steps, steps_of
from socio_calc.form.gather import FormRows, TableRow
from socio_calc.form.kept import JSON_MARK, YAML_MARK
from socio_calc.form.layout import FORM_VERSION, SheetPlan, Table
from socio_calc.form.marks import COLUMNS_MARK, END_MARK, EXAMPLE_MARK, STATIC, VALUE_MARK, hash_of
from socio_calc.form.sheets import SHEETS
from socio_calc.office import Cell, Sheet, Workbook, coordinate_of, position_of
from socio_calc.problems import InputError, Place, Problem

_MARK: Final = re.compile(r"socio-calc form (\d+) ([a-z]+)")
#: How far from the corner a mark may have moved when rows or columns were put in before it.
_FARTHEST: Final = 6
#: Fields that a form for another fund leaves out.
LEFT_OUT: Final = frozenset(("application.focus_area",))


@dataclass(frozen=True)
class KeptLines:
    """Lines of a case file that the form keeps, with the rows in which they stand."""

    sheet: str
    mark: str
    lines: tuple[str, ...]
    rows: tuple[int, ...]
    column: int

    def at(self, line: int) -> At:
        """Return the cell of a line, counted from 1."""
        return At(self.sheet, self.rows[min(max(line, 1), len(self.rows)) - 1], self.column)


@dataclass
class Located:
    """The input cells of a form, what is wrong with its shape, and where its tables begin."""

    rows: FormRows
    problems: list[Problem] = field(default_factory=list)
    kept: KeptLines | None = None
    starts: dict[Steps, At] = field(default_factory=dict)
    columns: dict[At, Column] = field(default_factory=dict)


@dataclass(frozen=True)
class _Marked:
    """A sheet of the form with the row and column of its mark."""

    sheet: Sheet
    row: int
    column: int


def locate(book: Workbook) -> Located:
    """Find every input cell of a form.

    Raises
    ------
    InputError
        The workbook is no form, one of another version, or a sheet is missing or stands there twice.
    """
    marked = _marked_sheets(book)
    fields: dict[str, Entry] = {}
    tables: dict[str, tuple[TableRow, ...]] = {}
    located = Located(FormRows(fields, tables))
    for plan in SHEETS:
        _SheetFinder(book, plan, marked[plan.key], located, fields, tables).find()
    located.kept = _kept(marked.get("kept"))
    return located


def _marked_sheets(book: Workbook) -> dict[str, _Marked]:
    found: dict[str, _Marked] = {}
    problems: list[Problem] = []
    versions: set[int] = set()
    for sheet in book.sheets:
        at = _mark(sheet)
        if at is None:
            continue
        row, column, version, key = at
        versions.add(version)
        if key in found:
            params = {"sheet": sheet.name, "other": found[key].sheet.name}
            problems.append(Problem("form-sheet-twice", Place(book.file, sheet=sheet.name), params))
        found.setdefault(key, _Marked(sheet, row, column))
    if not versions:
        raise InputError(
            [Problem("not-our-form", Place(book.file), {"file": _name(book.file), "new_file": "ansokan.xlsx"})]
        )
    if versions != {FORM_VERSION}:
        version = max(versions)
        code = "form-newer" if version > FORM_VERSION else "old-form-version"
        refusal: dict[str, object] = {
            "file": _name(book.file),
            "found": version,
            "supported": FORM_VERSION,
            "new_file": "ny.xlsx",
        }
        raise InputError([Problem(code, Place(book.file), refusal)])
    missing = [plan.key for plan in SHEETS if plan.key not in found]
    problems += [Problem("form-sheet-missing", Place(book.file), {"key": key}) for key in missing]
    if problems:
        raise InputError(problems)
    return found


def _mark(sheet: Sheet) -> tuple[int, int, int, str] | None:
    for row in range(1, _FARTHEST):
        for column in range(1, _FARTHEST):
            value = sheet[row, column].value
            found = _MARK.fullmatch(value) if isinstance(value, str) else None
            if found:
                return row, column, int(found.group(1)), found.group(2)
    return None


def _name(file: str) -> str:
    return re.split(r"[/\\]", file)[-1]


@dataclass
class _SheetFinder:
    """Finds the cells of one sheet."""

    book: Workbook
    plan: SheetPlan
    marked: _Marked
    located: Located
    fields: dict[str, Entry]
    tables: dict[str, tuple[TableRow, ...]]
    inputs: dict[tuple[int, int], Column] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sheet = self.marked.sheet
        self.rows: dict[int, dict[int, Cell]] = dict(self.sheet.rows)
        self.keys = {
            row: str(cell.value)
            for row, cells in self.rows.items()
            if (cell := cells.get(self.marked.column)) is not None and isinstance(cell.value, str)
        }

    def find(self) -> None:
        """Find fields and tables, then look for what stands elsewhere."""
        read: set[int] = {self.marked.row}
        self._find_fields(read)
        for table in self.plan.tables:
            self._find_table(table, read)
        self._outside(read)
        self._merged()
        self._hidden()
        for (row, column), of in self.inputs.items():
            self.located.columns[At(self.sheet.name, row, column)] = of

    # -- fields ---------------------------------------------------------------------------------------------------

    def _find_fields(self, read: set[int]) -> None:
        parts = self.plan.fields
        if not parts:
            return
        marks = self.rows.get(self.marked.row, {})
        column = next((at for at, cell in marks.items() if cell.value == VALUE_MARK), None)
        if column is None:
            self._problem("moved-fields", self.marked.row, 1, parts[0].columns[0].label)
            return
        by_key: dict[str, list[int]] = {}
        for row, key in self.keys.items():
            by_key.setdefault(key, []).append(row)
        for part in parts:
            of = part.columns[0]
            rows = by_key.get(of.key, [])
            if len(rows) > 1:
                self._problem("form-field-twice", rows[1], column, of.label)
            if not rows:
                if of.key not in LEFT_OUT:
                    self._problem("moved-fields", self.marked.row, column, of.label)
                continue
            read.update(rows)
            self.fields[of.key] = self._entry(rows[0], column, of)

    # -- tables ---------------------------------------------------------------------------------------------------

    def _find_table(self, table: Table, read: set[int]) -> None:
        head = next((row for row, key in self.keys.items() if key == table.key + COLUMNS_MARK), None)
        end = next((row for row, key in self.keys.items() if key == table.key + END_MARK), None)
        label = table.columns[0].label
        if head is None or end is None:
            self._problem("moved-fields", self.marked.row, self.marked.column + 1, label)
            return
        columns = {str(cell.value): at for at, cell in self.rows[head].items() if at != self.marked.column}
        for column in table.columns:
            if column.key not in columns:
                self._problem("moved-fields", head, self.marked.column + 1, column.label)
        known = [(column, columns[column.key]) for column in table.columns if column.key in columns]
        read.update((head, end))
        self._check_example(table, known, read)
        rows = [row for row, key in self.keys.items() if key == table.key]
        # Rows that were put in between have no key: what is typed there belongs to the table.
        rows += [row for row in self.rows if head < row < end and row not in self.keys and row not in read]
        found = []
        for row in sorted(rows):
            read.add(row)
            found.append(TableRow({column.key: self._entry(row, at, column) for column, at in known}))
            self._beside(row, {at for _, at in known})
        self.tables[table.key] = tuple(found)
        if known:
            first = min(rows, default=head)
            start = At(self.sheet.name, first, known[0][1])
            if table.path:
                self.located.starts.setdefault(steps_of(table.path), start)

    def _check_example(self, table: Table, known: list[tuple[Column, int]], read: set[int]) -> None:
        for row, key in self.keys.items():
            if key.startswith(table.key + EXAMPLE_MARK):
                read.add(row)
                texts = [self._text(row, at) for _, at in known]
                if hash_of(texts) != key.rpartition("#")[2]:
                    self._problem("form-example-filled", row, known[0][1])

    def _text(self, row: int, column: int) -> str:
        cell = self.sheet[row, column]
        return cell.formula or cell.text

    # -- what stands elsewhere ------------------------------------------------------------------------------------

    def _beside(self, row: int, known: set[int]) -> None:
        """Refuse what is typed in a row of a table but in none of its columns."""
        for at, cell in self.rows.get(row, {}).items():
            if at not in known and at != self.marked.column and cell.formula is None and _says(cell):
                self._problem("form-outside", row, at, value=cell.text[:60])

    def _outside(self, read: set[int]) -> None:
        for row, cells in self.rows.items():
            if row in read or row < self.marked.row:
                continue
            if row in self.keys:
                if self.keys[row] != STATIC:
                    self._problem("form-outside", row, self.marked.column, value=self.keys[row][:60])
                continue
            typed = [(at, cell) for at, cell in cells.items() if cell.formula is None and _says(cell)]
            if typed:
                self._problem("form-outside", row, typed[0][0], value=typed[0][1].text[:60])

    def _merged(self) -> None:
        for area in self.sheet.merged:
            first, last = _corners(area)
            inside = [
                (row, column)
                for row, column in self.inputs
                if first[0] <= row <= last[0] and first[1] <= column <= last[1]
            ]
            if len(inside) > 1 or (inside and inside[0] != first):
                self._problem("merged-cells", first[0], first[1], range=area)

    def _hidden(self) -> None:
        hidden_sheet = self.sheet.state != "visible"
        told: set[tuple[str, int]] = set()
        for row, column in sorted(self.inputs):
            if self.sheet[row, column].is_empty:
                continue
            what = (
                ("sheet", 0)
                if hidden_sheet
                else ("row", row)
                if row in self.sheet.hidden_rows
                else ("column", column)
                if column in self.sheet.hidden_columns
                else None
            )
            if what is not None and what not in told:
                told.add(what)
                self._problem(f"form-hidden-{what[0]}", row, column)

    def _all_columns(self) -> list[Column]:
        of_fields = [column for part in self.plan.fields for column in part.columns]
        return [*of_fields, *(column for table in self.plan.tables for column in table.columns)]

    # -- cells and problems ---------------------------------------------------------------------------------------

    def _entry(self, row: int, column: int, of: Column) -> Entry:
        cell = self.sheet[row, column]
        self.inputs[row, column] = of
        at = At(self.sheet.name, row, column)
        if cell.formula is not None:
            self._problem("formula-in-input", row, column, formula=cell.formula[:60])
            return Entry(None, at)
        if cell.error is not None:
            self._problem("excel-error-value", row, column, value=cell.error)
            return Entry(None, at)
        value = cell.value
        if isinstance(value, str) and not value.strip():
            value = None
        return Entry(value, at)

    def _problem(self, code: str, row: int, column: int, label: str | None = None, **params: Any) -> None:
        path = label
        if label is not None:
            params["sheet"] = self.sheet.name
            if label.startswith("form."):  # a column of the form's own: the field that stands beside it
                path = next(other.label for other in self._all_columns() if not other.label.startswith(("form.", "Q.")))
        place = Place(self.book.file, row, column, path, self.sheet.name, coordinate_of(row, column))
        self.located.problems.append(Problem(code, place, params))


def _says(cell: Cell) -> bool:
    return cell.error is not None or (cell.value is not None and str(cell.value).strip() != "")


def _corners(area: str) -> tuple[tuple[int, int], tuple[int, int]]:
    first, _, last = area.partition(":")
    return position_of(first), position_of(last or first)


def _kept(marked: _Marked | None) -> KeptLines | None:
    if marked is None:
        return None
    lines: list[tuple[int, str]] = []
    mark: str | None = None
    for row, cells in marked.sheet.rows:
        key = cells.get(marked.column)
        if key is not None and key.value in (YAML_MARK, JSON_MARK):
            mark = str(key.value)
            lines.append((row, _line(cells.get(marked.column + 1))))
    if mark is None:
        return None
    return KeptLines(
        marked.sheet.name, mark, tuple(text for _, text in lines), tuple(row for row, _ in lines), marked.column + 1
    )


def _line(cell: Cell | None) -> str:
    return "" if cell is None else cell.text
