"""From the cells of a filled form to the plain data of a case, every value with its cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from socio_calc.form.cells import At, Entry, Gathered, Steps, get_at, put_at, steps_of
from socio_calc.form.layout import Table
from socio_calc.form.part import Misread, Reading
from socio_calc.form.sheets import SHEETS


@dataclass(frozen=True)
class TableRow:
    """The input cells of one row, by column."""

    entries: Mapping[str, Entry]

    @property
    def filled(self) -> bool:
        """Whether anything is written in the row."""
        return any(entry.value is not None for entry in self.entries.values())


@dataclass(frozen=True)
class FormRows:
    """All input cells of a form: fields by the key of their column, rows by the key of their table."""

    fields: Mapping[str, Entry]
    tables: Mapping[str, tuple[TableRow, ...]]


@dataclass
class Collected(Gathered):
    """Data of a form with their cells, and the cells whose text could not be taken apart."""

    misread: list[Misread] = field(default_factory=list)


def gather(rows: FormRows) -> Collected:
    """Return the plain data of a form. Nothing is refused here: what is wrong stays for the case reader."""
    found = Collected(data={"format": 1})
    first_year = _first_year(rows)
    for plan in SHEETS:
        for part in plan.fields:
            if all(column.key in rows.fields for column in part.columns):
                reading = Reading(found.data, found.places, found.misread, first_year)
                part.gather(rows.fields, reading)
    for plan in SHEETS:
        for table in plan.tables:
            _gather_table(table, rows.tables.get(table.key, ()), found, first_year)
    _order_costs(found)
    return found


def _first_year(rows: FormRows) -> int | None:
    entry = rows.fields.get("first_year")
    value = None if entry is None else entry.value
    if isinstance(value, str) and value.strip().isdigit():
        return int(value.strip())
    return (
        int(value) if isinstance(value, int | float) and not isinstance(value, bool) and value == int(value) else None
    )


def _gather_table(table: Table, rows: tuple[TableRow, ...], found: Collected, first_year: int | None) -> None:
    for row in rows:
        if not row.filled:
            continue
        reading = Reading({}, {}, found.misread, first_year)
        for part in table.parts:
            if all(column.key in row.entries for column in part.columns):
                part.gather(row.entries, reading)
        _PUT[table.shape](table, reading, found, row)


def _places(found: Collected, base: Steps, reading: Reading, row: TableRow) -> None:
    found.places.setdefault(base, _first_cell(row))
    for steps, at in reading.places.items():
        found.places.setdefault((*base, *steps), at)


def _first_cell(row: TableRow) -> At:
    return next(entry.at for entry in row.entries.values())


def _put_list(table: Table, reading: Reading, found: Collected, row: TableRow) -> None:
    listed = get_at(found.data, steps_of(table.path))
    if listed is None:
        listed = []
        put_at(found.data, table.path, listed)
    if table.key == "correlations":
        _join_between(reading)
    base = (*steps_of(table.path), len(listed))
    found.places.setdefault(steps_of(table.path), _first_cell(row))
    listed.append(reading.item)
    _places(found, base, reading, row)


def _join_between(reading: Reading) -> None:
    item = reading.item
    if "first" in item or "second" in item:
        item["between"] = [item.pop(key) for key in ("first", "second") if key in item]
    reading.places[("between",)] = reading.places[("first",)]
    reading.places[("between", 0)] = reading.places.pop(("first",))
    reading.places[("between", 1)] = reading.places.pop(("second",))


def _put_texts(table: Table, reading: Reading, found: Collected, row: TableRow) -> None:
    listed = found.data.setdefault(table.path, [])
    found.places.setdefault((table.path,), _first_cell(row))
    found.places[(table.path, len(listed))] = _first_cell(row)
    listed.append(reading.item.get("value"))


def _put_one(table: Table, reading: Reading, found: Collected, row: TableRow) -> None:
    found.data.update(reading.item)
    for steps, at in reading.places.items():
        found.places.setdefault(steps, at)


def _put_mapping(table: Table, reading: Reading, found: Collected, row: TableRow) -> None:
    name, value = reading.item.get("name"), reading.item.get("value")
    mapping = get_at(found.data, steps_of(table.path))
    if mapping is None:
        mapping = {}
        put_at(found.data, table.path, mapping)
    found.places.setdefault(steps_of(table.path), _first_cell(row))
    if name is None:
        found.misread.append(Misread("form-no-name", row.entries["name"].at, ""))
        return
    if str(name) in mapping:
        found.misread.append(Misread("form-name-twice", row.entries["name"].at, str(name)))
        return
    mapping[str(name)] = value
    base = (*steps_of(table.path), str(name))
    found.places[base] = _first_cell(row)
    for steps, at in reading.places.items():
        if steps[:1] == ("value",):
            found.places[(*base, *steps[1:])] = at


def _put_scenario(table: Table, reading: Reading, found: Collected, row: TableRow) -> None:
    name, path = reading.item.get("name"), reading.item.get("path")
    scenarios = found.data.setdefault(table.path, {})
    found.places.setdefault((table.path,), _first_cell(row))
    if name is None:
        found.misread.append(Misread("form-no-name", row.entries["name"].at, ""))
        return
    values = scenarios.setdefault(str(name), {})
    found.places.setdefault((table.path, str(name)), _first_cell(row))
    if path is None:
        if "value" in reading.item:
            found.misread.append(Misread("form-no-path", row.entries["path"].at, str(name)))
        return
    if str(path) in values:
        found.misread.append(Misread("form-name-twice", row.entries["path"].at, str(path)))
        return
    values[str(path)] = reading.item.get("value")
    found.places[(table.path, str(name), str(path))] = row.entries["value"].at


def _put_cost(table: Table, reading: Reading, found: Collected, row: TableRow) -> None:
    _put_list(table, reading, found, row)


def _put_consequence(table: Table, reading: Reading, found: Collected, row: TableRow) -> None:
    outcome = reading.item.pop("outcome", None)
    outcomes = found.data.get("outcomes") or []
    at = row.entries["outcome"].at
    index = next((number for number, item in enumerate(outcomes) if item.get("id") == outcome), None)
    if outcome is None or index is None:
        code = "form-no-outcome" if outcome is None else "form-unknown-outcome"
        found.misread.append(Misread(code, at, "" if outcome is None else str(outcome)))
        return
    listed = outcomes[index].setdefault("consequences", [])
    base = ("outcomes", index, "consequences", len(listed))
    found.places.setdefault(base[:3], _first_cell(row))
    listed.append(reading.item)
    _places(found, base, reading, row)


def _order_costs(found: Collected) -> None:
    """Put the cost items of the two tables into the order that their numbers tell; those without come last."""
    costs = found.data.get("costs")
    if not costs:
        return
    numbers = [item.pop("order", None) for item in costs]
    order = sorted(
        range(len(costs)), key=lambda at: (not _is_number(numbers[at]), numbers[at] if _is_number(numbers[at]) else 0)
    )
    if order == list(range(len(costs))):
        return
    found.data["costs"] = [costs[at] for at in order]
    moved = {at: new for new, at in enumerate(order)}
    places: dict[Steps, Any] = {}
    for steps, at in found.places.items():
        if steps[0] == "costs" and len(steps) > 1:
            steps = ("costs", moved[int(steps[1])], *steps[2:])
        places[steps] = at
    found.places = places


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_PUT = {
    "list": _put_list,
    "texts": _put_texts,
    "one": _put_one,
    "mapping": _put_mapping,
    "scenarios": _put_scenario,
    "costs": _put_cost,
    "consequences": _put_consequence,
}
