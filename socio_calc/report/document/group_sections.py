"""Who the intervention is for, and what it is compared with."""

from __future__ import annotations

from socio_calc.locale import count
from socio_calc.paper import Block, Column, Content, Paragraph, Row, Section, Table
from socio_calc.report.document.assumption_values import central_of
from socio_calc.report.document.facts import DocumentFacts, Measured
from socio_calc.report.document.shared import paragraphs
from socio_calc.report.quantity_units import unit_of
from socio_calc.report.written_sums import written_equal


def target_group(facts: DocumentFacts) -> Section:
    """Return who the intervention is for, and why it is needed."""
    case = facts.appraisal.case
    application = case.application
    group = None if application is None else application.target_group
    blocks: list[Block] = [*paragraphs(case.description)]
    if group is not None and group.description:
        blocks += paragraphs(facts.say("group.for", description=group.description))
    facts_of_group = [_participants(facts)]
    if group is not None:
        if group.size is not None:
            facts_of_group.append(facts.say_n("group.size", group.size))
        if group.age_min is not None and group.age_max is not None:
            key = "group.age-one" if group.age_min == group.age_max else "group.ages"
            facts_of_group.append(facts.say(key, low=group.age_min, high=group.age_max))
        if group.risk_of_exclusion:
            facts_of_group.append(facts.say("group.risk"))
        if group.indirect:
            facts_of_group.append(facts.say("group.indirect"))
    blocks.append(Paragraph(" ".join(facts_of_group)))
    if len(case.participants) > 1:
        blocks.append(_cohorts(facts))
    if application is not None and application.needs_analysis:
        blocks.append(Section("need", facts.say("group.need"), paragraphs(application.needs_analysis)))
    if application is not None and application.mechanism:
        blocks.append(Section("mechanism", facts.say("group.mechanism"), paragraphs(application.mechanism)))
    if application is None:
        blocks.append(Paragraph(facts.say("group.no-application"), "small"))
    return Section("target-group", facts.say("group.title"), tuple(blocks))


def _participants(facts: DocumentFacts) -> str:
    years = facts.listed(map(str, facts.entry_years))
    return facts.say_n("group.participants", round(facts.participants), years=years)


def _cohorts(facts: DocumentFacts) -> Table:
    """Return the groups that begin in each year."""
    cohorts = facts.appraisal.case.participants
    columns = [Column(facts.say("group.begins")), Column(facts.say("group.number"), "right")]
    ages = any(cohort.age is not None for cohort in cohorts)
    groups = any(cohort.group for cohort in cohorts)
    weights = any(cohort.weight != 1.0 for cohort in cohorts)
    for wanted, key, align in ((ages, "age", "right"), (groups, "name", "left"), (weights, "weight", "right")):
        if wanted:
            columns.append(Column(facts.say(f"group.{key}"), "right" if align == "right" else "left"))
    rows, numbers = [], []
    for place, cohort in enumerate(cohorts):
        people = unit_of(facts.appraisal, f"participants.{place}.number")
        number = people.digits(facts.words, (central_of(facts, cohort.number) or 0.0,))[0]
        numbers.append(number)
        cells: list[Content] = [str(facts.appraisal.first_year + cohort.year), number]
        if ages:
            cells.append("–" if cohort.age is None else facts.plain_number(cohort.age))
        if groups:
            cells.append(cohort.group or "–")
        if weights:
            cells.append(facts.plain_number(cohort.weight))
        rows.append(Row(tuple(cells)))
    fit = written_equal(numbers, [count(round(facts.participants), facts.lang)], facts.lang)
    notes = () if fit else (facts.say("group.rounded"),)
    return Table(facts.say("group.caption"), tuple(columns), tuple(rows), notes)


def ordinary_practice(facts: DocumentFacts) -> Section:
    """Return what the intervention is compared with, and each outcome's level there."""
    application = facts.appraisal.case.application
    practice = None if application is None else application.ordinary_practice
    blocks: list[Block] = [Paragraph(facts.say("ordinary.lead" if practice else "ordinary.lead-missing"))]
    blocks += paragraphs(practice)
    if facts.measured:
        rows = []
        for outcome in facts.measured:
            rows.append(Row((outcome.name, *_ordinary(facts, outcome))))
        columns = (
            Column(facts.say("effects.outcome"), share=2.2),
            Column(facts.say("effects.ordinary"), "right"),
            Column(facts.say("effects.unit"), share=1.6),
        )
        caption = facts.say("ordinary.caption")
        blocks.append(Table(caption, columns, tuple(rows)))
    return Section("ordinary-practice", facts.say("ordinary.title"), tuple(blocks))


def _ordinary(facts: DocumentFacts, outcome: Measured) -> tuple[str, str]:
    """Return the level without the intervention in the first year of the effect, or a state's sum, and its unit."""
    if outcome.level == "state":
        told = facts.sums_of(outcome, facts.appraisal.outcome(outcome.id))
        return told.ordinary, facts.say("people.within", unit=facts.sum_unit(outcome), years=facts.years_text)
    level = facts.level_of(outcome)
    return ("–", "") if level is None else (level.ordinary, facts.level_unit_with_year(outcome))
