"""The check of one case: rules, agreement of application and calculation, plausibility, stated results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from socio_calc.appraisal import Appraisal, OpenedCase, appraise
from socio_calc.case import Application
from socio_calc.case.personal_data import kinds_in, texts_in
from socio_calc.form.opening import open_any
from socio_calc.review.effect import effect_of
from socio_calc.review.finding import Finding, Lack, Verdict
from socio_calc.review.fund_file import load_fund
from socio_calc.review.fund_models import Fund
from socio_calc.review.grant_limit import grant_within
from socio_calc.review.hit import Hit, Trap, Untested
from socio_calc.review.rule_kinds import Checked
from socio_calc.review.rules import FUND_CLOSED, breaks_a_must, place_of, rule_findings
from socio_calc.review.scene import Scene
from socio_calc.review.stated import StatedCheck, check_stated
from socio_calc.review.traps import TRAPS

if TYPE_CHECKING:
    from socio_calc.review.submitted.workbook_check import SubmittedReport

PERSONAL_DATA = "personal-data"
_SEVERITIES = ("serious", "warning", "note")


@dataclass(frozen=True)
class Review:
    """What the check of one case came to.

    Attributes
    ----------
    file
        The case.
    verdict
        Fail only where a must-rule does not hold; remarks where anything else is worth a look.
    fund
        Whose rules were tested, None without one. `call_assumed`: the case names no call, and this year was taken.
    findings
        Rules in the order of RULES §3, then the rest, most serious first.
    lacks
        Plausibility checks that lacked what they need, and what that is.
    stated
        Stated results beside the computed ones.
    appraisal, scene
        The computed case, and the same with what the checks look at.
    report
        Where the case came in a report workbook: what the workbook itself came to.
    strict
        Whether must-rules that cannot be decided count as broken.
    """

    file: Path
    title: str
    verdict: Verdict
    fund: Fund | None
    findings: tuple[Finding, ...]
    lacks: tuple[Lack, ...]
    stated: tuple[StatedCheck, ...]
    year: int | None
    call_assumed: bool
    appraisal: Appraisal = field(repr=False)
    scene: Scene = field(repr=False)
    report: SubmittedReport | None = None
    strict: bool = False

    @property
    def untested(self) -> tuple[str, ...]:
        """Codes of the traps that lacked what they need."""
        return tuple(dict.fromkeys(lack.code for lack in self.lacks))

    @property
    def broken(self) -> tuple[Finding, ...]:
        """Must-rules that do not hold; with `strict` those too that cannot be decided, save by a person."""
        return tuple(finding for finding in self.findings if breaks_a_must(finding, self.strict))

    def with_status(self, *statuses: str) -> tuple[Finding, ...]:
        """Return the findings that came to one of some statuses, in their order."""
        return tuple(finding for finding in self.findings if finding.status in statuses)


def review_case(
    path: Path,
    *,
    fund: str | None = None,
    strict: bool = False,
    draws: int = 16_384,
    seed: int = 1,
    answers: Mapping[str, bool] | None = None,
    funds_folder: Path | None = None,
    today: date | None = None,
) -> Review:
    """Check a case file.

    Parameters
    ----------
    path
        The case.
    fund
        Whose rules to test; None is the fund that the application names.
    strict
        A must-rule that cannot be decided counts as broken, unless only a person can answer it.
    draws, seed
        As for `appraise`.
    answers
        A reviewer's answers to questions for a person, by rule id.
    funds_folder
        Where the rule files are; None is the shipped folder.
    today
        Decides the year of call where the case has no application.

    Raises
    ------
    InputError
        The case cannot be computed, or there is no such fund.
    """
    return review_opened(
        open_any(path),
        path,
        fund=fund,
        strict=strict,
        draws=draws,
        seed=seed,
        answers=answers,
        funds_folder=funds_folder,
        today=today,
    )


def review_opened(
    opened: OpenedCase,
    path: Path,
    *,
    fund: str | None = None,
    strict: bool = False,
    draws: int = 16_384,
    seed: int = 1,
    answers: Mapping[str, bool] | None = None,
    funds_folder: Path | None = None,
    today: date | None = None,
    first: Sequence[Finding] = (),
    appraisal: Appraisal | None = None,
) -> Review:
    """Check a case that has been opened, whatever kind of file it came in.

    Parameters
    ----------
    opened, path
        The case, and the file that it came in.
    fund, strict, draws, seed, answers, funds_folder, today
        As for `review_case`.
    first
        Findings about the file itself, which stand before those about the case.
    appraisal
        The computed case, where it has been computed already; `draws` and `seed` are then those of it.

    Raises
    ------
    InputError
        As `review_case`.
    """
    written = opened.case.application
    name = fund or (written.fund if written is not None else None)
    place = opened.document.place("application.fund") if fund is None else None
    rules_of = None if name is None else load_fund(name, funds_folder, place)
    application = written
    if application is None and name is not None:
        application = Application(fund=name, call=today or date.today())
    if appraisal is None:
        appraisal = appraise(
            opened.case, draws=draws, seed=seed, reference=opened.reference, case_sha256=opened.document.sha256
        )
    scene = Scene(appraisal, application, rules_of)
    found: tuple[Finding, ...] = ()
    if rules_of is not None and application is not None:
        checked = Checked(opened.case, application, appraisal, scene.budget, answers or {})
        found = tuple(_with_effect(finding, scene) for finding in rule_findings(rules_of, checked, opened.document))
    doubts, lacks = _doubts(TRAPS, scene, opened, found)
    findings = (
        *first,
        *found,
        *sorted([*doubts, *_personal_data(opened)], key=lambda item: _SEVERITIES.index(item.severity)),
    )
    return Review(
        file=path,
        title=opened.case.title,
        verdict=verdict_of(findings, strict),
        strict=strict,
        fund=rules_of,
        findings=findings,
        lacks=lacks,
        stated=check_stated(appraisal),
        year=None if application is None else application.call.year,
        call_assumed=written is None and application is not None,
        appraisal=appraisal,
        scene=scene,
    )


def _with_effect(finding: Finding, scene: Scene) -> Finding:
    """Add to a broken rule about the size of the grant what it takes to keep it, and what that does to the result."""
    if finding.status != "fail" or finding.rule is None:
        return finding
    change = grant_within(finding.rule.check, scene)
    return replace(finding, change=change, effect=effect_of(scene, change))


def verdict_of(findings: Iterable[Finding], strict: bool = False) -> Verdict:
    """Return fail, remarks or pass; what is only for information changes nothing."""
    listed = tuple(findings)
    if any(breaks_a_must(finding, strict) for finding in listed):
        return "fail"
    doubtful = any(
        finding.status == "finding" or (finding.status in ("fail", "undecided") and finding.severity != "info")
        for finding in listed
    )
    return "remarks" if doubtful else "pass"


def _doubts(
    traps: Iterable[Trap], scene: Scene, opened: OpenedCase, rules: tuple[Finding, ...]
) -> tuple[list[Finding], tuple[Lack, ...]]:
    """Run the traps; one whose matter a broken rule of the fund has told already says nothing again."""
    told = {code for finding in rules if finding.status == "fail" for code in _told_by(finding)}
    found: list[Finding] = []
    lacks: list[Lack] = []
    for trap in traps:
        if trap.code in told:
            continue
        results = list(trap.test(scene))
        hits = [result for result in results if isinstance(result, Hit)]
        if results and not hits:
            lacks.extend(_lacks(trap.code, [result for result in results if isinstance(result, Untested)]))
        for hit in hits:
            place = place_of(hit.path, opened.document)
            found.append(
                Finding(
                    trap.code,
                    "finding",
                    hit.severity or trap.severity,
                    place,
                    hit.params,
                    change=hit.change,
                    effect=effect_of(scene, hit.change),
                )
            )
    return found, tuple(lacks)


def _lacks(code: str, untested: Sequence[Untested]) -> Iterator[Lack]:
    """Put together what a trap lacked: one for each kind of thing, with everything that it lacked it for."""
    for needs in dict.fromkeys(item.needs for item in untested):
        same = [item for item in untested if item.needs == needs]
        names = tuple(dict.fromkeys(item.name for item in same if item.name is not None))
        paths = tuple(dict.fromkeys(path for item in same for path in item.paths))
        yield Lack(code, needs, names, paths)


def _told_by(finding: Finding) -> tuple[str, ...]:
    """Return the traps about the same matter as a rule."""
    if finding.code == FUND_CLOSED or finding.rule is None:
        return ()
    return ("grant-over-half",) if finding.rule.check.kind == "max_share" else ()


def _personal_data(opened: OpenedCase) -> list[Finding]:
    """Name the places of personal data, never the data."""
    found = []
    data = opened.document.data
    # The names of keys are written by people too: of quantities, of scenarios, ids.
    named = [(path, path.rpartition(".")[2]) for path in opened.document.places]
    listed = dict.fromkeys([*texts_in(data), *named])
    for path, text in listed:
        kinds = kinds_in(text)
        if kinds:
            place = opened.document.place(path)
            found.append(Finding(PERSONAL_DATA, "finding", "warning", place, {"kinds": kinds}))
    return found
