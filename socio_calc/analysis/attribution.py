"""How much of a difference each of several changes makes, whatever order they are made in (Shapley 1953).

A change's part is the mean of what it adds over all orders in which the changes can be made one after the other. The
parts add up to the whole difference exactly, and a change that never adds anything has the part 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

#: Most changes for which every subset is computed; beyond it orders are drawn.
MOST_EXACT: Final = 10
#: Drawn orders: at least so many pairs, and no more once every error is below this share of the sum of all parts.
_FEWEST_PAIRS, _ERROR_SHARE = 8, 0.002
#: Most calculations when orders are drawn.
_MOST_VALUES: Final = 4_000
#: A set of changes, as the bits of a whole number.
Subset = int


@dataclass(frozen=True)
class Attribution:
    """The part of each change.

    Attributes
    ----------
    parts
        In the order of the changes; their sum is the whole difference.
    errors
        Standard error of each part; 0 when `exact`.
    exact
        Whether every order is counted, and not a sample of them.
    orders
        How many orders were drawn; 0 when `exact`.
    """

    parts: tuple[float, ...]
    errors: tuple[float, ...]
    exact: bool
    orders: int


def attribute(
    changes: int, value: Callable[[Subset], float], *, seed: int = 1, most_exact: int = MOST_EXACT
) -> Attribution:
    """Return the part of each of some changes in what all of them together make of a value.

    Parameters
    ----------
    changes
        How many.
    value
        The value when the changes of a subset are made: bit k stands for change k. Called once for each subset.
    seed
        Of the orders that are drawn.
    most_exact
        Number of changes up to which every order counts.

    Examples
    --------
    Two changes that only do something together share it:

    >>> attribute(2, lambda made: 10.0 if made == 0b11 else 0.0).parts
    (5.0, 5.0)
    """
    known: dict[Subset, float] = {}

    def once(subset: Subset) -> float:
        if subset not in known:
            known[subset] = value(subset)
        return known[subset]

    if changes <= most_exact:
        return Attribution(_exact(changes, once), (0.0,) * changes, True, 0)
    return _sampled(changes, once, known, seed)


def _exact(changes: int, value: Callable[[Subset], float]) -> tuple[float, ...]:
    values = [value(subset) for subset in range(1 << changes)]
    weights = [1.0 / (changes * math.comb(changes - 1, size)) for size in range(changes)]
    parts = []
    for change in range(changes):
        bit = 1 << change
        gains = (
            weights[subset.bit_count()] * (values[subset | bit] - values[subset])
            for subset in range(1 << changes)
            if not subset & bit
        )
        parts.append(math.fsum(gains))
    return tuple(parts)


def _sampled(changes: int, value: Callable[[Subset], float], known: dict[Subset, float], seed: int) -> Attribution:
    """Draw orders, each with its reverse, until the errors are small or the calculations are spent."""
    generator = np.random.Generator(np.random.PCG64(seed))
    pairs: list[np.ndarray] = []
    while True:
        order = generator.permutation(changes)
        pairs.append((_gains(order, value) + _gains(order[::-1], value)) / 2)
        if len(pairs) < _FEWEST_PAIRS:
            continue
        sample = np.array(pairs)
        parts, errors = sample.mean(axis=0), sample.std(axis=0, ddof=1) / math.sqrt(len(pairs))
        if np.all(errors <= _ERROR_SHARE * np.abs(parts).sum()) or len(known) >= _MOST_VALUES:
            return Attribution(tuple(parts.tolist()), tuple(errors.tolist()), False, 2 * len(pairs))


def _gains(order: np.ndarray, value: Callable[[Subset], float]) -> np.ndarray:
    """Return what each change adds when they are made in one order, by change."""
    gains = np.zeros(len(order))
    made, before = 0, value(0)
    for change in order.tolist():
        made |= 1 << change
        after = value(made)
        gains[change] = after - before
        before = after
    return gains
