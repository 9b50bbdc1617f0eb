"""The uniforms of METHOD §8: stratified, open, independent between replicates, and the same whatever asks for them."""

import hashlib
import itertools

import numpy as np
import pytest
import scipy.stats as st
from hypothesis import given
from hypothesis import strategies as some

from socio_calc.engine import sobol
from socio_calc.engine.sampling import BLOCK, REPLICATES, SAMPLERS, Block, SamplePlan

every_sampler = pytest.mark.parametrize("sampler", SAMPLERS)


def replicate(plan, number):
    """Return all uniforms of one replicate, (columns, points)."""
    return np.concatenate([plan.uniforms(b) for b in plan.blocks() if b.replicate == number], axis=1)


# --- the Sobol sequence -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [1, 2, 3, 9, 40, 1_111, sobol.MAX_COLUMNS])
def test_unscrambled_points_are_those_of_an_independent_implementation(columns):
    points = 256
    ours = np.empty((columns, points), dtype=np.uint64)
    sobol.fill_points(sobol.direction_numbers(columns, 8), np.zeros(columns, dtype=np.uint64), 0, ours)
    # scipy numbers the same points in Gray-code order.
    number = np.arange(points)
    theirs = st.qmc.Sobol(columns, scramble=False).random(points)
    np.testing.assert_array_equal(ours[:, number ^ (number >> 1)].T * 2.0**-sobol.DIGITS, theirs)


def test_high_direction_numbers_are_those_of_an_independent_implementation():
    # Points far into the sequence use the later direction numbers of a column.
    columns, level, start = 60, 20, 2**19 + 2**18 + 8_192
    ours = np.empty((columns, 4), dtype=np.uint64)
    sobol.fill_points(sobol.direction_numbers(columns, level), np.zeros(columns, dtype=np.uint64), start, ours)
    theirs = st.qmc.Sobol(columns, scramble=False)
    inverse = start  # the Gray-code number g with g ^ (g >> 1) = start
    for shift in (1, 2, 4, 8, 16):
        inverse ^= inverse >> shift
    theirs.fast_forward(inverse)
    np.testing.assert_array_equal(ours[:, 0] * 2.0**-sobol.DIGITS, theirs.random(1)[0])


@pytest.mark.parametrize("columns", [1, 5, 700])
@pytest.mark.parametrize("bits", [0, 1, 4, 11])
def test_each_aligned_power_of_two_of_scrambled_points_fills_every_interval_once(columns, bits):
    u = replicate(SamplePlan("sobol", columns, draws=8 * 2_048, seed=7), number=3)
    for start in range(0, u.shape[1], 2**bits):
        interval = np.sort((u[:, start : start + 2**bits] * 2**bits).astype(int), axis=1)
        assert np.all(interval == np.arange(2**bits))


def test_stratification_holds_across_blocks():
    u = replicate(SamplePlan("sobol", 3, draws=8 * 4 * BLOCK, seed=7), number=5)
    assert u.shape == (3, 4 * BLOCK)
    assert np.all(np.sort((u * 4 * BLOCK).astype(int), axis=1) == np.arange(4 * BLOCK))


def test_first_two_columns_fill_every_elementary_rectangle_once():
    # Columns 1 and 2 are a (0, 2)-sequence, and scrambling keeps that.
    u = replicate(SamplePlan("sobol", 2, draws=8 * 1_024, seed=11), number=0)
    for a in range(11):
        cell = (u[0] * 2**a).astype(int) * 2 ** (10 - a) + (u[1] * 2 ** (10 - a)).astype(int)
        assert np.all(np.bincount(cell, minlength=1_024) == 1)


