"""Every figure that the one vectorised pass gives, held against a case that is written anew and appraised."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from socio_calc.analysis import Sensitivity, sensitivity
from socio_calc.analysis.focus import Focus, PresentValue
from socio_calc.analysis.switching import probability_below
from socio_calc.appraisal import appraise
from socio_calc.case import build_case, dump_case, parse_document
from socio_calc.case.build import validate
from socio_calc.case.dump import case_data
from socio_calc.case.scenarios import replaced
from socio_calc.engine.distributions import normal
from socio_calc.engine.ledger import PERSPECTIVES
from tests.analysis.cases import HEAD, RICH, appraised, case_of, exercise

CHOSEN = [("societal", None), ("kommun", 2), ("public", 4), ("individ", 6)]


def npv_with(changes: dict[str, Any], perspective: str, horizon: int) -> float:
    """Return the base case of RICH with whole values replaced, from a new appraisal."""
    data = {key: value for key, value in case_data(case_of(RICH)).items() if key != "scenarios"}
    case, faults = validate(replaced(data, changes))
    assert case is not None, faults
    value = appraise(case, draws=8, horizons=sorted({2, 6, horizon})).result("npv", perspective, horizon).base
    assert value is not None
    return value


@pytest.fixture(scope="module", params=CHOSEN, ids=lambda pair: f"{pair[0]}-{pair[1]}")
def rich(request: pytest.FixtureRequest) -> Sensitivity:
    perspective, horizon = request.param
    return sensitivity(appraised(RICH), perspective, horizon, (10, 90))


def test_present_value_is_that_of_the_result() -> None:
    appraisal = appraised(RICH)
    for perspective in PERSPECTIVES:
        found = PresentValue(appraisal.plan, perspective, appraisal.horizons)
        at_central = found.by_horizon(appraisal.plan.central[:, None])[:, 0]
        exact = [appraisal.base("npv", perspective, horizon) for horizon in appraisal.horizons]
        assert at_central == pytest.approx(exact, rel=1e-12, abs=1e-6)
        draws = Focus(appraisal, perspective, appraisal.longest).net_draws
        assert draws == pytest.approx(appraisal.net_draws(perspective), rel=1e-12, abs=1e-6)


def test_tornado(rich: Sensitivity) -> None:
    assert len(rich.bars) == len(rich.appraisal.plan.columns) == 13
    for bar in rich.bars:
        for value, npv in ((bar.low_input, bar.npv_low), (bar.high_input, bar.npv_high)):
            assert npv == pytest.approx(npv_with({bar.quantity: value}, rich.perspective, rich.horizon), rel=1e-9)
    swings = [bar.swing for bar in rich.bars]
    assert swings == sorted(swings, reverse=True)


def test_the_ends_of_the_bars_are_percentiles(rich: Sensitivity) -> None:
    columns = {column.key: column for column in rich.appraisal.plan.columns}
    for bar in rich.bars:
        assert bar.low_input is not None and bar.high_input is not None
        distribution = columns[bar.quantity].distribution
        assert probability_below(distribution, bar.low_input) == pytest.approx(0.1, abs=1e-9)
        assert probability_below(distribution, bar.high_input) == pytest.approx(0.9, abs=1e-9)


def test_structural_bars(rich: Sensitivity) -> None:
    assert {bar.quantity for bar in rich.structural} <= {
        "discount_rate", "horizons", "timing", "public_funds_factor", "outcomes.relapse.holds",
    }  # fmt: skip
    assert {"discount_rate", "timing"} <= {bar.quantity for bar in rich.structural}
    for bar in rich.structural:
        for value, npv in ((bar.low_input, bar.npv_low), (bar.high_input, bar.npv_high)):
            if bar.quantity == "horizons":
                exact = npv_with({}, rich.perspective, int(value))
            elif bar.quantity == "outcomes.relapse.holds":
                # Central 2.17 years round to 2; the effect ends after 5, and both move by a year.
                assert value in (1.0, 3.0)
                changes = {bar.quantity: value, "outcomes.relapse.lasts": 3 + int(value)}
                exact = npv_with(changes, rich.perspective, rich.horizon)
            else:
                exact = npv_with({bar.quantity: value}, rich.perspective, rich.horizon)
            assert npv == pytest.approx(exact, rel=1e-9)


def test_method_choices(rich: Sensitivity) -> None:
    assert len(rich.choices) == 3 + 4 + 2
    for choice in rich.choices:
        if choice.choice == "horizon":
            exact = npv_with({}, rich.perspective, int(choice.value))
        else:
            exact = npv_with({choice.choice: choice.value}, rich.perspective, rich.horizon)
        assert choice.npv == pytest.approx(exact, rel=1e-9)
        assert choice.change == pytest.approx(exact - rich.npv.base, abs=1e-4)
        turned = (exact > 0) != (rich.npv.base > 0)
        assert choice.notable == (turned or abs(exact - rich.npv.base) > 0.05 * abs(rich.npv.base))
    (current,) = (choice for choice in rich.choices if choice.choice == "timing" and choice.value == "mid")
    assert current.change == 0.0 and not current.notable


def test_switching_values(rich: Sensitivity) -> None:
    found = [row for row in rich.switching if row.value is not None]
    scale = 1e-9 * max(abs(rich.npv.base), 1.0)
    for row in found:
        if row.quantity == "outcomes.relapse.holds":
            continue
        at_zero = npv_with({row.quantity: row.value}, rich.perspective, rich.horizon)
        assert abs(at_zero) <= max(scale, 1e-9 * abs(rich.npv.base)) * 1e3
    assert found or rich.perspective in ("individ", "public")


def test_grid(rich: Sensitivity) -> None:
    grid = rich.grid
    assert grid is not None
    assert (grid.x, grid.y) == (rich.apart[0].quantity, rich.apart[1].quantity)
    for row, column in ((0, 0), (0, 20), (20, 7), (13, 4)):
        changes = {grid.x: float(grid.x_values[column]), grid.y: float(grid.y_values[row])}
        assert grid.npv[row, column] == pytest.approx(npv_with(changes, rich.perspective, rich.horizon), rel=1e-9)


def test_scenarios_are_the_cases_that_they_describe(rich: Sensitivity) -> None:
    assert [row.name for row in rich.scenarios] == [None, "weak", "short"]
    assert rich.scenarios[0].npv == rich.npv.base
    for row in rich.scenarios[1:]:
        changes = case_of(RICH).scenarios[row.name or ""]
        assert row.npv == pytest.approx(npv_with(changes, rich.perspective, rich.horizon), rel=1e-9)
    base = rich.scenarios[0]
    assert base.mean == pytest.approx(rich.npv.mean, abs=4 * rich.npv.mc_error)
    assert base.probability_positive == pytest.approx(rich.npv.probability_positive, abs=0.01)


def test_a_scenario_has_the_draws_of_its_own_case() -> None:
    result = sensitivity(appraised(RICH))
    data = {key: value for key, value in case_data(case_of(RICH)).items() if key != "scenarios"}
    case, _ = validate(replaced(data, case_of(RICH).scenarios["weak"]))
    assert case is not None
    alone = appraise(case).result()
    weak = result.scenarios[1]
    assert (weak.mean, weak.p5, weak.p95) == pytest.approx((alone.mean, alone.p5, alone.p95), rel=1e-9)


def test_break_even_scales_every_effect(rich: Sensitivity) -> None:
    row = rich.appraisal.result("break_even_effect", rich.perspective, rich.horizon) if rich.horizon in (2, 6) else None
    if row is not None:
        assert rich.break_even.effect == (None if row.base is None else pytest.approx(row.base, rel=1e-12))
        assert rich.break_even.reason == row.reason
    if rich.perspective == "societal":
        number = rich.appraisal.result("break_even_number:relapse").base
        assert rich.break_even.participants == number
    main = rich.break_even.outcomes[0]
    if main.alone is not None:
        # The only outcome: scaled alone or with all others is the same, and `evidence_adjustment` scales it.
        scaled = npv_with({"outcomes.relapse.evidence_adjustment": 1.0}, rich.perspective, rich.horizon)
        assert scaled == pytest.approx(rich.npv.base, rel=1e-9)
        half = npv_with({"outcomes.relapse.evidence_adjustment": 0.5}, rich.perspective, rich.horizon)
        assert half == pytest.approx(rich.npv.base - 0.5 * main.gain, rel=1e-9)
        assert rich.npv.base - (1 - main.alone) * main.gain == pytest.approx(0.0, abs=1e-6)


def test_how_often_the_evidence_reaches_the_number_that_is_needed() -> None:
    result = sensitivity(appraised(exercise()))
    found = result.break_even.outcomes[0]
    x = Focus(result.appraisal, "societal", 1).x
    rows = {column.key: row for row, column in enumerate(result.appraisal.plan.columns)}
    better = x[rows["outcomes.success.effect.value"]] - x[rows["outcomes.success.ordinary"]]
    assert found.number == 1 and found.of == 1.0
    assert found.reached == pytest.approx(float(np.mean(better >= 700 / 5_000)), abs=1e-12)
    assert found.reached == pytest.approx(result.npv.probability_positive, abs=1e-12)


def test_acceptability_is_that_of_new_appraisals() -> None:
    appraisal = appraised(RICH)
    curves = sensitivity(appraisal).acceptability
    assert [row.at for row in curves.by_horizon] == [1, 2, 3, 4, 5, 6]
    for row in curves.by_horizon:
        exact = appraise(case_of(RICH), horizons=[int(row.at)]).result().probability_positive
        assert row.probability == pytest.approx(exact, abs=0.01)
    for row in curves.by_perspective:
        exact = appraisal.result("npv", str(row.at)).probability_positive
        assert row.probability == pytest.approx(exact, abs=1e-12)
    by_value = {row.at: row.probability for row in curves.by_qaly_value}
    assert by_value[500_000.0] == pytest.approx(appraisal.result().probability_positive, abs=1e-12)
    other = appraise(case_of(RICH.replace("health_value: 500000", "health_value: 1250000"))).result()
    assert by_value[1_250_000.0] == pytest.approx(other.probability_positive, abs=1e-12)
    assert curves.qaly_threshold is None
    poorer = RICH.replace("amount: {low: 500, mode: 900, high: 2500}", "amount: {low: 3500, mode: 3900, high: 5500}")
    threshold = sensitivity(appraised(poorer)).acceptability.qaly_threshold
    assert threshold is not None and 0 < threshold < 2_000_000
    near = poorer.replace("health_value: 500000", f"health_value: {threshold}")
    assert appraise(case_of(near)).result().probability_positive == pytest.approx(0.5, abs=0.01)


def test_switching_at_a_step_and_its_probability() -> None:
    # Gains come in whole years of a hold: 1 year gives 100, 2 give 200, and the cost of 150 lies between.
    text = f"""{HEAD.replace("horizons: [1]", "horizons: [8]")}
