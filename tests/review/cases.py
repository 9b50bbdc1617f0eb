"""A case in which the check finds nothing, and ways to change it."""

from copy import deepcopy
from dataclasses import replace
from datetime import date
from functools import cache

from socio_calc.appraisal import appraise
from socio_calc.case import Application
from socio_calc.case.build import validate
from socio_calc.case.paths import find
from socio_calc.reference import load_reference
from socio_calc.review.budget import budget_of
from socio_calc.review.hit import Hit
from socio_calc.review.rule_kinds import Checked
from socio_calc.review.scene import Scene
from socio_calc.review.traps import TRAP_OF, TRAPS

WORDS = "Så här ser det ut i dag, med ord nog för att en läsare ska förstå vad som skiljer insatsen från det vanliga. "
SOURCE = "Kommunens statistik 2023"


def organisation(name, sector):
    return {
        "name": name,
        "sector": sector,
        "county": "Gävleborg",
        "for_profit": False,
        "endorses_run": True,
        "endorses_implementation": True,
        "signatory": "Chef",
    }


def followup(kind):
    return {
        "indicator": f"Mått, {kind}",
        "kind": kind,
        "outcome": "leave",
        "baseline": "Mäts vid start",
        "when": "Varje år 2020–2024",
        "method": "Register",
        "responsible": "Skolan",
    }


CLEAN = {
    "format": 1,
    "title": "Tidigt stöd i skolan",
    "first_year": 2020,
    "price_year": 2020,
    "horizons": [1, 3],
    "participants": [{"year": 0, "number": 60, "age": 13}, {"year": 1, "number": 50, "age": 13}],
    "completion": 0.8,
    "costs": [
        {
            "name": "Ledare",
            "actor": "kommun",
            "cost_type": "personal",
            "hours": 800,
            "wage": {"low": 240, "mode": 250, "high": 260, "source": SOURCE},
            "basis": "per_year",
            "years": [0, 1],
            "funding": "grant",
            "funder": "region",
        },
        {
            "name": "Handledning",
            "actor": "region",
            "cost_type": "personal",
            "hours": 1000,
            "wage": {"low": 290, "mode": 300, "high": 310, "source": SOURCE},
            "basis": "per_year",
            "years": [0, 1],
            "funding": "in_kind",
        },
    ],
    "outcomes": [
        {
            "id": "leave",
            "name": "Placering utanför hemmet",
            "level": "probability",
            "better": "lower",
            "ordinary": {"low": 0.2, "mode": 0.25, "high": 0.3, "source": SOURCE},
            "effect": {"measure": "ratio", "value": {"estimate": 0.8, "ci": [0.7, 0.9], "source": "Försöket"}},
            "holds": 2,
            "evidence": {"grade": "rct", "sources": ["Ett försök 2015"]},
            "consequences": [
                {
                    "name": "Placering",
                    "price": {"low": 300_000, "mode": 350_000, "high": 400_000, "source": SOURCE},
                    "kind": "resource_cost",
                    "payer": "kommun",
                },
                {
                    "name": "Vård",
                    "price": {"low": 200_000, "mode": 210_000, "high": 220_000, "source": SOURCE},
                    "kind": "resource_cost",
                    "payer": "region",
                },
            ],
        }
    ],
    "not_valued": ["Trygghet"],
    "application": {
        "fund": "gavleborg",
        "call": "2019-10-31",
        "stage": "utformning",
        "owner": "Skolan",
        "organisations": [organisation("Skolan", "kommun"), organisation("Hälsan", "region")],
        "start": "2020-01-01",
        "end": "2021-12-31",
        "applied": {"2020": 262_840, "2021": 262_840},
        "target_group": {
            "description": "Elever",
            "size": 400,
            "age_min": 12,
            "age_max": 15,
            "risk_of_exclusion": True,
            "indirect": False,
        },
        "focus_area": "psykisk_halsa",
        "needs_analysis": WORDS * 3,
        "timing": "tidig",
        "method_status": "testa",
        "mechanism": WORDS * 2,
        "ordinary_practice": WORDS,
        "existing_activity": False,
        "public_health_goals": ["Det tidiga livets villkor"],
        "followup": [followup("social"), followup("ekonomisk")],
        "implementation_plan": WORDS,
        "equity": WORDS,
        "child_rights": WORDS,
        "attachments": ["budget", "medfinansiering", "uppfoljning", "verksamhetslogik"],
    },
}
GONE = object()


def changed(changes, data=CLEAN):
    """Return raw data with values at paths replaced, or taken away where the value is GONE."""
    data = deepcopy(data)
    for path, value in changes.items():
        *above, last = find(path, data)
        here = data
        for step in above:
            here = here[step]
        if value is GONE:
            del here[last]
        else:
            here[last] = deepcopy(value)
    return data


@cache
def base():
    return load_reference()


def evidence(**changes):
    """Return a base with one row of evidence more, `trial`, that nothing can be said against."""
    row = next(row for row in base().evidence.values() if row.measure == "ratio" and row.usable == "effect")
    clean = {
        "id": "trial",
        "intervention": "trial",
        "outcome_sv": "placering",
        "outcome_en": "placement",
        "proxy": False,
        "country": "SE",
        "age_min": 10.0,
        "age_max": 16.0,
        "comparator": "usual practice",
        "comparator_sv": "ordinarie arbetssätt",
        "estimate": 0.8,
        "ci_low": 0.7,
        "ci_high": 0.9,
        "tau": None,
        "followup_months": 24.0,
        "grade": "rct",
        "developer_run": False,
        "adjusted": False,
        "draw_group": None,
        "source_title": "Försöket",
        "url": "https://example.se/trial",
        "note": "",
    }
    return replace(base(), evidence={**base().evidence, "trial": replace(row, **{**clean, **changes})})


def price(**changes):
    """Return a base with one price more, `thing`."""
    row = next(row for row in base().costs.values() if row.kind == "resource_cost" and row.basis == "price_list")
    clean = {
        "id": "thing",
        "name_sv": "Sak",
        "name_en": "Thing",
        "category": "hospital_care",
        "per": "event",
        "value": 200_000.0,
        "low": 180_000.0,
        "high": 220_000.0,
        "spread": "range",
        "price_year": 2020,
        "payer": "region",
        "payee": None,
        "taxable": None,
        "kind": "resource_cost",
        "basis": "price_list",
        "bought": None,
        "draw_group": None,
        "overlaps": (),
        "use": "default",
        "confidence": "high",
        "note": "",
    }
    return replace(base(), costs={**base().costs, "thing": replace(row, **{**clean, **changes})})


def case_of(data):
    case, faults = validate(data)
    assert case is not None, faults
    return case


def scene_of(data=CLEAN, reference=None, fund=None, draws=512):
    case = case_of(data)
    appraisal = appraise(case, draws=draws, reference=reference or base())
    return Scene(appraisal, case.application, fund)


def checked_of(data=CLEAN, answers=None):
    """Return what rules look at; nothing is drawn more often than needed."""
    scene = scene_of(data, draws=64)
    application = scene.case.application or Application(fund="gavleborg", call=date(2019, 10, 31))
    return Checked(scene.case, application, scene.appraisal, budget_of(scene.appraisal), answers or {})


def hits(code, scene):
    return [hit for hit in TRAP_OF[code].test(scene) if isinstance(hit, Hit)]


def untested(code, scene):
    found = list(TRAP_OF[code].test(scene))
    return bool(found) and not any(isinstance(item, Hit) for item in found)


def codes(scene):
    return [trap.code for trap in TRAPS if hits(trap.code, scene)]
