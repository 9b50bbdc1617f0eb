"""The whole sheet of the calculation, from the inputs to the sums (METHOD §1–5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from socio_calc.appraisal import Appraisal
from socio_calc.locale import Texts
from socio_calc.report.workbook.calc_consequences import Flows, Source, add_consequence
from socio_calc.report.workbook.calc_costs import cost_entry
from socio_calc.report.workbook.calc_outcomes import OutcomeRows, outcome_rows, own_rows
from socio_calc.report.workbook.calc_pathways import PathwayRows, pathway_rows
from socio_calc.report.workbook.calc_people import participants
from socio_calc.report.workbook.calc_sums import Sums, write_sums
from socio_calc.report.workbook.calc_time import discounting, tax_shares
from socio_calc.report.workbook.calculation import SCALAR, Calculation, Discounting, Participants
from socio_calc.report.workbook.cells import InputCells, OwnCells
from socio_calc.report.workbook.formula import Live, literal, sum_of
from socio_calc.report.workbook.grid import Grid
from socio_calc.report.workbook.ledger_sheet import Block, Entry, LedgerSheet, Part, Places

#: Printed at this size, a page across holds the texts and about ten years.
_SCALE: Final = 60
_TAXED_KINDS = frozenset({"production", "production_loss"})


@dataclass(frozen=True, slots=True)
class Calculated:
    """What the results are made of."""

    sheet: Calculation
    places: Places
    money: Discounting
    health: Discounting | None
    taxes: Mapping[str, Live]
    people: Participants
    outcomes: tuple[OutcomeRows, ...]
    pathways: tuple[PathwayRows, ...]
    flows: Flows
    ledger: Block
    freed: Block | None
    weighted: Block | None
    sums: Sums


def calculate(grid: Grid, words: Texts, appraisal: Appraisal, inputs: InputCells) -> Calculated:
    """Write the sheet of the calculation."""
    placed = len(inputs.costs)
    placed += sum(len(outcome.consequences) for outcome in inputs.outcomes)
    placed += sum(len(pathway.consequences) for pathway in inputs.pathways)
    if placed != len(appraisal.plan.lines):
        raise AssertionError("every line of the plan has a place in the workbook")
    sheet = Calculation(grid, words, appraisal.longest)
    grid.widths(A=50, B=30, C=16)
    sheet.begin(appraisal.title, inputs.first_year)
    sheet.section("time")
    money = discounting(sheet, inputs, inputs.rate)
    health = None
    if any(line.kind == "health" for line in appraisal.plan.lines):
        health = discounting(sheet, inputs, inputs.rate_health or inputs.rate, "-health")
    taxes: dict[str, Live] = {}
    if any(line.taxed != 0.0 or line.kind in _TAXED_KINDS for line in appraisal.plan.lines):
        sheet.section("tax-shares")
        taxes = tax_shares(sheet, inputs.taxes)
    sheet.section("people")
    people = participants(sheet, inputs)
    flows = Flows()
    if inputs.costs:
        sheet.section("costs")
    flows.entries.extend(cost_entry(sheet, cells, people) for cells in inputs.costs)
    outcomes = []
    for cells in inputs.outcomes:
        sheet.section("outcome")
        if isinstance(cells, OwnCells):
            rows = own_rows(sheet, inputs, cells, people)
        else:
            rows = outcome_rows(sheet, inputs, cells, people)
        outcomes.append(rows)
        name = cells.item.name
        source = Source(name, name, rows.difference, rows.weighted, cells.course.displacement)
        for consequence in cells.consequences:
            add_consequence(sheet, inputs, source, consequence, taxes, flows)
    pathways = []
    for pathway in inputs.pathways:
        sheet.section("pathway")
        states = pathway_rows(sheet, inputs, pathway, people)
        pathways.append(states)
        for consequence, follows in zip(pathway.consequences, states.sources, strict=True):
            add_consequence(sheet, inputs, follows, consequence, taxes, flows)
    ledger = LedgerSheet(sheet, inputs, money, health)
    last = ledger.places.flags - 1
    sheet.section("ledger", last)
    block = _ledger(ledger, flows, inputs.public_funds_factor)
    freed = _beside(ledger, "freed", flows.freed, last)
    weighted = _beside(ledger, "weighted", flows.weighted, last)
    sums = write_sums(sheet, block, ledger.places, inputs.horizons, money, health)
    grid.page(
        (2, 3),
        (4, 1),
        f"{words.t('workbook.sheet.calculation')} – {appraisal.title}",
        last_column=ledger.places.gross - 1,
        scale=_SCALE,
        repeated=SCALAR,
    )
    return Calculated(
        sheet, ledger.places, money, health, taxes, people, tuple(outcomes), tuple(pathways), flows, block, freed,
        weighted, sums,
    )  # fmt: skip


def _ledger(ledger: LedgerSheet, flows: Flows, factor: Live) -> Block:
    """Write the entries, and below them the cost of public funds on what they take from public budgets."""
    words = ledger.sheet.words
    ledger.begin()
    ledger.add(flows.entries)
    block = ledger.block()
    entries = []
    parts: tuple[tuple[Part, str], ...] = (("cost", "costs"), ("money", "effects"), ("production", "work"))
    for part, source in parts:
        paid = None if block is None else _public(block, part)
        gains = tuple(
            literal(0) if paid is None or block is None else (factor - 1) * sum_of(paid * block.years[t])
            for t in range(ledger.sheet.years)
        )
        name = words.t("workbook.row.public-funds")
        entries.append(Entry(name, words.t(f"workbook.source.{source}"), "factor", part, "ovriga", gains))
    ledger.add(entries)
    whole = ledger.block()
    if whole is None:
        raise AssertionError("the lines of the tax factor always stand in the ledger")
    return whole


def _public(block: Block, part: str) -> Live:
    """Return which entries are money of kommun, region and stat, by part (health is no money)."""
    public, cost, work, wellness = (block.flags[flag] for flag in ("public", "cost", "work", "wellness"))
    if part == "cost":
        return public * cost
    if part == "production":
        return public * work
    return public * (1 - cost) * (1 - work) * (1 - wellness)


def _beside(ledger: LedgerSheet, key: str, entries: list[Entry], last: int) -> Block | None:
    if not entries:
        return None
    ledger.sheet.section(key, last)
    ledger.begin()
    ledger.add(entries)
    return ledger.block()
