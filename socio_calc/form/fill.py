"""From the plain data of a case to the cells of the form, and what is kept because no field holds it."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from socio_calc.form.cells import At, Entry, get_at, put_at, steps_of, take_at
from socio_calc.form.gather import FormRows, TableRow, gather
from socio_calc.form.layout import Table
from socio_calc.form.notation import LONGEST_TEXT, CellValue, same
from socio_calc.form.part import Cells, Item
from socio_calc.form.sheets import SHEETS

#: Where the item of a shared table stood in its list.
ORDER = "order"


@dataclass(frozen=True)
class Filled:
    """The contents of a form.

    Attributes
    ----------
    fields
        Cells by the key of their column.
    tables
        Rows of cells by the key of their table.
    kept
        Keys of the case file that no field holds, with their values.
    """

    fields: Mapping[str, CellValue]
    tables: Mapping[str, tuple[Cells, ...]]
    kept: Mapping[str, Any]


def fill(data: Mapping[str, Any], lang: str) -> Filled:
    """Return the contents of a form for the plain data of a case, so that reading them gives the same data.

    What would not come back the same is kept as a whole, by its key of the case or of the application.
    """
    kept: dict[str, Any] = {}
    rest = copy.deepcopy(dict(data))
    rest.pop("format", None)
    while True:
        filled, left = _spread(copy.deepcopy(rest), lang)
        found = read_again(filled)
        found.pop("format", None)
        keys = dict.fromkeys([*_keys(rest), *_keys(found)])
        lost = [key for key in keys if not _agree(key, rest, found, left)]
        for key in lost:
            value = take_at(rest, key)
            if value is not None:
                kept[key] = value
        if not lost:
            return Filled(filled.fields, filled.tables, kept)


def read_again(filled: Filled) -> dict[str, Any]:
    """Return the plain data that a form with these contents gives, what it keeps without fields apart."""
    return gather(_rows_of(filled)).data


def _keys(data: Mapping[str, Any]) -> list[str]:
    """Return the keys of the case, with those of the application one by one."""
    keys: list[str] = []
    for key, value in data.items():
        keys.extend(
            [f"{key}.{below}" for below in value] if key == "application" and isinstance(value, dict) else [key]
        )
    return keys


def _agree(key: str, data: Mapping[str, Any], found: Mapping[str, Any], left: Mapping[str, Any]) -> bool:
    steps = steps_of(key)
    return get_at(left, steps) is None and same(get_at(data, steps), get_at(found, steps))


def _spread(data: dict[str, Any], lang: str) -> tuple[Filled, dict[str, Any]]:
    """Spread data over the cells; also return what no part took."""
    first_year = data.get("first_year")
    first_year = first_year if isinstance(first_year, int) else None
    fields: Cells = {}
    tables: dict[str, tuple[Cells, ...]] = {}
    left: dict[str, Any] = {}
    # Consequences lie inside the outcomes: they are taken out first.
    for plan in reversed(SHEETS):
        for table in plan.tables:
            rows = []
            for item, put_back in _items(table, data):
                rows.append(_cells(table, item, lang, first_year))
                if item:
                    put_back(item, left)
            tables[table.key] = tuple(rows)
        for part in plan.fields:
            fields |= part.fill(data, lang, first_year)
    for key, value in data.items():
        left.setdefault(key, value)
    return Filled(fields, tables, {}), left


def _cells(table: Table, item: Item, lang: str, first_year: int | None) -> Cells:
    """Return a row; sources come first, as the numbers are written without them."""
    cells: Cells = {}
    for part in sorted(table.parts, key=lambda part: type(part).__name__ != "Sources"):
        cells |= part.fill(item, lang, first_year)
    return cells


def _items(table: Table, data: dict[str, Any]) -> Iterator[tuple[Item, Any]]:
    """Yield the items of a table, each to be emptied, and how to say that something of it was left."""

    def leave(item: Item, left: dict[str, Any]) -> None:
        put_at(left, table.path or next(iter(item)), item)

    match table.shape:
        case "one":
            key = table.key
            value = take_at(data, key)
            if value is not None:
                yield {key: value}, leave
        case "mapping":
            for name, value in (take_at(data, table.path) or {}).items():
                yield {"name": _name(name), "value": value}, leave
        case "scenarios":
            for name, values in (take_at(data, table.path) or {}).items():
                for path, value in values.items() or [(None, None)]:
                    yield {"name": name} if path is None else {"name": name, "path": path, "value": value}, leave
        case "texts":
            for value in take_at(data, table.path) or []:
                yield {"value": value}, leave
        case "consequences":
            for outcome in data.get("outcomes") or []:
                for item in outcome.pop("consequences", None) or []:
                    yield {"outcome": outcome.get("id"), **item}, leave
        case "costs":
            yield from ((item, leave) for item in _costs(table, data))
        case _:
            for item in take_at(data, table.path) or []:
                if table.key == "correlations" and len(item.get("between") or ()) == 2:
                    first, second = item.pop("between")
                    item = {"first": first, "second": second, **item}
                yield item, leave


def _costs(table: Table, data: dict[str, Any]) -> Iterator[Item]:
    """Yield the cost items of one of the two tables; their order is written where they share the list."""
    items = data.get("costs") or []
    by_hours = [("hours" in item or "wage" in item) for item in items]
    shared = any(by_hours) and not all(by_hours)
    for number, (item, timed) in enumerate(zip(items, by_hours, strict=True), 1):
        if timed == (table.key == "hours") and item:
            yield {**item, ORDER: number} if shared else item
            item.clear()
    if table.key == "hours":
        data.pop("costs", None)


def _name(name: Any) -> Any:
    return int(name) if isinstance(name, str) and name.isdigit() else name


def _rows_of(filled: Filled) -> FormRows:
    """Return filled cells as if they had been read from a form, to see what reading them gives."""
    nowhere = At("", 0, 0)
    fields: dict[str, Entry] = {}
    for plan in SHEETS:
        for part in plan.fields:
            for column in part.columns:
                fields[column.key] = Entry(_held(filled.fields.get(column.key)), nowhere)
    tables = {
        table.key: tuple(
            TableRow({column.key: Entry(_held(cells.get(column.key)), nowhere) for column in table.columns})
            for cells in filled.tables[table.key]
        )
        for plan in SHEETS
        for table in plan.tables
    }
    return FormRows(fields, tables)


def _held(value: CellValue) -> CellValue:
    """Return what a cell can hold of a value: longer texts are cut off, so that they are kept elsewhere."""
    return value[:LONGEST_TEXT] if isinstance(value, str) else value
