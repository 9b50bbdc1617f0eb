"""A filled form is checked as a case file is, and its findings name sheet and cell."""

import openpyxl
import pytest

from socio_calc.cli.main import run
from socio_calc.form.opening import open_any
from socio_calc.review.any_file import review_file
from socio_calc.review.export import review_json
from socio_calc.review.protocol.compose import protocol_of
from socio_calc.review.protocol.letter import letter_of, letter_text
from tests.review.cases import GONE
from tests.review.reviewed import DAY, OUT, A, write

WRONG = {
    f"{OUT}.deadweight": 0.1,
    f"{OUT}.because": "Försiktighet",
    f"{A}.existing_activity": True,
    f"{A}.timing": GONE,
}


@pytest.fixture(scope="module")
def form(tmp_path_factory):
    folder = tmp_path_factory.mktemp("form")
    path = folder / "form.xlsx"
    assert run(["convert", str(write(folder, WRONG)), str(path)]) == 0
    return path


@pytest.fixture(scope="module")
def review(form):
    return review_file(form, opener=open_any, draws=64)


def test_the_same_is_found_as_in_the_case_file(review, tmp_path):
    of_case = review_file(write(tmp_path, WRONG), draws=64)
    assert [item.code for item in review.findings] == [item.code for item in of_case.findings]
    assert [item.effect for item in review.findings] == [item.effect for item in of_case.findings]


def test_every_finding_with_a_field_names_its_cell(review, form):
    book = openpyxl.load_workbook(form)
    found = {item["code"]: item for item in review_json(review, "sv")["findings"]}
    for code in ("double-deadweight", "GB-07", "GB-09"):
        sheet, cell = found[code]["cell"].split("!")
        assert book[sheet][cell].coordinate == cell
    sheet, cell = found["double-deadweight"]["cell"].split("!")
    assert book[sheet][cell].value == pytest.approx(0.1)


def test_words_for_a_form_name_sheets_and_no_keys(review):
    protocol = protocol_of(review, "sv", today=DAY)
    deadweight = next(item for item in protocol.findings if item.code == "double-deadweight")
    assert "bladet" in deadweight.where and "cell" in deadweight.where
    text = letter_text(letter_of(protocol))
    assert "outcomes." not in text and "application." not in text and "(deadweight)" not in deadweight.remedy
