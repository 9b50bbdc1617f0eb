"""The plain implementation against the published figures, and the table of figures itself."""

from __future__ import annotations

from functools import cache

import pytest

from tests.plain import Result, appraise, load_case
from tests.validation.published import CASES, STATISTICS, Published, published_figures


@cache
def result_of(case: str) -> Result:
    return appraise(load_case(CASES / f"{case}.yaml"))


@pytest.mark.parametrize("row", [r for r in published_figures() if r.statistic == "base"], ids=lambda r: r.label)
def test_base_case(row: Published) -> None:
    found = result_of(row.case).measure(row.measure, row.perspective, row.horizon or 0, row.view)
    if row.expected is None:
        assert found is None
    else:
        assert found == pytest.approx(row.expected, rel=0, abs=row.tolerance)


def test_every_case_has_figures_and_every_figure_a_case() -> None:
    assert {row.case for row in published_figures()} == {path.stem for path in CASES.glob("*.yaml")}


@pytest.mark.parametrize("row", published_figures(), ids=lambda r: r.label)
def test_row_is_well_formed(row: Published) -> None:
    assert row.kind in ("stated", "derived")
    assert row.statistic in STATISTICS
    assert row.source.count("https://") >= 1
    assert (row.expected is None) == (row.reason is not None)
