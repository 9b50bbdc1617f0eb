"""Chart: the two assumptions that matter most together, with the line at which costs and gains are equal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from socio_calc.analysis.grid import Grid
from socio_calc.engine.terms import FloatArray
from socio_calc.locale.placeholders import start
from socio_calc.report.charts.facts import MOST_TITLE
from socio_calc.report.charts.frame import axis_name, new_frame
from socio_calc.report.charts.key_column import Entry, key_column
from socio_calc.report.charts.style import (
    HATCH,
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
from socio_calc.report.sensitivity_facts import SensitivityFacts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

NAME: Final = "grid"
_KEY_ROOM: Final = 2.3
_LEVELS: Final = 7
_LONGEST_NAME, _NAME_LINES = 110, 2
#: Nearer than this to the dot of the base case, inches, no line has its figure.
_CLEAR: Final = 0.3
#: Greys from the lowest to the highest value.
_DARKEST, _LIGHTEST = 0.62, 0.97


def shown(facts: SensitivityFacts) -> bool:
    """Whether two assumptions move the result."""
    return facts.sensitivity.grid is not None


def _grid(facts: SensitivityFacts) -> Grid:
    if facts.sensitivity.grid is None:
        raise ValueError("no two quantities move the result")
    return facts.sensitivity.grid


def title(facts: SensitivityFacts) -> str:
    """Return on which side of zero the grid lies, or that one good assumption is not enough."""
    words, grid = facts.words, _grid(facts)
    if not grid.zero_inside:
        sign = "positive" if float(grid.npv.min()) >= 0.0 else "negative"
        return words.t(f"chart.grid.title.{sign}")
    best_x = int(np.argmax(grid.npv.max(axis=0)))
    at_best = grid.npv[:, best_x]
    if float(at_best.min()) < 0.0 < float(at_best.max()):
        bad = "low" if at_best[0] < at_best[-1] else "high"
        text = words.t(f"chart.grid.title.not-enough.{bad}", x=facts.name_of(grid.x), y=facts.name_of(grid.y))
        if len(text) <= MOST_TITLE:
            return text
    return words.t("chart.grid.title.line")


def alt_text(facts: SensitivityFacts) -> str:
    """Return the corners in words."""
    grid = _grid(facts)
    corners = {
        f"{x}_{y}": facts.money(float(grid.npv[row, column]))
        for y, row in (("low", 0), ("high", -1))
        for x, column in (("low", 0), ("high", -1))
    }
    return facts.words.t(
        "chart.grid.alt",
        x=facts.whole_name(grid.x),
        y=facts.whole_name(grid.y),
        x_range=_range(facts, grid.x),
        y_range=_range(facts, grid.y),
        **corners,
    )


def _values(facts: SensitivityFacts, key: str) -> FloatArray:
    """Return the values along an axis, rising; of parts of one whole their sum."""
    along = _grid(facts).along
    return np.asarray(np.sum([along[part] for part in facts.measured_by(key)], axis=0))


def _range(facts: SensitivityFacts, key: str) -> str:
    values = _values(facts, key)
    return facts.range_text(key, float(values[0]), float(values[-1]))


def draw(facts: SensitivityFacts) -> Figure:
    """Draw the net present value in shades of grey with labelled lines; below zero is hatched."""
    words, grid = facts.words, _grid(facts)
    subtitle = words.t(
        "chart.grid.subtitle", party=facts.sensitivity.perspective, years=facts.horizon_text, unit=facts.unit_name
    )
    frame = new_frame(facts, title(facts), subtitle)
    x_values, y_values = _values(facts, grid.x), _values(facts, grid.y)
    (x_ticks, x_unit), (y_ticks, y_unit) = (
        facts.axis_texts(key, [float(value) for value in values[::5]])
        for key, values in ((grid.x, x_values), (grid.y, y_values))
    )
    left = MARGIN + max(frame.width_of(tick) for tick in y_ticks) + 0.12
    width = WIDTH - _KEY_ROOM - left
    x_name = frame.wrapped(_axis(facts.name_of(grid.x, _LONGEST_NAME), x_unit), width)[:_NAME_LINES]
    y_name = frame.wrapped(_axis(facts.name_of(grid.y, _LONGEST_NAME), y_unit), WIDTH - 2 * MARGIN)[:_NAME_LINES]
    more = LABEL_SIZE * LINE_HEIGHT / POINTS_PER_INCH
    axes = frame.axes(left, _KEY_ROOM, below=0.62 + (len(x_name) - 1) * more, above=0.35 + (len(y_name) - 1) * more)
    levels = _levels(grid)
    greys = np.linspace(_DARKEST, _LIGHTEST, len(levels) - 1)
    axes.contourf(x_values, y_values, grid.npv, levels=levels, colors=[str(grey) for grey in greys], zorder=1)
    if float(grid.npv.min()) < 0.0:
        _hatch_below_zero(axes, x_values, y_values, grid.npv)
    lines = axes.contour(
        x_values, y_values, grid.npv, levels=[level for level in levels[1:-1] if level != 0.0],
        colors=MUTED, linewidths=0.8, linestyles="solid", zorder=2,
    )  # fmt: skip
    labels = axes.clabel(lines, fmt=facts.on_axis, fontsize=SMALL_SIZE, colors=INK)
    for label in labels:
        label.set_bbox({"facecolor": PAPER, "edgecolor": "none", "pad": 1.0})
    _clear_of_dot(axes, labels, _central(facts, grid))
    if grid.zero_inside:
        axes.contour(x_values, y_values, grid.npv, levels=[0.0], colors=INK, linewidths=2.4, zorder=3)
    axes.plot(*_central(facts, grid), marker="o", markersize=9, color=INK, markeredgecolor=PAPER, zorder=4)
    axes.set_xticks(x_values[::5], x_ticks)
    axes.set_yticks(y_values[::5], y_ticks)
    axes.set_xlabel("\n".join(x_name), fontsize=LABEL_SIZE, color=MUTED, labelpad=4, linespacing=LINE_HEIGHT)
    axis_name(frame, "\n".join(y_name))
    key_column(frame, axes, _entries(facts, grid))
    return frame.figure


def _axis(name: str, unit: str) -> str:
    """Return the name of an axis with its unit, where it has one.

    >>> _axis("timmarna för lärare", "timmar"), _axis("antal", "")
    ('Timmarna för lärare, timmar', 'Antal')
    """
    return start(f"{name}, {unit}" if unit else name)


def _clear_of_dot(axes: Axes, labels: Sequence[Text], dot: tuple[float, float]) -> None:
    """Take away the figures of lines on which the dot of the base case lies."""
    dots_per_inch = axes.figure.dpi
    place = axes.transData.transform(dot)
    for label in labels:
        apart = axes.transData.transform(label.get_position()) - place
        if float(np.hypot(*apart)) < _CLEAR * dots_per_inch:
            label.set_visible(False)


def _central(facts: SensitivityFacts, grid: Grid) -> tuple[float, float]:
    central = {column.key: column.central for column in facts.appraisal.plan.columns}
    x, y = (sum(central[part] for part in facts.measured_by(key)) for key in (grid.x, grid.y))
    return x, y


def _levels(grid: Grid) -> list[float]:
    """Return round levels from below the lowest to above the highest value, zero among them where it is inside."""
    from matplotlib.ticker import MaxNLocator

    low, high = float(grid.npv.min()), float(grid.npv.max())
    if high <= low:
        return [low - 1.0, low + 1.0]
    return [float(level) for level in MaxNLocator(nbins=_LEVELS, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)]


def _hatch_below_zero(axes: Axes, x_values: FloatArray, y_values: FloatArray, npv: FloatArray) -> None:
    filled = axes.contourf(
        x_values, y_values, npv, levels=[float(npv.min()) - 1.0, 0.0], colors="none", hatches=[HATCH], zorder=1.5
    )
    filled.set_edgecolor(MUTED)  # darker than every grey below it, so that it is seen on all
    filled.set_linewidth(0.0)


def _entries(facts: SensitivityFacts, grid: Grid) -> list[Entry]:
    words = facts.words
    entries = []
    if float(grid.npv.max()) > 0.0:
        entries.append(Entry(words.t("chart.grid.above"), (), "#f2f2f2"))
    if float(grid.npv.min()) < 0.0:
        entries.append(Entry(words.t("chart.grid.below"), (), "#9e9e9e", hatched=True))
    if grid.zero_inside:
        entries.append(Entry(words.t("chart.grid.line"), (), None))
    entries.append(Entry(words.t("chart.grid.base"), (), None))
    return entries
