"""What one draw of a case consists of, before anything is summed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.plain.effects import Arms


@dataclass(frozen=True)
class Piece:
    """The smallest part of a ledger entry: one actor, one year, one line, and where it came from."""

    part: str  # cost | effects
    item: str  # the path of the cost or consequence, so that two lines of one name stay two
    source: str  # cost | outcome or pathway id
    line: str
    kind: str
    year: int
    actor: str
    amount: float
    cohort: int = -1
    age: int = -1  # years since entry of the outcome that caused it
    realisable: float = 1.0
    grant: bool = False


@dataclass(frozen=True)
class Change:
    """What one cohort's outcome, or person-years in a state `PATHWAY.STATE`, is in one year."""

    outcome: str
    year: int
    ordinary: float
    difference: float


@dataclass(frozen=True)
class Health:
    """QALYs gained (+) or lost (−) in one year."""

    year: int
    qalys: float


@dataclass(frozen=True)
class Draw:
    """All that one draw of a case gives, before anything is summed."""

    pieces: list[Piece]  # years before the longest horizon
    after: list[Piece]  # effect entries that delay and duration put at or after it
    changes: list[Change]
    health: list[Health]
    has_health: bool
    arms: Mapping[str, Arms]
    numbers: list[float]  # participants per cohort
    clipped: list[str]  # outcomes and pathways of which a level or a probability was clipped to its domain
    scaled: list[str]  # pathways of which a row was above 1
