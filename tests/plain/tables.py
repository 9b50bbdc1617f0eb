"""The case file and the CSV files of ``data/``, read with nothing but the csv module and a YAML parser."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

CHECKOUT_DATA = Path(__file__).resolve().parents[2] / "data"

Row = Mapping[str, str]


@dataclass(frozen=True)
class Tables:
    """The reference base as it stands in the files: rows of text by id, numbers by year and by age."""

    costs: Mapping[str, Row]
    evidence: Mapping[str, Row]
    baselines: Mapping[str, Row]
    parameters: Mapping[str, float]
    indices: Mapping[str, Mapping[int, float]]
    death_risk: Mapping[str, Mapping[int, float]]  # sex (women, men, both) -> age -> qx

    def price_factor(self, series: str, from_year: int, to_year: int) -> float:
        """Return I(to_year)/I(from_year), METHOD §1; the same year needs no index and `none` is never converted.

        >>> read_tables().price_factor("kpif", 2012, 2024) == 146.98 / 111.91
        True
        """
        if series == "none" or from_year == to_year:
            return 1.0
        values = self.indices[series]
        for year in (from_year, to_year):
            if year not in values:
                raise ValueError(f"index {series} has the years {min(values)}-{max(values)}, not {year}")
        return values[to_year] / values[from_year]

    def risk(self, sex: str, age: int) -> float:
        """Return the yearly risk of death at an age, METHOD §4; from 100 on it is 1."""
        return 1.0 if age >= 100 else self.death_risk[sex][age]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def read_tables(folder: Path = CHECKOUT_DATA) -> Tables:
    """Read the reference base of a checkout from `folder`."""
    indices: dict[str, dict[int, float]] = {}
    for row in _rows(folder / "indices.csv"):
        indices.setdefault(row["series"], {})[int(row["year"])] = float(row["value"])
    death_risk: dict[str, dict[int, float]] = {}
    for row in _rows(folder / "life_table_sweden.csv"):
        death_risk.setdefault(row["sex"], {})[int(row["age"])] = float(row["qx"])
    return Tables(
        costs={row["id"]: row for row in _rows(folder / "reference_costs.csv")},
        evidence={row["id"]: row for row in _rows(folder / "evidence.csv")},
        baselines={row["id"]: row for row in _rows(folder / "baselines.csv")},
        parameters={row["id"]: float(row["value"]) for row in _rows(folder / "parameters.csv")},
        indices=indices,
        death_risk=death_risk,
    )


def load_case(path: Path) -> dict[str, Any]:
    """Return a case file as plain dicts, lists, numbers and texts."""
    case: dict[str, Any] = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    return case
