"""A report run again: the same figures, the same with another version, or what differs, by how much and why."""

from __future__ import annotations

import codecs
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Literal

from socio_calc.analysis.case_changes import Change, case_changes
from socio_calc.appraisal import Appraisal, OpenedCase, appraise
from socio_calc.case.dump import case_data
from socio_calc.case.fields import LONGEST
from socio_calc.case.personal_data import redacted_data
from socio_calc.form.opening import open_any
from socio_calc.office import Workbook, parse_workbook
from socio_calc.problems import InputError, Place, Problem
from socio_calc.reference import ReferenceBase, load_reference
from socio_calc.report.passport import FIGURES, MOST_DRAWS, Passport, PassportError, are_figures, figures_of
from socio_calc.report.passport_search import passport_in, read_report
from socio_calc.review.rerun import Bases, bases_of, open_passport, own_outcomes_missing, run_again
from socio_calc.review.submitted.passport_reading import is_report, read_passport
from socio_calc.review.submitted.workbook_check import SubmittedReport, check_workbook
from socio_calc.version import METHOD, __version__

Outcome = Literal["identical", "other-version", "differs", "no-passport", "edited-passport", "unknown-passport"]
Reason = Literal[
    "case", "case-words", "base", "base-only", "base-gone", "base-other", "version", "method", "workbook", "unexplained"
]
#: Figures are the same where they differ by less than this share, or by less than this much: a passport keeps nine
#: digits, and the last bits differ between machines.
RELATIVE, ABSOLUTE = 1e-8, 1e-6
_KEYS: Final = FIGURES[:4]
#: What text files of Windows begin with: JSON that was sent from a command into a file, in UTF-8 or UTF-16.
_ORDER_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NUMBERS: Final = FIGURES[4:-1]
_OF_STATE: Final[Mapping[str, Outcome]] = {
    "missing": "no-passport",
    "edited": "edited-passport",
    "unknown": "unknown-passport",
}


@dataclass(frozen=True)
class Gap:
    """A figure that is not the same: what the report says and what the run gives, None where there is no such figure.

    `statistic` is a column of the result: base, mean, p5 …
    """

    view: str
    perspective: str
    horizon: int
    measure: str
    statistic: str
    reported: float | None
    computed: float | None


@dataclass(frozen=True)
class Cause:
    """Why figures can differ; `params` are raw values, `changes` what differs between the cases."""

    reason: Reason
    params: Mapping[str, object] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Reproduction:
    """What became of a report when it was run again.

    Attributes
    ----------
    outcome
        `identical`; the same figures with another version; what differs; or why it could not be run.
    made_with
        Version that wrote the report, None where it is not told.
    gaps
        Figures that differ.
    causes
        Why, as far as it can be told; also what is another without any figure differing.
    workbook
        Of a report workbook: its cells against the passport.
    appraisals
        The run with the case of the report, and with the case that was named; both the same where none was.
    """

    report: Path
    outcome: Outcome
    made_with: str | None = None
    gaps: tuple[Gap, ...] = ()
    causes: tuple[Cause, ...] = ()
    workbook: SubmittedReport | None = None
    appraisals: tuple[Appraisal, Appraisal] | None = field(default=None, repr=False)

    @property
    def same(self) -> bool:
        """Whether the report came out the same."""
        return self.outcome in ("identical", "other-version")


