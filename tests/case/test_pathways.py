"""Pathways as they are written: what is read, what is refused and where, and that writing them gives them back."""

from __future__ import annotations

from typing import Any

import pytest
from ruamel.yaml import YAML

from socio_calc.case import (
    Case,
    TransitionRate,
    build_case,
    case_schema,
    dump_case,
    find_references,
    parse_document,
    quantities_by_path,
    stated_effects,
)
from socio_calc.case.pathways import MOST_STATES
from tests.case.faulty import case_of, codes, found
from tests.case.json_schema import valid

SCHOOL = """\
format: 1
title: Gymnasiet
first_year: 2025
price_year: 2024
horizons: [1, 5]
quantities:
  avhopp: {low: 0.02, mode: 0.06, high: 0.1}
participants:
  - {year: 0, number: 60, age: 17}
pathways:
  - id: school
    name: Väg genom gymnasiet
    states: [studerar, examen, utanfor]
    start: {studerar: 0.9, utanfor: 10 %}
    transitions:
      studerar: {examen: [0, 0.25], utanfor: {ref: avhopp}, rest: studerar}
      utanfor: {counts: {studerar: 12, utanfor: 88}}
    effects:
      - {from: studerar, to: utanfor, measure: ratio, value: {estimate: 0.8, ci: [0.65, 0.98]}}
    holds: 3
    evidence: {grade: rct, sources: [A]}
    consequences:
      - {name: Bistand, state: utanfor, price: 90000, kind: transfer, payer: kommun, payee: individ}
"""
ROW = "{examen: [0, 0.25], utanfor: {ref: avhopp}, rest: studerar}"
COUNTS = "{counts: {studerar: 12, utanfor: 88}}"
EFFECT = "{from: studerar, to: utanfor, measure: ratio, value: {estimate: 0.8, ci: [0.65, 0.98]}}"
LINE = "{name: Bistand, state: utanfor, price: 90000, kind: transfer, payer: kommun, payee: individ}"
ROWS = "pathways.school.transitions"


def changed(*changes: tuple[str, str]) -> str:
    text = SCHOOL
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def test_every_part_is_read() -> None:
    (school,) = case_of(changed((COUNTS, "{studerar: {rate: 0.2}, rest: utanfor}"))).pathways
    assert school.start == {"studerar": 0.9, "utanfor": 0.1}
    assert [entry.value for entry in school.transitions["studerar"].own["examen"]] == [0.0, 0.25]
    (rate,) = school.transitions["utanfor"].own.values()
    assert isinstance(rate, TransitionRate)
    assert (school.effects[0].from_, school.effects[0].to) == ("studerar", "utanfor")
    assert school.consequences[0].per == "year"
    assert case_of(SCHOOL).pathways[0].transitions["utanfor"].counts == {"studerar": 12.0, "utanfor": 88.0}


def test_paths_of_its_numbers() -> None:
    paths = quantities_by_path(case_of(changed((COUNTS, "{studerar: [{rate: 0.2}, 0.1], rest: utanfor}"))))
    mine = [path.removeprefix("pathways.school.") for path in paths if path.startswith("pathways")]
    assert mine[:6] == [
        "transitions.studerar.examen.0",
        "transitions.studerar.examen.1",
        "transitions.studerar.utanfor",
        "transitions.utanfor.studerar.0.rate",
        "transitions.utanfor.studerar.1",
        "effects.0.value",
    ]
    assert {"holds", "deadweight", "consequences.0.price", "consequences.0.marginal"} <= set(mine)


def test_effects_of_outcomes_and_transitions_are_one_list() -> None:
    (stated,) = stated_effects(case_of(changed(("value: {estimate: 0.8, ci: [0.65, 0.98]}", "value: {ref: avhopp}"))))
    assert (stated.path, stated.name) == (
        "pathways.school.effects.0.value",
        "Väg genom gymnasiet (studerar → utanfor)",
    )
    assert stated.value is not None
    assert stated.value.central == pytest.approx(0.06)
    assert (stated.level, stated.grade, stated.owner_path) == ("probability", "rct", "pathways.school")