discount_rate: 0
costs: [{{name: a, actor: kommun, amount: 150, basis: total, years: [0], index: none}}]
outcomes:
  - id: o
    name: o
    level: amount
    better: higher
    ordinary: 0
    effect: {{measure: difference, value: 1}}
    holds: {{low: 0, high: 8}}
    evidence: {{grade: rct, sources: [x]}}
    consequences: [{{name: c, kind: wellbeing, price: 100, index: none}}]
"""
    (found,) = sensitivity(appraised(text)).switching
    assert found.value == pytest.approx(1.5, abs=1e-12)
    assert found.probability_beyond == pytest.approx(1.5 / 8, abs=1e-9)
    assert found.crossings == 1


def test_several_switching_values_and_none() -> None:
    # An odds ratio of ordinary level b: i − b rises and falls again with b, so that both ends of b lose.
    text = f"""{HEAD}
costs: [{{name: a, actor: kommun, amount: 2000, basis: total, years: [0], index: none}}]
outcomes:
  - id: o
    name: o
    level: event
    better: lower
    ordinary: {{low: 0.05, high: 0.95}}
    effect: {{measure: odds_ratio, value: 0.5}}
    evidence: {{grade: rct, sources: [x]}}
    consequences: [{{name: c, kind: resource_cost, payer: region, price: PRICE, index: none}}]
