"""How uncertain a price is taken to be: by its own range, else by an assumed one (METHOD §8)."""

from __future__ import annotations

from typing import Literal

from socio_calc.reference.rows import CostRow

SpreadSource = Literal["source", "assumed_range", "assumed"]

ASSUMED_SD_PRICE_LIST = 0.10
ASSUMED_SD = {"high": 0.20, "medium": 0.35, "low": 0.50}


def spread_source(row: CostRow) -> SpreadSource:
    """Say where the spread of a price comes from.

    `source`: an interval or range in the source; `assumed_range`: low and high are our own, explained in the note;
    `assumed`: a standard deviation by the kind of source (`assumed_sd`), as there is no usable range.
    """
    if row.low is None or row.high is None or row.spread in (None, "providers"):
        return "assumed"
    if row.spread == "ci95":
        return "source"
    if not row.low < row.value < row.high:
        return "assumed"
    return "assumed_range" if row.spread == "assumed" else "source"


def assumed_sd(row: CostRow) -> float:
    """Return the standard deviation, as a share of the value, of a price whose source gives no spread (METHOD §8).

    Examples
    --------
    >>> from socio_calc.reference import load_reference
    >>> assumed_sd(load_reference().costs["primary-care-doctor-visit"])
    0.1
    """
    if row.basis == "price_list" and row.confidence == "high":
        return ASSUMED_SD_PRICE_LIST
    return ASSUMED_SD[row.confidence]
