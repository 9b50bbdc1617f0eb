"""Warnings about outcomes: what gets worse, what is never counted, and gains that are counted as costs."""

from __future__ import annotations

from collections.abc import Iterator

from socio_calc.appraisal.appraisal import Appraisal
from socio_calc.appraisal.result import ResultWarning
from socio_calc.case import OwnOutcome, StatedOutcome

#: A change smaller than this share of the ordinary level is rounding.
_ROUNDING = 1e-9


def worse_outcomes(appraisal: Appraisal) -> tuple[StatedOutcome, ...]:
    """Return the outcomes that the intervention makes worse in the base case, over the longest horizon."""
    return tuple(outcome for outcome in appraisal.stated_outcomes if _change(appraisal, outcome) < 0)


def outcome_worse(appraisal: Appraisal) -> Iterator[ResultWarning]:
    """Warn of outcomes that get worse: most often an effect with the wrong sign or the wrong `better`."""
    for outcome in worse_outcomes(appraisal):
        row = appraisal.outcome(outcome.id)
        params = {
            "outcome": outcome.name,
            "better": outcome.better,
            "before": row.ordinary,
            "after": row.intervention,
        }
        path = outcome.path if isinstance(outcome, OwnOutcome) else f"outcomes.{outcome.id}.effect.value"
        yield ResultWarning("outcome-worse", path, params)


def never_counted(appraisal: Appraisal) -> Iterator[ResultWarning]:
    """Warn of effects that end before they begin: METHOD §4 counts `lasts` from entry as it does `lag`."""
    for key, owners in (("outcomes", appraisal.case.outcomes), ("pathways", appraisal.case.pathways)):
        for owner in owners:
            if owner.lasts is not None and owner.lasts <= owner.lag:
                params = {"name": owner.name, "lag": owner.lag, "lasts": owner.lasts}
                yield ResultWarning("effect-never-counted", f"{key}.{owner.id}.lasts", params)


def gain_as_cost(appraisal: Appraisal) -> Iterator[ResultWarning]:
    """Warn of costs that rise because an outcome rises that should, where it brings no gain (meant to be avoided?)."""
    sums: dict[tuple[str, str], float] = {}
    gains = set()
    for flow in appraisal.flow_rows:
        if flow.base > 0:
            gains.add(flow.source)
        if flow.kind == "resource_cost":
            sums[flow.source, flow.line] = sums.get((flow.source, flow.line), 0.0) + flow.base
    for outcome in appraisal.stated_outcomes:
        if outcome.better != "higher" or outcome.id in gains or _change(appraisal, outcome) <= 0:
            continue
        for number, consequence in enumerate(outcome.consequences):
            if sums.get((outcome.id, consequence.name), 0.0) < 0:
                path = f"outcomes.{outcome.id}.consequences.{number}.quantity"
                params = {"outcome": outcome.name, "consequence": consequence.name}
                yield ResultWarning("gain-as-cost", path, params)


def _change(appraisal: Appraisal, outcome: StatedOutcome) -> float:
    """Return by how much an outcome gets better in the base case; zero where the change is rounding."""
    row = appraisal.outcome(outcome.id)
    change = row.difference if outcome.better == "higher" else -row.difference
    return change if abs(change) > _ROUNDING * max(abs(row.ordinary), abs(row.intervention)) else 0.0
