"""socio_calc against the cases worked by hand."""

from __future__ import annotations

from functools import cache

import pytest

import socio_calc
from socio_calc.appraisal import Appraisal
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


@cache
def appraisal_of(case: str) -> Appraisal:
    return socio_calc.appraise(socio_calc.load(CASES / f"{case}.yaml"), draws=64, seed=1)


@pytest.mark.parametrize("row", EXPECTED, ids=lambda r: f"{r.case}-{r.measure}-{r.perspective}-{r.horizon}-{r.view}")
def test_measure(row: Expected) -> None:
    found = appraisal_of(row.case).result(row.measure, row.perspective, row.horizon or None, row.view)
    if row.value is None:
        assert found.base is None
        assert found.reason == (row.reason or found.reason)
        assert found.reason is not None
    else:
        assert found.base == pytest.approx(row.value, rel=1e-9, abs=1e-9)
        assert found.reason is None


@pytest.mark.parametrize("row", FLOWS, ids=lambda r: f"{r.case}-{r.year}-{r.actor}-{r.line}")
def test_flow(row: ExpectedFlow) -> None:
    found = [
        flow.base
        for flow in appraisal_of(row.case).flow_rows
        if (flow.year, flow.actor, flow.line) == (row.year, row.actor, row.line)
    ]
    assert found
    assert sum(found) == pytest.approx(row.value, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("row", OUTCOMES, ids=lambda r: f"{r.case}-{r.outcome}-{r.horizon}")
def test_outcome(row: ExpectedOutcome) -> None:
    found = appraisal_of(row.case).outcome(row.outcome, row.horizon or None)
    assert found.ordinary == pytest.approx(row.ordinary, rel=1e-9)
    assert found.difference == pytest.approx(row.difference, rel=1e-9, abs=1e-9)
    assert found.intervention == pytest.approx(row.ordinary + row.difference, rel=1e-9)


@pytest.mark.parametrize("case", SHARE_CUT)
def test_share_cut(case: str) -> None:
    assert appraisal_of(case).share_cut == pytest.approx(SHARE_CUT[case], rel=1e-9)


@pytest.mark.parametrize("case", EVIDENCE_SHARE)
def test_evidence_share(case: str) -> None:
    assert appraisal_of(case).evidence_share == pytest.approx(EVIDENCE_SHARE[case], rel=1e-9)
