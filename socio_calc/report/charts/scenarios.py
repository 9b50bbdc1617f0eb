"""Chart: the base case and the named scenarios side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from socio_calc.analysis.scenarios import Scenario
from socio_calc.locale import probability_figure
from socio_calc.locale.placeholders import start
from socio_calc.report.charts.bars import NAMES, Name, row_names, rows_axis, widened
from socio_calc.report.charts.frame import amount_axis, new_frame
from socio_calc.report.charts.style import BAR, INK, LABEL_SIZE, MARGIN, MUTED
from socio_calc.report.charts.tornado import fitting
from socio_calc.report.scenario_names import scenario_name
from socio_calc.report.sensitivity_facts import SensitivityFacts

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAME: Final = "scenarios"
_MOST: Final = 9
_RIGHT: Final = 1.35


def shown(facts: SensitivityFacts) -> bool:
    """Whether the case has scenarios."""
    return len(_rows(facts)) > 1


def _rows(facts: SensitivityFacts) -> list[Scenario]:
    return [row for row in facts.sensitivity.scenarios if row.npv is not None][:_MOST]


def name_of(facts: SensitivityFacts, row: Scenario) -> str:
    """Return the name of a scenario as it is written for a reader."""
    return scenario_name(facts.words, row.name)


def title(facts: SensitivityFacts) -> str:
    """Return whether the result holds in all scenarios, or where it turns."""
    words = facts.words
    signs = {row.name: (row.npv or 0.0) > 0 for row in _rows(facts)}
    turning = [row for row in _rows(facts) if signs[row.name] != signs[None]]
    if not turning:
        return words.t(f"chart.scenarios.title.{'positive' if signs[None] else 'negative'}")
    return fitting(facts, words.t("chart.scenarios.title.turns", name=name_of(facts, turning[0])))


def alt_text(facts: SensitivityFacts) -> str:
    """Return the result of every scenario in words."""
    said = [f"{name_of(facts, row)} {facts.money(row.npv)}" for row in _rows(facts)]
    return facts.words.t("chart.scenarios.alt", rows="; ".join(said))


def draw(facts: SensitivityFacts) -> Figure:
    """Draw a dot for the base case of each scenario, on a line that holds 9 of 10 recalculations."""
    words, rows = facts.words, _rows(facts)
    subtitle = words.t("chart.scenarios.subtitle", party=facts.sensitivity.perspective, years=facts.horizon_text)
    frame = new_frame(facts, title(facts), subtitle)
    axes = frame.axes(MARGIN + NAMES, _RIGHT, above=0.45)
    rows_axis(axes, len(rows))
    points = [value for row in rows for value in (row.npv, row.p5, row.p95) if value is not None]
    widened(axes, [*points, 0.0])
    amount_axis(axes, facts, upright=False)
    axes.set_xlabel(words.t("chart.tornado.axis", unit=facts.unit_name), fontsize=LABEL_SIZE, color=MUTED, labelpad=4)
    for at, row in enumerate(rows):
        if row.p5 is not None and row.p95 is not None:
            axes.plot([row.p5, row.p95], [at, at], color=BAR, linewidth=7, solid_capstyle="butt", zorder=2)
        axes.plot([row.npv or 0.0], [at], marker="o", markersize=10, color=INK, zorder=4)
        axes.text(
            1.03, at, probability_figure(row.probability_positive, facts.lang), va="center_baseline",
            transform=axes.get_yaxis_transform(), fontsize=LABEL_SIZE,
        )  # fmt: skip
    axes.text(
        1.03, -0.62, words.t("chart.scenarios.probability"), va="bottom", fontsize=LABEL_SIZE, color=MUTED,
        transform=axes.get_yaxis_transform(),
    )  # fmt: skip
    row_names(frame, axes, [Name(start(name_of(facts, row)), facts.money(row.npv, signed=True)) for row in rows])
    return frame.figure
