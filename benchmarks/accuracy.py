"""How near a number of draws comes: error of the mean and of P(NPV > 0), for each sampler.

Errors are root mean squares over seeds, against a reference of 2^22 Sobol points in 8 scramblings whose own error (from
the spread of its scramblings) must be at most a tenth of the smallest error that it judges.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import median

import numpy as np

import socio_calc
from benchmarks.common_job import Array
from benchmarks.tools import CASE
from socio_calc.engine.build import build_plan
from socio_calc.engine.plan import Plan
from socio_calc.engine.sampling import REPLICATES, SAMPLERS, Sampler
from socio_calc.engine.simulate import Simulation
from socio_calc.reference import load_reference

REFERENCE_DRAWS = 2**22
REFERENCE_SEED = 987_654
DEFAULT_DRAWS = 16_384
PLAIN_DRAWS = 1_000_000
TIMED_DRAWS = 131_072
SEEDS, PLAIN_SEEDS = 40, 10
#: Whose NPV at 40 years: an actor, or all of them.
VIEWS = ("societal", "kommun")


@dataclass(frozen=True)
class Error:
    """Root mean square error of one design: (views,) in kronor and as a share; `seconds` is its processor time."""

    sampler: Sampler
    draws: int
    seeds: int
    seconds: float
    mean: Array
    probability: Array


@dataclass(frozen=True)
class Accuracy:
    """The reference with its own error, each sampler in the time of the default draws, and a million plain draws."""

    mean: Array
    probability: Array
    mean_error: Array
    probability_error: Array
    sd: Array
    equal_time: tuple[Error, ...]
    plain: Error

    @property
    def default(self) -> Error:
        """The default: Sobol points."""
        return next(error for error in self.equal_time if error.sampler == "sobol")


def common_plan() -> Plan:
    """Return the compiled common job."""
    return build_plan(socio_calc.load(CASE), load_reference())


def estimates(plan: Plan, sampler: Sampler, draws: int, seed: int) -> tuple[Array, Array, Array]:
    """Return mean, second moment and P(NPV > 0) of each view in each replicate, (views, replicates)."""
    simulation = Simulation(plan, draws, seed, sampler)
    constants = simulation.program.constants()
    sums = np.zeros((3, len(VIEWS), REPLICATES))
    for chunk in simulation.chunks():
        for row, view in enumerate(VIEWS):
            wanted = [i for i, (part, actor) in enumerate(chunk.accounts) if part != "cash" and _counts(view, actor)]
            certain = sum(float(values[-1]) for (_, actor), values in constants.items() if _counts(view, actor))
            net = chunk.values[wanted, -1].sum(axis=0).reshape(REPLICATES, -1) + certain
            sums[0, row] += net.sum(axis=1)
            sums[1, row] += (net**2).sum(axis=1)
            sums[2, row] += np.count_nonzero(net > 0.0, axis=1)
    sums /= simulation.draws // REPLICATES
    return sums[0], sums[1], sums[2]


def _counts(view: str, actor: str) -> bool:
    return view in ("societal", actor)


def measure() -> Accuracy:
    """Measure everything; about a minute.

    Raises
    ------
    ValueError
        When the reference is not good enough for what it judges.
    """
    plan = common_plan()
    mean, square, share = estimates(plan, "sobol", REFERENCE_DRAWS, REFERENCE_SEED)
    truth = (mean.mean(axis=1), share.mean(axis=1))
    own = tuple(part.std(axis=1, ddof=1) / REPLICATES**0.5 for part in (mean, share))

    def error(sampler: Sampler, draws: int, seeds: int) -> Error:
        start = time.process_time()
        found = [estimates(plan, sampler, draws, seed) for seed in range(1, seeds + 1)]
        seconds = (time.process_time() - start) / seeds
        away = [
            np.array([estimate[part].mean(axis=1) - true for estimate in found])
            for part, true in zip((0, 2), truth, strict=True)
        ]
        return Error(sampler, draws, seeds, seconds, *(np.sqrt(np.mean(gap**2, axis=0)) for gap in away))

    cost = {sampler: _cost(plan, sampler) for sampler in SAMPLERS}
    equal = []
    for sampler in SAMPLERS:
        draws = int(DEFAULT_DRAWS * cost["sobol"] / cost[sampler])
        equal.append(error(sampler, draws - draws % REPLICATES, SEEDS))
    plain = error("random", PLAIN_DRAWS, PLAIN_SEEDS)
    # P of the million plain draws is not judged: it is known in theory.
    judged = ([e.mean for e in (*equal, plain)], [e.probability for e in equal])
    for limit, errors in zip(own, judged, strict=True):
        smallest = np.min(errors, axis=0)
        if not np.all(limit <= 0.1 * smallest):
            raise ValueError(f"the reference is off by {limit}, too much for errors of {smallest}")
    sd = np.sqrt(square.mean(axis=1) - truth[0] ** 2)
    return Accuracy(*truth, own[0], own[1], sd, tuple(equal), plain)


def _cost(plan: Plan, sampler: Sampler) -> float:
    """Return processor seconds of `TIMED_DRAWS` draws beyond 8,192: median of 5."""

    def seconds(draws: int) -> float:
        start = time.process_time()
        estimates(plan, sampler, draws, 1)
        return time.process_time() - start

    seconds(TIMED_DRAWS)
    return median(seconds(TIMED_DRAWS) - seconds(8_192) for _ in range(5))
