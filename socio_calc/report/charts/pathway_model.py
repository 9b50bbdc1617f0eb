"""Picture of a pathway itself: its states, and the transitions between them with and without the intervention."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from socio_calc.locale import share, share_interval
from socio_calc.report.charts.frame import Frame, new_frame
from socio_calc.report.charts.glyphs import drawable
from socio_calc.report.charts.pathway_facts import MoveFacts, PathwayFacts
from socio_calc.report.charts.state_layout import Box, around, arrows, placed
from socio_calc.report.charts.state_table import draw_table
from socio_calc.report.charts.style import (
    BAR,
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
    from matplotlib.figure import Figure

NAME: Final = "pathway-model"
#: Of more states there is no picture: their transitions stand in the workbook.
MOST_STATES: Final = 8
#: More arrows than this are a table: nobody could follow them.
MOST_ARROWS: Final = 14
_NODE_WIDTH: Final = 1.9
_PAD: Final = 0.11
_HEAD: Final = 0.13
_FILL: Final = "#f2f3f5"


@dataclass(frozen=True)
class _Node:
    """A state's box with its lines: the name, then smaller ones."""

    box: Box
    names: list[str]
    details: list[str]


def shown(pathway: PathwayFacts) -> bool:
    """Whether the picture can hold all states."""
    return len(pathway.states) <= MOST_STATES


def title(pathway: PathwayFacts) -> str:
    """Return what the intervention changes."""
    words = pathway.facts.words
    changed = [move for move in pathway.moves if move.changed and move.written]
    if not changed:
        return words.t("chart.pathway-model.title.none")
    if len(changed) > 1:
        return words.t("chart.pathway-model.title.many", n=len(changed))
    (move,) = changed
    ordinary, intervention = pathway.shares(move.ordinary, move.intervention)
    text = words.t(
        "chart.pathway-model.title.one",
        start=pathway.name_of(move.start),
        end=pathway.name_of(move.end),
        ordinary=ordinary,
        intervention=intervention,
    )
    return pathway.title_or(text, words.t("chart.pathway-model.title.plain"))


def alt_text(pathway: PathwayFacts) -> str:
    """Return every transition with both arms' probabilities, and all that the subtitle says of them."""
    words = pathway.facts.words
    said = tuple(
        words.t(
            "chart.pathway-model.alt.move",
            start=pathway.whole_name(move.start),
            end=pathway.whole_name(move.end),
            shares=_shares(pathway, move),
        )
        for move in pathway.moves
    )
    text = words.t("chart.pathway-model.alt", pathway=pathway.pathway.name, n=_year(pathway), moves="; ".join(said))
    return " ".join((text, *_remarks(pathway)))


def _year(pathway: PathwayFacts) -> str:
    """Return which year since entry is shown; empty where all are alike."""
    return str(pathway.year_named) if pathway.changing else ""


def _remarks(pathway: PathwayFacts) -> Iterator[str]:
    """Yield what must be known to read the figures."""
    words = pathway.facts.words
    if pathway.spanning:
        yield words.t("chart.pathway-model.span")
    if pathway.share_counted is not None:
        yield words.t("chart.pathway-model.counted", share=share(pathway.share_counted, pathway.facts.lang))
    if pathway.mortal:
        yield words.t("chart.pathway-model.mortal")


def draw(pathway: PathwayFacts) -> Figure:
    """Draw the states around an ellipse with arrows between them, or a table where arrows would cover each other."""
    words = pathway.facts.words
    subtitle = words.t("chart.pathway-model.subtitle", pathway=pathway.pathway.name, n=_year(pathway))
    # No line begins with an arrow, or with the number of the year.
    whole = re.sub(r" (?=[\d→])", "\N{NO-BREAK SPACE}", " ".join((subtitle, *_remarks(pathway))))
    frame = new_frame(pathway.facts, title(pathway), whole, money=False)
    nodes = _nodes(pathway, frame)
    moves = [move for move in pathway.moves if move.start != move.end]
    boxes = [node.box for node in nodes.values()]
    apart = len(moves) <= MOST_ARROWS and not any(
        one.touches(other, 0.1) for at, one in enumerate(boxes) for other in boxes[:at]
    )
    curves = arrows({state: node.box for state, node in nodes.items()}, [(move.start, move.end) for move in moves])
    texts = [_shares(pathway, move) for move in moves]
    height = LABEL_SIZE * LINE_HEIGHT / POINTS_PER_INCH
    sizes = [(frame.width_of(text, bold=move.changed) + 0.08, height) for text, move in zip(texts, moves, strict=True)]
    places = placed(curves, sizes, boxes, (frame.low, frame.high)) if apart else None
    if places is None:
        draw_table(frame, pathway, _shares)
        return frame.figure
    for move, curve in zip(moves, curves, strict=True):
        _draw_arrow(frame, curve, strong=move.changed)
    for node in nodes.values():
        _draw_node(frame, node)
    for text, move, place in zip(texts, moves, places, strict=True):
        weight = "bold" if move.changed else "normal"
        behind = {"boxstyle": "square,pad=0.08", "facecolor": PAPER, "edgecolor": "none"}
        frame.text(
            place.x, place.y, text, ha="center", va="center_baseline", weight=weight, bbox=behind, zorder=5,
            color=INK if move.changed else MUTED,
        )  # fmt: skip
    return frame.figure


