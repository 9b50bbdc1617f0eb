"""The values stored in the workbook are the engine's, for every measure, on cases of every kind."""

from __future__ import annotations

import io
from functools import cache

import openpyxl
import pytest
from hypothesis import Phase, given, settings

from socio_calc.analysis.outcome_levels import enough_people, first_level, possible_people
from socio_calc.appraisal import Appraisal, load
from socio_calc.case import Case
from socio_calc.locale import Language
from socio_calc.report.net_cost import net_cost_per
from socio_calc.report.workbook import NET_NAMES, SHEETS, write_workbook
from socio_calc.report.workbook.formula import MISSING
from socio_calc.report.workbook.write import compose
from socio_calc.templates.figures import participants
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


def told(appraisal: Appraisal, measure: str, perspective: str, horizon: int, value: float) -> float | str | None:
    """Return what stands in the place of a figure that says nothing, as in the document; else the figure."""
    name, _, id = measure.partition(":")
    if name == "bcr" and value < 0:
        return None  # no gain to divide by the costs
    if name == "irr":
        if perspective != "societal" and appraisal.base("pv_costs", perspective, horizon) <= 0:
            return None  # the party pays nothing
        yearly = appraisal.figures.net_by_year(perspective, discounted=False)[:horizon]
        return "under 0 %" if value < 0 and yearly.sum() < 0 else value
    if name == "break_even_number":
        (outcome,) = (one for one in appraisal.stated_outcomes if one.id == id)
        if not outcome.consequences:
            return None
        room = possible_people(first_level(appraisal, id), outcome, participants(appraisal))
        return value if enough_people(value, room) else None
    return value


def assert_agrees(appraisal: Appraisal) -> int:
    """Compare every cell of the results with the engine's figure; return how many there were."""
    results = compose(appraisal, "sv").results
    for (measure, perspective, number), cell in results.cells.items():
        horizon = appraisal.horizons[number]
        name, _, outcome = measure.partition(":")
        if name in ("ordinary", "intervention", "difference"):
            wanted: float | str | None = getattr(appraisal.outcome(outcome, horizon), name)
        else:
            view = _OTHER_VIEWS.get(measure, "all")
            row = appraisal.result(measure if view == "all" else "npv", perspective, horizon, view)
            wanted = row.base
        if wanted is not None:
            wanted = told(appraisal, measure, perspective, horizon, wanted)
        where = (measure, perspective, horizon)
        if wanted is None:
            assert cell.value == MISSING, where
        elif isinstance(wanted, str):
            assert cell.value == wanted, where
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
    # The tables of the report leave out years in which nothing can differ.
    assert "också de år då effekten inte räknas" in note and "skillnaden är densamma" in note
    assert ("Det är inte en nivå." in note) == averages


def test_sums_of_states_are_those_of_the_report() -> None:
    sheet = openpyxl.load_workbook(
        io.BytesIO(compose(appraised(load(str(MODELS / "fullfoljda-studier.yaml"))), "sv").data)
    )["Resultat"]
    column = [str(cell.value or "") for cell in sheet["A"]]
    assert column[column.index("Utfall, summerade över åren") + 1] == (
        "Summor över alla år, utan diskontering, för alla deltagare."
    )


def test_no_number_of_people_who_are_not_there() -> None:
    """Breastfed children have no price, and the intervention cannot make a difference for more than take part."""
    appraisal = appraised(load(str(MODELS / "hembesok.yaml")))
    data = compose(appraisal, "sv").data
    cells = compose(appraisal, "sv").results.cells
    found = {key[0].partition(":")[2]: cell for key, cell in cells.items() if key[0].startswith("break_even_number")}
    unpriced = [one.id for one in appraisal.case.outcomes if not one.consequences]
    assert set(unpriced) & set(found)
    for id in found:
        engine = appraisal.result(f"break_even_number:{id}").base
        assert engine is not None
        fits = id not in unpriced and engine - 1 < participants(appraisal)
        assert found[id].value == (engine if fits else MISSING), id
    shown = [
        [cell.value for cell in row]
        for row in openpyxl.load_workbook(io.BytesIO(data))["Osäkerhet"].iter_rows()
        if str(row[0].value).startswith("Antal som insatsen måste göra skillnad för")
    ]
    most = participants(appraisal) + 1
    assert all(not isinstance(value, int | float) or value < most for row in shown for value in row[3:11])


