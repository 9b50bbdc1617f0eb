"""Which rules of a fund apply to an application, what each comes to, and in which order they are told (RULES §3)."""

from __future__ import annotations

from socio_calc.case import Document
from socio_calc.problems import Place
from socio_calc.review.finding import Finding
from socio_calc.review.fund_file import is_manual
from socio_calc.review.fund_models import Fund, Rule
from socio_calc.review.rule_kinds import Checked, evaluate

FUND_CLOSED = "fund-closed"
_ORDER = (
    ("fail", "must"),
    ("undecided", "must"),
    ("fail", "should"),
    ("undecided", "should"),
    ("fail", "info"),
    ("undecided", "info"),
    ("pass", None),
    ("not_applicable", None),
)


def rule_findings(fund: Fund, checked: Checked, document: Document | None = None) -> tuple[Finding, ...]:
    """Return a finding for every rule that applies to calls of the application's year, in the order of the report.

    A fund that has no calls in that year gives one finding instead.
    """
    year = checked.application.call.year
    if not fund.open_in(year):
        params = {"year": year, "first": fund.open.from_, "last": fund.open.to}
        place = place_of("application.call", document)
        return (Finding(FUND_CLOSED, "fail", "must", place, params, source=fund.open_source),)
    found = [_finding(rule, fund, checked, document) for rule in fund.rules if rule.valid_in(year)]
    return tuple(sorted(found, key=_rank))


def _finding(rule: Rule, fund: Fund, checked: Checked, document: Document | None) -> Finding:
    year = checked.application.call.year
    unconfirmed = not rule.confirmed_in(year)
    severity = "should" if unconfirmed and rule.severity == "must" else rule.severity
    if not _in_stage(rule, fund, checked):
        later = rule.stage == "utformning"
        return Finding(
            rule.id,
            "not_applicable",
            severity,
            place_of(None, document),
            rule=rule,
            unconfirmed=unconfirmed,
            later=later,
        )
    result = evaluate(rule.check, checked, rule.id)
    place = place_of(result.path, document)
    return Finding(rule.id, result.status, severity, place, rule=rule, result=result, unconfirmed=unconfirmed)


def _in_stage(rule: Rule, fund: Fund, checked: Checked) -> bool:
    """Say whether a rule is tested at the stage that the application has reached."""
    if rule.stage == "any" or fund.stages_in(checked.application.call.year) == ("utformning",):
        return True
    at_idea = checked.application.stage == "ide"
    return at_idea if rule.stage == "ide" else not at_idea


def place_of(path: str | None, document: Document | None) -> Place:
    """Return where a path stands in the file; without a line where a file of text has nothing of it.

    In a form an empty field has a cell too.
    """
    if document is None or path is None:
        return Place(file=None if document is None else document.file, path=path)
    place = document.place(path)
    known = place.cell is not None or path.partition(".")[0] in document.places
    return place if known else Place(file=document.file, path=path)


def _rank(finding: Finding) -> int:
    return next(
        rank
        for rank, (status, severity) in enumerate(_ORDER)
        if finding.status == status and severity in (None, finding.severity)
    )


def breaks_a_must(finding: Finding, strict: bool = False) -> bool:
    """Say whether a finding makes the check fail: a must-rule that does not hold.

    With `strict`, one that cannot be decided counts too, unless only a person can answer it.
    """
    if finding.severity != "must":
        return False
    undecided = finding.status == "undecided" and finding.rule is not None and not is_manual(finding.rule)
    return finding.status == "fail" or (strict and undecided)
