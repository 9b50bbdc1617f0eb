"""Pathways as tables: who is where in both arms, and the probabilities that move them (METHOD §6)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from socio_calc.appraisal.result import OccupancyRow, StateYearRow, TransitionProbability
from socio_calc.engine.pathways import Followed
from socio_calc.engine.plan import PathwayPlan, Plan
from socio_calc.engine.simulate import Simulation
from socio_calc.engine.transitions import ROUNDING, Moves, Transitions
from socio_calc.engine.values import FactorValues
from socio_calc.engine.yearly import BaseFlows, base_values

FloatArray = NDArray[np.float64]

#: Points of each replicate whose occupancy is kept for percentiles.
OCCUPANCY_POINTS = 256
ARMS: tuple[Literal["ordinary", "intervention"], ...] = ("ordinary", "intervention")


def occupancy_rows(simulation: Simulation) -> Iterator[OccupancyRow]:
    """Yield the share in every state, arm and year since entry 0 … years; percentiles of 2,048 draws at most."""
    plan = simulation.plan
    if not plan.pathways:
        return
    base = base_values(plan)
    drawn = [FactorValues(plan, block.x[:, :OCCUPANCY_POINTS]) for block in simulation.yearly()]
    for index, pathway in enumerate(plan.pathways):
        central = _occupancy(plan, base, index)
        sampled = [_occupancy(plan, values, index) for values in drawn]
        for arm, name in enumerate(ARMS):
            for at, state in enumerate(pathway.states):
                draws = np.concatenate([np.atleast_2d(part[arm][:, at]) for part in sampled], axis=-1)
                low, high = np.percentile(draws, (5.0, 95.0), axis=1)
                mean = draws.mean(axis=1)
                for year in range(plan.years + 1):
                    yield OccupancyRow(
                        pathway.id,
                        state,
                        name,
                        year,
                        float(central[arm][year, at, 0]),
                        float(mean[year]),
                        float(low[year]),
                        float(high[year]),
                    )


def _occupancy(plan: Plan, values: FactorValues, index: int) -> tuple[FloatArray, FloatArray]:
    """Return both arms of a pathway, all cohorts together, shape (years + 1, states, draws) each."""
    pathway, trace = plan.pathways[index], values.trace(index, both=True)
    if trace.ordinary is None:
        raise AssertionError("both arms were asked for")
    alive = _alive(plan, values, pathway)
    ordinary = _with_deaths(pathway, trace.ordinary, alive, whole=True)
    added = _with_deaths(pathway, trace.difference, alive, whole=False)
    return ordinary, ordinary + added * values.product(pathway.adjustment)


def _alive(plan: Plan, values: FactorValues, pathway: PathwayPlan) -> FloatArray:
    """Return the mean of S(a) over the cohorts, each weighed by its number, shape (years + 1, 1, draws)."""
    if not pathway.alive:
        return np.ones((plan.years + 1, 1, values.draws))
    numbers = np.array([values.product(cohort.number) for cohort in plan.cohorts])
    total = numbers.sum(axis=0)
    shares = np.divide(numbers, total, out=np.full_like(numbers, 1.0 / len(numbers)), where=total > 0)
    curves = np.array([cohort.alive for cohort in plan.cohorts])
    return np.asarray((curves.T @ shares)[:, None, :])


def _with_deaths(pathway: PathwayPlan, followed: Followed, alive: FloatArray, *, whole: bool) -> FloatArray:
    """Return occupancy with mortality: the living S times as many, and all others in `dead` (of a whole arm)."""
    shares = followed.occupancy * alive
    if pathway.dead is not None and whole:
        shares[:, pathway.dead] += 1.0 - alive[:, 0]
    return shares


def state_year_rows(plan: Plan, flows: BaseFlows) -> Iterator[StateYearRow]:
    """Yield the base case's person-years in every state and year of the calculation."""
    for at, state in enumerate(plan.states):
        for year in range(plan.years):
            ordinary = float(flows.ordinary_states[at, year])
            added = float(flows.difference_states[at, year])
            yield StateYearRow(state.pathway, state.state, year, ordinary, ordinary + added)


def transition_rows(plan: Plan) -> Iterator[TransitionProbability]:
    """Yield the base case's transitions in both arms; a new set from each year in which a list has another entry."""
    values = base_values(plan)
    for pathway in plan.pathways:
        full = None if pathway.shape is None else np.ones((plan.years, 1))
        transitions = Transitions(pathway, values.product, full)
        written = {(move.source, move.target) for move in pathway.transitions}
        for year in range(min(pathway.years_listed, plan.years)):
            ordinary = _probabilities(transitions.ordinary(year))
            changed = transitions.intervention(year)
            intervention = ordinary if changed is None else _probabilities(changed)
            for source, target in sorted(ordinary.keys() | intervention.keys() | written):
                yield TransitionProbability(
                    pathway.id,
                    pathway.states[source],
                    pathway.states[target],
                    year,
                    ordinary.get((source, target), 0.0),
                    intervention.get((source, target), 0.0),
                    (source, target) in written,
                )


def _probabilities(moves: Moves) -> dict[tuple[int, int], float]:
    found = {(state, state): float(probability[0]) for state, probability in moves.stay.items()}
    for move in moves.moves:
        for one in move.one_by_one():
            link = one.source, one.target
            found[link] = found.get(link, 0.0) + float(one.probability[0])
    # What is left of a row that sums to 1 may be rounding.
    return {link: probability for link, probability in found.items() if probability > ROUNDING}
