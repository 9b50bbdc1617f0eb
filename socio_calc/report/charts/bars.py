"""Horizontal bars with their names to the left: the tornado, choices of method, scenarios, probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from socio_calc.report.charts.frame import Frame
from socio_calc.report.charts.style import (
    BAR,
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
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Room for the names, inches.
NAMES: Final = 3.15
_GAP: Final = 0.1
_MOST_LINES: Final = 2
_THICKNESS: Final = 0.58


@dataclass(frozen=True)
class Name:
    """What stands to the left of one bar: its name and, smaller under it, its values."""

    name: str
    detail: str = ""


@dataclass(frozen=True)
class Span:
    """One bar from `start` to `end`; `hatched` marks the second kind where there are two."""

    start: float
    end: float
    hatched: bool = False
    colour: str | None = None


def rows_axis(axes: Axes, count: int) -> None:
    """Prepare the vertical axis for `count` rows, the first one on top, without ticks."""
    axes.set_ylim(count - 0.4, -0.6)
    axes.set_yticks([])


def row_names(frame: Frame, axes: Axes, names: Sequence[Name]) -> None:
    """Write the names to the left of the axes, each level with its row; what does not fit in two lines is cut."""
    box = axes.get_position()
    bottom, top = axes.get_ylim()
    low, high = box.y0 * HEIGHT, box.y1 * HEIGHT
    each = (high - low) / abs(bottom - top)
    size = min(_fitting_size(frame, name, each) for name in names)
    for row, name in enumerate(names):
        centre = high - (row - top) / (bottom - top) * (high - low)
        lines = _lines(frame, name, each, size)
        detail = frame.wrapped(name.detail, NAMES - _GAP, SMALL_SIZE)[:1] if name.detail else []
        step, small = (points * LINE_HEIGHT / POINTS_PER_INCH for points in (size, SMALL_SIZE))
        y = centre + (len(lines) * step + len(detail) * small) / 2
        for line in lines:
            y -= step
            frame.text(MARGIN, y + step / 2, line, fontsize=size, va="center_baseline")
        for line in detail:
            y -= small
            frame.text(MARGIN, y + small / 2, line, fontsize=SMALL_SIZE, color=MUTED, va="center_baseline")


def _fitting_size(frame: Frame, name: Name, room: float) -> float:
    """Return the larger size of type where the whole name fits its row, else the smaller one."""
    fits = len(frame.wrapped(name.name, NAMES - _GAP, LABEL_SIZE)) <= _most_lines(name, room, LABEL_SIZE)
    return LABEL_SIZE if fits else SMALL_SIZE


def _lines(frame: Frame, name: Name, room: float, size: float) -> list[str]:
    """Return the lines of a name in its row; what does not fit is left out at the end."""
    lines, most = frame.wrapped(name.name, NAMES - _GAP, size), _most_lines(name, room, size)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], f"{lines[most - 1].rstrip(' ,…')} …"]


def _most_lines(name: Name, room: float, size: float) -> int:
    details = SMALL_SIZE * LINE_HEIGHT / POINTS_PER_INCH if name.detail else 0.0
    return max(1, min(_MOST_LINES, int((room - details) / (size * LINE_HEIGHT / POINTS_PER_INCH))))


def draw_spans(axes: Axes, rows: Sequence[Sequence[Span]]) -> None:
    """Draw the bars of every row."""
    for row, spans in enumerate(rows):
        for span in spans:
            colour = span.colour or (PAPER if span.hatched else BAR)
            axes.barh(
                row, span.end - span.start, _THICKNESS, left=span.start, color=colour, zorder=2,
                hatch=HATCH if span.hatched else None, edgecolor=INK if span.hatched else colour, linewidth=0.8,
            )  # fmt: skip


def widened(axes: Axes, values: Sequence[float], share: float = 0.06) -> None:
    """Set the horizontal axis to hold all values, with a little room at both ends."""
    low, high = min(values), max(values)
    space = share * (high - low) if high > low else max(abs(low), 1.0) * share
    axes.set_xlim(low - space, high + space)
