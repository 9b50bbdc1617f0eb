import pytest

from socio_calc.case.scenarios import PathError, replaced
from tests.case.faulty import RIGHT, case_of, codes


def scenario(values):
    return f"{RIGHT}scenarios:\n  lagre: {{{values}}}\n"


@pytest.mark.parametrize(
    "values",
    [
        "discount_rate: 0.05, outcomes.falls.effect.value: 0.9",
        "costs.0.amount: 200 tkr",
        "outcomes.falls.consequences.0.price: {low: 1, high: 2}",
        "quantities.timpris: {low: 1, mode: 2, high: 3}",
        "outcomes.falls.lasts: 3",
        "taxes.municipal: 0.2",
        "taxes.equalisation.regional: 0",
        "participants.0.number: 30",
        "horizons: [1, 3, 5]",
        "outcomes.falls.fades: {shape: linear, over: 3}",
    ],
)
def test_whole_values_are_replaced(values):
    assert case_of(scenario(values)).scenarios["lagre"]


@pytest.mark.parametrize(
    ("values", "code", "path"),
    [
        ("outcomes.fals.effect.value: 0.9", "unknown-path", "outcomes.fals.effect.value"),
        ("outcomes.falls.efect: 0.9", "unknown-key", "outcomes.falls.efect"),
        ("costs.7.amount: 1", "unknown-path", "costs.7.amount"),
        ("title: B", "unknown-path", "title"),
        ("pathways.school.holds: 3", "unknown-path", "pathways.school.holds"),
        ("quantities.timpris.low: 1", "not-a-whole-value", "quantities.timpris.low"),
        ("outcomes.falls.effect.value.estimate: 1", "not-a-whole-value", "outcomes.falls.effect.value.estimate"),
        ("discount_rate: 5", "percent-or-share", "discount_rate"),
        ("outcomes.falls.ordinary: abc", "not-a-number", "outcomes.falls.ordinary"),
        (
            "outcomes.falls.effect.value: {estimate: 9, ci: [1, 2]}",
            "estimate-outside-ci",
            "outcomes.falls.effect.value",
        ),
        ("outcomes.falls.level: event", "not-used-here", "outcomes.falls.level"),
        ("horizons: [1]", "cost-year-outside", "horizons"),
    ],
)
def test_a_wrong_replacement_is_placed_in_its_scenario(values, code, path):
    assert (code, f"scenarios.lagre.{path}") in codes(scenario(values))


def test_faults_of_the_case_are_not_repeated_by_its_scenarios():
    text = scenario("discount_rate: 0.05").replace("actor: kommun", "actor: komun")
    assert codes(text) == [("wrong-choice", "costs.0.actor")]


def test_nearest_path():
    from tests.case.faulty import found

    (problem,) = found(scenario("outcomes.fals.effect.value: 0.9"))
    assert problem.params["nearest"] == "outcomes.falls.effect.value"


def test_names_of_scenarios():
    assert codes(f"{RIGHT}scenarios:\n  Lägre effekt: {{discount_rate: 0.05}}\n") == []
    assert codes(f"{RIGHT}scenarios:\n  a.b: {{discount_rate: 0.05}}\n") == [("bad-name", "scenarios.a.b")]


def test_replacing_leaves_the_original_alone():
    data = {"costs": [{"amount": 1}, {"amount": 2}]}
    assert replaced(data, {"costs.1.amount": 9}) == {"costs": [{"amount": 1}, {"amount": 9}]}
    assert data == {"costs": [{"amount": 1}, {"amount": 2}]}
    with pytest.raises(PathError):
        replaced(data, {"costs.2.amount": 9})
