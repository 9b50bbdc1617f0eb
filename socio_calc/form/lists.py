"""The lists that drop-downs show, on a hidden sheet: choices, prices with unit and price, effects, levels, indices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from socio_calc.form.values import VALUES, labels, list_of
from socio_calc.locale import Language, number, texts

if TYPE_CHECKING:
    from socio_calc.reference import BaselineRow, CostRow, EvidenceRow, ReferenceBase

#: Names of lists that are no closed lists of the case file.
PRICES, EVIDENCE, BASELINES = "cost", "evidence", "baseline"
#: Longest text of a row in a drop-down: longer ones are cut off by spreadsheet programs.
_LONGEST: Final = 240
_USES: Final = ("default", "alternative")


@dataclass(frozen=True)
class ListColumn:
    """One column of the sheet of lists: its name and what it holds, one item for each row."""

    name: str
    items: tuple[str | float | None, ...]


def list_columns(base: ReferenceBase, lang: Language) -> tuple[ListColumn, ...]:
    """Return all columns of the sheet of lists; columns that begin with the same word have rows in common.

    Only effects that can be used, and levels that are shares or rates, are offered.
    """
    columns = [ListColumn(name, tuple(labels(name, lang).values())) for name in VALUES]
    prices = tuple(base.costs.values())
    columns += [
        ListColumn(PRICES, tuple(price_text(row, lang) for row in prices)),
        ListColumn(f"{PRICES}.id", tuple(row.id for row in prices)),
        ListColumn(f"{PRICES}.value", tuple(row.value for row in prices)),
        ListColumn(f"{PRICES}.unit", tuple(_unit(row, lang) for row in prices)),
        ListColumn(f"{PRICES}.year", tuple(row.price_year for row in prices)),
        ListColumn(f"{PRICES}.index", tuple(row.index for row in prices)),
        ListColumn(f"{PRICES}.kind", tuple(row.kind for row in prices)),
        ListColumn(f"{PRICES}.payer", tuple(row.payer for row in prices)),
        ListColumn(f"{PRICES}.basis", tuple(row.basis for row in prices)),
        ListColumn(
            f"{PRICES}.overlaps", tuple(f"|{'|'.join(row.overlaps)}|" if row.overlaps else None for row in prices)
        ),
        ListColumn(f"{PRICES}.source", tuple(row.source_title for row in prices)),
    ]
    effects = tuple(row for row in base.evidence.values() if row.usable == "effect" and row.estimate is not None)
    columns += [
        ListColumn(EVIDENCE, tuple(evidence_text(row, lang) for row in effects)),
        ListColumn(f"{EVIDENCE}.value", tuple(row.estimate for row in effects)),
        ListColumn(f"{EVIDENCE}.source", tuple(row.source_title for row in effects)),
    ]
    levels = tuple(row for row in base.baselines.values() if row.unit in ("share", "per person-year"))
    columns += [
        ListColumn(BASELINES, tuple(baseline_text(row, lang) for row in levels)),
        ListColumn(f"{BASELINES}.value", tuple(row.value for row in levels)),
        ListColumn(f"{BASELINES}.source", tuple(row.source_title for row in levels)),
    ]
    first = min(series.first for series in base.indices.values())
    last = max(series.last for series in base.indices.values())
    columns.append(ListColumn("year", tuple(range(first, last + 1))))
    for name, series in base.indices.items():
        columns.append(ListColumn(f"year.{name}", tuple(series.values.get(year) for year in range(first, last + 1))))
    return tuple(columns)


def price_text(row: CostRow, lang: Language) -> str:
    """Return a price as its drop-down shows it, its id last in square brackets."""
    words = texts(lang)
    name = row.name_sv if lang == "sv" else row.name_en
    payer = None if row.payer is None else words.choice("actor", row.payer)
    amount = number(row.value, lang, 0 if row.value >= 1000 or row.value == int(row.value) else 2)
    parts = [
        words.t("form.list.price", name=name, amount=amount, unit=_unit(row, lang)),
        *([payer] if payer else []),
        str(row.price_year),
        *([words.choice("price_use", row.use)] if row.use not in _USES else []),
    ]
    return _with_id(" · ".join(parts), row.id)


def evidence_text(row: EvidenceRow, lang: Language) -> str:
    """Return an effect as its drop-down shows it."""
    words = texts(lang)
    intervention, outcome = (
        (row.intervention_sv, row.outcome_sv) if lang == "sv" else (row.intervention, row.outcome_en)
    )
    effect = number(row.estimate or 0.0, lang)
    if row.ci_low is not None and row.ci_high is not None:
        effect = words.t("form.list.interval", x=effect, low=number(row.ci_low, lang), high=number(row.ci_high, lang))
    said = words.t(
        "form.list.evidence",
        intervention=intervention,
        outcome=outcome,
        measure=words.choice("evidence_measure", row.measure),
        effect=effect,
    )
    return _with_id(said, row.id)


def baseline_text(row: BaselineRow, lang: Language) -> str:
    """Return a level as its drop-down shows it."""
    words = texts(lang)
    said = words.t(
        "form.list.baseline",
        name=row.name_sv if lang == "sv" else row.name_en,
        value=number(row.value, lang),
        unit=words.choice("baseline_unit", row.unit.replace(" ", "-").lower()),
        where=row.region,
        year=row.year,
    )
    return _with_id(said, row.id)


def reference_text(kind: str, id_: str, base: ReferenceBase, lang: Language) -> str:
    """Return how a drop-down shows a row of the base; the bare id where the base has no such row."""
    if kind == PRICES and id_ in base.costs:
        return price_text(base.costs[id_], lang)
    if kind == EVIDENCE and id_ in base.evidence:
        return evidence_text(base.evidence[id_], lang)
    if kind == BASELINES and id_ in base.baselines:
        return baseline_text(base.baselines[id_], lang)
    return id_


def explanations(lang: Language) -> tuple[tuple[str, str, str], ...]:
    """Return every choice that has an explanation: its list, its label, and what it means."""
    words = texts(lang)
    found = []
    for name, values in VALUES.items():
        for value in values:
            said = words.explain(list_of(name, value), value)
            if said:
                found.append((name, words.choice(list_of(name, value), value), said))
    return tuple(found)


def _unit(row: CostRow, lang: Language) -> str:
    return texts(lang).choice("price_unit", row.per)


def _with_id(text: str, id_: str) -> str:
    room = _LONGEST - len(id_) - 3
    return f"{text if len(text) <= room else text[: room - 1] + '…'} [{id_}]"
