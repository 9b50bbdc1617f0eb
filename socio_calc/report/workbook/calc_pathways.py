"""Pathways: both arms' transitions and occupancy by year since entry, and the difference by year (METHOD §6).

Everyone's risk of death comes before the transitions and is the same in every state. The courses are therefore followed
as if nobody died by the life table, and the living of each year (§4) are spread over the states; the dead are the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from socio_calc.case.pathways import DEAD, PathwayConsequence
from socio_calc.report.state_names import state_name
from socio_calc.report.workbook.calc_consequences import Source
from socio_calc.report.workbook.calc_course import adjusted, strength
from socio_calc.report.workbook.calc_transitions import Arm, arms, follow
from socio_calc.report.workbook.calculation import Calculation, Participants, Present
from socio_calc.report.workbook.cells import InputCells, PathwayCells
from socio_calc.report.workbook.formula import Live, literal, sum_of
from socio_calc.report.workbook.grid import Row


@dataclass(frozen=True, slots=True)
class PathwayRows:
    """A pathway by year: person-years in each state in both arms, and the difference.

    `sources` are what its consequences follow from, in their order; `outside` counts probabilities outside their domain
    and rows above 1.
    """

    cells: PathwayCells
    ordinary: Mapping[str, Row]
    intervention: Mapping[str, Row]
    difference: Mapping[str, Row]
    sources: tuple[Source, ...]
    outside: Live


def pathway_rows(sheet: Calculation, inputs: InputCells, cells: PathwayCells, people: Participants) -> PathwayRows:
    """Write a pathway up to the differences by year of its states and of the entries that something follows from."""
    key = "workbook.pathway-detail-alive" if cells.alive else "workbook.pathway-detail"
    sheet.item(cells.item.name, sheet.words.t(key, n=len(cells.item.states)))
    weights = adjustment = None
    if cells.course is not None:
        weights = strength(sheet, cells.course)
        adjustment = adjusted(sheet, inputs, cells.course)
    moves = arms(sheet, cells, weights)
    ordinary = follow(sheet, cells, moves.ordinary, "ordinary")
    intervention = ordinary
    if moves.intervention is not moves.ordinary:
        intervention = follow(sheet, cells, moves.intervention, "intervention")
    years = _Years(sheet, cells, inputs.timing, adjustment, ordinary, intervention)
    before = {
        state: sheet.by_year("state-ordinary", years.ordinary(people, state), "amount", state_name(sheet.words, state))
        for state in years.states
    }
    change = {
        state: sheet.by_year("state-difference", years.difference(people.present, state), "amount", _name(sheet, state))
        for state in years.states
    }
    after = {}
    for state in years.states:
        rows = zip(before[state].cells, change[state].cells, strict=True)
        arm = [ordinarily + changed for ordinarily, changed in rows]
        after[state] = sheet.by_year("state-intervention", arm, "amount", _name(sheet, state))
    sources = _Sources(sheet, cells, people, years, change)
    return PathwayRows(
        cells, before, after, change, tuple(sources.of(item) for item in cells.item.consequences), moves.outside
    )


def _name(sheet: Calculation, state: str) -> str:
    return state_name(sheet.words, state)


class _Years:
    """Formulas of person-years and entries by year, from both arms among the living and the participants present."""

    def __init__(
        self,
        sheet: Calculation,
        cells: PathwayCells,
        timing: Live,
        adjustment: Live | None,
        ordinary: Arm,
        intervention: Arm,
    ) -> None:
        self.sheet, self.cells, self.timing, self.adjustment = sheet, cells, timing, adjustment
        self.arms = (ordinary, intervention)
        declared = cells.item.states
        self.states = (*declared, DEAD) if cells.alive and DEAD not in declared else declared
        self.living = tuple(state for state in self.states if not (cells.alive and state == DEAD))

    def ordinary(self, people: Participants, state: str) -> Callable[[int], Live]:
        """Return person-years under ordinary practice; the dead are those who are not among the living."""
        arm = self.arms[0]
        present = people.present[self.cells.alive]
        if state in self.living:
            return lambda t: self._over_year(arm.first[state].whole, arm.last[state].whole, present, t)
        living = self.living

        def dead(t: int) -> Live:
            left = sum_of(people.entered[t])
            for other in living:
                left = left - self._over_year(arm.first[other].whole, arm.last[other].whole, present, t)
            return left

        return dead

    def difference(self, people: Mapping[bool, Present], state: str) -> Callable[[int], Live]:
        """Return the difference of person-years, adjusted, for participants or for them by weight.

        The dead are 1 − S·(1 − ρ), ρ being their share without the life table: the arms differ by S times that of ρ.
        """
        present = people[self.cells.alive]
        if state not in self.arms[0].first:
            return lambda _: literal(0)
        first, last = self._gaps(state)
        return lambda t: self._adjusted(self._over_year(first, last, present, t))

    def entries(self, people: Mapping[bool, Present], state: str) -> Callable[[int], Live]:
        """Return the difference of entries into a state, adjusted; only those who live through the year move."""
        present = people[self.cells.alive]
        if state in self.living:
            before, after = (arm.entries(self.sheet, state).whole for arm in self.arms)
            return lambda t: self._adjusted(sum_of((after - before) * present.last[t]))
        if state not in self.arms[0].first:
            return lambda _: literal(0)
        first, last = self._gaps(state)
        return lambda t: self._adjusted(sum_of(last * present.last[t]) - sum_of(first * present.first[t]))

    def _gaps(self, state: str) -> tuple[Live, Live]:
        """Return what the arms differ by among the living, at the beginning and at the end of each year."""
        before, after = self.arms
        return after.first[state].whole - before.first[state].whole, after.last[state].whole - before.last[state].whole

    def _over_year(self, first: Live, last: Live, present: Present, t: int) -> Live:
        """Return what of a year counts: its beginning, its end, or a part of each, as amounts are timed."""
        return (1 - self.timing) * sum_of(first * present.first[t]) + self.timing * sum_of(last * present.last[t])

    def _adjusted(self, change: Live) -> Live:
        return change if self.adjustment is None else self.adjustment * change


class _Sources:
    """What the consequences follow from; rows of entries are written once for each state."""

    def __init__(
        self, sheet: Calculation, cells: PathwayCells, people: Participants, years: _Years, change: Mapping[str, Row]
    ) -> None:
        self.sheet, self.cells, self.people, self.years, self.change = sheet, cells, people, years, change
        self._rows: dict[tuple[str, str], tuple[Row, Row | None]] = {}

    def of(self, item: PathwayConsequence) -> Source:
        """Return the source of one consequence."""
        key = (item.state, item.per)
        if key not in self._rows:
            self._rows[key] = self._written(*key)
        difference, weighted = self._rows[key]
        name, course = self.cells.item.name, self.cells.course
        about = self.sheet.words.t("workbook.pathway-state", pathway=name, state=_name(self.sheet, item.state))
        return Source(name, about, difference, weighted, None if course is None else course.displacement)

    def _written(self, state: str, per: str) -> tuple[Row, Row | None]:
        sheet, people, name = self.sheet, self.people, _name(self.sheet, state)
        count = self.years.entries if per == "entry" else self.years.difference
        difference = self.change[state]
        if per == "entry":
            difference = sheet.by_year("entries-difference", count(people.present, state), "amount", name)
        weighted = None
        if people.weighted_present:
            weighted = sheet.by_year("weighted-year", count(people.weighted_present, state), "amount", name)
        return difference, weighted
