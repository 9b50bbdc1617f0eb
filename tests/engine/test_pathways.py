"""State-transition models: closed forms, outcomes in disguise, mortality, and what must always hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socio_calc.appraisal import appraise
from socio_calc.appraisal.measures import DrawFigures
from socio_calc.engine import transitions
from socio_calc.engine.simulate import FEWEST, PATHWAY_MEMORY, Simulation, pieces
from socio_calc.engine.values import FactorValues
from socio_calc.engine.yearly import base_flows, flows_at
from socio_calc.problems import InputError
from socio_calc.reference import load_reference
from tests.engine.pathway_cases import TRIAL, case, pathway, plan

YEARS = 10


def two_states(**changes: Any) -> dict[str, Any]:
    """Return those who stay well with probability 0.8 a year, and 0.9 while the effect lasts."""
    return pathway(
        states=["well", "ill"],
        start={"well": 1},
        transitions={"well": {"ill": 0.2, "rest": "well"}},
        effects=[{"from": "well", "to": "ill", "measure": "difference", "value": -0.1}],
        consequences=[],
        **changes,
    )


def well(of: Any, arm: str) -> np.ndarray:
    return np.array([row.base for row in of.occupancy if (row.state, row.arm) == ("well", arm)])


@pytest.mark.parametrize("holds", [0, 1, 3, "open"])
def test_two_states_decay_as_powers(holds: int | str) -> None:
    appraisal = appraise(case(two_states(holds=holds)), draws=8)
    ages = np.arange(YEARS + 1)
    treated = np.minimum(ages, YEARS if holds == "open" else holds)
    np.testing.assert_allclose(well(appraisal, "ordinary"), 0.8**ages, rtol=1e-13)
    np.testing.assert_allclose(well(appraisal, "intervention"), 0.9**treated * 0.8 ** (ages - treated), rtol=1e-13)


def test_lag_fade_and_end_work_on_the_probability() -> None:
    changes = {"lag": 1, "holds": 1, "fades": {"shape": "linear", "over": 4}, "lasts": 4}
    strength = [0, 1, 0.75, 0.5, 0, 0, 0, 0, 0, 0]
    appraisal = appraise(case(two_states(**changes)), draws=8)
    expected = np.concatenate([[1.0], np.cumprod(0.8 + 0.1 * np.array(strength))])
    np.testing.assert_allclose(well(appraisal, "intervention"), expected, rtol=1e-13)


def test_adjustments_multiply_the_difference_of_the_arms() -> None:
    changes = {
        "holds": "open", "effect_on": "completers", "deadweight": 0.1, "attribution": 0.8, "evidence_adjustment": 0.5,
        "evidence": {"grade": "judgement", "sources": ["Own"]},
    }  # fmt: skip
    appraisal = appraise(case(two_states(**changes), completion=0.6), draws=8)
    ages = np.arange(YEARS + 1)
    left = 0.6 * 0.9 * 0.8 * 0.5
    expected = 0.8**ages + left * (0.9**ages - 0.8**ages)
    np.testing.assert_allclose(well(appraisal, "intervention"), expected, rtol=1e-13)


@pytest.mark.parametrize(
    ("measure", "value", "expected"),
    [
        ("difference", -0.1, 0.1),
        ("ratio", 0.4, 0.08),
        ("odds_ratio", 2.0, 0.4 / 1.2),
        ("hazard_ratio", 0.5, 1 - 0.8**0.5),
        ("smd", -0.3, 0.126703),
        ("level", 0.05, 0.05),
    ],
)
def test_every_measure_works_on_a_transition(measure: str, value: float, expected: float) -> None:
    effect = {"from": "well", "to": "ill", "measure": measure, "value": value}
    appraisal = appraise(case(two_states() | {"effects": [effect]}), draws=8)
    (found,) = [row for row in appraisal.transitions if (row.source, row.target) == ("well", "ill")]
    assert found.ordinary == 0.2
    assert found.intervention == pytest.approx(expected, abs=1e-6)


def test_a_list_goes_by_year_since_entry_and_its_last_entry_goes_on() -> None:
    row = {"ill": [0.5, {"rate": 0.1}, 0.25], "rest": "well"}
    appraisal = appraise(case(two_states() | {"transitions": {"well": row}, "effects": []}), draws=8)
    stays = np.array([0.5, np.exp(-0.1), *[0.75] * 8])
    np.testing.assert_allclose(well(appraisal, "ordinary"), np.concatenate([[1.0], np.cumprod(stays)]), rtol=1e-13)


def test_rest_may_be_another_state_and_a_state_without_a_row_keeps_its_people() -> None:
    row = {"school": 0.5, "done": 0.2, "rest": "out"}
    appraisal = appraise(case(pathway(transitions={"school": row}, effects=[], consequences=[])), draws=8)
    last = {row.state: row.base for row in appraisal.occupancy if (row.arm, row.year) == ("ordinary", 2)}
    assert last == pytest.approx({"school": 0.25, "done": 0.3, "out": 0.45}, abs=1e-15)


# -- an outcome in disguise -------------------------------------------------------------------------------------------


CONSEQUENCES: list[dict[str, Any]] = [
    {"name": "Care", "price": {"ref": "care"}, "kind": "resource_cost", "payer": "region", "delay": 1, "duration": 3,
     "marginal": [0.4, {"low": 0.3, "high": 0.9}], "realisable": 0.5, "growth": {"low": 0, "high": 0.03}},
    {"name": "Support", "price": 9000, "kind": "transfer", "payer": "kommun", "payee": "individ", "taxable": True},
    {"name": "Work", "price": 250_000, "quantity": -0.2, "kind": "production", "link": "observational",
     "causal_share": {"low": 0.2, "high": 0.7}, "growth": 0.01},
    {"name": "Health", "kind": "health", "quantity": {"low": -0.2, "high": -0.1}},
]  # fmt: skip
SHARED: dict[str, Any] = {
    "name": "Illness", "effect_on": "completers", "holds": "open", "deadweight": {"low": 0, "high": 0.2},
    "attribution": 0.9, "evidence_adjustment": {"low": 0.6, "high": 1}, "displacement": {"low": 0, "high": 0.4},
    "evidence": {"grade": "judgement", "sources": ["Own"]},
}  # fmt: skip
AROUND: dict[str, Any] = {
    "quantities": {
        "level": {"low": 0.1, "mode": 0.2, "high": 0.4},
        "effect": {"estimate": 0.7, "ci": [0.5, 0.98]},
        "care": {"dist": "gamma", "mean": 40_000, "sd": 9_000},
    },
    "participants": [
        {"year": 0, "number": {"low": 20, "high": 40}, "age": 70, "share_women": 0.5, "weight": 1.5},
        {"year": 2, "number": 30, "age": 82},
    ],
    "completion": {"low": 0.5, "mode": 0.7, "high": 0.9},
    "horizons": [3, 8],
    "health_value": 500_000,
    "public_funds_factor": {"low": 1, "high": 1.3},
    "costs": [{"name": "Staff", "actor": "kommun", "amount": 90_000, "basis": "per_year", "years": [0, 1]}],
    "survival": "sweden",
}
OUTCOME = {"id": "x", "level": "probability", "better": "lower", "ordinary": [0, {"ref": "level"}],
           "effect": {"measure": "ratio", "value": {"ref": "effect"}}}  # fmt: skip


def disguised(per: str) -> dict[str, Any]:
    """Return the same as a pathway: who falls ill in the first year stays so."""
    return {
        "id": "x",
        "states": ["well", "ill"],
        "start": {"well": 1},
        "transitions": {"well": {"ill": [{"ref": "level"}, 0], "rest": "well"}},
        "effects": [{"from": "well", "to": "ill", "measure": "ratio", "value": {"ref": "effect"}}],
        "consequences": [{**item, "state": "ill", "per": per} for item in CONSEQUENCES],
        **SHARED,
    }


@pytest.mark.parametrize("per", ["year", "entry"])
def test_a_pathway_that_is_an_outcome_gives_its_figures(per: str) -> None:
    """Years ill are an outcome with level 0 in the first year; falling ill is an event of the first year."""
    outcome = {**OUTCOME, "consequences": CONSEQUENCES, **SHARED}
    if per == "entry":
        outcome |= {"level": "event", "ordinary": {"ref": "level"}}
        del outcome["holds"]
    around = {key: value for key, value in AROUND.items() if per == "year" or key != "survival"}
    mine = appraise(case(disguised(per), **around), draws=256)
    theirs = appraise(case(**around | {"pathways": [], "outcomes": [outcome]}), draws=256)
    by_key = {(row.view, row.perspective, row.horizon, row.measure): row for row in theirs.rows}
    assert len(mine.rows) == len([key for key in by_key if ":" not in key[3]])
    for row in mine.rows:
        other = by_key[row.view, row.perspective, row.horizon, row.measure]
        for field in ("base", "mean", "sd", "p5", "p50", "p95", "probability_positive", "expected_loss"):
            a, b = getattr(row, field), getattr(other, field)
            assert a == b or a == pytest.approx(b, rel=1e-9, abs=1e-6), (row, other)
    assert mine.share_cut == pytest.approx(theirs.share_cut, rel=1e-9)
    for flow, other_flow in zip(mine.flow_rows, theirs.flow_rows, strict=True):
        assert flow.base == pytest.approx(other_flow.base, rel=1e-9, abs=1e-9)
    if per == "year":
        for horizon in (3, 8):
            found, expected = mine.outcome("x.ill", horizon), theirs.outcome("x", horizon)
            assert found.ordinary == pytest.approx(expected.ordinary, rel=1e-9)
            assert found.difference == pytest.approx(expected.difference, rel=1e-9)
            assert found.difference_p95 == pytest.approx(expected.difference_p95, rel=1e-9)


# -- mortality --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("age", "expected"), [(65, 21.571), (80, 9.885), (85, 6.856)])
def test_survival_alone_gives_the_life_table(age: int, expected: float) -> None:
    """`expected` is e_x of women in the table itself; a year lived is the mean of its beginning and its end."""
    alive = pathway(states=["alive"], start={"alive": 1}, transitions={}, effects=[], consequences=[])
    people = [{"year": 0, "number": 1, "age": age, "share_women": 1}]
    whole = case(alive, participants=people, survival="sweden", timing="mid", horizons=[101 - age])
    appraisal = appraise(whole, draws=8)
    assert appraisal.outcome("school.alive").ordinary == pytest.approx(expected, abs=0.07)
    assert appraisal.outcome("school.dead").ordinary == pytest.approx(101 - age - expected, abs=0.07)


def test_deaths_come_first_and_no_one_leaves_the_dead() -> None:
    transitions = {"school": {"out": 0.3, "dead": 0.1, "rest": "school"}}
    row = {"year": 0, "number": 1, "age": 95, "share_women": 0.4}
    kept = pathway(transitions=transitions, effects=[], consequences=[])
    made = case(kept, participants=[row], survival="sweden", horizons=[2])
    appraisal = appraise(made, draws=8)
    q = 1.0 - appraisal.plan.cohorts[0].alive[1]
    first = {row.state: row.base for row in appraisal.occupancy if (row.arm, row.year) == ("ordinary", 1)}
    expected = {"school": (1 - q) * 0.6, "done": 0.0, "out": (1 - q) * 0.3, "dead": q + (1 - q) * 0.1}
    assert first == pytest.approx(expected, abs=1e-15)


# -- draws ------------------------------------------------------------------------------------------------------------

UNCERTAIN = pathway(
    transitions={
        "school": {"counts": {"done": 116, "out": 17, "school": 350}},
        "out": {"school": {"rate": {"low": 0.1, "high": 0.4}}, "rest": "out"},
    },
    effects=[{"from": "school", "to": "out", "measure": "ratio", "value": {"estimate": 0.8, "ci": [0.6, 1.3]}}],
    holds={"low": 0.6, "high": 4.4},
    fades={"shape": "exponential", "rate": {"low": 0.1, "high": 0.9}},
    consequences=[
        {"name": "School", "state": "school", "price": {"low": 9e4, "high": 2e5}, "kind": "resource_cost",
         "payer": "kommun", "realisable": {"low": 0.2, "high": 0.9}},
        {"name": "Out", "state": "out", "per": "entry", "price": 7e4, "kind": "resource_cost", "payer": "kommun"},
        {"name": "Work", "state": "done", "price": 3e5, "kind": "production", "link": "causal", "delay": 1},
    ],
)  # fmt: skip


@pytest.mark.parametrize("timing", ["start", "mid", "end"])
def test_draws_are_base_cases_of_their_own(timing: str) -> None:
    """Each draw in a block of draws gives what it gives alone, year by year; the sign of a line may turn over time."""
    made = plan(UNCERTAIN, timing=timing, horizons=[4, 10])
    simulation = Simulation(made, draws=64)
    chunk = next(simulation.chunks())
    accounts = {account: chunk.values[row] for row, account in enumerate(chunk.accounts)}
    x = np.concatenate([simulation.x(block) for block in simulation.sample.blocks()], axis=1)
    turned = 0
    for draw in range(0, 64, 5):
        flows = flows_at(made, FactorValues(made, x[:, [draw]]))
        turned += int(any(line.max() > 1e-9 and line.min() < -1e-9 for line in flows.amounts[:1]))
        figures = DrawFigures(made, flows)
        for at, horizon in enumerate(made.horizons):
            net = accounts["money", "kommun"][at, draw] + accounts["production", "kommun"][at, draw]
            assert net == pytest.approx(figures.pv("kommun", horizon, figures.lines_of("all"))[0], rel=1e-9)
            cash = net + accounts["cash", "kommun"][at, draw]
            assert cash == pytest.approx(figures.cash("kommun", horizon), rel=1e-9)
    assert turned, "in no draw is a line a gain in one year and a loss in another: the test says nothing"


def test_pieces_of_a_block_give_the_same_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    made = plan(UNCERTAIN)
    whole = next(Simulation(made, draws=8 * 1024).chunks()).values.copy()
    monkeypatch.setattr("socio_calc.engine.simulate.PATHWAY_MEMORY", 300 * made.bytes_per_draw)
    assert len(pieces(made, 1024)) == 4
    np.testing.assert_array_equal(next(Simulation(made, draws=8 * 1024).chunks()).values, whole)


def test_a_plan_without_pathways_is_one_piece() -> None:
    made = plan(**{"pathways": [], "costs": AROUND["costs"]})
    assert (made.bytes_per_draw, pieces(made, 8192)) == (0, [slice(0, 8192)])
    assert PATHWAY_MEMORY // plan(UNCERTAIN).bytes_per_draw > 8192 > FEWEST


def test_counts_are_a_dirichlet() -> None:
    """Mean of a cell n/N, variance p(1 − p)/(N + 1), and the cells go together as those of a Dirichlet do."""
    counts = {"done": 6, "out": 3, "school": 1}
    made = plan(pathway(transitions={"school": {"counts": counts}}))
    x = np.concatenate([block.x for block in Simulation(made, draws=2**13).yearly()], axis=1)
    values = FactorValues(made, x)
    done, out = (values.product(move.probabilities[0]) for move in made.pathways[0].transitions)
    assert done.mean() == pytest.approx(0.6, abs=4e-3)
    assert done.var() == pytest.approx(0.24 / 11, rel=0.02)
    assert out.var() == pytest.approx(0.21 / 11, rel=0.02)
    assert np.cov(done, out)[0, 1] == pytest.approx(-0.18 / 11, rel=0.03)
    assert [column.key for column in made.columns] == [
        f"pathways.school.transitions.school.counts.{state}" for state in counts
    ]


def test_a_count_of_zero_stays_zero_and_a_single_one_is_certain() -> None:
    row = {"counts": {"done": 0, "out": 5, "school": 0}}
    made = plan(pathway(transitions={"school": row}, effects=[]))
    assert made.columns == ()
    assert [move.probabilities[0].coefficient for move in made.pathways[0].transitions] == [0.0, 1.0]


def test_draws_beyond_what_is_possible_are_limited_and_counted() -> None:
    row = {"done": {"low": 0.2, "high": 0.8}, "out": {"low": 0.1, "high": 0.5}, "rest": "school"}
    effect = {"from": "school", "to": "out", "measure": "difference", "value": {"low": -0.2, "high": 0}}
    appraisal = appraise(case(pathway(transitions={"school": row}, effects=[effect])), draws=4096)
    # done + out > 1 where done > 0.5 and out > 1 − done: 3/16 of the rectangle; out < −effect: 1/16 of its own.
    assert appraisal.scaled["school"] == pytest.approx(3 / 16, abs=4e-3)
    assert appraisal.clipped["school"] == pytest.approx(1 / 16, abs=4e-3)
    (warning,) = [warning for warning in appraisal.warnings if warning.code == "row-above-one"]
    assert (warning.path, warning.params["pathway"]) == ("pathways.school", "School")
    (warning,) = [warning for warning in appraisal.warnings if warning.code == "clipped-draws"]
    assert (warning.path, warning.params["outcome"]) == ("pathways.school", "School")


def test_numbers_of_a_pathway_go_together_but_not_the_cells_of_a_dirichlet() -> None:
    def together(first: str) -> Any:
        other = "pathways.school.transitions.out.school.rate"
        between = [f"pathways.school.{first}", other]
        return plan(UNCERTAIN, correlations=[{"between": between, "rank": 0.6}])

    x = np.concatenate([block.x for block in Simulation(together("effects.0.value"), draws=2**13).yearly()], axis=1)
    keys = [column.key for column in plan(UNCERTAIN).columns]
    pair = x[[keys.index(f"pathways.school.{k}") for k in ("effects.0.value", "transitions.out.school.rate")]]
    ranks = pair.argsort(axis=1).argsort(axis=1)
    assert np.corrcoef(ranks)[0, 1] == pytest.approx(0.6, abs=0.01)
    with pytest.raises(InputError) as caught:
        together("transitions.school.counts.done")
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.path) == ("correlation-unknown-path", "correlations.0.between.0")


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"value": {"ref": "r"}, "measure": "difference"}, "level-out-of-range", "pathways.school.effects.0.value"),
        ({"value": {"evidence": "e"}, "measure": "ratio"}, "row-above-one", "pathways.school.transitions.school"),
    ],
)
def test_a_base_case_beyond_what_is_possible_is_refused(changes: dict[str, Any], code: str, path: str) -> None:
    """What only the base tells, or what nobody checked before, is found when the plan is built."""
    from dataclasses import replace

    from socio_calc.case import Case
    from socio_calc.engine.build import build_plan

    base = load_reference()
    row = next(row for row in base.evidence.values() if row.measure == "ratio" and row.usable != "trap")
    base = replace(base, evidence={**base.evidence, "e": replace(row, id="e", estimate=8.0, ci_low=7.0, ci_high=9.0)})
    effect = {"from": "school", "to": "out", **changes}
    data = case(pathway()).model_dump(by_alias=True, exclude_none=True)
    data |= {"quantities": {"r": -0.3}, "pathways": [pathway(effects=[effect])]}
    with pytest.raises(InputError) as caught:
        build_plan(Case.model_validate(data), base)
    assert [(problem.code, problem.place.path) for problem in caught.value.problems] == [(code, path)]


# -- what always holds ------------------------------------------------------------------------------------------------

share = st.floats(0.0, 1.0)
some = st.one_of(
    share,
    st.tuples(share, share).map(lambda pair: {"low": min(pair), "high": max(pair)}),
    st.floats(0.0, 30.0).map(lambda rate: {"rate": rate}),
    st.floats(0.01, 5.0).map(lambda high: {"rate": {"low": 0, "high": high}}),
)


@st.composite
def pathways(draw: st.DrawFn) -> dict[str, Any]:
    states = [f"s{at}" for at in range(draw(st.integers(2, 5)))]
    transitions: dict[str, Any] = {}
    effects = []
    for state in draw(st.lists(st.sampled_from(states), unique=True, min_size=1)):
        rest = draw(st.sampled_from(states))
        targets = draw(st.lists(st.sampled_from([s for s in states if s != rest]), unique=True, min_size=1, max_size=3))
        if draw(st.booleans()):
            counts = {target: draw(st.floats(0.0, 50.0)) for target in targets}
            transitions[state] = {"counts": {**counts, rest: draw(st.floats(1.0, 90.0))}, "rest": rest}
        else:
            # In the base case a row must not exceed 1; in draws each may be twice as much.
            size = 1.0 / len(targets)
            listed = {}
            for target in targets:
                high = size * draw(share)
                entry: Any = draw(
                    st.one_of(st.just(high), st.just({"low": 0.0, "mode": high / 2, "high": min(3 * high, 1)}))
                )
                if isinstance(entry, dict) and (entry["high"] + 2 * high) / 6 > size:
                    entry = high
                listed[target] = [entry, high / 2] if draw(st.booleans()) else entry
            transitions[state] = {**listed, "rest": rest}
        if draw(st.booleans()):
            effects.append(
                {"from": state, "to": targets[0], "measure": "ratio", "value": {"estimate": 0.8, "ci": [0.4, 1.6]}}
            )
    return {
        "id": "p", "name": "P", "states": states, "start": {states[0]: 0.7, states[1]: 0.3}, "transitions": transitions,
        "effects": effects, "holds": draw(st.sampled_from([1, "open", {"low": 0, "high": 5}])), "evidence": TRIAL,
        "lag": draw(st.integers(0, 2)),
        "consequences": [{"name": s, "state": s, "per": "entry", "price": 1, "kind": "resource_cost", "payer": "stat"}
                         for s in states],
    }  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(pathways(), st.booleans())
def test_everyone_is_somewhere_in_every_draw(chosen: dict[str, Any], mortal: bool) -> None:
    people = {"participants": [{"year": 0, "number": 1, "age": 93, "share_women": 0.5}], "horizons": [8]}
    made = plan(chosen, **people, survival="sweden" if mortal else "none")
    x = next(Simulation(made, draws=128).yearly()).x
    values = FactorValues(made, x)
    trace = values.trace(0, both=True)
    assert trace.ordinary is not None
    ordinary, added = trace.ordinary.occupancy, trace.difference.occupancy
    for arm in (ordinary, ordinary + added):
        np.testing.assert_allclose(arm.sum(axis=1), 1.0, atol=1e-12)
        assert arm.min() >= -1e-12
    np.testing.assert_allclose(added.sum(axis=1), 0.0, atol=1e-12)
    # What comes to a state, less what leaves it, is its change: entries are those of a whole arm, none below 0.
    assert trace.ordinary.entries.min() >= 0.0
    assert (trace.ordinary.entries + trace.difference.entries).min() >= -1e-15
    assert float(trace.ordinary.entries.sum(axis=1).max()) <= 1.0 + 1e-12
    # Fewer states are followed for the lines alone; those that are agree.
    lean = FactorValues(made, x).trace(0).difference
    for state, row in lean.states.items():
        np.testing.assert_allclose(lean.occupancy[:, row], added[:, trace.difference.states[state]], atol=1e-15)
    flows = base_flows(made)
    np.testing.assert_allclose(flows.ordinary_states.sum(axis=0), 1.0, atol=1e-12)
    np.testing.assert_allclose(flows.difference_states.sum(axis=0), 0.0, atol=1e-12)


# -- many states ------------------------------------------------------------------------------------------------------


def many_states(**changes: Any) -> dict[str, Any]:
    """Return ten states, each of which leads to all others, every transition uncertain."""
    names = [f"s{at}" for at in range(10)]
    rows = {}
    for at, source in enumerate(names):
        targets = [name for name in names if name != source]
        row: dict[str, Any] = {name: {"low": 0.01, "mode": 0.02 + 0.002 * at, "high": 0.09} for name in targets}
        if at % 2:
            rows[source] = row | {"rest": source}
        else:  # what is left goes to another state, and one of the transitions is certain
            last = targets[8]
            rows[source] = {to: p for to, p in row.items() if to != last} | {targets[6]: 0.03, "rest": last}
    return pathway(
        states=names,
        start={"s0": 0.75, "s4": 0.25},
        transitions=rows,
        effects=[
            {"from": "s0", "to": "s3", "measure": "ratio", "value": {"estimate": 0.5, "ci": [0.3, 0.8]}},
            {"from": "s4", "to": "s5", "measure": "odds_ratio", "value": 3.0},
            {"from": "s9", "to": "s0", "measure": "difference", "value": {"low": 0.2, "mode": 0.4, "high": 0.7}},
        ],
        holds={"low": 1, "mode": 3, "high": 6},
        fades={"shape": "exponential", "rate": {"low": 0.1, "mode": 0.3, "high": 0.5}},
        consequences=[
            {"name": f"In {name}", "state": name, "price": 1000 + at, "kind": "resource_cost", "payer": "kommun",
             "index": "none", "per": per}
            for at, (name, per) in enumerate([*((name, "year") for name in names), *entries])
        ],
        **changes,
    )  # fmt: skip


entries: list[tuple[str, str]] = []


@pytest.mark.parametrize("counted", [(), ("s2", "s7")])
def test_moving_to_many_states_at_once_gives_the_same_bits(
    counted: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """States that follow one another are moved to together; entries that are counted one at a time."""
    monkeypatch.setitem(globals(), "entries", [(name, "entry") for name in counted])
    found = plan(many_states())

    def bits() -> bytes:
        (chunk,) = Simulation(found, 8 * 70).chunks()
        return chunk.values.tobytes()

    together = bits()
    monkeypatch.setattr(transitions, "TOGETHER", 1_000)
    assert bits() == together
    monkeypatch.setattr(transitions, "TOGETHER", 2)
    assert bits() == together


def test_rows_that_the_intervention_leaves_alone_are_not_worked_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    found = plan(many_states())
    closed: list[int] = []
    real = transitions.Transitions._close_row
    monkeypatch.setattr(
        transitions.Transitions, "_close_row", lambda self, source, p: (closed.append(source), real(self, source, p))[1]
    )
    FactorValues(found, np.repeat(found.central[:, None], 4, axis=1)).trace(0)
    assert {source for source in closed if closed.count(source) > 1} == {0, 4, 9}


def test_joined_moves_are_told_one_by_one() -> None:
    move = transitions.Move(0, 3, np.array([[0.1, 0.2], [0.3, 0.4]]))
    assert list(move.targets) == [3, 4]
    assert [(one.source, one.target, one.probability.tolist()) for one in move.one_by_one()] == [
        (0, 3, [0.1, 0.2]), (0, 4, [0.3, 0.4])
    ]  # fmt: skip
    assert list(transitions.Move(1, 2, np.ones(1)).targets) == [2]
