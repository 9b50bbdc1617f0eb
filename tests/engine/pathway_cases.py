"""Small cases with pathways, as mappings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from socio_calc.case import Case, check_case
from socio_calc.engine.build import build_plan
from socio_calc.engine.plan import Plan
from socio_calc.reference import load_reference

TRIAL = {"grade": "rct", "sources": ["A study"]}


def pathway(**changes: Any) -> dict[str, Any]:
    """Return a way through school: a quarter finish and a tenth drop out each year; the intervention halves that."""
    return {
        "id": "school",
        "name": "School",
        "states": ["school", "done", "out"],
        "start": {"school": 1},
        "transitions": {"school": {"done": 0.25, "out": 0.1, "rest": "school"}, "out": {"school": 0.2, "rest": "out"}},
        "effects": [{"from": "school", "to": "out", "measure": "ratio", "value": 0.5}],
        "holds": 2,
        "evidence": TRIAL,
        "consequences": [
            {"name": "Out", "state": "out", "price": 1000, "kind": "resource_cost", "payer": "kommun", "index": "none"}
        ],
        **changes,
    }


def case(*pathways: Mapping[str, Any], **changes: Any) -> Case:
    """Return a case of one participant with these pathways."""
    data = {
        "format": 1,
        "title": "Pathway",
        "first_year": 2025,
        "price_year": 2024,
        "horizons": [10],
        "participants": [{"year": 0, "number": 1}],
        "pathways": list(pathways or (pathway(),)),
        **changes,
    }
    found = Case.model_validate(data)
    assert check_case(found) == ()
    return found


def plan(*pathways: Mapping[str, Any], **changes: Any) -> Plan:
    """Return the plan of such a case."""
    return build_plan(case(*pathways, **changes), load_reference())
