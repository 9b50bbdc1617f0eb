"""A published state-transition model from a case file: three timings, and its simulation.

Chancellor et al. 1997, as in Briggs, Claxton and Sculpher, Decision Modelling for Health Economic Evaluation (2006),
Ex. 2.5 and 4.7. The figures of the end of the cycle are published (heemod, test_dmhee.R); those of the other timings
and of the simulation were worked out on the published inputs apart from socio_calc.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import socio_calc
from socio_calc.appraisal import Appraisal
from socio_calc.engine.values import FactorValues

Array = NDArray[np.float64]

CASE = Path(__file__).with_name("hiv.yaml")
LAMIVUDINE, TREATED, ZIDOVUDINE = 2086.5, 2, 2278.0
#: Cost and life years of one drug, and of both.
PUBLISHED = {
    "end": ((44663.4535637, 7.9912066), (50601.6513312, 8.9373889)),
    "mid": ((47076.11, 8.475325), (53126.32, 9.416785)),
    "start": ((49592.38, 8.959443), (55756.04, 9.896182)),
}
CARE = {"a": 2756.0, "b": 3052.0, "c": 9007.0}


@cache
def appraisal_of(timing: str, draws: int = 8) -> Appraisal:
    case = socio_calc.load(CASE)
    return socio_calc.appraise(case.model_copy(update={"timing": timing}), draws=draws)


@pytest.mark.parametrize("timing", PUBLISHED)
@pytest.mark.parametrize("arm", ["ordinary", "intervention"])
def test_cost_and_life_years(timing: str, arm: str) -> None:
    appraisal = appraisal_of(timing)
    lived = {
        state: np.array([getattr(row, arm) for row in appraisal.state_years if row.state == state]) for state in CARE
    }
    alive = sum(lived.values())
    cost = sum(lived[state] * (price + ZIDOVUDINE) for state, price in CARE.items())
    if arm == "intervention":
        cost[:TREATED] += LAMIVUDINE * alive[:TREATED]
    expected_cost, expected_years = PUBLISHED[timing][arm == "intervention"]
    # The published figures have nine digits; those worked out here are rounded to seven.
    assert alive.sum() == pytest.approx(expected_years, abs=5e-8 if timing == "end" else 5e-7)
    assert float(cost @ appraisal.plan.discount) == pytest.approx(expected_cost, rel=1e-6 if timing != "end" else 1e-9)


@pytest.mark.parametrize("timing", PUBLISHED)
def test_the_difference_is_the_result(timing: str) -> None:
    """Without the second drug the difference of the arms' costs is what the case itself computes."""
    appraisal = appraisal_of(timing)
    rows = [row for row in appraisal.state_years if row.state in CARE]
    extra = sum(
        (row.intervention - row.ordinary) * (CARE[row.state] + ZIDOVUDINE) * appraisal.plan.discount[row.year]
        for row in rows
    )
    assert appraisal.base("npv") == pytest.approx(-extra, rel=1e-12)
    gained = sum(appraisal.outcome(f"hiv.{state}").difference for state in CARE)
    (one, both) = PUBLISHED[timing]
    assert gained == pytest.approx(both[1] - one[1], abs=1e-6)


def test_the_simulation() -> None:
    """Dirichlet counts, lognormal risk and gamma costs: means, spread and percentiles of a run of 100,000 draws."""
    appraisal = appraisal_of("end", 16_384)
    plan = appraisal.plan
    draws = np.concatenate([appraisal.simulation.x(block) for block in appraisal.simulation.sample.blocks()], axis=1)
    values = FactorValues(plan, draws)
    trace = values.trace(0, both=True)
    assert trace.ordinary is not None
    one = trace.ordinary.occupancy[1:, :3]
    both = one + trace.difference.occupancy[1:, :3]
    column = {each.key.removeprefix("quantities."): row for row, each in enumerate(plan.columns)}
    prices = np.array([draws[column[f"medical_{s}"]] + draws[column[f"community_{s}"]] + ZIDOVUDINE for s in "abc"])
    costs = [np.einsum("t,tsn,sn->n", plan.discount, arm, prices) for arm in (one, both)]
    costs[1] += LAMIVUDINE * np.einsum("t,tsn->n", plan.discount[:TREATED], both[:TREATED])
    years = [arm.sum(axis=(0, 1)) for arm in (one, both)]
    # A run of 100,000 draws is off by sd/√100,000; the means of cost have an sd of about 12,000.
    for found, expected, error in zip(costs, (44_793, 50_703), (120, 120), strict=True):
        assert found.mean() == pytest.approx(expected, abs=error)
    for found, expected in zip(years, (8.0021, 8.9342), strict=True):
        assert found.mean() == pytest.approx(expected, abs=0.004)
    cost, gain = costs[1] - costs[0], years[1] - years[0]
    assert cost.std() == pytest.approx(1_776, rel=0.02)
    assert np.percentile(cost, (2.5, 97.5)) == pytest.approx((2_907, 10_082), rel=0.02)
    assert gain.std() == pytest.approx(0.170, rel=0.01)
    assert np.percentile(gain, (2.5, 97.5)) == pytest.approx((0.560, 1.224), abs=0.005)
    assert cost.mean() / gain.mean() == pytest.approx(6_341, rel=0.005)
    for limit, share in ((5_000, 0.216), (6_000, 0.438), (7_000, 0.648), (10_000, 0.941)):
        assert float(np.mean(limit * gain > cost)) == pytest.approx(share, abs=0.006)
    second = LAMIVUDINE * np.einsum("t,tsn->n", plan.discount[:TREATED], both[:TREATED])
    np.testing.assert_allclose(-appraisal.net_draws(), cost - second, rtol=1e-9, atol=1e-6)
