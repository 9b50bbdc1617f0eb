"""Horizontal bars with their names to the left: the tornado, choices of method, scenarios, probabilities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from socio_calc.locale.placeholders import start
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
    WIDTH,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Room for the names, inches, and for the values to the right of the bars where they have a column of their own.
NAMES: Final = 3.15
DETAILS: Final = 1.95
_GAP: Final = 0.1
_MOST_LINES: Final = 2
#: Characters of a name that are tried first, and fewest that it is cut to.
_MOST_NAME, _LEAST_NAME = 90, 36
_THICKNESS: Final = 0.58
#: Height of a line, in sizes of its type: rows are low.
_LINE: Final = 1.18


@dataclass(frozen=True)
class Name:
    """What stands beside one bar: to the left its name, and its values smaller under it or to the right of the bar."""

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


def fitted_name(frame: Frame, name_of: Callable[[str, int], str], key: str) -> str:
    """Return the longest form of a name that two lines to the left of the bars hold.

    Parameters
    ----------
    frame
        Measures the lines.
    name_of
        Gives the name of a quantity in at most so many characters.
    key
        The quantity.
    """
    for room in range(_MOST_NAME, _LEAST_NAME, -6):
        name = start(name_of(key, room))
        if len(frame.wrapped(name, NAMES - _GAP, SMALL_SIZE)) <= _MOST_LINES:
            return name
    return start(name_of(key, _LEAST_NAME))


def row_details(frame: Frame, axes: Axes, details: Sequence[str], head: str) -> None:
    """Write values to the right of the axes, each level with its row, in at most two lines; above them their head."""
    box = axes.get_position()
    bottom, top = axes.get_ylim()
    low, high = box.y0 * HEIGHT, box.y1 * HEIGHT
    left, step = box.x1 * WIDTH + _GAP, SMALL_SIZE * _LINE / POINTS_PER_INCH
    frame.text(left, high + _GAP, head, color=MUTED, fontsize=SMALL_SIZE, va="bottom")
    for row, detail in enumerate(details):
        # A range breaks after its dash, not inside a number.
        lines = [line.replace("– ", "–") for line in frame.wrapped(_breakable(detail), DETAILS - _GAP, SMALL_SIZE)]
        y = high - (row - top) / (bottom - top) * (high - low) + (len(lines[:_MOST_LINES]) - 1) * step / 2
        for at, line in enumerate(lines[:_MOST_LINES]):
            frame.text(left, y - at * step, line, fontsize=SMALL_SIZE, color=MUTED, va="center_baseline")


def _breakable(text: str) -> str:
    """Return a range with a place to break after its dash.

    >>> _breakable("765 000–1 490 000 kr")
    '765 000– 1 490 000 kr'
    """
    return text.replace("–", "– ")


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
        step, small = (points * _LINE / POINTS_PER_INCH for points in (size, SMALL_SIZE))
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
    details = SMALL_SIZE * _LINE / POINTS_PER_INCH if name.detail else 0.0
    return max(1, min(_MOST_LINES, int((room - details) / (size * _LINE / POINTS_PER_INCH))))


def base_line(frame: Frame, axes: Axes, base: float, text: str) -> float:
    """Draw the line of the base case with its text above it, inside the axes, which are made lower for it.

    Returns
    -------
    The middle of the line of text, inches.
    """
    box = axes.get_position()
    left, width, high = box.x0 * WIDTH, box.width * WIDTH, box.y1 * HEIGHT
    step = LABEL_SIZE * LINE_HEIGHT / POINTS_PER_INCH
    top, middle = high - step - _GAP, high - step / 2
    axes.set_position((box.x0, box.y0, box.width, top / HEIGHT - box.y0))
    axes.axvline(base, color=INK, linewidth=1.2, zorder=4)
    first, last = axes.get_xlim()
    half = frame.width_of(text) / 2
    place = min(max(left + (base - first) / (last - first) * width, left + half), max(left + width - half, left + half))
    frame.text(place, middle, text, ha="center", va="center_baseline")
    return middle


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
