from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socio_calc.case import (
    SCHEMA_FILE,
    Case,
    Consequence,
    Counts,
    Discrete,
    Estimate,
    Fixed,
    Triangular,
    build_case,
    check_case,
    dump_case,
    parse_document,
    read_document,
)
from tests.case.faulty import RIGHT, case_of, changed
from tests.strategies import cases

REPO = Path(__file__).parents[2]
SHIPPED = sorted(
    [*REPO.glob("models/*.yaml"), *REPO.glob("tests/*/cases/*.yaml"), Path(__file__).with_name("example.yaml")]
)


def again(case: Case) -> Case:
    return build_case(parse_document(dump_case(case).encode(), "again.yaml"))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases(max_pathways=2))
def test_any_case_reads_back_equal(case):
    assert check_case(case) == ()
    assert again(case) == case


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_case_of_the_repository_reads_back_equal(path):
    case = build_case(read_document(path))
    assert again(case) == case


#: Text that any program may hand over: everything but control characters and halves of signs.
TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from("\n\t'\"#:-{}[]&*!|>%@` "), max_size=60)


@settings(max_examples=150, deadline=None)
@given(TEXT, st.lists(TEXT.filter(str.strip), max_size=3))
def test_any_text_reads_back_equal(description, not_valued):
    right = case_of(RIGHT)
    case = right.model_copy(update={"description": description, "not_valued": tuple(not_valued)})
    assert again(case) == case


@pytest.mark.parametrize(
    "word", ["12", "1_000", "~", "null", "no", "true", "1e5", ".inf", "2021-10-31", "007", "a: b", "# x", "", " x "]
)
def test_words_that_look_like_something_else_stay_text(word):
    case = case_of(RIGHT).model_copy(update={"description": word})
    assert again(case).description == word


@given(st.floats(-1e18, 1e18))
@settings(max_examples=60, deadline=None)
def test_any_number_reads_back_exactly(number):
    case = case_of(changed(("level: rate", "level: amount"), ("ordinary: 0.08", "ordinary: 1")))
    outcome = case.outcomes[0].model_copy(update={"ordinary": Fixed(value=number)})
    assert again(case.model_copy(update={"outcomes": (outcome,)})).outcomes[0].ordinary.value == number


def test_first_line_names_the_schema_beside_the_file():
    assert dump_case(case_of(RIGHT)).splitlines()[0] == f"# yaml-language-server: $schema={SCHEMA_FILE}"


def test_defaults_are_left_out_and_certain_numbers_stand_bare():
    text = dump_case(case_of(RIGHT))
    assert "ordinary: 0.08" in text
    assert "years: [0, 1]" in text
    assert "timpris: {low: 200, mode: 250, high: 320}" in text
    for word in ("deadweight", "null", "setup", "weight", "index", "taxes"):
        assert word not in text


@pytest.mark.parametrize(
    ("quantity", "written"),
    [
        (Fixed(value=1, source="Egen"), "{value: 1, source: Egen}"),
        (Triangular(low=0, mode=1, high=2), "{dist: triangular, low: 0, mode: 1, high: 2}"),
        (Discrete(values=(0, 1), weights=(1, 2)), "{dist: discrete, values: [0, 1], weights: [1, 2]}"),
        (Estimate(estimate=1, ci=(0, 2)), "{estimate: 1, ci: [0, 2]}"),
        (Counts(events=1, of=9), "{events: 1, of: 9}"),
    ],
)
def test_forms_are_written_as_a_person_would(quantity, written):
    case = case_of(changed(("level: rate", "level: amount")))
    outcome = case.outcomes[0].model_copy(update={"ordinary": quantity})
    assert f"ordinary: {written}\n" in dump_case(case.model_copy(update={"outcomes": (outcome,)}))


def test_a_health_line_keeps_its_quantity_even_when_it_is_one():
    case = case_of(RIGHT)
    line = Consequence(name="Hälsa", kind="health", quantity=Fixed(value=1))
    case = case.model_copy(update={"outcomes": (case.outcomes[0].model_copy(update={"consequences": (line,)}),)})
    assert again(case) == case


def test_text_of_several_lines_stands_in_a_block():
    text = dump_case(case_of(RIGHT).model_copy(update={"description": "Rad ett\nRad två"}))
    assert "description: |-\n  Rad ett\n  Rad två\n" in text
