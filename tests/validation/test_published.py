"""socio_calc against the published figures, base case and simulation."""

from __future__ import annotations

import pytest

from tests.validation.published import Published, published_figures
from tests.validation.report import appraisal_of


@pytest.mark.parametrize("row", published_figures(), ids=lambda r: r.label)
def test_figure(row: Published) -> None:
    found = appraisal_of(row.case).result(row.measure, row.perspective, row.horizon, row.view)
    value = getattr(found, row.statistic)
    if row.expected is None:
        assert value is None
        assert found.reason == row.reason
    else:
        assert value == pytest.approx(row.expected, rel=0, abs=row.tolerance)


@pytest.mark.parametrize("case", sorted({row.case for row in published_figures()}))
def test_actors_sum_to_society(case: str) -> None:
    """Perspectives are sums over actors (METHOD §2), in published figures too."""
    appraisal = appraisal_of(case)
    actors = ("kommun", "region", "stat", "individ", "arbetsgivare", "civilsamhalle", "ovriga")
    for measure in ("pv_costs", "pv_effects"):
        parts = [appraisal.result(measure, actor).base or 0.0 for actor in actors]
        size = sum(abs(part) for part in parts)
        assert appraisal.result(measure).base == pytest.approx(sum(parts), rel=1e-9, abs=1e-9 * size)
