"""What the check of a case came to, as the report shows it; handed in by whoever ran the check."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReviewNote:
    """A finding in words: how serious, what, why it matters, what to do, which field, what putting it right does.

    Texts that a finding does not have are empty.
    """

    severity: str
    what: str
    why: str = ""
    remedy: str = ""
    place: str = ""
    effect: str = ""


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """The check of one case.

    Attributes
    ----------
    fund
        Whose rules were tested, None without one.
    rules, traps
        How many rules and plausibility checks were tried.
    passed
        How many of the rules hold, or do not concern the case.
    notes
        What was found, most serious first.
    undecided
        Rules that only a person can decide.
    lacking
        Rules that could not be decided because the case does not say what they need.
    untested
        Plausibility checks that lacked what they need.
    """

    fund: str | None
    rules: int
    traps: int
    passed: int
    notes: tuple[ReviewNote, ...]
    undecided: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    untested: tuple[str, ...] = ()
