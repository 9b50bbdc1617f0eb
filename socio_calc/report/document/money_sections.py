"""What it costs and who pays for it, what each party gets, and what it comes to for society and the public sector."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from socio_calc.appraisal import ResultRow, warning_message
from socio_calc.case import CostItem, StatedOutcome
from socio_calc.engine.ledger import PUBLIC
from socio_calc.locale import ratio, share
from socio_calc.paper import Block, Column, Figure, Paragraph, Picture, Row, Section, Strong, Table
from socio_calc.paper.blocks import RowRole
from socio_calc.report.document.facts import DocumentFacts
from socio_calc.report.document.shared import paragraphs, party_table
from socio_calc.report.financing import OWN, SOURCES, Source, paid_by, payer_of, source_of
from socio_calc.report.net_cost import net_cost_per
from socio_calc.report.outcome_sentences import each_step
from socio_calc.report.screen_notes import unequal_mismatch
from socio_calc.report.screen_opening import times
from socio_calc.report.screen_variants import Variant
from socio_calc.report.written_sums import rows_add_up, written_equal

#: Most years that a table of costs has a column for.
_MOST_YEARS: Final = 6
#: As many of them still fit on an upright page.
_NARROW_YEARS: Final = 5
#: Gains for each krona that are less are not worth a sentence.
_LEAST_RATIO: Final = 0.05
#: A smaller ratio would be written as 0.
_WRITTEN_RATIO: Final = 0.005
#: Columns of the table of financing.
_KINDS: Final = (*(f"source.{source}" for source in SOURCES), "replaces")

Pictures = Mapping[str, Picture]


# -- costs ------------------------------------------------------------------------------------------------------------


def costs(facts: DocumentFacts) -> Section:
    """Return what it costs year by year, and who finances it: money of the year, not discounted."""
    if not facts.appraisal.case.costs:
        return Section("costs", facts.say("costs.title"), (Paragraph(facts.say("costs.none")),))
    bill = _bill(facts)
    blocks: tuple[Block, ...] = (
        Paragraph(" ".join(_financed(facts, bill))), _cost_table(facts, bill), _funding_table(facts, bill),
    )  # fmt: skip
    wide = _NARROW_YEARS < len(_years(bill)) <= _MOST_YEARS
    return Section("costs", facts.say("costs.title"), blocks, wide=wide)


@dataclass(frozen=True)
class _Billed:
    """A cost item with what it costs by year, SEK, base case, not discounted; below 0 for what falls away."""

    item: CostItem
    by_year: np.ndarray

    @property
    def total(self) -> float:
        return float(self.by_year.sum())


def _bill(facts: DocumentFacts) -> tuple[_Billed, ...]:
    """Return the cost items, those of ordinary practice that fall away last."""
    by_path = {
        line.path: -figures.entries.sum(axis=0)
        for line, figures in zip(facts.appraisal.plan.lines, facts.appraisal.figures.lines, strict=False)
        if line.is_cost
    }
    bill = (_Billed(item, by_path[f"costs.{at}"]) for at, item in enumerate(facts.appraisal.case.costs))
    return tuple(sorted(bill, key=lambda billed: billed.item.replaces))


def _financed(facts: DocumentFacts, bill: tuple[_Billed, ...]) -> Iterator[str]:
    """Say what there is to finance, by whom and with what, and apart what the intervention replaces.

    What it replaces lowers the net cost but finances nothing: the whole must be paid all the same.
    """
    sums = _by_source(billed for billed in bill if not billed.item.replaces)
    whole = sum(sums.values())
    yield facts.say("costs.total", total=facts.money(whole), price_year=facts.appraisal.price_year)
    if sums["grant"]:
        yield facts.say("costs.grant", grant=facts.money(sums["grant"]), share=_part(sums["grant"], whole, facts))
    own = {source: sums[source] for source in OWN if sums[source]}
    if len(own) == 1:
        ((source, amount),) = own.items()
        yield facts.say("costs.own.alone", own=facts.money(amount), how=facts.say(f"costs.how.{source}"))
    elif own:
        parts = (f"{facts.money(amount)} {facts.say(f'costs.how.{source}')}" for source, amount in own.items())
        yield facts.say("costs.own", own=facts.money(sum(own.values())), list=facts.listed(parts))
    if not _add_up(facts, list(own.values())):
        yield facts.words.t("screen.rounded")
    if sums["outside"]:
        yield facts.say("costs.outside", amount=facts.money(sums["outside"]))
    replaced = -sum(billed.total for billed in bill if billed.item.replaces)
    if replaced:
        net = whole - replaced
        kind = "costs" if net >= 0 else "saves"
        yield facts.say(f"costs.replaced.{kind}", replaced=facts.money(replaced), net=facts.money(abs(net)))
    if sums["grant"]:
        yield facts.words.t("warning.grant-not-societal-gain")


def _add_up(facts: DocumentFacts, amounts: Sequence[float]) -> bool:
    """Whether amounts add up as they are written in the unit of the report."""
    step = 1e5 if facts.unit == "million" else 1e3
    return sum(round(amount / step) for amount in amounts) == round(sum(amounts) / step)


def _by_source(bill: Iterable[_Billed]) -> dict[Source, float]:
    sums: dict[Source, float] = dict.fromkeys(SOURCES, 0.0)
    for billed in bill:
        sums[source_of(billed.item)] += billed.total
    return sums


def _part(part: float, whole: float, facts: DocumentFacts) -> str | None:
    return share(part / whole, facts.lang) if whole > 0 else None


def _years(bill: tuple[_Billed, ...]) -> list[int]:
    """Return the years in which anything is paid."""
    return np.nonzero(np.any(np.array([billed.by_year for billed in bill]) != 0, axis=0))[0].tolist()


def _cost_table(facts: DocumentFacts, bill: tuple[_Billed, ...]) -> Table:
    years = _years(bill)
    if len(years) > _MOST_YEARS:
        years = []
    columns = [
        Column(facts.say("costs.item"), share=2.4),
        Column(facts.say("costs.party"), share=1.1),
        Column(facts.say("costs.funding"), share=1.4),
        *(Column(str(facts.appraisal.first_year + year), "right") for year in years),
        Column(facts.say("costs.sum"), "right"),
    ]

    def amounts(by_year: np.ndarray) -> tuple[str, ...]:
        return (*(facts.sek(by_year[year]) for year in years), facts.sek(by_year.sum()))

    def summed(label: str, some: Sequence[_Billed]) -> Row:
        return Row((facts.say(label), "", "", *amounts(np.sum([billed.by_year for billed in some], axis=0))), "total")

    rows: list[Row] = []
    paid = [billed for billed in bill if not billed.item.replaces]
    for billed in bill:
        item = billed.item
        if item.replaces and len(rows) == len(paid) and paid:
            rows.append(summed("costs.to-finance", paid))
        cells = (item.name, facts.words.choice("actor", payer_of(item)), paid_by(item, facts.words))
        rows.append(Row((*cells, *amounts(billed.by_year))))
    rows.append(summed("costs.all" if len(paid) == len(bill) else "costs.net", bill))
    notes = [facts.say("costs.note", price_year=facts.appraisal.price_year)]
    if not facts.costs_of_taxation:
        # The same money stands in the tables of parties at its present value: a reader who compares finds it here.
        notes.append(facts.say("costs.note.present", cost=facts.money(facts.cost)))
    if any(np.any(billed.by_year < 0) for billed in bill):
        notes.append(facts.say("costs.note.below-zero"))
    notes += _rounded(facts, [row for row in rows if row.role == "body"], rows[-1], first=3, years=bool(years))
    return Table(facts.say("costs.caption"), tuple(columns), tuple(rows), (" ".join(notes),))


def _rounded(facts: DocumentFacts, rows: Sequence[Row], total: Row, *, first: int, years: bool = True) -> list[str]:
    """Say that rows, or the amounts of a row and their sum, do not add up as they are written, where that is so.

    `first` is the first column with an amount; the last one has the sum of the others where there are `years`.
    """
    amounts = [[str(cell) for cell in row.cells[first:]] for row in (*rows, total)]
    fit = rows_add_up(amounts[:-1], amounts[-1], facts.lang)
    if fit and (not years or all(written_equal(row[:-1], row[-1:], facts.lang) for row in amounts)):
        return []
    return [facts.words.t("screen.rounded")]


def _funding_table(facts: DocumentFacts, bill: tuple[_Billed, ...]) -> Table:
    """Return what each party pays by kind of financing, over all years, and what it is spared."""
    sums: dict[str, dict[str, float]] = {}
    for billed in bill:
        party = sums.setdefault(payer_of(billed.item), {})
        kind = "replaces" if billed.item.replaces else f"source.{source_of(billed.item)}"
        party[kind] = party.get(kind, 0.0) + billed.total
    kinds = [kind for kind in _KINDS if any(party.get(kind) for party in sums.values())]

    def row(label: str, found: Mapping[str, float], role: RowRole) -> Row:
        cells = (facts.sek(found.get(kind, 0.0)) for kind in kinds)
        return Row((label, *cells, facts.sek(sum(found.values()))), role)

    rows = [row(facts.words.choice("actor", party), found, "body") for party, found in sums.items()]
    whole = {kind: sum(found.get(kind, 0.0) for found in sums.values()) for kind in kinds}
    rows.append(row(facts.say("costs.all"), whole, "total"))
    columns = (
        Column(facts.say("parties.party"), share=1.4),
        *(Column(facts.say(f"costs.{kind}"), "right") for kind in kinds),
        Column(facts.say("costs.sum"), "right"),
    )
    notes = [facts.say("costs.note", price_year=facts.appraisal.price_year)]
    notes += _rounded(facts, rows[:-1], rows[-1], first=1)
    return Table(facts.say("costs.by-party"), columns, tuple(rows), (" ".join(notes),))


# -- parties ----------------------------------------------------------------------------------------------------------


def parties(facts: DocumentFacts, variant: Variant, pictures: Pictures) -> Section:
    """Return who pays, who gains and when, and how it is spread among people."""
    if not facts.payers:
        return Section("parties", facts.say("parties.title"), (Paragraph(facts.say("parties.none")),))
    blocks: list[Block] = [Paragraph(facts.say("parties.lead"))]
    mismatches = [warning for warning in facts.appraisal.warnings if warning.code == "payer-mismatch"]
    said = [
        warning_message(facts.appraisal, warning, facts.lang)
        for warning in mismatches or unequal_mismatch(facts, mismatches)
    ]
    if said:
        blocks.append(Paragraph(" ".join(dict.fromkeys(said))))
    blocks.append(party_table(facts, costs_only=variant == "only_costs"))
    if len(facts.appraisal.horizons) > 1:
        blocks.append(_net_by_horizon(facts))
    blocks += _figures(pictures, "by-year", "waterfall")
    blocks.append(Section("equity", facts.say("equity.title"), _equity(facts)))
    return Section("parties", facts.say("parties.title"), tuple(blocks))


def _net_by_horizon(facts: DocumentFacts) -> Table:
    horizons = facts.appraisal.horizons
    rows = []
    for row in facts.payers:
        nets = (facts.appraisal.result("npv", row.actor, horizon).base for horizon in horizons)
        rows.append(Row((facts.words.choice("actor", row.actor), *(facts.cell(net, signed=True) for net in nets))))
    for who, role in (("public", "body"), ("societal", "total")):
        nets = (facts.appraisal.result("npv", who, horizon).base for horizon in horizons)
        cells = (facts.words.choice("perspective", who), *(facts.cell(net, signed=True) for net in nets))
        rows.append(Row(cells, "total" if role == "total" else "body"))
    columns = (
        Column(facts.say("parties.party"), share=1.6),
        *(Column(facts.years_of(horizon), "right") for horizon in horizons),
    )
    by_actor = {payer.actor: _amounts(row) for payer, row in zip(facts.payers, rows, strict=False)}
    public, whole = (_amounts(row) for row in rows[-2:])
    fit = rows_add_up(list(by_actor.values()), whole, facts.lang) and rows_add_up(
        [amounts for actor, amounts in by_actor.items() if actor in PUBLIC], public, facts.lang
    )
    notes = () if fit else (facts.words.t("screen.rounded"),)
    return Table(facts.say("parties.by-horizon", unit=facts.unit_text), columns, tuple(rows), notes)


def _amounts(row: Row) -> list[str]:
    """Return what stands after the name of a row."""
    return [str(cell) for cell in row.cells[1:]]


def _equity(facts: DocumentFacts) -> tuple[Block, ...]:
    application = facts.appraisal.case.application
    blocks: list[Block] = []
    if application is not None:
        blocks += paragraphs(application.equity)
        if application.child_rights:
            first, *more = paragraphs(application.child_rights)
            said = (first.content,) if isinstance(first.content, str) else first.content
            blocks += [Paragraph((Strong(f"{facts.say('equity.children')} "), *said)), *more]
    weighted = any(cohort.weight != 1.0 for cohort in facts.appraisal.case.participants)
    if weighted:
        amounts = {"weighted": facts.appraisal.result("npv_weighted").base, "npv": facts.npv}
        written = {name: facts.money(amount, signed=True) for name, amount in amounts.items()}
        blocks.append(Paragraph(facts.say("equity.weights", **written)))
    else:
        blocks.append(Paragraph(facts.say("equity.alike")))
    return tuple(blocks)


# -- society ----------------------------------------------------------------------------------------------------------


def society(facts: DocumentFacts, pictures: Pictures) -> Section:
    """Return what it comes to for society and for the public sector at each horizon, and the other measures."""
    said = [_sums(facts)]
    bcr = facts.appraisal.result("bcr")
    if bcr.base is not None and bcr.base >= _LEAST_RATIO:
        said.append(facts.say("result.bcr", bcr=_ratio(facts, bcr.base)))
    if facts.has_work and facts.gain > 0:
        without = facts.appraisal.result(view="without_production").base
        said.append(facts.say("result.work", npv=facts.money(without, signed=True)))
    qalys = facts.appraisal.result("qalys").base
    if qalys:
        valued = "valued" if facts.has_health_value else "unvalued"
        said.append(facts.say(f"result.qalys.{valued}", qalys=facts.qalys(qalys)))
    said.append(facts.say("result.zero"))
    blocks: list[Block] = [Paragraph(" ".join(said))]
    blocks += [_horizon_table(facts, perspective) for perspective in ("societal", "public")]
    blocks.append(_measures(facts))
    blocks += _figures(pictures, "cumulative")
    return Section("result", facts.say("result.title"), tuple(blocks))


def _sums(facts: DocumentFacts) -> str:
    """Say gains, costs and what is left; an effect that costs, or a cost that is saved, as what it is."""
    kind = ("saves-adds-cost" if facts.cost < 0 else "adds-cost") if facts.gain < 0 else (
        "saves" if facts.cost < 0 else "plain"
    )  # fmt: skip
    values: dict[str, object] = {
        "years": facts.years_text,
        "gain": facts.money(abs(facts.gain)),
        "cost": facts.money(abs(facts.cost)),
        "npv": facts.money(facts.npv, signed=True),
    }
    return facts.say(f"result.sentence.{kind}", **values)


def _horizon_table(facts: DocumentFacts, perspective: str) -> Table:
    rows = []
    for horizon in facts.appraisal.horizons:
        net = facts.appraisal.result("npv", perspective, horizon)
        cost, gain = (facts.appraisal.result(name, perspective, horizon).base for name in ("pv_costs", "pv_effects"))
        amounts = (facts.cell(cost), facts.cell(gain), facts.cell(net.base, signed=True))
        rows.append(Row((facts.years_of(horizon), *amounts, facts.spread(net), facts.chance(net))))
    columns = (
        Column(facts.say("society.horizon")),
        Column(facts.say("result.cost"), "right"),
        Column(facts.say("result.gain"), "right"),
        Column(facts.say("result.net"), "right"),
        Column(facts.say("effects.spread"), "right", 1.6),
        Column(facts.say("result.probability"), "right", 1.4),
    )
    caption = facts.say(f"result.caption.{perspective}", unit=facts.unit_text)
    fit = all(written_equal([gain], [cost, net], facts.lang) for cost, gain, net in (_amounts(row)[:3] for row in rows))
    return Table(caption, columns, tuple(rows), () if fit else (facts.words.t("screen.rounded"),))


def _measures(facts: DocumentFacts) -> Table:
    """Return the other measures at the longest horizon; one that does not exist says why."""
    rows = tuple(_measure_rows(facts))
    columns = (
        Column(facts.say("result.measure"), share=2.0),
        Column(facts.say("result.value"), "right"),
        Column(facts.say("result.meaning"), share=3.2),
    )
    return Table(facts.say("result.measures", years=facts.years_text), columns, rows)


def _measure_rows(facts: DocumentFacts) -> Iterator[Row]:
    names = ["payback_year", "bcr", "irr", "mvpf", "npv_per_grant_krona", "break_even_effect", "npv_cash", "qalys"]
    for name in names:
        row = facts.appraisal.result(name, "public" if name == "npv_cash" else "societal")
        if row.base is None and row.reason in ("no-grant", "no-health"):
            continue
        yield _measure_row(facts, name, facts.words.choice("result", name), row)
    for outcome in facts.appraisal.stated_outcomes:
        label = facts.say("result.net-cost", outcome=outcome.name, each=each_step(facts.words, outcome, facts.years))
        yield _per_outcome_row(facts, label, outcome)


def _measure_row(facts: DocumentFacts, name: str, label: str, row: ResultRow) -> Row:
    if row.base is None:
        return _missing(facts, label, row)
    explained = facts.words.explain("result", name) or ""
    match name:
        case "payback_year":
            year = round(row.base)
            return Row((label, facts.say("year", year=year, calendar=facts.calendar(year)), explained))
        case "npv_cash":
            amount = facts.money(row.base, signed=True)
            return Row((facts.say("result.public-cash"), amount, facts.say("result.public-cash.explained")))
        case "qalys":
            return Row((label, facts.qalys(row.base), explained))
        case "irr" if row.base < 0 and facts.appraisal.figures.net_by_year("societal", discounted=False).sum() < 0:
            return Row((label, facts.say("result.irr.below-zero"), facts.say("result.irr.below-zero.explained")))
        case "irr":
            return Row((label, share(row.base, facts.lang), explained))
        case "break_even_effect" if row.base > 1:
            value = facts.say("result.times", times=times(row.base, facts))
            return Row((label, value, facts.say("result.times.explained")))
        case "break_even_effect":
            return Row((label, share(row.base, facts.lang), explained))
        case "bcr" if row.base < 0:
            return Row((label, "–", facts.say("result.bcr.below-zero")))
        case _:
            return Row((label, _ratio(facts, row.base), explained))


def _ratio(facts: DocumentFacts, value: float) -> str:
    """Write kronor for each krona with two decimals, as money is written; what would look like nothing as less."""
    if 0 < abs(value) < _WRITTEN_RATIO:
        return facts.say("result.ratio.tiny" if value > 0 else "result.ratio.tiny-negative")
    return ratio(value, facts.lang)


def _missing(facts: DocumentFacts, label: str, row: ResultRow, outcome: str | None = None) -> Row:
    values = {"reason": row.reason, "perspective": row.perspective, "h": row.horizon, "outcome": outcome}
    return Row((label, "–", facts.say("result.missing", **values)))


def _per_outcome_row(facts: DocumentFacts, label: str, outcome: StatedOutcome) -> Row:
    """Return the net cost per unit with where it probably lies, or why it is not told."""
    found = net_cost_per(facts.appraisal, outcome.id)
    if found is None:
        return _missing(facts, label, facts.appraisal.result(f"cost_per_outcome:{outcome.id}"), outcome.name)
    if isinstance(found, str):
        return Row((label, "–", facts.say(f"result.unsure.{found}")))
    value, interval = facts.money_alone(found.base), found.interval(facts.lang)
    if interval is not None:
        value += f" ({interval})"
    return Row((label, value, facts.say(f"result.net-cost.of{'' if facts.has_work else '-no-work'}")))


def _figures(pictures: Pictures, *names: str) -> list[Block]:
    return [Figure(pictures[name]) for name in names if name in pictures]
