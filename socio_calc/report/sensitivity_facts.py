"""What the pages and pictures on sensitivity tell: names, values in their own units, and what decides the result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from socio_calc.analysis.break_even import BreakEvenOutcome
from socio_calc.analysis.drivers import JOIN
from socio_calc.analysis.sensitivity import Sensitivity
from socio_calc.analysis.structural import StructuralBar, structural_paths
from socio_calc.analysis.tornado import DRAW_GROUP, TORNADO_GROUP, Bar
from socio_calc.appraisal import one_whole, quantity_name
from socio_calc.locale import MoneyUnit, table_unit
from socio_calc.report.charts.facts import ChartFacts
from socio_calc.report.quantity_units import Unit, significant, unit_of
from socio_calc.report.text_layout import shortened

AnyBar = Bar | StructuralBar

_LONGEST_NAME: Final = 60
#: More characters than any name has.
_WHOLE: Final = 10**6


@dataclass(frozen=True)
class SensitivityFacts(ChartFacts):
    """A sensitivity analysis as its outputs read it; amounts are SEK in its own perspective and at its own horizon."""

    sensitivity: Sensitivity

    @cached_property
    def unit(self) -> MoneyUnit:
        """The one unit of the page, and of a whole report: that of the base case, however far a recalculation goes."""
        found = self.sensitivity
        if (found.perspective, found.horizon) == ("societal", self.appraisal.longest):
            return self.base_unit
        measures = ("pv_costs", "pv_effects") if found.horizon in self.appraisal.horizons else ()
        parts = (self.appraisal.result(name, found.perspective, found.horizon).base for name in measures)
        return table_unit([found.npv.base, *parts])

    @cached_property
    def moving(self) -> tuple[Bar, ...]:
        """What moves the result, most first: quantities, and those that are always drawn together as one."""
        return tuple(bar for bar in self.sensitivity.apart if bar.swing > self.least)

    @property
    def least(self) -> float:
        """Amounts up to this size are no difference, SEK."""
        return 1e-9 * max((abs(bar.npv_low) for bar in self.sensitivity.bars), default=0.0)

    @property
    def horizon_text(self) -> str:
        """The horizon asked for: `5 år`."""
        return self.words.plural("screen.years", self.sensitivity.horizon)

    # -- names ----------------------------------------------------------------------------------------------------

    def name_of(self, key: str, most: int = _LONGEST_NAME) -> str:
        """Return what a quantity, a group or a choice is called, as inside a sentence, in at most `most` characters."""
        if key.startswith(TORNADO_GROUP):
            return shortened(key.removeprefix(TORNADO_GROUP), most)
        if key.startswith(DRAW_GROUP):
            return self._together(self._members(key), most)
        if JOIN in key:
            return self._together(tuple(key.split(JOIN)), most)
        return shortened_apart(quantity_name(self.appraisal, key, self.lang), most, self._names)

    def whole_name(self, key: str) -> str:
        """Return what `name_of` does, however long: for those who hear a picture described and do not see it."""
        return self.name_of(key, _WHOLE)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        """The full names of everything that can have a bar."""
        bars = (bar.quantity for bar in self.sensitivity.bars)
        keys = dict.fromkeys((*bars, *structural_paths(self.sensitivity.focus)))
        return tuple(quantity_name(self.appraisal, key, self.lang) for key in keys)

    def _members(self, key: str) -> tuple[str, ...]:
        """Return the quantities behind the key of one, or of a group that is drawn together."""
        if not key.startswith(DRAW_GROUP):
            return (key,)
        return next(bar.members for bar in self.sensitivity.groups if bar.quantity == key)

    def measured_by(self, key: str) -> tuple[str, ...]:
        """Return the quantities whose sum tells how much of something there is.

        It is the quantity itself; of a group all that are parts of one whole, else the first, after which it is named.
        """
        members = self._members(key)
        return members if one_whole(self.appraisal, members, self.lang) else members[:1]

    def _together(self, members: tuple[str, ...], most: int) -> str:
        whole = one_whole(self.appraisal, members, self.lang)
        if whole:
            room = most - len(self.words.t("quantity.together-parts", name="", n=len(members)))
            return self.words.t("quantity.together-parts", name=shortened(whole, room), n=len(members))
        room = most - len(self.words.t("quantity.together", name="", n=len(members) - 1))
        return self.words.t("quantity.together", name=self.name_of(members[0], room), n=len(members) - 1)

    # -- values ---------------------------------------------------------------------------------------------------

    def value_text(
        self,
        key: str,
        value: float | str,
        digits: int | None = None,
        *,
        like: Sequence[float | str | None] = (),
        brief: bool = False,
    ) -> str:
        """Write a value of a quantity or a choice in its own unit.

        Without `digits` it has three significant ones, a share two, and the decimals of the values that it is `like`.
        `brief` leaves out what the unit is for each of, and the price year.
        """
        if isinstance(value, str):
            return self.words.t(f"quantity.timing.{value}")
        unit = self._unit(key, brief)
        others = tuple(float(other) for other in like if isinstance(other, int | float))
        written = unit.digits(self.words, (value, *others), digits)[0]
        return unit.write(self.words, written, value * unit.factor)

    def needed_texts(self, key: str, value: float, assumed: float, digits: int) -> tuple[str, str]:
        """Write a value that is needed and the assumed one, with the same decimals, as `Unit.digits_beside`."""
        unit = self._unit(key)
        written = unit.digits_beside(self.words, value, assumed, digits)
        return (
            unit.write(self.words, written[0], value * unit.factor),
            unit.write(self.words, written[1], assumed * unit.factor),
        )

    def ends_text(self, bar: AnyBar) -> tuple[str, str]:
        """Write the two inputs of a bar, each in its unit and with the decimals of the other."""
        low, high = bar.low_input, bar.high_input
        if low is None or high is None:
            raise ValueError(f"{bar.quantity}: a group has no inputs")
        return self.value_text(bar.quantity, low, like=(high,)), self.value_text(bar.quantity, high, like=(low,))

    def range_text(
        self,
        key: str,
        low: float | str | None,
        high: float | str | None,
        digits: int | None = None,
        *,
        brief: bool = False,
    ) -> str:
        """Write the two inputs of a bar, their unit once; empty for a group, which has none. `brief` as for a value."""
        if low is None or high is None:
            return ""
        if isinstance(low, str) or isinstance(high, str):
            return self.words.t("quantity.to", low=self.value_text(key, low), high=self.value_text(key, high))
        between = "quantity.to" if low < 0 or high < 0 else "quantity.range"
        unit = self._unit(key, brief)
        first, last = unit.digits(self.words, (low, high), digits)
        # A range is never one thing.
        return unit.write(self.words, self.words.t(between, low=first, high=last), 0.0)

    def axis_texts(self, key: str, values: Sequence[float]) -> tuple[tuple[str, ...], str]:
        """Write values of a quantity for an axis: the digits alone, and the unit for the name of the axis."""
        unit = self._unit(key)
        return unit.digits(self.words, tuple(values)), " ".join(unit.write(self.words, "", 0.0).split())

    def _unit(self, key: str, brief: bool = False) -> Unit:
        if key not in self._units:
            self._units[key] = unit_of(self.appraisal, self._members(key)[0])
        found = self._units[key]
        return replace(found, per=None, price_year=None) if brief else found

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {}

    # -- what must be true ----------------------------------------------------------------------------------------

    @property
    def main_outcome(self) -> BreakEvenOutcome | None:
        """The outcome that gives most, None where none gives anything."""
        return next((row for row in self.sensitivity.break_even.outcomes if row.alone is not None), None)

    def outcome_name(self, id: str) -> str:
        """Return the name of an outcome."""
        return self.name(next(outcome for outcome in self.appraisal.stated_outcomes if outcome.id == id))

    def turns(self, bar: AnyBar) -> bool:
        """Whether a bar runs from one side of zero to the other."""
        ends = bar.npv_low, bar.npv_high, self.sensitivity.npv.base
        return min(ends) < -self.least and max(ends) > self.least


def shortened_apart(text: str, most: int, others: Sequence[str]) -> str:
    """Cut a text as `shortened` does, but in its middle where another text would then look the same.

    >>> names = ("Vård på sjukhus, regionen", "Vård på sjukhus, kommunen")
    >>> shortened_apart(names[0], 20, names), shortened_apart(names[1], 20, names)
    ('Vård på … regionen', 'Vård på … kommunen')
    """
    short = shortened(text, most)
    if not any(other != text and shortened(other, most) == short for other in others):
        return short
    clean = " ".join(text.split())
    tail = clean.rpartition(", ")[2]
    if len(tail) == len(clean) or len(tail) > most // 2:
        tail = clean.rpartition(" ")[2][-(most // 2) :]
    head = shortened(clean, most - len(tail) - 1)
    if "”" in tail and "“" not in tail:
        head = head.removesuffix("”")  # the tail closes what the head opens
    return f"{head} {tail}" if head.endswith("…") else f"{head} … {tail}"[:most]


def sensible(value: float) -> float:
    """Round what was computed from typed numbers, as the mean of three, to digits that say something.

    What has at most four significant digits, or is whole, stays; else three digits are left, thousands whole. What is
    not 1 (the whole, or no change) is not made 1.

    >>> [sensible(value) for value in (458.3333, 1.18667, 0.591667, 12345.678, 0.9125, 30561.0, 0.99973)]
    [458.0, 1.19, 0.592, 12346.0, 0.9125, 30561.0, 0.9997]
    """
    if value.is_integer() or value == significant(value, 4):
        return value
    if abs(value) >= 1000.0:
        return float(round(value))
    return next((found for digits in range(3, 12) if (found := significant(value, digits)) != 1.0), value)
