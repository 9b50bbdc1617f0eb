"""Whether the application and the case agree (RULES §6); unknown outcomes of the follow-up are errors of the case."""

from __future__ import annotations

from collections.abc import Iterator

from socio_calc.review.hit import Hit
from socio_calc.review.scene import Scene

#: Difference in SEK that rounding may give.
ROUNDING_SEK = 1.0
#: Actors that an organisation of each sector can bear a cost as (RULES §3).
ACTORS_OF_SECTOR = {
    "kommun": ("kommun",),
    "region": ("region",),
    "stat": ("stat",),
    "civilsamhalle": ("civilsamhalle",),
    "larosate": ("stat",),
    "foretag": ("arbetsgivare",),
    # Whom it has its contract with is not told; its own result is that of the others.
    "avtal": ("kommun", "region", "ovriga"),
    "ovriga": ("ovriga",),
}


def applied_beyond_grant(scene: Scene) -> tuple[float, float] | None:
    """Return what is applied for and what the grant covers of the costs, where the first is more; else None."""
    applied = {} if scene.application is None else scene.application.applied
    asked, granted = sum(applied.values()), sum(scene.budget.grant.values())
    # Each year may be rounded by itself.
    return (asked, granted) if asked > granted + ROUNDING_SEK * len(applied) else None


def applied_differs_from_grant(scene: Scene) -> Iterator[Hit]:
    """Hold applied amounts against the costs that the grant covers, year by year."""
    application = scene.application
    if application is None or not application.applied:
        return
    if applied_beyond_grant(scene) is not None:
        return  # told by `grant-left-out-of-cost`
    for year in sorted({*application.applied, *scene.budget.grant}):
        applied, granted = application.applied.get(year, 0.0), scene.budget.grant.get(year, 0.0)
        if abs(applied - granted) > ROUNDING_SEK:
            path = f"application.applied.{year}" if year in application.applied else "application.applied"
            yield Hit(path, {"a": applied, "b": granted, "year": year})


def start_outside_first_year(scene: Scene) -> Iterator[Hit]:
    """Say so where the intervention does not start in the first year of the calculation."""
    application = scene.application
    if application is not None and application.start is not None:
        if application.start.year != scene.case.first_year:
            params = {"start": application.start, "year": scene.case.first_year}
            yield Hit("application.start", params)


def cofinancier_not_a_party(scene: Scene) -> Iterator[Hit]:
    """Whoever bears a cost of the intervention is among the organisations."""
    application = scene.application
    if application is None or not application.organisations:
        return
    sectors = [organisation.sector for organisation in application.organisations]
    if None in sectors:
        return
    parties = {actor for sector in sectors if sector is not None for actor in ACTORS_OF_SECTOR[sector]}
    named: set[str] = set()
    for index, item in enumerate(scene.case.costs):
        # Participants bear costs of their own without being a party of the application.
        if item.funding == "grant" or item.replaces or item.actor == "individ" or item.actor in parties | named:
            continue
        named.add(item.actor)
        yield Hit(f"costs.{index}.actor", {"actor": item.actor})
