"""The reference base: prices, evidence, levels, indices and mortality, each number with its source.

`load_reference()` gives the one `ReferenceBase` that cases take their numbers from; `with_local_prices` adds a file of
one's own prices to it. Searching (`search`), single rows (`lookup`) and frames (`frames`) are modules of their own, so
that a run does not load them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

from socio_calc.reference.base import LocalPrice, ReferenceBase, load_reference
from socio_calc.reference.indices import IndexSeries, IndexYearError, conversion_factor
from socio_calc.reference.library import ReferenceLibrary, library
from socio_calc.reference.life import LifeTable
from socio_calc.reference.local_prices import with_local_prices
from socio_calc.reference.overlap import Overlap, overlaps
from socio_calc.reference.places import shipped_folder
from socio_calc.reference.prices import is_stale, latest_year, price_in, stale_prices
from socio_calc.reference.rows import BaselineRow, CostRow, EvidenceRow, ParameterRow
from socio_calc.reference.spread import assumed_sd, spread_source

__all__ = [
    "BaselineRow",
    "CostRow",
    "EvidenceRow",
    "IndexSeries",
    "IndexYearError",
    "LifeTable",
    "LocalPrice",
    "Overlap",
    "ParameterRow",
    "ReferenceBase",
    "ReferenceLibrary",
    "assumed_sd",
    "conversion_factor",
    "is_stale",
    "latest_year",
    "library",
    "load_reference",
    "overlaps",
    "price_in",
    "shipped_folder",
    "spread_source",
    "stale_prices",
    "with_local_prices",
]


class _Callable(ModuleType):
    """Lets `socio_calc.reference()` give the base in one call, beside `socio_calc.reference.…` for its parts."""

    def __call__(self, prices: Path | str | None = None) -> ReferenceLibrary:
        return library(prices)


sys.modules[__name__].__class__ = _Callable
