"""For every trap a change of the clean case that triggers it, and one nearby that does not."""

from dataclasses import replace

from tests.review.cases import CLEAN, GONE, SOURCE, WORDS, changed, evidence, followup, organisation, price

OUT = "outcomes.leave"
PRICE = f"{OUT}.consequences.0"
FROM_TRIAL = {f"{OUT}.effect.value": {"evidence": "trial"}}
THING = {PRICE: {"name": "Sak", "price": {"cost": "thing"}}}


def smd(value, ci, **more):
    return {f"{OUT}.effect": {"measure": "smd", "value": {"estimate": value, "ci": ci, "source": "Försöket", **more}}}


def ratio(value, ci, **more):
    return {f"{OUT}.effect.value": {"estimate": value, "ci": ci, **more}}


def money(middle, **more):
    return {"low": 0.9 * middle, "mode": middle, "high": 1.1 * middle, "source": SOURCE, **more}


def line(name, kind="resource_cost", amount=200_000, **more):
    payer = {"payer": "region"} if kind in ("resource_cost", "transfer") else {}
    link = {"link": "accounting"} if kind in ("production", "production_loss") else {}
    return {"name": name, "price": money(amount), "kind": kind, **payer, **link, **more}


def lines(*added):
    return {f"{OUT}.consequences": [*CLEAN["outcomes"][0]["consequences"], *added]}


def level(middle):
    return {"low": 0.9 * middle, "mode": middle, "high": 1.1 * middle, "source": SOURCE}


def labour(**of_trial):
    """Return a base with an effect of labour market activation and a price of work after school age."""
    reference = evidence(**of_trial)
    return replace(reference, costs={**reference.costs, "thing": price(category="labour_market").costs["thing"]})


def stated(value):
    return {"stated_results": [{"perspective": "societal", "horizon": 3, "measure": "npv", "value": value}]}


