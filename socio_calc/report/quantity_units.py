"""In what a quantity of a case is counted: kronor of a price year, hours, a share, an odds ratio, whole people.

A reader cannot know that 0.2 is years of work and 1.2 an odds ratio; the path of a quantity and its price tell.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import floor, log10
from typing import Any, Final

from socio_calc.analysis.limits import places
from socio_calc.appraisal import Appraisal
from socio_calc.case import Case, CostRef, Quantity, follow, stated_effects
from socio_calc.case.costs import CostItem
from socio_calc.case.outcomes import Effect
from socio_calc.engine.effects import DOMAINS, RATIO_MEASURES
from socio_calc.locale import Texts, number

#: Significant digits of an input, of one below 1, and of a share.
_DIGITS: Final = 3
_SMALL_DIGITS: Final = 2
_SHARE_DIGITS: Final = 2
#: Decimals that are tried at most to tell two values apart.
_MOST_DECIMALS: Final = 6
#: From so many people on only whole ones are written.
_WHOLE_PEOPLE: Final = 10.0
_SHARES: Final = frozenset(
    {
        "completion", "deadweight", "attribution", "evidence_adjustment", "displacement", "causal_share", "marginal",
        "realisable", "rate", "contributions", "growth", "discount_rate", "discount_rate_health", "start", "values",
    }
)  # fmt: skip
_YEARS: Final = frozenset({"holds", "lasts", "horizons", "lag", "over", "delay", "duration", "years"})
#: Units of one sign or word.
_SHORT: Final = frozenset({"sek", "share"})
_MONEY: Final = frozenset({"amount", "wage", "price", "health_value"})


@dataclass(frozen=True)
class Unit:
    """How values of one quantity are written.

    Attributes
    ----------
    key
        Text of the unit, below `quantity.`; None for a plain number.
    factor
        What a value is multiplied with: 100 for a share.
    kind
        `years` and `people` are written whole, a `share` with two digits.
    per
        What the unit is for each of (text below `quantity.per.`): a participant, a year.
    price_year
        Whose prices an amount is in, where they are not those of the calculation.
    measure
        Measure of an effect on a ratio scale, which stands before the value.
    """

    key: str | None = None
    factor: float = 1.0
    kind: str = "number"
    per: str | None = None
    price_year: int | None = None
    measure: str | None = None

    def write(self, words: Texts, digits: str, n: float, *, named: bool = True) -> str:
        """Return written digits with their unit; `n` decides between singular and plural.

        `named` says whether the measure of an effect stands before its value.
        """
        text = digits if self.key is None else words.plural(f"quantity.{self.key}", 1 if n == 1 else 2, x=digits)
        if self.per is not None:
            text = words.t(f"quantity.per.{self.per}", x=text)
        if self.price_year is not None:
            text = words.t("quantity.in-prices", x=text, year=self.price_year)
        if named and self.measure is not None:
            text = words.t(f"quantity.measure.{self.measure}", x=text)
        return text

    def short(self) -> Unit:
        """Return the unit as a column writes it beside a value that has the whole of it."""
        return replace(self, per=None, price_year=None, measure=None)

    def write_again(self, words: Texts, digits: str) -> str:
        """Return a second value beside one that has its unit: only what is short stands again."""
        return self.short().write(words, digits, 0.0) if self.key in _SHORT else digits

    def digits(self, words: Texts, values: tuple[float, ...], digits: int | None = None) -> tuple[str, ...]:
        """Write values without their unit, all with the same decimals.

        Given `digits`, each value has so many significant ones, as somebody typed it.
        """
        scaled = tuple(value * self.factor for value in values)
        if self.kind == "years":
            return tuple(number(floor(value + 0.5), words.lang) for value in scaled)  # a half year is counted as whole
        if digits is not None:
            return tuple(number(significant(value, digits), words.lang) for value in scaled)
        if self.kind == "share":
            return _apart(words, scaled, _SHARE_DIGITS)
        if self.kind == "people" and min(abs(value) for value in scaled) >= _WHOLE_PEOPLE:
            return tuple(number(value, words.lang, 0) for value in scaled)
        return _alike(words, scaled)

    def digits_beside(self, words: Texts, value: float, assumed: float, digits: int) -> tuple[str, str]:
        """Write a value beside what is assumed, this with so many significant digits: both with the same decimals.

        >>> from socio_calc.locale import texts
        >>> [_SHARE.digits_beside(texts("en"), value, assumed, 3) for value, assumed in ((0.481, 0.155), (0.81, 0.77))]
        [('48.1', '15.5'), ('81', '77')]
        """
        both = (self.digits(words, (value, assumed))[0], self.digits(words, (assumed,), digits)[0])
        if self.kind == "years":
            return both
        point = words.t("number.decimal")
        most = max(len(text.partition(point)[2]) for text in both)
        for decimals in range(most, most + _MOST_DECIMALS):
            found = tuple(
                text if len(text.partition(point)[2]) == decimals else number(one * self.factor, words.lang, decimals)
                for text, one in zip(both, (value, assumed), strict=True)
            )
            if value == assumed or found[0] != found[1]:
                break
        return found[0], found[1]


PLAIN: Final = Unit()
_YEAR: Final = Unit("years", kind="years")
_SHARE: Final = Unit("share", 100.0, "share")
_POINTS: Final = Unit("points", 100.0, "share")
_PER_PERSON_YEAR: Final = Unit(per="person_year")


def unit_of(appraisal: Appraisal, key: str, case: Case | None = None) -> Unit:
    """Return how a quantity is counted, from its key or path.

    Parameters
    ----------
    appraisal
        Whose quantity it is.
    key
        `quantities.NAME`, `cost:ID`, `evidence:ID`, or a path in the case.
    case
        A changed case, as a scenario has it; None is the appraisal's own.
    """
    kind, _, rest = key.partition(":")
    if kind == "cost":
        return Unit("sek", price_year=_other_year(appraisal, appraisal.reference.costs[rest].price_year))
    path = (places(appraisal, key) or (key,))[0]
    case = appraisal.case if case is None else case
    parts = path.split(".")
    last = next((part for part in reversed(parts) if not part.isdigit()), "")
    if parts[0] == "participants":
        return Unit("people", kind="people") if last == "number" else PLAIN
    if parts[0] == "costs":
        return _of_cost(appraisal, case, case.costs[int(parts[1])], last)
    if parts[0] in ("outcomes", "pathways"):
        return _of_outcome(appraisal, case, parts, last)
    if last == "health_value":
        return Unit("sek", price_year=_price_year(appraisal, case, case.health_value, None))
    return _SHARE if parts[0] == "taxes" else _by_name(last)


def is_effect(appraisal: Appraisal, key: str) -> bool:
    """Return whether a quantity is the size of an effect on an outcome or on a transition."""
    effects = {stated.path for stated in stated_effects(appraisal.case)}
    return any(path in effects for path in places(appraisal, key))


def _by_name(last: str) -> Unit:
    if last in _YEARS:
        return _YEAR
    if last in _SHARES:
        return _SHARE
    return Unit("sek") if last in _MONEY else PLAIN


def _of_cost(appraisal: Appraisal, case: Case, item: CostItem, last: str) -> Unit:
    """Return the unit of a field of a cost item: the basis goes with what is multiplied last."""
    per: str | None = None if item.basis == "total" else item.basis
    if per == "per_participant" and len(set(item.years)) > 1:
        per = "per_participant_year"  # counted once in each of the years since entry
    scaled = "quantity" in item.model_fields_set
    if last == "hours":
        return Unit("hours", per=None if scaled else per)
    if last == "wage":
        return Unit("sek", per="hour", price_year=_price_year(appraisal, case, item.wage, item.price_year))
    if last == "amount":
        year = _price_year(appraisal, case, item.amount, item.price_year)
        return Unit("sek", per=None if scaled else per, price_year=year)
    if last == "quantity":
        return Unit(_counted(appraisal, case, item.amount), per=per)
    return _by_name(last)


def _of_outcome(appraisal: Appraisal, case: Case, parts: list[str], last: str) -> Unit:
    """Return the unit of a field of an outcome or a pathway, of its effects or of its consequences."""
    if parts[0] == "outcomes" and parts[2:3] == ["inputs"]:
        return PLAIN  # whatever its name: only the function knows what it is
    if parts[0] == "pathways" and parts[2] == "transitions":
        return PLAIN if {"counts", "rate"} & set(parts[4:]) else _SHARE
    if parts[0] == "pathways" and parts[2] == "start":
        return _SHARE
    owners: tuple[Any, ...] = (*appraisal.own_outcomes, *case.outcomes, *case.pathways)
    owner = next(each for each in owners if each.id == parts[1])
    if parts[2:3] == ["consequences"] and len(parts) > 4:
        return _of_consequence(appraisal, case, owner.consequences[int(parts[3])], last)
    if last == "value":
        stated = next(found for found in stated_effects(case) if found.path == ".".join(parts))
        return _of_effect(stated.effect, stated.level)
    if last == "ordinary":
        return _of_level(owner.level)
    return _by_name(last)


def _of_consequence(appraisal: Appraisal, case: Case, found: Any, last: str) -> Unit:
    if last == "price":
        return Unit("sek", price_year=_price_year(appraisal, case, found.price, found.price_year))
    if last == "quantity":
        return Unit("per-unit.qaly") if found.kind == "health" else Unit(_counted(appraisal, case, found.price))
    return _by_name(last)


def _of_effect(effect: Effect, level: str) -> Unit:
    """Return the unit of an effect's value, which its measure decides."""
    if effect.measure in RATIO_MEASURES:
        return Unit(measure=effect.measure)
    if effect.measure == "smd":
        return Unit("deviations")
    if effect.measure == "difference" and DOMAINS[level] == (0.0, 1.0):
        return _POINTS
    return _of_level(level)


