"""Opening a case for a comparison: a file, a form, or the case that a report carries."""

from __future__ import annotations

from pathlib import Path

from socio_calc.appraisal import OpenedCase
from socio_calc.form.opening import open_any
from socio_calc.office import is_workbook_name, parse_workbook
from socio_calc.problems import InputError, Place, Problem
from socio_calc.reference import ReferenceBase
from socio_calc.report.passport import Passport, PassportError
from socio_calc.report.passport_search import SUFFIXES, passport_in, read_report
from socio_calc.review.rerun import bases_of, open_passport


def open_for_comparison(path: Path, reference: ReferenceBase, *, as_recorded: bool = False) -> OpenedCase:
    """Read a case from a case file, a form, or a report that carries a passport.

    Parameters
    ----------
    path
        The file.
    reference
        The base that it is computed with; local prices of the case or the report are added to it.
    as_recorded
        Compute a report with the rows of the base that it was made with, where `reference` has others now.

    Raises
    ------
    InputError
        The file cannot be read or computed, or it is a report whose passport is missing or edited.
    """
    passport = _passport(path)
    if passport is None:
        return open_any(path, reference)
    try:
        bases = bases_of(passport, reference)
    except PassportError:
        raise _without_case(path) from None
    return open_passport(passport, str(path), bases.recorded if as_recorded else bases.today)


def _passport(path: Path) -> Passport | None:
    """Return the passport of a report; None where the file is none."""
    from socio_calc.review.submitted.passport_reading import is_report, passport_of_workbook

    try:
        if path.suffix.lower() in SUFFIXES:
            return passport_in(read_report(path))
        if is_workbook_name(path) and is_report(book := parse_workbook(read_report(path), str(path))):
            return passport_of_workbook(book)
    except PassportError:
        raise _without_case(path) from None
    return None


def _without_case(path: Path) -> InputError:
    return InputError([Problem("report-without-case", Place(file=str(path)), {"file": path.name})])
