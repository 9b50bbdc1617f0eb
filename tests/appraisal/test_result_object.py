"""The result object, field by field and row by row, as CASE_FORMAT describes it."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given, settings

import socio_calc
from socio_calc.appraisal import Appraisal, appraise
from socio_calc.case import Case
from socio_calc.engine.ledger import ACTORS
from tests.appraisal.test_warnings import FIRST, VALUE, appraisal_of
from tests.strategies import cases

GOLDEN = Path(__file__).parents[1] / "engine" / "golden.yaml"
FIELDS = [
    "format", "method", "title", "case_sha256", "reference_sha256", "version", "seed", "draws", "sampler", "share_cut",
    "evidence_share", "results", "outcomes", "flows", "warnings",
]  # fmt: skip
ROW = [
    "view", "perspective", "horizon", "measure", "base", "mean", "sd", "p5", "p25", "p50", "p75", "p95", "mc_error",
    "probability_positive", "expected_loss", "reason",
]  # fmt: skip
OUTCOME = [
    "outcome", "horizon", "ordinary", "intervention", "difference", "difference_mean", "difference_p5",
    "difference_p95",
]  # fmt: skip
FLOW = ["year", "actor", "source", "line", "kind", "base"]
WARNING = ["code", "path", "message"]
STATISTICS = ROW[5:13]
PERCENTILES = ["p5", "p25", "p50", "p75", "p95"]
VIEWS = ("all", "without_production", "without_health")
PERSPECTIVES = ("societal", "public", *ACTORS)


def expected_rows(case: Case) -> set[tuple[str, str, int, str]]:
    """Return every row that the page asks for."""
    rows = set()
    numbers = [f"break_even_number:{o.id}" for o in case.outcomes if o.level in ("probability", "event")]
    prices = [f"cost_per_outcome:{outcome.id}" for outcome in case.outcomes]
    societal = [*numbers, *prices, "qalys", "qalys_undiscounted", "mvpf", "npv_per_grant_krona", "npv_weighted"]
    for horizon in case.horizons:
        for perspective in PERSPECTIVES:
            rows |= {(v, perspective, horizon, m) for v in VIEWS for m in ("npv", "pv_costs", "pv_effects")}
            measures = ["bcr", "payback_year", "irr", "break_even_effect"]
            measures += ["npv_cash"] if perspective in ("public", "kommun", "region", "stat") else []
            measures += societal if perspective == "societal" else []
            rows |= {("all", perspective, horizon, m) for m in measures}
    return rows


@pytest.fixture(scope="module")
def appraisal() -> Appraisal:
    return appraise(socio_calc.load(GOLDEN), draws=512)


def test_the_fields_are_those_of_the_page(appraisal: Appraisal) -> None:
    result = appraisal.to_json()
    assert list(result) == FIELDS
    for name, fields in (("results", ROW), ("outcomes", OUTCOME), ("flows", FLOW), ("warnings", WARNING)):
        assert result[name]
        assert all(list(row) == fields for row in result[name]), name
    assert (result["format"], result["method"], result["sampler"]) == (1, socio_calc.METHOD, "sobol")
    assert (result["seed"], result["draws"], result["version"]) == (1, 512, socio_calc.__version__)
    for name in ("case_sha256", "reference_sha256"):
        assert len(bytes.fromhex(result[name])) == 32


@settings(max_examples=25)
@given(cases())
def test_every_row_is_there_once_and_is_a_number_or_has_a_reason(case: Case) -> None:
    result = json.loads(json.dumps(appraise(case, draws=64).to_json(), allow_nan=False))
    keys = [(row["view"], row["perspective"], row["horizon"], row["measure"]) for row in result["results"]]
    assert len(keys) == len(set(keys))
    assert set(keys) == expected_rows(case)
    for row in result["results"]:
        assert (row["base"] is None) == (row["reason"] is not None), row
        if row["base"] is None:
            assert all(row[name] is None for name in ROW[4:15]), row
            continue
        numbers = [row[name] for name in ROW[4:15] if row[name] is not None]
        assert all(math.isfinite(number) for number in numbers)
        given = row["p50"] is not None
        assert all((row[name] is not None) == given for name in PERCENTILES), row
        if given:
            assert [row[name] for name in PERCENTILES] == sorted(row[name] for name in PERCENTILES), row
        moments = given and row["measure"] not in ("payback_year", "irr")
        assert (row["sd"] is not None) == moments, row
        assert (row["probability_positive"] is not None) == (given and row["measure"] in ("npv", "bcr")), row
        assert (row["expected_loss"] is not None) == (given and row["measure"] == "npv"), row
        if row["probability_positive"] is not None:
            assert 0 <= row["probability_positive"] <= 1
    assert {(row["outcome"], row["horizon"]) for row in result["outcomes"]} == {
        (id, horizon) for id in measured(case) for horizon in case.horizons
    }
    assert all(row["actor"] in ACTORS and row["base"] != 0 for row in result["flows"])


def measured(case: Case) -> list[str]:
    """Return the outcomes and the states that have rows: the dead too, where the life table leads to them."""
    ids = [outcome.id for outcome in case.outcomes]
    for pathway in case.pathways:
        mortal = case.survival != "none" if pathway.survival is None else pathway.survival
        states = {**dict.fromkeys(pathway.states), **({"dead": None} if mortal else {})}
        ids += [f"{pathway.id}.{state}" for state in states]
    return ids


@settings(max_examples=15)
@given(cases())
def test_sums_always_have_statistics(case: Case) -> None:
    for row in appraise(case, draws=64).rows:
        if row.measure in ("npv", "pv_costs", "pv_effects", "npv_cash", "npv_weighted"):
            assert row.mean is not None
            assert row.mc_error is not None


@pytest.mark.parametrize(("weights", "given"), [([1, 1], True), ([1, 1.1], False)])
def test_a_measure_that_more_than_half_of_the_draws_lack_has_no_statistics(weights: list[float], given: bool) -> None:
    """At 1.4 instead of 0.1 the outcome gets worse, and there is no cost for each one avoided."""
    value = {"dist": "discrete", "values": [0.1, 1.4], "weights": weights}
    row = appraisal_of({VALUE: value, f"{FIRST}.price": 1_000}).result("cost_per_outcome:falls")
    assert row.base is not None
    assert [getattr(row, name) is not None for name in STATISTICS] == [given] * len(STATISTICS)


@settings(max_examples=15)
@given(cases(certain=True))
def test_without_uncertainty_every_draw_is_the_base_case(case: Case) -> None:
    appraisal = appraise(case, draws=16)
    assert not appraisal.plan.columns
    for row in appraisal.rows:
        if row.base is None:
            continue
        size = 1e-9 * max(abs(row.base), 1.0)
        for name in ("mean", *PERCENTILES):
            value = getattr(row, name)
            assert value is None or value == pytest.approx(row.base, rel=1e-9, abs=size), row
        assert row.sd is None or row.sd <= size
        if row.measure == "npv":
            assert row.probability_positive == float(row.base > 0)
            assert row.expected_loss == pytest.approx(max(-row.base, 0.0), rel=1e-9, abs=size)
    for outcome in appraisal.outcome_rows:
        assert outcome.difference_mean == pytest.approx(outcome.difference, rel=1e-9, abs=1e-12)


def test_the_same_seed_gives_the_same_object(appraisal: Appraisal) -> None:
    case = socio_calc.load(GOLDEN)
    assert appraise(case, draws=512).to_json() == appraisal.to_json()
    other = appraise(case, draws=512, seed=2)
    assert [row.base for row in other.rows] == [row.base for row in appraisal.rows]
    assert other.result().mean != appraisal.result().mean


def test_more_draws_move_the_mean_within_its_error(appraisal: Appraisal) -> None:
    more = appraise(socio_calc.load(GOLDEN), draws=16_384)
    few, many = appraisal.result(), more.result()
    assert few.base == many.base
    assert abs(few.mean - many.mean) <= 6 * math.hypot(few.mc_error, many.mc_error)
    assert many.mc_error < few.mc_error


def test_horizons_asked_for_replace_those_of_the_case() -> None:
    shorter = appraise(socio_calc.load(GOLDEN), draws=64, horizons=[4, 2, 4])
    assert shorter.horizons == (2, 4)
    assert {row.horizon for row in shorter.rows} == {2, 4}
    assert {row.year for row in shorter.flow_rows} <= {0, 1, 2, 3}


def test_views_are_the_same_flows_with_lines_left_out(appraisal: Appraisal) -> None:
    plan = appraisal.plan
    for view, kinds in (("without_production", {"production"}), ("without_health", {"health"})):
        kept = [row for row in appraisal.flow_rows if row.kind not in kinds | {"public_funds"}]
        total = sum(
            row.base * (plan.discount_health if row.kind == "health" else plan.discount)[row.year] for row in kept
        )
        factor = appraisal.flows_base.public_funds_factor
        public = appraisal.result("npv", "public", view=view).base
        assert appraisal.result(view=view).base == pytest.approx(total + (factor - 1) * public, rel=1e-12)
