"""Writing the workbook: its sheets in the order of reading, each from those that come after it in computing."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from socio_calc.appraisal import Appraisal
from socio_calc.locale import Language, texts
from socio_calc.report.passport import Passport, passport_of
from socio_calc.report.passport_words import passport_properties
from socio_calc.report.workbook.about import write_about
from socio_calc.report.workbook.calculate import calculate
from socio_calc.report.workbook.chart_sheet import Pictures, write_charts
from socio_calc.report.workbook.checks import write_checks
from socio_calc.report.workbook.contents import write_contents
from socio_calc.report.workbook.document import uncompressed, with_language
from socio_calc.report.workbook.grid import Grid, clean
from socio_calc.report.workbook.inputs import write_inputs
from socio_calc.report.workbook.passport_sheet import write_passport
from socio_calc.report.workbook.result_sheet import ResultCells
from socio_calc.report.workbook.results import write_results
from socio_calc.report.workbook.sources import write_sources
from socio_calc.report.workbook.styles import Styles
from socio_calc.report.workbook.summary import write_summary
from socio_calc.report.workbook.uncertainty import write_uncertainty

SHEETS: Final = (
    "contents", "summary", "inputs", "calculation", "results", "uncertainty", "charts", "sources", "checks", "about",
    "passport",
)  # fmt: skip
#: Names of cells, the same in every language: net present values at the longest horizon by perspective.
NET_NAMES: Final = {
    "nuvarde_samhalle": "societal",
    "nuvarde_offentligt": "public",
    "nuvarde_kommun": "kommun",
    "nuvarde_region": "region",
    "nuvarde_stat": "stat",
    "nuvarde_individ": "individ",
    "nuvarde_arbetsgivare": "arbetsgivare",
    "nuvarde_civilsamhalle": "civilsamhalle",
    "nuvarde_ovriga": "ovriga",
}
#: A date that nothing decides: the same case and seed give the same bytes.
_CREATED: Final = datetime(2000, 1, 1)
_TAGS: Final[dict[Language, str]] = {"sv": "sv-SE", "en": "en-GB"}
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "default_format_properties": {"font_name": "Arial", "font_size": 10},
    "default_row_height": 17,
    "default_column_width": 64,
}


def write_workbook(
    appraisal: Appraisal,
    file: str | Path | BinaryIO,
    lang: Language = "sv",
    charts: Pictures | None = None,
    passport: Passport | None = None,
) -> None:
    """Write the workbook of an appraisal: the base case as formulas from the inputs to every measure.

    Parameters
    ----------
    appraisal
        What to report.
    file
        A path, or a binary file open for writing.
    lang
        Language of sheets and texts; defined names are the same in all.
    charts
        Charts with `title`, `alt_text` and `png`, or PNG pictures (bytes or paths) by name; without them the workbook
        has charts of its own.
    passport
        What the workbook can be computed again from, where it has been made already.

    Raises
    ------
    OSError
        When the file cannot be written.
    """
    data = compose(appraisal, lang, charts, passport).data
    if isinstance(file, str | Path):
        Path(file).write_bytes(data)
    else:
        file.write(data)


@dataclass(frozen=True, slots=True)
class Composed:
    """A workbook with the cells in which its results stand."""

    data: bytes
    results: ResultCells


def compose(
    appraisal: Appraisal, lang: Language, charts: Pictures | None = None, passport: Passport | None = None
) -> Composed:
    """Return the bytes of the workbook of an appraisal, and where each measure stands in it."""
    import xlsxwriter

    from socio_calc.report.workbook.plain_sheet import PlainSheet

    words = texts(lang)
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, _OPTIONS)
    styles = Styles(book, lang)
    grids = {}
    for key in SHEETS:
        name = words.t(f"workbook.sheet.{key}")
        grids[key] = Grid(book.add_worksheet(name, PlainSheet), name, styles)
    names = [(key, words.t(f"workbook.sheet.{key}")) for key in SHEETS]
    write_contents(grids["contents"], words, appraisal, names[1:])
    # The answer is what the workbook opens with.
    grids["summary"].sheet.activate()
    inputs = write_inputs(grids["inputs"], words, appraisal)
    calculated = calculate(grids["calculation"], words, appraisal, inputs)
    results = write_results(grids["results"], words, appraisal, inputs, calculated)
    checks = write_checks(grids["checks"], words, appraisal, inputs, calculated, results)
    write_summary(grids["summary"], words, lang, appraisal, inputs, calculated, results, checks)
    write_uncertainty(grids["uncertainty"], words, lang, appraisal)
    write_charts(grids["charts"], words, appraisal, calculated, charts, book)
    write_sources(grids["sources"], words, appraisal)
    passport = passport or passport_of(appraisal, lang)
    write_about(grids["about"], words, lang, appraisal, passport)
    write_passport(grids["passport"], words, lang, passport)
    book.define_name("kalkylranta", f"={inputs.rate.first.text}")
    for name, perspective in NET_NAMES.items():
        book.define_name(name, f"={results.at('npv', perspective).text}")
    book.set_properties(
        {
            "title": clean(appraisal.title),
            "subject": words.t("workbook.document.subject"),
            "author": f"socio-calc {appraisal.version}",
            "created": _CREATED,
        }
    )
    for name, value in passport_properties(passport).items():
        book.set_custom_property(name, value, "text")
    book.set_calc_mode("auto")
    with uncompressed():
        book.close()
    return Composed(with_language(target.getvalue(), _TAGS[lang]), results)
