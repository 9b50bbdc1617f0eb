"""What the report says of the check of its case: `ReviewSummary`, made from a `Review`."""

from __future__ import annotations

from socio_calc.appraisal import item_name
from socio_calc.case.personal_data import redacted
from socio_calc.locale import Language, Texts, texts
from socio_calc.report.document.review_summary import ReviewNote, ReviewSummary
from socio_calc.review.finding import Finding
from socio_calc.review.fund_file import checks_in, is_manual
from socio_calc.review.fund_models import Manual
from socio_calc.review.review import Review
from socio_calc.review.rule_words import has_own_message, reservation, rule_message, rule_text
from socio_calc.review.traps import TRAPS
from socio_calc.review.wording import effect_in_words, field_in_words, source_of, untested_in_words, worded

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
        undecided=tuple(_undecided(finding, lang) for finding in rules if _for_a_person(finding)),
        lacking=tuple(
            _undecided(finding, lang)
            for finding in rules
            if finding.status == "undecided" and not _for_a_person(finding)
        ),
        untested=tuple(untested_in_words(lack, words) for lack in review.lacks),
    )


def _for_a_person(finding: Finding) -> bool:
    """Say whether a person must decide a rule: one that asks a question and lacks nothing that the file could give."""
    if finding.status != "undecided" or finding.rule is None:
        return False
    asks = any(isinstance(check, Manual) for check, _ in checks_in(finding.rule.check))
    return asks and not (finding.result is not None and finding.result.missing)


def _undecided(finding: Finding, lang: Language) -> str:
    """Return a rule that is not decided, with the question or with what it lacks unless the rule says it itself."""
    if finding.rule is None:
        return finding.code
    text = rule_text(finding.rule, lang)
    return text if is_manual(finding.rule) else f"{text} {redacted(rule_message(finding, lang, reserved=False))}"


def _note(finding: Finding, review: Review, lang: Language) -> ReviewNote:
    said, words = worded(finding, review.appraisal, lang, keys=False), texts(lang)
    kind = "rule" if finding.severity in _RULE_SEVERITIES else "finding"
    return ReviewNote(
        severity=words.t(f"choice.{kind}.severity.{finding.severity}"),
        what=said.what if finding.rule is None else _broken_rule(finding, words),
        why=said.why or _fund_words(finding, words),
        remedy=" ".join(part for part in (said.remedy, reservation(finding, lang)) if part),
        place=_place(finding, said.what, review, words),
        effect=effect_in_words(finding, lang) or "",
    )


def _place(finding: Finding, said: str, review: Review, words: Texts) -> str:
    """Return the field that a finding is about, of an item its name; empty where the sentence names the item."""
    path = finding.place.path
    named = None if path is None else item_name(review.appraisal, path)
    if named is None:
        return field_in_words(finding, words.lang) or ""
    shown = redacted(words.t("document.review.item", name=named))
    return "" if shown.casefold() in said.casefold() else shown


def _broken_rule(finding: Finding, words: Texts) -> str:
    """Return a rule that is not met so that nobody can read it as if it were: the rule, that it is not met, and how."""
    if finding.rule is None:
        return finding.code
    message = redacted(rule_message(finding, words.lang, reserved=False))
    key = "check.rule-broken" if has_own_message(finding, words.lang) else "check.rule-told"
    return words.t(key, rule=rule_text(finding.rule, words.lang), message=message)


def _fund_words(finding: Finding, words: Texts) -> str:
    """Return the words of the fund that a rule rests on, with their source."""
    source = source_of(finding)
    if source is None or not source.words:
        return ""
    return words.t("check.fund-words", words=source.words, title=source.title)
