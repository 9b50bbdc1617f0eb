"""From pydantic's errors to problems: our codes, the path as a person reads it, and what the message needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from socio_calc.case.nearest import nearest
from socio_calc.case.numbers import is_broken_off, shown
from socio_calc.case.paths import Location, field_of, path_of
from socio_calc.case.structure import part_at

_CHOICES: Final = re.compile(r"'([^']*)'")
_KEY: Final = "[key]"
#: Lists of at most so many values have a length of their own; longer ones only a limit.
_EXACT: Final = 2


@dataclass(frozen=True)
class Fault:
    """One error of the data: a code, where, and the values of its message."""

    code: str
    location: Location
    params: Mapping[str, object]

    def path(self, data: Any) -> str:
        """Return the path of the fault in the raw data."""
        return path_of(self.location, data)

    def full_params(self) -> dict[str, object]:
        """Return the values of the message with the field, under which its label is found."""
        return {**self.params, "field": field_of(self.location)}


def faults_of(error: ValidationError, data: Any, model: type[BaseModel]) -> Iterator[Fault]:
    """Yield the faults of a failed validation of raw data."""
    for detail in error.errors(include_url=False):
        if detail["type"] == "default_factory_not_called":
            continue  # a default that depends on a field with a fault of its own
        if detail["type"] == "too_short" and 0 < detail.get("ctx", {}).get("min_length", 0) <= len(detail["input"]):
            continue  # only the items that could be read were counted, and the others have faults of their own
        location = _location(detail["loc"], data)
        context = dict(detail.get("ctx", {}))
        if detail["type"] == "several":
            for code, below, params in context["found"]:
                yield Fault(code, _location((*detail["loc"], *below), data), params)
            continue
        yield _translated(detail["type"], location, context, detail["input"], data, model)


def _location(loc: Location, data: Any) -> Location:
    """Return the location in the raw data: tags of unions left out, and nothing below a bare number."""
    location: list[str | int] = []
    for step in loc:
        if step == _KEY or (isinstance(step, str) and step.startswith("~")):
            continue
        if not isinstance(data, dict | list):
            break
        location.append(step)
        if isinstance(data, dict):
            data = data.get(str(step))
        elif isinstance(step, int) and step < len(data):
            data = data[step]
    return tuple(location)


def _translated(
    kind: str, location: Location, context: dict[str, Any], value: Any, data: Any, model: type[BaseModel]
) -> Fault:
    match kind:
        case "missing":
            return Fault("missing-required", location, {"key": str(location[-1])})
        case "extra_forbidden":
            key = str(location[-1])
            if is_broken_off(key, value):
                return Fault("decimal-comma-in-braces", location, {"key": key})
            known = known_keys(model, location[:-1])
            return Fault("unknown-key", location, {"key": key, "nearest": nearest(key, known), "known": known})
        case "literal_error":
            choices = tuple(_CHOICES.findall(str(context["expected"]))) or (str(context["expected"]),)
            params = {"value": shown(value), "choices": choices, "nearest": nearest(str(value), choices)}
            return Fault("wrong-choice", location, params)
        case "model_type" | "dict_type" | "model_attributes_type":
            return Fault("not-a-section", location, {"value": shown(value)})
        case "tuple_type" | "list_type":
            return Fault("not-a-list", location, {"value": shown(value)})
        case "too_short" if not value:
            return Fault("missing-required", location, {"key": str(location[-1])})
        case "too_long" if context["max_length"] > _EXACT:
            return Fault("too-many", location, {"n": len(value), "most": context["max_length"]})
        case "too_short" | "too_long":
            need = context.get("min_length", context.get("max_length"))
            if need is not None and len(value) == 2 * need and all(type(item) is int for item in value):
                halves = ", ".join(map(str, value))
                return Fault("decimal-comma-in-braces", location, {"key": halves})
            return Fault("wrong-length", location, {"n": len(value), "length": need})
    if "_" in kind:
        return Fault("not-understood", location, {"value": shown(value), "detail": kind})
    return Fault(kind, location, context)


def known_keys(model: type[BaseModel], location: Location) -> tuple[str, ...]:
    """Return the keys that the part at a location may have, in the order of the format."""
    part = part_at(model, location)
    return () if part is None else tuple(field.alias or name for name, field in part.model_fields.items())
