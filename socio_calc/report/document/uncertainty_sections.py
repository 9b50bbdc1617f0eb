"""How sure the result is, what drives it, what must be true, and what to follow up."""

from __future__ import annotations

from typing import Final

from socio_calc.locale import money_interval, probability_figure, probability_words, table_money
from socio_calc.locale.placeholders import start
from socio_calc.paper import Block, BulletList, Column, Content, Figure, Paragraph, Row, Section, Table
from socio_calc.report.document.facts import DocumentFacts
from socio_calc.report.document.money_sections import Pictures
from socio_calc.report.document.shared import linked, paragraphs
from socio_calc.report.scenario_names import scenario_name
from socio_calc.report.screen_notes import must_hold_sentences
from socio_calc.report.screen_variants import Variant
from socio_calc.report.sensitivity_facts import AnyBar
from socio_calc.report.sensitivity_measuring import worth_measuring
from socio_calc.report.sensitivity_screen import effect_needed, findings, reached_sentence

#: Quantities that the table of drivers names.
_MOST_BARS: Final = 10
_LONG_NAME: Final = 90


def uncertainty(facts: DocumentFacts, pictures: Pictures) -> Section:
    """Return how far the result may lie from the base case, and what it hangs on."""
    row = facts.appraisal.result()
    blocks: list[Block] = []
    if facts.certain or row.p5 is None or row.probability_positive is None:
        blocks.append(Paragraph(facts.say("uncertainty.certain")))
    else:
        said = [
            facts.say(
                "uncertainty.sentence",
                draws=facts.appraisal.number_of_draws,
                p_words=probability_words(row.probability_positive, facts.lang),
                interval=money_interval(row.p5, row.p95, facts.lang, signed=True, unit=facts.unit, error=facts.error),
            ),
            facts.say("uncertainty.mean", mean=facts.money(row.mean, signed=True, error=facts.error)),
            facts.say("uncertainty.error", error=facts.money_alone(row.mc_error or 0.0)),
        ]
        blocks.append(Paragraph(" ".join(said)))
        blocks += _figures(pictures, "distribution")
    drivers: list[Block] = [Paragraph(" ".join(findings(facts)))]
    if facts.moving:
        drivers += [*_figures(pictures, "tornado"), _bars_table(facts)]
    blocks.append(Section("drivers", facts.say("drivers.title"), tuple(drivers)))
    blocks.append(Section("choices", facts.say("choices.title"), _choices(facts)))
    if len(facts.sensitivity.scenarios) > 1:
        said_of = (Paragraph(facts.say("scenarios.lead")), _scenario_table(facts), *_figures(pictures, "scenarios"))
        blocks.append(Section("scenarios", facts.say("scenarios.title"), said_of))
    return Section("uncertainty", facts.say("uncertainty.title"), tuple(blocks))


def _bars_table(facts: DocumentFacts) -> Table:
    """Return the quantities with the largest bars: the result at both ends, and where it would be 0."""
    shown = facts.moving[:_MOST_BARS]
    rows = []
    for bar in shown:
        turning = facts.sensitivity.switching_of(bar.quantity)
        zero = "–" if turning.value is None else facts.value_text(bar.quantity, turning.value)
        chance = "–" if turning.value is None else probability_figure(turning.probability_beyond, facts.lang)
        rows.append(Row((*_bar_cells(facts, bar), zero, chance)))
    columns = (
        Column(facts.say("drivers.assumption"), share=2.6),
        Column(facts.say("drivers.range"), "right", 1.5),
        Column(facts.say("drivers.at-low"), "right"),
        Column(facts.say("drivers.at-high"), "right"),
        Column(facts.say("drivers.zero-at"), "right", 1.1),
        Column(facts.say("drivers.beyond"), "right", 1.1),
    )
    left = len(facts.moving) - len(shown)
    notes: list[Content] = [facts.say("drivers.note")]
    if left:
        notes.append(facts.say_n("drivers.more", left))
    return Table(facts.say("drivers.caption", unit=facts.unit_text), columns, tuple(rows), tuple(notes))


def _bar_cells(facts: DocumentFacts, bar: AnyBar) -> tuple[Content, ...]:
    inputs = facts.range_text(bar.quantity, bar.low_input, bar.high_input)
    name = start(facts.name_of(bar.quantity, _LONG_NAME))
    return (name, inputs, facts.cell(bar.npv_low, signed=True), facts.cell(bar.npv_high, signed=True))


def _choices(facts: DocumentFacts) -> tuple[Block, ...]:
    """Return what the result would be under other timings, rates and horizons."""
    rows: list[Row] = []
    kind = ""
    for choice in facts.sensitivity.choices:
        if choice.choice != kind:
            kind = choice.choice
            rows.append(Row((facts.say(f"choices.{kind}"),), "group"))
        setting = facts.value_text({"horizon": "horizons"}.get(kind, kind), choice.value)
        rows.append(Row((start(setting), facts.cell(choice.npv, signed=True), facts.cell(choice.change, signed=True))))
    columns = (
        Column(facts.say("choices.setting"), share=2.0),
        Column(facts.say("result.net"), "right"),
        Column(facts.say("choices.change"), "right"),
    )
    said = Paragraph(facts.say("choices.lead"))
    return (said, Table(facts.say("choices.caption", unit=facts.unit_text), columns, tuple(rows)))


