"""The tornado: each uncertain quantity at a low and a high percentile while the others stay central (METHOD §9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from socio_calc.analysis.focus import Focus
from socio_calc.engine.terms import FloatArray


@dataclass(frozen=True, slots=True)
class Bar:
    """One quantity at two values.

    Attributes
    ----------
    quantity
        Key of the quantity; of a group its name.
    low_input, high_input
        The two values, in the quantity's own unit and price year; None for a group.
    npv_low, npv_high
        Net present value at each, SEK.
    swing
        Distance between the lowest and the highest of `npv_low`, `npv_high` and the base case, SEK.
    members
        For a group, the quantities that move together.
    """

    quantity: str
    low_input: float | None
    high_input: float | None
    npv_low: float
    npv_high: float
    swing: float
    members: tuple[str, ...] = ()


def tornado(focus: Focus, percentiles: tuple[float, float] = (5.0, 95.0)) -> tuple[Bar, ...]:
    """Return one bar for each uncertain quantity, the largest swing first.

    Parameters
    ----------
    focus
        Perspective and horizon.
    percentiles
        Low and high percentile, between 0 and 100, rising.

    Raises
    ------
    ValueError
        For percentiles that do not rise or lie outside 0 to 100.
    """
    inputs = ends(focus, percentiles)
    columns = focus.plan.columns
    x = focus.around_central(2 * len(columns) + 1)
    rows = np.arange(len(columns))
    x[rows, 2 * rows] = inputs[:, 0]
    x[rows, 2 * rows + 1] = inputs[:, 1]
    npv = focus.net(x)
    bars = [
        _bar(column.key, npv[2 * row], npv[2 * row + 1], npv[-1], (inputs[row, 0], inputs[row, 1]))
        for row, column in enumerate(columns)
    ]
    return tuple(sorted(bars, key=lambda bar: -bar.swing))


def grouped_tornado(focus: Focus, percentiles: tuple[float, float] = (5.0, 95.0)) -> tuple[Bar, ...]:
    """Return one bar for each `tornado_group` and each draw group with several quantities, the largest swing first.

    At the low end of a `tornado_group` the member that moves the result most stands at its low percentile, and every
    other member at whichever end moves the result the same way; at the high end all stand at the opposite. The bar is
    thus what the group can do at most, and where all members pull the same way it is all low and all high. Rows of one
    draw group are parts of one total and stand at the same percentile.
    """
    members = _groups(focus)
    if not members:
        return ()
    inputs = ends(focus, percentiles)
    rows = {column.key: row for row, column in enumerate(focus.plan.columns)}
    alone = {bar.quantity: bar for bar in tornado(focus, percentiles)}
    x = focus.around_central(2 * len(members) + 1)
    for at, (name, keys) in enumerate(members.items()):
        leader = max(keys, key=lambda key: alone[key].swing)
        for key in keys:
            opposite = not name.startswith(DRAW_GROUP) and _falls(alone[key]) != _falls(alone[leader])
            low, high = inputs[rows[key], ::-1] if opposite else inputs[rows[key]]
            x[rows[key], 2 * at], x[rows[key], 2 * at + 1] = low, high
    npv = focus.net(x)
    bars = [
        _bar(name, npv[2 * at], npv[2 * at + 1], npv[-1], members=tuple(keys))
        for at, (name, keys) in enumerate(members.items())
    ]
    return tuple(sorted(bars, key=lambda bar: -bar.swing))


def drawn_apart(bars: Sequence[Bar], groups: Sequence[Bar]) -> tuple[Bar, ...]:
    """Return the tornado with one bar for what is always drawn together, the largest swing first.

    Parameters
    ----------
    bars, groups
        From `tornado` and `grouped_tornado`.
    """
    together = [bar for bar in groups if bar.quantity.startswith(DRAW_GROUP)]
    members = {member for bar in together for member in bar.members}
    alone = (bar for bar in bars if bar.quantity not in members)
    return tuple(sorted((*alone, *together), key=lambda bar: -bar.swing))


#: How the names of groups begin: those that the case names, and parts of one total that share their draw.
TORNADO_GROUP = "tornado_group:"
DRAW_GROUP = "draw_group:"


def ends(focus: Focus, percentiles: tuple[float, float]) -> FloatArray:
    """Return the two percentiles of every quantity, shape (columns, 2)."""
    low, high = percentiles
    if not 0.0 < low < high < 100.0:
        raise ValueError(f"percentiles rise and lie between 0 and 100, got {low:g} and {high:g}")
    shares = np.array([low, high]) / 100.0
    values = [column.distribution.quantile(shares) for column in focus.plan.columns]
    return np.array(values, dtype=float).reshape(len(values), 2)


def _groups(focus: Focus) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    streams: dict[int, list[str]] = {}
    for column in focus.plan.columns:
        streams.setdefault(column.stream, []).append(column.key)
        if column.group:
            named.setdefault(f"{TORNADO_GROUP}{column.group}", []).append(column.key)
    shared = {f"{DRAW_GROUP}{keys[0]}": keys for keys in streams.values() if len(keys) > 1}
    return named | shared


def _falls(bar: Bar) -> bool:
    return bar.npv_high < bar.npv_low


def _bar(
    name: str,
    low: float,
    high: float,
    base: float,
    inputs: tuple[float, float] | None = None,
    members: tuple[str, ...] = (),
) -> Bar:
    values = float(low), float(high), float(base)
    low_input, high_input = (None, None) if inputs is None else (float(inputs[0]), float(inputs[1]))
    return Bar(name, low_input, high_input, values[0], values[1], max(values) - min(values), members)
