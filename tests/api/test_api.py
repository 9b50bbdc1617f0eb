"""What an analyst meets: every number reachable as a tidy frame, nothing that two frames say differently."""

from __future__ import annotations

import doctest
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import socio_calc
import socio_calc.api
from socio_calc.appraisal.measures import VIEWS
from socio_calc.engine.ledger import PERSPECTIVES
from socio_calc.problems import InputError


@pytest.fixture(scope="module")
def case() -> socio_calc.Case:
    return socio_calc.load(socio_calc.model("skolnarvaro"))


@pytest.fixture(scope="module")
def appraisal(case: socio_calc.Case) -> socio_calc.Appraisal:
    return socio_calc.appraise(case, draws=1_024)


def test_the_frames_have_the_names_of_the_json_object(appraisal: socio_calc.Appraisal) -> None:
    result = appraisal.to_json()
    assert list(appraisal.results().columns) == list(result["results"][0])
    assert len(appraisal.results()) == len(result["results"])
    assert set(result["outcomes"][0]) <= set(appraisal.outcomes().columns)
    assert set(result["flows"][0]) <= set(appraisal.flows().columns)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("perspective", PERSPECTIVES)
def test_flows_add_up_to_the_net_present_value(appraisal: socio_calc.Appraisal, view: str, perspective: str) -> None:
    flows = appraisal.flows(view, perspective)
    expected = appraisal.result("npv", perspective, view=view).base
    gross = flows["present_value"].abs().sum()
    assert flows["present_value"].sum() == pytest.approx(expected, abs=1e-9 * gross + 1e-9)
    assert (flows["view"] == view).all()
    assert (flows["perspective"] == perspective).all()


def test_flows_with_a_factor_for_public_funds_add_up_too(case: socio_calc.Case) -> None:
    dearer = socio_calc.appraise(case.with_(public_funds_factor=1.3), draws=64)
    for view in VIEWS:
        total = dearer.flows(view)["present_value"].sum()
        assert total == pytest.approx(dearer.result("npv", view=view).base, rel=1e-9)


@pytest.mark.parametrize("view", VIEWS)
def test_draws_give_the_mean_of_the_result(appraisal: socio_calc.Appraisal, view: str) -> None:
    draws = appraisal.draws(view, "kommun", 5)
    row = appraisal.result("npv", "kommun", 5, view)
    assert len(draws) == appraisal.number_of_draws
    assert draws["npv"].mean() == pytest.approx(row.mean, rel=1e-9)
    assert {column.key for column in appraisal.plan.columns} <= set(draws.columns)


def test_draws_are_those_of_the_result(appraisal: socio_calc.Appraisal) -> None:
    np.testing.assert_allclose(np.sort(appraisal.draws()["npv"]), np.sort(appraisal.net_draws()), rtol=1e-9)


def test_the_years_end_where_the_result_does(appraisal: socio_calc.Appraisal) -> None:
    yearly = appraisal.yearly("region")
    assert len(yearly) == appraisal.longest
    assert yearly["base"].iloc[-1] == pytest.approx(appraisal.base("npv", "region"))


def test_every_frame_says_its_view_and_perspective(appraisal: socio_calc.Appraisal) -> None:
    frames = (
        appraisal.results(),
        appraisal.outcomes(),
        appraisal.flows(),
        appraisal.draws(),
        appraisal.quantities(),
        appraisal.yearly(),
        appraisal.occupancy_frame(),
    )
    for frame in frames:
        assert list(frame.columns[:2]) == ["view", "perspective"]


def test_results_asked_for_by_a_name_that_is_not_there(appraisal: socio_calc.Appraisal) -> None:
    with pytest.raises(ValueError, match="perspective is one of"):
        appraisal.results(perspective="kommunen")
    with pytest.raises(ValueError, match="unknown view"):
        appraisal.flows("everything")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"measure": "nvp"}, r"no measure 'nvp': there is bcr, .*, npv, "),
        ({"horizon": 7}, r"no horizon 7: there is 1, 3, 5, 10"),
        ({"perspective": "kommunen", "horizon": 7}, r"no perspective 'kommunen': there is .*kommun,.*; no horizon 7"),
    ],
)
def test_one_figure_asked_for_by_what_is_not_there(
    appraisal: socio_calc.Appraisal, asked: dict[str, Any], said: str
) -> None:
    with pytest.raises(KeyError, match=said):
        appraisal.base(**asked)


def test_a_measure_that_one_view_lacks_is_said_to_be_missing_there(appraisal: socio_calc.Appraisal) -> None:
    with pytest.raises(KeyError, match=r"no row has measure 'irr'.*view 'without_health' together"):
        appraisal.result("irr", view="without_health")


