"""From chunks of present values to one summary for every row of the result."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from socio_calc.appraisal.measures import TOLERANCE, VIEWS, DrawFigures, Figure, Key
from socio_calc.appraisal.summaries import Series, Summary, of_constant, of_values
from socio_calc.engine.ledger import PERSPECTIVES, PUBLIC
from socio_calc.engine.program import EFFECT_PARTS, PUBLIC_FUNDS, Account
from socio_calc.engine.sampling import REPLICATES
from socio_calc.engine.simulate import Chunk, Simulation

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Scale:
    """How large the entries of a row are in the base case: amounts far below count as 0 in a draw, too."""

    net: float
    cost: float
    effects: float


def scales(figures: DrawFigures) -> dict[tuple[str, str, int], Scale]:
    """Return the tolerance of each view, perspective and horizon, from the base case's gross entries."""
    cost = figures.lines_of("all") & (np.array([line.part for line in figures.lines], dtype=object) == "cost")
    result = {}
    for view in VIEWS:
        kept = figures.lines_of(view)
        for perspective in PERSPECTIVES:
            for horizon in figures.plan.horizons:
                parts = [figures.pv(perspective, horizon, lines)[1] for lines in (kept & cost, kept & ~cost)]
                scaled = [TOLERANCE * part for part in parts]
                result[view, perspective, horizon] = Scale(scaled[0] + scaled[1], scaled[0], scaled[1])
    return result


class ChunkStatistics:
    """Summaries of one chunk.

    Parameters
    ----------
    simulation, chunk
        Where the draws come from, and their present values.
    tolerances
        From `scales`.
    exact
        The base case: a row that is null there has no statistics.
    first
        Whether this is the first chunk, whose percentiles stand for all.
    """

    def __init__(
        self,
        simulation: Simulation,
        chunk: Chunk,
        tolerances: Mapping[tuple[str, str, int], Scale],
        exact: Mapping[Key, Figure],
        first: bool = True,
    ) -> None:
        self.plan = simulation.plan
        self.chunk = chunk
        self.draws = chunk.points * REPLICATES
        self.tolerances = tolerances
        self.first = first
        self.exists = {key for key, figure in exact.items() if figure.value is not None}
        self.places = {account: row for row, account in enumerate(chunk.accounts)}
        self.constants = simulation.program.constants()

    def items(self, workers: int = 1) -> Iterator[tuple[Key, Summary]]:
        """Yield a summary for each row that present values alone decide; each horizon on its own, to spare memory."""
        places = range(len(self.plan.horizons))
        if workers <= 1 or len(places) == 1:
            for place in places:
                yield from HorizonStatistics(self, place).items()
            return
        with ThreadPoolExecutor(workers) as pool:
            for rows in pool.map(lambda place: list(HorizonStatistics(self, place).items()), places):
                yield from rows

    def net(self, perspective: str, horizon: int) -> FloatArray:
        """Return the NPV of each draw, shape (draws,)."""
        return HorizonStatistics(self, self.plan.horizons.index(horizon)).net(perspective)


