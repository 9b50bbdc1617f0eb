"""Paths of the case: keys joined by dots, an item of a list by its `id`, else by its number from 0.

A *location* is the same place as a tuple of keys and numbers; a *field* is the path without names of the writer's own
(`outcomes[].consequences[].price`, `quantities.*`), under which labels are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

Location = tuple[str | int, ...]

#: Mappings whose keys the writer chooses.
_OWN_KEYS: Final = frozenset(
    (
        "quantities",
        "scenarios",
        "application.applied",
        "pathways[].start",
        "pathways[].transitions",
        "pathways[].transitions.*",
        "pathways[].transitions.*.counts",
    )
)
#: Keys of the format in such a mapping.
_FORMAT_KEYS: Final = {"pathways[].transitions.*": ("rest", "counts")}


def item_names(items: Sequence[Any]) -> list[str]:
    """Return what each item of a list is called in a path: its id, or its number where the id is missing or taken.

    >>> item_names([{"id": "falls"}, {"name": "x"}, {"id": "falls"}])
    ['falls', '1', '2']
    """
    names: list[str] = []
    taken: set[str] = set()
    for index, item in enumerate(items):
        name = item.get("id") if isinstance(item, dict) else getattr(item, "id", None)
        if not isinstance(name, str) or not name or name in taken or "." in name:
            name = str(index)
        taken.add(name)
        names.append(name)
    return names


def join(parts: Iterable[str | int]) -> str:
    """Join the parts of a path.

    >>> join(("costs", 0, "amount"))
    'costs.0.amount'
    """
    return ".".join(str(part) for part in parts)


def path_of(location: Location, data: Any) -> str:
    """Return the path of a location in raw data or in a model, which say what the items of lists are called."""
    parts: list[str] = []
    for step in location:
        if isinstance(data, list | tuple):
            inside = isinstance(step, int) and 0 <= step < len(data)
            parts.append(item_names(data)[int(step)] if inside else str(step))
            data = data[int(step)] if inside else None
        else:
            parts.append(str(step))
            data = data.get(str(step)) if isinstance(data, dict) else getattr(data, str(step), None)
    return join(parts)


def field_of(location: Location) -> str:
    """Return the field of a location, the name under which its label is kept.

    >>> field_of(("outcomes", 0, "consequences", 1, "price")), field_of(("quantities", "leader_year", "low"))
    ('outcomes[].consequences[].price', 'quantities.*.low')
    >>> field_of(("pathways", 0, "transitions", "school", "rest"))
    'pathways[].transitions.*.rest'
    """
    field = ""
    for step in location:
        if isinstance(step, int):
            field += "[]"
        elif field in _OWN_KEYS and step not in _FORMAT_KEYS.get(field, ()):
            field += ".*"
        else:
            field = f"{field}.{step}" if field else step
    return field


def find(path: str, data: Any) -> Location | None:
    """Return the location of a path in raw data, as far as every part but the last exists; else None.

    The longest name that fits is taken, so that an id is found before a number.

    >>> find("outcomes.falls.lasts", {"outcomes": [{"id": "falls"}]})
    ('outcomes', 0, 'lasts')
    """
    location: list[str | int] = []
    steps = path.split(".")
    for position, step in enumerate(steps):
        if isinstance(data, list):
            names = item_names(data)
            if step not in names:
                return None
            location.append(names.index(step))
            data = data[names.index(step)]
        elif isinstance(data, dict):
            location.append(step)
            if step not in data and position < len(steps) - 1:
                return None
            data = data.get(step)
        else:
            return None
    return tuple(location)
