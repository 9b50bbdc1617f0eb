"""The form in another program: every formula computes, nothing is cut off, and what it saves reads back the same."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from socio_calc.appraisal import appraise
from socio_calc.form.opening import open_any
from socio_calc.review.budget import budget_of
from tests.form.forms import Opened, empty_form, form_of_model, model
from tests.report.libreoffice import converted, required

MODELS = ("styrka-hela-livet", "skolnarvaro")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return forms as LibreOffice saves them: two models and an empty one that was filled in wrongly."""
    folder = tmp_path_factory.mktemp("forms")
    for name in MODELS:
        (folder / f"{name}.xlsx").write_bytes(form_of_model(name))
    (folder / "en.xlsx").write_bytes(form_of_model(MODELS[0], "en"))
    (folder / "tom.xlsx").write_bytes(empty_form())
    (folder / "fel.xlsx").write_bytes(_filled_wrongly())
    files = sorted(folder.glob("*.xlsx"))
    return {path.stem: path for path in converted(files, tmp_path_factory.mktemp("office"))}


def _filled_wrongly() -> bytes:
    form = Opened(form_of_model(MODELS[0]))
    form.field("title").value = None
    form.cell("costs", 0, "amount#low").value = 9_999
    form.cell("costs", 5, "amount#mode").value = 99
    form.cell("costs", 6, "actor").value = None
    form.cell("applied", 0, "value").value = 600_000
    form.cell("outcomes", 0, "deadweight").value = 0.2
    form.cell("outcomes", 0, "because").value = None
    form.cell("participants", 0, "share_women").value = 0.0066
    form.cell("consequences", 0, "outcome").value = "okänt"
    form.field("application.end").value = "2028-01-01"
    for number in (3, 4):
        form.cell("followup", number, "kind").value = "Social"
    return form.bytes()


@pytest.mark.libreoffice
def test_what_libreoffice_saves_reads_back_the_same(saved: dict[str, Path]):
    for name in MODELS:
        assert open_any(saved[name]).case == model(name)
    assert open_any(saved["en"]).case == model(MODELS[0])


@pytest.mark.libreoffice
def test_every_formula_computes(saved: dict[str, Path]):
    for path in saved.values():
        for page in load_workbook(path, data_only=True).worksheets:
            for row in page.iter_rows():
                for cell in row:
                    assert not re.match(r"#|Err:", str(cell.value)), (
                        path.stem,
                        page.title,
                        cell.coordinate,
                        cell.value,
                    )


def shown(path: Path) -> Opened:
    """Return a form with what its formulas gave."""
    form = Opened(path.read_bytes())
    form.book = load_workbook(path, data_only=True)
    return form


def labelled(page: Any, label: str) -> list[Any]:
    """Return the cells beside a label in the second column."""
    row = next(row for row in range(1, page.max_row + 1) if page.cell(row, 2).value == label)
    return [page.cell(row, column).value for column in range(3, 10)]


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", MODELS)
def test_live_sums_are_those_of_the_program(saved: dict[str, Path], name: str):
    case = model(name)
    appraisal = appraise(case, draws=64)
    budget = budget_of(appraisal)
    page = shown(saved[name]).sheet("costs")
    *years, whole = labelled(page, "Summa kostnad")
    unknown = sum(row[0].value == "–" for row in page.iter_rows())
    assert unknown == 0
    costs = {year: amount for year, amount in budget.costs.items() if amount}
    for at, amount in enumerate(years):
        assert amount == pytest.approx(costs.get(case.first_year + at, 0), abs=1), at
    assert whole == pytest.approx(sum(costs.values()), abs=3)


@pytest.mark.libreoffice
def test_live_checks_say_what_is_wrong(saved: dict[str, Path]):
    form = shown(saved["fel"])
    right = shown(saved[MODELS[0]])

    def check(table: str, number: int, of: Opened = form) -> str:
        row = of.cell(table, number, _first(table)).row
        page = of.cell(table, number, _first(table)).parent
        return next(str(cell.value) for cell in page[row] if str(cell.value)[:1] in "✓!✗")

    assert check("costs", 0) == "✗ Lågt är större än högt"
    assert check("costs", 5) == "✗ Troligast ligger utanför lågt och högt"
    assert check("costs", 6).startswith("✗ Fyll i Part som bär kostnaden")
    assert re.fullmatch(r"✗ Sökt 2025: 600.000 kr – högst 500.000 kr. Sänk med 100.000 kr", check("applied", 0))
    assert check("outcomes", 0).startswith("✗ Redan borträknat")
    assert check("participants", 0) == "! 0.66 % – menar du 66 %?" or check("participants", 0).startswith("! 0,66 %")
    assert check("consequences", 0) == "✗ Kortnamnet finns inte på bladet Effekter"
    assert str(form.field("title").offset(0, 4).value) == "✗ Fattas"
    assert str(form.field("application.end").offset(0, 4).value) == "✗ Projekttid: 37 månader – högst 36"
    assert form.sheet("followup")["B4"].value == "✗ Minst en ekonomisk indikator"
    assert form.sheet("readme")["B3"].value == "✗ 5 av 6 obligatoriska delar är klara"
    assert check("costs", 5, right) == "✓ Klart"
    assert str(right.field("application.end").offset(0, 4).value) == "✓ Klart"
    assert right.sheet("costs")["B4"].value.startswith("✓ Medfinansiering: ")
    assert right.sheet("readme")["B3"].value == "✓ Formuläret går att räkna på"
    assert shown(saved["tom"]).sheet("readme")["B3"].value == "✗ 0 av 6 obligatoriska delar är klara"


def _first(table: str) -> str:
    return {"applied": "name", "participants": "year", "outcomes": "id", "consequences": "outcome"}.get(table, "name")


@pytest.mark.libreoffice
def test_costs_are_called_in_the_form_what_they_are_called_in_scenarios(saved: dict[str, Path]):
    form, case = shown(saved[MODELS[0]]), model(MODELS[0])
    names = {}
    for table in ("costs", "hours"):
        for number in range(12):
            name = form.cell(table, number, "name")
            if name.value:
                path = next(cell.value for cell in name.parent[name.row] if str(cell.value).startswith("costs."))
                names[path] = name.value
    assert names == {f"costs.{number}": item.name for number, item in enumerate(case.costs)}


@pytest.mark.libreoffice
def test_nothing_is_cut_off_in_print(saved: dict[str, Path], tmp_path: Path):
    pdftotext = required("pdftotext")
    (pdf,) = converted([saved[MODELS[0]]], tmp_path, "pdf")
    text = subprocess.run([pdftotext, "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    assert "###" not in text
    assert "Kalkyl för en social investering" in text
