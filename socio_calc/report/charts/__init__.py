"""The charts of an appraisal: its findings, each as a title, a picture and a text alternative.

matplotlib is imported when the first picture is drawn, never before, and always without pyplot.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from socio_calc.appraisal import Appraisal
from socio_calc.locale import Language
from socio_calc.report.charts import by_year, cumulative, distribution, waterfall
from socio_calc.report.charts.chart import Chart
from socio_calc.report.charts.facts import ChartFacts
from socio_calc.report.charts.of_pathways import pathway_charts
from socio_calc.report.files import write_files

__all__ = ["Chart", "draw_charts", "write_charts"]

_KINDS: Final = (cumulative, waterfall, by_year, distribution)


def draw_charts(appraisal: Appraisal, lang: Language = "sv") -> tuple[Chart, ...]:
    """Return the charts of an appraisal, in the order of a report.

    Parameters
    ----------
    appraisal
        Every figure comes from it.
    lang
        Language of all texts.

    Returns
    -------
    `cumulative`, `waterfall`, `by-year`, `distribution`, and for each pathway `pathway-model`, `pathway-arms`,
    `pathway-years` (see `pathway_charts`); each is drawn when its `png` or `svg` is first asked for.
    """
    facts = ChartFacts(appraisal, lang)
    charts = (
        Chart(kind.NAME, kind.title(facts), kind.alt_text(facts), lang, partial(kind.draw, facts)) for kind in _KINDS
    )
    return (*charts, *pathway_charts(facts))


def write_charts(
    appraisal: Appraisal, folder: Path, slug: str, lang: Language = "sv", *, force: bool = False
) -> list[Path]:
    """Write every chart as `<slug>-<name>.png` and `.svg` into a folder.

    Raises
    ------
    OutputError
        When a file exists or cannot be written; then none is.
    """
    files = {}
    for chart in draw_charts(appraisal, lang):
        files[f"{slug}-{chart.name}.png"] = chart.png
        files[f"{slug}-{chart.name}.svg"] = chart.svg
    return write_files(folder, files, force=force)
