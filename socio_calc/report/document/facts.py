"""What the report tells: the facts of the screen and of the sensitivity pages, and what only a long text needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from socio_calc.analysis.components import HEALTH, WORK, NetSpread, net_without, parts_present
from socio_calc.analysis.outcome_levels import change_intervals, counted_ordinary
from socio_calc.appraisal import OutcomeRow, ResultRow, quantity_name
from socio_calc.appraisal.periods import gain_share_until
from socio_calc.case import StatedOutcome
from socio_calc.case.pathways import DEAD
from socio_calc.engine.values import FactorValues
from socio_calc.locale import (
    MISSING,
    adding_up,
    adds_up,
    money_interval,
    number,
    probability_figure,
    signed_number,
    table_money,
    unit_heading,
)
from socio_calc.locale.paths import label_keys
from socio_calc.locale.placeholders import inline
from socio_calc.report.financing import payer_of, source_of
from socio_calc.report.outcome_figures import (
    OutcomeFigures,
    decimals_needed,
    decimals_with_ends,
    is_nothing,
    level_figures,
    one_more,
    scale_of,
)
from socio_calc.report.quantity_units import significant
from socio_calc.report.sensitivity_facts import SensitivityFacts
from socio_calc.report.text_layout import shortened

#: Horizons of at most so many years are short.
SHORT_YEARS: Final = 3
_LONGEST_PATH: Final = 90
_LONGEST_OUTCOME: Final = 200


@dataclass(frozen=True)
class PartyMoney:
    """What one party pays and gets over the longest horizon, SEK, base case.

    What it gets is `cash`, which shows in its budget or purse, `freed` time and space, and `health` valued in money,
    which nobody is paid. Parties outside the public sector have no freed time and space.
    """

    actor: str
    pays: float
    cash: float
    freed: float
    health: float
    net: float
    payback_year: int | None


@dataclass(frozen=True)
class Measured:
    """An outcome as the report names it: an outcome of the case, or a state of a pathway (person-years)."""

    id: str
    name: str
    level: str
    better: str | None


@dataclass(frozen=True)
class DocumentFacts(SensitivityFacts):
    """An appraisal and its sensitivity analysis as the report reads them."""

    # -- words ----------------------------------------------------------------------------------------------------

    def name(self, outcome: StatedOutcome) -> str:
        """Return the outcome's own name; a document has room for it, unless it is a text of its own."""
        return shortened(outcome.name, _LONGEST_OUTCOME)

    def say(self, key: str, /, **params: object) -> str:
        """Return a text of the report."""
        return self.words.t(f"document.{key}", **params)

    def say_n(self, key: str, n: int, /, **params: object) -> str:
        """Return a text of the report in its singular or plural form."""
        return self.words.plural(f"document.{key}", n, **params)

    def listed(self, items: Iterable[str]) -> str:
        """Join words as a sentence does: `a, b and c`."""
        found = list(items)
        if len(found) < 2:
            return "".join(found)
        return self.say("list", first=", ".join(found[:-1]), last=found[-1])

    def years_of(self, horizon: int) -> str:
        """Return a number of years in words."""
        return self.words.plural("screen.years", horizon)

    def years_list(self, horizons: Iterable[int]) -> str:
        """Return several numbers of years in words: `1, 3 and 5 years`."""
        *first, last = horizons
        return self.listed([*map(str, first), self.years_of(last)])

    # -- figures --------------------------------------------------------------------------------------------------

    @property
    def unit_text(self) -> str:
        """The unit of tables, as a heading writes it."""
        return unit_heading(self.unit, self.lang)

    def cell(self, amount: float | None, *, signed: bool = False) -> str:
        """Write an amount in a table."""
        return table_money(amount, self.lang, self.unit, signed=signed)

    def spread(self, row: ResultRow | NetSpread, *, error: float = 0.0) -> str:
        """Write where nine of ten recalculations lie, the unit standing in the heading; a dash without any."""
        if row.p5 is None or row.p95 is None or row.p5 == row.p95:
            return MISSING
        return money_interval(row.p5, row.p95, self.lang, unit=self.unit, signed=True, bare=True, error=error)

    def chance(self, row: ResultRow | NetSpread) -> str:
        """Write how often gains exceed costs."""
        return probability_figure(row.probability_positive, self.lang)

    @property
    def short_horizons(self) -> tuple[int, ...]:
        """Horizons of at most three years."""
        return tuple(horizon for horizon in self.appraisal.horizons if horizon <= SHORT_YEARS)

    @property
    def long_horizons(self) -> tuple[int, ...]:
        """The others."""
        return tuple(horizon for horizon in self.appraisal.horizons if horizon > SHORT_YEARS)

    # -- money ----------------------------------------------------------------------------------------------------

    @cached_property
    def party_money(self) -> tuple[PartyMoney, ...]:
        """One for each party with any flow, in the fixed order."""
        found = []
        for row in self.payers:
            # What stands in the budget is net of the costs; the rest of the gains is freed time and space.
            freed = 0.0 if row.cash is None else row.net - row.cash
            year = None if row.payback_year is None else round(row.payback_year)
            cash = row.effects - freed - row.health
            found.append(PartyMoney(row.actor, row.cost, cash, freed, row.health, row.net, year))
        return tuple(found)

    @property
    def costs_of_taxation(self) -> bool:
        """Whether a krona of public money costs society more or less than a krona."""
        plan = self.appraisal.plan
        return float(FactorValues(plan, plan.central[:, None]).product(plan.public_funds_factor)[0]) != 1.0

    @property
    def cost_per_participant(self) -> float | None:
        """Present value of the costs for each participant, SEK."""
        return self.cost / self.participants if self.participants > 0 else None

    @cached_property
    def has_work(self) -> bool:
        """Whether the value of work is counted."""
        return bool(parts_present(self.appraisal) & WORK)

    @cached_property
    def has_health_value(self) -> bool:
        """Whether health or wellbeing is counted in money."""
        return bool(parts_present(self.appraisal) & HEALTH)

    def pays_in_time(self, actor: str) -> bool:
        """Whether all that a party pays is working time of its own, also that of volunteers."""
        items = [item for item in self.appraisal.case.costs if not item.replaces and payer_of(item) == actor]
        return bool(items) and all(source_of(item) == "time" for item in items)

    @cached_property
    def lifetime_prices(self) -> tuple[str, ...]:
        """The names of prices that are present values of a whole life, booked in the year of the outcome."""
        rows = self.appraisal.reference.costs
        used = (rows[line.cost_id] for line in self.appraisal.plan.lines if line.cost_id and not line.is_cost)
        return tuple(dict.fromkeys(
            row.name_sv if self.lang == "sv" else row.name_en for row in used if row.per == "lifetime"
        ))  # fmt: skip

    @cached_property
    def unconverted_prices(self) -> tuple[tuple[str, int], ...]:
        """The names and years of prices of another year than the calculation's that no index converts."""
        plan = self.appraisal.plan
        rows = [self.appraisal.reference.costs[id] for id in plan.costs_used]
        found = [
            (row.name_sv if self.lang == "sv" else row.name_en, row.price_year) for row in rows if row.index == "none"
        ]
        found += [
            (line.name, int(line.price_year))
            for line in plan.lines
            if line.cost_id is None and line.index == "none" and line.price_year is not None
        ]
        return tuple(dict.fromkeys((name, year) for name, year in found if year != plan.price_year))

    @cached_property
    def plain_nets(self) -> tuple[NetSpread, ...]:
        """Societal net present value by horizon without the value of work and without health."""
        return net_without(self.appraisal, WORK | HEALTH)

    @cached_property
    def grant_gain_share(self) -> float | None:
        """Share of the gain that comes before the grant ends; None without a grant or a gain."""
        last = self.appraisal.last_grant_year
        return None if last is None else gain_share_until(self.appraisal, last)

    # -- people ---------------------------------------------------------------------------------------------------

    @property
    def entry_years(self) -> tuple[int, ...]:
        """Calendar years in which participants begin."""
        return tuple(sorted({self.appraisal.first_year + cohort.year for cohort in self.appraisal.case.participants}))

    def begun(self, years: int) -> float:
        """Return how many participants have begun within so many years, base case."""
        plan = self.appraisal.plan
        values = FactorValues(plan, plan.central[:, None])
        return sum(float(values.product(cohort.number)[0]) for cohort in plan.cohorts if cohort.year < years)

    @cached_property
    def measured(self) -> tuple[Measured, ...]:
        """Every outcome and every state of a pathway that the result has rows for, in its order."""
        outcomes = {outcome.id: outcome for outcome in self.appraisal.stated_outcomes}
        names = dict.fromkeys(row.outcome for row in self.appraisal.outcome_rows)
        return tuple(self._measured(name, outcomes.get(name)) for name in names)

    def _measured(self, id: str, outcome: StatedOutcome | None) -> Measured:
        if outcome is not None:
            return Measured(id, self.name(outcome), outcome.level, outcome.better)
        pathway, _, state = id.partition(".")
        found = next((row for row in getattr(self.appraisal.case, "pathways", ()) if row.id == pathway), None)
        name = pathway if found is None else found.name
        shown = self.say("people.dead") if state == DEAD else state.replace("_", " ")
        return Measured(id, self.say("people.state", pathway=name, state=shown), "state", None)

    def level_unit(self, outcome: Measured) -> str:
        """Return of how many participants, or in what, an outcome's level in one year is told."""
        return self.say(f"people.level-unit.{outcome.level}")

    def level_unit_with_year(self, outcome: Measured) -> str:
        """Return the same with the year it is of; what happens once needs none."""
        unit = self.level_unit(outcome)
        return unit if outcome.level == "event" else self.say("people.first-year", unit=unit)

    def sum_unit(self, outcome: Measured) -> str:
        """Return in what, and for how many participants, an outcome is summed over the years."""
        return self.say(f"people.unit.{outcome.level}")

    def scaled(self, outcome: Measured, amount: float | None) -> float | None:
        """Return an outcome's sum for 100 participants; of an amount for one."""
        if amount is None or self.participants <= 0:
            return amount
        return amount / self.participants * scale_of(outcome.level)

    def level_of(self, outcome: Measured) -> OutcomeFigures | None:
        """Write an outcome's level in the first year of its effect; None for a state, and where no such year comes."""
        return self._level_figures.get(outcome.id)

    @cached_property
    def _level_figures(self) -> Mapping[str, OutcomeFigures]:
        levels = {outcome.id: outcome.level for outcome in self.appraisal.stated_outcomes}
        intervals = change_intervals(self.sensitivity.focus) if self.first_levels else {}
        return {
            id: level_figures(found, levels[id], self.lang, intervals.get(id))
            for id, found in self.first_levels.items()
        }

    def sums_of(self, outcome: Measured, row: OutcomeRow) -> OutcomeFigures:
        """Write an outcome's sum over the years of its effect, a state's over all years, before a horizon.

        The difference is what lies between the two sums as they are written, in tables and in sentences alike.
        """
        before, after = self._arms(outcome, row)
        low, high = self._ends(outcome, row)
        if outcome.level == "state":
            decimals = self._state_decimals(outcome, row.horizon)
        else:
            decimals = decimals_with_ends(self._decimals(outcome, row.horizon), low, high)
        ends = (signed_number(end, self.lang, decimals) for end in (low, high))
        return OutcomeFigures(*adding_up(before, after, self.lang, decimals), *ends)

    def counted(self, outcome: Measured, row: OutcomeRow) -> bool:
        """Whether the calculation counts anything of an outcome before a horizon."""
        return any(self._arms(outcome, row)) or row.difference_p5 != 0.0 or row.difference_p95 != 0.0

    def never_differs(self, outcome: Measured) -> bool:
        """Whether an outcome is a state of a pathway in which the intervention changes nothing in any recalculation."""
        row = self.appraisal.outcome(outcome.id)
        most = max(abs(row.difference), abs(row.difference_p5), abs(row.difference_p95))
        return outcome.level == "state" and is_nothing(most, max(abs(row.ordinary), 1.0))

    @cached_property
    def _counted_ordinary(self) -> Mapping[tuple[str, int], float]:
        return counted_ordinary(self.appraisal)

    def _arms(self, outcome: Measured, row: OutcomeRow) -> tuple[float, float]:
        ordinary = row.ordinary
        if outcome.level != "state":
            ordinary = self._counted_ordinary[outcome.id, row.horizon]
        before, after = (self.scaled(outcome, level) for level in (ordinary, ordinary + row.difference))
        return before or 0.0, after or 0.0

    def _ends(self, outcome: Measured, row: OutcomeRow) -> tuple[float, float]:
        low, high = (self.scaled(outcome, end) for end in (row.difference_p5, row.difference_p95))
        return low or 0.0, high or 0.0

    def _state_decimals(self, outcome: Measured, horizon: int) -> int:
        """Return how many decimals all states of a pathway have at a horizon: they share people, and are compared.

        As many as the one that needs most to tell its levels apart, and at least one where whole years would not add
        up. With more than one, a level gives way where they would not (`adding_up`).
        """
        pathway = outcome.id.partition(".")[0]
        states = [one for one in self.measured if one.level == "state" and one.id.partition(".")[0] == pathway]
        rows = [(one, self.appraisal.outcome(one.id, horizon)) for one in states if not self.never_differs(one)]
        arms = [self._arms(*both) for both in rows]
        decimals = max((decimals_needed(*levels) for levels in arms), default=0)
        decimals = max((decimals_with_ends(decimals, *self._ends(*both)) for both in rows), default=decimals)
        return decimals or int(not all(adds_up(*levels, 0) for levels in arms))

    def _decimals(self, outcome: Measured, horizon: int) -> int:
        """Return how many decimals tell an outcome's levels apart at a horizon, one more where they would not add up.

        Rows of one table that need equally many also get equally many.
        """
        run = self.short_horizons if horizon <= SHORT_YEARS else self.long_horizons
        arms = {length: self._arms(outcome, self.appraisal.outcome(outcome.id, length)) for length in run}
        needed = {length: decimals_needed(*levels) for length, levels in arms.items()}
        least = needed[horizon]
        fits = all(adds_up(*levels, least) for length, levels in arms.items() if needed[length] == least)
        return least if fits else one_more(least, *arms[horizon])

    def qalys(self, amount: float) -> str:
        """Write a number of QALYs: from one on with a decimal, less than that with two digits that say something."""
        return number(amount, self.lang, 1) if abs(amount) >= 1.0 else number(significant(amount, 2), self.lang)

    def plain_number(self, value: float) -> str:
        """Write a number as it was typed."""
        return number(value, self.lang)

    def sek(self, amount: float) -> str:
        """Write whole kronor, as a budget does; what is less than half a krona is 0."""
        return number(float(amount), self.lang, 0)

    def path_name(self, path: str) -> str:
        """Return what a place of the case is called, with what it belongs to, as inside a sentence."""
        try:
            return shortened(quantity_name(self.appraisal, path, self.lang), _LONGEST_PATH)
        except (KeyError, StopIteration, IndexError, ValueError):  # a place that holds more than one quantity
            return inline(self.words.label(path)) if label_keys(path) else path

    def perspective_name(self, code: str) -> str:
        """Return what a party or a perspective is called, at the start of a cell."""
        which = "perspective" if code in ("societal", "public") else "actor"
        return self.words.choice(which, code)
