"""The check of whatever is sent in: a case file, a form, or a report workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from socio_calc.appraisal import OpenedCase
from socio_calc.form.opening import open_any
from socio_calc.office import is_workbook_name
from socio_calc.review.review import Review, review_opened

Opener = Callable[[Path], OpenedCase]


def review_file(
    path: Path,
    *,
    opener: Opener = open_any,
    fund: str | None = None,
    strict: bool = False,
    draws: int = 16_384,
    answers: Mapping[str, bool] | None = None,
    funds_folder: Path | None = None,
    today: date | None = None,
) -> Review:
    """Check a file of any kind that a case can come in.

    Parameters
    ----------
    path
        A case file, or a report workbook that the program wrote; what else there is, `opener` reads.
    opener
        Reads a file that is no report.
    fund, strict, draws, answers, funds_folder, today
        As for `review_case`; a report is run again with its own draws.

    Raises
    ------
    InputError
        The file cannot be read or computed, or there is no such fund.
    """
    if is_workbook_name(path):
        from socio_calc.office import read_workbook
        from socio_calc.review.submitted.passport_reading import is_report
        from socio_calc.review.submitted.report import review_report

        book = read_workbook(path)
        if is_report(book):
            return review_report(
                path,
                book=book,
                fund=fund,
                strict=strict,
                answers=answers,
                funds_folder=funds_folder,
                today=today,
            )
    return review_opened(
        opener(path),
        path,
        fund=fund,
        strict=strict,
        draws=draws,
        answers=answers,
        funds_folder=funds_folder,
        today=today,
    )
