"""What the screen tells: the figures of an appraisal at its longest horizon, gathered once and left raw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from socio_calc.analysis.outcome_levels import OutcomeLevel, first_level
from socio_calc.appraisal import Appraisal, PayerRow, quantity_name, together_name
from socio_calc.appraisal.outcome_warnings import worse_outcomes
from socio_calc.case import StatedOutcome
from socio_calc.engine.ledger import HEALTH_KINDS
from socio_calc.engine.values import FactorValues
from socio_calc.locale import Language, MoneyUnit, Texts, money, table_unit, texts
from socio_calc.report.text_layout import shortened

WEAK_GRADES: Final = frozenset({"before_after", "proven_experience", "judgement"})
_LONGEST_NAME: Final = 60
# An outcome dominates when at least this share of the gross gain comes from it.
_DOMINANT_SHARE: Final = 0.9


@dataclass(frozen=True)
class Facts:
    """An appraisal as the screen reads it. All amounts are SEK, societal and at the longest horizon unless said."""

    appraisal: Appraisal
    lang: Language

    @cached_property
    def words(self) -> Texts:
        """The texts of the language."""
        return texts(self.lang)

    @property
    def years(self) -> int:
        """H, the longest horizon."""
        return self.appraisal.longest

    @property
    def npv(self) -> float | None:
        """N."""
        return self.appraisal.result("npv").base

    @property
    def mean(self) -> float | None:
        """M, the mean over the draws."""
        return self.appraisal.result("npv").mean

    @property
    def error(self) -> float:
        """E, twice the Monte Carlo error of the mean."""
        return 2.0 * (self.appraisal.result("npv").mc_error or 0.0)

    @property
    def cost(self) -> float:
        """C."""
        return self.appraisal.result("pv_costs").base or 0.0

    @property
    def gain(self) -> float:
        """B."""
        return self.appraisal.result("pv_effects").base or 0.0

    @property
    def certain(self) -> bool:
        """Whether every draw gives the same result."""
        return not self.appraisal.result("npv").sd

    @property
    def probability(self) -> float | None:
        """P(NPV > 0)."""
        return self.appraisal.result("npv").probability_positive

    @property
    def payback_year(self) -> int | None:
        """The year that breaks even, counted from 1."""
        year = self.appraisal.result("payback_year").base
        return None if year is None else round(year)

    @property
    def break_even(self) -> float | None:
        """m*, the share of the assumed effects that is enough."""
        return self.appraisal.result("break_even_effect").base

    @cached_property
    def payers(self) -> tuple[PayerRow, ...]:
        """Parties with any flow, in the fixed order."""
        return tuple(self.appraisal.payers())

    @cached_property
    def unit(self) -> MoneyUnit:
        """The one unit of the page."""
        return self.base_unit

    @property
    def base_unit(self) -> MoneyUnit:
        """The unit that the amounts of the base case need: what parties pay and get, costs, gains and net."""
        amounts = [amount for row in self.payers for amount in (row.cost, row.effects, row.net)]
        return table_unit([*amounts, self.cost, self.gain, self.npv])

    @cached_property
    def health_kinds(self) -> str:
        """What of health and wellbeing is counted in money, as the ends of keys of texts have it; empty for neither."""
        kinds = {"health" if line.kind == "health" else "wellbeing" for line in self.appraisal.plan.lines
                 if line.entries and line.kind in HEALTH_KINDS}  # fmt: skip
        return "-".join(sorted(kinds))

    def money(self, amount: float | None, *, signed: bool = False, error: float = 0.0) -> str:
        """Write an amount in the unit of the page; digits below the Monte Carlo `error` are not shown."""
        return money(amount, self.lang, signed=signed, unit=self.unit, error=error)

    def money_alone(self, amount: float) -> str:
        """Write an amount that is no part of the page's sums, such as a cost for each person."""
        return money(amount, self.lang)

    def written_as_nothing(self, amount: float) -> bool:
        """Whether `money_alone` writes an amount as 0."""
        return self.money_alone(amount) == self.money_alone(0.0)

    @property
    def top_quantity(self) -> str | None:
        """The uncertain quantity that matters most, in words."""
        drivers = self.appraisal.drivers()
        if not drivers:
            return None
        return shortened(together_name(self.appraisal, drivers[0].members, self.lang), _LONGEST_NAME)

    @property
    def skew_quantity(self) -> str | None:
        """The quantity whose skewness moves the mean away from the base case, in words."""
        key = self.appraisal.skew_driver()
        return None if key is None else self._name_of(key)

    def _name_of(self, key: str) -> str:
        return shortened(quantity_name(self.appraisal, key, self.lang), _LONGEST_NAME)

    def name(self, outcome: StatedOutcome) -> str:
        """Return the outcome's own name, cut where it is very long."""
        return shortened(outcome.name, _LONGEST_NAME)

    @cached_property
    def gain_by_outcome(self) -> Mapping[str, float]:
        """Societal gain by outcome, undiscounted base case; only what is a gain."""
        sums: dict[str, float] = {}
        for flow in self.appraisal.flow_rows:
            if flow.source != "cost":
                sums[flow.source] = sums.get(flow.source, 0.0) + flow.base
        return {source: amount for source, amount in sums.items() if amount > 0}

    @cached_property
    def first_levels(self) -> Mapping[str, OutcomeLevel]:
        """The level of each outcome in the first year of its effect, of those that have such a year."""
        found = (first_level(self.appraisal, outcome.id) for outcome in self.appraisal.stated_outcomes)
        return {level.outcome: level for level in found if level is not None}

    @property
    def participants(self) -> float:
        """Σ n_c in the base case."""
        plan = self.appraisal.plan
        values = FactorValues(plan, plan.central[:, None])
        return sum(float(values.product(cohort.number)[0]) for cohort in plan.cohorts)

    @property
    def has_effects(self) -> bool:
        """Whether any effect is counted, in the base case or in some draw, in money or in QALYs."""
        rows = (row for row in self.appraisal.rows if row.view == "all" and row.horizon == self.years)
        return any(row.base or row.sd for row in rows if row.measure in {"pv_effects", "qalys"})

    @property
    def dominant(self) -> StatedOutcome | None:
        """The one outcome that nearly all gains come from."""
        gross = sum(self.gain_by_outcome.values())
        for outcome in self.appraisal.stated_outcomes:
            if gross > 0 and self.gain_by_outcome.get(outcome.id, 0.0) >= _DOMINANT_SHARE * gross:
                return outcome
        return None

    @cached_property
    def worse(self) -> StatedOutcome | None:
        """An outcome that gets worse and yet gives a gain, or the first where all get worse: hardly what was meant."""
        worse = worse_outcomes(self.appraisal)
        misplaced = [outcome for outcome in worse if outcome.id in self.gain_by_outcome]
        if worse and len(worse) == len(self.appraisal.stated_outcomes):
            return worse[0]
        return misplaced[0] if misplaced else None

    @property
    def unsupported(self) -> tuple[StatedOutcome, ...]:
        """Outcomes that rest on a judgement without a source."""
        outcomes = self.appraisal.stated_outcomes
        return tuple(o for o in outcomes if o.evidence.grade == "judgement" and not any(o.evidence.sources))

    @property
    def unsupported_share(self) -> float:
        """The share of the gross gain that comes from them."""
        gross = sum(self.gain_by_outcome.values())
        return sum(self.gain_by_outcome.get(o.id, 0.0) for o in self.unsupported) / gross if gross > 0 else 0.0

    @property
    def most_clipped(self) -> tuple[StatedOutcome, float] | None:
        """The outcome that most often fell outside what is possible, with its share of the draws."""
        clipped = self.appraisal.clipped
        named = [(outcome, clipped[outcome.id]) for outcome in self.appraisal.stated_outcomes if outcome.id in clipped]
        return max(named, key=lambda pair: pair[1], default=None)

    @property
    def only_weak_evidence(self) -> bool:
        """Whether no effect was measured against a comparison group."""
        outcomes = self.appraisal.stated_outcomes
        return bool(outcomes) and all(outcome.evidence.grade in WEAK_GRADES for outcome in outcomes)

    def calendar(self, year: int) -> int:
        """Return the calendar year of a year counted from 1."""
        return self.appraisal.first_year + year - 1
