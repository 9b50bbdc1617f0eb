"""Spread, single rows, the models that use them, and the tables as frames."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from socio_calc.problems import InputError
from socio_calc.reference import ReferenceBase, assumed_sd, shipped_folder, spread_source
from socio_calc.reference.frames import (
    baselines_frame,
    costs_frame,
    evidence_frame,
    indices_frame,
    life_table_frame,
    parameters_frame,
)
from socio_calc.reference.lookup import find_row, models_using


@pytest.mark.parametrize(
    ("change", "source"),
    [
        ({"spread": "range", "low": 90.0, "high": 120.0}, "source"),
        ({"spread": "ci95", "low": 90.0, "high": 120.0}, "source"),
        ({"spread": "assumed", "low": 90.0, "high": 120.0}, "assumed_range"),
        ({"spread": "range", "low": 100.0, "high": 120.0}, "assumed"),
        ({"spread": "providers", "low": 90.0, "high": 120.0}, "assumed"),
        ({"spread": None, "low": None, "high": None}, "assumed"),
    ],
)
def test_where_a_spread_comes_from(base: ReferenceBase, change: dict[str, object], source: str) -> None:
    row = dataclasses.replace(base.costs["ambulance-km"], value=100.0, **change)  # type: ignore[arg-type]
    assert spread_source(row) == source


@pytest.mark.parametrize(
    ("basis", "confidence", "share"),
    [("price_list", "high", 0.10), ("average", "high", 0.20), ("price_list", "medium", 0.35), ("derived", "low", 0.50)],
)
def test_assumed_spread_by_source(base: ReferenceBase, basis: str, confidence: str, share: float) -> None:
    row = dataclasses.replace(base.costs["ambulance-km"], basis=basis, confidence=confidence)
    assert assumed_sd(row) == share


@pytest.mark.parametrize("row_id", ["hospital-day", "falls-ex-rate-all", "dyslexia-se", "employer-contribution"])
def test_a_row_is_found_in_whatever_table_it_stands(base: ReferenceBase, row_id: str) -> None:
    assert find_row(base, row_id).id == row_id


def test_an_unknown_row_suggests_the_nearest(base: ReferenceBase) -> None:
    with pytest.raises(InputError) as caught:
        find_row(base, "hospital-days")
    (problem,) = caught.value.problems
    assert problem.code == "unknown-row"
    assert problem.params["suggestions"][0] == "hospital-day"  # type: ignore[index]


def test_models_that_use_a_row(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("price: {cost: hospital-day}\n", "utf-8")
    (tmp_path / "b.yaml").write_text("price:\n  cost: 'hospital-day'\n", "utf-8")
    (tmp_path / "c.yaml").write_text("price: {cost: hospital-day-surgery}\nnote: hospital-day\n", "utf-8")
    assert models_using("hospital-day", tmp_path) == ("a.yaml", "b.yaml")
    assert models_using("hospital-day-surgery", tmp_path) == ("c.yaml",)


def test_frames_have_every_row_and_column(base: ReferenceBase) -> None:
    for frame, rows in (
        (costs_frame(base), base.costs),
        (evidence_frame(base), base.evidence),
        (baselines_frame(base), base.baselines),
        (parameters_frame(base), base.parameters),
    ):
        assert list(frame.index) == list(rows)
        row = next(iter(rows.values()))
        assert [frame.index.name, *frame.columns] == [field.name for field in dataclasses.fields(row)]  # type: ignore[arg-type]


def test_converted_prices_in_a_frame(base: ReferenceBase) -> None:
    frame = costs_frame(base, 2024)
    assert frame.loc["emergency-visit", "value_in_2024"] == pytest.approx(3924.36994, rel=1e-6)
    assert frame["value_in_2024"].notna().all()
    assert costs_frame(base, 2031)["value_in_2031"].isna().sum() == sum(
        row.index != "none" for row in base.costs.values()
    )


def test_indices_and_life_table_as_frames(base: ReferenceBase) -> None:
    indices = indices_frame(base)
    assert set(indices.columns) == set(base.indices)
    assert indices.loc[2024, "kpif"] == 146.98
    life = life_table_frame(base)
    assert life.shape == (101, 3)
    assert life.loc[84, "women"] == base.life_table.q_women[84]


def test_shipped_folders_are_found() -> None:
    assert (shipped_folder("data") / "VERSION").is_file()
    assert shipped_folder("models").is_dir()
    with pytest.raises(FileNotFoundError):
        shipped_folder("nothing")  # type: ignore[arg-type]
