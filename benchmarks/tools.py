"""The common job as a user of each tool would write it; every function returns mean net present values by payer.

Arguments are the number of draws and a seed; the result has shape (payers, horizons) and is there to be compared. The
other tools are imported where they are used: none of them is needed to run or to test socio_calc.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.common_job import (
    ALPHA,
    BETA,
    HORIZONS,
    INPUTS,
    PAYERS,
    PERTS,
    Array,
    draw_inputs,
    lognormal_parameters,
    one_draw,
    pert_parameters,
    year_by_year,
)
from benchmarks.limit import opt_table

CASE = Path(__file__).with_name("common_job.yaml")


def socio_calc_case_file(draws: int, seed: int = 1) -> Array:
    """Read the case file, compute everything that a result has, write the JSON object."""
    import socio_calc

    result = socio_calc.appraise(socio_calc.load(CASE), draws=draws, seed=seed).to_json()
    found = {(row["perspective"], row["horizon"]): row["mean"] for row in result["results"] if _is_net(row)}
    return np.array([[found[payer, horizon] for horizon in HORIZONS] for payer in PAYERS])


def _is_net(row: dict[str, Any]) -> bool:
    return bool(row["view"] == "all" and row["measure"] == "npv")


@cache
def _plan() -> Any:
    import socio_calc
    from socio_calc.engine.build import build_plan
    from socio_calc.reference import load_reference

    return build_plan(socio_calc.load(CASE), load_reference())


def socio_calc_engine(draws: int, seed: int = 1) -> Array:
    """Run the engine alone: present values of every account, chunk by chunk, no statistics."""
    from socio_calc.engine.simulate import Simulation

    simulation = Simulation(_plan(), draws, seed)
    constants = simulation.program.constants()
    total = np.zeros((len(PAYERS), len(HORIZONS)))
    for chunk in simulation.chunks():
        sums = chunk.values.sum(axis=2)
        for account, values in zip(chunk.accounts, sums, strict=True):
            if account[0] != "cash":
                total[PAYERS.index(account[1])] += values
    total /= simulation.draws
    for (_, actor), values in constants.items():
        if actor in PAYERS:
            total[PAYERS.index(actor)] += values
    return total


def numpy_year_loop(draws: int, seed: int = 1) -> Array:
    """Draw a table with NumPy, a row for each draw, then years and outcomes over whole columns."""
    return np.asarray(year_by_year(draw_inputs(draws, np.random.default_rng(seed), row_by_draw=True)).mean(axis=2))


def numpy_by_input(draws: int, seed: int = 1) -> Array:
    """Do the same with a row for each input: what the loop takes for whoever thinks of the memory."""
    return np.asarray(year_by_year(draw_inputs(draws, np.random.default_rng(seed))).mean(axis=2))


def squigglepy_year_loop(draws: int, seed: int = 1) -> Array:
    """Draw a table with squigglepy, then the same loop: it has no cash flows of its own."""
    import squigglepy as sq

    sq.set_seed(seed)
    mu, sigma = lognormal_parameters()
    x = np.empty((draws, INPUTS)).T
    for i in range(10):
        x[i] = sq.sample(sq.lognorm(norm_mean=mu[i], norm_sd=sigma), n=draws)
        x[10 + i] = sq.sample(sq.beta(ALPHA[i], BETA[i]), n=draws)
        x[20 + i] = sq.sample(sq.pert(*PERTS[i]), n=draws)
    return np.asarray(year_by_year(x).mean(axis=2))


def monaco_simulation(draws: int, seed: int = 1) -> Array:
    """Define a monaco simulation: one case object and one call of the model for each draw."""
    import monaco
    from scipy import stats

    names = [f"npv_{payer}_{horizon}" for payer in PAYERS for horizon in HORIZONS]

    def preprocess(case: Any) -> tuple[list[float]]:
        return ([case.invals[f"x{i}"].val for i in range(INPUTS)],)

    def postprocess(case: Any, values: Array) -> None:
        for name, value in zip(names, values.ravel().tolist(), strict=True):
            case.addOutVal(name, value)

    simulation = monaco.Sim(
        name="common job",
        ndraws=draws,
        fcns={"preprocess": preprocess, "run": lambda x: (one_draw(x),), "postprocess": postprocess},
        seed=seed,
        singlethreaded=True,
        verbose=False,
        samplemethod="sobol_random",
    )
    mu, sigma = lognormal_parameters()
    low, width, alpha, beta = pert_parameters()
    for i in range(10):
        simulation.addInVar(f"x{i}", stats.lognorm, {"s": sigma, "scale": np.exp(mu[i])})
    for i in range(10):
        simulation.addInVar(f"x{10 + i}", stats.beta, {"a": ALPHA[i], "b": BETA[i]})
    for i in range(10):
        bounds = {"loc": low[i], "scale": width[i]}
        simulation.addInVar(f"x{20 + i}", stats.beta, {"a": alpha[i], "b": beta[i], **bounds})
    simulation.runSim()
    means = [np.mean(simulation.outvars[name].nums) for name in names]
    return np.array(means).reshape(len(PAYERS), len(HORIZONS))


def heormodel_run_psa(draws: int, seed: int = 1) -> Array:
    """Run heormodel's `run_psa` with a model function that is called for each draw."""
    import pandas as pd
    from heormodel import Outcomes, ParameterSet, run_psa
    from heormodel.params import Beta, LogNormal

    mu, sigma = lognormal_parameters()
    low, width, alpha, beta = pert_parameters()
    inputs: dict[str, Any] = {f"x{i}": LogNormal(mu[i], sigma) for i in range(10)}
    inputs |= {f"x{10 + i}": Beta(ALPHA[i], BETA[i]) for i in range(10)}
    inputs |= {f"x{20 + i}": Beta(alpha[i], beta[i]) for i in range(10)}
    total = np.zeros((len(PAYERS), len(HORIZONS)))

    def model(batch: pd.DataFrame) -> Outcomes:
        nonlocal total
        cost = []
        for draw in batch.to_dict("records"):
            x = [*(draw[f"x{i}"] for i in range(20)), *(low[i] + width[i] * draw[f"x{20 + i}"] for i in range(10))]
            values = one_draw(x)
            total += values
            cost.append(-values[:, -1].sum())
        costs = pd.DataFrame({"ordinary": 0.0, "programme": cost}, index=batch.index)
        return Outcomes.from_wide(costs, costs * 0.0)

    run_psa(model, ParameterSet(inputs).sample(draws, seed=seed), sequential=True, progress=False)
    return total / draws


#: Every tool by its name in the tables.
TOOLS: dict[str, Callable[[int, int], Array]] = {
    "socio_calc, case file": socio_calc_case_file,
    "socio_calc, engine alone": socio_calc_engine,
    "opt_table": opt_table,
    "numpy, year by year": numpy_year_loop,
    "numpy, a row for each input": numpy_by_input,
    "squigglepy + numpy": squigglepy_year_loop,
    "monaco": monaco_simulation,
    "heormodel": heormodel_run_psa,
}
