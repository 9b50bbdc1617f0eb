"""The case's named scenarios side by side: whole values replaced by their paths (CASE_FORMAT), then computed anew."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from socio_calc.analysis.focus import MOST_DRAWS, Focus, PresentValue, ordinary_draws
from socio_calc.appraisal.measures import TOLERANCE, DrawFigures
from socio_calc.case import Case
from socio_calc.engine.build import build_plan
from socio_calc.engine.simulate import Simulation
from socio_calc.engine.terms import FloatArray
from socio_calc.engine.yearly import base_flows
from socio_calc.problems import InputError, Place, Problem


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario, or the base case (`name` None).

    Attributes
    ----------
    name
        As the case calls it.
    npv, mean, p5, p95, probability_positive
        Base-case net present value, and what the draws give; SEK. All None where the scenario's calculation is shorter
        than the horizon asked for.
    changes
        The replaced paths.
    """

    name: str | None
    npv: float | None
    mean: float | None
    p5: float | None
    p95: float | None
    probability_positive: float | None
    changes: tuple[str, ...] = ()


def scenarios(focus: Focus) -> tuple[Scenario, ...]:
    """Return the base case and then every scenario of the case, in its order.

    Raises
    ------
    InputError
        When a scenario cannot be computed, such as an ordinary level that its effect takes outside the possible.
    """
    appraisal = focus.appraisal
    same = appraisal.number_of_draws <= MOST_DRAWS
    found = [_base(focus) if same else _scenario(focus, None, appraisal.case, ())]
    for name, case in focus.scenario_cases.items():
        found.append(_scenario(focus, name, case, tuple(appraisal.case.scenarios[name])))
    return tuple(found)


def _base(focus: Focus) -> Scenario:
    """Return the base case, from the draws that there are."""
    return _summarized(None, focus.base, focus.net_draws, focus.tolerance, ())


def _scenario(focus: Focus, name: str | None, case: Case, changes: tuple[str, ...]) -> Scenario:
    appraisal = focus.appraisal
    try:
        plan = build_plan(case, appraisal.reference, appraisal.own_outcomes)
    except InputError as error:
        where = Place(path=f"scenarios.{name}")
        raise InputError([Problem(problem.code, where, problem.params) for problem in error.problems]) from error
    horizon = focus.horizon if focus.horizon < appraisal.longest else plan.years
    if horizon > plan.years:
        return Scenario(name, None, None, None, None, None, changes)
    figures = DrawFigures(plan, base_flows(plan))
    npv, gross = figures.pv(focus.perspective, horizon, figures.lines_of("all"))
    sample = appraisal.simulation.sample
    simulation = Simulation(plan, min(appraisal.number_of_draws, MOST_DRAWS), appraisal.seed, sample.sampler)
    draws = PresentValue(plan, focus.perspective, (horizon,))(ordinary_draws(simulation))
    return _summarized(name, npv, draws, TOLERANCE * gross, changes)


def _summarized(
    name: str | None, npv: float, draws: FloatArray, tolerance: float, changes: tuple[str, ...]
) -> Scenario:
    p5, p95 = (float(value) for value in np.quantile(draws, (0.05, 0.95)))
    positive = float(np.mean(draws > tolerance))
    return Scenario(name, npv, float(draws.mean()), p5, p95, positive, changes)
