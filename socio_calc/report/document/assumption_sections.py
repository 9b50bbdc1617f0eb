"""Assumptions and sources, every one: what the case states, and every row of the reference base that it uses."""

from __future__ import annotations

from collections.abc import Iterator

from socio_calc.case import BaselineRef, CostRef, EvidenceRef, OwnOutcome, Ref
from socio_calc.case.costs import CostItem
from socio_calc.engine.build import TAX_DEFAULTS
from socio_calc.locale import number
from socio_calc.locale.paths import label_keys
from socio_calc.locale.placeholders import inline, start
from socio_calc.paper import (
    Block,
    Column,
    Content,
    Inline,
    KeyValue,
    KeyValues,
    LineBreak,
    Link,
    Paragraph,
    Row,
    Section,
    Table,
)
from socio_calc.paper.inline import parts
from socio_calc.reference import BaselineRow, CostRow, EvidenceRow, ParameterRow
from socio_calc.report.document.assumption_list import Stated, stated_quantities
from socio_calc.report.document.assumption_values import EXACT, assumed, central_text, interval_text
from socio_calc.report.document.facts import DocumentFacts
from socio_calc.report.document.shared import linked
from socio_calc.report.screen_notes import rate_text
from socio_calc.report.sensitivity_facts import significant

_BaseRow = CostRow | EvidenceRow | BaselineRow | ParameterRow


def assumptions(facts: DocumentFacts) -> Section:
    """Return the terms of the calculation, every stated quantity, and every row of the reference base in use."""
    blocks: list[Block] = [
        Paragraph(facts.say("assumptions.lead")),
        KeyValues(tuple(_terms(facts))),
        _stated_table(facts),
        Paragraph(facts.say("assumptions.defaults"), "small"),
    ]
    prices = tuple(_base_rows(facts))
    if prices:
        said = Paragraph(facts.say("sources.lead", sha=facts.appraisal.reference_sha256[:12]))
        rows = (said, _base_table(facts, prices), *_series(facts))
        blocks.append(Section("sources", facts.say("sources.title"), rows))
    return Section("assumptions", facts.say("assumptions.title"), tuple(blocks), wide=True)


def _terms(facts: DocumentFacts) -> Iterator[KeyValue]:
    """Yield what holds for the whole calculation."""
    case, words = facts.appraisal.case, facts.words
    last = facts.appraisal.first_year + facts.years - 1
    yield KeyValue(words.label("first_year"), facts.say("assumptions.period", first=case.first_year, last=last))
    yield KeyValue(words.label("price_year"), str(case.price_year))
    yield KeyValue(words.label("horizons"), facts.years_list(facts.appraisal.horizons))
    yield KeyValue(words.label("discount_rate"), rate_text(facts, case.discount_rate))
    if case.discount_rate_health is not None:
        yield KeyValue(words.label("discount_rate_health"), rate_text(facts, case.discount_rate_health))
    yield KeyValue(words.label("timing"), words.choice("timing", case.timing))
    yield KeyValue(words.label("survival"), words.choice("survival", case.survival))


# -- what the case states ---------------------------------------------------------------------------------------------


def _stated_table(facts: DocumentFacts) -> Table:
    rows: list[Row] = []
    group = ""
    for stated in stated_quantities(facts.appraisal.case, facts.appraisal.own_outcomes):
        title = _group(facts, stated)
        if title != group:
            rows.append(Row((title,), "group"))
            group = title
        spread = interval_text(facts, stated.path, stated.quantity)
        value = central_text(facts, stated.path, stated.quantity, EXACT)
        cells = (_label(facts, stated), value, spread or facts.say("spread.certain"), _basis(facts, stated))
        rows.append(Row((*cells, _source(facts, stated))))
    columns = (
        Column(facts.say("assumptions.label"), share=1.8),
        Column(facts.say("assumptions.value"), "right", 0.9),
        Column(facts.say("assumptions.spread"), share=1.5),
        Column(facts.say("assumptions.basis"), share=1.1),
        Column(facts.say("assumptions.source"), share=3.2),
    )
    notes: tuple[Content, ...] = (facts.say("assumptions.assumed"),)
    return Table(facts.say("assumptions.caption"), columns, tuple(rows), notes)


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


def _label(facts: DocumentFacts, stated: Stated) -> str:
    if stated.path.startswith("quantities."):
        return start(stated.path.removeprefix("quantities.").replace("_", " "))
    if stated.path.startswith("outcomes.") and stated.path.split(".")[2] == "inputs":
        return start(stated.path.split(".")[3].replace("_", " "))
    if stated.path.startswith("pathways.") and stated.path.split(".")[2] == "transitions":
        return start(facts.path_name(stated.path))
    return facts.words.label(stated.path) if label_keys(stated.path) else stated.path


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
    owner = stated.inside[-1] if stated.inside else None
    evidence = next((found.evidence for found in reversed(stated.inside) if getattr(found, "evidence", None)), None)
    if evidence is not None and owner is not None and hasattr(owner, "measure"):
        grade = facts.words.choice("grade", evidence.grade)
        return facts.say("basis.evidence-base", grade=grade) if isinstance(quantity, EvidenceRef) else grade
    return facts.say("basis.case")


