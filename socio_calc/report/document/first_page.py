"""The first page: what, for whom, what happens to people, what it gives whom, what must be true, how sure it is."""

from __future__ import annotations

from socio_calc.analysis.tornado import Bar
from socio_calc.locale.placeholders import start
from socio_calc.paper import (
    Block,
    BulletList,
    Column,
    Content,
    Note,
    Paragraph,
    Row,
    Section,
    Strong,
    Table,
)
from socio_calc.report.document.facts import DocumentFacts
from socio_calc.report.document.outcome_bullets import outcome_bullets
from socio_calc.report.document.shared import party_table, terms_line
from socio_calc.report.followed_gain import followed_sentence, how_much
from socio_calc.report.screen_notes import must_hold_sentences
from socio_calc.report.screen_opening import opening
from socio_calc.report.screen_variants import Variant
from socio_calc.report.sensitivity_screen import reached_sentence

#: Unpriced effects that the first page names; the rest stand in their own section.
_MOST_UNVALUED = 8
_DRIVERS = 3
#: Characters of the longest name inside a sentence.
_LONGEST_NAME = 110


def first_page(facts: DocumentFacts, variant: Variant) -> Section:
    """Return the summary."""
    return Section(
        "summary",
        facts.say("summary.title"),
        (
            Paragraph(_what(facts), "lead"),
            *_for_whom(facts),
            Section("summary-people", facts.say("summary.people"), outcome_bullets(facts)),
            Section("summary-society", facts.say("summary.society"), _society(facts, variant)),
            Section("summary-parties", facts.say("summary.parties"), _parties(facts, variant)),
            Section("summary-holds", facts.say("summary.holds"), _holds(facts, variant)),
            Section("summary-not-valued", facts.say("summary.not-valued"), _not_valued(facts)),
            Paragraph(terms_line(facts), "small"),
        ),
        dense=True,
    )


def _what(facts: DocumentFacts) -> str:
    """Say in one sentence what it is, for how many, what it costs for each, and who pays."""
    payers = sorted((row for row in facts.party_money if row.pays > 0), key=lambda row: -row.pays)
    named = [
        facts.say(f"summary.payer{'.time' if facts.pays_in_time(row.actor) else ''}", party=row.actor,
                  amount=facts.money(row.pays))
        for row in payers
    ]  # fmt: skip
    each = facts.cost_per_participant
    values: dict[str, object] = {
        "title": facts.appraisal.title,
        "years": facts.listed(map(str, facts.entry_years)),
        "payers": facts.listed(named),
        "cost": facts.money(facts.cost),
        "each": facts.money_alone(each or 0.0),
        "saves": facts.money(-facts.cost),
    }
    kind = "saves" if facts.cost < 0 else "free" if facts.cost == 0 or not payers or each is None else "costs"
    return facts.say_n(f"summary.what.{kind}", round(facts.participants), **values)


def _for_whom(facts: DocumentFacts) -> list[Block]:
    application = facts.appraisal.case.application
    group = None if application is None else application.target_group
    described = group.description if group is not None else None
    text = described or facts.appraisal.case.description
    if not text:
        return []
    label = facts.say("summary.for-whom" if described else "summary.about")
    return [Paragraph((Strong(f"{label} "), text))]


def _society(facts: DocumentFacts, variant: Variant) -> tuple[Block, ...]:
    caution = Note(facts.say("caution.title"), (Paragraph(facts.words.t("workbook.caution")),), "caution")
    answer = Paragraph(opening(facts, variant))
    if variant == "only_costs":
        return (answer, caution)
    several = facts.has_work or facts.has_health_value
    notes = [facts.say("society.how-to-read")] if several else []
    if not facts.has_health_value:
        notes.append(facts.say("society.no-health"))
    if not facts.has_work:
        notes.append(facts.say("society.no-work"))
    nets = _views_table if several else _nets_table
    return (answer, caution, nets(facts, " ".join(notes)))


def _nets_table(facts: DocumentFacts, note: str) -> Table:
    """Return the net present value by horizon, its spread and how often gains exceed costs in columns of their own."""
    rows = []
    for horizon in facts.appraisal.horizons:
        row = facts.appraisal.result(horizon=horizon)
        net = (Strong(facts.cell(row.base, signed=True)),)
        spread = facts.spread(row)
        said = (facts.words.t("screen.figures.certain"), "–") if spread == "–" else (spread, facts.chance(row))
        rows.append(Row((facts.years_of(horizon), net, *said)))
    columns = (
        Column(facts.say("society.horizon"), share=0.8),
        Column(facts.say("society.view.all"), "right"),
        Column(facts.say("effects.spread"), "right", 1.6),
        Column(facts.say("result.probability"), "right", 1.4),
    )
    return Table(facts.say("society.caption", unit=facts.unit_text), columns, tuple(rows), (note,))


