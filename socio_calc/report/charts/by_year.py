"""Chart 3: who pays and who gains in each year, and which part the grant pays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from socio_calc.appraisal import PayerRow
from socio_calc.report.charts.facts import ChartFacts, gets, pays
from socio_calc.report.charts.frame import Frame, amount_axis, axis_name, left_margin, new_frame, year_axis
from socio_calc.report.charts.key_column import Entry, key_column
from socio_calc.report.charts.style import (
    ACTOR_COLOURS,
    HATCH,
    HEIGHT,
    LABEL_SIZE,
    MUTED,
    PAPER,
    POINTS_PER_INCH,
    SMALL_SIZE,
    WIDTH,
    letter,
    on_colour,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME: Final = "by-year"
_KEY_ROOM: Final = 2.75
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"
_BAR: Final = 0.82
# A letter needs this much of a bar, inches.
_LETTER_WIDTH: Final = 0.1
_LETTER_HEIGHT: Final = 0.16
# Narrower bars carry letters only in the years named on the axis.
_LETTER_EVERY: Final = 0.3


@dataclass(frozen=True)
class _Layer:
    """What one actor pays or gets each year, SEK, shape (years,); `grant` where the grant covers it."""

    actor: str
    amounts: NDArray[np.float64]
    grant: bool


def title(facts: ChartFacts) -> str:
    """Return the finding; the first condition that fits decides."""
    words, payers = facts.words, facts.payers
    if not payers:
        return words.t("chart.no-amounts") if facts.certain else facts.short_title
    if not facts.any_gain and (paying := [row.actor for row in payers if row.cost > 0]):
        most = facts.most_paying
        return words.t("chart.by-year.title.no-gain", payer=paying[0] if most is None else most.actor)
    payer, winner = facts.most_paying, facts.most_gaining
    if len(payers) == 1:
        return words.t("chart.by-year.title.one-party", actor=payers[0].actor)
    if payer is not None and winner is not None and payer.actor != winner.actor:
        return words.t("chart.by-year.title.split", payer=payer.actor, winner=winner.actor)
    first = _first_gain(facts)
    if facts.cost > 0 and first is not None and first > 1:
        return words.t("chart.by-year.title.later", year=first)
    if payer is not None and winner is not None:
        return words.t("chart.by-year.title.same", payer=payer.actor)
    return words.t("chart.waterfall.title.net-saving") if facts.cost < 0 else facts.short_title


def _first_gain(facts: ChartFacts) -> int | None:
    """Return the first year (from 1) in which any party gains from the effects."""
    gains = [facts.appraisal.gains_by_year[row.actor] for row in facts.payers]
    years = np.nonzero(np.any(np.array(gains) > 0, axis=0))[0]
    return int(years[0]) + 1 if years.size else None


def alt_text(facts: ChartFacts) -> str:
    """Return who pays most and who gains most, and when."""
    words, appraisal = facts.words, facts.appraisal
    if not facts.payers:
        return words.t("chart.no-amounts") + "."
    payer, winner = max(facts.payers, key=pays), max(facts.payers, key=gets)
    kind = "" if pays(payer) > 0 and gets(winner) > 0 else ".no-gain" if pays(payer) > 0 else ".no-cost"
    paid = [np.minimum(flows[payer.actor], 0.0) for flows in (appraisal.costs_by_year, appraisal.gains_by_year)]
    got = [np.maximum(flows[winner.actor], 0.0) for flows in (appraisal.costs_by_year, appraisal.gains_by_year)]
    return words.t(
        f"chart.by-year.alt{kind}",
        payer=payer.actor,
        cost=facts.money(pays(payer)),
        year_cost=appraisal.first_year + int(np.argmin(sum(paid))),
        winner=winner.actor,
        gain=facts.money(gets(winner)),
        year_gain=appraisal.first_year + int(np.argmax(sum(got))),
    )


def _layers(facts: ChartFacts) -> Iterator[_Layer]:
    appraisal = facts.appraisal
    for row in facts.payers:
        grant = appraisal.grant_by_year[row.actor]
        yield _Layer(row.actor, appraisal.costs_by_year[row.actor] - grant, False)
        yield _Layer(row.actor, grant, True)
        yield _Layer(row.actor, appraisal.gains_by_year[row.actor], False)


def draw(facts: ChartFacts) -> Figure:
    """Draw stacked bars for each year: what is paid below zero, what is got above, the grant hatched."""
    words, appraisal = facts.words, facts.appraisal
    frame = new_frame(facts, title(facts), words.t("chart.by-year.subtitle"))
    layers = list(_layers(facts))
    low, high = _limits(layers)
    word_room = LABEL_SIZE / POINTS_PER_INCH + 0.08
    axes = frame.axes(left_margin(frame, facts, low, high) + word_room, _KEY_ROOM)
    year_axis(axes, appraisal.first_year, facts.years, words.t("chart.axis.year"), around=0.6)
    axes.set_ylim(low, high)
    amount_axis(axes, facts, upright=True)
    axis_name(frame, words.t("chart.by-year.axis", unit=facts.unit_name))
    _stack(facts, axes, layers)
    _sides(facts, frame, axes)
    entries = [_entry(facts, row) for row in facts.payers]
    if appraisal.grant_pv > 0:
        amount = words.t("chart.by-year.grant-amount", cost=facts.money(appraisal.grant_pv))
        entries.append(Entry(amount, (), PAPER, hatched=True))
    key_column(frame, axes, entries)
    return frame.figure


def _limits(layers: list[_Layer]) -> tuple[float, float]:
    """Return the ends of the vertical axis, with room for the words on both sides of zero."""
    if not layers:
        return -1.0, 1.0
    amounts = np.array([layer.amounts for layer in layers])
    low, high = float(np.minimum(amounts, 0).sum(axis=0).min()), float(np.maximum(amounts, 0).sum(axis=0).max())
    space = 0.04 * (high - low) or 1.0
    return (low - space, high + space) if low < 0 or high > 0 else (-1.0, 1.0)


def _stack(facts: ChartFacts, axes: Axes, layers: list[_Layer]) -> None:
    years = np.array(facts.bands.years, dtype=float)
    above, below = np.zeros(years.size), np.zeros(years.size)
    for layer in layers:
        colour = ACTOR_COLOURS[layer.actor]
        for part, floor in ((np.maximum(layer.amounts, 0), above), (np.minimum(layer.amounts, 0), below)):
            shown = part != 0
            if not shown.any():
                continue
            axes.bar(
                years[shown], part[shown], _BAR, bottom=floor[shown], color=colour, linewidth=0.7, zorder=2,
                edgecolor=on_colour(colour) if layer.grant else PAPER, hatch=HATCH if layer.grant else None,
            )  # fmt: skip
            _letters(facts, axes, layer, years, part, floor)
            floor += part


def _letters(
    facts: ChartFacts,
    axes: Axes,
    layer: _Layer,
    years: NDArray[np.float64],
    part: NDArray[np.float64],
    floor: NDArray[np.float64],
) -> None:
    """Write the actor's letter in the bars that have room for it."""
    box = axes.get_position()
    bottom, top = axes.get_ylim()
    first, last = axes.get_xlim()
    width = _BAR / (last - first) * box.width * WIDTH
    heights = np.abs(part) / (top - bottom) * box.height * HEIGHT
    if width < _LETTER_WIDTH:
        return
    named = set(axes.get_xticks())
    size = min(SMALL_SIZE, POINTS_PER_INCH * width * 1.2)
    colour = ACTOR_COLOURS[layer.actor]
    behind = {"boxstyle": "square,pad=0.15", "facecolor": colour, "edgecolor": "none"} if layer.grant else None
    for year, amount, start, height in zip(years, part, floor, heights, strict=True):
        if height >= _LETTER_HEIGHT and (width >= _LETTER_EVERY or year in named):
            axes.text(
                year, start + amount / 2, letter(layer.actor, facts.words), ha="center", va="center_baseline",
                fontsize=size, color=on_colour(colour), bbox=behind, zorder=3,
            )  # fmt: skip


