"""What only the yearly course of a draw tells: payback, internal rate, outcomes, bands (METHOD §7).

A sample of at most 8,192 draws (the first 1,024 points of each replicate) is followed year by year, and internal rates
are found for at most 2,048 of them (the first 256): the percentiles of such a sample of Sobol points lie within about
one percentage point of probability of those of all draws, and each rate costs a search of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from socio_calc.appraisal.measures import TOLERANCE, DrawFigures, Figure, Key
from socio_calc.appraisal.rates import rates_of_draws
from socio_calc.appraisal.summaries import PERCENTILES, Summary, of_values, percentile
from socio_calc.engine.closed import Valuation, valuation
from socio_calc.engine.discounting import horizon_weights
from socio_calc.engine.ledger import PERSPECTIVES
from socio_calc.engine.plan import Plan
from socio_calc.engine.program import EFFECT_PARTS, PUBLIC_FUNDS, Account, Program
from socio_calc.engine.sampling import REPLICATES
from socio_calc.engine.simulate import Simulation, YearlyBlock
from socio_calc.engine.terms import Product, Term
from socio_calc.engine.values import FactorValues
from socio_calc.engine.yearly import peaks

FloatArray = NDArray[np.float64]

#: Points of each replicate whose internal rate is found.
RATE_POINTS = 256


@dataclass(frozen=True)
class Bands:
    """Cumulative discounted net value at the end of each year; arrays of shape (years,).

    `years` are calendar years; `base` is the base case, the others percentiles over draws.
    """

    years: tuple[int, ...]
    base: FloatArray
    p5: FloatArray
    p25: FloatArray
    p50: FloatArray
    p75: FloatArray
    p95: FloatArray


@dataclass(frozen=True)
class YearlySample:
    """The sampled draws: quantities, outcomes, and what their yearly course decides.

    Attributes
    ----------
    x
        Drawn quantities, shape (columns, draws).
    summaries
        One for each row of the result that needs the yearly course.
    outcome_sums
        Undiscounted ΔO before each horizon, shape (outcomes, horizons, draws).
    state_sums
        Person-years before each horizon that the intervention adds to each state of the pathways, undiscounted, shape
        (states, horizons, draws).
    net
        Societal NPV at the longest horizon, shape (draws,).
    """

    x: FloatArray
    summaries: dict[Key, Summary]
    outcome_sums: FloatArray
    state_sums: FloatArray
    net: FloatArray


@dataclass(frozen=True)
class _Followed:
    """What one block gives: present values at each horizon, outcomes, and the course of each perspective."""

    x: FloatArray
    outcomes: FloatArray  # (outcomes, undiscounted and discounted, horizons, draws)
    states: FloatArray  # (states, horizons, draws)
    peaks: FloatArray
    net: FloatArray  # societal, (horizons, draws); so are the next two
    cost: FloatArray
    health: FloatArray
    payback: dict[str, tuple[FloatArray, NDArray[np.bool_]]]
    rated: dict[str, FloatArray]  # undiscounted net flows of the draws whose internal rate is found, (years, draws)


def yearly_sample(simulation: Simulation, figures: DrawFigures, exact: Mapping[Key, Figure]) -> YearlySample:
    """Follow the sampled draws year by year.

    Parameters
    ----------
    simulation
        Plan and draws.
    figures, exact
        The base case: its gross entries set the tolerances, and a row that is null there has no statistics.
    """
    plan = simulation.plan
    follower = _Follower(simulation, figures, exact)
    blocks = [follower.follow(block) for block in simulation.yearly()]

    def joined(part: Callable[[_Followed], FloatArray]) -> FloatArray:
        return np.concatenate([part(block) for block in blocks], axis=-1)

    # Of all blocks together: a search has the same number of steps for few draws and for many.
    flows = {leader: joined(lambda block, leader=leader: block.rated[leader]) for leader in blocks[0].rated}  # type: ignore[misc]
    rates = {
        (leader, horizon): rates_of_draws(flow[:horizon], plan.first_rate)
        for leader, flow in flows.items()
        for horizon in plan.horizons
        if ("all", leader, horizon, "irr") in follower.exists
    }
    summaries: dict[Key, Summary] = {}
    for perspective, leader in follower.leaders.items():
        for horizon in plan.horizons:
            if leader in blocks[0].payback:
                years = joined(lambda block, leader=leader: block.payback[leader][0])  # type: ignore[misc]
                valid = np.concatenate([block.payback[leader][1] for block in blocks])
                summaries["all", perspective, horizon, "payback_year"] = of_values(years, valid)
            if (leader, horizon) in rates:
                found = rates[leader, horizon]
                summaries["all", perspective, horizon, "irr"] = of_values(np.nan_to_num(found), np.isfinite(found))
    outcomes = joined(lambda block: block.outcomes)
    present = {name: joined(lambda block, name=name: getattr(block, name)) for name in ("net", "cost", "health")}  # type: ignore[misc]
    for key, summary in _per_outcome(plan, present, outcomes[:, 1], joined(lambda block: block.peaks)):
        summaries[key] = summary
    states = joined(lambda block: block.states)
    return YearlySample(joined(lambda block: block.x), summaries, outcomes[:, 0], states, present["net"][-1])


class _Follower:
    """Follows blocks of draws; equal perspectives are followed once, by the first of them (their leader)."""

    def __init__(self, simulation: Simulation, figures: DrawFigures, exact: Mapping[Key, Figure]) -> None:
        self.simulation = simulation
        self.plan = plan = simulation.plan
        self.leaders: dict[str, str] = {}
        first: dict[tuple[int, ...], str] = {}
        for perspective in PERSPECTIVES:
            signature = _signature(simulation.yearly_program, perspective)
            self.leaders[perspective] = first.setdefault(signature, perspective)
        self.exists = {key for key, figure in exact.items() if figure.value is not None}
        self._tolerance = {
            leader: TOLERANCE * figures.pv(leader, plan.years, figures.lines_of("all"))[1] for leader in first.values()
        }
        plain = horizon_weights(np.ones(plan.years), plan.horizons)
        rows = np.concatenate([plain, horizon_weights(plan.discount, plan.horizons)])
        self._outcomes = _valued(plan, (outcome.difference_terms for outcome in plan.outcomes), rows)
        self._states = _valued(plan, (state.difference_terms for state in plan.states), plain)

    def follow(self, block: YearlyBlock) -> _Followed:
        """Return what the yearly course of a block's draws decides."""
        plan, last = self.plan, np.array(self.plan.horizons) - 1
        payback, rated = {}, {}
        for leader, tolerance in self._tolerance.items():
            net = _net(self.simulation, block, leader, discounted=True)
            if ("all", leader, plan.years, "payback_year") in self.exists:
                cost = -_net(self.simulation, block, leader, True, ("cost",)).sum(axis=0)
                payback[leader] = _payback_of_draws(net, cost > tolerance)
            if any(("all", leader, horizon, "irr") in self.exists for horizon in plan.horizons):
                rated[leader] = _net(self.simulation, block, leader)[:, :RATE_POINTS]

        def at_horizons(parts: tuple[str, ...]) -> FloatArray:
            return np.asarray(np.cumsum(_net(self.simulation, block, "societal", True, parts), axis=0)[last])

        return _Followed(
            block.x,
            _sums(self._outcomes, block.values, 2 * len(last)).reshape(-1, 2, len(last), block.values.draws),
            _sums(self._states, block.values, len(last)),
            peaks(plan, block.values),
            at_horizons(("cost", *EFFECT_PARTS)),
            -at_horizons(("cost",)),
            at_horizons(("health", "wellbeing")),
            payback,
            rated,
        )


