"""Plausibility of who takes part: how many, whether they are the same people, who completes and who lives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import combinations
from typing import Final

from socio_calc.case import follow
from socio_calc.review.hit import UNTESTED, Found, Hit, Trap
from socio_calc.review.scene import Scene
from socio_calc.review.trap_limits import LIMITS

_PEOPLE = re.compile(
    r"(?<!\d)(\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,3}|\d{1,9})\s{1,3}(?:barn|elever|personer|familjer|hushåll|äldre)",
    re.IGNORECASE,
)


def _target_size(scene: Scene) -> int | None:
    """Return how many the target group has: as stated, else the largest number of people in its description."""
    application = scene.application
    group = None if application is None else application.target_group
    if application is None:
        return None
    if group is not None and group.size is not None:
        return group.size
    text = f"{'' if group is None else group.description or ''} {application.needs_analysis or ''}"
    numbers = [int(re.sub(r"\D", "", match)) for match in _PEOPLE.findall(text)]
    return max(numbers) if numbers else None


def _too_many(scene: Scene) -> Found:
    size = _target_size(scene)
    if size is None or scene.application is None:
        yield UNTESTED
        return
    by_year: dict[int, float] = {}
    for cohort, number in zip(scene.case.participants, scene.participants, strict=True):
        by_year[cohort.year] = by_year.get(cohort.year, 0.0) + number
    if max(by_year.values()) > size:
        fits = {year: min(1.0, size / number) for year, number in by_year.items() if number > 0}
        params = {"n": max(by_year.values()), "size": size}
        yield Hit("participants", params, change=_fewer(scene, fits))
        return
    group = scene.application.target_group
    if group is None or group.age_min is None or group.age_max is None:
        return
    # New people come into the group every year: a group of ten years' ages renews a tenth of itself.
    years, in_group = max(by_year) - min(by_year) + 1, group.age_max - group.age_min + 1
    most, counted = size * (1 + (years - 1) / in_group), sum(by_year.values())
    if counted > most:
        change = _fewer(scene, dict.fromkeys(by_year, most / counted))
        yield Hit("participants", {"n": counted, "size": size}, change=change)


def _fewer(scene: Scene, share_of_year: Mapping[int, float]) -> dict[str, float]:
    """Return the replacement that leaves a share of each year's participants."""
    cohorts = zip(scene.case.participants, scene.participants, strict=True)
    return {
        f"participants.{index}.number": number * share_of_year.get(cohort.year, 1.0)
        for index, (cohort, number) in enumerate(cohorts)
        if share_of_year.get(cohort.year, 1.0) < 1.0
    }


def _same_people(scene: Scene) -> Found:
    """Find groups of the same size that are as much older as they begin later.

    Groups of the same age are not the same people: who was that age last year is older now.
    """
    cohorts = list(zip(scene.case.participants, scene.participants, strict=True))
    if len(cohorts) > 1 and any(cohort.age is None for cohort, _ in cohorts):
        yield UNTESTED
        return
    for (first, n1), (second, n2) in combinations(cohorts, 2):
        if n1 != n2 or first.year == second.year or first.age is None or second.age is None:
            continue
        if second.age - first.age == second.year - first.year:
            written = scene.data["participants"]
            index = scene.case.participants.index(second)
            once = [cohort for at, cohort in enumerate(written) if at != index]
            yield Hit("participants", {}, change={"participants": once})
            return


def _everyone_completes(scene: Scene) -> Found:
    """Everyone completes where nobody has said why: a source may tell that those who leave are counted already."""
    completion = follow(scene.case.completion, scene.case.quantities)
    if not scene.certain(scene.case.completion, 1.0) or (completion is not None and completion.source):
        return
    if sum(scene.participants) < LIMITS["everyone-completes"]:
        return
    if any(stated.grade not in ("systematic_review", "rct") for stated in scene.effects):
        yield Hit("completion", {})


def _survival(scene: Scene) -> Found:
    ages = [cohort.age for cohort in scene.case.participants if cohort.age is not None]
    old = [age for age in ages if age >= LIMITS["survival-ignored:age"]]
    if scene.case.survival != "none" or not old:
        return
    span = max((scene.span(owner) for owner in scene.case.changed), default=0)
    if span >= LIMITS["survival-ignored:span"] or scene.appraisal.longest > LIMITS["survival-ignored:horizon"]:
        yield Hit("survival", {"age": max(old), "span": span}, change={"survival": "sweden"})


TRAPS: Final = (
    Trap("cohort-larger-than-target-group", "serious", _too_many),
    Trap("same-people-every-year", "warning", _same_people),
    Trap(
        "everyone-completes",
        "note",
        _everyone_completes,
        "Scheckel m.fl. 2021",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC8314607",
    ),
    Trap("survival-ignored", "warning", _survival),
)
