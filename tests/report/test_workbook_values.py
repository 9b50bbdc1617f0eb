"""The values stored in the workbook are the engine's, for every measure, on cases of every kind."""

from __future__ import annotations

import io
from functools import cache

import openpyxl
import pytest
from hypothesis import Phase, given, settings

from socio_calc.appraisal import Appraisal, load
from socio_calc.case import Case
from socio_calc.report.workbook import NET_NAMES, SHEETS, write_workbook
from socio_calc.report.workbook.formula import MISSING
from socio_calc.report.workbook.write import compose
from tests.handworked.expectations import CASES as HANDWORKED
from tests.report.workbook_cases import EVERYTHING, MODELS, appraised, built
from tests.strategies import cases

_OTHER_VIEWS = {
    "npv_without_production": "without_production",
    "npv_without_health": "without_health",
}


@cache
def everything() -> Appraisal:
    return appraised(built(EVERYTHING))


def assert_agrees(appraisal: Appraisal) -> int:
    """Compare every cell of the results with the engine's figure; return how many there were."""
    results = compose(appraisal, "sv").results
    for (measure, perspective, number), cell in results.cells.items():
        horizon = appraisal.horizons[number]
        name, _, outcome = measure.partition(":")
        if name in ("ordinary", "intervention", "difference"):
            wanted: float | None = getattr(appraisal.outcome(outcome, horizon), name)
        else:
            view = _OTHER_VIEWS.get(measure, "all")
            row = appraisal.result(measure if view == "all" else "npv", perspective, horizon, view)
            wanted = row.base
        where = (measure, perspective, horizon)
        if wanted is None:
            assert cell.value == MISSING, where
        else:
            assert cell.value != MISSING, where
            size = abs(appraisal.base("pv_costs")) + abs(appraisal.base("pv_effects"))
            assert cell.value == pytest.approx(wanted, rel=1e-9, abs=1e-9 * max(size, 1.0)), where
    return len(results.cells)


@settings(max_examples=50, phases=(Phase.explicit, Phase.generate))
@given(cases(max_pathways=2))
def test_random_cases_agree_with_the_engine(case: Case) -> None:
    appraisal = appraised(case)
    assert assert_agrees(appraisal) >= 9 * 9 * len(appraisal.horizons)


def test_a_case_with_everything_agrees_with_the_engine() -> None:
    assert assert_agrees(everything()) > 9 * 9 * 3


@pytest.mark.parametrize("path", sorted(MODELS.glob("*.yaml")), ids=lambda path: path.stem)
def test_models_agree_with_the_engine(path: object) -> None:
    assert_agrees(appraised(load(str(path))))


@pytest.mark.parametrize("path", sorted(HANDWORKED.glob("*.yaml")), ids=lambda path: path.stem)
def test_handworked_cases_agree_with_the_engine(path: object) -> None:
    assert_agrees(appraised(load(str(path))))


def test_names_lead_to_the_net_values_of_the_longest_horizon() -> None:
    appraisal = everything()
    book = openpyxl.load_workbook(io.BytesIO(compose(appraisal, "sv").data), data_only=True)
    for name, perspective in NET_NAMES.items():
        sheet, cell = book.defined_names[name].attr_text.split("!")
        assert book[sheet][cell.replace("$", "")].value == pytest.approx(appraisal.base("npv", perspective), rel=1e-9)
    sheet, cell = book.defined_names["kalkylranta"].attr_text.split("!")
    assert book[sheet][cell.replace("$", "")].value == 0.035


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_all_sheets_and_no_number_typed_into_the_calculation(lang: str) -> None:
    data = compose(everything(), lang).data  # type: ignore[arg-type]
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert len(book.sheetnames) == len(SHEETS)
    calculation, results = book.worksheets[3], book.worksheets[4]
    for row in results.iter_rows():
        for cell in row:
            assert cell.data_type != "n" or cell.value is None, f"{cell.coordinate} is typed, not computed"
    years = everything().longest
    for row in calculation.iter_rows(min_row=5, min_col=4, max_col=4 + years + 2 * len(everything().horizons)):
        for cell in row:
            assert cell.data_type != "n" or cell.value is None, f"{cell.coordinate} is typed, not computed"


def test_the_same_appraisal_gives_the_same_bytes() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    write_workbook(appraised(built(EVERYTHING)), first)
    write_workbook(appraised(built(EVERYTHING)), second)
    assert first.getvalue() == second.getvalue()


def test_checks_are_right_as_computed() -> None:
    book = openpyxl.load_workbook(io.BytesIO(compose(everything(), "sv").data), data_only=True)
    statuses = [cell.value for (cell,) in book["Kontroller"].iter_rows(min_row=5, min_col=5, max_col=5) if cell.value]
    assert len(statuses) > 20
    assert set(statuses) == {"stämmer"}
    assert "Alla kontroller stämmer" in {cell.value for row in book["Sammanfattning"].iter_rows() for cell in row}
