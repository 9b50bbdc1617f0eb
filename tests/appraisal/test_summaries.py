"""Summaries against NumPy, NIST's hard sets and their own definition over split, shifted and scaled draws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socio_calc.appraisal.summaries import PERCENTILES, Series, Summary, of_constant, of_values, percentile
from socio_calc.engine.sampling import REPLICATES

#: NIST Statistical Reference Datasets, univariate summary statistics, higher difficulty (www.itl.nist.gov/div898/strd):
#: name, data, certified mean, certified standard deviation. The naive formula has no digit right on the last one.
NIST = {
    "NumAcc1": ([10000001, 10000003, 10000002], 10000002.0, 1.0),
    "NumAcc2": ([1.2, *[1.1, 1.3] * 500], 1.2, 0.1),
    "NumAcc3": ([1000000.2, *[1000000.1, 1000000.3] * 500], 1000000.2, 0.1),
    "NumAcc4": ([10000000.2, *[10000000.1, 10000000.3] * 500], 10000000.2, 0.1),
}
DIGITS = 8
shares = pytest.mark.parametrize("share", [*PERCENTILES, 0.0, 1.0])


def digits(found: float, certified: float) -> float:
    """Return the number of digits that are right: NIST's log relative error."""
    return math.inf if found == certified else -math.log10(abs(found - certified) / abs(certified))


def summary_of(values: np.ndarray) -> Summary:
    """Summarise values of any number: the sums in each replicate are not asked for."""
    return of_values(values, None, (np.ones(REPLICATES), np.ones(REPLICATES)))


@pytest.mark.parametrize("name", NIST)
def test_nist(name: str) -> None:
    data, mean, sd = NIST[name]
    found = summary_of(np.array(data, dtype=float))
    assert digits(found.mean, mean) >= DIGITS
    assert digits(found.sd, sd) >= DIGITS


@pytest.mark.parametrize("pieces", [2, 3, 7, 100])
@pytest.mark.parametrize("name", ["NumAcc2", "NumAcc3", "NumAcc4"])
def test_nist_in_pieces(name: str, pieces: int) -> None:
    data, mean, sd = NIST[name]
    first, *rest = (summary_of(part) for part in np.array_split(np.array(data), pieces))
    for part in rest:
        first = first.merged(part)
    assert first.valid == len(data)
    assert digits(first.mean, mean) >= DIGITS
    assert digits(first.sd, sd) >= DIGITS


def test_nist_as_a_series_of_draws() -> None:
    values = np.array([10000000.1, 10000000.3] * 512)
    found = Series(values).summary()
    assert digits(found.mean, 10000000.2) >= DIGITS
    assert digits(found.sd, 0.1 * math.sqrt(1024 / 1023)) >= DIGITS


# --- against NumPy ----------------------------------------------------------------------------------------------------


@shares
@pytest.mark.parametrize("size", [1, 2, 8, 333])
def test_percentiles(size: int, share: float) -> None:
    values = np.sort(np.random.default_rng(size).lognormal(0, 2, size))
    assert percentile(values, share) == pytest.approx(np.quantile(values, share), rel=1e-14)


@given(
    st.integers(1, 40),
    st.floats(-1e6, 1e6),
    st.floats(0.01, 100) | st.floats(-100, -0.01),
    st.integers(0, 2**32),
    st.booleans(),
)
def test_a_shifted_and_scaled_series(points: int, shift: float, scale: float, seed: int, sort: bool) -> None:
    rng = np.random.default_rng(seed)
    draws = rng.lognormal(8, 1.5, 8 * points) - 5_000
    limit = float(rng.choice(scale * (draws + shift))) + rng.choice([0.0, 1e-3])
    found = Series(draws.copy(), sort).summary(shift, scale, limit)
    values = scale * (draws + shift)
    size = float(np.abs(values).max())
    assert found.mean == pytest.approx(values.mean(), rel=1e-12, abs=1e-13 * size)
    assert found.expected == pytest.approx(values.mean(), rel=1e-12, abs=1e-13 * size)
    assert found.sd == pytest.approx(values.std(ddof=1), rel=1e-9, abs=1e-12 * size)
    means = values.reshape(8, -1).mean(axis=1)
    assert found.mc_error == pytest.approx(means.std(ddof=1) / math.sqrt(8), rel=1e-7, abs=1e-12 * size)
    assert found.loss == pytest.approx(np.maximum(-values, 0).sum(), rel=1e-9, abs=1e-11 * size * draws.size)
    # A draw at the limit may fall on either side of it by its last digit.
    near = np.count_nonzero(np.abs(values - limit) <= 1e-12 * size)
    assert abs(found.above - np.count_nonzero(values > limit)) <= near
    if sort:
        expected = np.quantile(values, PERCENTILES)
        assert found.percentiles == pytest.approx(expected.tolist(), rel=1e-9, abs=1e-12 * size)
    else:
        assert found.percentiles == ()


