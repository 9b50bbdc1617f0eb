"""What it means that socio_calc and the plain implementation agree on a case, and where they do not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ruamel.yaml import YAML

from socio_calc.appraisal import Appraisal
from socio_calc.case import Case, dump_case
from tests.plain import Result
from tests.plain.measures import Key

#: Relative to a figure, and for sums to the absolute flows that make them: a sum that cancels keeps their rounding.
PRECISION = 1e-9
ROUNDING = 1e-14
SUMS = ("npv", "pv_costs", "pv_effects", "npv_cash", "npv_weighted")
#: Ratio -> (view, perspective, measure) of the sum that decides how precise it can be; empty is the row's own.
DIVIDED_BY = {
    "bcr": ("", "", "pv_costs"),
    "break_even_effect": ("", "", "pv_effects"),
    "mvpf": ("", "public", "npv"),
    "npv_per_grant_krona": ("", "", "npv"),
    "cost_per_outcome": ("without_health", "", "npv"),
}


#: Kronor that no order of additions can be held to: what is left where probabilities differ in their last bits.
NOTHING = 1e-9


def as_mapping(case: Case) -> dict[str, Any]:
    """Return a case as its file says it: written, and read again by a YAML parser alone."""
    mapping: dict[str, Any] = YAML(typ="safe", pure=True).load(dump_case(case))
    return mapping


def size_of(result: Result) -> float:
    """Return the sum of all absolute flows."""
    return sum(abs(flow.amount) for flow in result.flows)


def measure_disagreements(
    plain: Result, engine: Mapping[Key, float | None], size: float
) -> list[tuple[Key, float | None, float | None]]:
    """Return (row, plain, engine) for every row that differs or that only one of them has."""
    found = []
    for key in sorted(plain.measures.keys() | engine.keys()):
        mine, theirs = plain.measures.get(key), engine.get(key)
        missing = key not in plain.measures or key not in engine
        if missing or not _same(plain, key, mine, theirs, size):
            found.append((key, mine, theirs))
    return found


def base_disagreements(plain: Result, appraisal: Appraisal) -> list[object]:
    """Return all figures of the base case in which the two differ."""
    size = size_of(plain)
    if 0.0 < size < NOTHING:
        return []  # all that flows is rounding, and whether a measure of it exists is chance
    rows = {(row.view, row.perspective, row.horizon, row.measure): row.base for row in appraisal.rows}
    found: list[object] = list(measure_disagreements(plain, rows, size))
    mine = _ledger((f.year, f.actor, f.source, f.line, f.kind, f.amount) for f in plain.flows)
    theirs = _ledger((f.year, f.actor, f.source, f.line, f.kind, f.base) for f in appraisal.flow_rows)
    for entry in sorted(mine.keys() | theirs.keys()):
        if (
            abs(mine.get(entry, 0.0) - theirs.get(entry, 0.0))
            > PRECISION * (abs(mine.get(entry, 0.0)) + 1e-3 * size) + NOTHING
        ):
            found.append((entry, mine.get(entry), theirs.get(entry)))
    keys = {(row.outcome, row.horizon) for row in appraisal.outcome_rows}
    found += sorted(keys ^ plain.outcomes.keys())
    for row in appraisal.outcome_rows:
        if (row.outcome, row.horizon) not in plain.outcomes:
            continue
        sums = plain.outcomes[row.outcome, row.horizon]
        scale = abs(sums.ordinary) + abs(sums.intervention)
        for name in ("ordinary", "intervention", "difference"):
            if abs(getattr(sums, name) - getattr(row, name)) > PRECISION * scale:
                found.append((row.outcome, row.horizon, name, getattr(sums, name), getattr(row, name)))
    for name in ("share_cut", "evidence_share"):
        # A share of nothing has no value; the result file writes 0 for it.
        mine_share, theirs_share = getattr(plain, name) or 0.0, getattr(appraisal, name) or 0.0
        if abs(mine_share - theirs_share) > PRECISION:
            found.append((name, mine_share, theirs_share))
    return found


def _same(plain: Result, key: Key, mine: float | None, theirs: float | None, size: float) -> bool:
    if mine is None or theirs is None:
        return mine is theirs
    view, perspective, horizon, measure = key
    slack = PRECISION * abs(mine)
    if measure in SUMS:
        slack += PRECISION * size + NOTHING
    elif measure == "irr":
        slack += PRECISION * (1 + abs(mine))
    elif measure.split(":")[0] in DIVIDED_BY:
        # A ratio of sums that cancel carries the rounding of their terms over what is left of the sum.
        other_view, other_perspective, sum_measure = DIVIDED_BY[measure.split(":")[0]]
        left = plain.measures[other_view or view, other_perspective or perspective, horizon, sum_measure] or 0.0
        slack += ROUNDING * size * (1 + abs(mine)) / abs(left) if left else 0.0
    return abs(mine - theirs) <= slack


def _ledger(entries: Iterable[tuple[int, str, str, str, str, float]]) -> dict[tuple[int, str, str, str, str], float]:
    """Return amounts by (year, actor, source, line, kind): two lines of one name are one."""
    sums: dict[tuple[int, str, str, str, str], float] = {}
    for year, actor, source, line, kind, amount in entries:
        key = (year, actor, source, line, kind)
        sums[key] = sums.get(key, 0.0) + amount
    return sums