_Valued = list[tuple[Product, Valuation]]


def _valued(plan: Plan, flows: Iterable[Iterable[Term]], rows: FloatArray) -> list[_Valued]:
    """Return how the sums of some flows are computed: for each its terms' products and what they are worth."""
    return [[(term.product, valuation(plan, term, rows)) for term in terms] for terms in flows]


def _sums(flows: list[_Valued], values: FactorValues, rows: int) -> FloatArray:
    """Return the sums of flows in the draws of a block, shape (flows, rows, draws)."""
    sums = np.zeros((len(flows), rows, values.draws))
    part = np.empty(sums.shape[1:])
    for row, parts in enumerate(flows):
        for product, valued in parts:
            valued.write(values, values.product(product), part)
            sums[row] += part
    return sums


def bands(simulation: Simulation, figures: DrawFigures, perspective: str) -> Bands:
    """Return the cumulative discounted net value of a perspective by year, with its percentiles over draws."""
    plan = simulation.plan
    parts = [_net(simulation, block, perspective, True) for block in simulation.yearly()]
    ordered = np.sort(np.cumsum(np.concatenate(parts, axis=1), axis=0), axis=1)
    by_share = [np.array([percentile(year, share) for year in ordered]) for share in PERCENTILES]
    years = tuple(plan.first_year + year for year in range(plan.years))
    return Bands(years, np.cumsum(figures.net_by_year(perspective)), *by_share)


