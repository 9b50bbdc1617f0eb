"""How far a quantity can go at all: a share stays between 0 and 1, a ratio, a number of hours or a price above 0."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any, Final
from weakref import WeakKeyDictionary

from socio_calc.analysis.focus import Focus
from socio_calc.appraisal import Appraisal
from socio_calc.case import Case, EvidenceRef, Quantity, Ref, stated_effects
from socio_calc.case.dump import case_data
from socio_calc.engine.columns import Column
from socio_calc.engine.distributions import Distribution
from socio_calc.engine.effects import DOMAINS, RATIO_MEASURES

Limits = tuple[float, float]

ANYWHERE: Final[Limits] = (-math.inf, math.inf)
_NOT_NEGATIVE: Final[Limits] = (0.0, math.inf)
_SHARE: Final[Limits] = (0.0, 1.0)
#: So many standard deviations make a probability 0 or 1 in any computer number.
_STANDARD_DEVIATIONS: Final[Limits] = (-40.0, 40.0)
#: Probabilities between which all that is drawn lies.
_DRAWN: Final[Limits] = (1e-9, 1.0 - 1e-9)
#: By the last key of a path; what CASE_FORMAT allows there.
_BY_KEY: Final[dict[str, Limits]] = {
    **dict.fromkeys(
        ("completion", "deadweight", "attribution", "evidence_adjustment", "displacement", "causal_share"), _SHARE
    ),
    **dict.fromkeys(("marginal", "realisable", "rate"), _SHARE),
    **dict.fromkeys(("number", "hours", "wage", "contributions", "holds", "sd", "public_funds_factor"), _NOT_NEGATIVE),
    "growth": (-0.5, 0.5),
}
#: What `_all_references` has found.
_KEPT: Final[WeakKeyDictionary[Appraisal, tuple[tuple[str, str], ...]]] = WeakKeyDictionary()


def limits(focus: Focus, column: Column) -> Limits:
    """Return the lowest and the highest value that a quantity can have, infinite where there is none.

    A named quantity can go as far as all the places where it stands allow.
    """
    bounds = [_at(focus.appraisal.case, path, column.distribution) for path in places(focus.appraisal, column.key)]
    low = max((bound[0] for bound in bounds), default=-math.inf)
    high = min((bound[1] for bound in bounds), default=math.inf)
    # What is certainly drawn is possible, whatever the place says.
    known = [column.central, *(end for end in column.distribution.support() if math.isfinite(end))]
    return min(low, *known), max(high, *known)


def places(appraisal: Appraisal, key: str) -> tuple[str, ...]:
    """Return the paths in the case at which an uncertain quantity stands; of a price row its key."""
    kind, _, rest = key.partition(":")
    if kind == "evidence":
        evidence = rest.partition(":")[0]
        stated = stated_effects(appraisal.case)
        found = [e.path for e in stated if isinstance(e.value, EvidenceRef) and e.value.evidence == evidence]
        return (*found, *_inputs(appraisal, lambda written: getattr(written, "evidence", None) == evidence))
    if key.startswith("quantities."):
        name = key.removeprefix("quantities.")
        return (
            *(path for path, found in _all_references(appraisal) if found == name),
            *_inputs(appraisal, lambda written: isinstance(written, Ref) and written.ref == name),
        )
    return (key,)


def _inputs(appraisal: Appraisal, wanted: Callable[[Quantity], bool]) -> Iterator[str]:
    """Yield the paths of the quantities of own outcomes that are wanted."""
    for outcome in appraisal.own_outcomes:
        yield from (f"{outcome.path}.{below}" for below, written, _ in outcome.quantities() if wanted(written))


def _at(case: Case, path: str, distribution: Distribution) -> Limits:
    """Return the limits at one place of the case; where the place has none, the sign of what is drawn decides."""
    parts = [part for part in path.split(".") if not part.isdigit()]
    stated = next((stated for stated in stated_effects(case) if stated.path == path), None)
    if stated is not None:
        measure = stated.effect.measure
        if measure in RATIO_MEASURES:
            return _NOT_NEGATIVE
        if measure == "smd" and stated.level != "amount":
            return _STANDARD_DEVIATIONS
        return DOMAINS[stated.level] if measure == "level" else ANYWHERE
    if parts[0] == "outcomes" and parts[2:3] == ["inputs"]:
        # What the function makes of values that are never drawn only its author knows.
        lowest, highest = (float(end) for end in distribution.quantile(_DRAWN))
        return lowest, highest
    if parts[0] == "outcomes" and parts[2:] == ["ordinary"]:
        return DOMAINS[next(outcome.level for outcome in case.outcomes if outcome.id == parts[1])]
    if parts[0] == "pathways" and parts[2] == "transitions":
        return _NOT_NEGATIVE if {"counts", "rate"} & set(path.split(".")[4:]) else _SHARE
    if parts[-1] in _BY_KEY:
        return _BY_KEY[parts[-1]]
    if distribution.kind == "beta":
        return _SHARE
    lowest, highest = distribution.support()
    return (0.0 if lowest >= 0.0 else -math.inf, 0.0 if highest <= 0.0 else math.inf)


def _all_references(appraisal: Appraisal) -> tuple[tuple[str, str], ...]:
    """Return the references of a case, kept as long as the appraisal: they are asked for with every named quantity."""
    found = _KEPT.get(appraisal)
    if found is None:
        found = _KEPT[appraisal] = tuple(_references(case_data(appraisal.case)))
    return found


def _references(data: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield (path, name) of every `{ref: NAME}` in the data of a case."""
    if isinstance(data, dict):
        if "ref" in data and isinstance(data["ref"], str):
            yield path, data["ref"]
        for key, value in data.items():
            if key != "scenarios":
                yield from _references(value, f"{path}.{key}" if path else str(key))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            name = str(item.get("id", index)) if isinstance(item, dict) else str(index)
            yield from _references(item, f"{path}.{name}" if path else name)