def test_references_are_found() -> None:
    text = changed(("price: 90000, kind: transfer, payer: kommun, payee: individ", "price: {cost: x}"))
    references = find_references(parse_document(text.encode(), "case.yaml"))
    assert [(reference.kind, reference.path) for reference in references] == [
        ("ref", f"{ROWS}.studerar.utanfor"),
        ("cost", "pathways.school.consequences.0.price"),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        (),
        ((COUNTS, "{studerar: [{rate: {low: 0.1, high: 0.3}}, 0.1, {events: 3, of: 9}], rest: utanfor}"),),
        ((COUNTS, "{counts: {studerar: 12, utanfor: 88, examen: 0}, rest: examen}"),),
        (("    holds: 3\n    evidence: {grade: rct, sources: [A]}\n", ""), (f"    effects:\n      - {EFFECT}\n", "")),
        (("state: utanfor", "state: dead, per: entry"), ("format: 1", "format: 1\nsurvival: sweden")),
        ((f"    consequences:\n      - {LINE}\n", ""),),
    ],
)
def test_writing_gives_it_back_and_fits_the_schema(changes: tuple[tuple[str, str], ...]) -> None:
    case = case_of(changed(*changes))
    text = dump_case(case)
    assert case_of(text) == case
    schema = case_schema()
    assert valid(parse_document(text.encode(), "case.yaml").data, schema, schema)
    assert YAML(typ="safe", pure=True).load(text)["pathways"][0]["id"] == "school"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        # states and start
        ("states: [studerar, examen, utanfor]", "states: []", ("missing-required", "states")),
        ("examen, utanfor]", "examen, utanfor, examen]", ("duplicate-item", "states.3")),
        ("examen, utanfor]", "examen, utanfor, rest]", ("reserved-state", "states.3")),
        ("examen, utanfor]", "examen, utanfor, ett läge]", ("bad-id", "states.3")),
        ("utanfor: 10 %", "utanfor: 20 %", ("start-sum", "start")),
        ("utanfor: 10 %", "utanfr: 10 %", ("unknown-state", "start.utanfr")),
        ("utanfor: 10 %", "utanfor: 10", ("percent-or-share", "start.utanfor")),
        ("{studerar: 0.9, utanfor: 10 %}", "{studerar: 1, utanfor: -0.5}", ("out-of-range", "start.utanfor")),
        # rows
        ("      utanfor: {", "      utanfr: {", ("unknown-state", "transitions.utanfr")),
        ("examen: [0, 0.25]", "exmen: [0, 0.25]", ("unknown-state", "transitions.studerar.exmen")),
        ("examen: [0, 0.25]", "examen: [0, 1.25]", ("percent-or-share", "transitions.studerar.examen.1")),
        ("examen: [0, 0.25]", "examen: []", ("missing-required", "transitions.studerar.examen")),
        ("examen: [0, 0.25]", "examen: {rate: -1}", ("out-of-range", "transitions.studerar.examen.rate")),
        ("examen: [0, 0.25]", "examen: {rate: 10 %}", ("wrong-unit", "transitions.studerar.examen.rate")),
        ("examen: [0, 0.25]", "examen: {rate: 1, unit: year}", ("unknown-key", "transitions.studerar.examen.unit")),
        ("examen: [0, 0.25]", "examen: {cost: x}", ("cost-not-here", "transitions.studerar.examen")),
        ("examen: [0, 0.25]", "examen: {baseline: x}", ("baseline-not-here", "transitions.studerar.examen")),
        ("{ref: avhopp}", "{ref: avhop}", ("unknown-ref", "transitions.studerar.utanfor")),
        (", rest: studerar}", "}", ("missing-required", "transitions.studerar.rest")),
        (", rest: studerar}", ", rest: examen}", ("transition-to-rest", "transitions.studerar.examen")),
        (", rest: studerar}", ", rest: exam}", ("unknown-state", "transitions.studerar.rest")),
        ("examen: [0, 0.25]", "examen: [0, 0.95]", ("row-above-one", "transitions.studerar")),
        ("examen: [0, 0.25]", "examen: {rate: 3}", ("row-above-one", "transitions.studerar")),
        (COUNTS, "{counts: {studerar: 0, utanfor: 0}}", ("counts-too-few", "transitions.utanfor.counts")),
        (COUNTS, "{counts: {studerar: -1, utanfor: 3}}", ("out-of-range", "transitions.utanfor.counts.studerar")),
        (COUNTS, "{counts: {studer: 1, utanfor: 3}}", ("unknown-state", "transitions.utanfor.counts.studer")),
        (COUNTS, "{counts: {studerar: 1, utanfor: 3}, examen: 0.1}", ("not-together", "transitions.utanfor.examen")),
        (COUNTS, "0.1", ("not-a-section", "transitions.utanfor")),
        # effects
        ("from: studerar", "from: studera", ("unknown-state", "effects.0.from")),
        ("from: studerar, to: utanfor", "from: examen, to: utanfor", ("no-such-transition", "effects.0.to")),
        ("from: studerar, to: utanfor", "from: utanfor, to: examen", ("no-such-transition", "effects.0.to")),
        ("from: studerar, to: utanfor", "from: studerar, to: studerar", ("effect-on-rest", "effects.0.to")),
        ("from: studerar, to: utanfor", "from: utanfor, to: utanfor", ("effect-on-rest", "effects.0.to")),
        (EFFECT, f"{EFFECT}\n      - {EFFECT}", ("effect-twice", "effects.1")),
        ("measure: ratio", "measure: rato", ("wrong-choice", "effects.0.measure")),
        ("measure: ratio", "measure: ratio, sd: 1", ("not-used-here", "effects.0.sd")),
        ("ci: [0.65, 0.98]", "ci: [-1, 0.98]", ("lognormal-not-positive", "effects.0.value")),
        ("measure: ratio, value: {estimate: 0.8, ci: [0.65, 0.98]}", "measure: difference, value: -0.1",
         ("level-out-of-range", "effects.0.value")),
        # how long, and how it is shown
        ("    holds: 3\n", "", ("missing-required", "holds")),
        ("    holds: 3\n", "    holds: open\n    fades: {shape: none}\n", ("not-used-here", "fades")),
        ("    holds: 3\n", "    holds: 3\n    fades: {shape: linear}\n", ("required-here", "fades.over")),
        ("    evidence: {grade: rct, sources: [A]}\n", "", ("missing-required", "evidence")),
        ("    holds: 3\n", "    holds: 3\n    deadweight: 0.1\n", ("adjusted-twice", "deadweight")),
        ("    holds: 3\n", "    holds: 3\n    survival: true\n", ("survival-without-table", "survival")),
        ("    holds: 3\n", "    holds: 3\n    better: lower\n", ("unknown-key", "better")),
        # consequences: the rules of outcomes, and the state
        ("state: utanfor, ", "state: utanför, ", ("unknown-state", "consequences.0.state")),
        ("state: utanfor, ", "", ("missing-required", "consequences.0.state")),
        ("state: utanfor, ", "state: dead, ", ("unknown-state", "consequences.0.state")),
        ("state: utanfor, ", "state: utanfor, per: month, ", ("wrong-choice", "consequences.0.per")),
        (", payee: individ", "", ("transfer-without-payee", "consequences.0.payee")),
        ("payee: individ", "payee: kommun", ("same-payer-payee", "consequences.0.payee")),
        ("payee: individ", "payee: individ, realisable: 0.5", ("not-used-here", "consequences.0.realisable")),
        ("payee: individ", "payee: individ, link: observational",
         ("causal-share-missing", "consequences.0.causal_share")),
        # the case
        ("age: 17", "age: 17\ncosts: x", ("not-a-list", "..costs")),
        ("id: school", "id: cost", ("reserved-id", "..pathways.cost.id")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_placed(old: str, new: str, problem: tuple[str, str]) -> None:
    if old == "age: 17":
        new, old = "age: 17}\ncosts: x\n#", "age: 17}"
    code, path = problem
    whole = path.removeprefix("..") if path.startswith("..") else f"pathways.school.{path}"
    assert codes(changed((old, new))) == [(code, whole)]


def test_an_id_is_of_one_outcome_or_pathway() -> None:
    outcome = (
        "outcomes:\n  - {id: school, name: A, level: event, better: lower, ordinary: 0.1, "
        "effect: {measure: ratio, value: 0.5}, evidence: {grade: rct, sources: [A]}}\npathways:"
    )
    assert codes(changed(("pathways:", outcome))) == [("duplicate-id", "pathways.school.id")]


def test_mortality_adds_the_dead_and_keeps_them() -> None:
    alive = ("format: 1", "format: 1\nsurvival: sweden")
    assert codes(changed(alive, ("state: utanfor", "state: dead"))) == []
    assert codes(changed(alive, ("{ref: avhopp}", "{ref: avhopp}, dead: 0.01"))) == []
    dead = changed(alive, ("examen, utanfor]", "examen, utanfor, dead]"), (COUNTS, f"{COUNTS}\n      dead: {COUNTS}"))
    assert codes(dead) == [("dead-keeps-people", f"{ROWS}.dead")]
    assert codes(changed(alive, (", age: 17", ""))) == [("required-here", "participants.0.age")]
    # Without mortality it is a state like others.
    back = f"{COUNTS}\n      dead: {{utanfor: 1, rest: dead}}"
    assert codes(changed(("utanfor]", "utanfor, dead]"), (COUNTS, back))) == []


def test_wellbeing_stands_alone_in_its_state_only() -> None:
    beside = f"{LINE}\n      - {{name: Work, state: STATE, price: 9, kind: production, link: causal}}\n" + (
        "      - {name: Well, state: utanfor, price: 5, kind: wellbeing}"
    )
    place = "pathways.school.consequences.2.kind"
    assert codes(changed((LINE, beside.replace("STATE", "utanfor")))) == [("wellbeing-not-alone", place)]
    assert codes(changed((LINE, beside.replace("STATE", "examen")))) == []


def test_what_is_known_of_a_state_that_is_missing() -> None:
    (problem,) = found(changed(("state: utanfor", "state: utanfr")))
    assert problem.params["nearest"] == "utanfor"
    assert problem.params["known"] == ("studerar", "examen", "utanfor")
    assert problem.place.line == SCHOOL[: SCHOOL.index("state: utanfor")].count("\n") + 1


def test_no_more_states_than_can_be_followed() -> None:
    states = ", ".join(f"s{at}" for at in range(MOST_STATES + 1))
    (problem,) = [p for p in found(changed(("[studerar, examen, utanfor]", f"[{states}]"))) if p.code == "too-many"]
    assert (problem.place.path, problem.params["most"]) == ("pathways.school.states", MOST_STATES)


def test_several_faults_come_at_once_and_one_does_not_hide_another() -> None:
    text = changed(("0.25]", "abc]"), ("to: utanfor", "to: nowhere"), ("payer: kommun", "payer: komun"))
    assert codes(text) == [
        ("not-a-number", f"{ROWS}.studerar.examen.1"),
        ("unknown-state", "pathways.school.effects.0.to"),
        ("wrong-choice", "pathways.school.consequences.0.payer"),
    ]


@pytest.mark.parametrize(
    "values",
    [
        "pathways.school.transitions.studerar.examen: [0, 0.3]",
        "pathways.school.transitions.utanfor: {studerar: 0.2, rest: utanfor}",
        "pathways.school.transitions.utanfor.counts.studerar: 20",
        "pathways.school.effects.0.value: 0.9",
        "pathways.school.effects: []",
        "pathways.school.holds: 1",
        "pathways.school.consequences.0.price: 80000",
    ],
)
def test_scenarios_replace_its_parts(values: str) -> None:
    assert codes(f"{SCHOOL}scenarios:\n  andra: {{{values}}}\n") == []


@pytest.mark.parametrize(
    ("values", "code", "path"),
    [
        ("pathways.skola.holds: 1", "unknown-path", "pathways.skola.holds"),
        ("pathways.school.transitions.studerar.examen: 0.99", "row-above-one",
         "pathways.school.transitions.studerar.examen"),
        ("pathways.school.transitions.studerar.rest: examen", "transition-to-rest",
         "pathways.school.transitions.studerar.rest"),
    ],
)  # fmt: skip
def test_a_wrong_scenario_is_placed(values: str, code: str, path: str) -> None:
    assert (code, f"scenarios.andra.{path}") in codes(f"{SCHOOL}scenarios:\n  andra: {{{values}}}\n")


def test_a_case_of_pathways_alone_is_a_case() -> None:
    data: dict[str, Any] = parse_document(SCHOOL.encode(), "case.yaml").data
    assert isinstance(build_case(parse_document(SCHOOL.encode(), "case.yaml")), Case)
    assert "outcomes" not in data
