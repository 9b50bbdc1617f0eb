"""What the charts say in words: titles by condition, text alternatives with the figures of the appraisal."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings

from socio_calc.appraisal import Appraisal, appraise
from socio_calc.case import Case
from socio_calc.locale import money, money_interval, probability_figure, table_unit
from socio_calc.report.charts import draw_charts
from tests.report.chart_cases import CASES, appraised
from tests.report.test_charts_pictures import figure_of, words_on
from tests.strategies import cases

NO_BREAK = "\N{NO-BREAK SPACE}"

# The title of each chart, in Swedish and in English, by case.
TITLES = {
    "cumulative": {
        "sure": ("Insatsen går jämnt upp år 2", "The intervention breaks even in year 2"),
        "unsure": (
            "Insatsen går troligen jämnt upp år 4, men osäkerheten är stor",
            "The intervention probably breaks even in year 4, with large uncertainty",
        ),
        "even-base": (
            "Grundkalkylen går jämnt upp år 5, men inte de flesta omräkningar",
            "The base case breaks even in year 5, but most recalculations do not",
        ),
        "never-base": (
            "Nyttan kommer inte i kapp i grundkalkylen, men i de flesta omräkningar",
            "Gains do not catch up in the base case, but in most recalculations they do",
        ),
        "first-year": (
            "Nyttan är större än kostnaden redan första året",
            "Gains exceed costs already in the first year",
        ),
        "never": (
            "Nyttan väntas inte komma i kapp kostnaden på 5 år",
            "Gains are not expected to catch up with costs within 5 years",
        ),
        "falls": ("Nettonuvärdet är negativt efter 5 år", "The net present value is negative after 5 years"),
        "only-costs": ("Kostnaden växer utan att någon nytta räknas in", "Costs grow and no gains are counted"),
        "one-cost": (
            "Kostnaden är 250 000 kr och ingen nytta räknas in",
            "The cost is SEK 250,000 and no gains are counted",
        ),
        "one-year": ("Resultatet efter första året: +1,0 mkr", "Result after the first year: +SEK 1.0 million"),
        "certain": ("Insatsen går jämnt upp år 3", "The intervention breaks even in year 3"),
        "certain-even": ("Insatsen går jämnt upp år 5", "The intervention breaks even in year 5"),
        "only-harm": ("Kostnaden växer, och effekterna ökar den", "Costs grow, and the effects add to them"),
        "net-saving": (
            "Insatsen kostar mindre än det den ersätter",
            "The intervention costs less than what it replaces",
        ),
        "cancels": ("Resultatet pendlar runt noll i 5 år", "The result hovers around zero for 5 years"),
        "harm": (
            "Nyttan väntas inte komma i kapp kostnaden på 5 år",
            "Gains are not expected to catch up with costs within 5 years",
        ),
        "free": ("Nettonuvärde: +1,0 mkr", "Net present value: +SEK 1.0 million"),
        "nothing": ("Kalkylen innehåller inga belopp", "The calculation holds no amounts"),
    },
    "waterfall": {
        "sure": (
            "4,0 mkr i kostnad väntas ge 10,0 mkr i nytta",
            "SEK 4.0 million in costs is expected to give SEK 10.0 million in gains",
        ),
        "never": (
            "Kostnaden är 9,0 mkr och nyttan väntas bli 5,0 mkr",
            "The cost is SEK 9.0 million, and gains of SEK 5.0 million are expected",
        ),
        "near-zero": ("Nytta och kostnad väntas ta ut varandra", "Gains and costs are expected to cancel out"),
        "only-costs": (
            "Kostnaden är 750 000 kr och ingen nytta räknas in",
            "The cost is SEK 750,000 and no gains are counted",
        ),
        "net-saving": (
            "Insatsen kostar mindre än det den ersätter",
            "The intervention costs less than what it replaces",
        ),
        "harm": (
            "Kostnaden är 1,0 mkr, och effekterna kostar mer än de ger",
            "The cost is SEK 1.0 million, and the effects cost more than they give",
        ),
        "only-harm": (
            "Kostnaden är 3,0 mkr, och effekterna ger bara nya kostnader",
            "The cost is SEK 3.0 million, and the effects only add costs",
        ),
        "transfers": (
            "Kostnaden är 1,0 mkr, och den enes nytta är den andres kostnad",
            "The cost is SEK 1.0 million, and one party's gain is another's cost",
        ),
        "free": (
            "Insatsen kostar ingenting och väntas ge 1,0 mkr i nytta",
            "The intervention costs nothing and is expected to give SEK 1.0 million in gains",
        ),
        "nothing": ("Kalkylen innehåller inga belopp", "The calculation holds no amounts"),
    },
    "by-year": {
        "sure": (
            "Kommunen betalar mest, individen vinner mest",
            "The municipality pays most, the individual gains most",
        ),
        "two-win": (
            "Kommunen betalar mest, individen och staten vinner mest",
            "The municipality pays most, the individual and the state gain most",
        ),
        "three-win": ("Vad parterna betalar och får, år för år", "What the parties pay and get, year by year"),
        "payer-almost-wins": (
            "Vad parterna betalar och får, år för år",
            "What the parties pay and get, year by year",
        ),
        "same": ("Kommunen både betalar och vinner mest", "The municipality both pays and gains most"),
        "later": ("Kostnaden kommer först, nyttan från år 3", "Costs come first, gains from year 3"),
        "one-actor": ("Alla belopp faller på kommunen", "All amounts fall on the municipality"),
        "only-costs": (
            "Kommunen betalar, och ingen nytta räknas in",
            "The municipality pays, and no gains are counted",
        ),
        "two-pay": (
            "Kommunen betalar mest, och ingen nytta räknas in",
            "The municipality pays most, and no gains are counted",
        ),
        "even-two-pay": (
            "Kommunen och regionen betalar, och ingen nytta räknas in",
            "The municipality and the region pay, and no gains are counted",
        ),
        "only-harm": (
            "Kommunen betalar mest, och effekterna ger bara nya kostnader",
            "The municipality pays most, and the effects only add costs",
        ),
        # The municipality gets 1 and pays 2 million: it does not win.
        "no-winner": (
            "Regionen betalar mest, och ingen part får mer än den betalar",
            "The region pays most, and no party gets more than it pays",
        ),
        "even-costs": ("Ingen part får mer än den betalar", "No party gets more than it pays"),
        "small": (
            "Kommunen betalar mest, och nyttan är liten för alla",
            "The municipality pays most, and gains are small for all",
        ),
        "net-saving": (
            "Insatsen kostar mindre än det den ersätter",
            "The intervention costs less than what it replaces",
        ),
        # The region bears no cost of the intervention, but the effects cost it more than anyone pays.
        "harm": ("Regionen betalar mest, individen vinner mest", "The region pays most, the individual gains most"),
        "nothing": ("Kalkylen innehåller inga belopp", "The calculation holds no amounts"),
    },
    "distribution": {
        "sure": (
            "Nyttan är större än kostnaden i minst 99 av 100 omräkningar",
            "Gains exceed costs in at least 99 of 100 recalculations",
        ),
        "unsure": (
            "Nyttan är större än kostnaden i ungefär 7 av 10 omräkningar",
            "Gains exceed costs in about 7 of 10 recalculations",
        ),
        "even-base": (
            "Kostnaden är större än nyttan i ungefär 6 av 10 omräkningar",
            "Costs exceed gains in about 6 of 10 recalculations",
        ),
        "only-costs": (
            "Kostnaden är större än nyttan i minst 99 av 100 omräkningar",
            "Costs exceed gains in at least 99 of 100 recalculations",
        ),
        "certain": (
            "Kalkylen har ingen osäkerhet: ange intervall",
            "The calculation has no uncertainty: give intervals",
        ),
        "nothing": ("Kalkylen innehåller inga belopp", "The calculation holds no amounts"),
    },
}
EXPECTED = [(chart, case) for chart, by_case in TITLES.items() for case in by_case]


@pytest.fixture(scope="module")
def appraisals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Appraisal]:
    folder = tmp_path_factory.mktemp("charts")
    return {name: appraised(changes, folder) for name, changes in CASES.items()}


@pytest.mark.parametrize(("chart", "case"), EXPECTED, ids=[f"{chart}-{case}" for chart, case in EXPECTED])
def test_the_title_states_the_finding(appraisals: dict[str, Appraisal], chart: str, case: str) -> None:
    for lang, expected in zip(("sv", "en"), TITLES[chart][case], strict=True):
        titles = {drawn.name: drawn.title for drawn in draw_charts(appraisals[case], lang)}
        assert titles[chart].replace(NO_BREAK, " ") == expected


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("case", ["sure", "unsure", "never", "later", "all-actors", "forty-years"])
def test_text_alternatives_hold_the_figures_of_the_appraisal(
    appraisals: dict[str, Appraisal], case: str, lang: str
) -> None:
    appraisal = appraisals[case]
    row, bands = appraisal.result("npv"), appraisal.bands()
    alt = {chart.name: chart.alt_text for chart in draw_charts(appraisal, lang)}

    def written(amount: float | None) -> str:
        return money(amount, lang, unit="million")

    lowest = int(np.argmin(bands.base))
    for figure in (written(row.base), written(float(bands.base[lowest]))):
        assert figure in alt["cumulative"]
    assert str(bands.years[lowest]) in alt["cumulative"]
    payback = appraisal.result("payback_year").base
    if payback is not None:
        assert f"{payback:.0f} ({appraisal.first_year + payback - 1:.0f})" in alt["cumulative"]

    for payer in appraisal.payers():
        if payer.effects:
            assert written(payer.effects) in alt["waterfall"]
    assert written(appraisal.base("pv_costs")) in alt["waterfall"]
    assert written(row.base) in alt["waterfall"]

    most = max(appraisal.payers(), key=lambda payer: payer.cost)
    winner = max(appraisal.payers(), key=lambda payer: payer.effects)
    assert written(most.cost) in alt["by-year"]
    assert written(winner.effects) in alt["by-year"]
    assert str(appraisal.first_year + int(np.argmin(appraisal.costs_by_year[most.actor]))) in alt["by-year"]
    assert str(appraisal.first_year + int(np.argmax(appraisal.gains_by_year[winner.actor]))) in alt["by-year"]

    assert probability_figure(row.probability_positive, lang) in alt["distribution"]


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("case", ["unsure", "never", "one-cost", "only-costs", "all-actors"])
def test_ranges_are_written_as_in_the_picture(appraisals: dict[str, Appraisal], case: str, lang: str) -> None:
    """What is heard of a range is what is seen: −1 100 000 till −750 000 kr, not −700 000 in one of them."""
    row = appraisals[case].result("npv")
    unit = table_unit([amount for payer in appraisals[case].payers() for amount in (payer.cost, payer.effects)])
    error = 2.0 * (row.mc_error or 0.0)
    nine, half = (
        money_interval(low, high, lang, unit=unit, signed=True, each=True, error=error)
        for low, high in ((row.p5, row.p95), (row.p25, row.p75))
    )
    charts = {chart.name: chart for chart in draw_charts(appraisals[case], lang)}
    for name in ("cumulative", "distribution"):
        seen = " ".join(text.get_text().replace("\n", " ") for text, _ in words_on(figure_of(charts[name])))
        assert nine in charts[name].alt_text and nine in seen
        assert half in seen
    assert half in charts["distribution"].alt_text


def test_a_result_without_uncertainty_claims_no_interval(appraisals: dict[str, Appraisal]) -> None:
    for chart in draw_charts(appraisals["certain"], "en"):
        assert "9 of 10" not in chart.alt_text


def test_the_text_alternative_of_the_years_tells_costs_and_effects_apart(appraisals: dict[str, Appraisal]) -> None:
    """The same figures as the table of parties: an added cost is not part of what a party pays."""
    alts = {
        name: {chart.name: chart for chart in draw_charts(appraisals[name], "en")} for name in ("harm", "no-winner")
    }
    harm = alts["harm"]["by-year"].alt_text.replace(NO_BREAK, " ")
    assert "The municipality pays SEK 1.0 million, most in 2025." in harm
    assert "The region has an increased cost of SEK 1.5 million, most in 2025." in harm
    assert "The individual gets SEK 0.5 million, most in 2025." in harm
    no_winner = alts["no-winner"]["by-year"].alt_text.replace(NO_BREAK, " ")
    assert "The municipality gets SEK 1.0 million" in no_winner


def test_a_sek_page_writes_kronor(appraisals: dict[str, Appraisal]) -> None:
    appraisal = appraisals["only-costs"]
    row = appraisal.result("npv")
    alt = draw_charts(appraisal, "sv")[0].alt_text
    assert money(row.base, "sv") in alt
    assert money_interval(row.p5, row.p95, "sv", unit="sek").endswith(f"{NO_BREAK}kr")


@settings(max_examples=25)
@given(case=cases())
def test_titles_stay_true_for_any_case(case: Case) -> None:
    appraisal = appraise(case, draws=64)
    npv, cost = appraisal.base("npv"), appraisal.base("pv_costs")
    payers = appraisal.payers()
    by_name = {chart.name: chart for chart in draw_charts(appraisal, "en")}
    title = {name: chart.title for name, chart in by_name.items()}
    assert all(title.values())
    assert all(chart.alt_text.endswith(".") for chart in by_name.values())

    if "breaks even in year" in title["cumulative"] or "already in the first year" in title["cumulative"]:
        assert npv >= 0
        assert appraisal.result("payback_year").base is not None
    if "catch up" in title["cumulative"] or "is negative" in title["cumulative"]:
        assert npv < 0
    if "no gains are counted" in title["cumulative"] + title["waterfall"] + title["by-year"]:
        assert all(payer.effects <= 0 for payer in payers)
    if "costs less than what it replaces" in title["waterfall"]:
        assert cost < 0
    if "and gains of" in title["waterfall"]:
        assert npv < 0 < appraisal.base("pv_effects")
    if "gains most" in title["by-year"] or "gain most" in title["by-year"]:
        net = sorted(payer.net for payer in payers)
        assert net[-1] > 0
        # One winner is clearly ahead of all others, or two are of the third.
        named = 2 if re.search(" and .* gain most", title["by-year"].partition(",")[2]) else 1
        assert len(net) <= named or net[-1 - named] < 0.95 * net[-1]
    if "no party gets more" in title["by-year"].lower():
        assert all(payer.net <= 0 for payer in payers)
    probability = appraisal.result("npv").probability_positive
    if title["distribution"].startswith("Gains exceed"):
        assert probability is not None and probability >= 0.5
    if title["distribution"].startswith("Costs exceed"):
        assert probability is not None and probability < 0.5
