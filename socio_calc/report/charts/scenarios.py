"""Chart: the base case and the named scenarios side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from socio_calc.analysis.scenarios import Scenario
from socio_calc.locale import probability_figure
from socio_calc.locale.placeholders import start
from socio_calc.report.charts.bars import NAMES, Name, row_names, rows_axis, widened
from socio_calc.report.charts.facts import MOST_TITLE
from socio_calc.report.charts.frame import amount_axis, new_frame
from socio_calc.report.charts.style import BAR, INK, LABEL_SIZE, MARGIN, MUTED
from socio_calc.report.scenario_names import scenario_name
from socio_calc.report.sensitivity_facts import SensitivityFacts
from socio_calc.report.text_layout import shortened

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAME: Final = "scenarios"
_MOST: Final = 9
_RIGHT: Final = 1.35
_EVEN: Final = 0.5


def shown(facts: SensitivityFacts) -> bool:
    """Whether the case has scenarios."""
    return len(_rows(facts)) > 1


def _all_rows(facts: SensitivityFacts) -> list[Scenario]:
    """Return the base case and every scenario that has a result."""
    return [row for row in facts.sensitivity.scenarios if row.npv is not None]


def _rows(facts: SensitivityFacts) -> list[Scenario]:
    """Return what is drawn, in the order of the case: of many scenarios those first in which the result turns."""
    rows = _all_rows(facts)
    if len(rows) <= _MOST:
        return rows
    kept = sorted(rows, key=lambda row: (row.name is not None, not _turns(facts, row)))[:_MOST]
    return [row for row in rows if row in kept]


def _turns(facts: SensitivityFacts, row: Scenario) -> bool:
    """Whether the base case of a scenario lies on the other side of zero than that of the calculation."""
    return ((row.npv or 0.0) > 0) != (facts.sensitivity.npv.base > 0)


def _agrees(row: Scenario) -> bool:
    """Whether most recalculations of a scenario lie on the same side of zero as its base case."""
    chance = row.probability_positive
    return chance is None or (chance > _EVEN if (row.npv or 0.0) > 0 else chance < _EVEN)


def _sure(row: Scenario) -> bool:
    """Whether nine recalculations of ten lie on the same side of zero as its base case."""
    return row.p5 is None or row.p95 is None or (row.p5 > 0 if (row.npv or 0.0) > 0 else row.p95 <= 0)


def name_of(facts: SensitivityFacts, row: Scenario) -> str:
    """Return the name of a scenario as it is written for a reader."""
    return scenario_name(facts.words, row.name)


def title(facts: SensitivityFacts) -> str:
    """Return whether the result holds in all scenarios, or in which it turns, and whether that is likely."""
    words, rows = facts.words, _all_rows(facts)
    turning = [row for row in rows if _turns(facts, row)]
    if not turning:
        sign = "positive" if facts.sensitivity.npv.base > 0 else "negative"
        how = "" if all(map(_sure, rows)) else ".probably" if all(map(_agrees, rows)) else ".unsure"
        return words.t(f"chart.scenarios.title.{sign}{how}")
    likely = [row for row in turning if _agrees(row)]
    # Where it turns in others too, but hardly, those that are named are the likely ones.
    only = ".only" if likely and len(likely) < len(turning) else ""
    key, named = ("turns", likely) if likely else ("may-turn", turning)
    if len(likely) == len(rows) - 1 > 1:
        return words.t("chart.scenarios.title.turns.all")
    if len(named) > 1:
        key = f"chart.scenarios.title.{key}.some{only}"
        return words.t(key, n=len(named), all=len(rows) - 1)
    key = f"chart.scenarios.title.{key}{only}"
    room = MOST_TITLE - len(words.t(key, name=""))
    return words.t(key, name=shortened(name_of(facts, named[0]), room))


def alt_text(facts: SensitivityFacts) -> str:
    """Return the result of every scenario in words."""
    said = [f"{name_of(facts, row)} {facts.money(row.npv, signed=True)}" for row in _rows(facts)]
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
