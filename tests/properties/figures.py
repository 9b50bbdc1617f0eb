"""How a relation between cases is tried: on which cases, by which figures, and what a comparison may forgive."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import hypot
from typing import Any

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from socio_calc.appraisal import Appraisal, appraise
from socio_calc.appraisal.measures import DrawFigures, Key
from socio_calc.case import Case
from socio_calc.engine.build import build_plan
from socio_calc.engine.yearly import base_flows
from socio_calc.reference import ReferenceBase, load_reference
from tests.properties.agreement import SUMS
from tests.strategies import cases

property_of = settings(max_examples=20)
#: Those that draw, which takes longer.
drawn_property_of = settings(max_examples=12)

#: Sums of entries may differ by rounding, and a sum within 1e-9 of its entries' size is called 0 (METHOD §7).
SLACK = 4e-9
#: Monte Carlo errors between two means of the same quantity: 8 replicates estimate the error itself only roughly.
ERRORS = 8.0


def independent(**options: Any) -> st.SearchStrategy[Case]:
    """Return cases without correlations, which name places that a change may move and give means other values."""
    return cases(**options).map(lambda case: case.model_copy(update={"correlations": ()}))


def drawn(case: Case, draws: int = 1024) -> Appraisal:
    """Return the appraisal of a case from few draws."""
    return appraise(case, draws=draws, seed=1)


@dataclass(frozen=True)
class Figures:
    """The base case: every measure, the sum of the absolute discounted entries, and the calculation behind them."""

    values: Mapping[Key, float | None]
    size: float
    draw: DrawFigures

    @property
    def sums(self) -> dict[Key, float]:
        """Measures that are sums of entries, in kronor."""
        return {key: value for key, value in self.values.items() if key[3] in SUMS and value is not None}

    def sum(self, measure: str = "npv", perspective: str = "societal", horizon: int = 0, view: str = "all") -> float:
        """Return one sum; horizon 0 is the longest."""
        return self.sums[view, perspective, horizon or self.draw.plan.years, measure]


def figures_of(case: Case, base: ReferenceBase | None = None) -> Figures:
    """Return the base case of a case."""
    plan = build_plan(case, base or load_reference())
    draw = DrawFigures(plan, base_flows(plan))
    values = {key: figure.value for key, figure in draw.as_dict().items()}
    return Figures(values, float(np.abs(draw.discounted).sum()), draw)


def unequal(
    found: Figures,
    expected: Figures,
    by: Callable[[Key], float] = lambda key: 1.0,
    only: Callable[[Key], bool] = lambda key: True,
) -> list[tuple[Key, float, float]]:
    """Return (row, found, expected) of every sum that is not `by(row)` times what is expected."""
    slack = SLACK * max(found.size, expected.size * max(map(abs, map(by, expected.sums)), default=0.0))
    assert found.sums.keys() == expected.sums.keys()
    pairs = ((key, value, by(key) * expected.sums[key]) for key, value in found.sums.items() if only(key))
    return [(key, value, wanted) for key, value, wanted in pairs if abs(value - wanted) > slack]


def means_that_differ(first: Appraisal, second: Appraisal, size: float) -> list[tuple[Key, float, float, float]]:
    """Return (row, mean, mean, error) of every sum whose two means are further apart than their errors allow."""
    found = []
    for row in first.rows:
        other = second.result(row.measure, row.perspective, row.horizon, row.view) if row.measure in SUMS else None
        if other is None or row.mean is None or other.mean is None or row.measure == "npv_cash":
            continue
        error = hypot(row.mc_error or 0.0, other.mc_error or 0.0)
        if abs(row.mean - other.mean) > ERRORS * error + SLACK * size:
            found.append(((row.view, row.perspective, row.horizon, row.measure), row.mean, other.mean, error))
    return found
