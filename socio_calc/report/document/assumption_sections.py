"""Assumptions and sources, every one: what the case states, and every row of the reference base that it uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from socio_calc.case import BaselineRef, CostRef, EvidenceRef, OwnOutcome, Ref
from socio_calc.case.costs import CostItem
from socio_calc.case.outcomes import Evidence
from socio_calc.locale.placeholders import start
from socio_calc.paper import (
    Block,
    Column,
    Content,
    Inline,
    KeyValue,
    KeyValues,
    LineBreak,
    Paragraph,
    Row,
    Section,
    Table,
)
from socio_calc.paper.inline import parts
from socio_calc.report.document.assumption_list import Stated, stated_quantities
from socio_calc.report.document.assumption_values import central_text, field_label, interval_text
from socio_calc.report.document.facts import DocumentFacts
from socio_calc.report.document.shared import linked
from socio_calc.report.document.source_sections import sources
from socio_calc.report.screen_notes import rate_text
from socio_calc.report.sensitivity_measuring import decision_text
from socio_calc.report.source_rows import row_of, row_source

#: The source of a number for which the case file has no field.
_NO_FIELD: Final = "–"


def assumptions(facts: DocumentFacts) -> Section:
    """Return the terms of the calculation, every stated quantity, and every row of the reference base in use."""
    blocks: list[Block] = [
        Paragraph(facts.say("assumptions.lead")),
        KeyValues(tuple(_terms(facts))),
        _stated_table(facts),
        Paragraph(facts.say("assumptions.defaults"), "small"),
    ]
    used = sources(facts)
    if used is not None:
        blocks.append(used)
    return Section("assumptions", facts.say("assumptions.title"), tuple(blocks))


def _terms(facts: DocumentFacts) -> Iterator[KeyValue]:
    """Yield what holds for the whole calculation."""
    case, words = facts.appraisal.case, facts.words
    last = facts.appraisal.first_year + facts.years - 1
    yield KeyValue(facts.say("assumptions.years"), facts.say("assumptions.period", first=case.first_year, last=last))
    yield KeyValue(words.label("price_year"), str(case.price_year))
    yield KeyValue(words.label("horizons"), facts.years_list(facts.appraisal.horizons))
    yield KeyValue(words.label("discount_rate"), rate_text(facts, case.discount_rate))
    if case.discount_rate_health is not None:
        yield KeyValue(words.label("discount_rate_health"), rate_text(facts, case.discount_rate_health))
    yield KeyValue(words.label("timing"), words.choice("timing", case.timing))
    yield KeyValue(words.label("survival"), facts.say(f"assumptions.survival.{case.survival}"))
    decided = decision_text(facts)
    if decided is not None:
        yield KeyValue(facts.say("assumptions.decision"), start(decided))


# -- what the case states ---------------------------------------------------------------------------------------------


def _stated_table(facts: DocumentFacts) -> Table:
    rows: list[Row] = []
    group = ""
    for run, cells in _runs(facts):
        title = _group(facts, run[0])
        if title != group:
            rows.append(Row((title,), "group"))
            group = title
        rows.append(Row((_run_label(facts, run), *cells)))
    columns = (
        Column(facts.say("assumptions.label"), share=1.8),
        Column(facts.say("assumptions.value"), "right", 1.2),
        Column(facts.say("assumptions.spread"), share=1.6),
        Column(facts.say("assumptions.basis"), share=1.1),
        Column(facts.say("assumptions.source"), share=3.0),
    )
    notes: list[Content] = [facts.say("assumptions.assumed"), facts.say("assumptions.means")]
    if any(row.cells[-1] == _NO_FIELD for row in rows):
        notes.append(facts.say("assumptions.no-source-field"))
    return Table(facts.say("assumptions.caption"), columns, tuple(rows), tuple(notes))


def _cells(facts: DocumentFacts, stated: Stated) -> tuple[Content, ...]:
    """Return value, uncertainty, basis and source."""
    spread = interval_text(facts, stated.path, stated.quantity) or facts.say("spread.certain")
    value = central_text(facts, stated.path, stated.quantity)
    return (value, spread, _basis(facts, stated), _source(facts, stated))


def _runs(facts: DocumentFacts) -> Iterator[tuple[list[Stated], tuple[Content, ...]]]:
    """Yield the stated quantities with their cells; years in a row of one list that say the same go together."""
    run: list[Stated] = []
    said: tuple[Content, ...] = ()
    for stated in stated_quantities(facts.appraisal.case, facts.appraisal.own_outcomes):
        field, year = _by_year(stated.path)
        same = bool(run) and year is not None and _by_year(run[-1].path) == (field, year - 1)
        cells = _cells(facts, stated)
        if same and cells == said:
            run.append(stated)
            continue
        if run:
            yield run, said
        run, said = [stated], cells
    if run:
        yield run, said


def _by_year(path: str) -> tuple[str, int | None]:
    """Return the path of a list of numbers, one for each year, and the place of one of them.

    >>> _by_year("outcomes.falls.ordinary.2"), _by_year("costs.2.hours")
    (('outcomes.falls.ordinary', 2), ('costs.2.hours', None))
    """
    field, _, last = path.rpartition(".")
    return (field, int(last)) if last.isdigit() else (path, None)


def _run_label(facts: DocumentFacts, run: list[Stated]) -> str:
    """Return what one or several years of the same are called."""
    field, first = _by_year(run[0].path)
    if first is None:
        return field_label(facts, run[0].path)
    last = first + len(run)
    if len(run) == 1:
        return facts.say("assumptions.in-year", label=field_label(facts, field), year=last)
    return facts.say("assumptions.in-years", label=field_label(facts, field), first=first + 1, last=last)


def _group(facts: DocumentFacts, stated: Stated) -> str:
    """Return under what heading a quantity stands: its cost item, its outcome with its consequence, its group."""
    key = stated.path.split(".")[0]
    if key == "participants":
        year = facts.appraisal.first_year + stated.inside[0].year
        return facts.say("assumptions.participants", year=year)
    names = [owner.name for owner in stated.inside if getattr(owner, "name", None)]
    if names:
        kind = facts.say(f"assumptions.of.{key}")
        return f"{kind}: {' – '.join(dict.fromkeys(names))}"
    return facts.say("assumptions.named" if key == "quantities" else "assumptions.general")


def _basis(facts: DocumentFacts, stated: Stated) -> str:
    """Return on what a value rests: the price list, the evidence base with its grade, statistics, or the case."""
    quantity = stated.quantity
    if isinstance(quantity, Ref):
        return facts.say("basis.named", name=quantity.ref.replace("_", " "))
    if isinstance(quantity, CostRef):
        row = facts.appraisal.reference.costs[quantity.cost]
        return facts.say("basis.cost", confidence=facts.words.choice("confidence", row.confidence))
    if isinstance(quantity, BaselineRef):
        return facts.say("basis.baseline")
    if stated.inside and isinstance(stated.inside[0], OwnOutcome):
        return facts.say("evidence.own")
    evidence = _evidence(stated)
    if evidence is not None:
        grade = facts.words.choice("grade", evidence.grade)
        return facts.say("basis.evidence-base", grade=grade) if isinstance(quantity, EvidenceRef) else grade
    return facts.say("basis.case")


def _evidence(stated: Stated) -> Evidence | None:
    """Return the evidence that the size of an effect rests on; other numbers of the effect are the case's own."""
    if not (stated.inside and hasattr(stated.inside[-1], "measure") and stated.path.endswith(".value")):
        return None
    return next((found.evidence for found in reversed(stated.inside) if getattr(found, "evidence", None)), None)


def _source(facts: DocumentFacts, stated: Stated) -> Content:
    """Return what the case says of where a value comes from; else what its item or its effect says."""
    quantity = stated.quantity
    said = [text for text in (quantity.source, quantity.note) if text]
    row = row_of(facts.appraisal, quantity)
    if row is not None:
        said.insert(0, row_source(row))
    if not said:
        said = _owner_source(stated)
    if not said and isinstance(quantity, Ref):
        return facts.say("assumptions.see-named")
    if not said:
        return _NO_FIELD if stated.plain else facts.say("assumptions.no-source")
    found: list[Inline] = []
    for text in said:
        if found:
            found.append(LineBreak())
        found += parts(linked(text))
    return tuple(found)


def _owner_source(stated: Stated) -> list[str]:
    """Return what the cost item or the evidence of the effect says of where a value comes from."""
    item = next((owner for owner in reversed(stated.inside) if isinstance(owner, CostItem)), None)
    if item is not None:
        return [text for text in (item.source, item.note) if text]
    evidence = _evidence(stated)
    return [] if evidence is None else list(evidence.sources)
