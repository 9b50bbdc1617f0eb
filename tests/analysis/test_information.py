"""The value of information about a case: known decisions, nested Monte Carlo with the engine, the follow-up plan."""

import math

import numpy as np
import pytest

from socio_calc.analysis.correlations import achieved_correlations
from socio_calc.analysis.decision import roll_out
from socio_calc.analysis.focus import ordinary_draws
from socio_calc.analysis.information import SIZES, information
from socio_calc.appraisal import appraise
from tests.analysis.cases import HEAD, appraised, beta_moments, case_of

#: One person, whose net benefit is N(−50,000, 200,000).
UNCERTAIN_COST = f"""{HEAD}
costs:
  - {{name: Net, actor: region, amount: {{mean: 50000, sd: 200000}}, basis: per_participant, index: none}}
"""


def decided(text: str, cohorts: int = 1, from_year: int = 0, years: int = 1, participants: int = 1) -> str:
    return (
        f"{text}\ndecision: {{perspective: societal, participants_per_cohort: {participants}, "
        f"cohorts_per_year: {cohorts}, from_year: {from_year}, years: {years}}}\n"
    )


#: A training that may help some of 100 people to work; a decision for 5 cohorts of 200 follows.
TRAINING = f"""{HEAD.replace("number: 1", "number: 100")}
costs:
  - name: Leader
    actor: kommun
    amount: {{low: 900000, mode: 1000000, high: 1100000, tornado_group: staff}}
    basis: total
    years: [0]
    index: none
  - name: Lunch
    actor: kommun
    amount: {{low: 500, high: 1500, tornado_group: staff}}
    basis: per_participant
    index: none
outcomes:
  - id: work
    name: Work
    level: probability
    better: higher
    ordinary: {beta_moments(30, 70)}
    effect: {{measure: difference, value: {{mean: 0.1, sd: 0.06}}}}
    holds: 1
    evidence: {{grade: rct, sources: [A]}}
    consequences:
      - name: Benefit
        price: {{low: 80000, mode: 100000, high: 150000}}
        quantity: -1
        kind: resource_cost
        payer: stat
        index: none
decision: {{perspective: societal, participants_per_cohort: 200, cohorts_per_year: 1, from_year: 1, years: 5}}
"""


def test_a_decision_with_a_normal_net_benefit():
    one = information(appraised(decided(UNCERTAIN_COST), draws=32_768))
    assert one.cohorts == pytest.approx(1.0)
    assert one.evpi == pytest.approx(57_269, abs=3 * one.evpi_se)
    assert one.evpi_se < 150
    ten = information(appraised(decided(UNCERTAIN_COST, from_year=3, years=10), draws=32_768))
    assert ten.cohorts == pytest.approx(sum(1.035**-k for k in range(3, 13)), rel=1e-12)
    assert ten.evpi == pytest.approx(444_615, abs=3 * ten.evpi_se)
    assert ten.evpi == pytest.approx(one.evpi * ten.cohorts, rel=1e-12)
    # The only quantity is all there is to know.
    assert [(row.quantity, row.value) for row in ten.evppi] == [("costs.0.amount", ten.evpi)]
    assert (one.net_benefit, one.net_benefit_sd) == pytest.approx((-50_000, 200_000), rel=0.01)
    assert one.probability_positive == pytest.approx(0.4013, abs=0.005)


@pytest.fixture(scope="module")
def training():
    return appraised(TRAINING)


@pytest.fixture(scope="module")
def found(training):
    return information(training)


def test_partial_values_agree_with_nested_monte_carlo_by_the_engine(training, found):
    """Fix one quantity at each of 400 equally likely values, average the net benefit over all draws of the others."""
    question = roll_out(training)
    x = ordinary_draws(training.simulation)
    by_key = {row.quantity: row for row in found.evppi}
    for at, column in enumerate(training.plan.columns):
        values = column.distribution.quantile((np.arange(400) + 0.5) / 400)
        expected = []
        for value in values:
            fixed = x.copy()
            fixed[at] = value
            expected.append(question.net_benefit(fixed).mean())
        inner = np.array(expected)
        nested = (np.maximum(inner, 0).mean() - max(inner.mean(), 0)) * found.cohorts
        row = by_key[column.key]
        assert row.value == pytest.approx(nested, abs=3 * row.se + 0.002 * found.evpi)


