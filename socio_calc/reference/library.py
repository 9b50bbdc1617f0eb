"""The reference base as an analyst meets it: tidy frames and single rows, from one object."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from socio_calc.reference.base import ReferenceBase, load_reference
from socio_calc.reference.local_prices import with_local_prices
from socio_calc.reference.rows import BaselineRow, CostRow, EvidenceRow, ParameterRow

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class ReferenceLibrary:
    """Frames and rows of one reference base.

    Examples
    --------
    >>> import socio_calc
    >>> library = socio_calc.reference()
    >>> library.row("qaly").kind
    'health'
    >>> bool((library.costs()["value"] > 0).all())
    True
    """

    base: ReferenceBase

    def costs(self, price_year: int | None = None) -> pd.DataFrame:
        """Return the prices; with `price_year` also converted to it (see `frames.costs_frame`)."""
        from socio_calc.reference import frames

        return frames.costs_frame(self.base, price_year)

    def evidence(self) -> pd.DataFrame:
        """Return the effects."""
        from socio_calc.reference import frames

        return frames.evidence_frame(self.base)

    def baselines(self) -> pd.DataFrame:
        """Return the levels under ordinary practice."""
        from socio_calc.reference import frames

        return frames.baselines_frame(self.base)

    def parameters(self) -> pd.DataFrame:
        """Return rates, taxes, wages and the like."""
        from socio_calc.reference import frames

        return frames.parameters_frame(self.base)

    def indices(self) -> pd.DataFrame:
        """Return the price indices, one column per series."""
        from socio_calc.reference import frames

        return frames.indices_frame(self.base)

    def life_table(self) -> pd.DataFrame:
        """Return the probability of death by age and sex."""
        from socio_calc.reference import frames

        return frames.life_table_frame(self.base)

    def row(self, id: str) -> CostRow | EvidenceRow | BaselineRow | ParameterRow:
        """Return one row of any table by its id.

        Raises
        ------
        InputError
            When no table has it; the problem names the ids most like it.
        """
        from socio_calc.reference.lookup import find_row

        return find_row(self.base, id)


def library(prices: Path | str | None = None) -> ReferenceLibrary:
    """Return the shipped base, with a file of local prices where one is given."""
    base = load_reference()
    return ReferenceLibrary(base if prices is None else with_local_prices(base, Path(prices)))
