"""What the pages and pictures on sensitivity tell: names, values in their own units, and what decides the result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from socio_calc.analysis.break_even import BreakEvenOutcome
from socio_calc.analysis.drivers import JOIN
from socio_calc.analysis.limits import places
from socio_calc.analysis.sensitivity import Sensitivity
from socio_calc.analysis.structural import StructuralBar
from socio_calc.analysis.tornado import DRAW_GROUP, TORNADO_GROUP, Bar
from socio_calc.appraisal import quantity_name
from socio_calc.engine.effects import DOMAINS
from socio_calc.locale import MoneyUnit, number, table_unit
from socio_calc.report.charts.facts import ChartFacts
from socio_calc.report.text_layout import shortened

AnyBar = Bar | StructuralBar

_LONGEST_NAME: Final = 60
#: Significant digits of an input.
_DIGITS: Final = 3
#: Last keys of the paths of money and of shares.
_MONEY: Final = frozenset({"amount", "wage", "price", "health_value"})
_SHARES: Final = frozenset(
    {
        "completion", "deadweight", "attribution", "evidence_adjustment", "displacement", "causal_share", "marginal",
        "realisable", "rate", "contributions", "growth", "discount_rate",
    }
)  # fmt: skip
_YEARS: Final = frozenset({"holds", "lasts", "horizons"})


@dataclass(frozen=True)
class SensitivityFacts(ChartFacts):
    """A sensitivity analysis as its outputs read it; amounts are SEK in its own perspective and at its own horizon."""

    sensitivity: Sensitivity

    @cached_property
    def unit(self) -> MoneyUnit:
        """The one unit of the page."""
        found = self.sensitivity
        amounts = [found.npv.base, *(npv for bar in self.all_bars for npv in (bar.npv_low, bar.npv_high))]
        return table_unit([*amounts, *(row.npv for row in found.scenarios)])

    @property
    def all_bars(self) -> tuple[AnyBar, ...]:
        """Quantities, then choices that are no quantities."""
        return (*self.sensitivity.bars, *self.sensitivity.structural)

    @property
    def moving(self) -> tuple[Bar, ...]:
        """The quantities that move the result, most first."""
        return tuple(bar for bar in self.sensitivity.bars if bar.swing > self.least)

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
            members = next(bar.members for bar in self.sensitivity.groups if bar.quantity == key)
            return self._together(members, most)
        if JOIN in key:
            return self._together(tuple(key.split(JOIN)), most)
        return shortened_apart(self._full_name(key), most, self._names)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        """The full names of everything with a bar."""
        return tuple(self._full_name(bar.quantity) for bar in self.all_bars)

    def _full_name(self, key: str) -> str:
        parts = key.split(".")
        if parts[0] == "participants":
            year = self.appraisal.first_year + self.appraisal.case.participants[int(parts[1])].year
            return self.words.t("quantity.cohort", label=self.words.label(key), year=year)
        return quantity_name(self.appraisal, key, self.lang)

    def _together(self, members: tuple[str, ...], most: int) -> str:
        room = most - len(self.words.t("quantity.together", name="", n=len(members) - 1))
        return self.words.t("quantity.together", name=self.name_of(members[0], room), n=len(members) - 1)

    # -- values ---------------------------------------------------------------------------------------------------

    def value_text(self, key: str, value: float | str, digits: int | None = None) -> str:
        """Write a value of a quantity or a choice in its own unit.

        Without `digits` it has three significant ones, a share two.
        """
        if isinstance(value, str):
            return self.words.t(f"quantity.timing.{value}")
        if self._kind(key) == "years":
            return self.words.plural("screen.years", round(value))
        return self._with_unit(key, self._digits(key, value, digits))

    def range_text(self, key: str, low: float | str | None, high: float | str | None, digits: int | None = None) -> str:
        """Write the two inputs of a bar, their unit once; empty for a group, which has none."""
        if low is None or high is None:
            return ""
        if isinstance(low, str) or isinstance(high, str):
            return self.words.t("quantity.to", low=self.value_text(key, low), high=self.value_text(key, high))
        between = "quantity.to" if low < 0 or high < 0 else "quantity.range"
        both = self.words.t(between, low=self._digits(key, low, digits), high=self._digits(key, high, digits))
        return self._with_unit(key, both)

    def _digits(self, key: str, value: float, digits: int | None = None) -> str:
        kind = self._kind(key)
        if kind == "years":
            return number(round(value), self.lang)
        if kind == "share":
            return number(significant(100.0 * value, digits or 2), self.lang)
        return number(significant(value, digits or _DIGITS), self.lang)

    def _with_unit(self, key: str, digits: str) -> str:
        kind = self._kind(key)
        return digits if kind == "number" else self.words.t(f"quantity.{kind}", x=digits)

    def _kind(self, key: str) -> str:
        if key.startswith("cost:"):
            return "sek"
        paths = places(self.appraisal, key) or (key,)
        if paths[0].startswith("outcomes.") and paths[0].split(".")[2:3] == ["inputs"]:
            return "number"  # whatever its name: only the function knows what it is
        last = next((part for part in reversed(paths[0].split(".")) if not part.isdigit()), "")
        if paths[0].startswith("pathways.") and paths[0].split(".")[2] == "transitions":
            return "number" if {"counts", "rate"} & set(paths[0].split(".")[4:]) else "share"
        if last in _YEARS:
            return "years"
        if last in _SHARES:
            return "share"
        if last in _MONEY:
            return "sek"
        if last == "ordinary":
            level = next(o.level for o in self.appraisal.stated_outcomes if o.id == paths[0].split(".")[1])
            return "share" if DOMAINS[level] == (0.0, 1.0) else "number"
        return "number"

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
    return f"{head} {tail}" if head.endswith("…") else f"{head} … {tail}"[:most]


def significant(value: float, digits: int = _DIGITS) -> float:
    """Round to significant digits; whole numbers of more digits keep them to the same place.

    >>> significant(0.077654), significant(1234567.0)
    (0.0777, 1230000.0)
    """
    return float(f"{value:.{digits}g}")
