"""Quantile tables keep their promises (mean, sd, quantiles, order, bounds), or say that they cannot."""

import dataclasses
import math
import tracemalloc

import numpy as np
import pytest
import scipy.stats as st
from hypothesis import example, given
from hypothesis import strategies as some

from socio_calc.engine import distributions as d
from socio_calc.engine import tables
from socio_calc.engine.tables import (
    ExactQuantiles,
    QuantileTable,
    Scratch,
    TableError,
    quantile_source,
    quantile_table,
)

TABULATED = {
    "normal": d.normal(-3.0, 0.7),
    "truncated normal": d.truncated_normal(100.0, 80.0),
    "lognormal, narrow": d.lognormal(-0.4, 0.1),
    "lognormal, heavy tail": d.lognormal(1.0, 1.9),
    "triangular": d.triangular(1.0, 2.0, 10.0),
    "pert": d.pert(800.0, 1_000.0, 2_400.0),
    "pert, mode at the low end": d.pert(0.0, 0.0, 3.0),
    "beta of 0 events in 50": d.beta(0.5, 50.5),
    "beta of 50 events in 50": d.beta(50.5, 0.5),
    "beta with both ends singular": d.beta(0.2, 0.4),
    "beta, large study": d.beta(1_200.5, 8_800.5),
    "gamma with sd 20 %": d.gamma(25.0, 40.0),
    "gamma with a singular end": d.gamma(0.05, 2.0),
    # Quantiles far below the smallest floating-point number at one end.
    "gamma of hardly any events": d.gamma(0.02, 1.0),
    "beta of hardly any events": d.beta(0.03, 2.0),
    "beta of hardly anything else": d.beta(2.0, 0.03),
}
every_table = pytest.mark.parametrize("distribution", TABULATED.values(), ids=TABULATED.keys())


@every_table
def test_mean_and_sd_of_the_table_are_exact_to_a_millionth(distribution):
    # Midpoints of 2^18 strata; what they miss of the tails they miss in exact quantiles too, so the two are compared.
    u = (np.arange(2**18) + 0.5) / 2**18
    tabulated, exact = quantile_table(distribution).lookup(u), distribution.quantile(u)
    assert abs(tabulated.mean() - exact.mean()) < 1e-6 * max(abs(exact.mean()), exact.std())
    assert tabulated.std() == pytest.approx(exact.std(), rel=1e-6)
    # And against the closed forms, as near as 2^18 midpoints come.
    assert abs(tabulated.mean() - distribution.mean()) < 5e-4 * max(abs(distribution.mean()), distribution.sd())


@every_table
def test_quantiles_are_exact_to_a_ten_thousandth_of_the_sd_or_of_themselves(distribution):
    u = np.concatenate([np.random.default_rng(1).random(20_000), 10.0 ** -np.arange(1.0, 12.0)])
    u = np.concatenate([u, 1.0 - u])
    u = u[(u > 0.0) & (u < 1.0)]
    exact = distribution.quantile(u)
    error = np.abs(quantile_table(distribution).lookup(u) - exact)
    assert np.max(error / np.maximum(np.abs(exact), distribution.sd())) < 1e-4


def test_quantiles_are_those_of_an_independent_library():
    u = np.array([0.0004, 0.05, 0.37, 0.5, 0.95, 0.99995])
    ours = quantile_table(d.pert(800.0, 1_000.0, 2_400.0)).lookup(u)
    np.testing.assert_allclose(ours, st.beta(1.5, 4.5, 800.0, 1_600.0).ppf(u), rtol=1e-5)


@every_table
def test_table_is_monotone_and_within_the_support(distribution):
    u = np.unique(np.concatenate([np.linspace(0.0, 1.0, 300_001)[1:-1], np.exp2(-np.linspace(1.0, 60.0, 20_000))]))
    u = np.concatenate([u, 1.0 - np.exp2(-np.linspace(53.0, 2.0, 20_000))])
    u.sort()
    x = quantile_table(distribution).lookup(u)
    low, high = distribution.support()
    assert np.all((x >= low) & (x <= high))
    assert np.all(np.diff(x) >= -1e-14 * (np.abs(x[1:]) + distribution.sd()))
    assert np.ptp(x) > 0.0


@every_table
def test_table_ends_in_constants_for_the_last_draws_of_a_million_million(distribution):
    table = quantile_table(distribution)
    x = table.lookup(np.array([1e-300, 2.0**-53, 2.0**-42, 1.0 - 2.0**-42, 1.0 - 2.0**-53]))
    assert x[0] == x[1] == x[2]
    assert x[3] == x[4]
    np.testing.assert_allclose(x[[0, 3]], distribution.quantile([2.0**-40, 1.0 - 2.0**-40]), rtol=2e-2, atol=1e-9)


def test_lookup_does_not_depend_on_the_block_and_may_overwrite_the_uniforms():
    table = quantile_table(d.gamma(25.0, 40.0))
    u = np.random.default_rng(2).random(8_192)
    whole = table.lookup(u)
    scratch, out = Scratch.of(8_192), np.empty(8_192)
    assert table.lookup(u, out, scratch) is out
    np.testing.assert_array_equal(out, whole)
    pieces = [table.lookup(u[a:b], scratch=scratch) for a, b in ((0, 1), (1, 778), (778, 8_192))]
    np.testing.assert_array_equal(np.concatenate(pieces), whole)
    rows = np.stack([u, u])
    table.lookup(rows[1], rows[1], scratch)
    np.testing.assert_array_equal(rows, [u, whole])