"""
    (found,) = sensitivity(appraised(text.replace("PRICE", "20000"))).switching
    # b − 0.5b/(1 − 0.5b) = 0.1 where b² − 0.9b... = 0: 0.5b² − 0.55b + 0.1 = 0.
    low, high = ((0.55 - sign * np.sqrt(0.55**2 - 0.2)) for sign in (1, -1))
    assert found.crossings == 2
    assert found.value == pytest.approx(low, abs=1e-9)
    assert found.probability_beyond == pytest.approx(((low - 0.05) + (0.95 - high)) / 0.9, abs=1e-9)
    (none,) = sensitivity(appraised(text.replace("PRICE", "100"))).switching
    assert (none.value, none.probability_beyond, none.crossings) == (None, 0.0, 0)


def test_one_quantity_paid_and_replaced_nets_to_exactly_nothing_in_every_draw() -> None:
    text = f"""{HEAD}
quantities: {{hour: {{low: 200, mode: 260, high: 400}}}}
costs:
  - {{name: a, actor: kommun, amount: {{ref: hour}}, quantity: 7, basis: total, years: [0]}}
  - {{name: b, actor: kommun, amount: {{ref: hour}}, quantity: 7, basis: total, years: [0], replaces: true}}
"""
    result = sensitivity(appraised(text, seed=5))
    assert np.all(result.appraisal.net_draws() == 0.0)
    (bar,) = result.bars
    assert (bar.npv_low, bar.npv_high, bar.swing) == (0.0, 0.0, 0.0)
    assert (result.npv.mean, result.npv.sd, result.npv.probability_positive) == (0.0, 0.0, 0.0)
    assert result.indices == () and result.grid is None
    assert result.rank_correlations[0].value == 0.0


def test_a_case_without_uncertainty_has_empty_tables() -> None:
    text = f"{HEAD}\ncosts: [{{name: a, actor: kommun, amount: 100, basis: total, years: [0], index: none}}]"
    result = sensitivity(appraised(text))
    assert (result.bars, result.switching, result.indices, result.rank_correlations) == ((), (), (), ())
    assert result.npv.base == result.npv.mean == -100.0
    assert result.break_even.reason == "no-effect"
    assert {"discount_rate", "timing"} & {bar.quantity for bar in result.structural} == {"timing", "discount_rate"} & {
        bar.quantity for bar in result.structural
    }
    assert all(isinstance(name, str) for name in result.frames)


def test_groups_move_together() -> None:
    result = sensitivity(appraised(RICH))
    (group,) = result.groups
    assert group.quantity == "tornado_group:reach"
    assert set(group.members) == {"quantities.share", "participants.0.number"}
    alone = {bar.quantity: bar for bar in result.bars}
    leader, other = sorted((alone[key] for key in group.members), key=lambda bar: -bar.swing)
    same_way = (leader.npv_high > leader.npv_low) == (other.npv_high > other.npv_low)
    ends = (other.low_input, other.high_input) if same_way else (other.high_input, other.low_input)
    for leading, following, npv in zip(
        (leader.low_input, leader.high_input), ends, (group.npv_low, group.npv_high), strict=True
    ):
        changes = {leader.quantity: leading, other.quantity: following}
        assert npv == pytest.approx(npv_with(changes, "societal", 6), rel=1e-9)
    assert group.swing >= leader.swing


def test_unknown_questions_are_refused() -> None:
    appraisal = appraised(RICH)
    for arguments in (
        ("everyone",),
        ("societal", 7),
        ("societal", 0),
        ("societal", 6, (95, 5)),
        ("societal", 6, (0, 95)),
    ):
        with pytest.raises(ValueError):
            sensitivity(appraisal, *arguments)


def test_probability_below() -> None:
    assert probability_below(normal(10.0, 2.0), 10.0) == pytest.approx(0.5, abs=1e-12)
    assert probability_below(normal(10.0, 2.0), 1e9) == pytest.approx(1.0, abs=1e-12)


def test_the_same_case_written_and_read_gives_the_same_figures() -> None:
    first = sensitivity(appraised(RICH)).to_json()
    again = sensitivity(appraise(build_case(parse_document(dump_case(case_of(RICH)).encode(), "again.yaml")))).to_json()
    assert first == again