@given(st.integers(1, 30), st.integers(0, 2**32), st.floats(0, 1))
def test_values_of_which_some_are_missing(points: int, seed: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    values = rng.normal(3, 2, 8 * points)
    valid = rng.random(8 * points) < share
    found, kept = of_values(values, valid, limit=2.0), values[valid]
    assert (found.draws, found.valid) == (values.size, kept.size)
    assert found.above == np.count_nonzero(kept > 2.0)
    if kept.size == 0:
        assert found.percentiles == ()
        return
    assert found.mean == pytest.approx(kept.mean(), rel=1e-12, abs=1e-13)
    assert found.expected == pytest.approx(kept.mean(), rel=1e-12, abs=1e-13)
    assert found.sd == pytest.approx(kept.std(ddof=1) if kept.size > 1 else 0.0, rel=1e-9, abs=1e-14)
    assert found.percentiles == pytest.approx(np.quantile(kept, PERCENTILES).tolist(), rel=1e-12, abs=1e-13)


def test_an_error_needs_every_replicate() -> None:
    valid = np.arange(80) >= 10  # none in the first replicate
    assert of_values(np.ones(80), valid).mc_error == math.inf


def test_a_constant() -> None:
    found = of_constant(-3.0, 800)
    assert (found.mean, found.expected, found.sd, found.mc_error) == (-3.0, -3.0, 0.0, 0.0)
    assert found.percentiles == (-3.0,) * 5
    assert (found.above, found.loss) == (0, 2_400.0)
    assert of_constant(3.0, 800).above == 800
    assert of_constant(0.0, 800).above == 0, "zero is not above zero"


# --- ratios and chunks ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sort", [True, False])
@pytest.mark.parametrize(("numerator", "shift", "least"), [(5.0, 0.0, 0.5), (2e6, -1.0, 1e-9), (1.0, 3.0, 2.0)])
def test_a_quotient_is_that_of_each_draw(numerator: float, shift: float, least: float, sort: bool) -> None:
    draws = np.random.default_rng(3).normal(1.5, 1.0, 8 * 250)
    found = Series(draws.copy(), sort).quotient_summary(numerator, shift, least)
    below = draws + shift
    direct = numerator / below[below > least]
    assert (found.draws, found.valid) == (draws.size, direct.size)
    assert 0 < direct.size < draws.size
    assert found.mean == pytest.approx(direct.mean(), rel=1e-12)
    assert found.sd == pytest.approx(direct.std(ddof=1), rel=1e-10)
    # The mean of a ratio is the ratio of the mean present values (METHOD §7), over all draws.
    assert found.expected == pytest.approx(numerator / below.mean(), rel=1e-12)
    by_replicate = numerator / below.reshape(8, -1).mean(axis=1)
    assert found.mc_error == pytest.approx(by_replicate.std(ddof=1) / math.sqrt(8), rel=1e-10)
    assert found.percentiles == (pytest.approx(np.quantile(direct, PERCENTILES).tolist(), rel=1e-12) if sort else ())


def test_no_draw_has_a_quotient() -> None:
    found = Series(-np.ones(80)).quotient_summary(1.0, 0.0, 0.0)
    assert (found.valid, found.percentiles) == (0, ())


@given(st.lists(st.integers(1, 20), min_size=2, max_size=5), st.integers(0, 2**32))
def test_merged_chunks_are_the_whole(points: list[int], seed: int) -> None:
    rng = np.random.default_rng(seed)
    chunks = [rng.normal(1, 5, (8, n)) for n in points]
    merged = Series(chunks[0].ravel().copy()).summary(limit=0.0)
    for chunk in chunks[1:]:
        merged = merged.merged(Series(chunk.ravel().copy(), percentiles=False).summary(limit=0.0))
    every = np.concatenate(chunks, axis=1)
    assert merged.draws == merged.valid == every.size
    assert merged.mean == pytest.approx(every.mean(), rel=1e-10, abs=1e-12)
    assert merged.sd == pytest.approx(every.std(ddof=1), rel=1e-10)
    assert merged.mc_error == pytest.approx(every.mean(axis=1).std(ddof=1) / math.sqrt(8), rel=1e-9)
    assert merged.above == np.count_nonzero(every > 0)
    assert merged.loss == pytest.approx(np.maximum(-every, 0).sum(), rel=1e-10, abs=1e-12)
    assert merged.percentiles == pytest.approx(np.quantile(chunks[0], PERCENTILES).tolist(), rel=1e-12)


def test_a_chunk_without_values_adds_its_draws_alone() -> None:
    none = of_values(np.zeros(80), np.zeros(80, dtype=bool))
    some = of_values(np.arange(80.0))
    assert none.merged(none).draws == 160
    assert some.merged(none).draws == 160
    assert (some.merged(none).mean, some.merged(none).m2) == (some.mean, some.m2)
