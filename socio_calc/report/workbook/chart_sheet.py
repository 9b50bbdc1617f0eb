"""The sheet of charts: the pictures of the report, or charts of the spreadsheet's own that follow the inputs."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, Protocol

from socio_calc.appraisal import Appraisal
from socio_calc.locale import Texts
from socio_calc.report.state_names import state_name
from socio_calc.report.workbook.calc_sums import perspective_name
from socio_calc.report.workbook.calculate import Calculated
from socio_calc.report.workbook.calculation import HEAD_ROW, YEARS
from socio_calc.report.workbook.formula import Live
from socio_calc.report.workbook.grid import Grid, clean

_WIDTH: Final = 820
_SCREEN_DPI: Final = 96.0
_ROW_PIXELS: Final = 20
_ROW_POINTS: Final = 15.0
_HEIGHT: Final = 430


class Picture(Protocol):
    """A chart that has been drawn: its finding, the same in words, and a PNG."""

    @property
    def title(self) -> str:
        """The finding."""

    @property
    def alt_text(self) -> str:
        """What a reader who does not see the picture needs."""

    @property
    def png(self) -> bytes:
        """The picture."""


Pictures = Iterable[Picture] | Mapping[str, Path | bytes]


def write_charts(
    grid: Grid, words: Texts, appraisal: Appraisal, calc: Calculated, charts: Pictures | None, book: Any
) -> None:
    """Write the pictures that are given, each with its text alternative; without any, charts of the yearly rows."""
    grid.widths(A=20)
    grid.text(0, 0, words.t("workbook.charts.title"), "title")
    pictures = [] if charts is None else list(_pictures(charts))
    row = grid.paragraph(1, words.t("workbook.charts.pictures" if pictures else "workbook.charts.own")) + 1
    breaks: list[int] = []
    for alt, data in pictures:
        breaks.append(row)
        row = grid.paragraph(_insert(grid, row, alt, data), alt) + 1
    if not pictures:
        for chart, alt in _own(words, appraisal, calc, book):
            breaks.append(row)
            chart.set_size({"width": _WIDTH, "height": _HEIGHT})
            grid.sheet.insert_chart(row, 0, chart, {"description": clean(alt), "object_position": 3})
            row = _filled(grid, row, _HEIGHT) + 1
    grid.sheet.set_h_pagebreaks(breaks[1:])
    grid.page(None, (0, 0), f"{words.t('workbook.sheet.charts')} – {appraisal.title}", scale=100, repeated=0)


def _pictures(charts: Pictures) -> Iterable[tuple[str, bytes]]:
    if isinstance(charts, Mapping):
        for name, picture in charts.items():
            yield name, picture if isinstance(picture, bytes) else Path(picture).read_bytes()
        return
    for chart in charts:
        # A title that was cut ends with its own dots.
        title = chart.title if chart.title.endswith("…") else f"{chart.title}."
        yield f"{title} {chart.alt_text}", chart.png


def _insert(grid: Grid, row: int, alt: str, data: bytes) -> int:
    """Insert a PNG at a width that fits the page, and return the row below it."""
    width, height, dpi = _size(data)
    scale = _WIDTH / (width * _SCREEN_DPI / dpi)
    grid.sheet.insert_image(
        row,
        0,
        "picture.png",
        {
            "image_data": io.BytesIO(data),
            "x_scale": scale,
            "y_scale": scale,
            "description": clean(alt),
            "object_position": 3,
        },
    )
    return _filled(grid, row, height / width * _WIDTH)


def _filled(grid: Grid, row: int, pixels: float) -> int:
    """Fix the heights of the rows that a picture covers, so that it keeps its shape, and return the row below."""
    rows = int(pixels / _ROW_PIXELS) + 1
    for place in range(row, row + rows):
        grid.height(place, _ROW_POINTS)
    return row + rows


def _size(png: bytes) -> tuple[int, int, float]:
    """Return width, height and dots per inch of a PNG.

    Raises
    ------
    ValueError
        When it is none.
    """
    if png[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError("a chart in the workbook must be a PNG")
    width, height = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    place = png.find(b"pHYs")
    dpi = _SCREEN_DPI
    if place > 0 and png[place + 12] == 1:
        dpi = int.from_bytes(png[place + 4 : place + 8], "big") * 0.0254
    return width, height, dpi


def _own(words: Texts, appraisal: Appraisal, calc: Calculated, book: Any) -> Iterable[tuple[Any, str]]:
    """Return cumulative net value, net by party and year, and the states of each arm, as charts of the calculation."""
    parties = [payer.actor for payer in appraisal.payers()]
    for kind, who, rows, key in (
        ({"type": "line"}, ["societal", "public"], calc.sums.cumulative, "cumulative"),
        ({"type": "column", "subtype": "stacked"}, parties, calc.sums.net, "by-year"),
    ):
        if not who:
            continue
        series = [(perspective_name(words, perspective), rows[perspective].whole) for perspective in who]
        chart = _chart(words, calc, book, kind, series)
        chart.set_title({"name": words.t(f"workbook.charts.{key}.title"), "name_font": {"size": 12}})
        chart.set_y_axis({"num_format": "#,##0", "name": words.t("workbook.unit.money")})
        yield chart, words.t(f"workbook.charts.{key}.alt", title=appraisal.title)
    for pathway in calc.pathways:
        for arm, states in (("ordinary", pathway.ordinary), ("intervention", pathway.intervention)):
            title = words.t(
                "workbook.charts.pathway.title",
                pathway=pathway.cells.item.name,
                arm=words.t(f"chart.pathway-arms.{arm}"),
            )
            series = [(state_name(words, state), row.whole) for state, row in states.items()]
            chart = _chart(words, calc, book, {"type": "area", "subtype": "stacked"}, series)
            chart.set_title({"name": clean(title), "name_font": {"size": 12}})
            chart.set_y_axis({"num_format": "#,##0", "name": words.t("chart.pathway-years.axis")})
            yield chart, words.t("workbook.charts.pathway.alt", title=title)


def _chart(words: Texts, calc: Calculated, book: Any, kind: dict[str, str], series: list[tuple[str, Live]]) -> Any:
    """Return a chart of rows over the calendar years, by their names."""
    years = calc.sheet.grid.range(HEAD_ROW, YEARS, HEAD_ROW, YEARS + calc.sheet.years - 1, [[0.0] * calc.sheet.years])
    chart = book.add_chart(kind)
    for name, row in series:
        chart.add_series({"name": clean(name), "categories": f"={years.text}", "values": f"={row.text}"})
    chart.set_x_axis({"name": words.t("chart.axis.year"), "label_position": "low"})
    chart.set_legend({"position": "bottom"})
    return chart
