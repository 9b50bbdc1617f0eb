"""The rows of the reference base that a calculation uses, each with its source, its interval and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from socio_calc.engine.build import TAX_DEFAULTS
from socio_calc.locale import number
from socio_calc.locale.placeholders import inline, start
from socio_calc.paper import Block, Code, Column, Content, LineBreak, Link, Paragraph, Row, Section, Table
from socio_calc.reference import BaselineRow, CostRow, EvidenceRow, ParameterRow
from socio_calc.report.document.assumption_values import assumed
from socio_calc.report.document.facts import DocumentFacts
from socio_calc.report.sensitivity_facts import sensible
from socio_calc.report.source_rows import BaseRow, confidence_of, default_taxes, row_source, source_rows

#: Tax rates of one place that stand in for the case's own.
_LOCAL_TAXES: Final = ("municipal", "regional")
#: Whose rates those of the base are.
_COUNTY: Final = "Gävleborg"


def sources(facts: DocumentFacts) -> Section | None:
    """Return the table of the rows in use; None where the case uses none."""
    rows = source_rows(facts.appraisal)
    if not rows:
        return None
    said = Paragraph(facts.say("sources.lead", sha=facts.appraisal.reference_sha256[:12]))
    blocks = (said, _base_table(facts, rows), *_default_taxes(facts), *_series(facts))
    return Section("sources", facts.say("sources.title"), blocks)


def _base_table(facts: DocumentFacts, rows: tuple[BaseRow, ...]) -> Table:
    columns = (
        Column(facts.say("sources.name"), share=2.2),
        Column(facts.say("sources.value"), "right", 1.1),
        Column(facts.say("sources.spread"), "right", 1.2),
        Column(facts.say("sources.source"), share=3.4),
        Column(facts.say("sources.confidence"), share=1.2),
    )
    cells = tuple(Row(tuple(_base_cells(facts, row))) for row in rows)
    return Table(facts.say("sources.caption"), columns, cells, (facts.say("assumptions.assumed"),))


def _base_cells(facts: DocumentFacts, row: BaseRow) -> Iterator[Content]:
    confidence = confidence_of(row, facts.words)
    source = _whole_source(row)
    if isinstance(row, CostRow):
        name = row.name_sv if facts.lang == "sv" else row.name_en
        unit = facts.words.choice("price_unit", row.per)
        yield (start(name), LineBreak(), facts.say("sources.unit", unit=unit, year=row.price_year), " ", Code(row.id))
        yield facts.words.t("quantity.sek", x=number(row.value, facts.lang))
        mark = " *" if assumed(facts, row.id) else ""
        yield _range(facts, row.low, row.high) + mark
    elif isinstance(row, EvidenceRow):
        yield _named(facts, row.outcome_sv, row.outcome_en, row.id)
        yield "–" if row.estimate is None else number(sensible(row.estimate), facts.lang)
        yield _range(facts, *(None if end is None else sensible(end) for end in (row.ci_low, row.ci_high)))
    else:
        yield _named(facts, row.name_sv, row.name_en, row.id)
        yield _value(facts, row)
        low, high = (row.low, row.high) if isinstance(row, ParameterRow) else (None, None)
        # A level without an interval is drawn all the same, as a price is.
        mark = " *" if isinstance(row, BaselineRow) and _drawn(facts, row) else ""
        yield _range(facts, low, high, shares=_is_share(row)) + mark
    yield source
    yield confidence


def _named(facts: DocumentFacts, swedish: str, english: str, id: str) -> Content:
    return (start(swedish if facts.lang == "sv" else english), LineBreak(), Code(id))


def _range(facts: DocumentFacts, low: float | None, high: float | None, *, shares: bool = False) -> str:
    if low is None or high is None:
        return "–"
    between = "quantity.to" if low < 0 or high < 0 else "quantity.range"
    factor = 100.0 if shares else 1.0
    both = facts.words.t(between, low=number(factor * low, facts.lang), high=number(factor * high, facts.lang))
    return facts.words.t("quantity.share", x=both) if shares else both


def _drawn(facts: DocumentFacts, row: BaselineRow) -> bool:
    """Whether a level of the base is uncertain in any of the places that use it."""
    plan = facts.appraisal.plan
    drawn = {column.key for column in plan.columns}
    return not drawn.isdisjoint(plan.baselines_used[row.id])


def _is_share(row: BaselineRow | ParameterRow) -> bool:
    return row.unit.startswith("share")


def _value(facts: DocumentFacts, row: BaselineRow | ParameterRow) -> str:
    """Write a value in the unit of its row: a share in per cent."""
    if _is_share(row):
        return facts.words.t("quantity.share", x=number(100.0 * row.value, facts.lang))
    return number(sensible(row.value), facts.lang)


def _whole_source(row: BaseRow) -> Content:
    """Return title, publisher, year and address of a row."""
    said = row_source(row)
    if not row.url:
        return said
    return (said, LineBreak(), Link(row.url, row.url))


def _series(facts: DocumentFacts) -> list[Block]:
    """Say by which index prices of which years were converted, which were not, and which life table was used."""
    plan = facts.appraisal.plan
    years: dict[str, set[int]] = {}
    for line in plan.lines:
        if line.index is not None and line.price_year not in (None, plan.price_year):
            years.setdefault(line.index, set()).add(int(line.price_year or 0))
    years.pop("none", None)
    said = []
    if years:
        found = [
            facts.say("sources.index", years=facts.listed(map(str, sorted(of))), name=_index_name(facts, series))
            for series, of in sorted(years.items())
        ]
        said.append(facts.say("sources.indices", price_year=plan.price_year, list="; ".join(found)))
    unchanged = facts.unconverted_prices
    if unchanged:
        prices = [facts.say("sources.unconverted", name=name, year=year) for name, year in unchanged]
        said.append(facts.say_n("sources.no-index", len(prices), list="; ".join(prices)))
    blocks: list[Block] = [Paragraph(" ".join(said))] if said else []
    if facts.appraisal.case.survival == "sweden":
        life = facts.appraisal.reference.life_table
        blocks.append(Paragraph(facts.say("sources.life", period=life.period.replace("-", "–"))))
    return blocks


def _index_name(facts: DocumentFacts, series: str) -> str:
    key = f"choice.index.{series}"
    return inline(facts.words.t(key)) if facts.words.has(key) else series


def _default_taxes(facts: DocumentFacts) -> list[Block]:
    """Say which local tax rates are those of another place, where the case states none of its own."""
    application = facts.appraisal.case.application
    counties = set() if application is None else {each.county for each in application.organisations}
    used = set(default_taxes(facts.appraisal)).intersection(_LOCAL_TAXES)
    if counties == {_COUNTY}:
        used.discard("regional")  # the rate of the base is that of the applicants' own region
    rows = [facts.appraisal.reference.parameters[TAX_DEFAULTS[name]] for name in _LOCAL_TAXES if name in used]
    if not rows:
        return []
    named = [
        facts.say(
            "sources.default-tax",
            name=inline(row.name_sv if facts.lang == "sv" else row.name_en),
            rate=_value(facts, row),
        )
        for row in rows
    ]
    return [Paragraph(facts.say_n("sources.default-taxes", len(rows), list=facts.listed(named)))]
