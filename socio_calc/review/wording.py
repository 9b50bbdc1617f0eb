"""Findings in words: what, why it matters, what to do, where, and what it does to the result.

Personal data in a user's own words are blanked in everything that leaves here.
"""

from __future__ import annotations

from dataclasses import dataclass

from socio_calc.appraisal import Appraisal
from socio_calc.appraisal.export import readable_params
from socio_calc.case.personal_data import PERSONAL_KINDS_KEY, redacted
from socio_calc.locale import Language, Texts, money, texts
from socio_calc.locale.paths import label_keys
from socio_calc.locale.placeholders import inline
from socio_calc.review.field_names import field_names
from socio_calc.review.finding import Effect, Finding, Lack
from socio_calc.review.rule_words import rule_message, rule_remedy, rule_text
from socio_calc.review.rules import FUND_CLOSED
from socio_calc.review.traps import TRAP_OF

#: Cells of a report that somebody has written over: their effect is told from what the program wrote to what stands.
EDITED = frozenset({"report-input", "report-number", "report-formula"})


@dataclass(frozen=True)
class Source:
    """Where a finding rests: title, publisher, address, and the words that state it, each None where not told."""

    title: str | None
    publisher: str | None = None
    url: str | None = None
    words: str | None = None


@dataclass(frozen=True)
class Worded:
    """A finding in one language; `rule` is the rule itself, None for other findings."""

    what: str
    why: str | None = None
    remedy: str | None = None
    rule: str | None = None

    @property
    def message(self) -> str:
        """What was found and why it matters, as one text."""
        return self.what if self.why is None else f"{self.what} {self.why}"


def worded(finding: Finding, appraisal: Appraisal, lang: Language, *, keys: bool = True) -> Worded:
    """Return a finding in words; with `keys` fields are named with their key in the file beside their label.

    Raises
    ------
    KeyError
        A text or one of its values is missing.
    """
    words = texts(lang)
    if finding.rule is not None:
        remedy = rule_remedy(finding, lang)
        return Worded(
            redacted(rule_message(finding, lang)),
            remedy=None if remedy is None else redacted(remedy),
            rule=rule_text(finding.rule, lang),
        )
    if finding.code == FUND_CLOSED:
        return Worded(words.t("check.fund-closed", **finding.params), remedy=words.t("check.fund-closed-remedy"))
    params = field_names(words, finding.place, keys=keys) | readable_params(appraisal, finding.params, lang)
    if not keys and "row_id" in params:
        params["row_id"] = None  # the name of a row means something to those who see the file
    if "kinds" in params:
        params["kinds"] = tuple(words.t(f"{PERSONAL_KINDS_KEY}.{kind}") for kind in finding.params["kinds"])  # type: ignore[attr-defined]
    what, why, remedy = (
        redacted(words.t(f"trap.{finding.code}.{part}", **params)) for part in ("what", "why", "remedy")
    )
    return Worded(what, why, remedy)


def source_of(finding: Finding) -> Source | None:
    """Return what a finding rests on, None for what needs no source."""
    stated = finding.source if finding.rule is None else finding.rule.source
    if stated is not None:
        return Source(stated.title, stated.publisher, stated.url, stated.words)
    trap = TRAP_OF.get(finding.code)
    return None if trap is None or trap.source is None else Source(trap.source, url=trap.url)


def finding_title(finding: Finding, lang: Language) -> str:
    """Return what kind of thing was found; the code where nobody has named it."""
    key = f"trap.{finding.code}.title"
    return texts(lang).t(key) if texts(lang).has(key) else finding.code


def untested_in_words(lack: Lack, words: Texts) -> str:
    """Return what could not be tested, why, and for which outcomes or prices."""
    key = f"trap.{lack.code}.untested"
    missing = tuple(inline(words.label(path)) if label_keys(path) else path for path in lack.paths)
    text = words.t(f"{key}.{lack.needs}" if lack.needs else key, names=lack.names, missing=missing)
    return redacted(text)


def field_in_words(finding: Finding, lang: Language) -> str | None:
    """Return the label of the field that a finding is about, None where it has none."""
    path = finding.place.path
    return texts(lang).label(path) if path is not None and label_keys(path) else None


def place_in_words(finding: Finding, lang: Language) -> str | None:
    """Return where a finding stands: label of the field, and key path and line, or sheet and cell."""
    place, words = finding.place, texts(lang)
    if place.path is None and place.cell is None:
        return None
    label = field_in_words(finding, lang)
    if place.cell is not None:
        return redacted(words.t("check.place.form", label=label, sheet=place.sheet, cell=place.cell))
    return redacted(words.t("check.place.yaml", label=label, path=place.path, line=place.line))


def where(finding: Finding, lang: Language) -> str | None:
    """Return where a finding stands as a sentence of the screen."""
    place = place_in_words(finding, lang)
    return None if place is None else texts(lang).t("check.where", place=place)


def effect_in_words(finding: Finding, lang: Language, change: str | None = None) -> str | None:
    """Return what putting a finding right does to the result, None where that is not known.

    `change` says what was tried.
    """
    if finding.effect is None:
        return None
    if finding.code in EDITED:
        return _edited(finding, finding.effect, lang)
    societal = money(finding.effect.societal, lang, signed=True)
    own = finding.effect.applicant
    applicant = None if own is None else money(own, lang, signed=True)
    return texts(lang).t("check.effect", societal=societal, applicant=applicant, change=change)


def _edited(finding: Finding, effect: Effect, lang: Language) -> str:
    """Say what a cell that was written over does to the result; `effect` is what putting it right does."""
    words, params = texts(lang), finding.params
    way = "same" if effect.societal == 0 else "lower" if effect.societal > 0 else "higher"
    empty = words.t("check.edited.empty")
    own = effect.applicant
    return redacted(
        words.t(
            f"check.edited.{way}",
            found=empty if params.get("found") is None else params["found"],
            before=empty if params.get("before") is None else params["before"],
            amount=abs(effect.societal),
            applicant=None if not own else -own,
        )
    )
