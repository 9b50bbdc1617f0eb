"""A small case, and an outcome that a function computes beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from socio_calc.case import Case, OwnOutcome, check_case

Array = NDArray[np.float64]
Inputs = Mapping[str, Array]
SHOWN = {"grade": "before_after", "sources": ["Our own model"]}
CARE = {
    "name": "Care",
    "price": {"ref": "price"},
    "kind": "resource_cost",
    "payer": "region",
    "quantity": 1.8,
    "delay": 1,
    "duration": 2,
    "marginal": [0.5, 0.75],
    "realisable": 0.4,
    "index": "none",
    "growth": 0.01,
}
HEALTH = {"name": "Health", "kind": "health", "quantity": -0.04}
SUPPORT = {
    "name": "Support",
    "price": 5_000,
    "kind": "transfer",
    "payer": "kommun",
    "payee": "individ",
    "index": "none",
}
WORK = {"name": "Work", "price": 400_000, "kind": "production", "link": "causal", "index": "none", "growth": 0.02}


def case(outcomes: tuple[Mapping[str, Any], ...] = (), **changes: Any) -> Case:
    """Return a case of two cohorts whose uncertain numbers all have names, so that draws stay where outcomes move."""
    data = {
        "format": 1,
        "title": "Twins",
        "first_year": 2025,
        "price_year": 2024,
        "horizons": [1, 4, 12],
        "timing": "mid",
        "survival": "sweden",
        "public_funds_factor": 1.3,
        "health_value": 500_000,
        "completion": {"events": 42, "of": 60},
        "quantities": {
            "b": {"low": 0.2, "high": 0.5},
            "value": {"low": 0.6, "mode": 0.8, "high": 1.1},
            "hold": {"low": 1, "mode": 2, "high": 5},
            "rate": {"low": 0.1, "mode": 0.2, "high": 0.6},
            "price": {"low": 9_000, "high": 12_000},
        },
        "participants": [
            {"year": 0, "number": 50, "age": 80, "share_women": 0.6},
            {"year": 2, "number": 30, "age": 70, "share_women": 0.5, "weight": 1.5},
        ],
        "costs": [
            {
                "name": "Leader",
                "actor": "kommun",
                "amount": 100_000,
                "basis": "total",
                "years": [0, 1],
                "funding": "grant",
                "funder": "region",
                "index": "none",
            }
        ],
        "outcomes": list(outcomes),
        **changes,
    }
    found = Case.model_validate(data)
    assert check_case(found) == ()
    return found


def halved(inputs: Inputs, years: Array) -> tuple[Array, Array]:
    """Return a level that stays and its part under the intervention, which comes back year by year."""
    ordinary = inputs["b"][None, :]
    return ordinary, ordinary * (1.0 - 0.5 * np.exp(-inputs["rate"] * years[:, None]))


def own(function: Callable[[Inputs, Array], Any] = halved, **changes: Any) -> OwnOutcome:
    """Return an own outcome of two uncertain inputs."""
    data: dict[str, Any] = {
        "id": "own",
        "name": "Own outcome",
        "level": "rate",
        "better": "lower",
        "function": function,
        "inputs": {"b": {"low": 0.2, "high": 0.5}, "rate": {"low": 0.1, "high": 0.4}},
        "evidence": SHOWN,
        "consequences": [{**CARE, "price": {"low": 9_000, "high": 12_000}}],
        **changes,
    }
    return OwnOutcome(**data)
