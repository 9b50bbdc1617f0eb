"""Each warning of METHOD_NOTES §4: a case that has it, and one nearby that has not.

The case: 100 people with one event a year each, halved for a year, a course for a million in the first year, and
40,000 kronor an event in the second: a gain of two million to the municipality that pays.
"""

from __future__ import annotations

import ast
import copy
import inspect
from typing import Any

import pytest

from socio_calc.appraisal import Appraisal, ResultWarning, appraise, effect_warnings, outcome_warnings, warnings
from socio_calc.case import Case

STANDARD: dict[str, Any] = {
    "format": 1,
    "title": "Starkare steg",
    "first_year": 2025,
    "price_year": 2024,
    "horizons": [5],
    "participants": [{"year": 0, "number": 100}],
    "costs": [
        {"name": "Kurs", "actor": "kommun", "amount": 1_000_000, "basis": "total", "years": [0], "index": "none"}
    ],
    "not_valued": ["Minskad ensamhet"],
    "outcomes": [
        {
            "id": "falls",
            "name": "Fall",
            "level": "rate",
            "better": "lower",
            "ordinary": 1.0,
            "effect": {"measure": "ratio", "value": {"estimate": 0.5, "ci": [0.45, 0.555]}},
            "lag": 1,
            "holds": 1,
            "evidence": {"grade": "rct", "sources": ["En studie"]},
            "consequences": [
                {"name": "Vård", "price": 40_000, "kind": "resource_cost", "payer": "kommun", "index": "none"}
            ],
        }
    ],
}
FIRST = "outcomes.0.consequences.0"
VALUE = "outcomes.0.effect.value"
GRADE = "outcomes.0.evidence.grade"
CARE = STANDARD["outcomes"][0]["consequences"][0]
COURSE = STANDARD["costs"][0]


def estimate(value: float, low: float, high: float) -> dict[str, Any]:
    return {"estimate": value, "ci": [low, high]}


def share(*interval: float) -> dict[str, Any]:
    """Return the changes that make the outcome a share of 95 per cent that rises by three points."""
    effect = {"measure": "difference", "value": estimate(0.03, *interval)}
    return {"outcomes.0.level": "probability", "outcomes.0.ordinary": 0.95, "outcomes.0.effect": effect}


def leaving(low: float, high: float) -> dict[str, Any]:
    """Return the change that adds a pathway: a tenth of those at school finish, and so many drop out each year."""
    row = {"done": 0.1, "out": {"low": low - 0.2, "high": high}, "rest": "school"}
    states = ["school", "done", "out"]
    school = {"id": "school", "name": "Skola", "states": states, "start": {"school": 1}, "transitions": {"school": row}}
    return {"pathways": [school]}


def beside_care(**consequence: Any) -> dict[str, Any]:
    """Return the change that adds a consequence."""
    index = {} if consequence["kind"] == "health" else {"index": "none"}
    return {"outcomes.0.consequences": [CARE, {"name": "Annat", **index, **consequence}]}


def priced(*ids: str) -> dict[str, Any]:
    """Return the change that prices the outcome by rows of the reference base."""
    return {"outcomes.0.consequences": [{"name": "Vård", "price": {"cost": id}, "payer": "kommun"} for id in ids]}


def followed_up(when: str) -> dict[str, Any]:
    row = {"indicator": "Fall", "kind": "social", "outcome": "falls", "when": when}
    return {"application": {"fund": "gavleborg", "call": "2021-10-31", "followup": [row]}}


