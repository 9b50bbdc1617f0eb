"""What the report tells: the facts of the screen and of the sensitivity pages, and what only a long text needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from socio_calc.analysis.components import HEALTH, WORK, NetSpread, net_without, parts_present
from socio_calc.appraisal import OutcomeRow, ResultRow, quantity_name
from socio_calc.appraisal.periods import gain_share_until
from socio_calc.case import StatedOutcome
from socio_calc.case.pathways import DEAD
from socio_calc.engine.values import FactorValues
from socio_calc.locale import MISSING, money_interval, number, probability_figure, table_money, unit_heading
from socio_calc.locale.paths import label_keys
from socio_calc.locale.placeholders import inline
from socio_calc.report.sensitivity_facts import SensitivityFacts, significant
from socio_calc.report.text_layout import shortened

#: Horizons of at most so many years are short.
SHORT_YEARS: Final = 3
_LONGEST_PATH: Final = 90
_LONGEST_OUTCOME: Final = 200


@dataclass(frozen=True)
class PartyMoney:
    """What one party pays and gets over the longest horizon, SEK, base case.

    `cash` is what it gets that shows in its budget, `freed` the rest; parties outside the public sector get all in
    money of their own.
    """

    actor: str
    pays: float
    cash: float
    freed: float
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
            found.append(PartyMoney(row.actor, row.cost, row.effects - freed, freed, row.net, year))
        return tuple(found)

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
        rows = (self.appraisal.result(horizon=h, view="without_health") for h in self.appraisal.horizons)
        whole = (self.appraisal.result(horizon=h) for h in self.appraisal.horizons)
        return any(left.base != all_.base for left, all_ in zip(rows, whole, strict=True))

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

    @property
    def central_participants(self) -> tuple[float, ...]:
        """Number of participants of each group, base case."""
        plan = self.appraisal.plan
        values = FactorValues(plan, plan.central[:, None])
        return tuple(float(values.product(cohort.number)[0]) for cohort in plan.cohorts)

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

    def per_person_unit(self, outcome: Measured) -> str:
        """Return in what, and for how many participants, an outcome is counted in the tables."""
        return self.say(f"people.unit.{outcome.level}")

    def scaled(self, outcome: Measured, amount: float | None) -> float | None:
        """Return an outcome's sum for 100 participants; of an amount for one."""
        if amount is None or self.participants <= 0:
            return amount
        return amount / self.participants * (1.0 if outcome.level == "amount" else 100.0)

    def levels_of(self, outcome: Measured, row: OutcomeRow) -> tuple[str, str, str, str, str]:
        """Write ordinary level, level with the intervention, difference, and its 5th and 95th percentile.

        All have as many decimals as it takes to tell the levels apart.
        """
        values = [
            self.scaled(outcome, value)
            for value in (
                row.ordinary, row.intervention, row.difference, row.difference_p5, row.difference_p95
            )
        ]  # fmt: skip
        known = [abs(value) for value in values[:2] if value]
        change = abs(values[2] or 0.0)
        large = min(known, default=0.0) >= 10
        digits = 0 if large and (change >= 1 or change == 0) else 1 if change >= 0.1 or change == 0 else 2
        ordinary, intervention, difference, low, high = (number(value, self.lang, digits) for value in values)
        return ordinary, intervention, _signed(difference), _signed(low), _signed(high)

    def plain_number(self, value: float) -> str:
        """Write a number with at most six significant digits."""
        return number(significant(value, 6), self.lang)

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


def _signed(text: str) -> str:
    """Put a plus before a change that goes up.

    >>> _signed("3,5"), _signed("0"), _signed("−2")
    ('+3,5', '0', '−2')
    """
    return f"+{text}" if text[:1].isdigit() and text.strip("0,.") else text
