"""The sheets beside the fields: all sources gathered by formulas, and what the form keeps untouched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from socio_calc.form.formulas import RowCells, quoted
from socio_calc.form.kept import kept_lines
from socio_calc.form.lists import explanations
from socio_calc.form.live import Live
from socio_calc.form.marks import mark_of
from socio_calc.form.placing import TableAt, letters
from socio_calc.form.sheet_writer import Inks

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_HEAD_ROW: Final = 4
_FIRST_ROW: Final = 5
#: Visible columns of the sources, the longest text last, then hidden columns that gather.
_SHOWN: Final = ("name", "value", "type", "place", "source")
_HIDDEN: Final = 7


class Gathered(NamedTuple):
    """Expressions for one number that may have a source."""

    name: str
    value: str
    source: str
    place: str
    type: str
    given: str


def write_sources(sheet: Worksheet, inks: Inks) -> None:
    """Write the sheet of sources: every source that stands anywhere in the form, without gaps."""
    styles, words = inks.styles, inks.words
    for column, width in ((1, 100), (2, 18), (3, 20), (4, 34), (5, 120)):
        sheet.set_column(column, column, width)
    sheet.set_column(0, 0, 4, None, {"hidden": True})
    sheet.set_column(_HIDDEN, _HIDDEN + 5, 10, None, {"hidden": True})
    sheet.write_string(0, 0, mark_of("sources"), styles.get("key"))
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.write_string(1, 1, words.t("form.sheet.sources"), styles.get("title"))
    sheet.set_row(1, 24)
    sheet.write_string(2, 1, words.t("form.intro.sources"), styles.get("intro"))
    for column, name in enumerate(_SHOWN, 1):
        sheet.write_string(_HEAD_ROW, column, words.t(f"form.sources.{name}"), styles.get("head"))
    found = list(_gathered(inks.live))
    last = _FIRST_ROW + len(found)
    count = letters(_HIDDEN + 5)
    counts = f"${count}${_FIRST_ROW + 1}:${count}${last}"
    for number, item in enumerate(found):
        row = _FIRST_ROW + number
        for column, expression in enumerate((item.name, item.value, item.type, item.place, item.source), _HIDDEN):
            sheet.write_formula(row, column, f"={expression}")
        before = f"N({count}{row})" if number else "0"
        sheet.write_formula(row, _HIDDEN + 5, f"={before}+IF({item.given},1,0)")
        for column in range(len(_SHOWN)):
            area = f"${letters(_HIDDEN + column)}${_FIRST_ROW + 1}:${letters(_HIDDEN + column)}${last}"
            formula = f'=IFERROR(INDEX({area},MATCH({number + 1},{counts},0))&"","")'
            sheet.write_formula(row, column + 1, formula, styles.get("row_check"))
    _explain(sheet, inks, last + 2)
    sheet.freeze_panes(_HEAD_ROW + 1, 2)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _explain(sheet: Worksheet, inks: Inks, row: int) -> None:
    """Write what the choices of the lists mean, under the sources."""
    styles, words = inks.styles, inks.words
    sheet.write_string(3, 1, words.t("form.sources.below", row=row + 1), styles.get("note"))
    sheet.write_string(row, 1, words.t("form.sources.lists"), styles.get("section"))
    row += 1
    for column, key in ((1, "list"), (2, "choice"), (5, "explanation")):
        sheet.write_string(row, column, words.t(f"form.sources.{key}"), styles.get("head"))
    for column in (3, 4):
        sheet.write_blank(row, column, None, styles.get("head"))
    named = ""
    for name, label, explanation in explanations(words.lang):
        row += 1
        if name != named:
            sheet.write_string(row, 1, words.t(f"form.list-name.{name}"), styles.get("label"))
            named = name
        sheet.write_string(row, 2, label, styles.get("plain"))
        sheet.write_string(row, 5, explanation, styles.get("text_wrap"))
        sheet.set_row(row, 13.5 * (1 + len(explanation) // 120) + 2)


def _gathered(live: Live) -> Iterator[Gathered]:
    for key, named, numbers in (
        ("participants", "year", (("number", None),)),
        ("completion", None, (("completion", None),)),
        ("costs", "name", (("amount", "cost"),)),
        ("hours", "name", (("wage", None),)),
        ("outcomes", "name", (("ordinary", "baseline"), ("effect.value", "evidence"))),
        ("consequences", "name", (("price", "cost"),)),
        ("public_funds_factor", None, (("public_funds_factor", None),)),
        ("health_value", None, (("health_value", "cost"),)),
        ("quantities", "name", (("value", "cost"),)),
    ):
        at = live.at.tables[key]
        for row in range(at.first_row, at.last_row + 1):
            for number, base in numbers:
                yield _of_row(live, at, row, named, number, base)


def _of_row(live: Live, at: TableAt, row: int, named: str | None, number: str, base: str | None) -> Gathered:
    words, cells = live.words, RowCells(at, row)
    group = "effect" if number == "effect.value" else number
    label = words.label(next(column.label for column in at.table.columns if column.key == f"{number}#mode"))

    def on(key: str) -> str:
        return f"'{at.sheet}'!{cells[key]}"

    source, value = on(f"{group}#source"), on(f"{number}#mode")
    kind, given = quoted(words.t("form.source-type.own")), f'{source}<>""'
    if number == "effect.value":
        studies = on("evidence.sources")
        source = f'IF({source}<>"",{source},{studies}&"")'
        given = f'OR({on(f"{group}#source")}<>"",{studies}<>"")'
    if base is not None:
        listed = on(f"{number}#{base}")
        of_list = f'IFERROR({live.looked_up(base, listed, "source")},"")'
        source = f'IF({listed}<>"",{of_list},{source})'
        value = f'IF({listed}<>"",IFERROR({live.looked_up(base, listed)},""),{value}&"")'
        kind = f'IF({listed}<>"",{quoted(words.t(f"form.source-type.{base}"))},{kind})'
        given = f'OR({listed}<>"",{given})'
    name = quoted(label) if named is None else f"{on(named)}&{quoted(' · ' + label)}"
    place = quoted(f"{at.sheet}, {letters(at.columns[f'{group}#source'])}{row + 1}")
    # On one line, over the empty cells after it: rows of formulas do not grow with their texts.
    return Gathered(name, value, f'SUBSTITUTE({source},CHAR(10)," · ")', place, kind, given)


def write_kept(sheet: Worksheet, inks: Inks, kept: Mapping[str, Any]) -> None:
    """Write the sheet of what no field holds, line by line as in a case file."""
    styles, words = inks.styles, inks.words
    sheet.set_column(0, 0, 4, None, {"hidden": True})
    sheet.set_column(1, 1, 150)
    sheet.write_string(0, 0, mark_of("kept"), styles.get("key"))
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.write_string(1, 1, words.t("form.sheet.kept"), styles.get("title"))
    sheet.set_row(1, 24)
    sheet.write_string(2, 1, words.t("form.intro.kept"), styles.get("intro"))
    mark, lines = kept_lines(kept)
    sheet.write_string(3, 1, words.t("form.kept.some" if lines else "form.kept.none"), styles.get("note"))
    for row, line in enumerate(lines, 5):
        sheet.write_string(row, 0, mark, styles.get("key"))
        sheet.write_string(row, 1, line, styles.get("plain", "text"))
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True})
