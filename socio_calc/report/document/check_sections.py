"""What the program checked of the result, what it warns of and why, and what the check of the case found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from socio_calc.appraisal import ResultWarning, item_name, warning_message
from socio_calc.engine.ledger import ACTORS, PUBLIC
from socio_calc.locale import share
from socio_calc.locale.paths import label_keys
from socio_calc.paper import Block, BulletList, Column, Content, Paragraph, Row, Section, Table
from socio_calc.report.document.facts import DocumentFacts
from socio_calc.report.document.review_summary import ReviewNote, ReviewSummary
from socio_calc.report.document.shared import linked
from socio_calc.report.document.uncertainty_sections import LEAST_ERROR

_TOLERANCE: Final = 1e-9
#: Said in other places of the report, always.
_STANDING: Final = frozenset({"calculation-not-alone", "version-stamp"})


def checks(facts: DocumentFacts, review: ReviewSummary | None) -> Section:
    """Return the checks of the result, the warnings with their reasons, and the findings of the review."""
    blocks: list[Block] = [
        Paragraph(facts.say("checks.lead")),
        BulletList(tuple(_passed(facts))),
        Section("warnings", facts.say("checks.warnings"), _warnings(facts)),
        Section("review", facts.say("review.title"), _review(facts, review)),
    ]
    return Section("checks", facts.say("checks.title"), tuple(blocks))


def _passed(facts: DocumentFacts) -> Iterator[Content]:
    """Yield what holds of this very result, each computed here once more from its parts.

    Raises
    ------
    AssertionError
        When one of them does not hold: a fault of the program, never reported as a result.
    """
    appraisal = facts.appraisal
    for horizon in appraisal.horizons:
        nets = [appraisal.base("npv", actor, horizon) for actor in ACTORS]
        _equal(sum(nets), appraisal.base("npv", "societal", horizon), nets)
        public = [appraisal.base("npv", actor, horizon) for actor in PUBLIC]
        _equal(sum(public), appraisal.base("npv", "public", horizon), public)
    yield facts.say("checks.parties", n=len(appraisal.horizons))
    yield facts.say("checks.public")
    entries = [float(line.entries.sum()) for line in appraisal.figures.lines if line.kind == "transfer"]
    if entries:
        moved = [float(np.abs(line.entries).sum()) for line in appraisal.figures.lines if line.kind == "transfer"]
        _equal(sum(entries), 0.0, moved)
        yield facts.say("checks.transfers")
    by_year = sum((appraisal.costs_by_year[actor] + appraisal.gains_by_year[actor] for actor in ACTORS), np.zeros(1))
    gross = [float(np.abs(appraisal.costs_by_year[actor]).sum() + np.abs(appraisal.gains_by_year[actor]).sum())
             for actor in ACTORS]  # fmt: skip
    _equal(float(np.sum(by_year)), appraisal.base("npv"), gross)
    yield facts.say("checks.years")
    for row in appraisal.rows:
        if row.reason is None if row.base is None else not np.isfinite(row.base):
            raise AssertionError(f"{row.measure} of {row.perspective} is neither a number nor missing for a reason")
    yield facts.say("checks.finite", rows=len(appraisal.rows))
    clipped = max(appraisal.clipped.values(), default=0.0)
    if clipped:
        yield facts.say("checks.clipped", share=share(clipped, facts.lang))
    elif appraisal.outcome_rows:
        yield facts.say("checks.inside")
    if not facts.certain:
        error = facts.error / 2.0
        if facts.written_as_nothing(error):
            least = facts.money_alone(LEAST_ERROR)
            yield facts.say("checks.draws-small", draws=appraisal.number_of_draws, least=least)
        else:
            yield facts.say("checks.draws", draws=appraisal.number_of_draws, error=facts.money_alone(error))


def _equal(found: float, wanted: float, parts: list[float]) -> None:
    size = sum(map(abs, parts)) + abs(wanted)
    if abs(found - wanted) > _TOLERANCE * size:
        raise AssertionError(f"{found} is not {wanted}")


def _warnings(facts: DocumentFacts) -> tuple[Block, ...]:
    warnings = [warning for warning in facts.appraisal.warnings if warning.code not in _STANDING]
    if not warnings:
        return (Paragraph(facts.say("checks.no-warnings")),)
    by_reason: dict[tuple[str, str, str], list[ResultWarning]] = {}
    for warning in warnings:
        # Warnings of one kind about one thing have one reason: it is told once.
        by_reason.setdefault((warning.code, _place(facts, warning), _why(facts, warning)), []).append(warning)
    rows = tuple(Row((_said(facts, alike, place), why)) for (_, place, why), alike in by_reason.items())
    columns = (Column(facts.say("checks.warning"), share=2.6), Column(facts.say("checks.why"), share=2.3))
    return (Table(facts.say("checks.caption"), columns, rows),)


def _said(facts: DocumentFacts, alike: list[ResultWarning], place: str) -> Content:
    """Return what warnings say, with the place that they are about where they do not name it themselves."""
    said = " ".join(warning_message(facts.appraisal, warning, facts.lang) for warning in alike)
    if place and place.casefold() not in said.casefold():
        said = facts.say("review.placed", what=said, place=place)
    return linked(said)


def _place(facts: DocumentFacts, warning: ResultWarning) -> str:
    """Return what a warning is about; empty where it is about the calculation as a whole."""
    if warning.path is None or not label_keys(warning.path):
        return ""
    # What is itself an item is known by its name: "consequences" says nothing more.
    named = item_name(facts.appraisal, warning.path)
    if named is not None:
        return facts.words.t("document.review.item", name=named)
    return facts.path_name(warning.path)


def _why(facts: DocumentFacts, warning: ResultWarning) -> str:
    """Return why a warning matters."""
    key = f"document.why.{warning.code}"
    return facts.words.t(key) if facts.words.has(key) else "–"


def _noted(facts: DocumentFacts, note: ReviewNote) -> str:
    """Return what a note says, with the field that it is about."""
    return facts.say("review.placed", what=note.what, place=note.place) if note.place else note.what


def _review(facts: DocumentFacts, review: ReviewSummary | None) -> tuple[Block, ...]:
    """Return what the check of the case found: rules of the fund and plausibility."""
    last = Paragraph(facts.say("review.last"))
    if review is None:
        return (Paragraph(facts.say("review.not-done")), last)
    said = [facts.say_n("review.traps", review.traps)]
    if review.fund is not None:
        said.insert(0, facts.say("review.rules", fund=review.fund, n=review.rules, passed=review.passed))
    blocks: list[Block] = [Paragraph(" ".join(said))]
    if review.notes:
        rows = tuple(
            Row((note.severity, _noted(facts, note),
                 note.why or "–", " ".join(part for part in (note.remedy, note.effect) if part) or "–"))
            for note in review.notes
        )  # fmt: skip
        columns = (
            Column(facts.say("review.severity"), share=0.8),
            Column(facts.say("review.what"), share=2.2),
            Column(facts.say("checks.why"), share=1.8),
            Column(facts.say("review.remedy"), share=1.8),
        )
        blocks += [Paragraph(facts.say_n("review.found", len(rows))), Table(facts.say("review.caption"), columns, rows)]
    else:
        blocks.append(Paragraph(facts.say("review.none")))
    if review.undecided:
        blocks += [Paragraph(facts.say_n("review.undecided", len(review.undecided))), BulletList(review.undecided)]
    if review.lacking:
        blocks += [Paragraph(facts.say("review.lacking")), BulletList(review.lacking)]
    if review.untested:
        blocks += [Paragraph(facts.say("review.untested")), BulletList(review.untested)]
    return (*blocks, last)
