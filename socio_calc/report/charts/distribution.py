"""Chart 4: how the net present value is spread over the recalculations, and how much of it lies above zero."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from socio_calc.locale import probability_figure, probability_words, share
from socio_calc.report.charts.facts import ChartFacts
from socio_calc.report.charts.frame import amount_axis, axis_name, flags, new_frame
from socio_calc.report.charts.key_column import Entry, key_column
from socio_calc.report.charts.style import BAR, GRID, HATCH, INK, LABEL_SIZE, MARGIN, MUTED, PAPER

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME: Final = "distribution"
_KEY_ROOM: Final = 2.55
_EVEN: Final = 0.5
#: About so many bars, their width a round number of kronor and zero an edge between two.
_BARS: Final = 36
#: Share of the recalculations that may lie outside the axis, half at each end, ...
_OUTSIDE: Final = 0.01
#: ... but at most this share of those on either side of zero, ...
_OUTSIDE_OF_SIDE: Final = 0.1
#: ... unless they lie this many times as far away as the others are apart. One of them is shown even then.
_FAR: Final = 2.0
#: Bars lower than this share of the highest are drawn with an edge, which can be seen however low they are.
_LOW: Final = 0.02
#: Zero is on the axis unless the recalculations would then fill less than this share of it.
_LEAST_FILLED: Final = 0.2


def title(facts: ChartFacts) -> str:
    """Return the finding; the first condition that fits decides."""
    words = facts.words
    if facts.no_amounts:
        return words.t("chart.no-amounts")
    if facts.certain:
        return words.t("chart.distribution.title.certain")
    kind, p = ("gain", facts.sure) if facts.sure >= _EVEN else ("loss", 1.0 - facts.sure)
    return words.t(f"chart.distribution.title.{kind}", p_words=probability_words(p, facts.lang))


def alt_text(facts: ChartFacts) -> str:
    """Return the probability and the spread in words."""
    words, row = facts.words, facts.row
    if facts.no_amounts:
        return words.t("chart.no-amounts") + "."
    if facts.certain:
        return words.t("chart.distribution.alt.certain", npv=facts.money(facts.net))
    return words.t(
        "chart.distribution.alt",
        p=probability_figure(facts.sure, facts.lang),
        half=facts.interval(row.p25, row.p75),
        nine=facts.interval(row.p5, row.p95),
    )


def draw(facts: ChartFacts) -> Figure:
    """Draw a histogram, what lies below zero hatched, with flags at the base case and the mean."""
    words = facts.words
    net = facts.appraisal.net_draws()
    edges = _edges(net) if not facts.certain else _one_bar(facts)
    counts = np.histogram(net, edges)[0]
    shares = counts / net.size
    frame = new_frame(facts, title(facts), _subtitle(facts, float(net.size - counts.sum()) / net.size))
    room = _KEY_ROOM if not facts.certain else MARGIN
    axes = frame.axes(MARGIN + frame.width_of(share(0.5, facts.lang)) + 0.08, room, below=0.6)
    axes.set_xlim(*_limits(edges))
    axes.set_ylim(0.0, 1.05 * float(shares.max()))
    amount_axis(axes, facts, upright=False)
    axes.grid(False)
    _share_axis(facts, axes)
    axes.set_xlabel(
        words.t("chart.distribution.axis", years=facts.years_text, unit=facts.unit_name),
        fontsize=LABEL_SIZE, color=MUTED, labelpad=4,
    )  # fmt: skip
    axis_name(frame, words.t("chart.axis.share"))
    _draw_bars(axes, edges, shares)
    flags(frame, axes, _marks(facts))
    if not facts.certain:
        key_column(frame, axes, _entries(facts))
    return frame.figure


def _draw_bars(axes: Axes, edges: NDArray[np.float64], shares: NDArray[np.float64]) -> None:
    """Draw the bars of both sides of zero, each side as one collection, and one hatching over all below zero.

    A patch for each bar, hatched by itself, would take several times as long.
    """
    from matplotlib.collections import PolyCollection

    def add(shapes: Any, fill: str, lines: Any, hatch: str | None = None) -> None:
        collection = PolyCollection(shapes, facecolors=fill, edgecolors=lines, hatch=hatch, linewidths=0.6, zorder=2)
        axes.add_collection(collection, autolim=False)

    left, right, none = edges[:-1], edges[1:], np.zeros_like(shares)
    corners = np.stack([np.column_stack([left, left, right, right]), np.column_stack([none, shares, shares, none])], 2)
    below = left + right < 0
    above, under = ~below & (shares > 0), below & (shares > 0)
    add(corners[above], BAR, [BAR if low else PAPER for low in shares[above] < _LOW * shares.max()])
    add(corners[under], PAPER, INK)
    if under.any():
        tops = corners[below][:, 1:3].reshape(-1, 2)
        add([np.vstack([corners[below][0, 0], tops, corners[below][-1, 3]])], "none", INK, HATCH)


def _subtitle(facts: ChartFacts, outside: float) -> str:
    cut = ".cut" if outside > 0 and not facts.certain else ""
    return facts.words.t(f"chart.distribution.subtitle{cut}", draws=facts.appraisal.number_of_draws, share=outside)


def _edges(net: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the edges of the bars: round numbers, zero one of them."""
    low, high = _ends(net)
    if low == high:
        low, high = float(net.min()), float(net.max())
    least = (high - low) / _BARS
    power = 10.0 ** np.floor(np.log10(least))
    width = next(step * power for step in (1.0, 2.0, 2.5, 5.0, 10.0) if step * power >= least * (1 - 1e-9))
    return np.arange(np.floor(low / width), np.ceil(high / width) + 1, dtype=np.float64) * float(width)


