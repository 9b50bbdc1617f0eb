"""Life courses through states, both arms, year by year since entry (METHOD §6)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.plain.effects import into_domain, level_under_intervention, strength
from tests.plain.quantities import Quantities, number

DEAD = "dead"
#: A row whose shares were written to sum to 1 may do so only to rounding.
ROUNDING = 1e-12

#: Probability of each transition that is not the remainder: (from, to) -> P.
Cells = Mapping[tuple[str, str], float]


@dataclass(frozen=True)
class Model:
    """A pathway before mortality: the transitions of each year since entry in both arms."""

    states: list[str]
    start: dict[str, float]
    ordinary: list[Cells]
    intervention: list[Cells]
    rest: dict[str, str]  # states that have a row -> where the row's remainder goes
    adjustment: float  # κ·(1−D)·A·E
    clipped: bool
    scaled: bool


@dataclass(frozen=True)
class Course:
    """One arm of one participant: π(a) for a = 0 … years, and the entries into each state in years 0 … years − 1."""

    occupancy: list[dict[str, float]]
    entries: list[dict[str, float]]

    def person_years(self, state: str, a: int, timing: str) -> float:
        """Return the part of the year a since entry that counts as spent in a state."""
        first, last = self.occupancy[a][state], self.occupancy[a + 1][state]
        return {"start": first, "mid": (first + last) / 2, "end": last}[timing]


def read_model(node: Mapping[str, Any], quantities: Quantities, years: int, central: bool) -> Model:
    """Return a pathway's transitions in one draw.

    In the base case (`central`) a probability outside 0 … 1 and a row above 1 are errors (ValueError).
    """
    path = f"pathways.{node['id']}"
    states = [str(state) for state in node["states"]]
    written = node.get("transitions") or {}
    rest = {state: _rest(state, row) for state, row in written.items()}
    effects = node.get("effects") or []
    weights = strength(node, path, quantities, years) if effects else [0.0] * years

    ordinary: list[Cells] = []
    intervention: list[Cells] = []
    clipped = scaled = False
    for a in range(years):
        raw = {
            (state, to): p
            for state, row in written.items()
            for to, p in _row(row, f"{path}.transitions.{state}", state, quantities, a).items()
        }
        cells = {cell: into_domain("probability", p) for cell, p in raw.items()}
        clipped = clipped or cells != raw
        cells, above = _at_most_one(cells)
        scaled = scaled or above
        ordinary.append(cells)

        changed = dict(cells)
        for k, effect in enumerate(effects):
            cell = (effect["from"], effect["to"])
            size = quantities.value(effect["value"], f"{path}.effects.{k}.value", effect["measure"])
            full = level_under_intervention("probability", effect["measure"], cells[cell], size, None)
            inside = into_domain("probability", full)
            # Where the effect has no strength its level is never used, so nothing there needs clipping.
            clipped = clipped or (inside != full and weights[a] != 0)
            # A table may make an effect stronger than it is stated.
            reached = cells[cell] + (inside - cells[cell]) * weights[a]
            changed[cell] = into_domain("probability", reached)
            clipped = clipped or abs(changed[cell] - reached) > ROUNDING
        changed, above = _at_most_one(changed)
        scaled = scaled or above
        intervention.append(changed)
    if central and (clipped or scaled):
        raise ValueError(f"{path}: a probability outside its domain or a row above 1")

    adjustment = (
        (1 - quantities.optional(node, "deadweight", path, 0))
        * quantities.optional(node, "attribution", path, 1)
        * quantities.optional(node, "evidence_adjustment", path, 1)
    )
    if node.get("effect_on") == "completers" and quantities.case.get("completion") is not None:
        adjustment *= quantities.value(quantities.case["completion"], "completion")
    start = {state: number(node["start"].get(state, 0)) for state in states}
    return Model(states, start, ordinary, intervention, rest, adjustment, clipped, scaled)


def follow(model: Model, cells_by_year: list[Cells], deaths: list[float] | None) -> Course:
    """Return one arm: everyone's course with the given transitions and yearly risks of death (None: not asked for)."""
    states = [*model.states, DEAD] if deaths is not None and DEAD not in model.states else model.states
    now = {state: model.start.get(state, 0.0) for state in states}
    occupancy, entries = [now], []
    for a, cells in enumerate(cells_by_year):
        following = dict.fromkeys(states, 0.0)
        entered = dict.fromkeys(states, 0.0)
        for state in states:
            for to, p in _moves(state, cells, model.rest, None if deaths is None else deaths[a]).items():
                following[to] += now[state] * p
                if to != state:
                    entered[to] += now[state] * p
        now = following
        occupancy.append(now)
        entries.append(entered)
    return Course(occupancy, entries)


def yearly_deaths(alive: list[float]) -> list[float]:
    """Return q(a) = 1 − S(a+1)/S(a), and 1 where nobody is left.

    >>> yearly_deaths([1.0, 0.75, 0.0, 0.0])
    [0.25, 1.0, 1.0]
    """
    return [1.0 if alive[a] == 0 else 1 - alive[a + 1] / alive[a] for a in range(len(alive) - 1)]


def _moves(state: str, cells: Cells, rest: Mapping[str, str], death: float | None) -> dict[str, float]:
    """Return where the people of one state are a year later; deaths come before the other transitions."""
    if death is not None and state == DEAD:
        return {DEAD: 1.0}
    moves: dict[str, float] = {}
    if state in rest:
        for (r, to), p in cells.items():
            if r == state:
                moves[to] = p
        moves[rest[state]] = moves.get(rest[state], 0.0) + max(0.0, 1 - sum(moves.values()))
    else:
        moves[state] = 1.0
    if death is not None:
        moves = {to: (1 - death) * p for to, p in moves.items()}
        moves[DEAD] = moves.get(DEAD, 0.0) + death
    return moves


def _rest(state: str, row: Mapping[str, Any]) -> str:
    if "counts" in row:
        return str(row.get("rest") or state)
    return str(row["rest"])


def _row(row: Mapping[str, Any], path: str, state: str, quantities: Quantities, a: int) -> dict[str, float]:
    """Return the probabilities of one row in year a since entry, the remainder apart."""
    if "counts" in row:
        # A Dirichlet: each cell a gamma of its count, and the share of each in their sum; the counts are the means.
        cells = {to: quantities.value(n, f"{path}.counts.{to}") for to, n in row["counts"].items()}
        total = sum(cells.values())
        return {to: x / total for to, x in cells.items() if to != _rest(state, row)}
    found = {}
    for to, written in row.items():
        if to == "rest":
            continue
        one, where = written, f"{path}.{to}"
        if isinstance(written, list):
            at = min(a, len(written) - 1)
            one, where = written[at], f"{where}.{at}"
        if isinstance(one, Mapping) and "rate" in one:
            found[to] = 1 - math.exp(-quantities.value(one["rate"], f"{where}.rate"))
        else:
            found[to] = quantities.value(one, where)
    return found


def _at_most_one(cells: Cells) -> tuple[dict[tuple[str, str], float], bool]:
    """Return the cells with every row above 1 scaled to 1, and whether there was such a row."""
    sums: dict[str, float] = {}
    for (state, _), p in cells.items():
        sums[state] = sums.get(state, 0.0) + p
    above = any(total > 1 + ROUNDING for total in sums.values())
    return {(state, to): p / max(1.0, sums[state]) for (state, to), p in cells.items()}, above
