"""An outcome of the analyst's own goes through everything that comes after the result."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import socio_calc
from socio_calc.appraisal.naming import quantity_name
from socio_calc.appraisal.own_outcomes import fingerprint
from socio_calc.case import OwnOutcome, dump_case
from socio_calc.problems import InputError
from socio_calc.report.passport import decoded, encoded, passport_of
from socio_calc.report.passport_words import passport_facts
from socio_calc.review.reproduce import reproduce
from tests.engine.own_cases import CARE, SHOWN, SUPPORT, Array, Inputs, case, own
from tests.report.test_workbook_values import assert_agrees

MORE: dict[str, Any] = {
    "scenarios": {"Fewer": {"participants.0.number": 20, "quantities.value": 0.9}, "Longer": {"horizons": [1, 4, 20]}},
    "decision": {
        "perspective": "societal",
        "participants_per_cohort": 40,
        "cohorts_per_year": 2,
        "from_year": 1,
        "years": 5,
    },
}
WRITTEN = {
    "id": "twin",
    "name": "Twin",
    "level": "probability",
    "better": "lower",
    "ordinary": {"ref": "b"},
    "effect": {"measure": "ratio", "value": {"ref": "value"}},
    "holds": 1,
    "fades": {"shape": "exponential", "rate": {"ref": "rate"}},
    "evidence": SHOWN,
    "consequences": [CARE, SUPPORT],
}


def wearing_off(inputs: Inputs, years: Array) -> tuple[Array, Array]:
    """Return the twin of `WRITTEN`."""
    b = inputs["b"][None, :]
    return b, np.minimum(b + b * (inputs["value"] - 1.0) * (1.0 - inputs["rate"]) ** years[:, None], 1.0)


def twin(function: Callable[[Inputs, Array], Any] = wearing_off, **changes: Any) -> OwnOutcome:
    data: dict[str, Any] = {
        "id": "twin",
        "name": "Twin",
        "level": "probability",
        "inputs": {name: {"ref": name} for name in ("b", "value", "rate")},
        "consequences": [CARE, SUPPORT],
    }
    return own(function, **{**data, **changes})


@pytest.fixture(scope="module")
def written() -> socio_calc.Appraisal:
    return socio_calc.appraise(case((WRITTEN,), **MORE), draws=512)


@pytest.fixture(scope="module")
def computed() -> socio_calc.Appraisal:
    return socio_calc.appraise(case(**MORE), draws=512, outcomes=[twin()])


@pytest.fixture(scope="module")
def plain() -> socio_calc.Appraisal:
    """Return an appraisal whose own outcome has inputs of its own."""
    return socio_calc.appraise(case(), draws=256, outcomes=[own()])


def assert_close(first: pd.DataFrame, second: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(first, second, rtol=1e-7, atol=1e-3, check_dtype=False)


FRAMES: dict[str, Callable[[socio_calc.Appraisal], pd.DataFrame]] = {
    "results": lambda a: a.results(),
    "outcomes": lambda a: a.outcomes(),
    "flows": lambda a: a.flows(),
    "draws": lambda a: a.draws("without_health", "region"),
    "quantities": lambda a: a.quantities(),
    "yearly": lambda a: a.yearly("public"),
    "sensitivity": lambda a: a.sensitivity().drop(columns=["switching_value"]),
    "information": lambda a: a.information(),
    "evsi": lambda a: a.analysis().frames["evsi"],
    "paired": lambda a: a.to_heormodel().costs,
}


@pytest.mark.parametrize("name", FRAMES)
def test_every_frame_is_that_of_the_same_outcome_in_a_case(
    name: str, written: socio_calc.Appraisal, computed: socio_calc.Appraisal
) -> None:
    assert_close(FRAMES[name](written), FRAMES[name](computed))


def test_every_table_of_the_analysis_is_the_same_but_the_choice_of_duration(
    written: socio_calc.Appraisal, computed: socio_calc.Appraisal
) -> None:
    first, second = written.analysis().frames, computed.analysis().frames
    assert first.keys() == second.keys()
    for name, frame in first.items():
        other = second[name]
        if name == "switching":
            continue  # compared below
        if "quantity" in frame and len(frame) != len(other):
            # Only the file says how long an effect holds: no bar for it here.
            frame = frame[frame["quantity"] != "outcomes.twin.holds"].reset_index(drop=True)
        assert_close(frame, other)


def test_switching_values_are_the_same_within_what_is_drawn(
    written: socio_calc.Appraisal, computed: socio_calc.Appraisal
) -> None:
    support = {column.key: column.distribution.support() for column in written.plan.columns}
    found = {row.quantity: row.value for row in computed.analysis().switching}
    compared = 0
    for row in written.analysis().switching:
        low, high = support[row.quantity]
        if row.value is not None and (low <= row.value <= high or row.quantity == "quantities.price"):
            assert found[row.quantity] == pytest.approx(row.value, rel=1e-6)
            compared += 1
        else:
            assert found[row.quantity] is None
    assert compared >= 2


def test_break_even_scenarios_and_decision_count_it_in(computed: socio_calc.Appraisal) -> None:
    analysis = computed.analysis()
    (outcome,) = analysis.break_even.outcomes
    assert (outcome.outcome, outcome.of) == ("twin", 80.0)
    assert outcome.ordinary == pytest.approx(0.35)
    assert {row.name: row.npv for row in analysis.scenarios}["Fewer"] != analysis.scenarios[0].npv
    assert analysis.information.decision is not None
    assert analysis.information.plan.outcome in ("twin", None)
    assert {row.outcome for row in analysis.information.evsi} == {"twin"}


@pytest.mark.parametrize(("lang", "said"), [("sv", "rate för own outcome"), ("en", "rate for “Own outcome”")])
def test_inputs_have_names(plain: socio_calc.Appraisal, lang: Any, said: str) -> None:
    assert quantity_name(plain, "outcomes.own.inputs.rate", lang) == said
    assert said in set(plain.quantities(lang)["name"])


def test_switching_values_stay_within_what_is_drawn() -> None:
    def narrow(inputs: Inputs, years: Array) -> tuple[Array, Array]:
        # Not a number for anything that is never drawn.
        return inputs["b"][None, :], (inputs["b"] * np.sqrt((1.0 - inputs["rate"]) * (inputs["rate"] + 0.5)))[None, :]

    rate = {"mean": 0.25, "sd": 0.05}
    found = socio_calc.appraise(case(), draws=64, outcomes=[own(narrow, inputs={"b": 0.3, "rate": rate})])
    assert "outcomes.own.inputs.rate" in set(found.sensitivity()["quantity"])


# -- what reports say -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_result_says_that_the_case_is_not_all(plain: socio_calc.Appraisal, lang: Any) -> None:
    result = plain.to_json(lang)
    sha256 = fingerprint(plain.own_outcomes[0])
    assert result["own_outcomes"] == [{"id": "own", "name": "Own outcome", "sha256": sha256}]
    (message,) = (row["message"] for row in result["warnings"] if row["code"] == "own-outcome")
    assert sha256[:12] in message
    assert result["case_sha256"] == socio_calc.appraise(case(), draws=64).case_sha256
    assert "own_outcomes" not in socio_calc.appraise(case(), draws=64).to_json(lang)
    assert "own" not in dump_case(plain.case).split()


def test_the_fingerprint_is_that_of_all_that_is_stated() -> None:
    def same(inputs: Inputs, years: Array) -> tuple[Array, Array]:
        b = inputs["b"][None, :]
        return b, b

    prints = {
        fingerprint(own()),
        fingerprint(own(same)),
        fingerprint(own(inputs={"b": {"low": 0.2, "high": 0.6}, "rate": {"low": 0.1, "high": 0.4}})),
        fingerprint(own(deadweight=0.1)),
    }
    assert len(prints) == 4
    assert fingerprint(own()) == fingerprint(own())
    space: dict[str, Any] = {}
    for number in (1, 2):  # made at a prompt: there is no source to read
        exec(f"def at_prompt_{number}(inputs, years): return 0.{number}, 0.{number}", space)  # noqa: S102 - our own
    assert fingerprint(own(space["at_prompt_1"])) != fingerprint(own(space["at_prompt_2"]))
    assert fingerprint(own(space["at_prompt_1"])) == fingerprint(own(space["at_prompt_1"]))


def test_the_passport_names_it_and_others_stay_as_they_were(plain: socio_calc.Appraisal) -> None:
    passport = passport_of(plain, "en")
    sha256 = fingerprint(plain.own_outcomes[0])
    assert decoded(encoded(passport)).own == (("Own outcome", sha256),)
    assert ("Outcomes computed in Python", f"Own outcome ({sha256[:12]})") in passport_facts(passport, "en")
    ordinary = passport_of(socio_calc.appraise(case(), draws=64), "en")
    assert decoded(encoded(ordinary)) == ordinary
    assert len(passport_facts(ordinary, "en")) == len(passport_facts(passport, "en")) - 1


@pytest.fixture(scope="module")
def reports(plain: socio_calc.Appraisal, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the reports of an appraisal."""
    folder = tmp_path_factory.mktemp("reports")
    plain.to_html(folder / "report.html")
    plain.to_excel(folder / "report.xlsx")
    (folder / "report.json").write_text(json.dumps(plain.to_json()), encoding="utf-8")
    return folder