def test_no_number_of_people_where_fewer_than_that_get_the_outcome() -> None:
    """282 take part and 44 of them would fall ill: 47 cannot be spared it."""
    appraisal = appraised(load(str(MODELS / "vgr-psykisk-halsa.yaml")))
    name = "break_even_number:depression"
    assert appraisal.result(name).base == 47.0 < participants(appraisal)
    written = compose(appraisal, "sv")
    cells = {h: cell for (measure, _, h), cell in written.results.cells.items() if measure == name}
    assert cells[len(appraisal.horizons) - 1].value == MISSING
    names = [str(row[0].value) for row in openpyxl.load_workbook(io.BytesIO(written.data))["Osäkerhet"].iter_rows()]
    assert names and not [one for one in names if one.startswith("Antal som insatsen måste göra skillnad för")]


@pytest.mark.parametrize(("lang", "below"), [("sv", "under 0 %"), ("en", "below 0%")])
def test_a_rate_below_zero_is_told_as_in_the_report_and_belongs_to_those_who_pay(lang: Language, below: str) -> None:
    appraisal = appraised(load(str(MODELS / "fullfoljda-studier.yaml")))
    written = compose(appraisal, lang)
    rates = {
        who: cell.value
        for (name, who, h), cell in written.results.cells.items()
        if name == "irr" and h == len(appraisal.horizons) - 1
    }
    assert (appraisal.result("irr").base or 0.0) < 0
    assert rates["societal"] == below
    engine = appraisal.result("irr", "individ")
    assert engine.base is not None and appraisal.base("pv_costs", "individ") == 0
    assert rates["individ"] == MISSING
    assert not [value for value in rates.values() if isinstance(value, float) and value < 0]
    uncertain = openpyxl.load_workbook(io.BytesIO(written.data)).worksheets[SHEETS.index("uncertainty")]
    (first, *_) = [
        [cell.value for cell in row]
        for row in uncertain.iter_rows()
        if row[0].value in ("Internränta", "Internal rate of return")
    ]
    assert first[3] == below
    assert not [value for value in first[3:11] if isinstance(value, int | float) and value < 0]


def test_quotients_have_no_standard_deviation() -> None:
    appraisal = appraised(load(str(MODELS / "styrka-hela-livet.yaml")))
    sheet = openpyxl.load_workbook(io.BytesIO(compose(appraisal, "sv").data))["Osäkerhet"]
    quotients = ("Nytta per", "Effekt som krävs", "Antal som insatsen", "Nettokostnad ", "Nettonuvärde per krona")
    found = 0
    for row in sheet.iter_rows():
        if str(row[0].value).startswith(quotients):
            assert row[5].value == MISSING, row[0].value
            found += 1
        elif row[0].value == "Nettonuvärde":
            assert isinstance(row[5].value, float)
    assert found > 4
    assert any(str(row[0].value).startswith("Nettokostnad för varje") for row in sheet.iter_rows())


def test_a_draw_that_several_prices_share_is_counted_once() -> None:
    appraisal = appraised(load(str(MODELS / "styrka-hela-livet.yaml")))
    drivers = appraisal.drivers()
    assert sum(driver.share for driver in drivers) == pytest.approx(1.0)
    assert len(drivers) == len({column.stream for column in appraisal.plan.columns}) < len(appraisal.plan.columns)
    (parts,) = [driver.members for driver in drivers if "cost:fall-hospital-care-region" in driver.members]
    assert len(parts) == 3
    sheet = openpyxl.load_workbook(io.BytesIO(compose(appraisal, "sv").data))["Osäkerhet"]
    prices = [str(row[0].value) for row in sheet.iter_rows() if str(row[0].value).startswith("Priset för fall")]
    assert len(prices) == 1 and prices[0].endswith(", i tre delar")


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
