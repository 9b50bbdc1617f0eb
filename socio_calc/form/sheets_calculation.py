"""The sheets that hold the calculation: costs, effects, consequences and assumptions."""

from __future__ import annotations

from typing import Final

from socio_calc.form.layout import Fields, SheetPlan, Table
from socio_calc.form.number_parts import Fade, Free, RateSteps, Single, Triple
from socio_calc.form.plain_parts import Plain, Years
from socio_calc.form.sheets_application import field
from socio_calc.form.source_part import Sources

#: Years of the calculation that have a column of their own in the tables of costs.
YEAR_COLUMNS: Final = 6

#: What both tables of costs have after their amounts.
_COST_END: Final = (
    Years("years", "costs[].years", YEAR_COLUMNS),
    Plain("price_year", "year", "costs[].price_year", width=10.0),
    Plain("index", "choice", "costs[].index", "index", width=18.0),
    Single("growth", "share", "costs[].growth"),
    Plain("funding", "choice", "costs[].funding", "funding", width=22.0),
    Plain("funder", "choice", "costs[].funder", "actor", width=18.0),
    Plain("replaces", "yes_no", "costs[].replaces", "yes_no", width=12.0),
    Plain("setup", "yes_no", "costs[].setup", "yes_no", width=12.0),
)
_COST_BEGIN: Final = (
    Plain("name", "text", "costs[].name", required=True, width=34.0),
    Plain("cost_type", "choice", "costs[].cost_type", "cost_type", width=16.0),
    Plain("actor", "choice", "costs[].actor", "actor", required=True, width=18.0),
    Plain("organisation", "text", "costs[].organisation", "@organisation", width=24.0),
    Plain("basis", "choice", "costs[].basis", "basis", required=True, width=15.0),
)
_COST_NUMBERS: Final = (
    ("amount", "costs[].amount"),
    ("wage", "costs[].wage"),
    ("quantity", "costs[].quantity"),
    ("hours", "costs[].hours"),
    ("contributions", "costs[].contributions"),
    ("growth", "costs[].growth"),
)

COSTS: Final = SheetPlan(
    "costs",
    (
        Table(
            "costs",
            "costs",
            "costs",
            "costs",
            (
                *_COST_BEGIN,
                Triple("amount", "money", "costs[].amount", "cost", required=True),
                Triple("quantity", "number", "costs[].quantity"),
                *_COST_END,
                Sources("amount", _COST_NUMBERS, own=True),
                Plain("order", "whole", "form.order", width=9.0),
            ),
            rows=25,
            spare=8,
            notes=("costs",),
        ),
        Table(
            "hours",
            "hours",
            "costs",
            "costs",
            (
                *_COST_BEGIN,
                # As many columns as the other table has up to its years: both stand on the same sheet.
                Single("contributions", "share", "costs[].contributions"),
                Triple("wage", "money", "costs[].wage", required=True),
                Triple("hours", "number", "costs[].hours", required=True),
                *_COST_END,
                Sources("wage", _COST_NUMBERS, own=True),
                Plain("order", "whole", "form.order", width=9.0),
                Single("quantity", "number", "costs[].quantity"),
            ),
            rows=12,
            spare=6,
            notes=("hours",),
        ),
    ),
)

OUTCOMES: Final = SheetPlan(
    "outcomes",
    (
        Table(
            "outcomes",
            "outcomes",
            "outcomes",
            "list",
            (
                Plain("id", "text", "outcomes[].id", required=True, width=16.0),
                Plain("name", "text", "outcomes[].name", required=True, width=34.0),
                Plain("level", "choice", "outcomes[].level", "level", required=True, width=20.0),
                Plain("better", "choice", "outcomes[].better", "better", required=True, width=16.0),
                Triple("ordinary", "number", "outcomes[].ordinary", "baseline", required=True),
                Sources("ordinary", (("ordinary", "outcomes[].ordinary"),), width=34.0),
                Triple("effect.value", "number", "outcomes[].effect.value", "evidence", required=True),
                Plain("effect.measure", "choice", "outcomes[].effect.measure", "measure", required=True, width=20.0),
                Single("effect.sd", "number", "outcomes[].effect.sd"),
                Plain("effect_on", "choice", "outcomes[].effect_on", "effect_on", width=18.0),
                Plain("evidence.grade", "choice", "outcomes[].evidence.grade", "grade", required=True, width=20.0),
                Plain("evidence.sources", "lines", "outcomes[].evidence.sources", required=True, width=44.0),
                Plain("lag", "whole", "outcomes[].lag", width=11.0),
                Single("holds", "number", "outcomes[].holds"),
                Fade("fades", "outcomes[].fades"),
                Plain("lasts", "whole", "outcomes[].lasts", width=11.0),
                Single("deadweight", "share", "outcomes[].deadweight"),
                Single("attribution", "share", "outcomes[].attribution"),
                Single("evidence_adjustment", "share", "outcomes[].evidence_adjustment"),
                Single("displacement", "share", "outcomes[].displacement"),
                Plain("because", "text", "outcomes[].because", width=34.0),
                Plain("survival", "yes_no", "outcomes[].survival", "yes_no", width=12.0),
                Sources(
                    "effect",
                    (
                        ("effect.value", "outcomes[].effect.value"),
                        ("effect.sd", "outcomes[].effect.sd"),
                        ("holds", "outcomes[].holds"),
                        ("fades.rate", "outcomes[].fades.rate"),
                        ("deadweight", "outcomes[].deadweight"),
                        ("attribution", "outcomes[].attribution"),
                        ("evidence_adjustment", "outcomes[].evidence_adjustment"),
                        ("displacement", "outcomes[].displacement"),
                    ),
                ),
            ),
            rows=10,
            spare=4,
            notes=("outcomes-ordinary", "outcomes-effect", "outcomes-time"),
            groups=(
                ("id", "outcome"),
                ("ordinary#baseline", "ordinary"),
                ("effect.value#evidence", "effect"),
                ("lag", "time"),
            ),
        ),
    ),
)

