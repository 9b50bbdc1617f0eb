"""Findings as questions to the applicant: friendly, one thing each, and never a verdict."""

from __future__ import annotations

from socio_calc.appraisal.export import readable_params
from socio_calc.case.personal_data import PERSONAL_KINDS_KEY, redacted
from socio_calc.locale import Texts
from socio_calc.locale.paths import label_keys
from socio_calc.review.finding import Finding
from socio_calc.review.fund_file import checks_in, is_manual
from socio_calc.review.fund_models import Manual, ResultWithin
from socio_calc.review.review import Review
from socio_calc.review.rule_words import missing_in_words, rule_message, rule_remedy
from socio_calc.review.rules import FUND_CLOSED
from socio_calc.review.wording import finding_title, worded


def is_question(finding: Finding) -> bool:
    """Say whether the applicant could answer a finding: not what only the fund can judge, nor what is information."""
    if finding.status == "finding":
        return True
    if finding.rule is None or finding.severity == "info" or is_manual(finding.rule):
        return False
    return finding.status in ("fail", "undecided")


def question_of(finding: Finding, review: Review, words: Texts) -> str | None:
    """Return a finding as a question, None where there is nothing to ask."""
    if finding.code == FUND_CLOSED or not is_question(finding):
        return None
    if finding.rule is not None:
        missing = missing_in_words(finding, words.lang)
        asked = [check for check, _ in checks_in(finding.rule.check) if isinstance(check, Manual)]
        if finding.status == "undecided" and missing is None and asked:
            return asked[0].question_sv if words.lang == "sv" else asked[0].question_en
        if finding.status == "undecided" and missing is None:
            return redacted(words.t("letter.undecided-rule", rule=_rule_text(finding, words)))
        if finding.status == "undecided":
            return redacted(words.t("letter.undecided", missing=missing))
        # What the calculation comes to is nothing to change; how it came about is something to talk about.
        key = "letter.result" if isinstance(finding.rule.check, ResultWithin) else "letter.broken"
        message = rule_message(finding, words.lang, reserved=False)
        remedy = rule_remedy(finding, words.lang) if key == "letter.broken" else None
        return redacted(words.t(key, message=" ".join(part for part in (message, remedy) if part)))
    key = f"letter.question.{finding.code}"
    if not words.has(key):
        said = worded(finding, review.appraisal, words.lang)
        return words.t("letter.other", finding=said.what)
    params = readable_params(review.appraisal, finding.params, words.lang)
    kinds = finding.params.get("kinds")
    if isinstance(kinds, tuple):
        params["kinds"] = tuple(words.t(f"{PERSONAL_KINDS_KEY}.{kind}") for kind in kinds)
    return redacted(words.t(key, **params))


def topic_of(finding: Finding, review: Review, words: Texts) -> str:
    """Return what a finding is about: the field with the outcome that it belongs to, else what kind of thing it is."""
    path = finding.place.path
    if finding.rule is not None and (path is None or not label_keys(path)):
        return words.t("letter.rule-topic", rule=_rule_text(finding, words))
    if path is None or not label_keys(path):
        return finding_title(finding, words.lang)
    label, parts = words.label(path), path.split(".")
    changed = review.scene.case.changed
    owner = next((item.name for item in changed if parts[:2] == review.scene.path_of(item).split(".")), None)
    return redacted(words.t("letter.topic", label=label, owner=owner))


def _rule_text(finding: Finding, words: Texts) -> str:
    if finding.rule is None:
        return finding.code
    return finding.rule.text_sv if words.lang == "sv" else finding.rule.text_en
