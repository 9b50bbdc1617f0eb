"""The charts of a sensitivity analysis, in the order of a report."""

from __future__ import annotations

from functools import partial
from types import ModuleType
from typing import Final

from socio_calc.analysis.sensitivity import Sensitivity
from socio_calc.locale import Language
from socio_calc.report.charts import acceptability, choices, information, scenarios, tornado, two_way
from socio_calc.report.charts.chart import Chart
from socio_calc.report.sensitivity_facts import SensitivityFacts

_KINDS: Final = (tornado, two_way, choices, scenarios)
#: What the report of a calculation shows of them; it has the figures of the choices of method in a table.
_KINDS_OF_REPORT: Final = (tornado, two_way, scenarios)


def draw_sensitivity_charts(sensitivity: Sensitivity, lang: Language = "sv") -> tuple[Chart, ...]:
    """Return the charts that a sensitivity analysis has, in the order of a report.

    They are `tornado`, `grid`, `choices`, `scenarios`, `acceptability-…`, `information` and `sampling`. A chart with
    nothing to show (no uncertain quantity, no scenario, only zeros) is left out. Each is drawn when its `png` or `svg`
    is first asked for.
    """
    facts = SensitivityFacts(sensitivity.appraisal, lang, sensitivity)
    charts = (_chart(kind, facts) for kind in _KINDS if kind.shown(facts))
    return (*charts, *acceptability.charts(facts), *information.charts(facts))


def draw_report_charts(sensitivity: Sensitivity, lang: Language = "sv") -> tuple[Chart, ...]:
    """Return those charts of a sensitivity analysis that the report of a calculation shows.

    They are `tornado`, `grid`, `scenarios` and `sampling`, as far as the case has them. What only the others need is
    not computed.
    """
    facts = SensitivityFacts(sensitivity.appraisal, lang, sensitivity)
    charts = (_chart(kind, facts) for kind in _KINDS_OF_REPORT if kind.shown(facts))
    return (*charts, *information.charts_of_sampling(facts))


def _chart(kind: ModuleType, facts: SensitivityFacts) -> Chart:
    return Chart(kind.NAME, kind.title(facts), kind.alt_text(facts), facts.lang, partial(kind.draw, facts))
