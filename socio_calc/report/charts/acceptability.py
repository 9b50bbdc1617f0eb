"""Charts: how probable it is that gains exceed costs, by horizon, by value of a QALY and by party."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from socio_calc.analysis.acceptability import Share
from socio_calc.locale import number, probability_figure, share
from socio_calc.locale.placeholders import start
from socio_calc.report.charts.bars import NAMES, Name, Span, draw_spans, row_names, rows_axis
from socio_calc.report.charts.chart import Chart
from socio_calc.report.charts.facts import MOST_TITLE
from socio_calc.report.charts.frame import axis_name, new_frame
from socio_calc.report.charts.style import ACTOR_COLOURS, BAR, GRID, INK, LABEL_SIZE, MARGIN, MUTED
from socio_calc.report.sensitivity_facts import SensitivityFacts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Draw = Callable[[SensitivityFacts], "Figure"]

_EVEN: Final = 0.5
_MILLION: Final = 1e6
#: Curves that move less than this do not grow or fall.
_FLAT: Final = 0.05
#: Curves that stay below or above these are low or high.
_LOW, _HIGH = 0.1, 0.9


def charts(facts: SensitivityFacts) -> list[Chart]:
    """Return the acceptability charts that the case has."""
    curves = facts.sensitivity.acceptability
    found = []
    if _moves(facts, curves.by_horizon):
        found.append(_chart(facts, "horizon", title_by_horizon(facts), _alt(facts, "horizon"), draw_by_horizon))
    if curves.by_qaly_value:
        found.append(_chart(facts, "qaly", title_by_qaly(facts), _alt(facts, "qaly"), draw_by_qaly))
    if len(curves.by_perspective) > 1:
        alt = _alt_by_party(facts)
        found.append(_chart(facts, "party", title_by_party(facts), alt, draw_by_party))
    return found


def _moves(facts: SensitivityFacts, curve: tuple[Share, ...]) -> bool:
    """Whether a curve has two points that are written differently: a flat line says no more than its one figure."""
    return len({probability_figure(row.probability, facts.lang) for row in curve}) > 1


def _chart(facts: SensitivityFacts, name: str, title: str, alt: str, draw: Draw) -> Chart:
    return Chart(f"acceptability-{name}", title, alt, facts.lang, partial(draw, facts))


# -- titles and alternatives ------------------------------------------------------------------------------------------


def title_by_horizon(facts: SensitivityFacts) -> str:
    """Return whether the probability grows with time."""
    probabilities = [row.probability for row in facts.sensitivity.acceptability.by_horizon]
    first, last, low, high = probabilities[0], probabilities[-1], min(probabilities), max(probabilities)
    if high - low < _FLAT:
        name = "low" if high < _LOW else "high" if low > _HIGH else "flat"
    elif abs(last - first) < _FLAT:
        name = "varies"
    else:
        name = "grows" if last > first else "falls"
    values = {"p1": first, "pn": last, "low": low, "high": high}
    words = {key: probability_figure(value, facts.lang) for key, value in values.items()}
    return facts.words.t(f"chart.acceptability.horizon.title.{name}", **words)


def title_by_qaly(facts: SensitivityFacts) -> str:
    """Return the value of a QALY at which gains probably exceed costs, or up to which none changes the conclusion."""
    curves = facts.sensitivity.acceptability
    if curves.qaly_threshold is None:
        tried = facts.money_alone(float(curves.by_qaly_value[-1].at))
        return facts.words.t("chart.acceptability.qaly.title.holds", value=tried)
    rises = curves.by_qaly_value[-1].probability > curves.by_qaly_value[0].probability
    name = "least" if rises else "most"
    value = facts.money_alone(curves.qaly_threshold)
    return facts.words.t(f"chart.acceptability.qaly.title.{name}", value=value)


def title_by_party(facts: SensitivityFacts) -> str:
    """Return for whom gains probably exceed costs."""
    curve = [row for row in facts.sensitivity.acceptability.by_perspective if row.at not in ("societal", "public")]
    gaining = tuple(str(row.at) for row in curve if row.probability > _EVEN)
    if len(gaining) in (0, len(curve)):
        return facts.words.t(f"chart.acceptability.party.title.{'all' if gaining else 'none'}")
    text = facts.words.t("chart.acceptability.party.title.differ", parties=gaining)
    if len(text) <= MOST_TITLE:
        return text
    return facts.words.t("chart.acceptability.party.title.count", n=len(gaining), all=len(curve))


def _alt(facts: SensitivityFacts, name: str) -> str:
    curves = facts.sensitivity.acceptability
    curve = curves.by_horizon if name == "horizon" else curves.by_qaly_value
    ends = {
        "p1": probability_figure(curve[0].probability, facts.lang),
        "pn": probability_figure(curve[-1].probability, facts.lang),
        "at1": number(float(curve[0].at), facts.lang),
        "atn": number(float(curve[-1].at), facts.lang),
    }
    if name == "horizon":
        ends |= {
            key: facts.words.plural("screen.years", round(float(row.at)))
            for key, row in (("first", curve[0]), ("last", curve[-1]))
        }
    return facts.words.t(f"chart.acceptability.{name}.alt", **ends)


def _alt_by_party(facts: SensitivityFacts) -> str:
    said = [
        facts.words.t("screen.sensitivity.sure", party=row.at, p=probability_figure(row.probability, facts.lang))
        for row in facts.sensitivity.acceptability.by_perspective
    ]
    return facts.words.t("chart.acceptability.party.alt", rows="; ".join(said))


# -- pictures ---------------------------------------------------------------------------------------------------------


def draw_by_horizon(facts: SensitivityFacts) -> Figure:
    """Draw the probability at each horizon."""
    curve = facts.sensitivity.acceptability.by_horizon
    years = [float(row.at) for row in curve]
    figure, axes = _curve(facts, title_by_horizon(facts), curve)
    axes.set_xlim(years[0] - 0.3, years[-1] + 0.3)
    step = max(1, -(-len(years) // 12))
    shown = years[::-step][::-1]
    axes.set_xticks(shown, [number(year, facts.lang) for year in shown])
    _name_axis(axes, facts.words.t("chart.acceptability.horizon.axis"))
    return figure


def draw_by_qaly(facts: SensitivityFacts) -> Figure:
    """Draw the probability at each value of a QALY, marking where it passes 50 per cent."""
    curves = facts.sensitivity.acceptability
    figure, axes = _curve(facts, title_by_qaly(facts), curves.by_qaly_value)
    if curves.qaly_threshold is not None:
        axes.plot([curves.qaly_threshold] * 2, [0.0, _EVEN], color=INK, linewidth=1.2, linestyle="--", zorder=3)
    last = float(curves.by_qaly_value[-1].at)
    ticks = [last * part / 4 for part in range(5)]
    axes.set_xlim(0.0, last)
    axes.set_xticks(ticks, [number(tick / _MILLION, facts.lang) for tick in ticks])
    _name_axis(axes, facts.words.t("chart.acceptability.qaly.axis"))
    return figure


def draw_by_party(facts: SensitivityFacts) -> Figure:
    """Draw one bar for each party, with the party's colour and its name."""
    rows = facts.sensitivity.acceptability.by_perspective
    frame = new_frame(facts, title_by_party(facts), _subtitle(facts, "party"))
    axes = frame.axes(MARGIN + NAMES, MARGIN + 0.9, below=0.4)
    rows_axis(axes, len(rows))
    axes.set_xlim(0.0, 1.0)
    ticks = [0.0, 0.25, 0.5, 0.75, 1.0]
    axes.set_xticks(ticks, [share(tick, facts.lang) for tick in ticks])
    axes.grid(True, axis="x", color=GRID, linewidth=0.8)
    draw_spans(axes, [[Span(0.0, row.probability, colour=ACTOR_COLOURS.get(str(row.at), BAR))] for row in rows])
    for at, row in enumerate(rows):
        axes.text(
            1.03,
            at,
            probability_figure(row.probability, facts.lang),
            va="center_baseline",
            fontsize=LABEL_SIZE,
            transform=axes.get_yaxis_transform(),
        )
    row_names(frame, axes, [Name(start(facts.words.t(f"party.{row.at}"))) for row in rows])
    return frame.figure


