"""The column beside a picture that names what its colours, letters and hatching stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from socio_calc.report.charts.frame import Frame
from socio_calc.report.charts.style import (
    HATCH,
    HEIGHT,
    INK,
    LABEL_SIZE,
    LINE_HEIGHT,
    MARGIN,
    MUTED,
    POINTS_PER_INCH,
    SMALL_SIZE,
    WIDTH,
    on_colour,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_INDENT: Final = 0.25
_SQUARE: Final = 0.24
_GAP: Final = 0.1


@dataclass(frozen=True)
class Entry:
    """One row: a coloured square (None: none) with a letter or hatching, a name, and a line of figures under it."""

    name: str
    detail: str | None
    colour: str | None
    letter: str = ""
    hatched: bool = False


def key_column(frame: Frame, axes: Axes, entries: Sequence[Entry], room: float) -> None:
    """Write the entries from the top of the axes downwards, to their right, in a column `room` inches wide."""
    from matplotlib.patches import Rectangle

    box = axes.get_position()
    left = box.x1 * WIDTH + _INDENT
    indent = left + _SQUARE + _GAP
    width = WIDTH - MARGIN / 2 - indent
    texts = [(frame.wrapped(entry.name, width), _details(frame, entry, width)) for entry in entries]
    name_height, detail_height = (size * LINE_HEIGHT / POINTS_PER_INCH for size in (LABEL_SIZE, SMALL_SIZE))
    heights = [len(names) * name_height + len(details) * detail_height for names, details in texts]
    high = box.y1 * HEIGHT
    gap = 0.0 if len(entries) < 2 else min(_GAP, (high - frame.low - sum(heights)) / (len(entries) - 1))
    for entry, (names, details), height in zip(entries, texts, heights, strict=True):
        if entry.colour is not None:
            square = Rectangle(
                (left, high - name_height / 2 - _SQUARE / 2), _SQUARE, _SQUARE, facecolor=entry.colour,
                edgecolor=INK if entry.hatched else entry.colour, linewidth=0.8, hatch=HATCH if entry.hatched else None,
                transform=frame.figure.dpi_scale_trans,
            )  # fmt: skip
            frame.figure.add_artist(square)
        if entry.letter and entry.colour is not None:
            middle = high - name_height / 2
            frame.text(
                left + _SQUARE / 2, middle, entry.letter, fontsize=SMALL_SIZE, color=on_colour(entry.colour),
                ha="center", va="center_baseline",
            )  # fmt: skip
        frame.text(indent, high, "\n".join(names), va="top")
        if details:
            below = high - len(names) * name_height
            frame.text(indent, below, "\n".join(details), fontsize=SMALL_SIZE, color=MUTED, va="top")
        high -= height + gap


def _details(frame: Frame, entry: Entry, width: float) -> list[str]:
    return frame.wrapped(entry.detail, width, SMALL_SIZE) if entry.detail else []
