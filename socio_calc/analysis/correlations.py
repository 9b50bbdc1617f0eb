"""The rank correlations that a case asks for, and those that its draws have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from socio_calc.analysis.focus import ordinary_draws
from socio_calc.appraisal import Appraisal
from socio_calc.engine.correlations import column_keys
from socio_calc.engine.terms import FloatArray


@dataclass(frozen=True, slots=True)
class AchievedCorrelation:
    """One pair of a case's `correlations`.

    Attributes
    ----------
    between
        The two paths, as they are written.
    quantities
        The keys of the two quantities.
    wanted, achieved
        Rank correlation (Spearman) that the case gives, and that of the draws.
    """

    between: tuple[str, str]
    quantities: tuple[str, str]
    wanted: float
    achieved: float


def achieved_correlations(appraisal: Appraisal) -> tuple[AchievedCorrelation, ...]:
    """Return the correlations of a case with those that its draws have, in the order of the file.

    Quantities with few values (discrete ones) have ties, and with them weaker correlations than their uniforms.
    """
    if not appraisal.case.correlations:
        return ()
    keys = column_keys(appraisal.case)
    rows = {column.key: row for row, column in enumerate(appraisal.plan.columns)}
    x = ordinary_draws(appraisal.simulation)
    found = []
    for correlation in appraisal.case.correlations:
        first, second = correlation.between
        pair = keys[first], keys[second]
        achieved = rank_correlation(x[rows[pair[0]]], x[rows[pair[1]]])
        found.append(AchievedCorrelation((first, second), pair, correlation.rank, achieved))
    return tuple(found)


def rank_correlation(first: FloatArray, second: FloatArray) -> float:
    """Return Spearman's rank correlation of two series, ties at their mean rank.

    >>> rank_correlation(np.array([1.0, 2.0, 3.0, 10.0]), np.array([0.1, 5.0, 4.0, 9.0]))
    0.8
    """
    from scipy.stats import rankdata

    ranks = [rankdata(series) - (series.size + 1) / 2.0 for series in (first, second)]
    spread = float(np.sqrt((ranks[0] @ ranks[0]) * (ranks[1] @ ranks[1])))
    return float(ranks[0] @ ranks[1]) / spread if spread > 0.0 else 0.0
