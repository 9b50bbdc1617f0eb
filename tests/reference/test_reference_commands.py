"""The commands that find things in the base: what they print, in both languages and as data."""

from __future__ import annotations

import csv
import io
import json

import pytest
import typer
from typer.testing import CliRunner, Result

from socio_calc.cli.baselines import baselines
from socio_calc.cli.costs import costs
from socio_calc.cli.evidence import evidence
from socio_calc.cli.parameters import parameters
from socio_calc.cli.reference_output import TABLE_WIDTH, column_widths
from socio_calc.cli.show import show
from socio_calc.problems import InputError
from socio_calc.reference import ReferenceBase
from socio_calc.reference.tables import BASELINES, COSTS, EVIDENCE, PARAMETERS

app = typer.Typer()
for command in (costs, evidence, baselines, parameters, show):
    app.command()(command)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, catch_exceptions=False)


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("command", ["costs", "evidence", "baselines", "parameters"])
def test_tables_of_all_rows_fit_80_columns_and_break_no_id(base: ReferenceBase, command: str, lang: str) -> None:
    result = run(command, "--lang", lang)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert max(len(line) for line in lines) <= TABLE_WIDTH
    words = set(result.stdout.split())
    assert set(getattr(base, command)) <= words


@pytest.mark.parametrize(
    ("command", "columns"),
    [
        ("costs", COSTS.columns),
        ("evidence", EVIDENCE.columns),
        ("baselines", BASELINES.columns),
        ("parameters", PARAMETERS.columns),
    ],
)
def test_csv_gives_the_table_back(base: ReferenceBase, command: str, columns: tuple[str, ...]) -> None:
    rows = list(csv.DictReader(io.StringIO(run(command, "--csv").stdout)))
    assert tuple(rows[0]) == columns
    assert [row["id"] for row in rows] == list(getattr(base, command))
    if "value" in columns:
        assert [float(row["value"]) for row in rows] == [row.value for row in getattr(base, command).values()]


def test_costs_by_category_payer_and_words() -> None:
    found = json.loads(run("costs", "fraktur", "--category", "falls", "--payer", "region", "--json").stdout)
    assert {row["id"] for row in found} == {"hip-fracture-first-year-region", "hip-fracture-first-year-region-alt-ward"}
    assert {row["today"] for row in found} == {2025}
    assert all(row["value_today"] > row["value"] for row in found)


def test_stale_prices_are_those_more_than_ten_years_old() -> None:
    found = json.loads(run("costs", "--stale", "--json").stdout)
    assert found
    assert max(row["price_year"] for row in found) == 2014
    assert "2015" in run("costs", "--stale").stdout


def test_nothing_found_is_said_on_standard_error() -> None:
    result = run("costs", "xyzzyqwv")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "xyzzyqwv" in result.stderr
    assert json.loads(run("costs", "xyzzyqwv", "--json").stdout) == []


@pytest.mark.parametrize(
    ("option", "value", "nearest"), [("--payer", "komun", "kommun"), ("--category", "fall", "falls")]
)
def test_an_unknown_choice_names_the_nearest(option: str, value: str, nearest: str) -> None:
    with pytest.raises(InputError) as caught:
        run("costs", option, value)
    assert caught.value.problems[0].params["nearest"] == nearest


def test_two_formats_at_once_are_wrong_usage() -> None:
    assert run("costs", "--json", "--csv").exit_code == 2


def test_show_a_price_whole() -> None:
    shown = " ".join(run("show", "hip-fracture-first-year-region").stdout.split())
    for part in (
        "Höftfraktur, första året, regionens del",
        "88 393 kr per händelse i 2004 års priser",
        "I 2025 års priser",
        "53 215 kr till 146 047 kr",
        "Regionen",
        "hospital-day",
        "€ 9,685",
        "https://www.ijic.org/",
        "svagt belagd",
        "Priset är från 2004",
    ):
        assert part in shown


def test_show_in_english_and_as_data() -> None:
    shown = " ".join(run("show", "hospital-day", "--lang", "en").stdout.split())
    assert "SEK 9,300 per day in 2022 prices" in shown
    data = json.loads(run("show", "hospital-day", "--json").stdout)
    assert (data["value"], data["payer"], data["today"]) == (9300, "region", 2025)


@pytest.mark.parametrize(
    ("row_id", "part"),
    [
        ("falls-ex-rate-all", "0,77 (0,71–0,83)"),
        ("pa-school-mvpa", "−0,03 till 0,17"),
        ("parenting-se-4prog-2y", "känd fälla"),
        ("parenting-group-cp-parent", "väntelista"),
        ("iy-wsipp-adj1", "redan nedjusterad"),
        ("falls-admitted-80plus-se-2020", "6 %"),
        ("not-self-sufficient-se-2021", "kan inte stå som nivå"),
        ("employer-contribution", "0,3142"),
    ],
)
def test_show_the_other_tables_with_their_cautions(row_id: str, part: str) -> None:
    shown = " ".join(run("show", row_id).stdout.replace("\u00a0", " ").split())
    assert part in shown
    assert row_id in shown


def test_show_every_row(base: ReferenceBase) -> None:
    for row_id in (*base.costs, *base.evidence, *base.baselines, *base.parameters):
        assert run("show", row_id).exit_code == 0


def test_widths_are_shared_by_need() -> None:
    long = "word " * 40
    widths = column_widths([["id-that-must-stay-whole", long], ["SEK 1,000"], [long]], [False, True, False])
    assert sum(widths) + 4 <= TABLE_WIDTH
    assert widths[0] >= len("id-that-must-stay-whole")
    assert widths[1] == len("SEK 1,000")
    crowded = column_widths([["x" * 60], ["y" * 15], ["z" * 30]], [False, True, False])
    assert crowded[:2] == [60, 15]
