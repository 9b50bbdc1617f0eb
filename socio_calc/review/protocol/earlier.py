"""An earlier protocol, as data: what it said and what the reviewer wrote in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from socio_calc.review.protocol.record import Answered, Earlier, Item, Judgement, Mark

#: Of what a row of a protocol is: in the column that no reader sees.
RULE: Final = "rule"
FINDING: Final = "finding"
ASSUMPTION: Final = "assumption"
ASSESSMENT_ROW: Final = "assessment"
#: Statuses of rules that ask for an answer.
OPEN: Final = frozenset({"fail", "undecided"})


@dataclass(frozen=True)
class EarlierRow:
    """One row of an earlier protocol: of which kind, by which key, what it said, and the reviewer's judgement."""

    kind: str
    key: str
    status: str
    code: str
    title: str
    what: str
    value: str | None
    judgement: Judgement

    @property
    def asks(self) -> bool:
        """Whether the applicant was to answer it: a finding, or a rule that did not hold or could not be decided."""
        return self.kind == FINDING or (self.kind == RULE and self.status in OPEN)


@dataclass(frozen=True)
class EarlierProtocol:
    """An earlier protocol: the day and the title on it, and its rows by kind and key."""

    date: str
    title: str
    rows: Mapping[tuple[str, str], EarlierRow] = field(repr=False)

    def judgement(self, kind: str, key: str) -> Judgement:
        """Return what the reviewer wrote in a row, nothing where there is no such row."""
        row = self.rows.get((kind, key))
        return Judgement() if row is None else row.judgement

    def mark(self, kind: str, key: str) -> Mark:
        """Say whether something was asked before."""
        row = self.rows.get((kind, key))
        return "left" if row is not None and row.asks else "new"


def compared(earlier: EarlierProtocol, items: Sequence[tuple[str, Item]], now: Mapping[str, str | None]) -> Earlier:
    """Return which findings of an earlier protocol are answered, and how many are left and new.

    Parameters
    ----------
    earlier
        The earlier protocol.
    items
        What asks for an answer now, each with its kind.
    now
        What stands in the application today where a key of the earlier protocol points, by that key; None where that
        is no single value. A key that points nowhere any more is missing.
    """
    open_now = {(kind, item.key) for kind, item in items}
    asked = [row for at, row in earlier.rows.items() if row.asks]
    gone = [row for row in asked if (row.kind, row.key) not in open_now]
    answered = tuple(
        Answered(row.code, row.title, row.what, row.value, now.get(row.key), row.key not in now, row.judgement)
        for row in gone
    )
    left = len(asked) - len(gone)
    return Earlier(earlier.date, answered, left, len(open_now) - left)
