"""What the hand-worked cases must give, written as the closed forms of the comments in their files.

An expectation's horizon 0 is the longest of its case; a value of None is a measure that does not exist, for a reason.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from tests.plain import read_tables

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Expected:
    """One row of a result."""

    case: str
    measure: str
    value: float | None
    perspective: str = "societal"
    horizon: int = 0
    view: str = "all"
    reason: str | None = None


@dataclass(frozen=True)
class ExpectedFlow:
    """One ledger entry."""

    case: str
    year: int
    actor: str
    line: str
    value: float


@dataclass(frozen=True)
class ExpectedOutcome:
    """The undiscounted sums of one outcome, or of one state as `PATHWAY.STATE`; horizon 0 is the longest."""

    case: str
    outcome: str
    ordinary: float
    difference: float
    horizon: int = 0


def _annuity(v: float, years: int) -> float:
    """Return 1 + v + … + v^(years−1)."""
    return (1 - v**years) / (1 - v)


V = 1 / 1.035
_DECAY = 0.7 * V  # one year's fading and discounting together

_SURVIVAL_1 = 0.65 * (1 - 0.0603497) + 0.35 * (1 - 0.0843819)
_SURVIVAL_2 = 0.65 * (1 - 0.0603497) * (1 - 0.0691674) + 0.35 * (1 - 0.0843819) * (1 - 0.0962346)
_SURVIVAL_3 = 0.65 * (1 - 0.0603497) * (1 - 0.0691674) * (1 - 0.0799419) + 0.35 * (1 - 0.0843819) * (1 - 0.0962346) * (
    1 - 0.1092364
)
_SURVIVAL_BOTH = 1 - 0.0703616

#: A hazard ratio of 0.5 takes 0.5 to 1 − √0.5, which is this much less.
_HALVED = math.sqrt(0.5) - 0.5

_BASE = read_tables()


def _row_value(cost_id: str) -> float:
    return float(_BASE.costs[cost_id]["value"])


def _row_index(cost_id: str) -> float:
    """Return the index of 2024 over that of the row's price year."""
    series = _BASE.indices[_BASE.costs[cost_id]["index"]]
    return series[2024] / series[int(_BASE.costs[cost_id]["price_year"])]


def _row_pert(cost_id: str) -> float:
    row = _BASE.costs[cost_id]
    return (float(row["low"]) + 4 * float(row["value"]) + float(row["high"])) / 6


# reference-rows: 23 fewer falls in each of two years.
_HVB = 10 * _row_pert("hvb-day") * _row_index("hvb-day")
_SUPPORT = 23 * 0.1 * _row_value("income-support-household-year") * _row_index("income-support-household-year")
_ACTIVITY = 23 * 100 * _row_value("activity-support-day") * _row_index("activity-support-day")
_PRODUCTION = 23 * _row_pert("working-month-production") * _row_index("working-month-production")
_PAY = _PRODUCTION / 1.3142
_TAXED = 1 - 0.0336

