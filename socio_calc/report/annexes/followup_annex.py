"""Annex 4, the plan of follow-up and evaluation: indicators, what is expected of them, and what is worth measuring."""

from __future__ import annotations

from typing import Final

from socio_calc.locale import Language
from socio_calc.report.annexes.annex_book import AnnexBook
from socio_calc.report.annexes.followup_rows import Row, followup_rows
from socio_calc.report.annexes.fund_limits import FundLimits
from socio_calc.report.annexes.lines import ProjectBudget
from socio_calc.report.annexes.notes import lead
from socio_calc.report.sensitivity_facts import SensitivityFacts
from socio_calc.report.sensitivity_measuring import worth_measuring

_NUMBER, _INDICATOR, _KIND, _OUTCOME, _BASELINE, _EXPECTED, _WHEN, _HOW, _WHO = range(9)
_HEADS: Final = ("number", "indicator", "kind", "outcome", "baseline", "expected", "when", "how", "who")
#: Fields of an indicator with the columns that they stand in.
_FIELDS: Final = ((_INDICATOR, "indicator"), (_WHEN, "when"), (_HOW, "method"), (_WHO, "responsible"))
_HEAD_ROW: Final = 2


def followup_annex(
    facts: SensitivityFacts, budget: ProjectBudget, fund: FundLimits, title: str, lang: Language
) -> tuple[bytes, AnnexBook]:
    """Return the workbook of the follow-up plan, and the book for its gaps."""
    book = AnnexBook(budget.appraisal, "followup", title, lang)
    grid, words = book.grid, book.words
    grid.widths(A=4, B=26, C=11, D=21, E=25, F=25, G=18, H=24, I=17)
    grid.text_over(0, 0, title, "title")
    grid.text_over(1, 0, book.appraisal.title, "item")
    book.head(_HEAD_ROW, [(words.t(f"annex.followup.head.{key}"), False) for key in _HEADS])
    rows = followup_rows(facts)
    row = _HEAD_ROW + 1
    for place, one in enumerate(rows, start=1):
        _write_row(book, row, place, one)
        row += 1
    if not rows:
        grid.text_over(row, _INDICATOR, words.t("annex.followup.none"), "text")
        row += 1
    if not any(one.followup is not None for one in rows):
        book.lacks("no-followup")
    for kind in ("social", "ekonomisk"):
        if not any(one.followup is not None and one.followup.kind == kind for one in rows):
            book.lacks("no-kind", kind=kind)
    row += 1
    book.section(row, words.t("annex.followup.worth"), _WHO + 1)
    for sentence in worth_measuring(facts):
        row = grid.paragraph(row + 1, sentence, "text", columns=150) - 1
    footer = f"{title} – {book.appraisal.title}"
    grid.page((_HEAD_ROW, _HEAD_ROW), (_HEAD_ROW + 1, 2), footer, last_column=_WHO)
    return book.finish(lead(words, budget, fund, "followup"), footer), book


def _write_row(book: AnnexBook, row: int, place: int, one: Row) -> None:
    grid, words, written, expected = book.grid, book.words, one.followup, one.expected
    grid.text(row, _NUMBER, str(place))
    if written is None and expected is not None:
        # An outcome that nobody follows: the whole row is one gap.
        for column in (_INDICATOR, _KIND, _WHEN, _HOW, _WHO):
            book.missing(row, column, "outcome", name=expected.name)
    elif written is not None:
        about = written.indicator or (expected.name if expected is not None else str(place))
        for column, field in _FIELDS:
            if text := getattr(written, field):
                grid.text(row, column, text)
            else:
                book.missing(row, column, "followup-field", field=f"application.followup.0.{field}", name=about)
        if written.kind is not None:
            grid.text(row, _KIND, words.choice("followup.kind", written.kind))
        else:
            book.missing(row, _KIND, "followup-field", field="application.followup.0.kind", name=about)
    _write_baseline(book, row, one)
    if expected is None:
        # Nothing in the case says what to expect of it: a process measure, or an indicator without an outcome.
        grid.text(row, _OUTCOME, words.t("annex.followup.not-in-case"))
        grid.text(row, _EXPECTED, "–")
        return
    grid.text(row, _OUTCOME, expected.name)
    lines = [expected.intervention, expected.difference]
    if expected.limit is not None:
        lines.append(words.t("annex.followup.limit", level=expected.limit))
    grid.text(row, _EXPECTED, "\n".join(line for line in lines if line) or "–")


def _write_baseline(book: AnnexBook, row: int, one: Row) -> None:
    """Write the baseline in the application's words, and the level that the case counts with."""
    parts = []
    if one.followup is not None and one.followup.baseline:
        parts.append(one.followup.baseline)
    if one.expected is not None and one.expected.ordinary is not None:
        parts.append(book.words.t("annex.followup.in-case", level=one.expected.ordinary))
    if parts:
        book.grid.text(row, _BASELINE, "\n".join(parts))
    elif one.followup is not None:
        book.missing(row, _BASELINE, "baseline", name=one.followup.indicator or str(row - _HEAD_ROW))