def test_scrambling_keeps_the_first_digit_in_which_two_points_differ():
    numbers = sobol.direction_numbers(4, 10)
    words = np.random.default_rng(5).integers(0, 2**64, (2, 4, sobol.WORDS_PER_COLUMN), dtype=np.uint64)
    scrambled, shifts = sobol.scramble(numbers, words)
    plain, mixed = np.empty((4, 1_024), dtype=np.uint64), np.empty((4, 1_024), dtype=np.uint64)
    sobol.fill_points(numbers, np.zeros(4, dtype=np.uint64), 0, plain)
    sobol.fill_points(scrambled[1], shifts[1], 0, mixed)

    def leading_digit(x):
        return np.frexp(x.astype(float))[1]

    for other in (1, 2, 5, 511):
        before = leading_digit(plain ^ np.roll(plain, other, axis=1))
        np.testing.assert_array_equal(leading_digit(mixed ^ np.roll(mixed, other, axis=1)), before)
    assert not np.array_equal(mixed, plain ^ mixed[:, :1] ^ plain[:, :1]), "more than a digital shift"


@pytest.mark.parametrize("point", [0, 5])
def test_a_scrambled_point_is_uniform_over_the_seeds(point):
    u = np.array([SamplePlan("sobol", 2, 64, seed).uniforms(Block(2, 0, 8))[:, point] for seed in range(1_000)])
    for column in u.T:
        assert st.kstest(column, "uniform").pvalue > 1e-3
    # Digits far below those of the sequence are random too.
    assert st.kstest(u[:, 0] * 2**30 % 1.0, "uniform").pvalue > 1e-3
    assert abs(np.corrcoef(u.T)[0, 1]) < 0.12


# --- the Latin hypercube and the random sampler -----------------------------------------------------------------------


@pytest.mark.parametrize("draws", [8, 800, 8 * BLOCK, 8 * (BLOCK + 1_000)])
def test_every_lhs_block_is_a_latin_hypercube(draws):
    plan = SamplePlan("lhs", 4, draws, seed=3)
    for block in plan.blocks():
        stratum = np.sort((plan.uniforms(block) * len(block)).astype(int), axis=1)
        assert np.all(stratum == np.arange(len(block)))


def test_lhs_columns_are_shuffled_independently_and_spread_within_their_strata():
    u = SamplePlan("lhs", 6, 8 * BLOCK, seed=3).uniforms(Block(0, 0, BLOCK))
    correlation = np.corrcoef(u)[~np.eye(6, dtype=bool)]
    assert np.max(np.abs(correlation)) < 5.0 / np.sqrt(BLOCK)
    assert st.kstest((u * BLOCK % 1.0).ravel(), "uniform").pvalue > 1e-3


def test_random_draws_are_uniform_and_independent():
    plan = SamplePlan("random", 5, 8 * (BLOCK + 2_000), seed=4)
    u = np.concatenate([replicate(plan, r) for r in range(REPLICATES)], axis=1)
    n = u.shape[1]
    for column in u:
        assert st.kstest(column, "uniform").pvalue > 1e-3
        assert abs(np.corrcoef(column[1:], column[:-1])[0, 1]) < 5.0 / np.sqrt(n)
    assert np.max(np.abs(np.corrcoef(u)[~np.eye(5, dtype=bool)])) < 5.0 / np.sqrt(n)


# --- every sampler ----------------------------------------------------------------------------------------------------


@every_sampler
@pytest.mark.parametrize(("draws", "points"), [(1, 1), (8, 1), (9, 2), (16_384, 2_048), (100_000, 12_500)])
def test_eight_replicates_of_an_eighth_each_in_blocks_that_straddle_none(sampler, draws, points):
    plan = SamplePlan(sampler, 2, draws, seed=1)
    assert (plan.replicates, plan.points) == (8, points)
    covered = [(b.replicate, p) for b in plan.blocks() for p in range(b.start, b.stop)]
    assert covered == list(itertools.product(range(8), range(points)))
    assert all(len(b) <= BLOCK and b.start % BLOCK == 0 for b in plan.blocks())
    assert plan.uniforms(plan.blocks()[-1]).shape == (2, len(plan.blocks()[-1]))


@every_sampler
def test_blocks_are_the_same_in_any_order_and_from_any_worker(sampler):
    draws = 8 * (2 * BLOCK + 77)
    plan = SamplePlan(sampler, 3, draws, seed=9)
    forwards = {block: plan.uniforms(block).copy() for block in plan.blocks()}
    buffer = np.empty((3, BLOCK + 5))
    for block in reversed(plan.blocks()):
        out = buffer[:, 2 : 2 + len(block)]
        assert SamplePlan(sampler, 3, draws, seed=9).uniforms(block, out) is out
        np.testing.assert_array_equal(out, forwards[block])


