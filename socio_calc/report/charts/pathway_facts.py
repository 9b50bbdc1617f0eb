"""What the charts of pathways tell: both arms by year, years in each state, and the transitions. Nothing here draws."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from socio_calc.appraisal import OutcomeRow
from socio_calc.case.pathways import DEAD, Pathway
from socio_calc.locale import number as written
from socio_calc.locale.numbers import level
from socio_calc.report.charts.facts import ChartFacts
from socio_calc.report.state_names import state_name
from socio_calc.report.text_layout import shortened

#: Longest title (WORDING §4.6).
MOST_TITLE: Final = 60
#: A difference that is smaller than this share of the participants is rounding.
_NOTHING: Final = 1e-9
_LONGEST_NAME: Final = 40
#: From here on people and years are counted whole.
_WHOLE: Final = 10.0


@dataclass(frozen=True)
class StateFacts:
    """One state: person-years by year in both arms, shape (years,), and summed over the longest horizon."""

    state: str
    name: str
    ordinary: NDArray[np.float64]
    intervention: NDArray[np.float64]
    row: OutcomeRow

    @property
    def difference(self) -> NDArray[np.float64]:
        """Intervention less ordinary practice by year, shape (years,)."""
        return self.intervention - self.ordinary


@dataclass(frozen=True)
class MoveFacts:
    """One transition in one year since entry: yearly probabilities of both arms; `rest` is what is left of a row."""

    start: str
    end: str
    ordinary: float
    intervention: float
    rest: bool

    @property
    def changed(self) -> bool:
        """Whether the intervention changes it."""
        return abs(self.intervention - self.ordinary) > _NOTHING


@dataclass(frozen=True)
class PathwayFacts:
    """A pathway of an appraisal."""

    facts: ChartFacts
    pathway: Pathway

    @cached_property
    def states(self) -> tuple[StateFacts, ...]:
        """The states in the order of the case, the dead last where the life table leads there."""
        appraisal, id = self.facts.appraisal, self.pathway.id
        courses = appraisal.occupancy(id)
        return tuple(
            StateFacts(
                state,
                self.name_of(state),
                np.asarray(course.ordinary),
                np.asarray(course.intervention),
                appraisal.outcome(f"{id}.{state}"),
            )
            for state, course in courses.items()
        )

    def name_of(self, state: str) -> str:
        """Return what a state is called in the charts."""
        return shortened(state_name(self.facts.words, state), _LONGEST_NAME)

    @cached_property
    def present(self) -> NDArray[np.float64]:
        """Participants who have begun, the dead among them, by year, shape (years,)."""
        return np.sum([state.ordinary for state in self.states], axis=0)

    @property
    def largest_gap(self) -> tuple[StateFacts, int] | None:
        """The state and the year with the largest difference between the arms; None where there is none."""
        best, found = _NOTHING * float(self.present.max(initial=0.0)), None
        for state in self.states:
            at = int(np.argmax(np.abs(state.difference)))
            size = abs(float(state.difference[at]))
            # Of two that mirror each other, the one with more in it is named.
            if size > best * (1 + _NOTHING) or (found is None and size > best):
                best, found = size, (state, at)
            elif found is not None and size >= best * (1 - _NOTHING) and found[0].difference[found[1]] < 0:
                if state.difference[at] > 0:
                    found = (state, at)
        return found

    @property
    def most_changed(self) -> StateFacts | None:
        """The state whose person-years change most over the longest horizon; None where none change."""
        limit = _NOTHING * float(self.present.sum())
        changed = [state for state in self.states if abs(state.row.difference) > limit]
        if not changed:
            return None
        # Of two that mirror each other, the one with more in it is named.
        return max(changed, key=lambda state: (round(abs(state.row.difference) / limit), state.row.difference))

    @property
    def mortal(self) -> bool:
        """Whether the life table leads to the state of the dead."""
        return self.states[-1].state == DEAD and DEAD not in self.pathway.states

    def people(self, number: float) -> str:
        """Write how many people or years a difference is, without its sign."""
        size = abs(number)
        return written(size, self.facts.lang, 0 if size >= _WHOLE else 1) if size >= 1 else level(size, self.facts.lang)

    def title(self, key: str, **params: object) -> str:
        """Return a title, or the short form that is true of any result where it would be too long."""
        return self.title_or(self.facts.words.t(key, **params), self.facts.short_title)

    def title_or(self, text: str, short: str) -> str:
        """Return a title, or another one where it would be too long."""
        return text if len(text) <= MOST_TITLE else short


def pathways_of(facts: ChartFacts) -> tuple[PathwayFacts, ...]:
    """Return the pathways of an appraisal in the order of the case."""
    return tuple(PathwayFacts(facts, pathway) for pathway in facts.appraisal.case.pathways)
