"""The hidden sheet of lists, and the names by which drop-downs and formulas find them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from socio_calc.form.lists import list_columns
from socio_calc.form.placing import letters
from socio_calc.locale import Language, texts

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from socio_calc.form.styles import Styles
    from socio_calc.reference import ReferenceBase

#: Parameter of the base that stands where a case names no contribution of its own.
_CONTRIBUTION: Final = "employer-contribution"
_HEAD_ROW: Final = 1


def write_lists(
    sheet: Worksheet, book: Workbook, base: ReferenceBase, lang: Language, styles: Styles
) -> dict[str, str]:
    """Write the lists and return their areas by name, as formulas of other sheets refer to them."""
    name = sheet.get_name()
    ranges: dict[str, str] = {}
    sheet.write_string(0, 0, texts(lang).t("form.lists.note"), styles.get("note"))
    columns = list_columns(base, lang)
    for at, column in enumerate(columns):
        sheet.write_string(_HEAD_ROW, at, column.name, styles.get("head"))
        for row, item in enumerate(column.items, _HEAD_ROW + 1):
            if isinstance(item, str):
                sheet.write_string(row, at, item)
            elif item is not None:
                sheet.write_number(row, at, item)
        last = _HEAD_ROW + 1 + max(1, len(column.items))
        letter = letters(at)
        ranges[column.name] = f"'{name}'!${letter}${_HEAD_ROW + 2}:${letter}${last}"
    series = [column.name for column in columns if column.name.startswith("year.")]
    first = next(at for at, column in enumerate(columns) if column.name == series[0])
    count = len(next(column for column in columns if column.name == "year").items)
    ranges["index-table"] = (
        f"'{name}'!${letters(first)}${_HEAD_ROW + 2}:${letters(first + len(series) - 1)}${_HEAD_ROW + 1 + count}"
    )
    # The labels and the codes of the series, side by side in the order of their columns.
    words, start = texts(lang), len(columns)
    for key, row in (("index-names", 2), ("index-codes", 3)):
        for at, of in enumerate(series):
            code = of.partition(".")[2]
            sheet.write_string(row, start + at, words.choice("index", code) if key == "index-names" else code)
        ranges[key] = f"'{name}'!${letters(start)}${row + 1}:${letters(start + len(series) - 1)}${row + 1}"
    sheet.write_number(5, start, base.parameters[_CONTRIBUTION].value)
    ranges[_CONTRIBUTION.replace("-", "_")] = f"'{name}'!${letters(start)}$6"
    for column in columns:
        if "." not in column.name or column.name in _PLAIN_LISTS:
            book.define_name(defined_name(column.name), f"={ranges[column.name]}")
    sheet.hide()
    sheet.protect()
    return ranges


#: Closed lists whose names have a point.
_PLAIN_LISTS: Final = frozenset(("application.timing", "fades.shape", "followup.kind"))


def defined_name(choices: str) -> str:
    """Return the name by which a drop-down finds its list.

    >>> defined_name("fades.shape"), defined_name("cost")
    ('lista_fades_shape', 'lista_cost')
    """
    return f"lista_{choices.replace('.', '_')}"
