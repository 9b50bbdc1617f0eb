"""What must be true for the costs to be covered: how much of the effects, and how many who succeed (METHOD §7)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from socio_calc.analysis.focus import NET_PARTS, Focus, PresentValue
from socio_calc.appraisal.measures import TOLERANCE
from socio_calc.engine.ledger import PERSPECTIVES
from socio_calc.engine.plan import OutcomePlan
from socio_calc.engine.terms import FloatArray, OwnCourse
from socio_calc.engine.values import FactorValues
from socio_calc.engine.yearly import own_change, peaks, public_share

#: Levels at which a person succeeds or does not.
COUNTED = ("probability", "event")


@dataclass(frozen=True, slots=True)
class BreakEvenOutcome:
    """What one outcome must reach.

    Attributes
    ----------
    outcome
        Its id.
    gain
        Present value of all that follows from it, SEK, base case.
    ordinary, change
        Level under ordinary practice and the assumed change i − b in the first year of the effect, before anything is
        taken off it: what a calculation counts of it is in `outcome_levels`.
    alone
        Share of the assumed change that is enough when all other outcomes reach what is assumed; None where this
        outcome gives no gain, 0 or less where the costs are covered without it.
    number, of
        Participants who must succeed for all effects together to cover the costs (every effect scaled alike), and
        participants in all; None for levels that are not counted in persons.
    reached
        Share of the draws in which so large a share of the participants succeeds; None with `number`.
    """

    outcome: str
    gain: float
    ordinary: float
    change: float
    alone: float | None
    number: int | None
    of: float | None
    reached: float | None


@dataclass(frozen=True, slots=True)
class BreakEven:
    """What all effects together must reach.

    Attributes
    ----------
    effect
        m*, the share of the assumed effects that is enough; None with `reason`.
    reason
        Code of the reason: `no-cost`, `net-saving`, `no-effect`, `negative-effect`.
    reached
        Share of the draws in which the net present value is at least 0.
    outcomes
        One for each outcome, the largest gain first.
    """

    effect: float | None
    reason: str | None
    reached: float
    outcomes: tuple[BreakEvenOutcome, ...]

    @property
    def in_persons(self) -> BreakEvenOutcome | None:
        """The outcome that gives most among those counted in persons; None where none of them gives a gain.

        However many succeed in what has no price, costs are not covered by it.
        """
        rows = (row for row in self.outcomes if row.number is not None and row.alone is not None)
        return next(rows, None)

    @property
    def participants(self) -> int | None:
        """The number who must succeed in that outcome."""
        return None if self.in_persons is None else self.in_persons.number


def break_even(focus: Focus) -> BreakEven:
    """Return what must be true for the net present value to reach 0."""
    plan, tolerance = focus.plan, focus.tolerance
    central = plan.central[:, None]
    cost = -float(PresentValue(plan, focus.perspective, (focus.horizon,), ("cost",))(central)[0])
    effect_parts = tuple(part for part in NET_PARTS if part != "cost")
    gain = float(PresentValue(plan, focus.perspective, (focus.horizon,), effect_parts)(central)[0])
    scale, reason = None, None
    if cost <= tolerance:
        reason = "net-saving" if cost < -tolerance else "no-cost"
    elif gain <= tolerance:
        reason = "negative-effect" if gain < -tolerance else "no-effect"
    else:
        scale = cost / gain
    outcomes = sorted(_outcomes(focus, scale), key=lambda found: -found.gain)
    reached = float(np.mean(focus.net_draws >= -tolerance))
    return BreakEven(scale, reason, reached, tuple(outcomes))


def _outcomes(focus: Focus, scale: float | None) -> list[BreakEvenOutcome]:
    plan, flows = focus.plan, focus.figures.flows
    base_values, draws = FactorValues(plan, plan.central[:, None]), FactorValues(plan, focus.x)
    gains = _gains(focus)
    entrants, drawn_entrants = float(_entrants(focus, base_values)[0]), _entrants(focus, draws)
    drawn_peaks = peaks(plan, draws) if any(outcome.level in COUNTED for outcome in plan.outcomes) else None
    found = []
    for row, outcome in enumerate(plan.outcomes):
        gain = gains[outcome.id]
        alone = None if gain <= focus.tolerance else 1.0 - focus.base / gain
        number = of = reached = None
        if scale is not None and outcome.level in COUNTED and drawn_peaks is not None:
            needed = scale * float(flows.peaks[row])
            number, of = math.ceil(needed * (1.0 - TOLERANCE)), entrants
            share = np.divide(
                drawn_peaks[row], drawn_entrants, out=np.zeros_like(drawn_entrants), where=drawn_entrants > 0
            )
            signed = share * _same_direction(focus, row, draws, base_values)
            reached = float(np.mean(signed >= needed / entrants * (1.0 - TOLERANCE))) if entrants > 0 else None
        ordinary, change = (float(values[0]) for values in _first_levels(base_values, outcome))
        found.append(BreakEvenOutcome(outcome.id, gain, ordinary, change, alone, number, of, reached))
    return found


def _entrants(focus: Focus, values: FactorValues) -> FloatArray:
    total = np.zeros(values.draws)
    for cohort in focus.plan.cohorts:
        total = total + values.product(cohort.number)
    return total


def _same_direction(focus: Focus, row: int, draws: FactorValues, base: FactorValues) -> FloatArray:
    """Return 1 for draws in which the outcome moves the same way as in the base case, else −1, shape (draws,)."""
    outcome = focus.plan.outcomes[row]
    same = np.sign(_first_levels(draws, outcome)[1]) == np.sign(_first_levels(base, outcome)[1][0])
    return np.where(same, 1.0, -1.0)


def _first_levels(values: FactorValues, outcome: OutcomePlan) -> tuple[FloatArray, FloatArray]:
    """Return b and i − b of the first year of an outcome's effect, shape (draws,)."""
    if not isinstance(outcome.shape, OwnCourse):
        return values.product(outcome.ordinary[0]), values.product(outcome.changes[0])
    own = own_change(values, outcome.shape)
    nothing = np.zeros(values.draws)
    return (values.own(outcome.shape.own).ordinary[0] + nothing, nothing) if own is None else own[1:]


def _gains(focus: Focus) -> dict[str, float]:
    """Return the present value of what follows from each outcome in the perspective, λ line included, base case."""
    plan, flows = focus.plan, focus.figures.flows
    actors = PERSPECTIVES[focus.perspective]
    extra = flows.public_funds_factor - 1.0
    gains = {outcome.id: 0.0 for outcome in plan.outcomes}
    for line, amounts in zip(plan.lines, flows.amounts, strict=True):
        if line.is_cost:
            continue
        per_krona = sum(entry for actor, entry in line.entries.items() if actor in actors)
        if "ovriga" in actors:
            per_krona += extra * public_share(line)
        gains[line.source] = gains.get(line.source, 0.0) + per_krona * float(
            (amounts * plan.discount_of(line))[: focus.horizon].sum()
        )
    return gains
