import pytest

from socio_calc.case import Correlation, Decision, dump_case, parse_document
from socio_calc.case.scenarios import replaced
from tests.case.faulty import RIGHT, case_of, codes, found

BOTH = RIGHT.replace(
    "outcomes:\n",
    "completion: {low: 0.6, mode: 0.75, high: 0.9}\n"
    "correlations:\n"
    "  - {between: [outcomes.falls.effect.value, completion], rank: 0.3}\n"
    "decision: {perspective: societal, participants_per_cohort: 60, cohorts_per_year: 1, from_year: 3, years: 10}\n"
    "outcomes:\n",
    1,
)


def test_both_are_read_and_written_again():
    case = case_of(BOTH)
    assert case.correlations == (Correlation(between=("outcomes.falls.effect.value", "completion"), rank=0.3),)
    assert case.decision == Decision(
        perspective="societal", participants_per_cohort=60, cohorts_per_year=1, from_year=3, years=10
    )
    assert case_of(dump_case(case)) == case
    assert (case_of(RIGHT).correlations, case_of(RIGHT).decision) == ((), None)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("rank: 0.3", "rank: 1", ("rank-at-limit", "correlations.0.rank")),
        ("rank: 0.3", "rank: -1", ("rank-at-limit", "correlations.0.rank")),
        ("rank: 0.3", "rank: 1.2", ("out-of-range", "correlations.0.rank")),
        (", rank: 0.3", "", ("missing-required", "correlations.0.rank")),
        ("rank: 0.3", "rank: stark", ("not-a-number", "correlations.0.rank")),
        ("value, completion]", "value]", ("wrong-length", "correlations.0.between")),
        ("value, completion]", "value, completion, quantities.timpris]", ("wrong-length", "correlations.0.between")),
        ("[outcomes.falls.effect.value, completion]", "completion", ("not-a-list", "correlations.0.between")),
        ("outcomes.falls.effect.value, completion", "completion, completion", ("correlation-with-itself", None)),
        ("perspective: societal, ", "", ("missing-required", "decision.perspective")),
        ("perspective: societal", "perspective: region ", ()),
        ("perspective: societal", "perspective: landet", ("wrong-choice", "decision.perspective")),
        ("cohort: 60", "cohort: 0", ("out-of-range", "decision.participants_per_cohort")),
        ("cohort: 60", "cohort: 12.5", ("not-whole", "decision.participants_per_cohort")),
        ("cohorts_per_year: 1", "cohorts_per_year: 0", ("out-of-range", "decision.cohorts_per_year")),
        ("from_year: 3", "from_year: -1", ("out-of-range", "decision.from_year")),
        ("years: 10}", "years: 0}", ("out-of-range", "decision.years")),
        ("years: 10}", "years: 10, stop: 3}", ("unknown-key", "decision.stop")),
    ],
)
def test_each_fault_has_its_code_and_place(old, new, expected):
    assert old in BOTH
    problems = codes(BOTH.replace(old, new))
    if not expected:
        assert problems == []
        return
    code, path = expected
    assert [found_code for found_code, _ in problems] == [code]
    assert path is None or problems[0][1] == path


def test_a_fault_has_its_line():
    (problem,) = found(BOTH.replace("rank: 0.3", "rank: 1"))
    line = next(n for n, text in enumerate(BOTH.splitlines(), 1) if "rank" in text)
    assert (problem.place.file, problem.place.line) == ("case.yaml", line)


def test_a_pair_stands_once_whatever_the_order():
    again = BOTH.replace(
        "rank: 0.3}\n", "rank: 0.3}\n  - {between: [completion, outcomes.falls.effect.value], rank: -0.2}\n"
    )
    assert codes(again) == [("correlation-twice", "correlations.1.between")]


def test_scenarios_may_replace_both_and_make_a_correlated_number_certain():
    text = BOTH + "scenarios:\n  a: {completion: 0.8}\n  b: {decision.years: 5, correlations.0.rank: 0.5}\n"
    assert codes(text) == []


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ({"completion": 0.8}, 0),
        ({"completion": {"value": 0.8, "source": "x"}}, 0),
        ({"completion": {"low": 0.7, "high": 0.8}}, 1),
        ({"outcomes.falls.effect.value": 0.9}, 0),
        ({"outcomes.falls.holds": 2}, 1),
        ({"correlations": []}, 0),
    ],
)
def test_a_correlation_of_a_number_that_becomes_certain_falls_away(values, kept):
    data = parse_document(BOTH.encode(), "case.yaml").data
    assert len(replaced(data, values)["correlations"]) == kept
    assert len(data["correlations"]) == 1


def test_a_name_is_followed_to_what_becomes_certain():
    text = BOTH.replace("value, completion]", "value, costs.0.amount]").replace(
        "amount: 100000", "amount: {ref: timpris}"
    )
    data = parse_document(text.encode(), "case.yaml").data
    assert replaced(data, {"quantities.timpris": 250})["correlations"] == []
    assert len(replaced(data, {"completion": 0.7})["correlations"]) == 1
