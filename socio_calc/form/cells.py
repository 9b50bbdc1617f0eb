"""The words in which the form is described: what a column asks for, and what a cell of a filled form holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, Literal, NamedTuple

#: How a cell is shown and checked; how it is read is a matter of its part.
Kind = Literal[
    "text",
    "lines",
    "number",
    "money",
    "share",
    "whole",
    "year",
    "date",
    "choice",
    "yes_no",
    "cross",
    "years",
    "reference",
]
#: Kinds whose cells hold a number.
NUMBER_KINDS: Final = frozenset(("number", "money", "share", "whole", "year"))
Steps = tuple[str | int, ...]


class At(NamedTuple):
    """Where a cell stands: the name of its sheet, its row and its column, both from 1."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table, or the input of one field.

    Attributes
    ----------
    key
        Name within its block; it stands hidden in the form and finds the column again.
    kind
        What the cell holds.
    label
        Path of the field in the catalogue of labels.
    choices
        Closed list of the drop-down: a list of the catalogue of choices, or with `@` a list of the form itself.
    suffix
        Which of the columns of an uncertain number this is: a key of the labels of numbers.
    required
        Whether a filled row must have it.
    width
        In characters.
    """

    key: str
    kind: Kind
    label: str
    choices: str | None = None
    suffix: str | None = None
    required: bool = False
    width: float = 14.0


@dataclass(frozen=True, slots=True)
class Entry:
    """What a cell of a filled form holds: text, a number, a truth or a day; None where nothing is written."""

    value: bool | int | float | str | date | datetime | None
    at: At


@dataclass
class Gathered:
    """Plain data of a case as they come out of a form, with the cell of every value by its location."""

    data: dict[str, Any] = field(default_factory=dict)
    places: dict[Steps, At] = field(default_factory=dict)


def get_at(data: Any, steps: Steps) -> Any:
    """Return what stands at steps down into plain data, None where nothing does."""
    for step in steps:
        if isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        elif isinstance(data, dict):
            data = data.get(step)
        else:
            return None
    return data


def take_at(data: dict[str, Any], key: str) -> Any:
    """Take a dotted key out of plain data, with the parts above it that this leaves empty; None where it is not."""
    first, _, rest = key.partition(".")
    if first not in data:
        return None
    if not rest:
        return data.pop(first)
    if not isinstance(data[first], dict):
        return None
    value = take_at(data[first], rest)
    if value is not None and not data[first]:
        del data[first]
    return value


def put_at(data: dict[str, Any], key: str, value: Any) -> None:
    """Put a value at a dotted key of plain data."""
    first, _, rest = key.partition(".")
    if rest:
        put_at(data.setdefault(first, {}), rest, value)
    else:
        data[first] = value


def steps_of(key: str) -> Steps:
    """Return a dotted key as steps; digits are places in a list.

    >>> steps_of("between.0")
    ('between', 0)
    """
    return tuple(int(step) if step.isdigit() else step for step in key.split("."))
