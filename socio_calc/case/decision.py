"""What is decided after the test, and which uncertain quantities go together."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from socio_calc.case.application import Perspective
from socio_calc.case.fields import AsNumber, Filled, Part, Span, Year

_AtLeastOne = Annotated[int, AsNumber("count", 1, whole=True)]


class Decision(Part):
    """The roll-out that is decided after the test (METHOD §9).

    Every year from `from_year` of the calculation, `years` years in a row, `cohorts_per_year` cohorts of
    `participants_per_cohort` people begin, if the decision is yes. `perspective` is whose gains decide.
    """

    perspective: Perspective
    participants_per_cohort: _AtLeastOne
    cohorts_per_year: _AtLeastOne
    from_year: Year
    years: Span


class Correlation(Part):
    """Two uncertain quantities, by their paths, and the rank correlation (Spearman) of their draws."""

    between: Annotated[tuple[Filled, ...], Field(min_length=2, max_length=2)]
    rank: Annotated[float, AsNumber(minimum=-1, maximum=1)]
