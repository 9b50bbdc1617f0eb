"""The sheet of the summary: what stands in which column, and every outcome whether it has a price or not."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from socio_calc.analysis.outcome_levels import first_level
from socio_calc.appraisal import Appraisal, load
from socio_calc.office import Sheet, parse_workbook
from socio_calc.report.workbook.text_width import lines_of
from socio_calc.report.workbook.write import compose
from tests.report.workbook_cases import EVERYTHING, MODELS, appraised, built


def summary_of(appraisal: Appraisal, lang: str = "sv") -> Sheet:
    return parse_workbook(compose(appraisal, lang).data, "book.xlsx").sheets[1]  # type: ignore[arg-type]


def rows_with(sheet: Sheet, text: str) -> list[tuple[int, dict[int, object]]]:
    """Return the rows that begin with a text, with what the formulas in them come to."""
    return [
        (row, {column: cell.cached for column, cell in cells.items() if cell.formula})
        for row, cells in sheet.rows
        if 1 in cells and cells[1].text == text
    ]


def test_payback_stands_in_the_column_of_its_horizon() -> None:
    data = {**EVERYTHING, "horizons": [2, 5, 9]}
    appraisal = appraised(built(data))
    sheet = summary_of(appraisal)
    ((_, years),) = rows_with(sheet, "Går jämnt upp, år från start")
    ((_, calendar),) = rows_with(sheet, "Går jämnt upp, årtal")
    # Three horizons stand in B, C and D; payback is that of the longest.
    assert set(years) == set(calendar) == {4}
    base = appraisal.result("payback_year", "societal", 9).base
    assert years[4] == ("–" if base is None else base)
    assert calendar[4] == ("–" if base is None else appraisal.first_year + base - 1)


def test_a_case_that_pays_back_says_in_which_year() -> None:
    data = {
        "format": 1, "title": "Lönar sig", "first_year": 2025, "price_year": 2024, "horizons": [1, 4],
        "discount_rate": 0, "participants": [{"year": 0, "number": 10}],
        "costs": [{"name": "Kurs", "actor": "kommun", "amount": 1000, "basis": "total", "years": [0]}],
        "outcomes": [
            {"id": "x", "name": "X", "level": "amount", "better": "higher", "ordinary": 0, "holds": 4,
             "effect": {"measure": "difference", "value": 1}, "evidence": {"grade": "judgement", "sources": ["s"]},
             "consequences": [{"name": "Värde", "kind": "wellbeing", "price": 40}]},
        ],
    }  # fmt: skip
    sheet = summary_of(appraised(built(data)))
    # 400 kr a year against 1,000 kr: even in the third year.
    assert rows_with(sheet, "Går jämnt upp, år från start")[0][1] == {3: 3}
    assert rows_with(sheet, "Går jämnt upp, årtal")[0][1] == {3: 2027}


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("name", ["styrka-hela-livet", "vaxa-ambassadorerna", "skolnarvaro"])
def test_every_outcome_has_its_level_in_the_first_year_of_the_effect(name: str, lang: str) -> None:
    appraisal = appraised(load(MODELS / f"{name}.yaml"))
    sheet = summary_of(appraisal, lang)
    unpriced = 0
    for outcome in appraisal.case.outcomes:
        unpriced += not outcome.consequences
        found = first_level(appraisal, outcome.id)
        assert found is not None
        scale = 1.0 if outcome.level == "amount" else 100.0
        ((_, shown),) = rows_with(sheet, outcome.name)
        wanted = [scale * level for level in (found.ordinary, found.intervention, found.change)]
        assert [shown[column] for column in (2, 3, 4)] == pytest.approx(wanted, rel=1e-9)
    assert unpriced


def test_a_small_difference_is_not_written_as_zero() -> None:
    book = openpyxl.load_workbook(BytesIO(compose(appraised(load(MODELS / "vgr-foraldrar.yaml")), "sv").data))
    found = [row for row in book.worksheets[1].iter_rows() if str(row[0].value).startswith("Familjens hälsa")]
    assert [cell.number_format for cell in found[0][1:4]] == ["0.0000"] * 3


@pytest.mark.parametrize(("lang", "difference"), [("sv", "Skillnad"), ("en", "Difference")])
def test_differences_are_summed_for_100_participants_and_those_of_amounts_are_not(lang: str, difference: str) -> None:
    appraisal = appraised(load(MODELS / "vaxa-ambassadorerna.yaml"))
    summed = [outcome for outcome in appraisal.case.outcomes if outcome.level != "amount"]
    assert 0 < len(summed) < len(appraisal.case.outcomes)
    shown = rows_with(summary_of(appraisal, lang), difference)
    for (_, row), outcome in zip(shown, summed, strict=True):
        for column, horizon in enumerate(appraisal.horizons, start=2):
            whole = appraisal.outcome(outcome.id, horizon).difference
            assert row[column] == pytest.approx(100.0 * whole / 875.0, rel=1e-9)


def test_states_of_pathways_stand_there_with_both_arms() -> None:
    appraisal = appraised(load(MODELS / "fullfoljda-studier.yaml"))
    assert not appraisal.case.outcomes
    states = [state for pathway in appraisal.case.pathways for state in pathway.states]
    sheet = summary_of(appraisal)
    for arm, name in (("ordinary", "Ordinarie arbetssätt"), ("intervention", "Med insatsen")):
        shown = rows_with(sheet, name)
        assert len(shown) == len(states) > 1
        for (_, row), state in zip(shown, states, strict=True):
            whole = getattr(appraisal.outcome(f"school.{state}", 15), arm)
            assert row[5] == pytest.approx(100.0 * whole / 120.0, rel=1e-9)


def test_lines_of_a_text_grow_with_it_and_shrink_with_the_column() -> None:
    text = "Kostnad för en plats i särskilt boende, per år, 2024 års priser"
    counts = [lines_of(text, width) for width in (10, 20, 40, 80)]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == 1 and counts[0] >= 6
    assert lines_of("x" * 1000, 20) > 40
    assert lines_of(text, 40, bold=True) >= lines_of(text, 40)


def test_the_uncertainty_of_every_outcome_stands_on_its_sheet() -> None:
    from socio_calc.appraisal import load

    for model in ("styrka-hela-livet.yaml", "fullfoljda-studier.yaml"):
        appraisal = appraised(load(MODELS / model))
        sheet = parse_workbook(compose(appraisal, "en").data, "book.xlsx").sheet("Uncertainty")
        assert sheet is not None
        rows = [cells for _, cells in sheet.rows if 1 in cells]
        (head,) = [at for at, cells in enumerate(rows) if cells[1].text.startswith("Difference in outcome")]
        below = rows[head + 1 : head + 1 + len(appraisal.outcome_rows)]
        shown = [[cells[column].value for column in (3, 4, 5, 7, 11)] for cells in below]
        of = {outcome.id: outcome.name for outcome in appraisal.case.outcomes}
        for cells, one in zip(below, appraisal.outcome_rows, strict=True):
            assert cells[1].text.endswith(of.get(one.outcome, one.outcome.rpartition(".")[2].replace("_", " ")))
        wanted = [
            [one.horizon, one.difference, one.difference_mean, one.difference_p5, one.difference_p95]
            for one in appraisal.outcome_rows
        ]
        assert shown == [pytest.approx(row) for row in wanted]
        assert len(wanted) >= 6