@pytest.mark.parametrize("kind", ["html", "xlsx", "json"])
def test_reproduce_refuses_and_says_why(reports: Path, kind: str) -> None:
    model = Path(socio_calc.model("skolnarvaro"))
    with pytest.raises(InputError) as refused:
        reproduce(reports / f"report.{kind}", model if kind == "json" else None)
    (problem,) = refused.value.problems
    assert problem.code == "report-own-outcomes"
    assert problem.params["outcomes"] == ("Own outcome",)


def test_the_report_shows_it(plain: socio_calc.Appraisal, reports: Path) -> None:
    text = re.sub(r"<[^>]+>", " ", (reports / "report.html").read_text(encoding="utf-8"))
    assert text.count("Own outcome") > 3
    # How it was shown, and on what each of its two inputs rests.
    assert text.count("Egen funktion i Python") >= 3
    assert fingerprint(plain.own_outcomes[0])[:12] in text


def test_a_notebook_shows_it(plain: socio_calc.Appraisal) -> None:
    assert fingerprint(plain.own_outcomes[0])[:12] in plain._repr_html_()


def test_the_workbook_has_its_levels_as_values_and_the_rest_as_formulas(computed: socio_calc.Appraisal) -> None:
    assert assert_agrees(computed) > 200


def test_charts_are_drawn(plain: socio_calc.Appraisal) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    drawn = plain.plot.all("en")
    assert {"cumulative", "waterfall", "distribution", "tornado"} <= set(drawn)
    assert "rate for “own outcome”" in plain.plot.alt_text("tornado", "en").lower()
    pyplot.close("all")
