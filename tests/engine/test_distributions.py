"""Each distribution of METHOD §8 at asymmetric parameters: closed forms, 40-digit quantiles, scipy.stats, and draws."""

import math

import numpy as np
import pytest
import scipy.stats as st
from hypothesis import given
from hypothesis import strategies as some
from scipy import special
from scipy.integrate import quad

from socio_calc.engine import distributions as d
from socio_calc.engine.sampling import SamplePlan

# Distribution, and the same in scipy.stats with its shapes worked out here by METHOD §8.
REFERENCES = {
    "normal": (d.normal(-3.0, 0.7), st.norm(-3.0, 0.7)),
    "truncated normal, cut far out": (d.truncated_normal(100.0, 25.0), st.truncnorm(-4.0, np.inf, 100.0, 25.0)),
    "truncated normal, cut close": (d.truncated_normal(100.0, 80.0), st.truncnorm(-1.25, np.inf, 100.0, 80.0)),
    "half normal": (d.truncated_normal(0.0, 2.0), st.halfnorm(0.0, 2.0)),
    "lognormal": (d.lognormal(-0.4, 0.9), st.lognorm(0.9, scale=math.exp(-0.4))),
    "uniform": (d.uniform(-2.0, 7.0), st.uniform(-2.0, 9.0)),
    "triangular": (d.triangular(1.0, 2.0, 10.0), st.triang(1.0 / 9.0, 1.0, 9.0)),
    "triangular, mode at the low end": (d.triangular(0.0, 0.0, 4.0), st.triang(0.0, 0.0, 4.0)),
    "pert, skewed to the right": (d.pert(0.0, 1.0, 10.0), st.beta(1.4, 4.6, 0.0, 10.0)),
    "pert, skewed to the left": (d.pert(-5.0, 10.0, 15.0), st.beta(4.0, 2.0, -5.0, 20.0)),
    "pert, mode at the high end": (d.pert(2.0, 3.0, 3.0), st.beta(5.0, 1.0, 2.0, 1.0)),
    "beta of 0 events in 50": (d.beta(0.5, 50.5), st.beta(0.5, 50.5)),
    "beta of 30 events in 32": (d.beta(30.5, 2.5), st.beta(30.5, 2.5)),
    "gamma with sd 50 %": (d.gamma(4.0, 250.0), st.gamma(4.0, scale=250.0)),
    "gamma with a singular end": (d.gamma(0.3, 2.0), st.gamma(0.3, scale=2.0)),
}
every_reference = pytest.mark.parametrize(("ours", "reference"), REFERENCES.values(), ids=REFERENCES.keys())

BODY = np.linspace(0.001, 0.999, 333)
TAILS = np.array([1e-12, 1e-9, 1e-6, 1e-4, 1.0 - 1e-4, 1.0 - 1e-6, 1.0 - 2.0**-30])


@every_reference
def test_mean_sd_and_support_are_those_of_the_reference(ours, reference):
    assert ours.mean() == pytest.approx(reference.mean(), rel=1e-12)
    assert ours.sd() == pytest.approx(reference.std(), rel=1e-9)
    assert ours.support() == pytest.approx(reference.support())


@every_reference
def test_quantiles_are_those_of_the_reference(ours, reference):
    np.testing.assert_allclose(ours.quantile(BODY), reference.ppf(BODY), rtol=1e-11, atol=1e-12 * ours.sd())
    np.testing.assert_allclose(ours.quantile(TAILS), reference.ppf(TAILS), rtol=2e-7, atol=1e-12 * ours.sd())


@every_reference
def test_distribution_function_takes_quantiles_back(ours, reference):
    np.testing.assert_allclose(reference.cdf(ours.quantile(BODY)), BODY, rtol=1e-10)


