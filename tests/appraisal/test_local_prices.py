"""Local prices: the key `prices`, where it may point, and what the result says of them."""

from __future__ import annotations

from pathlib import Path

import pytest

import socio_calc
from socio_calc.appraisal import open_case
from socio_calc.problems import InputError
from socio_calc.reference import load_reference

CASE = """format: 1
title: Egna priser
first_year: 2025
price_year: 2024
horizons: [1]
discount_rate: 0
{prices}participants: [{{year: 0, number: 10}}]
outcomes:
  - id: besok
    name: Besök
    level: rate
    better: lower
    ordinary: 1
    effect: {{measure: difference, value: -0.5}}
    holds: 1
    evidence: {{grade: judgement, sources: ["Egen bedömning"]}}
    consequences:
      - {{name: Besök, price: {{cost: primary-care-doctor-visit}}}}
"""
ROWS = """id,value,price_year,source_title,basis,confidence
primary-care-doctor-visit,4000,2024,Egen ekonomiavdelning 2024,average,high
"""


def write(folder: Path, prices: str = "prices: egna.csv\n") -> Path:
    path = folder / "fall.yaml"
    path.write_text(CASE.format(prices=prices), encoding="utf-8")
    return path


def test_the_key_replaces_the_price_and_the_result_says_so(tmp_path: Path) -> None:
    (tmp_path / "egna.csv").write_text(ROWS, encoding="utf-8")
    appraisal = socio_calc.appraise(socio_calc.load(write(tmp_path)), draws=64)
    assert appraisal.base("npv", "region") == pytest.approx(10 * 0.5 * 4000)
    assert appraisal.reference_sha256 != load_reference().sha256
    codes = {warning.code for warning in appraisal.warnings}
    assert codes & {"local-price-higher", "local-price-lower"}


def test_without_the_key_the_base_is_used(tmp_path: Path) -> None:
    appraisal = socio_calc.appraise(socio_calc.load(write(tmp_path, "")), draws=64)
    assert appraisal.reference_sha256 == load_reference().sha256
    assert not {w.code for w in appraisal.warnings} & {"local-price", "local-price-higher", "local-price-lower"}


@pytest.mark.parametrize("name", ["../egna.csv", "/etc/passwd"])
def test_a_file_outside_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "egna.csv").write_text(ROWS, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        open_case(write(inner, f"prices: {name}\n"))
    assert [problem.code for problem in caught.value.problems] == ["local-prices-outside"]
    assert caught.value.problems[0].place.line == 7


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        open_case(write(tmp_path))
    assert [problem.code for problem in caught.value.problems] == ["file-not-found"]


def test_two_prices_that_contain_one_another_give_a_warning(tmp_path: Path) -> None:
    path = write(tmp_path, "")
    extra = "      - {name: Sjukhus, price: {cost: fall-hospital-care-region}}\n"
    extra += "      - {name: Allt, price: {cost: fall-hospital-care-alt-total}}\n"
    path.write_text(path.read_text(encoding="utf-8") + extra, encoding="utf-8")
    appraisal = socio_calc.appraise(socio_calc.load(path), draws=64)
    found = [w for w in appraisal.warnings if w.code == "overlapping-prices"]
    pairs = [frozenset(w.params["paths"]) for w in found]  # type: ignore[call-overload]
    assert frozenset({"outcomes.besok.consequences.1.price", "outcomes.besok.consequences.2.price"}) in pairs
    assert len(pairs) == len(set(pairs))
