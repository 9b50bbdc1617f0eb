"""Changing every number of a case in two places: in its data, and in the workbook's cells."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from socio_calc.report.workbook.input_rows import FIRST, PATH, SECOND, THIRD, VALUE

Change = Callable[[float], float]

#: Fields of a case in which a number is a whole number of years.
_LATER = frozenset({"lag", "delay", "duration", "lasts", "over", "age", "first_year"})
_SHARES = frozenset(
    {
        "completion", "deadweight", "attribution", "evidence_adjustment", "displacement", "marginal", "realisable",
        "causal_share", "contributions", "share_women", "ordinary", "values",
    }
)  # fmt: skip
_TAXES = frozenset({"employer_contribution", "municipal", "regional", "basic_allowance_share", "job_tax_credit_share"})


@dataclass(frozen=True)
class Edit:
    """A new number for one cell of the sheet of inputs."""

    row: int
    column: int
    value: float


def rows_by_path(sheet: Worksheet) -> dict[str, int]:
    """Return the rows (from 0) of the sheet of inputs by the path that stands in them."""
    found = {}
    for number, (cell,) in enumerate(sheet.iter_rows(min_col=PATH + 1, max_col=PATH + 1)):
        if isinstance(cell.value, str) and cell.value:
            found[cell.value] = number
    return found


def change_for(path: str, data: dict[str, Any], years: int) -> Change | None:
    """Return how the numbers at a path are changed, so that the case stays valid; None to leave them."""
    if path.startswith("pathways.") and (".start." in path or ".transitions." in path):
        return _move_change(path)
    *before, last = path.split(".")
    field = next((key for key in reversed([*before, last]) if not key.isdecimal()), last)
    if field in _LATER:
        return lambda x: x + 1
    if field in _SHARES:
        return lambda x: 0.9 * x
    if field in _TAXES:
        return lambda x: 0.95 * x
    if field in ("discount_rate", "discount_rate_health", "rate") and "fades" not in before:
        return lambda x: x + 0.01
    if field == "rate":
        return lambda x: 0.9 * x
    if field == "growth":
        return lambda x: 0.8 * x + 0.001
    if field == "years":
        return lambda x: years - 1 - x
    if field == "year":
        return lambda x: min(x + 1, years - 1)
    if field == "holds":
        return lambda x: 1.4 * x + 0.35
    if field == "public_funds_factor":
        return lambda x: x + 0.15
    if (last == "value" and "effects" in before) or path.endswith("effect.value"):
        measure = _at(data, path.rpartition(".")[0])["measure"]
        if measure in ("ratio", "odds_ratio", "hazard_ratio"):
            return lambda x: 1 + 0.8 * (x - 1)
        return lambda x: 0.8 * x
    if before == ["quantities"]:
        # A named number may stand for a share.
        return lambda x: 0.9 * x if 0 <= x <= 1 else 1.15 * x
    if field in ("horizons", "timing", "price_year", "weight"):
        return None
    return lambda x: 1.15 * x


def _move_change(path: str) -> Change | None:
    """Return how numbers of a pathway's states change; the shares at the start sum to 1 and stay."""
    if ".start." in path:
        return None
    return (lambda x: x + 3) if ".counts." in path else lambda x: 0.9 * x


def everything_changed(data: dict[str, Any], sheet: Worksheet) -> tuple[dict[str, Any], list[Edit]]:
    """Return the data with (nearly) every number changed, and the edits of the sheet that say the same.

    Numbers that stand in the data alone are changed; those left to a default stay.
    """
    changed, edits = copy.deepcopy(data), []
    years = max(data["horizons"])
    for path, row in rows_by_path(sheet).items():
        try:
            written = _at(changed, path)
        except (KeyError, IndexError, TypeError):
            continue
        change = change_for(path, data, years)
        if change is None:
            continue
        if isinstance(written, int | float):
            new = change(written)
            put(changed, path, type(written)(new) if float(new).is_integer() else new)
            edits.append(Edit(row, VALUE, new))
        elif isinstance(written, dict):
            edits += _form(written, row, change)
    return changed, edits


def _form(written: dict[str, Any], row: int, change: Change) -> Iterator[Edit]:
    """Change the numbers of an uncertain quantity in place, all by the same rising function."""
    places = {"value": VALUE, "low": FIRST, "mode": SECOND, "high": THIRD, "estimate": VALUE, "mean": VALUE}
    if written.get("dist") == "discrete":
        for number, value in enumerate(written["values"]):
            written["values"][number] = change(value)
            yield Edit(row + 1 + number, FIRST, written["values"][number])
        for number, weight in enumerate(written["weights"]):
            written["weights"][number] = weight + number
            yield Edit(row + 1 + number, SECOND, written["weights"][number])
        return
    if "events" in written:
        written["of"] += 7
        yield Edit(row, SECOND, written["of"])
        return
    if "sd" in written:
        written["sd"] *= 0.5
    if "ci" in written:
        written["ci"] = [change(value) for value in written["ci"]]
    for key, column in places.items():
        if key in written:
            written[key] = change(written[key])
            yield Edit(row, column, written[key])


def apply(edits: list[Edit], sheet: Worksheet) -> None:
    """Type new numbers into the sheet of inputs."""
    for edit in edits:
        cell = sheet.cell(edit.row + 1, edit.column + 1)
        assert isinstance(cell.value, int | float), f"{cell.coordinate} holds no number but {cell.value!r}"
        cell.value = edit.value


def _at(data: Any, path: str) -> Any:
    for key in path.split("."):
        data = data[_key(data, key)]
    return data


def put(data: Any, path: str, value: Any) -> None:
    """Write a value at a path of a case's data."""
    before, _, last = path.rpartition(".")
    holder = _at(data, before) if before else data
    holder[_key(holder, last)] = value


def _key(data: Any, key: str) -> Any:
    if isinstance(data, list):
        if key.isdecimal():
            return int(key)
        return next(number for number, item in enumerate(data) if item.get("id") == key)
    return key