def test_values_are_in_order_and_below_that_of_everything(found):
    values = [row.value for row in found.evppi]
    assert values == sorted(values, reverse=True)
    assert found.evppi[0].quantity == "outcomes.work.effect.value"
    assert all(0.0 <= value <= found.evpi for value in values)
    assert all(0.0 <= row.value <= found.evpi for row in found.evsi)
    (group,) = found.groups
    assert (group.quantity, group.members) == ("staff", ("costs.0.amount", "costs.1.amount"))
    single = {row.quantity: row for row in found.evppi}
    for key in group.members:
        assert group.value >= single[key].value - 3 * (group.se + single[key].se)


def test_a_group_of_everything_is_worth_what_everything_is():
    text = TRAINING.replace("staff", "all").replace("mean: 0.1, sd: 0.06", "mean: 0.1, sd: 0.06, tornado_group: all")
    text = text.replace("high: 150000", "high: 150000, tornado_group: all").replace(
        beta_moments(30, 70), beta_moments(30, 70).replace("}", ", tornado_group: all}")
    )
    known = information(appraised(text, draws=2_048))
    (group,) = known.groups
    assert len(group.members) == len(known.evppi) == 5
    assert (group.value, group.se) == (known.evpi, known.evpi_se)


def test_a_follow_up_is_worth_more_the_larger_and_never_more_than_the_levels(found):
    sizes = [row.n_per_arm for row in found.evsi]
    assert sizes == sorted({*SIZES, 100})
    for fewer, more in zip(found.evsi, found.evsi[1:], strict=False):
        assert more.value >= fewer.value - 3 * (more.se + fewer.se)
    effect = next(row for row in found.evppi if row.quantity == "outcomes.work.effect.value")
    assert found.evsi[-1].value == pytest.approx(effect.value, rel=0.1)
    assert all(row.net_benefit is None for row in found.evsi)


def test_the_plan_without_a_cost_is_where_more_adds_little(found):
    plan = found.plan
    assert (plan.worth_measuring, plan.outcome, plan.enough) == (True, "work", True)
    rows = {row.n_per_arm: row for row in found.evsi}
    assert rows[plan.n_per_arm].value == plan.value >= 0.9 * plan.most
    smaller = max(size for size in rows if size < plan.n_per_arm)
    assert rows[smaller].value < 0.9 * plan.most
    # Per person: 10,000 + 1,000 in costs against 110,000·(i − b) (PERT mean 105,000): even at i − b ≈ 0.105, b ≈ 0.3.
    assert plan.better == "higher"
    assert plan.ordinary == pytest.approx(0.3, abs=0.001)
    assert plan.limit == pytest.approx(0.3 + 11_000 / 105_000, abs=0.002)


def test_the_plan_with_a_cost_has_the_largest_net_benefit(training):
    known = information(training, cost_per_participant=800.0)
    assert all(row.net_benefit == pytest.approx(row.value - 2 * row.n_per_arm * 800) for row in known.evsi)
    best = max(known.evsi, key=lambda row: row.net_benefit)
    assert (known.plan.n_per_arm, known.plan.net_benefit) == (best.n_per_arm, best.net_benefit)
    assert known.plan.n_per_arm < 5_000
    dear = information(training, cost_per_participant=1e6)
    assert (dear.plan.reason, dear.plan.n_per_arm, dear.plan.worth_measuring) == ("costs-more", None, False)
    assert dear.test_value == 0.0


def test_the_value_of_the_test_counts_what_the_test_can_learn(training, found):
    assert found.test_size == 100
    own = {row.n_per_arm: row.value for row in found.evsi}[100]
    assert found.plan.n_per_arm > 100
    assert found.test_value == pytest.approx(own, rel=1e-12)
    assert found.test_cost == pytest.approx(-training.result().mean, rel=1e-9)
    assert found.value_of_test == pytest.approx(found.test_value - found.test_cost)
    costed = information(training, cost_per_participant=800.0)
    size = min(costed.plan.n_per_arm, 100)
    assert costed.test_cost == pytest.approx(found.test_cost + 2 * size * 800)


