"""Uncertain quantities (METHOD §8): one frozen model for each form that may be written.

The form is chosen from the keys that are present, never by trying one form after another: a wrong mixture of keys
gets an error that names what is missing or odd.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from operator import mul
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from socio_calc.case.fields import Identifier, Number, Positive, Text, fault

#: Keys that every form may have beside its own.
COMMON_KEYS: Final = frozenset(("source", "note", "tornado_group"))


class Form(BaseModel):
    """What all forms share: where the number comes from, a comment, and its group in the tornado."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    source: Text | None = None
    note: Text | None = None
    tornado_group: Text | None = None

    @property
    def central(self) -> float | None:
        """Central value (METHOD §8, third column); None where it stands elsewhere (a reference)."""
        return None

    def stated(self) -> dict[str, float]:
        """Return the values that must lie within the limits of the field, by key; limits of an interval apart."""
        return {}


class Fixed(Form):
    """A certain number, written `12` or `{value: 12}`."""

    value: Number

    @property
    def central(self) -> float:
        """The value itself."""
        return self.value

    def stated(self) -> dict[str, float]:
        """Return the value."""
        return {"value": self.value}


class _Bounded(Form):
    """Forms whose `low` and `high` are limits, with or without a `mode`."""

    def stated(self) -> dict[str, float]:
        """Return the limits and, where there is one, the mode."""
        return {key: self.__dict__[key] for key in ("low", "mode", "high") if key in self.__dict__}

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        stated = self.stated()
        low, high = stated["low"], stated["high"]
        if low > high:
            raise fault("low-above-high", low=low, high=high)
        if not low <= stated.get("mode", low) <= high:
            raise fault("mode-outside", low=low, mode=stated["mode"], high=high)
        return self


class Pert(_Bounded):
    """`{low, mode, high}`.

    >>> Pert(low=0, mode=1, high=8).central
    2.0
    """

    low: Number
    mode: Number
    high: Number

    @property
    def central(self) -> float:
        """Mean, (low + 4·mode + high)/6."""
        return (self.low + 4 * self.mode + self.high) / 6


class Uniform(_Bounded):
    """`{low, high}`."""

    low: Number
    high: Number

    @property
    def central(self) -> float:
        """Midpoint."""
        return (self.low + self.high) / 2


class Triangular(_Bounded):
    """`{dist: triangular, low, mode, high}`."""

    dist: Literal["triangular"] = "triangular"
    low: Number
    mode: Number
    high: Number

    @property
    def central(self) -> float:
        """Mean, (low + mode + high)/3."""
        return (self.low + self.mode + self.high) / 3


class Estimate(Form):
    """`{estimate, ci: [a, b]}`: a result with its 95 % interval.

    Without `dist` it is lognormal where it is the value of a ratio measure, else normal.
    """

    estimate: Number
    ci: tuple[Number, Number]
    dist: Literal["normal", "lognormal"] | None = None

    @property
    def central(self) -> float:
        """The estimate: of the normal the mean, of the lognormal the median."""
        return self.estimate

    def stated(self) -> dict[str, float]:
        """Return the estimate; its interval may reach outside the limits."""
        return {"estimate": self.estimate}

    @model_validator(mode="after")
    def _interval_around(self) -> Self:
        a, b = self.ci
        if a > b:
            raise fault("low-above-high", low=a, high=b)
        if not a <= self.estimate <= b:
            raise fault("estimate-outside-ci", estimate=self.estimate, a=a, b=b)
        if self.dist == "lognormal" and a <= 0:
            raise fault("lognormal-not-positive", value=a)
        return self


class Moments(Form):
    """`{mean, sd}`, normal or with `dist: gamma`, `beta` or `lognormal` by the method of moments."""

    mean: Number
    sd: Positive
    dist: Literal["normal", "gamma", "beta", "lognormal"] = "normal"

    @property
    def central(self) -> float:
        """The mean."""
        return self.mean

    def stated(self) -> dict[str, float]:
        """Return the mean."""
        return {"mean": self.mean}

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.dist in ("gamma", "lognormal") and self.mean <= 0:
            raise fault("impossible-moments", dist=self.dist, mean=self.mean, sd=self.sd, limit=None)
        if self.dist == "beta":
            if not 0 < self.mean < 1:
                raise fault("impossible-moments", dist=self.dist, mean=self.mean, sd=self.sd, limit=None)
            limit = math.sqrt(self.mean * (1 - self.mean))
            if self.sd >= limit:
                raise fault("impossible-moments", dist=self.dist, mean=self.mean, sd=self.sd, limit=limit)
        return self


