"""Where the paths of fund rules lead in a case: `organisations[].sector`, `case.outcomes[].consequences`.

A path starts in the application, with `case.` at the top of the case; `[]` stands for every element of a list.
`case.outcomes[]` stands for all that the intervention changes: pathways with effects are among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from socio_calc.case import Application, Case, Form, Pathway, central_value
from socio_calc.case.paths import item_names
from socio_calc.case.structure import field_part

ROOT = "case."
_OUTCOMES, _PATHWAYS = "outcomes", "pathways"
_AGES: Final[dict[str, Callable[[Iterable[int]], int]]] = {"target_group.age_min": min, "target_group.age_max": max}


@dataclass(frozen=True)
class Found:
    """A value of a case: what it is, where it stands, and the list element that it belongs to.

    `value` is None where nothing is given. `element` and `name` are None outside lists.
    """

    value: Any
    path: str
    element: Any = None
    name: str | None = None


@dataclass(frozen=True)
class Lookup:
    """All values that a path leads to; `empty` are the paths of lists on the way that have no elements."""

    found: tuple[Found, ...]
    empty: tuple[str, ...] = ()


def look_up(path: str, case: Case, application: Application) -> Lookup:
    """Return every value of a path; uncertain quantities by their central value.

    Examples
    --------
    >>> from datetime import date
    >>> from socio_calc.case import Cohort, Organisation
    >>> case = Case(format=1, title="A", first_year=2025, price_year=2024, horizons=(5,),
    ...     participants=(Cohort(year=0, number=60),))
    >>> application = Application(fund="x", call=date(2024, 4, 30), organisations=(Organisation(name="Skolan"),))
    >>> [(found.name, found.value) for found in look_up("organisations[].sector", case, application).found]
    [('Skolan', None)]
    """
    inside = path.startswith(ROOT)
    steps = path.removeprefix(ROOT).split(".")
    empty: list[str] = []
    found = [Found(case if inside else application, "" if inside else "application")]
    for step in steps:
        key, many = step.removesuffix("[]"), step.endswith("[]")
        found = [_below(here, key, case) for here in found]
        if many:
            empty.extend(here.path for here in found if not here.value)
            found = [element for here in found for element in _elements(here)]
    if path in _AGES and found[0].value is None:
        # Who leaves the group's ages out has often given those of the participants.
        ages = [cohort.age for cohort in case.participants if cohort.age is not None]
        if len(ages) == len(case.participants):
            found = [Found(_AGES[path](ages), "participants")]
    return Lookup(tuple(found), tuple(empty))


def _below(here: Found, key: str, case: Case) -> Found:
    value = getattr(here.value, key, None)
    if here.value is case and key == _OUTCOMES:
        value = tuple(owner for owner in case.changed if not isinstance(owner, Pathway) or owner.effects)
    if isinstance(value, Form):
        value = central_value(value, case.quantities)  # type: ignore[arg-type]
    if isinstance(value, str) and not value.strip():
        value = None
    return Found(value, f"{here.path}.{key}" if here.path else key, here.element, here.name)


def _elements(here: Found) -> list[Found]:
    elements = here.value or ()
    names = item_names(elements)
    return [
        Found(
            element,
            f"{_PATHWAYS if isinstance(element, Pathway) else here.path}.{at}",
            element,
            name_of(element) or f"{here.path.rpartition('.')[2]} {index + 1}",
        )
        for index, (element, at) in enumerate(zip(elements, names, strict=True))
    ]


def name_of(element: Any) -> str | None:
    """Return what a person calls an element of a list: its name, or its indicator; a text is its own name."""
    if isinstance(element, str):
        return element
    return getattr(element, "name", None) or getattr(element, "indicator", None)


def leads_somewhere(path: str) -> bool:
    """Say whether the format of the case has a path.

    >>> leads_somewhere("organisations[].sector"), leads_somewhere("case.outcomes[].grade")
    (True, False)
    """
    model: Any = Case if path.startswith(ROOT) else Application
    steps = path.removeprefix(ROOT).split(".")
    for index, step in enumerate(steps):
        key = step.removesuffix("[]")
        if model is None or key not in {field.alias or name for name, field in model.model_fields.items()}:
            return False
        model, many = field_part(model, key)
        if model is not None and many != step.endswith("[]") and index < len(steps) - 1:
            return False
    return True
