"""A rule's result in words: its own message with figures written as the language writes them, or the general one."""

from __future__ import annotations

from socio_calc.locale import Language, Texts, money, number, share, texts
from socio_calc.locale.paths import label_keys
from socio_calc.locale.placeholders import fill, inline
from socio_calc.review.finding import Finding
from socio_calc.review.fund_models import Manual, RequiredText, Rule
from socio_calc.review.rule_result import Missing, RuleResult, Shown


def rule_text(rule: Rule, lang: Language) -> str:
    """Return the rule itself in one sentence."""
    return rule.text_sv if lang == "sv" else rule.text_en


def rule_message(finding: Finding, lang: Language, *, reserved: bool = True) -> str:
    """Return what a rule came to, with the reservation that a rule without a source for the year gets.

    `reserved` leaves that out: it is for those who know the fund's guideline.

    Raises
    ------
    ValueError
        The finding is not about a rule.
    """
    rule, words = finding.rule, texts(lang)
    if rule is None:
        raise ValueError(f"{finding.code} is no rule")
    if finding.result is None:
        message = words.t("check.later-stage" if finding.later else "check.not-applicable")
    else:
        message = _message(rule, finding.result, words)
    added = reservation(finding, lang) if reserved else None
    return message if added is None else f"{message} {added}"


def missing_in_words(finding: Finding, lang: Language) -> str | None:
    """Return what a rule lacked, None where nothing is missing or the finding is about no rule."""
    if finding.rule is None or finding.result is None:
        return None
    return _all_missing(finding.rule, finding.result, texts(lang))


def _message(rule: Rule, result: RuleResult, words: Texts) -> str:
    if result.status == "not_applicable":
        return words.t("check.not-applicable")
    if result.status == "undecided" and isinstance(rule.check, Manual):
        question = rule.check.question_sv if words.lang == "sv" else rule.check.question_en
        return words.t("check.undecided-manual", question=question)
    own = getattr(rule.messages, f"{result.status}_{words.lang}")
    if own:
        return fill(own, _values(rule, result, words), words.lang)
    return words.t(f"check.{result.status}", **_values(rule, result, words))


def rule_remedy(finding: Finding, lang: Language) -> str | None:
    """Return what to do about a rule that is not met, None for other results."""
    rule, words = finding.rule, texts(lang)
    if rule is None or finding.result is None or finding.status != "fail":
        return None
    own = rule.messages.remedy_sv if lang == "sv" else rule.messages.remedy_en
    return fill(own, _values(rule, finding.result, words), lang) if own else words.t("check.rule-remedy")


def reservation(finding: Finding, lang: Language) -> str | None:
    """Say how far a rule is confirmed, None where its source covers the year of the call or nothing depends on it."""
    rule, words = finding.rule, texts(lang)
    if rule is None or not finding.unconfirmed or finding.status in ("pass", "not_applicable"):
        return None
    if rule.confirmed_to is None:
        return words.t("check.unconfirmed")
    return words.t("check.confirmed-to", year=rule.confirmed_to)


def has_own_message(finding: Finding, lang: Language) -> bool:
    """Say whether a rule tells its result in words of its own; the general message says itself what it came to."""
    return finding.rule is not None and bool(getattr(finding.rule.messages, f"{finding.status}_{lang}", None))


def _values(rule: Rule, result: RuleResult, words: Texts) -> dict[str, str | None]:
    values = {
        "value": _shown(result.value, words),
        "limit": _shown(result.limit, words),
        "where": None if result.where is None else str(result.where),
        "missing": _all_missing(rule, result, words),
        "written": _written_so_far(result.value, words),
    }
    if result.days is not None:
        values |= dict(zip(("from", "to"), (day.isoformat() for day in result.days), strict=True))
    return values


def _written_so_far(shown: Shown | None, words: Texts) -> str | None:
    """Say how long a text is that is too short, None for results about no text."""
    if shown is None or shown.unit != "word-count" or not isinstance(shown.value, int | float):
        return None
    return words.plural("check.words", int(shown.value)) if shown.value else words.t("check.words-none")


def _shown(shown: Shown | None, words: Texts) -> str | None:
    if shown is None:
        return None
    values = shown.value if isinstance(shown.value, tuple) else (shown.value,)
    return ", ".join(_written(value, shown, words) for value in values)


def _written(value: str | bool | float, shown: Shown, words: Texts) -> str:
    if shown.unit == "choice":
        key = f"choice.{shown.choices}.{str(value).lower() if isinstance(value, bool) else value}"
        return inline(words.t(key)) if words.has(key) else str(value)
    if isinstance(value, str) or shown.unit == "text":
        return str(value)
    if shown.unit == "share":
        limit = () if value == round(value, 2) else (round(value, 2),)
        return share(value, words.lang, limits=limit)
    if shown.unit == "money":
        return money(value, words.lang)
    if shown.unit == "sek":
        return words.t("quantity.sek", x=number(value, words.lang, decimals=0))
    return number(value, words.lang)


def _all_missing(rule: Rule, result: RuleResult, words: Texts) -> str | None:
    """Name what is missing; where the rule asks for one thing of every element, the elements are named alone."""
    alone = isinstance(rule.check, RequiredText) and len(rule.check.fields_) == 1
    named = [_missing(item, words, alone or rule.check.kind == "allowed_values") for item in result.missing]
    return ", ".join(dict.fromkeys(named)) or None


def _missing(item: Missing, words: Texts, alone: bool) -> str:
    if item.value is not None:
        key = f"choice.{item.choices}.{item.value}"
        value = inline(words.t(key)) if item.choices and words.has(key) else item.value
        # An adjective alone ("ekonomisk") says nothing of what is missing.
        noun = f"check.missing.{item.choices}"
        return words.t(noun, value=value) if words.has(noun) else value
    if item.name and alone:
        return item.name
    label = inline(words.label(item.path)) if item.path and label_keys(item.path) else str(item.path)
    return f"{label} ({item.name})" if item.name else label
