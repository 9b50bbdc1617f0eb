"""Price indices and the conversion of a price from its own year to another (METHOD §1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from socio_calc.reference.vocabulary import NO_INDEX


class IndexYearError(ValueError):
    """A price year outside its index series: nothing is extrapolated (METHOD §1)."""

    def __init__(self, series: str, first: int, last: int, year: int) -> None:
        self.series, self.first, self.last, self.year = series, first, last, year
        super().__init__(f"index {series} covers {first}-{last}, not {year}")


@dataclass(frozen=True, slots=True)
class IndexSeries:
    """A price index without gaps: `values` by calendar year from `first` to `last`."""

    series: str
    first: int
    last: int
    values: Mapping[int, float]

    def factor(self, from_year: int, to_year: int) -> float:
        """Return I(to_year) / I(from_year), what a price of `from_year` is multiplied by (METHOD §1).

        Raises
        ------
        IndexYearError
            When either year lies outside the series.

        Examples
        --------
        >>> round(IndexSeries("kpi", 2012, 2014, {2012: 314.2, 2013: 314.06, 2014: 313.49}).factor(2012, 2014), 10)
        0.9977402928
        """
        for year in (from_year, to_year):
            if year not in self.values:
                raise IndexYearError(self.series, self.first, self.last, year)
        return self.values[to_year] / self.values[from_year]


def conversion_factor(indices: Mapping[str, IndexSeries], index: str, from_year: int, to_year: int) -> float:
    """Return the factor from prices of `from_year` to prices of `to_year` by the named index (METHOD §1).

    `none` is never converted: its factor is 1 for all years.

    Raises
    ------
    KeyError
        When the base has no series of that name.
    IndexYearError
        When a year lies outside the series.

    Examples
    --------
    >>> conversion_factor({}, "none", 1990, 2024)
    1.0
    """
    if index == NO_INDEX:
        return 1.0
    return indices[index].factor(from_year, to_year)