BEFORE_AFTER = {f"{OUT}.evidence.grade": "before_after", "completion": 0.8}
LONG = {"horizons": [1, 12]}
FOLLOWED = CLEAN["application"]["followup"]
#: A second outcome that carries most of the gain and is almost certain, beside one that is not.
TWO_OUTCOMES = {
    "outcomes": [
        changed(ratio(0.8, [0.65, 0.98]))["outcomes"][0],
        {
            **CLEAN["outcomes"][0],
            "id": "other",
            "name": "Omhändertagande",
            "ordinary": {"low": 0.299, "mode": 0.3, "high": 0.301, "source": SOURCE},
            "effect": {"measure": "ratio", "value": {"estimate": 0.8, "ci": [0.799, 0.801], "source": "Försöket"}},
        },
    ]
}
#: code → (what triggers it, its base or None), (what does not, its base or None)
CASES = {
    "applied-differs-from-grant": (
        ({"application.applied": {"2020": 262_000, "2021": 262_840}}, None),
        ({"application.applied": {"2020": 262_839.5, "2021": 262_840}}, None),
    ),
    "start-outside-first-year": (
        ({"application.start": "2019-12-01"}, None),
        ({"application.start": "2020-12-31"}, None),
    ),
    "cofinancier-not-a-party": (
        ({"costs.1.actor": "stat"}, None),
        (
            {
                "costs.1.actor": "stat",
                "application.organisations": [
                    *CLEAN["application"]["organisations"],
                    organisation("Myndigheten", "stat"),
                ],
            },
            None,
        ),
    ),
    "within-group-effect": ((smd(-0.9, [-1.1, -0.7]), None), (smd(-0.7, [-0.9, -0.5]), None)),
    "odds-ratio-as-risk-ratio": (
        (ratio(0.8, [0.7, 0.9], source="Oddskvot i försöket"), None),
        (ratio(0.8, [0.7, 0.9], source="Risk ratio in one or two trials"), None),
    ),
    "inverted-ratio": ((ratio(1.25, [1.1, 1.4]), None), (ratio(0.99, [0.95, 0.999]), None)),
    "smd-without-baseline": (
        (smd(-0.3, [-0.4, -0.2]) | {f"{OUT}.ordinary": {"low": 0.2, "mode": 0.25, "high": 0.3}}, None),
        (smd(-0.3, [-0.4, -0.2]), None),
    ),
    "effect-includes-null": ((ratio(0.8, [0.6, 1.01]), None), (ratio(0.8, [0.6, 0.99]), None)),
    "effect-larger-than-evidence": (
        (ratio(0.7, [0.65, 0.75]) | {f"{OUT}.evidence.sources": ["trial"]}, evidence()),
        (ratio(0.8, [0.75, 0.85]) | {f"{OUT}.evidence.sources": ["trial"]}, evidence()),
    ),
    "zero-width-interval": (
        ({f"{OUT}.ordinary": {"low": 0.25, "high": 0.25, "source": SOURCE}}, None),
        ({f"{OUT}.ordinary": {"low": 0.249, "high": 0.25, "source": SOURCE}}, None),
    ),
    "certain-effect": (
        ({f"{OUT}.effect.value": 0.8}, None),
        ({f"{OUT}.effect.value": {"low": 0.79, "high": 0.81}}, None),
    ),
    "effect-exceeds-baseline": ((ratio(0.39, [0.3, 0.5]), None), (ratio(0.41, [0.3, 0.5]), None)),
    "waitlist-comparator": (
        (FROM_TRIAL, evidence(comparator="waiting list")),
        (FROM_TRIAL | {"application.ordinary_practice": f"Väntelista. {WORDS}"}, evidence(comparator="waiting list")),
    ),
    "complier-effect": (
        ({f"{OUT}.evidence.sources": ["Effect among compliers (CACE)"]}, None),
        ({f"{OUT}.evidence.sources": ["Effect among compliers"], f"{OUT}.effect_on": "completers"}, None),
    ),
    "completion-counted-twice": (
        ({f"{OUT}.effect_on": "completers"}, None),
        ({f"{OUT}.effect_on": "completers", f"{OUT}.evidence.sources": ["per-protocol"]}, None),
    ),
    "age-outside-evidence": (
        (FROM_TRIAL, evidence(age_min=15.0, age_max=20.0)),
        (FROM_TRIAL, evidence(age_min=14.0, age_max=20.0)),
    ),
    "double-deadweight": (
        ({f"{OUT}.deadweight": 0.2, f"{OUT}.because": "Försiktighet"}, None),
        ({f"{OUT}.deadweight": 0.2, f"{OUT}.evidence.grade": "before_after"}, None),
    ),
    "optimism-twice": (
        ({f"{OUT}.evidence_adjustment": 0.5, f"{OUT}.evidence.sources": ["Nedjusterad effekt"]}, None),
        ({f"{OUT}.evidence_adjustment": 0.5, f"{OUT}.evidence.sources": ["Adjusted odds, unadjusted mean"]}, None),
    ),
    "developer-trial-unadjusted": (
        (FROM_TRIAL, evidence(developer_run=True)),
        (FROM_TRIAL | {f"{OUT}.evidence_adjustment": 0.5}, evidence(developer_run=True)),
    ),
    "proxy-outcome-valued": (
        ({f"{OUT}.name": "Barnens läsvanor"}, None),
        ({f"{OUT}.name": "Barnens läsning"}, None),
    ),
    "adult-risk-on-children": (
        (THING, price(category="diabetes")),
        (THING | {f"{PRICE}.delay": 30, "horizons": [1, 40]}, price(category="diabetes")),
    ),
    "association-as-cause": (
        (
            {f"{OUT}.evidence.sources": ["https://example.se/link"]},
            evidence(id="link-trial", url="https://example.se/link", grade="observational"),
        ),
        (
            {
                f"{OUT}.evidence.sources": ["https://example.se/link"],
                f"{OUT}.attribution": 0.5,
                f"{OUT}.because": "Samband",
            },
            evidence(id="link-trial", url="https://example.se/link", grade="observational"),
        ),
    ),
    "missing-comparator": (
        ({"application.ordinary_practice": "Skolan gör sitt."}, None),
        ({"application.ordinary_practice": " ".join(["ord"] * 20)}, None),
    ),
    "baseline-wrong-population": (
        ({f"{OUT}.ordinary": {"baseline": "grade9-eligible-se-2020"}}, None),
        ({f"{OUT}.ordinary": {"baseline": "grade9-eligible-vocational-vgr-2018"}}, None),
    ),
    "foreign-effect-unadjusted": (
        (FROM_TRIAL, evidence(country="US")),
        (FROM_TRIAL | {f"{OUT}.evidence.grade": "systematic_review"}, evidence(country="US")),
    ),
    "cohort-larger-than-target-group": (
        ({"application.target_group.size": 59}, None),
        ({"application.target_group.size": 90}, None),
    ),
    "same-people-every-year": (
        ({"participants.1": {"year": 1, "number": 60, "age": 14}}, None),
        ({"participants.1": {"year": 1, "number": 60, "age": 13}}, None),
    ),
    "everyone-completes": (
        ({"completion": 1, f"{OUT}.evidence.grade": "quasi_experiment"}, None),
        ({"completion": 1, f"{OUT}.evidence.grade": "rct"}, None),
    ),
    "survival-ignored": (
        ({"participants": [{"year": 0, "number": 60, "age": 80, "share_women": 0.5}]}, None),
        ({"participants": [{"year": 0, "number": 60, "age": 74, "share_women": 0.5}]}, None),
    ),
    "average-for-marginal": (
        (THING, price(basis="average", per="month")),
        (THING | {PRICE: {**THING[PRICE], "marginal": 0.5}}, price(basis="average", per="month")),
    ),
    "overlapping-prices": (
        (
            THING | {f"{OUT}.consequences.1": {"name": "Vård", "price": {"cost": "hospital-day"}}},
            price(overlaps=("hospital-day",)),
        ),
        (THING | {f"{OUT}.consequences.1": {"name": "Vård", "price": {"cost": "hospital-day"}}}, price()),
    ),
    "lifelong-care-after-hip-fracture": (
        (
            {f"{OUT}.name": "Höftfraktur"} | THING | {PRICE: {**THING[PRICE], "duration": 3}},
            price(category="elderly_care"),
        ),
        (
            {f"{OUT}.name": "Utfall i skolan"} | THING | {PRICE: {**THING[PRICE], "duration": 3}},
            price(category="elderly_care"),
        ),
    ),
    "old-price": ((THING, price(price_year=2009)), (THING, price(price_year=2010))),
    "national-total-as-price": (
        ({f"{PRICE}.price": money(60_000_000)}, None),
        ({f"{PRICE}.price": money(2_900_000)}, None),
    ),
    "index-value-as-price": (
        ({f"{PRICE}.price": money(0.7)}, None),
        ({f"{PRICE}.price": money(101)}, None),
    ),
    "lifetime-price-repeated": (
        (THING, price(per="lifetime")),
        (THING | {f"{OUT}.holds": 1}, price(per="lifetime")),
    ),
    "exclusion-price-tag": (
        ({f"{PRICE}.price": money(3_000_000)}, None),
        ({f"{PRICE}.price": money(2_990_000)}, None),
    ),
    "qaly-and-vsl": (
        (
            lines(
                {"name": "Hälsa", "kind": "health", "quantity": -0.1},
                {"name": "Liv", "price": {"cost": "statistical-life"}, "quantity": 0.001},
            )
            | {"health_value": 500_000},
            None,
        ),
        (lines({"name": "Hälsa", "kind": "health", "quantity": -0.1}) | {"health_value": 500_000}, None),
    ),
    "high-qaly-value": (({"health_value": 2_400_000}, None), ({"health_value": 999_999}, None)),
    "wrong-payer": (
        ({PRICE: {**THING[PRICE], "payer": "kommun"}}, price()),
        ({PRICE: {**THING[PRICE], "payer": "region"}}, price()),
    ),
    "school-day-as-saving": (
        ({f"{OUT}.name": "Skolfrånvaro"} | THING, price(per="day")),
        ({f"{OUT}.name": "Skolfrånvaro"} | THING, price(per="event")),
    ),
    "low-confidence-price": ((THING, price(confidence="low")), (THING, price(confidence="medium"))),
    "transfer-as-gain": (
        (lines(line("Försörjningsstöd")), None),
        (lines(line("Försörjningsstöd", kind="transfer", payee="individ")), None),
    ),
    "tax-on-production": (
        (lines(line("Arbete", "production", 100_000), line("Skatteintäkter", amount=30_000)), None),
        (lines(line("Arbete", "production", 100_000), line("Uppskattad vård", amount=30_000)), None),
    ),
    "production-with-cost-of-illness": (
        (lines(line("Arbete", "production", 100_000)) | THING, price(per="case-year", payer="ovriga")),
        (lines(line("Arbete", "production", 100_000)) | THING, price(per="case-year", payer="region")),
    ),
    "in-kind-missing": (
        (
            {
                "application.organisations": [
                    *CLEAN["application"]["organisations"],
                    organisation("Föreningen", "civilsamhalle"),
                ]
            },
            None,
        ),
        (
            {
                "application.organisations": [
                    *CLEAN["application"]["organisations"],
                    organisation("Föreningen", "civilsamhalle"),
                ],
                "costs": [
                    *CLEAN["costs"],
                    {
                        "name": "Tid",
                        "actor": "civilsamhalle",
                        "amount": 5000,
                        "basis": "per_year",
                        "years": [0, 1],
                        "funding": "in_kind",
                    },
                ],
            },
            None,
        ),
    ),
    "grant-left-out-of-cost": (
        ({"application.applied": {"2020": 300_000, "2021": 262_840}}, None),
        ({"application.applied": {"2020": 262_840, "2021": 262_840}}, None),
    ),
    "gains-without-running-cost": (
        ({"participants": [*CLEAN["participants"], {"year": 2, "number": 55, "age": 13}]}, None),
        (
            {
                "participants": [*CLEAN["participants"], {"year": 2, "number": 55, "age": 13}],
                "costs.1.years": [0, 1, 2],
            },
            None,
        ),
    ),
    "replaced-cost-dominates": (
        (
            {
                "costs": [
                    *CLEAN["costs"],
                    {
                        "name": "Gammalt",
                        "actor": "region",
                        "amount": 400_000,
                        "basis": "per_year",
                        "years": [0, 1],
                        "replaces": True,
                    },
                ]
            },
            None,
        ),
        (
            {
                "costs": [
                    *CLEAN["costs"],
                    {
                        "name": "Gammalt",
                        "actor": "region",
                        "amount": 300_000,
                        "basis": "per_year",
                        "years": [0, 1],
                        "replaces": True,
                    },
                ]
            },
            None,
        ),
    ),
    "cost-per-participant-unusual": (
        ({"participants.0.number": 2, "participants.1.number": 3, f"{PRICE}.price": money(2_500_000)}, None),
        ({"participants.0.number": 6, "participants.1.number": 7, f"{PRICE}.price": money(2_500_000)}, None),
    ),
    "effect-beyond-evidence": (
        (FROM_TRIAL, evidence(followup_months=6.0)),
        (FROM_TRIAL, evidence(followup_months=12.0)),
    ),
    "no-fading": (
        (FROM_TRIAL | {f"{OUT}.holds": "open", "horizons": [1, 4]}, evidence(followup_months=60.0)),
        (FROM_TRIAL | {f"{OUT}.holds": 4, "horizons": [1, 4]}, evidence(followup_months=60.0)),
    ),
    "gain-too-early": (
        (THING, price(category="labour_market")),
        (THING | {PRICE: {**THING[PRICE], "delay": 3}, "horizons": [1, 8]}, price(category="labour_market")),
    ),
    "only-long-horizon": (({"horizons": [3]}, None), ({"horizons": [2, 3]}, None)),
    "very-long-horizon": (({"horizons": [3, 41]}, None), ({"horizons": [3, 40]}, None)),
    "unusual-rate": (({"discount_rate": 0.06}, None), ({"discount_rate": 0.05}, None)),
    "payback-after-grant": (
        (FROM_TRIAL | {f"{OUT}.lag": 2, "horizons": [1, 8]}, evidence()),
        (FROM_TRIAL | {"horizons": [1, 8]}, evidence()),
    ),
    "followup-before-gain": (
        (
            {
                f"{OUT}.lag": 2,
                "horizons": [1, 8],
                "application.followup": [
                    {**followup("social"), "when": "Våren 2020"},
                    {**followup("ekonomisk"), "when": "2020"},
                ],
            },
            None,
        ),
        (
            {
                f"{OUT}.lag": 2,
                "horizons": [1, 8],
                "application.followup": [
                    {**followup("social"), "when": "Våren 2027"},
                    {**followup("ekonomisk"), "when": "2020"},
                ],
            },
            None,
        ),
    ),
    "production-dominates": (
        (lines(line("Arbete", "production_loss", 700_000)), None),
        (lines(line("Arbete", "production_loss", 400_000)), None),
    ),
    "payer-mismatch": (
        ({f"{PRICE}.payer": "stat", f"{OUT}.consequences.1.payer": "stat"}, None),
        ({f"{PRICE}.payer": "stat"}, None),
    ),
    "one-price-dominates": (
        ({f"{PRICE}.price": money(2_000_000)}, None),
        ({f"{PRICE}.price": money(600_000)}, None),
    ),
    "high-ratio-weak-evidence": (
        (
            BEFORE_AFTER
            | {
                f"{OUT}.evidence_adjustment": 0.99,
                f"{PRICE}.price": money(800_000),
                f"{OUT}.consequences.1.price": money(500_000),
                f"{OUT}.holds": 3,
            },
            None,
        ),
        ({f"{PRICE}.price": money(800_000), f"{OUT}.consequences.1.price": money(500_000), f"{OUT}.holds": 3}, None),
    ),
    "stated-differs": ((stated(4_600_000), None), (stated(4_670_000), None)),
    "probability-low": (
        (ratio(0.955, [0.84, 1.07]) | {"costs.0.hours": 300, "costs.1.hours": 300, "application.applied": GONE}, None),
        (ratio(0.90, [0.84, 0.96]) | {"costs.0.hours": 300, "costs.1.hours": 300, "application.applied": GONE}, None),
    ),
    "main-driver-not-followed": (
        (TWO_OUTCOMES | {"application.followup": [row | {"outcome": "other"} for row in FOLLOWED]}, None),
        (TWO_OUTCOMES | {"application.followup": [FOLLOWED[0], FOLLOWED[1] | {"outcome": "other"}]}, None),
    ),
    "placeholder-left": (
        ({"not_valued": ["Oro", "Skriv det som insatsen ger utan att ha ett pris"]}, None),
        ({"not_valued": ["Oro", "Det som insatsen ger utan att ha ett pris är tryggheten"]}, None),
    ),
    "nothing-unvalued": (({"not_valued": GONE}, None), ({"not_valued": ["Oro"]}, None)),
}
#: What else a change of that kind makes doubtful: the same fault, seen in another of its consequences.
BESIDE = {
    "cofinancier-not-a-party": {"payer-mismatch"},
    "within-group-effect": {"effect-exceeds-baseline"},
    "optimism-twice": {"payer-mismatch"},
    "everyone-completes": {"effect-beyond-evidence"},
    "survival-ignored": {"payer-mismatch"},
    "overlapping-prices": {"one-price-dominates"},
    "national-total-as-price": {"one-price-dominates", "high-ratio-weak-evidence"},
    "index-value-as-price": {"one-price-dominates"},
    "exclusion-price-tag": {"one-price-dominates", "high-ratio-weak-evidence"},
    "cost-per-participant-unusual": {"payback-after-grant", "payer-mismatch", "one-price-dominates", "probability-low"},
    "followup-before-gain": {"payback-after-grant"},
    "production-with-cost-of-illness": {"wrong-payer"},
    "high-ratio-weak-evidence": {"effect-beyond-evidence"},
    "probability-low": {"effect-includes-null"},
}