def reproduce(report: Path, case: Path | None = None, reference: ReferenceBase | None = None) -> Reproduction:
    """Run a report again.

    Parameters
    ----------
    report
        A report of any kind: workbook, HTML, Word, PDF, or the result as JSON.
    case
        The case file, to be compared with the one in the report; needed for JSON.
    reference
        The base of today; None is the shipped one.

    Raises
    ------
    InputError
        A file cannot be read, is no report, or the case cannot be computed.
    """
    content = read_report(report)
    base = load_reference() if reference is None else reference
    if content.startswith(_ORDER_MARKS) or content.lstrip()[:1] == b"{":
        return _of_json(report, content, case, base)
    try:
        passport, bases, book = _passport(report, content, base)
    except PassportError as error:
        return Reproduction(report, _OF_STATE[error.reason])
    gone = tuple(change.id for change in bases.changes if change.now is None)
    # A case that needs a row which is no more can only be run with the base as it was.
    opened = open_passport(passport, str(report), bases.recorded if gone else bases.today)
    own = run_again(passport, opened)
    named = None if case is None else open_any(case, base)
    ran = own if named is None else _run(named, passport.seed, passport.draws, passport.sampler, None)
    gaps = _gaps(passport.figures, ran)
    causes = [] if named is None else list(_case_causes(opened, named, passport.case_sha256))
    if bases.changes:
        causes.extend(_base_causes(passport, opened, bases, bool(gaps) and named is None))
    if gone:
        causes.append(Cause("base-gone", {"rows": gone}))
    causes.extend(_version_causes(passport.version, passport.method))
    if gaps and not causes:
        causes.append(Cause("unexplained"))
    workbook = None if book is None else check_workbook(book, report, base).report
    if workbook is not None and workbook.differences:
        causes.append(Cause("workbook", {"n": len(workbook.differences), "file": report.name}))
    outcome = _outcome(bool(gaps) or bool(workbook is not None and workbook.differences), passport.version)
    return Reproduction(report, outcome, passport.version, gaps, tuple(causes), workbook, (own, ran))


def _outcome(differs: bool, made: str) -> Outcome:
    if differs:
        return "differs"
    return "identical" if made == __version__ else "other-version"


def _passport(path: Path, content: bytes, base: ReferenceBase) -> tuple[Passport, Bases, Workbook | None]:
    """Return the passport of a report that is no JSON, with its bases; of a workbook also the workbook."""
    if content.startswith(b"PK") and b"xl/" in content:
        book = parse_workbook(content, str(path))
        if not is_report(book):
            raise _refusal("report-kind-unknown", path)
        state, passport, bases = read_passport(book, base)
        if passport is None or bases is None or state != "intact":
            raise PassportError("edited" if state == "intact" else state)
        return passport, bases, book
    known = content.startswith((b"PK", b"%PDF")) or b"<html" in content[:4000].lower()
    try:
        passport = passport_in(content)
    except PassportError as error:
        if error.reason == "missing" and not known:
            raise _refusal("report-kind-unknown", path) from None
        raise
    return passport, bases_of(passport, base), None


def _refusal(code: str, path: Path) -> InputError:
    return InputError([Problem(code, Place(file=str(path)), {"file": path.name})])


def _run(opened: OpenedCase, seed: int, draws: int, sampler: str, horizons: Sequence[int] | None) -> Appraisal:
    return appraise(
        opened.case,
        draws=draws,
        seed=seed,
        sampler=sampler,  # type: ignore[arg-type]
        horizons=horizons,
        reference=opened.reference,
        case_sha256=opened.document.sha256,
    )


# -- what differs -----------------------------------------------------------------------------------------------------


def _gaps(reported: Sequence[Sequence[Any]], ran: Appraisal) -> tuple[Gap, ...]:
    """Return the figures of a report that a run does not give; those of the base case of all views come first."""
    before = {tuple(row[:4]): row[4:-1] for row in reported}
    after = {tuple(getattr(row, name) for name in _KEYS): row for row in ran.rows}
    found = []
    for key in dict.fromkeys((*before, *after)):
        now = after.get(key)
        for at, statistic in enumerate(_NUMBERS):
            was = before[key][at] if key in before else None
            is_ = None if now is None else getattr(now, statistic)
            if not _same(was, is_):
                view, perspective, horizon, measure = key
                found.append(Gap(str(view), str(perspective), int(horizon), str(measure), statistic, was, is_))
    longest = max((gap.horizon for gap in found), default=0)
    return tuple(sorted(found, key=lambda gap: _rank(gap, longest)))


