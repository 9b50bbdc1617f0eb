"""Reviews of the clean case with changes, as files of the command would give them."""

from datetime import date
from io import StringIO

from ruamel.yaml import YAML

from socio_calc.review import review_case
from tests.review.cases import CLEAN, GONE, changed

A = "application"
OUT = "outcomes.leave"
DAY = date(2026, 3, 2)
NUMBER, PHONE, MAIL = "640327-3813", "070-123 45 67", "anna.svensson@example.se"
#: Many things wrong at once: rules, traps of every severity, a stated result, personal data.
WRONG = {
    f"{OUT}.deadweight": 0.1,
    f"{OUT}.because": "Försiktighet",
    "discount_rate": 0.01,
    f"{A}.existing_activity": True,
    f"{A}.timing": GONE,
    f"{OUT}.effect.value": {"estimate": 0.3, "ci": [0.2, 0.4]},
    f"{OUT}.consequences.0.price": {"low": 3e6, "mode": 3.1e6, "high": 3.2e6, "source": f"Ring {PHONE}"},
    "costs.0.name": f"Ledare ({MAIL})",
    "title": f"Stöd i skolan {NUMBER}",
    "not_valued": GONE,
    "stated_results": [{"perspective": "societal", "horizon": 3, "measure": "npv", "value": 4_640_000}],
}


def write(folder, changes=None, name="case.yaml"):
    text = StringIO()
    YAML(typ="safe", pure=True).dump(changed(changes or {}), text)
    path = folder / name
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def reviewed(folder, changes=None, **options):
    return review_case(write(folder, changes), draws=64, **options)


__all__ = ["CLEAN", "DAY", "GONE", "MAIL", "NUMBER", "OUT", "PHONE", "WRONG", "reviewed", "write"]
