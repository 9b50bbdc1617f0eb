"""The engine against the plain implementation on random cases: two ways to the same number."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

import socio_calc
from socio_calc.appraisal.measures import DrawFigures
from socio_calc.case import Case
from socio_calc.engine.values import FactorValues
from socio_calc.engine.yearly import flows_at
from tests.handworked.expectations import CASES as HANDWORKED
from tests.plain import appraise, load_case
from tests.properties.agreement import as_mapping, base_disagreements, measure_disagreements, size_of
from tests.strategies import cases
from tests.validation.published import CASES as PUBLISHED


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases(max_pathways=2))
def test_base_case(case: Case) -> None:
    plain = appraise(as_mapping(case))
    assert base_disagreements(plain, socio_calc.appraise(case, draws=8, seed=1)) == []


@pytest.mark.parametrize("path", sorted([*HANDWORKED.glob("*.yaml"), *PUBLISHED.glob("*.yaml")]), ids=lambda p: p.stem)
def test_every_figure_of_a_written_case(path: Path) -> None:
    """The hand-worked and published cases, all rows, flows and outcomes and not only the expected ones."""
    plain = appraise(load_case(path))
    assert base_disagreements(plain, socio_calc.appraise(socio_calc.load(path), draws=8, seed=1)) == []


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases(max_outcomes=0, max_pathways=2))
def test_base_case_of_pathways(case: Case) -> None:
    plain = appraise(as_mapping(case))
    assert base_disagreements(plain, socio_calc.appraise(case, draws=8, seed=1)) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases(min_outcomes=1) | cases(max_outcomes=1, max_pathways=2))
def test_drawn_values(case: Case) -> None:
    """Single draws: the engine's columns, by key, put into the plain implementation in place of the central values."""
    appraisal = socio_calc.appraise(case, draws=64, seed=1)
    mapping = as_mapping(case)
    indices = np.array([0, 17, 40])
    drawn = appraisal.simulation.draws_at(indices)
    for column in range(len(indices)):
        x = drawn[:, column]
        values = {c.key: float(value) for c, value in zip(appraisal.plan.columns, x, strict=True)}
        plain = appraise(mapping, values)
        factors = FactorValues(appraisal.plan, x[:, None])
        flows = flows_at(appraisal.plan, factors)
        figures = {key: figure.value for key, figure in DrawFigures(appraisal.plan, flows).as_dict().items()}
        assert measure_disagreements(plain, figures, size_of(plain)) == []
        # An outcome that nothing follows from is not computed for the flows; pathways are followed here in full.
        for number in range(len(appraisal.plan.pathways)):
            factors.trace(number, both=True)
        counted = {line.source for line in appraisal.plan.lines} | {pathway.id for pathway in case.pathways}
        # Nor does it matter what is clipped where an effect has no strength in any year: only the engine looks at it.
        counted -= {o.id for o in appraisal.plan.outcomes if not np.any(factors.strength(o.shape))}
        for marked, expected in ((factors.clipped, plain.clipped), (factors.scaled, plain.scaled)):
            assert {id for id, mask in marked.items() if mask.any()} & counted == set(expected) & counted
