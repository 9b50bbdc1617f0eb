"""The values stored in the workbook are the engine's, for every measure, on cases of every kind."""

from __future__ import annotations

import io
from functools import cache

import openpyxl
import pytest
from hypothesis import Phase, given, settings

from socio_calc.appraisal import Appraisal, load
from socio_calc.case import Case
from socio_calc.report.net_cost import net_cost_per
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
        if measure == "bcr" and wanted is not None and wanted < 0:
            # No gain to divide by the costs: a dash, as in the document.
            wanted = None
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


def test_a_gain_below_zero_is_no_gain_to_divide_by_the_cost() -> None:
    data = {
        "format": 1, "title": "Kostar mer", "first_year": 2025, "price_year": 2024, "horizons": [1, 2],
        "discount_rate": 0, "participants": [{"year": 0, "number": 10}],
        "costs": [{"name": "Kurs", "actor": "kommun", "amount": 1000, "basis": "total", "years": [0]}],
        "outcomes": [
            {"id": "x", "name": "X", "level": "amount", "better": "lower", "ordinary": 0, "holds": 2,
             "effect": {"measure": "difference", "value": 1}, "evidence": {"grade": "judgement", "sources": ["s"]},
             "consequences": [{"name": "Värde", "kind": "wellbeing_loss", "price": 40}]},
        ],
    }  # fmt: skip
    appraisal = appraised(built(data))
    assert appraisal.base("bcr", "societal", 2) == pytest.approx(-0.8)
    assert appraisal.result("bcr", "kommun", 2).base == 0.0
    cells = compose(appraisal, "sv").results.cells
    # The document says the same: there is no gain to divide by the costs.
    assert cells["bcr", "societal", 1].value == MISSING
    assert cells["bcr", "kommun", 1].value == 0.0


@pytest.mark.parametrize("name", ["skolnarvaro", "las-pa-recept"])
def test_a_net_cost_that_the_document_leaves_out_has_the_reason_below_it(name: str) -> None:
    appraisal = appraised(load(str(MODELS / f"{name}.yaml")))
    sheet = openpyxl.load_workbook(io.BytesIO(compose(appraisal, "sv").data))["Resultat"]
    column = [str(cell.value or "") for cell in sheet["A"]]
    unsure = [net_cost_per(appraisal, outcome.id) for outcome in appraisal.case.outcomes]
    reasons = [found for found in unsure if isinstance(found, str)]
    assert reasons
    texts = {"may-be-saved": "nettokostnaden kan vara under noll", "may-not-change": "inte säkert att utfallet ändras"}
    assert sum(text.startswith("Visas inte i rapporten") for text in column) == len(reasons)
    for outcome, found in zip(appraisal.case.outcomes, unsure, strict=True):
        (at,) = [
            row for row, text in enumerate(column)
            if text.startswith("Nettokostnad för") and text.casefold().endswith(f": {outcome.name}".casefold())
        ]  # fmt: skip
        below = column[at + 1]
        assert (texts[found] in below) if isinstance(found, str) else not below.startswith("Visas inte")


@pytest.mark.parametrize(("name", "averages"), [("skolnarvaro", True), ("ips", False)])
def test_sums_of_averages_are_said_to_be_sums(name: str, averages: bool) -> None:
    appraisal = appraised(load(str(MODELS / f"{name}.yaml")))
    assert any(outcome.level == "amount" for outcome in appraisal.case.outcomes) == averages
    sheet = openpyxl.load_workbook(io.BytesIO(compose(appraisal, "sv").data))["Resultat"]
    column = [str(cell.value or "") for cell in sheet["A"]]
    note = " ".join(column[column.index("Utfall, summerade över åren") + 1 : column.index("Utfall")])
    assert note.startswith("Summor över alla år") and note.endswith("på bladet Sammanfattning.")
    assert ("Det är inte en nivå." in note) == averages


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
