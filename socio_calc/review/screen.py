"""The review on a terminal: the verdict, the rules, the doubts, and what the program leaves to the fund."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import wrap

from socio_calc.case.personal_data import redacted
from socio_calc.locale import Language, Texts, printable, render_problem, texts
from socio_calc.review.change_words import change_in_words
from socio_calc.review.finding import Finding
from socio_calc.review.folder import FolderReview, ReviewedFile
from socio_calc.review.protocol.earlier import EarlierProtocol
from socio_calc.review.protocol.wording import earlier_sum
from socio_calc.review.put_right import put_all_right
from socio_calc.review.review import Review
from socio_calc.review.rules import breaks_a_must
from socio_calc.review.stated import StatedCheck
from socio_calc.review.submitted.words import report_lines
from socio_calc.review.wording import effect_in_words, finding_title, source_of, untested_in_words, where, worded

_INDENT = "  "
#: Files that are named one by one; of more, only the overview, which is written last.
_MOST_FILES = 8


def review_screen(review: Review, lang: Language, width: int = 80, strict: bool = False) -> str:
    """Return the review of one case as text."""
    return "\n".join(_lines(review, texts(lang), width, strict))


def _lines(review: Review, words: Texts, width: int, strict: bool) -> Iterator[str]:
    yield from _wrapped(words.t("check.title", title=redacted(review.title)), width, "")
    yield from _wrapped(words.t("check.verdict", verdict=words.t(f"choice.verdict.{review.verdict}")), width, "")
    if review.report is not None:
        yield ""
        yield words.t("check.report-heading")
        for text in report_lines(review.report, words):
            yield from _wrapped(text, width)
        for finding in review.with_status("finding"):
            if _about_report(finding, review):
                yield from _block(finding, review, words, width)
    if review.fund is None:
        yield ""
        yield from _wrapped(words.t("check.no-fund"), width, "")
    else:
        yield from _rules(review, words, width)
    doubts = [finding for finding in review.with_status("finding") if not _about_report(finding, review)]
    yield ""
    yield words.t("check.doubts-heading") if doubts else words.t("check.no-doubts")
    for finding in doubts:
        yield from _block(finding, review, words, width)
    yield from _together(review, words, width)
    if review.stated:
        yield ""
        yield words.t("check.stated-heading")
        for stated in review.stated:
            yield from _wrapped(_stated(stated, words), width)
    if review.lacks:
        yield ""
        yield words.t("check.untested")
        for lack in review.lacks:
            yield from _wrapped(untested_in_words(lack, words), width)
    yield ""
    yield from _closing(review, words, width, strict)


def _about_report(finding: Finding, review: Review) -> bool:
    """Say whether a finding is about the workbook that the case came in, and not about the case."""
    return review.report is not None and finding.code.startswith("report-")


def _rules(review: Review, words: Texts, width: int) -> Iterator[str]:
    fund = review.fund
    if fund is None:
        return
    yield ""
    name = fund.name_sv if words.lang == "sv" else fund.name_en
    yield from _wrapped(words.t("check.rules-heading", fund=name, year=review.year), width, "")
    if review.call_assumed:
        yield from _wrapped(words.t("check.call-assumed", year=review.year), width)
    for finding in review.with_status("fail", "undecided"):
        yield from _block(finding, review, words, width)
    yield ""
    for status in ("pass", "not_applicable"):
        codes = tuple(finding.code for finding in review.with_status(status) if not finding.later)
        if codes:
            yield from _wrapped(words.t(f"check.list.{status}", codes=codes), width)
    later = tuple(finding.code for finding in review.findings if finding.later)
    if later:
        yield from _wrapped(words.t("check.list.later", codes=later), width)
    if fund.note_sv and words.lang == "sv":
        yield from _wrapped(fund.note_sv, width)


def _block(finding: Finding, review: Review, words: Texts, width: int) -> Iterator[str]:
    """Yield one finding: its head, then a paragraph for each thing there is to say."""
    said = worded(finding, review.appraisal, words.lang)
    kind = "rule" if finding.severity in ("must", "should", "info") else "finding"
    severity = words.t(f"choice.{kind}.severity.{finding.severity}")
    status = None if finding.status == "finding" else words.t(f"choice.status.{finding.status}")
    yield ""
    title = None if finding.rule is not None else finding_title(finding, words.lang)
    head = words.t("check.head", title=title, code=finding.code, severity=severity, status=status)
    yield from _wrapped(head, width, "")
    source = source_of(finding)
    parts = [
        said.rule and words.t("check.rule", text=said.rule),
        said.what,
        said.why and words.t("check.why", text=said.why),
        said.remedy and words.t("problem.remedy", remedy=said.remedy),
        where(finding, words.lang),
        effect_in_words(finding, words.lang, change_in_words(finding, review, words.lang)),
        source and words.t("check.source", title=source.title, url=source.url, words=source.words),
    ]
    for part in parts:
        if part:
            yield from _wrapped(part, width)


def _together(review: Review, words: Texts, width: int) -> Iterator[str]:
    """Yield what putting everything right together does to the result."""
    right = put_all_right(review)
    if right is None or right.count < 2:
        return  # one finding says by itself what it does
    before = review.appraisal.base()
    conclusion = "stays" if (before >= 0) == (right.societal >= 0) else "changes"
    yield ""
    yield from _wrapped(
        words.t(
            "check.together", before=before, after=right.societal, conclusion=words.t(f"check.conclusion.{conclusion}")
        ),
        width,
        "",
    )


def _stated(checked: StatedCheck, words: Texts) -> str:
    stated = checked.stated
    return words.t(
        f"check.stated.{checked.agreement}",
        measure=stated.measure,
        perspective=stated.perspective,
        h=stated.horizon,
        stated=checked.told(stated.value),
        computed=checked.told(checked.computed),
    )


def _closing(review: Review, words: Texts, width: int, strict: bool) -> Iterator[str]:
    """Yield the last lines (RULES §2): what was broken, what cannot be decided, and who decides."""
    broken = sum(breaks_a_must(finding, strict) for finding in review.findings)
    undecided = len(review.with_status("undecided"))
    yield from _wrapped(words.t("check.under-table"), width, "")
    if review.fund is None:
        return
    if broken:
        yield from _wrapped(words.plural("check.closing-broken", broken), width, "")
    else:
        yield from _wrapped(words.plural("check.closing-unbroken", undecided), width, "")


def earlier_screen(review: Review, earlier: EarlierProtocol, lang: Language, width: int = 80) -> str:
    """Return what came of an earlier protocol as text: how many findings are answered, and which are left and new."""
    from socio_calc.review.protocol.compose import protocol_of

    words, protocol = texts(lang), protocol_of(review, lang, earlier)
    lines = ["", words.t("protocol.heading.earlier"), *_wrapped(earlier_sum(protocol, words), width)]
    for answered in protocol.earlier.answered if protocol.earlier is not None else ():
        mark = words.t("protocol.mark.gone" if answered.gone else "protocol.mark.answered")
        lines += _wrapped(words.t("check.since", mark=mark, title=answered.title, code=answered.code), width)
    for item in (*protocol.rules, *protocol.findings):
        if item.mark is not None:
            mark = words.t(f"protocol.mark.{item.mark}")
            lines += _wrapped(words.t("check.since", mark=mark, title=item.title, code=item.code), width)
    return "\n".join(lines)


def written_screen(files: Sequence[Path], lang: Language, width: int = 80) -> str:
    """Return which files were written as text."""
    words, folder = texts(lang), str(files[0].parent)
    names = tuple(path.name for path in files)
    if len(names) > _MOST_FILES:
        line = words.t("check.written-many", folder=folder, n=len(names), first=names[-1])
    else:
        line = words.t("check.written", folder=folder, files=names)
    return "\n".join(["", *_wrapped(line, width, "")])


def folder_screen(folder: FolderReview, lang: Language, width: int = 80, overview: str | None = None) -> str:
    """Return the overview of a folder, worst first, and what is wrong with files that could not be computed.

    `overview` names a file that holds every error of them; without one the first error of each is told.
    """
    words = texts(lang)
    head = tuple(words.t(f"check.column.{name}") for name in ("file", "verdict", "must", "serious", "warning", "note"))
    rows = [head]
    for item in folder.files:
        verdict = words.t("check.not-computed" if item.review is None else f"check.short.{item.review.verdict}")
        counts = (item.broken, item.count("serious"), item.count("warning"), item.count("note"))
        cells = ("–",) * 4 if item.review is None else tuple(map(str, counts))
        rows.append((redacted(printable(item.name)), verdict, *cells))
    lines = list(_table(rows))
    for item in folder.files:
        if item.problems:
            lines += ["", *_errors(item, words, width, overview)]
    others = [file.name for file in folder.skipped if file.reason == "kind"]
    if others:
        named = tuple(redacted(name) for name in others[:_MOST_FILES])
        more = max(len(others) - len(named), 0) or None
        said = words.plural("check.skipped", len(others), files=named, more=more)
        lines += ["", *_wrapped(said, width, "")]
    lines += ["", *_wrapped(words.t("check.under-table"), width, "")]
    return "\n".join(lines)


def _errors(item: ReviewedFile, words: Texts, width: int, overview: str | None) -> Iterator[str]:
    """Yield what keeps a file from being computed, in as few lines as it takes."""
    file, count = redacted(printable(item.name)), len(item.problems)
    if overview is not None:
        yield from _wrapped(words.plural("check.errors-in", count, file=file, overview=overview), width, "")
        return
    if count > 1:
        yield from _wrapped(words.t("check.errors-first", file=file, n=count), width, "")
    yield redacted(render_problem(item.problems[0], words.lang, width))


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        texts_left = [cell.ljust(widths[column]) for column, cell in enumerate(row[:2])]
        figures = [cell.rjust(widths[column + 2]) for column, cell in enumerate(row[2:])]
        yield "  ".join([*texts_left, *figures]).rstrip()


def _wrapped(text: str, width: int, indent: str = _INDENT) -> list[str]:
    return wrap(
        printable(text),
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=False,
    )