@every_reference
@pytest.mark.parametrize("sampler", ["sobol", "random"])
def test_draws_have_the_closed_form_mean_sd_and_quantiles(ours, reference, sampler):
    plan = SamplePlan(sampler, columns=1, draws=65_536, seed=20_260_101)
    x = np.concatenate([ours.quantile(plan.uniforms(block)[0]) for block in plan.blocks()])
    n = x.size
    # Random draws: five standard errors of each statistic. Sobol: a hundredth of those, but for the sd, which hangs on
    # the few points in the tail.
    shrink = 1.0 if sampler == "random" else 0.01
    kurtosis = float(reference.stats(moments="k")) + 3.0
    assert abs(x.mean() - ours.mean()) < shrink * 5.0 * ours.sd() / math.sqrt(n)
    assert abs(x.std() / ours.sd() - 1.0) < 5.0 * math.sqrt((kurtosis - 1.0) / 4.0 / n) * max(shrink, 0.1)
    for p in (0.05, 0.5, 0.95):
        below = np.mean(x < float(ours.quantile(p)))
        assert abs(below - p) < max(shrink * 5.0 * math.sqrt(p * (1.0 - p) / n), 8.5 / n)


# Quantiles at 1e-9, 0.001, 0.3, 1 − 2⁻¹⁰ and 1 − 2⁻⁴⁰ (these two are exact binary numbers), found by bisection of the
# distribution function with mpmath at 40 digits.
PROBABILITIES = np.array([1e-9, 0.001, 0.3, 1.0 - 2.0**-10, 1.0 - 2.0**-40])
FORTY_DIGITS = [
    (
        d.beta(0.5, 50.5),
        [
            1.5629620776621584e-20,
            1.5629628838033532e-8,
            0.0014762220822880739,
            0.10252299603136856,
            0.39809260296840545,
        ],
    ),
    (
        d.pert(0.0, 1.0, 10.0),
        [9.0826482397367117e-7, 0.017582165479350335, 1.2466149915013118, 8.1047345534085227, 9.9796721801186066],
    ),
    (
        d.beta(30.5, 2.5),
        [0.44371673802809745, 0.7199818665452398, 0.90749114653459268, 0.99667409605582735, 0.99999921041164878],
    ),
    (
        d.gamma(0.3, 1.0),
        [
            6.9726990964093615e-31,
            6.9726990967833502e-11,
            0.012726657769948704,
            4.6399354733881128,
            24.367528069422844,
        ],
    ),
    (
        d.gamma(2.5, 1.0),
        [0.00040614478283282704, 0.10510630131460958, 1.4999540663799531, 10.284844286676333, 32.718605696040558],
    ),
    (
        d.gamma(25.0, 1.0),
        [5.4795975466245894, 12.336952635938631, 22.156653488661999, 43.380830174140037, 77.802248116883976],
    ),
    (
        d.normal(0.0, 1.0),
        [-5.9978070150076869, -3.0902323061678135, -0.52440051270804078, 3.0972690781987845, 7.0477002566644087],
    ),
    (
        d.truncated_normal(100.0, 60.0),
        [5.7432872619031638e-7, 0.5698041130309229, 74.17614831586823, 286.70533131223131, 523.27079605689669],
    ),
]


@pytest.mark.parametrize(("ours", "exact"), FORTY_DIGITS, ids=[str(case[0]) for case in FORTY_DIGITS])
def test_quantiles_agree_with_forty_digit_arithmetic(ours, exact):
    # Where a value is the difference of two large numbers (the truncated normal close to 0), to the sd.
    np.testing.assert_allclose(ours.quantile(PROBABILITIES), exact, rtol=3e-14, atol=1e-15 * ours.sd())


def test_pert_has_the_mean_and_variance_of_its_beta():
    # (low + 4·mode + high)/6, and with α + β = 6 the variance (mean − low)(high − mean)/7.
    ours = d.pert(0.0, 1.0, 10.0)
    assert ours.mean() == pytest.approx(7.0 / 3.0, rel=1e-15)
    assert ours.sd() ** 2 == pytest.approx((7.0 / 3.0) * (23.0 / 3.0) / 7.0, rel=1e-14)


def test_triangular_median_is_its_closed_form():
    # Mode in the lower half: high − sqrt((high − low)(high − mode)/2).
    assert float(d.triangular(1.0, 2.0, 10.0).quantile(0.5)) == pytest.approx(10.0 - math.sqrt(36.0), rel=1e-15)


def test_gamma_of_shape_one_is_the_exponential():
    np.testing.assert_allclose(d.gamma(1.0, 3.0).quantile(BODY), -3.0 * np.log1p(-BODY), rtol=1e-13)


