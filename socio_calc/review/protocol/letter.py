"""The letter to the applicant: thanks, what is clear, the questions, how to answer, what happens next.

Nothing in it is a verdict. What the reviewers have accepted, or found not to matter, is not asked about again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

from socio_calc.locale import Texts, texts
from socio_calc.locale.catalogue import Language
from socio_calc.paper import Block, Emphasis, LineBreak, Paper, Paragraph, Section, Strong
from socio_calc.review.protocol.record import Item, Protocol

#: Questions on the first page; more than so many are never answered well.
MOST: Final = 8
#: Decisions after which nothing is left to ask.
_SETTLED: Final = frozenset({"accepted", "not-relevant"})
#: Findings that would move the result by an amount that nobody knows.
_MATTERS: Final = frozenset(
    {
        "waitlist-comparator", "smd-without-baseline", "age-outside-evidence", "association-as-cause",
        "foreign-effect-unadjusted", "no-fading", "baseline-wrong-population", "everyone-completes",
        "average-for-marginal", "old-price", "low-confidence-price", "in-kind-missing",
    }
)  # fmt: skip
_WIDTH: Final = 78


@dataclass(frozen=True)
class Question:
    """One question: what it is about, the question with its reason, and lines on where and how much."""

    topic: str
    text: str
    details: tuple[str, ...]


@dataclass(frozen=True)
class Letter:
    """The letter, paragraph by paragraph."""

    lang: Language
    title: str
    before: tuple[str, ...]
    questions: tuple[Question, ...]
    after: tuple[str, ...]
    more_heading: str
    more: tuple[Question, ...]


def letter_of(protocol: Protocol) -> Letter:
    """Return the letter that a protocol leads to."""
    words = texts(protocol.lang)
    asked = [_question(item, protocol, words) for item in _to_ask(protocol)]
    first, more = tuple(asked[:MOST]), tuple(asked[MOST:])
    same = bool(protocol.stated) and all(line.agreement in ("equal", "rounding") for line in protocol.stated)
    before = [words.t("letter.hello"), words.t("letter.thanks", same=words.t("letter.same") if same else None)]
    if protocol.good:
        before.append(words.t("letter.good", list=protocol.good))
    after: list[str] = []
    if first:
        before.append(words.plural("letter.lead", len(first)))
        if more:
            before[-1] += " " + words.plural("letter.more-lead", len(more))
        after += [f"{words.t('letter.how-heading')} {words.t('letter.how')}", words.t("letter.when")]
        after.append(words.t("letter.no-decision"))
    else:
        before.append(words.t("letter.none"))
    after += [words.t("letter.regards"), words.t("letter.from", fund=protocol.identity.fund)]
    title = words.t("letter.title", title=protocol.identity.title)
    return Letter(protocol.lang, title, tuple(before), first, tuple(after), words.t("letter.more"), more)


def _to_ask(protocol: Protocol) -> list[Item]:
    """Return what is left to ask, what matters most first: must-rules, then by what it does to the result."""
    asked = [
        item
        for item in (*protocol.rules, *protocol.findings)
        if item.question is not None and item.judgement.decision not in _SETTLED
    ]
    severities = ("must", "serious", "should", "warning", "note")

    def weight(item: Item) -> tuple[int, float]:
        moved = 0.0 if item.societal is None else abs(item.societal - protocol.before)
        return severities.index(item.severity) if item.severity in severities else len(severities), -moved

    return _once(sorted(asked, key=weight))


def _once(items: list[Item]) -> list[Item]:
    """Leave out what has been asked: the same words, and rules that lack the same field as one before them."""
    asked: list[Item] = []
    for item in items:
        same = any(item.question == other.question and item.topic == other.topic for other in asked)
        lacking = item.status == "undecided" and any(
            item.where == other.where and other.number == 0 for other in asked if item.where is not None
        )
        if not same and not lacking:
            asked.append(item)
    return asked


def _question(item: Item, protocol: Protocol, words: Texts) -> Question:
    text = " ".join(part for part in (item.question, item.why) if part)
    details = []
    if item.where is not None:
        details.append(words.t("letter.where", where=item.where))
    effect = _effect(item, protocol, words)
    if effect is not None:
        details.append(effect)
    return Question(item.topic, text, tuple(details))


def _effect(item: Item, protocol: Protocol, words: Texts) -> str | None:
    """Say what it does to the result; nothing about rules that are no matter of money."""
    if item.edited is not None:
        return item.edited
    if item.societal is None:
        return words.t("letter.effect-unknown") if item.code in _MATTERS else None
    if item.societal != protocol.before:
        return words.t("letter.effect", before=protocol.before, after=item.societal, tried=item.tried)
    own, own_before = item.applicant, protocol.applicant_before
    if own is None or own_before is None or own == own_before:
        return words.t("letter.effect-none")
    return words.t("letter.effect-applicant", before=own_before, after=own)


def letter_paper(letter: Letter) -> Paper:
    """Return the letter as a document."""
    words = texts(letter.lang)
    how = words.t("letter.how-heading")
    blocks: list[Block] = [Paragraph(text) for text in letter.before]
    blocks += [_asked(number, question, words) for number, question in enumerate(letter.questions, start=1)]
    for text in letter.after[:-2]:
        rest = text.removeprefix(how)
        blocks.append(Paragraph((Strong(how), rest)) if rest != text else Paragraph(text))
    blocks.append(Paragraph((letter.after[-2], LineBreak(), letter.after[-1])))
    if letter.more:
        more = tuple(_asked(number, question, words) for number, question in enumerate(letter.more, start=MOST + 1))
        blocks.append(Section("more", letter.more_heading, more, new_page=True))
    return Paper(lang=letter.lang, title=letter.title, blocks=tuple(blocks))


def _asked(number: int, question: Question, words: Texts) -> Paragraph:
    head = words.t("letter.number", n=number, topic=question.topic)
    details = [part for detail in question.details for part in (LineBreak(), Emphasis(detail))]
    return Paragraph((Strong(head), LineBreak(), question.text, *details))


def letter_lines(letter: Letter) -> Iterator[str]:
    """Yield the letter as paragraphs of plain text, empty ones between parts."""
    words = texts(letter.lang)
    yield letter.title
    for text in letter.before:
        yield from ("", text)
    for number, question in enumerate(letter.questions, start=1):
        yield from _asked_lines(number, question, words)
    for text in letter.after[:-1]:
        yield from ("", text)
    yield letter.after[-1]
    if letter.more:
        yield from ("", letter.more_heading)
        for number, question in enumerate(letter.more, start=MOST + 1):
            yield from _asked_lines(number, question, words)


def _asked_lines(number: int, question: Question, words: Texts) -> Iterator[str]:
    yield from ("", words.t("letter.number", n=number, topic=question.topic), question.text, *question.details)


def letter_text(letter: Letter) -> str:
    """Return the letter as plain text, to paste into an e-mail."""
    lines = [
        "\n".join(wrap(line, _WIDTH, break_long_words=False, break_on_hyphens=False)) for line in letter_lines(letter)
    ]
    return "\n".join(lines) + "\n"
