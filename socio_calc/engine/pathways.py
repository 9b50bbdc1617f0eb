"""Pathways: cohort state-transition models of both arms (METHOD §6).

Both arms start alike. They are followed side by side while the effect has strength; from then on only their
difference is, which goes the ordinary way: δ(a+1) = δ(a)·P(a). Arrays hold one state of all draws, and only
transitions that exist are multiplied.

Survival is not followed. Deaths come before the other transitions and take the same share of every state but `dead`,
in both arms: with S from the life table, occupancy of a living state is S(a) times what it is here, what enters it
S(a + 1) times, and `dead` has all the others. The plan multiplies by S where it spreads a state over the years.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from socio_calc.engine.effects import clip_to_domain, intervention_level
from socio_calc.engine.plan import PathwayPlan
from socio_calc.engine.terms import FloatArray, Product

#: A row may exceed 1 by this much and still be rounding.
ROUNDING = 1e-12
Mask = NDArray[np.bool_]


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


@dataclass(frozen=True)
class Moves:
    """Who goes where within a year: probability of staying by state, and of each move to another state.

    A state that is not in `stay` keeps nobody. An array has shape (draws,), or (1,) where no draw differs.
    """

    stay: Mapping[int, FloatArray]
    moves: tuple[tuple[int, int, FloatArray], ...]


@dataclass
class Transitions:
    """The transitions of a pathway in a block of draws, year by year since entry.

    Parameters
    ----------
    pathway
        What moves whom.
    value
        Value of a product in the draws, shape (draws,).
    strength
        w(a), shape (years, draws) or (years, 1); None without effects.
    """

    pathway: PathwayPlan
    value: Callable[[Product], FloatArray]
    strength: FloatArray | None
    clipped: Mask | None = None
    scaled: Mask | None = None
    #: Transitions of which a probability was limited, and states of which a row was scaled, with the values found.
    limited: dict[int, tuple[float, float]] = field(default_factory=dict)
    above: dict[int, float] = field(default_factory=dict)
    _latest: tuple[int, _Rows] | None = None

    def ordinary(self, a: int) -> Moves:
        """Return the moves of year a since entry under ordinary practice."""
        return self._of_year(a).moves

    def intervention(self, a: int) -> Moves | None:
        """Return those under the intervention; None in a year in which it has no strength."""
        if self.strength is None or not self.active[a]:
            return None
        rows, w = self._of_year(a), self.strength[a]
        if w.size > 1:
            return self._changed(rows, w)
        strength = float(w[0])
        if strength not in rows.changed:
            rows.changed[strength] = self._changed(rows, w)
        return rows.changed[strength]

    @cached_property
    def active(self) -> Mask:
        """In which years since entry the effect has strength in some draw, shape (years,)."""
        return np.zeros(0, dtype=bool) if self.strength is None else np.asarray(self.strength.any(axis=1))

    def _of_year(self, a: int) -> _Rows:
        entry = min(a, self.pathway.years_listed - 1)
        if self._latest is None or self._latest[0] != entry:
            # Years are asked for in their order: those of the years before are done with.
            self._latest = (entry, self._build(entry))
        return self._latest[1]

    def _build(self, a: int) -> _Rows:
        """Limit and scale the ordinary rows, then work out what the effects make of them at full strength."""
        transitions = self.pathway.transitions
        probabilities: dict[int, FloatArray] = {}
        for index, transition in enumerate(transitions):
            listed = transition.probabilities
            raw = _shaped(self.value, listed[min(a, len(listed) - 1)])
            probabilities[index], outside = clip_to_domain("probability", raw)
            self._note_limited(index, outside, raw, raw)
        remainders: dict[int, FloatArray] = {}
        for source in self.pathway.rest:
            self._close_row(source, probabilities, remainders)
        effects: dict[int, tuple[FloatArray, FloatArray]] = {}
        for index, transition in enumerate(transitions):
            if transition.measure is not None and transition.value is not None:
                before, value = probabilities[index], _shaped(self.value, transition.value)
                with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
                    level = intervention_level(transition.measure, "probability", before, value)
                effects[index] = (clip_to_domain("probability", level)[0] - before, level)
        return _Rows(probabilities, remainders, effects, self._moves(probabilities, remainders))

    def _moves(self, probabilities: Mapping[int, FloatArray], remainders: Mapping[int, FloatArray]) -> Moves:
        stay: dict[int, FloatArray] = {
            state: np.ones(1) for state in range(len(self.pathway.states)) if state not in self.pathway.rest
        }
        moves = []
        for index, transition in enumerate(self.pathway.transitions):
            if transition.target == transition.source:
                stay[transition.source] = probabilities[index]
            elif probabilities[index].any():
                moves.append((transition.source, transition.target, probabilities[index]))
        for source, target in self.pathway.rest.items():
            if target == source:
                stay[source] = remainders[source] + stay.get(source, 0.0)
            elif remainders[source].any():
                moves.append((source, target, remainders[source]))
        return Moves(stay, tuple(moves))

    def _changed(self, rows: _Rows, w: FloatArray) -> Moves:
        """Return the moves under the intervention: P + (P_full − P)·w, rows above 1 scaled."""
        probabilities, remainders = dict(rows.probabilities), dict(rows.remainders)
        for index, (change, level) in rows.effects.items():
            before = rows.probabilities[index]
            probabilities[index] = before + change * w
            _, outside = clip_to_domain("probability", level)
            if outside is not None:
                self._note_limited(index, outside & (w != 0.0), level, before)
            if w.max() > 1.0:  # a table of strengths can go beyond full strength
                beyond_full = probabilities[index]
                probabilities[index], outside = clip_to_domain("probability", beyond_full)
                self._note_limited(index, outside, beyond_full, before)
        for source in {self.pathway.transitions[index].source for index in rows.effects}:
            self._close_row(source, probabilities, remainders)
        return self._moves(probabilities, remainders)

    def _close_row(self, source: int, probabilities: dict[int, FloatArray], remainders: dict[int, FloatArray]) -> None:
        """Scale a row above 1 to 1, and find what is left of it."""
        listed = [index for index, move in enumerate(self.pathway.transitions) if move.source == source]
        total: FloatArray = np.zeros(1)
        for index in listed:
            total = total + probabilities[index]
        if total.max() > 1.0 + ROUNDING:
            above = total > 1.0 + ROUNDING
            self.scaled = above if self.scaled is None else self.scaled | above
            self.above.setdefault(source, float(total.max()))
            for index in listed:
                probabilities[index] = probabilities[index] / np.maximum(total, 1.0)
        remainders[source] = np.maximum(1.0 - total, 0.0)

    def _note_limited(self, index: int, outside: Mask | None, level: FloatArray, before: FloatArray) -> None:
        if outside is not None and outside.any():
            self.clipped = outside if self.clipped is None else self.clipped | outside
            at = int(np.argmax(outside))
            self.limited.setdefault(index, (float(level[at % level.size]), float(before[at % before.size])))


@dataclass(frozen=True)
class _Rows:
    """The rows of the years in which no entry of a list changes.

    Attributes
    ----------
    probabilities
        By transition, ordinary arm, limited and scaled.
    remainders
        What is left of each row.
    effects
        By transition: P_full − P, and P_full before it is limited.
    moves
        The ordinary moves.
    changed
        Moves under the intervention by strength, where that is the same in all draws.
    """

    probabilities: Mapping[int, FloatArray]
    remainders: Mapping[int, FloatArray]
    effects: Mapping[int, tuple[FloatArray, FloatArray]]
    moves: Moves
    changed: dict[float, Moves] = field(default_factory=dict)


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
    scratch, alone = np.empty(draws), np.empty(width)
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
    for source, target, probability in moves.moves:
        if target in cast.states:
            np.multiply(before[cast.states[source]], probability, out=scratch)
            place = entries[cast.entered[target]] if target in cast.entered else after[cast.states[target]]
            place += scratch
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


def _shaped(value: Callable[[Product], FloatArray], product: Product) -> FloatArray:
    """Return a product's value, shape (1,) where nothing in it is uncertain."""
    return value(product) if product.factors else np.array([product.coefficient])