def _source(facts: DocumentFacts, stated: Stated) -> Content:
    """Return what the case says of where a value comes from; else what its item or its effect says."""
    quantity = stated.quantity
    said = [text for text in (quantity.source, quantity.note) if text]
    base = facts.appraisal.reference
    if isinstance(quantity, CostRef):
        said.insert(0, _row_source(base.costs[quantity.cost]))
    elif isinstance(quantity, EvidenceRef):
        said.insert(0, _row_source(base.evidence[quantity.evidence]))
    elif isinstance(quantity, BaselineRef):
        said.insert(0, _row_source(base.baselines[quantity.baseline]))
    if not said:
        said = _owner_source(stated)
    if not said and isinstance(quantity, Ref):
        return facts.say("assumptions.see-named")
    if not said:
        return facts.say("assumptions.no-source")
    found: list[Inline] = []
    for text in said:
        if found:
            found.append(LineBreak())
        found += parts(linked(text))
    return tuple(found)


def _owner_source(stated: Stated) -> list[str]:
    for owner in reversed(stated.inside):
        if isinstance(owner, CostItem):
            return [text for text in (owner.source, owner.note) if text]
        if hasattr(owner, "measure"):
            evidence = next((found.evidence for found in stated.inside if getattr(found, "evidence", None)), None)
            return [] if evidence is None else list(evidence.sources)
    return []


# -- the reference base -----------------------------------------------------------------------------------------------


def _base_rows(facts: DocumentFacts) -> Iterator[_BaseRow]:
    """Yield every row in use: prices, evidence, levels, and the tax parameters that the case does not state."""
    plan, base, given = facts.appraisal.plan, facts.appraisal.reference, facts.appraisal.case.taxes
    yield from (base.costs[id] for id in plan.costs_used)
    yield from (base.evidence[id] for id in plan.evidence_used)
    yield from (base.baselines[id] for id in plan.baselines_used)
    if not any(line.taxed or line.kind in ("production", "production_loss") for line in plan.lines):
        return
    for name, parameter in TAX_DEFAULTS.items():
        group, _, key = name.partition("_")
        own = getattr(given.equalisation, key) if group == "equalisation" else getattr(given, name)
        if own is None:
            yield base.parameters[parameter]


def _base_table(facts: DocumentFacts, rows: tuple[_BaseRow, ...]) -> Table:
    columns = (
        Column(facts.say("sources.name"), share=2.2),
        Column(facts.say("sources.value"), "right", 1.1),
        Column(facts.say("sources.spread"), "right", 1.2),
        Column(facts.say("sources.source"), share=3.4),
        Column(facts.say("sources.confidence"), share=1.2),
    )
    cells = tuple(Row(tuple(_base_cells(facts, row))) for row in rows)
    return Table(facts.say("sources.caption"), columns, cells, (facts.say("assumptions.assumed"),))


def _base_cells(facts: DocumentFacts, row: _BaseRow) -> Iterator[Content]:
    confidence = facts.words.choice("confidence", row.confidence)
    source = _whole_source(facts, row)
    if isinstance(row, CostRow):
        name = row.name_sv if facts.lang == "sv" else row.name_en
        unit = facts.words.choice("price_unit", row.per)
        yield (start(name), LineBreak(), facts.say("sources.unit", unit=unit, year=row.price_year, id=row.id))
        yield facts.words.t("quantity.sek", x=number(row.value, facts.lang))
        mark = " *" if assumed(facts, row.id) else ""
        yield _range(facts, row.low, row.high) + mark
    elif isinstance(row, EvidenceRow):
        yield _named(facts, row.outcome_sv, row.outcome_en, row.id)
        yield "–" if row.estimate is None else number(row.estimate, facts.lang)
        yield _range(facts, row.ci_low, row.ci_high)
        grade = facts.words.choice("grade", row.grade) if row.grade in GRADES else row.grade
        confidence = f"{grade}. {confidence}"
    else:
        yield _named(facts, row.name_sv, row.name_en, row.id)
        yield number(significant(row.value, 6), facts.lang)
        low, high = (row.low, row.high) if isinstance(row, ParameterRow) else (None, None)
        yield _range(facts, low, high)
    yield source
    yield confidence


def _named(facts: DocumentFacts, swedish: str, english: str, id: str) -> Content:
    return (start(swedish if facts.lang == "sv" else english), LineBreak(), facts.say("sources.id", id=id))


#: Grades that a case may give; a row of the base may have another word.
GRADES = ("systematic_review", "rct", "quasi_experiment", "before_after", "proven_experience", "judgement")


def _range(facts: DocumentFacts, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "–"
    return facts.words.t("quantity.range", low=number(low, facts.lang), high=number(high, facts.lang))


def _row_source(row: _BaseRow) -> str:
    year = row.source_year if isinstance(row, CostRow) else row.year
    return ", ".join(str(part) for part in (row.source_title, getattr(row, "publisher", ""), year) if part)


def _whole_source(facts: DocumentFacts, row: _BaseRow) -> Content:
    """Return title, publisher, year and address of a row."""
    said = _row_source(row)
    if not row.url:
        return said
    return (said, LineBreak(), Link(row.url, row.url))


def _series(facts: DocumentFacts) -> list[Block]:
    """Say by which index prices were converted, and which life table was used."""
    words, plan = facts.words, facts.appraisal.plan
    used = {
        (line.index, line.price_year)
        for line in plan.lines
        if line.index not in (None, "none") and line.price_year not in (None, plan.price_year)
    }
    said = []
    if used:
        names = {
            inline(words.choice("index", str(series))) if words.has(f"choice.index.{series}") else str(series)
            for series, _ in used
        }
        years = sorted({int(year or 0) for _, year in used})
        said.append(
            facts.say("sources.indices", names=facts.listed(sorted(names)), first=years[0], price_year=plan.price_year)
        )
    if facts.appraisal.case.survival == "sweden":
        said.append(words.t("workbook.source.life", period=facts.appraisal.reference.life_table.period))
    return [Paragraph(" ".join(said))] if said else []