CONSEQUENCES: Final = SheetPlan(
    "consequences",
    (
        Table(
            "consequences",
            "consequences",
            "outcomes",
            "consequences",
            (
                Plain("outcome", "text", "form.outcome", "@outcome", required=True, width=16.0),
                Plain("name", "text", "outcomes[].consequences[].name", required=True, width=34.0),
                Triple("price", "money", "outcomes[].consequences[].price", "cost"),
                Plain("kind", "choice", "outcomes[].consequences[].kind", "kind", width=22.0),
                Plain("payer", "choice", "outcomes[].consequences[].payer", "actor", width=18.0),
                Plain("payee", "choice", "outcomes[].consequences[].payee", "actor", width=18.0),
                Plain("taxable", "yes_no", "outcomes[].consequences[].taxable", "yes_no", width=11.0),
                Plain("price_year", "year", "outcomes[].consequences[].price_year", width=10.0),
                Plain("index", "choice", "outcomes[].consequences[].index", "index", width=18.0),
                Single("growth", "share", "outcomes[].consequences[].growth"),
                Single("quantity", "number", "outcomes[].consequences[].quantity"),
                Plain("delay", "whole", "outcomes[].consequences[].delay", width=11.0),
                Plain("duration", "whole", "outcomes[].consequences[].duration", width=11.0),
                Triple("marginal", "share", "outcomes[].consequences[].marginal"),
                Triple("realisable", "share", "outcomes[].consequences[].realisable"),
                Plain("link", "choice", "outcomes[].consequences[].link", "link", width=18.0),
                Triple("causal_share", "share", "outcomes[].consequences[].causal_share"),
                Sources(
                    "price",
                    tuple(
                        (key, f"outcomes[].consequences[].{key}")
                        for key in ("price", "quantity", "marginal", "realisable", "causal_share", "growth")
                    ),
                ),
            ),
            rows=40,
            spare=12,
            notes=("consequences", "overlaps"),
        ),
        Table(
            "not_valued",
            "not-valued",
            "not_valued",
            "texts",
            (Plain("value", "text", "not_valued", width=34.0),),
            rows=8,
            spare=3,
            notes=("not-valued",),
        ),
    ),
)

ASSUMPTIONS: Final = SheetPlan(
    "assumptions",
    (
        Fields(
            "years",
            (
                field("first_year", "year", required=True),
                field("price_year", "year", required=True),
                field("horizons", "years", required=True),
                field("timing", "choice", "timing"),
                field("survival", "choice", "survival"),
            ),
        ),
        Fields(
            "decision",
            (
                field("decision.perspective", "choice", "perspective"),
                field("decision.participants_per_cohort", "whole"),
                field("decision.cohorts_per_year", "whole"),
                field("decision.from_year", "whole"),
                field("decision.years", "whole"),
            ),
        ),
        Fields("rate", (RateSteps("discount_rate"), RateSteps("discount_rate_health"))),
        Fields(
            "taxes",
            (
                *(
                    field(f"taxes.{key}", "share")
                    for key in (
                        "employer_contribution",
                        "municipal",
                        "regional",
                        "basic_allowance_share",
                        "job_tax_credit_share",
                        "equalisation.municipal",
                        "equalisation.regional",
                    )
                ),
                field("prices", "text"),
            ),
        ),
        Table(
            "public_funds_factor",
            "public-funds-factor",
            "",
            "one",
            (
                Triple("public_funds_factor", "number", "public_funds_factor"),
                Sources("public_funds_factor", (("public_funds_factor", "public_funds_factor"),)),
            ),
        ),
        Table(
            "health_value",
            "health-value",
            "",
            "one",
            (
                Triple("health_value", "money", "health_value", "cost"),
                Sources("health_value", (("health_value", "health_value"),)),
            ),
        ),
        Table(
            "quantities",
            "quantities",
            "quantities",
            "mapping",
            (
                Plain("name", "text", "form.quantity-name", required=True, width=24.0),
                Triple("value", "number", "quantities.*", "cost", required=True),
                Sources("value", (("value", "quantities.*"),)),
            ),
            rows=10,
            spare=4,
            notes=("quantities",),
        ),
        Table(
            "scenarios",
            "scenarios",
            "scenarios",
            "scenarios",
            (
                Plain("name", "text", "scenarios.*", required=True, width=24.0),
                Plain("path", "text", "form.scenario-path", required=True, width=44.0),
                Free("value", "form.scenario-value"),
            ),
            rows=16,
            spare=6,
            notes=("scenarios",),
        ),
        Table(
            "correlations",
            "correlations",
            "correlations",
            "list",
            (
                Plain("first", "text", "correlations[].between", required=True, width=24.0),
                Plain("second", "text", "correlations[].between", required=True, width=44.0),
                Plain("rank", "number", "correlations[].rank", required=True),
            ),
            rows=5,
            spare=2,
        ),
        Table(
            "stated_results",
            "stated-results",
            "stated_results",
            "list",
            (
                Plain(
                    "perspective", "choice", "stated_results[].perspective", "perspective", required=True, width=24.0
                ),
                Plain("measure", "choice", "stated_results[].measure", "result", required=True, width=44.0),
                Plain("horizon", "whole", "stated_results[].horizon", required=True),
                Plain("value", "number", "stated_results[].value", required=True),
            ),
            rows=6,
            spare=3,
        ),
    ),
)
