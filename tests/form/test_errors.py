"""What can be wrong with a filled form, told with sheet, cell and the name of the field, all at once."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from socio_calc.case.dump import case_data
from socio_calc.form.cells import At
from socio_calc.form.marks import mark_of
from socio_calc.form.notes import marked_copy
from socio_calc.form.opening import open_any
from socio_calc.form.read import form_document
from socio_calc.locale import render_all, render_problem
from socio_calc.office import coordinate_of
from socio_calc.problems import InputError, Problem
from tests.form.forms import Edited, Opened, empty_form, form_of_model, model, written

MODEL = "styrka-hela-livet"


@pytest.fixture
def form() -> Edited:
    """Return a right form, to be made wrong."""
    return Edited(form_of_model(MODEL))


def places(problems: tuple[Problem, ...]) -> dict[str, tuple[str | None, str | None]]:
    """Return the sheet and cell of each code."""
    return {problem.code: (problem.place.sheet, problem.place.cell) for problem in problems}


def at(cell: At) -> tuple[str, str]:
    """Return the sheet and the name of a cell."""
    return cell.sheet, coordinate_of(cell.row, cell.column)


def test_errors_name_sheet_cell_and_field_all_at_once(form: Edited):
    wrong = {
        "ambiguous-number": form.put(form.cell("costs", 0, "amount#mode"), "1.234"),
        "wrong-choice": form.put(form.cell("costs", 1, "actor"), "Komunen"),
        "low-above-high": form.put(form.cell("participants", 0, "number#low"), 900),
        "percent-or-share": form.put(form.cell("participants", 1, "share_women"), 66),
        "not-a-number": form.put(form.cell("outcomes", 0, "ordinary#mode"), "ungefär tio"),
        "form-cross": form.put(form.cell("hours", 0, "years#1"), "kanske"),
        "unknown-cost": form.put(form.cell("consequences", 0, "price#cost"), "Något [fall-hospital-care-regio]"),
        "formula-in-input": form.put(form.cell("hours", 1, "wage#mode"), formula="=200+45"),
        "excel-error-value": form.put(form.cell("hours", 2, "wage#high"), error="#DIV/0!"),
        "form-yaml": form.put(form.cell("outcomes", 1, "holds"), "yaml: {a"),
        "form-unknown-outcome": form.put(form.cell("consequences", 1, "outcome"), "fallor"),
        "bad-date": form.put(form.field("application.start"), "första mars"),
        "missing-required": form.put(form.field("title")),
    }
    found = form.problems()
    assert places(found) == {code: at(cell) for code, cell in wrong.items()}
    said = {problem.code: render_problem(problem, "sv") for problem in found}
    cell = at(wrong["ambiguous-number"])[1]
    assert said["ambiguous-number"].startswith(
        f"ansokan.xlsx, bladet Kostnader och finansiering, cell {cell} · Belopp: troligast\n"
    )
    assert "Skriv 1234 eller 1,234." in said["ambiguous-number"]
    assert "Kommunen, Regionen, Staten" in said["wrong-choice"]
    assert "Menade du ”Kommunen”?" in said["wrong-choice"]
    assert "klistra in den som värde" in said["formula-in-input"]
    assert "· Timlön: troligast" in said["formula-in-input"]
    assert "Exempel: Styrka hela livet" in said["missing-required"]
    order = [problem.place.sheet for problem in found]
    assert order == sorted(order, key=lambda sheet: form.names.index(str(sheet)))
    text = render_all(found, "sv")
    assert [line.split(",")[1] for line in text.split("\n") if line.startswith("ansokan")] == [
        f" bladet {sheet}" for sheet in order
    ]
    assert all(str(problem.place.cell) in render_problem(problem, "en") for problem in found)


def test_numbers_as_people_write_them_are_understood(form: Edited):
    form.put(form.cell("costs", 5, "amount#low"), "5 000 kr")
    form.put(form.cell("costs", 5, "amount#mode"), "10\u00a0000:-")
    form.put(form.cell("costs", 5, "amount#high"), "25 tkr")
    form.put(form.cell("participants", 0, "share_women"), "66 %")
    form.put(form.cell("outcomes", 0, "ordinary#mode"), "0,09")
    form.put(form.cell("participants", 0, "year"), 0)
    form.put(form.cell("participants", 1, "year"), "2026")
    form.put(form.field("horizons"), "1;3 5")
    form.put(form.field("application.start"), datetime(2025, 1, 1))
    form.put(form.field("application.end"), date(2027, 12, 31))
    form.put(form.cell("costs", 6, "setup"), True)
    form.put(form.cell("costs", 5, "actor"), "kommun")
    form.put(form.cell("costs", 5, "amount#note"), "   ")
    assert form.case() == model(MODEL)


def test_moved_renamed_and_added_parts_make_no_difference(form: Edited):
    costs, intervention = form.sheet("costs"), form.sheet("intervention")
    form.insert(intervention, row=4)
    form.insert(intervention, column=1)
    form.insert(costs, column=5)
    form.insert(costs, row=1)
    for mapping in (form.cells, form.more):
        mapping["Budget"] = mapping.pop(costs)
    form.names = ["Budget", "Egna anteckningar", *(name for name in form.names if name != costs)]
    form.cells["Egna anteckningar"] = {}
    form.put(At("Egna anteckningar", 7, 2), "Inget för programmet")
    assert form.case() == model(MODEL)


def test_a_row_put_into_a_table_is_a_row_of_it(form: Edited):
    sheet, row, _ = form.cell("followup", 1, "indicator")
    form.insert(sheet, row=row)
    for column, text in enumerate(
        ("Närvaro", "Social", None, "80 %", "Varje termin", "Närvarolistor", "Enhetschef"), 2
    ):
        form.put(At(sheet, row, column), text)
    application = form.case().application
    assert application is not None
    assert [item.indicator for item in application.followup][1] == "Närvaro"
    assert len(application.followup) == 6


def test_what_stands_where_the_form_does_not_read_is_refused(form: Edited):
    row = form.cell("costs", 0, "name").row
    beside = form.put(At(form.sheet("costs"), row, 60), "Glöm inte lokalen")
    below = form.put(At(form.sheet("outcomes"), 90, 3), "Ett utfall till")
    over = form.cell("participants", 0, "number#note")
    computed = form.put(At(over.sheet, over.row, over.column + 1), 50)  # typed over a formula
    example = form.cell("followup", 0, "indicator")
    example = form.put(At(example.sheet, example.row - 1, example.column), "Våra fall")
    form.put(At(form.sheet("application"), 5, 1), "application.owner")
    found = {(problem.code, problem.place.sheet, problem.place.cell) for problem in form.problems()}
    assert {("form-outside", *at(cell)) for cell in (beside, below, computed)} <= found
    assert ("form-example-filled", *at(example)) in found
    assert any(code == "form-field-twice" for code, _, _ in found)


def test_hidden_content_and_merged_inputs_are_refused(form: Edited):
    row, column = form.cell("costs", 2, "name"), form.cell("consequences", 0, "name")
    first, last = form.cell("participants", 5, "number#low"), form.cell("participants", 5, "number#high")
    form.more[row.sheet]["hidden_rows"] = frozenset((row.row,))
    form.more[column.sheet]["hidden_columns"] = frozenset((1, column.column))
    form.more[form.sheet("followup")]["state"] = "hidden"
    form.more[first.sheet]["merged"] = (f"{at(first)[1]}:{at(last)[1]}",)
    found = places(form.problems())
    assert found["form-hidden-row"] == at(row)
    assert found["form-hidden-column"] == at(column)
    assert found["form-hidden-sheet"][0] == form.sheet("followup")
    assert found["merged-cells"] == at(first)


def test_lost_parts_are_told(form: Edited):
    where = form.cell("participants", 0, "age")
    form.drop_row(where.sheet, form.field("description").row)
    (keys,) = form.rows(where.sheet, "participants#columns")
    form.put(At(where.sheet, keys, where.column))
    form.drop_row(form.sheet("assumptions"), form.rows(form.sheet("assumptions"), "scenarios#columns")[0])
    said = render_all(form.problems(), "sv")
    for field in ("Kort beskrivning", "Ålder vid start", "Scenario med ändrade värden"):
        assert f"Programmet hittar inte fältet {field}." in said


@pytest.mark.parametrize(("version", "code"), [(0, "old-form-version"), (2, "form-newer")])
def test_forms_of_other_versions_are_refused(version: int, code: str):
    form = Edited(empty_form())
    for name, cells in form.cells.items():
        mark = str(cells[1, 1].value)
        form.put(At(name, 1, 1), mark.replace(" 1 ", f" {version} "))
    with pytest.raises(InputError) as caught:
        form_document(form.workbook())
    (problem,) = caught.value.problems
    assert (problem.code, problem.params["found"]) == (code, version)
    assert mark_of("costs") == "socio-calc form 1 costs"


def test_a_missing_and_a_doubled_sheet_are_refused(form: Edited):
    costs = form.sheet("costs")
    form.cells["Kopia"] = dict(form.cells[costs])
    form.names = [name for name in [*form.names, "Kopia"] if name != form.sheet("followup")]
    with pytest.raises(InputError) as caught:
        form_document(form.workbook())
    assert {problem.code for problem in caught.value.problems} == {"form-sheet-missing", "form-sheet-twice"}
    assert "Bladet uppföljning saknas" in render_all(caught.value.problems, "sv")


def test_a_workbook_of_another_kind_is_no_form(form: Edited):
    for name in form.names:
        form.put(At(name, 1, 1))
    with pytest.raises(InputError) as caught:
        form_document(form.workbook())
    assert [problem.code for problem in caught.value.problems] == ["not-our-form"]


def test_an_empty_form_says_what_is_missing_where():
    found = Edited(empty_form()).problems()
    assert {problem.place.path for problem in found} == {
        "title", "participants", "first_year", "price_year", "horizons", "outcomes",
    }  # fmt: skip
    assert all(problem.place.cell for problem in found)


def test_one_error_is_told_once(form: Edited):
    form.put(form.field("first_year"))
    assert [problem.place.path for problem in form.problems()] == ["first_year"]


def test_no_english_key_stands_in_a_message_about_a_form():
    form = Edited(empty_form())
    form.put(form.cell("costs", 0, "name"), "Lokal")
    form.put(form.cell("costs", 0, "amount#low"), 5)
    form.put(form.cell("costs", 0, "amount#cost"), "fall-hospital-care-region")
    form.put(form.cell("outcomes", 0, "id"), "a")
    form.put(form.cell("outcomes", 0, "fades.number"), 0.3)
    said = render_all(form.problems(), "sv")
    assert "Pris ur prislistan" in said
    for key in ("costs", "outcomes", "low", "ci,", "estimate", "price_year", "basis", "fades", "shape"):
        assert key not in said, key


def test_what_is_kept_may_not_also_stand_in_the_fields():
    form = Edited(written(case_data(model("fullfoljda-studier"))))
    sheet = form.sheet("kept")
    row = max(form.rows(sheet, "kept#yaml")) + 1
    form.put(At(sheet, row, 1), "kept#yaml")
    line = form.put(At(sheet, row, 2), "title: En annan")
    assert places(form.problems()) == {"form-kept-twice": at(line)}
    form.put(line, "title: [En annan")
    assert "yaml-syntax" in places(form.problems())
    form.put(At(sheet, row, 1))
    form.put(line)
    assert form.case() == model("fullfoljda-studier")


def test_wrong_cells_are_marked_in_a_copy(tmp_path: Path):
    form = Opened(form_of_model(MODEL))
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


def test_every_path_has_a_cell(form: Edited):
    document = form_document(form.workbook())
    assert document.problems == ()
    assert document.place("costs.0.wage.mode").cell == "I45"
    assert document.place("costs.0.wage.low").cell == "H45"
    assert document.place("application.fund").sheet == "Ansökan"
    assert document.place("outcomes.falls.effect").cell == document.place("outcomes.falls.effect.value").cell
    assert document.place("outcomes.falls.consequences.2.price").sheet == "Konsekvenser"
    assert document.place("decision.years").cell is not None
