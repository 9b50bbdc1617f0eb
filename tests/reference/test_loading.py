"""The base loads whole or not at all; every broken row is a problem with its file and line."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from socio_calc.problems import InputError, Problem
from socio_calc.reference import ReferenceBase, load_reference

Edit = Callable[[str, str, str], Path]
COSTS, EVIDENCE, BASELINES = "reference_costs.csv", "evidence.csv", "baselines.csv"


def _problems(folder: Path) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        load_reference(folder)
    return list(caught.value.problems)


def test_the_same_folder_is_read_once() -> None:
    assert load_reference() is load_reference()


def test_a_copy_of_the_tables_has_the_same_digest(base: ReferenceBase, copied: Path) -> None:
    assert load_reference(copied) == base


def test_a_changed_letter_changes_the_digest(base: ReferenceBase, edit: Edit) -> None:
    assert load_reference(edit(COSTS, ",Hospital day,", ",Hospital bed day,")).sha256 != base.sha256


def test_the_version_is_no_part_of_the_digest(base: ReferenceBase, copied: Path) -> None:
    (copied / "VERSION").write_text("2.0.0\n", "utf-8")
    assert load_reference(copied).sha256 == base.sha256


def test_loading_needs_no_heavy_library() -> None:
    heavy = "{'numpy', 'scipy', 'pandas', 'pydantic', 'rich', 'typer'}"
    load = "import sys; from socio_calc.reference import load_reference; load_reference();"
    code = f"{load} print({heavy} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "path"),
    [
        (COSTS, "home-adaptation-grant,", "Home adaptation,", "reference-bad-id", "Home adaptation.id"),
        (COSTS, "hospital_care,km,123,", "hospital_care,km,many,", "not-a-number", "ambulance-km.value"),
        (COSTS, "hospital_care,km,123,", "hospital_care,km,nan,", "not-a-number", "ambulance-km.value"),
        (COSTS, "hospital_care,km,123,", "hospital_care,km,,", "missing-required", "ambulance-km.value"),
        (COSTS, "hospital_care,km,123,", "hospital_care,km,-123,", "reference-price-not-positive", "ambulance-km"),
        (COSTS, "hospital_care,km,123,", "hospital_care,furlong,123,", "wrong-choice", "ambulance-km.per"),
        (
            COSTS,
            "hospital_care,km,123,,,,2024",
            "hospital_care,km,123,130,140,range,2024",
            "mode-outside",
            "ambulance-km",
        ),
        (
            COSTS,
            "hospital_care,km,123,,,,2024",
            "hospital_care,km,123,100,,range,2024",
            "one-sided-interval",
            "ambulance-km",
        ),
        (
            COSTS,
            "hospital_care,km,123,,,,2024",
            "hospital_care,km,123,100,140,,2024",
            "reference-spread-and-range",
            "ambulance-km",
        ),
        (COSTS, "hospital_care,km,123,,,,2024", "hospital_care,km,123,,,,1999", "year-outside-index", "ambulance-km"),
        (
            COSTS,
            "km,2.5,,,,2024,kpif,individ,,,",
            "km,2.5,,,,2024,kpif,individ,stat,,",
            "reference-payee-without-transfer",
            "own-car-km",
        ),
        (COSTS, "km,2.5,,,,2024,kpif,individ,,,", "km,2.5,,,,2024,kpif,,,,", "missing-required", "own-car-km"),
        (EVIDENCE, "ratio,0.63,0.51,0.77", "ratio,0.83,0.51,0.77", "estimate-outside-ci", "falls-ex-injurious"),
        (EVIDENCE, "ratio,0.63,0.51,0.77", "ratio,0.63,,0.77", "one-sided-interval", "falls-ex-injurious"),
        (
            EVIDENCE,
            "ratio,0.63,0.51,0.77",
            "ratio,-0.63,-0.7,0.77",
            "reference-ratio-not-positive",
            "falls-ex-injurious",
        ),
        (EVIDENCE, "ratio,0.63,0.51,0.77", "ratio,,,", "reference-effect-without-number", "falls-ex-injurious"),
        (BASELINES, "85,,0.08,share", "85,,8,share", "percent-or-share", "falls-admitted-85plus-se-2015"),
        (
            BASELINES,
            "85,,1.03,per person-year",
            "85,60,1.03,per person-year",
            "low-above-high",
            "falls-rate-85plus-home-finland-2012",
        ),
        ("parameters.csv", "0.035,0.03,0.051", "0.025,0.03,0.051", "mode-outside", "discount-rate"),
    ],
)
def test_a_broken_cell_is_a_problem_with_its_place(
    edit: Edit, file: str, old: str, new: str, code: str, path: str
) -> None:
    folder = edit(file, old, new)
    (problem,) = [found for found in _problems(folder) if found.code == code]
    assert problem.place.file == file
    assert problem.place.path == path
    line = (folder / file).read_text("utf-8").splitlines()[(problem.place.line or 0) - 1]
    assert line.startswith(path.split(".")[0] + ",")


def test_all_problems_of_all_tables_come_at_once(edit: Edit) -> None:
    edit(COSTS, "hospital_care,km,123,", "hospital_care,furlong,many,")
    edit(EVIDENCE, "ratio,0.63,0.51,0.77", "ratio,0.83,0.51,0.77")
    folder = edit(BASELINES, "85,,0.08,share", "85,,8,share")
    found = {(problem.code, problem.place.file) for problem in _problems(folder)}
    assert {
        ("wrong-choice", COSTS),
        ("not-a-number", COSTS),
        ("estimate-outside-ci", EVIDENCE),
        ("percent-or-share", BASELINES),
    } <= found


def test_a_repeated_id_names_the_line_of_the_first(copied: Path) -> None:
    path = copied / BASELINES
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", "utf-8")
    (problem,) = _problems(copied)
    assert (problem.code, problem.params["line"], problem.place.line) == ("reference-repeated-id", 2, len(lines) + 1)


def test_overlaps_must_exist_and_hold_both_ways(edit: Edit) -> None:
    folder = edit(
        COSTS,
        "resource_cost,price_list,true,,,default,medium,Milersättning",
        "resource_cost,price_list,true,,library-loan;no-such-row,default,medium,Milersättning",
    )
    codes = {problem.code: problem.params["other"] for problem in _problems(folder)}
    assert codes == {"reference-one-sided-overlap": "library-loan", "reference-unknown-overlap": "no-such-row"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("id,name_sv,", "id,namn,", "missing-column"),
        ("id,name_sv,", "id,namn,", "unknown-key"),
        ("id,name_sv,name_en,", "id,name_en,name_sv,", "columns-out-of-order"),
    ],
)
def test_a_wrong_header_is_said_as_it_is(edit: Edit, old: str, new: str, code: str) -> None:
    assert code in {problem.code for problem in _problems(edit(BASELINES, old, new))}


def test_a_row_with_too_many_cells_is_said_with_its_line(edit: Edit) -> None:
    (problem,) = _problems(edit(BASELINES, "85,,0.08,share", "85,,0,08,share"))
    assert (problem.code, problem.params) == ("reference-row-width", {"found": 16, "expected": 15})


def test_an_open_quotation_mark_does_not_swallow_the_file(copied: Path) -> None:
    path = copied / BASELINES
    path.write_text(path.read_text("utf-8") + 'last,"open\n', "utf-8")
    assert [problem.code for problem in _problems(copied)] == ["csv-syntax"]


def test_a_missing_file_and_a_wrong_encoding_are_problems(copied: Path) -> None:
    (copied / "indices.csv").unlink()
    (copied / EVIDENCE).write_bytes("å".encode("cp1252"))
    assert {problem.code for problem in _problems(copied)} == {"file-not-found", "file-not-utf8"}


def test_an_index_has_no_gaps_and_the_life_table_all_ages(copied: Path) -> None:
    for file, drop in (("indices.csv", "kpif,2015,"), ("life_table_sweden.csv", "2015-2019,men,50,")):
        lines = (copied / file).read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(drop)]
        assert len(kept) == len(lines) - 1
        (copied / file).write_text("".join(kept), "utf-8")
    found = {problem.code: problem.params for problem in _problems(copied) if problem.code != "year-outside-index"}
    assert found == {
        "reference-index-gap": {"series": "kpif", "years": (2015,)},
        "reference-life-table-ages": {"sex": "men"},
    }
