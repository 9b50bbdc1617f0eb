"""The two-way grid: the net present value over the two assumptions that move it most (METHOD §9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from socio_calc.analysis.focus import Focus
from socio_calc.analysis.tornado import Bar, ends
from socio_calc.engine.terms import FloatArray

#: Values of each quantity.
SIZE = 21


@dataclass(frozen=True, eq=False)
class Grid:
    """The net present value where two assumptions change and the others are central.

    Attributes
    ----------
    x, y
        Keys of the quantities, or the name of a group that is always drawn together; `x` moves the result most.
    x_values, y_values
        Rising, shape (21,) each, from the low to the high percentile; of a group those of its first member.
    npv
        SEK, shape (y, x).
    along
        The values of every quantity that changes, by key: a group's members move together, each from its own low to
        its own high percentile.
    """

    x: str
    y: str
    x_values: FloatArray
    y_values: FloatArray
    npv: FloatArray
    along: Mapping[str, FloatArray]

    @property
    def zero_inside(self) -> bool:
        """Whether the zero line runs through the grid."""
        return bool(self.npv.min() < 0.0 < self.npv.max())


def two_way_grid(focus: Focus, bars: tuple[Bar, ...], percentiles: tuple[float, float] = (5.0, 95.0)) -> Grid | None:
    """Return the grid of the two assumptions with the largest swings; None with fewer than two that move anything.

    Parameters
    ----------
    focus
        Perspective and horizon.
    bars
        From `drawn_apart`, the largest swing first.
    percentiles
        Ends of both axes.
    """
    moving = [bar for bar in bars if bar.swing > focus.tolerance]
    if len(moving) < 2:
        return None
    rows = {column.key: row for row, column in enumerate(focus.plan.columns)}
    first, second = moving[:2]
    across, upwards = (bar.members or (bar.quantity,) for bar in (first, second))
    limits = ends(focus, percentiles)
    along = {key: np.linspace(limits[rows[key], 0], limits[rows[key], 1], SIZE) for key in (*across, *upwards)}
    draws = focus.around_central(SIZE * SIZE)
    for key in across:
        draws[rows[key]] = np.tile(along[key], SIZE)
    for key in upwards:
        draws[rows[key]] = np.repeat(along[key], SIZE)
    npv = focus.net(draws).reshape(SIZE, SIZE)
    return Grid(first.quantity, second.quantity, along[across[0]], along[upwards[0]], npv, along)
