"""Named replacements of whole values by their paths: `scenarios` of a case, and the same from Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from socio_calc.case.model import Case
from socio_calc.case.nearest import nearest
from socio_calc.case.paths import Location, find, item_names
from socio_calc.case.quantities import is_quantity_mapping
from socio_calc.case.structure import part_at
from socio_calc.case.translate import Fault

#: Keys that say nothing about the calculation, or cannot differ between scenarios.
_NOT_REPLACED: Final = frozenset(
    ("format", "title", "description", "scenarios", "not_valued", "application", "stated_results")
)
Validate = Callable[[dict[str, Any]], tuple[Case | None, list[Fault]]]


class PathError(ValueError):
    """A path that leads to no whole value; `code` and `params` are those of the message for it."""

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.params = params
        super().__init__(code)


def replaced(
    data: Mapping[str, Any], values: Mapping[str, Any], closed: frozenset[str] = _NOT_REPLACED
) -> dict[str, Any]:
    """Return raw data in which the values at some paths are replaced; the given data stay as they are.

    Nothing below the keys in `closed` can be.

    A correlation of a number that becomes certain falls away.

    Raises
    ------
    PathError
        A path leads nowhere, or into a quantity.

    Examples
    --------
    >>> replaced({"discount_rate": 0.03, "outcomes": [{"id": "falls"}]}, {"outcomes.falls.lasts": 3})
    {'discount_rate': 0.03, 'outcomes': [{'id': 'falls', 'lasts': 3}]}
    """
    result: dict[str, Any] = dict(data)
    for path, value in values.items():
        location = _location(path, result, closed)
        result = _set(result, location, value)
    return _without_void_correlations(data, result)


def _without_void_correlations(before: Mapping[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Leave out correlations with a number that was uncertain before and is certain now."""
    written: Any = after.get("correlations")
    unchanged = written is before.get("correlations")
    if not unchanged or not isinstance(written, list):
        return after
    kept = [item for item in written if not any(_becomes_certain(path, before, after) for path in _between(item))]
    return after if len(kept) == len(written) else {**after, "correlations": kept}


def _between(item: Any) -> list[str]:
    paths = item.get("between") if isinstance(item, dict) else None
    return [path for path in paths if isinstance(path, str)] if isinstance(paths, list) else []


def _becomes_certain(path: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    return not _is_certain(_written_at(path, before)) and _is_certain(_written_at(path, after))


def _written_at(path: str, data: Any) -> Any:
    """Return what raw data have at a path, names followed to what they stand for; None where nothing stands."""
    found: Any = data
    for step in find(path, data) or ():
        if isinstance(found, list):
            found = found[int(step)]
        else:
            found = found.get(step) if isinstance(found, dict) else None
    names, seen = data.get("quantities"), set[str]()
    while isinstance(found, dict) and isinstance(name := found.get("ref"), str) and name not in seen:
        seen.add(name)
        found = names.get(name) if isinstance(names, dict) else None
    return found


def _is_certain(written: Any) -> bool:
    return isinstance(written, str | int | float) or (isinstance(written, dict) and "value" in written)


def _location(path: str, data: dict[str, Any], closed: frozenset[str]) -> Location:
    location = find(path, data) or _location_of_new(path, data)
    if location is None or location[0] in closed:
        candidates = _paths(data)
        raise PathError("unknown-path", value=path, nearest=nearest(path, candidates))
    above: Any = data
    for step in location[:-1]:
        if above is not None:
            above = above[int(step)] if isinstance(above, list) else above.get(step)
        if is_quantity_mapping(above):
            raise PathError("not-a-whole-value", value=path)
    return location


def _location_of_new(path: str, data: dict[str, Any]) -> Location | None:
    """Return the location of a value in a part that the file leaves to its defaults, such as `taxes.municipal`."""
    steps = tuple(path.split("."))
    if len(steps) == 1:
        return steps if path in Case.model_fields else None
    return steps if all(part_at(Case, steps[:n]) for n in range(1, len(steps))) else None


def _set(data: Any, location: Location, value: Any) -> Any:
    step, below = location[0], location[1:]
    if isinstance(data, list):
        index = int(step)
        return [*data[:index], _set(data[index], below, value) if below else value, *data[index + 1 :]]
    inner = data if isinstance(data, dict) else {}
    return {**inner, step: _set(inner.get(step), below, value) if below else value}


def _paths(data: Any) -> list[str]:
    """Return the paths of everything in raw data."""
    found: list[str] = []
    waiting: list[tuple[str, Any]] = [("", data)]
    while waiting:
        prefix, container = waiting.pop()
        names = item_names(container) if isinstance(container, list) else list(container)
        children = container if isinstance(container, list) else container.values()
        for name, child in zip(names, children, strict=True):
            path = f"{prefix}.{name}" if prefix else name
            found.append(path)
            if isinstance(child, dict | list):
                waiting.append((path, child))
    return found


def check_scenarios(data: dict[str, Any], known: list[Fault], validate: Validate) -> list[Fault]:
    """Return what is wrong with the scenarios of raw data: paths that lead nowhere, values that do not fit there.

    Parameters
    ----------
    data
        The case as it was written.
    known
        Faults of the case itself, which each scenario would repeat.
    validate
        How raw data are checked.
    """
    scenarios = data.get("scenarios")
    if not isinstance(scenarios, dict):
        return []
    repeated = {(fault.code, fault.location) for fault in known}
    found: list[Fault] = []
    base = {key: value for key, value in data.items() if key != "scenarios"}
    for name, values in scenarios.items():
        if not isinstance(values, dict):
            continue
        right: dict[str, Any] = {}
        for path, value in values.items():
            try:
                replaced(base, {path: value})
            except PathError as error:
                found.append(Fault(error.code, ("scenarios", name, path), error.params))
            else:
                right[path] = value
        _, faults = validate(replaced(base, right))
        for fault in faults:
            if (fault.code, fault.location) not in repeated:
                found.append(Fault(fault.code, ("scenarios", name, _nearest_path(fault, right, base)), fault.params))
    return found


def _nearest_path(fault: Fault, values: Mapping[str, Any], data: dict[str, Any]) -> str:
    """Return the replacement that a fault of a scenario comes from: the one at its place, else the first."""
    written = fault.path(replaced(data, values))
    return next((path for path in values if written == path or written.startswith(f"{path}.")), next(iter(values)))
