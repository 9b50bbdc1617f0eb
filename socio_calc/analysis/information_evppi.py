"""The value of knowing: everything (EVPI), or some quantities (EVPPI), before a yes or no is said (METHOD §9).

All functions take plain arrays: the net benefit of saying yes in each draw (of saying no it is 0), and what is known in
each draw. Draws come in independent replicates, whose spread gives the standard errors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from socio_calc.analysis.conditional_mean import ConditionalMean, conditional_mean
from socio_calc.engine.sampling import REPLICATES

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value over draws and its standard error."""

    value: float
    se: float

    def scaled(self, by: float) -> Estimate:
        """Return both times a positive number."""
        return Estimate(self.value * by, self.se * by)


def evpi(net_benefit: FloatArray, replicates: int = REPLICATES) -> Estimate:
    """Return the expected value of perfect information, E[max(NB, 0)] − max(E[NB], 0).

    It is computed as the smaller of the expected loss of saying yes and that of saying no, which loses no digits
    where the decision is nearly certain.

    Parameters
    ----------
    net_benefit
        NB in each draw, shape (draws,).

    Examples
    --------
    >>> from scipy.special import ndtri
    >>> u = ((np.arange(8_000) + 0.5) / 8_000).reshape(-1, 8).T.ravel()
    >>> round(evpi(-50_000 + 200_000 * ndtri(u)).value, -2)  # 200,000·(φ(¼) − ¼·Φ(−¼)) is 57,269
    57300.0
    """
    rows = np.broadcast_to(np.asarray(net_benefit, dtype=float), (1 + replicates, len(net_benefit)))
    return _gain(rows, replicates)


def evppi(net_benefit: FloatArray, inputs: FloatArray, replicates: int = REPLICATES) -> Estimate:
    """Return the expected value of knowing some quantities, E[max(E[NB | x], 0)] − max(E[NB], 0).

    It lies between 0 and the EVPI; an estimate outside is put at the limit.

    Parameters
    ----------
    net_benefit
        NB in each draw, shape (draws,).
    inputs
        What would be known, shape (quantities, draws).
    """
    return value_of(conditional_mean(net_benefit, inputs, replicates), evpi(net_benefit, replicates))


def value_of(known: ConditionalMean, most: Estimate) -> Estimate:
    """Return what a decision on E[NB | what is known] is worth beyond one without; `most` is the EVPI."""
    found = _gain(known.responses, len(known.without))
    return Estimate(min(found.value, most.value), found.se)


def _gain(rows: FloatArray, replicates: int) -> Estimate:
    """Return E[max(g, 0)] − max(E[g], 0) of the first row, with its error by the jackknife from the others.

    Row 1 + r is what is computed without replicate r, at every draw.
    """
    value = _spared(rows[0])
    size = rows.shape[1] // replicates
    left = np.array(
        [_spared(np.concatenate([rows[1 + r, : r * size], rows[1 + r, (r + 1) * size :]])) for r in range(replicates)]
    )
    spread = float(((left - left.mean()) ** 2).sum())
    return Estimate(value, float(np.sqrt(spread * (replicates - 1) / replicates)))


def _spared(expected: FloatArray) -> float:
    """Return the expected loss that knowing spares: of yes where the mean says yes, else of no."""
    loss_of_yes = float(np.maximum(-expected, 0.0).mean())
    loss_of_no = float(np.maximum(expected, 0.0).mean())
    return min(loss_of_yes, loss_of_no)
