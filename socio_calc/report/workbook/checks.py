"""The sheet of checks: differences that must be 0, and a verdict on all of them."""

from __future__ import annotations

from dataclasses import dataclass

from socio_calc.appraisal import Appraisal
from socio_calc.engine.ledger import ACTORS
from socio_calc.locale import Texts
from socio_calc.report.workbook.calc_sums import perspective_name, summed
from socio_calc.report.workbook.calculate import Calculated
from socio_calc.report.workbook.cells import InputCells
from socio_calc.report.workbook.formula import (
    Live,
    absolute,
    added,
    exponential,
    item,
    literal,
    logarithm,
    near_zero,
    power,
    sum_of,
    where,
)
from socio_calc.report.workbook.grid import Grid
from socio_calc.report.workbook.result_sheet import ResultCells
from socio_calc.report.workbook.styles import Role

_WHAT, _LIVE, _EXPECTED, _DIFFERENCE, _STATUS = range(5)
_HEAD_ROW = 3


@dataclass(frozen=True, slots=True)
class CheckCells:
    """The verdict in words, and the sum of all differences (0 when all is well)."""

    verdict: Live
    total: Live


@dataclass(frozen=True, slots=True)
class _Check:
    what: str
    live: Live
    expected: Live
    gross: Live
    engine: bool = False


def write_checks(
    grid: Grid, words: Texts, appraisal: Appraisal, inputs: InputCells, calc: Calculated, results: ResultCells
) -> CheckCells:
    """Write the checks; those against the engine say `changed` as soon as an input is not what it was."""
    grid.widths(A=64, B=20, C=20, D=16, E=16)
    grid.text(0, 0, words.t("workbook.checks.title"), "title")
    grid.paragraph(
        1,
        words.t(
            "workbook.checks.lead",
            version=appraisal.version,
            seed=appraisal.seed,
            draws=appraisal.number_of_draws,
        ),
    )
    for column, key in enumerate(("what", "live", "expected", "difference", "status")):
        role: Role = "head" if column == _WHAT else "head_right" if column < _STATUS else "unit_head"
        grid.text(_HEAD_ROW, column, words.t(f"workbook.checks.head.{key}"), role)
    checks = [
        *_always(words, appraisal, inputs, calc, results),
        *_against_engine(words, appraisal, calc, results),
    ]
    right, changed, wrong = (words.t(f"workbook.checks.{key}") for key in ("right", "changed", "wrong"))
    row = _HEAD_ROW + 1
    sums = []
    for engine in (False, True):
        top, differences = row, []
        for check in (check for check in checks if check.engine == engine):
            grid.text(row, _WHAT, check.what)
            found = grid.formula(row, _LIVE, check.live, kind="amount")
            expected = grid.formula(row, _EXPECTED, check.expected, kind="amount")
            difference = grid.formula(row, _DIFFERENCE, near_zero(found - expected, check.gross), kind="number")
            grid.formula(row, _STATUS, where(difference.equals(0), right, changed if engine else wrong), "unit", "text")
            differences.append(difference.value)
            row += 1
        sums.append(sum_of(absolute(grid.column(top, _DIFFERENCE, differences))))
    row += 1
    grid.text(row, _WHAT, words.t("workbook.checks.all"), "item")
    total = grid.formula(row, _DIFFERENCE, sums[0] + sums[1], "result", "number")
    verdict = where(
        sums[0] > 0,
        words.t("workbook.checks.all-wrong"),
        where(sums[1] > 0, words.t("workbook.checks.all-changed"), words.t("workbook.checks.all-right")),
    )
    cell = grid.formula(row + 1, _WHAT, verdict, "result", "line")
    grid.page((_HEAD_ROW, _HEAD_ROW), (_HEAD_ROW + 1, 1), f"{words.t('workbook.sheet.checks')} – {appraisal.title}")
    return CheckCells(cell, total)


def _always(
    words: Texts, appraisal: Appraisal, inputs: InputCells, calc: Calculated, results: ResultCells
) -> list[_Check]:
    """Return what must hold whatever the inputs are."""
    one, zero, sums = literal(1), literal(0), calc.sums
    checks = []
    for number in range(len(inputs.horizons)):
        parties = results.at("npv", ACTORS[0], number)
        for actor in ACTORS[1:]:
            parties = parties + results.at("npv", actor, number)
        what = words.t("workbook.checks.parties", n=number + 1)
        checks.append(
            _Check(what, parties, results.at("npv", "societal", number), sums.gross["societal", "net", number])
        )
    last = results.longest
    public = results.at("npv", "kommun") + results.at("npv", "region") + results.at("npv", "stat")
    checks.append(
        _Check(
            words.t("workbook.checks.public"), public, results.at("npv", "public"), sums.gross["public", "net", last]
        )
    )
    transfers = calc.ledger.flags["transfer"]
    checks.append(
        _Check(
            words.t("workbook.checks.transfers"),
            summed(transfers, calc.ledger.present[last]),
            zero,
            summed(transfers, calc.ledger.gross[last]),
        )
    )
    inside = calc.sheet.year.whole < inputs.horizons[-1]
    by_year = sum_of(inside * sums.net["societal"].whole)
    checks.append(
        _Check(
            words.t("workbook.checks.years"),
            by_year,
            results.at("npv", "societal"),
            sums.gross["societal", "net", last],
        )
    )
    if calc.taxes:
        shares = [calc.taxes[f"work-{actor}"] for actor in ("kommun", "region", "stat", "individ")]
        checks.append(_Check(words.t("workbook.checks.work"), shares[0] + shares[1] + shares[2] + shares[3], one, one))
    rates, factors, year = calc.money.rates, calc.money.factors, calc.sheet.year
    grown = exponential(0 - sum_of(logarithm(1 + rates.whole) * (year.whole > 0)))
    end = item(rates.whole, len(rates.cells))
    checks.append(
        _Check(
            words.t("workbook.checks.discount"),
            grown / power(1 + end, inputs.timing),
            item(factors.whole, len(factors.cells)),
            one,
        )
    )
    outside = added([*(one.outside for one in calc.outcomes), *(one.outside for one in calc.pathways)])
    checks.append(_Check(words.t("workbook.checks.levels"), outside, zero, one))
    order = 1 * (inputs.horizons[-1] > appraisal.longest)
    for first, second in zip(inputs.horizons, inputs.horizons[1:], strict=False):
        order = order + (first >= second)
    checks.append(_Check(words.t("workbook.checks.horizons"), order, zero, one))
    return checks


def _against_engine(words: Texts, appraisal: Appraisal, calc: Calculated, results: ResultCells) -> list[_Check]:
    """Return the figures that the engine computed, as constants, beside what the sheet makes of the inputs."""
    wanted = [("npv", "societal", number) for number in range(len(appraisal.horizons))]
    wanted += [("npv", who, results.longest) for who in ("public", *ACTORS)]
    wanted += [("pv_costs", "societal", results.longest), ("pv_effects", "societal", results.longest)]
    kinds = {"npv": "net", "pv_costs": "costs", "pv_effects": "effects"}
    checks = []
    for measure, who, number in wanted:
        horizon = appraisal.horizons[number]
        what = words.t(
            "workbook.checks.engine",
            measure=words.choice("result", measure),
            perspective=perspective_name(words, who),
            n=horizon,
        )
        computed = literal(appraisal.base(measure, who, horizon) + 0.0)
        gross = calc.sums.gross[who, kinds[measure], number]
        checks.append(_Check(what, results.at(measure, who, number), computed, gross, engine=True))
    return checks
