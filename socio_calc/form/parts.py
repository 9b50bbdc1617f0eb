"""Parts of a row: which columns a key of the case file takes, how it is spread over them and read back.

A part takes its keys out of an item (`fill`) and puts them into one (`gather`). What no part takes is kept by the form
as it is. `gather` never refuses a value: it puts what was written where it belongs, so that the case reader can say
all that is wrong at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from socio_calc.form.cells import At, Column, Entry, Kind, Steps, get_at, put_at, steps_of, take_at
from socio_calc.form.notation import CellValue, NotationError, quantity_cell, read_quantity, same, yaml_cell
from socio_calc.form.values import (
    CROSS,
    FIRST_CALENDAR_YEAR,
    cell_of,
    choice_value,
    is_crossed,
    reference_id,
    value_of,
)
from socio_calc.locale import LANGUAGES, texts

Cells = dict[str, CellValue]
Row = Mapping[str, Entry]
Item = dict[str, Any]
Places = dict[Steps, At]


@dataclass(frozen=True, slots=True)
class Misread:
    """A cell whose text cannot be taken apart: the code of its message and what it says."""

    code: str
    at: At
    value: str


@dataclass
class Reading:
    """What a row comes to while its parts read it."""

    item: Item
    places: Places
    misread: list[Misread]
    first_year: int | None = None

    def take(self, steps: Steps, at: At) -> None:
        """Remember where a value stands."""
        self.places.setdefault(steps, at)


class Part(Protocol):
    """Some columns that belong together."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in order."""

    def fill(self, item: Item, lang: str, first_year: int | None) -> Cells:
        """Take the part's keys out of an item and return them as cells by column."""

    def gather(self, row: Row, reading: Reading) -> None:
        """Read the part's columns of a row into an item."""


def _read(entry: Entry, reading: Reading, column: Column) -> Any:
    try:
        return value_of(column, entry.value)
    except NotationError:
        reading.misread.append(Misread("form-yaml", entry.at, str(entry.value)))
        return None


def _read_quantity(entry: Entry, reading: Reading) -> Any:
    try:
        value = entry.value if isinstance(entry.value, int | float | str) else str(entry.value)
        return read_quantity(value)
    except NotationError:
        reading.misread.append(Misread("form-yaml", entry.at, str(entry.value)))
        return None


@dataclass(frozen=True)
class Plain:
    """A key with a plain value: one column."""

    key: str
    kind: Kind
    label: str
    choices: str | None = None
    required: bool = False
    width: float = 14.0

    @property
    def columns(self) -> tuple[Column, ...]:
        """The column."""
        return (Column(self.key, self.kind, self.label, self.choices, None, self.required, self.width),)

    def fill(self, item: Item, lang: str, first_year: int | None) -> Cells:
        """Take the value."""
        value = take_at(item, self.key)
        return {} if value is None else {self.key: cell_of(self.columns[0], value, lang)}

    def gather(self, row: Row, reading: Reading) -> None:
        """Put the value."""
        entry = row[self.key]
        reading.take(steps_of(self.key), entry.at)
        if entry.value is None:
            return
        value = _read(entry, reading, self.columns[0])
        put_at(reading.item, self.key, value)
        if isinstance(value, list):
            for index in range(len(value)):
                reading.take((*steps_of(self.key), index), entry.at)


