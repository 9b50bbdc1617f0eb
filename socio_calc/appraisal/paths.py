"""What only the yearly course of a draw tells: payback, internal rate, outcomes, bands (METHOD §7).

A sample of at most 16,384 draws (the first 2,048 points of each replicate, in a default run all of them) is followed
year by year; more draws would change these percentiles by less than they mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from socio_calc.appraisal.measures import TOLERANCE, DrawFigures, Key
from socio_calc.appraisal.rates import rates_of_draws
from socio_calc.appraisal.summaries import PERCENTILES, Summary, of_values, percentile
from socio_calc.engine.ledger import PERSPECTIVES
from socio_calc.engine.plan import Plan
from socio_calc.engine.program import EFFECT_PARTS, PUBLIC_FUNDS, Account, Program
from socio_calc.engine.sampling import REPLICATES
from socio_calc.engine.simulate import Simulation, YearlyBlock
from socio_calc.engine.yearly import peaks, terms_by_year

FloatArray = NDArray[np.float64]


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
    """The sampled draws: quantities, net flows of each perspective, outcomes.

    Attributes
    ----------
    x
        Drawn quantities, shape (columns, draws).
    summaries
        One for each row of the result that needs the yearly course.
    outcome_sums
        Undiscounted ΔO before each horizon, shape (outcomes, horizons, draws).
    net
        Societal NPV at the longest horizon, shape (draws,).
    """

    x: FloatArray
    summaries: dict[Key, Summary]
    outcome_sums: FloatArray
    net: FloatArray


def yearly_sample(simulation: Simulation, figures: DrawFigures) -> YearlySample:
    """Follow the sampled draws year by year.

    Parameters
    ----------
    simulation
        Plan and draws.
    figures
        The base case, whose gross entries set the tolerances.
    """
    plan, horizons = simulation.plan, simulation.plan.horizons
    collected = [_block(simulation, block) for block in simulation.yearly()]
    x = np.concatenate([part.x for part in collected], axis=1)
    sums = np.concatenate([part.outcome_sums for part in collected], axis=2)
    moved = np.concatenate([part.discounted_outcomes for part in collected], axis=2)
    top = np.concatenate([part.peaks for part in collected], axis=1)
    summaries: dict[Key, Summary] = {}
    present: dict[str, FloatArray] = {}
    done: dict[tuple[int, ...], str] = {}
    for perspective in PERSPECTIVES:
        signature = _signature(simulation.yearly_program, perspective)
        same = done.setdefault(signature, perspective)
        if same != perspective:
            for horizon in horizons:
                for measure in ("payback_year", "irr"):
                    summaries["all", perspective, horizon, measure] = summaries["all", same, horizon, measure]
            continue
        net = np.concatenate([_net(simulation, part.block, perspective) for part in collected], axis=1)
        discounted = np.concatenate([_net(simulation, part.block, perspective, True) for part in collected], axis=1)
        cost = np.concatenate(
            [_net(simulation, part.block, perspective, True, ("cost",)) for part in collected], axis=1
        )
        if perspective == "societal":
            present = {"net": discounted, "cost": -cost}
        threshold = TOLERANCE * figures.pv(perspective, plan.years, figures.lines_of("all"))[1]
        years, paid_back = _payback_of_draws(discounted, -cost.sum(axis=0) > threshold)
        payback = of_values(years, paid_back)
        for horizon in horizons:
            rates = rates_of_draws(net[:horizon], plan.first_rate)
            summaries["all", perspective, horizon, "payback_year"] = payback
            summaries["all", perspective, horizon, "irr"] = of_values(np.nan_to_num(rates), np.isfinite(rates))
    health = np.concatenate(
        [_net(simulation, part.block, "societal", True, ("health", "wellbeing")) for part in collected], axis=1
    )
    for key, summary in _per_outcome(plan, present, health, moved, top):
        summaries[key] = summary
    return YearlySample(x, summaries, sums, present["net"].sum(axis=0))


def bands(simulation: Simulation, figures: DrawFigures, perspective: str) -> Bands:
    """Return the cumulative discounted net value of a perspective by year, with its percentiles over draws."""
    plan = simulation.plan
    parts = [_net(simulation, block, perspective, True) for block in simulation.yearly()]
    ordered = np.sort(np.cumsum(np.concatenate(parts, axis=1), axis=0), axis=1)
    by_share = [np.array([percentile(year, share) for year in ordered]) for share in PERCENTILES]
    years = tuple(plan.first_year + year for year in range(plan.years))
    return Bands(years, np.cumsum(figures.net_by_year(perspective)), *by_share)


@dataclass(frozen=True)
class _Part:
    block: YearlyBlock
    x: FloatArray
    outcome_sums: FloatArray
    discounted_outcomes: FloatArray
    peaks: FloatArray


def _block(simulation: Simulation, block: YearlyBlock) -> _Part:
    plan = simulation.plan
    moved = [terms_by_year(block.values, outcome.difference_terms, plan.years) for outcome in plan.outcomes]
    by_outcome = np.array(moved).reshape(len(plan.outcomes), plan.years, block.values.draws)
    last = np.array(plan.horizons) - 1
    return _Part(
        block,
        block.x,
        np.cumsum(by_outcome, axis=1)[:, last],
        np.cumsum(by_outcome * plan.discount[None, :, None], axis=1)[:, last],
        peaks(plan, block.values),
    )


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
    plan: Plan, present: dict[str, FloatArray], health: FloatArray, moved: FloatArray, top: FloatArray
) -> Iterator[tuple[Key, Summary]]:
    """Yield the rows `cost_per_outcome:ID` and `break_even_number:ID`."""
    for at, horizon in enumerate(plan.horizons):
        net, cost = present["net"][:horizon].sum(axis=0), present["cost"][:horizon].sum(axis=0)
        unvalued = net - health[:horizon].sum(axis=0)
        gain = net + cost
        with np.errstate(divide="ignore", invalid="ignore"):
            needed = cost / gain
        possible = (cost > 0) & (gain > 0)
        for row, outcome in enumerate(plan.outcomes):
            if outcome.level in ("probability", "event"):
                number = np.ceil(np.where(possible, needed, 0.0) * top[row] - TOLERANCE)
                yield ("all", "societal", horizon, f"break_even_number:{outcome.id}"), of_values(number, possible)
            better = 1.0 if outcome.better == "higher" else -1.0
            change = better * moved[row, at]
            valid = (change > 0) & (unvalued < 0)
            with np.errstate(divide="ignore", invalid="ignore"):
                ratio = np.where(valid, -unvalued / change, 0.0)
            parts = (-unvalued.reshape(REPLICATES, -1).sum(axis=1), change.reshape(REPLICATES, -1).sum(axis=1))
            yield ("all", "societal", horizon, f"cost_per_outcome:{outcome.id}"), of_values(ratio, valid, parts)
