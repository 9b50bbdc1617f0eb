"""The whole report of an appraisal: document, workbook, charts and figures, written together or not at all."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from socio_calc.appraisal import Appraisal
from socio_calc.locale import Language
from socio_calc.report.files import OutputError, refuse_existing, slug, write_files

if TYPE_CHECKING:
    from socio_calc.analysis.sensitivity import Sensitivity
    from socio_calc.paper import Paper
    from socio_calc.report.charts.chart import Chart
    from socio_calc.report.document import ReviewSummary
    from socio_calc.report.passport import Passport

#: What a report may be written as.
FORMATS: Final = ("html", "docx", "pdf", "xlsx", "json", "csv", "charts")
#: Those that are one file each, which ends in the format's name.
_ONE_FILE: Final = ("html", "docx", "pdf", "xlsx", "json")
#: What it is written as when nobody asks for anything else.
DEFAULT_FORMATS: Final = ("html", "xlsx", "json", "charts")


def write_report(
    appraisal: Appraisal,
    folder: Path,
    lang: Language = "sv",
    *,
    formats: Sequence[str] = DEFAULT_FORMATS,
    draws_csv: bool = False,
    review: ReviewSummary | None = None,
    force: bool = False,
) -> list[Path]:
    """Write the report of an appraisal into a folder, every file named after its title.

    Parameters
    ----------
    appraisal
        What to report.
    folder
        Made when it does not exist.
    lang
        Language of all files.
    formats
        Some of `FORMATS`: the document as a web page, for Word or as PDF; the workbook; the figures as JSON; tidy CSV
        files of results, outcomes and flows; the four charts of the result as PNG and SVG.
    draws_csv
        Whether the draws are written too, as a CSV file.
    review
        What the check of the case came to, for the document.
    force
        Whether files that exist may be replaced.

    Returns
    -------
    The paths written, in the order of `FORMATS`.

    Raises
    ------
    OutputError
        When a file exists or cannot be written, or PDF files cannot be made here; then nothing is written.
    ValueError
        For a format that there is not.
    """
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        raise ValueError(f"no formats: {', '.join(unknown)}")
    content = _Content(appraisal, lang, review)
    name = slug(appraisal.title)
    files: dict[str, bytes] = {}
    for form, made in _WRITERS.items():
        if form in formats:
            files |= {f"{name}{ending}": data for ending, data in made(content).items()}
    if draws_csv:
        from socio_calc.report.tidy_tables import draws_csv as written_draws

        files[f"{name}-draws.csv"] = written_draws(appraisal, lang)
    return write_files(folder, files, force=force)


def report_file(appraisal: Appraisal, form: str, lang: Language = "sv") -> bytes:
    """Return a report of one file: `html`, `docx`, `pdf`, `xlsx` or `json`.

    Raises
    ------
    OutputError
        When PDF files cannot be made here.
    """
    (content,) = _WRITERS[form](_last_content(appraisal, lang)).values()
    return content


@lru_cache(maxsize=1)
def _last_content(appraisal: Appraisal, lang: Language) -> _Content:
    """Keep what the last report was made of: a notebook writes the same one in several forms."""
    return _Content(appraisal, lang, None)


def require_ready(folder: Path, title: str, formats: Sequence[str], *, force: bool = False) -> None:
    """Make sure, before anything is computed, that the report of a case can be written.

    Parameters
    ----------
    folder, formats, force
        As for `write_report`.
    title
        Title of the case.

    Raises
    ------
    OutputError
        When a file is there already and may not be replaced, or PDF files cannot be made on this machine.
    """
    require_formats(formats)
    if not force:
        refuse_existing(folder, [f"{slug(title)}.{form}" for form in _ONE_FILE if form in formats])


def require_formats(formats: Sequence[str]) -> None:
    """Make sure that every format can be written on this machine.

    Raises
    ------
    OutputError
        When PDF files are asked for and cannot be made.
    """
    if "pdf" in formats:
        from socio_calc.paper.pdf import PdfUnavailable, require_pdf

        try:
            require_pdf()
        except PdfUnavailable as error:
            raise OutputError(error.problem) from error


class _Content:
    """What the files of a report share: each part is made when the first file needs it."""

    def __init__(self, appraisal: Appraisal, lang: Language, review: ReviewSummary | None) -> None:
        self.appraisal, self.lang, self.review = appraisal, lang, review

    @cached_property
    def sensitivity(self) -> Sensitivity:
        from socio_calc.analysis.sensitivity import sensitivity

        return sensitivity(self.appraisal)

    @cached_property
    def charts(self) -> tuple[Chart, ...]:
        from socio_calc.report.charts import draw_charts

        return draw_charts(self.appraisal, self.lang)

    @cached_property
    def all_charts(self) -> tuple[Chart, ...]:
        """The charts of the document, and the two-way map, which the workbook shows too."""
        from socio_calc.report.charts.of_sensitivity import draw_report_charts

        return (*self.charts, *draw_report_charts(self.sensitivity, self.lang))

    @cached_property
    def passport(self) -> Passport:
        from socio_calc.report.passport import passport_of

        return passport_of(self.appraisal, self.lang)

    @cached_property
    def paper(self) -> Paper:
        from socio_calc.report.document import report_paper

        return report_paper(
            self.sensitivity, self.lang, charts=self.all_charts, passport=self.passport, review=self.review
        )


def _html(content: _Content) -> dict[str, bytes]:
    from socio_calc.paper import to_html

    return {".html": to_html(content.paper)}


def _docx(content: _Content) -> dict[str, bytes]:
    from socio_calc.paper import to_docx

    return {".docx": to_docx(content.paper)}


def _pdf(content: _Content) -> dict[str, bytes]:
    from socio_calc.paper import to_pdf

    require_formats(("pdf",))
    return {".pdf": to_pdf(content.paper)}


def _xlsx(content: _Content) -> dict[str, bytes]:
    from socio_calc.report.workbook import write_workbook

    workbook = io.BytesIO()
    write_workbook(content.appraisal, workbook, content.lang, charts=content.all_charts, passport=content.passport)
    return {".xlsx": workbook.getvalue()}


def _json(content: _Content) -> dict[str, bytes]:
    figures = json.dumps(content.appraisal.to_json(content.lang), ensure_ascii=False, indent=1, allow_nan=False)
    return {".json": f"{figures}\n".encode()}


def _csv(content: _Content) -> dict[str, bytes]:
    from socio_calc.report.tidy_tables import tidy_csv

    return {f"-{name}.csv": data for name, data in tidy_csv(content.appraisal, content.lang).items()}


def _charts(content: _Content) -> dict[str, bytes]:
    files = {}
    for chart in content.charts:
        files[f"-{chart.name}.png"] = chart.png
        files[f"-{chart.name}.svg"] = chart.svg
    return files


_WRITERS: Final[dict[str, Callable[[_Content], dict[str, bytes]]]] = {
    "html": _html,
    "docx": _docx,
    "pdf": _pdf,
    "xlsx": _xlsx,
    "json": _json,
    "csv": _csv,
    "charts": _charts,
}
