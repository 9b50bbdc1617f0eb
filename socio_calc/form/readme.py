"""The first sheet: what to do, how far it has come, what the colours mean, and how an uncertain number is written."""

from __future__ import annotations

from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from socio_calc.form.field_checks import REQUIRED_FIELDS
from socio_calc.form.fill import Filled
from socio_calc.form.formulas import LOOK, first_true, said
from socio_calc.form.layout import FORM_VERSION
from socio_calc.form.live import Live
from socio_calc.form.marks import mark_of
from socio_calc.form.sheet_writer import Inks
from socio_calc.form.styles import SIGNS

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from socio_calc.form.write import FormOptions

_STEPS: Final = 12
_NOTATION: Final = ("plain", "three", "study", "counts", "mean", "named", "years", "open", "yaml")
_COLOURS: Final = ("input", "computed", "listed", "done", "look", "wrong")
#: Tables of which a calculation needs one row at least: participants, and something to compute.
_NEEDED_TABLES: Final = (("participants", "year"),)
_SOMETHING: Final = (("costs", "name"), ("hours", "name"), ("outcomes", "id"))


def write_readme(sheet: Worksheet, inks: Inks, filled: Filled, options: FormOptions, base_version: str) -> None:
    """Write the first sheet."""
    styles, words, live = inks.styles, inks.words, inks.live
    sheet.set_column(0, 0, 4, None, {"hidden": True})
    sheet.set_column(1, 1, 24)
    sheet.set_column(2, 2, 96)
    sheet.write_string(0, 0, mark_of("readme"), styles.get("key"))
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.write_string(1, 1, words.t("form.readme.title"), styles.get("title"))
    sheet.set_row(1, 24)
    sheet.write_formula(2, 1, status_formula(live), styles.get("status"))
    for sign, look in SIGNS.items():
        rule = {"type": "text", "criteria": "begins with", "value": sign, "format": styles.book.add_format(look)}
        sheet.conditional_format(2, 1, 2, 1, rule)
    row = 4
    for step in range(1, _STEPS + 1):
        sheet.write_string(row, 1, words.t("form.readme.step", n=step), styles.get("label"))
        sheet.write_string(row, 2, words.t(f"form.readme.{step}", file=_typed(options.file)), styles.get("text_wrap"))
        row += 1
    row = _colours(sheet, inks, row + 1)
    row = _notation(sheet, inks, row + 1)
    row += 1
    made = (options.made or date.today()).isoformat()
    about = words.t("form.readme.version", form_version=FORM_VERSION, base_version=base_version, date=made)
    sheet.write_string(row, 1, about, styles.get("note"))
    if filled.kept:
        row += 1
        sheet.write_string(row, 1, _kept_line(inks, filled), styles.get("note"))
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 1)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _typed(file: str) -> str:
    """Return a file name as it is typed in a command."""
    return f'"{file}"' if " " in file else file


def _kept_line(inks: Inks, filled: Filled) -> str:
    pathways = filled.kept.get("pathways")
    if set(filled.kept) == {"pathways"} and isinstance(pathways, list):
        names = tuple(str(item.get("name", item.get("id"))) for item in pathways if isinstance(item, dict))
        return inks.words.t("form.readme.pathways", names=names)
    return inks.words.t("form.readme.kept", sheet=inks.words.t("form.sheet.kept"))


def _colours(sheet: Worksheet, inks: Inks, row: int) -> int:
    styles, words = inks.styles, inks.words
    sheet.write_string(row, 1, words.t("form.readme.colours"), styles.get("section"))
    sheet.write_blank(row, 2, None, styles.get("section"))
    looks: dict[str, Any] = {
        "input": styles.get("long", locked=True),
        "computed": styles.get("computed"),
        "listed": styles.get("listed"),
        "done": styles.book.add_format({"font_name": "Arial", "font_size": 10, **SIGNS["✓"]}),
        "look": styles.book.add_format({"font_name": "Arial", "font_size": 10, **SIGNS["!"]}),
        "wrong": styles.book.add_format({"font_name": "Arial", "font_size": 10, **SIGNS["✗"]}),
    }
    for name in _COLOURS:
        row += 1
        look = looks[name]
        sheet.write_string(row, 1, words.t(f"form.colour.{name}", look=LOOK), look)
        sheet.write_string(row, 2, words.t(f"form.colour.{name}.cue"), styles.get("text_wrap"))
    return row + 1


def _notation(sheet: Worksheet, inks: Inks, row: int) -> int:
    styles, words = inks.styles, inks.words
    sheet.write_string(row, 1, words.t("form.notation.heading"), styles.get("section"))
    sheet.write_blank(row, 2, None, styles.get("section"))
    for name in _NOTATION:
        row += 1
        text = words.t(f"form.notation.{name}")
        sheet.write_string(row, 1, words.t(f"form.notation.{name}.write"), styles.get("text_wrap"))
        sheet.write_string(row, 2, text, styles.get("text_wrap"))
        lines = max(len(wrap(text, 96)), len(wrap(words.t(f"form.notation.{name}.write"), 24)))
        sheet.set_row(row, 13.5 * lines + 2)
    return row + 1


def status_formula(live: Live) -> str:
    """Return how many of the required fields are done, or that the form can be calculated."""
    words = live.words
    fields = [f'({live.at.field(key)}<>"")' for key in REQUIRED_FIELDS]
    tables = [f"(COUNTA({live.at.tables[key].column(column)})>0)" for key, column in _NEEDED_TABLES]
    something = "+".join(f"COUNTA({live.at.tables[key].column(column)})" for key, column in _SOMETHING)
    done = "+".join([*fields, *tables, f"(({something})>0)"])
    everything = len(fields) + len(tables) + 1
    wrong = "+".join(f'COUNTIF({at.column("check")},"✗*")' for at in live.at.tables.values() if "check" in at.columns)
    cases = [
        (f"({done})<{everything}", said(words, "form.status.part", done=f"({done})", all=str(everything))),
        (f"({wrong})>0", said(words, "form.status.wrong", n=f"({wrong})")),
    ]
    return f"={first_true(cases, said(words, 'form.status.done'))}"
