"""What happens to people, in the short run and in the long run apart, how long it is counted, and how it was shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from socio_calc.case import EvidenceRef, OwnOutcome
from socio_calc.paper import Block, Column, Content, Figure, LineBreak, Paragraph, Picture, Row, Section, Table
from socio_calc.report.document.assumption_values import central_text, interval_text, resolved
from socio_calc.report.document.facts import DocumentFacts
from socio_calc.report.document.shared import linked

#: Grades that no comparison group stands behind.
_WEAK = ("before_after", "proven_experience", "judgement")


def short_term(facts: DocumentFacts) -> Section:
    """Return the effects within three years."""
    horizons = facts.short_horizons
    if not horizons:
        blocks: tuple[Block, ...] = (Paragraph(facts.say("effects.no-short", years=facts.years_of(3))),)
    else:
        blocks = _effects(facts, horizons, "short")
    return Section("short-term", facts.say("effects.short.title"), blocks)


def long_term(facts: DocumentFacts, pictures: tuple[Picture, ...]) -> Section:
    """Return the effects beyond three years, how long they are counted, and how they were shown.

    `pictures` show the ways through the states of pathways, where the case has any.
    """
    horizons = facts.long_horizons
    if not horizons:
        blocks: tuple[Block, ...] = (Paragraph(facts.say("effects.no-long", years=facts.years_text)),)
    else:
        blocks = _effects(facts, horizons, "long")
    more: list[Block] = [*blocks, *(Figure(picture) for picture in pictures)]
    duration = tuple(_durations(facts))
    if duration:
        columns = tuple(
            Column(facts.say(f"effects.duration.{name}"), share=2.0 if name == "outcome" else 1.0)
            for name in ("outcome", "begins", "full", "fades", "lasts")
        )
        table = Table(facts.say("effects.duration.caption"), columns, duration)
        said = Paragraph(facts.say("effects.duration.lead"))
        more.append(Section("duration", facts.say("effects.duration.title"), (said, table)))
    evidence = _evidence(facts)
    if evidence:
        more.append(Section("evidence", facts.say("evidence.title"), evidence))
    return Section("long-term", facts.say("effects.long.title"), tuple(more))


def _effects(facts: DocumentFacts, horizons: tuple[int, ...], run: str) -> tuple[Block, ...]:
    named = facts.years_list(horizons)
    blocks: list[Block] = []
    if facts.measured:
        blocks += [Paragraph(facts.say("effects.lead", years=named)), _effect_table(facts, horizons, named)]
    else:
        blocks.append(Paragraph(facts.say("people.none")))
    nets = [facts.appraisal.base(horizon=horizon) for horizon in horizons]
    said = [
        facts.say("effects.net", years=facts.years_of(horizon), npv=facts.money(net, signed=True))
        for horizon, net in zip(horizons, nets, strict=True)
    ]
    sentence = facts.say("effects.nets", list=facts.listed(said))
    if run == "short" and all(net < 0 for net in nets) and facts.has_effects:
        sentence += f" {facts.say('effects.short.negative')}"
    blocks.append(Paragraph(sentence))
    return tuple(blocks)


def _effect_table(facts: DocumentFacts, horizons: tuple[int, ...], named: str) -> Table:
    rows: list[Row] = []
    for horizon in horizons:
        if len(horizons) > 1:
            rows.append(Row((facts.say("effects.within", years=facts.years_of(horizon)),), "group"))
        for outcome in facts.measured:
            row = facts.appraisal.outcome(outcome.id, horizon)
            ordinary, intervention, difference, low, high = facts.levels_of(outcome, row)
            spread = "–" if low == high else facts.say("effects.between", low=low, high=high)
            unit = facts.per_person_unit(outcome)
            rows.append(Row((outcome.name, ordinary, intervention, difference, spread, unit)))
    columns = (
        Column(facts.say("effects.outcome"), share=2.2),
        Column(facts.say("effects.ordinary"), "right"),
        Column(facts.say("effects.intervention"), "right"),
        Column(facts.say("effects.difference"), "right"),
        Column(facts.say("effects.spread"), "right", 1.3),
        Column(facts.say("effects.unit"), share=1.5),
    )
    return Table(facts.say("effects.caption", years=named), columns, tuple(rows))


# -- how long ---------------------------------------------------------------------------------------------------------


def _durations(facts: DocumentFacts) -> Iterator[Row]:
    """Yield when each effect begins, how long it is full, how it fades and when it is no longer counted."""
    case = facts.appraisal.case
    for item in case.outcomes:
        yield _duration(facts, item, f"outcomes.{item.id}", event=item.level == "event")
    for item in getattr(case, "pathways", ()):
        if item.effects:
            yield _duration(facts, item, f"pathways.{item.id}", event=False)


def _duration(facts: DocumentFacts, item: Any, path: str, *, event: bool) -> Row:
    begins = facts.say_n("effects.duration.year", item.lag + 1)
    if event:
        once = facts.say("effects.duration.once")
        return Row((item.name, begins, once, "–", "–"))
    if item.holds == "open":
        full = facts.say("effects.duration.open")
    else:
        full = central_text(facts, f"{path}.holds", item.holds)
    return Row((item.name, begins, full, _fading(facts, item, path), _end(facts, item)))


def _fading(facts: DocumentFacts, item: Any, path: str) -> str:
    fades = item.fades
    if item.holds == "open":
        return "–"
    if fades is None:
        return facts.say("effects.fades.ends")
    if fades.shape == "exponential":
        return facts.say("effects.fades.exponential", rate=central_text(facts, f"{path}.fades.rate", fades.rate))
    if fades.shape == "linear":
        return facts.say("effects.fades.linear", years=facts.years_of(fades.over))
    return facts.say(f"effects.fades.{fades.shape}")


def _end(facts: DocumentFacts, item: Any) -> str:
    if item.lasts is None or item.lasts >= facts.years:
        return facts.say("effects.duration.whole")
    return facts.say_n("effects.duration.end", item.lasts)


# -- how it was shown -------------------------------------------------------------------------------------------------


def _evidence(facts: DocumentFacts) -> tuple[Block, ...]:
    stated = facts.appraisal.stated_outcomes
    rows = [row for item in stated for row in _evidence_rows(facts, item, f"outcomes.{item.id}")]
    for item in getattr(facts.appraisal.case, "pathways", ()):
        if item.evidence is not None:
            rows += _evidence_rows(facts, item, f"pathways.{item.id}")
    if not rows:
        return ()
    columns = (
        Column(facts.say("effects.outcome"), share=1.5),
        Column(facts.say("evidence.effect"), share=1.5),
        Column(facts.say("evidence.grade"), share=1.2),
        Column(facts.say("evidence.source"), share=2.4),
        Column(facts.say("evidence.counted"), "right", 0.9),
    )
    blocks: list[Block] = [
        Paragraph(facts.say("evidence.lead")),
        Table(facts.say("evidence.caption"), columns, tuple(rows)),
    ]
    weak = [item.name for item in stated if item.evidence.grade in _WEAK]
    if weak:
        blocks.append(Paragraph(facts.say_n("evidence.weak", len(weak), outcomes=tuple(weak))))
    return tuple(blocks)


def _evidence_rows(facts: DocumentFacts, item: Any, path: str) -> Iterator[Row]:
    if isinstance(item, OwnOutcome):
        counted = central_text(facts, f"{path}.evidence_adjustment", item.evidence_adjustment)
        grade = facts.words.choice("grade", item.evidence.grade)
        yield Row((item.name, facts.say("evidence.own"), grade, _sources(facts, item), counted))
        return
    effects = (
        [(f"{path}.effect", item.effect)]
        if hasattr(item, "effect")
        else [(f"{path}.effects.{number}", effect) for number, effect in enumerate(item.effects)]
    )
    for where, effect in effects:
        key = f"{where}.value"
        measure = facts.words.choice("measure", effect.measure)
        value = central_text(facts, key, effect.value)
        spread = interval_text(facts, key, effect.value)
        size: tuple[Any, ...] = (f"{measure}: {value}",)
        if spread:
            size += (LineBreak(), spread)
        name = item.name
        if hasattr(effect, "to"):
            name = facts.say("evidence.transition", name=item.name, source=effect.from_, target=effect.to)
        counted = central_text(facts, f"{path}.evidence_adjustment", item.evidence_adjustment)
        grade = facts.words.choice("grade", item.evidence.grade)
        yield Row((name, size, grade, _sources(facts, item, effect), counted))


def _sources(facts: DocumentFacts, item: Any, effect: Any = None) -> Content:
    """Return the sources of an effect, what the study compared with, and why some of it is left out."""
    parts: list[Any] = []
    for source in item.evidence.sources:
        said = linked(source)
        parts += [LineBreak()] if parts else []
        parts += [said] if isinstance(said, str) else [*said]
    value = None if effect is None else resolved(facts, effect.value)
    if isinstance(value, EvidenceRef):
        row = facts.appraisal.reference.evidence[value.evidence]
        if row.comparator:
            parts += [LineBreak()] if parts else []
            parts.append(facts.say("evidence.comparator", comparator=row.comparator))
    if item.because:
        parts += [LineBreak()] if parts else []
        parts.append(facts.say("evidence.because", text=item.because))
    return tuple(parts) if parts else facts.say("evidence.none")
