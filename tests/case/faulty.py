"""A small right case as text, and what is found when parts of it are changed."""

from __future__ import annotations

from socio_calc.case import Case, build_case, parse_document
from socio_calc.problems import InputError, Problem

RIGHT = """\
format: 1
title: Styrka
first_year: 2025
price_year: 2024
horizons: [1, 5]
quantities:
  timpris: {low: 200, mode: 250, high: 320}
participants:
  - {year: 0, number: 60, age: 84}
costs:
  - name: Ledare
    actor: kommun
    amount: 100000
    basis: per_year
    years: [0, 1]
outcomes:
  - id: falls
    name: Fall
    level: rate
    better: lower
    ordinary: 0.08
    effect: {measure: ratio, value: {estimate: 0.77, ci: [0.71, 0.83]}}
    holds: 1
    evidence: {grade: rct, sources: ["A"]}
    consequences:
      - {name: Vard, price: 90000, kind: resource_cost, payer: region}
"""


def changed(*changes: tuple[str, str]) -> str:
    """Return the right case with words replaced; every one must be there."""
    text = RIGHT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def case_of(text: str) -> Case:
    """Return the case of a text."""
    return build_case(parse_document(text.encode(), "case.yaml"))


def found(text: str) -> list[Problem]:
    """Return the problems of a text; none where it is right."""
    try:
        case_of(text)
    except InputError as error:
        return list(error.problems)
    return []


def codes(text: str) -> list[tuple[str, str | None]]:
    """Return code and path of every problem of a text."""
    return [(problem.code, problem.place.path) for problem in found(text)]