def _views_table(facts: DocumentFacts, note: str) -> Table:
    """Return the net present value by horizon: without work and health, with work, with both."""
    columns = [Column(facts.say("society.horizon"), share=0.8)]
    counted = "work-health" if facts.has_work and facts.has_health_value else "work" if facts.has_work else "health"
    columns.append(Column(facts.say(f"society.view.no-{counted}"), "right", 1.4))
    if facts.has_work and facts.has_health_value:
        columns.append(Column(facts.say("society.view.work"), "right", 1.4))
    columns.append(Column(facts.say(f"society.view.{counted}"), "right", 1.4))
    rows = []
    for at, horizon in enumerate(facts.appraisal.horizons):
        cells: list[Content] = [facts.years_of(horizon)]
        left = facts.plain_nets[at]
        cells.append(_net_cell(facts, left.base, facts.spread(left), facts.chance(left)))
        if facts.has_work and facts.has_health_value:
            row = facts.appraisal.result(horizon=horizon, view="without_health")
            cells.append(_net_cell(facts, row.base, facts.spread(row), facts.chance(row)))
        row = facts.appraisal.result(horizon=horizon)
        cells.append(_net_cell(facts, row.base, facts.spread(row), facts.chance(row)))
        rows.append(Row(tuple(cells)))
    caption = facts.say("society.caption", unit=facts.unit_text)
    return Table(caption, tuple(columns), tuple(rows), (note,))


def _net_cell(facts: DocumentFacts, base: float | None, spread: str, chance: str) -> Content:
    amount = Strong(facts.cell(base, signed=True))
    if spread == "–":
        return (amount, f" {facts.say('society.certain')}")
    # On a narrow screen a line ends between the two, in neither of them.
    spread, chance = spread.replace(" ", "\u00a0"), chance.replace(" ", "\u00a0")
    return (amount, f" {facts.say('society.between', spread=spread, p=chance)}")


def _parties(facts: DocumentFacts, variant: Variant) -> tuple[Block, ...]:
    if not facts.payers:
        return (Paragraph(facts.say("parties.none")),)
    return (party_table(facts, costs_only=variant == "only_costs"),)


def _holds(facts: DocumentFacts, variant: Variant) -> tuple[Block, ...]:
    items: list[Content] = []
    if variant != "only_costs":
        items += must_hold_sentences(facts, participants=False)
        reached = reached_sentence(facts)
        if reached is not None:
            items.append(reached)
    shares = _shares(facts)
    if shares:
        items.append(shares)
    items += _drivers(facts)
    if not items:
        return (Paragraph(facts.say("holds.nothing")),)
    return (BulletList(tuple(items)),)


def _shares(facts: DocumentFacts) -> str:
    """Say how much of the gain lies inside what has been measured, and before the grant ends.

    Nothing where what the effects cost is more than what they give: there is then no gain to take shares of.
    """
    if facts.gain <= 0:
        return ""
    said = [followed_sentence(facts.appraisal, facts.words)]
    if facts.grant_gain_share is not None and facts.appraisal.last_grant_year is not None:
        last = facts.appraisal.first_year + facts.appraisal.last_grant_year
        within = how_much(facts.grant_gain_share)
        said.append(facts.say(f"holds.grant.{within}", share=facts.grant_gain_share, year=last))
    return " ".join(filter(None, said))


def _drivers(facts: DocumentFacts) -> list[Content]:
    """Say which quantities matter most, each with what it does to the result."""
    bars = facts.moving[:_DRIVERS]
    if not bars:
        return [facts.say("drivers.none")]
    said = "; ".join(_driver(facts, bar) for bar in bars)
    number = facts.say(f"drivers.number.{len(bars)}") if len(bars) > 1 else ""
    return [facts.say_n("drivers.lead", len(bars), number=number, list=said)]


def _driver(facts: DocumentFacts, bar: Bar) -> str:
    """Name a quantity, with its two ends and what the result is at each."""
    values: dict[str, object] = {
        "name": facts.name_of(bar.quantity, _LONGEST_NAME),
        "npv_low": facts.money(bar.npv_low, signed=True),
        "npv_high": facts.money(bar.npv_high, signed=True),
    }
    if bar.members:
        return facts.say("drivers.one-group", **values)
    low, high = facts.ends_text(bar)
    return facts.say("drivers.one", **values, low=low, high=high)


def _not_valued(facts: DocumentFacts) -> tuple[Block, ...]:
    names = facts.appraisal.case.not_valued
    qalys = facts.appraisal.result("qalys").base
    said = []
    if names:
        shown = names[:_MOST_UNVALUED]
        said.append(start(facts.say("not-valued.list", list=tuple(shown))))
        if left := len(names) - len(shown):
            said.append(facts.say_n("not-valued.more", left))
    if qalys and not facts.has_health_value:
        said.append(facts.say(f"not-valued.qalys.{'gained' if qalys > 0 else 'lost'}", qalys=facts.qalys(abs(qalys))))
    return (Paragraph(" ".join(said) or facts.words.t("warning.nothing-unvalued")),)
