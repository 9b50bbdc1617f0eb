"""What it costs and who pays for it, what each party gets, and what it comes to for society and the public sector."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from socio_calc.appraisal import ResultRow, warning_message
from socio_calc.locale import number, ratio, share
from socio_calc.paper import Block, Column, Content, Figure, Paragraph, Picture, Row, Section, Table
from socio_calc.report.document.facts import DocumentFacts
from socio_calc.report.document.shared import paragraphs, party_table
from socio_calc.report.screen_opening import outcome_unit
from socio_calc.report.screen_variants import Variant, unequal_parties

#: Most years that a table of costs has a column for.
_MOST_YEARS: Final = 6
#: As many of them still fit on an upright page.
_NARROW_YEARS: Final = 5
#: A smaller ratio of gains to costs would be written as 0.
_LEAST_RATIO: Final = 0.05
_FUNDINGS: Final = ("grant", "cofinancing", "in_kind")

Pictures = Mapping[str, Picture]


# -- costs ------------------------------------------------------------------------------------------------------------


def costs(facts: DocumentFacts) -> Section:
    """Return what it costs year by year, and who finances it: money of the year, not discounted."""
    items = facts.appraisal.case.costs
    if not items:
        return Section("costs", facts.say("costs.title"), (Paragraph(facts.say("costs.none")),))
    amounts = _amounts(facts)
    total = sum(float(row.sum()) for row in amounts)
    sums = {
        funding: sum(float(row.sum()) for row, item in zip(amounts, items, strict=True) if item.funding == funding)
        for funding in _FUNDINGS
    }
    replaced = -sum(float(row.sum()) for row, item in zip(amounts, items, strict=True) if item.replaces)
    said = [facts.say("costs.total", total=facts.money(total), price_year=facts.appraisal.price_year)]
    if sums["grant"]:
        said.append(
            facts.say("costs.grant", grant=facts.money(sums["grant"]), share=_part(sums["grant"], total, facts))
        )
    if sums["cofinancing"] or sums["in_kind"]:
        said.append(
            facts.say(
                "costs.own",
                own=facts.money(sums["cofinancing"] + sums["in_kind"]),
                cash=facts.money(sums["cofinancing"]),
                time=facts.money(sums["in_kind"]),
            )
        )
    if replaced:
        said.append(facts.say("costs.replaced", replaced=facts.money(replaced)))
    if sums["grant"]:
        said.append(facts.words.t("warning.grant-not-societal-gain"))
    blocks: list[Block] = [Paragraph(" ".join(said)), _cost_table(facts, amounts)]
    blocks.append(_funding_table(facts, amounts))
    return Section(
        "costs", facts.say("costs.title"), tuple(blocks), wide=_NARROW_YEARS < len(_years(amounts)) <= _MOST_YEARS
    )


def _part(part: float, whole: float, facts: DocumentFacts) -> str | None:
    return share(part / whole, facts.lang) if whole > 0 else None


def _amounts(facts: DocumentFacts) -> list[np.ndarray]:
    """Return what each cost item costs by year, SEK, base case, not discounted; below 0 for what falls away."""
    by_path = {
        line.path: -figures.entries.sum(axis=0)
        for line, figures in zip(facts.appraisal.plan.lines, facts.appraisal.figures.lines, strict=False)
        if line.is_cost
    }
    return [by_path[f"costs.{number}"] for number in range(len(facts.appraisal.case.costs))]


def _years(amounts: list[np.ndarray]) -> list[int]:
    """Return the years in which anything is paid."""
    return np.nonzero(np.any(np.array(amounts) != 0, axis=0))[0].tolist()


def _cost_table(facts: DocumentFacts, amounts: list[np.ndarray]) -> Table:
    years = _years(amounts)
    if len(years) > _MOST_YEARS:
        years = []
    columns = [
        Column(facts.say("costs.item"), share=2.4),
        Column(facts.say("costs.party"), share=1.1),
        Column(facts.say("costs.funding"), share=1.4),
        *(Column(str(facts.appraisal.first_year + year), "right") for year in years),
        Column(facts.say("costs.sum"), "right"),
    ]
    rows = []
    for item, by_year in zip(facts.appraisal.case.costs, amounts, strict=True):
        payer = item.funder if item.funding == "grant" and item.funder else item.actor
        funding = facts.words.choice("funding", item.funding)
        if item.replaces:
            funding = facts.say("costs.replaces")
        cells: list[Content] = [item.name, facts.words.choice("actor", payer), funding]
        rows.append(Row((*cells, *(facts.sek(by_year[year]) for year in years), facts.sek(by_year.sum()))))
    totals = np.array(amounts).sum(axis=0)
    sums = (*(facts.sek(totals[year]) for year in years), facts.sek(totals.sum()))
    rows.append(Row((facts.say("costs.all"), "", "", *sums), "total"))
    note = facts.say("costs.note", price_year=facts.appraisal.price_year)
    return Table(facts.say("costs.caption"), tuple(columns), tuple(rows), (note,))


def _funding_table(facts: DocumentFacts, amounts: list[np.ndarray]) -> Table:
    """Return what each party pays by kind of financing, over all years."""
    sums: dict[str, dict[str, float]] = {}
    for item, by_year in zip(facts.appraisal.case.costs, amounts, strict=True):
        payer = item.funder if item.funding == "grant" and item.funder else item.actor
        party = sums.setdefault(payer, dict.fromkeys(_FUNDINGS, 0.0))
        party[item.funding] += float(by_year.sum())
    rows = [
        Row((facts.words.choice("actor", party), *(facts.sek(found[kind]) for kind in _FUNDINGS),
             facts.sek(sum(found.values()))))
        for party, found in sums.items()
    ]  # fmt: skip
    whole = [sum(found[kind] for found in sums.values()) for kind in _FUNDINGS]
    rows.append(Row((facts.say("costs.all"), *map(facts.sek, whole), facts.sek(sum(whole))), "total"))
    columns = (
        Column(facts.say("parties.party"), share=1.4),
        *(Column(facts.words.choice("funding", kind), "right") for kind in _FUNDINGS),
        Column(facts.say("costs.sum"), "right"),
    )
    return Table(facts.say("costs.by-party"), columns, tuple(rows))


# -- parties ----------------------------------------------------------------------------------------------------------


def parties(facts: DocumentFacts, variant: Variant, pictures: Pictures) -> Section:
    """Return who pays, who gains and when, and how it is spread among people."""
    if not facts.payers:
        return Section("parties", facts.say("parties.title"), (Paragraph(facts.say("parties.none")),))
    blocks: list[Block] = [Paragraph(facts.say("parties.lead"))]
    said = [
        warning_message(facts.appraisal, warning, facts.lang)
        for warning in facts.appraisal.warnings
        if warning.code == "payer-mismatch"
    ]
    if not said and unequal_parties(facts) is not None:
        said.append(facts.words.t("screen.holds.agree"))
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
    return Table(facts.say("parties.by-horizon", unit=facts.unit_text), columns, tuple(rows))


def _equity(facts: DocumentFacts) -> tuple[Block, ...]:
    application = facts.appraisal.case.application
    blocks: list[Block] = []
    if application is not None:
        blocks += paragraphs(application.equity)
        if application.child_rights:
            blocks += [Paragraph(facts.say("equity.children")), *paragraphs(application.child_rights)]
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
    values: dict[str, object] = {
        "years": facts.years_text,
        "gain": facts.money(facts.gain),
        "cost": facts.money(facts.cost),
        "npv": facts.money(facts.npv, signed=True),
    }
    said = [facts.say("result.sentence", **values)]
    bcr = facts.appraisal.result("bcr")
    if bcr.base is not None and bcr.base >= _LEAST_RATIO:
        said.append(facts.say("result.bcr", bcr=ratio(bcr.base, facts.lang, 1)))
    if facts.has_work and facts.gain > 0:
        without = facts.appraisal.result(view="without_production").base
        said.append(facts.say("result.work", npv=facts.money(without, signed=True)))
    qalys = facts.appraisal.result("qalys").base
    if qalys is not None:
        valued = "valued" if facts.has_health_value else "unvalued"
        said.append(facts.say(f"result.qalys.{valued}", qalys=number(qalys, facts.lang, 1)))
    said.append(facts.say("result.zero"))
    blocks: list[Block] = [Paragraph(" ".join(said))]
    blocks += [_horizon_table(facts, perspective) for perspective in ("societal", "public")]
    blocks.append(_measures(facts))
    blocks += _figures(pictures, "cumulative")
    return Section("result", facts.say("result.title"), tuple(blocks))


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
    return Table(caption, columns, tuple(rows))


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
        row = facts.appraisal.result(f"cost_per_outcome:{outcome.id}")
        unit = facts.words.plural(f"screen.unit.{outcome_unit(facts, outcome)}", 1)
        label = facts.say("result.per-outcome", outcome=outcome.name, unit=unit)
        yield _measure_row(facts, "cost_per_outcome", label, row, outcome.name)


def _measure_row(facts: DocumentFacts, name: str, label: str, row: ResultRow, outcome: str | None = None) -> Row:
    if row.base is None:
        reason = facts.say(
            "result.missing", reason=row.reason, perspective=row.perspective, h=row.horizon, outcome=outcome
        )
        return Row((label, "–", reason))
    return Row((label, _measure_value(facts, name, row.base), facts.words.explain("result", name) or ""))


def _measure_value(facts: DocumentFacts, name: str, value: float) -> str:
    """Write a measure as what it is: a year, a rate or a share, an amount, a number, a ratio."""
    match name:
        case "payback_year":
            return facts.say("year", year=round(value), calendar=facts.calendar(round(value)))
        case "irr" | "break_even_effect":
            return share(value, facts.lang)
        case "npv_cash":
            return facts.money(value, signed=True)
        case "cost_per_outcome":
            return facts.money_alone(value)
        case "qalys":
            return number(value, facts.lang, 1)
        case _:
            return ratio(value, facts.lang, 1)


def _figures(pictures: Pictures, *names: str) -> list[Block]:
    return [Figure(pictures[name]) for name in names if name in pictures]
