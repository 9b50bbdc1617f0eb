"""The traps look at pathways as they look at outcomes: effects on transitions, consequences of states."""

import pytest

from socio_calc.review.case_paths import look_up
from socio_calc.review.effect import effect_of
from socio_calc.review.finding import Finding
from socio_calc.review.wording import worded
from tests.review.cases import CLEAN, GONE, SOURCE, case_of, changed, codes, evidence, hits, price, scene_of

WAY = "pathways.way"
PATHWAY = {
    "id": "way",
    "name": "Vägen hem",
    "states": ["borta", "hemma"],
    "start": {"borta": 1},
    "transitions": {"borta": {"hemma": {"low": 0.2, "mode": 0.25, "high": 0.3, "source": SOURCE}, "rest": "borta"}},
    "effects": [
        {
            "from": "borta",
            "to": "hemma",
            "measure": "ratio",
            "value": {"estimate": 1.4, "ci": [1.2, 1.6], "source": "Försöket"},
        }
    ],
    "holds": 2,
    "evidence": {"grade": "rct", "sources": ["Ett försök 2015"]},
    "consequences": [
        {
            "name": "Placering",
            "state": "borta",
            "price": {"low": 300_000, "mode": 350_000, "high": 400_000, "source": SOURCE},
            "kind": "resource_cost",
            "payer": "kommun",
        },
        {
            "name": "Vård",
            "state": "borta",
            "price": {"low": 200_000, "mode": 210_000, "high": 220_000, "source": SOURCE},
            "kind": "resource_cost",
            "payer": "region",
        },
    ],
}
FOLLOWED = [row | {"outcome": "way"} for row in CLEAN["application"]["followup"]]
BASE = changed({"outcomes": GONE, "application.followup": FOLLOWED}) | {"pathways": [PATHWAY]}
FIRST = f"{WAY}.consequences.0"
THING = {"name": "Sak", "state": "borta", "price": {"cost": "thing"}}
FROM_TRIAL = {f"{WAY}.effects.0.value": {"evidence": "trial"}}


def own(name, kind, **more):
    amount = {"low": 90_000, "mode": 100_000, "high": 110_000, "source": SOURCE}
    return {"name": name, "state": "hemma", "price": amount, "kind": kind, **more}


