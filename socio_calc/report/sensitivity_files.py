"""A sensitivity analysis as files: a workbook with every table, its figures as JSON, and the charts."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from socio_calc.analysis.sensitivity import Sensitivity
from socio_calc.case.personal_data import redacted
from socio_calc.locale import Language, Texts, printable, texts
from socio_calc.locale.placeholders import start
from socio_calc.report.charts.of_sensitivity import draw_sensitivity_charts
from socio_calc.report.files import slug, write_files
from socio_calc.report.scenario_names import scenario_name
from socio_calc.report.sensitivity_facts import SensitivityFacts

if TYPE_CHECKING:
    import pandas as pd

#: What the columns hold: decides how they are written.
_MONEY: Final = frozenset({"npv_low", "npv_high", "swing", "npv", "change", "mean", "p5", "p95", "gain"})
_SHARES: Final = frozenset(
    {
        "probability_beyond", "probability_positive", "probability", "first", "first_ci_low", "first_ci_high", "total",
        "total_ci_low", "total_ci_high", "alone", "reached",
    }
)  # fmt: skip
_KEYS: Final = ("quantity", "x", "y", "outcome")
_WIDTH: Final = 18
_NAME_WIDTH: Final = 58


def write_sensitivity(
    sensitivity: Sensitivity, folder: Path, lang: Language = "sv", *, force: bool = False
) -> list[Path]:
    """Write `<slug>-sensitivity.xlsx`, `.json`, and each chart as PNG and SVG into a folder.

    Raises
    ------
    OutputError
        When a file exists or cannot be written; then none is.
    """
    name = f"{slug(sensitivity.appraisal.title)}-sensitivity"
    figures = json.dumps(sensitivity.to_json(), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    files = {f"{name}.xlsx": tables_workbook(sensitivity, lang), f"{name}.json": figures.encode()}
    for chart in draw_sensitivity_charts(sensitivity, lang):
        files[f"{name}-{chart.name}.png"] = chart.png
        files[f"{name}-{chart.name}.svg"] = chart.svg
    return write_files(folder, files, force=force)


def tables_workbook(sensitivity: Sensitivity, lang: Language = "sv") -> bytes:
    """Return a workbook with one sheet for each table: names that a person can read, figures unrounded.

    Beside a name stands the path of the quantity in the case; personal data in either are blanked.
    """
    import xlsxwriter

    facts = SensitivityFacts(sensitivity.appraisal, lang, sensitivity)
    memory = io.BytesIO()
    # Everything a person wrote stays text, whatever it looks like.
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(memory, safe)
    styles = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "money": book.add_format({"num_format": "#,##0"}),
        "share": book.add_format({"num_format": "0.0%"}),
        "text": book.add_format({"valign": "top"}),
    }
    for name, frame in sensitivity.frames.items():
        if frame.empty:
            continue
        sheet = book.add_worksheet(facts.words.t(f"workbook.sensitivity.sheet.{name}"))
        if name == "scenarios":
            frame = frame.assign(name=[start(scenario_name(facts.words, row.name)) for row in sensitivity.scenarios])
        _fill(sheet, frame, facts, styles)
    book.close()
    return memory.getvalue()


def _fill(sheet: Any, frame: pd.DataFrame, facts: SensitivityFacts, styles: dict[str, Any]) -> None:
    """Write a table under its headings, a readable name beside every key."""
    words: Texts = texts(facts.lang)
    sheet.freeze_panes(1, 0)
    at = 0
    for column in frame.columns:
        values = [None if value is None or value != value else value for value in frame[column].tolist()]
        if column in _KEYS:
            names = [_name(facts, column, value) for value in values]
            _column(sheet, at, words.t(f"workbook.sensitivity.column.{column}"), names, styles, _NAME_WIDTH)
            at += 1
        label = "key" if column in _KEYS else column
        kind = "money" if column in _MONEY else "share" if column in _SHARES else "text"
        width = _NAME_WIDTH // 2 if label == "key" else _WIDTH
        _column(sheet, at, words.t(f"workbook.sensitivity.column.{label}"), values, styles, width, kind)
        at += 1


def _column(
    sheet: Any, at: int, heading: str, values: list[Any], styles: dict[str, Any], width: int, kind: str = "text"
) -> None:
    sheet.set_column(at, at, width)
    sheet.write_string(0, at, heading, styles["head"])
    for row, value in enumerate(values, start=1):
        if isinstance(value, bool):
            sheet.write_boolean(row, at, value)
        elif isinstance(value, int | float):
            sheet.write_number(row, at, float(value), styles[kind])
        elif value is not None:
            sheet.write_string(row, at, redacted(printable(str(value))), styles["text"])


def _name(facts: SensitivityFacts, column: str, key: object) -> str:
    if key is None:
        return ""
    return start(facts.outcome_name(str(key)) if column == "outcome" else facts.name_of(str(key)))
