"""The option `--draws`: a number of recalculations, or `auto` for as many as the result needs."""

from __future__ import annotations

from typing import Final

FEWEST: Final = 8
MAX_DRAWS: Final = 10**8
#: What `auto` is read as.
AUTO: Final = 0


def read_draws(written: str | int) -> int:
    """Return the number of draws that is written, `AUTO` for `auto`.

    Raises
    ------
    ValueError
        For anything else than a whole number within the limits.

    Examples
    --------
    >>> read_draws("16384"), read_draws("auto")
    (16384, 0)
    """
    if str(written).strip().lower() == "auto":
        return AUTO
    number = int(written)
    if not FEWEST <= number <= MAX_DRAWS:
        raise ValueError(f"{number} is not between {FEWEST} and {MAX_DRAWS}")
    return number
