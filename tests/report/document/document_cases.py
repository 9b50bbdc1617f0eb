"""Cases for the tests of the report, and the report of each."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

from socio_calc.analysis.sensitivity import Sensitivity, sensitivity
from socio_calc.appraisal import appraise, load
from socio_calc.locale import Language
from socio_calc.paper import Paper
from socio_calc.reference import shipped_folder
from socio_calc.report.charts import draw_charts
from socio_calc.report.charts.of_sensitivity import draw_report_charts
from socio_calc.report.document import report_paper
from socio_calc.report.passport import passport_of
from tests.report.chart_cases import CASES, UNSURE, cost, gain

DRAWS = 256
MODELS = tuple(sorted(path.stem for path in shipped_folder("models").glob("*.yaml")))

#: Texts that must be shown and never obeyed, cut or broken out of.
MARKUP = "<script>alert(1)</script><b>&amp;</b>"
FORMULA = '=HYPERLINK("http://example.org","x")'
PERSON = "Ring 070-123 45 67 eller skriv till anna@example.se"
LONG = "Mycketlångtordutanmellanrum" * 12
STRANGE = "mjukt\u00adbindestreck 🙂 ∑"

HOSTILE: dict[str, Any] = {
    "title": f"{MARKUP} {FORMULA}",
    "description": f"{PERSON}. {LONG}\n\njavascript:alert(1) {STRANGE}",
    "not_valued": [FORMULA, MARKUP, LONG],
    "costs": [cost("kommun", {"low": 1e5, "mode": 2e5, "high": 6e5}, name=name) for name in (FORMULA, MARKUP, LONG)],
    "outcomes": [gain("individ", 1e6, effect=UNSURE) | {"name": f"{MARKUP} {STRANGE}"}],
    "application": {
        "fund": "gavleborg",
        "call": "2024-04-30",
        "owner": MARKUP,
        "needs_analysis": f'{LONG} https://example.org/"><script>alert(1)</script>',
        "target_group": {"description": PERSON, "size": 10},
        "followup": [{"indicator": FORMULA, "method": MARKUP}],
    },
}
#: As many lines as a large budget has, every party, forty years.
MANY: dict[str, Any] = {
    "horizons": [1, 3, 10, 40],
    "costs": [cost("kommun", 1e4 + number, range(40), name=f"Post {number}") for number in range(60)],
    "outcomes": [
        gain(actor, 5e5, effect=UNSURE, lag=at, holds=20)
        for at, actor in enumerate(("kommun", "region", "stat", "individ", "arbetsgivare", "civilsamhalle", "ovriga"))
    ],
}
ALL_CASES: dict[str, dict[str, Any]] = CASES | {"hostile": HOSTILE, "many": MANY}


@cache
def analysed(name: str, folder: Path) -> Sensitivity:
    """Compute a case by its name, or a model."""
    if name in ALL_CASES:
        case = {
            "format": 1,
            "title": "Prov",
            "first_year": 2025,
            "price_year": 2024,
            "horizons": [5],
            "discount_rate": 0,
            "participants": [{"year": 0, "number": 10}],
        } | copy.deepcopy(ALL_CASES[name])
        path = folder / f"{name}.yaml"
        path.write_text(json.dumps({key: value for key, value in case.items() if value != []}), encoding="utf-8")
    else:
        path = shipped_folder("models") / f"{name}.yaml"
    return sensitivity(appraise(load(path), draws=DRAWS))


def reported(name: str, folder: Path, lang: Language = "sv", *, pictures: bool = False) -> Paper:
    """Return the report of a case; its pictures take most of the time and are left out unless asked for."""
    found = analysed(name, folder)
    charts = (*draw_charts(found.appraisal, lang), *draw_report_charts(found, lang)) if pictures else ()
    return report_paper(found, lang, charts=charts, passport=passport_of(found.appraisal, lang))
