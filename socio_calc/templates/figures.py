"""The figures of a worked case that its card and the list of cases show: computed here, once, and shipped as data."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from socio_calc.analysis.decision import roll_out
from socio_calc.analysis.focus import Focus, ordinary_draws
from socio_calc.analysis.information_evppi import evpi
from socio_calc.analysis.outcome_levels import enough_people, first_level
from socio_calc.analysis.scenarios import scenarios
from socio_calc.appraisal import Appraisal, together_name

#: What came out, in a word: by the base case and the probability that gains exceed costs.
Outcome = Literal["loss", "likely_loss", "even", "likely_gain", "gain"]

#: A probability up to this is a loss, one above 1 − this a gain.
SURE: Final = 0.1
#: A result within this part of the cost is even.
EVEN: Final = 0.05
#: Quantities named as what matters most.
DRIVERS: Final = 3


@dataclass(frozen=True, slots=True)
class ScenarioFigures:
    """A scenario, or the base case (`name` None): societal NPV, its 5th and 95th percentile, P(NPV > 0)."""

    name: str | None
    npv: int
    p5: int
    p95: int
    probability: float


@dataclass(frozen=True, slots=True)
class PayerFigures:
    """What one party pays and gains: present values, SEK."""

    actor: str
    cost: int
    gain: int
    net: int


@dataclass(frozen=True, slots=True)
class ModelFigures:
    """What came out of a worked case; amounts are SEK, societal and at the longest horizon.

    Attributes
    ----------
    title, case_sha256
        The case that was computed.
    horizon, first_year, price_year
        Years, and which.
    grade
        Design grade behind the outcome that most of the gain comes from.
    result
        What came out, in a word.
    participants
        Entrants in all, central value.
    cost, gain
        Present values.
    break_even
        How many times as large the effects must be (METHOD §7), None where no size is enough.
    numbers
        For outcomes that people have or have not and that have a price: for how many of the entrants the intervention
        must make the difference, where there are so many.
    drivers
        Names of what matters most, Swedish and English.
    payers, scenarios
        By party; the base case first, then each scenario.
    evpi
        What it is worth at most to know more, about the decision that the case describes.
    """

    title: str
    case_sha256: str
    horizon: int
    first_year: int
    price_year: int
    grade: str
    result: Outcome
    participants: float
    cost: int
    gain: int
    break_even: float | None
    numbers: dict[str, int]
    drivers: tuple[dict[str, str], ...]
    payers: tuple[PayerFigures, ...]
    scenarios: tuple[ScenarioFigures, ...]
    evpi: int

    @property
    def base(self) -> ScenarioFigures:
        """The base case."""
        return self.scenarios[0]

    def plain(self) -> dict[str, Any]:
        """Return the figures as plain data for JSON."""
        return asdict(self)


def model_figures(appraisal: Appraisal) -> ModelFigures:
    """Return the figures of a computed case.

    Parameters
    ----------
    appraisal
        With the ordinary number of draws.
    """
    npv = appraisal.result()
    cost = appraisal.base("pv_costs")
    break_even = appraisal.result("break_even_effect").base
    found = scenarios(Focus(appraisal, "societal", appraisal.longest))
    return ModelFigures(
        title=appraisal.title,
        case_sha256=appraisal.case_sha256,
        horizon=appraisal.longest,
        first_year=appraisal.first_year,
        price_year=appraisal.price_year,
        grade=_grade(appraisal),
        result=result_word(npv.base or 0.0, cost, npv.probability_positive),
        participants=round(participants(appraisal), 1),
        cost=round(cost),
        gain=round(appraisal.base("pv_effects")),
        break_even=None if break_even is None else round(break_even, 2),
        numbers=_numbers(appraisal),
        drivers=tuple(
            {"sv": together_name(appraisal, driver.members, "sv"), "en": together_name(appraisal, driver.members, "en")}
            for driver in appraisal.drivers()[:DRIVERS]
        ),
        payers=tuple(
            PayerFigures(row.actor, round(row.cost), round(row.effects), round(row.net)) for row in appraisal.payers()
        ),
        scenarios=tuple(
            ScenarioFigures(
                row.name,
                round(row.npv or 0.0),
                round(row.p5 or 0.0),
                round(row.p95 or 0.0),
                round(row.probability_positive or 0.0, 4),
            )
            for row in found
        ),
        evpi=round(_knowing_all(appraisal)),
    )


def result_word(npv: float, cost: float, probability: float | None) -> Outcome:
    """Say what came out in a word.

    Parameters
    ----------
    npv, cost
        Base case, SEK.
    probability
        P(NPV > 0); None where nothing is uncertain.

    Examples
    --------
    >>> result_word(-1.8e6, 2.1e6, 0.001), result_word(-1e5, 5e6, 0.4), result_word(2e6, 1e6, 0.8)
    ('loss', 'even', 'likely_gain')
    """
    sure = float(npv > 0) if probability is None else probability
    if abs(npv) <= EVEN * abs(cost):
        return "even"
    if npv > 0:
        return "gain" if sure >= 1 - SURE else "likely_gain"
    return "loss" if sure <= SURE else "likely_loss"


def participants(appraisal: Appraisal) -> float:
    """Return the entrants in all, central values."""
    plan = appraisal.plan
    total = 0.0
    for cohort in plan.cohorts:
        number = cohort.number.coefficient
        for factor in cohort.number.factors:
            number *= float(plan.central[plan.factors[factor].column])
        total += number
    return total


def _numbers(appraisal: Appraisal) -> dict[str, int]:
    """Return for how many it must make the difference, for outcomes that have a price and where so many there are."""
    everyone = participants(appraisal)
    found = {}
    for outcome in appraisal.case.outcomes:
        if outcome.consequences and outcome.level in ("probability", "event"):
            needed = appraisal.result(f"break_even_number:{outcome.id}").base
            level = first_level(appraisal, outcome.id)
            if needed is not None and level is not None and enough_people(needed, level.room(everyone)):
                found[outcome.id] = round(needed)
    return found


def _knowing_all(appraisal: Appraisal) -> float:
    """Return what it is worth at most to know more before the decision that the case describes (METHOD §9)."""
    question = roll_out(appraisal)
    return evpi(question.net_benefit(ordinary_draws(appraisal.simulation))).value * question.cohorts


def _grade(appraisal: Appraisal) -> str:
    """Return the grade of the outcome or pathway with the largest gain; of the first one where none gains."""
    grades = {outcome.id: outcome.evidence.grade for outcome in appraisal.case.outcomes}
    grades |= {
        pathway.id: pathway.evidence.grade for pathway in appraisal.case.pathways if pathway.evidence is not None
    }
    gains = dict.fromkeys(grades, 0.0)
    for index, line in enumerate(appraisal.figures.lines):
        if line.part != "cost" and line.source in gains:
            gains[line.source] += float(appraisal.figures.discounted[index].sum())
    return grades[max(gains, key=lambda id: gains[id])]
