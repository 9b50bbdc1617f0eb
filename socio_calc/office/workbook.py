"""A workbook as read from a stranger's file: what a person typed, and apart from it what formulas claimed to give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal

from socio_calc.office.cell_values import Scalar
from socio_calc.problems import Place, Problem

State = Literal["visible", "hidden", "very_hidden"]
Position = tuple[int, int]
_REFERENCE: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_LETTERS: Final = 26


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes
    ----------
    coordinate
        "C5".
    value
        What a person typed; None in an empty cell and where a formula stands: no stored result is trusted.
    formula
        "=SUM(A1:A3)", or None.
    cached
        What the file says that the formula gave: to be compared, never believed. None without a formula.
    error
        "#REF!" and the like, typed or stored; then the value is None.
    number
        The number typed; for a date the day's serial number. None for everything else and for formulas.
    is_percent
        The cell shows its number as per cent: 0.15 stands there as 15 %.
    """

    coordinate: str
    value: Scalar = None
    formula: str | None = None
    cached: Scalar = None
    error: str | None = None
    number: int | float | None = None
    is_percent: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing stands in the cell."""
        return self.value is None and self.formula is None and self.error is None

    @property
    def text(self) -> str:
        """The value as text, without any format; empty where there is none."""
        return "" if self.value is None else str(self.value)


@dataclass(frozen=True)
class Sheet:
    """One sheet; rows and columns count from 1.

    Attributes
    ----------
    cells
        Only cells that hold something, by row and column.
    merged, validations
        Areas, "A1:B2": merged cells, and cells with a list or a check.
    hidden_rows, hidden_columns
        Those among the rows and columns that hold something.
    """

    name: str
    state: State = "visible"
    protected: bool = False
    cells: Mapping[Position, Cell] = field(default_factory=lambda: MappingProxyType({}))
    merged: tuple[str, ...] = ()
    validations: tuple[str, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def __getitem__(self, where: str | Position) -> Cell:
        """Return a cell by "C5" or (5, 3); an empty one where nothing stands."""
        position = position_of(where) if isinstance(where, str) else where
        return self.cells.get(position) or Cell(coordinate_of(*position))

    @property
    def rows(self) -> Iterator[tuple[int, dict[int, Cell]]]:
        """The rows that hold something, in order, each with its cells by column."""
        by_row: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in sorted(self.cells.items()):
            by_row.setdefault(row, {})[column] = cell
        yield from by_row.items()

    @property
    def last_row(self) -> int:
        """The last row that holds something; 0 in an empty sheet."""
        return max((row for row, _ in self.cells), default=0)

    @property
    def last_column(self) -> int:
        """The last column that holds something; 0 in an empty sheet."""
        return max((column for _, column in self.cells), default=0)


@dataclass(frozen=True)
class Workbook:
    """A workbook whose file was found safe to read.

    Attributes
    ----------
    file, sha256, content
        The name as given, the hash of the bytes, and the bytes that were checked.
    names
        Defined names with what they stand for, `'Blad'!$C$5`; those of one sheet as `Blad!namn`.
    properties
        Title, author and the like, and a file's own ones.
    warnings
        What was left aside, and why.
    """

    file: str
    sha256: str
    content: bytes = field(repr=False)
    sheets: tuple[Sheet, ...]
    names: Mapping[str, str]
    properties: Mapping[str, str]
    warnings: tuple[Problem, ...] = ()

    def sheet(self, name: str) -> Sheet | None:
        """Return the sheet with exactly this name, or None."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def problem_at(
    book: Workbook, sheet: Sheet | str, cell: str, code: str, path: str | None = None, **params: object
) -> Problem:
    """Return a problem at a cell, with the path of the case that the cell stands for where it has one."""
    name = sheet if isinstance(sheet, str) else sheet.name
    return Problem(code, Place(file=book.file, sheet=name, cell=cell, path=path), params)


def position_of(coordinate: str) -> Position:
    """Return the row and column of "C5".

    Raises
    ------
    ValueError
        It is no reference to one cell.

    Examples
    --------
    >>> position_of("C5"), position_of("$AA$10")
    ((5, 3), (10, 27))
    """
    match = _REFERENCE.fullmatch(coordinate)
    if match is None:
        raise ValueError(f"no cell: {coordinate!r}")
    return int(match.group(2)), column_number(match.group(1))


def column_number(letters: str) -> int:
    """Return the number of a column by its letters.

    Examples
    --------
    >>> column_number("A"), column_number("XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number


def coordinate_of(row: int, column: int) -> str:
    """Return "C5" for row 5, column 3.

    Examples
    --------
    >>> coordinate_of(5, 3), coordinate_of(1, 16384)
    ('C5', 'XFD1')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"
