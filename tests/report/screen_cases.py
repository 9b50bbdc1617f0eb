"""Small cases, one for each screen: 100 people at one event a year, a course for a million, a price for each event.

The effect halves the events (or as each case says) in one year, so that costs and gains can be worked out by hand.
"""

from __future__ import annotations

from pathlib import Path

from socio_calc.appraisal import Appraisal, appraise, load

DRAWS = 512

BASE = """\
format: 1
title: {title}
first_year: 2025
price_year: 2024
horizons: {horizons}
participants: [{{year: 0, number: {number}}}]
costs:
  - {{name: Kurs, actor: kommun, amount: {cost}, basis: total, years: [0]{funding}}}
not_valued: [{not_valued}]
outcomes:
  - id: falls
    name: {outcome}
    level: {level}
    better: {better}
    ordinary: {ordinary}
    effect: {{measure: {measure}, value: {value}}}
    {hold}
    evidence: {{grade: {grade}, sources: [{sources}]}}
    consequences:
      - {{name: Vård, price: {price}, kind: resource_cost, payer: {payer}{more}}}
"""

STANDARD = {
    "title": "Starkare steg",
    "horizons": [1, 5],
    "number": 100,
    "cost": 1_000_000,
    "funding": "",
    "not_valued": "Minskad ensamhet, Anhörigas oro",
    "outcome": "Fall som kräver vård",
    "level": "rate",
    "better": "lower",
    "ordinary": 1.0,
    "measure": "ratio",
    "value": "{estimate: 0.5, ci: [0.45, 0.555]}",
    "hold": "holds: 1",
    "grade": "rct",
    "sources": "En studie",
    "price": 40_000,
    "payer": "kommun",
    "more": "",
}

WIDE = "{estimate: 0.6, ci: [0.40, 0.90]}"

#: What differs from the standard, which gains 100 · 0.5 · 40,000 = 2 million for the municipality that pays.
CASES: dict[str, dict[str, object]] = {
    "clear_gain": {},
    "early": {"funding": ", funding: grant, funder: kommun", "grade": "before_after"},
    "split": {"payer": "region"},
    "split_uncertain": {"payer": "region", "value": WIDE, "price": 32_000},
    "split_individ": {"payer": "individ"},
    "uncertain_gain": {"value": WIDE, "price": 32_000},
    "very_uncertain_gain": {"value": WIDE, "price": 27_500},
    "near_zero": {"price": 20_500},
    "signs_differ": {"value": "{estimate: 0.6, ci: [0.2, 1.8]}", "price": 29_000},
    "uncertain_loss": {"value": WIDE, "price": 22_000},
    "clear_loss": {"price": 6_000},
    "no_better": {"value": "{estimate: 1.1, ci: [1.05, 1.15]}"},
    "unsupported": {"grade": "judgement", "sources": ""},
    "clipped": {
        "level": "probability",
        "ordinary": 0.95,
        "better": "higher",
        "measure": "difference",
        "value": "{estimate: 0.03, ci: [-0.07, 0.13]}",
        "payer": "ovriga",
    },
    "people": {
        "level": "event",
        "ordinary": 0.2,
        "better": "higher",
        "measure": "difference",
        "value": "{low: 0.2, high: 0.4}",
        "hold": "",
        "price": 60_000,
        "more": ", quantity: -1",
    },
    "certain": {"value": 0.5},
    "small": {"cost": 100_000, "price": 3_000},
    "one_year": {"horizons": [1], "number": 1, "ordinary": 100.0},
    "saving": {"cost": 400_000, "funding": ", replaces: true", "price": 4_000},
}

ONLY_COSTS = "".join(line for line in BASE.splitlines(keepends=True)[:9]).replace(
    "not_valued: [{not_valued}]\n", "not_valued: []\n"
)


def case_text(name: str, **changes: object) -> str:
    """Return the YAML of a case, with further changes."""
    if name == "only_costs":
        return ONLY_COSTS.format(**STANDARD | {"cost": "{low: 800000, high: 1200000}"} | changes)
    return BASE.format(**STANDARD | CASES[name] | changes)


def appraised(folder: Path, name: str, text: str | None = None, **changes: object) -> Appraisal:
    """Compute a case from a file, as the command does."""
    path = folder / f"{name}.yaml"
    path.write_text(case_text(name, **changes) if text is None else text, encoding="utf-8")
    return appraise(load(path), draws=DRAWS)
