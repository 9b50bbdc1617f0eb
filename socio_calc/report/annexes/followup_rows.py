"""The rows of the follow-up plan: what the application measures, and what the case expects it to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from socio_calc.analysis.focus import ordinary_draws
from socio_calc.analysis.information import MOST_DRAWS
from socio_calc.analysis.information_evsi import Levels, levels_of
from socio_calc.case import Followup, StatedOutcome
from socio_calc.engine.effects import DOMAINS
from socio_calc.locale import number
from socio_calc.report.sensitivity_facts import SensitivityFacts, significant

_ENDS: Final = (5.0, 95.0)


@dataclass(frozen=True, slots=True)
class Expected:
    """What the case expects of one outcome, as text in the outcome's own unit.

    Attributes
    ----------
    name
        Of the outcome or pathway.
    ordinary, intervention
        The level without and with the intervention in the first year of the effect; None where a level is not enough
        to say it (a pathway).
    difference
        Intervention less ordinary practice with its interval of 5 to 95 per cent.
    worth
        The most that a follow-up of the outcome is worth, SEK; 0 where none would change the decision.
    limit
        The level with the intervention at which the decision turns, where the analysis has one.
    """

    name: str
    ordinary: str | None
    intervention: str | None
    difference: str | None
    worth: float
    limit: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the plan: an indicator of the application, or an outcome that no indicator measures."""

    followup: Followup | None
    expected: Expected | None


def followup_rows(facts: SensitivityFacts) -> tuple[Row, ...]:
    """Return the rows, those first that are worth most to measure; outcomes without an indicator stand last."""
    case = facts.appraisal.case
    written = () if case.application is None else case.application.followup
    expected = _expected(facts)
    gains = facts.gain_by_outcome
    rows = [Row(one, expected.get(one.outcome or "")) for one in written]

    def rank(row: Row) -> tuple[float, float, bool]:
        outcome = row.followup.outcome if row.followup is not None else None
        worth = row.expected.worth if row.expected is not None else 0.0
        return (-worth, -abs(gains.get(outcome or "", 0.0)), row.expected is None)

    measured = {one.outcome for one in written}
    left = [Row(None, found) for id, found in expected.items() if id not in measured]
    return (*sorted(rows, key=rank), *left)


def _expected(facts: SensitivityFacts) -> Mapping[str, Expected]:
    appraisal, known = facts.appraisal, facts.sensitivity.information
    worth: dict[str, float] = {}
    for row in known.evsi:
        worth[row.outcome] = max(worth.get(row.outcome, 0.0), row.value)
    draws = ordinary_draws(appraisal.simulation, MOST_DRAWS)
    found: dict[str, Expected] = {}
    for outcome, plan in zip(appraisal.stated_outcomes, appraisal.plan.outcomes, strict=True):
        base = levels_of(appraisal.plan, plan, appraisal.plan.central[:, None])
        spread = levels_of(appraisal.plan, plan, draws)
        limit = known.plan.limit if known.plan.outcome == outcome.id else None
        found[outcome.id] = Expected(
            name=facts.name(outcome),
            ordinary=None if base is None else _level(facts, outcome, float(base.ordinary[0])),
            intervention=None if base is None else _level(facts, outcome, float(base.intervention[0])),
            difference=None if base is None or spread is None else _difference(facts, outcome, base, spread),
            worth=worth.get(outcome.id, 0.0),
            limit=None if limit is None else _level(facts, outcome, limit),
        )
    for pathway in appraisal.case.pathways:
        found[pathway.id] = Expected(pathway.name, None, None, None, 0.0, None)
    return found


def _level(facts: SensitivityFacts, outcome: StatedOutcome, value: float) -> str:
    """Write a level in its own unit: a share, a number for each person and year, an amount."""
    if _is_share(outcome):
        # Three digits: the expected level and the limit are often close.
        return facts.words.t("quantity.share", x=number(significant(100.0 * value), facts.lang))
    shown = number(significant(value), facts.lang)
    return facts.words.t("annex.followup.rate", level=shown) if outcome.level == "rate" else shown


def _is_share(outcome: StatedOutcome) -> bool:
    return DOMAINS[outcome.level] == (0.0, 1.0)


def _difference(facts: SensitivityFacts, outcome: StatedOutcome, base: Levels, spread: Levels) -> str:
    low, high = np.percentile(spread.intervention - spread.ordinary, _ENDS)
    points = _is_share(outcome)
    scale, digits = (100.0, 2) if points else (1.0, 3)

    def shown(value: float) -> str:
        return number(significant(scale * value, digits), facts.lang)

    key = "annex.followup.points" if points else "annex.followup.difference"
    middle = float(base.intervention[0] - base.ordinary[0])
    return facts.words.t(key, middle=shown(middle), low=shown(float(low)), high=shown(float(high)))
