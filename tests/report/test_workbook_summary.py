"""The first sheet: what stands in which column, and every outcome whether it has a price or not."""

from __future__ import annotations

import pytest

from socio_calc.appraisal import Appraisal
from socio_calc.office import Sheet, parse_workbook
from socio_calc.report.workbook.text_width import lines_of
from socio_calc.report.workbook.write import compose
from tests.report.workbook_cases import EVERYTHING, MODELS, appraised, built


def summary_of(appraisal: Appraisal, lang: str = "sv") -> Sheet:
    return parse_workbook(compose(appraisal, lang).data, "book.xlsx").sheets[0]  # type: ignore[arg-type]


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


@pytest.mark.parametrize(
    ("lang", "arms"),
    [
        ("sv", ("Ordinarie arbetssätt", "Med insatsen", "Skillnad")),
        ("en", ("Ordinary practice", "With the intervention", "Difference")),
    ],
)
def test_every_outcome_stands_with_both_arms_at_every_horizon(lang: str, arms: tuple[str, str, str]) -> None:
    from socio_calc.appraisal import load

    appraisal = appraised(load(MODELS / "styrka-hela-livet.yaml"))
    sheet = summary_of(appraisal, lang)
    shown = [rows_with(sheet, arm) for arm in arms]
    assert [len(rows) for rows in shown] == [2, 2, 2]
    # The second outcome has no price; it stands here all the same.
    assert not appraisal.case.outcomes[1].consequences
    for number, outcome in enumerate(appraisal.case.outcomes):
        for rows, arm in zip(shown, ("ordinary", "intervention", "difference"), strict=True):
            for column, horizon in enumerate(appraisal.horizons, start=2):
                wanted = getattr(appraisal.outcome(outcome.id, horizon), arm)
                assert rows[number][1][column] == pytest.approx(wanted, rel=1e-9)


def test_states_of_pathways_stand_there_too() -> None:
    from socio_calc.appraisal import load

    appraisal = appraised(load(MODELS / "fullfoljda-studier.yaml"))
    states = sum(len(pathway.states) for pathway in appraisal.case.pathways)
    assert states
    assert len(rows_with(summary_of(appraisal), "Skillnad")) == len(appraisal.case.outcomes) + states


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
        shown = [
            [cells[column].value for column in (3, 4, 5, 7, 11)]
            for _, cells in sheet.rows
            if 1 in cells and cells[1].text.startswith("Difference in outcome")
        ]
        wanted = [
            [one.horizon, one.difference, one.difference_mean, one.difference_p5, one.difference_p95]
            for one in appraisal.outcome_rows
        ]
        assert shown == [pytest.approx(row) for row in wanted]
        assert len(wanted) >= 6
