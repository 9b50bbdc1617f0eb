"""Chart of a pathway: in which states the participants are, year by year, with and without the intervention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from socio_calc.locale import share
from socio_calc.report.charts.frame import axis_name, end_labels, new_frame, year_axis
from socio_calc.report.charts.pathway_facts import PathwayFacts, StateFacts
from socio_calc.report.charts.style import GRID, INK, LABEL_SIZE, MARGIN, MUTED, PAPER, WIDTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME: Final = "pathway-arms"
#: Most states with an area of their own; the others share one.
MOST_AREAS: Final = 6
_LABELS: Final = 2.35
_BETWEEN: Final = 0.62
_HEADS: Final = 0.62
_MOST_YEARS: Final = 4
#: Greys from dark to light and hatching, so that neighbours are told apart without colour.
_AREAS: Final = (
    ("#3a4048", ""), ("#c9ced4", ""), ("#757d86", ""), ("#eceef0", "///"), ("#9aa1a9", ""), ("#ffffff", "..."),
)  # fmt: skip


@dataclass(frozen=True)
class _Area:
    """A state, or all that share an area, in both arms as shares of the participants, shape (years + 1,)."""

    name: str
    whole_name: str
    arms: tuple[NDArray[np.float64], NDArray[np.float64]]


def title(pathway: PathwayFacts) -> str:
    """Return where the arms differ most."""
    found = pathway.largest_gap
    if found is None:
        return pathway.title("chart.pathway-arms.title.none")
    state, at = found
    gap, words = float(state.difference[at]), pathway.facts.words
    return pathway.title(
        f"chart.pathway-arms.title.{'more' if gap > 0 else 'fewer'}",
        n=words.t("chart.pathway-arms.points", n=pathway.people(100.0 * gap)),
        state=state.name,
        years=words.plural("screen.years", at),
    )


def alt_text(pathway: PathwayFacts) -> str:
    """Return the shares in every state at the end, in both arms."""
    said = []
    for area in _areas(pathway):
        ordinary, intervention = pathway.shares(float(area.arms[0][-1]), float(area.arms[1][-1]))
        said.append(
            pathway.facts.words.t(
                "chart.pathway-arms.alt.state", state=area.whole_name, ordinary=ordinary, intervention=intervention
            )
        )
    return pathway.facts.words.t(
        "chart.pathway-arms.alt",
        pathway=pathway.pathway.name,
        years=pathway.facts.years_text,
        states="; ".join(said),
    )


def draw(pathway: PathwayFacts) -> Figure:
    """Draw both arms side by side as stacked areas, each state named at the right with its last shares."""
    facts, words = pathway.facts, pathway.facts.words
    subtitle = words.t("chart.pathway-arms.subtitle", pathway=pathway.pathway.name)
    frame = new_frame(facts, title(pathway), subtitle, money=False)
    left = MARGIN + frame.width_of(share(1.0, facts.lang)) + 0.12
    width = (WIDTH - left - _BETWEEN - _LABELS) / 2
    areas = _areas(pathway)
    axis_name(frame, words.t("chart.pathway-arms.axis"))
    for arm, key in enumerate(("ordinary", "intervention")):
        start = left + arm * (width + _BETWEEN)
        axes = frame.axes(start, WIDTH - start - width, above=_HEADS)
        _stack(pathway, axes, [area.arms[arm] for area in areas])
        _mark_gap(pathway, axes, areas, arm)
        year_axis(axes, 0, facts.years + 1, words.t("chart.pathway-arms.years"), around=0.0, most=_MOST_YEARS)
        ticks = [0.0, 0.25, 0.5, 0.75, 1.0]
        axes.set_yticks(ticks, [share(tick, facts.lang) if arm == 0 else "" for tick in ticks])
        head = frame.wrapped(words.t(f"chart.pathway-arms.{key}"), width + _BETWEEN / 2, bold=True)[0]
        frame.text(start, frame.high - _HEADS + 0.08, head, weight="bold", va="bottom")
    end_labels(frame, axes, _labels(pathway, areas))
    return frame.figure


def _areas(pathway: PathwayFacts) -> list[_Area]:
    """Return the states as shares; of many, those with the most years have areas of their own."""
    states = pathway.states

    def area(name: str, whole_name: str, members: list[StateFacts]) -> _Area:
        ordinary = np.sum([state.ordinary for state in members], axis=0)
        intervention = np.sum([state.intervention for state in members], axis=0)
        return _Area(name, whole_name, (ordinary, intervention))

    def alone(state: StateFacts) -> _Area:
        return area(state.name, pathway.whole_name(state.state), [state])

    if len(states) <= MOST_AREAS:
        return [alone(state) for state in states]
    weight = {state.state: float(np.sum(state.ordinary + state.intervention)) for state in states}
    kept = sorted(weight, key=lambda state: -weight[state])[: MOST_AREAS - 1]
    others = [state for state in states if state.state not in kept]
    rest = pathway.facts.words.t("chart.pathway-arms.others", n=len(others))
    return [*(alone(state) for state in states if state.state in kept), area(rest, rest, others)]


def _stack(pathway: PathwayFacts, axes: Axes, shares: list[NDArray[np.float64]]) -> None:
    x = np.arange(pathway.facts.years + 1, dtype=float)
    floor = np.zeros(x.size)
    for course, (colour, hatch) in zip(shares, _AREAS, strict=False):
        axes.fill_between(
            x, floor, floor + course, facecolor=colour, hatch=hatch or None, edgecolor=MUTED if hatch else PAPER,
            linewidth=0.0, zorder=2,
        )  # fmt: skip
        axes.plot(x, floor + course, color=INK if colour == PAPER else PAPER, linewidth=0.8, zorder=3)
        floor = floor + course
    axes.set_ylim(0.0, 1.0)
    axes.grid(True, axis="y", color=GRID, linewidth=0.8)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(True)
    axes.tick_params(labelsize=LABEL_SIZE)


def _mark_gap(pathway: PathwayFacts, axes: Axes, areas: list[_Area], arm: int) -> None:
    """Mark where the arms differ most by a line at its year, with the share in the state that the title names."""
    found = pathway.largest_gap
    if found is None or all(area.name != found[0].name for area in areas):
        return
    state, at = found
    place = next(number for number, area in enumerate(areas) if area.name == state.name)
    below = sum(float(area.arms[arm][at]) for area in areas[:place])
    axes.axvline(at, color=INK, linewidth=1.2, linestyle=":", zorder=4)
    text = pathway.shares(float(state.ordinary[at]), float(state.intervention[at]))[arm]
    side = "left" if at < pathway.facts.years / 2 else "right"
    axes.annotate(
        text, (at, below + float(areas[place].arms[arm][at]) / 2), xytext=(4 if side == "left" else -4, 0),
        textcoords="offset points", ha=side, va="center", weight="bold", fontsize=LABEL_SIZE, zorder=5,
        bbox={"boxstyle": "square,pad=0.12", "facecolor": PAPER, "edgecolor": "none"},
    )  # fmt: skip


def _labels(pathway: PathwayFacts, areas: list[_Area]) -> list[tuple[float, str, bool]]:
    """Return the middle of each area at the right end, and its name with the last shares of both arms."""
    labels, floor = [], 0.0
    for area in areas:
        before, after = (float(course[-1]) for course in area.arms)
        middle, floor = floor + after / 2, floor + after
        first, last = pathway.shares(before, after)
        labels.append((middle, f"{area.name}\n{first if first == last else f'{first} → {last}'}", False))
    return labels