class Counts(Form):
    """`{events: x, of: n}`: x of n, beta(x+½, n−x+½).

    >>> Counts(events=3, of=9).central
    0.35
    """

    events: Positive
    of: Positive

    @property
    def central(self) -> float:
        """Mean, (x+½)/(n+1)."""
        return (self.events + 0.5) / (self.of + 1)

    @model_validator(mode="after")
    def _events_among(self) -> Self:
        if self.events > self.of:
            raise fault("events-above-of", events=self.events, of=self.of)
        if self.of == 0:
            raise fault("out-of-range", value=self.of, min=1, max=None)
        return self


class Discrete(Form):
    """`{dist: discrete, values, weights}`; the weights need not sum to one.

    >>> Discrete(values=(0, 10), weights=(3, 1)).central
    2.5
    """

    dist: Literal["discrete"] = "discrete"
    values: Annotated[tuple[Number, ...], Field(min_length=1)]
    weights: Annotated[tuple[Number, ...], Field(min_length=1)]

    @property
    def central(self) -> float:
        """Weighted mean."""
        return math.fsum(map(mul, self.values, self.weights)) / math.fsum(self.weights)

    def stated(self) -> dict[str, float]:
        """Return the possible values."""
        return {f"values.{index}": value for index, value in enumerate(self.values)}

    @model_validator(mode="after")
    def _weighted(self) -> Self:
        if len(self.values) != len(self.weights):
            raise fault("weights-differ", values=len(self.values), weights=len(self.weights))
        for weight in self.weights:
            if weight <= 0:
                raise fault("weight-not-positive", value=weight)
        return self


class Ref(Form):
    """`{ref: NAME}`: a named quantity of the case."""

    ref: Identifier


class CostRef(Form):
    """`{cost: ID}`: a row of the price list."""

    cost: Text


class EvidenceRef(Form):
    """`{evidence: ID}`: a row of the evidence base; `tau` is a between-study standard deviation."""

    evidence: Text
    tau: Positive | None = None


class BaselineRef(Form):
    """`{baseline: ID}`: a level from the statistics."""

    baseline: Text


Quantity = (
    Fixed
    | Pert
    | Uniform
    | Triangular
    | Estimate
    | Moments
    | Counts
    | Discrete
    | Ref
    | CostRef
    | EvidenceRef
    | BaselineRef
)

FORMS: Final[tuple[type[Form], ...]] = (
    Fixed,
    Pert,
    Uniform,
    Triangular,
    Estimate,
    Moments,
    Counts,
    Discrete,
    Ref,
    CostRef,
    EvidenceRef,
    BaselineRef,
)
#: Keys that each form must and may have. `dist` tells a triangular from a PERT, and says what values and weights are.
NEEDED_KEYS: Final[dict[type[Form], frozenset[str]]] = {
    form: frozenset(
        name
        for name, field in form.model_fields.items()
        if field.is_required() or (name == "dist" and form in (Triangular, Discrete))
    )
    for form in FORMS
}
FORM_KEYS: Final[dict[type[Form], frozenset[str]]] = {
    form: frozenset(form.model_fields) - COMMON_KEYS for form in FORMS
}
QUANTITY_KEYS: Final = COMMON_KEYS.union(*FORM_KEYS.values())


def form_of(keys: frozenset[str]) -> type[Form] | None:
    """Return the form that has exactly these keys (source, note and tornado_group apart), or None.

    >>> form_of(frozenset(("low", "high", "source"))).__name__
    'Uniform'
    """
    own = keys - COMMON_KEYS
    return next((form for form in FORMS if NEEDED_KEYS[form] <= own <= FORM_KEYS[form]), None)


def nearest_form(keys: frozenset[str]) -> type[Form]:
    """Return the form that a wrong set of keys comes nearest to: the fewest keys too many, then too few."""
    return min(FORMS, key=lambda form: (len(keys - FORM_KEYS[form] - COMMON_KEYS), len(NEEDED_KEYS[form] - keys)))


def follow(quantity: Quantity, named: Mapping[str, Quantity]) -> Quantity | None:
    """Return what a quantity stands for, named quantities followed to their end.

    Returns None where a name is unknown or the names go round in a circle.

    >>> follow(Ref(ref="a"), {"a": Ref(ref="b"), "b": Fixed(value=2)}).value
    2.0
    """
    seen: set[str] = set()
    while isinstance(quantity, Ref):
        if quantity.ref in seen or quantity.ref not in named:
            return None
        seen.add(quantity.ref)
        quantity = named[quantity.ref]
    return quantity


def central_value(quantity: Quantity, named: Mapping[str, Quantity]) -> float | None:
    """Return the central value of a quantity, or None where it needs the reference base (METHOD §8)."""
    followed = follow(quantity, named)
    return None if followed is None else followed.central


def is_quantity_mapping(data: Any) -> bool:
    """Tell whether raw data are a quantity in its mapping form."""
    return isinstance(data, dict) and bool(data) and form_of(frozenset(data)) is not None
