"""What a report workbook says of itself: its passport, its case, its language."""

from __future__ import annotations

from typing import Literal

from socio_calc.case.dump import SCHEMA_LINE
from socio_calc.locale import LANGUAGES, Language, texts
from socio_calc.office import Workbook
from socio_calc.reference import ReferenceBase, load_reference
from socio_calc.report.passport import END, START, Passport, PassportError
from socio_calc.report.passport_search import passport_of_text
from socio_calc.report.passport_words import PROPERTY, passport_properties
from socio_calc.report.workbook.passport_sheet import passport_line
from socio_calc.report.workbook.write import NET_NAMES, SHEETS
from socio_calc.review.rerun import Bases, bases_of
from socio_calc.review.submitted.comparison import Sheets

PassportState = Literal["intact", "missing", "edited", "unknown"]


def is_report(book: Workbook) -> bool:
    """Say whether a workbook is a report of ours, whatever has been done to it."""
    return (
        next(iter(NET_NAMES)) in book.names
        or f"{PROPERTY} passport" in book.properties
        or any(book.sheet(texts(lang).t("workbook.sheet.passport")) is not None for lang in LANGUAGES)
    )


def read_passport(book: Workbook, base: ReferenceBase) -> tuple[PassportState, Passport | None, Bases | None]:
    """Return the passport and the bases that it needs; a readable one that something contradicts is `edited`."""
    line = None
    for lang in LANGUAGES:
        sheet = book.sheet(texts(lang).t("workbook.sheet.passport"))
        if sheet is not None and line is None:
            columns: dict[int, list[str]] = {}
            for (_, column), cell in sorted(sheet.cells.items()):
                columns.setdefault(column, []).append(cell.text)
            line = passport_line(columns.values())
    if line is None and any(name.startswith(f"{PROPERTY} ") for name in book.properties):
        return "edited", None, None
    try:
        passport = passport_of_text(line)
        bases = bases_of(passport, base)
    except PassportError as error:
        return error.reason, None, None  # type: ignore[return-value]
    properties = passport_properties(passport)
    agrees = all(book.properties.get(name, value) == value for name, value in properties.items())
    return "intact" if agrees else "edited", passport, bases


def passport_of_workbook(book: Workbook, reference: ReferenceBase | None = None) -> Passport:
    """Return the passport of a report workbook.

    Raises
    ------
    PassportError
        It is missing, edited or of a later version.
    """
    state, passport, _ = read_passport(book, load_reference() if reference is None else reference)
    if passport is None or state != "intact":
        raise PassportError(state)
    return passport


def case_text(book: Workbook) -> str | None:
    """Return the case that stands line by line on the sheet of the passport."""
    for lang in LANGUAGES:
        words = texts(lang)
        sheet = book.sheet(words.t("workbook.sheet.passport"))
        if sheet is None:
            continue
        rows = range(1, sheet.last_row + 1)
        headings = [sheet[row, 1].text for row in rows]
        prices = words.t("passport.prices-heading", file="")
        ends = (words.t("passport.line-heading"), prices, START)
        # The lines stand beside their numbers; before they had numbers, they stood in the first column.
        for lines in ([sheet[row, 2].text for row in rows], headings):
            first = next((at for at, line in enumerate(lines) if line.strip() == SCHEMA_LINE.strip()), None)
            if first is not None:
                after = enumerate(headings[first:], start=first)
                end = next((at for at, text in after if text.startswith(ends) or text.endswith(END)), len(lines))
                return "\n".join(lines[first:end]).rstrip() + "\n"
    return None


def first_line_of_case(written: Sheets, sheet_name: str) -> tuple[str, int] | None:
    """Return the sheet and the row of the first line of the case."""
    sheet = written.book.sheet(sheet_name)
    if sheet is None:
        return None
    rows = (row for (row, _), cell in sorted(sheet.cells.items()) if cell.text.strip() == SCHEMA_LINE.strip())
    return next(((sheet_name, row) for row in rows), None)


def language_of(book: Workbook, passport: Passport | None) -> Language:
    """Return the language of the sheets, which are named by it."""
    if passport is not None:
        return passport.lang
    return max(
        LANGUAGES,
        key=lambda lang: sum(book.sheet(texts(lang).t(f"workbook.sheet.{key}")) is not None for key in SHEETS),
    )