EXPECTED: tuple[Expected, ...] = (
    *(Expected("fading-constant", "pv_effects", 20000 * _annuity(V, h), horizon=h) for h in (1, 5, 10)),
    *(Expected("fading-constant", "npv", 20000 * _annuity(V, h) - 50000, horizon=h) for h in (1, 5, 10)),
    Expected("fading-constant", "npv", 20000 * _annuity(V, 10) - 50000, "kommun"),
    Expected("fading-constant", "npv", 20000 * _annuity(V, 10) - 50000, "public"),
    Expected("fading-constant", "npv", 0, "region"),
    Expected("fading-constant", "bcr", 20000 * _annuity(V, 5) / 50000, horizon=5),
    Expected("fading-constant", "break_even_effect", 50000 / (20000 * _annuity(V, 10))),
    Expected("fading-constant", "break_even_number:state", 6),
    # Over one year the effect would have to be 2.5 times as large: 50 people.
    Expected("fading-constant", "break_even_number:state", 50, horizon=1),
    Expected("fading-constant", "payback_year", 3, "kommun"),  # 20,000·(1 + v + v²) = 57,994 ≥ 50,000
    Expected("fading-constant", "payback_year", None, "region", reason="no-cost"),
    Expected("fading-constant", "mvpf", None, horizon=10, reason="no-gain-outside"),
    Expected("fading-constant", "cost_per_outcome:state", 30000 / 20, horizon=1),
    Expected("fading-constant", "cost_per_outcome:state", None, horizon=10, reason="dominates"),
    Expected("fading-constant", "qalys", None, reason="no-health"),
    Expected("fading-constant", "npv_per_grant_krona", None),
    Expected("fading-exponential", "npv", 1000 * V * (V + V**2 + V**2 * _DECAY * _annuity(_DECAY, 17))),
    Expected("fading-linear", "npv", 2500),
    Expected("fading-linear", "npv", 1000 + 750 + 500, horizon=3),
    Expected("fading-table", "npv", 1500),
    Expected("delay-duration", "npv", 0, horizon=2),
    Expected("delay-duration", "npv", 1000 / 1.05**2, horizon=3),
    Expected("delay-duration", "npv", 1000 / 1.05**2 + 1000 / 1.05**3, horizon=4),
    Expected("discount-steps", "pv_costs", 1000 * 1.035**-0.5 * _annuity(V, 3), horizon=3),
    Expected(
        "discount-steps",
        "pv_costs",
        1000 * (1.035**-0.5 * _annuity(V, 3) + 1.035**-2 * (1.02**-1.5 + 1.02**-2.5)),
        horizon=5,
    ),
    Expected("timing-end", "npv", -1000 / 1.1 - 1000 / 1.331, "kommun"),
    Expected("cohorts", "pv_costs", 1000, "kommun", 1),
    Expected("cohorts", "pv_costs", 7000, "kommun", 5),
    Expected("cohorts", "pv_costs", 300, "region", 1),
    Expected("cohorts", "pv_costs", 600, "region", 5),
    Expected("cohorts", "pv_effects", 1000, horizon=1),
    Expected("cohorts", "pv_effects", 4000, horizon=2),
    Expected("cohorts", "pv_effects", 7000, horizon=5),
    Expected("survival", "pv_effects", 1000 * (100 * (1 + _SURVIVAL_1 + _SURVIVAL_2) + 50 * (1 + _SURVIVAL_BOTH))),
    Expected("survival", "pv_effects", 100_000, horizon=1),
    Expected("survival", "pv_costs", 10 * (100 * _SURVIVAL_1 + 50 * _SURVIVAL_BOTH)),
    Expected("transfer-taxed", "npv", 0),
    Expected("transfer-taxed", "npv", 28.5 + 19 - 734, "public"),
    Expected("transfer-untaxed", "npv", 80),
    Expected("transfer-untaxed", "npv", 830, "kommun"),
    Expected("transfer-untaxed", "npv", -750, "individ"),
    Expected("production", "npv", 1250),
    Expected("production", "npv", 28.5 + 19 + 426, "public"),
    Expected("production", "npv", 0, view="without_production"),
    Expected("production", "npv", 1250, view="without_health"),
    Expected("equalisation-off", "npv", 1250),
    Expected("equalisation-off", "npv", 209, "kommun"),
    Expected("equalisation-off", "npv", 104.5, "region"),
    Expected("equalisation-off", "npv", 160, "stat"),
    Expected("equalisation-off", "npv", 776.5, "individ"),
    Expected("losses", "npv", 1250 + 400 + 250),
    Expected("losses", "npv", 1.2 * 776.5 + 400, "individ"),
    Expected("losses", "npv", 1.2 * 209, "kommun"),
    Expected("losses", "npv", 400, view="without_production"),
    Expected("losses", "npv", 1500, view="without_health"),
    Expected("public-funds-factor", "pv_costs", 1300),
    Expected("public-funds-factor", "pv_effects", 3062.05),
    Expected("public-funds-factor", "pv_effects", 1670, view="without_production"),
    Expected("public-funds-factor", "pv_effects", 2062.05, view="without_health"),
    Expected("public-funds-factor", "npv", -300 + 120 + 150 + 142.05, "ovriga"),
    Expected("public-funds-factor", "mvpf", None, reason="pays-for-itself"),
    Expected("public-funds-factor", "npv", 400 + 500 + 473.5 - 1000, "public"),
    Expected("marginal-list", "npv", 1000),
    Expected("marginal-list", "npv", 400, horizon=3),
    Expected("realisable", "npv", 400, "region"),
    Expected("realisable", "npv_cash", 400 + 800 + 1600 - 6000, "region"),
    Expected("realisable", "npv_cash", 400 + 800 + 1600, "region", 2),
    Expected("realisable", "npv_cash", 400 + 800 + 1600 - 6000, "public"),
    Expected("realisable", "npv_cash", 0, "kommun"),
    Expected("realisable", "bcr", None, "region", reason="net-saving"),
    Expected("hours-wage", "pv_costs", 70819.70, "kommun"),
    Expected("hours-wage", "pv_costs", 64395.80 * 1.02**2, "region"),
    Expected("grant-replaces", "pv_costs", 700),
    Expected("grant-replaces", "pv_costs", 1000, "region"),
    Expected("grant-replaces", "pv_costs", 0, "kommun"),
    Expected("grant-replaces", "pv_costs", -300, "stat"),
    Expected("grant-replaces", "npv", 100),
    Expected("grant-replaces", "npv", -700, horizon=1),
    Expected("grant-replaces", "npv_per_grant_krona", 0.1),
    Expected("grant-replaces", "npv_per_grant_krona", -0.7, horizon=1),
    Expected("grant-replaces", "bcr", 800 / 700),
    Expected("grant-replaces", "bcr", None, "stat", reason="net-saving"),
    Expected("grant-replaces", "bcr", None, "kommun", reason="no-cost"),
    Expected("grant-replaces", "bcr", 0, "region"),
    Expected("grant-replaces", "irr", 0.2),  # −700 in year 0, +840 in year 1
    Expected("grant-replaces", "irr", None, horizon=1, reason="no-sign-change"),
    Expected("grant-replaces", "break_even_effect", None, "region", reason="no-effect"),
    Expected("grant-replaces", "break_even_effect", 700 / 800),
    Expected("grant-replaces", "payback_year", 2),
    Expected("grant-replaces", "payback_year", 2, horizon=1),
    Expected("grant-replaces", "payback_year", None, "region", reason="never-payback"),
    Expected("index-conversion", "pv_costs", 1000 * (146.98 / 111.91 + 415.1 / 314.2 + 1) + 1000 * 41600 / 30450.1),
    Expected("event", "pv_effects", 0, horizon=3),
    Expected("event", "pv_effects", 600_000),
    Expected("event", "break_even_number:dropout", 5),
    Expected("event", "break_even_number:dropout", None, horizon=3),
    Expected("event", "payback_year", 4),
    Expected("weighted", "pv_effects", 2340),
    Expected("weighted", "npv", 2340 - 50 * 1.8),
    Expected("weighted", "npv_weighted", 2340 - 50 * 1.8 + 1200),
    Expected("weighted", "npv_weighted", 1300 - 50, horizon=1),
    Expected("payback", "payback_year", 4, "kommun"),
    Expected("payback", "payback_year", 4, "kommun", 1),
    Expected("payback", "payback_year", None, "region", reason="never-payback"),
    Expected("payback", "payback_year", 1, "stat"),
    Expected("payback", "payback_year", 4, "arbetsgivare"),
    Expected("payback", "payback_year", None, "individ", reason="never-payback"),
    Expected("payback", "payback_year", None, "ovriga", reason="no-cost"),
    Expected("irr-several", "irr", 0.1),
    Expected("irr-several", "irr", None, "kommun", reason="no-sign-change"),
    Expected("irr-several", "irr", None, "region", reason="no-sign-change"),
    Expected("irr-several-high-rate", "irr", 0.2),
    Expected("irr", "irr", 0.1, "kommun"),
    Expected("irr", "irr", None, "kommun", 2, reason="no-sign-change"),
    Expected("irr", "irr", None, "stat"),
    Expected("irr", "irr", 2.0, "stat", 2),  # −100, +300
    Expected("irr", "irr", -0.64, "individ"),
    Expected("irr", "irr", 1.0, "region"),
    Expected("health", "qalys", 0.4),
    Expected("health", "qalys_undiscounted", 0.4),
    Expected("health", "pv_effects", 4540),
    Expected("health", "pv_effects", 540, view="without_health"),
    Expected("health", "npv", 3540),
    Expected("health", "cost_per_outcome:ill", 460 / 1.8),
    Expected("health", "cost_per_outcome:worse", None, reason="outcome-worse"),
    Expected("health", "cost_per_outcome:same", None, reason="outcome-unchanged"),
    Expected("health", "mvpf", 4000 / 460),
    Expected("health-not-valued", "qalys", 0.4),
    Expected("health-not-valued", "npv", 40),
    Expected("health-not-valued", "npv", 0, "individ"),
    Expected("health-not-valued", "cost_per_outcome:ill", None, reason="dominates"),
    Expected("central-values", "pv_costs", 350_000 + 12 + 25 + 15 + 30 + 7 + 9 + 8 + 0.35 + 2 + 25),
    Expected("growth", "pv_costs", 300),
    Expected("growth", "pv_effects", 100),
    Expected("reference-rows", "pv_costs", _HVB, "kommun"),
    Expected("reference-rows", "npv", 2 * (_PRODUCTION + 0.23 * 500_000) - _HVB),
    Expected(
        "reference-rows",
        "pv_effects",
        2 * (_SUPPORT - (0.2226 - 0.1931) * _TAXED * _ACTIVITY + (0.2226 - 0.1931) * _TAXED * _PAY),
        "kommun",
    ),
    Expected(
        "reference-rows",
        "pv_effects",
        2 * (0.1151 - 0.0977) * _TAXED * (_PAY - _ACTIVITY),
        "region",
    ),
    Expected(
        "reference-rows",
        "pv_effects",
        2 * (_ACTIVITY * (1 - 0.2908 * _TAXED) + _PAY * (0.3142 - 0.0897 + 0.2908 * _TAXED)),
        "stat",
    ),
    Expected("evidence-share", "pv_effects", 2.52 * 23000 + 1.8 * 7000 - 1.8 * 23 * 20),
    Expected("pathway", "npv", 21_000 - 750 + 105 + 1425 + 6000),
    Expected("pathway", "npv", 1200, horizon=1),
    Expected("pathway", "npv", 21_000, "kommun", view="without_production"),
    Expected("pathway", "npv", -750, "stat", view="without_production"),
    Expected("pathway", "npv", 105, "region", view="without_production"),
    Expected(
        "pathway-mid",
        "npv",
        1000 * (7.5 + 9.375 / 1.1 + 3.28125 / 1.21) / 1.1**0.5,
        "region",
    ),
    Expected("pathway-mid", "npv", 1000 * (7.5 / 1.1 + 9.375 / 1.21) / 1.1**0.5, "kommun"),
    # As in `pathway`, with everyone reached: −15, +3.75 and −0.9375 drop-outs.
    Expected("pathway-mid", "npv", 100 * (15 - 3.75 / 1.1 + 0.9375 / 1.21) / 1.1**0.5, "stat"),
    Expected("pathway-end", "npv", 1000 * (15 + 3.75 + 2.8125), "region"),
    Expected("pathway-end", "npv", 15_000, "region", 1),
    Expected("pathway-end", "npv", 100 * (15 - 3.75 + 0.9375), "stat"),
    Expected("pathway-survival", "npv", 100_000 * (0.25 * _SURVIVAL_1 + 0.3125 * _SURVIVAL_2), "kommun"),
    Expected(
        "pathway-survival",
        "npv",
        100_000 * (0.25 * _SURVIVAL_1 + 0.0625 * _SURVIVAL_2 - 0.015625 * _SURVIVAL_3),
        "region",
    ),
    Expected(
        "pathway-rows",
        "npv",
        100_000 * (0.3 * 9 / 190 + 0.4 * _HALVED + 0.175 - (0.3 + 2.7 / 190) * (0.1 - 4.5 / 190))
        - 100_000 * (0.29 + 0.4 * _HALVED) * (0.5 - _HALVED / 2),
    ),
)

