"""One annex as a workbook: a first sheet (what it is, what is missing, whether its sums hold), then the annex."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from socio_calc.appraisal import Appraisal
from socio_calc.locale import Language, texts
from socio_calc.report.annexes.gaps import Gap
from socio_calc.report.workbook.document import with_language
from socio_calc.report.workbook.formula import Live, absolute, where
from socio_calc.report.workbook.grid import Grid, clean, column_name
from socio_calc.report.workbook.styles import Kind, Styles, shown_length

if TYPE_CHECKING:
    from xlsxwriter import Workbook

#: The same bytes for the same case: no time of writing.
_CREATED: Final = datetime(2000, 1, 1, tzinfo=UTC)
_TAGS: Final[dict[Language, str]] = {"sv": "sv-SE", "en": "en-GB"}
_KRONA: Final = 1.0


@dataclass(frozen=True, slots=True)
class Check:
    """A sum of the annex against what it is to agree with: within one krona.

    `agrees_with` is a constant from the case.
    """

    text: str
    found: Live
    agrees_with: float
    kind: Kind = "money"


class AnnexBook:
    """A workbook that is being written; `grid` is the sheet of the annex itself."""

    def __init__(self, appraisal: Appraisal, annex: str, title: str, lang: Language) -> None:
        import xlsxwriter

        self.appraisal = appraisal
        self.lang: Language = lang
        self.words = texts(lang)
        self.title = title
        self.gaps: list[Gap] = []
        self.checks: list[Check] = []
        self._target = io.BytesIO()
        self._book: Workbook = xlsxwriter.Workbook(self._target, {"in_memory": True})
        self._styles = Styles(self._book, lang)
        name = self.words.t("annex.sheet.first")
        self._first = Grid(self._book.add_worksheet(name), f"'{name}'", self._styles)
        name = self.words.t(f"annex.sheet.{annex}")
        self._sheet_name = name
        self.grid = Grid(self._book.add_worksheet(name), f"'{name}'", self._styles)

    def head(self, row: int, columns: Sequence[tuple[str, bool]]) -> None:
        """Write a row of headings; `True` for columns of numbers."""
        for column, (text, right) in enumerate(columns):
            self.grid.text(row, column, text, "head_right" if right else "head")

    def section(self, row: int, text: str, columns: int) -> None:
        """Write a heading over all columns."""
        for column in range(columns):
            self.grid.text(row, column, "", "section")
        self.grid.text_over(row, 0, text, "section")

    def missing(self, row: int, column: int, key: str, *, by_hand: bool = False, **params: object) -> None:
        """Leave a cell empty and marked, and remember what is to be written there."""
        self.grid.sheet.write_blank(row, column, None, self._styles.get("input"))
        self.gaps.append(Gap(key, params, f"{column_name(column)}{row + 1}", by_hand))

    def lacks(self, key: str, **params: object) -> None:
        """Remember something that only the case can mend."""
        self.gaps.append(Gap(key, params))

    def finish(self, lead: Sequence[str], footer: str) -> bytes:
        """Write the first sheet and return the workbook's bytes."""
        self._write_first(lead, footer)
        self._book.set_properties(
            {
                "title": clean(f"{self.title} – {self.appraisal.title}"),
                "author": f"socio-calc {self.appraisal.version}",
                "created": _CREATED,
            }
        )
        self._book.set_calc_mode("auto")
        self._book.close()
        return with_language(self._target.getvalue(), _TAGS[self.lang])

    def _write_first(self, lead: Sequence[str], footer: str) -> None:
        grid, words = self._first, self.words
        amount = money_width(max((check.agrees_with for check in self.checks), default=0.0), 18)
        grid.widths(A=16, B=62, C=amount, D=amount, E=14)
        grid.text(0, 0, self.title, "title")
        row = grid.paragraph(1, self.appraisal.title, "item")
        for paragraph in lead:
            row = grid.paragraph(row, paragraph, "text", columns=145)
        case_lacks = [gap for gap in self.gaps if not gap.by_hand]
        row = self._list(row + 1, words.t("annex.first.missing"), case_lacks, words.t("annex.first.nothing"))
        by_hand = [gap for gap in self.gaps if gap.by_hand]
        if by_hand:
            row = self._list(row + 1, words.t("annex.first.by-hand"), by_hand, "")
        if self.checks:
            self._checks(row + 1)
        grid.page(None, (1, 0), footer, one_page=True, last_column=4)

    def _list(self, row: int, heading: str, gaps: Sequence[Gap], nothing: str) -> int:
        grid = self._first
        for column in range(5):
            grid.text(row, column, "", "section")
        grid.text_over(row, 0, heading, "section")
        row += 1
        if not gaps:
            grid.text_over(row, 0, nothing, "text")
            return row + 1
        by_text: dict[str, list[str]] = {}
        for gap in gaps:
            cells = by_text.setdefault(gap.text(self.words), [])
            if gap.cell:
                cells.append(gap.cell)
        for text, cells in by_text.items():
            grid.text(row, 0, _cells(cells), "item")
            row = max(row + 1, self._over(row, text))
        return row

    def _over(self, row: int, text: str) -> int:
        """Write a text from the second column on, on as many lines as it takes."""
        from textwrap import wrap

        lines = wrap(clean(text), 100)
        for number, line in enumerate(lines):
            self._first.sheet.write_string(row + number, 1, line, self._styles.get("text", "line"))
        return row + len(lines)

    def _checks(self, row: int) -> None:
        grid, words = self._first, self.words
        for column in range(5):
            grid.text(row, column, "", "section")
        grid.text_over(row, 0, words.t("annex.first.checks"), "section")
        row += 1
        for column, key in enumerate(("verdict", "sum", "here", "case", "difference")):
            grid.text(row, column, words.t(f"annex.check.head.{key}"), "head_right" if column > 1 else "head")
        for check in self.checks:
            row += 1
            grid.text(row, 1, check.text)
            here = grid.formula(row, 2, check.found, kind=check.kind)
            case = grid.number(row, 3, check.agrees_with, "fixed", check.kind)
            difference = grid.formula(row, 4, here - case, kind="amount")
            holds = where(absolute(difference) < _KRONA, words.t("annex.check.holds"), words.t("annex.check.holds-not"))
            grid.formula(row, 0, holds, "item", "line")


def money_width(largest: float, least: float) -> float:
    """Return how wide a column of kronor must be for its largest amount, and at least."""
    return max(least, float(shown_length(largest, "money") + 2))


def _cells(cells: Sequence[str]) -> str:
    """Return the places of a gap: all of them, or the first and how many more.

    >>> _cells(["D4", "D5"]), _cells(["D4", "D5", "D6", "D7"])
    ('D4, D5', 'D4 … D7')
    """
    return ", ".join(cells) if len(cells) <= 2 else f"{cells[0]} … {cells[-1]}"
