"""What putting a finding right does to the result: the changed case's base case against the case's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from socio_calc.analysis.scenario_cases import scenario_case
from socio_calc.appraisal.measures import DrawFigures
from socio_calc.case import Application
from socio_calc.case.scenarios import PathError
from socio_calc.engine.build import build_plan
from socio_calc.engine.yearly import base_flows
from socio_calc.problems import InputError
from socio_calc.review.consistency import ACTORS_OF_SECTOR
from socio_calc.review.finding import Effect
from socio_calc.review.scene import Scene

#: Figures that differ by less than this share of them are the same.
_SAME = 1e-12


def applicant(scene: Scene) -> str | None:
    """Return the actor that the owner of the application belongs to, None where it is not told."""
    return None if scene.application is None else applicant_of(scene.application)


def applicant_of(application: Application) -> str | None:
    """Return the actor that the owner of an application belongs to, None where it is not told."""
    if not application.owner:
        return None
    wanted = application.owner.strip().casefold()
    for organisation in application.organisations:
        if (organisation.name or "").strip().casefold() == wanted and organisation.sector is not None:
            return ACTORS_OF_SECTOR[organisation.sector][-1]
    return None


def changed_figures(scene: Scene, change: Mapping[str, Any]) -> DrawFigures | None:
    """Return the base case with some values replaced, None where the changed case cannot be computed."""
    try:
        case = scenario_case(scene.data, "check", dict(change))
        plan = build_plan(case, scene.base)
    except (InputError, PathError):
        return None
    return DrawFigures(plan, base_flows(plan))


def effect_of(scene: Scene, change: Mapping[str, Any]) -> Effect | None:
    """Return the difference that a change makes to the net present value at the longest horizon, SEK.

    None where there is no change, or the changed case cannot be computed.
    """
    figures = changed_figures(scene, change) if change else None
    if figures is None:
        return None
    actor = applicant(scene)

    def moved(perspective: str) -> float:
        return difference(_net(figures, perspective, scene), _net(scene.appraisal.figures, perspective, scene))

    return Effect(moved("societal"), None if actor is None else moved(actor))


def difference(after: float, before: float) -> float:
    """Return after − before, 0 where it is nothing but the error of floating-point sums.

    >>> difference(1e7 + 1e-9, 1e7), difference(3.0, 1.0)
    (0.0, 2.0)
    """
    found = after - before
    return 0.0 if abs(found) <= _SAME * max(abs(after), abs(before)) else found


def _net(figures: DrawFigures, perspective: str, scene: Scene) -> float:
    return figures.pv(perspective, min(scene.appraisal.longest, figures.plan.years), figures.lines_of("all"))[0]


def net_of(scene: Scene, perspective: str) -> float:
    """Return the base case's net present value of a perspective at the longest horizon, SEK."""
    return _net(scene.appraisal.figures, perspective, scene)


def net_after(scene: Scene, change: Mapping[str, Any]) -> float | None:
    """Return the societal net present value of the changed case, None where it cannot be computed."""
    figures = changed_figures(scene, change)
    return None if figures is None else _net(figures, "societal", scene)
