"""The limits of the plausibility checks, in one table with the code as key. Those without a source are our own."""

from __future__ import annotations

from typing import Final

LIMITS: Final[dict[str, float]] = {
    # |SMD| of changes within a group; between groups the largest in the base is 0.59.
    "within-group-effect": 0.8,
    # Ordinary level above which an odds ratio and a risk ratio differ much.
    "odds-ratio-as-risk-ratio": 0.10,
    # Relative difference between a value and an inverted one, for rounding.
    "inverted-ratio": 0.01,
    # Least share of the target group's ages that the studies must cover.
    "age-outside-evidence": 0.5,
    # Months beyond the last measurement; years without one, for trials and reviews, and for other grades.
    "effect-beyond-evidence": 12.0,
    "effect-beyond-evidence:trial-years": 2.0,
    "effect-beyond-evidence:other-years": 1.0,
    "no-fading": 4.0,
    "developer-trial-unadjusted:trial-value": 0.5,
    "adult-risk-on-children:adult": 18.0,
    "adult-risk-on-children:age": 40.0,
    "association-as-cause": 0.9,
    "gain-too-early": 16.0,
    # Years until activation has an effect: about none in the short run (Card, Kluve and Weber 2018).
    "gain-too-early:activation-lag": 2.0,
    "missing-comparator": 20.0,
    "effect-exceeds-baseline": 0.6,
    # How many times larger or smaller than the level of the base, and how alike the names must be (0 to 1).
    "baseline-wrong-population:times": 3.0,
    "baseline-wrong-population:likeness": 0.85,
    "everyone-completes": 20.0,
    "survival-ignored:age": 75.0,
    "survival-ignored:span": 2.0,
    "survival-ignored:horizon": 3.0,
    "average-for-marginal": 0.9,
    "average-for-marginal:person-years": 10.0,
    "lifelong-care-after-hip-fracture": 2.0,
    "lifelong-care-after-hip-fracture:first-years": 3.0,
    "old-price:serious": 20.0,
    "national-total-as-price": 50_000_000.0,
    "index-value-as-price": 100.0,
    "exclusion-price-tag": 3_000_000.0,
    "high-qaly-value:high": 1_000_000.0,
    "high-qaly-value:low": 300_000.0,
    "high-qaly-value:usual": 500_000.0,
    "replaced-cost-dominates": 0.5,
    "cost-per-participant-unusual:low": 500.0,
    "cost-per-participant-unusual:high": 200_000.0,
    "only-long-horizon": 10.0,
    # ASEK 4 allows at most 40 years, the Danish model shows at most 10.
    "very-long-horizon:most": 40.0,
    "very-long-horizon:measured": 10.0,
    "very-long-horizon:share": 0.5,
    # Published Swedish rates lie between 3 and 5.1 %.
    "unusual-rate:low": 0.02,
    "unusual-rate:high": 0.051,
    "unusual-rate:years": 5.0,
    "one-price-dominates": 0.8,
    # Share of the largest yearly gain from which a year has gains, and of all gains that one outcome carries.
    "followup-before-gain:gain": 0.1,
    "followup-before-gain:outcome": 0.5,
    "high-ratio-weak-evidence:weak": 5.0,
    "high-ratio-weak-evidence:any": 20.0,
}
