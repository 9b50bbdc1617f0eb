"""The reference base: prices, evidence, levels, indices and mortality, each number with its source.

`load_reference()` gives the one `ReferenceBase` that cases take their numbers from; `with_local_prices` adds a file of
one's own prices to it. Searching (`search`), single rows (`lookup`) and frames (`frames`) are modules of their own, so
that a run does not load them.
"""

from __future__ import annotations

from socio_calc.reference.base import LocalPrice, ReferenceBase, load_reference
from socio_calc.reference.indices import IndexSeries, IndexYearError, conversion_factor
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
    "assumed_sd",
    "conversion_factor",
    "is_stale",
    "latest_year",
    "load_reference",
    "overlaps",
    "price_in",
    "shipped_folder",
    "spread_source",
    "stale_prices",
    "with_local_prices",
]
