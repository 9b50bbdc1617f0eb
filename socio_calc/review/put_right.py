"""All findings that can be put right mechanically, put right together: one after the other, each on what the last left.

Putting one thing right may put another right too, or move what the next would change; so each change is found anew in
the case as it stands after the changes before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from socio_calc.analysis.scenario_cases import scenario_case
from socio_calc.appraisal import appraise
from socio_calc.case.scenarios import PathError
from socio_calc.problems import InputError
from socio_calc.review.effect import applicant, difference, net_of
from socio_calc.review.finding import Effect, Finding
from socio_calc.review.grant_limit import grant_within
from socio_calc.review.hit import Hit
from socio_calc.review.review import Review
from socio_calc.review.scene import Scene
from socio_calc.review.traps import TRAP_OF

#: Draws of the changed cases: only their base case is looked at.
_DRAWS: Final = 8
#: Lists whose items move when one goes: the same path may mean another item the next time.
_LISTS: Final = ("consequences", "costs", "participants")
Change = Mapping[str, Any]


@dataclass(frozen=True)
class PutRight:
    """The case with every finding put right that can be.

    Attributes
    ----------
    count
        Findings that have an effect of their own.
    effect
        What all of them together do to the base case, as `Finding.effect`.
    societal
        Society's net present value afterwards, SEK.
    """

    count: int
    effect: Effect
    societal: float


def put_all_right(review: Review) -> PutRight | None:
    """Return what all changes do together, None where no finding can be put right mechanically."""
    # What was changed in a report is no part of its case, which is right already.
    of_the_case = [finding for finding in review.findings if finding.rule is not None or finding.code in TRAP_OF]
    found = [finding for finding in of_the_case if finding.effect is not None]
    if not found:
        return None
    times = Counter(finding.code for finding in found)
    scene, tried = review.scene, list[tuple[str, Change]]()
    while any(times.values()):
        step = next((step for step in _changes(scene, found, times) if not _is_tried(step, tried)), None)
        if step is None:
            break
        code, change = step
        tried.append(step)
        after = _after(scene, change)
        if after is not None:
            times[code] -= 1
            scene = after
    return PutRight(len(found), _difference(review.scene, scene), net_of(scene, "societal"))


def _changes(scene: Scene, found: list[Finding], times: Counter[str]) -> Iterator[tuple[str, Change]]:
    """Yield the changes that the findings still ask for in a case, traps first."""
    for code in dict.fromkeys(finding.code for finding in found if finding.rule is None):
        if times[code] > 0:
            for hit in TRAP_OF[code].test(scene):
                if isinstance(hit, Hit) and hit.change:
                    yield code, hit.change
    for finding in found:
        if finding.rule is not None and times[finding.code] > 0:
            change = grant_within(finding.rule.check, scene)
            if change:
                yield finding.code, change


def _is_tried(step: tuple[str, Change], tried: list[tuple[str, Change]]) -> bool:
    """Say whether the same values were replaced for the same reason before."""
    code, change = step
    moves = any(path.endswith(_LISTS) for path in change)
    return any(
        code == other and (dict(change) == dict(made) if moves else set(change) == set(made)) for other, made in tried
    )


def _after(scene: Scene, change: Change) -> Scene | None:
    try:
        case = scenario_case(scene.data, "check", dict(change))
        return Scene(appraise(case, draws=_DRAWS, reference=scene.base), scene.application, scene.fund)
    except (InputError, PathError):
        return None


def _difference(before: Scene, after: Scene) -> Effect:
    actor = applicant(before)

    def moved(perspective: str) -> float:
        return difference(net_of(after, perspective), net_of(before, perspective))

    return Effect(moved("societal"), None if actor is None else moved(actor))
