"""The case: everything that a person writes about one intervention, as one frozen model."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, PrivateAttr, model_validator

from socio_calc.case.application import Application, StatedResult
from socio_calc.case.costs import CostItem
from socio_calc.case.decision import Correlation, Decision
from socio_calc.case.fields import (
    Age,
    CalendarYear,
    Filled,
    Identifier,
    Part,
    Positive,
    Rate,
    Share,
    Span,
    Text,
    Title,
    Year,
)
from socio_calc.case.outcomes import Outcome
from socio_calc.case.pathways import Pathway
from socio_calc.case.quantities import Fixed
from socio_calc.case.quantity_fields import (
    CountQuantity,
    FactorQuantity,
    MoneyQuantity,
    NamedQuantity,
    OneOrMany,
    ShareQuantity,
)


class RateStep(Part):
    """A step of the discount rate: from year `from` of the calculation on."""

    from_: Annotated[Year, Field(alias="from")]
    rate: Rate


DiscountRate = Annotated[float | tuple[RateStep, ...], OneOrMany(Rate, RateStep)]


class Equalisation(Part):
    """The county's rates in municipal equalisation; None is the base's. `equalisation: 0` turns both off."""

    municipal: Share | None = None
    regional: Share | None = None

    @model_validator(mode="before")
    @classmethod
    def _zero_is_off(cls, data: Any) -> Any:
        return {"municipal": 0, "regional": 0} if data in (0, "0") and not isinstance(data, bool) else data


class Taxes(Part):
    """Tax parameters (METHOD §2); None is the base's."""

    employer_contribution: Share | None = None
    municipal: Share | None = None
    regional: Share | None = None
    basic_allowance_share: Share | None = None
    job_tax_credit_share: Share | None = None
    equalisation: Equalisation = Equalisation()


class Cohort(Part):
    """Participants who enter in one year."""

    year: Year
    number: CountQuantity
    age: Age | None = None
    share_women: Share | None = None
    group: Text | None = None
    weight: Positive = 1.0


class Case(Part):
    """One intervention compared with ordinary practice, as CASE_FORMAT describes it.

    `discount_rate_health` None is the discount rate. `scenarios` hold the replacements as they were written; see
    `socio_calc.case.replace_values`.
    """

    format: Literal[1]
    title: Filled
    description: Text | None = None
    first_year: CalendarYear
    price_year: CalendarYear
    horizons: Annotated[tuple[Span, ...], Field(min_length=1)]
    discount_rate: DiscountRate = 0.035
    discount_rate_health: DiscountRate | None = None
    timing: Literal["start", "mid", "end"] = "start"
    public_funds_factor: FactorQuantity = Fixed(value=1)
    health_value: MoneyQuantity | None = None
    taxes: Taxes = Taxes()
    prices: Filled | None = None
    quantities: dict[Identifier, NamedQuantity] = Field(default_factory=dict)
    participants: Annotated[tuple[Cohort, ...], Field(min_length=1)]
    completion: ShareQuantity = Fixed(value=1)
    survival: Literal["none", "sweden"] = "none"
    costs: tuple[CostItem, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    pathways: tuple[Pathway, ...] = ()
    correlations: tuple[Correlation, ...] = ()
    scenarios: dict[Title, dict[Filled, Any]] = Field(default_factory=dict)
    decision: Decision | None = None
    not_valued: tuple[Filled, ...] = ()
    application: Application | None = None
    stated_results: tuple[StatedResult, ...] = ()

    #: Where the file stands that the case was read from: `prices` is a path inside it.
    _folder: Path | None = PrivateAttr(default=None)

    def __eq__(self, other: object) -> bool:
        """Compare what is written; where it was read from makes no difference."""
        return isinstance(other, Case) and self.__dict__ == other.__dict__

    @property
    def folder(self) -> Path | None:
        """Folder of the file that the case was read from, None for a case made in Python."""
        return self._folder

    def in_folder(self, folder: Path) -> Case:
        """Return the case as if read from a file in `folder`."""
        copy = self.model_copy()
        copy._folder = folder
        return copy

    @property
    def changed(self) -> tuple[Outcome | Pathway, ...]:
        """All that the intervention changes: outcomes, then pathways."""
        return (*self.outcomes, *self.pathways)

    def with_(self, values: Mapping[str, Any] | None = None, **fields: Any) -> Case:
        """Return the case with other values in some places; this one stays as it is.

        Parameters
        ----------
        values
            Whole values by path (`outcomes.falls.effect.value`), written as in a file or as quantities.
        fields
            Top-level keys of the case, as in `with_(discount_rate=0.05, title="Utan lokal")`.

        Raises
        ------
        InputError
            With all that is wrong: paths that lead nowhere, values that do not fit.

        Examples
        --------
        >>> import socio_calc
        >>> case = socio_calc.load(socio_calc.model("skolnarvaro"))
        >>> case.with_({"participants.0.number": {"low": 40, "high": 80}}, discount_rate="5 %").discount_rate
        0.05
        """
        from socio_calc.case.change import changed

        return changed(self, {**(values or {}), **fields})

    def scenario(self, name: str) -> Case:
        """Return the case with the replacements of one of its scenarios, and no scenarios of its own.

        Raises
        ------
        KeyError
            When the case has no scenario of this name; the message names those it has.
        """
        from socio_calc.case.change import scenario

        return scenario(self, name)

    def __repr__(self) -> str:
        parts = {"cost": len(self.costs), "outcome": len(self.outcomes), "pathway": len(self.pathways)}
        counted = ", ".join(f"{n} {name}{'' if n == 1 else 's'}" for name, n in parts.items() if n)
        return f"<Case {self.title!r}: {counted or 'nothing to compute'}; {self.years} years from {self.first_year}>"

    __str__ = __repr__

    @property
    def years(self) -> int:
        """Length of the calculation in years: the longest horizon."""
        return max(self.horizons)