@dataclass(frozen=True)
class StartYear(Plain):
    """The year in which a group starts: a year of the calculation, shown as a calendar year."""

    def fill(self, item: Item, lang: str, first_year: int | None) -> Cells:
        """Take the year and add the first year."""
        value = take_at(item, self.key)
        return {} if value is None else {self.key: value if first_year is None else value + first_year}

    def gather(self, row: Row, reading: Reading) -> None:
        """Put the year; a calendar year is counted from the first year."""
        super().gather(row, reading)
        year, first = reading.item.get(self.key), reading.first_year
        if isinstance(year, int | float) and year >= FIRST_CALENDAR_YEAR and first is not None:
            reading.item[self.key] = year - first


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
            value = _read_quantity(entry, reading)
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
class Sources:
    """Two columns for where the numbers of a row come from and what to know about them.

    A line that begins with the label of a number and a colon is about that number; other lines are about the first of
    `keys` that the row has, or about the row itself (`own`).
    """

    group: str
    keys: tuple[tuple[str, str], ...]
    own: bool = False
    width: float = 44.0

    @property
    def columns(self) -> tuple[Column, ...]:
        """The source and the comment."""
        return (
            Column(f"{self.group}#source", "text", "Q.source", width=self.width),
            Column(f"{self.group}#note", "text", "Q.note", width=self.width),
        )

    def fill(self, item: Item, lang: str, first_year: int | None) -> Cells:
        """Take source and comment out of the numbers, where the cells give them back exactly."""
        cells: Cells = {}
        main = self._main(item)
        for name, column in zip(("source", "note"), self.columns, strict=True):
            said = {key: text for key, _ in self.keys if (text := _said(item, key, name)) is not None}
            if self.own and isinstance(item.get(name), str):
                said[""] = item[name]
            if not said:
                continue
            text = self._joined(said, main, lang)
            if text is None or cell_of(column, text, lang) != text or self._parsed(text, main) != said:
                text_of_row = item.pop(name, None) if self.own else None
                if text_of_row is not None:
                    cells[column.key] = yaml_cell(text_of_row)
                continue
            for key in said:
                _unsaid(item, key, name)
            cells[column.key] = text
        return cells

    def _main(self, item: Item) -> str:
        if self.own:
            return ""
        return next((key for key, _ in self.keys if get_at(item, steps_of(key)) is not None), self.keys[0][0])

    def _joined(self, said: Mapping[str, str], main: str, lang: str) -> str | None:
        words = texts("en" if lang == "en" else "sv")
        lines = [said[main]] if main in said else []
        lines += [f"{words.label(label)}: {said[key]}" for key, label in self.keys if key in said and key != main]
        return "\n".join(lines)

    def _parsed(self, text: str, main: str) -> dict[str, str]:
        marks = [(f"{texts(lang).label(label)}: ", key) for key, label in self.keys for lang in LANGUAGES]
        found: dict[str, list[str]] = {}
        current = main
        for line in text.split("\n"):
            mark = next(((mark, key) for mark, key in marks if line.startswith(mark)), None)
            if mark is not None and mark[1] not in found:
                current = mark[1]
                line = line[len(mark[0]) :]
            found.setdefault(current, []).append(line)
        return {key: "\n".join(lines) for key, lines in found.items()}

    def gather(self, row: Row, reading: Reading) -> None:
        """Put source and comment into the numbers that they are about."""
        main = self._main(reading.item)
        for name, column in zip(("source", "note"), self.columns, strict=True):
            entry = row[column.key]
            if self.own:
                reading.take((name,), entry.at)
            for key, _ in self.keys:
                reading.take((*steps_of(key), name), entry.at)
            if entry.value is None:
                continue
            text = _read(entry, reading, column)
            if not isinstance(text, str):
                continue
            parsed = {main: text} if text != str(entry.value).strip() else self._parsed(text, main)
            for key, said in parsed.items():
                _say(reading.item, key, name, said)


def _said(item: Item, key: str, name: str) -> str | None:
    value = get_at(item, steps_of(key))
    said = value.get(name) if isinstance(value, dict) else None
    return said if isinstance(said, str) else None


def _unsaid(item: Item, key: str, name: str) -> None:
    """Take the source or comment out of a number; a number that then stands alone is written bare."""
    if key == "":
        del item[name]
        return
    value = get_at(item, steps_of(key))
    rest = {other: value[other] for other in value if other != name}
    put_at(item, key, rest["value"] if set(rest) == {"value"} else rest)


