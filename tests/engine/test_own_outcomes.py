"""Outcomes that a function computes: the same figures as outcomes of a case file, and a contract that is kept."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socio_calc.appraisal import Appraisal, appraise
from socio_calc.engine.build import build_plan
from socio_calc.engine.own_functions import OwnOutcomeError
from socio_calc.engine.simulate import Simulation
from socio_calc.engine.yearly import own_change
from socio_calc.problems import InputError
from socio_calc.reference import load_reference
from tests.engine.own_cases import CARE, HEALTH, SHOWN, SUPPORT, WORK, Array, Inputs, case, halved, own

#: Levels and the measures that are tried on each, with the arithmetic of METHOD §4 written out.
MEASURES: dict[str, Callable[[Array, Array], Array]] = {
    "ratio": lambda b, x: b * x,
    "difference": lambda b, x: b + (x - 0.8) / 4.0,
    "odds_ratio": lambda b, x: x * b / (1.0 - b + x * b),
    "hazard_ratio": lambda b, x: 1.0 - (1.0 - b) ** x,
    "level": lambda b, x: x / 2.0 + 0.0 * b,
}
ON_LEVEL = {
    "rate": ("ratio", "difference", "level"),
    "amount": ("ratio", "difference", "level"),
    "probability": tuple(MEASURES),
    "event": tuple(MEASURES),
}


def twins(
    level: str, measure: str, fades: dict[str, Any] | None, lag: int, hold: Any, lasts: int | None, **common: Any
) -> tuple[Appraisal, Appraisal]:
    """Return the same outcome written in a case and as a function, each computed."""
    value = {"ref": "value"}
    if measure == "difference":
        value = {"ref": "shift"}
    elif measure == "level":
        value = {"ref": "half"}
    names = {"shift": {"low": -0.05, "mode": 0.0, "high": 0.075}, "half": {"low": 0.3, "mode": 0.4, "high": 0.55}}
    consequences = [CARE, HEALTH, SUPPORT, WORK]
    written: dict[str, Any] = {
        "id": "twin",
        "name": "Twin",
        "level": level,
        "better": "lower",
        "ordinary": {"ref": "b"},
        "effect": {"measure": measure, "value": value},
        "lag": lag,
        "evidence": SHOWN,
        "consequences": consequences,
        **common,
    }
    if level != "event":
        written |= {"holds": hold} | ({} if fades is None else {"fades": fades}) | ({"lasts": lasts} if lasts else {})
    whole = case()
    named = {**{name: quantity for name, quantity in whole.quantities.items()}, **names}

    def function(inputs: Inputs, years: Array) -> tuple[Array, Array]:
        a, b, x = years[:, None], inputs["b"][None, :], inputs["x"][None, :]
        changed = (
            MEASURES[measure](b, x) if measure not in ("difference", "level") else b + x if measure[0] == "d" else x
        )
        if level in ("probability", "event"):
            changed = np.clip(changed, 0.0, 1.0)
        elif level == "rate":
            changed = np.maximum(changed, 0.0)
        if level == "event":
            once = a == lag
            return np.where(once, b, 0.0), np.where(once, changed, 0.0)
        held = np.inf if hold == "open" else np.floor(inputs["hold"] + 0.5)
        k = np.maximum(a - lag - held, -1.0)
        left = {
            None: 0.0 * k,
            "exponential": (1.0 - inputs["rate"]) ** (k + 1.0),
            "linear": np.maximum(0.0, 1.0 - (k + 1.0) / 4.0),
            "none": 1.0 + 0.0 * k,
        }[None if fades is None else fades["shape"]]
        strength = np.where(a < lag, 0.0, np.where(k < 0, 1.0, left))
        if lasts:
            strength = np.where(a >= lasts, 0.0, strength)
        return b, b + (changed - b) * strength

    mine = own(
        function,
        id="twin",
        name="Twin",
        level=level,
        inputs={"b": {"ref": "b"}, "x": value, "hold": {"ref": "hold"}, "rate": {"ref": "rate"}},
        consequences=consequences,
        **{**{"effect_on": "all"}, **common},
    )
    first = appraise(case((written,), quantities=named), draws=64)
    second = appraise(case(quantities=named), draws=64, outcomes=[mine])
    return first, second


def assert_same(first: Appraisal, second: Appraisal) -> None:
    """Compare every figure of two appraisals, in the base case and over the draws, to 1e-9 of what it is made of."""
    assert [column.key for column in first.plan.columns] == [column.key for column in second.plan.columns]
    size = abs(first.base("pv_costs")) + sum(abs(row.base) for row in first.flow_rows)
    for one, other in zip(first.rows, second.rows, strict=True):
        for name in one.__slots__:
            left, right = getattr(one, name), getattr(other, name)
            if isinstance(left, float) and one.measure.startswith(("npv", "pv_")) and name != "probability_positive":
                assert left == pytest.approx(right, rel=1e-9, abs=1e-9 * size), (one, other)
            elif one.measure in ("npv", "pv_costs", "pv_effects"):
                assert left == right, (name, one, other)
    for row, twin in zip(first.outcome_rows, second.outcome_rows, strict=True):
        for name in ("ordinary", "intervention", "difference", "difference_mean", "difference_p5", "difference_p95"):
            assert getattr(row, name) == pytest.approx(getattr(twin, name), rel=1e-9, abs=1e-9 * row.ordinary)
    for perspective in ("societal", "region", "individ"):
        net = first.net_draws(perspective)
        assert net == pytest.approx(second.net_draws(perspective), rel=1e-9, abs=1e-9 * size)


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_an_outcome_of_a_case_and_its_twin_have_the_same_figures(data: st.DataObject) -> None:
    level = data.draw(st.sampled_from(sorted(ON_LEVEL)))
    measure = data.draw(st.sampled_from(ON_LEVEL[level]))
    hold = data.draw(st.sampled_from(["open", {"ref": "hold"}]))
    shapes: list[dict[str, Any] | None] = [
        None,
        {"shape": "none"},
        {"shape": "exponential", "rate": {"ref": "rate"}},
        {"shape": "linear", "over": 4},
    ]
    fades = None if hold == "open" else data.draw(st.sampled_from(shapes))
    lag, lasts = data.draw(st.integers(0, 3)), data.draw(st.sampled_from([None, 5]))
    common = data.draw(
        st.fixed_dictionaries(
            {},
            optional={
                "effect_on": st.just("completers"),
                "deadweight": st.sampled_from([0.0, 0.25]),
                "attribution": st.just(0.7),
                "evidence_adjustment": st.just(0.9),
                "displacement": st.just(0.2),
                "survival": st.just(False),
            },
        )
    )
    first, second = twins(level, measure, fades, lag, hold, lasts, **common)
    assert_same(first, second)


def test_the_measures_of_the_twin_are_the_same_too() -> None:
    first, second = twins("event", "ratio", None, 1, "open", None, effect_on="completers")
    for one, other in zip(first.rows, second.rows, strict=True):
        assert (one.measure, one.perspective, one.horizon, one.reason) == (
            other.measure,
            other.perspective,
            other.horizon,
            other.reason,
        )
        if one.base is not None:
            assert one.base == pytest.approx(other.base, rel=1e-9), one
    assert first.result("break_even_number:twin").base == second.result("break_even_number:twin").base


def test_the_draws_of_the_case_stay_as_they_are() -> None:
    written = {
        "id": "falls",
        "name": "Falls",
        "level": "rate",
        "better": "lower",
        "ordinary": {"low": 0.2, "high": 0.4},
        "effect": {"measure": "ratio", "value": {"estimate": 0.8, "ci": [0.7, 0.9]}},
        "holds": 2,
        "evidence": SHOWN,
        "consequences": [CARE],
    }
    plan = build_plan(case((written,)), load_reference())
    wider = build_plan(case((written,)), load_reference(), [own()])
    assert wider.columns[: len(plan.columns)] == plan.columns
    added = [column.key for column in wider.columns[len(plan.columns) :]]
    assert added == ["outcomes.own.inputs.b", "outcomes.own.inputs.rate", "outcomes.own.consequences.0.price"]
    block = Simulation(plan, 64).sample.blocks()[0]
    assert np.array_equal(Simulation(wider, 64).x(block)[: len(plan.columns)], Simulation(plan, 64).x(block))
    base = appraise(case((written,)), draws=64)
    with_own = appraise(case((written,)), draws=64, outcomes=[own()])
    assert with_own.outcome("falls") == base.outcome("falls")


@pytest.mark.parametrize("draws", [2**13 + 8, 2**17])
def test_the_same_bits_for_any_number_of_workers(draws: int) -> None:
    first, second = (appraise(case(), draws=draws, outcomes=[own()], workers=workers) for workers in (1, 3))
    assert first.rows == second.rows
    assert np.array_equal(first.net_draws(), second.net_draws())


def test_a_certain_function_is_called_with_one_draw_and_gives_certain_figures() -> None:
    sizes: set[int] = set()

    def certain(inputs: Inputs, years: Array) -> tuple[Any, Array]:
        sizes.add(inputs["b"].size)
        return inputs["b"], 0.2 + 0.0 * years[:, None]

    price = [{**CARE, "price": 1_000}]
    plain = case(quantities={}, completion=1, participants=[{"year": 0, "number": 10, "age": 40}])
    found = appraise(
        plain, draws=64, outcomes=[own(lambda i, y: (0.3, certain(i, y)[1]), inputs={"b": 0.3}, consequences=price)]
    )
    assert sizes == {1}
    assert np.ptp(found.net_draws()) == 0.0
    assert found.outcome("own", 1).difference == pytest.approx(-0.1 * 10)


def test_draws_outside_the_domain_are_limited_and_counted() -> None:
    def wide(inputs: Inputs, years: Array) -> tuple[Array, Array]:
        return np.full((1, 1), 0.1), 0.1 - inputs["effect"][None, :]

    found = appraise(case(), draws=1_024, outcomes=[own(wide, inputs={"effect": {"mean": 0.05, "sd": 0.05}})])
    # Φ(−1): one draw in six takes a tenth or more away from a tenth.
    assert found.clipped["own"] == pytest.approx(0.1587, abs=0.005)
    assert found.outcome("own").difference_p5 >= -found.outcome("own").ordinary - 1e-9
    assert any(warning.code == "clipped-draws" for warning in found.warnings)


def test_what_rounding_puts_outside_is_not_told() -> None:
    def full(inputs: Inputs, years: Array) -> tuple[Array, float]:
        return (inputs["b"] / inputs["b"] * (1.0 + 4e-16))[None, :], 0.5

    found = appraise(case(), draws=64, outcomes=[own(full, level="probability")])
    assert found.clipped["own"] == 0.0
    assert found.outcome("own", 1).ordinary == pytest.approx(50.0, rel=1e-12)


def test_events_in_several_years_succeed_together() -> None:
    def spread(inputs: Inputs, years: Array) -> tuple[Array, Array]:
        after = np.where(years < 4, 0.1, 0.0)[:, None]
        return 0.0 * after, after + 0.0 * inputs["b"]

    found = appraise(case(survival="none"), draws=64, outcomes=[own(spread, level="event", better="higher")])
    assert found.flows_base.peaks == pytest.approx([0.4 * 80])


def test_the_first_year_of_the_effect_is_what_a_follow_up_measures() -> None:
    def later(inputs: Inputs, years: Array) -> tuple[Array, Array]:
        ordinary = inputs["b"] + 0.01 * years[:, None]
        return ordinary, ordinary - np.where(years[:, None] < 2, 0.0, 0.1)

    found = appraise(case(), draws=64, outcomes=[own(later)])
    from socio_calc.analysis.information_evsi import levels_of
    from socio_calc.engine.values import FactorValues

    plan = found.plan
    levels = levels_of(plan, plan.outcomes[0], plan.central[:, None])
    assert levels is not None
    assert (levels.ordinary[0], levels.intervention[0]) == pytest.approx((0.37, 0.27))
    same = appraise(case(), draws=64, outcomes=[own(lambda inputs, years: (0.2, 0.2))])
    values = FactorValues(same.plan, same.plan.central[:, None])
    assert own_change(values, same.plan.outcomes[0].shape) is None  # type: ignore[arg-type]


# -- the contract -----------------------------------------------------------------------------------------------------

COUNTER = itertools.count()


def changing(inputs: Inputs, years: Array) -> Any:
    inputs["b"][0] = 0.0
    return halved(inputs, years)


BREACHES: dict[str, tuple[Callable[..., Any], str]] = {
    "random": (
        lambda i, y: (i["b"][None], i["b"][None] * np.random.default_rng().random()),
        "a second call gave other",
    ),
    "memory": (lambda i, y: (i["b"][None], i["b"][None] + next(COUNTER)), "a second call gave other"),
    "mean": (lambda i, y: (i["b"][None], i["b"].mean() + 0 * y[:, None]), "one draw alone gives other levels"),
    "order": (lambda i, y: (i["b"][None], i["b"][None] + np.arange(i["b"].size) * 0.01), "one draw alone gives other"),
    "length": (lambda i, y: (i["b"][None], i["b"] * (y[:, None] + 1) / y.size), "must not depend on how many years"),
    "changes": (changing, "changes its inputs"),
    "fails": (
        lambda i, y: (i["b"][None], i["c"]),
        r"the function failed \(KeyError: 'c'\) with 31 draws, 12 years and the inputs b, rate",
    ),
    "loop": (
        lambda i, y: (0.1, [[0.1 if b > 0.3 else 0.2 for b in i["b"]], [0.1]]),
        "intervention is of type list; give an array of numbers",
    ),
    "scalar only": (
        lambda i, y: (0.1, 0.1 if i["b"] > 0.3 else 0.2),
        "it must work on whole arrays, of any number of either",
    ),
    "one array": (lambda i, y: i["b"], "return two arrays: ordinary, intervention"),
    "by draw alone": (lambda i, y: (i["b"], i["b"]), r"shape \(31,\), not \(years, draws\) = \(12, 31\); write value"),
    "by year alone": (lambda i, y: (0.1 + 0 * y, 0.1), r"ordinary has shape \(12,\)"),
    "turned": (lambda i, y: (0.1, (i["b"] + 0 * y[:, None]).T), r"intervention has shape \(31, 12\)"),
    "text": (lambda i, y: (0.1, "0.1"), "intervention is of type str; give an array of numbers"),
    "complex": (lambda i, y: (0.1, i["b"][None] + 0j), "give an array of numbers"),
    "not a number": (lambda i, y: (0.1, np.log(-i["b"][None])), "intervention is nan in year 0 since entry with b ="),
    "infinite": (lambda i, y: (0.1, 1 / (0 * i["b"][None])), "intervention is inf in year 0"),
    "negative": (
        lambda i, y: (-i["b"][None], 0.1),
        "ordinary is -0.35 in year 0 since entry with b = 0.35, rate = 0.25",
    ),
}


@pytest.mark.parametrize("breach", BREACHES)
def test_a_function_that_breaks_the_contract_is_refused(breach: str) -> None:
    function, said = BREACHES[breach]
    with pytest.raises(OwnOutcomeError, match=said) as refused:
        appraise(case(), draws=64, outcomes=[own(function)])
    assert refused.value.outcome == "own"
    assert str(refused.value).startswith("outcome 'own': ")


@pytest.mark.parametrize(
    ("level", "value", "said"),
    [
        ("probability", 1.2, "a level of kind 'probability' is between 0 and 1"),
        ("event", 0.2, "ordinary sums to 2.4 over the years .* an event happens at most once"),
        ("rate", -0.1, "a level of kind 'rate' is 0 or more"),
    ],
)
def test_central_levels_outside_their_domain_are_refused(level: str, value: float, said: str) -> None:
    with pytest.raises(OwnOutcomeError, match=said):
        appraise(case(), draws=64, outcomes=[own(lambda inputs, years: (value, value / 2), level=level)])


def test_a_case_of_as_many_years_as_draws_are_tried_with_tells_shapes_apart() -> None:
    with pytest.raises(OwnOutcomeError, match="not \\(years, draws\\) = \\(31, 33\\)"):
        appraise(case(horizons=[31]), draws=64, outcomes=[own(lambda i, y: (0.1 + 0 * y, 0.1))])


def test_a_level_that_fails_far_out_says_at_which_inputs() -> None:
    def breaks(inputs: Inputs, years: Array) -> tuple[float, Array]:
        return 0.1, np.where(inputs["b"] > 0.4999, np.nan, 0.2)[None, :]

    with pytest.raises(OwnOutcomeError, match=r"intervention is nan in year 0 since entry with b = 0\.499"):
        appraise(case(), draws=16_384, outcomes=[own(breaks)])


# -- what is stated of it ---------------------------------------------------------------------------------------------


def problems(**changes: Any) -> set[tuple[str, str | None]]:
    with pytest.raises(InputError) as refused:
        appraise(case(), draws=64, outcomes=[own(**changes)])
    return {(problem.code, problem.place.path) for problem in refused.value.problems}


def test_what_is_wrong_with_it_has_its_place() -> None:
    assert problems(level="share", inputs={"b": {"low": 2, "hgh": 3}}, deadweight=2) == {
        ("wrong-choice", "outcomes.own.level"),
        ("unknown-key", "outcomes.own.inputs.b.hgh"),
        ("percent-or-share", "outcomes.own.deadweight"),
    }
    assert problems(inputs={"b": {"ref": "nobody"}}) == {("unknown-ref", "outcomes.own.inputs.b")}
    assert problems(inputs={"b": {"cost": "hip-fracture-first-year-region"}}) == {
        ("cost-not-here", "outcomes.own.inputs.b")
    }
    assert problems(id="cost") == {("reserved-id", "outcomes.cost.id")}
    assert problems(consequences=[{"name": "Care", "price": 1, "kind": "resource_cost"}]) == {
        ("required-here", "outcomes.own.consequences.0.payer")
    }
    strong = {"grade": "rct", "sources": ["A trial"]}
    assert problems(evidence=strong, deadweight=0.2) == {("adjusted-twice", "outcomes.own.deadweight")}
    wellbeing = {"name": "Joy", "price": 10, "kind": "wellbeing", "index": "none"}
    assert problems(consequences=[HEALTH, wellbeing]) == {("wellbeing-not-alone", "outcomes.own.consequences.1.kind")}


def test_two_of_one_id_are_refused() -> None:
    with pytest.raises(InputError, match=r"outcomes\.own\.id: duplicate-id"):
        appraise(case(), draws=64, outcomes=[own(), own()])


def test_an_input_may_be_a_row_of_the_base() -> None:
    base = load_reference()
    ratio = next(
        row for row in base.evidence.values() if row.measure == "ratio" and row.usable == "effect" and row.ci_low
    )
    percent = next(row for row in base.evidence.values() if row.measure == "percent" and row.usable != "trap")
    share = next(row for row in base.baselines.values() if row.unit == "share" and 0 < row.value < 0.9)
    seen: list[float] = []

    def function(inputs: Inputs, years: Array) -> tuple[Array, Array]:
        seen.append(float(inputs["percent"][0]))
        return inputs["b"][None], (inputs["b"] * np.minimum(inputs["ratio"], 1.0))[None]

    inputs = {"b": {"baseline": share.id}, "ratio": {"evidence": ratio.id}, "percent": {"evidence": percent.id}}
    plan = build_plan(case(), base, [own(function, level="probability", inputs=inputs)])
    central = {column.key: column.central for column in plan.columns}
    assert central["outcomes.own.inputs.b"] == share.value
    assert central[f"evidence:{ratio.id}"] == ratio.estimate
    assert percent.estimate is not None
    assert set(seen) == {1 + percent.estimate / 100}
    assert plan.evidence_used[ratio.id] == ("outcomes.own.inputs.ratio",)
    followed = {row.id: row.followup_months or 0.0 for row in (ratio, percent)}
    assert plan.outcomes[-1].evidence_id == min(followed, key=lambda id: followed[id])