@every_sampler
def test_a_further_quantity_leaves_the_columns_before_it_as_they_were(sampler):
    few, more = SamplePlan(sampler, 3, 20_000, seed=9), SamplePlan(sampler, 11, 20_000, seed=9)
    for block in few.blocks():
        np.testing.assert_array_equal(few.uniforms(block), more.uniforms(block)[:3])


@pytest.mark.parametrize("sampler", ["sobol", "random"])
def test_more_draws_keep_the_points_that_fewer_draws_had(sampler):
    few, more = SamplePlan(sampler, 3, 8 * 9_000, seed=9), SamplePlan(sampler, 3, 8 * 40_000, seed=9)
    for r in range(REPLICATES):
        np.testing.assert_array_equal(replicate(few, r), replicate(more, r)[:, :9_000])


@pytest.mark.parametrize("sampler", ["sobol", "random"])
def test_a_short_block_starts_like_a_full_one(sampler):
    plan = SamplePlan(sampler, 3, 8 * 3 * BLOCK, seed=9)
    full = plan.uniforms(Block(4, BLOCK, 2 * BLOCK))
    np.testing.assert_array_equal(plan.uniforms(Block(4, BLOCK, BLOCK + 333)), full[:, :333])


@every_sampler
def test_replicates_seeds_and_samplers_have_nothing_in_common(sampler):
    other = [SamplePlan(name, 1, 8 * 4_096, 1) for name in SAMPLERS if name != sampler]
    words = [plan._stream(0, 0).random_raw(4).tolist() for plan in (SamplePlan(sampler, 1, 8, 1), *other)]
    assert len(set(itertools.chain(*words))) == 12
    plans = [SamplePlan(sampler, 1, 8 * 4_096, seed) for seed in (1, 2)]
    u = np.concatenate([[replicate(plan, r)[0] for r in range(REPLICATES)] for plan in plans])
    assert len(np.unique(u)) == u.size
    if sampler != "sobol":  # scramblings of one sequence are independent, but the digits of two points are not
        assert np.max(np.abs(np.corrcoef(u)[~np.eye(16, dtype=bool)])) < 5.0 / np.sqrt(4_096)


@every_sampler
def test_the_spread_of_the_replicate_means_is_the_error_of_the_mean(sampler):
    # Mean of exp(u1)·(u2 + ½): e − 1. Over 60 seeds the squared error of a run must be what its replicates say.
    errors, claimed = [], []
    for seed in range(60):
        plan = SamplePlan(sampler, 2, 8 * 200, seed)
        means = np.array([np.mean(np.exp(u[0]) * (u[1] + 0.5)) for u in (replicate(plan, r) for r in range(8))])
        errors.append(means.mean() - (np.e - 1.0))
        claimed.append(means.var(ddof=1) / 8.0)
    ratio = np.mean(np.square(errors)) / np.mean(claimed)
    assert st.f(60, 420).ppf(1e-4) < ratio < st.f(60, 420).ppf(1.0 - 1e-4)
    assert abs(np.mean(errors)) < 4.0 * np.std(errors) / np.sqrt(60)


def test_sobol_is_far_more_accurate_than_lhs_and_lhs_than_random():
    def spread(sampler):
        plan = SamplePlan(sampler, 5, 8 * 4_096, seed=12)
        means = [np.mean(np.sum(u, axis=0) + u[0] * u[1]) for u in (replicate(plan, r) for r in range(8))]
        return np.std(means)

    assert spread("sobol") < spread("lhs") / 10.0
    assert spread("lhs") < spread("random") / 3.0


