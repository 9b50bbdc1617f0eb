"""What putting a finding right does to the result: the changed case's base case against the case's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from socio_calc.analysis.scenarios import scenario_case
from socio_calc.appraisal.measures import DrawFigures
from socio_calc.case.scenarios import PathError
from socio_calc.engine.build import build_plan
from socio_calc.engine.yearly import base_flows
from socio_calc.problems import InputError
from socio_calc.review.consistency import ACTORS_OF_SECTOR
from socio_calc.review.finding import Effect
from socio_calc.review.scene import Scene


def applicant(scene: Scene) -> str | None:
    """Return the actor that the owner of the application belongs to, None where it is not told."""
    application = scene.application
    if application is None or not application.owner:
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
    return Effect(
        _net(figures, "societal", scene) - _net(scene.appraisal.figures, "societal", scene),
        None if actor is None else _net(figures, actor, scene) - _net(scene.appraisal.figures, actor, scene),
    )


def _net(figures: DrawFigures, perspective: str, scene: Scene) -> float:
    return figures.pv(perspective, min(scene.appraisal.longest, figures.plan.years), figures.lines_of("all"))[0]


def net_after(scene: Scene, change: Mapping[str, Any]) -> float | None:
    """Return the societal net present value of the changed case, None where it cannot be computed."""
    figures = changed_figures(scene, change)
    return None if figures is None else _net(figures, "societal", scene)