def test_chosen_sizes_alone_are_given(training):
    known = information(training, sizes=[30, 60])
    assert [row.n_per_arm for row in known.evsi] == [30, 60]
    with pytest.raises(ValueError, match="at least one person"):
        information(training, sizes=[0])
    with pytest.raises(ValueError, match="cost"):
        information(training, cost_per_participant=-1.0)


def test_without_a_decision_the_case_decides_and_no_test_is_valued():
    text = "\n".join(line for line in TRAINING.splitlines() if not line.startswith("decision"))
    appraisal = appraised(text, draws=4_096)
    known = information(appraisal)
    assert (known.decision, known.cohorts, known.value_of_test, known.test_cost) == (None, 1.0, None, None)
    assert known.net_benefit == pytest.approx(appraisal.result().mean, rel=1e-9)
    draws = appraisal.net_draws()
    assert known.evpi == pytest.approx(np.maximum(draws, 0).mean() - max(draws.mean(), 0), rel=1e-9)
    assert information(appraisal, perspective="stat").perspective == "stat"


def test_a_sure_decision_has_nothing_to_measure():
    sure = information(appraised(TRAINING.replace("mean: 0.1, sd: 0.06", "mean: 0.6, sd: 0.001"), draws=1_024))
    assert sure.evpi == 0.0
    assert sure.plan.reason == "decision-certain"
    assert all(row.value == 0.0 for row in (*sure.evppi, *sure.evsi))


def test_cases_without_uncertainty_or_outcomes_or_a_known_spread():
    certain = information(
        appraised(
            decided(f"""{HEAD}
costs:
  - {{name: A, actor: region, amount: 5, basis: per_participant, index: none}}
"""),
            draws=64,
        )
    )
    assert (certain.evpi, certain.evppi, certain.evsi, certain.plan.reason) == (0.0, (), (), "decision-certain")
    costs = information(appraised(decided(UNCERTAIN_COST), draws=1_024))
    assert costs.plan.reason == "no-outcome"
    amounts = TRAINING.replace("level: probability", "level: amount")
    without = information(appraised(amounts, draws=1_024))
    assert (without.not_followed, without.evsi, without.plan.reason) == (("work",), (), "no-outcome")
    stated = appraised(amounts, draws=4_096)
    narrow, wide = (information(stated, sizes=[50], sds={"work": sd}).evsi[0].value for sd in (0.1, 0.5))
    assert narrow > wide > 0.0


def test_an_outcome_that_does_not_decide_is_not_measured():
    text = (
        TRAINING.replace("mean: 0.1, sd: 0.06", "mean: 0.1, sd: 0.0001")
        .replace(beta_moments(30, 70), "0.3")
        .replace("low: 900000, mode: 1000000, high: 1100000", "low: 100000, high: 1800000")
    )
    known = information(appraised(text, draws=4_096))
    assert known.evpi > 0
    assert known.plan.reason == "outcomes-do-not-matter"


def test_results_depend_on_the_case_and_the_seed_alone(training, found):
    again = information(appraised(TRAINING))
    assert (again.evpi, again.evppi, again.evsi, again.plan) == (found.evpi, found.evppi, found.evsi, found.plan)
    other = information(appraise(case_of(TRAINING), seed=2))
    assert other.evpi != found.evpi
    assert other.evpi == pytest.approx(found.evpi, abs=4 * math.hypot(other.evpi_se, found.evpi_se))


def test_achieved_correlations_are_reported():
    text = TRAINING + "correlations: [{between: [outcomes.work.effect.value, costs.1.amount], rank: 0.5}]\n"
    (row,) = achieved_correlations(appraised(text, draws=8_192))
    assert row.between == row.quantities == ("outcomes.work.effect.value", "costs.1.amount")
    assert row.wanted == 0.5
    assert row.achieved == pytest.approx(0.5, abs=0.01)
    assert achieved_correlations(appraised(TRAINING, draws=64)) == ()


def test_what_goes_together_is_worth_knowing_together():
    alone = information(appraised(TRAINING, draws=4_096))
    text = TRAINING + "correlations: [{between: [outcomes.work.effect.value, costs.1.amount], rank: 0.8}]\n"
    together = information(appraised(text, draws=4_096))
    lunch = {row.quantity: row for row in alone.evppi}["costs.1.amount"]
    correlated = {row.quantity: row for row in together.evppi}["costs.1.amount"]
    assert correlated.value > lunch.value + 3 * (lunch.se + correlated.se)