HEALTHIER, UNHEALTHIER = (beside_care(kind="health", quantity=q) for q in (-0.01, 0.01))
GRANT = {"costs.0.funding": "grant", "costs.0.funder": "region"}
FOREIGN = {VALUE: {"evidence": "falls-ex-rate-all"}}
#: Code -> (what it takes, what is nearby and does not).
PAIRS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "no-result-for-measure": ({"costs": []}, {}),
    "several-irr": (
        {"costs": [COURSE, COURSE | {"amount": 1_320_000, "years": [2]}], f"{FIRST}.price": 46_000},
        {"costs": [COURSE, COURSE | {"amount": 1_320_000, "years": [0]}], f"{FIRST}.price": 46_000},
    ),
    "clipped-draws": (share(-0.07, 0.13), share(0.025, 0.035)),
    "base-mean-differ": ({VALUE: estimate(0.5, 0.1, 2.5)}, {}),
    "mc-error-large": ({VALUE: estimate(0.5, 0.1, 2.5)}, {}),
    "zero-width-interval": (
        {f"{FIRST}.quantity": {"low": 1, "high": 1}},
        {f"{FIRST}.quantity": {"low": 1, "high": 1.01}},
    ),
    "certain-effect": ({VALUE: 0.5}, {}),
    "assumed-price-range": (
        priced("primary-care-digital-doctor-contact"),
        priced("hip-fracture-first-year-municipality"),
    ),
    "flows-cut-off": ({f"{FIRST}.duration": 5}, {f"{FIRST}.duration": 4}),
    "outcome-worse": ({VALUE: estimate(1.5, 1.4, 1.6)}, {}),
    "effect-never-counted": (
        {"outcomes.0.lag": 2, "outcomes.0.lasts": 2},
        {"outcomes.0.lag": 2, "outcomes.0.lasts": 3},
    ),
    "gain-as-cost": (
        {"outcomes.0.better": "higher", VALUE: estimate(1.5, 1.4, 1.6)},
        {"outcomes.0.better": "higher", VALUE: estimate(1.5, 1.4, 1.6), f"{FIRST}.quantity": -1},
    ),
    "probability-low": (
        {VALUE: estimate(0.5, 0.25, 1.0), f"{FIRST}.price": 25_000},
        {VALUE: estimate(0.5, 0.45, 0.555), f"{FIRST}.price": 25_000},
    ),
    "negative-not-bad": ({f"{FIRST}.price": 20_600}, {f"{FIRST}.price": 20_800}),
    "positive-not-proof": ({GRADE: "before_after"}, {GRADE: "quasi_experiment"}),
    "early-not-always": (
        {GRADE: "judgement", f"{FIRST}.price": 42_000},
        {GRADE: "judgement", f"{FIRST}.price": 41_000},
    ),
    "effect-includes-null": ({VALUE: estimate(0.5, 0.25, 1.0)}, {VALUE: estimate(0.5, 0.25, 0.99)}),
    "dominates": (HEALTHIER, HEALTHIER | {f"{FIRST}.price": 20_000}),
    "dominated": (UNHEALTHIER | {f"{FIRST}.price": 20_000}, UNHEALTHIER),
    "payer-mismatch": ({f"{FIRST}.payer": "region"}, {}),
    "payback-after-grant": (GRANT, GRANT | {"outcomes.0.lag": 0}),
    "grant-not-societal-gain": (GRANT, {}),
    "not-cashable": ({f"{FIRST}.realisable": 0.99}, {f"{FIRST}.realisable": 1}),
    "production-dominates": (
        beside_care(kind="production", link="causal", price=41_000, quantity=-1),
        beside_care(kind="production", link="causal", price=39_000, quantity=-1),
    ),
    "kommun-tax-equalisation": (
        beside_care(kind="transfer", payer="stat", payee="individ", taxable=True, price=1_000),
        beside_care(kind="transfer", payer="stat", payee="individ", taxable=False, price=1_000),
    ),
    "not-valued": ({}, {"not_valued": []}),
    "nothing-unvalued": ({"not_valued": []}, {}),
    "old-price": (
        {f"{FIRST}.index": "kpif", f"{FIRST}.price_year": 2013},
        {f"{FIRST}.index": "kpif", f"{FIRST}.price_year": 2014},
    ),
    "overlapping-prices": (
        priced("fall-hospital-care-region", "primary-care-doctor-visit"),
        priced("fall-hospital-care-region"),
    ),
    "row-above-one": (leaving(0.9, 1.0), leaving(0.8, 0.9)),
    "foreign-effect-unadjusted": (FOREIGN, FOREIGN | {"outcomes.0.evidence_adjustment": 0.9}),
    "followup-before-gain": (followed_up("Hösten 2025"), followed_up("Våren 2026")),
    "set-up-cost-spread": ({}, {"participants": [{"year": year, "number": 100} for year in range(3)]}),
    "few-participants": ({"participants.0.number": 19}, {"participants.0.number": 20}),
    "small-group-privacy": ({"participants.0.number": 4}, {"participants.0.number": 5}),
    "rate-changed": ({"discount_rate": 0.04}, {"discount_rate": 0.035}),
    "tax-factor-on": ({"public_funds_factor": 1.3}, {"public_funds_factor": 1}),
}
#: Given whatever the case.
ALWAYS = {"calculation-not-alone", "version-stamp"}
#: Those that need a file of local prices: tests/appraisal/test_local_prices.py.
LOCAL = {"local-price", "local-price-higher", "local-price-lower"}
#: Draws, where others than 512 Sobol points are needed.
DRAWS = {"mc-error-large": 16}


def appraisal_of(changes: dict[str, Any], draws: int = 512) -> Appraisal:
    data = copy.deepcopy(STANDARD)
    for path, value in changes.items():
        *above, last = path.split(".")
        place: Any = data
        for key in above:
            place = place[int(key)] if key.isdigit() else place[key]
        place[last] = copy.deepcopy(value)
    return appraise(Case.model_validate(data), draws=draws)


def codes(changes: dict[str, Any], draws: int = 512) -> list[str]:
    return [warning.code for warning in appraisal_of(changes, draws).warnings]


@pytest.mark.parametrize("code", PAIRS)
def test_the_case_that_has_it_and_the_one_that_has_not(code: str) -> None:
    with_it, without = PAIRS[code]
    draws = DRAWS.get(code, 512)
    assert code in codes(with_it, draws)
    assert code not in codes(without, draws)


def test_every_warning_of_the_program_is_tried() -> None:
    trees = [ast.parse(inspect.getsource(module)) for module in (warnings, effect_warnings, outcome_warnings)]
    given = {
        node.args[0].value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == ResultWarning.__name__
        and isinstance(node.args[0], ast.Constant)
    }
    assert given - ALWAYS - LOCAL <= PAIRS.keys()


def test_the_first_and_the_last_are_always_there() -> None:
    found = codes({})
    assert (found[0], found[-1]) == ("calculation-not-alone", "version-stamp")


def test_the_standard_case_has_no_other() -> None:
    assert set(codes({})) == ALWAYS | {"not-valued", "set-up-cost-spread"}


@pytest.mark.parametrize("code", PAIRS)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_warning_has_its_words_and_values(code: str, lang: str) -> None:
    appraisal = appraisal_of(PAIRS[code][0], DRAWS.get(code, 64))
    messages = {row["code"]: row["message"] for row in appraisal.to_json(lang)["warnings"]}
    for message in messages.values():
        assert message
        assert "{" not in message
        assert "None" not in message
