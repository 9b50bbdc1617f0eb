"""How sure the result is, what drives it, what must be true, and what to follow up."""

from __future__ import annotations

from math import isfinite
from typing import Final

from socio_calc.analysis.structural import StructuralBar
from socio_calc.analysis.tornado import Bar
from socio_calc.locale import MISSING, money_interval, probability_figure, probability_words, table_money
from socio_calc.locale.placeholders import start
from socio_calc.paper import Block, BulletList, Column, Content, Figure, Paragraph, Row, Section, Table
from socio_calc.report.document.assumption_values import EXACT
from socio_calc.report.document.facts import DocumentFacts
from socio_calc.report.document.money_sections import Pictures
from socio_calc.report.document.scenario_changes import lacks_source, scenario_changes
from socio_calc.report.document.shared import linked, paragraphs
from socio_calc.report.quantity_units import is_effect
from socio_calc.report.scenario_names import scenario_name
from socio_calc.report.screen_notes import any_can_reach, must_hold_sentences
from socio_calc.report.screen_variants import Variant
from socio_calc.report.sensitivity_facts import AnyBar
from socio_calc.report.sensitivity_measuring import worth_measuring
from socio_calc.report.sensitivity_screen import effect_needed, findings, reached_sentence
from socio_calc.report.written_sums import written_equal

#: Quantities that the table of drivers names.
_MOST_BARS: Final = 10
_LONG_NAME: Final = 110
#: So many times as large, or as small, is too far from what is assumed to be worth a sentence.
_FURTHEST: Final = 5.0
#: The least amount that running text writes (WORDING 0.2), SEK.
LEAST_ERROR: Final = 10.0
#: Significant digits of what is assumed, as the list of assumptions has them.
_AS_ASSUMED: Final = 3
#: Assumptions that are named as what must hold, beside the effects.
_MOST_OTHERS: Final = 3
#: Where the case states effects and what follows from them.
_EFFECTS: Final = ("outcomes.", "pathways.")
#: Choices of method whose settings have rows of their own.
_SETTINGS: Final = frozenset({"discount_rate", "horizons", "timing"})


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
                interval=money_interval(
                    row.p5, row.p95, facts.lang, signed=True, unit=facts.unit, each=True, error=facts.error
                ),
            ),
            facts.say("uncertainty.mean", mean=facts.money(row.mean, signed=True, error=facts.error)),
            _error_sentence(facts, row.mc_error or 0.0),
        ]
        if facts.money(row.mean, error=facts.error) != facts.money(row.base):
            said.append(facts.say("uncertainty.mean-differs", base=facts.money(row.base, signed=True)))
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


def _error_sentence(facts: DocumentFacts, error: float) -> str:
    """Say how far chance moves the mean; an error that would be written as 0 is less than the least amount."""
    if facts.written_as_nothing(error):
        return facts.say("uncertainty.error-none", least=facts.money_alone(LEAST_ERROR))
    return facts.say("uncertainty.error", error=facts.money_alone(error))


def _bars_table(facts: DocumentFacts) -> Table:
    """Return the quantities with the largest bars: the result at both ends, and where it would be 0."""
    shown = facts.moving[:_MOST_BARS]
    rows = []
    for bar in shown:
        rows.append(Row((*_bar_cells(facts, bar), *_turning_cells(facts, bar))))
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
    if any(bar.members for bar in shown):
        notes.append(facts.say("drivers.note-groups"))
    if left:
        notes.append(facts.say_n("drivers.more", left))
    return Table(facts.say("drivers.caption", unit=facts.unit_text), columns, tuple(rows), tuple(notes))


def _bar_cells(facts: DocumentFacts, bar: AnyBar) -> tuple[Content, ...]:
    inputs = facts.range_text(bar.quantity, bar.low_input, bar.high_input) or MISSING
    name = start(facts.name_of(bar.quantity, _LONG_NAME))
    return (name, inputs, facts.cell(bar.npv_low, signed=True), facts.cell(bar.npv_high, signed=True))


def _turning_cells(facts: DocumentFacts, bar: Bar) -> tuple[str, str]:
    """Return where a quantity alone makes the result 0, and how often it lies there or beyond; dashes for nowhere."""
    turning = None if bar.members else facts.sensitivity.switching_of(bar.quantity)
    if turning is None or turning.value is None:
        return MISSING, MISSING
    # The range beside it says what the unit is for each of, and of which year the price is.
    zero = facts.value_text(bar.quantity, turning.value, like=(bar.low_input, bar.high_input), brief=True)
    return zero, probability_figure(turning.probability_beyond, facts.lang)


