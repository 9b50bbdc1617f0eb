"""A submitted workbook against the one that the program writes for the same case: every cell, sheet and name.

Two things are compared, apart from each other: what stands in the cells against what was written there, and what the
formulas claim to give against what they give (`recalculate`). How cells look is not compared: programs that save a
workbook anew write formats, colours and last digits in their own way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, Literal

from socio_calc.office import Cell, Sheet, Workbook, coordinate_of
from socio_calc.review.submitted.alignment import Alignment, aligned
from socio_calc.review.submitted.formulas import DIGITS, Area, FormulaError, Node, equal, moved, read_formula
from socio_calc.review.submitted.recalculate import Formulas, Missing, Place, Value, computed, formulas_of

Kind = Literal[
    "sheet-removed", "sheet-added", "sheet-hidden", "rows-hidden", "columns-hidden", "row-added", "row-removed",
    "rearranged", "formula", "number", "text", "added", "value", "stale", "no-values", "unreadable", "name",
]  # fmt: skip
#: What a formula gives is the same where it differs by less than this share, or by less than this much.
RELATIVE, ABSOLUTE = 1e-9, 1e-6
#: Which written row a row of a sheet is.
Mover = Callable[[str, int], int | None]
#: A sheet in which more than this share of the written cells differ has been rearranged as a whole.
_REARRANGED: Final = 0.5
_FEWEST: Final = 20


@dataclass(frozen=True)
class Difference:
    """One thing in a submitted workbook that is not as it was written.

    Attributes
    ----------
    kind
        Of `text`, `number` and `formula`: what was written in the cell. `value`: what a formula claims to give.
    sheet, row, column
        Where, in the submitted workbook; row and column from 1, 0 where the whole sheet or row is meant.
    written, found
        What was written there and what stands there; of a `value` what the formula gives and what the cell says.
    origin
        The written place of the cell.
    count
        How many cells (`stale`, `unreadable`), rows or columns are meant.
    """

    kind: Kind
    sheet: str
    row: int = 0
    column: int = 0
    written: Value = None
    found: Value = None
    origin: Place | None = None
    count: int = 1

    @property
    def cell(self) -> str | None:
        """The cell, or the row, as a spreadsheet names it; None for a whole sheet."""
        if self.row and self.column:
            return coordinate_of(self.row, self.column)
        return f"{self.row}:{self.row}" if self.row else None


@dataclass(frozen=True)
class Sheets:
    """A workbook as numbers, texts and formulas by place."""

    book: Workbook

    @cached_property
    def inputs(self) -> dict[Place, Value]:
        """What stands in the cells without a formula."""
        return {
            (sheet.name, *place): plain(cell)
            for sheet in self.book.sheets
            for place, cell in sheet.cells.items()
            if cell.formula is None and plain(cell) is not None
        }

    @cached_property
    def trees(self) -> dict[Place, Node | None]:
        """The formulas; None for one that cannot be read."""
        return {
            (sheet.name, *place): _tree(cell.formula, sheet.name)
            for sheet in self.book.sheets
            for place, cell in sheet.cells.items()
            if cell.formula is not None
        }

    @cached_property
    def names(self) -> dict[str, Node]:
        """The cells that have names."""
        found = {name: _tree(text, "") for name, text in self.book.names.items()}
        return {name: tree for name, tree in found.items() if isinstance(tree, Area)}

    @cached_property
    def formulas(self) -> Formulas:
        """The formulas in an order to compute them in."""
        return formulas_of(self.trees, self.names)

    @cached_property
    def values(self) -> dict[Place, Value | Missing]:
        """What the formulas give."""
        return computed(self.formulas, self.inputs)

    def cell(self, place: Place) -> Cell:
        """Return a cell; an empty one where nothing stands."""
        sheet = self.book.sheet(place[0])
        return Cell(coordinate_of(*place[1:])) if sheet is None else sheet[place[1:]]

    def named(self, name: str) -> Place | None:
        """Return the cell that has a name."""
        area = self.names.get(name)
        return (area.sheet, area.row, area.column) if isinstance(area, Area) and area.single else None

    def result(self, name: str) -> float | None:
        """Return what the formula of a named cell gives."""
        place = self.named(name)
        value = None if place is None else self.values.get(place, self.inputs.get(place))
        return value if isinstance(value, float) else None


def plain(cell: Cell) -> Value:
    """Return what is typed in a cell, numbers as float; None where nothing or only an empty text stands."""
    if cell.error is not None and cell.formula is None:
        return cell.error
    return _plain(cell.number if cell.number is not None else cell.value)


def _plain(value: object) -> Value:
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return float(value)
    text = "" if value is None else str(value)
    return text if text.strip() else None


@lru_cache(maxsize=50_000)
def _tree(text: str | None, sheet: str) -> Node | None:
    try:
        return None if text is None else read_formula(text, sheet)
    except FormulaError:
        return None


def same(left: Value | Missing, right: Value | Missing, *, typed: bool = False) -> bool:
    """Say whether two values are the same but for the last digits of numbers and the spaces of texts.

    `typed` numbers were computed by nobody, and have fewer digits to lose.

    >>> same(0.1 + 0.2, 0.3), same("a  b", "a b "), same(1.0, True), same(0.0, 1e-7), same(0.0, 1e-7, typed=True)
    (True, True, False, True, False)
    """
    if isinstance(left, str) and isinstance(right, str):
        return left.split() == right.split()
    if isinstance(left, float) and isinstance(right, float):
        difference, larger = abs(left - right), max(abs(left), abs(right))
        return difference <= DIGITS * larger if typed else difference <= max(RELATIVE * larger, ABSOLUTE)
    return type(left) is type(right) and left == right


def compare(written: Sheets, submitted: Sheets) -> tuple[Difference, ...]:
    """Return every difference of a submitted workbook from the one that was written, sheet by sheet."""
    rows = {
        sheet.name: aligned(sheet, other)
        for sheet in written.book.sheets
        if (other := submitted.book.sheet(sheet.name)) is not None
    }
    found: list[Difference] = []
    for sheet in written.book.sheets:
        other = submitted.book.sheet(sheet.name)
        if other is None:
            found.append(Difference("sheet-removed", sheet.name))
        else:
            found.extend(_sheet(written, submitted, sheet, other, rows))
    known = {sheet.name for sheet in written.book.sheets}
    found.extend(Difference("sheet-added", sheet.name) for sheet in submitted.book.sheets if sheet.name not in known)
    found.extend(_hidden(written, submitted))
    found.extend(_names(written, submitted, rows))
    found.extend(_values(written, submitted, rows))
    return tuple(found)


def _sheet(
    written: Sheets, submitted: Sheets, sheet: Sheet, other: Sheet, rows: Mapping[str, Alignment]
) -> list[Difference]:
    """Return what differs between the cells of one sheet and the written ones."""
    alignment, name = rows[sheet.name], sheet.name
    found = [Difference("row-added", name, row) for row in alignment.added]
    found += [
        Difference("row-removed", name, written=_row_text(sheet, row), origin=(name, row, 0))
        for row in alignment.removed
    ]
    row_of = _mover(rows)
    origin_rows = {origin: row for row, origin in alignment.written.items()}
    cells: list[Difference] = []
    for (row, column), cell in sheet.cells.items():
        at = origin_rows.get(row)
        if at is not None:
            cells.extend(_cell(written, submitted, (name, row, column), (name, at, column), cell, row_of))
    new = set(alignment.added)
    for (row, column), cell in other.cells.items():
        origin = alignment.written.get(row)
        if row in new or (origin is not None and (origin, column) in sheet.cells):
            continue
        content = cell.formula if cell.formula is not None else plain(cell)
        if content is not None:
            cells.append(Difference("added", name, row, column, None, content))
    if len(cells) > max(_FEWEST, _REARRANGED * len(sheet.cells)):
        return [*found, Difference("rearranged", name, count=len(cells))]
    return found + cells


def _mover(rows: Mapping[str, Alignment]) -> Mover | None:
    """Return which written row a row of a sheet is, None where no row of any sheet has moved."""
    if all(alignment.in_place for alignment in rows.values()):
        return None

    def row_of(sheet: str, row: int) -> int | None:
        known = rows.get(sheet)
        return row if known is None else known.written.get(row)

    return row_of


def _cell(
    written: Sheets, submitted: Sheets, origin: Place, place: Place, cell: Cell, row_of: Mover | None
) -> Iterator[Difference]:
    other = submitted.cell(place)
    if cell.formula is not None:
        tree = submitted.trees.get(place)
        if tree is not None and row_of is not None:
            tree = moved(tree, row_of)
        if tree is None or not equal(tree, written.trees[origin]):
            shown = other.formula if other.formula is not None else plain(other)
            yield Difference("formula", *place, cell.formula, shown, origin)
        return
    before = plain(cell)
    now: Value = other.formula if other.formula is not None else plain(other)
    if other.formula is not None or not same(before, now, typed=True):
        yield Difference("text" if isinstance(before, str) else "number", *place, before, now, origin)


def _row_text(sheet: Sheet, row: int) -> str | None:
    texts = (str(cell.value) for place, cell in sorted(sheet.cells.items()) if place[0] == row and cell.value)
    return next((text for text in texts if text.strip()), None)


def _hidden(written: Sheets, submitted: Sheets) -> Iterator[Difference]:
    for sheet in submitted.book.sheets:
        before = written.book.sheet(sheet.name)
        if sheet.state != "visible" and (before is None or before.state == "visible"):
            yield Difference("sheet-hidden", sheet.name)
        for kind, now, was in (
            ("rows-hidden", sheet.hidden_rows, frozenset[int]() if before is None else before.hidden_rows),
            ("columns-hidden", sheet.hidden_columns, frozenset[int]() if before is None else before.hidden_columns),
        ):
            if now - was:
                yield Difference(kind, sheet.name, found=_numbers(kind, now - was), count=len(now - was))  # type: ignore[arg-type]


def _numbers(kind: str, hidden: frozenset[int]) -> str:
    """Return rows or columns as a spreadsheet names them, the first of them where there are many."""
    named = [
        coordinate_of(1, number).rstrip("1") if kind == "columns-hidden" else str(number) for number in sorted(hidden)
    ]
    return ", ".join(named[:10]) + (" …" if len(named) > 10 else "")


def _names(written: Sheets, submitted: Sheets, rows: Mapping[str, Alignment]) -> Iterator[Difference]:
    """Yield names of ours that are gone or mean another cell."""
    row_of = _mover(rows)
    for name, area in written.names.items():
        now = submitted.names.get(name)
        if now is not None and row_of is not None:
            now = moved(now, row_of)
        if now != area:
            yield Difference("name", area.sheet if isinstance(area, Area) else "", found=name)


def _values(written: Sheets, submitted: Sheets, rows: Mapping[str, Alignment]) -> Iterator[Difference]:
    """Yield formulas that do not give what their cells say: those left from before a change as one, others each."""
    cached = {place: _cached(submitted.cell(place)) for place in submitted.trees}
    if cached and all(value is None for value in cached.values()):
        yield Difference("no-values", submitted.book.sheets[0].name, count=len(cached))
        return
    stale: list[Place] = []
    unknown: list[Place] = []
    for place, right in submitted.values.items():
        said = cached[place]
        if isinstance(right, Missing):
            if right.why in ("unreadable", "circle"):
                unknown.append(place)
            elif not (isinstance(said, str) and said.startswith("#")):
                yield Difference("value", *place, right.why, said, place)
            continue
        if same(said, right) or (said is None and right in (0.0, "")):
            continue
        known = rows.get(place[0])
        row = None if known is None else known.written.get(place[1])
        before = None if row is None else _cached(written.cell((place[0], row, place[2])))
        if before is not None and same(said, before):
            stale.append(place)
        else:
            yield Difference("value", *place, right, said, None if row is None else (place[0], row, place[2]))
    if stale:
        yield Difference("stale", *stale[0], submitted.values[stale[0]], cached[stale[0]], count=len(stale))  # type: ignore[arg-type]
    if unknown:
        yield Difference("unreadable", *unknown[0], count=len(unknown))


def _cached(cell: Cell) -> Value:
    return cell.error if cell.error is not None else _plain(cell.cached)