def _sides(facts: ChartFacts, frame: Frame, axes: Axes) -> None:
    """Write beside the amounts which side of zero is got and which is paid, where there is room."""
    box = axes.get_position()
    low, high = axes.get_ylim()
    zero = (box.y0 + (0.0 - low) / (high - low) * box.height) * HEIGHT
    for name, start, end in (("pays", box.y0 * HEIGHT, zero), ("gets", zero, box.y1 * HEIGHT)):
        text = facts.words.t(f"chart.by-year.{name}")
        if frame.width_of(text) <= end - start:
            place = 0.12 + LABEL_SIZE / POINTS_PER_INCH / 2
            frame.text(place, (start + end) / 2, text, rotation=90, ha="center", va="center", color=MUTED)


def _entry(facts: ChartFacts, row: PayerRow) -> Entry:
    words = facts.words
    amounts = []
    if pays(row) > 0:
        amounts.append(words.t("chart.by-year.pays-amount", cost=facts.money(pays(row))))
    if gets(row) > 0:
        amounts.append(words.t("chart.by-year.gets-amount", gain=facts.money(gets(row))))
    name = words.choice("actor", row.actor)
    # A line of figures breaks between its amounts, not inside one.
    whole = tuple(amount.replace(" ", _NO_BREAK) for amount in amounts)
    return Entry(name, whole, ACTOR_COLOURS[row.actor], letter=letter(row.actor, words))
