"""The sheet that every chart is drawn on: title, subtitle, source line, and labels that never leave it.

All positions here are inches from the lower left corner of the sheet. Text is measured before it is placed, with the
type that it will be drawn in, so that it wraps at the same words on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from socio_calc.report.charts.facts import ChartFacts
from socio_calc.report.charts.glyphs import drawable
from socio_calc.report.charts.style import (
    GRID,
    HEIGHT,
    INK,
    LABEL_SIZE,
    LINE_HEIGHT,
    MARGIN,
    MUTED,
    POINTS_PER_INCH,
    SMALL_SIZE,
    SUBTITLE_SIZE,
    TITLE_SIZE,
    WIDTH,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.figure import Figure

_GAP = 0.08
_TICK_GAP = 0.12
_MOST_TICKS = 6
#: How wide a digit at an axis is, inches, and how many of them stay empty between two labels.
_DIGIT = 0.64 * LABEL_SIZE / POINTS_PER_INCH
_TICK_AIR = 1.5
_MOST_YEARS = 9


@dataclass(frozen=True)
class Frame:
    """A sheet with its title, subtitle and source line.

    Attributes
    ----------
    figure, renderer
        The sheet, and what measures text on it.
    low, high
        Lower and upper edge of what is left for the picture, inches.
    """

    figure: Figure
    renderer: RendererAgg
    low: float
    high: float

    def axes(self, left: float, right: float, *, below: float = 0.62, above: float = 0.35) -> Axes:
        """Return axes with these distances to the sides of the sheet and to the space between title and source."""
        low, high = self.low + below, self.high - above
        box = (left / WIDTH, low / HEIGHT, (WIDTH - right - left) / WIDTH, (high - low) / HEIGHT)
        axes = self.figure.add_axes(box)
        for side in ("top", "right", "left", "bottom"):
            axes.spines[side].set_visible(False)
        axes.tick_params(length=0, pad=_TICK_GAP * POINTS_PER_INCH, labelsize=LABEL_SIZE)
        axes.set_axisbelow(True)
        return axes

    def text(self, x: float, y: float, text: str, **style: Any) -> None:
        """Write text at a place in inches; lines are separated by line feeds."""
        style = {"fontsize": LABEL_SIZE, "linespacing": LINE_HEIGHT if "\n" in text else 1.0, **style}
        self.figure.text(x, y, text, transform=self.figure.dpi_scale_trans, **style)

    def width_of(self, text: str, size: float = LABEL_SIZE, *, bold: bool = False) -> float:
        """Return how wide a line of text is, inches."""
        from socio_calc.report.charts.sheet import width_of

        return width_of(self.renderer, text, size, bold=bold)

    def holds(self, text: str, width: float, size: float = LABEL_SIZE, *, bold: bool = False) -> bool:
        """Say whether a line of text is at most `width` inches wide."""
        from socio_calc.report.charts.sheet import fits

        return fits(self.renderer, text, width, size, bold=bold)

    def wrapped(self, text: str, width: float, size: float = LABEL_SIZE, *, bold: bool = False) -> list[str]:
        """Break a text into lines of at most `width` inches: at line feeds, at spaces, inside longer words."""
        parts = [drawable(part) for part in text.split("\n")]
        return [line for part in parts for line in wrap(part, width, partial(self.holds, size=size, bold=bold))]


def new_frame(facts: ChartFacts, title: str, subtitle: str, *, money: bool = True) -> Frame:
    """Begin a chart.

    Parameters
    ----------
    facts
        Gives the source line.
    title, subtitle
        The finding, and what is shown.
    money
        Whether amounts are shown, so that the source line says on what terms they hold.
    """
    from socio_calc.report.charts.sheet import new_sheet

    figure, renderer = new_sheet()
    sheet = Frame(figure, renderer, 0.0, HEIGHT)
    room = WIDTH - 2 * MARGIN
    high = HEIGHT - MARGIN
    # A line never begins with the number that its last word counts.
    whole = re.sub(r" (?=\d)", "\N{NO-BREAK SPACE}", title)
    for text, size, colour, bold in ((whole, TITLE_SIZE, INK, True), (subtitle, SUBTITLE_SIZE, MUTED, False)):
        lines = balanced(drawable(text), room, partial(sheet.holds, size=size, bold=bold))
        weight = "bold" if bold else "normal"
        sheet.text(MARGIN, high, "\n".join(lines), fontsize=size, color=colour, weight=weight, va="top")
        high -= len(lines) * size * LINE_HEIGHT / POINTS_PER_INCH + _GAP / 2
    lines = sheet.wrapped(facts.source if money else facts.plain_source, room, SMALL_SIZE)
    low = MARGIN / 2
    sheet.text(MARGIN, low, "\n".join(lines), fontsize=SMALL_SIZE, color=MUTED, va="bottom")
    return Frame(figure, sheet.renderer, low + len(lines) * SMALL_SIZE * LINE_HEIGHT / POINTS_PER_INCH + _GAP, high)


# -- axes -------------------------------------------------------------------------------------------------------------


def year_axis(axes: Axes, first: int, years: int, name: str, *, around: float, most: int = _MOST_YEARS) -> None:
    """Write calendar years along the horizontal axis, about `most`, with `around` years of space at both ends."""
    last = first + years - 1
    axes.set_xlim(first - around, last + around)
    step = next((step for step in (1, 2, 5, 10) if years <= most * step), 20)
    shown = list(range(first, last + 1, step))
    # The last year is named too, where its neighbour leaves room.
    if last - shown[-1] >= 0.6 * step:
        shown.append(last)
    axes.set_xticks(shown, [str(year) for year in shown])
    axes.set_xlabel(name, fontsize=LABEL_SIZE, color=MUTED, labelpad=4)


def amount_axis(axes: Axes, facts: ChartFacts, *, upright: bool) -> None:
    """Write amounts along the vertical axis (`upright`) or the horizontal one, with lines across and one at zero."""
    from matplotlib.ticker import MaxNLocator

    low, high = axes.get_ylim() if upright else axes.get_xlim()
    room = 0.0 if upright else axes.get_position().width * WIDTH
    for most in range(_MOST_TICKS, 1, -1):
        values = MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
        ticks = [0.0] if facts.no_amounts else [float(value) for value in values if low <= value <= high]
        labels = [facts.on_axis(round(tick, 6)) for tick in ticks]
        # Side by side, labels need air between them.
        if upright or (len(ticks) - 1) * (max(map(len, labels)) + _TICK_AIR) * _DIGIT < room * _part(ticks, low, high):
            break
    set_ticks, line = (axes.set_yticks, axes.axhline) if upright else (axes.set_xticks, axes.axvline)
    set_ticks(ticks, labels)
    axes.grid(True, axis="y" if upright else "x", color=GRID, linewidth=0.8)
    if low <= 0 <= high:
        line(0.0, color=INK, linewidth=1.0, zorder=3)


def _part(ticks: Sequence[float], low: float, high: float) -> float:
    """Return how much of an axis lies between its first and its last tick."""
    return (ticks[-1] - ticks[0]) / (high - low) if len(ticks) > 1 else 1.0


def left_margin(frame: Frame, facts: ChartFacts, low: float, high: float) -> float:
    """Return how much space the amounts beside a vertical axis from `low` to `high` need, inches."""
    from matplotlib.ticker import MaxNLocator

    values = MaxNLocator(nbins=_MOST_TICKS, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    return MARGIN + max(frame.width_of(facts.on_axis(round(float(value), 6))) for value in values) + _TICK_GAP


def axis_name(frame: Frame, text: str) -> None:
    """Write the name of the vertical axis above it, where it can be read without turning the head."""
    frame.text(MARGIN, frame.high - _GAP / 2, text, color=MUTED, va="top")


def flags(frame: Frame, axes: Axes, marks: Sequence[tuple[float, str, str]]) -> None:
    """Mark places on the horizontal axis by vertical lines, each with its text above the picture like a flag.

    Parameters
    ----------
    frame, axes
        Where; the axes are made lower so that the flags have room.
    marks
        Place, text, line style; at most two.
    """
    if not marks:
        return
    ordered = sorted(marks)
    box = axes.get_position()
    left, width, high = box.x0 * WIDTH, box.width * WIDTH, box.y1 * HEIGHT
    first, last = axes.get_xlim()
    places = [left + (x - first) / (last - first) * width for x, _, _ in ordered]
    widths = [frame.width_of(text) + 2 * _GAP for _, text, _ in ordered]
    directions, rows = _flag_rows(places, widths, left + width)
    step = LABEL_SIZE * LINE_HEIGHT / POINTS_PER_INCH
    top = high - step * (max(rows) + 1) - _GAP
    axes.set_position((box.x0, box.y0, box.width, top / HEIGHT - box.y0))
    for (x, text, style), place, direction, row in zip(ordered, places, directions, rows, strict=True):
        axes.axvline(x, color=INK, linewidth=1.2, linestyle=style, zorder=4)
        reach = 1.0 + (_GAP + (row + 0.9) * step) / (top - box.y0 * HEIGHT)
        axes.plot(
            [x, x],
            [1.0, reach],
            color=INK,
            linewidth=1.2,
            linestyle=style,
            clip_on=False,
            transform=axes.get_xaxis_transform(),
        )
        align = "left" if direction > 0 else "right"
        frame.text(place + direction * _GAP, top + _GAP + (row + 0.5) * step, text, ha=align, va="center_baseline")


def _flag_rows(places: Sequence[float], widths: Sequence[float], right: float) -> tuple[list[int], list[int]]:
    """Return each flag's direction (1 right, −1 left) and row from below, so that none covers another or a pole.

    Parameters
    ----------
    places, widths
        Of at most two flags, from left to right, inches.
    right
        Where flags must end, inches.

    >>> _flag_rows([2.0, 3.0], [1.5, 1.5], 6.0)
    ([-1, 1], [0, 0])
    >>> _flag_rows([0.5, 0.6], [1.5, 1.5], 6.0)
    ([1, 1], [1, 0])
    >>> _flag_rows([0.5, 6.0], [1.5, 1.5], 6.0)
    ([1, -1], [1, 0])
    """
    leftwards = [width <= place - MARGIN / 2 for place, width in zip(places, widths, strict=True)]
    rightwards = [place + width <= right for place, width in zip(places, widths, strict=True)]
    if len(places) == 1:
        return [1 if rightwards[0] else -1], [0]
    if leftwards[0] and rightwards[1]:
        return [-1, 1], [0, 0]
    if all(rightwards):
        return [1, 1], [1, 0]
    return ([-1, -1], [0, 1]) if all(leftwards) else ([1, -1], [1, 0])


def end_labels(frame: Frame, axes: Axes, labels: Sequence[tuple[float, str, bool]]) -> None:
    """Write labels to the right of the axes at the heights of what they name, moved apart where they would touch.

    Parameters
    ----------
    frame, axes
        Where.
    labels
        Height on the vertical axis, text, whether bold.
    """
    box = axes.get_position()
    right, low, high = box.x1 * WIDTH, box.y0 * HEIGHT, box.y1 * HEIGHT
    bottom, top = axes.get_ylim()
    text_left = right + 0.4
    ordered = sorted(labels, key=lambda label: label[0])
    lines = [frame.wrapped(text, WIDTH - MARGIN / 2 - text_left, bold=bold) for _, text, bold in ordered]
    heights = [len(part) * LABEL_SIZE * LINE_HEIGHT / POINTS_PER_INCH + _GAP for part in lines]
    wanted = [low + (y - bottom) / (top - bottom) * (high - low) for y, _, _ in ordered]
    # Beside the picture where there is room, so that none stands among the years under it.
    beside = sum(heights) <= frame.high - low
    centres = spread(wanted, heights, low if beside else frame.low, frame.high)
    for want, centre, part, (_, _, bold) in zip(wanted, centres, lines, ordered, strict=True):
        weight = "bold" if bold else "normal"
        axes.plot(
            [right + 0.06, right + 0.16, right + 0.33],
            [want, want, centre],
            color=MUTED,
            linewidth=0.8,
            clip_on=False,
            transform=frame.figure.dpi_scale_trans,
        )
        frame.text(text_left, centre, "\n".join(part), va="center", weight=weight)


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Return centres near the wanted ones (rising) at which boxes of these heights do not touch, between two limits.

    Boxes that would touch become one block, centred on what they want together, until no two blocks touch.

    >>> spread([1.0, 1.0], [0.5, 0.5], 0.0, 5.0)
    [0.75, 1.25]
    >>> spread([5.0, 5.0], [0.5, 0.5], 0.0, 5.0)
    [4.25, 4.75]
    """
    blocks: list[tuple[list[int], float]] = []
    for at, want in enumerate(wanted):
        blocks.append(([at], _between(want, heights[at], low, high)))
        while len(blocks) > 1 and _top(blocks[-2], heights) > blocks[-1][1] - _size(blocks[-1], heights) / 2 + 1e-9:
            members = blocks[-2][0] + blocks[-1][0]
            del blocks[-2:]
            middle = sum(wanted[member] for member in members) / len(members)
            blocks.append((members, _between(middle, sum(heights[member] for member in members), low, high)))
    centres = [0.0] * len(wanted)
    for block in blocks:
        edge = block[1] - _size(block, heights) / 2
        for member in block[0]:
            centres[member] = edge + heights[member] / 2
            edge += heights[member]
    return centres


