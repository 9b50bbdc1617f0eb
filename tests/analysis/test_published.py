"""Sensitivity analyses that others have published (VALIDATION C3 and C4), rebuilt as cases."""

from __future__ import annotations

import math

import pytest

from socio_calc.analysis import Sensitivity, sensitivity
from tests.analysis.cases import appraised, dressing, exercise


@pytest.fixture(scope="module")
def diet() -> Sensitivity:
    return sensitivity(appraised(exercise()))


@pytest.fixture(scope="module")
def tegaderm() -> Sensitivity:
    return sensitivity(appraised(dressing()), range=(2.5, 97.5))


@pytest.fixture(scope="module")
def low_rate() -> Sensitivity:
    return sensitivity(appraised(dressing("{mean: 0.30, sd: 0.102, dist: gamma}")), range=(2.5, 97.5))


def test_c3_has_its_exact_mean_and_standard_deviation(diet: Sensitivity) -> None:
    mean = 5_000 * (18 / 58 - 12 / 68) - 700
    variance = 5_000**2 * (18 * 40 / (58**2 * 59) + 12 * 56 / (68**2 * 69))
    assert mean == pytest.approx(-30.6288, abs=1e-4)
    assert math.sqrt(variance) == pytest.approx(378.6110, abs=2e-4)
    assert diet.npv.base == pytest.approx(mean, rel=1e-9)
    assert diet.npv.mean == pytest.approx(mean, abs=4 * diet.npv.mc_error + 1e-6)
    assert diet.npv.mean == pytest.approx(mean, abs=4 * 378.6110 / math.sqrt(16_384))
    assert diet.npv.sd == pytest.approx(math.sqrt(variance), rel=0.002)
    assert diet.npv.probability_positive == pytest.approx(0.4663, abs=0.004)


def test_c3_breaks_even_at_the_published_success_rate(diet: Sensitivity) -> None:
    assert diet.switching_of("outcomes.success.effect.value").value == pytest.approx(0.3164706, abs=1e-7)
    outcome = diet.break_even.outcomes[0]
    assert (outcome.ordinary + outcome.change * (outcome.alone or 0.0)) == pytest.approx(0.3164706, abs=1e-7)
    # Number needed to treat at break-even: 1 / (0.3164706 − 12/68).
    assert 1 / (outcome.change * (outcome.alone or 0.0)) == pytest.approx(7.142857, abs=1e-6)


def test_c3_breaks_even_at_the_published_programme_cost() -> None:
    result = sensitivity(appraised(exercise(programme="{low: 700, high: 800}")))
    found = result.switching_of("costs.0.amount")
    assert found.value == pytest.approx(719.3712, abs=1e-4)
    assert found.probability_beyond == pytest.approx((719.3712 - 700) / 100, abs=1e-6)


def test_c3_indices_are_the_shares_of_its_two_variances(diet: Sensitivity) -> None:
    exact = {
        "outcomes.success.effect.value": 18 * 40 / (58**2 * 59),
        "outcomes.success.ordinary": 12 * 56 / (68**2 * 69),
    }
    total = sum(exact.values())
    for row in diet.indices:
        assert row.first == pytest.approx(exact[row.quantity] / total, abs=0.003)
        assert row.total == pytest.approx(exact[row.quantity] / total, abs=0.003)


def test_c4_saves_what_was_published(tegaderm: Sensitivity, low_rate: Sensitivity) -> None:
    assert tegaderm.npv.base == pytest.approx(151.2926 - 77.7499, abs=1e-3)
    assert low_rate.npv.base == pytest.approx(34.4726 - 30.7883, abs=1e-3)
    assert tegaderm.npv.mean == pytest.approx(73.54, abs=4 * 62.2 / math.sqrt(16_384))
    assert tegaderm.npv.sd == pytest.approx(62.2, abs=1.0)
    assert tegaderm.npv.probability_positive == pytest.approx(0.955, abs=0.005)
    assert low_rate.npv.probability_positive == pytest.approx(0.565, abs=0.005)


#: Inputs and savings at 2.5 and 97.5 %, recomputed from the published distributions (VALIDATION C4).
TORNADO = {
    "quantities.thousand_days": (0.00272, 0.02192, 9.74, 178.07),
    "outcomes.crbsi.consequences.0.price": (4_922, 16_589, 29.48, 132.74),
    "quantities.hazard_ratio": (0.164, 0.831, 108.45, 10.67),
    "costs.0.quantity": (0.43, 8.00, 85.66, 49.95),
    "outcomes.crbsi.ordinary": (1.254, 1.724, 60.17, 88.00),
    "outcomes.lsi.ordinary": (0.0, 1.466, 73.46, 74.34),
}


def test_c4_ranks_as_published_and_has_its_ends(tegaderm: Sensitivity) -> None:
    assert [bar.quantity for bar in tegaderm.bars[:6]] == list(TORNADO)
    for bar in tegaderm.bars[:6]:
        low, high, npv_low, npv_high = TORNADO[bar.quantity]
        assert bar.low_input == pytest.approx(low, rel=7e-3, abs=1e-4)
        assert bar.high_input == pytest.approx(high, rel=2e-3)
        assert bar.npv_low == pytest.approx(npv_low, abs=0.011)
        assert bar.npv_high == pytest.approx(npv_high, abs=0.011)
    assert all(bar.swing < 0.2 for bar in tegaderm.bars[6:])


def test_c4_thresholds(low_rate: Sensitivity) -> None:
    assert low_rate.switching_of("quantities.hazard_ratio").value == pytest.approx(0.52605, abs=1e-5)
    assert low_rate.switching_of("outcomes.crbsi.consequences.0.price").value == pytest.approx(7_846.31, abs=0.01)