def _scenario_table(facts: DocumentFacts) -> Table:
    rows = []
    for scenario in facts.sensitivity.scenarios:
        base = scenario.name is None
        name = scenario_name(facts.words, scenario.name)
        labels = facts.listed(facts.path_name(path) for path in scenario.changes)
        spread = "–"
        if scenario.p5 is not None and scenario.p95 is not None and scenario.p5 != scenario.p95:
            spread = money_interval(scenario.p5, scenario.p95, facts.lang, unit=facts.unit, signed=True, bare=True)
        rows.append(
            Row(
                (
                    start(name),
                    labels or ("–" if base else ""),
                    table_money(scenario.npv, facts.lang, facts.unit, signed=True),
                    spread,
                    probability_figure(scenario.probability_positive, facts.lang),
                )
            )
        )
    columns = (
        Column(facts.say("scenarios.name"), share=1.5),
        Column(facts.say("scenarios.changes"), share=2.2),
        Column(facts.say("result.net"), "right"),
        Column(facts.say("effects.spread"), "right", 1.4),
        Column(facts.say("result.probability"), "right", 1.2),
    )
    return Table(facts.say("scenarios.caption", unit=facts.unit_text), columns, tuple(rows))


# -- what must be true ------------------------------------------------------------------------------------------------


def must_hold(facts: DocumentFacts, variant: Variant) -> Section:
    """Return what must be true for gains to cover costs."""
    if variant == "only_costs":
        return Section("must-hold", facts.say("holds.title"), (Paragraph(facts.say("holds.nothing")),))
    items: list[Content] = [*must_hold_sentences(facts, participants=False)]
    reached = reached_sentence(facts)
    if reached is not None:
        items.append(reached)
    blocks: list[Block] = [Paragraph(facts.say("holds.lead")), BulletList(tuple(items))]
    singly = [
        effect_needed(facts, row, row.alone) for row in facts.sensitivity.break_even.outcomes if row.alone is not None
    ]
    if facts.worse is None and len(singly) > 0:
        blocks += [Paragraph(facts.say("holds.singly")), BulletList(tuple(singly))]
    blocks += _how_sure(facts)
    return Section("must-hold", facts.say("holds.title"), tuple(blocks))


def _how_sure(facts: DocumentFacts) -> list[Block]:
    """Return how often gains exceed costs for each party."""
    rows = facts.sensitivity.acceptability.by_perspective
    if not rows or facts.certain:
        return []
    cells = tuple(
        Row((facts.perspective_name(str(row.at)), probability_figure(row.probability, facts.lang))) for row in rows
    )
    columns = (Column(facts.say("parties.party"), share=2.0), Column(facts.say("result.probability"), "right"))
    return [Table(facts.say("holds.by-party", years=facts.years_text), columns, cells)]


def not_valued(facts: DocumentFacts) -> Section:
    """Return the effects that have no price."""
    names = facts.appraisal.case.not_valued
    if not names:
        blocks: tuple[Block, ...] = (Paragraph(facts.words.t("warning.nothing-unvalued")),)
    else:
        items = tuple(linked(start(name)) for name in names)
        blocks = (Paragraph(facts.say("not-valued.lead")), BulletList(items), Paragraph(facts.say("not-valued.why")))
    return Section("not-valued", facts.say("not-valued.title"), blocks)


# -- follow-up --------------------------------------------------------------------------------------------------------


def follow_up(facts: DocumentFacts, pictures: Pictures) -> Section:
    """Return what is measured, when, how and by whom, and what is worth measuring."""
    application = facts.appraisal.case.application
    planned = () if application is None else application.followup
    blocks: list[Block] = []
    if planned:
        keys = ("indicator", "kind", "baseline", "when", "method", "responsible")
        columns = tuple(
            Column(facts.say(f"followup.{key}"), share=0.8 if key == "kind" else 1.4 if key == "method" else 1.2)
            for key in keys
        )
        rows = tuple(
            Row(
                (
                    row.indicator or "–",
                    "–" if row.kind is None else facts.say(f"followup.kind.{row.kind}"),
                    *(linked(getattr(row, key) or "–") for key in keys[2:]),
                )
            )
            for row in planned
        )
        blocks += [Paragraph(facts.say("followup.lead")), Table(facts.say("followup.caption"), columns, rows)]
    else:
        blocks.append(Paragraph(facts.say("followup.none")))
    if facts.has_effects and facts.sensitivity.bars:
        worth: tuple[Block, ...] = (Paragraph(" ".join(worth_measuring(facts))),)
        if facts.sensitivity.information.plan.worth_measuring:
            worth += tuple(_figures(pictures, "sampling"))
        blocks.append(Section("measuring", facts.say("followup.worth"), worth))
    if application is not None and application.implementation_plan:
        plan = paragraphs(application.implementation_plan)
        blocks.append(Section("implementation", facts.say("followup.implementation"), plan))
    return Section("follow-up", facts.say("followup.title"), tuple(blocks))


def _figures(pictures: Pictures, *names: str) -> list[Block]:
    return [Figure(pictures[name]) for name in names if name in pictures]
