"""Warnings about the prices of a calculation: assumed, old, overlapping, local, converted by the wrong index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from socio_calc.appraisal.appraisal import Appraisal
from socio_calc.appraisal.result import ResultWarning
from socio_calc.case import Case
from socio_calc.reference import overlaps

Found = Iterator[ResultWarning]

#: Years before the case's price year after which a price is old.
OLD_PRICE_YEARS = 10


def assumed_prices(appraisal: Appraisal) -> Found:
    """Say how many prices have an uncertainty that their source does not give."""
    assumed = sum(column.assumed and column.key.startswith("cost:") for column in appraisal.plan.columns)
    if assumed:
        yield ResultWarning("assumed-price-range", None, {"n": assumed})


def old_prices(appraisal: Appraisal) -> Found:
    """Name the prices from more than ten years before the case's price year."""
    named: set[tuple[str, int]] = set()
    for line in appraisal.plan.lines:
        if line.price_year is None or line.index == "none":
            continue
        # A price of the list has the name that it has there, as in every other warning about it.
        name = line.name if line.cost_id is None else f"row:{line.cost_id}"
        if line.price_year < appraisal.price_year - OLD_PRICE_YEARS and (name, line.price_year) not in named:
            named.add((name, line.price_year))
            yield ResultWarning("old-price", line.path, {"name": name, "year": line.price_year})


def index_fallback(appraisal: Appraisal) -> Found:
    """Name own operations, mostly wages, whose price follows a consumer price index for want of their own."""
    for id, paths in appraisal.plan.costs_used.items():
        row = appraisal.reference.costs[id]
        if row.bought is False and row.index in ("kpi", "kpif"):
            yield ResultWarning("index-fallback", _only_place(paths), {"name": f"cost:{id}", "series": row.index})


def overlapping_prices(appraisal: Appraisal) -> Found:
    """Name prices that contain one another, used in one calculation (double counting)."""
    uses = [(id, path) for id, paths in appraisal.plan.costs_used.items() for path in paths]
    named: set[tuple[str, str]] = set()
    for overlap in overlaps(appraisal.reference, uses):
        pair = (overlap.first, overlap.second)
        if pair not in named and not _in_two_states(appraisal.case, overlap.first_path, overlap.second_path):
            named.add(pair)
            params = {
                "first": f"cost:{overlap.first}",
                "second": f"cost:{overlap.second}",
                "paths": (overlap.first_path, overlap.second_path),
            }
            yield ResultWarning("overlapping-prices", overlap.first_path, params)


def _in_two_states(case: Case, first: str, second: str) -> bool:
    """Whether two prices belong to different states of one pathway: nobody is in both in the same year."""
    places = []
    for path in (first, second):
        kind, owner, *rest = path.split(".")
        if kind != "pathways" or rest[:1] != ["consequences"]:
            return False
        pathway = next(pathway for pathway in case.pathways if pathway.id == owner)
        places.append((owner, pathway.consequences[int(rest[1])]))
    (first_owner, one), (second_owner, other) = places
    return first_owner == second_owner and one.per == other.per == "year" and one.state != other.state


def local_prices(appraisal: Appraisal) -> Found:
    """Name prices of the applicant's own, and how far they are from the base's."""
    for price in appraisal.reference.local_prices:
        if price.row.id not in appraisal.plan.costs_used:
            continue
        path, named = _only_place(appraisal.plan.costs_used[price.row.id]), {"first": f"cost:{price.row.id}"}
        if price.ratio is None:
            yield ResultWarning("local-price", path, named)
        else:
            code = "local-price-higher" if price.ratio >= 1 else "local-price-lower"
            yield ResultWarning(code, path, {**named, "share": abs(price.ratio - 1)})


def _only_place(paths: Sequence[str]) -> str | None:
    """Return where a price is used; None where it is in several places, as one would stand for the others.

    >>> _only_place(["costs.0.amount"]), _only_place(["costs.0.amount", "outcomes.falls.consequences.0.price"])
    ('costs.0.amount', None)
    """
    return paths[0] if len(paths) == 1 else None
