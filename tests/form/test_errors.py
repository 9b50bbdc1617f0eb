"""What can be wrong with a filled form: told with sheet, cell and the field's own name, all at once; nothing passed over."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from socio_calc.case.dump import case_data
from socio_calc.form.marks import mark_of
from socio_calc.form.notes import marked_copy
from socio_calc.form.opening import open_any
from socio_calc.form.read import read_form
from socio_calc.locale import render_all
from socio_calc.office import parse_workbook
from socio_calc.problems import InputError, Problem
from tests.form.forms import Opened, empty_form, form_of_model, model

MODEL = "styrka-hela-livet"


@pytest.fixture
def form() -> Opened:
    """Return a right form, to be made wrong."""
    return Opened(form_of_model(MODEL))


def problems_of(form: Opened | bytes, folder: Path) -> tuple[Problem, ...]:
    """Return what the program says of a form."""
    path = folder / "ansokan.xlsx"
    path.write_bytes(form if isinstance(form, bytes) else form.bytes())
    with pytest.raises(InputError) as caught:
        open_any(path)
    return caught.value.problems


def told(problems: tuple[Problem, ...], lang: str = "sv") -> dict[str, str]:
    """Return the message of each cell."""
    return {
        str(problem.place.cell): render_all([problem], lang).rpartition("\n\n")[0]  # type: ignore[arg-type]
        for problem in problems
    }


def test_errors_name_sheet_cell_and_field_all_at_once(form: Opened, tmp_path: Path):
    cells = {
        "ambiguous-number": form.cell("costs", 0, "amount#mode"),
        "wrong-choice": form.cell("costs", 1, "actor"),
        "low-above-high": form.cell("participants", 0, "number#low"),
        "percent-or-share": form.cell("participants", 1, "share_women"),
        "not-a-number": form.cell("outcomes", 0, "ordinary#mode"),
        "form-cross": form.cell("hours", 0, "years#1"),
        "unknown-cost": form.cell("consequences", 0, "price#cost"),
        "formula-in-input": form.cell("hours", 1, "wage#mode"),
        "excel-error-value": form.cell("hours", 2, "wage#high"),
        "form-yaml": form.cell("outcomes", 1, "holds"),
        "form-unknown-outcome": form.cell("consequences", 1, "outcome"),
        "bad-date": form.field("application.start"),
        "missing-required": form.field("title"),
    }
    wrong = {
        "ambiguous-number": "1.234",
        "wrong-choice": "Komunen",
        "low-above-high": 900,
        "percent-or-share": 66,
        "not-a-number": "ungefär tio",
        "form-cross": "kanske",
        "unknown-cost": "Något pris [fall-hospital-care-regio]",
        "formula-in-input": "=200+45",
        "excel-error-value": "#DIV/0!",
        "form-yaml": "yaml: {a",
        "form-unknown-outcome": "fallor",
        "bad-date": "första mars",
        "missing-required": None,
    }
    where = {code: (cell.parent.title, cell.coordinate) for code, cell in cells.items()}
    for code, cell in cells.items():
        cell.value = wrong[code]
    cells["excel-error-value"].data_type = "e"
    found = problems_of(form, tmp_path)
    assert {problem.code: (problem.place.sheet, problem.place.cell) for problem in found} == where
    said = {problem.code: render_all([problem], "sv") for problem in found}
    assert said["ambiguous-number"].startswith(
        f"ansokan.xlsx, bladet Kostnader och finansiering, cell {where['ambiguous-number'][1]} · Belopp: troligast\n"
    )
    assert "Skriv 1234 eller 1,234." in said["ambiguous-number"]
    assert "Kommunen, Regionen, Staten" in said["wrong-choice"]
    assert "Menade du ”Kommunen”?" in said["wrong-choice"]
    assert "klistra in den som värde" in said["formula-in-input"]
    assert "· Timlön: troligast" in said["formula-in-input"]
    assert "Exempel: Styrka hela livet" in said["missing-required"]
    sheets = [problem.place.sheet for problem in found]
    assert sheets == sorted(sheets, key=[page.title for page in form.book.worksheets].index)
    for problem in found:
        english = render_all([problem], "en")
        assert problem.place.cell in english


def test_numbers_as_people_write_them_are_understood(form: Opened, tmp_path: Path):
    form.cell("costs", 5, "amount#low").value = "5 000 kr"
    form.cell("costs", 5, "amount#mode").value = "10\u00a0000:-"
    form.cell("costs", 5, "amount#high").value = "25 tkr"
    form.cell("participants", 0, "share_women").value = "66 %"
    form.cell("outcomes", 0, "ordinary#mode").value = "0,09"
    form.cell("participants", 0, "year").value = 0
    form.cell("participants", 1, "year").value = "2026"
    form.field("horizons").value = "1;3 5"
    form.field("application.start").value = datetime(2025, 1, 1)
    form.field("application.end").value = date(2027, 12, 31)
    form.cell("costs", 6, "setup").value = True
    form.cell("costs", 5, "actor").value = "kommun"
    path = tmp_path / "a.xlsx"
    path.write_bytes(form.bytes())
    assert open_any(path).case == model(MODEL)


def test_moved_renamed_and_added_parts_make_no_difference(form: Opened, tmp_path: Path):
    form.sheet("costs").title = "Budget"
    form.book.create_sheet("Egna anteckningar")["B7"] = "Inget för programmet"
    page = form.sheet("participants" if False else "intervention")
    page.merged_cells.ranges.clear()  # openpyxl does not move them
    page.insert_rows(4)
    page.insert_cols(1)
    form.book.move_sheet("Uppföljning", -5)
    path = tmp_path / "a.xlsx"
    path.write_bytes(form.bytes())
    assert open_any(path).case == model(MODEL)


def test_a_row_put_into_a_table_is_a_row_of_it(form: Opened, tmp_path: Path):
    page, row = form.sheet("followup"), form.cell("followup", 1, "indicator").row
    page.insert_rows(row)
    for column, text in enumerate(
        ("Närvaro", "Social", None, "80 %", "Varje termin", "Närvarolistor", "Enhetschef"), 2
    ):
        page.cell(row, column).value = text
    path = tmp_path / "a.xlsx"
    path.write_bytes(form.bytes())
    indicators = [item.indicator for item in open_any(path).case.application.followup]  # type: ignore[union-attr]
    assert indicators[1] == "Närvaro"
    assert len(indicators) == 6


def test_what_stands_where_the_form_does_not_read_is_refused(form: Opened, tmp_path: Path):
    check = form.cell("costs", 0, "name").parent
    beside = check.cell(form.cell("costs", 0, "name").row, 60)
    beside.value = "Glöm inte lokalen"
    below = form.sheet("outcomes").cell(90, 3)
    below.value = "Ett utfall till"
    example = form.sheet("followup").cell(form.cell("followup", 0, "indicator").row - 1, 2)
    example.value = "Våra fall"
    twice = form.sheet("application").cell(5, 1)
    twice.value = "application.owner"
    found = {(problem.code, problem.place.cell) for problem in problems_of(form, tmp_path)}
    assert ("form-outside", beside.coordinate) in found
    assert ("form-outside", below.coordinate) in found
    assert ("form-example-filled", example.coordinate) in found
    assert any(code == "form-field-twice" for code, _ in found)


def test_hidden_content_and_merged_inputs_are_refused(form: Opened, tmp_path: Path):
    row = form.cell("costs", 2, "name")
    row.parent.row_dimensions[row.row].hidden = True
    column = form.cell("consequences", 0, "name")
    column.parent.column_dimensions[column.column_letter].hidden = True
    form.sheet("followup").sheet_state = "hidden"
    first, last = form.cell("participants", 5, "number#low"), form.cell("participants", 5, "number#high")
    first.parent.merge_cells(f"{first.coordinate}:{last.coordinate}")
    found = {problem.code: problem.place.cell for problem in problems_of(form, tmp_path)}
    assert found["form-hidden-row"] == row.coordinate
    assert found["form-hidden-column"] == column.coordinate
    assert "form-hidden-sheet" in found
    assert found["merged-cells"] == first.coordinate


def test_lost_parts_are_told(form: Opened, tmp_path: Path):
    page = form.sheet("intervention")
    page.delete_rows(form.field("description").row)
    keys = next(row for row in range(1, 60) if page.cell(row, 1).value == "participants#columns")
    column = next(at for at in range(2, 20) if page.cell(keys, at).value == "age")
    page.cell(keys, column).value = None
    said = render_all(problems_of(form, tmp_path), "sv")
    assert "Programmet hittar inte fältet Kort beskrivning." in said
    assert "Programmet hittar inte fältet Ålder vid start." in said


@pytest.mark.parametrize(("version", "code"), [(0, "old-form-version"), (2, "form-newer")])
def test_forms_of_other_versions_are_refused(tmp_path: Path, version: int, code: str):
    form = Opened(empty_form())
    for page in form.book.worksheets:
        page["A1"].value = str(page["A1"].value).replace(mark_of("")[:-1], mark_of("")[:-1].replace("1", str(version)))
    (problem,) = problems_of(form, tmp_path)
    assert problem.code == code
    assert problem.params["found"] == version


def test_a_missing_and_a_doubled_sheet_are_refused(form: Opened, tmp_path: Path):
    del form.book["Uppföljning"]
    form.book.copy_worksheet(form.sheet("costs"))
    found = problems_of(form, tmp_path)
    assert {problem.code for problem in found} == {"form-sheet-missing", "form-sheet-twice"}
    assert "Bladet uppföljning saknas" in render_all(found, "sv")


def test_a_workbook_of_another_kind_is_no_form(tmp_path: Path):
    form = Opened(empty_form())
    for page in form.book.worksheets:
        page["A1"].value = None
    (problem,) = problems_of(form, tmp_path)
    assert problem.code == "not-our-form"


def test_an_empty_form_says_what_is_missing_where(tmp_path: Path):
    found = problems_of(empty_form(), tmp_path)
    assert {problem.place.path for problem in found} == {
        "title", "participants", "first_year", "price_year", "horizons", "outcomes",
    }  # fmt: skip
    assert all(problem.place.cell for problem in found)


def test_no_english_key_stands_in_a_message_about_a_form(tmp_path: Path):
    form = Opened(empty_form())
    form.cell("costs", 0, "name").value = "Lokal"
    form.cell("costs", 0, "amount#low").value = 5
    form.cell("costs", 0, "amount#cost").value = "teacher-hour"
    said = render_all(problems_of(form, tmp_path), "sv")
    for key in ("(costs)", "outcomes", "low,", "cost,", "ci,", "estimate", "price_year", "basis"):
        assert key not in said


def test_what_is_kept_may_not_also_stand_in_the_fields(tmp_path: Path):
    from tests.form.forms import written

    form = Opened(written(case_data(model("fullfoljda-studier"))))
    page = form.sheet("kept")
    row = max(row for row in range(1, page.max_row + 1) if page.cell(row, 2).value)
    page.cell(row + 1, 1).value = "kept#yaml"
    page.cell(row + 1, 2).value = "title: En annan"
    codes = {problem.code for problem in problems_of(form, tmp_path)}
    assert codes == {"form-kept-twice"}
    page.cell(row + 1, 2).value = "title: [En annan"
    assert {problem.code for problem in problems_of(form, tmp_path)} >= {"yaml-syntax"}


def test_wrong_cells_are_marked_in_a_copy(form: Opened, tmp_path: Path):
    cell = form.cell("costs", 0, "amount#mode")
    where, sheet = cell.coordinate, cell.parent.title
    cell.value = "1.234"
    path = tmp_path / "ansokan.xlsx"
    path.write_bytes(form.bytes())
    before = path.read_bytes()
    with pytest.raises(InputError) as caught:
        open_any(path)
    content, count = marked_copy(path, caught.value.problems, "sv")
    assert path.read_bytes() == before
    copy = Opened(content)
    note = copy.book[sheet][where]
    assert count == 1
    assert "kan läsas på två sätt" in note.comment.text
    assert "Skriv 1234 eller 1,234." in note.comment.text
    assert note.fill.start_color.rgb == "FFFF9A9A"
    assert copy.book.worksheets[0]["B4"].value.startswith("En cell är markerad.")
    # Corrected in the copy itself, the form is right again.
    note.value = 2093
    path.write_bytes(copy.bytes())
    assert open_any(path).case == model(MODEL)


def test_a_form_is_read_from_its_bytes_alone():
    book = parse_workbook(form_of_model(MODEL), "ansokan.xlsx")
    assert book.sheets[0].name == "Läs mig"
    from socio_calc.form.read import form_document

    document = form_document(book)
    assert document.place("costs.0.wage.mode").cell == "I45"
    assert document.place("application.fund").sheet == "Ansökan"
    assert document.problems == ()
    assert read_form.__doc__
