"""What the charts of a sensitivity analysis say: true titles whatever the figures, whole names, nothing of zeros."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from socio_calc.analysis import Sensitivity, sensitivity
from socio_calc.analysis.acceptability import Share
from socio_calc.analysis.scenarios import Scenario
from socio_calc.appraisal import appraise, load
from socio_calc.locale import LANGUAGES, Language, texts
from socio_calc.report.charts import Chart, acceptability, scenarios
from socio_calc.report.charts.facts import MOST_TITLE
from socio_calc.report.charts.information import charts as information_charts
from socio_calc.report.charts.of_sensitivity import draw_sensitivity_charts
from socio_calc.report.sensitivity_facts import SensitivityFacts
from tests.analysis.cases import RICH, appraised
from tests.report.test_charts_pictures import assert_readable, figure_of, words_on

NO_BREAK = "\N{NO-BREAK SPACE}"
MODELS = Path(__file__).parents[2] / "models"
#: Long names and a sure loss, a pathway, a result about zero, health, few results above zero.
NAMES = ("las-pa-recept", "fullfoljda-studier", "skolnarvaro", "kiva", "foraldrastod")


@dataclass(frozen=True)
class _Npv:
    base: float


@dataclass(frozen=True)
class _Curves:
    """Probabilities of a positive net present value, as an analysis gives them."""

    by_horizon: tuple[Share, ...] = ()
    by_qaly_value: tuple[Share, ...] = ()
    by_perspective: tuple[Share, ...] = ()
    qaly_threshold: float | None = None


@pytest.fixture(scope="module")
def models() -> dict[str, Sensitivity]:
    return {name: sensitivity(appraise(load(MODELS / f"{name}.yaml"), draws=2_048)) for name in NAMES}


@pytest.fixture(scope="module")
def rich() -> Sensitivity:
    return sensitivity(appraised(RICH, draws=1_024))


def facts_with(found: Sensitivity, lang: Language = "sv", **changes: Any) -> SensitivityFacts:
    """Return the facts of an analysis in which some results are others."""

    class Changed:
        def __getattr__(self, name: str) -> Any:
            return changes[name] if name in changes else getattr(found, name)

    return SensitivityFacts(found.appraisal, lang, cast("Sensitivity", Changed()))


# --- scenarios --------------------------------------------------------------------------------------------------------


def scenario(name: str | None, npv: float, chance: float | None, spread: float = 1e6) -> Scenario:
    known = {field: None for field in Scenario.__dataclass_fields__}
    given = {"name": name, "npv": npv, "probability_positive": chance, "p5": npv - spread, "p95": npv + spread}
    return Scenario(**(known | given))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "sv", "en"),
    [
        (
            [(-5e6, 0.01), (-6e6, 0.0)],
            "Resultatet är negativt i alla scenarier",
            "The result is negative in all scenarios",
        ),
        # In one of them a tenth of the recalculations lie above zero.
        (
            [(-5e6, 0.01), (-5e5, 0.11)],
            "Resultatet är troligen negativt i alla scenarier",
            "The result is probably negative in all scenarios",
        ),
        (
            [(5e6, 0.99), (5e5, 0.9)],
            "Resultatet är troligen positivt i alla scenarier",
            "The result is probably positive in all scenarios",
        ),
        (
            [(-5e6, 0.01), (-1e5, 0.55)],
            "Nettonuvärdet är under noll i alla scenarier, men osäkert",
            "The net present value is below zero in all scenarios, but uncertain",
        ),
        (
            [(-5e6, 0.01), (3e6, 0.99)],
            "Resultatet vänder i scenariot ”b”",
            "The result changes sign in the scenario “b”",
        ),
        # 47 000 kronor with 49 per cent is no turn.
        (
            [(-5e6, 0.01), (4.7e4, 0.49)],
            "Resultatet kan vända i scenariot ”b”",
            "The result may change sign in the scenario “b”",
        ),
        (
            [(-5e6, 0.01), (4.7e4, 0.49), (3.2e6, 0.99)],
            "Resultatet vänder troligen bara i scenariot ”c”",
            "The result probably changes sign only in the scenario “c”",
        ),
        (
            [(-5e6, 0.01), (3e6, 0.99), (3e6, 0.99), (-4e6, 0.0)],
            "Resultatet vänder i 2 av 3 scenarier",
            "The result changes sign in 2 of 3 scenarios",
        ),
        (
            [(-5e6, 0.01), (3e6, 0.99), (3e6, 0.99)],
            "Resultatet vänder i alla scenarier",
            "The result changes sign in all scenarios",
        ),
        (
            [(5e6, 0.99), (-3e6, 0.1)],
            "Resultatet vänder i scenariot ”b”",
            "The result changes sign in the scenario “b”",
        ),
    ],
)
def test_scenarios_turn_where_they_probably_do(
    rich: Sensitivity, rows: Sequence[tuple[float, float]], sv: str, en: str
) -> None:
    found = tuple(scenario(None if at == 0 else "abcdef"[at], npv, chance) for at, (npv, chance) in enumerate(rows))
    for lang, expected in (("sv", sv), ("en", en)):
        facts = facts_with(rich, cast("Language", lang), scenarios=found, npv=_Npv(rows[0][0]))
        assert scenarios.title(facts) == expected


def test_of_many_scenarios_those_that_turn_are_drawn(rich: Sensitivity) -> None:
    rows = [
        scenario(None, -5e6, 0.0),
        *(scenario(f"s{at}", -1e6, 0.0) for at in range(12)),
        scenario("last", 5e6, 0.99),
    ]
    facts = facts_with(rich, scenarios=tuple(rows), npv=_Npv(-5e6))
    assert scenarios.title(facts) == "Resultatet vänder i scenariot ”last”"
    said = scenarios.alt_text(facts).replace(NO_BREAK, " ")
    assert "last +5 000 000 kr" in said and "grundkalkyl −5 000 000 kr" in said


# --- acceptability ----------------------------------------------------------------------------------------------------


def by_party(**chances: float) -> _Curves:
    rows = (Share("societal", 0.0), *(Share(party, chance) for party, chance in chances.items()))
    return _Curves(by_perspective=rows)


@pytest.mark.parametrize(
    ("chances", "sv", "en"),
    [
        (
            {"kommun": 0.18, "region": 0.0, "individ": 0.02},
            "Nyttan är troligen inte större än kostnaden för någon part",
            "Gains probably do not exceed costs for any party",
        ),
        # Two tie at the top, two at the bottom: both of the first are named.
        (
            {"kommun": 0.0, "region": 0.0, "stat": 0.83, "individ": 0.83},
            "Nyttan är troligen större än kostnaden för staten och individen",
            "Gains probably exceed costs for the state and the individual",
        ),
        (
            {"kommun": 0.6, "region": 0.9},
            "Nyttan är troligen större än kostnaden för alla parter",
            "Gains probably exceed costs for all parties",
        ),
        (
            {"kommun": 0.1} | dict.fromkeys(("region", "stat", "individ", "arbetsgivare", "civilsamhalle"), 0.9),
            "Nyttan är troligen större än kostnaden för 5 av 6 parter",
            "Gains probably exceed costs for 5 of 6 parties",
        ),
    ],
)
def test_parties_for_whom_gains_probably_exceed_costs(
    rich: Sensitivity, chances: dict[str, float], sv: str, en: str
) -> None:
    for lang, expected in (("sv", sv), ("en", en)):
        facts = facts_with(rich, cast("Language", lang), acceptability=by_party(**chances))
        assert acceptability.title_by_party(facts) == expected


@pytest.mark.parametrize(
    ("curve", "title"),
    [
        ((0.0, 0.01, 0.04), "Sannolikheten är låg på alla tidshorisonter"),
        ((0.97, 0.99), "Sannolikheten är hög på alla tidshorisonter"),
        ((0.5, 0.52), "Sannolikheten är ungefär lika stor på alla tidshorisonter"),
        ((0.1, 0.6, 0.12), "Sannolikheten varierar mellan 10 % och 60 %"),
        ((0.1, 0.6), "Sannolikheten växer från 10 % till 60 % med tiden"),
        ((0.6, 0.1), "Sannolikheten sjunker från 60 % till 10 % med tiden"),
    ],
)
def test_what_is_said_of_time(rich: Sensitivity, curve: tuple[float, ...], title: str) -> None:
    rows = tuple(Share(float(year), chance) for year, chance in enumerate(curve, 1))
    facts = facts_with(rich, acceptability=_Curves(rows))
    (chart,) = acceptability.charts(facts)
    assert chart.title.replace(NO_BREAK, " ") == title
    assert f"Efter 1{NO_BREAK}år" in chart.alt_text or "Efter 1 år" in chart.alt_text


def test_a_line_that_never_leaves_zero_is_not_drawn(rich: Sensitivity) -> None:
    rows = tuple(Share(float(year), 0.0) for year in range(1, 6))
    assert acceptability.charts(facts_with(rich, acceptability=_Curves(rows))) == []


def test_a_value_of_health_is_said_to_hold_as_far_as_it_was_tried(rich: Sensitivity) -> None:
    rows = (Share(0.0, 0.0), Share(2e6, 0.39))
    facts = facts_with(rich, acceptability=_Curves(by_qaly_value=rows))
    assert acceptability.title_by_qaly(facts).replace(NO_BREAK, " ") == "Slutsatsen håller upp till 2,0 mkr per QALY"


# --- information ------------------------------------------------------------------------------------------------------


def test_what_is_worth_nothing_to_know_has_no_bar(rich: Sensitivity) -> None:
    facts = SensitivityFacts(rich.appraisal, "sv", rich)
    chart = information_charts(facts)[0]
    worth = [row for row in rich.information.evppi if row.value >= 1.0]
    assert 0 < len(worth) < len(rich.information.evppi)
    assert len(figure_of(chart).axes[0].patches) == len(worth)
    assert f"{len(rich.information.evppi) - len(worth)} andra antaganden" in chart.alt_text
    assert_readable(chart)


def test_where_nothing_is_worth_knowing_there_is_no_chart(rich: Sensitivity) -> None:
    known = rich.information
    nothing = replace(
        known,
        evpi=10_000.0,
        evppi=tuple(replace(row, value=0.0) for row in known.evppi),
        evsi=tuple(replace(row, value=0.0) for row in known.evsi),
    )
    assert information_charts(facts_with(rich, information=nothing)) == []


# --- all of them, in real cases ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_a_real_case_is_on_the_sheet_and_alone(
    models: dict[str, Sensitivity], name: str, lang: Language
) -> None:
    for chart in draw_sensitivity_charts(models[name], lang):
        assert len(chart.title) <= MOST_TITLE
        assert_readable(chart)
        assert _short_form(lang) not in chart.title
        assert "  " not in _words(chart).replace(NO_BREAK, " ")


def _short_form(lang: Language) -> str:
    return texts(lang).t("chart.short-title", npv="")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_bars_have_whole_names(models: dict[str, Sensitivity], name: str, lang: Language) -> None:
    """Nothing but names of more than two lines is cut."""
    charts = {chart.name: chart for chart in draw_sensitivity_charts(models[name], lang)}
    facts = SensitivityFacts(models[name].appraisal, lang, models[name])
    said = _words(charts["tornado"])
    for bar in facts.moving[:7]:
        whole = facts.name_of(bar.quantity, 200)
        if len(whole) <= 60:
            assert whole[1:] in said, whole


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_described_in_whole_names(models: dict[str, Sensitivity], name: str, lang: Language) -> None:
    """Only what is drawn lacks room: who hears a picture described hears the names to their ends."""
    for chart in draw_sensitivity_charts(models[name], lang):
        assert "…" not in chart.alt_text


def test_a_name_that_is_cut_keeps_the_words_after_it(models: dict[str, Sensitivity]) -> None:
    charts = {chart.name: chart for chart in draw_sensitivity_charts(models["foraldrastod"], "en")}
    assert "…” that is counted" in _words(charts["tornado"])


# --- what is always drawn together ------------------------------------------------------------------------------------

FALLS = """
format: 1
title: Fall
first_year: 2024
price_year: 2020
horizons: [1]
participants: [{year: 0, number: 100}]
costs:
  - {name: Träning, actor: kommun, amount: {low: 1000, mode: 1100, high: 1200}, basis: per_participant, index: none}
