"""Small cases, one for each finding that a chart's title can state. Amounts are round so that they can be checked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from socio_calc.appraisal import Appraisal, appraise, load

UNSURE = {"low": 0.0, "mode": 0.5, "high": 1.0}


def cost(actor: str, amount: Any, years: Sequence[int] = (0,), **more: Any) -> dict[str, Any]:
    item = {"name": f"Kostnad {actor}", "actor": actor, "amount": amount, "basis": "per_year", "years": list(years)}
    return item | more


def gain(
    payer: str, yearly: float, *, effect: Any = 0.5, lag: int = 0, holds: int | str = "open", **more: Any
) -> dict[str, Any]:
    """Give an outcome that saves `payer` `yearly` SEK a year (costs, where negative) at the effect 0.5."""
    return {
        "id": f"o-{payer}-{lag}-{'up' if yearly > 0 else 'down'}",
        "name": f"Utfall {payer}",
        "level": "probability",
        "better": "higher",
        "ordinary": 0,
        "effect": {"measure": "difference", "value": effect},
        "lag": lag,
        "holds": holds,
        "evidence": {"grade": "rct", "sources": ["Prov"]},
        "consequences": [
            {"name": "Följd", "price": abs(yearly) / 5, "kind": "resource_cost", "payer": payer}
            | {"quantity": -1 if yearly > 0 else 1}
            | more
        ],
    }


CASES: dict[str, dict[str, Any]] = {
    "sure": {"costs": [cost("kommun", 4e6)], "outcomes": [gain("individ", 2e6, effect={"low": 0.45, "high": 0.55})]},
    "unsure": {"costs": [cost("kommun", 4e6)], "outcomes": [gain("individ", 1e6, effect=UNSURE)]},
    "even-base": {
        "costs": [cost("kommun", 2.1e6)],
        "outcomes": [gain("individ", 1e6, effect={"low": 0, "mode": 0.1, "high": 0.9})],
    },
    "never-base": {
        "costs": [cost("kommun", 7.9e6)],
        "outcomes": [gain("individ", 1e6, effect={"low": 0.1, "mode": 0.9, "high": 1.0})],
    },
    "first-year": {"costs": [cost("kommun", 1e6)], "outcomes": [gain("stat", 2e6, effect={"low": 0.45, "high": 0.55})]},
    "never": {"costs": [cost("region", 9e6)], "outcomes": [gain("region", 1e6, effect=UNSURE)]},
    "falls": {
        "costs": [cost("kommun", 1e6), cost("kommun", 10e6, [4])],
        "outcomes": [gain("stat", 2e6, effect={"low": 0.45, "high": 0.55})],
    },
    "only-costs": {"costs": [cost("kommun", {"low": 1e5, "mode": 2e5, "high": 6e5}, [0, 1, 2])], "outcomes": []},
    "one-cost": {"costs": [cost("kommun", {"low": 1e5, "mode": 2e5, "high": 6e5})], "outcomes": []},
    "one-year": {"horizons": [1], "costs": [cost("region", 4e6)], "outcomes": [gain("stat", 5e6, effect=UNSURE)]},
    "one-actor": {"costs": [cost("kommun", 2e6)], "outcomes": [gain("kommun", 1e6, effect=UNSURE)]},
    # The state gets 4 per cent less than the individual.
    "two-win": {
        "costs": [cost("kommun", 3e6)],
        "outcomes": [gain("individ", 2e6, effect=UNSURE), gain("stat", 1.92e6, effect=UNSURE)],
    },
    "three-win": {
        "costs": [cost("kommun", 3e6)],
        "outcomes": [gain(actor, 2e6, effect=UNSURE) for actor in ("individ", "stat", "region")],
    },
    # The municipality gets 4 million more than it pays, the individual 3.9.
    "payer-almost-wins": {
        "costs": [cost("kommun", 1e6)],
        "outcomes": [gain("kommun", 1e6, effect=UNSURE), gain("individ", 7.8e5, effect=UNSURE)],
    },
    "later": {
        "costs": [cost("kommun", 3e6, [0, 1]), cost("region", 3e6, [0, 1])],
        "outcomes": [gain("kommun", 4e6, effect=UNSURE, lag=2), gain("region", 2e6, effect=UNSURE, lag=2)],
    },
    "no-winner": {
        "costs": [cost("kommun", 2e6), cost("region", 4e6)],
        "outcomes": [gain("kommun", 2e5, effect=UNSURE)],
    },
    "even-costs": {
        "costs": [cost("kommun", 2e6), cost("region", 2e6)],
        "outcomes": [gain("kommun", 2e5, effect=UNSURE)],
    },
    "small": {
        "costs": [cost("kommun", 9e6)],
        "outcomes": [gain("stat", 2e4, effect=UNSURE), gain("region", 1e4, effect=UNSURE)],
    },
    "two-pay": {"costs": [cost("kommun", {"low": 1e6, "high": 3e6}), cost("region", 1e6)], "outcomes": []},
    "even-two-pay": {"costs": [cost("kommun", 1e6), cost("region", 1e6)], "outcomes": []},
    "only-harm": {
        "costs": [cost("kommun", {"low": 1e6, "high": 3e6}), cost("region", 1e6)],
        "outcomes": [gain("region", -1e5, effect=UNSURE)],
    },
    "rarely-gain": {
        "costs": [cost("kommun", 7.28e6)],
        "outcomes": [gain("individ", 1e6, effect={"low": 0, "mode": 0.1, "high": 1})],
    },
    "rarely-loss": {
        "costs": [cost("kommun", 2.72e6)],
        "outcomes": [gain("individ", 1e6, effect={"low": 0, "mode": 0.9, "high": 1})],
    },
    "same": {
        "costs": [cost("kommun", 3e6), cost("region", 1e6)],
        "outcomes": [gain("kommun", 1e6, effect=UNSURE), gain("region", 4e5, effect=UNSURE)],
    },
    "certain": {"costs": [cost("kommun", 3e6)], "outcomes": [gain("stat", 1e6)]},
    "certain-even": {"costs": [cost("kommun", 3e6)], "outcomes": [gain("stat", 6e5)]},
    "near-zero": {
        "costs": [cost("kommun", 5e6)],
        "outcomes": [gain("individ", 1.01e6, effect={"low": 0.3, "high": 0.7})],
    },
    "net-saving": {
        "costs": [cost("kommun", 1e6), cost("kommun", {"low": 2e6, "high": 4e6}, replaces=True)],
        "outcomes": [gain("region", 1e5, effect=UNSURE)],
    },
    "harm": {
        "costs": [cost("kommun", 1e6)],
        "outcomes": [gain("region", -3e5, effect=UNSURE), gain("individ", 1e5, effect=UNSURE)],
    },
    "transfers": {
        "costs": [cost("kommun", 1e6)],
        "outcomes": [gain("region", -3e5), gain("individ", 3e5)],
    },
    "cancels": {"costs": [], "outcomes": [gain("region", -3e5, effect=UNSURE), gain("individ", 3e5, effect=UNSURE)]},
    "free": {"costs": [], "outcomes": [gain("region", 3e5, effect=UNSURE), gain("stat", -1e5, effect=UNSURE)]},
    "nothing": {"costs": [cost("kommun", 0)], "outcomes": []},
    "all-actors": {
        "costs": [
            cost("kommun", {"low": 1e6, "high": 2e6}, [0, 1, 2], funding="grant", funder="region"),
            *(cost(actor, 4e5, [0, 1, 2]) for actor in ("kommun", "region", "stat", "individ", "arbetsgivare")),
            *(cost(actor, 4e5, [0, 1, 2]) for actor in ("civilsamhalle", "ovriga")),
        ],
        "outcomes": [
            gain(actor, 2e6 + 1e5 * at, effect=UNSURE, lag=1)
            for at, actor in enumerate(
                ("kommun", "region", "stat", "individ", "arbetsgivare", "civilsamhalle", "ovriga")
            )
        ],
    },
    "forty-years": {
        "horizons": [5, 40],
        "costs": [cost("kommun", {"low": 2e5, "high": 6e5}, range(40), funding="grant", funder="stat")],
        "outcomes": [gain("individ", 5e5, effect=UNSURE), gain("region", 3e5, effect=UNSURE, lag=5)],
    },
}


def appraised(changes: dict[str, Any], folder: Path, draws: int = 1024) -> Appraisal:
    """Compute a case: five years from 2025, no discounting, ten participants, and what `changes` says."""
    case = {
        "format": 1,
        "title": "Prov",
        "first_year": 2025,
        "price_year": 2024,
        "horizons": [5],
        "discount_rate": 0,
        "participants": [{"year": 0, "number": 10}],
    } | changes
    path = folder / "case.yaml"
    path.write_text(json.dumps({key: value for key, value in case.items() if value != []}), encoding="utf-8")
    return appraise(load(path), draws=draws)
