"""The rows of the reference base that a calculation used, as far as they decide numbers: words and sources do not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from socio_calc.case import Case
from socio_calc.engine.build import TAX_DEFAULTS
from socio_calc.engine.plan import Plan
from socio_calc.reference import LifeTable, ReferenceBase

_COST: Final = (
    "value", "low", "high", "spread", "price_year", "index", "kind", "payer", "payee", "taxable", "per", "basis",
    "confidence", "draw_group",
)  # fmt: skip
_EVIDENCE: Final = ("measure", "estimate", "ci_low", "ci_high", "tau", "followup_months", "draw_group", "better")
_BASELINE: Final = ("value", "unit")
TABLES: Final = ("costs", "evidence", "baselines", "parameters", "indices", "life_table")
#: Columns of one row by name, rows of one table by id.
Rows = Mapping[str, Mapping[str, Any]]


def used_rows(case: Case, plan: Plan, base: ReferenceBase) -> dict[str, Rows]:
    """Return the rows that a plan used, by table and id: the columns that decide numbers."""
    series = {line.index for line in plan.lines} | {base.costs[id].index for id in plan.costs_used}
    life = {base.life_table.period: {"sha256": _life_hash(base.life_table)}} if case.survival == "sweden" else {}
    return {
        "costs": {id: _columns(base.costs[id], _COST) for id in sorted(plan.costs_used)},
        "evidence": {id: _columns(base.evidence[id], _EVIDENCE) for id in sorted(plan.evidence_used)},
        "baselines": {id: _columns(base.baselines[id], _BASELINE) for id in sorted(plan.baselines_used)},
        "parameters": {id: {"value": base.parameters[id].value} for id in _parameters(case)},
        "indices": {name: _series(base, name) for name in sorted(filter(None, series)) if name in base.indices},
        "life_table": life,
    }


def rows_of_base(base: ReferenceBase, rows: Mapping[str, Rows]) -> dict[str, dict[str, dict[str, Any] | None]]:
    """Return the same columns of the same rows of a base; None for a row that it does not have."""

    def of(table: Mapping[str, Any], wanted: Rows) -> dict[str, dict[str, Any] | None]:
        return {id: _columns(table[id], tuple(columns)) if id in table else None for id, columns in wanted.items()}

    found = {name: of(getattr(base, name), rows[name]) for name in ("costs", "evidence", "baselines", "parameters")}
    found["indices"] = {
        name: {year: base.indices[name].values.get(int(year)) for year in values} if name in base.indices else None
        for name, values in rows["indices"].items()
    }
    table = base.life_table
    found["life_table"] = {
        period: {"sha256": _life_hash(table)} if table.period == period else None for period in rows["life_table"]
    }
    return found


def _parameters(case: Case) -> list[str]:
    """Return the tax parameters that the case leaves to the base."""
    given, found = case.taxes, []
    for name, parameter in TAX_DEFAULTS.items():
        group, _, key = name.partition("_")
        own = getattr(given.equalisation, key) if group == "equalisation" else getattr(given, name)
        if own is None:
            found.append(parameter)
    return sorted(found)


def _series(base: ReferenceBase, name: str) -> dict[str, float]:
    return {str(year): value for year, value in sorted(base.indices[name].values.items())}


def _life_hash(table: LifeTable) -> str:
    return hashlib.sha256(json.dumps(asdict(table), sort_keys=True).encode()).hexdigest()


def _columns(row: Any, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
