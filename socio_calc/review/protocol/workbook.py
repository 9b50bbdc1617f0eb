"""The protocol as a workbook: the form in which decisions and comments are written, kept and read back."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from socio_calc.locale import Texts, texts
from socio_calc.review.protocol.earlier import ASSESSMENT_ROW, ASSUMPTION, FINDING, RULE
from socio_calc.review.protocol.letter import Letter, letter_lines
from socio_calc.review.protocol.record import Item, Protocol
from socio_calc.review.protocol.sheet import Formats, SheetColumn, clean, write_table
from socio_calc.review.protocol.wording import (
    agreement_in_words,
    answer_in_words,
    decision_in_words,
    decisions_in_words,
    earlier_sum,
    reasonable_in_words,
)

#: Properties of the file by which it is known, and the version of its layout.
PROPERTY, VERSION = "socio-calc protocol", "1"
DATE_PROPERTY, TITLE_PROPERTY = "socio-calc date", "socio-calc title"
#: Headings of the columns that no reader sees; the same in every language, so that the file is read back in any.
KIND_HEAD, KEY_HEAD, STATUS_HEAD = "socio-calc:kind", "socio-calc:key", "socio-calc:status"
_LONGEST_PROPERTY: Final = 250
Row = tuple[object, ...]


def protocol_workbook(protocol: Protocol, letter: Letter) -> bytes:
    """Return the workbook of a protocol and the letter to the applicant."""
    import xlsxwriter

    words, memory = texts(protocol.lang), io.BytesIO()
    # Everything a person wrote stays text, whatever it looks like.
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(memory, safe)
    title = clean(words.t("protocol.title", title=protocol.identity.title))
    # The day of the protocol, not the second in which it is written: the same review gives the same file.
    created = datetime.fromisoformat(protocol.identity.date)
    subject = words.t("protocol.subject")
    book.set_properties({"title": title[:_LONGEST_PROPERTY], "subject": subject, "created": created})
    for name, value in (
        (PROPERTY, VERSION),
        (DATE_PROPERTY, protocol.identity.date),
        (TITLE_PROPERTY, clean(protocol.identity.title)[:_LONGEST_PROPERTY]),
    ):
        book.set_custom_property(name, value, "text")
    _Sheets(book, protocol, words).write(letter)
    book.close()
    return memory.getvalue()


class _Sheets:
    """The sheets of one protocol, in the order of reading."""

    def __init__(self, book: Any, protocol: Protocol, words: Texts) -> None:
        self.book, self.protocol, self.words = book, protocol, words
        self.formats = Formats(book)

    def write(self, letter: Letter) -> None:
        protocol = self.protocol
        self.summary()
        self.table("findings", self.said("workbook.lead"), self.finding_columns(), list(self.findings()))
        if protocol.testable:
            lead = f"{self.said('sensitivity-lead', h=protocol.horizon)} {self.said('sensitivity-note')}"
            self.table("sensitivity", lead, self.sensitivity_columns(), list(self.sensitivity()))
        if protocol.rules:
            self.table("rules", " ".join(protocol.rule_notes), self.rule_columns(), list(self.rules()))
        if protocol.stated:
            columns = [
                SheetColumn(self.said(f"column.{name}"), width=40 if name == "measure" else 18)
                for name in ("measure", "stated", "computed", "difference", "agreement")
            ]
            rows = [
                (line.measure, line.stated, line.computed, line.difference, agreement_in_words(line, self.words))
                for line in protocol.stated
            ]
            self.table("stated", self.said("stated-note"), columns, rows)
        self.table("assumptions", self.said("assumptions-lead"), self.assumption_columns(), list(self.assumptions()))
        if protocol.untested:
            columns = [SheetColumn(self.said("heading.untested"), width=100)]
            self.table("untested", self.said("untested-lead"), columns, [(text,) for text in protocol.untested])
        if protocol.earlier is not None and protocol.earlier.answered:
            self.table("earlier", "", self.earlier_columns(), list(self.answered()))
        self.table("assessment", self.said("assessment-lead"), self.assessment_columns(), list(self.assessment()))
        self.letter(letter)

    def said(self, key: str, **params: object) -> str:
        return self.words.t(f"protocol.{key}", **params)

    def table(self, name: str, lead: str, columns: Sequence[SheetColumn], rows: Sequence[Row]) -> None:
        sheet = self.book.add_worksheet(self.said(f"sheet.{name}"))
        write_table(sheet, self.formats, self.said(f"heading.{name}"), lead, columns, rows, name)

    # -- first and last -------------------------------------------------------------------------------------------

    def summary(self) -> None:
        protocol, words, identity = self.protocol, self.words, self.protocol.identity
        sheet = self.book.add_worksheet(self.said("sheet.summary"))
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 46)
        sheet.set_column(1, 1, 90)
        sheet.write_string(0, 0, clean(self.said("title", title=identity.title)), self.formats.title)
        about = (
            self.said("about", fund=identity.fund, call=identity.call, stage=identity.stage),
            self.said(
                "made", date=identity.date, version=identity.version, reference=identity.reference, file=identity.file
            ),
        )
        lines: list[tuple[str, str]] = [("", text) for text in about if text]
        lines += [(self.said("heading.summary") if at == 0 else "", text) for at, text in enumerate(protocol.summary)]
        if protocol.earlier is not None:
            lines.append((self.said("heading.earlier"), earlier_sum(protocol, words)))
        for severity in ("serious", "warning", "note"):
            lines.append((self.said(f"heading.{severity}"), str(len(protocol.of_severity(severity)))))
        lines.append((self.said("how-heading"), self.said("how", decisions=decisions_in_words(words))))
        for at, (label, text) in enumerate(lines, start=2):
            sheet.write_string(at, 0, clean(label), self.formats.of["strong"])
            sheet.write_string(at, 1, clean(text), self.formats.of["text"])
            sheet.set_row(at, 15.0 * max(1, -(-len(text) // 88)) + 2)
        at = len(lines) + 3
        for name in ("by", "date", "proposal"):
            sheet.write_string(at, 0, self.said(f"sign.{name}"), self.formats.of["strong"])
            sheet.write_blank(at, 1, None, self.formats.of["write"])
            sheet.set_row(at, 24)
            at += 1
        sheet.write_string(at + 1, 0, self.said("foot"))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def letter(self, letter: Letter) -> None:
        """Write the letter as text to copy: one paragraph in each cell."""
        sheet = self.book.add_worksheet(self.said("sheet.letter"))
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 84)
        for at, line in enumerate(letter_lines(letter)):
            sheet.write_string(at, 0, clean(line), self.formats.title if at == 0 else self.formats.lead)
            if at and line:
                sheet.set_row(at, 15.0 * max(1, -(-len(line) // 78)) + 2)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    # -- what is decided about ------------------------------------------------------------------------------------

    def hidden(self) -> list[SheetColumn]:
        return [SheetColumn(head, "hidden") for head in (KIND_HEAD, KEY_HEAD, STATUS_HEAD)]

    def judged(self) -> list[SheetColumn]:
        choices = decisions_in_words(self.words)
        return [
            SheetColumn(self.said("column.decision"), "choose", 20, choices),
            SheetColumn(self.said("column.comment"), "write", 40),
        ]

    def marks(self) -> list[SheetColumn]:
        """Return the column of what has changed, where there is an earlier protocol."""
        return [] if self.protocol.earlier is None else [SheetColumn(self.said("column.mark"), width=12)]

    def finding_columns(self) -> list[SheetColumn]:
        said = self.said
        return [
            SheetColumn(said("column.number"), "number", 6),
            SheetColumn(said("column.severity"), width=12),
            *self.marks(),
            SheetColumn(said("column.title"), "strong", 28),
            SheetColumn(said("column.what"), width=46),
            SheetColumn(said("column.where"), width=34),
            SheetColumn(said("column.value"), width=18),
            SheetColumn(said("column.why"), width=34),
            SheetColumn(said("column.remedy"), width=34),
            SheetColumn(said("column.npv-sek"), "money", 18),
            *self.judged(),
            *self.hidden(),
        ]

    def findings(self) -> Iterator[Row]:
        for item in self.protocol.findings:
            severity = self.words.t(f"choice.finding.severity.{item.severity}")
            yield (
                item.number,
                severity,
                *self.mark(item),
                item.title,
                item.what,
                item.where,
                item.value,
                item.why,
                item.remedy,
                item.societal,
                decision_in_words(item.judgement.decision, self.words),
                item.judgement.comment,
                FINDING,
                item.key,
                item.status,
            )

    def mark(self, item: Item) -> Row:
        if self.protocol.earlier is None:
            return ()
        return ("" if item.mark is None else self.said(f"mark.{item.mark}"),)

    def rule_columns(self) -> list[SheetColumn]:
        said = self.said
        return [
            SheetColumn(said("column.number"), width=14),
            SheetColumn(said("column.severity"), width=12),
            SheetColumn(said("column.result"), width=16),
            *self.marks(),
            SheetColumn(said("column.rule"), "strong", 44),
            SheetColumn(said("column.what"), width=44),
            SheetColumn(said("column.value"), width=18),
            SheetColumn(said("column.words"), width=44),
            SheetColumn(said("column.source"), width=30),
            SheetColumn(said("column.address"), width=30),
            *self.judged(),
            *self.hidden(),
        ]

    def rules(self) -> Iterator[Row]:
        words = self.words
        for item in self.protocol.rules:
            yield (
                item.code,
                words.t(f"choice.rule.severity.{item.severity}"),
                words.t(f"choice.status.{item.status}"),
                *self.mark(item),
                item.title,
                " ".join(part for part in (item.what, item.remedy) if part),
                item.value,
                item.quoted,
                item.source,
                item.url,
                decision_in_words(item.judgement.decision, words),
                item.judgement.comment,
                RULE,
                item.key,
                # A rule that nobody is asked about is no question left from the last time.
                item.status if item.question is not None else "",
            )

    def assumption_columns(self) -> list[SheetColumn]:
        said = self.said
        return [
            SheetColumn(said("column.assumption"), "strong", 40),
            SheetColumn(said("column.value"), width=34),
            SheetColumn(said("column.source"), width=60),
            SheetColumn(said("column.turns-at"), width=18),
            SheetColumn(said("column.reasonable"), "choose", 14, reasonable_in_words(self.words)),
            SheetColumn(said("column.comment"), "write", 40),
            *self.hidden(),
        ]

    def assumptions(self) -> Iterator[Row]:
        for line in self.protocol.assumptions:
            yield (
                line.name,
                line.value,
                line.source or self.said("no-source"),
                line.turns_at or "–",
                decision_in_words(line.judgement.decision, self.words),
                line.judgement.comment,
                ASSUMPTION,
                line.key,
                "",
            )

    def assessment_columns(self) -> list[SheetColumn]:
        said = self.said
        return [
            SheetColumn(said("column.heading"), "strong", 40),
            SheetColumn(said("column.comment"), "write", 100),
            *self.hidden(),
        ]

    def assessment(self) -> Iterator[Row]:
        for name, written in self.protocol.assessment:
            yield self.said(f"assessment.{name}"), written, ASSESSMENT_ROW, name, ""

    # -- figures --------------------------------------------------------------------------------------------------

    def sensitivity_columns(self) -> list[SheetColumn]:
        said = self.said
        return [
            SheetColumn(said("column.item"), "strong", 44),
            SheetColumn(said("column.tried"), width=54),
            SheetColumn(said("column.npv-sek"), "money", 20),
            SheetColumn(said("column.difference-sek"), "money", 18),
            SheetColumn(said("column.applicant-sek"), "money", 22),
            SheetColumn(said("column.conclusion"), width=24),
        ]

    def sensitivity(self) -> Iterator[Row]:
        protocol = self.protocol
        yield self.result(self.said("as-applied"), None, protocol.before, protocol.applicant_before)
        for item in sorted(protocol.testable, key=lambda item: -abs((item.societal or 0.0) - protocol.before)):
            name = self.said("item", n=item.number, title=item.title) if item.number else f"{item.code}: {item.title}"
            yield self.result(name, item.tried, item.societal or 0.0, item.applicant)
        if protocol.after is not None and len(protocol.testable) > 1:
            yield self.result(
                self.said("all-together"), self.said("all-tried"), protocol.after, protocol.applicant_after
            )

    def result(self, name: str, tried: str | None, societal: float, applicant: float | None) -> Row:
        turned = (self.protocol.before >= 0) != (societal >= 0)
        conclusion = self.words.t(f"check.conclusion.{'changes' if turned else 'stays'}")
        return name, tried, societal, societal - self.protocol.before, applicant, conclusion

    def earlier_columns(self) -> list[SheetColumn]:
        said = self.said
        return [
            SheetColumn(said("column.title"), "strong", 34),
            SheetColumn(said("column.earlier"), width=60),
            SheetColumn(said("column.answer"), width=34),
            SheetColumn(said("column.decision"), width=20),
            SheetColumn(said("column.comment"), width=40),
        ]

    def answered(self) -> Iterator[Row]:
        for item in self.protocol.earlier.answered if self.protocol.earlier is not None else ():
            answer = answer_in_words(item, self.words)
            judgement = item.judgement
            yield item.title, item.what, answer, decision_in_words(judgement.decision, self.words), judgement.comment
