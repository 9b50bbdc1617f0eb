"""Transitions of both arms by year since entry, and the courses that follow from them (METHOD §6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from socio_calc.report.state_names import state_name
from socio_calc.report.workbook.calc_course import under_intervention
from socio_calc.report.workbook.calculation import Calculation
from socio_calc.report.workbook.cells import PathwayCells
from socio_calc.report.workbook.formula import Live, absolute, added, largest, literal, smallest, sum_of
from socio_calc.report.workbook.grid import Row

#: A probability that is this much outside what is possible has been limited; less is rounding.
_ROUNDING = 1e-9

#: (from, to) -> yearly probability by year since entry.
_Moves = Mapping[tuple[str, str], Row]


@dataclass(frozen=True, slots=True)
class Moves:
    """Transitions of both arms, remainders among them; the same object twice where nothing is changed."""

    ordinary: _Moves
    intervention: _Moves
    outside: Live


@dataclass
class Arm:
    """Shares of the living in each state at the beginning and at the end of each year since entry."""

    name: str
    first: Mapping[str, Row]
    last: Mapping[str, Row]
    moves: _Moves
    _entries: dict[str, Row] = field(default_factory=dict)

    def entries(self, sheet: Calculation, state: str) -> Row:
        """Write, once, the share of the living that comes into a state from another one."""
        if state not in self._entries:
            coming = [(self.first[start], row) for (start, end), row in self.moves.items() if end == state != start]

            def at(a: int) -> Live:
                parts = [held.cells[a] * row.cells[a] for held, row in coming]
                return added(parts)

            self._entries[state] = sheet.by_year(f"entries-{self.name}", at, "level", state_name(sheet.words, state))
        return self._entries[state]


def arms(sheet: Calculation, cells: PathwayCells, weights: Row | None) -> Moves:
    """Write the transitions under ordinary practice and under the intervention, `weights` being the strength by year.

    Probabilities are limited to 0 … 1, and rows above 1 scaled to 1; `outside` counts where that was needed.
    """
    outside: list[Live] = []
    ordinary: dict[tuple[str, str], Row] = {}
    changed: dict[tuple[str, str], Row] = {}
    effects = {
        (effect.from_, effect.to): (effect.measure, value)
        for effect, value in zip(cells.item.effects, cells.effects, strict=True)
    }
    for move in cells.moves:
        pairs = [(move.state, to) for to in move.to]
        raw = {
            pair: sheet.by_year("transition-raw", _written(move.to[pair[1]]), "level", _arrow(sheet, pair))
            for pair in pairs
        }
        kept = _within_one(sheet, raw, "transition", outside)
        rest = (move.state, move.rest)
        ordinary |= kept
        _add_remainder(sheet, ordinary, rest, kept, "transition-rest")
        if weights is None or not any(pair in effects for pair in pairs):
            changed |= {pair: ordinary[pair] for pair in (*kept, rest)}
            continue
        full = {}
        for pair in pairs:
            if pair not in effects:
                full[pair] = kept[pair]
                continue
            measure, value = effects[pair]
            formula = under_intervention(sheet, measure, value, None, kept[pair])
            at_full = sheet.by_year("transition-full", formula, "level", _arrow(sheet, pair))
            full[pair] = sheet.by_year(
                "transition-strength", _weakened(kept[pair], at_full, weights), "level", _arrow(sheet, pair)
            )
            outside.append(_limited(at_full.whole, weights))
        reached = _within_one(sheet, full, "transition-changed", outside, limited=True)
        changed |= reached
        _add_remainder(sheet, changed, rest, reached, "transition-changed-rest")
    count = sheet.scalar("outside", added(outside), "integer")
    return Moves(ordinary, changed if weights is not None else ordinary, count)


def follow(sheet: Calculation, cells: PathwayCells, moves: _Moves, name: str) -> Arm:
    """Write the shares of the living in each state, at the beginning and at the end of each year since entry."""
    states = cells.item.states
    size = len(states)
    keys = [f"occupancy-{name}", f"occupancy-{name}-end"]
    labels = [(key, state_name(sheet.words, state)) for key in keys for state in states]
    leaving = {start for start, _ in moves}

    def share(number: int, a: int, written: list[list[Live]]) -> Live:
        state = states[number % size]
        if number < size:
            return cells.start.get(state, literal(0)) if a == 0 else written[size + number][a - 1]
        parts = [written[states.index(start)][a] * row.cells[a] for (start, end), row in moves.items() if end == state]
        if state not in leaving:
            parts.append(written[number - size][a])
        return added(parts)

    rows = sheet.together(labels, share, "level")
    return Arm(name, dict(zip(states, rows[:size], strict=True)), dict(zip(states, rows[size:], strict=True)), moves)


def _written(cells: tuple[Live, ...]) -> Callable[[int], Live]:
    return lambda a: cells[min(a, len(cells) - 1)]


def _weakened(ordinary: Row, full: Row, weights: Row) -> Callable[[int], Live]:
    def at(a: int) -> Live:
        possible = smallest(1, largest(0, full.cells[a]))
        return ordinary.cells[a] + (possible - ordinary.cells[a]) * weights.cells[a]

    return at


def _limited(full: Live, weights: Row) -> Live:
    """Return in how many years an effect would lead outside what is possible."""
    below, above = full < -_ROUNDING, full > 1 + _ROUNDING
    return sum_of((below + above) * (weights.whole > 0))


def _within_one(
    sheet: Calculation, raw: Mapping[tuple[str, str], Row], key: str, outside: list[Live], *, limited: bool = False
) -> dict[tuple[str, str], Row]:
    """Write probabilities of one row limited to 0 … 1, and together to 1."""

    def possible(pair: tuple[str, str], a: int) -> Live:
        cell = raw[pair].cells[a]
        return cell if limited else smallest(1, largest(0, cell))

    total = None
    if len(raw) > 1:
        state = next(iter(raw))[0]
        total = sheet.by_year(
            f"{key}-sum",
            lambda a: added([possible(pair, a) for pair in raw]),
            "level",
            state_name(sheet.words, state),
        )
    found = {}
    for pair, row in raw.items():

        def at(a: int, pair: tuple[str, str] = pair) -> Live:
            cell = possible(pair, a)
            return cell if total is None else cell / largest(1, total.cells[a])

        found[pair] = sheet.by_year(key, at, "level", _arrow(sheet, pair))
        outside.append(sum_of(1 * (absolute(row.whole - found[pair].whole) > _ROUNDING)))
    return found


def _add_remainder(
    sheet: Calculation,
    moves: dict[tuple[str, str], Row],
    rest: tuple[str, str],
    row: Mapping[tuple[str, str], Row],
    key: str,
) -> None:
    """Write what is left of a row, which goes to its rest state."""

    def left(a: int) -> Live:
        share: Live = literal(1)
        for cells in row.values():
            share = share - cells.cells[a]
        return share

    moves[rest] = sheet.by_year(key, left, "level", _arrow(sheet, rest))


def _arrow(sheet: Calculation, pair: tuple[str, str]) -> str:
    start, end = (state_name(sheet.words, state) for state in pair)
    return sheet.words.t("workbook.move", start=start, end=end)
