"""What happens to people, in the short run and in the long run apart, how long it is counted, and how it was shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from socio_calc.case import EvidenceRef, OwnOutcome
from socio_calc.paper import Block, Column, Content, Figure, LineBreak, Paragraph, Picture, Row, Section, Table
from socio_calc.report.document.assumption_values import central_text, interval_text, resolved
from socio_calc.report.document.facts import DocumentFacts, Measured
from socio_calc.report.document.shared import linked
from socio_calc.report.outcome_figures import OutcomeFigures
from socio_calc.report.sensitivity_facts import sensible

#: Grades that no comparison group stands behind.
_WEAK = ("before_after", "proven_experience", "judgement")
#: From so many participants on, parts of a participant are not told.
_WHOLE_PEOPLE: Final = 10.0


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
        once = any(item.level == "event" for item in facts.appraisal.case.outcomes)
        notes = (facts.say("effects.duration.once.note"),) if once else ()
        table = Table(facts.say("effects.duration.caption"), columns, duration, notes)
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
        blocks += _outcomes(facts, horizons, named, run)
    else:
        blocks.append(Paragraph(facts.say("people.none")))
    nets = [facts.appraisal.base(horizon=horizon) for horizon in horizons]
    sentence = facts.say("effects.nets", list=_nets(facts, horizons, nets))
    if run == "short" and all(net < 0 for net in nets) and facts.has_effects:
        sentence += f" {facts.say('effects.short.negative', later=_later(facts))}"
    blocks.append(Paragraph(sentence))
    return tuple(blocks)


def _later(facts: DocumentFacts) -> str | None:
    """Say what becomes of a short run in which costs exceed gains; comfort only where it holds."""
    if not facts.long_horizons:
        return None
    kind = "later" if facts.appraisal.base(horizon=facts.years) >= 0 else "later-too"
    return facts.say(f"effects.short.{kind}", years=facts.years_text)


def _nets(facts: DocumentFacts, horizons: tuple[int, ...], nets: list[float]) -> str:
    """List the net present values; two that are written alike are said once."""
    written = [facts.money(net, signed=True) for net in nets]
    if len(horizons) == 2 and written[0] == written[1]:
        first, last = horizons
        return facts.say("effects.same-net", npv=written[0], first=first, last=facts.years_of(last))
    return facts.listed(
        facts.say("effects.net", years=facts.years_of(horizon), npv=npv)
        for horizon, npv in zip(horizons, written, strict=True)
    )


def _outcomes(facts: DocumentFacts, horizons: tuple[int, ...], named: str, run: str) -> list[Block]:
    """Return the table of outcomes with what must be known to read it; a sentence where it would be empty."""
    levels = _first_told(facts, horizons, run)
    summed = [outcome for outcome in facts.measured if outcome.level != "amount"]
    if not levels and not summed:
        return [Paragraph(facts.say("effects.not-summed", where=facts.say("effects.short.title")))]
    if not levels and not any(
        facts.counted(outcome, facts.appraisal.outcome(outcome.id, horizon))
        for outcome in summed
        for horizon in horizons
    ):
        later = run == "short" and facts.long_horizons
        key = "effects.nothing-yet" if later else "effects.nothing-at-all"
        return [Paragraph(facts.say(key, years=named, where=facts.say("effects.long.title")))]
    told = [facts.say("effects.lead", years=named)]
    if levels:
        told.append(facts.say("effects.lead.levels" if summed else "effects.lead.first-year"))
    elif any(outcome.level != "state" for outcome in summed):
        told.append(facts.say("effects.lead.sums"))
    if len(summed) < len(facts.measured):
        told.append(facts.say("effects.lead.amounts"))
    if run == "short" and summed and (begun := _begun(facts, horizons)):
        told.append(begun)
    return [Paragraph(" ".join(told)), _effect_table(facts, horizons, named, levels, summed)]


def _first_told(facts: DocumentFacts, horizons: tuple[int, ...], run: str) -> list[tuple[Measured, OutcomeFigures]]:
    """Return the outcomes whose first year of effect falls within the last of some horizons, and not in a table before.

    An effect that begins within the short run has its level told there.
    """
    before = max(facts.short_horizons, default=0) if run == "long" else 0
    entry = min(cohort.year for cohort in facts.appraisal.plan.cohorts)
    found = []
    for outcome in facts.measured:
        first, figures = facts.first_levels.get(outcome.id), facts.level_of(outcome)
        if first is not None and figures is not None and before <= entry + first.year < max(horizons):
            found.append((outcome, figures))
    return found


def _begun(facts: DocumentFacts, horizons: tuple[int, ...]) -> str:
    """Say how many have begun within each horizon at which some have not; empty where everybody has."""
    whole = facts.participants >= _WHOLE_PEOPLE

    def people(number: float) -> str:
        return facts.plain_number(round(number) if whole else sensible(float(number)))

    everybody = people(facts.participants)
    begun = {years: facts.begun(years) for years in horizons}
    items = [
        facts.say(f"effects.begun.{'some' if number > 0 else 'nobody'}", n=people(number), years=facts.years_of(years))
        for years, number in begun.items()
        if people(number) != everybody
    ]
    return facts.say("effects.begun", list=facts.listed(items), all=everybody) if items else ""


def _effect_table(
    facts: DocumentFacts,
    horizons: tuple[int, ...],
    named: str,
    levels: list[tuple[Measured, OutcomeFigures]],
    summed: list[Measured],
) -> Table:
    """Return the levels in the first year of each effect, then the sums within each horizon."""
    rows: list[Row] = []
    still = False
    if levels:
        rows.append(Row((facts.say("effects.first-year"),), "group"))
        rows += [_figures_row(facts, outcome, told, facts.level_unit(outcome)) for outcome, told in levels]
    for horizon in horizons if summed else ():
        found = [(outcome, facts.appraisal.outcome(outcome.id, horizon)) for outcome in summed]
        counted = [(outcome, row) for outcome, row in found if facts.counted(outcome, row)]
        still = still or any(facts.never_differs(outcome) for outcome, _ in counted)
        heading = "effects.sum-within" if counted else "effects.sum-within.nothing"
        rows.append(Row((facts.say(heading, years=facts.years_of(horizon)),), "group"))
        rows += [_figures_row(facts, one, facts.sums_of(one, row), facts.sum_unit(one)) for one, row in counted]
    columns = (
        Column(facts.say("effects.outcome"), share=2.2),
        Column(facts.say("effects.ordinary"), "right"),
        Column(facts.say("effects.intervention"), "right"),
        Column(facts.say("effects.difference"), "right"),
        Column(facts.say("effects.spread"), "right", 1.3),
        Column(facts.say("effects.unit"), share=1.5),
    )
    notes = (facts.say("effects.still.note"),) if still else ()
    return Table(facts.say("effects.caption", years=named), columns, tuple(rows), notes)


def _figures_row(facts: DocumentFacts, outcome: Measured, told: OutcomeFigures, unit: str) -> Row:
    spread = "–" if told.certain else facts.say("effects.between", low=told.low, high=told.high)
    difference = "–" if facts.never_differs(outcome) else told.difference
    return Row((outcome.name, told.ordinary, told.intervention, difference, spread, unit))


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
    if fades.shape == "table":
        left = (facts.words.t("quantity.share", x=facts.plain_number(100.0 * value)) for value in fades.values)
        return facts.say("effects.fades.table", values=facts.listed(left))
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
        value = central_text(facts, key, effect.value, named=False)
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
            parts.append(
                facts.say("evidence.comparator", comparator=row.comparator_sv if facts.lang == "sv" else row.comparator)
            )
    if item.because:
        parts += [LineBreak()] if parts else []
        parts.append(facts.say("evidence.because", text=item.because))
    return tuple(parts) if parts else facts.say("evidence.none")
