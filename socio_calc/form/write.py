"""Writing the form: its sheets in reading order, everything in the place that `placing` gave it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from socio_calc.form.computed import COMPUTED
from socio_calc.form.fill import Filled, fill
from socio_calc.form.list_sheet import write_lists
from socio_calc.form.lists import reference_text
from socio_calc.form.live import FundLimits, Live
from socio_calc.form.package import finished
from socio_calc.form.placing import place_form
from socio_calc.form.readme import write_readme
from socio_calc.form.sheet_writer import Inks, write_sheet
from socio_calc.form.sheets import SHEET_KEYS, SHEETS
from socio_calc.form.side_sheets import write_kept, write_sources
from socio_calc.form.styles import Styles
from socio_calc.locale import Language, texts

if TYPE_CHECKING:
    from socio_calc.reference import ReferenceBase

#: A date that nothing decides: the same contents give the same bytes.
_CREATED: Final = datetime(2000, 1, 1)
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "default_format_properties": {"font_name": "Arial", "font_size": 10},
}
_TAGS: Final[dict[Language, str]] = {"sv": "sv-SE", "en": "en-GB"}
_NO_LIMITS: Final = FundLimits()


@dataclass(frozen=True)
class FormOptions:
    """What a form is made for.

    Attributes
    ----------
    lang
        Language of sheets and texts; both languages are read.
    file
        Name that the commands on the first sheet give the form.
    limits
        The fund's limits for the live checks.
    made
        Day on the first sheet.
    """

    lang: Language = "sv"
    file: str = "ansokan.xlsx"
    limits: FundLimits = _NO_LIMITS
    made: date | None = None


def form_bytes(data: Mapping[str, Any], base: ReferenceBase, options: FormOptions) -> bytes:
    """Return a form with the plain data of a case.

    Parameters
    ----------
    data
        As `socio_calc.case.dump.case_data` gives it; empty for an empty form.
    base
        Prices, effects and levels for the lists.
    options
        Language, fund and names.
    """
    import xlsxwriter

    lang = options.lang
    words = texts(lang)
    filled = _with_list_texts(fill(data, lang), base, lang)
    names = {key: words.t(f"form.sheet.{key}") for key in SHEET_KEYS}
    computed = {key: tuple(column.key for column in columns) for key, columns in COMPUTED.items()}
    at = place_form(filled, names, computed, _left_out(filled, options.limits.fund))
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, _OPTIONS)
    styles = Styles(book, lang)
    sheets = {key: book.add_worksheet(name) for key, name in names.items()}
    ranges = write_lists(sheets["lists"], book, base, lang, styles)
    live = Live(at, words, ranges, options.limits)
    inks = Inks(styles, words, live)
    write_readme(sheets["readme"], inks, filled, options, base.version)
    for plan in SHEETS:
        write_sheet(sheets[plan.key], inks, at.sheets[plan.key], filled)
    write_sources(sheets["sources"], inks)
    write_kept(sheets["kept"], inks, filled.kept)
    title = str(data.get("title") or words.t("form.untitled"))
    book.set_properties(
        {"title": words.t("form.title", title=title)[:250], "created": _CREATED, "author": "socio-calc"}
    )
    book.set_calc_mode("auto")
    sheets["readme"].activate()
    book.close()
    return finished(target.getvalue(), _TAGS[lang])


def _left_out(filled: Filled, fund: str | None) -> frozenset[str]:
    """Return fields that the fund does not ask for and that hold nothing."""
    only = {"application.focus_area": "vgr"}
    return frozenset(key for key, of in only.items() if fund is not None and fund != of and key not in filled.fields)


def _with_list_texts(filled: Filled, base: ReferenceBase, lang: Language) -> Filled:
    """Show rows of the base as the drop-downs do."""
    tables = {}
    for plan in SHEETS:
        for table in plan.tables:
            kinds = {
                column.key: column.choices[1:]
                for column in table.columns
                if column.kind == "reference" and column.choices
            }
            tables[table.key] = tuple(
                {
                    key: reference_text(kinds[key], str(value), base, lang) if key in kinds else value
                    for key, value in cells.items()
                }
                for cells in filled.tables[table.key]
            )
    return Filled(filled.fields, tables, filled.kept)