def _say(item: Item, key: str, name: str, said: str) -> None:
    if key == "":
        item[name] = said
        return
    value = get_at(item, steps_of(key))
    if isinstance(value, list):
        value = [{**_as_mapping(value[0]), name: said}, *value[1:]]
    else:
        value = {**_as_mapping(value), name: said}
    put_at(item, key, value)


def _as_mapping(value: Any) -> Item:
    if isinstance(value, dict):
        return value
    return {} if value is None else {"value": value}


@dataclass(frozen=True)
class Years:
    """Years of a list: a cross for each of the first years, and a column for others or another order."""

    key: str
    label: str
    crosses: int

    @property
    def columns(self) -> tuple[Column, ...]:
        """A column for each year, and the list."""
        crosses = (Column(f"{self.key}#{year}", "cross", self.label, width=7.0) for year in range(self.crosses))
        return (*crosses, Column(f"{self.key}#list", "years", self.label, suffix="list", width=13.0))

    def fill(self, item: Item, lang: str, first_year: int | None) -> Cells:
        """Take the years."""
        years = take_at(item, self.key)
        if years is None:
            return {}
        if years and years == sorted(set(years)) and years[-1] < self.crosses:
            return {f"{self.key}#{year}": CROSS for year in years}
        return {f"{self.key}#list": cell_of(self.columns[-1], years, lang)}

    def gather(self, row: Row, reading: Reading) -> None:
        """Put the years: the crosses in order, then the list; calendar years are counted from the first year."""
        here = steps_of(self.key)
        last = self.columns[-1]
        reading.take(here, row[self.columns[0].key].at)
        years: list[Any] = []
        for year in range(self.crosses):
            entry = row[f"{self.key}#{year}"]
            crossed = is_crossed(entry.value)
            if crossed:
                reading.take((*here, len(years)), entry.at)
                years.append(year)
            elif crossed is None:
                reading.misread.append(Misread("form-cross", entry.at, str(entry.value)))
        entry = row[last.key]
        if entry.value is not None:
            value = _read(entry, reading, last)
            for item in value if isinstance(value, list) else [value]:
                reading.take((*here, len(years)), entry.at)
                is_calendar = isinstance(item, int | float) and item >= FIRST_CALENDAR_YEAR
                years.append(item - reading.first_year if is_calendar and reading.first_year is not None else item)
        if years or entry.value is not None:
            put_at(reading.item, self.key, years)


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
            fade["shape"] = _read(shape_entry, reading, self.columns[0])
        if number_entry.value is not None:
            value = _read_quantity(number_entry, reading)
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
        value = _read(entry, reading, self.columns[0])
        if isinstance(value, str) and ":" in value:
            value = self._steps(value)
        if value is not None:
            reading.item[self.key] = value


@dataclass(frozen=True)
class Tick:
    """One value of a list of choices, as a question of its own."""

    key: str
    choices: str
    value: str

    @property
    def columns(self) -> tuple[Column, ...]:
        """The column."""
        return (Column(f"{self.key}={self.value}", "yes_no", self.key, "yes_no"),)

    def fill(self, item: Item, lang: str, first_year: int | None) -> Cells:
        """Take the value out of the list."""
        listed = get_at(item, steps_of(self.key))
        if not isinstance(listed, list) or self.value not in listed:
            return {}
        listed.remove(self.value)
        if not listed:
            take_at(item, self.key)
        return {self.columns[0].key: cell_of(self.columns[0], True, lang)}

    def gather(self, row: Row, reading: Reading) -> None:
        """Add the value to the list."""
        entry = row[self.columns[0].key]
        reading.take(steps_of(self.key), entry.at)
        ticked = None if entry.value is None else _read(entry, reading, self.columns[0])
        if ticked is None or ticked is False:
            return
        listed = get_at(reading.item, steps_of(self.key)) or []
        reading.take((*steps_of(self.key), len(listed)), entry.at)
        put_at(reading.item, self.key, [*listed, self.value if ticked is True else ticked])


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
            value = entry.value if isinstance(entry.value, bool) else _read_quantity(entry, reading)
            if value is not None:
                reading.item[self.key] = value