def _size(block: tuple[list[int], float], heights: Sequence[float]) -> float:
    return sum(heights[member] for member in block[0])


def _top(block: tuple[list[int], float], heights: Sequence[float]) -> float:
    return block[1] + _size(block, heights) / 2


def _between(centre: float, height: float, low: float, high: float) -> float:
    """Return the centre nearest to `centre` at which a box of this height lies between the limits."""
    return min(max(centre, low + height / 2), high - height / 2)


# -- text -------------------------------------------------------------------------------------------------------------


#: Says whether a line of text is at most so wide.
Holds = Callable[[str, float], bool]


def wrap(text: str, width: float, holds: Holds) -> list[str]:
    """Break a text at spaces into lines that are at most `width` wide; words that are longer are broken too.

    >>> def holds(line, width): return len(line) <= width
    >>> wrap("one two three", 7, holds), wrap("abcdefgh ij", 4, holds)
    (['one two', 'three'], ['abcd', 'efgh', 'ij'])
    """
    lines: list[str] = []
    for word in text.split(" "):
        if lines and holds(f"{lines[-1]} {word}", width):
            lines[-1] = f"{lines[-1]} {word}"
            continue
        while len(word) > 1 and not holds(word, width):
            fits = next(size for size in range(len(word) - 1, 0, -1) if size == 1 or holds(word[:size], width))
            lines.append(word[:fits])
            word = word[fits:]
        lines.append(word)
    return lines


def balanced(text: str, width: float, holds: Holds) -> list[str]:
    """Break a text into as few lines as `wrap` needs, of about the same length.

    >>> balanced("one two three four", 14, lambda line, width: len(line) <= width)
    ['one two', 'three four']
    """
    lines = wrap(text, width, holds)
    fewest, narrow = len(lines), width
    while fewest > 1:
        narrow *= 0.95
        narrower = wrap(text, narrow, holds)
        if len(narrower) > fewest:
            break
        lines = narrower
    return lines
