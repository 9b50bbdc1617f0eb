"""The two-way grid: the net present value over the two quantities that move it most (METHOD §9)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from socio_calc.analysis.focus import Focus
from socio_calc.analysis.tornado import Bar, ends
from socio_calc.engine.terms import FloatArray

#: Values of each quantity.
SIZE = 21


@dataclass(frozen=True, eq=False)
class Grid:
    """The net present value where two quantities change and the others are central.

    Attributes
    ----------
    x, y
        Keys of the quantities; `x` moves the result most.
    x_values, y_values
        Rising, shape (21,) each, from the low to the high percentile.
    npv
        SEK, shape (y, x).
    """

    x: str
    y: str
    x_values: FloatArray
    y_values: FloatArray
    npv: FloatArray

    @property
    def zero_inside(self) -> bool:
        """Whether the zero line runs through the grid."""
        return bool(self.npv.min() < 0.0 < self.npv.max())


def two_way_grid(focus: Focus, bars: tuple[Bar, ...], percentiles: tuple[float, float] = (5.0, 95.0)) -> Grid | None:
    """Return the grid of the two quantities with the largest swings; None with fewer than two that move anything.

    Parameters
    ----------
    focus
        Perspective and horizon.
    bars
        From `tornado`.
    percentiles
        Ends of both axes.
    """
    moving = [bar for bar in bars if bar.swing > focus.tolerance]
    if len(moving) < 2:
        return None
    rows = {column.key: row for row, column in enumerate(focus.plan.columns)}
    first, second = (rows[bar.quantity] for bar in moving[:2])
    limits = ends(focus, percentiles)
    x_values, y_values = (np.linspace(limits[row, 0], limits[row, 1], SIZE) for row in (first, second))
    draws = focus.around_central(SIZE * SIZE)
    draws[first] = np.tile(x_values, SIZE)
    draws[second] = np.repeat(y_values, SIZE)
    npv = focus.net(draws).reshape(SIZE, SIZE)
    return Grid(moving[0].quantity, moving[1].quantity, x_values, y_values, npv)
