"""One draw of a case, from the raw YAML mapping to every figure of the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.plain.flows import compute
from tests.plain.measures import Key, Measures
from tests.plain.quantities import Quantities
from tests.plain.records import Draw, Piece
from tests.plain.tables import Tables, read_tables


@dataclass(frozen=True)
class Flow:
    """One entry of the ledger: all cohorts together, + gain, − loss, in prices of the case's price year."""

    year: int
    actor: str
    source: str
    line: str
    kind: str
    amount: float


@dataclass(frozen=True)
class OutcomeSums:
    """An outcome, or person-years in a state, over t < horizon: undiscounted arms, and their difference both ways."""

    ordinary: float
    intervention: float
    difference: float
    discounted_difference: float


@dataclass(frozen=True)
class Result:
    """All figures of one draw.

    `measures` is keyed by (view, perspective, horizon, measure); None where the method gives no number.
    `outcomes` also has the states, as `PATHWAY.STATE`. `clipped` names the outcomes and pathways of which a level or a
    probability was clipped to its domain, `scaled` the pathways of which a row was above 1.
    """

    flows: list[Flow]
    outcomes: dict[tuple[str, int], OutcomeSums]
    measures: dict[Key, float | None]
    share_cut: float | None
    evidence_share: float | None
    clipped: list[str]
    scaled: list[str]

    def measure(self, measure: str, perspective: str = "societal", horizon: int = 0, view: str = "all") -> float | None:
        """Return one measure; horizon 0 is the longest."""
        longest = max(key[2] for key in self.measures)
        return self.measures[view, perspective, horizon or longest, measure]


@cache
def _checkout() -> Tables:
    return read_tables()


def appraise(case: Mapping[str, Any], values: Mapping[str, float] | None = None, base: Tables | None = None) -> Result:
    """Return the result of one draw of a case.

    `values` maps quantity keys (see `Quantities`) to drawn values; None is the base case, in which a level outside
    its domain is an error (ValueError). `base` is the checkout's reference base where left out.
    """
    quantities = Quantities(case, values or {}, base or _checkout())
    draw = compute(quantities, central=values is None)
    measures = Measures(quantities, draw)
    return Result(
        flows=_ledger(measures.by_view["all"]),
        outcomes=_outcomes(measures, draw),
        measures=measures.all(),
        share_cut=measures.share_cut(),
        evidence_share=measures.evidence_share(),
        clipped=draw.clipped,
        scaled=draw.scaled,
    )


def _ledger(pieces: list[Piece]) -> list[Flow]:
    entries: dict[tuple[str, int, str], list[Piece]] = {}
    for p in pieces:
        # A λ line of the costs and one of the effects share their item's name.
        entries.setdefault((p.part + p.item, p.year, p.actor), []).append(p)
    return [
        Flow(p.year, p.actor, p.source, p.line, p.kind, sum(q.amount for q in group))
        for group in entries.values()
        for p in group[:1]
    ]


def _outcomes(measures: Measures, draw: Draw) -> dict[tuple[str, int], OutcomeSums]:
    sums = {}
    for outcome in dict.fromkeys(change.outcome for change in draw.changes):
        for h in measures.horizons:
            changes = [x for x in draw.changes if x.outcome == outcome and x.year < h]
            ordinary = sum(x.ordinary for x in changes)
            difference = sum(x.difference for x in changes)
            discounted = sum(measures.money_factor[x.year] * x.difference for x in changes)
            sums[outcome, h] = OutcomeSums(ordinary, ordinary + difference, difference, discounted)
    return sums
