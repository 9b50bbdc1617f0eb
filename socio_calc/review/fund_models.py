"""A fund's rules as they stand in its file: frozen models of the closed list of check kinds, of rules and of a fund.

The models refuse wrong types and unknown keys; what joins several fields is checked where the file is loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from socio_calc.case.application import Perspective, Sector
from socio_calc.case.fields import CalendarYear, Count, Filled, Identifier, Number, Part, Text, fault
from socio_calc.case.nearest import nearest

Severity = Literal["must", "should", "info"]
Stage = Literal["ide", "utformning"]
Statistic = Literal["base", "mean", "p5", "p25", "p50", "p75", "p95", "probability_positive"]
#: Sums of money that shares are taken of.
Sum = Literal["applied", "costs", "own_funding"]


def _scalar(written: Any) -> Any:
    if isinstance(written, str | int | float | bool):
        return written
    raise fault("not-text", value=str(written))


Scalar = Annotated[Any, BeforeValidator(_scalar)]


class EqualsField(Part):
    """`{equals_field: PATH}`: the value that another field has."""

    equals_field: Filled


def _wanted(written: Any) -> Any:
    if isinstance(written, dict):
        return EqualsField.model_validate(written)
    return tuple(map(_scalar, written)) if isinstance(written, list) else (_scalar(written),)


#: Which elements of a list count: key of the element → values it may have.
Where = dict[str, Annotated[Any, BeforeValidator(_wanted)]]


class MaxPerYear(Part):
    """Every yearly amount is at most `limit`."""

    kind: Literal["max_per_year"]
    field: Filled
    limit: Number


class Share(Part):
    """What both limits of a share have in common."""

    part: Sum
    whole: Sum
    limit: Number
    per: Literal["total", "year"]


class MaxShare(Share):
    """`part` is at most `limit` of `whole`."""

    kind: Literal["max_share"]


class MinShare(Share):
    """`part` is at least `limit` of `whole`."""

    kind: Literal["min_share"]


class Months(Part):
    """What both limits of a time have in common."""

    from_: Annotated[Filled, Field(alias="from")]
    to: Filled
    limit: Number


class MaxMonths(Months):
    """At most `limit` months lie between two dates, a part of a month counted as one."""

    kind: Literal["max_months"]


class MinMonths(Months):
    """At least `limit` whole months lie between two dates."""

    kind: Literal["min_months"]


class MinCount(Part):
    """A list has at least `limit` elements, or different values of a key of them."""

    kind: Literal["min_count"]
    field: Filled
    limit: Count
    where: Where = Field(default_factory=dict)
    distinct: Filled | None = None


class AnySector(Part):
    """At least `limit` different organisations belong to one of the sectors."""

    kind: Literal["any_sector"]
    sectors: Annotated[tuple[Sector, ...], Field(min_length=1)]
    limit: Count = 1


class AllowedValues(Part):
    """Every value of a field is one of `values`."""

    kind: Literal["allowed_values"]
    field: Filled
    values: Annotated[tuple[Scalar, ...], Field(min_length=1)]
    where: Where = Field(default_factory=dict)


class InRange(Part):
    """A number lies between two limits."""

    kind: Literal["in_range"]
    field: Filled
    min: Number | None = None
    max: Number | None = None


class RequiredText(Part):
    """Fields are given; texts have at least `min_words` words."""

    kind: Literal["required_text"]
    fields_: Annotated[tuple[Filled, ...], Field(min_length=1, alias="fields")]
    min_words: Count = 1


class ResultWithin(Part):
    """A figure of the result lies between two limits."""

    kind: Literal["result"]
    perspective: Perspective
    measure: Filled
    horizon: Annotated[str | int, BeforeValidator(lambda written: _horizon(written))]
    statistic: Statistic = "base"
    min: Number | None = None
    max: Number | None = None


def _horizon(written: Any) -> str | int:
    if isinstance(written, str) and written in ("longest", "shortest"):
        return written
    if isinstance(written, int) and not isinstance(written, bool) and written > 0:
        return written
    raise fault("wrong-choice", value=str(written), choices=("longest", "shortest"), nearest=None)


class Manual(Part):
    """A person answers."""

    kind: Literal["manual"]
    question_sv: Filled
    question_en: Filled


class AllOf(Part):
    """All checks pass, or do not apply."""

    kind: Literal["all_of"]
    checks: Annotated[tuple[Check, ...], Field(min_length=1)]


class AnyOf(Part):
    """One check passes."""

    kind: Literal["any_of"]
    checks: Annotated[tuple[Check, ...], Field(min_length=1)]


class When(Part):
    """`then` counts where `if` passes."""

    kind: Literal["when"]
    if_: Annotated[Check, Field(alias="if")]
    then: Check


#: The closed list of check kinds (RULES: a new rule never needs new code, a new kind does).
KINDS: Mapping[str, type[Part]] = {
    "max_per_year": MaxPerYear,
    "max_share": MaxShare,
    "min_share": MinShare,
    "max_months": MaxMonths,
    "min_months": MinMonths,
    "min_count": MinCount,
    "any_sector": AnySector,
    "allowed_values": AllowedValues,
    "in_range": InRange,
    "required_text": RequiredText,
    "result": ResultWithin,
    "manual": Manual,
    "all_of": AllOf,
    "any_of": AnyOf,
    "when": When,
}


def _known_kind(written: Any) -> Any:
    if isinstance(written, Part):
        return written
    if not isinstance(written, dict):
        raise fault("not-a-section", value=str(written))
    kind = written.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        choices = tuple(KINDS)
        raise fault("wrong-choice", value=str(kind), choices=choices, nearest=nearest(str(kind), choices))
    return written


def _tag(written: Any) -> str:
    return f"~{written['kind'] if isinstance(written, dict) else written.kind}"


Check = Annotated[
    Annotated[MaxPerYear, Tag("~max_per_year")]
    | Annotated[MaxShare, Tag("~max_share")]
    | Annotated[MinShare, Tag("~min_share")]
    | Annotated[MaxMonths, Tag("~max_months")]
    | Annotated[MinMonths, Tag("~min_months")]
    | Annotated[MinCount, Tag("~min_count")]
    | Annotated[AnySector, Tag("~any_sector")]
    | Annotated[AllowedValues, Tag("~allowed_values")]
    | Annotated[InRange, Tag("~in_range")]
    | Annotated[RequiredText, Tag("~required_text")]
    | Annotated[ResultWithin, Tag("~result")]
    | Annotated[Manual, Tag("~manual")]
    | Annotated[AllOf, Tag("~all_of")]
    | Annotated[AnyOf, Tag("~any_of")]
    | Annotated[When, Tag("~when")],
    Discriminator(_tag),
    BeforeValidator(_known_kind),
]


class Source(Part):
    """Where a rule stands, and the words that state it."""

    title: Filled
    publisher: Filled
    url: Filled
    words: Filled


class Messages(Part):
    """A rule's own messages, None for the general one; `remedy` is what to do where the rule is not met.

    Placeholders: {value} and {limit} with their units, {where}, {missing}; of a text {written} (how many words it
    has); of a time {from} and {to}.
    """

    pass_sv: Text | None = None
    fail_sv: Text | None = None
    undecided_sv: Text | None = None
    pass_en: Text | None = None
    fail_en: Text | None = None
    undecided_en: Text | None = None
    remedy_sv: Text | None = None
    remedy_en: Text | None = None


class Rule(Part):
    """One rule of a fund, valid for some years of calls.

    `confirmed_to` is the last year of call for which a source states the rule, None where none does.
    """

    id: Identifier
    text_sv: Filled
    text_en: Filled
    severity: Severity
    valid_from: CalendarYear | None = None
    valid_to: CalendarYear | None = None
    confirmed_to: CalendarYear | None = None
    stage: Literal["ide", "utformning", "any"]
    check: Check
    source: Source
    messages: Messages = Messages()

    def valid_in(self, year: int) -> bool:
        """Say whether the rule applies to calls of a year."""
        return (self.valid_from or year) <= year <= (self.valid_to or year)

    def confirmed_in(self, year: int) -> bool:
        """Say whether a source states the rule for calls of a year."""
        return self.confirmed_to is not None and year <= self.confirmed_to


class Stages(Part):
    """Which stages an application has in some years of calls."""

    valid_from: CalendarYear | None = None
    valid_to: CalendarYear | None = None
    values: Annotated[tuple[Stage, ...], Field(min_length=1)]


class Open(Part):
    """Years in which the fund has calls; None is no limit."""

    from_: Annotated[CalendarYear | None, Field(alias="from")] = None
    to: CalendarYear | None = None


class Fund(Part):
    """A fund and its rules, as its file has them."""

    format: Literal[1]
    fund: Identifier
    name_sv: Filled
    name_en: Filled
    publisher: Filled
    url: Filled
    definition_sv: Filled
    note_sv: Text | None = None
    stages: Annotated[tuple[Stages, ...], Field(min_length=1)]
    open: Open
    open_source: Source | None = None
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]

    def open_in(self, year: int) -> bool:
        """Say whether the fund has calls in a year."""
        return (self.open.from_ or year) <= year <= (self.open.to or year)

    def stages_in(self, year: int) -> tuple[Stage, ...]:
        """Return the stages of calls of a year, all where the file says nothing."""
        for stages in self.stages:
            if (stages.valid_from or year) <= year <= (stages.valid_to or year):
                return stages.values
        return ("ide", "utformning")
