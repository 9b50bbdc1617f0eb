"""One frozen dataclass per table of the reference base; attribute names are the column names of the CSV files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CostRow:
    """A price: plain SEK of `price_year` per `per`, falling on `payer` (METHOD §2, §8).

    `low` and `high` mean what `spread` says; `overlaps` names rows that may not be used beside this one (`*`: any).
    """

    id: str
    name_sv: str
    name_en: str
    category: str
    per: str
    value: float
    low: float | None
    high: float | None
    spread: str | None
    price_year: int
    index: str
    payer: str | None
    payee: str | None
    taxable: bool | None
    kind: str
    basis: str
    bought: bool | None
    draw_group: str | None
    overlaps: tuple[str, ...]
    use: str
    confidence: str
    source_title: str
    publisher: str
    source_year: int | None
    url: str
    quote: str
    note: str


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """An effect found by a study: intervention over (or minus) ordinary practice, with its 95 % interval (METHOD §8).

    `tau` is the between-study standard deviation (on the ln scale for ratio measures); `better` says which way the
    outcome improves; `developer_run`, `proxy` and `adjusted` are None where the source does not tell.
    """

    id: str
    intervention: str
    intervention_sv: str
    outcome_sv: str
    outcome_en: str
    better: str | None
    proxy: bool | None
    population: str
    country: str | None
    age_min: float | None
    age_max: float | None
    comparator: str
    comparator_sv: str
    measure: str
    estimate: float | None
    ci_low: float | None
    ci_high: float | None
    tau: float | None
    followup_months: float | None
    grade: str
    developer_run: bool | None
    adjusted: bool | None
    usable: str
    draw_group: str | None
    source_title: str
    year: int | None
    url: str
    quote: str
    confidence: str
    note: str


@dataclass(frozen=True, slots=True)
class BaselineRow:
    """A level under ordinary practice: `share` 0-1, `per person-year` a rate, others for reading only."""

    id: str
    name_sv: str
    name_en: str
    population: str
    region: str
    age_min: float | None
    age_max: float | None
    value: float
    unit: str
    year: int
    source_title: str
    url: str
    quote: str
    confidence: str
    note: str


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """A number that prices and taxes rest on: rates, shares, wages, quality-of-life weights."""

    id: str
    name_sv: str
    name_en: str
    value: float
    low: float | None
    high: float | None
    unit: str
    year: int
    source_title: str
    publisher: str
    url: str
    quote: str
    confidence: str
    note: str


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One year of one price index."""

    series: str
    year: int
    value: float
    source_title: str
    url: str
    confidence: str
    note: str


@dataclass(frozen=True, slots=True)
class LifeRow:
    """One age of the life table: `qx` the probability of dying before the next birthday."""

    period: str
    sex: str
    age: int
    qx: float
    lx: float
    ex: float


Priced = CostRow | EvidenceRow | BaselineRow | ParameterRow
