"""One sheet of fields and tables: labels, inputs, hints, drop-downs, live checks, protection and the printed page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from socio_calc.form.cells import Column
from socio_calc.form.computed import COMPUTED, Computed
from socio_calc.form.field_checks import field_check
from socio_calc.form.fill import Filled
from socio_calc.form.headings import column_heading, column_hint, example_of, label_of
from socio_calc.form.list_sheet import defined_name
from socio_calc.form.live import Live
from socio_calc.form.marks import COLUMNS_MARK, END_MARK, EXAMPLE_MARK, STATIC, VALUE_MARK, hash_of, mark_of
from socio_calc.form.notation import CellValue
from socio_calc.form.placing import (
    CHECK_COLUMN,
    HINT_COLUMN,
    HINT_LAST,
    INPUT_COLUMN,
    INPUT_LAST,
    INTRO_ROW,
    KEY_COLUMN,
    LABEL_COLUMN,
    MARK_ROW,
    STATUS_ROW,
    TITLE_ROW,
    FieldsAt,
    SheetAt,
    TableAt,
    letters,
    widths,
)
from socio_calc.form.sheets_calculation import YEAR_COLUMNS
from socio_calc.form.styles import LONG_FIELDS, SIGNS, Role, Styles, lines_in, shown_as
from socio_calc.form.sums import status_line, write_sums

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from socio_calc.locale import Texts

#: Sheets whose fields are shown over several columns, with the widths of those; others follow their tables.
FIELD_WIDTHS: Final[dict[str, tuple[float, ...]]] = {
    "application": (40, 18, 14, 14, 16, 30, 16, 30, 14, 14),
    "intervention": (38, 14, 16, 14, 24, 26, 16, 18, 14, 40, 40, 14, 34),
    "assumptions": (40, 40, 16, 14, 16, 26, 40, 34, 34, 34),
}
_LINE: Final = 13.5
_LONG_LINES: Final = 7
_INPUT_ROW: Final = 18.0
_HIGHEST_ROW: Final = 400.0
#: Characters of all columns together that one page can show.
_PAGE_WIDTH: Final = 260
_A3: Final = 8
_A4: Final = 9


@dataclass(frozen=True)
class Inks:
    """What every sheet is written with."""

    styles: Styles
    words: Texts
    live: Live


def write_sheet(sheet: Worksheet, inks: Inks, at: SheetAt, filled: Filled) -> None:
    """Write a sheet of the form."""
    writer = _SheetWriter(sheet, inks, at, filled)
    writer.write()


@dataclass
class _SheetWriter:
    sheet: Worksheet
    inks: Inks
    at: SheetAt
    filled: Filled

    def write(self) -> None:
        """Write everything of the sheet, in the order in which it is read."""
        sheet, words, key = self.sheet, self.inks.words, self.at.plan.key
        self.widths = self._column_widths()
        for column, width in self.widths.items():
            sheet.set_column(column, column, width)
        sheet.set_column(KEY_COLUMN, KEY_COLUMN, 4, None, {"hidden": True})
        self._hide_helpers()
        sheet.write_string(MARK_ROW, KEY_COLUMN, mark_of(key), self.inks.styles.get("key"))
        if self.at.plan.fields:
            sheet.write_string(MARK_ROW, INPUT_COLUMN, VALUE_MARK, self.inks.styles.get("key"))
        sheet.set_row(MARK_ROW, None, None, {"hidden": True})
        self._static(TITLE_ROW, words.t(f"form.sheet.{key}"), "title", 24.0)
        self._static(INTRO_ROW, words.t(f"form.intro.{key}"), "intro")
        line = status_line(self.inks.live, key)
        if line is not None:
            self._key(STATUS_ROW, STATIC)
            sheet.write_formula(STATUS_ROW, LABEL_COLUMN, line, self.inks.styles.get("status"))
            self._signs(STATUS_ROW, LABEL_COLUMN, STATUS_ROW, LABEL_COLUMN)
        for block in self.at.blocks:
            if isinstance(block, FieldsAt):
                self._fields(block)
            else:
                self._table(block)
        if key == "costs":
            write_sums(sheet, self.inks.styles, self.inks.live, self.at.end)
        self._page()

    # -- rows that are read and not filled in ---------------------------------------------------------------------

    def _key(self, row: int, key: str) -> None:
        self.sheet.write_string(row, KEY_COLUMN, key, self.inks.styles.get("key"))

    def _static(self, row: int, text: str, role: Any, height: float | None = None) -> None:
        self._key(row, STATIC)
        self.sheet.write_string(row, LABEL_COLUMN, text, self.inks.styles.get(role))
        if height is not None:
            self.sheet.set_row(row, height)

    def _heading(self, row: int, text: str) -> None:
        self._static(row, text, "section", 18.0)
        last = HINT_LAST if self.at.plan.fields else LABEL_COLUMN + 5
        for column in range(LABEL_COLUMN + 1, last + 1):
            self.sheet.write_blank(row, column, None, self.inks.styles.get("section"))

    def _block_head(self, block: FieldsAt | TableAt) -> None:
        words = self.inks.words
        plan = block.block if isinstance(block, FieldsAt) else block.table
        self._heading(block.heading_row, words.t(f"form.heading.{plan.heading}"))
        for row, note in zip(block.note_rows, plan.notes, strict=True):
            self._static(row, words.t(f"form.note.{note}"), "note")

    # -- fields ---------------------------------------------------------------------------------------------------

    def _fields(self, block: FieldsAt) -> None:
        self._block_head(block)
        sheet, styles, words = self.sheet, self.inks.styles, self.inks.words
        for part, row in block.rows:
            (column,) = part.columns
            self._key(row, column.key)
            label = label_of(column, words) + (" *" if column.required else "")
            sheet.write_string(row, LABEL_COLUMN, label, styles.get("label"))
            long = column.key in LONG_FIELDS
            look = styles.get("long", shown_as(column), align="left")
            value = self.filled.fields.get(column.key)
            sheet.merge_range(row, INPUT_COLUMN, row, INPUT_LAST, "", look)
            self._put(row, INPUT_COLUMN, value, look)
            self._validate(row, row, INPUT_COLUMN, column)
            check = field_check(self.inks.live, column.key, f"${letters(INPUT_COLUMN)}${row + 1}", column.required)
            if check is not None:
                sheet.write_formula(row, CHECK_COLUMN, check, styles.get("check"))
                self._signs(row, CHECK_COLUMN, row, CHECK_COLUMN)
            hint = words.t("form.hint", hint=column_hint(column, words), example=example_of(column, words))
            sheet.merge_range(row, HINT_COLUMN, row, HINT_LAST, hint, styles.get("hint"))
            wide = sum(self.widths.get(at, 9.0) for at in range(HINT_COLUMN, HINT_LAST + 1))
            inner = sum(self.widths.get(at, 9.0) for at in range(INPUT_COLUMN, INPUT_LAST + 1))
            lines = max(
                lines_in(hint, wide),
                lines_in(label, self.widths[LABEL_COLUMN]),
                lines_in(str(value or ""), inner),
                _LONG_LINES if long else 1,
            )
            sheet.set_row(row, min(_HIGHEST_ROW, max(_INPUT_ROW, lines * _LINE + 3)))

    # -- tables ---------------------------------------------------------------------------------------------------

    def _table(self, at: TableAt) -> None:
        self._block_head(at)
        if at.group_row is not None:
            self._groups(at)
        self._heads(at)
        rows = self.filled.tables.get(at.table.key, ())
        for number, row in enumerate(range(at.first_row, at.last_row + 1)):
            self._row(at, row, rows[number] if number < len(rows) else {})
        for column in at.table.columns:
            self._validate(at.first_row, at.last_row, at.columns[column.key], column)
        self._key(at.last_row + 1, at.table.key + END_MARK)
        if "check" in at.columns:
            self._signs(at.first_row, at.check_column, at.last_row, at.check_column)
            self._warn_first(at)

    def _warn_first(self, at: TableAt) -> None:
        """Let the first cell of a row, which is always in sight, be red where the check at its end says ✗."""
        first = min(at.columns.values())
        rule = f'=LEFT({at.cell("check", at.first_row)},1)="✗"'
        look = self.inks.styles.book.add_format(SIGNS["✗"])
        options = {"type": "formula", "criteria": rule, "format": look}
        self.sheet.conditional_format(at.first_row, first, at.last_row, first, options)

    def _groups(self, at: TableAt) -> None:
        row = at.group_row or 0
        self._key(row, STATIC)
        starts = [(at.columns[key], f"form.group.{name}") for key, name in at.table.groups]
        ends = [start - 1 for start, _ in starts[1:]] + [max(at.columns.values())]
        for (start, text), end in zip(starts, ends, strict=True):
            for column in range(start, end + 1):
                self.sheet.write_blank(row, column, None, self.inks.styles.get("group"))
            self.sheet.write_string(row, start, self.inks.words.t(text), self.inks.styles.get("group"))

    def _heads(self, at: TableAt) -> None:
        sheet, styles, words = self.sheet, self.inks.styles, self.inks.words
        self._key(at.keys_row, at.table.key + COLUMNS_MARK)
        sheet.set_row(at.keys_row, None, None, {"hidden": True})
        self._key(at.head_row, STATIC)
        self._key(at.hint_row, STATIC)
        heights = {at.head_row: 1, at.hint_row: 1}
        examples: list[str] = []
        for column in at.table.columns:
            where = at.columns[column.key]
            sheet.write_string(at.keys_row, where, column.key, styles.get("key"))
            year = _year_of(column)
            if year is not None:
                first = self.inks.live.at.field("first_year")
                other = words.t("form.column.year", n=str(year + 1))
                formula = f'=IF(ISNUMBER({first}),{first}+{year},"{other}")'
                sheet.write_formula(at.head_row, where, formula, styles.get("head", align="center"))
            else:
                heading = column_heading(column, words) + (" *" if column.required else "")
                sheet.write_string(at.head_row, where, heading, styles.get("head"))
                heights[at.head_row] = max(heights[at.head_row], lines_in(heading, self.widths[where]))
            hint, room = column_hint(column, words), self.widths[where]
            if year == 0:  # one hint over all years: their columns are too narrow for words
                room = sum(self.widths[where + more] for more in range(YEAR_COLUMNS))
                last = where + YEAR_COLUMNS - 1
                sheet.merge_range(at.hint_row, where, at.hint_row, last, hint, styles.get("hint_row"))
            elif year is None:
                sheet.write_string(at.hint_row, where, hint, styles.get("hint_row"))
            if not year:
                heights[at.hint_row] = max(heights[at.hint_row], lines_in(hint, room * 1.1))
            examples.append(example_of(column, words))
        for computed in COMPUTED[at.table.key]:
            where = at.columns[computed.key]
            heading = self._computed_heading(computed)
            if heading.startswith("="):
                sheet.write_formula(at.head_row, where, heading, styles.get("head"))
            else:
                sheet.write_string(at.head_row, where, heading, styles.get("head"))
            sheet.write_blank(at.hint_row, where, None, styles.get("hint_row"))
            shown = 2 if heading.startswith("=") else lines_in(heading, self.widths[where])
            heights[at.head_row] = max(heights[at.head_row], shown)
        sheet.set_row(at.head_row, min(_HIGHEST_ROW, heights[at.head_row] * _LINE + 3))
        sheet.set_row(at.hint_row, min(_HIGHEST_ROW, heights[at.hint_row] * 12.5 + 3))
        if at.example_row is not None:
            self._example(at, examples)

    def _computed_heading(self, computed: Computed) -> str:
        words = self.inks.words
        if computed.key.startswith("year-"):
            number = int(computed.key.partition("-")[2])
            first = self.inks.live.at.field("first_year")
            text, kr = words.t("form.column.year", n=str(number + 1)), words.t("form.kr")
            return f'=IF(ISNUMBER({first}),{first}+{number}&" ({kr})","{text} ({kr})")'
        if computed.key == "converted":
            year = self.inks.live.at.field("price_year")
            parts = words.t("form.computed.converted", year="\u27e6").split("\u27e6")
            return f'="{parts[0]}"&{year}&"{parts[1]}"'
        return words.t(f"form.computed.{computed.key}")

    def _example(self, at: TableAt, examples: list[str]) -> None:
        row = at.example_row or 0
        self._key(row, f"{at.table.key}{EXAMPLE_MARK}#{hash_of(examples)}")
        lines = 1
        styles = self.inks.styles
        for column, example in zip(at.table.columns, examples, strict=True):
            where = at.columns[column.key]
            self.sheet.write_string(row, where, example, styles.get("example"))
            lines = max(lines, lines_in(example, self.widths[where] * 1.1))
        computed = COMPUTED[at.table.key]
        note = self.inks.words.t("form.example-row")
        for item in computed:
            self.sheet.write_blank(row, at.columns[item.key], None, styles.get("example"))
        if "check" in at.columns:
            self.sheet.write_string(row, at.check_column, note, styles.get("example"))
            lines = max(lines, lines_in(note, self.widths[at.check_column]))
        self.sheet.set_row(row, min(_HIGHEST_ROW, lines * 12.5 + 3))

    def _row(self, at: TableAt, row: int, cells: dict[str, CellValue]) -> None:
        styles = self.inks.styles
        self._key(row, at.table.key)
        lines = 1
        for column in at.table.columns:
            where = at.columns[column.key]
            value = cells.get(column.key)
            look = (
                styles.get("long", shown_as(column), align="center")
                if column.kind == "cross"
                else styles.get("long", shown_as(column))
            )
            self._put(row, where, value, look)
            if isinstance(value, str):
                lines = max(lines, lines_in(value, self.widths[where]))
        for computed in COMPUTED[at.table.key]:
            formula = computed.formula(self.inks.live, at, row)
            role: Role = "row_check" if computed.key == "check" else "computed"
            kind = {"money": "sum", "check": "general"}.get(computed.show, computed.show)
            kind = "general" if kind == "text" else kind
            self.sheet.write_formula(row, at.columns[computed.key], formula, styles.get(role, kind))
        self.sheet.set_row(row, min(_HIGHEST_ROW, max(_INPUT_ROW, lines * _LINE + 3)))

    # -- cells ----------------------------------------------------------------------------------------------------

    def _put(self, row: int, column: int, value: CellValue, look: Any) -> None:
        if value is None:
            self.sheet.write_blank(row, column, None, look)
        elif isinstance(value, bool):
            self.sheet.write_boolean(row, column, value, look)
        elif isinstance(value, int | float):
            self.sheet.write_number(row, column, value, look)
        else:
            self.sheet.write_string(row, column, value, look)

    def _validate(self, first: int, last: int, where: int, column: Column) -> None:
        words = self.inks.words
        if column.choices is None and column.kind != "cross":
            return
        options: dict[str, Any] = {"validate": "list", "ignore_blank": True}
        if column.kind == "cross":
            options["source"] = ["x"]
        elif column.choices in ("@organisation", "@outcome"):
            table, key = ("organisations", "name") if column.choices == "@organisation" else ("outcomes", "id")
            options["source"] = f"={self.inks.live.at.tables[table].column(key)}"
        else:
            name = str(column.choices).removeprefix("@")
            options["source"] = f"={defined_name(name)}"
        open_list = column.kind in ("reference", "text") or column.choices == "result"
        options["error_type"] = "information" if open_list else "stop"
        options["show_error"] = not open_list
        options["error_title"] = words.t("form.popup.choose")
        options["error_message"] = words.t("form.popup.choose-text")
        self.sheet.data_validation(first, where, last, where, options)

    def _signs(self, first: int, column: int, last: int, last_column: int) -> None:
        for sign in SIGNS:
            look = self.inks.styles.book.add_format(SIGNS[sign])
            options = {"type": "text", "criteria": "begins with", "value": sign, "format": look}
            self.sheet.conditional_format(first, column, last, last_column, options)

    # -- the page -------------------------------------------------------------------------------------------------

    def _column_widths(self) -> dict[int, float]:
        if self.at.plan.key in FIELD_WIDTHS:
            return dict(enumerate(FIELD_WIDTHS[self.at.plan.key], LABEL_COLUMN))
        own = {column.key: column.width for columns in COMPUTED.values() for column in columns}
        return widths(self.at, own, 14.0)

    def _hide_helpers(self) -> None:
        for block in self.at.blocks:
            if isinstance(block, TableAt):
                for computed in COMPUTED[block.table.key]:
                    if computed.hidden:
                        where = block.columns[computed.key]
                        self.sheet.set_column(where, where, computed.width, None, {"hidden": True})

    def _page(self) -> None:
        sheet = self.sheet
        tables = [block for block in self.at.blocks if isinstance(block, TableAt)]
        if self.at.plan.fields:
            sheet.freeze_panes(INTRO_ROW + 1, 0)
        else:
            sheet.freeze_panes(tables[0].head_row + 1, LABEL_COLUMN + 1)
            if self.at.plan.key != "costs":  # its two tables have other headings
                sheet.repeat_rows(tables[0].head_row)
        sheet.set_landscape()
        sheet.set_paper(_A4 if self.at.plan.fields or self.at.plan.key == "followup" else _A3)
        wide = max(1, round(sum(self.widths.values()) / _PAGE_WIDTH))
        sheet.fit_to_pages(wide, 0)
        if wide > 1:
            sheet.repeat_columns(KEY_COLUMN, LABEL_COLUMN)
            sheet.print_across()
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(f"&L{self.at.name.replace('&', '&&')}&R&P / &N")
        sheet.hide_gridlines(2)
        sheet.protect("", {"format_columns": True, "format_rows": True})


def _year_of(column: Column) -> int | None:
    if column.kind != "cross":
        return None
    number = column.key.partition("#")[2]
    return int(number) if number.isdigit() and int(number) < YEAR_COLUMNS else None