def _rank(gap: Gap, longest: int) -> tuple[bool, bool, bool, bool, bool]:
    """Return the order of figures: what a report says first comes first."""
    return (
        gap.statistic not in ("base", "probability_positive"),
        gap.view != "all",
        gap.measure != "npv",
        gap.horizon != longest,
        gap.perspective != "societal",
    )


def _same(left: float | None, right: float | None) -> bool:
    if left is None or right is None:
        return left is right
    return abs(left - right) <= max(RELATIVE * max(abs(left), abs(right)), ABSOLUTE)


# -- why --------------------------------------------------------------------------------------------------------------


def _case_causes(report: OpenedCase, named: OpenedCase, sha256: str) -> list[Cause]:
    """Return how the case that was named differs from the one of the report."""
    if named.document.sha256 == sha256:
        return []
    before, after = case_data(report.case), redacted_data(case_data(named.case))
    changes, _ = case_changes(before, after)
    different = changes or before.get("horizons") != after.get("horizons")
    return [Cause("case", changes=changes)] if different else [Cause("case-words")]


def _base_causes(passport: Passport, opened: OpenedCase, bases: Bases, look: bool) -> list[Cause]:
    """Return the rows of the base that are others now, and whether they explain the whole difference."""
    rows = tuple(change.id for change in bases.changes)
    causes = [Cause("base", {"made": passport.base_version, "rows": rows})]
    if look:
        before = run_again(passport, replace(opened, reference=bases.recorded))
        if not _gaps(passport.figures, before):
            causes.append(Cause("base-only"))
    return causes


def _version_causes(made: str, method: int) -> list[Cause]:
    causes = []
    if made != __version__:
        causes.append(Cause("version", {"made": made, "version": __version__}))
    if method != METHOD:
        causes.append(Cause("method", {"made": str(method), "version": str(METHOD)}))
    return causes


# -- the result as JSON -----------------------------------------------------------------------------------------------


def _of_json(path: Path, content: bytes, case: Path | None, base: ReferenceBase) -> Reproduction:
    """Run the case of a result again; the result itself says only which case it was."""
    said = _read_json(path, content)
    if isinstance(own := said.get("own_outcomes"), list) and own:
        raise own_outcomes_missing(str(path), [str(each["name"]) for each in own if "name" in each])
    if case is None:
        raise _refusal("report-needs-case", path)
    opened = open_any(case, base)
    horizons = sorted({int(row["horizon"]) for row in said["results"]})
    ran = _run(opened, said["seed"], said["draws"], said["sampler"], horizons)
    gaps = _gaps(figures_of(said["results"]), ran)
    causes: list[Cause] = []
    if said["case_sha256"] != ran.case_sha256:
        causes.append(Cause("case") if gaps else Cause("case-words"))
    if said["reference_sha256"] != ran.reference_sha256:
        causes.append(Cause("base-other"))
    causes.extend(_version_causes(said["version"], said["method"]))
    if gaps and not causes:
        causes.append(Cause("unexplained"))
    return Reproduction(
        path, _outcome(bool(gaps), said["version"]), said["version"], gaps, tuple(causes), None, (ran, ran)
    )


def _read_json(path: Path, content: bytes) -> dict[str, Any]:
    """Return the object of a result, every part that is used of the type that it must have."""
    try:
        said = json.loads(content)
        strings = ("case_sha256", "reference_sha256", "version", "sampler")
        whole = ("seed", "draws", "method")
        right = all(isinstance(said[name], str) for name in strings) and said["sampler"] in ("sobol", "random", "lhs")
        right = (
            right
            and all(type(said[name]) is int and said[name] >= 0 for name in whole)
            and 1 <= said["draws"] <= MOST_DRAWS
        )
        for row in said["results"]:
            numbers = [row.get(name) for name in _NUMBERS]
            right = right and all(type(row[name]) is (int if name == "horizon" else str) for name in _KEYS)
            right = right and all(value is None or type(value) in (int, float) for value in numbers)
            right = right and 1 <= row["horizon"] <= LONGEST and are_figures(row)
        right = right and bool(said["results"])
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        right = False
    if not right:
        raise _refusal("report-json-broken", path)
    return dict(said)
