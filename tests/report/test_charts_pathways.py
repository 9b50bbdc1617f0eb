"""The charts of pathways: true titles, the appraisal's own figures, every word on the sheet, and no need of colour."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from socio_calc.appraisal import Appraisal, appraise
from socio_calc.case import Case
from socio_calc.report.charts import Chart, draw_charts
from socio_calc.report.charts.pathway_arms import MOST_AREAS
from socio_calc.report.charts.pathway_model import MOST_STATES
from socio_calc.report.charts.pathway_years import MOST_ROWS
from socio_calc.report.charts.state_layout import Box, arrows, placed
from tests.report.chart_cases import appraised
from tests.report.test_charts_pictures import assert_readable, figure_of, words_on
from tests.strategies import cases

NO_BREAK = "\N{NO-BREAK SPACE}"
NAMES = ("pathway-model", "pathway-arms", "pathway-years")

#: Of ten people who study, half take the degree and a quarter drop out each year; half of those outside return.
SCHOOL: dict[str, Any] = {
    "id": "school",
    "name": "Gymnasiet",
    "states": ["studerar", "examen", "utan_skola"],
    "start": {"studerar": 1},
    "transitions": {
        "studerar": {"examen": 0.5, "utan_skola": 0.25, "rest": "studerar"},
        "utan_skola": {"studerar": 0.5, "rest": "utan_skola"},
    },
    "effects": [{"from": "studerar", "to": "utan_skola", "measure": "ratio", "value": 0.4}],
    "holds": "open",
    "evidence": {"grade": "rct", "sources": ["Prov"]},
}


def school(value: Any = 0.4, **more: Any) -> dict[str, Any]:
    return SCHOOL | {"effects": [SCHOOL["effects"][0] | {"value": value}]} | more


def many_states(count: int, **rows: Any) -> dict[str, Any]:
    """Return a pathway in which everyone moves between all states alike, and the first move is made rarer."""
    states = [f"läge_{number}".replace("ä", "a") for number in range(count)]
    transitions = {
        state: {other: 0.5 / count for other in states if other != state} | {"rest": state} for state in states
    }
    effects = [{"from": states[0], "to": states[1], "measure": "ratio", "value": 0.5}]
    moves = {"states": states, "start": {states[0]: 1}, "transitions": transitions, "effects": effects}
    return SCHOOL | moves | rows


UNSURE = {"low": 0.1, "mode": 0.8, "high": 1.8}
CASES: dict[str, list[dict[str, Any]]] = {
    "fewer-drop-outs": [school()],
    "more-drop-outs": [school(1.5)],
    "no-change": [school(1.0)],
    "no-effects": [{key: value for key, value in SCHOOL.items() if key not in ("effects", "holds", "evidence")}],
    "unsure": [school(UNSURE)],
    "two-effects": [
        school(effects=[*SCHOOL["effects"], {"from": "utan_skola", "to": "studerar", "measure": "ratio", "value": 1.2}])
    ],
    "by-year": [
        school(
            transitions=SCHOOL["transitions"]
            | {"studerar": {"examen": [0, 0, 0.4], "utan_skola": 0.25, "rest": "studerar"}}
        )
    ],
    "dense": [many_states(6)],
    "many": [many_states(12)],
    "long-name": [
        school(name="Vägen genom gymnasiet för elever som började på ett introduktionsprogram i årskurs ett")
    ],
}
TITLES = {
    "pathway-model": {
        "fewer-drop-outs": (
            "Från ”studerar” till ”utan skola”: 10 % per år i stället för 25 %",
            "From “studerar” to “utan skola”: 10% a year instead of 25%",
        ),
        "no-change": (
            "Insatsen ändrar ingen övergång mellan lägena",
            "The intervention changes no transition between states",
        ),
        "two-effects": (
            "Insatsen ändrar 2 övergångar mellan lägena",
            "The intervention changes 2 transitions between states",
        ),
    },
    # After a year 10 per cent are outside with the intervention and 25 without; the others still study.
    "pathway-arms": {
        "fewer-drop-outs": (
            "15 procentenheter fler i läget ”studerar” efter 1 år",
            "15 percentage points more in “studerar” after 1 year",
        ),
        "more-drop-outs": (
            "13 procentenheter fler i läget ”utan skola” efter 1 år",
            "13 percentage points more in “utan skola” after 1 year",
        ),
        "no-change": ("Insatsen ändrar inte andelen i något läge", "The intervention changes the share in no state"),
    },
    # Outside after 1 to 4 years: 0.25, 0.1875, 0.1406, 0.1055; with the intervention 0.1, 0.09, 0.066, 0.0459.
    "pathway-years": {
        "fewer-drop-outs": (
            "Insatsen väntas ge 3,8 färre år i läget ”utan skola” för alla 10 deltagare",
            "3.8 fewer years in “utan skola” are expected for all 10 participants",
        ),
        "no-change": (
            "Insatsen ändrar inte tiden i något läge",
            "The intervention changes the time in no state",
        ),
    },
}
EXPECTED = [(chart, case) for chart, by_case in TITLES.items() for case in by_case]


@pytest.fixture(scope="module")
def appraisals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Appraisal]:
    folder = tmp_path_factory.mktemp("pathways")
    return {name: appraised({"pathways": pathways}, folder) for name, pathways in CASES.items()}


def charts_of(appraisal: Appraisal, lang: str = "sv") -> dict[str, Chart]:
    charts = draw_charts(appraisal, "sv" if lang == "sv" else "en")
    return {chart.name: chart for chart in charts if chart.name.startswith("pathway")}


# --- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("chart", "case"), EXPECTED, ids=[f"{chart}-{case}" for chart, case in EXPECTED])
def test_the_title_states_the_finding(appraisals: dict[str, Appraisal], chart: str, case: str) -> None:
    for lang, expected in zip(("sv", "en"), TITLES[chart][case], strict=True):
        assert charts_of(appraisals[case], lang)[chart].title.replace(NO_BREAK, " ") == expected


def test_without_effects_nothing_is_said_to_change(appraisals: dict[str, Appraisal]) -> None:
    with_none, unchanged = (charts_of(appraisals[case]) for case in ("no-effects", "no-change"))
    assert [chart.title for chart in with_none.values()] == [chart.title for chart in unchanged.values()]


def test_an_unsure_difference_is_said_to_be_so(appraisals: dict[str, Appraisal]) -> None:
    row = appraisals["unsure"].outcome("school.utan_skola")
    assert row.difference_p5 is not None and row.difference_p95 is not None
    assert row.difference_p5 < 0 < row.difference_p95
    for lang, word in (("sv", "Kanske"), ("en", "Perhaps")):
        assert charts_of(appraisals["unsure"], lang)["pathway-years"].title.startswith(word)
    assert "Kanske" not in charts_of(appraisals["fewer-drop-outs"])["pathway-years"].title


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_text_alternatives_hold_every_state_and_its_figures(appraisals: dict[str, Appraisal], lang: str) -> None:
    charts = charts_of(appraisals["fewer-drop-outs"], lang)
    percent = " %" if lang == "sv" else "%"
    model = charts["pathway-model"].alt_text.replace(NO_BREAK, " ")
    for move in (f"25{percent} → 10{percent}", f"25{percent} → 40{percent}", f"50{percent}", f"100{percent}"):
        assert move in model
    # After five years: π(5) of the two arms, by the matrices (0.25, 0.5, 0.25) and (0.4, 0.5, 0.1).
    arms = charts["pathway-arms"].alt_text.replace(NO_BREAK, " ")
    for state in ("studerar", "examen", "utan skola"):
        assert state in model and state in arms and state in charts["pathway-years"].alt_text
    course = {"ordinary": _course(0.25), "intervention": _course(0.1)}
    assert f"{round(100 * course['ordinary'][5][1])}{percent} → {round(100 * course['intervention'][5][1])}" in arms
    years = charts["pathway-years"].alt_text.replace(",", ".")
    assert f"{10 * sum(year[2] for year in course['ordinary'][:5]):.1f}" in years
    said = re.findall(r"([\d.]+) → ([\d.]+) \(([+\u2212]?[\d.]+)\)", years)
    assert len(said) == 3
    for before, after, change in said:
        assert Decimal(before) + Decimal(change.replace("\u2212", "-")) == Decimal(after)


def _course(dropping_out: float) -> list[Any]:
    """Return π(0) … π(5) of one participant."""
    matrix = np.array([[0.5 - dropping_out, 0.5, dropping_out], [0, 1, 0], [0.5, 0, 0.5]])
    return [np.linalg.matrix_power(matrix, year)[0] for year in range(6)]


# --- pictures ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("case", CASES)
def test_every_word_is_on_the_sheet_and_alone(appraisals: dict[str, Appraisal], case: str, lang: str) -> None:
    for chart in charts_of(appraisals[case], lang).values():
        assert_readable(chart)


@settings(max_examples=6)
@given(case=cases(max_outcomes=0, max_pathways=2, max_years=40))
def test_any_pathway_can_be_drawn(case: Case) -> None:
    for chart in charts_of(appraise(case, draws=64)).values():
        assert_readable(chart)


def test_the_areas_are_the_shares_of_the_two_arms(appraisals: dict[str, Appraisal]) -> None:
    figure = figure_of(charts_of(appraisals["fewer-drop-outs"])["pathway-arms"])
    assert len(figure.axes) == 2
    for axes, dropping_out in zip(figure.axes, (0.25, 0.1), strict=True):
        course = np.array(_course(dropping_out))
        edges = [np.asarray(line.get_ydata(), dtype=float) for line in axes.lines[:3]]
        np.testing.assert_allclose(edges, np.cumsum(course, axis=1).T, atol=1e-12)
        assert axes.get_ylim() == (0.0, 1.0)


def test_the_bars_are_the_years_in_each_state(appraisals: dict[str, Appraisal]) -> None:
    from matplotlib.patches import Rectangle

    appraisal = appraisals["fewer-drop-outs"]
    axes = figure_of(charts_of(appraisal)["pathway-years"]).axes[0]
    widths = [bar.get_width() for bar in axes.patches if isinstance(bar, Rectangle)]
    rows = [appraisal.outcome(f"school.{state}") for state in SCHOOL["states"]]
    assert widths == pytest.approx(list(itertools.chain(*((row.ordinary, row.intervention) for row in rows))))


def test_the_picture_of_the_states_names_every_move(appraisals: dict[str, Appraisal]) -> None:
    figure = figure_of(charts_of(appraisals["fewer-drop-outs"])["pathway-model"])
    words = {text.get_text().replace(NO_BREAK, " "): text for text, _ in words_on(figure)}
    assert {"studerar", "examen", "utan skola", "50 %", "25 % → 10 %", "100 % vid start"} <= words.keys()
    assert "25 % → 40 % stannar kvar" in words
    assert words["25 % → 10 %"].get_fontweight() == "bold"
    assert words["50 %"].get_fontweight() == "normal"


def test_transitions_that_differ_by_year_are_shown_where_most_are_possible(appraisals: dict[str, Appraisal]) -> None:
    chart = charts_of(appraisals["by-year"])["pathway-model"]
    texts = [text.get_text() for text, _ in words_on(figure_of(chart))]
    assert any("(år 3 efter start)" in _plain(text) for text in texts)
    assert "0–40 %" in map(_plain, texts)


def _plain(text: str) -> str:
    return text.replace("\n", " ").replace(NO_BREAK, " ")


#: Studying, half of those outside return at first and a tenth later; the degree is taken in the third year and later.
VARYING: dict[str, Any] = SCHOOL | {
    "transitions": {
        "studerar": {"examen": [0, 0, 0.004, 0.6], "utan_skola": [0.25, 0.25, 0.25, 0.3], "rest": "studerar"},
        "utan_skola": {"studerar": 0.5, "rest": "utan_skola"},
    }
}
SPANS = {"sv": "spann: från lägsta till högsta året", "en": "ranges: from the lowest to the highest year"}


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_what_varies_over_the_years_is_told_from_its_lowest_to_its_highest(tmp_path: Path, lang: str) -> None:
    chart = charts_of(appraised({"pathways": [VARYING | {"lag": 1, "holds": 1}]}, tmp_path), lang)["pathway-model"]
    percent = " %" if lang == "sv" else "%"
    texts = [_plain(text.get_text()) for text, _ in words_on(figure_of(chart))]
    # The change of dropping out is that of the second year; the degree is impossible then, and 60 per cent at last.
    assert f"25{percent} → 10{percent}" in texts
    assert f"0–60{percent}" in texts
    assert f"50{percent}" in texts
    assert not {f"0{percent}", f"25–30{percent}"} & set(texts)
    named = "(år 2 efter start)" if lang == "sv" else "(year 2 after the start)"
    for said in (" ".join(texts), _plain(chart.alt_text)):
        assert SPANS[lang] in said
        assert named in said
    assert f"0–60{percent}" in _plain(chart.alt_text)
    assert_readable(chart)


def test_a_transition_of_other_years_alone_is_shown(tmp_path: Path) -> None:
    """Everyone outside returns in the first year; from the second on half stay, though nothing writes it."""
    rows = {"utan_skola": {"studerar": [1.0, 0.5], "rest": "utan_skola"}}
    pathway = school(transitions=SCHOOL["transitions"] | rows, holds=1)
    chart = charts_of(appraised({"pathways": [pathway]}, tmp_path))["pathway-model"]
    assert "från utan skola till utan skola 0–50 %" in _plain(chart.alt_text)
    assert "0–50 % stannar kvar" in [_plain(text.get_text()) for text, _ in words_on(figure_of(chart))]


def test_without_varying_years_no_range_is_explained(appraisals: dict[str, Appraisal]) -> None:
    for case in ("fewer-drop-outs", "dense", "no-effects"):
        chart = charts_of(appraisals[case])["pathway-model"]
        texts = " ".join(text.get_text() for text, _ in words_on(figure_of(chart)))
        assert "spann" not in _plain(texts) + chart.alt_text
        assert "–" not in chart.alt_text


def test_the_table_has_the_ranges_too(tmp_path: Path) -> None:
    wide = many_states(6)
    rows = {state: dict(row) for state, row in wide["transitions"].items()}
    rows["lage_3"]["lage_4"] = [0.05, 0.2]
    chart = charts_of(appraised({"pathways": [wide | {"transitions": rows}]}, tmp_path))["pathway-model"]
    texts = [_plain(text.get_text()) for text, _ in words_on(figure_of(chart))]
    assert "Från läget i raden till läget i kolumnen" in texts
    assert "5–20 %" in texts
    assert any(SPANS["sv"] in text for text in texts)
    assert_readable(chart)


def test_figures_of_two_arrows_beside_each_other_stand_on_their_own() -> None:
    """A text that would lie across the other arrow moves to its own side."""
    boxes = {"high": Box(4.0, 4.0, 1.5, 0.6), "low": Box(4.0, 1.5, 1.5, 0.6)}
    curves = arrows(boxes, [("high", "low"), ("low", "high")])
    places = placed(curves, [(0.75, 0.22), (0.75, 0.22)], list(boxes.values()), (0.5, 5.0))
    assert places is not None
    for place, own, other in zip(places, curves, curves[::-1], strict=True):
        assert place.holds(own).any()
        assert not place.holds(other).any()


def test_where_arrows_have_no_room_there_is_a_table(appraisals: dict[str, Appraisal]) -> None:
    words = [text.get_text() for text, _ in words_on(figure_of(charts_of(appraisals["dense"])["pathway-model"]))]
    assert "Från läget i raden till läget i kolumnen" in words
    # Both as a row and as a column.
    assert words.count("lage 3") == 2
    assert sum("%" in word for word in words) >= 36


def test_pictures_hold_the_states_that_matter_most(appraisals: dict[str, Appraisal]) -> None:
    charts = charts_of(appraisals["many"])
    assert set(charts) == {"pathway-arms", "pathway-years"}
    assert len(appraisals["many"].case.pathways[0].states) > max(MOST_AREAS, MOST_ROWS, MOST_STATES)
    arms = [text.get_text() for text, _ in words_on(figure_of(charts["pathway-arms"]))]
    assert any(text.startswith("7 andra lägen") for text in arms)
    rows = [text.get_text() for text, _ in words_on(figure_of(charts["pathway-years"])) if "lage" in text.get_text()]
    # The title names one of them too.
    assert len(rows) == MOST_ROWS + 1


def test_several_pathways_have_names_of_their_own(tmp_path: Path) -> None:
    charts = charts_of(appraised({"pathways": [school(), school(id="other_one", name="Annan")]}, tmp_path))
    assert set(charts) == {f"{name}-{id}" for name in NAMES for id in ("school", "other-one")}
    assert "Annan" in charts["pathway-arms-other-one"].alt_text


def test_mortality_of_the_life_table_is_told_and_its_dead_have_no_moves(tmp_path: Path) -> None:
    mortal = {"participants": [{"year": 0, "number": 10, "age": 88}], "survival": "sweden", "pathways": [school()]}
    charts = charts_of(appraised(mortal, tmp_path))
    words = [text.get_text().replace("\n", " ") for text, _ in words_on(figure_of(charts["pathway-model"]))]
    assert any("Dödligheten ur livslängdstabellen tillkommer." in word for word in words)
    assert "döda" not in words and "döda" not in charts["pathway-model"].alt_text
    assert "döda" in charts["pathway-arms"].alt_text
    for chart in charts.values():
        assert_readable(chart)


def test_a_way_to_the_dead_that_the_case_writes_is_drawn(tmp_path: Path) -> None:
    source, first = next(iter(SCHOOL["transitions"].items()))
    row = {**SCHOOL["transitions"], source: {**first, "dead": 0.01}}
    people = {"participants": [{"year": 0, "number": 10, "age": 88}], "survival": "sweden"}
    charts = charts_of(appraised({**people, "pathways": [school(transitions=row)]}, tmp_path))
    words = [text.get_text().replace("\n", " ") for text, _ in words_on(figure_of(charts["pathway-model"]))]
    assert "döda" in words
    assert_readable(charts["pathway-model"])


def test_neighbouring_areas_are_told_apart_without_colour(appraisals: dict[str, Appraisal]) -> None:
    from matplotlib.colors import to_rgb

    axes = figure_of(charts_of(appraisals["many"])["pathway-arms"]).axes[0]
    looks = [(to_rgb(np.asarray(area.get_facecolor())[0].tolist()), area.get_hatch()) for area in axes.collections]
    assert len(looks) == MOST_AREAS
    for (first, hatch), (second, other) in itertools.pairwise(looks):
        assert hatch != other or abs(sum(first) - sum(second)) / 3 > 0.15
    assert all(max(colour) - min(colour) < 0.08 for colour, _ in looks)


def test_the_picture_shows_what_the_calculation_counts_of_the_effect(tmp_path: Path) -> None:
    """Of 25 − 10 = 15 points 60 per cent count: 9 points, so that 16 per cent drop out, as in the arms' first year."""
    appraisal = appraised({"pathways": [school(evidence_adjustment=0.6)]}, tmp_path)
    chart = charts_of(appraisal)["pathway-model"]
    assert chart.title.replace(NO_BREAK, " ") == "Från ”studerar” till ”utan skola”: 16 % per år i stället för 25 %"
    assert "från studerar till utan skola 25 % → 16 %" in chart.alt_text.replace(NO_BREAK, " ")
    outside = [row.base for row in appraisal.occupancy if row.state == "utan_skola" and row.year == 1]
    assert outside == pytest.approx([0.25, 0.16])
    words = [text.get_text().replace("\n", " ").replace(NO_BREAK, " ") for text, _ in words_on(figure_of(chart))]
    assert any("60 % av effekten räknas." in word for word in words)
    whole = charts_of(appraised({"pathways": [school()]}, tmp_path))["pathway-model"]
    assert not any("av effekten räknas" in text.get_text() for text, _ in words_on(figure_of(whole)))


