"""Every quantity that a case states, in the order of the file, whatever part of the format it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel

from socio_calc.case import Case, Equalisation, Fixed, OwnOutcome, Quantity, Taxes
from socio_calc.case.paths import item_names
from socio_calc.case.quantities import Form

#: Parts of a case that hold no quantity of the calculation itself.
_ELSEWHERE: Final = frozenset({"application", "scenarios", "stated_results", "decision", "correlations", "not_valued"})
#: Whole numbers of years: before an effect, until it ends, over which it fades, until a consequence, how long it is.
_YEARS: Final = frozenset({"lag", "lasts", "over", "delay", "duration"})


@dataclass(frozen=True, slots=True)
class Stated:
    """A quantity as it is written, with its path and the objects of the case that it stands in, outermost first.

    `plain` is a number for which the format has no source: a tax rate, when an effect begins and ends, how much of it
    is left.
    """

    path: str
    quantity: Quantity
    inside: tuple[Any, ...]
    plain: bool = False


def stated_quantities(case: Case, own: Sequence[OwnOutcome] = ()) -> Iterator[Stated]:
    """Yield every number that the case and own outcomes write; what they leave to a default is not written."""
    for name in type(case).model_fields:
        if name in case.model_fields_set and name not in _ELSEWHERE:
            yield from _inside(getattr(case, name), name, ())
    for outcome in own:
        yield from _inside(outcome, outcome.path, ())


def _inside(value: Any, path: str, owners: tuple[Any, ...]) -> Iterator[Stated]:
    if isinstance(value, Form):
        yield Stated(path, value, owners)  # type: ignore[arg-type]
    elif isinstance(value, BaseModel):
        owners = (*owners, value)
        for name, field in type(value).model_fields.items():
            if name in _YEARS and name in value.model_fields_set and isinstance(years := getattr(value, name), int):
                yield Stated(f"{path}.{name}", Fixed(value=years), owners, True)
            elif name == "values" and isinstance(left := getattr(value, name), tuple):
                # How much of an effect is left in each year: plain shares, as the format has it.
                yield from (
                    Stated(f"{path}.{name}.{at}", Fixed(value=share), owners, True) for at, share in enumerate(left)
                )
            elif isinstance(value, Taxes | Equalisation) and isinstance(rate := getattr(value, name), int | float):
                yield Stated(f"{path}.{name}", Fixed(value=rate), owners, True)  # None is the base's
            elif name in value.model_fields_set:
                yield from _inside(getattr(value, name), f"{path}.{field.alias or name}", owners)
        for name, own in (value.__pydantic_extra__ or {}).items():
            yield from _inside(own, f"{path}.{name}", owners)
    elif isinstance(value, tuple):
        for name, item in zip(item_names(value), value, strict=True):
            yield from _inside(item, f"{path}.{name}", owners)
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _inside(item, f"{path}.{name}", owners)
