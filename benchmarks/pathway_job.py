"""The state-transition job: a pathway of 4 states over 60 cycles in two arms, beside heormodel's Markov engine.

States, counts and the relative risk are those of a published model (Chancellor et al. 1997; Briggs, Claxton and
Sculpher 2006, Ex. 2.5); the effect lasts throughout, so that the arms differ in every cycle and both have to be
followed. `pathway_job.yaml` is the case. Every function returns the mean net present value, (1, 1), the difference in
cost between the arms with its sign turned.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from benchmarks.common_job import Array
from benchmarks.measuring import ToolRun, run_tool

CASE = Path(__file__).with_name("pathway_job.yaml")
STATES, CYCLES, RATE = "abcd", 60, 0.06
COUNTS = {"a": (1251, 350, 116, 17), "b": (0, 731, 512, 15), "c": (0, 0, 1312, 437)}
RISK = (0.509, 0.365, 0.710)
#: Mean and standard deviation of the yearly cost in each state.
COSTS = {"a": (2756.0, 1100.0), "b": (3052.0, 1200.0), "c": (9007.0, 3600.0)}
OURS, ENGINE, OTHER = "pathway, case file", "pathway, engine alone", "pathway, heormodel"
#: Draws of each tool; what calls a model for each draw is scaled up.
DRAWS = {OURS: 1_000_000, ENGINE: 1_000_000, OTHER: 2_000}
ROUNDS = 3
FEW = 1_000


def case_file(draws: int, seed: int = 1) -> Array:
    """Read the case file, compute everything that a result has, write the JSON object."""
    import socio_calc

    appraisal = socio_calc.appraise(socio_calc.load(CASE), draws=draws, seed=seed)
    appraisal.to_json()
    mean = appraisal.result().mean
    if mean is None:
        raise AssertionError("an npv always has a mean")
    return np.array([[mean]])


@cache
def _plan() -> Any:
    import socio_calc
    from socio_calc.engine.build import build_plan
    from socio_calc.reference import load_reference

    return build_plan(socio_calc.load(CASE), load_reference())


def engine(draws: int, seed: int = 1) -> Array:
    """Run the engine alone: draws, both arms, present values of every account, no statistics."""
    from socio_calc.engine.simulate import Simulation

    simulation = Simulation(_plan(), draws, seed)
    total = sum(float(chunk.values.sum()) for chunk in simulation.chunks())
    return np.array([[total / simulation.draws]])


def heormodel_run_psa(draws: int, seed: int = 1) -> Array:
    """Run heormodel's `run_psa` with its own engine for cohort state-transition models."""
    from heormodel import ParameterSet, run_psa
    from heormodel.models import CohortSpec, MarkovModel
    from heormodel.params import Dirichlet, Gamma, LogNormal

    spread = (math.log(RISK[2]) - math.log(RISK[1])) / 3.919928
    inputs: dict[str, Any] = {"risk": LogNormal(math.log(RISK[0]), spread)}
    inputs |= {s: Gamma((mean / sd) ** 2, sd**2 / mean) for s, (mean, sd) in COSTS.items()}
    for state, counts in COUNTS.items():
        reached = tuple(STATES[at] for at, n in enumerate(counts) if n)
        inputs[f"from_{state}"] = Dirichlet(tuple(float(n) for n in counts if n), names=reached)

    def arms(params: Any, intervention: str) -> CohortSpec:
        moves = np.eye(4)
        for row, state in enumerate(COUNTS):
            risk = params["risk"] if intervention == "both" else 1.0
            worse = {to: params[f"from_{state}[{STATES[to]}]"] * risk for to in range(row + 1, 4)}
            for to, probability in worse.items():
                moves[row, to] = probability
            moves[row, row] = 1.0 - sum(worse.values())
        costs = np.array([params["a"], params["b"], params["c"], 0.0])
        return CohortSpec(moves, costs, np.array([1.0, 1.0, 1.0, 0.0]))

    # The last of its CYCLES + 1 points counts too: one cycle fewer gives the years 0 … 59.
    model = MarkovModel(
        states=tuple(STATES),
        interventions=("one", "both"),
        transitions_and_rewards=arms,
        n_cycles=CYCLES - 1,
        discount_rate=RATE,
        cycle_correction="none",
    )
    found = run_psa(model, ParameterSet(inputs).sample(draws, seed=seed), sequential=True, progress=False)
    costs = found.outcomes.costs_wide()
    return np.array([[float((costs["one"] - costs["both"]).mean())]])


#: Every tool by its name in the tables.
PATHWAY_TOOLS: dict[str, Callable[[int, int], Array]] = {OURS: case_file, ENGINE: engine, OTHER: heormodel_run_psa}


@dataclass(frozen=True)
class PathwayRuns:
    """The runs of every tool, made in turn."""

    runs: dict[str, list[ToolRun]]

    def per_draw(self, tool: str) -> float:
        """Return processor microseconds of a draw beyond the first thousand."""
        return 1e6 * median(run.marginal for run in self.runs[tool]) / (DRAWS[tool] - FEW)

    def ratio(self, tool: str, other: str) -> float:
        """Return how many times as long a draw takes with `tool` as with `other`."""
        scale = (DRAWS[other] - FEW) / (DRAWS[tool] - FEW)
        pairs = zip(self.runs[tool], self.runs[other], strict=True)
        return median(a.marginal / b.marginal * scale for a, b in pairs)


def measure() -> PathwayRuns:
    """Run every tool in processes of their own, in turn."""
    runs: dict[str, list[ToolRun]] = {tool: [] for tool in DRAWS}
    for _ in range(ROUNDS):
        for tool, draws in DRAWS.items():
            runs[tool].append(run_tool(tool, draws))
    return PathwayRuns(runs)
