"""The value of information on plain arrays: closed forms, an independent estimator, and properties."""

from math import erf, exp, pi, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtri
from scipy.stats import beta, betabinom, gamma, nbinom

from socio_calc.analysis.conditional_mean import conditional_mean
from socio_calc.analysis.information_evppi import Estimate, evpi, evppi, value_of
from socio_calc.analysis.information_evsi import Levels, evsi, results
from socio_calc.engine.sampling import SAMPLERS, SamplePlan

DRAWS = 16_384


def uniforms(columns: int, sampler: str = "sobol", seed: int = 1, draws: int = DRAWS) -> np.ndarray:
    plan = SamplePlan(sampler, columns, draws, seed)
    return np.hstack([plan.uniforms(block) for block in plan.blocks()])


def unit_loss(spread: float) -> float:
    """L(s) = s·φ(1/s) − Φ(−1/s): what a decision with mean 1 and sd s loses by not knowing."""
    at = 1 / spread
    return spread * exp(-at * at / 2) / sqrt(2 * pi) - (1 - erf(at / sqrt(2))) / 2


def close(found: Estimate, expected: float, share: float = 0.0) -> None:
    """Within three standard errors, or a share of the value where the error is smaller than rounding by regression."""
    assert found.value == pytest.approx(expected, abs=3 * found.se + share * abs(expected))
    assert found.se <= 0.01 * abs(expected)


# -- Gaussian closed forms: VALIDATION C11, the voi package's vignette -------------------------------------------------


def test_the_published_values_are_those_of_the_formula():
    assert unit_loss(sqrt(5)) == pytest.approx(0.4798107, abs=5e-8)
    assert unit_loss(1) == pytest.approx(0.0833155, abs=5e-8)
    assert unit_loss(2) == pytest.approx(0.3955931, abs=5e-8)
    assert unit_loss(sqrt(1 / 2)) == pytest.approx(0.0251273, abs=5e-8)
    assert unit_loss(sqrt(10 / 11)) == pytest.approx(0.0723251, abs=5e-8)
    assert unit_loss(sqrt(100 / 101)) == pytest.approx(0.0821176, abs=5e-8)


@pytest.fixture(scope="module")
def gaussian():
    z = ndtri(uniforms(4))
    first, second = 1 + z[0], 2 * z[1]
    return first, second, first - second, z


def test_perfect_information(gaussian):
    _, _, net, _ = gaussian
    close(evpi(net), 0.4798107)


def test_partial_perfect_information(gaussian):
    first, second, net, z = gaussian
    close(evppi(net, first[None]), 0.0833155)
    close(evppi(net, second[None]), 0.3955931)
    assert evppi(net, z[3:4]) == Estimate(0.0, 0.0)


@pytest.mark.parametrize(("n", "expected"), [(1, 0.0251273), (10, 0.0723251), (100, 0.0821176)])
def test_sample_information(gaussian, n, expected):
    first, _, net, z = gaussian
    close(evsi(net, first[None], (first + z[2] / sqrt(n))[None]), expected)


def test_the_joint_value_of_all_is_that_of_perfect_information(gaussian):
    first, second, net, _ = gaussian
    both = evppi(net, np.stack([first, second]))
    assert both.value == pytest.approx(evpi(net).value, rel=1e-9)


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_every_sampler_gives_the_value_and_says_how_well(sampler):
    found = []
    for seed in range(6):
        z = ndtri(uniforms(2, sampler, seed))
        found.append(evpi(-50_000 + 200_000 * z[0] + 0 * z[1]))
    expected = 200_000 * exp(-1 / 32) / sqrt(2 * pi) - 50_000 * (1 - (1 + erf(0.25 / sqrt(2))) / 2)
    assert expected == pytest.approx(57_269, abs=0.5)
    values = np.array([one.value for one in found])
    errors = np.array([one.se for one in found])
    assert values.mean() == pytest.approx(expected, abs=4 * sqrt((errors**2).mean() / 6))
    # The stated errors are of the size of the spread between seeds.
    assert 0.3 < values.std(ddof=1) / sqrt((errors**2).mean()) < 3


# -- other closed forms ------------------------------------------------------------------------------------------------


def test_a_product_of_quantities_against_quadrature():
    z = ndtri(uniforms(3))
    price, effect = 10 * np.exp(0.3 * z[0]), 1 + 0.5 * z[1]
    net = price * effect - 11 + 2 * z[2]
    grid = ndtri((np.arange(200_000) + 0.5) / 200_000)
    mean_price = 10 * exp(0.045)
    by_price = 10 * np.exp(0.3 * grid) - 11
    by_effect = mean_price * (1 + 0.5 * grid) - 11
    for known, expected in ((price, by_price), (effect, by_effect)):
        exact = np.maximum(expected, 0).mean() - max(expected.mean(), 0)
        close(evppi(net, known[None]), exact, share=0.003)


@pytest.mark.parametrize("size", [5, 20, 100, 1_000])
def test_a_share_is_followed_as_beta_and_binomial_say(size):
    u = uniforms(4)
    a, b = 4.0, 36.0
    level = beta.ppf(u[0], a, b)
    net = 1_000 * (0.1 - level) + 20 * ndtri(u[3])
    levels = Levels("o", "probability", 0, np.full(DRAWS, 0.3), level)
    events = np.arange(size + 1)
    posterior = 1_000 * (0.1 - (a + events) / (a + b + size))
    weights = betabinom.pmf(events, size, a, b)
    exact = (weights * np.maximum(posterior, 0)).sum() - max((weights * posterior).sum(), 0)
    close(evsi(net, levels.both, results(levels, size, u[1:3])), exact, share=0.01)


