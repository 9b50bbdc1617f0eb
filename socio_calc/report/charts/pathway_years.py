"""Chart of a pathway: expected years in each state with and without the intervention, and the difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from socio_calc.locale import adding_up, number
from socio_calc.locale.numbers import MINUS
from socio_calc.report.charts.bars import NAMES, Name, row_names, rows_axis
from socio_calc.report.charts.frame import new_frame
from socio_calc.report.charts.key_column import key_row
from socio_calc.report.charts.pathway_facts import PathwayFacts, StateFacts
from socio_calc.report.charts.style import (
    BAR,
    GRID,
    HATCH,
    HEIGHT,
    INK,
    LABEL_SIZE,
    LINE_HEIGHT,
    MARGIN,
    MUTED,
    PAPER,
    POINTS_PER_INCH,
    SMALL_SIZE,
    WIDTH,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from socio_calc.report.charts.frame import Frame

NAME: Final = "pathway-years"
#: Most states in one picture: those that change most.
MOST_ROWS: Final = 8
_RIGHT: Final = 2.1
_THICKNESS: Final = 0.34
_LEGEND: Final = 0.34
_MOST_TICKS: Final = 4


def title(pathway: PathwayFacts) -> str:
    """Return in which state the years change most, and whether that is sure."""
    found = pathway.most_changed
    if found is None:
        return pathway.title("chart.pathway-years.title.none")
    row = found.row
    low, high = row.difference_p5, row.difference_p95
    sure = low is None or high is None or low * high > 0 or low == high
    way = "more" if row.difference > 0 else "fewer"
    key = f"chart.pathway-years.title.{way}{'' if sure else '.unsure'}"
    everybody = pathway.people(pathway.facts.participants)
    return pathway.title(key, n=pathway.people(row.difference), state=found.name, all=everybody)


def alt_text(pathway: PathwayFacts) -> str:
    """Return the years in every state, in both arms, with the difference."""
    words, lang = pathway.facts.words, pathway.facts.lang
    said = []
    for state in _shown(pathway):
        # More decimals than the picture has: here the levels stand beside their difference.
        decimals = 2 if 0.0 < abs(state.row.difference) < 0.1 else 1
        before, after, change = adding_up(state.row.ordinary, state.row.intervention, lang, decimals)
        said.append(
            words.t(
                "chart.pathway-years.alt.state",
                state=pathway.whole_name(state.state),
                ordinary=before,
                intervention=after,
                difference=change,
            )
        )
    return words.t(
        "chart.pathway-years.alt", pathway=pathway.pathway.name, years=pathway.facts.years_text, states="; ".join(said)
    )


def draw(pathway: PathwayFacts) -> Figure:
    """Draw two bars for each state, and beside them the difference with its range."""
    facts, words = pathway.facts, pathway.facts.words
    subtitle = words.t(
        "chart.pathway-years.subtitle",
        pathway=pathway.pathway.name,
        years=facts.years_text,
        n=pathway.people(facts.participants),
    )
    frame = new_frame(facts, title(pathway), subtitle, money=False)
    states = _shown(pathway)
    axes = frame.axes(MARGIN + NAMES, _RIGHT, above=_LEGEND + 0.35)
    rows_axis(axes, len(states))
    ends = [amount for state in states for amount in (state.row.ordinary, state.row.intervention)]
    axes.set_xlim(min(0.0, *ends), max(ends) * 1.04 or 1.0)
    _ticks(pathway, axes)
    for row, state in enumerate(states):
        for place, amount, colour, hatch in (
            (row - _THICKNESS / 2, state.row.ordinary, PAPER, HATCH),
            (row + _THICKNESS / 2, state.row.intervention, BAR, None),
        ):
            axes.barh(
                place, amount, _THICKNESS, color=colour, hatch=hatch, edgecolor=INK if hatch else colour, linewidth=0.8,
                zorder=2,
            )  # fmt: skip
    row_names(frame, axes, [Name(state.name) for state in states])
    key_row(
        frame,
        frame.high - _LEGEND / 2 - 0.06,
        ((words.t("chart.pathway-arms.ordinary"), True), (words.t("chart.pathway-arms.intervention"), False)),
    )
    _differences(pathway, frame, axes, states)
    return frame.figure


def _shown(pathway: PathwayFacts) -> tuple[StateFacts, ...]:
    """Return the states, of many those that change most, in the order of the case."""
    states = pathway.states
    if len(states) <= MOST_ROWS:
        return states
    kept = sorted(states, key=lambda state: -abs(state.row.difference))[:MOST_ROWS]
    return tuple(state for state in states if state in kept)


def _ticks(pathway: PathwayFacts, axes: Axes) -> None:
    from matplotlib.ticker import MaxNLocator

    low, high = axes.get_xlim()
    values = MaxNLocator(nbins=_MOST_TICKS, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    ticks = [float(value) for value in values if low <= value <= high]
    axes.set_xticks(ticks, [number(round(tick, 9), pathway.facts.lang) for tick in ticks])
    axes.grid(True, axis="x", color=GRID, linewidth=0.8)
    axes.axvline(0.0, color=INK, linewidth=1.0, zorder=3)
    axes.set_xlabel(pathway.facts.words.t("chart.pathway-years.axis"), fontsize=LABEL_SIZE, color=MUTED, labelpad=4)


def _differences(pathway: PathwayFacts, frame: Frame, axes: Axes, states: tuple[StateFacts, ...]) -> None:
    """Write to the right of each row its difference and, smaller, the range of nine recalculations of ten."""
    box = axes.get_position()
    left, low, high = box.x1 * WIDTH + 0.25, box.y0 * HEIGHT, box.y1 * HEIGHT
    head = frame.wrapped(pathway.facts.words.t("chart.pathway-years.difference"), WIDTH - MARGIN / 2 - left)[0]
    frame.text(left, frame.high - _LEGEND / 2 - 0.06, head, color=MUTED, va="center_baseline")
    centres = high - (np.arange(len(states)) + 0.6) / (len(states) + 0.2) * (high - low)
    step = LABEL_SIZE * LINE_HEIGHT / POINTS_PER_INCH
    for state, centre in zip(states, centres, strict=True):
        row = state.row
        certain = row.difference_p5 is None or row.difference_p95 is None or row.difference_p5 == row.difference_p95
        room = (high - low) / len(states) >= 2 * step
        shift = 0.0 if certain or not room else step / 2
        frame.text(left, centre + shift, _signed(pathway, row.difference), weight="bold", va="center_baseline")
        if room and not certain:
            ends = {"low": _signed(pathway, row.difference_p5), "high": _signed(pathway, row.difference_p95)}
            text = pathway.facts.words.t("chart.pathway-years.range", **ends)
            frame.text(left, centre - shift, text, fontsize=SMALL_SIZE, color=MUTED, va="center_baseline")


def _signed(pathway: PathwayFacts, years: float | None) -> str:
    amount = years or 0.0
    # In the column small numbers keep two decimals: the digits of one row say nothing beside those of another.
    text = pathway.people(amount) if abs(amount) >= 1 else number(abs(amount), pathway.facts.lang, 2)
    if not any(digit in text for digit in "123456789"):
        return "0"
    return f"{MINUS if amount < 0 else '+'}{text}"
