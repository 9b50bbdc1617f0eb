"""Chart 2: from the cost to the net present value, one step for each party."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final

from socio_calc.report.charts.facts import ChartFacts
from socio_calc.report.charts.frame import amount_axis, new_frame
from socio_calc.report.charts.style import (
    ACTOR_COLOURS,
    BAR,
    HATCH,
    INK,
    LABEL_SIZE,
    LINE_HEIGHT,
    MARGIN,
    MUTED,
    PAPER,
    POINTS_PER_INCH,
    WIDTH,
)
from socio_calc.report.screen_variants import LIMITS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAME: Final = "waterfall"
_NAME_ROOM: Final = 2.7
_THICKNESS: Final = 0.62
_GAP: Final = 0.08
_LEAST_ROOM: Final = 0.1


@dataclass(frozen=True)
class Bar:
    """One bar, from where the last one ended (`start`) to `end`, SEK; a `total` begins at 0 and is set in bold."""

    name: str
    amount: float
    start: float
    end: float
    colour: str
    hatched: bool = False
    total: bool = False


def title(facts: ChartFacts) -> str:
    """Return the finding; the first condition that fits decides."""
    words = facts.words
    if not facts.payers:
        return words.t("chart.no-amounts") if facts.certain else facts.short_title
    return words.t(
        f"chart.waterfall.title.{_finding(facts)}", cost=facts.money(facts.cost), gain=facts.money(facts.gain)
    )


def _finding(facts: ChartFacts) -> str:
    cost, gain, net = facts.cost, facts.gain, facts.net
    if cost < 0:
        return "net-saving"
    if gain <= 0 and facts.any_gain:
        return "harm" if gain < 0 else "transfers"
    if gain <= 0:
        return "only-harm" if gain < 0 else "no-gain"
    if cost == 0:
        return "free"
    if abs(net) <= max(LIMITS.near_zero_of_cost * cost, facts.error):
        return "near-zero"
    return "gain" if net > 0 else "loss"


def alt_text(facts: ChartFacts) -> str:
    """Return the steps in words."""
    words = facts.words
    if not facts.payers:
        return words.t("chart.no-amounts") + "."
    parties = [
        words.t("chart.waterfall.alt.party", party=row.actor, gain=facts.money(row.effects))
        if row.effects > 0
        else words.t("chart.waterfall.alt.added-cost", party=row.actor, cost=facts.money(-row.effects))
        for row in facts.payers
        if row.effects != 0
    ]
    saved = facts.cost < 0
    return words.t(
        "chart.waterfall.alt.saved" if saved else "chart.waterfall.alt",
        cost=facts.money(abs(facts.cost)),
        parties=" ".join(parties) or words.t("chart.waterfall.alt.no-gain"),
        npv=facts.money(facts.net),
    )


def _steps(facts: ChartFacts) -> list[Bar]:
    words = facts.words
    end = -facts.cost + 0.0
    name = words.t("chart.waterfall.saved-cost" if facts.cost < 0 else "chart.waterfall.cost")
    steps = [Bar(name, end, 0.0, end, BAR)]
    for row in facts.payers:
        if row.effects == 0:
            continue
        start, end = end, end + row.effects
        kind = "gain" if row.effects > 0 else "added-cost"
        name = words.t(f"chart.waterfall.{kind}", party=row.actor)
        steps.append(Bar(name, row.effects, start, end, ACTOR_COLOURS[row.actor], row.effects < 0))
    steps.append(Bar(words.t("chart.waterfall.net"), facts.net, 0.0, facts.net, INK, total=True))
    return steps


def draw(facts: ChartFacts) -> Figure:
    """Draw the result: its cost, a step for each party, and the net."""
    return draw_bars(
        facts, title(facts), facts.words.t("chart.waterfall.subtitle", years=facts.years_text), _steps(facts)
    )


def draw_bars(
    facts: ChartFacts,
    heading: str,
    subtitle: str,
    steps: Sequence[Bar],
    *,
    name_room: float = _NAME_ROOM,
    name_lines: int | None = None,
) -> Figure:
    """Draw steps as lying bars from top to bottom, their names to the left, their amounts at their ends.

    Parameters
    ----------
    facts
        Unit of the amounts, and the line of sources.
    heading, subtitle
        The finding, and what is shown.
    steps
        Each begins where the one above it ended, totals apart.
    name_room, name_lines
        Widest name, inches, and most lines of one; what does not fit ends in three dots.
    """
    frame = new_frame(facts, heading, subtitle)
    names = [
        _cut(frame.wrapped(step.name, name_room, bold=step.total or name_lines is None), name_lines) for step in steps
    ]
    left = MARGIN + max(frame.width_of(line, bold=True) for lines in names for line in lines) + 2 * _GAP
    axes = frame.axes(left, MARGIN, above=0.1, below=0.6)
    amounts = [facts.money(step.amount, signed=True) for step in steps]
    room = max(frame.width_of(text, bold=True) for text in amounts) + 2 * _GAP
    axes.set_xlim(_limits(steps, room, WIDTH - MARGIN - left))
    axes.set_ylim(len(steps) - 0.5, -0.5)
    amount_axis(axes, facts, upright=False)
    axes.set_yticks([])
    axes.set_xlabel(facts.unit_name, fontsize=LABEL_SIZE, color=MUTED, labelpad=4)
    for row, (step, lines, amount) in enumerate(zip(steps, names, amounts, strict=True)):
        axes.barh(
            row, step.end - step.start, left=step.start, height=_THICKNESS, color=step.colour, zorder=2,
            hatch=HATCH if step.hatched else None, edgecolor=INK if step.hatched else step.colour, linewidth=0.8,
        )  # fmt: skip
        if row < len(steps) - 1:
            edges = [row + _THICKNESS / 2, row + 1 - _THICKNESS / 2]
            axes.plot([step.end, step.end], edges, color=MUTED, linewidth=1.0, zorder=1)
        weight = "bold" if step.total else "normal"
        outwards = -1 if step.amount < 0 else 1
        axes.annotate(
            amount, (step.end, row), xytext=(outwards * _GAP * POINTS_PER_INCH, 0), textcoords="offset points",
            ha="right" if outwards < 0 else "left", va="center_baseline", weight=weight, fontsize=LABEL_SIZE,
            bbox={"boxstyle": "square,pad=0.1", "facecolor": PAPER, "edgecolor": "none"}, zorder=4,
        )  # fmt: skip
        axes.annotate(
            "\n".join(lines), (0.0, row), xycoords=axes.get_yaxis_transform(), ha="right", weight=weight,
            va="center_baseline" if len(lines) == 1 else "center",
            xytext=(-_GAP * POINTS_PER_INCH, 0), textcoords="offset points", linespacing=LINE_HEIGHT,
            fontsize=LABEL_SIZE,
        )  # fmt: skip
    return frame.figure


def _cut(lines: list[str], most: int | None) -> list[str]:
    """Return at most so many lines, the last with three dots where there were more.

    >>> _cut(["one two", "three"], 1)
    ['one two …']
    """
    return lines if most is None or len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]} …"]


def _limits(steps: Sequence[Bar], room: float, width: float) -> tuple[float, float]:
    """Return the ends of the axis, `width` inches apart, so that every amount has `room` inches outside its bar.

    Room that is there anyway, as beside a small gain after a large cost, is not added at the end.
    """
    low = min(0.0, *(step.end for step in steps))
    high = max(0.0, *(step.end for step in steps))
    if low == high:
        return -1.0, 1.0
    # What must be on the axis on either side: a place, and the inches that must lie outside it.
    left = [(low, _LEAST_ROOM), *((step.end, room) for step in steps if step.amount < 0)]
    right = [(high, _LEAST_ROOM), *((step.end, room) for step in steps if step.amount >= 0)]
    scale = max((last - first) / (width - before - after) for (first, before), (last, after) in product(left, right))
    return min(end - inches * scale for end, inches in left), max(end + inches * scale for end, inches in right)