outcomes:
  - id: falls
    name: Fall
    level: event
    better: lower
    ordinary: 0.5
    effect: {measure: difference, value: {low: -0.11, mode: -0.1, high: -0.09}}
    evidence: {grade: rct, sources: [Prov]}
    consequences:
"""
PARTS = ("fall-hospital-care-region", "fall-hospital-care-municipality", "fall-hospital-care-informal")
WAGES = ("working-year-production-compulsory", "working-year-production-upper-secondary")


def falling(*rows: str) -> Sensitivity:
    """Return the analysis of a case whose consequences have these prices."""
    lines = (
        f"      - {{name: Del {at}, price: {{cost: {row}}}, quantity: 1, link: causal}}" for at, row in enumerate(rows)
    )
    return sensitivity(appraised(FALLS + "\n".join(lines) + "\n", draws=256))


def test_parts_of_one_price_share_an_axis() -> None:
    """The three parts together move the result most, so the picture of two shows them, as the tornado does."""
    found = falling(*PARTS)
    grid, columns = found.grid, {column.key: column for column in found.appraisal.plan.columns}
    facts = SensitivityFacts(found.appraisal, "sv", found)
    assert grid is not None
    assert (grid.x, grid.y) == tuple(bar.quantity for bar in facts.moving[:2])
    assert grid.x.startswith("draw_group:")
    ends = [grid.npv[:, 0], grid.npv[:, -1]]
    middle = len(grid.y_values) // 2
    (bar,) = (bar for bar in found.groups if bar.quantity == grid.x)
    assert sorted(float(end[middle]) for end in ends) == pytest.approx(sorted((bar.npv_low, bar.npv_high)), rel=1e-3)

    chart = next(chart for chart in draw_sensitivity_charts(found, "sv") if chart.name == "grid")
    assert_readable(chart)
    assert "i tre delar" in chart.alt_text
    low, high = (
        sum(float(columns[f"cost:{part}"].distribution.quantile(np.array([share]))[0]) for part in PARTS)
        for share in (0.05, 0.95)
    )
    axes = figure_of(chart).axes[0]
    assert axes.get_xlim() == pytest.approx((low, high))
    (dot,) = (line for line in axes.lines if line.get_marker() == "o")
    assert float(dot.get_xdata()[0]) == pytest.approx(sum(columns[f"cost:{part}"].central for part in PARTS))


def test_prices_that_go_together_without_being_parts_are_not_added() -> None:
    """Work with two lengths of education has one uncertainty but is no price in two parts."""
    found = falling(*WAGES)
    facts = SensitivityFacts(found.appraisal, "sv", found)
    (group,) = found.groups
    assert facts.measured_by(group.quantity) == (f"cost:{WAGES[0]}",)
    assert "delar" not in facts.whole_name(group.quantity)
    assert_readable(next(chart for chart in draw_sensitivity_charts(found, "sv") if chart.name == "grid"))


def _words(chart: Chart) -> str:
    """Return all words of a picture, the lines of names joined."""
    return " ".join(text.get_text().replace("\n", " ") for text, _ in words_on(figure_of(chart)))
