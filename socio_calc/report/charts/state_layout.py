"""Where the states of a pathway stand in its picture, which way the arrows bend, and where their figures have room.

All positions are inches from the lower left corner of the sheet.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from socio_calc.report.charts.frame import spread
from socio_calc.report.charts.style import MARGIN, WIDTH

_BEND: Final = 0.16
_MOST_BEND: Final = 0.9
_POINTS: Final = 120
_AWAY: Final = 0.05
_EVEN_TURN: Final = 4
#: So far apart are the ends of arrows at one side of a box, where it is long enough.
_APART: Final = 0.24
#: How far beside its arrow a text may stand, in parts of its width: it still lies across it.
_ASIDE: Final = 0.33


@dataclass(frozen=True)
class Box:
    """A rectangle by its centre and size."""

    x: float
    y: float
    width: float
    height: float

    def touches(self, other: Box, gap: float = 0.0) -> bool:
        """Whether two boxes come closer than a gap.

        >>> Box(0, 0, 2, 2).touches(Box(1.5, 0, 2, 2)), Box(0, 0, 2, 2).touches(Box(3, 0, 2, 2))
        (True, False)
        """
        across = abs(self.x - other.x) < (self.width + other.width) / 2 + gap
        return across and abs(self.y - other.y) < (self.height + other.height) / 2 + gap

    def holds(self, points: NDArray[np.float64], gap: float = 0.0) -> NDArray[np.bool_]:
        """Return which points, shape (n, 2), lie in the box or closer to it than a gap; shape (n,)."""
        inside: NDArray[np.bool_] = (np.abs(points[:, 0] - self.x) <= self.width / 2 + gap) & (
            np.abs(points[:, 1] - self.y) <= self.height / 2 + gap
        )
        return inside


def around(count: int, middle: tuple[float, float], radii: tuple[float, float]) -> list[tuple[float, float]]:
    """Return places on an ellipse, the first one to the left, then clockwise; four and more begin at the upper left.

    >>> [(round(x, 2), round(y, 2) + 0.0) for x, y in around(3, (0, 0), (1, 1))]
    [(-1.0, 0.0), (1.0, 1.0), (1.0, -1.0)]
    """
    if count == 1:
        return [middle]
    first = math.pi - (math.pi / count if count >= _EVEN_TURN and count % 2 == 0 else 0.0)
    angles = [first - 2 * math.pi * number / count for number in range(count)]
    # The outermost places reach the sides, however many there are.
    across, along = (_to_sides([turn(angle) for angle in angles]) for turn in (math.cos, math.sin))
    high = radii[1] if count > 2 else 0.0
    return [(middle[0] + radii[0] * x, middle[1] + high * y) for x, y in zip(across, along, strict=True)]


def _to_sides(places: list[float]) -> list[float]:
    """Stretch places so that they reach from −1 to 1."""
    low, high = min(places), max(places)
    return [2 * (place - low) / max(high - low, 1e-9) - 1 for place in places]


def arrow(start: Box, end: Box) -> NDArray[np.float64]:
    """Return a curve from one box to another, shape (n, 2), bent to its left, so that two opposite ones keep apart."""
    first, last = np.array([start.x, start.y]), np.array([end.x, end.y])
    along = last - first
    length = max(float(np.hypot(*along)), 1e-9)
    aside = np.array([-along[1], along[0]]) / length * min(2 * _BEND * length, _MOST_BEND)
    t = np.linspace(0.0, 1.0, _POINTS)[:, None]
    curve = (1 - t) ** 2 * first + 2 * t * (1 - t) * (first + along / 2 + aside / 2) + t**2 * last
    free = ~start.holds(curve, _AWAY) & ~end.holds(curve, _AWAY)
    found: NDArray[np.float64] = curve[free]
    return found


def arrows(boxes: Mapping[str, Box], links: Sequence[tuple[str, str]]) -> list[NDArray[np.float64]]:
    """Return a curve for each link between two boxes, shape (n, 2), their ends apart along the sides of the boxes.

    Parameters
    ----------
    boxes
        By name.
    links
        Names of the boxes where each begins and ends.
    """
    curves = [arrow(boxes[first], boxes[last]) for first, last in links]
    shifts = np.zeros((len(curves), 2, 2))
    for name, box in boxes.items():
        sides: dict[tuple[int, int], list[tuple[float, int, int]]] = {}
        for at, (link, curve) in enumerate(zip(links, curves, strict=True)):
            for end, outwards in enumerate((curve, curve[::-1])):
                if link[end] == name and len(curve) > 1:
                    along, sign = _side(box, outwards[0])
                    # In the order of the directions they come from further away, so that they do not cross at the box.
                    away = _direction(box, outwards[len(curve) // 3], along, sign)
                    sides.setdefault((along, sign), []).append((away, at, -end))
        for (along, _), ends in sides.items():
            ends.sort()
            middle, half = (box.x, box.width / 2) if along == 0 else (box.y, box.height / 2)
            apart = min(_APART, 2 * half / len(ends))
            places = [float(curves[at][end][along]) for _, at, end in ends]
            wanted = spread(sorted(places), [apart] * len(ends), middle - half, middle + half)
            for (_, at, end), place, want in zip(ends, places, wanted, strict=True):
                shifts[at, end, along] = want - place
    moved = []
    for curve, (first, last) in zip(curves, shifts, strict=True):
        t = np.linspace(0.0, 1.0, len(curve))[:, None]
        moved.append(curve + (1 - t) * first + t * last)
    return moved


def _side(box: Box, point: NDArray[np.float64]) -> tuple[int, int]:
    """Return along which axis the side runs at which a point lies (0 across, 1 upwards), and on which side of the box.

    >>> _side(Box(0, 0, 2, 1), np.array([1.05, 0.2])), _side(Box(0, 0, 2, 1), np.array([0.3, -0.55]))
    ((1, 1), (0, -1))
    """
    across, upwards = (point[0] - box.x) / box.width, (point[1] - box.y) / box.height
    return (1, 1 if across > 0 else -1) if abs(across) > abs(upwards) else (0, 1 if upwards > 0 else -1)


def _direction(box: Box, point: NDArray[np.float64], along: int, sign: int) -> float:
    """Return at what angle a point is seen from a box across one of its sides (as of `_side`), 0 straight ahead.

    >>> _direction(Box(0, 0, 2, 1), np.array([3.0, 3.0]), 1, 1) / math.pi
    0.25
    """
    off = (float(point[0]) - box.x, float(point[1]) - box.y)
    return math.atan2(off[along], sign * off[1 - along])


def placed(
    curves: Sequence[NDArray[np.float64]],
    sizes: Sequence[tuple[float, float]],
    boxes: Sequence[Box],
    limits: tuple[float, float],
) -> list[Box] | None:
    """Return a place beside each curve for its text, clear of the boxes and of each other; None where there is none.

    Parameters
    ----------
    curves
        Each shape (n, 2).
    sizes
        Width and height of each text.
    boxes
        What must stay clear.
    limits
        Lowest and highest edge of all places.
    """
    taken: list[Box] = []
    for number, (curve, size) in enumerate(zip(curves, sizes, strict=True)):
        if len(curve) < 2:
            return None
        others = [other for place, other in enumerate(curves) if place != number]
        best: tuple[float, Box] | None = None
        for rank, box in enumerate(_candidates(curve, size)):
            if box.y - box.height / 2 < limits[0] or box.y + box.height / 2 > limits[1]:
                continue
            if box.x - box.width / 2 < MARGIN / 2 or box.x + box.width / 2 > WIDTH - MARGIN / 2:
                continue
            if any(box.touches(other, 0.03) for other in (*boxes, *taken)):
                continue
            crossed = sum(bool(box.holds(other, 0.02).any()) for other in others)
            score = crossed + 0.02 * rank
            if best is None or score < best[0]:
                best = (score, box)
        if best is None:
            return None
        taken.append(best[1])
    return taken


def _candidates(curve: NDArray[np.float64], size: tuple[float, float]) -> Iterator[Box]:
    """Yield places on the curve, its middle first, then more to one side, where a neighbour may be clear of them."""
    width, height = size
    for aside in (0.0, _ASIDE * width, -_ASIDE * width):
        for share in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82):
            x, y = curve[min(int(share * len(curve)), len(curve) - 1)]
            yield Box(float(x) + aside, float(y), width, height)
