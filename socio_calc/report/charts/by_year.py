"""Chart 3: who pays and who gains in each year, and which part the grant pays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from socio_calc.appraisal import PayerRow
from socio_calc.report.charts.facts import MOST_TITLE, ChartFacts, gets, pays
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
#: Below and above the axes, inches, and between a word beside them and the end of its side.
_BELOW: Final = 0.62
_ABOVE: Final = 0.35
_WORD_AIR: Final = 0.04
#: Gains below this share of what is paid are small.
_SMALL: Final = 0.05
#: Two gains that differ by less than this share of the larger one are about the same.
_ABOUT: Final = 0.05
#: More winners than this are not named.
_MOST_WINNERS: Final = 2
#: Relative to what a party gets: what a computer makes of nothing.
_NOTHING: Final = 1e-9
_BAR: Final = 0.82
# A letter needs this much of a bar, inches; the paper behind it on hatching needs more.
_LETTER_WIDTH: Final = 0.1
_LETTER_HEIGHT: Final = 0.16
_HATCHED_LETTER_HEIGHT: Final = 0.22
# Where a bar of a row carries a letter, so do the others that are nearly as high: at least this part of what it needs.
_LETTER_NEAR: Final = 0.8
# In narrower bars letters would run together: they carry them only in the years named on the axis.
_LETTER_EVERY: Final = 0.16
# Slices thinner than this, inches, have no edge: it would hide them, and what lies beside them.
_EDGED: Final = 0.03
_EDGE: Final = 0.7


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
        return words.t("chart.no-amounts" if facts.certain else "chart.by-year.title.none")
    paying = tuple(row.actor for row in payers if pays(row) > 0)
    payer, winners = facts.most_paying, _winners(facts)
    if not facts.any_gain and any(row.cost > 0 for row in payers):
        finding = "harm" if facts.gain < 0 else "no-gain"
        if payer is None or len(paying) == 1:
            return words.t(f"chart.by-year.title.{finding}", payer=paying)
        return words.t(f"chart.by-year.title.{finding}.most", payer=payer.actor)
    if len(payers) == 1:
        return words.t("chart.by-year.title.one-party", actor=payers[0].actor)
    if facts.cost > 0 and all(row.net <= 0 for row in payers):
        even = "" if payer is not None else ".even"
        return words.t(f"chart.by-year.title.no-winner{even}", payer=None if payer is None else payer.actor)
    if payer is not None and sum(map(gets, payers)) < _SMALL * sum(map(pays, payers)):
        return words.t("chart.by-year.title.small", payer=payer.actor)
    if payer is not None and payer.actor not in winners and len(winners) == 1:
        return words.t("chart.by-year.title.split", payer=payer.actor, winner=winners[0])
    if payer is not None and payer.actor not in winners and len(winners) == _MOST_WINNERS:
        text = words.t("chart.by-year.title.two-win", payer=payer.actor, winners=winners)
        if len(text) <= MOST_TITLE:
            return text
    first = _first_gain(facts)
    if facts.cost > 0 and first is not None and first > 1:
        return words.t("chart.by-year.title.later", year=first)
    if payer is not None and winners == (payer.actor,):
        return words.t("chart.by-year.title.same", payer=payer.actor)
    return words.t("chart.waterfall.title.net-saving" if facts.cost < 0 else "chart.by-year.title.plain")


def _winners(facts: ChartFacts) -> tuple[str, ...]:
    """Return the party that gets most above what it pays, and those that get about as much or are written alike."""
    ahead = sorted((row for row in facts.payers if row.net > 0), key=lambda row: -row.net)
    return tuple(
        row.actor
        for row in ahead
        if row.net >= (1.0 - _ABOUT) * ahead[0].net or facts.money(row.net) == facts.money(ahead[0].net)
    )


def _first_gain(facts: ChartFacts) -> int | None:
    """Return the first year (from 1) in which any party gains from the effects."""
    gains = [facts.appraisal.gains_by_year[row.actor] for row in facts.payers]
    years = np.nonzero(np.any(np.array(gains) > 0, axis=0))[0]
    return int(years[0]) + 1 if years.size else None


def alt_text(facts: ChartFacts) -> str:
    """Return what each party pays and gets, and in which year most."""
    if not facts.payers:
        return facts.words.t("chart.no-amounts") + "."
    said = [sentence for row in facts.payers for sentence in _said(facts, row)]
    return facts.words.t("chart.by-year.alt", parties=" ".join(said))


def _said(facts: ChartFacts, row: PayerRow) -> Iterator[str]:
    """Yield a sentence for what a party pays and one for what the effects give it, with the sign of each."""
    appraisal = facts.appraisal
    for amount, flows, names in (
        (-row.cost, appraisal.costs_by_year, ("saves", "pays")),
        (row.effects, appraisal.gains_by_year, ("gets", "added-cost")),
    ):
        if amount == 0:
            continue
        course = flows[row.actor] if amount > 0 else -flows[row.actor]
        yield facts.words.t(
            f"chart.by-year.alt.{names[0] if amount > 0 else names[1]}",
            party=row.actor,
            amount=facts.money(abs(amount)),
            year=appraisal.first_year + int(np.argmax(course)),
        )


def _layers(facts: ChartFacts) -> Iterator[_Layer]:
    """Yield what each party pays, the grant apart, and what it gets: one slice of a bar each."""
    appraisal = facts.appraisal
    for row in facts.payers:
        grant = appraisal.grant_by_year[row.actor]
        flows = np.array([appraisal.costs_by_year[row.actor] - grant, appraisal.gains_by_year[row.actor]])
        yield _Layer(row.actor, np.minimum(flows, 0.0).sum(axis=0), False)
        yield _Layer(row.actor, grant, True)
        yield _Layer(row.actor, np.maximum(flows, 0.0).sum(axis=0), False)


def draw(facts: ChartFacts) -> Figure:
    """Draw stacked bars for each year: what is paid below zero, what is got above, the grant hatched."""
    words, appraisal = facts.words, facts.appraisal
    frame = new_frame(facts, title(facts), words.t("chart.by-year.subtitle"))
    layers = list(_layers(facts))
    low, high = _limits(layers, *_parts_of_words(facts, frame))
    word_room = LABEL_SIZE / POINTS_PER_INCH + 0.08
    axes = frame.axes(left_margin(frame, facts, low, high) + word_room, _KEY_ROOM, below=_BELOW, above=_ABOVE)
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


def _parts_of_words(facts: ChartFacts, frame: Frame) -> tuple[float, float]:
    """Return which part of the axis' height the words below and above zero need."""
    height = frame.high - _ABOVE - frame.low - _BELOW
    pays, gets = (frame.width_of(facts.words.t(f"chart.by-year.{side}")) + _WORD_AIR for side in ("pays", "gets"))
    return pays / height, gets / height


