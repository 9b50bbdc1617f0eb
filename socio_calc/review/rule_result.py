"""What one check of a rule came to, as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Status = Literal["pass", "fail", "undecided", "not_applicable"]
#: How a value is written: every krona of an amount that somebody wrote, a computed amount rounded as in running text,
#: a share as per cent, a plain number, a number of words in a text, words, or a value of a closed list.
Unit = Literal["sek", "money", "share", "number", "word-count", "text", "choice"]


@dataclass(frozen=True)
class Shown:
    """A value that a message shows; `choices` names the closed list that it belongs to."""

    value: float | str | bool | tuple[str | bool | float, ...]
    unit: Unit
    choices: str | None = None


@dataclass(frozen=True)
class Missing:
    """Something that is not given: a field by its path, whose it is, or a value of a closed list that nothing has."""

    path: str | None = None
    name: str | None = None
    choices: str | None = None
    value: str | None = None


@dataclass(frozen=True)
class RuleResult:
    """The result of a check.

    Attributes
    ----------
    status
        One of four.
    value, limit
        What was found, and what it was held against.
    where
        Calendar year, or name of the element, that decided.
    missing
        What is not given.
    path
        Where in the case the result was decided, None where nowhere in particular.
    days
        The two dates that a time between them was counted from and to, None for other checks.
    """

    status: Status
    value: Shown | None = None
    limit: Shown | None = None
    where: int | str | None = None
    missing: tuple[Missing, ...] = ()
    path: str | None = None
    days: tuple[date, date] | None = None
