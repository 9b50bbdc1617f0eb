"""Reading the rule files of funds: everything that is wrong with a file at once, each with its line."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from socio_calc.case import Document, read_document
from socio_calc.case.nearest import nearest
from socio_calc.case.translate import faults_of
from socio_calc.locale.placeholders import placeholders
from socio_calc.problems import InputError, Place, Problem
from socio_calc.reference import shipped_folder
from socio_calc.review.case_paths import leads_somewhere
from socio_calc.review.fund_models import (
    AllOf,
    AllowedValues,
    AnyOf,
    EqualsField,
    Fund,
    InRange,
    Manual,
    MaxPerYear,
    MinCount,
    Months,
    RequiredText,
    Rule,
    When,
)
from socio_calc.review.fund_models import Check as AnyCheck

#: What a rule's messages may fill in.
PLACEHOLDERS = frozenset({"value", "limit", "where", "missing", "written", "from", "to"})
SUFFIX = ".yaml"
#: Messages of case files that need nothing but what the error itself tells.
_SAID_OF_ANY_FILE = frozenset({"unknown-key", "wrong-choice", "not-a-section", "not-a-list"})


def funds_folder() -> Path:
    """Return the folder of the rule files that ship with the program."""
    return shipped_folder("data") / "funds"


def fund_names(folder: Path | None = None) -> tuple[str, ...]:
    """Return the names of the funds that have a file, sorted.

    >>> "gavleborg" in fund_names()
    True
    """
    return tuple(sorted(path.stem for path in (folder or funds_folder()).glob(f"*{SUFFIX}")))


def load_fund(name: str, folder: Path | None = None, place: Place | None = None) -> Fund:
    """Return a fund by its name.

    Parameters
    ----------
    name
        The name of the file without its ending.
    folder
        Where the files are; None is the shipped folder.
    place
        Where the name was written, for the message when there is no such fund.

    Raises
    ------
    InputError
        There is no such fund, or its file is broken; with every problem and its line.
    """
    known = fund_names(folder)
    if name not in known:
        params = {"fund": name, "known": known, "nearest": nearest(name, known)}
        raise InputError([Problem("unknown-fund", place or Place(), params)])
    return read_fund((folder or funds_folder()) / f"{name}{SUFFIX}")


@functools.lru_cache(maxsize=32)
def read_fund(path: Path) -> Fund:
    """Read and check one rule file.

    Raises
    ------
    InputError
        With every problem, each with its line.
    """
    document = read_document(path)
    problems: list[Problem] = []
    fund = None
    try:
        fund = Fund.model_validate(document.data)
    except ValidationError as error:
        faults = tuple(faults_of(error, document.data, Fund))
        for found in faults:
            depth = len(found.location)
            # A list whose items are wrong is called too short as well: the items say what to do.
            if not any(len(other.location) > depth and other.location[:depth] == found.location for other in faults):
                problems.append(_problem(found.code, document, found.path(document.data), found.full_params()))
    if fund is not None:
        problems.extend(_joined_faults(fund, document, path.stem))
    if fund is None or problems:
        raise InputError(sorted(problems, key=lambda problem: (problem.place.line or 0, problem.place.column or 0)))
    return fund


def _problem(code: str, document: Document, path: str, params: dict[str, object]) -> Problem:
    key = path.rpartition(".")[2]
    if code == "missing-required":
        # The case's own message explains a field of the case, which this is not.
        return Problem("fund-key-missing", document.place(path), {"key": key})
    if code not in _SAID_OF_ANY_FILE:
        return Problem("fund-value", document.place(path), {"key": key})
    return Problem(code, document.place(path), params)


def _joined_faults(fund: Fund, document: Document, stem: str) -> Iterator[Problem]:
    """Yield what is wrong between fields: names, repeated ids, placeholders and paths."""
    if fund.fund != stem:
        yield Problem("fund-name-differs", document.place("fund"), {"fund": fund.fund, "file": stem})
    seen: set[str] = set()
    for index, rule in enumerate(fund.rules):
        # A repeated id stands under its number in the places of the file.
        path = f"rules.{index if rule.id in seen else rule.id}"
        if rule.id in seen:
            yield Problem("fund-rule-twice", document.place(path), {"id": rule.id})
        seen.add(rule.id)
        yield from _rule_faults(rule, document, path)


def _rule_faults(rule: Rule, document: Document, path: str) -> Iterator[Problem]:
    for key, text in rule.messages.model_dump(exclude_none=True).items():
        where = document.place(f"{path}.messages.{key}")
        try:
            wrong = placeholders(text) - PLACEHOLDERS
        except ValueError:
            wrong = {text}
        for name in sorted(wrong):
            yield Problem("fund-placeholder", where, {"name": name, "known": tuple(sorted(PLACEHOLDERS))})
    for check, below in checks_in(rule.check, f"{path}.check"):
        for written in paths_of(check):
            if not leads_somewhere(written):
                yield Problem("fund-path", document.place(below), {"value": written})


def checks_in(check: AnyCheck, path: str = "") -> Iterator[tuple[AnyCheck, str]]:
    """Yield a check and every check inside it, each with its path."""
    yield check, path
    if isinstance(check, AllOf | AnyOf):
        for index, inner in enumerate(check.checks):
            yield from checks_in(inner, f"{path}.checks.{index}")
    elif isinstance(check, When):
        yield from checks_in(check.if_, f"{path}.if")
        yield from checks_in(check.then, f"{path}.then")


def paths_of(check: AnyCheck) -> tuple[str, ...]:
    """Return the paths of the case that a check itself reads."""
    if isinstance(check, MaxPerYear | InRange):
        return (check.field,)
    if isinstance(check, Months):
        return (check.from_, check.to)
    if isinstance(check, RequiredText):
        return check.fields_
    if isinstance(check, MinCount | AllowedValues):
        equal = [value.equals_field for value in check.where.values() if isinstance(value, EqualsField)]
        return (check.field, *equal)
    return ()


def is_manual(rule: Rule) -> bool:
    """Say whether only a person can answer a rule."""
    return isinstance(rule.check, Manual)
