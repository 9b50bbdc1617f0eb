"""Cases for the tests of the workbook: one that has everything, written by hand, and random ones."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded

import socio_calc
from socio_calc.appraisal import Appraisal
from socio_calc.case import Case
from socio_calc.case.build import validate
from tests.strategies import cases

MODELS = Path(__file__).parents[2] / "models"

#: Every measure, level, fade, basis and kind of consequence, lists, groups with survival and weights, rate steps,
#: pathways with every form of row, with and without survival and effects.
EVERYTHING: dict[str, Any] = {
    "format": 1,
    "title": "Allt på en gång",
    "first_year": 2025,
    "price_year": 2024,
    "horizons": [2, 5, 9],
    "discount_rate": [{"from": 0, "rate": 0.035}, {"from": 4, "rate": 0.03}],
    "discount_rate_health": 0.02,
    "timing": "mid",
    "public_funds_factor": {"low": 1, "mode": 1.2, "high": 1.6},
    "health_value": 500000,
    "taxes": {"municipal": 0.22, "equalisation": {"municipal": 0.19}},
    "quantities": {"vardpris": {"low": 20000, "mode": 30000, "high": 60000}},
    "participants": [
        {"year": 0, "number": {"low": 40, "mode": 50, "high": 70}, "age": 78, "share_women": 0.6, "weight": 1.5},
        {"year": 2, "number": 30, "age": 83},
    ],
    "completion": {"events": 31, "of": 40},
    "survival": "sweden",
    "costs": [
        {"name": "Ledare", "actor": "kommun", "hours": 400, "wage": {"low": 200, "high": 260}, "basis": "per_year",
         "years": [0, 1, 2], "funding": "grant", "funder": "region", "growth": 0.01},
        {"name": "Start", "actor": "region", "amount": 90000, "quantity": 2, "price_year": 2019, "basis": "total",
         "years": [0, 3]},
        {"name": "Resor", "actor": "individ", "amount": {"cost": "own-car-km"}, "quantity": 120,
         "basis": "per_participant", "years": [0, 1]},
        {"name": "Lokal som sägs upp", "actor": "kommun", "amount": 15000, "basis": "per_year", "years": [1, 2],
         "replaces": True},
    ],
    "outcomes": [
        {"id": "fall", "name": "Fall", "level": "rate", "better": "lower", "ordinary": [0.5, 0.6],
         "effect": {"measure": "ratio", "value": {"estimate": 0.75, "ci": [0.6, 0.9]}},
         "holds": {"low": 1, "mode": 2, "high": 4},
         "fades": {"shape": "exponential", "rate": 0.3}, "lasts": 7, "effect_on": "completers",
         "evidence": {"grade": "rct", "sources": ["Studie"]},
         "consequences": [
             {"name": "Vård", "price": {"ref": "vardpris"}, "kind": "resource_cost", "payer": "region", "delay": 1,
              "duration": 3, "marginal": [0.4, 0.7], "realisable": 0.5, "growth": 0.01},
             {"name": "Hälsa", "kind": "health", "quantity": -0.05},
         ]},
        {"id": "arbete", "name": "I arbete", "level": "probability", "better": "higher", "ordinary": 0.2,
         "effect": {"measure": "odds_ratio", "value": 1.8}, "lag": 1, "holds": 1, "survival": False,
         "fades": {"shape": "linear", "over": 3}, "displacement": 0.2, "deadweight": 0.1, "attribution": 0.9,
         "because": "Två insatser", "evidence": {"grade": "judgement", "sources": ["Egen"]},
         "consequences": [
             {"name": "Arbete", "price": 400000, "kind": "production", "link": "causal"},
             {"name": "Försörjningsstöd", "price": 90000, "quantity": -1, "kind": "transfer", "payer": "kommun",
              "payee": "individ"},
             {"name": "Sjukpenning", "price": 50000, "quantity": -1, "kind": "transfer", "payer": "stat",
              "payee": "individ", "taxable": True, "link": "observational", "causal_share": 0.6},
         ]},
        {"id": "intyg", "name": "Examen", "level": "event", "better": "higher", "ordinary": [0.3, 0.4, 0.5],
         "effect": {"measure": "smd", "value": 0.3}, "lag": 2, "evidence": {"grade": "rct", "sources": ["Studie"]},
         "consequences": [{"name": "Värde", "price": 8000, "kind": "wellbeing", "duration": 2}]},
        {"id": "oro", "name": "Oro", "level": "amount", "better": "lower", "ordinary": 6,
         "effect": {"measure": "smd", "value": -0.4, "sd": 2.5}, "holds": 1,
         "fades": {"shape": "table", "values": [0.8, 0.3]}, "evidence": {"grade": "rct", "sources": ["Studie"]},
         "consequences": [{"name": "Oro", "price": 700, "kind": "wellbeing_loss"}]},
        {"id": "sjuk", "name": "Sjuka", "level": "probability", "better": "lower", "ordinary": 0.4,
         "effect": {"measure": "hazard_ratio", "value": 0.8}, "holds": "open",
         "evidence": {"grade": "rct", "sources": ["Studie"]},
         "consequences": [{"name": "Frånvaro", "price": 60000, "kind": "production_loss", "link": "accounting"}]},
        {"id": "plats", "name": "Platser", "level": "probability", "better": "lower", "ordinary": 0.3,
         "effect": {"measure": "difference", "value": -0.1}, "holds": 2, "fades": {"shape": "none"}, "lasts": 5,
         "evidence": {"grade": "rct", "sources": ["Studie"]}},
        {"id": "niva", "name": "Nivå", "level": "rate", "better": "lower", "ordinary": 2,
         "effect": {"measure": "level", "value": {"mean": 1.4, "sd": 0.1}}, "holds": 0,
         "evidence": {"grade": "rct", "sources": ["Studie"]}},
    ],
    "pathways": [
        {"id": "skola", "name": "Väg genom skolan", "states": ["studerar", "examen", "utanfor", "paus"],
         "start": {"studerar": 0.75, "utanfor": 0.25},
         "transitions": {
             "studerar": {"examen": {"low": 0.2, "mode": 0.3, "high": 0.4}, "utanfor": [0.1, 0.08, 0.05],
                          "paus": {"rate": {"low": 0.05, "high": 0.15}}, "rest": "studerar"},
             "utanfor": {"studerar": [{"rate": 0.1}, 0.2], "rest": "utanfor"},
             "paus": {"counts": {"studerar": 30, "utanfor": 12, "paus": 18}, "rest": "utanfor"},
         },
         "effects": [
             {"from": "studerar", "to": "utanfor", "measure": "odds_ratio", "value": {"estimate": 0.7, "ci": [0.5, 1]}},
             {"from": "studerar", "to": "examen", "measure": "difference", "value": 0.05},
             {"from": "paus", "to": "studerar", "measure": "smd", "value": 0.2},
             {"from": "utanfor", "to": "studerar", "measure": "hazard_ratio", "value": 1.4},
         ],
         "holds": 2, "fades": {"shape": "exponential", "rate": 0.4}, "lag": 1, "effect_on": "completers",
         "displacement": 0.1, "deadweight": 0.05, "because": "Två insatser",
         "evidence": {"grade": "rct", "sources": ["Studie"]},
         "consequences": [
             {"name": "Bistånd", "state": "utanfor", "price": 60000, "kind": "transfer", "payer": "kommun",
              "payee": "individ"},
             {"name": "Återgång", "state": "studerar", "per": "entry", "price": {"ref": "vardpris"},
              "kind": "resource_cost", "payer": "kommun", "marginal": [0.5, 0.8], "duration": 2, "realisable": 0.6},
             {"name": "Lön", "state": "examen", "price": 300000, "quantity": 0.1, "kind": "production",
              "link": "causal", "delay": 1},
             {"name": "Hälsa", "state": "utanfor", "kind": "health", "quantity": -0.04},
             {"name": "Avgång", "state": "dead", "per": "entry", "price": 1000, "kind": "resource_cost",
              "payer": "stat"},
         ]},
        {"id": "boende", "name": "Boende", "states": ["hemma", "boende", "dead"], "start": {"hemma": 1},
         "transitions": {"hemma": {"boende": {"events": 11, "of": 60}, "dead": 0.02, "rest": "hemma"},
                         "boende": {"dead": 0.1, "rest": "boende"}},
         "effects": [{"from": "hemma", "to": "boende", "measure": "ratio", "value": 0.8}],
         "holds": 1, "fades": {"shape": "table", "values": [0.8, 0.3]},
         "evidence": {"grade": "judgement", "sources": ["Egen"]},
         "consequences": [
             {"name": "Boende", "state": "boende", "price": 500000, "kind": "resource_cost", "payer": "kommun"},
             {"name": "Döda", "state": "dead", "price": 100, "kind": "wellbeing_loss"},
         ]},
        {"id": "fri", "name": "Utan dödlighet", "states": ["a", "b"], "start": {"a": 1}, "survival": False,
         "transitions": {"a": {"b": 0.3, "rest": "a"}},
         "effects": [{"from": "a", "to": "b", "measure": "level", "value": 0.1}], "holds": "open", "lasts": 4,
         "evidence": {"grade": "rct", "sources": ["Studie"]},
         "consequences": [{"name": "B", "state": "b", "price": 900, "kind": "resource_cost", "payer": "region"}]},
        {"id": "orord", "name": "Utan effekter", "states": ["x", "y"], "start": {"x": 1},
         "transitions": {"x": {"y": 0.4, "rest": "x"}},
         "consequences": [{"name": "Y", "state": "y", "price": 900, "kind": "resource_cost", "payer": "region"}]},
    ],
}  # fmt: skip


def built(data: Mapping[str, Any]) -> Case:
    """Return a case built from data; a fault in the data is a fault of the test."""
    case, faults = validate(copy.deepcopy(dict(data)))
    assert case is not None and not faults, faults
    return case


def appraised(case: Case) -> Appraisal:
    """Return a small appraisal: the workbook's base case needs no draws."""
    return socio_calc.appraise(case, draws=64, seed=1)


def random_cases(count: int, seed: int) -> list[Case]:
    """Return so many random cases, the same ones every time."""
    found: list[Case] = []

    @seeded(seed)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases(min_outcomes=1, max_pathways=2))
    def collect(case: Case) -> None:
        found.append(case)

    collect()
    return found
