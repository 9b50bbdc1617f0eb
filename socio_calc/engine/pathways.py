"""Pathways: cohort state-transition models of both arms (METHOD §6).

Both arms start alike. They are followed side by side while the effect has strength; from then on only their
difference is, which goes the ordinary way: δ(a+1) = δ(a)·P(a). Arrays hold one state of all draws, and only
transitions that exist are multiplied.

Survival is not followed. Deaths come before the other transitions and take the same share of every state but `dead`,
in both arms: with S from the life table, occupancy of a living state is S(a) times what it is here, what enters it
S(a + 1) times, and `dead` has all the others. The plan multiplies by S where it spreads a state over the years.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from socio_calc.engine.plan import PathwayPlan
from socio_calc.engine.terms import FloatArray
from socio_calc.engine.transitions import Mask, Move, Moves, Transitions


@dataclass(frozen=True)
class Followed:
    """One arm, or the difference between the arms, of the states that are kept.

    Attributes
    ----------
    occupancy
        Share of participants in each state when each year since entry begins, shape (years + 1, states, draws).
    entries
        Share that comes to each state from another within each year, shape (years, states, draws).
    states, entered
        Row of `occupancy` and of `entries` by the index of the state.
    """

    occupancy: FloatArray
    entries: FloatArray
    states: Mapping[int, int]
    entered: Mapping[int, int]

    def course(self, state: int, kind: str) -> FloatArray:
        """Return π(a), π(a + 1) or the entries of one state (see `Course`), shape (years, draws)."""
        if kind == "entries":
            return self.entries[:, self.entered[state]]
        at = self.states[state]
        return self.occupancy[:-1, at] if kind == "first" else self.occupancy[1:, at]


@dataclass(frozen=True)
class Trace:
    """Both arms of a pathway without survival: what the intervention adds, and the ordinary arm where asked for.

    `clipped` and `scaled` say which draws needed a probability limited to 0 … 1, and a row above 1 scaled to 1; None
    where none did.
    """

    difference: Followed
    ordinary: Followed | None
    clipped: Mask | None
    scaled: Mask | None


def follow(
    pathway: PathwayPlan,
    transitions: Transitions,
    years: int,
    draws: int,
    states: Iterable[int],
    entered: Iterable[int] = (),
    both: bool = False,
) -> Trace:
    """Follow a pathway's people through the years.

    Parameters
    ----------
    pathway, transitions
        The model and its probabilities in a block of draws.
    years, draws
        Years since entry, and number of draws.
    states, entered
        Which states to keep, with all that lead to them, and which of these to count the entries of.
    both
        Whether to keep the ordinary arm, too.
    """
    kept, counted = tuple(states), tuple(entered)
    cast = _Cast({state: at for at, state in enumerate(kept)}, {state: at for at, state in enumerate(counted)})
    # Where no draw changes the ordinary transitions, one column follows them for all.
    certain = all(not p.factors for transition in pathway.transitions for p in transition.probabilities)
    width = 1 if certain else draws
    start = np.array([pathway.start[state] for state in kept]).reshape(len(kept), 1)
    added = _room(cast, years, draws)
    added.occupancy[0] = 0.0
    whole = _room(cast, years, width) if both else None
    ordinary = _Arm(cast, np.repeat(start, width, axis=1))
    changed = _Arm(cast, np.repeat(start, draws, axis=1))
    last = int(np.max(np.nonzero(transitions.active)[0], initial=-1))
    scratch, alone = (np.empty((len(pathway.states), size)) for size in (draws, width))
    apart = False
    for a in range(years):
        moves, other = transitions.ordinary(a), transitions.intervention(a)
        if whole is not None:
            whole.occupancy[a] = ordinary.now
        if a <= last or whole is not None:
            ordinary.advance(moves, alone)
        if whole is not None:
            whole.entries[a] = ordinary.entries
        if a <= last:
            if other is None and not apart:
                changed.now[:] = ordinary.now
                added.occupancy[a + 1] = 0.0
                added.entries[a] = 0.0
                continue
            apart = True
            changed.advance(moves if other is None else other, scratch)
            np.subtract(changed.now, ordinary.now, out=added.occupancy[a + 1])
            np.subtract(changed.entries, ordinary.entries, out=added.entries[a])
        else:
            _move(cast, moves, added.occupancy[a], added.occupancy[a + 1], added.entries[a], scratch)
    if whole is not None:
        whole.occupancy[years] = ordinary.now
    return Trace(added, whole, transitions.clipped, transitions.scaled)


@dataclass(frozen=True)
class _Cast:
    """Which states are followed, and of which the entries are counted: their rows by the index of the state."""

    states: Mapping[int, int]
    entered: Mapping[int, int]

    def holds_apart(self, move: Move) -> bool:
        """Whether a move leads to states that are all followed, and to none of which the entries are counted."""
        first, last = self.states.get(move.targets[0]), self.states.get(move.targets[-1])
        if first is None or last is None or last - first != len(move.targets) - 1:
            return False
        return self.entered.keys().isdisjoint(move.targets)


class _Arm:
    """One arm in two arrays that take turns."""

    def __init__(self, cast: _Cast, now: FloatArray) -> None:
        self.cast = cast
        self.now = now
        self.entries = np.empty((len(cast.entered), now.shape[1]))
        self._next = np.empty_like(now)

    def advance(self, moves: Moves, scratch: FloatArray) -> None:
        """Go on a year."""
        _move(self.cast, moves, self.now, self._next, self.entries, scratch)
        self.now, self._next = self._next, self.now


def _room(cast: _Cast, years: int, draws: int) -> Followed:
    occupancy = np.empty((years + 1, len(cast.states), draws))
    return Followed(occupancy, np.empty((years, len(cast.entered), draws)), cast.states, cast.entered)


def _move(
    cast: _Cast, moves: Moves, before: FloatArray, after: FloatArray, entries: FloatArray, scratch: FloatArray
) -> None:
    """Write before·P into `after`, and what comes to a counted state from another into `entries`."""
    for state, at in cast.states.items():
        stay = moves.stay.get(state)
        if stay is None:
            after[at] = 0.0
        else:
            np.multiply(before[at], stay, out=after[at])
    entries[:] = 0.0
    alone = scratch[0]
    for move in moves.moves:
        if move.probability.ndim > 1 and cast.holds_apart(move):
            at, size = cast.states[move.target], len(move.probability)
            np.multiply(before[cast.states[move.source]], move.probability, out=scratch[:size])
            place = after[at : at + size]
            place += scratch[:size]
            continue
        for one in move.one_by_one():
            if one.target in cast.states:
                np.multiply(before[cast.states[one.source]], one.probability, out=alone)
                counted = one.target in cast.entered
                place = entries[cast.entered[one.target]] if counted else after[cast.states[one.target]]
                place += alone
    for state, at in cast.entered.items():
        after[cast.states[state]] += entries[at]


def leading_to(states: int, edges: Iterable[tuple[int, int]], wanted: Iterable[int]) -> tuple[int, ...]:
    """Return the wanted states and all from which they can be reached, in order.

    >>> leading_to(4, [(0, 1), (1, 2), (1, 3)], [2])
    (0, 1, 2)
    """
    found, waiting = set(wanted), list(wanted)
    links = list(edges)
    while waiting:
        state = waiting.pop()
        for source, target in links:
            if target == state and source not in found:
                found.add(source)
                waiting.append(source)
    return tuple(state for state in range(states) if state in found)
