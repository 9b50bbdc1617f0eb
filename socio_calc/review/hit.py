"""What a test of a case yields: something found, or that it could not be tested."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from socio_calc.review.scene import Scene

TrapSeverity = Literal["serious", "warning", "note"]


@dataclass(frozen=True)
class Hit:
    """Something found.

    Attributes
    ----------
    path
        Where it stands in the case, None for the result as a whole.
    params
        Raw values for the placeholders of its texts.
    severity
        In the place of the trap's own, None for that.
    change
        Replacements by path that put it right; empty where nothing mechanical does.
    """

    path: str | None = None
    params: Mapping[str, object] = field(default_factory=dict)
    severity: TrapSeverity | None = None
    change: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Untested:
    """A part of the case lacks what the test needs.

    Attributes
    ----------
    needs
        Which of the things that the test may lack: the ending of its text, empty where there is one only.
    name
        The outcome or the price that could not be tested, None where it is the case as a whole.
    paths
        Fields that are not given, where the test knows them.
    """

    needs: str = ""
    name: str | None = None
    paths: tuple[str, ...] = ()


UNTESTED = Untested()
Found = Iterator[Hit | Untested]
Test = Callable[["Scene"], Found]


@dataclass(frozen=True)
class Trap:
    """A plausibility check: its code, how serious it is, what it rests on, and the test."""

    code: str
    severity: TrapSeverity
    test: Test
    source: str | None = None
    url: str | None = None