def test_truncated_normal_moments_are_the_integrals_of_its_density():
    ours = d.truncated_normal(30.0, 40.0)
    mass = special.ndtr(30.0 / 40.0)

    def moment(k):
        return quad(
            lambda x: x**k * st.norm.pdf(x, 30.0, 40.0) / mass, 0.0, 30.0 + 40.0 * 12.0, epsabs=0, epsrel=1e-12
        )[0]

    assert ours.mean() == pytest.approx(moment(1), rel=1e-10)
    assert ours.sd() == pytest.approx(math.sqrt(moment(2) - moment(1) ** 2), rel=1e-9)


def test_truncated_normal_far_from_zero_is_the_normal():
    ours, plain = d.truncated_normal(1_000.0, 10.0), d.normal(1_000.0, 10.0)
    assert (ours.mean(), ours.sd()) == (plain.mean(), plain.sd())
    np.testing.assert_allclose(ours.quantile(BODY), plain.quantile(BODY), rtol=1e-15)


def test_discrete_takes_its_values_with_their_weights_whatever_their_order():
    ours = d.discrete([20.0, 5.0, 10.0, 99.0], [1.0, 2.0, 5.0, 0.0])
    assert ours == d.discrete([5.0, 10.0, 20.0], [0.25, 0.625, 0.125])
    assert ours.mean() == pytest.approx(5.0 * 0.25 + 10.0 * 0.625 + 20.0 * 0.125)
    assert ours.sd() == pytest.approx(math.sqrt(25.0 * 0.25 + 100.0 * 0.625 + 400.0 * 0.125 - 10.0**2))
    assert ours.support() == (5.0, 20.0)
    assert ours.quantile([0.01, 0.25, 0.251, 0.875, 0.876, 1.0 - 2.0**-53]).tolist() == [
        5.0,
        5.0,
        10.0,
        10.0,
        20.0,
        20.0,
    ]


def test_discrete_reaches_its_highest_value_when_rounded_shares_fall_short_of_one():
    ours = d.discrete([float(k) for k in range(10)], [0.1] * 10)
    assert float(ours.quantile(1.0 - 2.0**-53)) == 9.0


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: d.normal(1.0, 0.0), "sd must be greater than 0"),
        (lambda: d.normal(math.nan, 1.0), "mean must be a finite number"),
        (lambda: d.truncated_normal(-1.0, 1.0), "must not be negative"),
        (lambda: d.lognormal(0.0, -0.1), "sigma must be greater than 0"),
        (lambda: d.uniform(2.0, 2.0), "low must be below high"),
        (lambda: d.uniform(-1.7e308, 1.7e308), "too wide"),
        (lambda: d.triangular(0.0, 5.0, 4.0), "mode must lie between"),
        (lambda: d.pert(1.0, 0.0, 4.0), "mode must lie between"),
        (lambda: d.pert(3.0, 3.0, 3.0), "low must be below high"),
        (lambda: d.beta(0.0, 1.0), "alpha must be greater than 0"),
        (lambda: d.gamma(1.0, math.inf), "scale must be a finite number"),
        (lambda: d.discrete([1.0], [0.5, 0.5]), "one weight for each value"),
        (lambda: d.discrete([], []), "one weight for each value"),
        (lambda: d.discrete([1.0, 2.0], [-1.0, 2.0]), "must not be negative"),
        (lambda: d.discrete([1.0, 2.0], [0.0, 0.0]), "must not all be 0"),
        (lambda: d.discrete([1.0, math.nan], [1.0, 1.0]), "finite"),
        (lambda: d.from_moments("gamma", -2.0, 1.0), "a gamma has a positive mean"),
        (lambda: d.from_moments("lognormal", 0.0, 1.0), "a lognormal has a positive mean"),
        (lambda: d.from_moments("beta", 1.2, 0.1), "a beta has a mean between 0 and 1"),
        (lambda: d.from_moments("beta", 0.9, 0.3), "below sqrt"),
        (lambda: d.from_moments("normal", 0.0, 0.0), "sd must be greater than 0"),
        (lambda: d.from_moments("weibull", 1.0, 1.0), "no method of moments for 'weibull'"),
    ],
)
def test_impossible_parameters_are_refused_with_the_reason(make, reason):
    with pytest.raises(ValueError, match=reason):
        make()


