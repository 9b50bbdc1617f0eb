"""The words that columns of the reference base may hold: one tuple per column, in the order of `data/README.md`.

A word that is not here is an error on load, so that a misspelt payer can never fall outside every sum.
"""

from __future__ import annotations

from typing import Final

ACTORS: Final = ("kommun", "region", "stat", "individ", "arbetsgivare", "civilsamhalle", "ovriga")
KINDS: Final = (
    "resource_cost",
    "transfer",
    "production",
    "production_loss",
    "health",
    "wellbeing",
    "wellbeing_loss",
)
INDICES: Final = ("kpif", "kpi", "wage", "prisbasbelopp")
NO_INDEX: Final = "none"
CATEGORIES: Final = (
    "primary_care",
    "hospital_care",
    "falls",
    "elderly_care",
    "dementia",
    "stroke",
    "diabetes",
    "obesity",
    "mental_health",
    "child_mental_health",
    "dental",
    "substance_use",
    "disability",
    "child_welfare",
    "housing",
    "housing_area",
    "income_support",
    "school",
    "education_outcome",
    "exclusion",
    "justice",
    "labour_market",
    "social_insurance",
    "student_aid",
    "production",
    "staff",
    "civil_society",
    "programme",
    "health_value",
    "travel",
)
PER: Final = (
    "hour",
    "day",
    "week",
    "month",
    "half-year",
    "year",
    "contact",
    "visit",
    "session",
    "event",
    "treatment",
    "case",
    "case-year",
    "drg-point",
    "km",
    "loan",
    "person",
    "person-year",
    "child",
    "child-year",
    "pupil-year",
    "household-month",
    "household-year",
    "inhabitant-year",
    "flat-year",
    "lifetime",
    "life",
    "life-year",
    "qaly",
)
SPREADS: Final = ("ci95", "range", "providers", "assumed")
BASES: Final = ("price_list", "average", "marginal", "derived")
USES: Final = ("default", "alternative", "sensitivity", "upper_bound")
CONFIDENCES: Final = ("high", "medium", "low")

MEASURES: Final = ("difference", "ratio", "odds_ratio", "hazard_ratio", "smd", "percent", "other")
RATIO_MEASURES: Final = ("ratio", "odds_ratio", "hazard_ratio")
GRADES: Final = (
    "systematic_review",
    "rct",
    "quasi_experiment",
    "before_after",
    "observational",
    "model",
    "expert",
)
USABLE: Final = ("effect", "context", "trap")
BETTER: Final = ("lower", "higher")

BASELINE_UNITS: Final = ("share", "per person-year", "count", "years", "SEK per person-year")
SEXES: Final = ("women", "men", "both")

OVERLAPS_EVERYTHING: Final = "*"
