"""The first page: what, for whom, what happens to people, what it gives whom, what must be true, how sure it is."""

from __future__ import annotations

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
from socio_calc.report.document.facts import DocumentFacts, Measured
from socio_calc.report.document.shared import party_table, terms_line
from socio_calc.report.screen_notes import must_hold_sentences
from socio_calc.report.screen_opening import opening
from socio_calc.report.screen_variants import Variant
from socio_calc.report.sensitivity_facts import significant
from socio_calc.report.sensitivity_screen import reached_sentence

#: Outcomes and unpriced effects that the first page names; the rest stand in their own sections.
_MOST_OUTCOMES = 8
_MOST_UNVALUED = 8
_DRIVERS = 3
#: A share below it is none.
_NOTHING = 0.0005


def first_page(facts: DocumentFacts, variant: Variant) -> Section:
    """Return the summary."""
    return Section(
        "summary",
        facts.say("summary.title"),
        (
            Paragraph(_what(facts), "lead"),
            *_for_whom(facts),
            Section("summary-people", facts.say("summary.people"), _people(facts)),
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
    named = [facts.say("summary.payer", party=row.actor, amount=facts.money(row.pays)) for row in payers]
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


def _people(facts: DocumentFacts) -> tuple[Block, ...]:
    shown = facts.measured[:_MOST_OUTCOMES]
    if not shown:
        return (Paragraph(facts.say("people.none")),)
    items = tuple(_outcome(facts, outcome) for outcome in shown)
    left = len(facts.measured) - len(shown)
    more = (Paragraph(facts.say_n("people.more", left)),) if left else ()
    return (Paragraph(facts.say("people.lead", years=facts.years_text)), BulletList(items), *more)


def _outcome(facts: DocumentFacts, outcome: Measured) -> Content:
    row = facts.appraisal.outcome(outcome.id)
    ordinary, intervention, difference, low, high = facts.levels_of(outcome, row)
    if outcome.level == "amount":
        return (Strong(f"{start(outcome.name)}: "), _amount(facts, outcome, difference, low, high))
    said = facts.say(
        f"people.item.{'certain' if low == high else 'uncertain'}",
        unit=facts.per_person_unit(outcome),
        ordinary=ordinary,
        intervention=intervention,
        difference=difference,
        low=low,
        high=high,
    )
    return (Strong(f"{start(outcome.name)}: "), said)


def _amount(facts: DocumentFacts, outcome: Measured, difference: str, low: str, high: str) -> str:
    """Say how an amount changes: its level in the first year of the effect, and the sum of the change.

    The sum of an amount over many years, in which nothing may change, would tell a reader little.
    """
    first = next(row for row in facts.sensitivity.break_even.outcomes if row.outcome == outcome.id)
    return facts.say(
        f"people.amount.{'certain' if low == high else 'uncertain'}",
        ordinary=facts.plain_number(significant(first.ordinary)),
        intervention=facts.plain_number(significant(first.ordinary + first.change)),
        years=facts.years_text,
        difference=difference,
        low=low,
        high=high,
    )


def _society(facts: DocumentFacts, variant: Variant) -> tuple[Block, ...]:
    caution = Note(facts.say("caution.title"), (Paragraph(facts.words.t("workbook.caution")),), "caution")
    answer = Paragraph(opening(facts, variant))
    if variant == "only_costs":
        return (answer, caution)
    notes = [facts.say("society.how-to-read")]
    if not facts.has_health_value:
        notes.append(facts.say("society.no-health"))
    if not facts.has_work:
        notes.append(facts.say("society.no-work"))
    return (answer, caution, _views_table(facts, " ".join(notes)))


def _views_table(facts: DocumentFacts, note: str) -> Table:
    """Return the net present value by horizon: without work and health, with work, with both."""
    plain = facts.has_work or facts.has_health_value
    columns = [Column(facts.say("society.horizon"), share=0.8)]
    if plain:
        left_out = (
            "work-health" if facts.has_work and facts.has_health_value else "work" if facts.has_work else "health"
        )
        columns.append(Column(facts.say(f"society.view.no-{left_out}"), "right", 1.4))
    if facts.has_work and facts.has_health_value:
        columns.append(Column(facts.say("society.view.work"), "right", 1.4))
    whole = "work-health" if facts.has_work and facts.has_health_value else "health" if facts.has_health_value else (
        "work" if facts.has_work else "all"
    )  # fmt: skip
    columns.append(Column(facts.say(f"society.view.{whole}"), "right", 1.4))
    rows = []
    for at, horizon in enumerate(facts.appraisal.horizons):
        cells: list[Content] = [facts.years_of(horizon)]
        if plain:
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
    """Say how much of the gain lies inside what has been measured, and before the grant ends."""
    said = []
    if facts.appraisal.evidence_share is not None:
        measured = _how_much(facts.appraisal.evidence_share)
        if measured == "none" and not facts.appraisal.plan.evidence_used:
            measured = "unknown"
        said.append(facts.say(f"holds.measured.{measured}", share=facts.appraisal.evidence_share))
    if facts.grant_gain_share is not None and facts.appraisal.last_grant_year is not None:
        last = facts.appraisal.first_year + facts.appraisal.last_grant_year
        within = _how_much(facts.grant_gain_share)
        said.append(facts.say(f"holds.grant.{within}", share=facts.grant_gain_share, year=last))
    return " ".join(said)


def _how_much(share: float) -> str:
    """Return whether a share is none, some or all, as words say it better than 0 or 100 per cent.

    >>> _how_much(0.0), _how_much(0.34), _how_much(1.0)
    ('none', 'some', 'all')
    """
    return "none" if share < _NOTHING else "all" if share > 1.0 - _NOTHING else "some"


def _drivers(facts: DocumentFacts) -> list[Content]:
    """Say which quantities matter most, each with what it does to the result."""
    bars = facts.moving[:_DRIVERS]
    if not bars:
        return [facts.say("drivers.none")]
    said = tuple(
        facts.say(
            "drivers.one",
            name=facts.name_of(bar.quantity, 90),
            low=facts.value_text(bar.quantity, bar.low_input or 0.0),
            high=facts.value_text(bar.quantity, bar.high_input or 0.0),
            npv_low=facts.money(bar.npv_low, signed=True),
            npv_high=facts.money(bar.npv_high, signed=True),
        )
        for bar in bars
    )
    return [facts.say_n("drivers.lead", len(bars), list="; ".join(said))]


def _not_valued(facts: DocumentFacts) -> tuple[Block, ...]:
    names = facts.appraisal.case.not_valued
    if not names:
        return (Paragraph(facts.words.t("warning.nothing-unvalued")),)
    shown = names[:_MOST_UNVALUED]
    left = len(names) - len(shown)
    text = facts.say("not-valued.list", list=tuple(shown))
    return (Paragraph(start(f"{text} {facts.say_n('not-valued.more', left)}" if left else text)),)
