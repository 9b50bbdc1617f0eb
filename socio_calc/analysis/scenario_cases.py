"""The cases that the scenarios of a case describe: whole values replaced by their paths (CASE_FORMAT)."""

from __future__ import annotations

from collections.abc import Mapping

from socio_calc.case import Case
from socio_calc.case.build import validate
from socio_calc.case.dump import case_data
from socio_calc.case.scenarios import replaced
from socio_calc.problems import InputError, Place, Problem


def scenario_cases(case: Case) -> Mapping[str, Case]:
    """Return the cases that the scenarios of a case describe, by name, in its order.

    Raises
    ------
    InputError
        When the values of a scenario do not fit.
    """
    raw = {key: value for key, value in case_data(case).items() if key != "scenarios"}
    return {name: scenario_case(raw, name, values) for name, values in case.scenarios.items()}


def scenario_case(raw: dict[str, object], name: str, values: dict[str, object]) -> Case:
    """Return the case that a scenario describes.

    Parameters
    ----------
    raw
        Data of the case, its scenarios left out.
    name, values
        The scenario.

    Raises
    ------
    InputError
        When the values do not fit.
    """
    case, faults = validate(replaced(raw, values))
    if case is None:
        path = f"scenarios.{name}"
        raise InputError([Problem(fault.code, Place(path=path), fault.full_params()) for fault in faults])
    return case
