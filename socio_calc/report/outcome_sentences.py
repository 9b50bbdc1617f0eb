"""Outcomes in sentences: which one to name first, where it goes, and what it must reach.

Levels are those of the first year of the effect with every adjustment made (`analysis.outcome_levels`), for 100
participants, an amount for one: the same figures as in the tables, with more decimals where a needed level asks for
them.
"""

from __future__ import annotations

from typing import Final

from socio_calc.analysis.outcome_levels import OutcomeLevel, enough_people, first_year_tells, possible_people
from socio_calc.case import StatedOutcome
from socio_calc.engine.effects import DOMAINS
from socio_calc.locale import Texts, share
from socio_calc.report.outcome_figures import level_figures, needed_level
from socio_calc.report.screen_facts import Facts

#: From the surest ground to the least sure.
_GRADES: Final = ("systematic_review", "rct", "quasi_experiment", "before_after", "proven_experience", "judgement")
#: What a computer makes of the end of a domain.
_ROUNDING: Final = 1e-12


def headline(facts: Facts) -> StatedOutcome | None:
    """Return the outcome that gets better and is best worth naming; None where none gets better.

    First one whose interval has one sign alone, then one that a better study shows, then one that gives more in money,
    then one that moves by a larger share of its level.
    """
    better = [outcome for outcome in facts.appraisal.stated_outcomes if _improvement(facts, outcome) > 0]

    def rank(outcome: StatedOutcome) -> tuple[bool, int, float, float]:
        row, found = facts.appraisal.outcome(outcome.id), facts.first_levels[outcome.id]
        unsure = row.difference_p5 <= 0 <= row.difference_p95
        relative = abs(found.change / found.ordinary) if found.ordinary else 0.0
        gain = facts.gain_by_outcome.get(outcome.id, 0.0)
        return (unsure, _GRADES.index(outcome.evidence.grade), -gain, -relative)

    return min(better, key=rank, default=None)


def _improvement(facts: Facts, outcome: StatedOutcome) -> float:
    found = facts.first_levels.get(outcome.id)
    change = 0.0 if found is None else found.change
    return -change if outcome.better == "lower" else change


def outcome_sentence(facts: Facts, outcome: StatedOutcome) -> str:
    """Say where an outcome goes in the first year of its effect; the outcome has such a year."""
    figures = level_figures(facts.first_levels[outcome.id], outcome.level, facts.lang)
    return facts.words.t(
        f"screen.opening.outcome.{outcome.level}",
        outcome=facts.name(outcome),
        ordinary=figures.ordinary,
        intervention=figures.intervention,
    )


def reach_sentence(facts: Facts, outcome: StatedOutcome, part: float, key: str) -> str | None:
    """Say from where to where an outcome must go when a part of its assumed change is enough.

    Parameters
    ----------
    facts, outcome
        The calculation and one of its outcomes.
    part
        The part, 1.0 for all that is assumed; above 0.
    key
        Text with `up` or `down` after it: what the levels are a condition of.

    Returns
    -------
    str or None
        None where the outcome moves nowhere, and where the level cannot be (a share above 1).
    """
    found = facts.first_levels.get(outcome.id)
    if found is None or found.change == 0.0 or not within_reach(found, outcome, part):
        return None
    figures = needed_level(found, part, outcome.level, facts.lang)
    return facts.words.t(
        f"{key}.{'up' if found.change > 0 else 'down'}",
        outcome=facts.name(outcome),
        b=figures.ordinary,
        x=figures.needed,
        y=figures.assumed,
        unit=facts.words.t(f"screen.level-unit.{outcome.level}"),
    )


def within_reach(found: OutcomeLevel, outcome: StatedOutcome, part: float) -> bool:
    """Whether an outcome can reach what a part of its assumed change leads to."""
    lowest, highest = DOMAINS[outcome.level]
    return lowest - _ROUNDING <= found.ordinary + part * found.change <= highest + _ROUNDING


def beyond_counted(facts: Facts, outcome: StatedOutcome, part: float) -> str | None:
    """Say that an outcome cannot get as far as a part of its change goes while only so much of its effect is counted.

    None where it can, and where the level itself cannot be, which is said in other words.
    """
    found = facts.first_levels.get(outcome.id)
    if found is None or found.counted <= 0.0 or not within_reach(found, outcome, part):
        return None
    if within_reach(found, outcome, part / found.counted):
        return None
    return facts.words.t("screen.holds.beyond-counted", counted=share(found.counted, facts.lang))


def people_sentence(facts: Facts, outcome: StatedOutcome, number: int, of: float) -> tuple[str, bool]:
    """Say for how many more or fewer than under ordinary practice an outcome must hold, and whether so many there are.

    Parameters
    ----------
    facts, outcome
        The calculation and an outcome that is counted in persons and gives a gain.
    number, of
        Participants for whom the intervention must make the difference, and all of them.
    """
    found = facts.first_levels.get(outcome.id)
    fewer = found is not None and found.change < 0
    have = found.ordinary * of if found is not None and first_year_tells(outcome) else None
    possible = enough_people(number, possible_people(found, outcome, of))
    key = f"screen.holds.{'participants' if possible else 'too-few'}.{'fewer' if fewer else 'more'}"
    said = facts.words.plural(
        key, round(of), k=number, outcome=facts.name(outcome), have=None if have is None else round(have)
    )
    return said, possible


def each_step(words: Texts, outcome: StatedOutcome, years: int) -> str:
    """Return what a net cost is for in a calculation of so many years: each event avoided, each further person-year.

    A share of people is summed over the years, so that its unit is a person only in a calculation of one year.
    """
    people = "person" if years == 1 else "person-year"
    unit = {"probability": people, "event": "person", "rate": "rate", "amount": "amount"}[outcome.level]
    return words.t(f"screen.each.{unit}.{outcome.better}")