def _accounts(perspective: str, parts: tuple[str, ...]) -> list[Account]:
    actors = PERSPECTIVES[perspective]
    names = (*actors, PUBLIC_FUNDS) if "ovriga" in actors else actors
    return [(part, actor) for part in parts for actor in names]


def _signature(program: Program, perspective: str) -> tuple[int, ...]:
    """Return which accounts a perspective adds up, so that equal perspectives are followed once."""
    wanted = set(_accounts(perspective, ("cost", *EFFECT_PARTS)))
    return tuple(row for row, account in enumerate(program.accounts) if account in wanted)


def _net(
    simulation: Simulation,
    block: YearlyBlock,
    perspective: str,
    discounted: bool = False,
    parts: tuple[str, ...] = ("cost", *EFFECT_PARTS),
) -> FloatArray:
    """Return the yearly gains of a perspective, shape (years, draws)."""
    program, plan = simulation.yearly_program, simulation.plan
    constants = program.constants()
    total = np.zeros((plan.years, block.values.draws))
    for account in _accounts(perspective, parts):
        factors = plan.discount_health if account[0] == "health" else plan.discount
        weight = factors[:, None] if discounted else 1.0
        if account in constants:
            total += constants[account][:, None] * weight
        elif account in program.drawn_accounts:
            total += block.flows[program.drawn_accounts.index(account)] * weight
    return total


def _payback_of_draws(net: FloatArray, paying: NDArray[np.bool_]) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Return the payback year of each draw, and which draws have one (see `measures.payback_year`)."""
    cumulative = np.cumsum(net, axis=0)
    below = cumulative < -TOLERANCE * np.max(np.abs(cumulative), axis=0)
    years = net.shape[0]
    last_below = np.where(below.any(axis=0), years - 1 - np.argmax(below[::-1], axis=0), -1)
    return last_below + 2.0, paying & (last_below < years - 1)


def _per_outcome(
    plan: Plan, present: Mapping[str, FloatArray], moved: FloatArray, top: FloatArray
) -> Iterator[tuple[Key, Summary]]:
    """Yield the rows `cost_per_outcome:ID` and `break_even_number:ID` from discounted sums at each horizon."""
    for at, horizon in enumerate(plan.horizons):
        net, cost = present["net"][at], present["cost"][at]
        unvalued = net - present["health"][at]
        gain = net + cost
        possible = (cost > 0) & (gain > 0)
        needed = np.divide(cost, gain, out=np.zeros_like(cost), where=possible)
        for row, outcome in enumerate(plan.outcomes):
            if outcome.level in ("probability", "event"):
                number = np.ceil(needed * top[row] * (1.0 - TOLERANCE))
                yield ("all", "societal", horizon, f"break_even_number:{outcome.id}"), of_values(number, possible)
            change = moved[row, at] if outcome.better == "higher" else -moved[row, at]
            valid = (change > 0) & (unvalued < 0)
            ratio = np.divide(-unvalued, change, out=np.zeros_like(change), where=valid)
            parts = (-unvalued.reshape(REPLICATES, -1).sum(axis=1), change.reshape(REPLICATES, -1).sum(axis=1))
            yield ("all", "societal", horizon, f"cost_per_outcome:{outcome.id}"), of_values(ratio, valid, parts)
