"""The files of a report: which ones, the same bytes every time, all or none of them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pandas as pd
import pytest

from socio_calc.appraisal import Appraisal
from socio_calc.cli.formats import DEFAULT_FORMATS, FORMATS, Formats, read_formats
from socio_calc.report import package
from socio_calc.report.files import OutputError
from socio_calc.report.package import require_formats, write_report
from socio_calc.report.tidy_tables import csv_bytes, draws_csv, tidy_csv
from tests.report.document.document_cases import analysed

LIGHT = ("html", "docx", "json", "csv")


@pytest.fixture(scope="module")
def appraisal(tmp_path_factory: pytest.TempPathFactory) -> Appraisal:
    return analysed("hostile", tmp_path_factory.mktemp("case")).appraisal


@pytest.fixture(autouse=True)
def without_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures take most of the time and have tests of their own."""
    monkeypatch.setattr("socio_calc.report.charts.draw_charts", lambda *_: ())
    monkeypatch.setattr("socio_calc.report.charts.of_sensitivity.draw_report_charts", lambda *_: ())


def test_formats_of_the_command_are_those_of_the_report() -> None:
    assert FORMATS == package.FORMATS
    assert tuple(DEFAULT_FORMATS) == package.DEFAULT_FORMATS


@pytest.mark.parametrize("written", ["", " , ", "doc", "html;docx", "html,pptx"])
def test_other_formats_are_refused(written: str) -> None:
    with pytest.raises(ValueError, match="formats are"):
        read_formats(written)


def test_formats_are_read_once() -> None:
    assert read_formats("PDF, html,pdf") == ("html", "pdf")
    assert read_formats(Formats(("csv",))) == ("csv",)


def test_what_is_asked_for_is_written_and_nothing_else(appraisal: Appraisal, tmp_path: Path) -> None:
    written = write_report(appraisal, tmp_path, formats=LIGHT, draws_csv=True)
    endings = [path.name.partition("hyperlink-http-example-org-x")[2] for path in written]
    assert endings == [".html", ".docx", ".json", "-results.csv", "-outcomes.csv", "-flows.csv", "-draws.csv"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in written)
    assert json.loads(written[2].read_text("utf-8"))["format"] == 1


def test_the_same_appraisal_gives_the_same_bytes(appraisal: Appraisal, tmp_path: Path) -> None:
    first, second = (write_report(appraisal, tmp_path / name, formats=LIGHT, draws_csv=True) for name in ("a", "b"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_an_unknown_format_is_no_silent_default(appraisal: Appraisal, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="pptx"):
        write_report(appraisal, tmp_path, formats=("pptx",))


def test_one_message_for_many_files_that_exist(appraisal: Appraisal, tmp_path: Path) -> None:
    write_report(appraisal, tmp_path, formats=LIGHT)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(OutputError) as caught:
        write_report(appraisal, tmp_path, formats=LIGHT, draws_csv=True)
    (problem,) = caught.value.problems
    assert (problem.code, problem.params["n"]) == ("files-exist", 6)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert write_report(appraisal, tmp_path, formats=LIGHT, force=True)


def test_a_missing_extra_is_told_before_anything_is_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    from socio_calc.paper import pdf

    def missing() -> None:
        raise pdf.PdfUnavailable(pdf.not_installed())

    monkeypatch.setattr(pdf, "require_pdf", missing)
    require_formats(("html",))
    with pytest.raises(OutputError) as caught:
        require_formats(("html", "pdf"))
    assert [problem.code for problem in caught.value.problems] == ["pdf-not-installed"]


# --- CSV --------------------------------------------------------------------------------------------------------------


def rows(data: bytes, separator: str) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator))


def test_tidy_files_hold_every_row_with_every_digit(appraisal: Appraisal) -> None:
    tables = tidy_csv(appraisal, "en")
    results = rows(tables["results"], ",")
    assert len(results) == len(appraisal.rows)
    for written, row in zip(results, appraisal.rows, strict=True):
        assert written["measure"] == row.measure
        assert (float(written["base"]) if written["base"] else None) == row.base
        assert written["reason"] == (row.reason or "")
    total = sum(float(row["base"]) for row in rows(tables["flows"], ","))
    assert total == pytest.approx(sum(row.base for row in appraisal.flow_rows))


def test_a_swedish_file_has_semicolons_and_decimal_commas(appraisal: Appraisal) -> None:
    swedish, english = (tidy_csv(appraisal, lang)["results"] for lang in ("sv", "en"))
    frame = pd.read_csv(io.BytesIO(swedish), sep=";", decimal=",")
    same = pd.read_csv(io.BytesIO(english))
    pd.testing.assert_frame_equal(frame, same)
    assert b"0,5" in csv_bytes(pd.DataFrame({"x": [0.5]}), "sv")


def test_no_cell_is_a_formula(appraisal: Appraisal) -> None:
    for data in (*tidy_csv(appraisal).values(), draws_csv(appraisal)):
        for row in rows(data, ";"):
            for cell in (*row, *row.values()):
                number = cell.replace(",", ".")
                if cell.startswith(("=", "+", "-", "@", "\t", "\r")):
                    assert float(number) <= 0  # a number may begin with its sign
    lines = [row["line"] for row in rows(tidy_csv(appraisal)["flows"], ";")]
    assert any(line.startswith("'=HYPERLINK") for line in lines)


def test_draws_are_those_of_the_result(appraisal: Appraisal) -> None:
    written = rows(draws_csv(appraisal, "en"), ",")
    assert len(written) == appraisal.number_of_draws
    mean = sum(float(row["npv"]) for row in written) / len(written)
    assert mean == pytest.approx(appraisal.result().mean)
