"""What the annexes need to know about a fund: its limits on amount and share, and whether its forms are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: Funds whose annexes are known by name and content; for others the annexes are a general layout.
KNOWN_ANNEXES: Final = frozenset({"gavleborg"})


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of a fund's rule: an amount a year in SEK, or a share.

    Attributes
    ----------
    rule
        The rule's id.
    confirmed
        A source confirms the rule for the call of the application.
    """

    value: float
    rule: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class FundLimits:
    """A fund as the annexes see it; a limit is None where the fund has none that is known."""

    id: str
    name: str
    per_year: Limit | None = None
    share: Limit | None = None

    @property
    def has_annexes(self) -> bool:
        """Whether the fund's own annexes are known."""
        return self.id in KNOWN_ANNEXES
