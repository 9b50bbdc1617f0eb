"""Values of a case as a reader sees them: a share as per cent, a choice by its label, a quantity with its interval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from socio_calc.locale import Texts, number, share
from socio_calc.locale.placeholders import inline
from socio_calc.review.scene import Scene

#: Last keys of paths whose numbers are shares, and whose numbers are SEK.
SHARES: Final = frozenset(
    {
        "completion", "deadweight", "attribution", "evidence_adjustment", "displacement", "causal_share", "marginal",
        "realisable", "rate", "contributions", "growth", "discount_rate", "discount_rate_health", "share_women",
    }
)  # fmt: skip
MONEY: Final = frozenset({"amount", "wage", "price", "health_value", "applied"})
#: Last key of a path → closed list that its values belong to.
_CHOICES: Final[Mapping[str, str]] = {
    "effect_on": "effect_on",
    "kind": "kind",
    "payer": "actor",
    "payee": "actor",
    "actor": "actor",
    "funding": "funding",
    "measure": "measure",
    "holds": "holds",
    "link": "link",
    "level": "level",
    "index": "index",
    "survival": "survival",
    "timing": "timing",
    "grade": "grade",
    "basis": "basis",
    "stage": "stage",
    "method_status": "method_status",
}
#: Last keys of paths to calendar years.
_CALENDAR: Final = frozenset({"first_year", "price_year", "from_year"})
#: Levels of outcomes that are probabilities.
_PROBABILITIES: Final = frozenset({"probability", "event"})
_DIGITS: Final = 3
_LONGEST_TEXT: Final = 120


def value_in_words(path: str, written: Any, scene: Scene, words: Texts) -> str:
    """Return a value of the case's raw data at a path in words.

    Parameters
    ----------
    path, written
        Where it stands, and what stands there (or is to stand there).
    scene
        The case: names of rows and of levels.
    words
        Texts of the language.
    """
    last = next((part for part in reversed(path.split(".")) if not part.isdigit()), "")
    if isinstance(written, bool):
        return inline(words.choice("yes_no", str(written).lower()))
    if isinstance(written, int) and (last in _CALENDAR or (1900 <= written <= 2200 and last == "year")):
        return str(written)
    if isinstance(written, int | float):
        return with_unit(digits(float(written), path, scene, words), path, scene, words)
    if isinstance(written, str):
        key = f"choice.{_CHOICES.get(last)}.{written}"
        return inline(words.t(key)) if last in _CHOICES and words.has(key) else _cut(written)
    if isinstance(written, list):
        return ", ".join(value_in_words(path, item, scene, words) for item in written) or "–"
    if isinstance(written, dict):
        return _quantity(path, written, scene, words)
    return "–"


def _quantity(path: str, written: Mapping[str, Any], scene: Scene, words: Texts) -> str:
    """Write a quantity: its value and its interval, or the name of what it refers to."""
    sv = words.lang == "sv"
    if "cost" in written and (row := scene.base.costs.get(str(written["cost"]))) is not None:
        return _named(row.name_sv if sv else row.name_en, path, (row.low, row.value, row.high), scene, words)
    if "evidence" in written and (found := scene.base.evidence.get(str(written["evidence"]))) is not None:
        outcome = found.outcome_sv if sv else found.outcome_en
        return _named(outcome, path, (found.ci_low, found.estimate, found.ci_high), scene, words)
    if "baseline" in written and (level := scene.base.baselines.get(str(written["baseline"]))) is not None:
        return _named(level.name_sv if sv else level.name_en, path, (None, level.value, None), scene, words)
    if "ref" in written:
        name = str(written["ref"])
        meant = (scene.data.get("quantities") or {}).get(name)
        value = (
            ""
            if meant is None or (isinstance(meant, dict) and "ref" in meant)
            else value_in_words(path, meant, scene, words)
        )
        return f"{name.replace('_', ' ')}: {value}" if value else name.replace("_", " ")
    if "events" in written and "of" in written:
        of_all = share(float(written["events"]) / float(written["of"]), words.lang)
        return words.t("check.value.events", events=written["events"], of=written["of"], share=of_all)
    if "values" in written and "weights" in written:
        values = tuple(with_unit(digits(x, path, scene, words), path, scene, words) for x in written["values"])
        return words.t("check.value.one-of", values=values, weights=tuple(written["weights"]))
    if "sd" in written:
        mean, sd = (digits(written[key], path, scene, words) for key in ("mean", "sd"))
        return words.t("check.value.sd", mean=with_unit(mean, path, scene, words), sd=sd)
    middle = next((written[key] for key in ("value", "estimate", "mode", "mean") if key in written), None)
    low, high = written.get("low"), written.get("high")
    if isinstance(written.get("ci"), list) and len(written["ci"]) == 2:
        low, high = written["ci"]
    if not isinstance(low, int | float) or not isinstance(high, int | float):
        return "–" if middle is None else value_in_words(path, middle, scene, words)
    between = "quantity.to" if low < 0 or high < 0 else "quantity.range"
    ends = words.t(between, low=digits(low, path, scene, words), high=digits(high, path, scene, words))
    if not isinstance(middle, int | float):
        return with_unit(ends, path, scene, words)
    inside = with_unit(digits(middle, path, scene, words), path, scene, words)
    return f"{inside} ({ends})"


def _named(
    name: str, path: str, ends: tuple[float | None, float | None, float | None], scene: Scene, words: Texts
) -> str:
    """Write a row of the reference base: its value with its interval, and its name."""
    low, middle, high = ends
    if middle is None:
        return name
    text = with_unit(digits(middle, path, scene, words), path, scene, words)
    if low is not None and high is not None:
        between = "quantity.to" if low < 0 or high < 0 else "quantity.range"
        ends_text = words.t(between, low=digits(low, path, scene, words), high=digits(high, path, scene, words))
        text = f"{text} ({ends_text})"
    return f"{text}: {inline(name)}"


def kind_of(path: str, scene: Scene) -> str:
    """Return `share`, `sek`, `years` or `number`: what the numbers at a path are."""
    parts = path.split(".")
    last = next((part for part in reversed(parts) if not part.isdigit()), "")
    if parts[0] in ("outcomes", "pathways") and last == "ordinary":
        found = next((outcome for outcome in scene.case.outcomes if outcome.id == parts[1]), None)
        return "share" if found is not None and found.level in _PROBABILITIES else "number"
    if last in SHARES or (
        parts[0] == "pathways" and parts[2:3] in (["transitions"], ["start"]) and "counts" not in parts
    ):
        return "share"
    if last in MONEY or "applied" in parts[1:2]:
        return "sek"
    return "years" if last in ("holds", "lasts", "lag", "delay", "duration", "horizons", "over") else "number"


def digits(value: float, path: str, scene: Scene, words: Texts) -> str:
    """Write a number at a path with three significant digits, whole numbers whole, without its unit."""
    kind = kind_of(path, scene)
    if kind == "share":
        tenths = abs(value) >= 0.1 and abs(value - round(value, 3)) < 1e-9 and value != round(value, 2)
        if tenths:
            return number(100.0 * value, words.lang, decimals=1)
        return share(value, words.lang).removesuffix("%").rstrip("\u00a0 ")
    if kind == "years" or (value == int(value) and abs(value) < 1e6) or (kind == "sek" and abs(value) >= 100):
        return number(round(value), words.lang, decimals=0)
    return number(float(f"{value:.{_DIGITS}g}"), words.lang)


def with_unit(text: str, path: str, scene: Scene, words: Texts) -> str:
    """Add the unit of a path to a number, or to an interval."""
    kind = kind_of(path, scene)
    return text if kind == "number" else words.plural(f"quantity.{kind}", 1 if text == "1" else 2, x=text)


def _cut(text: str) -> str:
    clean = " ".join(text.split())
    return clean if len(clean) <= _LONGEST_TEXT else clean[: _LONGEST_TEXT - 1].rstrip() + "…"
