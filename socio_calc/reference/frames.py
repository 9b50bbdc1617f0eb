"""The tables of the base as pandas frames, for notebooks: one row per row, the id as index, missing cells as NaN."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

from socio_calc.reference.base import ReferenceBase
from socio_calc.reference.indices import IndexYearError
from socio_calc.reference.life import LAST_AGE
from socio_calc.reference.prices import price_in
from socio_calc.reference.rows import BaselineRow, CostRow, EvidenceRow, ParameterRow

if TYPE_CHECKING:
    import pandas as pd


def costs_frame(base: ReferenceBase, price_year: int | None = None) -> pd.DataFrame:
    """Return the prices, one row each.

    Parameters
    ----------
    base
        The reference base.
    price_year
        Adds the column `value_in_<year>`, the value converted with the row's own index (METHOD §1); missing where the
        index does not reach that year.

    Examples
    --------
    >>> from socio_calc.reference import load_reference
    >>> frame = costs_frame(load_reference(), 2024)
    >>> float(frame.loc["primary-care-doctor-visit", "value_in_2024"])
    2093.0
    """
    frame = _frame(base.costs.values())
    if price_year is not None:
        frame[f"value_in_{price_year}"] = [_in_year(base, row, price_year) for row in base.costs.values()]
    return frame


def evidence_frame(base: ReferenceBase) -> pd.DataFrame:
    """Return the effects, one row each."""
    return _frame(base.evidence.values())


def baselines_frame(base: ReferenceBase) -> pd.DataFrame:
    """Return the levels under ordinary practice, one row each."""
    return _frame(base.baselines.values())


def parameters_frame(base: ReferenceBase) -> pd.DataFrame:
    """Return the parameters, one row each."""
    return _frame(base.parameters.values())


def indices_frame(base: ReferenceBase) -> pd.DataFrame:
    """Return the price indices, one row per year and one column per series."""
    import pandas as pd

    frame = pd.DataFrame({name: pd.Series(series.values) for name, series in base.indices.items()}).sort_index()
    frame.index.name = "year"
    return frame


def life_table_frame(base: ReferenceBase) -> pd.DataFrame:
    """Return the yearly probability of death by age, columns `women`, `men` and `both`."""
    import pandas as pd

    table = base.life_table
    frame = pd.DataFrame(
        {"women": table.q_women, "men": table.q_men, "both": table.q_both}, index=range(LAST_AGE + 1), dtype=float
    )
    frame.index.name = "age"
    return frame


def _frame(rows: Iterable[CostRow | EvidenceRow | BaselineRow | ParameterRow]) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame([asdict(row) for row in rows])
    return frame.set_index("id")


def _in_year(base: ReferenceBase, row: CostRow, year: int) -> float | None:
    try:
        return price_in(base, row, year)
    except IndexYearError:
        return None
