"""The sheet as pixels: what measures every line of text, once for all charts, and what draws them.

Imported where a picture is drawn, as it brings matplotlib.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final, Literal

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags
from numpy.typing import NDArray

from socio_calc.report.charts.glyphs import drawable
from socio_calc.report.charts.style import DOTS_PER_INCH, HEIGHT, PAPER, POINTS_PER_INCH, WIDTH

Measures = tuple[float, float, float]

#: Width, height and descent of lines that have been measured, by type and resolution: measuring takes as long as
#: drawing, and the same lines come again within a chart and from chart to chart.
_MEASURED: dict[tuple[str, FontProperties, float], Measures] = {}
_MOST: Final = 20_000
#: A line whose characters are at most this share of a width together fits, and one whose characters are more than the
#: other share does not. In between it is measured, as characters move together in pairs.
_SHORT: Final = 0.95
_LONG: Final = 1.2
#: Characters that stand side by side: Latin letters, dashes, quotation marks and spaces. Others may join or combine.
_LAST_LATIN: Final = 0x024F
_MARKS: Final = frozenset(range(0x2010, 0x2030)) | {0x202F, 0x2212}


class _Renderer(RendererAgg):
    """Draws pixels; measures no line of text twice."""

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: bool | Literal["TeX"]) -> Measures:
        """Return the measures of a line in pixels."""
        if ismath:
            return _measures(super().get_text_width_height_descent(s, prop, ismath))  # type: ignore[no-untyped-call]
        key = (s, prop, self.dpi)
        known = _MEASURED.get(key)
        if known is None:
            if len(_MEASURED) >= _MOST:
                _MEASURED.clear()
            # A chart is laid out before what the type lacks is taken out of it.
            known = _measures(super().get_text_width_height_descent(drawable(s), prop, ismath))  # type: ignore[no-untyped-call]
            # Type can be changed in its place, so that a copy is kept.
            _MEASURED[s, prop.copy(), self.dpi] = known
        return known


def _measures(measured: Any) -> Measures:
    width, height, descent = measured
    return float(width), float(height), float(descent)


@cache
def _renderer() -> _Renderer:
    """Return what measures and draws every chart: all have the same size, and its pixels take 5 MB."""
    return _Renderer(WIDTH * DOTS_PER_INCH, HEIGHT * DOTS_PER_INCH, DOTS_PER_INCH)  # type: ignore[no-untyped-call]


def new_sheet() -> tuple[Figure, RendererAgg]:
    """Return an empty sheet and what measures text on it."""
    figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DOTS_PER_INCH, facecolor=PAPER)
    FigureCanvasAgg(figure)  # by which the labels on lines are placed
    return figure, _renderer()


def drawn(figure: Figure) -> NDArray[np.uint8]:
    """Draw a figure and return its pixels, shape (rows, columns, 4); they stand until the next one is drawn."""
    renderer = _renderer()
    renderer.clear()  # type: ignore[no-untyped-call]
    figure.draw(renderer)
    return np.asarray(renderer.buffer_rgba())  # type: ignore[no-untyped-call]


# -- widths -----------------------------------------------------------------------------------------------------------


def width_of(renderer: RendererAgg, text: str, size: float, *, bold: bool) -> float:
    """Return how wide a line of text is, inches; `size` is in points."""
    width, _, _ = renderer.get_text_width_height_descent(text, _type(size, bold), ismath=False)  # type: ignore[no-untyped-call]
    return float(width) / DOTS_PER_INCH


def fits(renderer: RendererAgg, text: str, width: float, size: float, *, bold: bool) -> bool:
    """Say whether a line of text is at most `width` inches wide; it is measured only where that is not plain to see."""
    together = sum(map(_advances(bold).__getitem__, text)) * size / POINTS_PER_INCH
    if together <= _SHORT * width:
        return True
    if together > _LONG * width:
        return False
    return width_of(renderer, text, size, bold=bold) <= width


class _Advances(dict[str, float]):
    """How far each character takes the next one, in sizes of the type; no number where its neighbours decide."""

    def __init__(self, bold: bool) -> None:
        super().__init__()
        self._font = get_font(findfont(_type(1.0, bold)))

    def __missing__(self, char: str) -> float:
        code = ord(char)
        if code > _LAST_LATIN and code not in _MARKS:
            advance = float("nan")
        else:
            advance = self._font.load_char(code, LoadFlags.NO_SCALE).horiAdvance / self._font.units_per_EM
        self[char] = advance
        return advance


@cache
def _advances(bold: bool) -> _Advances:
    return _Advances(bold)


@cache
def _type(size: float, bold: bool) -> FontProperties:
    return FontProperties(family="DejaVu Sans", size=size, weight="bold" if bold else "normal")