def _of_level(level: str) -> Unit:
    if DOMAINS[level] == (0.0, 1.0):
        return _SHARE
    return _PER_PERSON_YEAR if level == "rate" else PLAIN


def _counted(appraisal: Appraisal, case: Case, price: Quantity | None) -> str | None:
    """Return the text of what a price is for: hours, kilometres; None for a price that does not say."""
    found = None if price is None else follow(price, case.quantities)
    return f"per-unit.{appraisal.reference.costs[found.cost].per}" if isinstance(found, CostRef) else None


def _price_year(appraisal: Appraisal, case: Case, price: Quantity | None, stated: int | None) -> int | None:
    """Return the year that an amount is in the prices of, None where it is that of the calculation."""
    found = None if price is None else follow(price, case.quantities)
    of_row = appraisal.reference.costs[found.cost].price_year if isinstance(found, CostRef) else None
    return _other_year(appraisal, stated if stated is not None else of_row)


def _other_year(appraisal: Appraisal, year: int | None) -> int | None:
    return None if year == appraisal.price_year else year


# -- digits -----------------------------------------------------------------------------------------------------------


def _alike(words: Texts, values: tuple[float, ...]) -> tuple[str, ...]:
    """Write numbers with the decimals that the largest needs, and more where two would look the same."""
    largest = max(abs(value) for value in values)
    digits = _DIGITS if largest >= 1.0 else _SMALL_DIGITS
    if len(values) == 1 or largest >= 10.0**_DIGITS:
        return _apart(words, values, digits)
    decimals = 0 if largest == 0.0 else max(0, digits - 1 - floor(log10(largest)))
    if all(value == significant(value) for value in values):
        decimals = min(decimals, max(_typed_decimals(value) for value in values))
    return _told_apart(words, values, decimals)


def _typed_decimals(value: float) -> int:
    return len(f"{value:.12f}".rstrip("0").partition(".")[2])


def _apart(words: Texts, values: tuple[float, ...], digits: int) -> tuple[str, ...]:
    """Write numbers with so many significant digits each, and more where two would look the same."""
    for more in range(_MOST_DECIMALS):
        found = tuple(number(significant(value, digits + more), words.lang) for value in values)
        if len(set(found)) == len(set(values)):
            return found
    return found


def _told_apart(words: Texts, values: tuple[float, ...], decimals: int) -> tuple[str, ...]:
    for places_ in range(decimals, decimals + _MOST_DECIMALS):
        found = tuple(number(value, words.lang, places_) for value in values)
        if len(set(found)) == len(set(values)):
            return found
    return found


def significant(value: float, digits: int = _DIGITS) -> float:
    """Round to significant digits; whole numbers of more digits keep them to the same place.

    >>> significant(0.077654), significant(1234567.0)
    (0.0777, 1230000.0)
    """
    return float(f"{value:.{digits}g}")
