"""A case with holes: what is right in a file that has faults, so that the other checks can still run.

Whatever touches a hole stops with `HoleTouched`; the check that did so is skipped, as its input is already reported.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import cache, lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from socio_calc.case.paths import Location
from socio_calc.case.structure import field_part
from socio_calc.case.translate import Fault


class HoleTouched(Exception):
    """A check used a value that could not be read."""


class Hole:
    """Stands where a value could not be read; using it in any way raises `HoleTouched`."""

    __slots__ = ()

    def _touched(self, *_: object) -> Any:
        raise HoleTouched

    __bool__ = __len__ = __iter__ = __contains__ = __getitem__ = __float__ = __index__ = __hash__ = _touched
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __getattr__ = __str__ = _touched
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _touched
    __class__ = property(_touched)


@cache
def hole() -> Any:
    """Return the one hole; it is no module constant, as tools that look through a module would touch it."""
    return Hole()


def is_hole(value: object) -> bool:
    """Tell whether a value is a hole, without touching it."""
    return type(value) is Hole


def partial_model(model: type[BaseModel], data: Any, bad: Collection[Location], here: Location = ()) -> Any:
    """Return a model from raw data in which every value at a bad location is a hole.

    Parameters
    ----------
    model
        The model of this part.
    data
        Raw data of this part, not None.
    bad
        Locations of all faults, from the top of the file.
    here
        Location of this part.
    """
    if not isinstance(data, dict):
        return hole()
    values: dict[str, Any] = {}
    given: set[str] = set()
    for name, field in model.model_fields.items():
        key = field.alias or name
        if data.get(key) is None:
            if field.is_required():
                values[name] = hole()
            else:
                values[name] = _default(field, values)
            continue
        given.add(name)
        values[name] = _value(model, name, key, data[key], bad, (*here, key))
    return model.model_construct(given, **values)


def _default(field: FieldInfo, values: dict[str, Any]) -> Any:
    try:
        return field.get_default(call_default_factory=True, validated_data=values)
    except HoleTouched:
        return hole()


def _value(model: type[BaseModel], name: str, key: str, raw: Any, bad: Collection[Location], here: Location) -> Any:
    below = [location for location in bad if location[: len(here)] == here]
    if not below:
        return _read(model, name, raw)
    part, listed = field_part(model, key)
    if part is not None and here not in below:
        if listed and isinstance(raw, list):
            return tuple(partial_model(part, item, below, (*here, index)) for index, item in enumerate(raw))
        if not listed:
            return partial_model(part, raw, below, here)
    if part is None and isinstance(raw, dict) and _is_mapping(model, name):
        return {entry: _entry(model, name, entry, value) for entry, value in raw.items()}
    return hole()


def _entry(model: type[BaseModel], name: str, entry: str, value: Any) -> Any:
    read = _read(model, name, {entry: value})
    return read if is_hole(read) else next(iter(read.values()))


def _read(model: type[BaseModel], name: str, raw: Any) -> Any:
    try:
        return _adapter(model, name).validate_python(raw)
    except ValidationError:
        return hole()


def _is_mapping(model: type[BaseModel], name: str) -> bool:
    return getattr(model.model_fields[name].annotation, "__origin__", None) is dict


@lru_cache(maxsize=512)
def _adapter(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    field = model.model_fields[name]
    kind: Any = field.annotation
    for marker in field.metadata:
        kind = Annotated[kind, marker]
    return TypeAdapter(kind)


def run(check: Callable[..., Iterator[Fault]], *arguments: Any) -> Iterator[Fault]:
    """Yield what a check finds, as far as it gets without touching a hole."""
    try:
        yield from check(*arguments)
    except HoleTouched:
        return