FLOWS: tuple[ExpectedFlow, ...] = (
    ExpectedFlow("transfer-taxed", 0, "individ", "Sjukpenning", 686.5),
    ExpectedFlow("transfer-taxed", 0, "kommun", "Sjukpenning", 28.5),
    ExpectedFlow("transfer-taxed", 0, "region", "Sjukpenning", 19),
    ExpectedFlow("transfer-taxed", 0, "stat", "Sjukpenning", -734),
    ExpectedFlow("transfer-untaxed", 0, "kommun", "Bistånd", 750),
    ExpectedFlow("transfer-untaxed", 0, "individ", "Bistånd", -750),
    ExpectedFlow("production", 0, "kommun", "Lön", 28.5),
    ExpectedFlow("production", 0, "region", "Lön", 19),
    ExpectedFlow("production", 0, "stat", "Lön", 426),
    ExpectedFlow("production", 0, "individ", "Lön", 776.5),
    ExpectedFlow("realisable", 0, "region", "Vård", 2000),
    ExpectedFlow("realisable", 1, "region", "Vård", 4000),
    ExpectedFlow("realisable", 2, "region", "Vård", -6000),
    ExpectedFlow("realisable", 0, "region", "Gammal insats", 500),
    ExpectedFlow("cohorts", 0, "kommun", "Kurs", -1000),
    ExpectedFlow("cohorts", 1, "kommun", "Kurs", -3000),
    ExpectedFlow("cohorts", 2, "kommun", "Kurs", -2000),
    ExpectedFlow("cohorts", 3, "kommun", "Kurs", -500),
    ExpectedFlow("cohorts", 4, "kommun", "Kurs", -500),
    ExpectedFlow("cohorts", 4, "region", "Utvärdering", -300),
    ExpectedFlow("event", 3, "kommun", "Stöd", 150_000),
    ExpectedFlow("event", 4, "kommun", "Stöd", 300_000),
    ExpectedFlow("event", 5, "kommun", "Stöd", 150_000),
    ExpectedFlow("grant-replaces", 0, "region", "Insats", -1000),
    ExpectedFlow("grant-replaces", 0, "stat", "Gammalt", 300),
    ExpectedFlow("growth", 2, "kommun", "Drift", -121),
    ExpectedFlow("growth", 2, "region", "Stöd", 121),
    ExpectedFlow("pathway", 1, "kommun", "Stöd", 12_000),
    ExpectedFlow("pathway", 2, "kommun", "Stöd", 9000),
    ExpectedFlow("pathway", 1, "stat", "Examen", -600),
    ExpectedFlow("pathway", 2, "stat", "Examen", -150),
    ExpectedFlow("pathway", 1, "region", "Återkomst", 60),
    ExpectedFlow("pathway", 2, "region", "Återkomst", 45),
    ExpectedFlow("pathway", 0, "arbetsgivare", "Avhopp", 1200),
    ExpectedFlow("pathway", 1, "arbetsgivare", "Avhopp", 300),
    ExpectedFlow("pathway", 2, "arbetsgivare", "Avhopp", -75),
    ExpectedFlow("pathway-mid", 1, "region", "Vård", 9375),
    ExpectedFlow("pathway-mid", 1, "kommun", "Stöd", 7500),
    ExpectedFlow("pathway-end", 2, "region", "Vård", 2812.5),
    ExpectedFlow("pathway-end", 2, "stat", "Avhopp", 93.75),
    ExpectedFlow("pathway-rows", 1, "kommun", "Stöd", 100_000 * (0.3 * 9 / 190 + 0.4 * _HALVED)),
    # The λ lines of costs and effects, together: −300 + 120 + 150 + 142.05.
    ExpectedFlow("public-funds-factor", 0, "ovriga", "public_funds_factor", 112.05),
)