@pytest.mark.parametrize("size", [20, 500])
def test_a_rate_is_followed_as_gamma_and_poisson_say(size):
    u = uniforms(3)
    shape, scale = 6.0, 0.02
    level = gamma.ppf(u[0], shape, scale=scale)
    net = 10_000 * (level - 0.11)
    levels = Levels("o", "rate", 0, level, np.full(DRAWS, 0.2))
    events = np.arange(int(size * 1.2) + 60)
    posterior = 10_000 * ((shape + events) / (1 / scale + size) - 0.11)
    weights = nbinom.pmf(events, shape, 1 / (1 + size * scale))
    assert weights.sum() == pytest.approx(1, abs=1e-9)
    exact = (weights * np.maximum(posterior, 0)).sum() - max((weights * posterior).sum(), 0)
    close(evsi(net, levels.both, results(levels, size, u[1:3])), exact, share=0.01)


def test_results_have_the_moments_of_their_distributions():
    u = uniforms(2)
    for level, truth, size, mean, variance in (
        ("probability", 0.3, 40, 0.3, 0.3 * 0.7 / 40),
        ("event", 0.5, 4_000, 0.5, 0.25 / 4_000),
        ("rate", 1.7, 25, 1.7, 1.7 / 25),
        ("amount", -3.0, 16, -3.0, 4.0 / 16),
    ):
        same = np.full(DRAWS, truth)
        found = results(Levels("o", level, 0, same, same, 2.0), size, u)
        assert found.mean(axis=1) == pytest.approx(mean, rel=2e-3)
        assert found.var(axis=1) == pytest.approx(variance, rel=2e-2)


def test_certain_levels_give_certain_results():
    u = uniforms(2, draws=64)
    for level, truth in (("probability", 0.0), ("probability", 1.0), ("rate", 0.0)):
        same = np.full(64, truth)
        assert np.all(results(Levels("o", level, 0, same, same), 50, u) == truth)
    with pytest.raises(ValueError, match="standard deviation"):
        results(Levels("o", "amount", 0, same, same), 50, u)


# -- properties --------------------------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(
    shift=st.floats(-3, 3),
    slopes=st.lists(st.floats(-2, 2), min_size=3, max_size=3),
    bend=st.floats(-1, 1),
    seed=st.integers(0, 1_000),
)
def test_partial_information_is_between_nothing_and_everything_and_grows_with_what_is_known(shift, slopes, bend, seed):
    z = ndtri(uniforms(3, seed=seed, draws=4_096))
    net = shift + np.array(slopes) @ z + bend * z[0] * z[1]
    everything = evpi(net)
    one, two, three = (evppi(net, z[:known]) for known in (1, 2, 3))
    for found in (one, two, three):
        assert 0.0 <= found.value <= everything.value
    for fewer, more in ((one, two), (two, three)):
        assert more.value >= fewer.value - 3 * (more.se + fewer.se) - 1e-9
    assert three.value == pytest.approx(everything.value, abs=3 * (three.se + everything.se) + 1e-9)


@settings(max_examples=20, deadline=None)
@given(st.floats(-1, 1), st.integers(0, 1_000))
def test_more_participants_are_never_worth_less(shift, seed):
    z = ndtri(uniforms(3, seed=seed, draws=4_096))
    net = shift + z[0] + 0.5 * z[1]
    known = conditional_mean(net, z[:1])
    most = value_of(known, evpi(net))
    found = [evsi(net, known, (z[0] + z[2] / sqrt(n))[None]) for n in (1, 4, 16, 64, 10_000)]
    for fewer, more in zip(found, [*found[1:], most], strict=True):
        assert more.value >= fewer.value - 3 * (more.se + fewer.se) - 1e-9
    assert all(one.value <= most.value for one in found)


def test_scale_and_sign():
    z = ndtri(uniforms(2))
    net = 0.3 + z[0] + z[1]
    plain, scaled, turned = (evppi(y, z[:1]) for y in (net, 1e6 * net, -net))
    assert scaled.value == pytest.approx(1e6 * plain.value, rel=1e-9)
    # Saying no to what is lost is the same decision.
    assert turned.value == pytest.approx(plain.value, rel=1e-9)
    assert plain.scaled(4.0) == Estimate(4 * plain.value, 4 * plain.se)


def test_a_decision_that_no_draw_changes_has_nothing_to_learn():
    z = uniforms(2, draws=1_024)
    assert evpi(1 + z[0]) == Estimate(0.0, 0.0)
    assert evppi(1 + z[0], z[:1]).value == 0.0
    assert evppi(np.full(1_024, -5.0), z).value == 0.0


def test_a_discrete_quantity_is_known_exactly():
    u = uniforms(2)
    kind = np.floor(3 * u[0])
    net = np.array([-4.0, 1.0, 2.0])[kind.astype(int)] + ndtri(u[1])
    fit = conditional_mean(net, kind[None])
    assert fit.functions == 3
    close(evppi(net, kind[None]), 1.0, share=0.01)


def test_two_names_of_one_draw_are_worth_as_much_as_one():
    z = ndtri(uniforms(2))
    net = 0.2 + z[0] + z[1]
    one, both = evppi(net, z[:1]), evppi(net, np.stack([z[0], np.exp(z[0])]))
    assert both.value == pytest.approx(one.value, abs=3 * (one.se + both.se))


def test_draws_that_are_no_replicates_are_refused():
    with pytest.raises(ValueError, match="replicates"):
        conditional_mean(np.zeros(9), np.zeros((1, 9)))
