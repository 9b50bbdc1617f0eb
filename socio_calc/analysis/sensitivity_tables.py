"""A `Sensitivity` as one JSON object, and as tidy frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from socio_calc.analysis.correlations import achieved_correlations

if TYPE_CHECKING:
    import pandas as pd

    from socio_calc.analysis.sensitivity import Sensitivity


def json_object(result: Sensitivity) -> dict[str, Any]:
    """Return the object of `socio-calc sensitivity --json`: figures unrounded, null where there is none.

    The tornado has the quantities first, then the groups (inputs null), then the choices that are no quantities.
    """
    npv = result.npv
    known = result.information
    bars = [*result.bars, *result.groups, *result.structural]
    return {
        "perspective": result.perspective,
        "horizon": result.horizon,
        "npv": {"base": npv.base, "mean": npv.mean, "sd": npv.sd, "mc_error": npv.mc_error},
        "tornado": [_picked(bar, "quantity", "low_input", "high_input", "npv_low", "npv_high") for bar in bars],
        "switching": [_picked(row, "quantity", "value", "probability_beyond") for row in result.switching],
        "break_even": {"effect": result.break_even.effect, "participants": result.break_even.participants},
        "indices": [_index(row) for row in result.indices],
        "prcc": [_picked(row, "quantity", "value") for row in result.rank_correlations],
        "evpi": known.evpi,
        "evppi": [_picked(row, "quantity", "value", "se") for row in known.evppi],
        "evsi": [_picked(row, "outcome", "n_per_arm", "value", "net_benefit") for row in known.evsi],
        "scenarios": [{"name": row.name, "npv": row.npv} for row in result.scenarios if row.name is not None],
    }


def _picked(row: object, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _index(row: object) -> dict[str, Any]:
    found = _picked(row, "quantity", "first", "first_ci", "total", "total_ci")
    reason = getattr(row, "reason", None)
    return found if reason is None else {**found, "reason": reason}


def frames(result: Sensitivity) -> dict[str, pd.DataFrame]:
    """Return every result as a tidy frame: one row for each observation, plain column names, SEK and shares raw."""
    import pandas as pd

    grid = result.grid
    curves = result.acceptability
    tables: dict[str, Sequence[Any]] = {
        "tornado": result.bars,
        "groups": result.groups,
        "structural": result.structural,
        "switching": result.switching,
        "break_even": result.break_even.outcomes,
        "scenarios": result.scenarios,
        "choices": result.choices,
        "indices": result.indices,
        "prcc": result.rank_correlations,
        "evppi": result.information.evppi,
        "evsi": result.information.evsi,
        "correlations": achieved_correlations(result.appraisal),
        "by_horizon": curves.by_horizon,
        "by_qaly_value": curves.by_qaly_value,
        "by_perspective": curves.by_perspective,
    }
    found = {name: pd.DataFrame([_flat(asdict(row)) for row in rows]) for name, rows in tables.items()}
    if grid is not None:
        x, y = np.meshgrid(grid.x_values, grid.y_values)
        found["grid"] = pd.DataFrame(
            {"x": grid.x, "y": grid.y, "x_value": x.ravel(), "y_value": y.ravel(), "npv": grid.npv.ravel()}
        )
    return found


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """Write pairs as two columns and lists as text, so that every cell holds one value."""
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if name.endswith("_ci"):
            low, high = value or (None, None)
            flat[f"{name}_low"], flat[f"{name}_high"] = low, high
        elif isinstance(value, tuple):
            flat[name] = ", ".join(value)
        else:
            flat[name] = value
    return flat
