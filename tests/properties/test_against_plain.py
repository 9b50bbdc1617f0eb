"""The engine against the plain implementation on random cases: two ways to the same number."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import socio_calc
from socio_calc.case import Case
from tests.handworked.expectations import CASES as HANDWORKED
from tests.plain import appraise, load_case
from tests.properties.agreement import as_mapping, base_disagreements
from tests.strategies import cases
from tests.validation.published import CASES as PUBLISHED


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases())
def test_base_case(case: Case) -> None:
    plain = appraise(as_mapping(case))
    assert base_disagreements(plain, socio_calc.appraise(case, draws=8, seed=1)) == []


@pytest.mark.parametrize("path", sorted([*HANDWORKED.glob("*.yaml"), *PUBLISHED.glob("*.yaml")]), ids=lambda p: p.stem)
def test_every_figure_of_a_written_case(path: Path) -> None:
    """The hand-worked and published cases, all rows, flows and outcomes and not only the expected ones."""
    plain = appraise(load_case(path))
    assert base_disagreements(plain, socio_calc.appraise(socio_calc.load(path), draws=8, seed=1)) == []
