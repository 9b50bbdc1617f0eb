"""A submitted report workbook against a fresh run: its passport, its cells, its figures; the case in it comes later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal

from socio_calc.appraisal import Appraisal, OpenedCase, appraise
from socio_calc.case import build_case, parse_document
from socio_calc.locale import texts
from socio_calc.office import Workbook, parse_workbook
from socio_calc.problems import InputError, Place, Problem
from socio_calc.reference import ReferenceBase, load_reference
from socio_calc.report.passport import Passport, passport_of
from socio_calc.report.passport_words import PROPERTY
from socio_calc.report.workbook.write import NET_NAMES, compose
from socio_calc.review.effect import applicant_of
from socio_calc.review.finding import Finding
from socio_calc.review.rerun import Bases, open_passport, run_again
from socio_calc.review.stated import Agreement, agreement
from socio_calc.review.submitted.comparison import Difference, Sheets, compare
from socio_calc.review.submitted.findings import cell_name, findings_of, input_cells
from socio_calc.review.submitted.passport_reading import (
    PassportState,
    case_text,
    first_line_of_case,
    language_of,
    read_passport,
)
from socio_calc.version import __version__

#: Draws that a check repeats at most: a stranger's file must not keep the machine busy for hours.
MOST_DRAWS: Final = 1_048_576
#: Differences that say how a workbook was written, which another version does in another way.
_OF_THE_VERSION: Final = frozenset(
    ("sheet-removed", "sheet-added", "row-added", "row-removed", "rearranged", "formula", "text", "added", "name")
)
_STATE_SEVERITIES: Final[Mapping[str, Literal["serious", "warning"]]] = {
    "missing": "warning",
    "edited": "serious",
    "unknown": "warning",
}


@dataclass(frozen=True)
class Recalculated:
    """A net present value that a report shows, beside the same from a fresh run.

    `reported` is None where no number stands; `origin` is the first cell from which on the report differs; `sheet` and
    `cell` are where it stands.
    """

    perspective: str
    horizon: int
    reported: float | None
    computed: float
    agreement: Agreement
    origin: str | None
    sheet: str
    cell: str


@dataclass(frozen=True)
class SubmittedReport:
    """What the check of a report workbook came to, beside the findings.

    Attributes
    ----------
    state, passport
        Of the passport; None where there is none that can be read.
    made_with
        Version that wrote the report, None where it is not told.
    results
        Net present values at the longest horizon by perspective.
    differences
        Every difference from the workbook that the program writes for the same case.
    cells
        Where the values of the case stand, sheet and cell by path.
    """

    state: PassportState
    passport: Passport | None
    made_with: str | None
    results: tuple[Recalculated, ...]
    differences: tuple[Difference, ...]
    cells: Mapping[str, tuple[str, str]] = field(repr=False)

    @property
    def has_values(self) -> bool:
        """Whether the workbook was saved with what its formulas give."""
        return all(item.kind != "no-values" for item in self.differences)


@dataclass(frozen=True)
class CheckedWorkbook:
    """A report workbook that has been compared with a fresh run.

    Attributes
    ----------
    opened, appraisal
        The case that it was made from, and the fresh run, with the base that the report used.
    findings, report
        What is not as the program wrote it.
    first_line
        Sheet and row of the first line of the case's text, None where there is none.
    """

    opened: OpenedCase
    appraisal: Appraisal
    findings: tuple[Finding, ...]
    report: SubmittedReport
    first_line: tuple[str, int] | None


def check_workbook(book: Workbook, path: Path, reference: ReferenceBase | None = None) -> CheckedWorkbook:
    """Compare a report workbook with the one that the program writes for the same case.

    Parameters
    ----------
    book, path
        The workbook as read, and the name that messages give.
    reference
        The base of today; None is the shipped one.

    Raises
    ------
    InputError
        Neither its passport nor its text gives a case that can be computed.
    """
    submitted, file = Sheets(book), str(path)
    base = load_reference() if reference is None else reference
    state, passport, bases = read_passport(book, base)
    opened = _opened(book, passport, bases, base, file)
    given = opened if bases is None else replace(opened, reference=bases.recorded)
    appraisal = _appraised(passport, given, book)
    lang = language_of(book, passport)
    words = texts(lang)
    inputs, passport_sheet = words.t("workbook.sheet.inputs"), words.t("workbook.sheet.passport")
    written = Sheets(parse_workbook(compose(appraisal, lang).data, file))
    unknown = () if passport is not None else (appraisal.case_sha256, passport_of(appraisal, lang).code)
    found = _told(compare(written, submitted), state, passport_sheet, words.t("workbook.sheet.charts"), unknown)
    made = passport.version if passport is not None else book.properties.get(f"{PROPERTY} version")
    of_version = _of_version(found, made)
    differences = tuple(item for item in found if item not in of_version)
    results = _results(appraisal, submitted, differences)
    application = opened.case.application
    owner = None if application is None else applicant_of(application)
    findings = (
        *_about(state, made, len(of_version), passport, bases, opened, appraisal, file),
        *_about_results(results, file),
        *findings_of(differences, written, file, inputs, owner),
    )
    cells = {where: (inputs, cell) for where, cell in input_cells(written, inputs)}
    report = SubmittedReport(state, passport, made, results, differences, cells)
    return CheckedWorkbook(given, appraisal, findings, report, first_line_of_case(written, passport_sheet))


# -- the case ---------------------------------------------------------------------------------------------------------


def _opened(
    book: Workbook, passport: Passport | None, bases: Bases | None, base: ReferenceBase, file: str
) -> OpenedCase:
    if passport is not None and bases is not None:
        return open_passport(passport, file, bases.today)
    text = case_text(book)
    if text is None:
        raise InputError([Problem("report-without-case", Place(file=file), {"file": Path(file).name})])
    document = parse_document(text.encode(), file)
    return OpenedCase(build_case(document), document, base)


def _appraised(passport: Passport | None, opened: OpenedCase, book: Workbook) -> Appraisal:
    if passport is not None:
        return run_again(passport, opened, draws=min(passport.draws, MOST_DRAWS))
    said = book.properties
    numbers = {name: said.get(f"{PROPERTY} {name}", "") for name in ("draws", "seed")}
    whole = {name: int(text) for name, text in numbers.items() if text.isdecimal() and len(text) < 10}
    sampler = said.get(f"{PROPERTY} sampler")
    return appraise(
        opened.case,
        draws=min(whole.get("draws", 16_384), MOST_DRAWS),
        seed=whole.get("seed", 1),
        sampler=sampler if sampler in ("sobol", "random", "lhs") else "sobol",  # type: ignore[arg-type]
        reference=opened.reference,
        case_sha256=opened.document.sha256,
    )


# -- differences ------------------------------------------------------------------------------------------------------


def _told(
    differences: Sequence[Difference],
    state: PassportState,
    passport_sheet: str,
    charts_sheet: str,
    unknown: Sequence[str],
) -> tuple[Difference, ...]:
    """Leave out pictures, and what the state of the passport has told already.

    `unknown` are texts that cannot be written again without the passport.
    """
    return tuple(
        item
        for item in differences
        if (item.sheet != charts_sheet or item.kind.startswith("sheet-"))
        and (item.sheet != passport_sheet or (state == "intact" and item.kind != "sheet-removed"))
        and not (item.kind == "text" and item.written in unknown)
    )


def _of_version(differences: Sequence[Difference], made: str | None) -> tuple[Difference, ...]:
    if made is None or made == __version__:
        return ()
    return tuple(item for item in differences if item.kind in _OF_THE_VERSION)


def _results(appraisal: Appraisal, submitted: Sheets, differences: Sequence[Difference]) -> tuple[Recalculated, ...]:
    """Return the net present values that the report shows in its named cells, beside the computed ones."""
    changed = [item for item in differences if item.kind in ("formula", "number", "value")]
    found = []
    for name, perspective in NET_NAMES.items():
        place = submitted.named(name)
        if place is None:
            continue
        cell = submitted.cell(place)
        shown = cell.cached if cell.formula is not None else cell.value
        number = float(shown) if isinstance(shown, int | float) and not isinstance(shown, bool) else None
        right = appraisal.base("npv", perspective)
        same = "different" if number is None else agreement(number, right)
        # A result that was written over differs from itself on, whatever else was changed.
        own = [item for item in changed if (item.sheet, item.row, item.column) == place]
        first = next(iter([*own, *changed]), None)
        origin = None if first is None or same == "equal" else cell_name(first)
        found.append(
            Recalculated(perspective, appraisal.longest, number, right, same, origin, place[0], cell.coordinate)
        )
    return tuple(found)


# -- findings ---------------------------------------------------------------------------------------------------------


def _about(
    state: PassportState,
    made: str | None,
    written_otherwise: int,
    passport: Passport | None,
    bases: Bases | None,
    opened: OpenedCase,
    appraisal: Appraisal,
    file: str,
) -> list[Finding]:
    """Return findings about the passport, the version and the base of a report."""
    place = Place(file=file)
    found = []
    if state != "intact":
        found.append(Finding(f"report-passport-{state}", "finding", _STATE_SEVERITIES[state], place))
    if made is not None and made != __version__:
        params = {"made": made, "version": __version__, "n": written_otherwise or None}
        found.append(Finding("report-other-version", "finding", "note", place, params))
    if passport is not None and bases is not None and bases.changes:
        now = _npv_today(passport, opened, bases)
        rows = tuple(change.id for change in bases.changes)
        told = {"made": passport.base_version, "rows": rows, "now": now, "then": appraisal.base("npv")}
        found.append(Finding("report-other-base", "finding", "note", place, told))
    return found


def _npv_today(passport: Passport, opened: OpenedCase, bases: Bases) -> float | None:
    """Return the net present value with the base of today, None where it lacks a row that the case needs."""
    try:
        return run_again(passport, replace(opened, reference=bases.today), draws=8).base("npv")
    except InputError:
        return None


def _about_results(results: Sequence[Recalculated], file: str) -> list[Finding]:
    """Return the first net present value that differs by more than rounding; the others stand in the table."""
    for item in results:
        if item.reported is not None and item.agreement == "different":
            params = {"reported": item.reported, "computed": item.computed, "origin": item.origin}
            place = Place(file=file, sheet=item.sheet, cell=item.cell)
            return [Finding("report-differs", "finding", "serious", place, params)]
    return []
