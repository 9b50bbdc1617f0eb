"""What happens to the participants, as the first page says it: one line for each outcome, for 100 participants."""

from __future__ import annotations

from typing import Final

from socio_calc.locale.placeholders import start
from socio_calc.paper import Block, BulletList, Content, Paragraph, Strong
from socio_calc.report.document.facts import DocumentFacts, Measured
from socio_calc.report.outcome_figures import OutcomeFigures
from socio_calc.report.state_names import state_name

#: Outcomes that the first page names; the rest stand in their own sections.
_MOST_OUTCOMES: Final = 8


def outcome_bullets(facts: DocumentFacts) -> tuple[Block, ...]:
    """Return each outcome's level without and with the intervention, and what the difference sums to.

    States of a pathway in which the intervention can change nothing are left out.
    """
    moving = tuple(outcome for outcome in facts.measured if not facts.never_differs(outcome))
    shown = moving[:_MOST_OUTCOMES]
    if not shown:
        return (Paragraph(facts.say("people.none")),)
    items = tuple(_outcome(facts, outcome) for outcome in shown)
    left = len(moving) - len(shown)
    more = (Paragraph(facts.say_n("people.more", left)),) if left else ()
    return (Paragraph(facts.say("people.lead")), BulletList(items), *more)


def _outcome(facts: DocumentFacts, outcome: Measured) -> Content:
    """Say what happens to 100 participants: the level in the first year of the effect, then what it sums to.

    A state of a pathway has no such year: people move between states all the time, and the sum over all years tells it.
    """
    row = facts.appraisal.outcome(outcome.id)
    name = Strong(f"{_short_name(facts, outcome)}: ")
    if outcome.level == "state":
        unit = facts.say("people.within", unit=facts.sum_unit(outcome), years=facts.years_text)
        return (name, _levels(facts, facts.sums_of(outcome, row), unit))
    told = facts.level_of(outcome)
    if told is None or not facts.counted(outcome, row):
        return (name, facts.say("people.item.not-counted"))
    total = None
    if outcome.level in ("probability", "rate"):
        summed = facts.sums_of(outcome, row).difference
        if summed != told.difference:  # an effect that is counted for one year sums to what has been said
            total = facts.say("people.total", years=facts.years_text, difference=summed, unit=facts.sum_unit(outcome))
    return (name, _levels(facts, told, facts.level_unit_with_year(outcome), total))


def _levels(facts: DocumentFacts, told: OutcomeFigures, unit: str, total: str | None = None) -> str:
    return facts.say(
        f"people.item.{'certain' if told.certain else 'uncertain'}",
        unit=unit,
        ordinary=told.ordinary,
        intervention=told.intervention,
        difference=told.difference,
        low=told.low,
        high=told.high,
        total=total,
    )


def _short_name(facts: DocumentFacts, outcome: Measured) -> str:
    """Return an outcome's name; a state without its pathway, where the case has one pathway alone."""
    if outcome.level != "state" or len(facts.appraisal.case.pathways) > 1:
        return start(outcome.name)
    return facts.say("people.state-short", state=state_name(facts.words, outcome.id.partition(".")[2]))