def _shares(pathway: PathwayFacts, move: MoveFacts) -> str:
    """Write the probability of a transition, both arms' where they differ, those of all years where these do."""
    if move.span is not None:
        return share_interval(*move.span, pathway.facts.lang)
    ordinary, intervention = pathway.shares(move.ordinary, move.intervention)
    return f"{ordinary} → {intervention}" if move.changed else ordinary


def _nodes(pathway: PathwayFacts, frame: Frame) -> dict[str, _Node]:
    """Return the states with their boxes; those that the life table alone leads to have none."""
    words, lang = pathway.facts.words, pathway.facts.lang
    known = {*pathway.pathway.states, *(move.end for move in pathway.moves)}
    names = [state.state for state in pathway.states if state.state in known]
    start = pathway.pathway.start
    lines = {}
    for state in names:
        details = []
        if start.get(state):
            details.append(words.t("chart.pathway-model.start", share=share(start[state], lang)))
        stay = next((move for move in pathway.moves if move.start == move.end == state), None)
        if stay is not None:
            details.append(words.t("chart.pathway-model.stay", share=_shares(pathway, stay)))
        lines[state] = (frame.wrapped(pathway.name_of(state), _NODE_WIDTH, bold=True), details)
    sizes = {state: _size(frame, *both) for state, both in lines.items()}
    wide, high = max(width for width, _ in sizes.values()), max(height for _, height in sizes.values())
    middle = (WIDTH / 2, (frame.low + frame.high) / 2)
    radii = (WIDTH / 2 - MARGIN - wide / 2, (frame.high - frame.low) / 2 - 0.1 - high / 2)
    return {
        state: _Node(Box(x, y, *sizes[state]), *lines[state])
        for state, (x, y) in zip(names, around(len(names), middle, radii), strict=True)
    }


def _size(frame: Frame, names: list[str], details: list[str]) -> tuple[float, float]:
    widths = [frame.width_of(line, bold=True) for line in names]
    widths += [frame.width_of(drawable(line), SMALL_SIZE) for line in details]
    height = (len(names) * LABEL_SIZE + len(details) * SMALL_SIZE) * LINE_HEIGHT / POINTS_PER_INCH
    return max(widths) + 2 * _PAD, height + 2 * _PAD


def _draw_node(frame: Frame, node: _Node) -> None:
    from matplotlib.patches import FancyBboxPatch

    box = node.box
    frame.figure.add_artist(
        FancyBboxPatch(
            (box.x - box.width / 2, box.y - box.height / 2),
            box.width,
            box.height,
            boxstyle="round,pad=0,rounding_size=0.1",
            facecolor=_FILL,
            edgecolor=INK,
            linewidth=1.2,
            transform=frame.figure.dpi_scale_trans,
            zorder=3,
        )
    )
    y = box.y + box.height / 2 - _PAD
    for lines, size, colour, weight in (
        (node.names, LABEL_SIZE, INK, "bold"),
        (node.details, SMALL_SIZE, INK, "normal"),
    ):
        step = size * LINE_HEIGHT / POINTS_PER_INCH
        for line in lines:
            frame.text(
                box.x, y - step / 2, line, fontsize=size, color=colour, weight=weight, ha="center",
                va="center_baseline", zorder=4,
            )  # fmt: skip
            y -= step


def _draw_arrow(frame: Frame, curve: NDArray[np.float64], *, strong: bool) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Polygon

    colour, width = (INK, 2.2) if strong else (BAR, 1.2)
    tip, before = curve[-1], curve[max(0, len(curve) - 6)]
    along = (tip - before) / max(float(np.hypot(*(tip - before))), 1e-9)
    aside = np.array([-along[1], along[0]])
    base = tip - _HEAD * along
    transform = frame.figure.dpi_scale_trans
    shaft = curve[np.hypot(*(curve - tip).T) >= _HEAD * 0.8]
    frame.figure.add_artist(
        Line2D(shaft[:, 0], shaft[:, 1], color=colour, linewidth=width, transform=transform, zorder=2)
    )
    corners = [tip, base + 0.4 * _HEAD * aside, base - 0.4 * _HEAD * aside]
    frame.figure.add_artist(Polygon(corners, closed=True, color=colour, linewidth=0, transform=transform, zorder=2))
