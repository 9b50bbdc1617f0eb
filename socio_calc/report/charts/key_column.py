"""The column beside a picture that names what its colours, letters and hatching stand for."""

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
    WIDTH,
    on_colour,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_INDENT: Final = 0.25
_SQUARE: Final = 0.24
_SPACE: Final = 0.1
_GAP: Final = 0.09
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"
# Sizes of type, and whether an entry's figures share a line: the first that fits is taken.
_ARRANGEMENTS: Final = ((1.0, False), (1.0, True), (0.92, True), (0.84, True), (0.76, True), (0.7, True))


@dataclass(frozen=True)
class Entry:
    """One row: a coloured square (None: none) with a letter or hatching, a name, and lines of figures under it."""

    name: str
    details: tuple[str, ...]
    colour: str | None
    letter: str = ""
    hatched: bool = False


def key_row(frame: Frame, y: float, entries: Sequence[tuple[str, bool]]) -> None:
    """Name grey and hatched bars on one line from the left, in the order in which they stand; `y` in inches."""
    from matplotlib.patches import Rectangle

    x, side = MARGIN, 0.2
    for name, hatched in entries:
        square = Rectangle(
            (x, y - side / 2), side, side, facecolor=PAPER if hatched else BAR, hatch=HATCH if hatched else None,
            edgecolor=INK if hatched else BAR, linewidth=0.8, transform=frame.figure.dpi_scale_trans,
        )  # fmt: skip
        frame.figure.add_artist(square)
        frame.text(x + side + _SPACE, y, name, va="center_baseline")
        x += side + _SPACE + frame.width_of(name) + 0.35


def key_column(frame: Frame, axes: Axes, entries: Sequence[Entry]) -> None:
    """Write the entries from the top of the axes downwards, to their right, in smaller type where they are many."""
    box = axes.get_position()
    left, high = box.x1 * WIDTH + _INDENT, box.y1 * HEIGHT
    for scale, joined in _ARRANGEMENTS:
        rows = [_row(frame, entry, left, scale, joined=joined) for entry in entries]
        needed = sum(row.height for row in rows) + _GAP * (len(rows) - 1)
        if needed <= high - frame.low:
            break
    for row in rows:
        _write(frame, row, left, high, scale)
        high -= row.height + _GAP


@dataclass(frozen=True)
class _Row:
    """An entry broken into lines; sizes in inches."""

    entry: Entry
    indent: float
    names: list[str]
    details: list[str]
    name_height: float
    height: float


def _row(frame: Frame, entry: Entry, left: float, scale: float, *, joined: bool) -> _Row:
    indent = 0.0 if entry.colour is None else _SQUARE + _SPACE
    width = WIDTH - MARGIN / 2 - left - indent
    names = frame.wrapped(entry.name, width, scale * LABEL_SIZE)
    texts = entry.details
    if joined and texts:
        # A line of figures breaks between its amounts; inside one only where it is wider than the column.
        inseparable = (text.replace(" ", _NO_BREAK) for text in texts)
        held = (frame.holds(f"{text},", width, scale * SMALL_SIZE) for text in inseparable)
        kept = (text.replace(" ", _NO_BREAK) if fits else text for text, fits in zip(texts, held, strict=True))
        texts = (", ".join(kept),)
    details = [line for text in texts for line in frame.wrapped(text, width, scale * SMALL_SIZE)]
    name_height, detail_height = (scale * size * LINE_HEIGHT / POINTS_PER_INCH for size in (LABEL_SIZE, SMALL_SIZE))
    height = max(len(names) * name_height + len(details) * detail_height, _SQUARE)
    return _Row(entry, indent, names, details, name_height, height)


def _write(frame: Frame, row: _Row, left: float, high: float, scale: float) -> None:
    from matplotlib.patches import Rectangle

    entry, middle = row.entry, high - row.name_height / 2
    if entry.colour is not None:
        square = Rectangle(
            (left, middle - _SQUARE / 2), _SQUARE, _SQUARE, facecolor=entry.colour, linewidth=0.8,
            edgecolor=INK if entry.hatched else entry.colour, hatch=HATCH if entry.hatched else None,
            transform=frame.figure.dpi_scale_trans,
        )  # fmt: skip
        frame.figure.add_artist(square)
        frame.text(
            left + _SQUARE / 2, middle, entry.letter, fontsize=SMALL_SIZE, color=on_colour(entry.colour),
            ha="center", va="center_baseline",
        )  # fmt: skip
    for at, line in enumerate(row.names):
        place = middle - at * row.name_height
        frame.text(left + row.indent, place, line, fontsize=scale * LABEL_SIZE, va="center_baseline")
    if row.details:
        below = high - len(row.names) * row.name_height
        frame.text(left + row.indent, below, "\n".join(row.details), fontsize=scale * SMALL_SIZE, color=MUTED, va="top")
