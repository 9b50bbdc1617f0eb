"""How the models nest: which part of the case stands at a location. Read from the models, never written twice."""

from __future__ import annotations

import types
from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from socio_calc.case.fields import OpenPart
from socio_calc.case.paths import Location, path_of
from socio_calc.case.quantities import Form, Quantity
from socio_calc.case.quantity_fields import AsQuantity, OneOrMany, OrRate, OrWord


@lru_cache(maxsize=512)
def part_of(annotation: Any) -> tuple[type[BaseModel] | None, bool]:
    """Return the model that a field holds, and whether it holds a list of them; None for other fields."""
    origin = get_origin(annotation)
    if origin is Annotated:
        for marker in annotation.__metadata__:
            if isinstance(marker, OneOrMany) and marker.many is not None:
                return part_of(marker.many)[0], True
        return part_of(annotation.__origin__)
    if origin is tuple:
        return part_of(get_args(annotation)[0])[0], True
    if origin in (Union, types.UnionType):
        parts = [part_of(option) for option in get_args(annotation) if option is not type(None)]
        return parts[0] if len(parts) == 1 else (None, False)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, False
    return None, False


def field_part(model: type[BaseModel], key: str) -> tuple[type[BaseModel] | None, bool]:
    """Return the model under a key of a model, and whether it is a list of them."""
    for name, field in model.model_fields.items():
        if key in (name, field.alias):
            annotation: Any = field.annotation
            for marker in field.metadata:
                if isinstance(marker, OneOrMany) and marker.many is not None:
                    return part_of(marker.many)[0], True
            return part_of(annotation)
    return None, False


def part_at(model: type[BaseModel], location: Location) -> type[BaseModel] | None:
    """Return the model at a location, or None where a plain value, a quantity or nothing stands."""
    part: type[BaseModel] | None = model
    for step in location:
        if isinstance(step, int):
            continue
        if part is None:
            return None
        part, _ = field_part(part, step)
    return part


Found = tuple[Location, Form, AsQuantity]


def quantities_in(part: BaseModel, here: Location = ()) -> Iterator[Found]:
    """Yield every quantity of a model and of the parts in it: its location, itself, and the marker of its field."""
    for name, field in type(part).model_fields.items():
        key = field.alias or name
        value = part.__dict__.get(name)
        annotation: Any = field.annotation
        marker = _marker(annotation, tuple(field.metadata))
        yield from _quantities_at(value, marker, (*here, key))
    if isinstance(part, OpenPart):
        for own, value in part.own.items():
            yield from _quantities_at(value, _marker(part.OWN_KEYS, ()), (*here, own))


def quantities_by_path(part: BaseModel) -> dict[str, Quantity]:
    """Return every quantity of a model by its path, in the order of the format.

    >>> from socio_calc.case import Case, Cohort
    >>> case = Case(format=1, title="A", first_year=2025, price_year=2024, horizons=(5,),
    ...     participants=(Cohort(year=0, number=60),))
    >>> list(quantities_by_path(case))
    ['public_funds_factor', 'participants.0.number', 'completion']
    """
    return {path_of(location, part): quantity for location, quantity, _ in quantities_in(part)}  # type: ignore[misc]


def _quantities_at(value: Any, marker: AsQuantity | None, here: Location) -> Iterator[Found]:
    kind = type(value)
    if marker is not None and issubclass(kind, Form):
        yield here, value, marker
    elif issubclass(kind, BaseModel):
        yield from quantities_in(value, here)
    elif kind is tuple:
        for index, item in enumerate(value):
            yield from _quantities_at(item, marker, (*here, index))
    elif kind is dict:
        for key, item in value.items():
            yield from _quantities_at(item, marker, (*here, key))


@lru_cache(maxsize=512)
def _marker(annotation: Any, metadata: tuple[Any, ...]) -> AsQuantity | None:
    """Return the marker of a field that holds quantities, also in a list, a mapping or beside None or a word."""
    for item in metadata:
        if isinstance(item, AsQuantity):
            return item
        if isinstance(item, OneOrMany):
            return _marker(item.one, ())
        if isinstance(item, OrWord | OrRate):
            return _marker(item.quantity, ())
    if get_origin(annotation) is Annotated:
        return _marker(annotation.__origin__, tuple(annotation.__metadata__))
    inner = (_marker(option, ()) for option in get_args(annotation) if option is not annotation)
    return next((marker for marker in inner if marker is not None), None)