def _choices(facts: DocumentFacts) -> tuple[Block, ...]:
    """Return what the result would be under other timings, rates and horizons."""
    rows: list[Row] = []
    kind = ""
    for choice in facts.sensitivity.choices:
        if choice.choice != kind:
            kind = choice.choice
            rows.append(Row((facts.say(f"choices.{kind}"),), "group"))
        rows.append(_choice_row(facts, {"horizon": "horizons"}.get(kind, kind), choice.value, choice.npv))
    # Choices without a table of settings of their own: the public-funds factor, and how long effects last.
    for bar in facts.sensitivity.structural:
        if bar.quantity not in _SETTINGS:
            rows.append(Row((start(facts.name_of(bar.quantity, _LONG_NAME)),), "group"))
            rows.append(_choice_row(facts, bar.quantity, bar.low_input, bar.npv_low))
            rows += _between(facts, bar)
            rows.append(_choice_row(facts, bar.quantity, bar.high_input, bar.npv_high))
    columns = (
        Column(facts.say("choices.setting"), share=2.0),
        Column(facts.say("result.net"), "right"),
        Column(facts.say("choices.change"), "right"),
    )
    said = Paragraph(facts.say("choices.lead"))
    base = facts.cell(facts.sensitivity.npv.base)
    told = [[str(cell) for cell in row.cells[1:]] for row in rows if row.role != "group"]
    fit = all(written_equal([net], [base, change], facts.lang) for net, change in told)
    notes = () if fit else (facts.words.t("screen.rounded"),)
    return (said, Table(facts.say("choices.caption", unit=facts.unit_text), columns, tuple(rows), notes))


def _between(facts: DocumentFacts, bar: StructuralBar) -> list[Row]:
    """Return the base case where it lies between the ends of a bar: effects that last a year less and a year more."""
    low, high = bar.low_input, bar.high_input
    if isinstance(low, str) or isinstance(high, str) or bar.quantity == "public_funds_factor" or high - low != 2.0:
        return []
    return [_choice_row(facts, bar.quantity, low + 1.0, facts.sensitivity.npv.base)]


def _choice_row(facts: DocumentFacts, path: str, setting: float | str, npv: float) -> Row:
    change = npv - facts.sensitivity.npv.base
    if abs(change) <= facts.least:
        change = 0.0
    name = start(facts.value_text(path, setting))
    return Row((name, facts.cell(npv, signed=True), facts.cell(change, signed=True)))


def _scenario_table(facts: DocumentFacts) -> Table:
    rows = []
    for scenario in facts.sensitivity.scenarios:
        name = scenario_name(facts.words, scenario.name)
        spread = "–"
        if scenario.p5 is not None and scenario.p95 is not None and scenario.p5 != scenario.p95:
            spread = money_interval(scenario.p5, scenario.p95, facts.lang, unit=facts.unit, signed=True, bare=True)
        rows.append(
            Row(
                (
                    start(name),
                    scenario_changes(facts, scenario),
                    _scenario_net(facts, scenario.npv),
                    spread,
                    probability_figure(scenario.probability_positive, facts.lang),
                )
            )
        )
    columns = (
        Column(facts.say("scenarios.name"), share=1.3),
        Column(facts.say("scenarios.changes"), share=3.6),
        Column(facts.say("result.net"), "right", 0.9),
        Column(facts.say("effects.spread"), "right", 1.2),
        Column(facts.say("result.probability"), "right"),
    )
    lacking = any(lacks_source(facts, scenario) for scenario in facts.sensitivity.scenarios)
    notes = [facts.say("scenarios.no-source")] if lacking else []
    better = _better_with_less(facts)
    if better:
        notes.insert(
            0,
            facts.say(
                "scenarios.less-is-better",
                names=facts.listed([facts.say("scenarios.named", name=name) for name in better]),
            ),
        )
    return Table(facts.say("scenarios.caption", unit=facts.unit_text), columns, tuple(rows), tuple(notes))