@pytest.mark.parametrize("u", [0.0, 1.0, -0.1, math.nan])
def test_quantiles_outside_the_open_interval_are_refused(u):
    with pytest.raises(ValueError, match="strictly between 0 and 1"):
        d.normal(0.0, 1.0).quantile([0.5, u])


# --- properties -------------------------------------------------------------------------------------------------------

locations = some.floats(-1e6, 1e6)
scales = some.floats(1e-3, 1e6)
shapes = some.floats(0.05, 500.0)
shares = some.floats(0.0, 1.0)
uniforms = some.lists(some.floats(2.0**-53, 1.0 - 2.0**-53), min_size=2, max_size=20)

anything = some.one_of(
    some.builds(d.normal, locations, scales),
    some.builds(d.truncated_normal, some.floats(0.0, 1e6), scales),
    some.builds(d.lognormal, some.floats(-5.0, 15.0), some.floats(0.01, 3.0)),
    some.builds(lambda low, width: d.uniform(low, low + width), locations, scales),
    some.builds(lambda low, width, at: d.triangular(low, low + at * width, low + width), locations, scales, shares),
    some.builds(lambda low, width, at: d.pert(low, low + at * width, low + width), locations, scales, shares),
    some.builds(d.beta, shapes, shapes),
    some.builds(d.gamma, shapes, scales),
    some.lists(some.tuples(locations, some.floats(0.01, 1.0)), min_size=1, max_size=6).map(
        lambda pairs: d.discrete([v for v, _ in pairs], [w for _, w in pairs])
    ),
)


@given(anything, uniforms)
def test_quantiles_are_finite_monotone_and_within_the_support(ours, u):
    x = ours.quantile(np.sort(u))
    low, high = ours.support()
    assert np.all(np.isfinite(x))
    assert np.all((x >= low) & (x <= high))
    assert np.all(np.diff(x) >= -1e-13 * np.abs(x[1:]))


@given(some.floats(-1e3, 1e3), some.floats(0.5, 50.0), shares, uniforms)
def test_pert_and_triangular_move_and_stretch_with_their_range(low, width, at, u):
    for make in (d.pert, d.triangular):
        unit, ours = make(0.0, at, 1.0), make(low, low + at * width, low + width)
        np.testing.assert_allclose(ours.quantile(u), low + width * unit.quantile(u), atol=1e-9 * (abs(low) + width))


@given(shapes, scales, uniforms)
def test_gamma_stretches_with_its_scale(shape, scale, u):
    np.testing.assert_allclose(d.gamma(shape, scale).quantile(u), scale * d.gamma(shape, 1.0).quantile(u), rtol=1e-14)


@given(shapes, shapes, uniforms)
def test_beta_mirrors_when_its_shapes_change_places(alpha, beta, u):
    u = np.array(u)
    mirrored = d.beta(beta, alpha).quantile_from_tails(1.0 - u, u)
    np.testing.assert_allclose(d.beta(alpha, beta).quantile(u), 1.0 - mirrored, atol=1e-12)


@given(locations, scales, uniforms)
def test_lognormal_is_the_exponential_of_the_normal(mu, sigma, u):
    mu, sigma = mu / 1e5, min(sigma, 3.0)
    np.testing.assert_allclose(np.log(d.lognormal(mu, sigma).quantile(u)), d.normal(mu, sigma).quantile(u), atol=1e-12)


@given(some.sampled_from(["normal", "gamma", "lognormal"]), some.floats(0.01, 1e7), some.floats(0.01, 3.0))
def test_method_of_moments_gives_back_its_moments(dist, mean, variation):
    ours = d.from_moments(dist, mean, variation * mean)
    assert ours.mean() == pytest.approx(mean, rel=1e-10)
    assert ours.sd() == pytest.approx(variation * mean, rel=1e-10)


@given(some.floats(0.001, 0.999), some.floats(0.01, 0.98))
def test_method_of_moments_gives_back_the_moments_of_a_beta(mean, share_of_limit):
    sd = share_of_limit * math.sqrt(mean * (1.0 - mean))
    ours = d.from_moments("beta", mean, sd)
    assert ours.mean() == pytest.approx(mean, rel=1e-10)
    assert ours.sd() == pytest.approx(sd, rel=1e-9)
