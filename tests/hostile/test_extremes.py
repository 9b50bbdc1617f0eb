"""Numbers at the edge of what can be computed: a clear refusal or a figure, never a crash."""

from __future__ import annotations

from pathlib import Path

import pytest

import socio_calc
from socio_calc.problems import InputError

CASE = """format: 1
title: Gräns
first_year: 2025
price_year: 2024
horizons: [1]
participants: [{{year: 0, number: 10}}]
costs: [{{name: Lokal, actor: kommun, amount: {amount}, basis: total, years: [0]}}]
outcomes:
  - id: f
    name: Fall
    level: probability
    better: lower
    ordinary: {ordinary}
    effect: {{measure: {measure}, value: {value}}}
    holds: 1
    evidence: {{grade: judgement, sources: ["Egen bedömning"]}}
    consequences: [{{name: Vård, price: 1000, kind: resource_cost, payer: region}}]
"""
USUAL = {"amount": "1000", "ordinary": "0.5", "measure": "ratio", "value": "0.8"}


def appraise(folder: Path, **changes: str) -> socio_calc.Appraisal:
    path = folder / "fall.yaml"
    path.write_text(CASE.format(**{**USUAL, **changes}), encoding="utf-8")
    return socio_calc.appraise(socio_calc.load(path), draws=64)


@pytest.mark.parametrize(
    ("ordinary", "measure", "value", "level"),
    [
        ("1", "odds_ratio", "0", 1.0),  # a certain event stays certain
        ("0", "odds_ratio", "5", 0.0),
        ("0.5", "smd", "400", 1.0),
        ("0.5", "smd", "-400", 0.0),
        ("1", "hazard_ratio", "0", 0.0),
    ],
)
def test_effects_at_the_edges(tmp_path: Path, ordinary: str, measure: str, value: str, level: float) -> None:
    found = appraise(tmp_path, ordinary=ordinary, measure=measure, value=value).outcome("f")
    assert found.intervention == pytest.approx(10 * level, abs=1e-9)


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("1e60", "out-of-range"),
        ("{mean: 1, sd: 1e-300, dist: gamma}", "uncertainty-too-extreme"),
        ("{low: 0, mode: 0, high: 1e-320}", "result-not-finite"),
        ("{estimate: 1, ci: [1e-40, 1e17], dist: lognormal}", "uncertainty-too-extreme"),
    ],
)
def test_amounts_at_the_edges(tmp_path: Path, amount: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        appraise(tmp_path, amount=amount)
    assert [problem.code for problem in caught.value.problems] == [code]


@pytest.mark.parametrize("prices", ['"a\\0b"', "x" * 300])
def test_names_that_no_file_can_have(tmp_path: Path, prices: str) -> None:
    path = tmp_path / "fall.yaml"
    path.write_text(CASE.format(**USUAL).replace("horizons", f"prices: {prices}\nhorizons"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        socio_calc.load(path)
    assert "file-not-found" in [problem.code for problem in caught.value.problems]


def test_a_device_is_no_case_file() -> None:
    with pytest.raises(InputError) as caught:
        socio_calc.load("/dev/zero")
    assert [problem.code for problem in caught.value.problems] == ["file-unreadable"]
