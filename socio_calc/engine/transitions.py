"""The transitions of a pathway in a block of draws, year by year since entry, in both arms (METHOD §6).

Ordinary rows change only where a list has another entry. What the intervention makes of them is worked out anew in
every year in which its strength differs between draws, and then only for the rows that it changes: the others are
those of ordinary practice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from socio_calc.engine.effects import clip_to_domain, intervention_level
from socio_calc.engine.plan import PathwayPlan
from socio_calc.engine.terms import FloatArray, Product

#: A row may exceed 1 by this much and still be rounding.
ROUNDING = 1e-12
#: So many states that follow one another are moved to together: fewer are faster one at a time.
TOGETHER = 4
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Move:
    """Probability of moving from one state to another, or to several that follow one another.

    Attributes
    ----------
    source, target
        Where from, and where to; the first of several.
    probability
        Shape (draws,), or (targets, draws) where they are several; (…, 1) where no draw differs.
    """

    source: int
    target: int
    probability: FloatArray

    @property
    def targets(self) -> range:
        """All that it leads to."""
        return range(self.target, self.target + (1 if self.probability.ndim == 1 else len(self.probability)))

    def one_by_one(self) -> Iterator[Move]:
        """Yield a move to each of its targets."""
        if self.probability.ndim == 1:
            yield self
            return
        for target, probability in zip(self.targets, self.probability, strict=True):
            yield Move(self.source, target, probability)


@dataclass(frozen=True)
class Moves:
    """Who goes where within a year: probability of staying by state, and all moves in the order of adding them up.

    A state that is not in `stay` keeps nobody. An array has shape (draws,), or (1,) where no draw differs.
    """

    stay: Mapping[int, FloatArray]
    moves: tuple[Move, ...]


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
        transitions, leaving = self.pathway.transitions, self.pathway.leaving
        probabilities: dict[int, FloatArray] = {}
        for index, transition in enumerate(transitions):
            listed = transition.probabilities
            raw = _shaped(self.value, listed[min(a, len(listed) - 1)])
            probabilities[index], outside = clip_to_domain("probability", raw)
            self._note_limited(index, outside, raw, raw)
        remainders = {source: self._close_row(source, probabilities) for source in self.pathway.rest}
        effects: dict[int, _Effect] = {}
        for index, transition in enumerate(transitions):
            if transition.measure is not None and transition.value is not None:
                before, value = probabilities[index], _shaped(self.value, transition.value)
                with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
                    level = intervention_level(transition.measure, "probability", before, value)
                within, outside = clip_to_domain("probability", level)
                effects[index] = _Effect(within - before, level, outside)
        rows = {source: self._row(source, probabilities, remainders) for source in leaving.keys() | remainders.keys()}
        return _Rows(probabilities, effects, rows, self._moves(rows))

    def _changed(self, rows: _Rows, w: FloatArray) -> Moves:
        """Return the moves under the intervention: P + (P_full − P)·w, rows above 1 scaled."""
        probabilities, remainders = dict(rows.probabilities), dict[int, FloatArray]()
        beyond_full = bool(w.max() > 1.0)  # a table of strengths can go there
        for index, effect in rows.effects.items():
            before = rows.probabilities[index]
            probabilities[index] = before + effect.change * w
            if effect.outside is not None:
                self._note_limited(index, effect.outside & (w != 0.0), effect.level, before)
            if beyond_full:
                unlimited = probabilities[index]
                probabilities[index], outside = clip_to_domain("probability", unlimited)
                self._note_limited(index, outside, unlimited, before)
        touched = {self.pathway.transitions[index].source for index in rows.effects}
        for source in touched:
            remainders[source] = self._close_row(source, probabilities)
        changed = {source: self._row(source, probabilities, remainders) for source in touched}
        return self._moves({**rows.rows, **changed})

    def _close_row(self, source: int, probabilities: dict[int, FloatArray]) -> FloatArray:
        """Scale a row above 1 to 1, and return what is left of it."""
        listed = self.pathway.leaving.get(source, ())
        total: FloatArray = np.zeros(1)
        for index in listed:
            if total.size < probabilities[index].size:
                total = total + probabilities[index]
            else:
                total += probabilities[index]
        if total.max() > 1.0 + ROUNDING:
            above = total > 1.0 + ROUNDING
            self.scaled = above if self.scaled is None else self.scaled | above
            self.above.setdefault(source, float(total.max()))
            for index in listed:
                probabilities[index] = probabilities[index] / np.maximum(total, 1.0)
        return np.maximum(1.0 - total, 0.0)

    def _row(self, source: int, probabilities: Mapping[int, FloatArray], remainders: Mapping[int, FloatArray]) -> _Row:
        stay: FloatArray | None = None
        moves: list[tuple[int, FloatArray]] = []
        for index in self.pathway.leaving.get(source, ()):
            target = self.pathway.transitions[index].target
            if target == source:
                stay = probabilities[index]
            elif probabilities[index].any():
                moves.append((target, probabilities[index]))
        rest: Move | None = None
        if source in remainders:
            left, target = remainders[source], self.pathway.rest[source]
            if target == source:
                stay = left + (0.0 if stay is None else stay)
            elif left.any():
                rest = Move(source, target, left)
        return _Row(stay, tuple(_joined(source, moves)), rest)

    def _moves(self, rows: Mapping[int, _Row]) -> Moves:
        """Put the rows together: what is left of them comes after all that is written."""
        states = range(len(self.pathway.states))
        stay = {state: np.ones(1) for state in states if state not in self.pathway.rest}
        stay |= {state: row.stay for state in states if (row := rows.get(state)) and row.stay is not None}
        written = [move for source in self.pathway.leaving for move in rows[source].moves]
        rest = [row.rest for source in self.pathway.rest if (row := rows[source]).rest is not None]
        return Moves(stay, (*written, *rest))

    def _note_limited(self, index: int, outside: Mask | None, level: FloatArray, before: FloatArray) -> None:
        if outside is not None and outside.any():
            self.clipped = outside if self.clipped is None else self.clipped | outside
            at = int(np.argmax(outside))
            self.limited.setdefault(index, (float(level[at % level.size]), float(before[at % before.size])))


@dataclass(frozen=True, slots=True)
class _Effect:
    """P_full − P of a transition, P_full before it is limited, and in which draws that needs limiting (None: none)."""

    change: FloatArray
    level: FloatArray
    outside: Mask | None


@dataclass(frozen=True, slots=True)
class _Row:
    """Who stays in a state (None: nobody, or all where it has no row), who leaves it, and where the rest goes."""

    stay: FloatArray | None
    moves: tuple[Move, ...]
    rest: Move | None


@dataclass(frozen=True)
class _Rows:
    """The rows of the years in which no entry of a list changes.

    Attributes
    ----------
    probabilities
        By transition, ordinary arm, limited and scaled.
    effects
        By transition.
    rows
        By state, ordinary arm.
    moves
        The ordinary moves.
    changed
        Moves under the intervention by strength, where that is the same in all draws.
    """

    probabilities: Mapping[int, FloatArray]
    effects: Mapping[int, _Effect]
    rows: Mapping[int, _Row]
    moves: Moves
    changed: dict[float, Moves] = field(default_factory=dict)


def _joined(source: int, moves: Sequence[tuple[int, FloatArray]]) -> Iterator[Move]:
    """Yield moves from one state in their order, those to states that follow one another as one."""
    start = 0
    while start < len(moves):
        first, probability = moves[start]
        stop = start + 1
        while stop < len(moves) and (moves[stop][0], moves[stop][1].size) == (first + stop - start, probability.size):
            stop += 1
        if stop - start >= TOGETHER:
            yield Move(source, first, np.stack([found for _, found in moves[start:stop]]))
        else:
            yield from (Move(source, target, found) for target, found in moves[start:stop])
        start = stop


def _shaped(value: Callable[[Product], FloatArray], product: Product) -> FloatArray:
    """Return a product's value, shape (1,) where nothing in it is uncertain."""
    return value(product) if product.factors else np.array([product.coefficient])
