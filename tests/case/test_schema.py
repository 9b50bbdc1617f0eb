import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from socio_calc.case import Case, case_schema, dump_case, parse_document, read_document
from tests.case.faulty import changed
from tests.case.json_schema import valid
from tests.strategies import cases

SCHEMA = case_schema()
REPO = Path(__file__).parents[2]


def fits(text):
    return valid(parse_document(text.encode(), "case.yaml").data, SCHEMA, SCHEMA)


@pytest.mark.parametrize(
    "path", [Path(__file__).with_name("example.yaml"), *sorted(REPO.glob("models/*.yaml"))], ids=lambda p: p.stem
)
def test_shipped_cases_fit(path):
    assert valid(read_document(path).data, SCHEMA, SCHEMA)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases(max_pathways=2))
def test_whatever_is_written_fits(case):
    assert fits(dump_case(case))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("amount: 100000", "amount: 350 000 kr"),
        ("amount: 100000", "amount: {cost: x}"),
        ("ordinary: 0.08", "ordinary: [0.08, '7 %']"),
        ("ordinary: 0.08", "ordinary: {baseline: x}"),
        ("holds: 1", "holds: open"),
        ("format: 1", "format: 1\ndiscount_rate: [{from: 0, rate: '3,5 %'}]"),
        ("format: 1", "format: 1\ntaxes: {equalisation: 0}"),
        ("format: 1", "format: 1\napplication: {fund: vgr, call: 2021-10-31, applied: {2025: 400000}}"),
    ],
)
def test_short_forms_fit(old, new):
    assert fits(changed((old, new)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Styrka", "titel: Styrka"),
        ("amount: 100000", "amount: [1]"),
        ("amount: 100000", "amount: {low: 1}"),
        ("amount: 100000", "amount: {low: 1, high: 2, mean: 3}"),
        ("amount: 100000", "amount: many"),
        ("amount: 100000", "amount: {evidence: x}"),
        ("ordinary: 0.08", "ordinary: {cost: x}"),
        ("ordinary: 0.08", "ordinary: {low: 1, mode: 2, high: 3, dist: pert}"),
        ("actor: kommun", "actor: komun"),
        ("holds: 1", "holds: opne"),
        ("horizons: [1, 5]", "horizons: [1, 500]"),
        ("horizons: [1, 5]", "horizons: []"),
        ("format: 1", "format: 2"),
        ("format: 1", "format: 1\npathways: [{id: a}]"),
    ],
)
def test_faults_do_not_fit(old, new):
    assert not fits(changed((old, new)))


def test_every_key_of_the_case_is_in_the_schema():
    keys = {field.alias or name for name, field in Case.model_fields.items()}
    assert set(SCHEMA["properties"]) == keys
    assert set(SCHEMA["required"]) == {"format", "title", "first_year", "price_year", "horizons", "participants"}


def test_schema_is_closed_and_complete():
    text = json.dumps(SCHEMA)
    for name in set(__import__("re").findall(r"#/\$defs/(\w+)", text)):
        assert name in SCHEMA["$defs"]
    for part in (SCHEMA, *SCHEMA["$defs"].values()):
        open_to = part.get("additionalProperties", True)
        assert part.get("type") != "object" or open_to is False or part["title"] == "TransitionRow"


def test_command_prints_it_and_writes_it_beside_a_case(tmp_path, capsys):
    from socio_calc.case import SCHEMA_FILE
    from socio_calc.cli.schema import schema

    schema()
    assert json.loads(capsys.readouterr().out) == SCHEMA
    schema(out=tmp_path / "new")
    assert json.loads((tmp_path / "new" / SCHEMA_FILE).read_text(encoding="utf-8")) == SCHEMA
    assert capsys.readouterr().out == ""
