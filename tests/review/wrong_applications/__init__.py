"""A folder of deliberately wrong applications, each made of the clean case by one change.

`WRONG` maps the name of a file to the change, to the code that must be found exactly once, and to codes of the same
fault seen in another of its consequences, which may stand beside it.
"""

from io import StringIO

from ruamel.yaml import YAML

from tests.review.cases import CLEAN, GONE, changed, followup
from tests.review.trap_cases import BESIDE, CASES

A = "application"
SCHOOL, HEALTH = CLEAN[A]["organisations"]


def parties(**of_school):
    return {f"{A}.organisations": [SCHOOL | of_school, HEALTH]}


#: Rules of Region Gävleborg: what breaks each of them, and what else that breaks.
RULES = {
    "GB-01": (
        {
            "costs.0.hours": 2000,
            "costs.1.hours": 3000,
            f"{A}.applied": {"2020": 657_100, "2021": 657_100},
            "outcomes.leave.consequences.1.price": {
                "low": 690_000,
                "mode": 700_000,
                "high": 710_000,
                "source": "Statistik",
            },
        },
        (),
    ),
    "GB-03": (
        {
            f"{A}.applied": {"2020": 400_000, "2021": 400_000},
            "costs.0.hours": 1217.47,
            "costs.1.hours": 500,
        },
        ("GB-03-per-year",),
    ),
    "GB-02": ({f"{A}.end": "2023-06-30"}, ()),
    "GB-04": ({f"{A}.organisations": [SCHOOL], "costs.1.actor": "kommun"}, ("GB-20",)),
    "GB-05-county": (parties(county="Dalarna"), ()),
    "GB-06": (parties(for_profit=True), ()),
    "GB-07": ({f"{A}.existing_activity": True}, ()),
    "GB-08": (
        {f"{A}.target_group.risk_of_exclusion": False, f"{A}.target_group.age_max": 40},
        (),
    ),
    "GB-09": ({f"{A}.timing": GONE}, ()),
    "GB-10": ({f"{A}.method_status": GONE}, ("GB-11", "GB-12")),
    "GB-11": (
        {"outcomes.leave.evidence": {"grade": "judgement", "sources": ["Egen erfarenhet"]}},
        ("effect-beyond-evidence",),
    ),
    "GB-12": ({f"{A}.method_status": "skapa", f"{A}.mechanism": "Kort."}, ()),
    "GB-14": ({f"{A}.public_health_goals": GONE}, ()),
    "GB-15": ({f"{A}.needs_analysis": "Behovet är stort."}, ()),
    "GB-16": ({f"{A}.implementation_plan": GONE}, ()),
    "GB-17": (parties(endorses_run=False), ()),
    "GB-18": ({f"{A}.target_group.description": GONE}, ()),
    "GB-19": ({f"{A}.followup": [followup("social")]}, ()),
    "GB-22": ({f"{A}.attachments": ["budget", "medfinansiering"]}, ()),
    "GB-07-start": ({f"{A}.call": "2020-01-15"}, ()),
    "GB-24": ({f"{A}.call": "2019-12-15"}, ()),
}
#: Traps whose own change of the clean case breaks a rule too, or needs another base.
_ALSO_A_RULE = {
    "start-outside-first-year": ("GB-24",),
    "inverted-ratio": ("GB-13-npv",),
    "cost-per-participant-unusual": ("probability-low",),
}
#: Changes that are wrong in several ways, and so are no test of one.
_SEVERAL = {"probability-low"}

PERSONAL = {
    "personal-number": {"description": "Ansökan gäller 640327-3813"},
    "coordination-number": {"description": "Ansökan gäller 640387-3810"},
    "e-mail": {"costs.0.wage.source": "Fråga anna.svensson@example.se"},
    "telephone": {f"{A}.mechanism": f"{CLEAN[A]['mechanism']} Ring 070-123 45 67."},
}

WRONG = {
    **{f"regel-{code}": (change, code, set(beside)) for code, (change, beside) in RULES.items()},
    **{
        f"falla-{code}": (trigger[0], code, BESIDE.get(code, set()) | set(_ALSO_A_RULE.get(code, ())))
        for code, (trigger, _) in CASES.items()
        if trigger[1] is None and code not in _SEVERAL
    },
    **{f"person-{name}": (change, "personal-data", set()) for name, change in PERSONAL.items()},
}


def write_all(folder):
    """Write every wrong application, and the clean one, into a folder."""
    for name, change in {"ratt": {}, **{name: wrong[0] for name, wrong in WRONG.items()}}.items():
        text = StringIO()
        YAML(typ="safe", pure=True).dump(changed(change), text)
        (folder / f"{name}.yaml").write_text(text.getvalue(), encoding="utf-8")
