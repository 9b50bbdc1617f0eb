"""What a result says of a pathway: person-years, who is where in both arms, the transitions, names, warnings."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import numpy as np
import pytest

from socio_calc.appraisal import Appraisal, appraise, quantity_name
from socio_calc.case import Case
from socio_calc.locale import LANGUAGES
from tests.engine.pathway_cases import case, pathway

WAY = pathway(
    transitions={
        "school": {
            "done": [0.2, {"low": 0.2, "high": 0.4}],
            "out": {"rate": {"low": 0.05, "high": 0.15}},
            "rest": "school",
        },
        "out": {"counts": {"school": 12, "out": 88}},
    },
    effects=[
        {"from": "school", "to": "out", "measure": "ratio", "value": {"estimate": 0.6, "ci": [0.4, 1.05]}},
        {"from": "out", "to": "school", "measure": "odds_ratio", "value": 1.5},
    ],
    evidence_adjustment={"low": 0.5, "high": 1.0},
)  # fmt: skip
PEOPLE = [{"year": 0, "number": {"low": 20, "high": 60}, "age": 88}, {"year": 3, "number": 30, "age": 93}]


def made(**changes: Any) -> Case:
    return case(WAY, participants=PEOPLE, survival="sweden", horizons=[4, 9], timing="mid", **changes)


@cache
def whole() -> Appraisal:
    return appraise(made(), draws=2048)


def test_a_row_for_every_state_and_horizon() -> None:
    rows = [(row.outcome, row.horizon) for row in whole().outcome_rows]
    states = ["school", "done", "out", "dead"]
    assert rows == [(f"school.{state}", horizon) for state in states for horizon in (4, 9)]


def test_person_years_are_those_of_the_flows_and_add_up() -> None:
    appraisal = whole()
    entered = {0: 40.0, 3: 30.0}
    for horizon in (4, 9):
        rows = [row for row in appraisal.outcome_rows if row.horizon == horizon]
        people = sum(number * (horizon - year) for year, number in entered.items())
        assert sum(row.ordinary for row in rows) == pytest.approx(people, rel=1e-12)
        assert sum(row.intervention for row in rows) == pytest.approx(people, rel=1e-12)
        assert sum(row.difference for row in rows) == pytest.approx(0.0, abs=1e-12)
        assert sum(row.difference_mean for row in rows) == pytest.approx(0.0, abs=1e-12)
        for row in rows:
            by_year = [year for year in appraisal.state_years if f"school.{year.state}" == row.outcome]
            assert sum(year.ordinary for year in by_year[:horizon]) == pytest.approx(row.ordinary, rel=1e-12)
            assert sum(year.intervention for year in by_year[:horizon]) == pytest.approx(row.intervention, rel=1e-12)
    out = appraisal.outcome("school.out", 9)
    (line,) = appraisal.plan.lines
    assert appraisal.flows_base.amounts.sum() == pytest.approx(1000 * out.difference, rel=1e-12)
    assert line.entries == {"kommun": -1.0}


def test_occupancy_adds_up_in_both_arms() -> None:
    rows = whole().occupancy
    assert len(rows) == 4 * 2 * 10
    for arm in ("ordinary", "intervention"):
        for year in range(10):
            now = [row for row in rows if (row.arm, row.year) == (arm, year)]
            assert sum(row.base for row in now) == pytest.approx(1.0, rel=1e-12)
            assert sum(row.mean for row in now) == pytest.approx(1.0, rel=1e-12)
            assert all(0.0 <= row.p5 <= row.p95 <= 1.0 for row in now)
    first = {(row.arm, row.state): row.base for row in rows if row.year == 0}
    assert first["ordinary", "school"] == first["intervention", "school"] == 1.0


def test_occupancy_is_what_a_participant_would_see() -> None:
    """One cohort: at the start of year t are those that the flows of year t count with timing `start`."""
    one = case(WAY, participants=[{"year": 0, "number": 25, "age": 88}], survival="sweden")
    appraisal = appraise(one, draws=8)
    shares = {(row.state, row.arm, row.year): row.base for row in appraisal.occupancy}
    for row in appraisal.state_years:
        assert 25 * shares[row.state, "ordinary", row.year] == pytest.approx(row.ordinary, abs=1e-12)
        assert 25 * shares[row.state, "intervention", row.year] == pytest.approx(row.intervention, abs=1e-12)


def test_transitions_of_both_arms_for_a_picture() -> None:
    found = {(row.source, row.target, row.year): row for row in whole().transitions}
    finished, dropped = found["school", "done", 1], found["school", "out", 0]
    assert (found["school", "done", 0].ordinary, finished.ordinary) == (0.2, pytest.approx(0.3))
    assert dropped.ordinary == pytest.approx(1 - np.exp(-0.1))
    assert dropped.intervention == pytest.approx(0.6 * (1 - np.exp(-0.1)))
    assert (dropped.written, found["school", "school", 0].written) == (True, False)
    back = found["out", "school", 0]
    assert (back.ordinary, back.intervention) == (pytest.approx(0.12), pytest.approx(0.18 / 1.06))
    for arm in ("ordinary", "intervention"):
        for state in ("school", "done", "out", "dead"):
            row_sum = sum(getattr(row, arm) for (source, _, year), row in found.items() if (source, year) == (state, 1))
            assert row_sum == pytest.approx(1.0)


def test_the_result_object_has_them_and_others_have_not() -> None:
    result = whole().to_json("sv")
    assert json.loads(json.dumps(result, allow_nan=False)) == result
    assert {row["outcome"] for row in result["outcomes"]} == {f"school.{s}" for s in ("school", "done", "out", "dead")}
    assert {row["source"] for row in result["flows"]} == {"school"}
    assert result["occupancy"][0].keys() == {"pathway", "state", "arm", "year", "base", "mean", "p5", "p95"}
    plain = {"pathways": [], "costs": [{"name": "A", "actor": "kommun", "amount": 1, "basis": "total", "years": [0]}]}
    assert "occupancy" not in appraise(case(**plain), draws=8).to_json("sv")


@pytest.mark.parametrize(
    ("key", "sv", "en"),
    [
        ("transitions.school.done.1", "övergången från school till done, år 2",
         "the transition from “school” to “done”, year 2"),
        ("transitions.school.out.rate", "övergången från school till out", "the transition from “school” to “out”"),
        ("transitions.out.counts.school", "antalet som gick från out till school",
         "the number who went from “out” to “school”"),
        ("transitions.out.counts.out", "antalet som stannade i out", "the number who stayed in “out”"),
        ("effects.0.value", "effekten på övergången från school till out",
         "the effect on the transition from “school” to “out”"),
        ("evidence_adjustment", "andelen av effekten på school som räknas",
         "the share of the effect on “School” that is counted"),
    ],
)  # fmt: skip
def test_quantities_have_names(key: str, sv: str, en: str) -> None:
    path = f"pathways.school.{key}"
    assert path in [column.key for column in whole().plan.columns]
    assert quantity_name(whole(), path, "sv") == sv
    assert quantity_name(whole(), path, "en") == en


def test_several_pathways_are_told_apart() -> None:
    other = {**WAY, "id": "other", "name": "Another way"}
    appraisal = appraise(case(WAY, other, participants=PEOPLE, survival="sweden"), draws=8)
    for lang in LANGUAGES:
        names = [
            quantity_name(appraisal, column.key, lang) for column in appraisal.plan.columns if "ways" in column.key
        ]
        assert len(set(names)) == len(names) == 12


def test_effects_of_pathways_are_warned_of_like_others() -> None:
    found = {(warning.code, warning.path) for warning in whole().warnings}
    assert ("effect-includes-null", "pathways.school.effects.0.value") in found
    assert ("certain-effect", "pathways.school.effects.1.value") in found


@pytest.mark.parametrize(("grade", "weak"), [("judgement", True), ("rct", False)])
def test_weak_evidence_of_a_pathway_counts(grade: str, weak: bool) -> None:
    cheap = [{"name": "A", "actor": "kommun", "amount": 1, "basis": "total", "years": [0]}]
    way = pathway(evidence={"grade": grade, "sources": ["A"]})
    found = {warning.code for warning in appraise(case(way, costs=cheap), draws=8).warnings}
    assert (("positive-not-proof" in found), ("early-not-always" in found)) == (weak, weak)


@pytest.mark.parametrize(("months", "share"), [(None, 0.0), (24, None), (1200, 1.0)])
def test_measured_years_of_a_pathway(months: int | None, share: float | None) -> None:
    """Outcome years within the follow-up of every effect's evidence; one without a row leaves none."""
    from dataclasses import replace

    from socio_calc.reference import load_reference

    base = load_reference()
    row = next(row for row in base.evidence.values() if row.measure == "ratio" and row.usable != "trap")
    known = {"e": replace(row, id="e", estimate=0.5, ci_low=0.4, ci_high=0.6, followup_months=months)}
    base = replace(base, evidence={**base.evidence, **known})
    effect = {"from": "school", "to": "out", "measure": "ratio", "value": {"evidence": "e"}}
    way = pathway(effects=[effect])
    appraisal = appraise(case(way), draws=8, reference=base)
    gains = appraisal.flows_base.amounts[0] * appraisal.plan.discount
    expected = float(gains[:2].sum() / gains.sum()) if share is None else share
    assert appraisal.evidence_share == pytest.approx(expected)
    back = {"from": "out", "to": "school", "measure": "ratio", "value": 1.1}
    both = appraise(case(pathway(effects=[effect, back])), draws=8, reference=base)
    assert both.evidence_share == 0.0
