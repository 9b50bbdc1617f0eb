"""Which quantities drive the result: indices and partial rank correlations of a net present value (METHOD §9).

Quantities that are drawn together have no indices of their own: an index shares out the variance among independent
causes. They are given as one group, and each member says why it has none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from socio_calc.analysis.focus import Focus, first_of_replicates
from socio_calc.analysis.indices import POINTS, independent_points, indices_between, partial_rank_correlations
from socio_calc.engine.plan import Plan
from socio_calc.engine.tables import quantile_source
from socio_calc.engine.terms import FloatArray

#: Reason code of a quantity without indices of its own.
CORRELATED: Final = "correlated-inputs"
#: Between the keys of a group.
JOIN: Final = " + "
#: Draws that the partial rank correlations are made from.
_RANKED_DRAWS: Final = 2**13
#: Columns times groups times points that are computed at most, and the fewest points of a replicate.
_MOST_WORK: Final = 2.0**26
_FEWEST_POINTS: Final = 2**6


@dataclass(frozen=True, slots=True)
class DriverIndex:
    """First-order and total index of one quantity, or of a group that is drawn together.

    Attributes
    ----------
    quantity
        Its key; of a group the keys of its members, joined by ` + `.
    first, first_ci, total, total_ci
        As in `indices.Index`; None with `reason`.
    members
        The keys of a group.
    reason
        `correlated-inputs` for a quantity that has indices only together with others.
    """

    quantity: str
    first: float | None
    first_ci: tuple[float, float] | None
    total: float | None
    total_ci: tuple[float, float] | None
    members: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class RankCorrelation:
    """Partial rank correlation of one quantity with the net present value."""

    quantity: str
    value: float


def driver_indices(
    focus: Focus, points: int | None = None, progress: Callable[[int], None] | None = None
) -> tuple[DriverIndex, ...]:
    """Return indices of every quantity, the largest total first; members of a group follow it without figures.

    `points` of each replicate; None is as many as a case of this size affords. Empty where the net present value does
    not vary. `progress` is called with 1 after each of the `dependent_groups`.
    """
    plan = focus.plan
    if not plan.columns:
        return ()
    groups = dependent_groups(plan)
    points = affordable_points(len(plan.columns), len(groups)) if points is None else points
    uniforms = independent_points(plan.streams, points, focus.appraisal.seed)
    first, second = (quantities_at(plan, matrix) for matrix in uniforms)
    indices = indices_between(focus.net, first, second, groups, progress)
    if indices is None:
        return ()
    rows: list[DriverIndex] = []
    for group, index in sorted(zip(groups, indices, strict=True), key=lambda pair: -pair[1].total):
        keys = tuple(plan.columns[column].key for column in group)
        members = keys if len(keys) > 1 else ()
        rows.append(DriverIndex(JOIN.join(keys), index.first, index.first_ci, index.total, index.total_ci, members))
        rows.extend(DriverIndex(key, None, None, None, None, reason=CORRELATED) for key in members)
    return tuple(rows)


def affordable_points(columns: int, groups: int) -> int:
    """Return the points of each replicate: 4,096, and fewer, a power of two, for cases of very many quantities.

    >>> affordable_points(30, 30), affordable_points(1_000, 1_000)
    (4096, 64)
    """
    most = _MOST_WORK / (columns * (groups + 2))
    return max(min(POINTS, 1 << int(np.log2(max(most, 1.0)))), _FEWEST_POINTS)


def rank_correlations(focus: Focus) -> tuple[RankCorrelation, ...]:
    """Return the partial rank correlation of every quantity, from the ordinary draws, the strongest first."""
    chosen = first_of_replicates(focus.x.shape[1], _RANKED_DRAWS)
    values = partial_rank_correlations(focus.x[:, chosen], focus.net_draws[chosen])
    rows = [RankCorrelation(column.key, float(value)) for column, value in zip(focus.plan.columns, values, strict=True)]
    return tuple(sorted(rows, key=lambda row: -abs(row.value)))


def quantities_at(plan: Plan, uniforms: FloatArray) -> FloatArray:
    """Return the quantities that uniforms stand for, shape (columns, points), from (streams, points)."""
    correlated = uniforms.copy()
    copula = plan.copula
    if copula is not None:
        copula.apply(correlated)
    x = np.empty((len(plan.columns), uniforms.shape[1]))
    for row, column in enumerate(plan.columns):
        quantile_source(column.distribution).lookup(correlated[column.stream], x[row])
    return x


def dependent_groups(plan: Plan) -> tuple[tuple[int, ...], ...]:
    """Return the columns in groups that are independent of each other, each group in the order of the columns.

    Columns go together where they share a draw (`draw_group`) or are correlated, directly or through others.
    """
    group_of = list(range(plan.streams))
    copula = plan.copula
    if copula is not None:
        together = np.abs(copula.mixing @ copula.mixing.T) > 1e-12
        for row, column in zip(*np.nonzero(together), strict=True):
            _join(group_of, copula.streams[int(row)], copula.streams[int(column)])
    members: dict[int, list[int]] = {}
    for index, found in enumerate(plan.columns):
        members.setdefault(_root(group_of, found.stream), []).append(index)
    return tuple(tuple(group) for group in members.values())


def _root(group_of: Sequence[int], stream: int) -> int:
    while group_of[stream] != stream:
        stream = group_of[stream]
    return stream


def _join(group_of: list[int], first: int, second: int) -> None:
    group_of[_root(group_of, first)] = _root(group_of, second)