class HorizonStatistics:
    """The rows of one horizon; series that several rows share are sorted once."""

    def __init__(self, of: ChunkStatistics, place: int) -> None:
        self._of = of
        self._place = place
        self._horizon = of.plan.horizons[place]
        self._series: dict[tuple[int, ...], Series] = {}
        self._summaries: dict[tuple[tuple[int, ...], float, float, float | None], Summary] = {}

    def items(self) -> Iterator[tuple[Key, Summary]]:
        """Yield a summary for each row that exists in the base case."""
        for view in VIEWS:
            for perspective in PERSPECTIVES:
                for measure, summary in self._row(view, perspective, self._horizon):
                    yield (view, perspective, self._horizon, measure), summary

    def net(self, perspective: str) -> FloatArray:
        """Return the NPV of each draw, shape (draws,)."""
        return self._whole(self._accounts("all", perspective, "cost", *EFFECT_PARTS))

    # -- rows -----------------------------------------------------------------------------------------------------

    def _row(self, view: str, perspective: str, horizon: int) -> Iterator[tuple[str, Summary]]:
        """Yield the measures of one view, perspective and horizon that exist in the base case."""
        size = self._of.tolerances[view, perspective, horizon]
        costs = self._accounts(view, perspective, "cost")
        effects = self._accounts(view, perspective, *EFFECT_PARTS)
        both = costs + effects
        cash = tuple(("cash", actor) for actor in PUBLIC if actor in PERSPECTIVES[perspective])
        ways: dict[str, Callable[[], Summary]] = {
            "npv": lambda: self._linear(both, limit=size.net),
            "pv_costs": lambda: self._linear(costs, scale=-1.0),
            "pv_effects": lambda: self._linear(effects),
            "npv_cash": lambda: self._linear(both + cash),
            "bcr": lambda: self._ratio(effects, costs, size, inverse=False),
            "break_even_effect": lambda: self._ratio(effects, costs, size, inverse=True),
            "qalys": lambda: self._linear((("qaly", "individ"),)),
            "qalys_undiscounted": lambda: self._linear((("qaly_undiscounted", "individ"),)),
            "npv_weighted": lambda: self._linear((*both, ("weights", "individ"))),
            "mvpf": lambda: self._mvpf(both, size),
            "npv_per_grant_krona": lambda: self._per_grant(both, size),
        }
        for measure, way in ways.items():
            if (view, perspective, horizon, measure) in self._of.exists:
                yield measure, way()

    def _mvpf(self, everything: tuple[Account, ...], size: Scale) -> Summary:
        plain = [account for account in everything if account[1] != PUBLIC_FUNDS]
        outside = self._whole(tuple(account for account in plain if account[1] not in PUBLIC))
        public = -self._whole(tuple(account for account in plain if account[1] in PUBLIC))
        return _quotient(outside, public, (outside > size.net) & (public > size.net))

    def _per_grant(self, everything: tuple[Account, ...], size: Scale) -> Summary:
        grant = self._whole((("grant", "societal"),))
        return _quotient(self._whole(everything), grant, grant > size.cost)

    def _linear(self, accounts: tuple[Account, ...], scale: float = 1.0, limit: float | None = None) -> Summary:
        moving, fixed = self._split(accounts)
        if not moving:
            return of_constant(scale * fixed + 0.0, self._of.draws, 0.0 if limit is None else limit)
        key = (moving, fixed, scale, limit)
        if key not in self._summaries:  # perspectives and views that add up the same accounts share it
            self._summaries[key] = self._sorted(moving).summary(fixed, scale, limit)
        return self._summaries[key]

    def _ratio(self, effects: tuple[Account, ...], costs: tuple[Account, ...], size: Scale, inverse: bool) -> Summary:
        """Summarise B/C, or C/B where both are positive; one sort of B serves when the cost is certain."""
        moving_cost, fixed_cost = self._split(costs)
        moving, fixed = self._split(effects)
        if not moving_cost and moving and -fixed_cost > size.cost and not inverse:
            cost = -fixed_cost
            summary = self._sorted(moving).summary(fixed, 1.0 / cost, limit=1.0)
            sums = (summary.numerator * cost, summary.denominator * cost)
            return Summary(
                summary.draws, summary.valid, summary.mean, summary.m2, *sums, summary.percentiles, summary.above
            )
        if not moving_cost and moving and -fixed_cost > size.cost:
            return self._sorted(moving).quotient_summary(-fixed_cost, fixed, size.effects)
        gain, cost_values = self._whole(effects), -self._whole(costs)
        valid = cost_values > size.cost
        if inverse:
            return _quotient(cost_values, gain, valid & (gain > size.effects))
        return _quotient(gain, cost_values, valid, limit=1.0)

    # -- sums of accounts -----------------------------------------------------------------------------------------

    @staticmethod
    def _accounts(view: str, perspective: str, *parts: str) -> tuple[Account, ...]:
        actors = PERSPECTIVES[perspective]
        names = (*actors, PUBLIC_FUNDS) if "ovriga" in actors else actors
        return tuple((part, actor) for part in parts if part not in VIEWS[view] for actor in names)

    def _split(self, accounts: tuple[Account, ...]) -> tuple[tuple[int, ...], float]:
        """Return which drawn accounts take part, and the sum of the certain ones."""
        drawn, certain = self._of.places, self._of.constants
        moving = tuple(drawn[account] for account in accounts if account in drawn)
        return moving, math.fsum(certain[account][self._place] for account in accounts if account in certain)

    def _sum(self, moving: tuple[int, ...], fixed: float = 0.0) -> FloatArray:
        values = self._of.chunk.values
        if not moving:
            return np.full(self._of.draws, fixed)
        total: FloatArray = values[moving[0], self._place] + fixed
        for row in moving[1:]:
            total += values[row, self._place]
        return total

    def _sorted(self, moving: tuple[int, ...]) -> Series:
        if moving not in self._series:
            self._series[moving] = Series(self._sum(moving), self._of.first)
        return self._series[moving]

    def _whole(self, accounts: tuple[Account, ...]) -> FloatArray:
        return self._sum(*self._split(accounts))


def _quotient(
    numerator: FloatArray, denominator: FloatArray, valid: NDArray[np.bool_], limit: float = np.inf
) -> Summary:
    values = np.divide(numerator, denominator, out=np.zeros_like(numerator), where=valid)
    parts = [part.reshape(REPLICATES, -1).sum(axis=1) for part in (numerator, denominator)]
    return of_values(values, None if valid.all() else valid, (parts[0], parts[1]), limit)
