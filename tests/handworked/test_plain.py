"""The plain implementation against the cases worked by hand."""

from __future__ import annotations

from functools import cache

import pytest

from tests.handworked.expectations import (
    CASES,
    EVIDENCE_SHARE,
    EXPECTED,
    FLOWS,
    OUTCOMES,
    SHARE_CUT,
    Expected,
    ExpectedFlow,
    ExpectedOutcome,
)
from tests.plain import Result, appraise, load_case, read_tables


@cache
def result_of(case: str) -> Result:
    return appraise(load_case(CASES / f"{case}.yaml"))


@pytest.mark.parametrize("row", EXPECTED, ids=lambda r: f"{r.case}-{r.measure}-{r.perspective}-{r.horizon}-{r.view}")
def test_measure(row: Expected) -> None:
    found = result_of(row.case).measure(row.measure, row.perspective, row.horizon, row.view)
    if row.value is None:
        assert found is None
    else:
        assert found == pytest.approx(row.value, rel=1e-11, abs=1e-9)


@pytest.mark.parametrize("row", FLOWS, ids=lambda r: f"{r.case}-{r.year}-{r.actor}-{r.line}")
def test_flow(row: ExpectedFlow) -> None:
    found = [
        flow.amount
        for flow in result_of(row.case).flows
        if (flow.year, flow.actor, flow.line) == (row.year, row.actor, row.line)
    ]
    assert found
    assert sum(found) == pytest.approx(row.value, rel=1e-11, abs=1e-9)


@pytest.mark.parametrize("row", OUTCOMES, ids=lambda r: f"{r.case}-{r.outcome}-{r.horizon}")
def test_outcome(row: ExpectedOutcome) -> None:
    result = result_of(row.case)
    horizon = row.horizon or max(h for _, h in result.outcomes)
    found = result.outcomes[row.outcome, horizon]
    assert found.ordinary == pytest.approx(row.ordinary, rel=1e-11)
    assert found.difference == pytest.approx(row.difference, rel=1e-11, abs=1e-11)
    assert found.intervention == pytest.approx(row.ordinary + row.difference, rel=1e-11)


@pytest.mark.parametrize("case", SHARE_CUT)
def test_share_cut(case: str) -> None:
    assert result_of(case).share_cut == pytest.approx(SHARE_CUT[case], rel=1e-11)


@pytest.mark.parametrize("case", EVIDENCE_SHARE)
def test_evidence_share(case: str) -> None:
    assert result_of(case).evidence_share == pytest.approx(EVIDENCE_SHARE[case], rel=1e-11)


def test_every_case_has_expectations() -> None:
    rows = {row.case for row in EXPECTED} | {row.case for row in FLOWS} | {row.case for row in OUTCOMES}
    assert rows | set(SHARE_CUT) | set(EVIDENCE_SHARE) == {path.stem for path in CASES.glob("*.yaml")}


def test_a_drawn_value_takes_the_place_of_the_central_one() -> None:
    """Twice the effect and half the number: the saving is the same; a cost row is drawn in its own price year."""
    case = load_case(CASES / "fading-constant.yaml")
    drawn = appraise(case, {"outcomes.state.effect.value": -0.4, "participants.0.number": 50})
    assert drawn.measure("pv_effects") == pytest.approx(result_of("fading-constant").measure("pv_effects"))
    rows = load_case(CASES / "reference-rows.yaml")
    hvb = read_tables().costs["hvb-day"]
    factor = read_tables().price_factor(hvb["index"], int(hvb["price_year"]), 2024)
    drawn = appraise(rows, {"cost:hvb-day": 1000, "evidence:falls-ex-rate-all": 1.0})
    assert drawn.measure("pv_costs") == pytest.approx(10 * 1000 * factor)
    assert drawn.measure("pv_effects") == 0


def test_a_level_outside_its_domain_is_clipped_in_a_draw_and_an_error_in_the_base_case() -> None:
    case = load_case(CASES / "fading-constant.yaml")
    drawn = appraise(case, {"outcomes.state.effect.value": -0.7})
    assert drawn.clipped == ["state"]
    assert drawn.outcomes["state", 1].intervention == 0
    case["outcomes"][0]["effect"]["value"] = -0.7
    with pytest.raises(ValueError, match="outside its domain"):
        appraise(case)


def test_a_row_above_one_is_scaled_in_a_draw_and_an_error_in_the_base_case() -> None:
    """Half take the degree and three quarters drop out: a row of 1.25, in which 0.4 and 0.6 are what is left of 1."""
    case = load_case(CASES / "pathway.yaml")
    case["pathways"][0]["effects"] = []
    drawn = appraise(case, {"pathways.school.transitions.studerar.utanfor": 0.75})
    assert drawn.scaled == ["school"]
    assert drawn.clipped == []
    # A hundred: (100, 0, 0), (0, 40, 60), (30, 40, 30).
    assert drawn.outcomes["school.utanfor", 3].ordinary == pytest.approx(100 * (0.6 + 0.3) + 50 * 0.6)
    assert drawn.outcomes["school.studerar", 3].ordinary == pytest.approx(100 * 1.3 + 50)
    case["pathways"][0]["transitions"]["studerar"]["utanfor"] = 0.75
    with pytest.raises(ValueError, match="row above 1"):
        appraise(case)


def test_a_drawn_row_of_counts_is_each_gamma_over_their_sum() -> None:
    case = load_case(CASES / "pathway-rows.yaml")
    keys = [f"pathways.rows.transitions.a.counts.{state}" for state in "bca"]
    drawn = appraise(case, dict(zip(keys, (6.0, 1.0, 3.0), strict=True)))
    # Year 1: 500·0.6 + 500·0.5 in b, 500·0.3 in a.
    assert drawn.outcomes["rows.b", 3].ordinary == pytest.approx(500 + 550 + 0.6 * 150 + 0.5 * 550)
    assert drawn.outcomes["rows.a", 3].ordinary == pytest.approx(500 + 150 + 0.3 * 150 + 0.4 * 300)
