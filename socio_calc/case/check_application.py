"""Rules of the application and of the results that it states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from socio_calc.case.application import StatedResult
from socio_calc.case.model import Case
from socio_calc.case.nearest import nearest
from socio_calc.case.paths import Location
from socio_calc.case.translate import Fault

#: Measures that each perspective, public actors, or society alone has (CASE_FORMAT, METHOD §7).
_EVERY: Final = ("npv", "pv_costs", "pv_effects", "bcr", "payback_year", "irr", "break_even_effect")
_PUBLIC: Final = ("npv_cash",)
_PUBLIC_PERSPECTIVES: Final = ("public", "kommun", "region", "stat")
_SOCIETAL: Final = ("qalys", "qalys_undiscounted", "mvpf", "npv_per_grant_krona", "npv_weighted")
_BY_OUTCOME: Final = ("break_even_number", "cost_per_outcome")


def check_application(case: Case) -> Iterator[Fault]:
    """Check dates, ages and the outcomes and pathways that the follow-up plan names."""
    application = case.application
    if application is None:
        return
    group = application.target_group
    if group is not None and group.age_min is not None and group.age_max is not None and group.age_min > group.age_max:
        params: dict[str, object] = {"low": group.age_min, "high": group.age_max}
        yield Fault("low-above-high", ("application", "target_group", "age_min"), params)
    if application.start is not None and application.end is not None and application.end < application.start:
        params = {"start": application.start, "end": application.end}
        yield Fault("end-before-start", ("application", "end"), params)
    known = tuple(item.id for item in case.changed)
    for index, followup in enumerate(application.followup):
        if followup.outcome is not None and followup.outcome not in known:
            params = {"id": followup.outcome, "known": known, "nearest": nearest(followup.outcome, known)}
            yield Fault("unknown-outcome", ("application", "followup", index, "outcome"), params)


def check_stated_result(case: Case, stated: StatedResult, location: Location) -> Iterator[Fault]:
    """Check that the result that is claimed is one that the calculation gives."""
    by_outcome = tuple(f"{measure}:{outcome.id}" for measure in _BY_OUTCOME for outcome in case.outcomes)
    measures = _EVERY + _PUBLIC + _SOCIETAL + by_outcome
    if stated.measure not in measures:
        params: dict[str, object] = {"value": stated.measure, "choices": measures}
        yield Fault("wrong-choice", (*location, "measure"), params | {"nearest": nearest(stated.measure, measures)})
    elif (stated.measure in _SOCIETAL + by_outcome and stated.perspective != "societal") or (
        stated.measure in _PUBLIC and stated.perspective not in _PUBLIC_PERSPECTIVES
    ):
        params = {"measure": stated.measure, "perspective": stated.perspective}
        yield Fault("measure-not-for-perspective", (*location, "measure"), params)
    if stated.horizon not in case.horizons:
        yield Fault("unknown-horizon", (*location, "horizon"), {"value": stated.horizon, "known": case.horizons})
