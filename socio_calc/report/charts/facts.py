"""What the charts tell: the facts of the screen, and what only pictures need. Nothing here draws."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from socio_calc.appraisal import Bands, PayerRow, ResultRow
from socio_calc.case import RateStep
from socio_calc.locale import money_interval, number, share, unit_heading
from socio_calc.report.screen_facts import Facts
from socio_calc.report.text_layout import shortened

#: Longest title of a chart, characters: two lines.
MOST_TITLE: Final = 96
_LONGEST_TITLE: Final = 120
_MILLION: Final = 1e6
# Two amounts are the same where they differ by less than this share of the larger one.
_SAME: Final = 1e-9


@dataclass(frozen=True)
class ChartFacts(Facts):
    """An appraisal as the charts read it. Amounts are SEK, societal and at the longest horizon unless said."""

    @property
    def row(self) -> ResultRow:
        """The net present value with its spread."""
        return self.appraisal.result("npv")

    @cached_property
    def net(self) -> float:
        """N, which always exists."""
        return self.appraisal.base("npv")

    @property
    def certain(self) -> bool:
        """Whether every recalculation gives the same result, apart from rounding in the last digits."""
        return (self.row.sd or 0.0) <= _SAME * (abs(self.cost) + abs(self.gain))

    @property
    def years_text(self) -> str:
        """The longest horizon: `40 år`."""
        return self.words.plural("screen.years", self.years)

    @property
    def sure(self) -> float:
        """P(NPV > 0); for a result without uncertainty 1 or 0."""
        probability = self.probability
        return float(self.net > 0) if probability is None else probability

    @cached_property
    def bands(self) -> Bands:
        """Cumulative net value by year."""
        return self.appraisal.bands()

    @property
    def no_amounts(self) -> bool:
        """Whether no party pays or gets anything, in the base case or in any recalculation."""
        return not self.payers and self.certain

    @property
    def any_gain(self) -> bool:
        """Whether any party gains from the effects."""
        return any(row.effects > 0 for row in self.payers)

    @property
    def most_paying(self) -> PayerRow | None:
        """The party that pays most; None where no party pays, or no single one pays most."""
        return _largest([(pays(row), row) for row in self.payers])

    @property
    def most_gaining(self) -> PayerRow | None:
        """The party that gets most above what it pays; None where no party gets more, or no single one gets most."""
        return _largest([(row.net, row) for row in self.payers])

    @property
    def payback_words(self) -> str | None:
        """The year that breaks even, counted and in the calendar: `6 (2030)`."""
        year = self.payback_year
        return None if year is None else f"{year} ({self.calendar(year)})"

    @property
    def short_title(self) -> str:
        """The title that is true of any result."""
        return self.words.t("chart.short-title", npv=self.money(self.net, signed=True))

    @property
    def unit_name(self) -> str:
        """The unit of axes: `mkr`."""
        return unit_heading(self.unit, self.lang)

    def on_axis(self, amount: float) -> str:
        """Write an amount at a tick, the unit standing at the axis."""
        return number(amount / _MILLION if self.unit == "million" else amount, self.lang)

    def interval(self, low: float | None, high: float | None) -> str:
        """Write a range of net present values over the draws in the unit of the page, each end with its sign."""
        return money_interval(low, high, self.lang, unit=self.unit, signed=True, each=True, error=self.error)

    @property
    def plain_source(self) -> str:
        """The line under a chart without money: where the figures come from."""
        return self.words.t("chart.source.plain", title=shortened(self.appraisal.title, _LONGEST_TITLE))

    @property
    def source(self) -> str:
        """The line under a chart of money: where the figures come from and on what terms they hold."""
        words, case = self.words, self.appraisal.case
        terms = [
            words.t("screen.conditions.prices", price_year=self.appraisal.price_year),
            words.t("screen.conditions.rate", rate=self._rate(case.discount_rate)),
        ]
        if case.discount_rate_health is not None:
            terms.append(words.t("screen.conditions.rate-health", rate=self._rate(case.discount_rate_health)))
        terms.append(words.t(f"screen.conditions.timing.{case.timing}"))
        title = shortened(self.appraisal.title, _LONGEST_TITLE)
        text = words.t("chart.source.terms", title=title, terms=", ".join(terms))
        # The English unit explains itself.
        abbreviated = self.unit == "million" and self.lang == "sv"
        # A line that ends inside it would tear the abbreviation from what it means.
        million = words.t("screen.conditions.million").replace(" ", "\N{NO-BREAK SPACE}")
        return f"{text} {million}." if abbreviated else text

    def _rate(self, rate: float | tuple[RateStep, ...]) -> str:
        if not isinstance(rate, tuple):
            return share(rate, self.lang)
        first, *later = rate
        steps = [
            self.words.t("screen.conditions.rate-step", rate=share(step.rate, self.lang), year=step.from_)
            for step in later
        ]
        return ", ".join([share(first.rate, self.lang), *steps])


def pays(row: PayerRow) -> float:
    """Return what a party pays: its costs, and the effects that are costs to it."""
    return max(row.cost, 0.0) + max(-row.effects, 0.0)


def gets(row: PayerRow) -> float:
    """Return what a party gets: its gains from the effects, and the costs that it is spared."""
    return max(row.effects, 0.0) + max(-row.cost, 0.0)


def _largest(rows: list[tuple[float, PayerRow]]) -> PayerRow | None:
    ordered = sorted((pair for pair in rows if pair[0] > 0), key=lambda pair: -pair[0])
    if not ordered or (len(ordered) > 1 and ordered[0][0] - ordered[1][0] <= _SAME * ordered[0][0]):
        return None
    return ordered[0][1]
