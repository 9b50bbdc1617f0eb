"""What drives the result, and what knowing is worth, on the common job: beside SALib and heormodel.

`python -m benchmarks.questions NAME` asks one question with one tool and prints its processor seconds and its answers
as JSON. Every tool gets as many evaluations, or draws, as it says; those that take too long get fewer, scaled up.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np

from benchmarks.common_job import (
    ALPHA,
    BETA,
    INPUTS,
    Array,
    draw_inputs,
    lognormal_parameters,
    pert_parameters,
    year_by_year,
)
from benchmarks.measuring import ROOT, environment

#: Base points of our design on the common job, and of SALib's, whose time is scaled up to ours.
POINTS, FEWER_POINTS = 8 * 2**12, 2**11
#: Draws on which knowing is valued.
DRAWS = 2**14
ROUNDS = 3


@dataclass(frozen=True)
class Answer:
    """One question asked with one tool: processor seconds for the whole of it, and the answers by input."""

    seconds: float
    values: list[float]


def measure() -> dict[str, Answer]:
    """Ask every question with every tool, in turn; medians."""
    rounds: list[dict[str, Answer]] = []
    for _ in range(ROUNDS):
        rounds.append({name: _in_a_process(name) for name in QUESTIONS})
    return {name: Answer(median(found[name].seconds for found in rounds), rounds[0][name].values) for name in QUESTIONS}


def _in_a_process(name: str) -> Answer:
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.questions", name]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{name}:\n{done.stderr}")
    return Answer(**json.loads(done.stdout.splitlines()[-1]))


def our_indices() -> tuple[float, list[float]]:
    """Ask for first-order and total indices of the societal net present value at 40 years."""
    from socio_calc.analysis.drivers import driver_indices

    focus = _focus()

    def ask() -> list[float]:
        found = {row.quantity: row.total for row in driver_indices(focus, POINTS // 8)}
        return [float(found[column.key] or 0.0) for column in focus.plan.columns]

    return _timed(ask)


def salib_indices() -> tuple[float, list[float]]:
    """Ask SALib for the same: its sampling, the model year by year in NumPy, its estimators; scaled to as many points.

    The time is scaled by the number of evaluations, all of which costs in proportion.
    """
    from SALib.analyze import sobol as estimators  # type: ignore[import-not-found]
    from SALib.sample import sobol as design  # type: ignore[import-not-found]

    problem = {"num_vars": INPUTS, "names": [f"x{i}" for i in range(INPUTS)], "bounds": [[0.0, 1.0]] * INPUTS}

    def ask() -> list[float]:
        uniforms = design.sample(problem, FEWER_POINTS, calc_second_order=False, seed=1)
        net = year_by_year(inputs_at(np.ascontiguousarray(uniforms.T)))[:, -1].sum(axis=0)
        found = estimators.analyze(problem, net, calc_second_order=False, num_resamples=100, seed=1)
        return [float(value) for value in found["ST"]]

    seconds, values = _timed(ask)
    return seconds * POINTS / FEWER_POINTS, values


def our_knowing() -> tuple[float, list[float]]:
    """Ask what knowing each input is worth, with its standard error, on 16,384 draws."""
    from socio_calc.analysis.information_evppi import evppi

    x, net = _draws()
    return _timed(lambda: [evppi(net, x[k : k + 1]).value for k in range(INPUTS)])


def heormodel_knowing() -> tuple[float, list[float]]:
    """Ask heormodel the same on as many draws; it gives no standard errors."""
    import pandas as pd
    from heormodel.models import Outcomes  # type: ignore[import-not-found]
    from heormodel.voi import evppi  # type: ignore[import-not-found]

    x, net = _draws()
    iterations = pd.RangeIndex(DRAWS, name="iteration")
    names = [f"x{i}" for i in range(INPUTS)]
    draws = pd.DataFrame(x.T, index=iterations, columns=names)
    nothing = pd.DataFrame({"ordinary": np.zeros(DRAWS), "intervention": np.zeros(DRAWS)}, index=iterations)
    effects = nothing.assign(intervention=net)
    outcomes = Outcomes.from_wide(nothing, effects)
    return _timed(lambda: [float(evppi(outcomes, draws, name, wtp=1.0)) for name in names])


def our_drivers() -> tuple[float, list[float]]:
    """Ask all that `socio-calc sensitivity` says of the common job but what it is worth to learn more."""
    found = _sensitivity()

    def ask() -> list[float]:
        # Each part is computed when it is first asked for.
        bars = (*found.bars, *found.groups, *found.structural)
        curves = found.acceptability
        tables = (found.switching, found.scenarios, found.choices, found.indices, found.rank_correlations)
        curve_tables = (curves.by_horizon, curves.by_qaly_value, curves.by_perspective)
        rows = [len(table) for table in (bars, *tables, *curve_tables, found.break_even.outcomes)]
        return [float(found.npv.mean), float(sum(rows)), float(found.grid is not None)]

    return _timed(ask)


def our_learning() -> tuple[float, list[float]]:
    """Ask what it is worth to know each input of the common job, and to follow its outcomes: EVPI, EVPPI and EVSI."""
    found = _sensitivity()
    return _timed(lambda: [float(len(found.information.evppi)), float(len(found.information.evsi))])


def _sensitivity() -> Any:
    import socio_calc
    from benchmarks.tools import CASE
    from socio_calc.analysis import sensitivity

    return sensitivity(socio_calc.appraise(socio_calc.load(CASE)))


#: Question and tool; the first of each question is ours.
QUESTIONS: dict[str, Callable[[], tuple[float, list[float]]]] = {
    "indices, socio_calc": our_indices,
    "indices, SALib + numpy": salib_indices,
    "knowing, socio_calc": our_knowing,
    "knowing, heormodel": heormodel_knowing,
    "drivers, socio_calc": our_drivers,
    "learning, socio_calc": our_learning,
}


def inputs_at(uniforms: Array) -> Array:
    """Return the inputs of the common job at points of the unit cube, shape (30, points), as an analyst makes them."""
    from scipy.stats import beta, lognorm

    mu, sigma = lognormal_parameters()
    low, width, a, b = pert_parameters()
    x = np.empty_like(uniforms)
    for i in range(10):
        x[i] = lognorm.ppf(uniforms[i], sigma, scale=np.exp(mu[i]))
        x[10 + i] = beta.ppf(uniforms[10 + i], ALPHA[i], BETA[i])
        x[20 + i] = low[i] + width[i] * beta.ppf(uniforms[20 + i], a[i], b[i])
    return x


def _draws() -> tuple[Array, Array]:
    """Return draws of the inputs and the kommun's net present value, whose sign is in doubt, at 40 years."""
    x = draw_inputs(DRAWS, np.random.default_rng(1))
    return x, year_by_year(x)[0, -1]


def _focus() -> Any:
    import socio_calc
    from benchmarks.tools import CASE
    from socio_calc.analysis.focus import Focus

    return Focus(socio_calc.appraise(socio_calc.load(CASE)), "societal", 40)


def _timed(ask: Callable[[], list[float]]) -> tuple[float, list[float]]:
    started = time.process_time()
    values = ask()
    return time.process_time() - started, values


if __name__ == "__main__":
    seconds, values = QUESTIONS[sys.argv[1]]()
    print(json.dumps({"seconds": seconds, "values": values}))