LATE = THING | FROM_TRIAL | {PRICE: {**THING[PRICE], "delay": 3}, "horizons": [1, 8]}
#: Gains of participants and of the region, large enough to break even in the second year.
INDIVIDUAL = {
    "horizons": [1, 8],
    f"{PRICE}.payer": "individ",
    f"{PRICE}.price": money(700_000),
    f"{OUT}.consequences.1.price": money(700_000),
}
#: Second ways to the same traps: (what triggers it, its base or None), (what does not, its base or None).
MORE = [
    (
        "placeholder-left",
        ({"costs.0.name": "What the parties pay themselves."}, None),
        ({"costs.0.name": "Det som parterna har avtalat om"}, None),
    ),
    (
        "proxy-outcome-valued",
        ({f"{OUT}.name": "Kunskap om hälsa"}, None),
        ({f"{OUT}.name": "Elever som inte når kunskapskraven"}, None),
    ),
    (
        "tax-on-production",
        (lines(line("Arbete", "production", 100_000), line("Kommunalskatt", amount=30_000)), None),
        (lines(line("Arbete", "production", 100_000), line("Utskattad personal", amount=30_000)), None),
    ),
    (
        "developer-trial-unadjusted",
        (FROM_TRIAL, evidence(note="One school, no interval. Original grade: low (one school).")),
        (FROM_TRIAL, evidence(note="Pragmatic trial in 21 schools. Original grade: moderate.")),
    ),
    (
        "baseline-wrong-population",
        ({f"{OUT}.name": "Språkstörning i förskoleåldern"}, None),
        ({f"{OUT}.name": "Språkstörning i förskoleåldern", f"{OUT}.ordinary": level(0.15)}, None),
    ),
    (
        "wrong-payer",
        (THING, price(payer="ovriga")),
        ({PRICE: {**THING[PRICE], "payer": "region"}}, price(payer="ovriga")),
    ),
    (
        "wrong-payer",
        ({PRICE: {**THING[PRICE], "link": "accounting"}}, price(payer="ovriga", category="child_welfare")),
        (THING, price(payer="ovriga", category="housing_area")),
    ),
    (
        "followup-before-gain",
        ({"application.followup": [row | {"outcome": None} for row in FOLLOWED]}, None),
        ({"application.followup": [FOLLOWED[0] | {"outcome": None}, FOLLOWED[1]]}, None),
    ),
    (
        "followup-before-gain",
        (
            {
                f"{OUT}.lag": 2,
                "horizons": [1, 8],
                "application.followup": [row | {"when": "Varje termin"} for row in FOLLOWED],
            },
            None,
        ),
        ({"application.followup": [row | {"when": "Varje termin"} for row in FOLLOWED]}, None),
    ),
    (
        "payback-after-grant",
        # For the public sector alone: what participants gain comes at once, what the region gains two years later.
        (INDIVIDUAL | {f"{OUT}.consequences.1.delay": 2}, None),
        (INDIVIDUAL, None),
    ),
    (
        "gain-too-early",
        (LATE, labour(intervention="labour market activation")),
        (LATE | {f"{OUT}.lag": 2}, labour(intervention="labour market activation")),
    ),
    (
        "lifetime-price-repeated",
        (THING | {f"{OUT}.holds": 1, PRICE: {**THING[PRICE], "duration": 2}}, price(per="lifetime")),
        (THING | {f"{OUT}.holds": 1, PRICE: {**THING[PRICE], "duration": 1}}, price(per="lifetime")),
    ),
]


def data_of(changes):
    return changed(changes)
