"""Parts with uncertain numbers (METHOD §8): in one cell, in three columns, and what is built of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from socio_calc.form.cells import Column, Kind, put_at, steps_of, take_at
from socio_calc.form.notation import CellValue, NotationError, quantity_cell, read_quantity, same
from socio_calc.form.part import Cells, Item, Misread, Reading, Row, read_number, read_value
from socio_calc.form.values import cell_of, choice_value, reference_id


@dataclass(frozen=True)
class Single:
    """An uncertain number in one cell, in the notation of the form."""

    key: str
    kind: Kind
    label: str
    required: bool = False
    width: float = 16.0

    @property
    def columns(self) -> tuple[Column, ...]:
        """The column."""
        return (Column(self.key, self.kind, self.label, required=self.required, width=self.width),)

    def fill(self, item: Item, lang: str, first_year: int | None) -> Cells:
        """Take the number."""
        value = take_at(item, self.key)
        return {} if value is None else {self.key: quantity_cell(value, lang)}

    def gather(self, row: Row, reading: Reading) -> None:
        """Put the number."""
        entry = row[self.key]
        reading.take(steps_of(self.key), entry.at)
        if entry.value is not None:
            value = read_number(entry, reading)
            if value is not None:
                put_at(reading.item, self.key, value)


@dataclass(frozen=True)
class Triple:
    """An uncertain number in three columns, with the column that says how they were chosen.

    `base` names the references that may stand in a column of their own before them: `cost`, `evidence`, `baseline`.
    """

    key: str
    kind: Kind
    label: str
    base: str | None = None
    required: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        """The reference, low, most likely, high, and how they were chosen."""
        of_base = (
            (Column(f"{self.key}#{self.base}", "reference", f"Q.{self.base}", f"@{self.base}", width=34.0),)
            if self.base
            else ()
        )
        middle = self.required and self.base is None
        return (
            *of_base,
            Column(f"{self.key}#low", self.kind, self.label, suffix="low"),
            Column(f"{self.key}#mode", self.kind, self.label, suffix="mode", required=middle, width=16.0),
            Column(f"{self.key}#high", self.kind, self.label, suffix="high"),
            Column(f"{self.key}#how", "choice", self.label, "interval", suffix="how", width=22.0),
        )

    def fill(self, item: Item, lang: str, first_year: int | None) -> Cells:
        """Take the number."""
        raw = take_at(item, self.key)
        if raw is None:
            return {}
        cells = self._plain(raw, lang)
        if cells is None or not same(_triple(cells.get, self), raw):
            cells = {"mode": quantity_cell(raw, lang)}
        return {f"{self.key}#{name}": value for name, value in cells.items()}

    def _plain(self, raw: Any, lang: str) -> Cells | None:
        how = {name: self._how(name, lang) for name in ("bounds", "ci95")}
        match raw:
            case {"low": a, "mode": m, "high": b, **rest} if not rest:
                values = {"low": a, "mode": m, "high": b}
                return self._numbers(values) | {"how": how["bounds"]}
            case {"low": a, "high": b, **rest} if not rest:
                return self._numbers({"low": a, "high": b}) | {"how": how["bounds"]}
            case {"estimate": e, "ci": [a, b], **rest} if not rest:
                return self._numbers({"low": a, "mode": e, "high": b}) | {"how": how["ci95"]}
            case {**only} if self.base is not None and set(only) == {self.base}:
                return {self.base: str(only[self.base])}
        return None

    def _numbers(self, values: Mapping[str, Any]) -> Cells:
        return {name: quantity_cell(value, "sv") for name, value in values.items()}

    def _how(self, value: str, lang: str) -> CellValue:
        return cell_of(self.columns[-1], value, lang)

    def gather(self, row: Row, reading: Reading) -> None:
        """Put the number, as the case file would have it."""
        entries = {column.key.partition("#")[2]: row[column.key] for column in self.columns}
        here = steps_of(self.key)
        first = next((entry for entry in entries.values() if entry.value is not None), None)
        reading.take(here, (first or entries["mode"]).at)
        if first is None:
            return
        for name, entry in entries.items():
            reading.take((*here, name), entry.at)
        reading.take((*here, "estimate"), entries["mode"].at)
        for below, name in (((), "low"), ((0,), "low"), ((1,), "high")):
            reading.take((*here, "ci", *below), entries[name].at)
        try:
            value = _triple(lambda name: entries[name].value if name in entries else None, self)
        except NotationError as error:
            reading.misread.append(Misread("form-yaml", entries["mode"].at, str(error)))
            return
        if value is not None:
            put_at(reading.item, self.key, value)


def _triple(cell: Any, part: Triple) -> Any:
    """Return the quantity of the cells of a triple, None where only the last column is filled."""
    found: Item = {}
    reference = cell(part.base) if part.base is not None else None
    if reference is not None:
        found[str(part.base)] = reference_id(str(reference))
    low, mode, high = (_number_in(cell(name)) for name in ("low", "mode", "high"))
    studied = cell("how") is not None and choice_value("interval", cell("how")) == "ci95"
    if low is None and high is None:
        if not found:
            return mode
        return found if mode is None else {**found, **(mode if isinstance(mode, dict) else {"value": mode})}
    if isinstance(mode, dict | list):
        found |= mode if isinstance(mode, dict) else {"values": mode}
    elif mode is not None:
        found["estimate" if studied else "mode"] = mode
    if studied and low is not None and high is not None:
        found["ci"] = [low, high]
    else:
        found |= {key: value for key, value in (("low", low), ("high", high)) if value is not None}
    return found


def _number_in(value: Any) -> Any:
    return read_quantity(value if value is None or isinstance(value, int | float | str) else str(value))


@dataclass(frozen=True)
class Fade:
    """How an effect fades: its shape, and in one column the share a year, the years, or the values year by year."""

    key: str
    label: str

    @property
    def columns(self) -> tuple[Column, ...]:
        """The shape and its number."""
        return (
            Column(f"{self.key}.shape", "choice", f"{self.label}.shape", "fades.shape", width=24.0),
            Column(f"{self.key}.number", "number", f"{self.label}.shape", suffix="number", width=16.0),
        )

    def fill(self, item: Item, lang: str, first_year: int | None) -> Cells:
        """Take the shape and what it needs."""
        fade = item.get(self.key)
        if not isinstance(fade, dict):
            return {}
        shape = fade.get("shape")
        name = {"exponential": "rate", "linear": "over", "table": "values"}.get(str(shape))
        if set(fade) - {"shape", name}:
            return {}
        del item[self.key]
        cells = {f"{self.key}.shape": cell_of(self.columns[0], shape, lang)}
        if name is not None and fade.get(name) is not None:
            cells[f"{self.key}.number"] = quantity_cell(fade[name], lang)
        return cells

    def gather(self, row: Row, reading: Reading) -> None:
        """Put the shape and its number under the key that the shape gives it."""
        shape_entry, number_entry = row[f"{self.key}.shape"], row[f"{self.key}.number"]
        reading.take((self.key,), shape_entry.at)
        reading.take((self.key, "shape"), shape_entry.at)
        for name in ("rate", "over", "values"):
            reading.take((self.key, name), number_entry.at)
        if shape_entry.value is None and number_entry.value is None:
            return
        fade: Item = {}
        if shape_entry.value is not None:
            fade["shape"] = read_value(shape_entry, reading, self.columns[0])
        if number_entry.value is not None:
            value = read_number(number_entry, reading)
            name = {"linear": "over", "table": "values"}.get(str(fade.get("shape")), "rate")
            listed = name == "values" and not isinstance(value, list)
            fade[name] = _as_list(value) if listed else value
        reading.item[self.key] = fade


def _as_list(value: Any) -> Any:
    """Return `0,8; 0,5` (read as two limits) or one number as the values of a table."""
    if isinstance(value, dict) and set(value) <= {"low", "mode", "high"}:
        return [value[name] for name in ("low", "mode", "high") if name in value]
    return [value] if isinstance(value, int | float | str) else value


@dataclass(frozen=True)
class RateSteps:
    """The discount rate: one number, or steps as `0: 3,5 %; 31: 3 %`."""

    key: str

    @property
    def columns(self) -> tuple[Column, ...]:
        """The column."""
        return (Column(self.key, "share", self.key),)

    def fill(self, item: Item, lang: str, first_year: int | None) -> Cells:
        """Take the rate."""
        value = take_at(item, self.key)
        if value is None:
            return {}
        if not isinstance(value, list):
            return {self.key: quantity_cell(value, lang)}
        text = "; ".join(f"{step['from']}: {quantity_cell(step['rate'], lang)}".replace(".", ",") for step in value)
        return {self.key: text if same(self._steps(text), value) else cell_of(self.columns[0], value, lang)}

    @staticmethod
    def _steps(text: str) -> Any:
        steps = []
        for part in text.split(";"):
            start, _, rate = part.partition(":")
            steps.append({"from": read_quantity(start.strip()), "rate": read_quantity(rate.strip())})
        return steps

    def gather(self, row: Row, reading: Reading) -> None:
        """Put the rate or its steps."""
        entry = row[self.key]
        reading.take((self.key,), entry.at)
        if entry.value is None:
            return
        value = read_value(entry, reading, self.columns[0])
        if isinstance(value, str) and ":" in value:
            value = self._steps(value)
        if value is not None:
            reading.item[self.key] = value


@dataclass(frozen=True)
class Free:
    """A value of any field: a number, a word, an uncertain number, a list (for scenarios)."""

    key: str
    label: str
    width: float = 30.0

    @property
    def columns(self) -> tuple[Column, ...]:
        """The column."""
        return (Column(self.key, "number", self.label, required=True, width=self.width),)

    def fill(self, item: Item, lang: str, first_year: int | None) -> Cells:
        """Take the value."""
        value = take_at(item, self.key)
        if value is None:
            return {}
        return {
            self.key: cell_of(self.columns[0], value, lang) if isinstance(value, bool) else quantity_cell(value, lang)
        }

    def gather(self, row: Row, reading: Reading) -> None:
        """Put the value."""
        entry = row[self.key]
        reading.take((self.key,), entry.at)
        if entry.value is not None:
            value = entry.value if isinstance(entry.value, bool) else read_number(entry, reading)
            if value is not None:
                reading.item[self.key] = value
