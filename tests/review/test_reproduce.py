"""A report run again: the same, the same with another version, or what differs and why."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from socio_calc.appraisal import appraise, open_case
from socio_calc.problems import InputError
from socio_calc.reference import load_reference, shipped_folder
from socio_calc.report.passport import Passport, encoded, passport_of
from socio_calc.review.reproduce import reproduce
from socio_calc.review.reproduce_output import reproduction_json, reproduction_screen
from tests.report.test_passport import LOCAL
from tests.review.tampering import MODELS, cell_holding, report, with_text, with_value

CASE = MODELS / "ips.yaml"


def passport() -> Passport:
    opened = open_case(CASE)
    return passport_of(
        appraise(opened.case, draws=128, reference=opened.reference, case_sha256=opened.document.sha256), "sv"
    )


def html(folder: Path, carried: Passport) -> Path:
    path = folder / "rapport.html"
    path.write_text(f'<html><head><meta name="socio-calc-passport" content="{encoded(carried)}"></head></html>')
    return path


def workbook(folder: Path, content: bytes) -> Path:
    path = folder / "rapport.xlsx"
    path.write_bytes(content)
    return path


def changed_case(folder: Path, change: Callable[[str], str]) -> Path:
    path = folder / "annan.yaml"
    text = change(CASE.read_text())
    assert text != CASE.read_text()
    path.write_text(text)
    return path


def plain(lines: Any) -> str:
    """Return lines as one, every space the same."""
    return " ".join(" ".join(line.text for line in lines).split())


def reasons(result: Any) -> list[str]:
    return [cause.reason for cause in result.causes]


def test_a_report_comes_out_the_same(tmp_path: Path) -> None:
    for path in (workbook(tmp_path, report()), html(tmp_path, passport())):
        for case in (None, CASE):
            result = reproduce(path, case)
            assert (result.outcome, result.gaps, result.causes, result.same) == ("identical", (), (), True)


def test_the_same_figures_with_another_version(tmp_path: Path) -> None:
    result = reproduce(html(tmp_path, replace(passport(), version="0.0.1")))
    assert (result.outcome, result.same, reasons(result)) == ("other-version", True, ["version"])


def test_a_case_that_differs_in_words_gives_the_same_figures(tmp_path: Path) -> None:
    other = changed_case(tmp_path, lambda text: text + "\n# en rad till\n")
    result = reproduce(html(tmp_path, passport()), other)
    assert (result.outcome, reasons(result)) == ("identical", ["case-words"])


def test_a_changed_case_is_told_with_what_changed_and_by_how_much(tmp_path: Path) -> None:
    other = changed_case(tmp_path, lambda text: text.replace("discount_rate: 0.035", "discount_rate: 0.05", 1))
    result = reproduce(html(tmp_path, passport()), other)
    assert (result.outcome, reasons(result)) == ("differs", ["case"])
    assert [change.paths for change in result.causes[0].changes] == [("discount_rate",)]
    first = result.gaps[0]
    assert (first.view, first.perspective, first.measure, first.statistic) == ("all", "societal", "npv", "base")
    opened = open_case(other)
    right = appraise(opened.case, draws=128, reference=opened.reference).base("npv")
    assert first.computed == pytest.approx(right)
    text = plain(reproduction_screen(result, "sv"))
    assert "Kalkylränta: 3,5 % → 5 %" in text
    assert "Siffrorna blir inte desamma." in text


def test_figures_that_nothing_explains_have_been_changed(tmp_path: Path) -> None:
    carried = passport()
    rows = list(carried.figures)
    rows[0] = (*rows[0][:4], 1.0, *rows[0][5:])
    result = reproduce(html(tmp_path, replace(carried, figures=tuple(rows))))
    assert (result.outcome, reasons(result), len(result.gaps)) == ("differs", ["unexplained"], 1)
    assert result.gaps[0].reported == 1.0


def test_a_base_that_has_changed_since_is_told_and_put_back(tmp_path: Path) -> None:
    """The base of the test is the shipped one with another price; the report was made with the shipped one."""
    carried = passport()
    id = next(id for id, row in carried.rows["costs"].items() if row["value"])
    folder = tmp_path / "bas"
    folder.mkdir()
    for file in shipped_folder("data").iterdir():
        if file.is_file():
            (folder / file.name).write_bytes(file.read_bytes())
    table = folder / "reference_costs.csv"
    value = load_reference().costs[id].value
    before = table.read_text()
    shown = f"{value:g}" if value < 1e6 else str(int(value))
    lines = [
        line.replace(f",{shown},", f",{float(shown) * 1.1:g},", 1) if line.startswith(f"{id},") else line
        for line in before.splitlines(keepends=True)
    ]
    assert "".join(lines) != before
    table.write_text("".join(lines))
    result = reproduce(html(tmp_path, carried), reference=load_reference(folder))
    assert (result.outcome, reasons(result)) == ("differs", ["base", "base-only"])
    assert result.causes[0].params["rows"] == (id,)


def test_another_seed_in_the_passport_gives_other_statistics_and_the_same_base_case(tmp_path: Path) -> None:
    result = reproduce(html(tmp_path, replace(passport(), seed=2)))
    assert result.outcome == "differs"
    assert not [gap for gap in result.gaps if gap.statistic == "base"]
    assert [gap for gap in result.gaps if gap.statistic == "mean"]


def test_an_edited_or_missing_passport_is_named(tmp_path: Path) -> None:
    path = html(tmp_path, passport())
    text = path.read_text()
    path.write_text(text.replace(":1:eN", ":1:eM", 1))
    assert reproduce(path).outcome == "edited-passport"
    path.write_text("<html><head></head><body>Rapport</body></html>")
    assert reproduce(path).outcome == "no-passport"
    row, _ = cell_holding(report(), "Kontrolluppgifter", "SOCIO-CALC-PASSPORT", 1)
    assert reproduce(workbook(tmp_path, with_text(report(), "passport", f"A{row}", "x"))).outcome == "edited-passport"


def test_rows_that_contradict_the_base_they_name_are_edited(tmp_path: Path) -> None:
    carried = passport()
    id = next(iter(carried.rows["costs"]))
    rows = {**carried.rows, "costs": {**carried.rows["costs"], id: {**carried.rows["costs"][id], "value": 1.0}}}
    assert reproduce(html(tmp_path, replace(carried, rows=rows))).outcome == "edited-passport"


def test_rows_of_another_base_say_nothing_that_no_row_says(tmp_path: Path) -> None:
    carried = passport()
    id = next(iter(carried.rows["costs"]))
    for name, value in (("kind", "gift"), ("payer", "nobody"), ("index", "none at all")):
        rows = {**carried.rows, "costs": {**carried.rows["costs"], id: {**carried.rows["costs"][id], name: value}}}
        other = replace(carried, rows=rows, tables_sha256="0" * 64)
        assert reproduce(html(tmp_path, other)).outcome == "edited-passport"


def test_a_row_that_the_base_no_longer_has_is_told(tmp_path: Path) -> None:
    carried = passport()
    id = next(iter(carried.rows["costs"]))
    costs = {("rad-som-var" if key == id else key): row for key, row in carried.rows["costs"].items()}
    old = replace(
        carried,
        rows={**carried.rows, "costs": costs},
        case_text=carried.case_text.replace(id, "rad-som-var"),
        tables_sha256="0" * 64,
    )
    result = reproduce(html(tmp_path, old))
    assert (result.outcome, reasons(result)) == ("identical", ["base", "base-gone"])
    assert result.causes[1].params["rows"] == ("rad-som-var",)


def test_local_prices_come_with_the_report(tmp_path: Path) -> None:
    """The file of prices is gone, and its personal data too; the figures are the same, and follow the prices."""
    folder = tmp_path / "ansokan"
    folder.mkdir()
    (folder / "egna.csv").write_text(LOCAL)
    case = folder / "kalkyl.yaml"
    lines = CASE.read_text().splitlines(keepends=True)
    first = next(at for at, line in enumerate(lines) if line.startswith("discount_rate"))
    case.write_text("".join([*lines[:first], "prices: egna.csv\n", *lines[first:]]))
    opened = open_case(case)
    carried = passport_of(
        appraise(opened.case, draws=64, reference=opened.reference, case_sha256=opened.document.sha256)
    )
    for file in folder.iterdir():
        file.unlink()
    result = reproduce(html(tmp_path, carried))
    assert (result.outcome, result.causes) == ("identical", ())
    (file,) = carried.prices
    without = replace(carried, prices=(replace(file, text=file.text.replace("1 234,5", "x")),))
    with pytest.raises(InputError):
        reproduce(html(tmp_path, without))


def test_a_workbook_that_was_changed_after_it_was_made_differs(tmp_path: Path) -> None:
    result = reproduce(workbook(tmp_path, with_value(report(), "results", "D6", "1")))
    assert (result.outcome, result.gaps, reasons(result)) == ("differs", (), ["workbook"])
    text = plain(reproduction_screen(result, "sv"))
    assert "boken är ändrad efter det" in text


def test_a_result_as_json_is_run_again_with_its_case(tmp_path: Path) -> None:
    opened = open_case(CASE)
    appraisal = appraise(opened.case, draws=128, reference=opened.reference, case_sha256=opened.document.sha256)
    said = appraisal.to_json("sv")
    path = tmp_path / "resultat.json"
    path.write_text(json.dumps(said))
    assert reproduce(path, CASE).outcome == "identical"
    with pytest.raises(InputError) as caught:
        reproduce(path)
    assert [problem.code for problem in caught.value.problems] == ["report-needs-case"]
    said["results"][0]["base"] = 5.0
    path.write_text(json.dumps(said))
    result = reproduce(path, CASE)
    assert (result.outcome, reasons(result), len(result.gaps)) == ("differs", ["unexplained"], 1)
    for broken in ('{"results": []}', '{"a"', '{"results": [1]}'):
        path.write_text(broken)
        with pytest.raises(InputError) as caught:
            reproduce(path, CASE)
        assert [problem.code for problem in caught.value.problems] == ["report-json-broken"]


def test_what_is_no_report_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rapport.txt"
    path.write_text("hej")
    with pytest.raises(InputError) as caught:
        reproduce(path)
    assert [problem.code for problem in caught.value.problems] == ["report-kind-unknown"]


def test_the_object_of_json_can_be_written(tmp_path: Path) -> None:
    other = changed_case(tmp_path, lambda text: text.replace("discount_rate: 0.035", "discount_rate: 0.05", 1))
    said = json.loads(json.dumps(reproduction_json(reproduce(html(tmp_path, passport()), other)), allow_nan=False))
    assert said["same"] is False
    assert said["causes"][0]["changes"] == [{"kind": "changed", "paths": ["discount_rate"]}]
    assert {"view", "perspective", "horizon", "measure", "statistic", "reported", "computed"} == set(
        said["differences"][0]
    )