def test_the_year_shown_is_one_with_effect(tmp_path: Path) -> None:
    """Most transitions are possible from the third year on, when the effect of the second has ended."""
    listed = SCHOOL["transitions"] | {"studerar": {"examen": [0, 0, 0.4], "utan_skola": 0.25, "rest": "studerar"}}
    pathway = school(transitions=listed, lag=1, holds=1)
    words = [
        _plain(text.get_text())
        for text, _ in words_on(figure_of(charts_of(appraised({"pathways": [pathway]}, tmp_path))["pathway-model"]))
    ]
    assert any("(år 2 efter start)" in word for word in words)


def test_an_effect_after_the_horizon_changes_no_transition(tmp_path: Path) -> None:
    charts = charts_of(appraised({"pathways": [school(lag=9)]}, tmp_path))
    assert charts["pathway-model"].title == "Insatsen ändrar ingen övergång mellan lägena"
    assert charts["pathway-arms"].title == "Insatsen ändrar inte andelen i något läge"


def test_the_finding_of_the_arms_stands_in_the_picture(appraisals: dict[str, Appraisal]) -> None:
    """Still studying after a year: 25 per cent, and 40 with the intervention."""
    texts = [text for text, _ in words_on(figure_of(charts_of(appraisals["fewer-drop-outs"])["pathway-arms"]))]
    bold = [text.get_text().replace(NO_BREAK, " ") for text in texts if text.get_fontweight() == "bold"]
    assert {"25 %", "40 %"} <= set(bold)


def test_charts_without_money_name_no_prices(appraisals: dict[str, Appraisal]) -> None:
    for chart in charts_of(appraisals["fewer-drop-outs"]).values():
        words = " ".join(text.get_text() for text, _ in words_on(figure_of(chart)))
        assert "Källa: kalkylen Prov." in words
        assert "priser" not in words


def test_ends_of_arrows_stand_apart_along_a_side() -> None:
    """Of two arrows at the left of a box, one from above and one from below, each ends on its own side."""
    boxes = {"low": Box(0.0, 0.0, 1.0, 1.0), "high": Box(0.0, 4.0, 1.0, 1.0), "right": Box(8.0, 2.0, 1.0, 1.0)}
    from_low, to_high = arrows(boxes, [("low", "right"), ("right", "high")])
    assert from_low[-1][0] == pytest.approx(to_high[0][0], abs=0.1)
    assert to_high[0][1] - from_low[-1][1] >= 0.24 - 1e-9
    assert abs(from_low[0][0] - 0.5) < 0.2 and abs(to_high[-1][0] - 0.5) < 0.2
