"""Quantities that are drawn together: no index of their own, one for the group."""

from __future__ import annotations

import numpy as np
import pytest

from socio_calc.analysis import sensitivity
from socio_calc.analysis.drivers import CORRELATED, JOIN, dependent_groups, quantities_at
from socio_calc.analysis.indices import independent_points
from tests.analysis.cases import HEAD, appraised

LINEAR = f"""{HEAD}
costs:
  - {{name: a, actor: kommun, amount: {{mean: 1000, sd: 10}}, basis: total, years: [0], index: none}}
  - {{name: b, actor: kommun, amount: {{mean: 1000, sd: 20}}, basis: total, years: [0], index: none}}
  - {{name: c, actor: kommun, amount: {{mean: 1000, sd: 30}}, basis: total, years: [0], index: none}}
"""
CORRELATIONS = "correlations: [{between: [costs.0.amount, costs.2.amount], rank: 0.6}]\n"


def test_correlated_quantities_have_one_index_together() -> None:
    result = sensitivity(appraised(LINEAR + CORRELATIONS))
    rows = {row.quantity: row for row in result.indices}
    group = rows[f"costs.0.amount{JOIN}costs.2.amount"]
    pearson = 2 * np.sin(np.pi * 0.6 / 6)
    together = 10**2 + 30**2 + 2 * pearson * 10 * 30
    share = together / (together + 20**2)
    assert group.first == pytest.approx(share, abs=0.004)
    assert group.total == pytest.approx(share, abs=0.004)
    assert group.members == ("costs.0.amount", "costs.2.amount")
    for key in group.members:
        row = rows[key]
        assert (row.first, row.first_ci, row.total, row.total_ci, row.reason) == (None, None, None, None, CORRELATED)
    assert rows["costs.1.amount"].first == pytest.approx(1 - share, abs=0.004)
    assert rows["costs.1.amount"].reason is None


def test_independent_quantities_have_their_own() -> None:
    result = sensitivity(appraised(LINEAR))
    found = {row.quantity: row.total for row in result.indices}
    assert found == pytest.approx({f"costs.{k}.amount": (k + 1) ** 2 / 14 for k in range(3)}, abs=0.003)
    assert not any(row.reason for row in result.indices)


def test_the_design_has_the_correlation_of_the_draws() -> None:
    plan = appraised(LINEAR + CORRELATIONS).plan
    assert dependent_groups(plan) == ((0, 2), (1,))
    for uniforms in independent_points(plan.streams, 512):
        x = quantities_at(plan, uniforms)
        ranks = np.argsort(np.argsort(x, axis=1), axis=1)
        assert np.corrcoef(ranks)[0, 2] == pytest.approx(0.6, abs=0.02)
        assert np.corrcoef(ranks)[0, 1] == pytest.approx(0.0, abs=0.02)


SHARED = f"""{HEAD}
outcomes:
  - id: falls
    name: Falls
    level: rate
    better: lower
    holds: 1
    ordinary: 1
    effect: {{measure: ratio, value: 0.5}}
    evidence: {{grade: rct, sources: [x]}}
    consequences:
      - {{name: r, price: {{cost: fall-hospital-care-region}}}}
      - {{name: k, price: {{cost: fall-hospital-care-municipality}}}}
"""


def test_parts_of_one_total_stand_at_the_same_percentile() -> None:
    result = sensitivity(appraised(SHARED))
    (group,) = result.groups
    assert group.quantity.startswith("draw_group:") and len(group.members) == 2
    alone = {bar.quantity: bar for bar in result.bars}
    base = result.npv.base
    # The result is linear in the two prices, so what they move alone adds up.
    assert group.npv_low == pytest.approx(base + sum(alone[key].npv_low - base for key in group.members), rel=1e-9)
    assert group.npv_high == pytest.approx(base + sum(alone[key].npv_high - base for key in group.members), rel=1e-9)
    first, *members = result.indices
    assert first.first == pytest.approx(1.0, abs=1e-3)
    assert [row.reason for row in members] == [CORRELATED, CORRELATED]