@every_sampler
@given(columns=some.integers(0, 6), draws=some.integers(1, 3_000) | some.just(2_048), seed=some.integers(0, 2**128))
def test_uniforms_lie_strictly_between_zero_and_one_whatever_is_asked(sampler, columns, draws, seed):
    plan = SamplePlan(sampler, columns, draws, seed)
    for block in plan.blocks()[:2]:
        u = plan.uniforms(block)
        assert u.shape == (columns, len(block))
        assert np.all((u > 0.0) & (u < 1.0))
        if sampler != "lhs":
            # The middle of a cell of width 2⁻⁵²: never 0 or 1, and the probability above as exact as the one below.
            assert np.all(u * 2.0**53 % 2.0 == 1.0)
            np.testing.assert_array_equal(1.0 - (1.0 - u), u)
        elif block.stop & (block.stop - 1) == 0:
            assert np.all(u * block.stop * 2.0**40 % 2.0 == 1.0)  # likewise, with 39 digits within the stratum


@pytest.mark.parametrize(
    ("sampler", "golden"),
    [
        ("sobol", "980679e228aebd99f02fa8de17e519fa59ddd7e4b961755295e06ee27c88fd2e"),
        ("random", "dd40f912ba061169231ec76696dac13a8c8476c7267a2dd137db4ec72d1cf4c1"),
        ("lhs", "d21f22ce98a3d8565520d00dea6d31daf1df166b930d14a178e4adf30e9be7ac"),
    ],
)
def test_the_first_uniforms_are_the_same_on_every_machine_and_release(sampler, golden):
    plan = SamplePlan(sampler, 5, 8 * (BLOCK + 100), seed=20_260_101)
    digest = hashlib.sha256()
    for block in (Block(0, 0, BLOCK), Block(7, BLOCK, BLOCK + 100)):
        digest.update(plan.uniforms(block).astype("<f8").tobytes())
    assert digest.hexdigest() == golden


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("halton", 2, 100, 1), "unknown sampler 'halton': use sobol, random, lhs"),
        (("random", -1, 100, 1), "columns must not be negative"),
        (("sobol", sobol.MAX_COLUMNS + 1, 100, 1), "at most 3667 columns, got 3668: use random or lhs"),
        (("sobol", 2, 0, 1), "draws must be between 1"),
        (("lhs", 2, 2**30 + 1, 1), "draws must be between 1"),
        (("lhs", 2, 100, -1), "seed must not be negative"),
    ],
)
def test_impossible_plans_are_refused_with_the_reason(arguments, reason):
    with pytest.raises(ValueError, match=reason):
        SamplePlan(*arguments)


@pytest.mark.parametrize(
    "block",
    [Block(0, 1, 10), Block(0, 0, 0), Block(0, 0, BLOCK + 1), Block(0, 2 * BLOCK, 2 * BLOCK + 1), Block(8, 0, 10)],
)
def test_blocks_of_another_plan_are_refused(block):
    with pytest.raises(ValueError, match="Block"):
        SamplePlan("sobol", 2, 8 * (BLOCK + 10), seed=1).uniforms(block)


def test_an_array_of_the_wrong_shape_is_refused():
    plan = SamplePlan("random", 2, 800, seed=1)
    for out in (np.empty((3, 100)), np.empty((2, 100), dtype=np.float32)):
        with pytest.raises(ValueError, match="float64 array of shape"):
            plan.uniforms(plan.blocks()[0], out)


def test_misaligned_or_too_many_sobol_points_are_refused():
    numbers = sobol.direction_numbers(2, 4)
    with pytest.raises(ValueError, match="cannot start at 3"):
        sobol.fill_points(numbers, np.zeros(2, dtype=np.uint64), 3, np.empty((2, 4), dtype=np.uint64))
    with pytest.raises(ValueError, match="at most 3667"):
        sobol.direction_numbers(sobol.MAX_COLUMNS + 1, 4)


def test_a_hundred_million_draws_are_planned_without_making_them():
    plan = SamplePlan("sobol", 3, 100_000_000, seed=1)
    last = plan.blocks()[-1]
    assert last == Block(7, 12_500_000 // BLOCK * BLOCK, 12_500_000)
    u = plan.uniforms(last)
    aligned = u[:, : len(last) // 1_024 * 1_024].reshape(3, -1, 1_024)
    assert np.all(np.sort((aligned * 1_024).astype(int), axis=2) == np.arange(1_024))
