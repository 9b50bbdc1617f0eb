"""Memory that is kept from array to array: getting it anew from the system costs more than filling it."""

from __future__ import annotations

from functools import cache

import numpy as np

#: As large a block as the GNU C library learns from, in bytes.
_KEPT = 31 * 2**20


@cache
def keep_freed_memory() -> None:
    """Have the C library keep freed arrays for the next ones.

    The GNU C library gives freed memory back to the system as soon as more lies free than twice the largest block that
    a program has freed so far (`mallopt(3)`, dynamic threshold). A run makes and frees thousands of small arrays in
    every block of draws; until the first large one is freed, each block's memory is given back and asked for again,
    300,000 page faults in a million draws against 10,000. So one large block is freed first; it is never written to and
    costs nothing. With another C library this does nothing.
    """
    np.empty(_KEPT, dtype=np.uint8)
