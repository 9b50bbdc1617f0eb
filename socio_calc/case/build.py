"""From a document to a case, with every problem that can be seen without the reference base, all at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from socio_calc.case.checks import check
from socio_calc.case.document import Document
from socio_calc.case.model import Case
from socio_calc.case.partial import partial_model
from socio_calc.case.scenarios import check_scenarios
from socio_calc.case.translate import Fault, faults_of
from socio_calc.problems import InputError, Place, Problem


def build_case(document: Document) -> Case:
    """Build the case that a document describes.

    Raises
    ------
    InputError
        With all problems, each at its place, in the order of the file.

    Examples
    --------
    >>> from socio_calc.case.document import parse_document
    >>> try:
    ...     build_case(parse_document(b"titel: A", "case.yaml"))
    ... except InputError as error:
    ...     print(next(problem.params["nearest"] for problem in error.problems if problem.code == "unknown-key"))
    title
    """
    data = document.data
    case, found = validate(data)
    found += check_scenarios(data, found, validate)
    if case is None or found:
        problems = [
            Problem(fault.code, document.place(fault.path(document.data)), fault.full_params()) for fault in found
        ]
        raise InputError(sorted(problems, key=_order))
    return case


def validate(data: dict[str, Any]) -> tuple[Case | None, list[Fault]]:
    """Return the case of raw data, or None, and everything that is wrong with it, its scenarios apart."""
    found: list[Fault] = []
    case: Case | None = None
    try:
        case = Case.model_validate(data)
    except ValidationError as error:
        found.extend(faults_of(error, data, Case))
    readable = case or partial_model(Case, data, [fault.location for fault in found])
    found.extend(_new(check(readable), found))
    return (None if found else case), found


def check_case(case: Case) -> tuple[Problem, ...]:
    """Return what is wrong between the fields of a case that was made in Python; empty where all is right.

    The models refuse wrong values by themselves; the rules that join several fields are here.
    """
    return tuple(Problem(fault.code, Place(path=fault.path(case)), fault.full_params()) for fault in check(case))


def _new(faults: Iterable[Fault], known: list[Fault]) -> list[Fault]:
    """Leave out faults at places that already have one: the first says what to do."""
    places = {fault.location for fault in known}
    new: list[Fault] = []
    for fault in faults:
        if fault.location not in places:
            places.add(fault.location)
            new.append(fault)
    return new


def _order(problem: Problem) -> tuple[int, int]:
    return problem.place.line or 0, problem.place.column or 0