def _subtitle(facts: SensitivityFacts, name: str) -> str:
    found = facts.sensitivity
    return facts.words.t(f"chart.acceptability.{name}.subtitle", party=found.perspective, years=facts.horizon_text)


def _curve(facts: SensitivityFacts, title: str, curve: tuple[Share, ...]) -> tuple[Figure, Axes]:
    name = "horizon" if curve is facts.sensitivity.acceptability.by_horizon else "qaly"
    frame = new_frame(facts, title, _subtitle(facts, name))
    left = MARGIN + frame.width_of(share(1.0, facts.lang)) + 0.1
    axes = frame.axes(left, MARGIN + 0.2)
    axes.set_ylim(0.0, 1.0)
    ticks = [0.0, 0.25, 0.5, 0.75, 1.0]
    axes.set_yticks(ticks, [share(tick, facts.lang) for tick in ticks])
    axes.grid(True, axis="y", color=GRID, linewidth=0.8)
    axes.axhline(_EVEN, color=INK, linewidth=1.0, zorder=2)
    values = [float(row.at) for row in curve]
    axes.plot(values, [row.probability for row in curve], color=INK, linewidth=2.4, zorder=3, clip_on=False)
    axis_name(frame, facts.words.t("chart.acceptability.axis"))
    return frame.figure, axes


def _name_axis(axes: Axes, text: str) -> None:
    axes.set_xlabel(text, fontsize=LABEL_SIZE, color=MUTED, labelpad=4)
