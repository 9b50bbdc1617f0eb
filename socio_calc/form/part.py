"""What a part of a row is: some columns of the form that hold some keys of the case file.

A part takes its keys out of an item (`fill`) and puts them into one (`gather`). What no part takes is kept by the form
as it is. `gather` never refuses a value: it puts what was written where it belongs, so that the case reader can say
all that is wrong at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from socio_calc.form.cells import At, Column, Entry, Steps
from socio_calc.form.notation import CellValue, NotationError, read_quantity
from socio_calc.form.values import value_of

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


def read_value(entry: Entry, reading: Reading, column: Column) -> Any:
    """Return what a cell means in the case file; text that cannot be taken apart is remembered and gives None."""
    try:
        return value_of(column, entry.value)
    except NotationError:
        reading.misread.append(Misread("form-yaml", entry.at, str(entry.value)))
        return None


def read_number(entry: Entry, reading: Reading) -> Any:
    """Return the uncertain number in a cell; text that cannot be taken apart is remembered and gives None."""
    try:
        value = entry.value if isinstance(entry.value, int | float | str) else str(entry.value)
        return read_quantity(value)
    except NotationError:
        reading.misread.append(Misread("form-yaml", entry.at, str(entry.value)))
        return None