#: code → (what triggers it, its base), (what does not, its base)
WRONG = {
    "within-group-effect": (
        ({f"{WAY}.evidence.grade": "before_after"}, None),
        ({f"{WAY}.evidence.grade": "before_after", f"{WAY}.deadweight": 0.2}, None),
    ),
    "odds-ratio-as-risk-ratio": (
        ({f"{WAY}.effects.0.value": {"estimate": 1.4, "ci": [1.2, 1.6], "source": "Oddskvot"}}, None),
        ({f"{WAY}.effects.0.value": {"estimate": 1.4, "ci": [1.2, 1.6], "source": "Riskkvot"}}, None),
    ),
    "inverted-ratio": (
        (
            {f"{WAY}.effects.0.value": {"estimate": 1.25, "ci": [1.1, 1.4]}} | {f"{WAY}.evidence.sources": ["trial"]},
            evidence(),
        ),
        (
            {f"{WAY}.effects.0.value": {"estimate": 1.2, "ci": [1.1, 1.4]}} | {f"{WAY}.evidence.sources": ["trial"]},
            evidence(),
        ),
    ),
    "certain-effect": (
        ({f"{WAY}.effects.0.value": 1.4}, None),
        ({f"{WAY}.effects.0.value": {"low": 1.3, "high": 1.5}}, None),
    ),
    "effect-includes-null": (
        ({f"{WAY}.effects.0.value": {"estimate": 1.2, "ci": [0.9, 1.6]}}, None),
        ({f"{WAY}.effects.0.value": {"estimate": 1.2, "ci": [1.01, 1.4]}}, None),
    ),
    "double-deadweight": (
        ({f"{WAY}.deadweight": 0.2, f"{WAY}.because": "Försiktighet"}, None),
        ({f"{WAY}.deadweight": 0.2, f"{WAY}.evidence.grade": "before_after"}, None),
    ),
    "completion-counted-twice": (
        ({f"{WAY}.effect_on": "completers"}, None),
        ({f"{WAY}.effect_on": "completers", f"{WAY}.evidence.sources": ["per-protocol"]}, None),
    ),
    "complier-effect": (
        ({f"{WAY}.evidence.sources": ["Effect among compliers"]}, None),
        ({f"{WAY}.evidence.sources": ["Effect among compliers"], f"{WAY}.effect_on": "completers"}, None),
    ),
    "foreign-effect-unadjusted": (
        (FROM_TRIAL, evidence(country="US", estimate=1.4, ci_low=1.2, ci_high=1.6)),
        (
            FROM_TRIAL | {f"{WAY}.evidence.grade": "systematic_review"},
            evidence(country="US", estimate=1.4, ci_low=1.2, ci_high=1.6),
        ),
    ),
    "effect-beyond-evidence": (
        ({f"{WAY}.holds": 3, "horizons": [1, 4]}, None),
        ({f"{WAY}.holds": 2, "horizons": [1, 4]}, None),
    ),
    "no-fading": (
        (
            FROM_TRIAL
            | {
                f"{WAY}.holds": "open",
                "horizons": [1, 4],
                f"{WAY}.transitions.hemma": {"borta": 0.1, "rest": "hemma"},
            },
            evidence(followup_months=60.0, estimate=1.4, ci_low=1.2, ci_high=1.6),
        ),
        # The way into an end state: who has come home stays there.
        (
            FROM_TRIAL | {f"{WAY}.holds": "open", "horizons": [1, 4]},
            evidence(followup_months=60.0, estimate=1.4, ci_low=1.2, ci_high=1.6),
        ),
    ),
    "transfer-as-gain": (
        ({FIRST: {**PATHWAY["consequences"][0], "name": "Försörjningsstöd"}}, None),
        ({FIRST: {**PATHWAY["consequences"][0], "name": "Stödboende"}}, None),
    ),
    "tax-on-production": (
        (
            {
                f"{WAY}.consequences": [
                    *PATHWAY["consequences"],
                    own("Arbete", "production", link="accounting"),
                    own("Skatt på arbete", "resource_cost", payer="kommun"),
                ]
            },
            None,
        ),
        (
            {f"{WAY}.consequences": [*PATHWAY["consequences"], own("Arbete", "production", link="accounting")]},
            None,
        ),
    ),
    "lifetime-price-repeated": (
        ({FIRST: THING}, price(per="lifetime")),
        ({FIRST: {**THING, "state": "hemma", "per": "entry"}}, price(per="lifetime")),
    ),
    "average-for-marginal": (
        ({FIRST: THING}, price(basis="average", per="month")),
        ({FIRST: {**THING, "marginal": 0.5}}, price(basis="average", per="month")),
    ),
    "wrong-payer": (
        ({FIRST: {**THING, "payer": "kommun"}}, price()),
        ({FIRST: {**THING, "payer": "region"}}, price()),
    ),
    "exclusion-price-tag": (
        ({f"{FIRST}.price": {"low": 3_000_000, "high": 3_100_000, "source": SOURCE}}, None),
        ({f"{FIRST}.price": {"low": 2_900_000, "high": 2_990_000, "source": SOURCE}}, None),
    ),
    "followup-before-gain": (
        ({"application.followup": [row | {"outcome": None} for row in FOLLOWED]}, None),
        ({"application.followup": FOLLOWED}, None),
    ),
}


def scene(changes, reference=None):
    return scene_of(changed(changes, BASE), reference)


def test_nothing_is_found_in_the_pathway_itself():
    assert codes(scene({})) == []


@pytest.mark.parametrize("code", WRONG)
def test_the_trap_is_found_in_a_pathway_and_can_be_said(code):
    wrong = scene(*WRONG[code][0])
    (hit,) = hits(code, wrong)
    assert hit.path is None or hit.path.startswith(("pathways.way", "application."))
    finding = Finding(code, "finding", "warning", params=hit.params)
    for lang in ("sv", "en"):
        assert "{" not in worded(finding, wrong.appraisal, lang).message
    if hit.change:
        assert effect_of(wrong, hit.change) is not None, hit.change


@pytest.mark.parametrize("code", WRONG)
def test_nearby_nothing_is_found(code):
    assert hits(code, scene(*WRONG[code][1])) == []


def test_rules_about_outcomes_look_at_pathways_with_effects():
    case = case_of(BASE)
    found = look_up("case.outcomes[].evidence.grade", case, case.application).found
    assert [(item.name, item.value, item.path) for item in found] == [
        ("Vägen hem", "rct", "pathways.way.evidence.grade")
    ]
    lists = look_up("case.outcomes[].consequences", case, case.application).found
    assert [len(item.value) for item in lists] == [2]
