"""Pathways: cohort state-transition models of both arms (METHOD §6).

States are followed as arrays over draws, and only transitions that are written are multiplied. Every participant of a
pathway begins in its start distribution; survival, where it is asked for, comes before the other transitions and ends
in the state `dead`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from socio_calc.engine.terms import FloatArray

#: The state that survival leads to; it keeps its people.
DEAD = "dead"
#: A row may exceed 1 by this much in the base case and still be rounding.
ROUNDING = 1e-12


@dataclass(frozen=True)
class Step:
    """What moves people out of one state in one year: probability by target state, the rest staying or going to `rest`.

    Attributes
    ----------
    probabilities
        Index of the target state → shape (draws,) or (1,).
    rest
        Index of the state that gets what is left of the row.
    """

    probabilities: Mapping[int, FloatArray]
    rest: int


@dataclass(frozen=True)
class Trace:
    """One arm of a pathway.

    Attributes
    ----------
    occupancy
        Share of participants in each state at the start of each year since entry, shape (years + 1, states, draws).
    entries
        Share that enters each state from another one in each year, shape (years, states, draws).
    scaled
        Draws in which a row exceeded 1 and was scaled to it, shape (draws,).
    """

    occupancy: FloatArray
    entries: FloatArray
    scaled: NDArray[np.bool_]

    def person_years(self, timing: str) -> FloatArray:
        """Return what a year's flows count: π(a), the mean of π(a) and π(a+1), or π(a+1) (METHOD §6).

        Shape (years, states, draws).
        """
        if timing == "start":
            return self.occupancy[:-1]
        if timing == "end":
            return self.occupancy[1:]
        return np.asarray(0.5 * (self.occupancy[:-1] + self.occupancy[1:]))


def follow(
    start: FloatArray,
    steps: Sequence[Mapping[int, Step]],
    deaths: FloatArray | None = None,
    dead: int | None = None,
    draws: int = 1,
) -> Trace:
    """Follow a cohort through the years.

    Parameters
    ----------
    start
        Share in each state at entry, shape (states,).
    steps
        For each year since entry the rows that move people, by the index of the state they leave; a state without a
        row keeps its people.
    deaths, dead
        q(a) = 1 − S(a+1)/S(a) of each year, shape (years,), and the state that it leads to; None without survival.
    draws
        Number of draws.

    Examples
    --------
    Two states, a tenth leaving each year:

    >>> step = {0: Step({1: np.array([0.1])}, rest=0)}
    >>> follow(np.array([1.0, 0.0]), [step, step]).occupancy[:, 0, 0].round(4).tolist()
    [1.0, 0.9, 0.81]
    """
    years, states = len(steps), start.size
    occupancy = np.empty((years + 1, states, draws))
    occupancy[0] = start[:, None]
    entries = np.zeros((years, states, draws))
    scaled = np.zeros(draws, dtype=bool)
    for year, rows in enumerate(steps):
        here, there, entering = occupancy[year], occupancy[year + 1], entries[year]
        q = 0.0 if deaths is None else float(deaths[year])
        there[:] = here
        for state in range(states):
            if q and state != dead and dead is not None:
                died = here[state] * q
                there[state] -= died
                there[dead] += died
                entering[dead] += died
        for state, step in rows.items():
            alive = here[state] if not q or state == dead else here[state] * (1.0 - q)
            _move(step, state, alive, there, entering, scaled)
    return Trace(occupancy, entries, scaled)


def _move(
    step: Step, state: int, alive: FloatArray, there: FloatArray, entering: FloatArray, scaled: NDArray[np.bool_]
) -> None:
    """Move the people of one state by one row; a row above 1 is scaled to 1 and counted."""
    total = _row_sum(step)
    over = total > 1.0 + ROUNDING
    any_over = bool(np.any(over))
    if any_over:
        scaled |= np.broadcast_to(over, scaled.shape)
    shrink = 1.0 / np.maximum(total, 1.0) if any_over else None
    for target, probability in step.probabilities.items():
        if target == state:
            continue
        moved = alive * (probability if shrink is None else probability * shrink)
        there[target] += moved
        there[state] -= moved
        entering[target] += moved
    if step.rest != state:
        stay = step.probabilities.get(state)
        left = np.maximum(1.0 - total, 0.0)
        moved = alive * left
        if stay is None or np.any(left):
            there[step.rest] += moved
            there[state] -= moved
            entering[step.rest] += moved


def _row_sum(step: Step) -> FloatArray:
    total: FloatArray = np.zeros(1)
    for probability in step.probabilities.values():
        total = total + probability
    return total


def death_rates(alive: FloatArray) -> FloatArray:
    """Return q(a) = 1 − S(a+1)/S(a), 1 where S(a) = 0, from a survival curve of shape (years + 1,)."""
    before, after = alive[:-1], alive[1:]
    return np.where(before > 0, 1.0 - after / np.where(before > 0, before, 1.0), 1.0)
