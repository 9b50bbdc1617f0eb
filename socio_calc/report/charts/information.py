"""Charts: what it is worth to know each assumption, and what a follow-up is worth by its size."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from socio_calc.analysis.followup_plan import SampleRow
from socio_calc.analysis.information import KnowingRow
from socio_calc.locale import number, table_unit, unit_heading
from socio_calc.locale.placeholders import inline
from socio_calc.report.charts.bars import NAMES, Name, Span, draw_spans, fitted_name, row_names, rows_axis
from socio_calc.report.charts.chart import Chart
from socio_calc.report.charts.frame import axis_name, new_frame
from socio_calc.report.charts.style import BAR, GRID, INK, LABEL_SIZE, MARGIN, MUTED, PAPER, POINTS_PER_INCH
from socio_calc.report.charts.tornado import with_name
from socio_calc.report.sensitivity_facts import SensitivityFacts
from socio_calc.report.sensitivity_measuring import people_to_measure, too_few

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MOST: Final = 7
#: Rows have at most the height that so many leave them.
_LEAST: Final = 4
_MILLION: Final = 1e6
_GAP: Final = 0.12
#: Sizes that are named on the axis; the last one is too.
_NAMED: Final = (10, 100, 1_000, 10_000)
#: How many times further the axis must go for the words at the number of people.
_EDGE: Final = 5.0


def charts(facts: SensitivityFacts) -> list[Chart]:
    """Return the charts of information; none where no bar or no point would differ from 0."""
    found: list[Chart] = []
    if _top(facts):
        alt = facts.words.t("chart.information.alt", rows="; ".join(_said(facts)))
        alt = f"{alt} {_rest(facts)}".rstrip()
        found.append(Chart("information", title(facts), alt, facts.lang, partial(draw, facts)))
    return [*found, *charts_of_sampling(facts)]


def charts_of_sampling(facts: SensitivityFacts) -> list[Chart]:
    """Return the chart of how many participants to follow; none where a follow-up of any size is worth nothing."""
    if not any(_seen(facts, row.value) for row in _rows_by_size(facts)):
        return []
    alt = facts.words.t("chart.sampling.alt", rows="; ".join(_said_by_size(facts)))
    return [Chart("sampling", title_by_size(facts), alt, facts.lang, partial(draw_by_size, facts))]


def _seen(facts: SensitivityFacts, value: float) -> bool:
    """Whether a value is written as anything but 0."""
    return value > 0.0 and not facts.written_as_nothing(value)


# -- value of knowing -------------------------------------------------------------------------------------------------


def _top(facts: SensitivityFacts) -> tuple[KnowingRow, ...]:
    """Return the assumptions that are worth anything to know; those that are worth nothing share a sentence."""
    return tuple(row for row in facts.sensitivity.information.evppi[:_MOST] if _seen(facts, row.value))


def _rest(facts: SensitivityFacts) -> str:
    """Return that the other assumptions are worth nothing to know; empty where they are, or there are no others."""
    rows = facts.sensitivity.information.evppi
    if len(_top(facts)) == len(rows[:_MOST]):
        return ""
    return facts.words.plural("chart.information.rest", len(rows) - len(_top(facts)), zero=facts.money_alone(0.0))


def _matters(row: KnowingRow) -> bool:
    """Whether a value is more than chance in the draws."""
    return row.value > 2.0 * row.se and row.value > 0.0


def title(facts: SensitivityFacts) -> str:
    """Return where there is most to gain from knowing."""
    top = facts.sensitivity.information.evppi[0]
    if not _matters(top):
        return facts.words.t("chart.information.title.none")
    return with_name(facts, "chart.information.title.top", top.quantity)


def _said(facts: SensitivityFacts) -> list[str]:
    return [f"{inline(facts.whole_name(row.quantity))} {facts.money_alone(row.value)}" for row in _top(facts)]


def draw(facts: SensitivityFacts) -> Figure:
    """Draw one bar for each assumption, with twice its standard error as a line."""
    rows = _top(facts)
    subtitle = f"{facts.words.t(f'chart.information.subtitle.{_question(facts)}')} {_rest(facts)}".rstrip()
    frame = new_frame(facts, title(facts), subtitle)
    amounts = [facts.money_alone(row.value) for row in rows]
    axes = frame.axes(MARGIN + NAMES, MARGIN + max(map(frame.width_of, amounts)) + _GAP)
    rows_axis(axes, max(len(rows), _LEAST))
    highest = max(row.value + 2.0 * row.se for row in rows)
    axes.set_xlim(0.0, 1.05 * highest if highest > 0.0 else 1.0)
    _amounts(facts, axes, highest, upright=False)
    draw_spans(axes, [[Span(0.0, row.value)] for row in rows])
    for at, row in enumerate(rows):
        if row.se > 0.0:
            ends = [max(row.value - 2.0 * row.se, 0.0), row.value + 2.0 * row.se]
            axes.plot(ends, [at, at], color=INK, linewidth=1.4, zorder=3)
        axes.annotate(
            amounts[at], (1.0, at), xycoords=axes.get_yaxis_transform(), xytext=(_GAP * POINTS_PER_INCH, 0),
            textcoords="offset points", va="center_baseline", fontsize=LABEL_SIZE,
        )  # fmt: skip
    names = [Name(fitted_name(frame, facts.name_of, row.quantity)) for row in rows]
    row_names(frame, axes, names)
    return frame.figure


def _question(facts: SensitivityFacts) -> str:
    return "rollout" if facts.sensitivity.information.decision else "case"


# -- value of a follow-up by its size ---------------------------------------------------------------------------------


def _rows_by_size(facts: SensitivityFacts) -> tuple[SampleRow, ...]:
    """Return the follow-ups of the outcome that the plan measures, else of the one worth most."""
    known = facts.sensitivity.information
    if not known.evsi:
        return ()
    outcome = known.plan.outcome or max(known.evsi, key=lambda row: row.value).outcome
    return _readable(tuple(row for row in known.evsi if row.outcome == outcome))


def _readable(rows: tuple[SampleRow, ...]) -> tuple[SampleRow, ...]:
    """Return the sizes up to the first that costs more than it gives: beyond it nothing but the loss could be read."""
    best = max(range(len(rows)), key=lambda at: _net(rows[at]))
    losing = [at for at, row in enumerate(rows) if at > best and _net(row) < 0.0]
    return rows[: max(losing[0] + 1, 3)] if losing else rows


def _net(row: SampleRow) -> float:
    return row.value if row.net_benefit is None else row.net_benefit


def title_by_size(facts: SensitivityFacts) -> str:
    """Return how many are enough, or that measuring is not worth it."""
    plan = facts.sensitivity.information.plan
    if plan.n_per_arm is not None:
        name = "beyond" if plan.enough and too_few(facts) else "enough" if plan.enough else "more"
        return facts.words.t(f"chart.sampling.title.{name}", n=plan.n_per_arm)
    reason = "costs-more" if plan.reason == "costs-more" else "nothing"
    return facts.words.t(f"chart.sampling.title.{reason}")


def _said_by_size(facts: SensitivityFacts) -> list[str]:
    """Return the value of the smallest and of the largest follow-up, and of the one that is enough."""
    rows = _rows_by_size(facts)
    told = {rows[0].n_per_arm, facts.sensitivity.information.plan.n_per_arm, rows[-1].n_per_arm}
    return [
        facts.words.t("chart.sampling.alt.row", n=row.n_per_arm, value=facts.money_alone(_net(row)))
        for row in rows
        if row.n_per_arm in told
    ]


def draw_by_size(facts: SensitivityFacts) -> Figure:
    """Draw the value of the follow-up, and what is left of it after its cost where one was stated."""
    words, rows = facts.words, _rows_by_size(facts)
    costed = rows[0].net_benefit is not None
    subtitle = words.t("chart.sampling.subtitle", outcome=facts.outcome_name(rows[0].outcome))
    frame = new_frame(facts, title_by_size(facts), subtitle)
    values = [row.value for row in rows]
    nets = [_net(row) for row in rows]
    highest, lowest = max(values), min(0.0, *nets)
    axes = frame.axes(MARGIN + 1.0, MARGIN + (1.7 if costed else 0.3))
    axes.set_xscale("log")
    sizes = [row.n_per_arm for row in rows]
    axes.set_xlim(sizes[0] * 0.9, sizes[-1] * 1.1)
    axes.set_ylim(lowest * 1.05, max(highest, 1.0) * 1.08)
    _amounts(facts, axes, max(highest, -lowest), upright=True)
    axes.minorticks_off()
    shown = [size for size in sizes if size in _NAMED or size == sizes[-1]]
    axes.set_xticks(shown, [number(size, facts.lang) for size in shown])
    axes.plot(sizes, values, color=BAR if costed else INK, linewidth=2.4, marker="o", markersize=5, zorder=3)
    if costed:
        axes.plot(sizes, nets, color=INK, linewidth=2.4, marker="o", markersize=5, zorder=4)
        for values_, key in ((values, "value"), (nets, "net")):
            axes.annotate(
                words.t(f"chart.sampling.{key}"), (sizes[-1], values_[-1]), xytext=(8, 0),
                textcoords="offset points", va="center", fontsize=LABEL_SIZE, annotation_clip=False,
            )  # fmt: skip
    _mark_reach(facts, axes)
    axes.set_xlabel(words.t("chart.sampling.axis"), fontsize=LABEL_SIZE, color=MUTED, labelpad=4)
    axis_name(frame, words.t("chart.sampling.axis-value", unit=_unit(facts, max(highest, -lowest))))
    return frame.figure


def _mark_reach(facts: SensitivityFacts, axes: Axes) -> None:
    """Mark how many people there are, where a larger follow-up is drawn: it lies out of reach."""
    people, counted = people_to_measure(facts)
    first, last = axes.get_xlim()
    if people <= 1 or not first <= people < last / _EDGE:
        return
    axes.axvline(people, color=INK, linewidth=1.2, linestyle=":", zorder=2)
    axes.annotate(
        facts.words.t(f"chart.sampling.reach.{counted}", n=people), (people, 1.0), xycoords=axes.get_xaxis_transform(),
        xytext=(5, -2), textcoords="offset points", va="top", fontsize=LABEL_SIZE, zorder=2,
        bbox={"boxstyle": "square,pad=0.1", "facecolor": PAPER, "edgecolor": "none"},
    )  # fmt: skip


def _unit(facts: SensitivityFacts, highest: float) -> str:
    return unit_heading(table_unit([highest]), facts.lang)


def _amounts(facts: SensitivityFacts, axes: Axes, highest: float, *, upright: bool) -> None:
    """Write amounts along an axis in the unit that suits them."""
    from matplotlib.ticker import MaxNLocator

    scale = _MILLION if table_unit([highest]) == "million" else 1.0
    low, high = axes.get_ylim() if upright else axes.get_xlim()
    ticks = [
        float(tick)
        for tick in MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
        if low <= tick <= high
    ]
    labels = [number(round(tick / scale, 9), facts.lang) for tick in ticks]
    (axes.set_yticks if upright else axes.set_xticks)(ticks, labels)
    axes.grid(True, axis="y" if upright else "x", color=GRID, linewidth=0.8)
    if upright and low < 0.0:
        axes.axhline(0.0, color=INK, linewidth=1.0, zorder=2)
    if not upright:
        axes.set_xlabel(
            facts.words.t("chart.information.axis", unit=_unit(facts, highest)),
            fontsize=LABEL_SIZE, color=MUTED, labelpad=4,
        )  # fmt: skip
