"""The overview of many reviews as a workbook: one row for each application, worst first, to sort and filter."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Final

from socio_calc.case.personal_data import redacted
from socio_calc.locale import render_problem, texts
from socio_calc.locale.catalogue import Language
from socio_calc.review.folder import FolderReview, ReviewedFile
from socio_calc.review.protocol.sheet import Formats, SheetColumn, write_table
from socio_calc.review.put_right import put_all_right

_COLUMNS: Final = (
    ("rank", "number", 9),
    ("file", "strong", 34),
    ("title", "text", 40),
    ("verdict", "text", 24),
    ("must", "number", 13),
    ("serious", "number", 13),
    ("warning", "number", 12),
    ("note", "number", 14),
    ("npv", "money", 18),
    ("probability", "share", 14),
    ("after", "money", 18),
    ("turns", "text", 24),
    ("horizon", "number", 16),
    ("protocol", "text", 46),
)


def overview_workbook(folder: FolderReview, lang: Language, protocols: Mapping[str, str]) -> bytes:
    """Return the overview of a folder.

    Parameters
    ----------
    folder
        The reviews, worst first.
    lang
        Language of the words.
    protocols
        Name of the file with the protocol, by the name of the application's file.
    """
    import xlsxwriter

    words, memory = texts(lang), io.BytesIO()
    # Names of files are words of strangers too.
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(memory, safe)
    formats = Formats(book)
    columns = [
        SheetColumn(words.t(f"protocol.overview.{name}"), kind, width)  # type: ignore[arg-type]
        for name, kind, width in _COLUMNS
    ]
    rows = [_row(rank, item, lang, protocols) for rank, item in enumerate(folder.files, start=1)]
    lead = " ".join((words.t("protocol.overview.note-npv"), words.t("check.under-table")))
    sheet = book.add_worksheet(words.t("protocol.sheet.cases"))
    write_table(sheet, formats, words.t("protocol.sheet.cases"), lead, columns, rows, "cases")
    broken = [item for item in folder.files if item.problems]
    if broken:
        names = tuple(redacted(item.name) for item in broken)
        heads = [SheetColumn(words.t("protocol.overview.file"), "strong", 34)]
        heads.append(SheetColumn(words.t("protocol.overview.error"), width=120))
        listed = [
            (item.name, "\n\n".join(redacted(render_problem(problem, lang)) for problem in item.problems))
            for item in broken
        ]
        title = words.t("protocol.sheet.errors")
        unread = words.plural("protocol.overview.unread", len(broken), files=names)
        write_table(book.add_worksheet(title), formats, title, unread, heads, listed, "errors")
    book.close()
    return memory.getvalue()


def _row(rank: int, item: ReviewedFile, lang: Language, protocols: Mapping[str, str]) -> tuple[object, ...]:
    words, review = texts(lang), item.review
    if review is None:
        return (rank, item.name, None, words.t("check.not-computed"), *[None] * (len(_COLUMNS) - 4))
    result, right = review.appraisal.result(), put_all_right(review)
    before = review.appraisal.base()
    turned = right is not None and (before >= 0) != (right.societal >= 0)
    return (
        rank,
        item.name,
        review.title,
        words.t(f"check.short.{review.verdict}"),
        item.broken,
        item.count("serious"),
        item.count("warning"),
        item.count("note"),
        before,
        result.probability_positive,
        None if right is None else right.societal,
        None if right is None else words.t(f"check.conclusion.{'changes' if turned else 'stays'}"),
        review.appraisal.longest,
        protocols.get(item.name),
    )
