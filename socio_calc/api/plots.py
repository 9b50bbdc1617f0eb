"""`appraisal.plot`: the charts of the reports as matplotlib axes, to be looked at, changed and saved in a notebook."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from socio_calc.locale import Language
from socio_calc.report.charts import draw_charts
from socio_calc.report.charts.chart import Chart
from socio_calc.report.charts.of_sensitivity import draw_sensitivity_charts
from socio_calc.report.charts.style import drawing_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from socio_calc.analysis import Sensitivity
    from socio_calc.appraisal import Appraisal


#: Of a picture on a screen.
_DOTS_PER_INCH: Final = 110


class Plots:
    """The charts of one appraisal; each method returns the axes of a new figure (`axes.figure` is the figure).

    `all()` names what there is. Titles state the finding, in the language asked for. Nothing is shown by itself: end a
    cell with `appraisal.plot.cumulative().figure`, or save it with `axes.figure.savefig(...)`.
    """

    def __init__(self, appraisal: Appraisal, analysis: Callable[[], Sensitivity]) -> None:
        self._appraisal = appraisal
        self._analysis = analysis

    def __repr__(self) -> str:
        return f"<Plots of {self._appraisal.title!r}: cumulative(), waterfall(), tornado() …; all() names every chart>"

    def cumulative(self, lang: Language = "sv") -> Axes:
        """Draw the cumulative discounted net value by year with its bands, and when it breaks even."""
        return self._result("cumulative", lang)

    def waterfall(self, lang: Language = "sv") -> Axes:
        """Draw how costs and gains of every party add up to the net present value."""
        return self._result("waterfall", lang)

    def by_year(self, lang: Language = "sv") -> Axes:
        """Draw who pays and who gains in each year."""
        return self._result("by-year", lang)

    def distribution(self, lang: Language = "sv") -> Axes:
        """Draw the distribution of the net present value over the draws."""
        return self._result("distribution", lang)

    def tornado(self, lang: Language = "sv") -> Axes:
        """Draw what each uncertain quantity does to the result between its 5th and 95th percentile."""
        return self.chart("tornado", lang)

    def scenarios(self, lang: Language = "sv") -> Axes:
        """Draw the named scenarios of the case beside its base case."""
        return self.chart("scenarios", lang)

    def information(self, lang: Language = "sv") -> Axes:
        """Draw what it is worth to know each quantity before deciding."""
        return self.chart("information", lang)

    def all(self, lang: Language = "sv") -> tuple[str, ...]:
        """Return the names of every chart that this appraisal has, for `chart`."""
        return tuple(chart.name for chart in self._charts(lang))

    def chart(self, name: str, lang: Language = "sv") -> Axes:
        """Draw any chart by its name.

        Raises
        ------
        KeyError
            When the appraisal has no such chart; the message names those it has.
        """
        for chart in self._charts(lang):
            if chart.name == name:
                return _axes(chart)
        raise KeyError(f"no chart {name!r} here; there are {', '.join(self.all(lang))}")

    def alt_text(self, name: str, lang: Language = "sv") -> str:
        """Return in words what a chart shows, for readers who do not see it."""
        return next(chart.alt_text for chart in self._charts(lang) if chart.name == name)

    def _result(self, name: str, lang: Language) -> Axes:
        return _axes(next(chart for chart in draw_charts(self._appraisal, lang) if chart.name == name))

    def _charts(self, lang: Language) -> tuple[Chart, ...]:
        return (*draw_charts(self._appraisal, lang), *draw_sensitivity_charts(self._analysis(), lang))


def _axes(chart: Chart) -> Axes:
    with drawing_style(chart.name):
        figure = chart.draw()
    # The figure is made without pyplot; this lets a notebook show it all the same.
    figure.__class__ = _figure_that_shows_itself()
    axes: Axes = figure.axes[0]
    return axes


@cache
def _figure_that_shows_itself() -> type[Any]:
    """Return the class of matplotlib's figures with the method by which a notebook shows a picture."""
    from matplotlib.figure import Figure

    class ShownFigure(Figure):
        """A figure that a notebook shows as a picture."""

        def _repr_png_(self) -> bytes:
            picture = io.BytesIO()
            with drawing_style("notebook"):
                self.savefig(picture, format="png", dpi=_DOTS_PER_INCH)
            return picture.getvalue()

    return ShownFigure
