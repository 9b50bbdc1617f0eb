"""A report workbook that has been changed: each change is found and named, once, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from socio_calc.locale import money
from socio_calc.problems import InputError
from socio_calc.reference import load_reference
from socio_calc.review import Review
from socio_calc.review.finding import Finding
from socio_calc.review.protocol.compose import protocol_of
from socio_calc.review.protocol.letter import letter_of
from socio_calc.review.screen import review_screen
from socio_calc.review.submitted.report import review_report
from socio_calc.review.wording import effect_in_words, worded
from tests.report.libreoffice import converted
from tests.review.tampering import (
    cell_holding,
    content_of,
    report,
    with_formula,
    with_hidden_row,
    with_hidden_sheet,
    with_new_cell,
    with_new_row,
    with_part,
    with_row_put_in,
    with_text,
    with_value,
)

#: On the sheet of inputs of the report on IPS: a number of a cost, and a price of the base.
QUANTITY, QUANTITY_PATH = "B80", "costs.3.quantity"
NPV = "D6"


def reviewed(content: bytes, folder: Path) -> Review:
    path = folder / "rapport.xlsx"
    path.write_bytes(content)
    return review_report(path)


def about_report(review: Review) -> list[Finding]:
    return [finding for finding in review.findings if finding.code.startswith("report-")]


def codes(review: Review) -> list[str]:
    return [finding.code for finding in about_report(review)]


def test_an_untouched_report_has_no_finding_and_equal_figures(tmp_path: Path) -> None:
    review = reviewed(report(), tmp_path)
    assert review.report is not None
    assert codes(review) == []
    assert review.report.state == "intact"
    assert len(review.report.results) == 9
    assert {item.agreement for item in review.report.results} == {"equal"}


@pytest.mark.libreoffice
def test_saving_anew_is_no_change_and_a_recalculated_change_is_only_the_change(tmp_path: Path) -> None:
    plain, changed = tmp_path / "plain.xlsx", tmp_path / "changed.xlsx"
    plain.write_bytes(report())
    changed.write_bytes(with_value(report(), "inputs", QUANTITY, "3"))
    saved = converted([plain, changed], tmp_path)
    assert saved[0].read_bytes() != plain.read_bytes()
    assert codes(review_report(saved[0])) == []
    review = review_report(saved[1])
    assert review.report is not None
    assert codes(review) == ["report-differs", "report-input"]
    found = about_report(review)[1]
    assert (found.place.sheet, found.place.cell, found.place.path) == ("Indata", QUANTITY, QUANTITY_PATH)
    societal = review.report.results[0]
    assert societal.agreement == "different"
    assert societal.origin == f"Indata!{QUANTITY}"
    assert societal.reported is not None
    # What the finding says that putting it right does is what the spreadsheet program made of the change.
    assert found.effect is not None
    assert found.effect.societal == pytest.approx(societal.computed - societal.reported, rel=1e-9)
    assert found.effect.societal > 0


def test_an_input_that_is_changed_without_recalculation_leaves_old_values(tmp_path: Path) -> None:
    review = reviewed(with_value(report(), "inputs", QUANTITY, "3"), tmp_path)
    assert codes(review) == ["report-input", "report-stale"]
    found, stale = about_report(review)
    assert found.params["before"] == 1.0
    assert found.params["found"] == 3.0
    assert isinstance(stale.params["n"], int) and stale.params["n"] > 10
    assert found.effect is not None and found.effect.societal > 0
    lower = money(found.effect.societal, "sv")
    said = effect_in_words(found, "sv")
    assert said is not None
    assert said.startswith(f"Räknas det med 3 i stället för 1 blir samhällets nettonuvärde {lower} lägre.")
    # The letter and the protocol say the same, and claim no result after a correction of what is right already.
    protocol = protocol_of(review, "sv")
    (item,) = (item for item in protocol.findings if item.code == "report-input")
    assert item.societal is None and item.edited == said and item.what.endswith(said)
    assert any(said in question.details for question in letter_of(protocol).questions)
    assert "från 1 till 3" in worded(found, review.appraisal, "sv").what
    assert "from 1 to 3" in worded(found, review.appraisal, "en").what


def test_a_stored_result_that_is_changed_is_told_with_what_the_formula_gives(tmp_path: Path) -> None:
    _, right = content_of(report(), "results", NPV)
    review = reviewed(with_value(report(), "results", NPV, "12345678"), tmp_path)
    assert codes(review) == ["report-differs", "report-value"]
    differs, found = about_report(review)
    assert found.place.cell == NPV
    assert found.params["found"] == 12345678.0
    assert found.params["before"] == pytest.approx(float(right or "nan"), rel=1e-8)
    assert differs.params["origin"] == f"Resultat!{NPV}"
    assert differs.params["computed"] == pytest.approx(float(right or "nan"))


def test_a_formula_that_is_changed_is_told_with_both(tmp_path: Path) -> None:
    formula, value = content_of(report(), "results", NPV)
    assert formula is not None and value is not None
    changed = with_formula(report(), "results", NPV, f"{formula}+1000000")
    review = reviewed(changed, tmp_path)
    assert codes(review) == ["report-formula", "report-stale"]
    found = about_report(review)[0]
    assert found.severity == "serious"
    assert found.place.cell == NPV
    assert found.params["found"] == f"={formula}+1000000"
    assert found.effect is not None
    assert found.effect.societal == pytest.approx(-1e6)


def test_a_formula_that_is_replaced_by_its_value_is_told(tmp_path: Path) -> None:
    review = reviewed(with_formula(report(), "results", NPV, None), tmp_path)
    assert codes(review) == ["report-formula"]


def test_a_constant_that_the_program_computed_is_told(tmp_path: Path) -> None:
    row, _ = cell_holding(report(), "Osäkerhet", "Nettonuvärde", 1)
    review = reviewed(with_value(report(), "uncertainty", f"E{row}", "777"), tmp_path)
    assert codes(review) == ["report-number"]
    assert about_report(review)[0].place.cell == f"E{row}"


def test_a_text_that_is_changed_is_told_without_personal_data(tmp_path: Path) -> None:
    changed = with_text(report(), "summary", "A2", "Insatsen lönar sig. Ring 070-123 45 67.")
    review = reviewed(changed, tmp_path)
    assert codes(review) == ["report-text"]
    what = worded(about_report(review)[0], review.appraisal, "sv").what
    assert "Insatsen lönar sig." in what
    assert "123" not in what


def test_what_is_added_or_hidden_is_told(tmp_path: Path) -> None:
    changed = with_new_cell(report(), "results", 6, "Z6", "Utmärkt")
    assert codes(reviewed(changed, tmp_path)) == ["report-added"]
    assert codes(reviewed(with_hidden_row(report(), "results", 6), tmp_path)) == ["report-rows-hidden"]
    assert codes(reviewed(with_hidden_sheet(report(), "Kontroller"), tmp_path)) == ["report-sheet-hidden"]


def saved_by_a_program(content: bytes, change: object) -> bytes:
    """Return a workbook changed by a program that moves rows and sheets, without stored results."""
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content))
    assert callable(change)
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_sheet_that_is_removed_or_added_is_told(tmp_path: Path) -> None:
    def change(book: object) -> None:
        del book["Källor"]  # type: ignore[attr-defined]
        book.create_sheet("Bilaga")["A1"] = "Ny"  # type: ignore[attr-defined]

    assert sorted(codes(reviewed(saved_by_a_program(report(), change), tmp_path))) == [
        "report-no-values", "report-sheet-added", "report-sheet-removed",
    ]  # fmt: skip


def test_a_report_without_values_says_so_in_one_line_and_its_edited_cells_follow(tmp_path: Path) -> None:
    def change(book: object) -> None:
        book["Indata"][QUANTITY] = 3  # type: ignore[index]

    review = reviewed(saved_by_a_program(report(), change), tmp_path)
    assert sorted(codes(review)) == ["report-input", "report-no-values"]
    shown = " ".join(review_screen(review, "sv").split())
    assert shown.count("utan uträknade värden") == 1 and "rapporten har inget värde" not in shown
    heading, edited = shown.index("Rapporten mot en ny omräkning"), shown.index("Ändrat värde bland indata")
    assert heading < edited < shown.index("GB-" if "GB-" in shown else "Programmet")
    assert len(protocol_of(review, "sv").stated) == 1


def test_a_row_that_is_put_in_or_taken_out_moves_nothing_else(tmp_path: Path) -> None:
    row = 4

    def put_in(book: object) -> None:
        sheet = book["Källor"]  # type: ignore[index]
        sheet.insert_rows(row + 1)
        sheet.cell(row + 1, 1, "En egen rad")

    def take_out(book: object) -> None:
        book["Källor"].delete_rows(row)  # type: ignore[index]

    review = reviewed(saved_by_a_program(report(), put_in), tmp_path)
    assert sorted(codes(review)) == ["report-no-values", "report-row-added"]
    assert next(item for item in about_report(review) if item.code == "report-row-added").params["row"] == row + 1
    assert sorted(codes(reviewed(saved_by_a_program(report(), take_out), tmp_path))) == [
        "report-no-values", "report-row-removed",
    ]  # fmt: skip


def test_a_row_put_in_among_the_inputs_moves_every_reference_with_it(tmp_path: Path) -> None:
    """As a spreadsheet program does it: nothing but the row is new, and a change below it is found where it stands."""
    moved = with_row_put_in(report(), "inputs", "Indata", 79)
    moved = with_new_row(moved, "inputs", 79, "A79", "En egen rad")
    assert content_of(moved, "inputs", "B81") == content_of(report(), "inputs", "B80")
    review = reviewed(moved, tmp_path)
    assert codes(review) == ["report-row-added"]
    assert about_report(review)[0].params["row"] == 79
    review = reviewed(with_value(moved, "inputs", "B81", "3"), tmp_path)
    assert codes(review) == ["report-row-added", "report-input", "report-stale"]
    found = about_report(review)[1]
    assert (found.place.cell, found.place.path) == ("B81", QUANTITY_PATH)


def test_a_sheet_in_another_order_is_told_as_a_whole(tmp_path: Path) -> None:
    def change(book: object) -> None:
        sheet = book["Källor"]  # type: ignore[index]
        sheet.insert_cols(1)

    review = reviewed(saved_by_a_program(report(), change), tmp_path)
    assert "report-rearranged" in codes(review)
    assert len(codes(review)) <= 4


def with_passport_line(content: bytes, change: object) -> bytes:
    row, _ = cell_holding(content, "Kontrolluppgifter", "SOCIO-CALC-PASSPORT", 1)
    import io

    import openpyxl

    line = openpyxl.load_workbook(io.BytesIO(content))["Kontrolluppgifter"].cell(row, 1).value
    assert callable(change)
    return with_text(content, "passport", f"A{row}", change(line))


def test_an_edited_passport_is_told_and_the_case_is_still_read(tmp_path: Path) -> None:
    changed = with_passport_line(report(), lambda line: line.replace("a", "b", 1))
    review = reviewed(changed, tmp_path)
    assert codes(review) == ["report-passport-edited"]
    assert review.report is not None and review.report.state == "edited"
    assert {item.agreement for item in review.report.results} == {"equal"}


def test_a_property_that_contradicts_the_passport_is_told(tmp_path: Path) -> None:
    changed = with_part(report(), "docProps/custom.xml", lambda xml: xml.replace(">256<", ">512<"))
    assert codes(reviewed(changed, tmp_path)) == ["report-passport-edited"]


def test_a_missing_passport_is_told_with_what_is_left(tmp_path: Path) -> None:
    def only_the_line(book: object) -> None:
        sheet = book["Kontrolluppgifter"]  # type: ignore[index]
        for row in range(1, sheet.max_row + 1):
            if str(sheet.cell(row, 1).value).startswith("SOCIO-CALC"):
                sheet.cell(row, 1).value = None
        for name in list(book.custom_doc_props.names):  # type: ignore[attr-defined]
            del book.custom_doc_props[name]  # type: ignore[attr-defined]

    review = reviewed(saved_by_a_program(report(), only_the_line), tmp_path)
    assert "report-passport-missing" in codes(review)

    def all_of_it(book: object) -> None:
        del book["Kontrolluppgifter"]  # type: ignore[attr-defined]

    with pytest.raises(InputError) as caught:
        reviewed(saved_by_a_program(report(), all_of_it), tmp_path)
    assert [problem.code for problem in caught.value.problems] == ["report-without-case"]


def test_a_report_of_another_version_is_compared_by_its_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socio_calc.review.submitted.workbook_check.__version__", "99.0")
    changed = with_value(with_text(report(), "summary", "A2", "Annan text"), "inputs", QUANTITY, "3")
    review = reviewed(changed, tmp_path)
    assert codes(review) == ["report-other-version", "report-input", "report-stale"]


def test_a_report_of_another_base_is_checked_against_the_rows_that_it_used(tmp_path: Path) -> None:
    path = tmp_path / "rapport.xlsx"
    path.write_bytes(report())
    base = load_reference()
    row = base.costs[next(iter(review_report(path).appraisal.plan.costs_used))]
    costs = {**base.costs, row.id: replace(row, value=row.value * 1.5)}
    other = replace(base, costs=costs, sha256="0" * 64, tables_sha256="0" * 64)
    review = review_report(path, reference=other)
    assert review.report is not None
    assert codes(review) == ["report-other-base"]
    assert {item.agreement for item in review.report.results} == {"equal"}
    found = about_report(review)[0]
    assert found.params["rows"] == (row.id,)
    assert found.params["then"] == review.appraisal.base("npv") != found.params["now"]
    assert row.id in worded(found, review.appraisal, "sv").what
    named_otherwise = replace(base, sha256="0" * 64, tables_sha256="0" * 64)
    assert codes(review_report(path, reference=named_otherwise)) == []
    gone = replace(other, costs={id: other_row for id, other_row in costs.items() if id != row.id})
    assert about_report(review_report(path, reference=gone))[0].params["now"] is None


def test_findings_about_the_case_stand_in_cells_of_the_report(tmp_path: Path) -> None:
    review = reviewed(report(), tmp_path)
    placed = [finding.place for finding in review.findings if finding.place.path is not None]
    assert placed
    assert all(place.sheet is not None and place.cell is not None and place.line is None for place in placed)
