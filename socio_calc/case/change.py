"""A case with other values in some places, made and checked in Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from socio_calc.case.build import validate
from socio_calc.case.dump import case_data, plain_data
from socio_calc.case.model import Case
from socio_calc.case.scenarios import PathError, check_scenarios, replaced
from socio_calc.problems import InputError, Place, Problem

#: What a change in Python cannot touch: the version of the format.
_CLOSED = frozenset(("format",))


def changed(case: Case, values: Mapping[str, Any]) -> Case:
    """Return a case with the values at some paths replaced; see `Case.with_`.

    Raises
    ------
    InputError
        With all that is wrong.
    """
    data, problems = case_data(case), []
    for path, value in values.items():
        try:
            data = replaced(data, {path: _raw(value)}, _CLOSED)
        except PathError as error:
            problems.append(Problem(error.code, Place(path=path), {**error.params, "field": path}))
    return _checked(data, case, problems)


def scenario(case: Case, name: str) -> Case:
    """Return a case with the replacements of one of its scenarios; see `Case.scenario`.

    Raises
    ------
    KeyError
        When the case has no scenario of this name.
    """
    if name not in case.scenarios:
        raise KeyError(f"no scenario {name!r}; there are {', '.join(map(repr, case.scenarios)) or 'none'}")
    data = case_data(case)
    values = data.pop("scenarios")[name]
    return _checked(replaced(data, values), case)


def _checked(data: dict[str, Any], before: Case, problems: Sequence[Problem] = ()) -> Case:
    case, faults = validate(data)
    faults += check_scenarios(data, faults, validate)
    if case is None or faults or problems:
        found = [Problem(fault.code, Place(path=fault.path(data)), fault.full_params()) for fault in faults]
        raise InputError([*problems, *found])
    return case if before.folder is None else case.in_folder(before.folder)


def _raw(value: Any) -> Any:
    """Return a value as it is written in a file: quantities and parts become mappings, tuples lists."""
    if isinstance(value, BaseModel | Mapping | list | tuple):
        return plain_data(value)
    return value