def _ends(net: NDArray[np.float64]) -> tuple[float, float]:
    """Return between which results the bars lie: nearly all, and always some on either side of zero where any are."""
    low, high = (float(end) for end in np.quantile(net, (_OUTSIDE / 2, 1.0 - _OUTSIDE / 2)))
    reach = _FAR * (high - low)
    above, below = net[net > 0], net[net < 0]
    if 0 < above.size <= _OUTSIDE / 2 / _OUTSIDE_OF_SIDE * net.size:
        wanted = float(np.quantile(above, 1.0 - _OUTSIDE_OF_SIDE))
        high = max(high, min(wanted, high + reach), float(above.min()))
    if 0 < below.size <= _OUTSIDE / 2 / _OUTSIDE_OF_SIDE * net.size:
        wanted = float(np.quantile(below, _OUTSIDE_OF_SIDE))
        low = min(low, max(wanted, low - reach), float(below.max()))
    return low, high


def _one_bar(facts: ChartFacts) -> NDArray[np.float64]:
    """Return the edges of the bar of a result without uncertainty, as wide as can be seen and no wider."""
    half = 0.04 * abs(facts.net) or 0.02 * max(abs(facts.cost), abs(facts.gain)) or 0.02
    return np.array([facts.net - half, facts.net + half])


def _limits(edges: NDArray[np.float64]) -> tuple[float, float]:
    """Return the ends of the axis: the bars, and zero where the bars do not shrink too much for it."""
    low, high = min(float(edges[0]), 0.0), max(float(edges[-1]), 0.0)
    if edges.size == 2 and low < 0 < high:
        low, high = 8.0 * low, 8.0 * high
    elif float(edges[-1] - edges[0]) < _LEAST_FILLED * (high - low) and edges.size > 2:
        low, high = float(edges[0]), float(edges[-1])
    space = 0.03 * (high - low)
    return low - space, high + space


def _share_axis(facts: ChartFacts, axes: Axes) -> None:
    from matplotlib.ticker import MaxNLocator

    top = axes.get_ylim()[1]
    values = MaxNLocator(nbins=5, steps=[1, 2, 5, 10]).tick_values(0.0, top)
    ticks = [float(value) for value in values if 0.0 <= value <= top]
    axes.set_yticks(ticks, [share(round(tick, 9), facts.lang) for tick in ticks])
    axes.grid(True, axis="y", color=GRID, linewidth=0.8)


def _marks(facts: ChartFacts) -> list[tuple[float, str, str]]:
    words, mean = facts.words, facts.mean
    base = f"{words.t('chart.cumulative.base')} {facts.money(facts.net)}"
    marks = [(facts.net, base, "-")]
    if not facts.certain and mean is not None:
        marks.append((mean, f"{words.t('chart.distribution.mean')} {facts.money(mean, error=facts.error)}", "--"))
    return marks


def _entries(facts: ChartFacts) -> list[Entry]:
    """Return the key: the shares on both sides of zero, and the two intervals."""
    words, row = facts.words, facts.row
    above, below = facts.sure, 1.0 - facts.sure
    entries = []
    if above > 0:
        p = probability_figure(above, facts.lang)
        entries.append(Entry(words.t("chart.distribution.above", p=p), (), BAR))
    if below > 0:
        p = probability_figure(below, facts.lang)
        entries.append(Entry(words.t("chart.distribution.below", p=p), (), PAPER, hatched=True))
    for name, low, high in (("half", row.p25, row.p75), ("nine", row.p5, row.p95)):
        entries.append(Entry(words.t(f"chart.cumulative.{name}"), (facts.interval(low, high),), None))
    return entries
