"""The written workbook: what Excel allows, what is locked and open, and what stands on each sheet."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest

from socio_calc.case.dump import case_data
from socio_calc.form.lists import list_columns, price_text
from socio_calc.form.sheets import SHEETS
from socio_calc.form.values import reference_id
from socio_calc.office import parse_workbook
from socio_calc.reference import load_reference
from tests.form.forms import Edited, Opened, empty_form, form_of_model, model, written

MODEL = "styrka-hela-livet"


@pytest.fixture(scope="module")
def form() -> Opened:
    """Return the form of a model as another program has it."""
    return Opened(form_of_model(MODEL))


def test_the_sheets_stand_in_reading_order(form: Opened):
    assert form.book.sheetnames == [
        "Läs mig", "Ansökan", "Insats och målgrupp", "Kostnader och finansiering", "Effekter", "Konsekvenser",
        "Antaganden", "Uppföljning", "Källor", "Övrigt", "Listor",
    ]  # fmt: skip
    assert form.book["Listor"].sheet_state == "hidden"
    assert form.book.properties.title == "Ansökan och kalkyl: Styrka hela livet"


def test_formulas_keep_within_the_limits_of_excel(form: Opened):
    for page in form.book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.data_type == "f":
                    assert len(cell.value) < 8_192, (page.title, cell.coordinate)
                    texts = re.findall(r'"((?:[^"]|"")*)"', cell.value)
                    assert all(len(text) <= 255 for text in texts), (page.title, cell.coordinate)
                    depth = deepest = 0
                    for sign in re.sub(r'"(?:[^"]|"")*"', "", cell.value):
                        depth += (sign == "(") - (sign == ")")
                        deepest = max(deepest, depth)
                    assert deepest <= 60, (page.title, cell.coordinate)


def test_no_result_is_stored_beside_a_formula():
    book = parse_workbook(form_of_model(MODEL), "a.xlsx")
    stored = [cell for page in book.sheets for cell in page.cells.values() if cell.formula and cell.cached is not None]
    assert stored == []


def test_only_the_inputs_are_open(form: Opened):
    edited = Edited(form_of_model(MODEL))
    inputs = set()
    for plan in SHEETS:
        for part in plan.fields:
            inputs |= {
                edited.field(column.key) for column in part.columns if edited.rows(edited.sheet(plan.key), column.key)
            }
        for table in plan.tables:
            for number in range(len(edited.rows(edited.sheet(plan.key), table.key))):
                inputs |= {edited.cell(table.key, number, column.key) for column in table.columns}
    for page in form.book.worksheets:
        assert page.protection.sheet, page.title
        assert page.protection.password is None
        for row in page.iter_rows():
            for cell in row:
                is_open = not cell.protection.locked and type(cell).__name__ != "MergedCell"
                assert is_open == ((page.title, cell.row, cell.column) in inputs), (page.title, cell.coordinate)


def test_choices_have_drop_downs_with_names(form: Opened):
    page = form.sheet("costs")
    rules = {str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation}
    actor = rules[form.cell("costs", 0, "actor").coordinate]
    assert actor.formula1 == "lista_actor"
    assert (actor.errorStyle, actor.showErrorMessage) == (None, True)
    area = form.book.defined_names["lista_actor"].attr_text
    sheet, _, cells = area.replace("'", "").replace("$", "").partition("!")
    shown = [cell.value for (cell,) in form.book[sheet][cells]]
    assert shown[:2] == ["Kommunen", "Regionen"]
    organisation = rules[form.cell("costs", 0, "organisation").coordinate]
    assert organisation.formula1.startswith("'Ansökan'!")


def test_every_row_of_the_base_can_be_chosen():
    base = load_reference()
    for lang in ("sv", "en"):
        for name, table in (("cost", base.costs), ("evidence", base.evidence), ("baseline", base.baselines)):
            column = next(column for column in list_columns(base, lang) if column.name == name)  # type: ignore[arg-type]
            ids = [reference_id(text) for text in column.items]
            assert set(ids) <= set(table)
            assert len(set(ids)) == len(ids)
            assert all(len(str(text)) <= 255 for text in column.items)
            assert name != "cost" or len(ids) == len(table)
    row = base.costs["fall-hospital-care-region"]
    assert price_text(row, "sv").endswith("[fall-hospital-care-region]")
    assert "Regionen" in price_text(row, "sv")


def test_headings_stay_in_sight(form: Opened):
    for key in ("costs", "outcomes", "consequences", "followup"):
        page = form.sheet(key)
        frozen = int(re.sub(r"\D", "", str(page.freeze_panes)))
        heads = [page.cell(row, 2).value for row in range(1, frozen)]
        assert any(str(head).endswith(" *") for head in heads), key
        assert key == "costs" or page.print_title_rows


def test_the_same_contents_give_the_same_bytes():
    data = case_data(model("kiva"))
    assert written(data) == written(data)


def test_the_first_sheet_says_what_to_do():
    edited = Edited(empty_form())
    texts = [str(cell.value) for cell in edited.cells["Läs mig"].values() if cell.value]
    for said in (
        "Skriv bara i de gula cellerna. Fält med * måste fyllas i.",
        "Spara och stäng filen. Kör sedan: socio-calc run ansokan.xlsx --out rapport",
        "Vill du pröva fondens regler först? Kör: socio-calc check ansokan.xlsx",
        "Bilagorna till ansökan får du med: socio-calc annexes ansokan.xlsx --out bilagor",
    ):
        assert said in texts
    assert any(text.startswith("Formulär version 1 · prislista ") and "2026-01-02" in text for text in texts)


def test_pathways_are_named_on_the_first_sheet():
    edited = Edited(written(case_data(model("fullfoljda-studier"))))
    texts = [str(cell.value) for cell in edited.cells["Läs mig"].values()]
    assert any(text.startswith("Kalkylen innehåller livsvägar (") for text in texts)


def test_the_document_has_a_language():
    with zipfile.ZipFile(BytesIO(form_of_model(MODEL, "en"))) as archive:
        assert b"<dc:language>en-GB</dc:language>" in archive.read("docProps/core.xml")
