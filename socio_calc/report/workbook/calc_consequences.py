"""What an outcome leads to: its flow by year and the entries of each party (METHOD §2 and §5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from socio_calc.engine.ledger import PUBLIC
from socio_calc.engine.plan_consequences import DISPLACED_KINDS
from socio_calc.engine.program import part_of
from socio_calc.report.workbook.calculation import Calculation
from socio_calc.report.workbook.cells import ConsequenceCells, InputCells
from socio_calc.report.workbook.formula import Live, largest, literal, power, sum_of
from socio_calc.report.workbook.grid import Row
from socio_calc.report.workbook.ledger_sheet import Entry, Part


@dataclass
class Flows:
    """Entries of the ledger; beside it freed capacity, what equity weights add, and rows of QALYs."""

    entries: list[Entry] = field(default_factory=list)
    freed: list[Entry] = field(default_factory=list)
    weighted: list[Entry] = field(default_factory=list)
    qalys: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Source:
    """What a consequence follows from: an outcome, or the years in a state or the entries into it.

    `about` names it above the consequence, `name` in the ledger; `weighted` is the difference times (weight − 1).
    """

    name: str
    about: str
    difference: Row
    weighted: Row | None
    displacement: Live | None


def add_consequence(
    sheet: Calculation,
    inputs: InputCells,
    outcome: Source,
    cells: ConsequenceCells,
    taxes: Mapping[str, Live],
    flows: Flows,
) -> None:
    """Write a consequence and add its entries to the flows."""
    words, line, source = sheet.words, cells.line, outcome.name
    owner = words.t("workbook.consequence-owner", outcome=outcome.about, name=line.name)
    sheet.item(owner, words.choice("kind", line.kind))
    per_unit = sheet.scalar("unit-amount", _per_unit(outcome, cells), "factor" if line.kind == "health" else "price")
    counted = _counted(sheet, cells, outcome.difference, "counted")
    yearly = _yearly(sheet, cells, per_unit, counted, "qalys-year" if line.kind == "health" else "consequence-year")
    if line.kind == "health":
        flows.qalys.append(yearly)
        if inputs.health_value is None:
            return
        counted_health = yearly
        value = sheet.scalar("health-value", inputs.health_value, "price")
        yearly = sheet.by_year("health-year", lambda t: counted_health.cells[t] * value, "money")
    shares = _shares(cells, taxes)
    part: Part = part_of(line)  # type: ignore[assignment]
    for actor, share in shares.items():
        gains = tuple(_times(share, cell) for cell in yearly.cells)
        flows.entries.append(Entry(line.name, source, line.kind, part, actor, gains))
        if line.kind == "resource_cost" and actor in PUBLIC and cells.realisable is not None:
            realisable = cells.realisable
            kept = tuple((1 - realisable) * largest(0, _times(share, cell)) for cell in yearly.cells)
            flows.freed.append(Entry(line.name, source, line.kind, part, actor, kept))
    if outcome.weighted is not None and "individ" in shares:
        more = _counted(sheet, cells, outcome.weighted, "counted-weighted")
        extra = _yearly(sheet, cells, per_unit, more, "weighted-amount")
        own = shares["individ"]
        if line.kind == "health" and inputs.health_value is not None:
            own = inputs.health_value
        added = tuple(_times(own, cell) for cell in extra.cells)
        flows.weighted.append(Entry(line.name, source, line.kind, part, "individ", added))


def _per_unit(outcome: Source, cells: ConsequenceCells) -> Live:
    amount = cells.quantity * cells.causal_share
    if cells.price is not None:
        amount = cells.price * amount
    if cells.conversion is not None:
        amount = amount * cells.conversion
    if cells.line.kind in DISPLACED_KINDS and outcome.displacement is not None:
        amount = amount * (1 - outcome.displacement)
    return amount


def _counted(sheet: Calculation, cells: ConsequenceCells, difference: Row, key: str) -> Row:
    """Write the outcome units that count in each year: after the delay, over the duration, at the marginal share."""
    shares = cells.marginal or (literal(1),)
    last = len(shares) - 1

    def at(t: int) -> Live:
        since = sheet.year.cells[t] - sheet.year.whole - cells.delay
        within = since < cells.duration
        parts = [
            share * sum_of((since.equals(number)) * within * difference.whole)
            for number, share in enumerate(shares[:last])
        ]
        rest = sum_of((since >= last) * within * difference.whole)
        whole = shares[last] * rest if cells.marginal else rest
        for part in reversed(parts):
            whole = part + whole
        return whole

    return sheet.by_year(key, at, "amount")


def _yearly(sheet: Calculation, cells: ConsequenceCells, per_unit: Live, counted: Row, key: str) -> Row:
    growth = cells.growth
    kind = "amount" if cells.line.kind == "health" else "money"

    def at(t: int) -> Live:
        amount = per_unit * counted.cells[t]
        return amount if growth is None else amount * power(1 + growth, sheet.year.cells[t])

    return sheet.by_year(key, at, kind)  # type: ignore[arg-type]


def _shares(cells: ConsequenceCells, taxes: Mapping[str, Live]) -> dict[str, Live]:
    """Return what each party gains per krona of the yearly amount, as formulas of the tax shares (METHOD §2)."""
    kind = cells.line.kind
    if kind == "resource_cost":
        return {str(cells.line.payer): literal(-1)}
    if kind == "transfer":
        shares = {str(cells.line.payer): literal(-1), str(cells.payee): literal(1)}
        if cells.taxable:
            for actor in ("kommun", "region", "stat"):
                shares[actor] = shares[actor] + taxes[actor] if actor in shares else taxes[actor]
            shares[str(cells.payee)] = shares[str(cells.payee)] - taxes["paid"]
        return shares
    if kind in ("production", "production_loss"):
        actors = ("kommun", "region", "stat", "individ")
        return {
            actor: taxes[f"work-{actor}"] if kind == "production" else 0 - taxes[f"work-{actor}"] for actor in actors
        }
    return {"individ": literal(-1 if kind == "wellbeing_loss" else 1)}


def _times(share: Live, cell: Live) -> Live:
    if share.text == "1":
        return cell
    return 0 - cell if share.text == "-1" else share * cell
