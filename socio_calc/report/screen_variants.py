"""Which of the eight screens an appraisal gets: the first condition that fits decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from socio_calc.report.screen_facts import Facts

Variant = Literal[
    "only_costs",
    "not_responsible",
    "near_zero",
    "split",
    "clear_gain",
    "uncertain_gain",
    "clear_loss",
    "uncertain_loss",
]


@dataclass(frozen=True)
class Limits:
    """The limits between the screens. They are our own, but for `fair`, which the review of cases uses too."""

    sure: float = 0.9
    fair: float = 0.7
    surely_not: float = 0.1
    most_clipped: float = 0.1
    most_unsupported: float = 0.5
    near_zero_of_cost: float = 0.05
    own_part_of_cost: float = 0.2
    unequal_of_cost: float = 0.1


LIMITS: Final = Limits()


def choose_variant(facts: Facts) -> Variant:
    """Return the first screen whose condition holds."""
    npv = facts.npv
    if not facts.has_effects:
        return "only_costs"
    if npv is None or _irresponsible(facts):
        return "not_responsible"
    if abs(npv) <= max(LIMITS.near_zero_of_cost * abs(facts.cost), facts.error) or signs_differ(facts):
        return "near_zero"
    probability = facts.probability if facts.probability is not None else float(npv > 0)
    if npv > 0:
        if unequal_parties(facts) is not None:
            return "split"
        return "clear_gain" if probability >= LIMITS.sure else "uncertain_gain"
    return "clear_loss" if probability <= LIMITS.surely_not else "uncertain_loss"


def signs_differ(facts: Facts) -> bool:
    """Say whether the base case and the mean of the draws lie on different sides of zero."""
    return facts.npv is not None and facts.mean is not None and facts.npv * facts.mean < 0


def unequal_parties(facts: Facts) -> tuple[str, str] | None:
    """Return a party that pays and loses and another that wins, or None where no two such parties exist."""
    cost = facts.cost
    if cost <= 0:
        return None
    losers = [
        row
        for row in facts.payers
        if row.cost >= LIMITS.own_part_of_cost * cost and row.net < -LIMITS.unequal_of_cost * cost
    ]
    winners = [row for row in facts.payers if row.net > LIMITS.unequal_of_cost * cost]
    if not losers or not winners:
        return None
    return min(losers, key=lambda row: row.net).actor, max(winners, key=lambda row: row.net).actor


def _irresponsible(facts: Facts) -> bool:
    clipped = facts.most_clipped
    too_often_clipped = clipped is not None and clipped[1] > LIMITS.most_clipped
    return too_often_clipped or (bool(facts.unsupported) and facts.unsupported_share >= LIMITS.most_unsupported)
