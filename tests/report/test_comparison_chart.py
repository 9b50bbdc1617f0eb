"""The chart and the words of a comparison: bars that join up, a title that says what turns, names without values."""

from __future__ import annotations

import copy
from itertools import pairwise

import pytest

from socio_calc.analysis.comparison import Comparison, compare
from socio_calc.appraisal import open_case
from socio_calc.case.dump import case_data, dump_data
from socio_calc.locale import Language
from socio_calc.report.charts.facts import ChartFacts
from socio_calc.report.charts.of_comparison import _bars, draw_comparison
from socio_calc.review.comparison_output import comparison_json, comparison_screen
from socio_calc.review.comparison_words import ChangeWords
from tests.report.workbook_cases import EVERYTHING, MODELS


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """Compare a model with itself without its coordinator, which turns the result."""
    path = tmp_path_factory.mktemp("case") / "efter.yaml"
    before = open_case(MODELS / "skolnarvaro.yaml")
    data = copy.deepcopy(case_data(before.case))
    data.pop("scenarios", None)
    data["costs"].pop(0)
    data["discount_rate"] = 0.02
    path.write_text(dump_data(data))
    return compare(before, open_case(path), draws=64)


def test_bars_begin_where_the_last_one_ended(turned: Comparison) -> None:
    names = [ChangeWords(turned.appraisals, "sv").short(step) for step in turned.steps]
    bars = _bars(turned, names, ChartFacts(turned.appraisals[1], "sv"))
    assert [bar.total for bar in bars] == [True, *[False] * (len(bars) - 2), True]
    for left, right in pairwise(bars[:-1]):
        assert left.end == right.start
    assert bars[-2].end == pytest.approx(bars[-1].amount)
    assert bars[0].amount == turned.before.npv and bars[-1].amount == turned.after.npv


def test_the_title_names_what_turns_the_result(turned: Comparison) -> None:
    assert "npv" in turned.flips
    words = ChangeWords(turned.appraisals, "sv")
    chart = draw_comparison(turned, [words.short(step) for step in turned.steps], "sv")
    assert chart.title.endswith("vänder resultatet") and "Borttagen kostnad" in chart.title
    assert "→" not in chart.alt_text and chart.alt_text.startswith("Från −0,3")
    assert chart.svg.startswith(b"<?xml") and chart.png.startswith(b"\x89PNG")


def test_many_changes_share_a_bar(turned: Comparison) -> None:
    from dataclasses import replace

    many = replace(turned, steps=turned.steps[:1] * 9)
    bars = _bars(many, ["X"] * 9, ChartFacts(turned.appraisals[1], "en"))
    assert [bar.name for bar in bars] == ["Before", *["X"] * 5, "4 more changes", "After"]


@pytest.fixture(scope="module")
def varied(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """Compare a case with everything to one in which something of each kind is another or gone."""
    folder = tmp_path_factory.mktemp("case")
    before, after = folder / "a.yaml", folder / "b.yaml"
    data = copy.deepcopy(EVERYTHING)
    data["costs"] = [*data["costs"][1:], {"name": "Ny", "actor": "stat", "amount": 5, "basis": "total", "years": [0]}]
    data["participants"].append({"year": 1, "number": 5, "age": 80})
    data["quantities"]["vardpris"]["mode"] = 31000
    data["outcomes"][0]["fades"] = {"shape": "none"}
    data["outcomes"][0]["consequences"] = data["outcomes"][0]["consequences"][1:]
    data["outcomes"][1]["consequences"][0]["name"] = "Produktion"
    data["outcomes"][2]["effect"]["value"] = 0.4
    data["outcomes"] = [item for item in data["outcomes"] if item["id"] != "niva"]
    data["discount_rate"] = 0.03
    before.write_text(dump_data(EVERYTHING))
    after.write_text(dump_data(data))
    return compare(open_case(before), open_case(after), draws=16)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_kind_of_change_has_words(varied: Comparison, lang: Language) -> None:
    lines = [line.text for line in comparison_screen(varied, lang)]
    assert all(len(line) <= 80 for line in lines)
    kinds = {change.kind for step in varied.steps for change in step.changes}
    assert kinds == {"added", "removed", "changed"}
    said = comparison_json(varied, lang)
    assert all(step["text"] and "{" not in step["text"] for step in said["steps"])
    assert sum(step["amount"] for step in said["steps"]) == pytest.approx(said["difference"])