def test_lookup_into_given_arrays_allocates_nothing():
    table, u, out, scratch = quantile_table(d.beta(2.0, 5.0)), np.full(8_192, 0.3), np.empty(8_192), Scratch.of(8_192)
    table.lookup(u, out, scratch)
    tracemalloc.start()
    table.lookup(u, out, scratch)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < u.nbytes / 10


def test_uniform_and_discrete_quantities_are_evaluated_exactly():
    for distribution in (d.uniform(2.0, 9.0), d.discrete([1.0, 4.0], [3.0, 1.0])):
        source = quantile_source(distribution)
        assert isinstance(source, ExactQuantiles)
        u = np.array([0.1, 0.74, 0.76])
        out = np.empty(3)
        assert source.lookup(u, out) is out
        np.testing.assert_array_equal(out, distribution.quantile(u))
        np.testing.assert_array_equal(source.lookup(u), out)


@pytest.mark.parametrize(
    ("distribution", "reason"),
    [
        (d.lognormal(0.0, 3.0), "standard deviation of the table is off"),
        (d.beta(0.02, 0.02), "quantile of the table is off"),
        (d.gamma(1e9, 1.0), "not monotone"),
        (d.discrete([1.0, 4.0], [3.0, 1.0]), "jumps"),
    ],
)
def test_what_a_table_would_misstate_is_refused_and_then_evaluated_exactly(distribution, reason):
    with pytest.raises(TableError, match=reason):
        quantile_table(distribution)
    u = np.array([0.001, 0.5, 0.999])
    np.testing.assert_array_equal(quantile_source(distribution).lookup(u), distribution.quantile(u))


def test_other_continuous_distributions_get_their_table_once():
    distribution = d.pert(1.0, 2.0, 7.5)
    source = quantile_source(distribution)
    assert isinstance(source, QuantileTable)
    assert quantile_source(d.pert(1.0, 2.0, 7.5)) is source


@pytest.mark.parametrize(
    ("mistake", "reason"),
    [
        (lambda x, sd: x + 1e-4 * sd, "mean"),
        (lambda x, sd: x + 0.002 * (x - 0.5), "standard deviation"),
        (lambda x, sd: x + 1e-3 * sd * np.sin(40.0 * (x - 0.5)), "quantile"),
        (lambda x, sd: np.full_like(x, np.nan), "mean"),
        (lambda x, sd: x - 1e-7, "leaves the support"),
        (lambda x, sd: x + 1e-7, "leaves the support"),
    ],
)
def test_a_table_built_from_wrong_nodes_is_caught(monkeypatch, mistake, reason):
    distribution = d.beta(1.5, 1.5)  # symmetric, so that each mistake breaks one promise only
    right = tables._node_quantiles
    monkeypatch.setattr(tables, "_node_quantiles", lambda *a: mistake(right(*a), distribution.sd()))
    with pytest.raises(TableError, match=reason):
        quantile_table(distribution)


def test_table_cannot_be_changed():
    table = quantile_table(d.normal(0.0, 1.0))
    with pytest.raises(ValueError, match="read-only"):
        table.slopes[3] = 0.0
    with pytest.raises(dataclasses.FrozenInstanceError):
        table.slopes = table.slopes * 2.0


shapes = some.floats(0.02, 5_000.0)
continuous = some.one_of(
    some.builds(d.normal, some.floats(-1e6, 1e6), some.floats(1e-3, 1e6)),
    some.builds(d.truncated_normal, some.floats(0.0, 1e6), some.floats(1e-3, 1e6)),
    some.builds(d.lognormal, some.floats(-5.0, 15.0), some.floats(0.01, 3.0)),
    some.builds(lambda at, low, width: d.triangular(low, low + at * width, low + width),
                some.floats(0.0, 1.0), some.floats(-1e4, 1e4), some.floats(1e-2, 1e6)),
    some.builds(lambda at, low, width: d.pert(low, low + at * width, low + width),
                some.floats(0.0, 1.0), some.floats(-1e4, 1e4), some.floats(1e-2, 1e6)),
    some.builds(d.beta, shapes, shapes),
    some.builds(d.gamma, shapes, some.floats(1e-3, 1e6)),
)  # fmt: skip


@given(continuous, some.lists(some.floats(1e-11, 1.0 - 1e-11), min_size=1, max_size=50))
@example(d.beta(0.01, 0.01), [0.499, 0.5, 0.501])
@example(d.gamma(1e9, 1.0), [0.25, 0.75])
def test_no_source_ever_misstates_its_distribution(distribution, u):
    u = np.array(u)
    exact = distribution.quantile(u)
    x = quantile_source(distribution).lookup(u)
    low, high = distribution.support()
    assert np.all((x >= low) & (x <= high))
    error = np.abs(x - exact)
    assert np.max(error / np.maximum(np.abs(exact), distribution.sd())) < 3e-4


@given(shapes, shapes)
def test_tables_of_studies_of_any_size_have_the_exact_mean(alpha, beta):
    distribution = d.beta(alpha, beta)
    source = quantile_source(distribution)
    if isinstance(source, ExactQuantiles):
        return
    # An independent quadrature: 200 Gauss–Legendre points in each of 60 octaves of either tail.
    point, weight = np.polynomial.legendre.leggauss(200)
    edges = np.exp2(-np.arange(1.0, 61.0))
    u = (edges[:-1] + edges[1:])[:, None] / 2.0 + (edges[:-1] - edges[1:])[:, None] / 2.0 * point
    w = ((edges[:-1] - edges[1:])[:, None] / 2.0 * weight).ravel()
    u = u.ravel()
    upper = np.minimum(1.0 - u, 1.0 - 2.0**-53)
    mean = float(w @ (source.lookup(u) + source.lookup(upper)))
    assert math.isclose(mean, distribution.mean(), rel_tol=1e-5, abs_tol=1e-5 * distribution.sd())
