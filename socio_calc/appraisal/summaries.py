"""Summaries over draws: mean, spread, percentiles, probabilities and their Monte Carlo error (METHOD §7 and §8).

One sort serves all of a series' percentiles, its probability and its expected loss. Summaries of chunks merge: moments
by Chan, Golub and LeVeque (1983); percentiles are those of the first chunk, a bounded sample of at most 262,144 draws,
so that memory does not grow with the number of draws. The share of all draws below a percentile of that sample differs
from its own by 0.001 at most for plain draws (two standard errors at the median are 0.002), and by far less for Sobol
points.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from socio_calc.engine.sampling import REPLICATES

FloatArray = NDArray[np.float64]

#: The percentiles of every result row, as shares.
PERCENTILES = (0.05, 0.25, 0.50, 0.75, 0.95)
_PIECE = 2**14


@dataclass(frozen=True, slots=True)
class Summary:
    """What is known of one series over the draws.

    Attributes
    ----------
    draws, valid
        Number of draws, and of those that have a value.
    mean, m2
        Mean and sum of squared deviations of the draws that have one.
    numerator, denominator
        Sums in each replicate, shape (8,), whose ratio is the mean; the denominator counts draws, or is the sum of
        what a ratio is divided by (the mean of a ratio is the ratio of the mean present values, METHOD §7).
    percentiles
        At `PERCENTILES`.
    above
        Number of draws above the limit that the row's probability is about.
    loss
        Sum of max(−x, 0).
    """

    draws: int
    valid: int
    mean: float
    m2: float
    numerator: FloatArray
    denominator: FloatArray
    percentiles: tuple[float, ...]
    above: int = 0
    loss: float = 0.0

    @property
    def expected(self) -> float:
        """The mean, for a ratio that of its parts."""
        return float(self.numerator.sum() / self.denominator.sum())

    @property
    def sd(self) -> float:
        """Standard deviation over draws."""
        return math.sqrt(max(self.m2, 0.0) / (self.valid - 1)) if self.valid > 1 else 0.0

    @property
    def mc_error(self) -> float:
        """Standard error of the mean, from the spread of the 8 independent replicates."""
        parts = zip(self.numerator.tolist(), self.denominator.tolist(), strict=True)
        means = [above / below if below else math.inf for above, below in parts]
        if math.inf in means:
            return math.inf
        middle = math.fsum(means) / REPLICATES
        return math.sqrt(math.fsum((mean - middle) ** 2 for mean in means) / (REPLICATES - 1) / REPLICATES)

    def merged(self, other: Summary) -> Summary:
        """Return the summary of both; percentiles stay those of this one."""
        valid = self.valid + other.valid
        if valid == 0:
            return replace(self, draws=self.draws + other.draws)
        gap = other.mean - self.mean
        return Summary(
            draws=self.draws + other.draws,
            valid=valid,
            mean=self.mean + gap * other.valid / valid,
            m2=self.m2 + other.m2 + gap * gap * self.valid * other.valid / valid,
            numerator=self.numerator + other.numerator,
            denominator=self.denominator + other.denominator,
            percentiles=self.percentiles,
            above=self.above + other.above,
            loss=self.loss + other.loss,
        )


class Series:
    """One linear series of a chunk: the sum of some accounts at one horizon.

    Parameters
    ----------
    values
        Shape (draws,), replicate by replicate; sorted in place when percentiles are wanted.
    percentiles
        Whether they are: for the first chunk, whose percentiles stand for all.
    """

    def __init__(self, values: FloatArray, percentiles: bool = True) -> None:
        self.size = values.size
        self.has_percentiles = percentiles
        self.sums = values.reshape(REPLICATES, -1).sum(axis=1)
        self.mean = float(self.sums.sum() / values.size)
        self.m2 = _squared_deviations(values, self.mean)
        if percentiles:
            values.sort()
        self.values = values

    def summary(self, shift: float = 0.0, scale: float = 1.0, limit: float | None = None) -> Summary:
        """Summarise scale · (values + shift), scale not 0.

        `above` counts draws above `limit` on that scale. Without a limit `above` and `loss` stay 0: most rows need
        neither, and each costs a pass over the draws.
        """
        above, loss = (0, 0.0) if limit is None else self._above_and_loss(shift, scale, limit)
        per_replicate = self.size // REPLICATES
        return Summary(
            draws=self.size,
            valid=self.size,
            mean=scale * (self.mean + shift),
            m2=scale * scale * self.m2,
            numerator=scale * (self.sums + shift * per_replicate),
            denominator=np.full(REPLICATES, float(per_replicate)),
            percentiles=self._percentiles(shift, scale),
            above=above,
            loss=loss,
        )

    def _above_and_loss(self, shift: float, scale: float, limit: float) -> tuple[int, float]:
        """Return the number of draws with scale · (values + shift) above `limit`, and Σ max(−that, 0)."""
        at_limit, at_zero = limit / scale - shift, -shift
        if self.has_percentiles:
            side: Literal["left", "right"] = "right" if scale > 0 else "left"
            at = int(np.searchsorted(self.values, at_limit, side=side))
            above = self.size - at if scale > 0 else at
            below_zero = int(np.searchsorted(self.values, at_zero, side="left"))
            below = float(self.values[:below_zero].sum()) - below_zero * at_zero
        else:
            above, below = 0, 0.0
            for start in range(0, self.size, _PIECE):
                piece = self.values[start : start + _PIECE]
                above += int(np.count_nonzero(piece > at_limit if scale > 0 else piece < at_limit))
                below += float(np.minimum(piece - at_zero, 0.0).sum())
        total = float(self.sums.sum()) + shift * self.size  # Σ(values + shift); `below` is its part under 0
        return above, -scale * (below if scale > 0 else total - below)

    def _percentiles(self, shift: float, scale: float) -> tuple[float, ...]:
        if not self.has_percentiles:
            return ()
        shares = PERCENTILES if scale > 0 else tuple(1.0 - share for share in PERCENTILES)
        return tuple(scale * (percentile(self.values, share) + shift) for share in shares)

    def quotient_summary(self, numerator: float, shift: float, least: float) -> Summary:
        """Summarise numerator / (values + shift) over the draws in which values + shift exceeds `least`.

        The quotient falls as the values rise, so the one sort serves here too.
        """
        if self.has_percentiles:
            kept = self.values[int(np.searchsorted(self.values, least - shift, side="right")) :][::-1]
        else:
            kept = self.values[self.values > least - shift]
        quotients = kept + shift
        np.divide(numerator, quotients, out=quotients)
        mean = float(quotients.mean()) if quotients.size else 0.0
        shares = PERCENTILES if self.has_percentiles and quotients.size else ()
        per_replicate = self.size // REPLICATES
        return Summary(
            draws=self.size,
            valid=int(quotients.size),
            mean=mean,
            m2=_squared_deviations(quotients, mean),
            numerator=np.full(REPLICATES, numerator * per_replicate),
            denominator=self.sums + shift * per_replicate,
            percentiles=tuple(percentile(quotients, share) for share in shares),
        )


def _squared_deviations(values: FloatArray, mean: float) -> float:
    """Return Σ (x − mean)², in pieces that stay in the cache."""
    total = 0.0
    for start in range(0, values.size, _PIECE):
        centred = values[start : start + _PIECE] - mean
        total += float(centred @ centred)
    return total


def percentile(ordered: FloatArray, share: float) -> float:
    """Return a percentile of sorted values by linear interpolation between neighbours.

    >>> percentile(np.array([1.0, 2.0, 3.0, 4.0]), 0.5)
    2.5
    """
    at = share * (ordered.size - 1)
    low = int(at)
    high = min(low + 1, ordered.size - 1)
    return float(ordered[low] + (at - low) * (ordered[high] - ordered[low]))


def of_constant(value: float, draws: int, limit: float = 0.0) -> Summary:
    """Return the summary of a figure that no draw changes."""
    per_replicate = draws // REPLICATES
    return Summary(
        draws=draws,
        valid=draws,
        mean=value,
        m2=0.0,
        numerator=np.full(REPLICATES, value * per_replicate),
        denominator=np.full(REPLICATES, float(per_replicate)),
        percentiles=(value,) * len(PERCENTILES),
        above=draws if value > limit else 0,
        loss=max(-value, 0.0) * draws,
    )


def of_values(
    values: FloatArray,
    valid: NDArray[np.bool_] | None = None,
    parts: tuple[FloatArray, FloatArray] | None = None,
    limit: float = math.inf,
) -> Summary:
    """Summarise any values; draws outside `valid` have none.

    Parameters
    ----------
    values
        Shape (draws,), replicate by replicate.
    valid
        Which draws have a value; None for all.
    parts
        Sums of numerator and denominator in each replicate, for a ratio; default the values and their number.
    limit
        What `above` counts.
    """
    kept = values if valid is None else values[valid]
    ordered = np.sort(kept)
    mean = float(kept.mean()) if kept.size else 0.0
    if parts is None:
        mask = np.ones(values.size, dtype=bool) if valid is None else valid
        by_replicate = mask.reshape(REPLICATES, -1)
        parts = (
            np.where(by_replicate, values.reshape(REPLICATES, -1), 0.0).sum(axis=1),
            by_replicate.sum(axis=1).astype(float),
        )
    return Summary(
        draws=values.size,
        valid=int(kept.size),
        mean=mean,
        m2=_squared_deviations(kept, mean),
        numerator=parts[0],
        denominator=parts[1],
        percentiles=tuple(percentile(ordered, share) for share in PERCENTILES) if kept.size else (),
        above=int(np.count_nonzero(kept > limit)),
    )
