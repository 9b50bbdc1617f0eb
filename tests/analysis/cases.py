"""Small cases whose answers are known, as text of case files."""

from __future__ import annotations

import math

from socio_calc.appraisal import Appraisal, appraise
from socio_calc.case import Case, build_case, parse_document

#: Gamma, beta and lognormal of a published analysis are given by natural mean and standard deviation.
HEAD = """
format: 1
title: Known answers
first_year: 2024
price_year: 2024
horizons: [1]
participants: [{year: 0, number: 1}]
"""


def case_of(text: str) -> Case:
    """Return the case of a YAML text."""
    return build_case(parse_document(text.encode(), "case.yaml"))


def appraised(text: str, **options: object) -> Appraisal:
    """Return the appraisal of a YAML text."""
    return appraise(case_of(text), **options)  # type: ignore[arg-type]


def beta_moments(alpha: float, beta: float) -> str:
    """Return Beta(alpha, beta) as a quantity by its mean and standard deviation."""
    total = alpha + beta
    sd = math.sqrt(alpha * beta / (total**2 * (total + 1)))
    return f"{{mean: {alpha / total!r}, sd: {sd!r}, dist: beta}}"


def exercise(programme: str = "750", avoided: str = "5000") -> str:
    """Return VALIDATION C3, exercise against diet (rdecision vignette DT00): successes 18 of 58 against 12 of 68."""
    return f"""{HEAD}
costs:
  - {{name: Exercise, actor: region, amount: {programme}, basis: per_participant, index: none}}
  - {{name: Diet, actor: region, amount: 50, basis: per_participant, index: none, replaces: true}}
outcomes:
  - id: success
    name: Success
    level: event
    better: higher
    ordinary: {beta_moments(12, 56)}
    effect: {{measure: level, value: {beta_moments(18, 40)}}}
    evidence: {{grade: rct, sources: [DT00]}}
    consequences:
      - name: Avoided procedure
        kind: resource_cost
        payer: region
        price: {avoided}
        quantity: -1
        index: none
"""


def dressing(rate: str = "{mean: 1.48, sd: 0.12, dist: gamma}") -> str:
    """Return VALIDATION C4, an antimicrobial dressing (Jenks et al. 2016; rdecision vignette DT02), one patient."""
    return f"""{HEAD}
quantities:
  thousand_days: {{mean: 0.010, sd: 0.005, dist: gamma}}
  hazard_ratio: {{mean: 0.402, sd: 0.173980, dist: lognormal}}
costs:
  - name: Dressings, dearer by 6.26 - 1.54
    actor: region
    amount: 4.72
    quantity: {{mean: 3, sd: 2, dist: gamma}}
    basis: per_participant
    index: none
outcomes:
  - id: crbsi
    name: Bloodstream infection, per 1000 days
    level: rate
    better: lower
    holds: 1
    ordinary: {rate}
    effect: {{measure: ratio, value: {{ref: hazard_ratio}}}}
    evidence: {{grade: rct, sources: [DT02]}}
    consequences:
      - {{name: Care, kind: resource_cost, payer: region, index: none, quantity: {{ref: thousand_days}},
         price: {{mean: 9900, sd: 3000, dist: gamma}}}}
  - id: lsi
    name: Local infection, per 1000 days
    level: rate
    better: lower
    holds: 1
    ordinary: {{mean: 0.14, sd: 0.5, dist: gamma}}
    effect: {{measure: ratio, value: {{mean: 0.402, sd: 0.173980, dist: lognormal}}}}
    evidence: {{grade: rct, sources: [DT02]}}
    consequences:
      - {{name: Care, kind: resource_cost, payer: region, index: none, quantity: {{ref: thousand_days}},
         price: {{mean: 100, sd: 30, dist: gamma}}}}
  - id: dermatitis
    name: Dermatitis
    level: event
    better: lower
    ordinary: {beta_moments(1, 475)}
    effect: {{measure: ratio, value: {{mean: 1, sd: 0.5, dist: lognormal}}}}
    evidence: {{grade: rct, sources: [DT02]}}
    consequences:
      - {{name: Care, kind: resource_cost, payer: region, index: none, price: {{mean: 6, sd: 3, dist: gamma}}}}
"""


#: Several years, an effect that holds an uncertain time and fades, survival, λ, health, a stepped rate.
RICH = """
format: 1
title: Many parts
first_year: 2024
price_year: 2024
horizons: [2, 6]
discount_rate: [{from: 0, rate: 0.035}, {from: 3, rate: 0.02}]
timing: mid
public_funds_factor: {low: 1.0, mode: 1.1, high: 1.3}
health_value: 500000
survival: sweden
quantities:
  share: {low: 0.6, mode: 0.8, high: 1.0, tornado_group: reach}
  hour: {low: 200, mode: 260, high: 400}
participants:
  - {year: 0, number: {low: 30, mode: 40, high: 60, tornado_group: reach}, age: 70, share_women: 0.5}
  - {year: 1, number: 40, age: 70, share_women: 0.5}
completion: {ref: share}
costs:
  - {name: Leader, actor: kommun, hours: 400, wage: {ref: hour}, contributions: 0.44, basis: per_year, years: [0, 1],
     index: none, growth: {low: 0, high: 0.02}}
  - {name: Material, actor: region, amount: {low: 500, mode: 900, high: 2500}, basis: per_participant, index: none}
outcomes:
  - id: relapse
    name: Relapse
    level: probability
    better: lower
    ordinary: {low: 0.2, mode: 0.3, high: 0.45}
    effect: {measure: odds_ratio, value: {estimate: 0.7, ci: [0.5, 0.98]}}
    effect_on: completers
    holds: {low: 1, mode: 2, high: 4}
    fades: {shape: exponential, rate: {low: 0.1, mode: 0.3, high: 0.6}}
    lasts: 5
    evidence: {grade: rct, sources: [x]}
    consequences:
      - {name: Care, kind: resource_cost, payer: region, price: {mean: 40000, sd: 9000, dist: gamma}, index: none,
         marginal: {low: 0.5, mode: 0.7, high: 1.0}}
      - {name: Health, kind: health, quantity: {low: -0.12, mode: -0.05, high: -0.01}}
      - {name: Benefit, kind: transfer, payer: stat, payee: individ, price: 9000, index: none}
scenarios:
  weak: {outcomes.relapse.effect.value: 0.95, timing: start}
  short: {outcomes.relapse.holds: 1, outcomes.relapse.lasts: 1}
"""
