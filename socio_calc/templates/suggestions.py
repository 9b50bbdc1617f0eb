"""What the reference base has to offer a new case: effects, ordinary levels and prices that fit each other."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final, Literal, TypeVar

from socio_calc.reference import BaselineRow, CostRow, EvidenceRow, ReferenceBase
from socio_calc.reference.search import search_baselines, search_costs, search_evidence

Level = Literal["probability", "rate", "amount"]
Row = TypeVar("Row", CostRow, EvidenceRow, BaselineRow)

#: Suggestions shown at once.
MOST: Final = 7
#: Symptoms and skills are counted as scores with this mean and this spread between people.
SCALE_MEAN: Final = 50
SCALE_SPREAD: Final = 10

#: Letters of a word that is searched by itself, and rows that it may be in and still tell something.
_SHORTEST_WORD: Final = 4
_TELLING: Final = 15
_RATES: Final = ("per person-year", "rate of", "per year", "per personår")
#: Prices whose link to an outcome must be stated (CASE_FORMAT).
LINKED: Final = ("justice", "education_outcome", "child_welfare")


def effects(base: ReferenceBase, words: str) -> tuple[EvidenceRow, ...]:
    """Return effects that can be computed with and match the words, best first.

    Examples
    --------
    >>> from socio_calc.reference import load_reference
    >>> [row.id for row in effects(load_reference(), "mobbning")][0].startswith("kiva")
    True
    """
    usable = [row for row in base.evidence.values() if _computable(row)]
    return _matching(lambda asked: search_evidence(usable, asked), words)


def ordinary_levels(base: ReferenceBase, words: str, level: Level, effect: EvidenceRow | None) -> list[BaselineRow]:
    """Return levels under ordinary practice that match the words, in the unit that the effect works on."""
    unit = {"probability": "share", "rate": "per person-year"}.get(level)
    rows = [row for row in base.baselines.values() if row.unit == unit and fits(row.value, level, effect)]
    return list(_matching(lambda asked: search_baselines(rows, asked), words))


def prices(base: ReferenceBase, words: str) -> tuple[CostRow, ...]:
    """Return prices of resources for a base case that match the words, best first; parts of one total only once."""
    rows = [row for row in base.costs.values() if row.use == "default" and row.kind == "resource_cost" and row.payer]
    firsts = {parts(base, row)[0].id for row in rows}
    return _matching(lambda asked: search_costs([row for row in rows if row.id in firsts], asked), words)


def parts(base: ReferenceBase, row: CostRow) -> tuple[CostRow, ...]:
    """Return all parts of a total that several parties share, the largest first; a price by itself is its only part.

    Examples
    --------
    >>> from socio_calc.reference import load_reference
    >>> base = load_reference()
    >>> [part.payer for part in parts(base, base.costs["fall-hospital-care-region"])]
    ['kommun', 'region', 'individ']
    """
    if row.draw_group is None:
        return (row,)
    shared = [
        other
        for other in base.costs.values()
        if other.draw_group == row.draw_group and other.use == "default" and other.kind == row.kind
    ]
    return tuple(sorted(shared, key=lambda other: -other.value))


def level_of(row: EvidenceRow) -> Level | None:
    """Return on what kind of level an effect works, None where both a share and a rate are possible."""
    if row.measure == "smd":
        return "amount"
    if row.measure == "difference":
        return "probability" if abs(row.estimate or 0.0) < 1 else "amount"
    if row.measure in ("odds_ratio", "hazard_ratio"):
        return "probability"
    if any(word in f"{row.outcome_en} {row.outcome_sv}".lower() for word in _RATES):
        return "rate"
    return None


def measure_of(row: EvidenceRow) -> str:
    """Return the measure as a case writes it."""
    return "ratio" if row.measure == "percent" else row.measure


def fits(ordinary: float, level: Level, effect: EvidenceRow | None) -> bool:
    """Say whether an effect keeps a level within what is possible."""
    if level == "amount":
        return True
    if ordinary < 0 or (level == "probability" and ordinary > 1):
        return False
    changed = ordinary
    if effect is not None and effect.estimate is not None:
        if effect.measure == "ratio":
            changed = ordinary * effect.estimate
        elif effect.measure == "percent":
            changed = ordinary * (1 + effect.estimate / 100)
        elif effect.measure == "difference":
            changed = ordinary + effect.estimate
    return changed >= 0 and (level == "rate" or changed <= 1)


def years_seen(row: EvidenceRow) -> int:
    """Return for how many years an effect has been seen: its follow-up in years, rounded up, at least one."""
    return max(1, math.ceil((row.followup_months or 0) / 12))


def _computable(row: EvidenceRow) -> bool:
    return row.usable == "effect" and row.measure != "other" and row.estimate is not None


def _matching(search: Callable[[str], Sequence[Row]], words: str) -> tuple[Row, ...]:
    """Search for all the words together, and for want of that for each of them by itself, the telling ones first."""
    found = list(search(words))
    if not found:
        by_word = [list(search(word)) for word in words.split() if len(word) >= _SHORTEST_WORD]
        for rows in sorted(by_word, key=len):
            # A word that half of the table has, such as "elever", says nothing.
            if len(rows) <= _TELLING:
                found += [row for row in rows if row not in found]
    return tuple(found[:MOST])
