"""What the charts of pathways tell: both arms by year, years in each state, and the transitions. Nothing here draws."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from socio_calc.appraisal import OutcomeRow
from socio_calc.appraisal.result import TransitionProbability
from socio_calc.case.pathways import DEAD, Pathway
from socio_calc.engine.yearly import base_values
from socio_calc.locale import number as written
from socio_calc.locale import share
from socio_calc.locale.numbers import level
from socio_calc.report.charts.facts import MOST_TITLE, ChartFacts
from socio_calc.report.state_names import state_name
from socio_calc.report.text_layout import shortened

_Found = TypeVar("_Found")
#: A difference of shares that is smaller than this is rounding.
_NOTHING: Final = 1e-9
_LONGEST_NAME: Final = 40
#: Fewest characters that a state's name in a title is cut to.
_LEAST_NAME: Final = 8
#: From here on people and years are counted whole.
_WHOLE: Final = 10.0


@dataclass(frozen=True)
class StateFacts:
    """One state: the participants' share in it as each year since entry begins, and years in it.

    `ordinary` and `intervention` have shape (years + 1,); `row` is person-years over the longest horizon.
    """

    state: str
    name: str
    ordinary: NDArray[np.float64]
    intervention: NDArray[np.float64]
    row: OutcomeRow

    @property
    def difference(self) -> NDArray[np.float64]:
        """Intervention less ordinary practice, shape (years + 1,)."""
        return self.intervention - self.ordinary


@dataclass(frozen=True)
class MoveFacts:
    """One transition: yearly probabilities of both arms at full strength; not `written`: what is left of a row.

    `intervention` is what the calculation counts: after κ(1−D)AE, as in the first year of the effect. `by_year` is
    what `ordinary` is in every year since entry with probabilities of its own.
    """

    start: str
    end: str
    ordinary: float
    intervention: float
    written: bool
    by_year: tuple[float, ...]

    @property
    def changed(self) -> bool:
        """Whether the intervention changes it."""
        return abs(self.intervention - self.ordinary) > _NOTHING

    @property
    def span(self) -> tuple[float, float] | None:
        """The lowest and the highest probability over the years; None where the intervention or no year changes it."""
        low, high = min(self.by_year), max(self.by_year)
        return None if self.changed or high - low <= _NOTHING else (low, high)


@dataclass(frozen=True)
class PathwayFacts:
    """A pathway of an appraisal."""

    facts: ChartFacts
    pathway: Pathway

    @cached_property
    def states(self) -> tuple[StateFacts, ...]:
        """The states in the order of the case, the dead last where the life table leads there."""
        shares: dict[str, dict[str, list[float]]] = {}
        for row in self.facts.appraisal.occupancy:
            if row.pathway == self.pathway.id:
                shares.setdefault(row.state, {}).setdefault(row.arm, []).append(row.base)
        return tuple(
            StateFacts(
                state,
                self.name_of(state),
                np.array(arms["ordinary"]),
                np.array(arms["intervention"]),
                self.facts.appraisal.outcome(f"{self.pathway.id}.{state}"),
            )
            for state, arms in shares.items()
        )

    @property
    def _transitions(self) -> tuple[TransitionProbability, ...]:
        """Transitions that the case or a row's remainder gives; none from the dead of the life table."""
        rows = self.facts.appraisal.transitions
        return tuple(row for row in rows if row.pathway == self.pathway.id and row.source in self.pathway.states)

    @cached_property
    def moves(self) -> tuple[MoveFacts, ...]:
        """The transitions in the year since entry that is shown, also those that are possible in other years alone."""
        counted, _ = self._effect
        rows = {(row.source, row.target, row.year): row for row in self._transitions}
        listed = sorted({row.year for row in self._transitions})
        order = {state: at for at, state in enumerate((*self.pathway.states, DEAD))}
        found = []
        for start, end in sorted({pair[:2] for pair in rows}, key=lambda pair: (order[pair[0]], order[pair[1]])):
            of_years = [rows.get((start, end, year)) for year in listed]
            row = rows.get((start, end, self.year_shown))
            # What a year has no row for is impossible in it.
            ordinary, full = (0.0, 0.0) if row is None else (row.ordinary, row.intervention)
            found.append(
                MoveFacts(
                    start,
                    end,
                    ordinary,
                    ordinary + counted * (full - ordinary),
                    any(one is not None and one.written for one in of_years),
                    tuple(0.0 if one is None else one.ordinary for one in of_years),
                )
            )
        return tuple(found)

    @property
    def spanning(self) -> bool:
        """Whether the years differ in any transition that the intervention leaves as it is."""
        return any(move.span is not None for move in self.moves)

    @cached_property
    def _effect(self) -> tuple[float, NDArray[np.float64]]:
        """Which share of the effect is counted in the base case, and its strength by year since entry."""
        appraisal = self.facts.appraisal
        plan = next(plan for plan in appraisal.plan.pathways if plan.id == self.pathway.id)
        if plan.shape is None:
            return 0.0, np.zeros(self.facts.years)
        values = base_values(appraisal.plan)
        strength = values.strength(plan.shape)[:, 0]
        return float(values.product(plan.adjustment)[0]) if strength.any() else 0.0, strength

    @property
    def share_counted(self) -> float | None:
        """Which share of the effect is counted; None where it is the whole or nothing."""
        counted, _ = self._effect
        return counted if _NOTHING < counted < 1.0 - _NOTHING else None

    @property
    def _full(self) -> NDArray[np.bool_]:
        """In which years since entry the effect is full, shape (years,); in none where there is no effect."""
        _, strength = self._effect
        return np.asarray(strength >= strength.max(initial=0.0) * (1.0 - _NOTHING)) & bool(strength.any())

    @cached_property
    def year_shown(self) -> int:
        """The first year since entry with full effect, of those from which the most transitions are possible."""
        listed = {row.year for row in self._transitions}
        full = np.nonzero(self._full)[0]
        # The transitions of a year are those of the last list entry up to it.
        years = {max(year for year in listed if year <= at) for at in full} or listed
        possible = Counter(dict.fromkeys(years, 0))
        possible.update(
            row.year for row in self._transitions if row.year in years and max(row.ordinary, row.intervention) > 0
        )
        return min(possible, key=lambda year: (-possible[year], year))

    @property
    def year_named(self) -> int:
        """The first year since entry (from 1) with the transitions that are shown and full effect."""
        later = np.nonzero(self._full[self.year_shown :])[0]
        return self.year_shown + (int(later[0]) if later.size else 0) + 1

    @property
    def changing(self) -> bool:
        """Whether transitions differ between years since entry."""
        return any(row.year > 0 for row in self._transitions)

    def name_of(self, state: str) -> str:
        """Return what a state is called in the charts."""
        return shortened(self.whole_name(state), _LONGEST_NAME)

    def whole_name(self, state: str) -> str:
        """Return what a state is called where a chart is told in words, however long."""
        return state_name(self.facts.words, state)

    @property
    def largest_gap(self) -> tuple[StateFacts, int] | None:
        """The state and the year since entry with the largest difference of the arms; None where there is none."""
        gaps = [(state, int(np.argmax(np.abs(state.difference)))) for state in self.states]
        return _largest([(float(state.difference[at]), (state, at)) for state, at in gaps])

    @property
    def most_changed(self) -> StateFacts | None:
        """The state whose person-years change most over the longest horizon; None where none change."""
        years = sum(state.row.ordinary for state in self.states)
        return _largest([(state.row.difference / max(years, _NOTHING), state) for state in self.states])

    @property
    def mortal(self) -> bool:
        """Whether the life table leads to the state of the dead."""
        return self.states[-1].state == DEAD and DEAD not in self.pathway.states

    def shares(self, ordinary: float, intervention: float) -> tuple[str, str]:
        """Write a share in both arms, with so many decimals that the two look different where they are."""
        lang = self.facts.lang
        if abs(ordinary - intervention) <= _NOTHING:
            return share(ordinary, lang), share(ordinary, lang)
        return share(ordinary, lang, (intervention,)), share(intervention, lang, (ordinary,))

    def people(self, number: float) -> str:
        """Write how many people or years a difference is, without its sign."""
        size = abs(number)
        return written(size, self.facts.lang, 0 if size >= _WHOLE else 1) if size >= 1 else level(size, self.facts.lang)

    def title(self, key: str, **params: object) -> str:
        """Return a title; where it would be too long the state's name is cut."""
        words = self.facts.words
        text = words.t(key, **params)
        room = MOST_TITLE - len(words.t(key, **{**params, "state": ""})) if "state" in params else 0
        if len(text) > MOST_TITLE and room >= _LEAST_NAME:
            text = words.t(key, **{**params, "state": shortened(str(params["state"]), room)})
        return text

    def title_or(self, text: str, short: str) -> str:
        """Return a title, or another one where it would be too long."""
        return text if len(text) <= MOST_TITLE else short


def _largest(differences: list[tuple[float, _Found]]) -> _Found | None:
    """Return what has the largest difference; of two that mirror each other, the one in which there is more."""
    found = [pair for pair in differences if abs(pair[0]) > _NOTHING]
    if not found:
        return None
    most = max(abs(size) for size, _ in found)
    return max((pair for pair in found if abs(pair[0]) > most * (1 - _NOTHING)), key=lambda pair: pair[0])[1]


def pathways_of(facts: ChartFacts) -> tuple[PathwayFacts, ...]:
    """Return the pathways of an appraisal in the order of the case."""
    return tuple(PathwayFacts(facts, pathway) for pathway in facts.appraisal.case.pathways)
