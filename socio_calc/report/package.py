"""The whole report of an appraisal: workbook, charts and figures, written together or not at all."""

from __future__ import annotations

import io
import json
from pathlib import Path

from socio_calc.appraisal import Appraisal
from socio_calc.locale import Language
from socio_calc.report.files import slug, write_files


def write_report(appraisal: Appraisal, folder: Path, lang: Language = "sv", *, force: bool = False) -> list[Path]:
    """Write `<slug>.xlsx`, `<slug>.json` and the four charts of the result as PNG and SVG into a folder.

    The workbook holds the charts of the sensitivity analysis too; `socio-calc sensitivity` writes them as files.

    Parameters
    ----------
    appraisal
        What to report.
    folder
        Made when it does not exist.
    lang
        Language of all files.
    force
        Whether files that exist may be replaced.

    Returns
    -------
    The paths written: workbook, figures, charts.

    Raises
    ------
    OutputError
        When a file exists or cannot be written; then none is.
    """
    from socio_calc.analysis.sensitivity import sensitivity
    from socio_calc.report.charts import draw_charts
    from socio_calc.report.charts.of_sensitivity import draw_sensitivity_charts
    from socio_calc.report.workbook import write_workbook

    name = slug(appraisal.title)
    charts = draw_charts(appraisal, lang)
    workbook = io.BytesIO()
    more = draw_sensitivity_charts(sensitivity(appraisal), lang)
    write_workbook(appraisal, workbook, lang, charts=(*charts, *more))
    figures = json.dumps(appraisal.to_json(lang), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    files = {f"{name}.xlsx": workbook.getvalue(), f"{name}.json": figures.encode()}
    for chart in charts:
        files[f"{name}-{chart.name}.png"] = chart.png
        files[f"{name}-{chart.name}.svg"] = chart.svg
    return write_files(folder, files, force=force)
