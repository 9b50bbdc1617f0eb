"""Parts with plain values: text, choices, days, years and lists of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from socio_calc.form.cells import Column, Kind, get_at, put_at, steps_of, take_at
from socio_calc.form.part import Cells, Item, Misread, Reading, Row, read_value
from socio_calc.form.values import CROSS, FIRST_CALENDAR_YEAR, cell_of, is_crossed


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
        value = read_value(entry, reading, self.columns[0])
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
        if self.key in reading.item:
            reading.item[self.key] = _counted_year(reading.item[self.key], reading)


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
            value = read_value(entry, reading, last)
            for item in value if isinstance(value, list) else [value]:
                reading.take((*here, len(years)), entry.at)
                years.append(_counted_year(item, reading))
        if years or entry.value is not None:
            put_at(reading.item, self.key, years)


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
        ticked = None if entry.value is None else read_value(entry, reading, self.columns[0])
        if ticked is None or ticked is False:
            return
        listed = get_at(reading.item, steps_of(self.key)) or []
        reading.take((*steps_of(self.key), len(listed)), entry.at)
        put_at(reading.item, self.key, [*listed, self.value if ticked is True else ticked])


def _counted_year(year: Any, reading: Reading) -> Any:
    """Return a year of the calculation: calendar years are counted from the first year.

    Without a first year, which is an error of its own, a calendar year is none: it counts as the first.
    """
    if isinstance(year, bool) or not isinstance(year, int | float) or year < FIRST_CALENDAR_YEAR:
        return year
    return 0 if reading.first_year is None else year - reading.first_year
