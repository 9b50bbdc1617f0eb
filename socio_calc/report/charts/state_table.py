"""The transitions of a pathway as a table: from the state at the left to the state on top."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from socio_calc.report.charts.frame import Frame
from socio_calc.report.charts.pathway_facts import MoveFacts, PathwayFacts
from socio_calc.report.charts.style import GRID, INK, LABEL_SIZE, MARGIN, MUTED, SMALL_SIZE, WIDTH

_NAMES: Final = 1.75
_HEAD: Final = 0.6
#: Sizes of type that are tried, in parts of that of labels.
_SCALES: Final = (1.0, 0.9, 0.8, 0.7, 0.6)
_GAP: Final = 0.1


def draw_table(frame: Frame, pathway: PathwayFacts, written: Callable[[PathwayFacts, MoveFacts], str]) -> None:
    """Draw a row and a column for each state, the changed transitions in bold type."""
    from matplotlib.lines import Line2D

    states = [state.state for state in pathway.states if state.state in pathway.pathway.states]
    moves = {(move.start, move.end): move for move in pathway.moves}
    left, top = MARGIN + _NAMES, frame.high - 0.3 - _HEAD
    wide, high = (WIDTH - MARGIN / 2 - left) / len(states), (top - frame.low) / len(states)
    texts = {pair: written(pathway, move).replace(" → ", "\n→ ") for pair, move in moves.items()}
    scale = _fitting(frame, list(texts.values()), wide - _GAP)
    frame.text(MARGIN, frame.high - 0.15, pathway.facts.words.t("chart.pathway-model.table"), color=MUTED, va="center")
    for number, state in enumerate(states):
        y = top - (number + 0.5) * high
        name = frame.wrapped(pathway.name_of(state), _NAMES - _GAP, SMALL_SIZE)[:2]
        frame.text(MARGIN, y, "\n".join(name), fontsize=SMALL_SIZE, weight="bold", va="center")
        head = frame.wrapped(pathway.name_of(state), wide - _GAP, SMALL_SIZE)[:3]
        frame.text(
            left + (number + 0.5) * wide, top + 0.05, "\n".join(head), fontsize=SMALL_SIZE, weight="bold", ha="center",
            va="bottom",
        )  # fmt: skip
        line = Line2D(
            [MARGIN, WIDTH - MARGIN / 2], [top - number * high] * 2, color=GRID, linewidth=0.8,
            transform=frame.figure.dpi_scale_trans,
        )  # fmt: skip
        frame.figure.add_artist(line)
        for place, end in enumerate(states):
            if (state, end) in moves:
                weight = "bold" if moves[state, end].changed else "normal"
                frame.text(
                    left + (place + 0.5) * wide, y, texts[state, end], fontsize=scale * LABEL_SIZE, weight=weight,
                    color=INK if moves[state, end].changed else MUTED, ha="center", va="center",
                )  # fmt: skip


def _fitting(frame: Frame, texts: list[str], room: float) -> float:
    """Return the largest size of type, as a part of that of labels, in which every line fits a cell."""
    lines = [line for text in texts for line in text.split("\n")]
    for scale in _SCALES:
        if max(frame.width_of(line, scale * LABEL_SIZE, bold=True) for line in lines) <= room:
            break
    return scale
