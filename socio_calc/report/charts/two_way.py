"""Chart: the two assumptions that matter most together, with the line at which costs and gains are equal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from socio_calc.analysis.grid import Grid
from socio_calc.locale.placeholders import start
from socio_calc.report.charts.frame import axis_name, new_frame
from socio_calc.report.charts.key_column import Entry, key_column
from socio_calc.report.charts.style import GRID, HATCH, INK, LABEL_SIZE, MARGIN, MUTED, PAPER, SMALL_SIZE
from socio_calc.report.charts.tornado import fitting
from socio_calc.report.sensitivity_facts import SensitivityFacts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME: Final = "grid"
_KEY_ROOM: Final = 2.3
_LEVELS: Final = 7
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
        return fitting(
            facts, words.t(f"chart.grid.title.not-enough.{bad}", x=facts.name_of(grid.x), y=facts.name_of(grid.y))
        )
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
        x=facts.name_of(grid.x),
        y=facts.name_of(grid.y),
        x_range=facts.range_text(grid.x, float(grid.x_values[0]), float(grid.x_values[-1])),
        y_range=facts.range_text(grid.y, float(grid.y_values[0]), float(grid.y_values[-1])),
        **corners,
    )


def draw(facts: SensitivityFacts) -> Figure:
    """Draw the net present value in shades of grey with labelled lines; below zero is hatched."""
    words, grid = facts.words, _grid(facts)
    subtitle = words.t(
        "chart.grid.subtitle", party=facts.sensitivity.perspective, years=facts.horizon_text, unit=facts.unit_name
    )
    frame = new_frame(facts, title(facts), subtitle)
    ticks = [facts.value_text(grid.y, float(value)) for value in grid.y_values[::5]]
    left = MARGIN + max(frame.width_of(tick) for tick in ticks) + 0.12
    axes = frame.axes(left, _KEY_ROOM)
    levels = _levels(grid)
    greys = np.linspace(_DARKEST, _LIGHTEST, len(levels) - 1)
    axes.contourf(grid.x_values, grid.y_values, grid.npv, levels=levels, colors=[str(grey) for grey in greys], zorder=1)
    if float(grid.npv.min()) < 0.0:
        _hatch_below_zero(axes, grid)
    lines = axes.contour(
        grid.x_values, grid.y_values, grid.npv, levels=[level for level in levels[1:-1] if level != 0.0],
        colors=MUTED, linewidths=0.8, linestyles="solid", zorder=2,
    )  # fmt: skip
    labels = axes.clabel(lines, fmt=facts.on_axis, fontsize=SMALL_SIZE, colors=INK)
    for label in labels:
        label.set_bbox({"facecolor": PAPER, "edgecolor": "none", "pad": 1.0})
    if grid.zero_inside:
        axes.contour(grid.x_values, grid.y_values, grid.npv, levels=[0.0], colors=INK, linewidths=2.4, zorder=3)
    axes.plot(*_central(facts, grid), marker="o", markersize=9, color=INK, markeredgecolor=PAPER, zorder=4)
    axes.set_xticks(grid.x_values[::5], [facts.value_text(grid.x, float(value)) for value in grid.x_values[::5]])
    axes.set_yticks(grid.y_values[::5], ticks)
    axes.set_xlabel(start(facts.name_of(grid.x)), fontsize=LABEL_SIZE, color=MUTED, labelpad=4)
    axis_name(frame, start(facts.name_of(grid.y)))
    key_column(frame, axes, _entries(facts, grid))
    return frame.figure


def _central(facts: SensitivityFacts, grid: Grid) -> tuple[float, float]:
    central = {column.key: column.central for column in facts.appraisal.plan.columns}
    return central[grid.x], central[grid.y]


def _levels(grid: Grid) -> list[float]:
    """Return round levels from below the lowest to above the highest value, zero among them where it is inside."""
    from matplotlib.ticker import MaxNLocator

    low, high = float(grid.npv.min()), float(grid.npv.max())
    if high <= low:
        return [low - 1.0, low + 1.0]
    return [float(level) for level in MaxNLocator(nbins=_LEVELS, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)]


def _hatch_below_zero(axes: Axes, grid: Grid) -> None:
    filled = axes.contourf(
        grid.x_values, grid.y_values, grid.npv, levels=[float(grid.npv.min()) - 1.0, 0.0], colors="none",
        hatches=[HATCH], zorder=1.5,
    )  # fmt: skip
    filled.set_edgecolor(GRID)
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
