"""What the report says of the check of its case: `ReviewSummary`, made from a `Review`."""

from __future__ import annotations

from socio_calc.locale import Language, texts
from socio_calc.report.document.review_summary import ReviewNote, ReviewSummary
from socio_calc.review.finding import Finding
from socio_calc.review.review import Review
from socio_calc.review.rule_words import rule_text
from socio_calc.review.traps import TRAPS
from socio_calc.review.wording import effect_in_words, place_in_words, untested_in_words, worded

_RULE_SEVERITIES = ("must", "should", "info")


def report_part(review: Review, lang: Language) -> ReviewSummary:
    """Return the check of a case as its report shows it: counts, then every finding in words.

    Parameters
    ----------
    review
        The check.
    lang
        Language of the report.
    """
    words, fund = texts(lang), review.fund
    rules = [finding for finding in review.findings if finding.rule is not None and not finding.later]
    return ReviewSummary(
        fund=None if fund is None else fund.name_sv if lang == "sv" else fund.name_en,
        rules=len(rules),
        passed=sum(finding.status in ("pass", "not_applicable") for finding in rules),
        traps=len(TRAPS) - len(review.untested),
        notes=tuple(_note(finding, review, lang) for finding in review.with_status("fail", "finding")),
        undecided=tuple(
            rule_text(finding.rule, lang)
            for finding in rules
            if finding.status == "undecided" and finding.rule is not None
        ),
        untested=tuple(untested_in_words(code, words) for code in review.untested),
    )


def _note(finding: Finding, review: Review, lang: Language) -> ReviewNote:
    said = worded(finding, review.appraisal, lang)
    kind = "rule" if finding.severity in _RULE_SEVERITIES else "finding"
    return ReviewNote(
        severity=texts(lang).t(f"choice.{kind}.severity.{finding.severity}"),
        what=f"{said.rule} {said.what}" if said.rule else said.what,
        why=said.why or "",
        remedy=said.remedy or "",
        place=place_in_words(finding, lang) or "",
        effect=effect_in_words(finding, lang) or "",
    )