def _better_with_less(facts: DocumentFacts) -> list[str]:
    """Return the scenarios whose result is better because effects that cost more than they give are smaller in them."""
    found = facts.sensitivity
    effects = facts.appraisal.base("pv_effects", found.perspective, found.horizon)
    names = []
    for scenario in found.scenarios:
        if scenario.npv is None or not all(path.startswith(_EFFECTS) for path in scenario.changes):
            continue
        # Only effects differ, so that all of the difference is theirs.
        changed = effects + scenario.npv - found.npv.base
        if scenario.changes and effects < changed <= facts.least:
            names.append(scenario_name(facts.words, scenario.name))
    return names


def _scenario_net(facts: DocumentFacts, npv: float | None) -> str:
    """Write a scenario's result; one that the unit would make 0, and that has a sign, in kronor as its picture does."""
    written = table_money(npv, facts.lang, facts.unit, signed=True)
    return facts.money(npv, signed=True) if npv is not None and npv and written == "0" else written


# -- what must be true ------------------------------------------------------------------------------------------------


def must_hold(facts: DocumentFacts, variant: Variant) -> Section:
    """Return what must be true for gains to cover costs."""
    if variant == "only_costs":
        return Section("must-hold", facts.say("holds.title"), (Paragraph(facts.say("holds.nothing")),))
    items: list[Content] = [*must_hold_sentences(facts, participants=False)]
    reached = reached_sentence(facts)
    if reached is not None:
        items.append(reached)
    needed = facts.appraisal.result("break_even_effect").base
    possible = needed is not None and any_can_reach(facts, needed)
    if facts.worse is None and needed is not None:
        lead = facts.say("holds.lead" if possible else "holds.impossible")
        blocks: list[Block] = [Paragraph(lead), BulletList(tuple(items))]
    else:
        # There is no condition, and why is all that there is to say.
        blocks = [Paragraph(item) for item in items]
    singly = [
        effect_needed(facts, row, row.alone) for row in facts.sensitivity.break_even.outcomes if row.alone is not None
    ]
    # Of one outcome that cannot be enough, all is said.
    if facts.worse is None and len(singly) > (0 if possible else 1):
        blocks += [Paragraph(facts.say("holds.singly")), BulletList(tuple(singly))]
    blocks += _other_assumptions(facts)
    blocks += _how_sure(facts)
    return Section("must-hold", facts.say("holds.title"), tuple(blocks))


def _other_assumptions(facts: DocumentFacts) -> list[Block]:
    """Return where the assumptions that matter most, effects apart, would make the result 0, each alone."""
    base = facts.sensitivity.npv.base
    sign = "loss" if base < 0.0 else "gain"
    items: list[Content] = []
    for bar in facts.moving[:_MOST_BARS]:
        turning = None if bar.members else facts.sensitivity.switching_of(bar.quantity)
        if turning is None or turning.value is None or is_effect(facts.appraisal, bar.quantity):
            continue
        if not abs(turning.central) / _FURTHEST <= abs(turning.value) <= abs(turning.central) * _FURTHEST:
            continue
        # A loss turns where the assumption passes the value, a gain holds until it does.
        least = (turning.value > turning.central) == (base < 0.0)
        value, central = facts.needed_texts(bar.quantity, turning.value, turning.central, _AS_ASSUMED)
        said = facts.say(
            f"holds.others.{'least' if least else 'most'}",
            name=facts.name_of(bar.quantity, _LONG_NAME),
            value=value,
            central=central,
        )
        chance = probability_figure(turning.probability_beyond, facts.lang)
        outside = _stated_range(facts, bar.quantity, turning.value)
        if outside:
            items.append(f"{said} {facts.say('holds.others.outside', range=outside)}")
        else:
            items.append(f"{said} {facts.say(f'holds.others.chance.{sign}', p=chance)}")
    if not items:
        return []
    shown = tuple(items[:_MOST_OTHERS])
    return [Paragraph(facts.say_n(f"holds.others.{sign}", len(shown))), BulletList(shown)]


def _stated_range(facts: DocumentFacts, key: str, value: float) -> str:
    """Write the range that a quantity keeps within where a value lies outside of it; else nothing."""
    column = next(column for column in facts.appraisal.plan.columns if column.key == key)
    low, high = column.distribution.support()
    if not (isfinite(low) and isfinite(high)) or low <= value <= high:
        return ""
    return facts.range_text(key, low, high, EXACT, brief=True)


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