def test_an_outcome_that_is_not_there(appraisal: socio_calc.Appraisal) -> None:
    with pytest.raises(KeyError, match="no outcome 'grades': there is eligibility, presence"):
        appraisal.outcome("grades")


@pytest.mark.parametrize(
    ("wrong", "error", "said"),
    [
        ({"draws": "x"}, TypeError, "draws must be a whole number, got 'x'"),
        ({"draws": 100.0}, TypeError, "draws must be a whole number"),
        ({"draws": True}, TypeError, "draws must be a whole number, got True"),
        ({"seed": None}, TypeError, "seed must be a whole number"),
        ({"workers": "2"}, TypeError, "workers must be a whole number"),
        ({"horizons": 5}, TypeError, "horizons must be a list of years"),
        ({"horizons": "10"}, TypeError, "horizons must be a list of years"),
        ({"horizons": [5, "10"]}, TypeError, "each of horizons must be a whole number, got '10'"),
        ({"horizons": []}, ValueError, "one or more spans of 1 to 120 years"),
        ({"horizons": [0, 5]}, ValueError, "one or more spans of 1 to 120 years"),
        ({"horizons": [121]}, ValueError, "one or more spans of 1 to 120 years"),
    ],
)
def test_settings_that_are_no_numbers_are_named(
    case: socio_calc.Case, wrong: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        socio_calc.appraise(case, **wrong)


def test_settings_may_be_numbers_of_numpy(case: socio_calc.Case) -> None:
    plain = socio_calc.appraise(case, draws=64, seed=3, horizons=[5])
    same = socio_calc.appraise(case, draws=np.int64(64), seed=np.int32(3), horizons=np.array([5]))
    assert same.rows == plain.rows


def test_objects_say_in_a_line_what_they_are(case: socio_calc.Case, appraisal: socio_calc.Appraisal) -> None:
    title = repr(case.title)
    assert repr(case) == str(case) == f"<Case {title}: 8 costs, 2 outcomes; 10 years from 2025>"
    assert repr(appraisal) == f"<Appraisal of {title}: horizons 1, 3, 5, 10 years, 1024 draws, seed 1>"
    assert repr(appraisal.plot).startswith(f"<Plots of {title}: ")
    assert "all()" in repr(appraisal.plot)


def test_sensitivity_and_information_by_quantity(appraisal: socio_calc.Appraisal) -> None:
    drivers = appraisal.sensitivity()
    assert drivers["quantity"].is_unique
    assert set(drivers["quantity"]) == {column.key for column in appraisal.plan.columns}
    spread = (drivers["npv_high"] - drivers["npv_low"]).abs()
    assert spread.is_monotonic_decreasing
    knowing = appraisal.information()
    assert (knowing["value"] <= knowing["evpi"] + 1e-6).all()


def test_charts_are_axes_and_leave_the_settings_alone(appraisal: socio_calc.Appraisal) -> None:
    import matplotlib
    from matplotlib.axes import Axes

    before = dict(matplotlib.rcParams)
    assert isinstance(appraisal.plot.cumulative("en"), Axes)
    assert isinstance(appraisal.plot.tornado(), Axes)
    assert dict(matplotlib.rcParams) == before
    shown = appraisal.plot.cumulative().figure._repr_png_()
    assert shown.startswith(b"\x89PNG")
    assert {"cumulative", "tornado"} <= set(appraisal.plot.all())
    with pytest.raises(KeyError, match="no chart"):
        appraisal.plot.chart("pie")


def test_the_notebook_shows_a_table_with_everything_escaped(case: socio_calc.Case) -> None:
    shown = socio_calc.appraise(case.with_(title="<script>alert(1)</script>"), draws=64)._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert shown.count('scope="col"') == 4
    assert "<caption>" in shown


def test_paired_draws_give_the_net_benefit(appraisal: socio_calc.Appraisal) -> None:
    paired = appraisal.to_heormodel()
    assert paired.costs.index.equals(paired.inputs.index)
    assert (paired.costs["ordinary"] == 0).all()
    without_health = appraisal.result("npv", view="without_health").mean
    wellbeing = appraisal.result("npv").mean
    mean = -paired.costs["intervention"].mean()
    assert mean == pytest.approx(without_health if not paired.effects["intervention"].any() else mean, rel=1e-9)
    assert np.isfinite(wellbeing)


def test_files(appraisal: socio_calc.Appraisal, tmp_path: Path) -> None:
    from socio_calc.report import OutputError

    path = appraisal.to_excel(tmp_path / "ut" / "a.xlsx")
    assert path.read_bytes()[:2] == b"PK"
    with pytest.raises(OutputError):
        appraisal.to_excel(path)
    assert appraisal.to_html(tmp_path / "a.html").read_bytes().lstrip()[:9].lower() == b"<!doctype"
    assert appraisal.to_word(tmp_path / "a.docx").read_bytes()[:2] == b"PK"


class TestChangedCases:
    def test_a_value_deep_inside(self, case: socio_calc.Case) -> None:
        changed = case.with_({"costs.0.growth": 0.02, "participants.0.number": {"low": 40, "high": 80}})
        assert changed.costs[0].growth.value == 0.02
        assert case.costs[0].growth.value == 0
        assert changed.folder == case.folder

    def test_top_level_keys_and_title(self, case: socio_calc.Case) -> None:
        changed = case.with_(title="Utan lokal", discount_rate="5 %", completion=0.8)
        assert (changed.title, changed.discount_rate, changed.completion.value) == ("Utan lokal", 0.05, 0.8)

    def test_a_quantity_of_another_case(self, case: socio_calc.Case) -> None:
        value = case.outcomes[0].effect.value
        assert case.with_({f"outcomes.{case.outcomes[0].id}.effect.value": value}) == case

    def test_all_that_is_wrong_is_said_at_once(self, case: socio_calc.Case) -> None:
        with pytest.raises(InputError) as raised:
            case.with_({"costs.0.amout": 3, "discont_rate": 0.03})
        found = {(problem.code, problem.place.path) for problem in raised.value.problems}
        assert found == {("unknown-key", "costs.0.amout"), ("unknown-key", "discont_rate")}
        with pytest.raises(InputError):
            case.with_(discount_rate=35)

    @pytest.mark.parametrize(
        ("path", "value", "said"),
        [
            ("costs.0.amuont", 3, "costs.0.amuont: unknown-key (did you mean 'amount'?)"),
            ("costs.0.zzzzzzzz", 3, "costs.0.zzzzzzzz: unknown-key"),
            ("timing", "strat", "timing: wrong-choice (did you mean 'start'?)"),
            ("timing", "zzzz", "timing: wrong-choice (one of start, mid, end)"),
        ],
    )
    def test_the_error_itself_says_what_was_meant(
        self, case: socio_calc.Case, path: str, value: object, said: str
    ) -> None:
        with pytest.raises(InputError) as raised:
            case.with_({path: value})
        assert str(raised.value) == said

    def test_a_scenario_is_the_one_of_the_analysis(self, case: socio_calc.Case) -> None:
        name = next(iter(case.scenarios))
        alone = socio_calc.appraise(case.scenario(name), draws=64).base()
        rows = socio_calc.appraise(case, draws=64).analysis().scenarios
        assert alone == pytest.approx(next(row.npv for row in rows if row.name == name), rel=1e-9)
        with pytest.raises(KeyError, match="no scenario"):
            case.scenario("rosy")


def test_models_by_name() -> None:
    assert all(socio_calc.model(name).is_file() for name in socio_calc.models())
    with pytest.raises(KeyError, match="styrka-hela-livet"):
        socio_calc.model("styrka-hela-live")


def test_a_frame_of_a_case_without_anything_uncertain() -> None:
    from tests.case.faulty import RIGHT, case_of

    certain = case_of(
        RIGHT.replace("{estimate: 0.77, ci: [0.71, 0.83]}", "0.77").replace("{low: 200, mode: 250, high: 320}", "250")
    )
    appraisal = socio_calc.appraise(certain, draws=64)
    assert len(appraisal.quantities()) == 0
    assert len(appraisal.sensitivity()) == 0
    assert isinstance(appraisal.draws(), pd.DataFrame)


@pytest.mark.parametrize(
    "module",
    [
        "socio_calc.api",
        "socio_calc.api.shipped",
        "socio_calc.api.appraisal",
        "socio_calc.case.model",
        "socio_calc.problems",
    ],
)
def test_examples(module: str) -> None:
    import importlib

    assert doctest.testmod(importlib.import_module(module)).failed == 0


@pytest.mark.parametrize("horizons", [[], [0], [121]])
def test_horizons_that_no_case_could_have_are_refused(case: socio_calc.Case, horizons: list[int]) -> None:
    with pytest.raises(ValueError, match="1 to 120"):
        socio_calc.appraise(case, horizons=horizons, draws=64)


def test_personal_data_stays_out_of_the_json(case: socio_calc.Case) -> None:
    named = case.with_({"costs.0.name": "Anna 811218-9876"}, title="Stöd till anna.svensson@example.com")
    text = str(socio_calc.appraise(named, draws=64).to_json())
    assert "811218" not in text
    assert "example.com" not in text
