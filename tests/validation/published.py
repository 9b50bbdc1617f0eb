"""The published figures of `expected.csv`: one row per figure, with its tolerance and source.

`kind` is `stated` where the figure stands in the publication and `derived` where it is arithmetic on stated figures.
`statistic` is `base` or one of the statistics over draws. An empty `expected` is a measure that must not exist, with
the reason code it must give.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
CASES = FOLDER / "cases"
STATISTICS = ("base", "mean", "sd", "p5", "p95", "probability_positive")


@dataclass(frozen=True)
class Published:
    """One published figure; `horizon` None is the case's longest, `tolerance` is absolute."""

    case: str
    perspective: str
    horizon: int | None
    measure: str
    view: str
    statistic: str
    expected: float | None
    tolerance: float
    kind: str
    reason: str | None
    source: str

    @property
    def label(self) -> str:
        """Return a short name for the test report."""
        return f"{self.case}-{self.perspective}-{self.measure}-{self.view}-{self.statistic}-{self.kind}"


@cache
def published_figures() -> tuple[Published, ...]:
    """Return all rows of `expected.csv`."""
    with (FOLDER / "expected.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(
            Published(
                case=row["case"],
                perspective=row["perspective"],
                horizon=int(row["horizon"]) if row["horizon"] else None,
                measure=row["measure"],
                view=row["view"],
                statistic=row["statistic"],
                expected=float(row["expected"]) if row["expected"] else None,
                tolerance=float(row["tolerance"]),
                kind=row["kind"],
                reason=row["reason"] or None,
                source=row["source"],
            )
            for row in csv.DictReader(handle)
        )
