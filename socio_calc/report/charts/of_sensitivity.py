"""The charts of a sensitivity analysis, in the order of a report."""

from __future__ import annotations

from functools import partial
from typing import Final

from socio_calc.analysis.sensitivity import Sensitivity
from socio_calc.locale import Language
from socio_calc.report.charts import acceptability, choices, information, scenarios, tornado, two_way
from socio_calc.report.charts.chart import Chart
from socio_calc.report.sensitivity_facts import SensitivityFacts

_KINDS: Final = (tornado, two_way, choices, scenarios)


def draw_sensitivity_charts(sensitivity: Sensitivity, lang: Language = "sv") -> tuple[Chart, ...]:
    """Return the charts that a sensitivity analysis has, in the order of a report.

    They are `tornado`, `grid`, `choices`, `scenarios`, `acceptability-…`, `information` and `sampling`. A chart with
    nothing to show (no uncertain quantity, no scenario) is left out. Each is drawn when its `png` or `svg` is first
    asked for.
    """
    facts = SensitivityFacts(sensitivity.appraisal, lang, sensitivity)
    charts = [
        Chart(kind.NAME, kind.title(facts), kind.alt_text(facts), lang, partial(kind.draw, facts))
        for kind in _KINDS
        if kind.shown(facts)
    ]
    return (*charts, *acceptability.charts(facts), *information.charts(facts))
