"""The protocol as a document, in Word and HTML alike, with room for the reviewers' decisions and comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from socio_calc.locale import MoneyUnit, Texts, table_money, table_unit, texts, unit_heading
from socio_calc.paper import (
    Block,
    BulletList,
    Cell,
    Column,
    Content,
    Emphasis,
    KeyValue,
    KeyValues,
    LineBreak,
    Link,
    Note,
    Paper,
    Paragraph,
    Row,
    Section,
    Signature,
    Strong,
    Table,
    WritingSpace,
)
from socio_calc.report.text_layout import shortened
from socio_calc.review.protocol.record import Item, Judgement, Protocol
from socio_calc.review.protocol.wording import (
    agreement_in_words,
    answer_in_words,
    decision_in_words,
    decisions_in_words,
    earlier_sum,
    list_in_words,
)

#: Lines of a box for a comment, and under a heading of the assessment.
_BOX, _SPACE = 3, 4
#: Letters of a source where it stands in full further back.
_SOURCE: Final = 200
_SEVERITIES: Final = ("serious", "warning", "note")


def protocol_paper(protocol: Protocol) -> Paper:
    """Return the protocol as a document."""
    words, identity = texts(protocol.lang), protocol.identity
    title = words.t("protocol.title", title=identity.title)
    about = words.t("protocol.about", fund=identity.fund, call=identity.call, stage=identity.stage)
    made = words.t(
        "protocol.made", date=identity.date, version=identity.version, reference=identity.reference, file=identity.file
    )
    return Paper(
        lang=protocol.lang,
        title=title,
        subtitle=tuple(text for text in (about, made) if text),
        subject=words.t("protocol.subject"),
        running=title,
        blocks=tuple(_sections(protocol, words)),
    )


def _sections(protocol: Protocol, words: Texts) -> Iterator[Block]:
    yield Section("summary", words.t("protocol.heading.summary"), tuple(_summary(protocol, words)))
    if protocol.earlier is not None:
        yield Section("earlier", words.t("protocol.heading.earlier"), tuple(_earlier(protocol, words)))
    findings = tuple(_findings(protocol, words))
    yield Section("findings", words.t("protocol.heading.findings"), findings, wide=True, new_page=True)
    if protocol.testable:
        yield Section(
            "put-right", words.t("protocol.heading.sensitivity"), tuple(_put_right(protocol, words)), wide=True
        )
    if protocol.identity.fund is not None:
        yield Section("rules", words.t("protocol.heading.rules"), tuple(_rules(protocol, words)), wide=True)
    if protocol.stated:
        yield Section("stated", words.t("protocol.heading.stated"), (_stated(protocol, words),))
    if protocol.assumptions:
        yield Section(
            "assumptions", words.t("protocol.heading.assumptions"), tuple(_weighty(protocol, words)), wide=True
        )
    if protocol.untested:
        lead = Paragraph(words.t("protocol.untested-lead"))
        yield Section("untested", words.t("protocol.heading.untested"), (lead, BulletList(protocol.untested)))
    yield Section(
        "assessment", words.t("protocol.heading.assessment"), tuple(_assessment(protocol, words)), new_page=True
    )
    yield Section("sign-off", words.t("protocol.heading.sign-off"), tuple(_sign_off(words)))
    if protocol.assumptions:
        yield Section("log", words.t("protocol.heading.log"), tuple(_log(protocol, words)), wide=True, new_page=True)


def _summary(protocol: Protocol, words: Texts) -> Iterator[Block]:
    yield BulletList(protocol.summary)
    yield _counts(protocol, words)
    yield Note(
        words.t("protocol.how-heading"), (Paragraph(words.t("protocol.how", decisions=decisions_in_words(words))),)
    )


def _counts(protocol: Protocol, words: Texts) -> KeyValues:
    """Say in figures what there is to do."""
    items = [KeyValue(words.t("protocol.count.must"), list_in_words(protocol.broken, words))]
    for severity in _SEVERITIES:
        found = protocol.of_severity(severity)
        listed = list_in_words(tuple(str(item.number) for item in found), words)
        items.append(
            KeyValue(
                words.t(f"protocol.heading.{severity}"),
                words.t("protocol.numbers", n=len(found), list=listed) if found else listed,
            )
        )
    return KeyValues(tuple(items))


# -- findings ---------------------------------------------------------------------------------------------------------


def _findings(protocol: Protocol, words: Texts) -> Iterator[Block]:
    if any(item.societal is not None for item in protocol.findings):
        unit = words.t("protocol.amounts", h=protocol.horizon)
        yield Paragraph(f"{unit} {words.t('protocol.no-amount')}", "small")
    for severity in _SEVERITIES:
        found = protocol.of_severity(severity)
        heading = words.t(f"protocol.heading.{severity}")
        block: Block = Paragraph(words.t(f"protocol.none.{severity}"))
        if found:
            caption = words.t("protocol.caption", kind=heading)
            block = _findings_table(found, caption, protocol, words)
        yield Section(f"findings-{severity}", heading, (block,))


def _findings_table(found: Sequence[Item], caption: str, protocol: Protocol, words: Texts) -> Table:
    unit = _unit(protocol)
    columns = (
        Column(words.t("protocol.column.number"), share=0.5),
        Column(words.t("protocol.column.what"), share=3.2),
        Column(words.t("protocol.column.why"), share=2.2),
        Column(words.t("protocol.column.remedy"), share=2.2),
        Column(f"{words.t('protocol.column.npv-after')} ({unit_heading(unit, words.lang)})", "right", share=1.7),
        Column(words.t("protocol.column.decision"), share=1.5),
        Column(words.t("protocol.column.comment"), share=2.4),
    )
    rows = tuple(
        Row(
            (
                str(item.number),
                _what(item, words),
                item.why or "–",
                item.remedy or "–",
                _amount(item.societal, unit, words),
                _box(decision_in_words(item.judgement.decision, words)),
                _box(item.judgement.comment),
            )
        )
        for item in found
    )
    return Table(caption, columns, rows, row_headers=True)


def _what(item: Item, words: Texts) -> Content:
    """Return the cell that says what was found, where, and what stands there."""
    parts: list[object] = []
    if item.mark is not None:
        parts += [Strong(words.t(f"protocol.mark.{item.mark}")), ". "]
    parts += [Strong(item.title), LineBreak(), item.what]
    if item.where is not None:
        where = words.t("protocol.where", where=item.where, value=item.value)
        parts += [LineBreak(), Emphasis(where)]
    if item.source:
        parts += [LineBreak(), words.t("protocol.source"), " ", *_linked(item.source, item.url)]
    return tuple(parts)  # type: ignore[arg-type]


def _linked(text: str, url: str | None) -> tuple[Link | str, ...]:
    return (Link(text, url),) if url else (text,)


def _box(written: str) -> Cell:
    return Cell(written, lines=_BOX)


# -- what it does to the result ---------------------------------------------------------------------------------------


def _put_right(protocol: Protocol, words: Texts) -> Iterator[Block]:
    unit = _unit(protocol)
    yield Paragraph(words.t("protocol.sensitivity-lead", h=protocol.horizon))
    own = protocol.perspective is not None
    head = unit_heading(unit, words.lang)
    columns = [
        Column(words.t("protocol.column.item"), share=2.5),
        Column(words.t("protocol.column.tried"), share=3),
        Column(f"{words.t('protocol.column.societal')} ({head})", "right", share=1.3),
        Column(f"{words.t('protocol.column.change')} ({head})", "right", share=1.3),
    ]
    if own:
        columns.append(
            Column(
                f"{words.t('protocol.column.applicant', perspective=protocol.perspective)} ({head})", "right", share=1.3
            )
        )
    columns.append(Column(words.t("protocol.column.conclusion"), share=1.4))

    def line(name: Content, tried: str, societal: float, applicant: float | None, role: str = "body") -> Row:
        cells: list[Content] = [
            name,
            tried,
            _amount(societal, unit, words),
            table_money(societal - protocol.before, words.lang, unit, signed=True),
        ]
        if own:
            cells.append(_amount(applicant, unit, words))
        turned = (protocol.before >= 0) != (societal >= 0)
        cells.append(words.t(f"check.conclusion.{'changes' if turned else 'stays'}"))
        return Row(tuple(cells), role=role)  # type: ignore[arg-type]

    as_applied = line(words.t("protocol.as-applied"), "–", protocol.before, protocol.applicant_before)
    rows = [as_applied]
    for item in sorted(protocol.testable, key=lambda item: -abs((item.societal or 0.0) - protocol.before)):
        rows.append(line(_named(item, words), item.tried or "–", item.societal or 0.0, item.applicant))
    if protocol.after is not None and len(protocol.testable) > 1:
        rows.append(
            line(
                words.t("protocol.all-together"),
                words.t("protocol.all-tried"),
                protocol.after,
                protocol.applicant_after,
                "total",
            )
        )
    notes = (words.t("protocol.sensitivity-note"),)
    yield Table(words.t("protocol.heading.sensitivity"), tuple(columns), tuple(rows), notes)


def _named(item: Item, words: Texts) -> str:
    return words.t("protocol.item", n=item.number, title=item.title) if item.number else f"{item.code}: {item.title}"


# -- rules ------------------------------------------------------------------------------------------------------------


def _rules(protocol: Protocol, words: Texts) -> Iterator[Block]:
    columns = (
        Column(words.t("protocol.column.rule"), share=3),
        Column(words.t("protocol.column.result"), share=1.2),
        Column(words.t("protocol.column.application"), share=2.4),
        Column(words.t("protocol.column.words"), share=3),
        Column(words.t("protocol.column.decision"), share=1.5),
        Column(words.t("protocol.column.comment"), share=2.2),
    )
    rows = tuple(Row(_rule_cells(item, words)) for item in protocol.rules)
    yield Table(words.t("protocol.heading.rules"), columns, rows, protocol.rule_notes)


def _rule_cells(item: Item, words: Texts) -> tuple[Cell | Content, ...]:
    severity = words.t(f"choice.rule.severity.{item.severity}")
    name: list[object] = [Strong(item.code), f" ({severity})", LineBreak(), item.title]
    if item.mark is not None:
        name = [Strong(words.t(f"protocol.mark.{item.mark}")), ". ", *name]
    found: list[object] = [" ".join(part for part in (item.what, item.remedy) if part)]
    if item.where is not None and item.status in ("fail", "undecided"):
        found += [LineBreak(), Emphasis(words.t("protocol.where", where=item.where, value=item.value))]
    quoted: list[object] = []
    if item.quoted:
        quoted += [words.t("problem.quoted", text=item.quoted), LineBreak()]
    if item.source:
        quoted += _linked(item.source, item.url)
    # What holds needs no decision; there is still room to say otherwise.
    lines = _BOX if item.status in ("fail", "undecided") else 1
    return (
        tuple(name),  # type: ignore[arg-type]
        words.t(f"choice.status.{item.status}"),
        tuple(found),  # type: ignore[arg-type]
        tuple(quoted) or "–",  # type: ignore[arg-type]
        Cell(decision_in_words(item.judgement.decision, words), lines=lines),
        Cell(item.judgement.comment, lines=lines),
    )


# -- recomputation, assumptions ---------------------------------------------------------------------------------------


def _stated(protocol: Protocol, words: Texts) -> Table:
    columns = tuple(
        Column(words.t(f"protocol.column.{name}"), "right" if name in ("stated", "computed", "difference") else "left")
        for name in ("measure", "stated", "computed", "difference", "agreement")
    )
    rows = tuple(
        Row((line.measure, line.stated, line.computed, line.difference, agreement_in_words(line, words)))
        for line in protocol.stated
    )
    return Table(words.t("protocol.heading.stated"), columns, rows, (words.t("protocol.stated-note"),))


def _weighty(protocol: Protocol, words: Texts) -> Iterator[Block]:
    yield Paragraph(words.t("protocol.assumptions-lead"))
    columns = (
        Column(words.t("protocol.column.assumption"), share=2.4),
        Column(words.t("protocol.column.value"), share=2),
        Column(words.t("protocol.column.source"), share=3),
        Column(words.t("protocol.column.turns-at"), share=1.3),
        Column(words.t("protocol.column.reasonable"), share=1.3),
        Column(words.t("protocol.column.comment"), share=2.2),
    )
    rows = tuple(
        Row(
            (
                line.name,
                line.value,
                shortened(line.source or words.t("protocol.no-source"), _SOURCE),
                line.turns_at or "–",
                _box(decision_in_words(line.judgement.decision, words)),
                _box(line.judgement.comment),
            )
        )
        for line in protocol.assumptions
        if line.weighty
    )
    if rows:
        notes = (words.t("protocol.turns-note"),)
        yield Table(words.t("protocol.heading.assumptions"), columns, rows, notes)


def _log(protocol: Protocol, words: Texts) -> Iterator[Block]:
    yield Paragraph(words.t("protocol.log-lead"))
    columns = (
        Column(words.t("protocol.column.assumption"), share=2.5),
        Column(words.t("protocol.column.value"), share=2.2),
        Column(words.t("protocol.column.source"), share=5),
    )
    rows = tuple(
        Row((line.name, line.value, line.source or words.t("protocol.no-source"))) for line in protocol.assumptions
    )
    yield Table(words.t("protocol.heading.log"), columns, rows)


# -- earlier review, assessment, signature ----------------------------------------------------------------------------


def _earlier(protocol: Protocol, words: Texts) -> Iterator[Block]:
    earlier = protocol.earlier
    if earlier is None:
        return
    yield Paragraph(earlier_sum(protocol, words))
    if not earlier.answered:
        return
    columns = (
        Column(words.t("protocol.column.earlier"), share=3),
        Column(words.t("protocol.column.answer"), share=2),
        Column(words.t("protocol.column.decision"), share=1.3),
        Column(words.t("protocol.column.comment"), share=2),
    )
    rows = []
    for item in earlier.answered:
        name: tuple[object, ...] = (Strong(item.title), LineBreak(), item.what)
        rows.append(Row((name, answer_in_words(item, words), *_written(item.judgement, words))))  # type: ignore[arg-type]
    yield Table(words.t("protocol.heading.earlier"), columns, tuple(rows))


def _written(judgement: Judgement, words: Texts) -> tuple[str, str]:
    return decision_in_words(judgement.decision, words) or "–", judgement.comment or "–"


def _assessment(protocol: Protocol, words: Texts) -> Iterator[Block]:
    yield Paragraph(words.t("protocol.assessment-lead"))
    for name, written in protocol.assessment:
        blocks: list[Block] = [Paragraph(text) for text in written.splitlines() if text.strip()]
        space = WritingSpace("", lines=_SPACE)
        yield Section(f"assessment-{name}", words.t(f"protocol.assessment.{name}"), (*blocks, space))


def _sign_off(words: Texts) -> Iterator[Block]:
    yield Signature(tuple(words.t(f"protocol.sign.{name}") for name in ("by", "date", "proposal")))
    yield Paragraph(words.t("protocol.foot"), "small")


# -- amounts ----------------------------------------------------------------------------------------------------------


def _unit(protocol: Protocol) -> MoneyUnit:
    """Return the one unit of the protocol's tables."""
    amounts = [protocol.before, protocol.after, protocol.applicant_before, protocol.applicant_after]
    amounts += [value for item in protocol.testable for value in (item.societal, item.applicant)]
    return table_unit([amount for amount in amounts if amount is not None])


def _amount(value: float | None, unit: MoneyUnit, words: Texts) -> str:
    return "–" if value is None else table_money(value, words.lang, unit)
