"""What must hold between the cells of a row and between rows, beyond what each cell may hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from socio_calc.problems import Place, Problem
from socio_calc.reference.indices import IndexSeries
from socio_calc.reference.life import LAST_AGE, LifeTable
from socio_calc.reference.rows import BaselineRow, CostRow, EvidenceRow, IndexRow, LifeRow, ParameterRow
from socio_calc.reference.tables import ReadTable
from socio_calc.reference.vocabulary import NO_INDEX, OVERLAPS_EVERYTHING, RATIO_MEASURES


def repeated_ids(table: ReadTable[Any]) -> Iterator[Problem]:
    """Yield `reference-repeated-id` for every row whose id an earlier row of the table has."""
    first: dict[str, int] = {}
    for row, line in zip(table.rows, table.lines, strict=True):
        if row.id in first:
            params = {"id": row.id, "line": first[row.id]}
            yield Problem("reference-repeated-id", Place(file=table.file, line=line, path=row.id), params)
        else:
            first[row.id] = line


def cost_problems(table: ReadTable[CostRow], indices: Mapping[str, IndexSeries]) -> Iterator[Problem]:
    """Yield what is wrong inside the rows of the prices: ranges, spread, payee, index year (METHOD §1, §2, §8)."""
    for row, line in zip(table.rows, table.lines, strict=True):
        place = Place(file=table.file, line=line, path=row.id)
        yield from _range_problems(place, row.low, row.value, row.high)
        if (row.low is None) != (row.spread is None):
            yield Problem("reference-spread-and-range", place, {"id": row.id})
        if row.value <= 0:
            yield Problem("reference-price-not-positive", place, {"id": row.id, "value": row.value})
        if row.kind == "transfer":
            if row.payer is None or row.payee is None or row.payer == row.payee:
                yield Problem("reference-transfer-parties", place, {"id": row.id})
            if row.taxable is None:
                yield Problem("missing-required", place, {"label": "taxable", "hint": "", "example": "false"})
        else:
            if row.payee is not None or row.taxable is not None:
                yield Problem("reference-payee-without-transfer", place, {"id": row.id})
            if row.payer is None:
                yield Problem("missing-required", place, {"label": "payer", "hint": "", "example": "kommun"})
        if row.index != NO_INDEX and row.index in indices:
            series = indices[row.index]
            if row.price_year not in series.values:
                params = {
                    "series": row.index,
                    "first": series.first,
                    "last": series.last,
                    "label": row.id,
                    "year": row.price_year,
                }
                yield Problem("year-outside-index", place, params)


def overlap_problems(table: ReadTable[CostRow], known: Mapping[str, CostRow]) -> Iterator[Problem]:
    """Yield overlaps that name a row that does not exist, the row itself, or a row that does not name it back."""
    for row, line in zip(table.rows, table.lines, strict=True):
        place = Place(file=table.file, line=line, path=f"{row.id}.overlaps")
        for name in row.overlaps:
            if name == OVERLAPS_EVERYTHING:
                continue
            other = known.get(name)
            if other is None or name == row.id:
                yield Problem("reference-unknown-overlap", place, {"id": row.id, "other": name})
            elif row.id not in other.overlaps and OVERLAPS_EVERYTHING not in other.overlaps:
                yield Problem("reference-one-sided-overlap", place, {"id": row.id, "other": name})


def evidence_problems(table: ReadTable[EvidenceRow]) -> Iterator[Problem]:
    """Yield intervals that do not surround the estimate, ratios that are not positive, impossible ages."""
    for row, line in zip(table.rows, table.lines, strict=True):
        place = Place(file=table.file, line=line, path=row.id)
        if (row.ci_low is None) != (row.ci_high is None):
            given, missing = ("ci_low", "ci_high") if row.ci_high is None else ("ci_high", "ci_low")
            yield Problem("one-sided-interval", place, {"label": row.id, "given": given, "missing": missing})
        elif row.ci_low is not None and row.ci_high is not None and row.estimate is not None:
            if not row.ci_low <= row.estimate <= row.ci_high:
                params = {"estimate": row.estimate, "a": row.ci_low, "b": row.ci_high}
                yield Problem("estimate-outside-ci", place, params)
        numbers = (row.estimate, row.ci_low, row.ci_high)
        if row.measure in RATIO_MEASURES and any(number is not None and number <= 0 for number in numbers):
            yield Problem("reference-ratio-not-positive", place, {"id": row.id})
        if row.tau is not None and row.tau < 0:
            yield Problem("negative-amount", place, {"label": "tau", "value": row.tau})
        if row.usable == "effect" and (row.estimate is None or row.measure == "other"):
            yield Problem("reference-effect-without-number", place, {"id": row.id})
        yield from _age_problems(place, row.age_min, row.age_max)


def baseline_problems(table: ReadTable[BaselineRow]) -> Iterator[Problem]:
    """Yield shares outside 0-1, negative levels and impossible ages."""
    for row, line in zip(table.rows, table.lines, strict=True):
        place = Place(file=table.file, line=line, path=row.id)
        if row.unit == "share" and not 0 <= row.value <= 1:
            params = {"label": row.id, "value": row.value, "percent": row.value, "share": row.value / 100}
            yield Problem("percent-or-share", place, params)
        elif row.value < 0:
            yield Problem("negative-amount", place, {"label": row.id, "value": row.value})
        yield from _age_problems(place, row.age_min, row.age_max)


def parameter_problems(table: ReadTable[ParameterRow]) -> Iterator[Problem]:
    """Yield ranges that do not surround the value."""
    for row, line in zip(table.rows, table.lines, strict=True):
        yield from _range_problems(Place(file=table.file, line=line, path=row.id), row.low, row.value, row.high)


def build_indices(table: ReadTable[IndexRow]) -> tuple[dict[str, IndexSeries], list[Problem]]:
    """Gather the yearly values into series; a gap, a repeated year or a value that is not positive is a problem."""
    values: dict[str, dict[int, float]] = {}
    problems: list[Problem] = []
    for row, line in zip(table.rows, table.lines, strict=True):
        place = Place(file=table.file, line=line, path=f"{row.series}.{row.year}")
        series = values.setdefault(row.series, {})
        if row.year in series:
            problems.append(Problem("reference-repeated-id", place, {"id": f"{row.series} {row.year}", "line": line}))
        if row.value <= 0:
            problems.append(Problem("reference-price-not-positive", place, {"id": row.series, "value": row.value}))
        series[row.year] = row.value
    indices = {}
    for name, by_year in values.items():
        first, last = min(by_year), max(by_year)
        gaps = tuple(year for year in range(first, last + 1) if year not in by_year)
        if gaps:
            problems.append(Problem("reference-index-gap", Place(file=table.file), {"series": name, "years": gaps}))
        indices[name] = IndexSeries(name, first, last, dict(sorted(by_year.items())))
    return indices, problems


def build_life_table(table: ReadTable[LifeRow]) -> tuple[LifeTable | None, list[Problem]]:
    """Gather the probabilities of death by sex; all ages 0..100 must stand there, of one period, within 0-1."""
    by_sex: dict[str, dict[int, float]] = {"women": {}, "men": {}, "both": {}}
    problems = []
    for row, line in zip(table.rows, table.lines, strict=True):
        if not 0 <= row.qx <= 1:
            place = Place(file=table.file, line=line, path=f"{row.sex}.{row.age}.qx")
            params = {"label": "qx", "value": row.qx, "percent": row.qx, "share": row.qx / 100}
            problems.append(Problem("percent-or-share", place, params))
        by_sex[row.sex][row.age] = row.qx
    for sex, by_age in by_sex.items():
        if sorted(by_age) != list(range(LAST_AGE + 1)):
            problems.append(Problem("reference-life-table-ages", Place(file=table.file), {"sex": sex}))
    periods = {row.period for row in table.rows}
    if len(periods) > 1:
        problems.append(Problem("reference-life-table-periods", Place(file=table.file), {"periods": sorted(periods)}))
    if problems or not periods:
        return None, problems
    women, men, both = (tuple(by_sex[sex][age] for age in range(LAST_AGE + 1)) for sex in ("women", "men", "both"))
    return LifeTable(periods.pop(), women, men, both), problems


def _range_problems(place: Place, low: float | None, value: float, high: float | None) -> Iterable[Problem]:
    if (low is None) != (high is None):
        given, missing = ("low", "high") if high is None else ("high", "low")
        yield Problem("one-sided-interval", place, {"label": place.path, "given": given, "missing": missing})
    elif low is not None and high is not None and not low <= value <= high:
        yield Problem("mode-outside", place, {"label": place.path, "mode": value, "low": low, "high": high})


def _age_problems(place: Place, age_min: float | None, age_max: float | None) -> Iterable[Problem]:
    if age_min is not None and age_max is not None and age_min > age_max:
        yield Problem("low-above-high", place, {"label": place.path, "low": age_min, "high": age_max})
