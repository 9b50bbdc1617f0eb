"""Correlated draws: achieved rank correlations with every sampler, marginals as they were, impossible matrices."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kstest, spearmanr

from socio_calc.appraisal import appraise
from socio_calc.engine.build import build_plan
from socio_calc.engine.copula import (
    Copula,
    copula,
    correlation_matrix,
    is_possible,
    nearest_correlation,
    nearest_ranks,
    pearson_of_rank,
)
from socio_calc.engine.sampling import SAMPLERS, SamplePlan
from socio_calc.engine.simulate import Simulation
from socio_calc.engine.tables import quantile_source
from socio_calc.problems import InputError
from socio_calc.reference import load_reference
from tests.case.faulty import RIGHT, case_of

DRAWS = 16_384
#: Three uncertain quantities of the small case and one that is used twice.
UNCERTAIN = RIGHT.replace("ordinary: 0.08", "ordinary: {low: 0.05, mode: 0.08, high: 0.2}").replace(
    "amount: 100000", "amount: {ref: timpris}"
)
PATHS = ("quantities.timpris", "outcomes.falls.ordinary", "outcomes.falls.effect.value")


def with_correlations(*written: tuple[str, str, float], text: str = UNCERTAIN) -> str:
    lines = "".join(f"  - {{between: [{first}, {second}], rank: {rank}}}\n" for first, second, rank in written)
    return text.replace("outcomes:\n", f"correlations:\n{lines}outcomes:\n", 1)


def uniforms(sampler: str, columns: int, draws: int = DRAWS, seed: int = 1) -> np.ndarray:
    plan = SamplePlan(sampler, columns, draws, seed)
    return np.hstack([plan.uniforms(block) for block in plan.blocks()])


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_draws_have_the_rank_correlations_that_are_asked_for(sampler):
    ranks = {(0, 2): 0.7, (0, 4): -0.3, (2, 4): 0.2}
    u = uniforms(sampler, 5)
    copula(ranks).apply(u)
    achieved = spearmanr(u.T).statistic
    for row in range(5):
        for column in range(row):
            wanted = ranks.get((column, row), 0.0)
            # Sampling error of a rank correlation of independent draws, three times; Sobol points do far better.
            assert achieved[row, column] == pytest.approx(wanted, abs=3 / math.sqrt(DRAWS))


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_every_column_stays_uniform_and_the_others_stay_as_they_were(sampler):
    u = uniforms(sampler, 5)
    before = u.copy()
    copula({(0, 2): 0.7, (2, 4): 0.2}).apply(u)
    assert np.array_equal(u[[0, 1, 3]], before[[0, 1, 3]])
    for row in (2, 4):
        assert not np.array_equal(u[row], before[row])
        assert kstest(u[row], "uniform").pvalue > 0.001
        assert 0.0 < u[row].min() < u[row].max() < 1.0
        assert u[row].mean() == pytest.approx(0.5, abs=3 * math.sqrt(1 / 12 / DRAWS))


def test_uniforms_at_the_edge_stay_inside():
    u = np.full((2, 1), 2.0**-53)
    copula({(0, 1): 0.9}).apply(u)
    assert np.all((u > 0.0) & (u < 1.0))


def test_pearson_behind_a_rank():
    assert float(pearson_of_rank(0.5)) == pytest.approx(2 * math.sin(math.pi / 12), rel=1e-15)
    assert pearson_of_rank(np.array([-1.0, 0.0, 1.0])) == pytest.approx([-1.0, 0.0, 1.0])


def test_a_matrix_is_built_from_its_pairs_and_mixed_by_its_root():
    ranks = {(1, 3): 0.5, (3, 7): -0.4}
    found = copula(ranks)
    assert isinstance(found, Copula)
    assert found.streams == (1, 3, 7)
    assert found.mixing @ found.mixing.T == pytest.approx(correlation_matrix(ranks, (1, 3, 7)), abs=1e-14)
    assert correlation_matrix(ranks, (1, 3, 7))[0, 2] == 0.0


def test_nearest_correlation_is_higham_s_example():
    # N. J. Higham (2002), section 4: distance 2.13 of the 4 by 4 tridiagonal example.
    given_matrix = np.array([[2.0, -1, 0, 0], [-1, 2, -1, 0], [0, -1, 2, -1], [0, 0, -1, 2]])
    expected = np.array(
        [
            [1.0, -0.8084, 0.1916, 0.1068],
            [-0.8084, 1.0, -0.6562, 0.1916],
            [0.1916, -0.6562, 1.0, -0.8084],
            [0.1068, 0.1916, -0.8084, 1.0],
        ]
    )
    found = nearest_correlation(given_matrix)
    assert found == pytest.approx(expected, abs=5e-5)
    assert np.linalg.norm(given_matrix - found) == pytest.approx(2.13, abs=0.005)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(-0.99, 0.99), min_size=6, max_size=6))
def test_what_is_offered_in_the_place_of_an_impossible_matrix_is_possible(ranks):
    pairs = [(a, b) for a in range(4) for b in range(a + 1, 4)]
    matrix = correlation_matrix(dict(zip(pairs, ranks, strict=True)), (0, 1, 2, 3))
    nearest = nearest_correlation(matrix)
    assert np.diag(nearest) == pytest.approx(1.0)
    assert np.linalg.eigvalsh(nearest)[0] > -1e-8
    if is_possible(matrix):
        assert nearest == pytest.approx(matrix, abs=1e-9)
        return
    offered = nearest_ranks(matrix)
    assert copula({pair: offered[pair] for pair in pairs}) is not None
    assert np.abs(offered - 6 / np.pi * np.arcsin(nearest / 2)).max() < 0.2


# -- in a case --------------------------------------------------------------------------------------------------------


def plan_of(text):
    return build_plan(case_of(text), load_reference())


def problems_of(text):
    with pytest.raises(InputError) as caught:
        plan_of(text)
    return [(problem.code, problem.place.path, dict(problem.params)) for problem in caught.value.problems]


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_a_case_draws_what_it_says(sampler):
    text = with_correlations((PATHS[2], PATHS[1], 0.6), ("costs.0.amount", PATHS[2], -0.5))
    plan = plan_of(text)
    assert [column.key for column in plan.columns] == list(PATHS)
    simulation = Simulation(plan, DRAWS, 1, sampler)
    x = np.hstack([simulation.x(block) for block in simulation.sample.blocks()])
    achieved = spearmanr(x.T).statistic
    expected = [[1.0, 0.0, -0.5], [0.0, 1.0, 0.6], [-0.5, 0.6, 1.0]]
    assert achieved == pytest.approx(np.array(expected), abs=3 / math.sqrt(DRAWS))
    alone = Simulation(plan_of(UNCERTAIN), DRAWS, 1, sampler)
    for column, row in zip(plan.columns, x, strict=True):
        assert np.quantile(row, [0.1, 0.5, 0.9]) == pytest.approx(
            column.distribution.quantile(np.array([0.1, 0.5, 0.9])), rel=0.02
        )
    # What is drawn first is drawn as before.
    assert np.array_equal(x[0], np.hstack([alone.x(block) for block in alone.sample.blocks()])[0])


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_a_case_without_correlations_draws_as_before(sampler):
    # Bit by bit what the uniforms of the sampler give.
    simulation = Simulation(plan_of(UNCERTAIN), 64, 1, sampler)
    assert simulation.plan.copula is None
    block = simulation.sample.blocks()[3]
    raw = simulation.sample.uniforms(block)
    own = [quantile_source(column.distribution).lookup(raw[column.stream]) for column in simulation.plan.columns]
    assert np.array_equal(simulation.x(block), np.stack(own))


def test_a_correlation_of_nothing_changes_nothing():
    plain = appraise(case_of(UNCERTAIN), draws=512).result()
    none = appraise(case_of(with_correlations((PATHS[0], PATHS[1], 0.0))), draws=512).result()
    assert (none.base, none.mean, none.sd) == pytest.approx((plain.base, plain.mean, plain.sd), rel=1e-9)


def test_correlated_gains_spread_the_result_more():
    # Number of falls and effect of each in the same direction: 0.77 is a lower share of a higher level.
    plain = appraise(case_of(UNCERTAIN)).result()
    opposite = appraise(case_of(with_correlations((PATHS[1], PATHS[2], -0.8)))).result()
    same = appraise(case_of(with_correlations((PATHS[1], PATHS[2], 0.8)))).result()
    assert same.sd < plain.sd < opposite.sd
    assert same.base == plain.base == opposite.base


@pytest.mark.parametrize(
    ("between", "code"),
    [
        ((PATHS[0], "costs.0.amount"), "correlation-one-draw"),
        ((PATHS[0], "outcomes.falls.holds"), "correlation-certain"),
        ((PATHS[0], "outcomes.falls.ordnary"), "correlation-unknown-path"),
        ((PATHS[0], "outcomes.falls.ordinary.low"), "correlation-unknown-path"),
        ((PATHS[0], "costs.0.name"), "correlation-unknown-path"),
    ],
)
def test_paths_must_lead_to_two_uncertain_quantities(between, code):
    ((found, path, params),) = problems_of(with_correlations((*between, 0.4)))
    assert found == code
    assert path.startswith("correlations.0.between")
    if between[1].endswith("ordnary"):
        assert params == {"value": "outcomes.falls.ordnary", "nearest": "outcomes.falls.ordinary"}


def test_one_draw_by_two_names_has_one_correlation():
    text = with_correlations((PATHS[0], PATHS[1], 0.4), ("costs.0.amount", PATHS[1], 0.2))
    ((code, path, _),) = problems_of(text)
    assert (code, path) == ("correlation-twice", "correlations.1.between")


def test_rows_of_one_draw_group_are_correlated_together():
    grouped = [row for row in load_reference().costs.values() if row.draw_group and row.kind == "resource_cost"]
    first = grouped[0]
    second = next(row for row in grouped[1:] if row.draw_group == first.draw_group)
    text = RIGHT.replace("amount: 100000", f"amount: {{cost: {first.id}}}").replace(
        "price: 90000, kind: resource_cost, payer: region", f"price: {{cost: {second.id}}}, payer: region"
    )
    written = with_correlations(("costs.0.amount", "outcomes.falls.effect.value", 0.5), text=text)
    simulation = Simulation(plan_of(written), DRAWS)
    keys = [column.key for column in simulation.plan.columns]
    x = np.hstack([simulation.x(block) for block in simulation.sample.blocks()])
    achieved = spearmanr(x.T).statistic
    effect = keys.index("outcomes.falls.effect.value")
    for key in (f"cost:{first.id}", f"cost:{second.id}"):
        assert achieved[effect, keys.index(key)] == pytest.approx(0.5, abs=0.01)
    ((code, _, _),) = problems_of(
        with_correlations(("costs.0.amount", "outcomes.falls.consequences.0.price", 0.5), text=text)
    )
    assert code == "correlation-one-draw"


def test_an_impossible_matrix_shows_the_nearest_possible_one_as_it_is_written():
    impossible = [(PATHS[0], PATHS[1], 0.9), (PATHS[1], PATHS[2], 0.9), (PATHS[0], PATHS[2], -0.9)]
    ((code, path, params),) = problems_of(with_correlations(*impossible))
    assert (code, path) == ("correlations-impossible", "correlations")
    nearest = "".join(f"  - {line}\n" for line in params["nearest"])
    assert len(params["nearest"]) == 3
    plan = plan_of(UNCERTAIN.replace("outcomes:\n", f"correlations:\n{nearest}outcomes:\n", 1))
    off_diagonal = plan.copula.mixing @ plan.copula.mixing.T
    wanted = correlation_matrix({(0, 1): 0.9, (1, 2): 0.9, (0, 2): -0.9}, (0, 1, 2))
    assert np.linalg.norm(off_diagonal - wanted) == pytest.approx(
        np.linalg.norm(nearest_correlation(wanted) - wanted), rel=0.03
    )
