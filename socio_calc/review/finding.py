"""A finding of the check: what it is, how much it matters, where it stands and what it does to the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from socio_calc.problems import Place
from socio_calc.review.fund_models import Rule, Source
from socio_calc.review.rule_result import RuleResult

Status = Literal["fail", "undecided", "pass", "not_applicable", "finding"]
Severity = Literal["must", "should", "info", "serious", "warning", "note"]
Verdict = Literal["pass", "remarks", "fail"]


@dataclass(frozen=True)
class Effect:
    """What putting a finding right does to the base case's net present value at the longest horizon, SEK.

    `applicant` is None where the application names no owner among its organisations.
    """

    societal: float
    applicant: float | None


@dataclass(frozen=True)
class Lack:
    """A plausibility check that could not be made.

    Attributes
    ----------
    code
        The trap.
    needs
        Which of the things that it may lack; the ending of its text.
    names
        Outcomes or prices that it could not be made for, empty where it is the case as a whole.
    paths
        Fields that are not given, where the trap knows them.
    """

    code: str
    needs: str = ""
    names: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One thing that the check has to say.

    Attributes
    ----------
    code
        The rule's id, or the code of a trap.
    status
        What a rule came to; `finding` for everything else.
    severity
        Of a rule must, should or info (after the year of the call is taken into account); of a trap serious, warning
        or note.
    place
        Where it stands; `place.path` is the key path in the case.
    params
        Raw values for the placeholders of a trap's texts.
    rule, result
        The rule and what it came to, None for other findings. `unconfirmed` says that no source states the rule for
        the year of the call; `later` that it belongs to a stage that is not reached.
    source
        Where the words of the source stand, for what is no rule of its own.
    change
        What would put the finding right, as a scenario (path → value); empty where nothing mechanical does.
    effect
        What that does to the result.
    """

    code: str
    status: Status
    severity: Severity
    place: Place = field(default_factory=Place)
    params: Mapping[str, object] = field(default_factory=dict)
    rule: Rule | None = None
    result: RuleResult | None = None
    unconfirmed: bool = False
    later: bool = False
    source: Source | None = None
    change: Mapping[str, Any] = field(default_factory=dict)
    effect: Effect | None = None
