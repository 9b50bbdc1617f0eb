"""Nothing is lost between a case and its form, in either direction and whichever program has saved the form."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from socio_calc.case import Case, build_case, parse_document
from socio_calc.case.dump import case_data, dump_case
from socio_calc.form.fill import fill, read_again
from socio_calc.form.notation import same
from socio_calc.reference import shipped_folder
from tests.form.forms import filled_in, form_of_model, model, read_back, written
from tests.strategies import cases

MODELS = sorted(path.stem for path in shipped_folder("models").glob("*.yaml"))
#: A form takes a second to write: few examples, and a failure is shown as it is.
FEW = settings(max_examples=4, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate))


def merged(data, kept):
    """Return data with what the form keeps without fields."""
    result = {**data, "application": dict(data["application"])} if "application" in data else dict(data)
    for key, value in kept.items():
        first, _, rest = key.partition(".")
        if rest:
            result.setdefault(first, {})[rest] = value
        else:
            result[key] = value
    return result


@given(cases(), st.sampled_from(("sv", "en")))
def test_the_cells_of_a_case_give_the_same_case(case: Case, lang: str):
    data = case_data(case)
    filled = fill(data, lang)
    assert set(filled.kept) <= {"pathways"}
    assert same(merged(read_again(filled), filled.kept), data)


@pytest.mark.parametrize("name", MODELS)
def test_the_cells_of_a_model_give_the_same_model(name: str):
    data = case_data(model(name), given=True)
    filled = fill(data, "sv")
    assert set(filled.kept) <= {"pathways"}
    assert same(merged(read_again(filled), filled.kept), data)


@FEW
@given(cases())
def test_case_to_form_to_case(tmp_path_factory: pytest.TempPathFactory, case: Case):
    assert read_back(written(case_data(case)), tmp_path_factory.mktemp("form")) == case


@FEW
@given(cases(max_outcomes=2))
def test_case_to_form_filled_in_by_another_program_to_case(tmp_path_factory: pytest.TempPathFactory, case: Case):
    filled = fill(case_data(case), "sv")
    if not filled.kept:
        assert read_back(filled_in(filled), tmp_path_factory.mktemp("form")) == case


def test_form_to_yaml_to_form(tmp_path: Path):
    case = read_back(form_of_model("styrka-hela-livet"), tmp_path)
    again = build_case(parse_document(dump_case(case).encode(), "a.yaml"))
    assert again == case == model("styrka-hela-livet")
    assert written(case_data(case), "en") == written(case_data(again), "en")


def test_pathways_are_kept_as_they_are(tmp_path: Path):
    case = model("fullfoljda-studier")
    assert case.pathways
    assert read_back(written(case_data(case)), tmp_path) == case


def test_everything_at_the_edge_survives(tmp_path: Path):
    data = case_data(model("kiva"), given=True)
    data["application"]["attachments"] = ["uppfoljning", "budget"]  # another order than that of the form
    data["application"]["target_group"] = {}
    data["application"]["organisations"].append({})
    data["title"] = "=SUM(A1:A9)"
    data["description"] = "Rad 1\r\nRad 2\u2028slut " + "å" * 40_000
    data["outcomes"][0]["because"] = "'citat'"
    data["costs"][0]["note"] = "Belopp: ser ut som en rubrik"
    data["costs"][0]["source"] = "Källa: två\nrader"
    data["scenarios"] = {
        "tomt": {},
        "svårt": {f"outcomes.{data['outcomes'][0]['id']}.survival": False, "discount_rate": [{"from": 0, "rate": 0.1}]},
    }
    case = Case.model_validate(data)
    assert read_back(written(case_data(case)), tmp_path) == case
