"""When a share of the gains may be told: only of gains that are there, that matter, and that losses do not eat up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

#: Least part of the positive items that must be left when the negative ones are taken away.
LEAST_LEFT: Final = 0.5
#: Least part of the costs that the gains must be; of less than that a share says nothing of the result.
LEAST_OF_COSTS: Final = 0.01


def gain_to_share(gains: Iterable[float], costs: float) -> float:
    """Return the sum that shares of the gains are taken of, 0.0 where no share may be told.

    Shares are taken of the positive items. A reader takes them for shares of the whole gain, which holds only where
    the negative items are small: of a gain of 1 and a loss of 3 nothing is "52 % of the gains".

    Parameters
    ----------
    gains
        Discounted gains of the items, SEK; losses below zero.
    costs
        Discounted costs, SEK above zero.

    Examples
    --------
    >>> gain_to_share([60.0, 40.0, -20.0], 500.0), gain_to_share([60.0, 40.0, -70.0], 500.0)
    (100.0, 0.0)
    >>> gain_to_share([-1.0], 500.0), gain_to_share([4.0], 500.0)
    (0.0, 0.0)
    """
    listed = tuple(gains)
    positive, left = sum(gain for gain in listed if gain > 0), sum(listed)
    return positive if left >= LEAST_LEFT * positive and left >= LEAST_OF_COSTS * costs else 0.0
