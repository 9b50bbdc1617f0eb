"""Rules of the correlations of a case; what each path stands for is looked up when the plan is built."""

from __future__ import annotations

from collections.abc import Iterator

from socio_calc.case.decision import Correlation
from socio_calc.case.model import Case
from socio_calc.case.paths import Location
from socio_calc.case.translate import Fault


def check_correlation(correlation: Correlation, location: Location) -> Iterator[Fault]:
    """Yield what is wrong with one correlation: a rank at a limit, a quantity with itself."""
    if correlation.rank in (-1.0, 1.0):
        yield Fault("rank-at-limit", (*location, "rank"), {"value": correlation.rank})
    first, second = correlation.between
    if first == second:
        yield Fault("correlation-with-itself", (*location, "between", 1), {"first": first, "second": second})


def check_pairs(case: Case) -> Iterator[Fault]:
    """Yield the correlations whose pair stands in one before them."""
    seen: set[frozenset[str]] = set()
    for index, correlation in enumerate(case.correlations):
        pair = frozenset(correlation.between)
        if pair in seen:
            first, second = correlation.between
            yield Fault("correlation-twice", ("correlations", index, "between"), {"first": first, "second": second})
        seen.add(pair)
