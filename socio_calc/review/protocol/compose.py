"""From a review to its protocol: everything in words, numbered, and beside it what an earlier reviewer wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from socio_calc.case.personal_data import redacted
from socio_calc.locale import Texts, number, texts
from socio_calc.locale.catalogue import Language
from socio_calc.locale.paths import label_keys
from socio_calc.report.files import slug
from socio_calc.review.assumptions import Assumption, assumptions, weightiest
from socio_calc.review.change_words import change_in_words
from socio_calc.review.effect import applicant, net_of
from socio_calc.review.field_value import field_value
from socio_calc.review.finding import Finding
from socio_calc.review.protocol.earlier import ASSESSMENT_ROW, ASSUMPTION, FINDING, RULE, EarlierProtocol, compared
from socio_calc.review.protocol.keys import finding_keys, stable_path
from socio_calc.review.protocol.questions import is_question, question_of, topic_of
from socio_calc.review.protocol.record import (
    ASSESSMENT,
    Answered,
    AssumptionLine,
    Earlier,
    Identity,
    Item,
    Judgement,
    Protocol,
    StatedLine,
)
from socio_calc.review.put_right import put_all_right
from socio_calc.review.review import Review
from socio_calc.review.stated import MONEY, StatedCheck
from socio_calc.review.wording import (
    EDITED,
    effect_in_words,
    finding_title,
    place_in_words,
    source_of,
    untested_in_words,
    worded,
)

#: Assumptions that the reviewers are asked about one by one.
_WEIGHTY: Final = 10
#: Letters of a hash that people compare.
_SHORT_HASH: Final = 8
#: Fields that an applicant may have described well, and the least number of words of that.
_DESCRIPTIONS: Final = (
    "needs_analysis",
    "ordinary_practice",
    "mechanism",
    "implementation_plan",
    "equity",
    "child_rights",
)
_WORDS: Final = 20
_MOST_GOOD: Final = 4


def protocol_of(
    review: Review, lang: Language = "sv", earlier: EarlierProtocol | None = None, today: date | None = None
) -> Protocol:
    """Return the protocol of a review.

    Parameters
    ----------
    review
        What the check came to.
    lang
        Language of the protocol.
    earlier
        The protocol of an earlier version of the application, with the reviewers' decisions and comments.
    today
        The day on the protocol; None is today.
    """
    composer = _Composer(review, lang, earlier)
    return composer.protocol(today or date.today())


class _Composer:
    """One review in one language."""

    def __init__(self, review: Review, lang: Language, earlier: EarlierProtocol | None) -> None:
        self.review, self.lang, self.earlier = review, lang, earlier
        self.words: Texts = texts(lang)
        self.actor = applicant(review.scene)
        self.before = net_of(review.scene, "societal")
        self.applicant_before = None if self.actor is None else net_of(review.scene, self.actor)

    def protocol(self, today: date) -> Protocol:
        review, right = self.review, put_all_right(self.review)
        keys = finding_keys(review.findings, review.scene.data)
        pairs = list(zip(review.findings, keys, strict=True))
        rules = tuple(
            self.item(finding, key, 0) for finding, key in pairs if finding.status != "finding" and not _apart(finding)
        )
        doubts = [pair for pair in pairs if pair[0].status == "finding"]
        order = ("serious", "warning", "note")
        doubts.sort(key=lambda pair: order.index(pair[0].severity))
        findings = tuple(self.item(finding, key, n) for n, (finding, key) in enumerate(doubts, start=1))
        actor_after = right.effect.applicant if right is not None else None
        after_all = (
            None if self.applicant_before is None or actor_after is None else self.applicant_before + actor_after
        )
        return Protocol(
            lang=self.lang,
            identity=self.identity(today),
            verdict=review.verdict,
            broken=tuple(finding.code for finding in review.broken),
            before=self.before,
            after=None if right is None else right.societal,
            applicant_before=self.applicant_before,
            applicant_after=after_all,
            perspective=self.actor,
            horizon=review.appraisal.longest,
            summary=tuple(self.summary(None if right is None else right.societal)),
            rules=rules,
            findings=findings,
            rule_notes=tuple(self.rule_notes()),
            stated=(*self.reported(), *map(self.stated, review.stated)),
            assumptions=tuple(self.assumptions()),
            untested=tuple(untested_in_words(lack, self.words) for lack in review.lacks),
            good=self.good(),
            earlier=self.compared(rules, findings),
            assessment=tuple((name, self.judged(ASSESSMENT_ROW, name).comment) for name in ASSESSMENT),
        )

    # -- parts ----------------------------------------------------------------------------------------------------

    def identity(self, today: date) -> Identity:
        review, application = self.review, self.review.scene.application
        fund, appraisal = review.fund, review.appraisal
        name = None if fund is None else fund.name_sv if self.lang == "sv" else fund.name_en
        stage = None if application is None else application.stage
        return Identity(
            title=redacted(review.title),
            file=redacted(review.file.name),
            fund=name,
            call=None if review.year is None else str(review.year),
            stage=None if stage is None else self.words.choice("stage", stage),
            date=today.isoformat(),
            version=appraisal.version,
            reference=appraisal.reference_sha256[:_SHORT_HASH],
            case_sha256=appraisal.case_sha256,
        )

    def rule_notes(self) -> Iterable[str]:
        review, words = self.review, self.words
        if review.fund is None:
            return
        if review.call_assumed:
            yield words.t("check.call-assumed", year=review.year)
        apart = review.with_status("not_applicable")
        for name, wanted in (("not_applicable", False), ("later", True)):
            codes = tuple(finding.code for finding in apart if finding.later == wanted)
            if codes:
                yield words.t(f"check.list.{name}", codes=codes)
        yield words.t("check.under-table")
        if review.fund.note_sv and self.lang == "sv":
            yield review.fund.note_sv

    def item(self, finding: Finding, key: str, number_of: int) -> Item:
        review, words = self.review, self.words
        said, source = worded(finding, review.appraisal, self.lang), source_of(finding)
        path = finding.place.path
        edited = effect_in_words(finding, self.lang) if finding.code in EDITED else None
        effect = None if edited is not None else finding.effect
        kind = RULE if finding.status != "finding" else FINDING
        before_applicant = self.applicant_before
        value = None if path is None else field_value(path, review.scene, words)
        asks = self.earlier is not None and is_question(finding)
        return Item(
            key=key,
            number=number_of,
            code=finding.code,
            status=finding.status,
            severity=finding.severity,
            title=said.rule or finding_title(finding, self.lang),
            topic=topic_of(finding, review, words),
            question=question_of(finding, review, words),
            where=place_in_words(finding, self.lang),
            value=None if value is None else redacted(value),
            what=said.what if edited is None else f"{said.what} {edited}",
            why=said.why,
            remedy=said.remedy,
            quoted=None if source is None else source.words,
            source=None if source is None else source.title,
            url=None if source is None else source.url,
            tried=None if effect is None else change_in_words(finding, review, self.lang),
            societal=None if effect is None else self.before + effect.societal,
            applicant=None
            if effect is None or effect.applicant is None or before_applicant is None
            else before_applicant + effect.applicant,
            mark=self.earlier.mark(kind, key) if self.earlier is not None and asks else None,
            judgement=self.judged(kind, key),
            edited=edited,
        )

    def judged(self, kind: str, key: str) -> Judgement:
        return Judgement() if self.earlier is None else self.earlier.judgement(kind, key)

    def summary(self, after: float | None) -> Iterable[str]:
        review, words = self.review, self.words
        broken = review.broken
        undecided = sum(finding not in broken for finding in review.with_status("undecided"))
        doubts = review.with_status("finding")
        others = (finding for finding in review.with_status("fail") if finding not in broken)
        count = len(doubts) + sum(finding.severity != "info" for finding in others)
        serious = sum(finding.severity == "serious" for finding in doubts)
        if broken:
            listed = tuple(finding.code for finding in broken)
            yield words.plural("protocol.summary.fail", len(broken), list=listed)
        if review.fund is None:
            yield words.t("protocol.summary.no-fund")
        elif not broken and not count:
            yield words.plural("protocol.summary.pass", undecided)
        elif not broken:
            yield words.t("protocol.summary.unbroken")
        if count:
            severity = words.t("choice.finding.severity.serious") if serious else None
            yield words.plural("protocol.summary.remarks", count, s=serious or None, severity=severity)
        if undecided and count:
            yield words.plural("protocol.summary.undecided", undecided)
        result = words.t("protocol.summary.result", npv=self.before, h=review.appraisal.longest)
        if after is None:
            yield result
            return
        conclusion = "stays" if (self.before >= 0) == (after >= 0) else "changes"
        corrected = words.t("protocol.summary.corrected", npv=after)
        yield f"{result} {corrected} {words.t(f'check.conclusion.{conclusion}')}"

    def stated(self, checked: StatedCheck) -> StatedLine:
        words, stated = self.words, checked.stated
        name = stated.measure.partition(":")[0]
        computed = checked.told(checked.computed)
        label = words.t(
            "protocol.stated.measure", measure=stated.measure, perspective=stated.perspective, h=stated.horizon
        )
        gap = None if computed is None else computed - float(checked.told(stated.value) or 0.0)
        agreement = "not-comparable" if checked.computed is None else checked.agreement
        written = self.sek if name in MONEY else self.plain
        return StatedLine(
            redacted(label), written(checked.told(stated.value)), written(computed), written(gap), agreement
        )

    def reported(self) -> Iterable[StatedLine]:
        """Yield the results that a submitted report shows for each party, beside a fresh run."""
        report = self.review.report
        results = () if report is None else report.results
        if report is not None and not report.has_values:
            results = results[:1]  # society's alone: a dash for every party would tell the same thing
        for item in results:
            if item.reported is None and item.computed == 0.0:
                continue
            label = self.words.t("protocol.stated.report", perspective=item.perspective, h=item.horizon)
            gap = None if item.reported is None else item.computed - item.reported
            agreement = "not-comparable" if item.reported is None else item.agreement
            amounts = (self.sek(item.reported), self.sek(item.computed), self.sek(gap))
            yield StatedLine(label, *amounts, agreement, item.origin)

    def sek(self, value: float | None) -> str:
        if value is None:
            return "–"
        return self.words.t("quantity.sek", x=number(round(value), self.lang, decimals=0))

    def plain(self, value: float | None) -> str:
        return "–" if value is None else number(value, self.lang)

    def assumptions(self) -> Iterable[AssumptionLine]:
        listed = assumptions(self.review.scene, self.lang)
        weighty = {id(item): place for place, item in enumerate(weightiest(listed, _WEIGHTY))}
        ordered = sorted(listed, key=lambda item: weighty.get(id(item), _WEIGHTY))
        for item in ordered:
            yield self._assumption(item, id(item) in weighty)

    def _assumption(self, item: Assumption, is_weighty: bool) -> AssumptionLine:
        key = stable_path(item.path, self.review.scene.data)
        judgement = self.judged(ASSUMPTION, key)
        return AssumptionLine(key, item.name, item.value, item.source, item.turns_at, is_weighty, judgement)

    def good(self) -> tuple[str, ...]:
        """Name the fields that are well described and that nothing was found about."""
        application = self.review.scene.case.application
        doubted = {finding.place.path for finding in self.review.findings if is_question(finding)}
        named = []
        for name in _DESCRIPTIONS:
            text = None if application is None else getattr(application, name)
            path = f"application.{name}"
            if text and len(text.split()) >= _WORDS and path not in doubted and label_keys(path):
                named.append(self.words.label(path))
        return tuple(named[:_MOST_GOOD])

    def compared(self, rules: tuple[Item, ...], findings: tuple[Item, ...]) -> Earlier | None:
        if self.earlier is None:
            return None
        asking = [(RULE, item) for item in rules if item.mark is not None]
        asking += [(FINDING, item) for item in findings]
        found = compared(self.earlier, asking, self._values_now(self.earlier))
        other = bool(self.earlier.title) and slug(self.earlier.title) != slug(redacted(self.review.title))
        answered = tuple(map(self._titled, found.answered))
        return replace(found, answered=answered, other_title=self.earlier.title if other else None)

    def _titled(self, answered: Answered) -> Answered:
        """Name an answered finding in the language of this protocol; a rule keeps the words of the earlier one."""
        title = f"trap.{answered.code}.title"
        return replace(answered, title=self.words.t(title)) if self.words.has(title) else answered

    def _values_now(self, earlier: EarlierProtocol) -> Mapping[str, str | None]:
        """Return what stands today where the earlier protocol's findings point."""
        paths = {stable_path(path, self.review.scene.data): path for path in _paths(self.review.scene.data)}
        now: dict[str, str | None] = {}
        for _, key in earlier.rows:
            stable = key.partition("|")[2].partition("#")[0]
            if not stable:
                now[key] = None
            elif stable in paths:
                value = field_value(paths[stable], self.review.scene, self.words)
                now[key] = None if value is None else redacted(value)
            elif _default_of(stable, paths):
                now[key] = None
        return now


def _default_of(stable: str, paths: Mapping[str, str]) -> bool:
    """Say whether a field stands in a part that is there, left to its default."""
    above = stable.rpartition(".")[0]
    return above in paths or not above


def _paths(data: Any, path: str = "") -> Iterable[str]:
    from socio_calc.case.paths import item_names

    children: Iterable[tuple[str, Any]] = ()
    if isinstance(data, dict):
        children = ((str(key), value) for key, value in data.items())
    elif isinstance(data, list):
        children = zip(item_names(data), data, strict=True)
    for name, value in children:
        below = f"{path}.{name}" if path else name
        yield below
        yield from _paths(value, below)


def _apart(finding: Finding) -> bool:
    """Whether a rule is only listed: it does not apply, or belongs to a later step."""
    return finding.status == "not_applicable"