def _limits(layers: list[_Layer], below: float = 0.0, above: float = 0.0) -> tuple[float, float]:
    """Return the ends of the vertical axis; a side with amounts has at least this part of it, for its word."""
    if not layers:
        return -1.0, 1.0
    amounts = np.array([layer.amounts for layer in layers])
    low, high = float(np.minimum(amounts, 0).sum(axis=0).min()), float(np.maximum(amounts, 0).sum(axis=0).max())
    if low == high == 0.0:
        return -1.0, 1.0
    space = 0.04 * (high - low)
    bottom, top = low - space, high + space
    if high > 0.0:
        top = max(top, -bottom * above / (1.0 - above))
    if low < 0.0:
        bottom = min(bottom, -top * below / (1.0 - below))
    return bottom, top


def _stack(facts: ChartFacts, axes: Axes, layers: list[_Layer]) -> None:
    years = np.array(facts.bands.years, dtype=float)
    above, below = np.zeros(years.size), np.zeros(years.size)
    for layer in layers:
        colour = ACTOR_COLOURS[layer.actor]
        for part, floor in ((np.maximum(layer.amounts, 0), above), (np.minimum(layer.amounts, 0), below)):
            shown = part != 0
            if not shown.any():
                continue
            edges = np.where(_heights(axes, part[shown]) >= _EDGED, _EDGE, 0.0)
            # The edge of what is hatched is part of its look: nothing beside it covers it.
            axes.bar(
                years[shown], part[shown], _BAR, bottom=floor[shown], color=colour,
                linewidth=_EDGE if layer.grant else edges.tolist(), zorder=2.5 if layer.grant else 2,
                edgecolor=on_colour(colour) if layer.grant else PAPER, hatch=HATCH if layer.grant else None,
            )  # fmt: skip
            _letters(facts, axes, layer, years, part, floor)
            floor += part


def _heights(axes: Axes, part: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how high bars of these amounts are, inches."""
    bottom, top = axes.get_ylim()
    return np.asarray(np.abs(part) / (top - bottom) * axes.get_position().height * HEIGHT)


def _letters(
    facts: ChartFacts,
    axes: Axes,
    layer: _Layer,
    years: NDArray[np.float64],
    part: NDArray[np.float64],
    floor: NDArray[np.float64],
) -> None:
    """Write the actor's letter in the bars that have room for it."""
    first, last = axes.get_xlim()
    width = _BAR / (last - first) * axes.get_position().width * WIDTH
    heights = _heights(axes, part)
    if width < _LETTER_WIDTH:
        return
    named = set(axes.get_xticks())
    size = min(SMALL_SIZE, POINTS_PER_INCH * width * 1.2)
    colour = ACTOR_COLOURS[layer.actor]
    behind = {"boxstyle": "square,pad=0.15", "facecolor": colour, "edgecolor": "none"} if layer.grant else None
    room = _HATCHED_LETTER_HEIGHT if layer.grant else _LETTER_HEIGHT
    least = _LETTER_NEAR * room if (heights >= room).any() else room
    for year, amount, start, height in zip(years, part, floor, heights, strict=True):
        if height >= least and (width >= _LETTER_EVERY or year in named):
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
    if row.cost != 0:
        key = "pays" if row.cost > 0 else "saves"
        amounts.append(
            words.t(f"chart.by-year.{key}-amount", cost=facts.money(row.cost), saving=facts.money(-row.cost))
        )
    if row.effects != 0:
        key = "added" if row.effects < 0 else f"gets-{facts.health_kinds}" if _all_health(row) else "gets"
        amounts.append(
            words.t(f"chart.by-year.{key}-amount", gain=facts.money(row.effects), cost=facts.money(-row.effects))
        )
    return Entry(words.choice("actor", row.actor), tuple(amounts), ACTOR_COLOURS[row.actor], letter(row.actor, words))


def _all_health(row: PayerRow) -> bool:
    """Whether all that a party gets is health and wellbeing valued in kronor, and no money."""
    return abs(row.effects - row.health) <= _NOTHING * row.effects
