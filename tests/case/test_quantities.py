import pytest
from pydantic import ValidationError

from socio_calc.case import (
    Counts,
    Discrete,
    Estimate,
    Fixed,
    Moments,
    Pert,
    Ref,
    Triangular,
    Uniform,
    central_value,
    follow,
)
from socio_calc.case.quantities import FORMS, NEEDED_KEYS, form_of
from tests.case.faulty import case_of, changed, codes


def ordinary(written):
    return changed(("ordinary: 0.08", f"ordinary: {written}"), ("level: rate", "level: amount"))


@pytest.mark.parametrize(
    ("written", "expected", "central"),
    [
        ("12", Fixed(value=12), 12),
        ('"1 200 kr"', Fixed(value=1200), 1200),
        ("{value: 12, source: Egen}", Fixed(value=12, source="Egen"), 12),
        ("{low: 1, mode: 2, high: 9}", Pert(low=1, mode=2, high=9), 3),
        ("{low: 1, high: 9}", Uniform(low=1, high=9), 5),
        ("{dist: triangular, low: 1, mode: 2, high: 9}", Triangular(low=1, mode=2, high=9), 4),
        ("{estimate: 2, ci: [1, 5]}", Estimate(estimate=2, ci=(1, 5)), 2),
        ("{estimate: 2, ci: [1, 5], dist: lognormal}", Estimate(estimate=2, ci=(1, 5), dist="lognormal"), 2),
        ("{mean: 2, sd: 1}", Moments(mean=2, sd=1), 2),
        ("{mean: 2, sd: 1, dist: gamma}", Moments(mean=2, sd=1, dist="gamma"), 2),
        ("{events: 3, of: 9}", Counts(events=3, of=9), 0.35),
        ("{dist: discrete, values: [0, 10], weights: [3, 1]}", Discrete(values=(0, 10), weights=(3, 1)), 2.5),
        ("{ref: timpris}", Ref(ref="timpris"), (200 + 4 * 250 + 320) / 6),
    ],
)
def test_every_form_is_read_with_its_central_value(written, expected, central):
    case = case_of(ordinary(written))
    assert case.outcomes[0].ordinary == expected
    assert central_value(expected, case.quantities) == pytest.approx(central, rel=1e-15)


HERE = "outcomes.falls.ordinary"


@pytest.mark.parametrize(
    ("written", "problems"),
    [
        ("{low: 3, mode: 2, high: 9}", [("mode-outside", HERE)]),
        ("{low: 9, high: 3}", [("low-above-high", HERE)]),
        ("{estimate: 9, ci: [1, 5]}", [("estimate-outside-ci", HERE)]),
        ("{estimate: 2, ci: [0, 5], dist: lognormal}", [("lognormal-not-positive", HERE)]),
        ("{estimate: 2, ci: [5, 1]}", [("low-above-high", HERE)]),
        ("{estimate: 2, ci: [1]}", [("missing-required", f"{HERE}.ci.1")]),
        ("{mean: 0.5, sd: 0.5, dist: beta}", [("impossible-moments", HERE)]),
        ("{mean: 1.5, sd: 0.5, dist: beta}", [("impossible-moments", HERE)]),
        ("{mean: 0, sd: 1, dist: gamma}", [("impossible-moments", HERE)]),
        ("{mean: -1, sd: 1, dist: lognormal}", [("impossible-moments", HERE)]),
        ("{mean: 1, sd: -1}", [("out-of-range", f"{HERE}.sd")]),
        ("{events: 9, of: 3}", [("events-above-of", HERE)]),
        ("{events: 0, of: 0}", [("out-of-range", HERE)]),
        ("{dist: discrete, values: [1, 2], weights: [1]}", [("weights-differ", HERE)]),
        ("{dist: discrete, values: [1, 2], weights: [1, 0]}", [("weight-not-positive", HERE)]),
        ("{estimate: 2, ci: [1, 5, 9]}", [("wrong-length", f"{HERE}.ci")]),
        ("{low: 1, mode: 2}", [("one-sided-interval", HERE)]),
        ("{mode: 2}", [("one-sided-interval", HERE), ("one-sided-interval", HERE)]),
        ("{mean: 2}", [("number-incomplete", HERE)]),
        ("{low: 1, high: 3, mean: 2}", [("number-mixed", HERE)]),
        ("{low: 1, mdoe: 2, high: 3}", [("unknown-key", f"{HERE}.mdoe")]),
        ("{source: Egen}", [("missing-required", f"{HERE}.value")]),
        ("{low: 1, mode: , high: 3}", [("missing-required", f"{HERE}.mode")]),
        ("{mean: 1, sd: 1, dist: betta}", [("wrong-choice", f"{HERE}.dist")]),
        ("{low: abc, mode: 2, high: 1e999}", [("not-a-number", f"{HERE}.low"), ("not-finite", f"{HERE}.high")]),
        ("true", [("not-a-number", HERE)]),
        ("[]", [("missing-required", HERE)]),
        ("{cost: teacher-hour}", [("cost-not-here", HERE)]),
        ("{ref: timpri}", [("unknown-ref", HERE)]),
    ],
)
def test_a_wrong_quantity_says_what_is_wrong(written, problems):
    assert codes(ordinary(written)) == problems


def test_form_follows_from_the_keys_alone():
    for form in FORMS:
        assert form_of(NEEDED_KEYS[form]) is form
        assert form_of(NEEDED_KEYS[form] | {"source", "note", "tornado_group"}) is form
    assert form_of(frozenset({"low", "value"})) is None


def test_names_are_followed_to_their_end_and_circles_end():
    named = {"a": Ref(ref="b"), "b": Fixed(value=2), "c": Ref(ref="d"), "d": Ref(ref="c")}
    assert follow(Ref(ref="a"), named) == Fixed(value=2)
    assert follow(Ref(ref="c"), named) is None
    assert follow(Ref(ref="x"), named) is None


def test_circle_of_names_is_an_error_at_each_name():
    text = changed(("  timpris: {low: 200, mode: 250, high: 320}", "  a: {ref: b}\n  b: {ref: a}"))
    assert codes(text) == [("circular-ref", "quantities.a"), ("circular-ref", "quantities.b")]


def test_models_made_in_python_refuse_the_same():
    with pytest.raises(ValidationError):
        Pert(low=3, mode=2, high=1)
    with pytest.raises(ValidationError):
        Fixed(value=float("nan"))
    with pytest.raises(ValidationError):
        Fixed(value=1).value = 2


def test_zero_width_and_zero_weightless_forms_stay_valid():
    assert Pert(low=2, mode=2, high=2).central == 2
    assert Estimate(estimate=2, ci=(2, 2)).central == 2
    assert Moments(mean=2, sd=0, dist="gamma").central == 2
