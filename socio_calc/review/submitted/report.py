"""The check of a submitted report workbook: the workbook itself, then the case that it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from socio_calc.office import Workbook, read_workbook
from socio_calc.reference import ReferenceBase
from socio_calc.review.finding import Finding
from socio_calc.review.review import Review, review_opened
from socio_calc.review.submitted.workbook_check import check_workbook


def review_report(
    path: Path,
    *,
    fund: str | None = None,
    strict: bool = False,
    answers: Mapping[str, bool] | None = None,
    funds_folder: Path | None = None,
    today: date | None = None,
    reference: ReferenceBase | None = None,
    book: Workbook | None = None,
) -> Review:
    """Check a report workbook that has been sent in: the workbook itself, then the case that it was made from.

    Parameters
    ----------
    path
        The workbook.
    fund, strict, answers, funds_folder, today
        As for `review_case`.
    reference
        The base of today; None is the shipped one.
    book
        The workbook, where it has been read already.

    Raises
    ------
    InputError
        The file cannot be read, or neither its passport nor its text gives a case.
    """
    checked = check_workbook(read_workbook(path) if book is None else book, path, reference)
    review = review_opened(
        checked.opened,
        path,
        fund=fund,
        strict=strict,
        answers=answers,
        funds_folder=funds_folder,
        today=today,
        first=checked.findings,
        appraisal=checked.appraisal,
    )
    cells, first = checked.report.cells, checked.first_line
    findings = tuple(_in_cells(finding, cells, first) for finding in review.findings)
    return replace(review, report=checked.report, findings=findings)


def _in_cells(finding: Finding, cells: Mapping[str, tuple[str, str]], first: tuple[str, int] | None) -> Finding:
    """Give a finding about the case the cell of the workbook where its value stands, else the line of the text."""
    place = finding.place
    if place.sheet is not None or finding.code.startswith("report-"):
        return finding
    known = cells.get(place.path or "")
    if known is None and first is not None and place.line is not None:
        known = (first[0], f"A{first[1] + place.line - 1}")
    if known is None:
        return finding
    return replace(finding, place=replace(place, sheet=known[0], cell=known[1], line=None, column=None))