_ALIVE = 1 + _SURVIVAL_1 + _SURVIVAL_2
_ROBUST = 1 + 0.5 * _SURVIVAL_1 + 0.25 * _SURVIVAL_2

_CHINN = math.exp(-0.5 * math.pi / math.sqrt(3))

OUTCOMES: tuple[ExpectedOutcome, ...] = (
    ExpectedOutcome("fading-constant", "state", 500, -200, 10),
    ExpectedOutcome("fading-constant", "state", 50, -20, 1),
    ExpectedOutcome("fading-table", "units", 24, -1.5),
    ExpectedOutcome("fading-table", "lasting", 24, -5),
    # 10·(0.4 + 0.3 + 3·0.2) + 20·(0.4 + 0.3 + 2·0.2) + 5·(0.4 + 0.3)
    ExpectedOutcome("cohorts", "events", 13 + 22 + 3.5, -7),
    ExpectedOutcome(
        "survival",
        "alive",
        2 * (100 * (1 + _SURVIVAL_1 + _SURVIVAL_2) + 50 * (1 + _SURVIVAL_BOTH)),
        -(100 * (1 + _SURVIVAL_1 + _SURVIVAL_2) + 50 * (1 + _SURVIVAL_BOTH)),
    ),
    ExpectedOutcome("survival", "everyone", 2 * (300 + 100), -400),
    ExpectedOutcome("effect-measures", "odds", 0.2, 1 / 9 - 0.2),
    ExpectedOutcome("effect-measures", "hazard", 0.36, -0.16),
    ExpectedOutcome("effect-measures", "smd_share", 0.2, 0.2 * _CHINN / (0.8 + 0.2 * _CHINN) - 0.2),
    ExpectedOutcome("effect-measures", "smd_amount", 10, -2),
    ExpectedOutcome("effect-measures", "ratio", 0.8, -0.2),
    ExpectedOutcome("effect-measures", "level", 0.4, -0.15),
    ExpectedOutcome("event", "dropout", 60, -30),
    ExpectedOutcome("event", "dropout", 30, -15, 3),
    ExpectedOutcome("completers", "completers", 40, -5.4),
    ExpectedOutcome("completers", "everyone", 40, -16),
    ExpectedOutcome("reference-rows", "falls", 200, -46),
    ExpectedOutcome("pathway", "school.studerar", 100 * 1.4375 + 50 * 1.25, 12 - 3 + 6),
    ExpectedOutcome("pathway", "school.examen", 100 * 1.125 + 50 * 0.5, 6),
    ExpectedOutcome("pathway", "school.utanfor", 100 * 0.4375 + 50 * 0.25, -21),
    ExpectedOutcome("pathway", "school.studerar", 100, 0, 1),
    ExpectedOutcome("pathway-mid", "school.utanfor", 50.78125, -20.15625),
    # π_studerar is π_utanfor from year 1 on in the ordinary arm; in the other +15, −3.75, −2.8125 in years 1 to 3.
    ExpectedOutcome("pathway-mid", "school.studerar", 62.5 + 21.875 + 16.40625, 7.5 + 5.625 - 3.28125),
    ExpectedOutcome("pathway-end", "school.utanfor", 57.8125, -21.5625),
    ExpectedOutcome("pathway-end", "school.utanfor", 25, -15, 1),
    ExpectedOutcome("pathway-survival", "frailty.robust", 100 * _ROBUST, 25 * _SURVIVAL_1 + 31.25 * _SURVIVAL_2),
    ExpectedOutcome(
        "pathway-survival", "frailty.frail", 100 * (_ALIVE - _ROBUST), -25 * _SURVIVAL_1 - 31.25 * _SURVIVAL_2
    ),
    ExpectedOutcome("pathway-survival", "frailty.dead", 100 * (3 - _ALIVE), 0),
    ExpectedOutcome("pathway-survival", "undying.frail", 125, -56.25),
    ExpectedOutcome("pathway-rows", "rows.a", 1100, 2700 / 190),
    ExpectedOutcome("pathway-rows", "rows.b", 1190, 400 * _HALVED),
    ExpectedOutcome("pathway-rows", "rows.c", 710, -2700 / 190 - 400 * _HALVED),
)

SHARE_CUT = {"delay-duration": 1 / 3, "fading-constant": 0.0, "growth": 0.0, "marginal-list": 0.0}
EVIDENCE_SHARE = {"evidence-share": 32_200 / 70_560, "fading-constant": 0.0}
