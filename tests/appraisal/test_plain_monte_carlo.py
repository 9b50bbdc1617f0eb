"""A real case against 200,000 plain random draws, made by nothing of the fast path.

Uniforms come from NumPy's generator, quantiles from the distributions themselves and not from tables, flows from the
year-by-year evaluation and not from closed forms.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest

import socio_calc
from socio_calc.appraisal import Appraisal, appraise
from socio_calc.engine.ledger import ACTORS, PERSPECTIVES
from socio_calc.engine.plan import Plan
from socio_calc.engine.values import FactorValues
from socio_calc.engine.yearly import terms_by_year
from socio_calc.reference import shipped_folder

DRAWS, BLOCK = 200_000, 10_000
TESTED = ("societal", "public", "kommun", "region", "individ")


@pytest.fixture(scope="module")
def appraisal() -> Appraisal:
    return appraise(socio_calc.load(shipped_folder("models") / "styrka-hela-livet.yaml"))


@pytest.fixture(scope="module")
def plain(appraisal: Appraisal) -> dict[str, np.ndarray]:
    """Net present value of each plain draw at the longest horizon, by perspective."""
    assert appraisal.plan.copula is None, "the plain draws are independent"
    rng = np.random.default_rng(20_250_704)
    blocks = [dict(_net(appraisal.plan, rng.random((appraisal.plan.streams, BLOCK)))) for _ in range(DRAWS // BLOCK)]
    return {perspective: np.concatenate([block[perspective] for block in blocks]) for perspective in TESTED}


def _net(plan: Plan, uniforms: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    x = np.array([column.distribution.quantile(uniforms[column.stream]) for column in plan.columns])
    values = FactorValues(plan, x)
    gains = {actor: np.zeros(BLOCK) for actor in ACTORS}
    for line in plan.lines:
        present = plan.discount_of(line) @ terms_by_year(values, line.terms, plan.years)
        for actor, entry in line.entries.items():
            gains[actor] += entry * present
    for perspective in TESTED:
        yield perspective, sum((gains[actor] for actor in PERSPECTIVES[perspective]), np.zeros(BLOCK))


def test_no_line_of_public_funds_is_left_out(appraisal: Appraisal) -> None:
    assert appraisal.flows_base.public_funds_factor == 1.0


@pytest.mark.parametrize("perspective", TESTED)
def test_mean_and_spread(appraisal: Appraisal, plain: dict[str, np.ndarray], perspective: str) -> None:
    row, draws = appraisal.result("npv", perspective), plain[perspective]
    error = math.hypot(draws.std() / math.sqrt(DRAWS), row.mc_error)
    assert abs(row.mean - draws.mean()) <= 5 * error
    # The error of a standard deviation follows from the fourth moment.
    centred = draws - draws.mean()
    kurtosis = float((centred**4).mean() / (centred**2).mean() ** 2)
    relative = math.sqrt((kurtosis - 1) / 4) * math.hypot(DRAWS**-0.5, appraisal.number_of_draws**-0.5)
    assert row.sd == pytest.approx(draws.std(ddof=1), rel=5 * relative)


@pytest.mark.parametrize("perspective", TESTED)
def test_percentiles_and_probabilities(appraisal: Appraisal, plain: dict[str, np.ndarray], perspective: str) -> None:
    row, draws = appraisal.result("npv", perspective), plain[perspective]
    for name, share in (("p5", 0.05), ("p25", 0.25), ("p50", 0.5), ("p75", 0.75), ("p95", 0.95)):
        error = math.sqrt(share * (1 - share)) * math.hypot(DRAWS**-0.5, appraisal.number_of_draws**-0.5)
        assert abs(np.mean(draws < getattr(row, name)) - share) <= 5 * error, name
    positive = float(np.mean(draws > 0))
    error = math.sqrt(max(positive * (1 - positive), 1e-4)) * math.hypot(DRAWS**-0.5, appraisal.number_of_draws**-0.5)
    assert abs(row.probability_positive - positive) <= 5 * error
    loss = np.maximum(-draws, 0)
    spread = loss.std() * math.hypot(DRAWS**-0.5, appraisal.number_of_draws**-0.5)
    assert abs(row.expected_loss - loss.mean()) <= 5 * spread
