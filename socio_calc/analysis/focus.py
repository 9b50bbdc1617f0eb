"""What every analysis asks about: the net present value of one perspective at one horizon, as a function of the draws.

All analyses work on the plan of an `Appraisal` and on its own draws. A perspective at a horizon is compiled once; after
that a thousand calculations cost about a millisecond, so that an analysis may simply ask for as many as it wants.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from socio_calc.analysis.scenario_cases import scenario_cases
from socio_calc.appraisal import Appraisal
from socio_calc.appraisal.measures import TOLERANCE, DrawFigures
from socio_calc.case import Case
from socio_calc.engine.discounting import horizon_weights
from socio_calc.engine.ledger import PERSPECTIVES
from socio_calc.engine.plan import Plan
from socio_calc.engine.program import EFFECT_PARTS, PUBLIC_FUNDS, Program, Rows
from socio_calc.engine.sampling import BLOCK, REPLICATES, Block
from socio_calc.engine.simulate import Simulation, pieces
from socio_calc.engine.terms import FloatArray
from socio_calc.engine.threads import one_thread
from socio_calc.engine.values import FactorValues

#: The parts of the calculation that make up a net present value (METHOD §7).
NET_PARTS = ("cost", *EFFECT_PARTS)
#: Most draws that an analysis of the ordinary draws uses: beyond it nothing that is printed changes.
MOST_DRAWS = 2**14


class PresentValue:
    """Present value of what the actors of a perspective gain, as a function of the drawn quantities.

    Parameters
    ----------
    plan
        The compiled case.
    perspective
        `societal`, `public` or an actor.
    horizons
        Years; each at most the length of the calculation.
    parts
        Parts of the calculation that count; all of them give the net present value, `cost` alone −PV(C), `qaly`
        discounted QALYs.

    Raises
    ------
    ValueError
        For an unknown perspective, and a horizon that the calculation does not reach.
    """

    def __init__(
        self, plan: Plan, perspective: str, horizons: Collection[int], parts: Collection[str] = NET_PARTS
    ) -> None:
        if perspective not in PERSPECTIVES:
            raise ValueError(f"unknown perspective {perspective!r}: use {', '.join(PERSPECTIVES)}")
        if not horizons or not all(1 <= horizon <= plan.years for horizon in horizons):
            raise ValueError(f"a horizon is 1 to {plan.years} years here, got {', '.join(map(str, horizons))}")
        self.plan = plan
        rows = tuple(horizons)
        money, health, plain = (
            horizon_weights(factors, rows) for factors in (plan.discount, plan.discount_health, np.ones(plan.years))
        )
        self._program = Program(plan, Rows(money, health, plain))
        actors = set(PERSPECTIVES[perspective])
        if "ovriga" in actors:
            actors.add(PUBLIC_FUNDS)
        self._moving = [
            row for row, (part, actor) in enumerate(self._program.random) if part in parts and actor in actors
        ]
        certain = [
            values for (part, actor), values in self._program.constants().items() if part in parts and actor in actors
        ]
        self._certain = np.sum(certain, axis=0) if certain else np.zeros(len(rows))

    def by_horizon(self, x: FloatArray) -> FloatArray:
        """Return the present value at each horizon, shape (horizons, draws), for drawn quantities (columns, draws)."""
        draws = x.shape[1]
        result = np.repeat(self._certain[:, None], draws, axis=1)
        if self._moving:
            with one_thread():
                for start in range(0, draws, BLOCK):
                    for piece in pieces(self.plan, min(BLOCK, draws - start)):
                        block = slice(start + piece.start, start + piece.stop)
                        values = self._program.evaluate(FactorValues(self.plan, x[:, block]))
                        result[:, block] += values[self._moving].sum(axis=0)
        return result

    def __call__(self, x: FloatArray) -> FloatArray:
        """Return the present value at the first horizon, shape (draws,)."""
        return np.asarray(self.by_horizon(x)[0])


def ordinary_draws(simulation: Simulation, most: int = MOST_DRAWS) -> FloatArray:
    """Return the quantities of the ordinary draws, shape (columns, draws): the first points of each replicate.

    They run replicate by replicate, at most `most` of them in all.
    """
    points = min(simulation.sample.points, max(most // REPLICATES, 1))
    blocks = [
        Block(replicate, start, min(start + BLOCK, points))
        for replicate in range(REPLICATES)
        for start in range(0, points, BLOCK)
    ]
    return np.concatenate([simulation.x(block) for block in blocks], axis=1)


def first_of_replicates(draws: int, most: int) -> NDArray[np.int64]:
    """Return the indices of at most `most` of some ordinary draws, the same number from every replicate.

    >>> first_of_replicates(24, 16).tolist()
    [0, 1, 3, 4, 6, 7, 9, 10, 12, 13, 15, 16, 18, 19, 21, 22]
    """
    return np.arange(draws, dtype=np.int64).reshape(REPLICATES, -1)[:, : max(most // REPLICATES, 1)].ravel()


@dataclass(frozen=True, eq=False)
class Focus:
    """One appraisal seen from one perspective at one horizon.

    Attributes
    ----------
    appraisal
        The case and its draws.
    perspective
        `societal`, `public` or an actor.
    horizon
        Years, at most the length of the calculation.

    Raises
    ------
    ValueError
        For an unknown perspective, and a horizon that the calculation does not reach.
    """

    appraisal: Appraisal
    perspective: str
    horizon: int

    def __post_init__(self) -> None:
        _ = self.net

    @property
    def plan(self) -> Plan:
        """The compiled case."""
        return self.appraisal.plan

    @cached_property
    def net(self) -> PresentValue:
        """The net present value as a function of the quantities."""
        return PresentValue(self.appraisal.plan, self.perspective, (self.horizon,))

    @cached_property
    def base(self) -> float:
        """The net present value of the base case, SEK."""
        return self._base_and_gross[0]

    @property
    def tolerance(self) -> float:
        """Amounts up to this size count as 0 (METHOD §7)."""
        return TOLERANCE * self._base_and_gross[1]

    @cached_property
    def _base_and_gross(self) -> tuple[float, float]:
        figures = self.figures
        return figures.pv(self.perspective, self.horizon, figures.lines_of("all"))

    @property
    def figures(self) -> DrawFigures:
        """Every measure of the base case."""
        return self.appraisal.figures

    @cached_property
    def with_field(self) -> dict[tuple[str, float | str], float]:
        """Net present values of the case with one field set to another value, filled as they are computed."""
        return {}

    @cached_property
    def scenario_cases(self) -> Mapping[str, Case]:
        """The cases that the scenarios of the case describe, by name.

        Raises
        ------
        InputError
            When the values of a scenario do not fit.
        """
        return scenario_cases(self.appraisal.case)

    @cached_property
    def x(self) -> FloatArray:
        """The quantities of the ordinary draws, shape (columns, draws), at most 16,384 of them."""
        return ordinary_draws(self.appraisal.simulation)

    @cached_property
    def net_draws(self) -> FloatArray:
        """The net present value of the same draws, shape (draws,)."""
        return self.net(self.x)

    def around_central(self, count: int) -> FloatArray:
        """Return `count` copies of the central values, shape (columns, count), to be changed one by one."""
        return np.repeat(self.plan.central[:, None], count, axis=1)
