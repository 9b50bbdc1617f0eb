"""What the report says of drivers, scenarios, measuring and assumptions, and what it never says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from socio_calc.analysis.tornado import DRAW_GROUP
from socio_calc.locale import LANGUAGES, Language
from socio_calc.paper import Block, BulletList, KeyValues, Paragraph, Section, Table, plain
from socio_calc.paper.blocks import cell_of
from socio_calc.paper.paper import walk
from socio_calc.report.document.check_sections import checks
from socio_calc.report.document.facts import DocumentFacts
from socio_calc.report.document.scenario_changes import scenario_changes
from socio_calc.report.scenario_names import scenario_name
from socio_calc.report.screen_notes import must_hold_sentences
from socio_calc.report.sensitivity_measuring import decision_text, worth_measuring
from socio_calc.report.sensitivity_screen import findings
from tests.report.document.document_cases import MODELS, analysed, reported

NO_BREAK = "\u00a0"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reports")


def facts_of(name: str, folder: Path, lang: Language = "sv") -> DocumentFacts:
    found = analysed(name, folder)
    return DocumentFacts(found.appraisal, lang, found)


def blocks_of(name: str, folder: Path, section: str, lang: Language = "sv") -> tuple[Block, ...]:
    found = (block for block in walk(reported(name, folder, lang).blocks) if isinstance(block, Section))
    return next(block for block in found if block.id == section).blocks


def rows_of(table: Table) -> list[list[str]]:
    return [[plain(cell_of(cell).content).replace(NO_BREAK, " ") for cell in row.cells] for row in table.rows]


def text_of(name: str, folder: Path) -> str:
    """Return the paragraphs and lists of a report, in one line each."""
    said: list[str] = []
    for block in walk(reported(name, folder, "sv").blocks):
        if isinstance(block, Paragraph):
            said.append(plain(block.content))
        elif isinstance(block, BulletList):
            said += map(plain, block.items)
    return "\n".join(said).replace(NO_BREAK, " ")


def terms(name: str, folder: Path, lang: Language = "sv") -> dict[str, str]:
    listed = next(block for block in blocks_of(name, folder, "assumptions", lang) if isinstance(block, KeyValues))
    return {item.label: plain(item.content).replace(NO_BREAK, " ") for item in listed.items}


def assumed(name: str, folder: Path) -> list[list[str]]:
    tables = (block for block in blocks_of(name, folder, "assumptions") if isinstance(block, Table))
    return rows_of(next(tables))


# -- drivers ----------------------------------------------------------------------------------------------------------


def test_parts_of_one_price_are_named_as_its_parts(folder: Path) -> None:
    first = findings(facts_of("styrka-hela-livet", folder))[0].replace(NO_BREAK, " ")
    assert "öppenvård, 65 år och äldre, i tre delar, som ändras tillsammans: " in first
    english = findings(facts_of("styrka-hela-livet", folder, "en"))[0].replace(NO_BREAK, " ")
    assert "the price of “Fall needing hospital or specialist outpatient care, age 65+”, in three parts, " in english


def test_effects_that_no_intervention_can_have_are_called_impossible(folder: Path) -> None:
    said = "Så stora effekter är inte möjliga."
    times = must_hold_sentences(facts_of("styrka-hela-livet", folder))[0].replace(NO_BREAK, " ")
    assert times == f"Effekterna måste bli 5,5 gånger så stora som antaget för att insatsen ska gå jämnt upp. {said}"
    # Of persons it is said how many more there must be, and in kiva so many there are.
    assert not any(said in sentence for sentence in must_hold_sentences(facts_of("kiva", folder)))


def test_the_sentence_on_the_top_driver_says_measure_and_both_results(folder: Path) -> None:
    first = findings(facts_of("kiva", folder))[0].replace(NO_BREAK, " ")
    assert first.startswith("Störst betydelse har effekten på elever som utsätts för mobbning: vid oddskvot 0,")
    assert " blir nettonuvärdet −" in first and " blir det −" in first
    english = findings(facts_of("kiva", folder, "en"))[0]
    assert english.startswith("Most depends on the effect on “Elever som utsätts för mobbning”: at odds ratio 0.")


def test_a_name_with_a_capital_inside_keeps_it(folder: Path) -> None:
    names = [facts_of("kiva", folder).name_of(bar.quantity, 90) for bar in analysed("kiva", folder).bars]
    assert "timmarna för KiVa-teamens tid på skolorna" in names


def test_quantities_that_move_together_are_one_driver(folder: Path) -> None:
    facts = facts_of("styrka-hela-livet", folder)
    together = [bar for bar in facts.moving if bar.quantity.startswith(DRAW_GROUP)]
    assert len(together) == 1 and len(together[0].members) == 3
    assert not set(together[0].members) & {bar.quantity for bar in facts.moving}
    assert facts.moving[0] == together[0]
    assert "som ändras tillsammans" in findings(facts)[0]


# -- scenarios --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", MODELS)
def test_every_change_of_a_scenario_has_its_value_and_what_it_was(name: str, folder: Path, lang: Language) -> None:
    facts = facts_of(name, folder, lang)
    between = ("i stället för", "i grundkalkylen") if lang == "sv" else ("instead of", "in the base case")
    for scenario in facts.sensitivity.scenarios[1:]:
        said = plain(scenario_changes(facts, scenario))
        assert sum(said.count(word) for word in between) == len(scenario.changes)


def test_the_changes_stand_under_their_outcome(folder: Path) -> None:
    facts = facts_of("kiva", folder)
    said = plain(scenario_changes(facts, facts.sensitivity.scenarios[1])).replace(NO_BREAK, " ")
    assert said.count("Elever som utsätts för mobbning") == 1
    assert "Effektens storlek: oddskvot 0,97 i stället för oddskvot 0,87" in said
    assert "Nivå i ordinarie arbetssätt: 5 % i stället för 8 %" in said


def test_what_is_the_case_s_own_stands_before_any_outcome_and_an_outcome_is_named_once(folder: Path) -> None:
    facts = facts_of("forenade-i-rorelse", folder)
    said = plain(scenario_changes(facts, facts.sensitivity.scenarios[2])).replace(NO_BREAK, " ")
    assert said.startswith("Värde per QALY: 500 000 kr")
    assert said.count("Barn som är med i en förening") == 1
    facts = facts_of("fullfoljda-studier", folder)
    assert plain(scenario_changes(facts, facts.sensitivity.scenarios[2])).startswith("Orsaksandel: ")


def test_an_effect_drawn_wider_than_its_interval_says_so(folder: Path) -> None:
    said = next(row[2] for row in assumed("fullfoljda-studier", folder) if row[0] == "Effektens storlek")
    assert said.startswith("0,59–0,78 (95-procentigt konfidensintervall). Studierna skiljer sig åt")
    # As in the table of drivers.
    assert "0,35–1,31 i 9 av 10 omräkningar" in said
    said = next(row[2] for row in assumed("forenade-i-rorelse", folder) if row[0] == "Effektens storlek")
    assert said == "−0,03 till 0,17 (95-procentigt konfidensintervall)"


@pytest.mark.parametrize("name", MODELS)
def test_scenarios_of_a_model_have_swedish_names(name: str, folder: Path) -> None:
    facts = facts_of(name, folder)
    for scenario in facts.sensitivity.scenarios[1:]:
        key = scenario.name or ""
        swedish, english = (scenario_name(facts_of(name, folder, lang).words, key) for lang in LANGUAGES)
        # An English key has a text in each language; else the name is the writer's own words.
        assert swedish != english or not key.isascii() or " " in key, key


def test_a_value_of_a_scenario_has_its_source_below_it(folder: Path) -> None:
    model = facts_of("kiva", folder)
    said = {row.name: plain(scenario_changes(model, row)) for row in model.sensitivity.scenarios}
    assert "Persson m.fl. 2018, en svensk modell och ingen mätning" in said["swedish_model"]
    assert "har inte kunnat läsas" in said["swedish_model"] and "Persson" not in said["hopeful"]
    ips = facts_of("ips", folder)
    said = {row.name: plain(scenario_changes(ips, row)) for row in ips.sensitivity.scenarios}
    # A row of the base that only a scenario uses is not in the table of sources.
    assert "Bejerholm et al." in said["hopeful"] and "Frederick och VanderWeele 2019" in said["cautious"]
    assert "Brinchmann" not in "".join(said.values())


# -- what is worth measuring ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MODELS)
def test_a_follow_up_that_changes_no_decision_is_not_called_useless(name: str, folder: Path) -> None:
    facts = facts_of(name, folder)
    said = " ".join(worth_measuring(facts))
    assert "Nej:" not in said and "inget som går att få veta" not in said
    known = facts.sensitivity.information
    if known.evpi == 0.0 or known.plan.reason is not None:
        assert "Uppföljningen behövs ändå" in said
    assert ("Försöket väntas" in said) == (known.evpi > 0.0 and known.plan.reason != "no-outcome")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", MODELS)
def test_the_decision_stands_among_the_assumptions(name: str, folder: Path, lang: Language) -> None:
    facts = facts_of(name, folder, lang)
    decision = facts.appraisal.case.decision
    said = decision_text(facts)
    assert (said is None) == (decision is None)
    if decision is not None and said is not None:
        label = "Beslutet efter försöket" if lang == "sv" else "The decision after the test"
        assert terms(name, folder, lang)[label] == said.replace(NO_BREAK, " ")
        assert str(facts.appraisal.first_year + decision.from_year) in said


# -- assumptions ------------------------------------------------------------------------------------------------------


def test_terms_are_statements(folder: Path) -> None:
    said = terms("kiva", folder)
    assert said["År som räknas"] == "2025–2029"
    assert said["Dödlighet"] == "räknas inte"
    assert terms("styrka-hela-livet", folder, "en")["Mortality"] == "counted, by the Swedish life table"


def test_prices_say_their_year_and_the_conversion_is_told(folder: Path) -> None:
    rows = {row[0]: row[1] for row in assumed("vgr-foraldrar", folder) if len(row) > 1}
    assert rows["Värde per QALY"].endswith("i 2018 års priser")
    said = " ".join(plain(b.content) for b in blocks_of("vgr-foraldrar", folder, "sources") if isinstance(b, Paragraph))
    price = "Priset för kvalitetsjusterat levnadsår (QALY), måttlig svårighetsgrad (2018 års priser) räknas inte om"
    assert price in said.replace(NO_BREAK, " ")


def test_what_is_assumed_has_the_digits_of_the_list_of_assumptions(folder: Path) -> None:
    said = text_of("vgr-psykisk-halsa", folder)
    assert "(antaget: 15,5 %)" in said and "(antaget: \u22120,065 QALY)" in said
    (row,) = [row for row in assumed("vgr-psykisk-halsa", folder) if row[0] == "Nivå i ordinarie arbetssätt"]
    assert row[1] == "15,5 %"


def test_what_is_needed_and_what_is_assumed_have_the_same_decimals(folder: Path) -> None:
    pattern = re.compile(r"(?:minst|högst) ([\d,\u2212 ]+)[^(.]*\(antaget: ([\d,\u2212 ]+)")
    found = 0
    for name in MODELS:
        for needed, assumed in pattern.findall(text_of(name, folder)):
            assert len(needed.strip().partition(",")[2]) == len(assumed.strip().partition(",")[2]), (
                name,
                needed,
                assumed,
            )
            assert needed != assumed
            found += 1
    assert found >= 5


@pytest.mark.parametrize("name", ["vgr-lasning-och-sprak", "kiva", "vgr-foraldrar"])
def test_a_dash_as_source_is_explained_below_its_table(name: str, folder: Path) -> None:
    table = next(block for block in blocks_of(name, folder, "assumptions") if isinstance(block, Table))
    dashes = any(row[-1] == "–" for row in rows_of(table))
    explained = any("ingen plats för en källa" in plain(note) for note in table.footnotes)
    assert explained == dashes
    assert dashes or name != "vgr-lasning-och-sprak"


@pytest.mark.parametrize(("error", "wanted"), [(2.0, "på mindre än 10 kr."), (800.0, "på 400 kr.")])
def test_a_random_error_below_the_least_amount_is_not_zero(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: float, wanted: str
) -> None:
    monkeypatch.setattr(DocumentFacts, "error", error)
    *_, last = checks(facts_of("vgr-lasning-och-sprak", folder), None).blocks[1].items  # type: ignore[union-attr]
    assert plain(last).replace(NO_BREAK, " ").endswith(f"slumpfel i medelvärdet {wanted}")


def test_levels_alone_are_not_said_to_be_summed(folder: Path) -> None:
    assert "Sedan står summan" not in text_of("vgr-foraldrar", folder)
    assert "Sedan står summan" in text_of("vgr-lasning-och-sprak", folder)


def test_years_of_an_effect_and_its_fading_have_rows(folder: Path) -> None:
    rows = assumed("vgr-lasning-och-sprak", folder)
    assert ["Effekten upphör efter", "2 år", "fast tal", "Kalkylfilen", "–"] in rows
    assert any(row[0].startswith("Effekt som är kvar") and row[1] == "43 %" for row in rows if len(row) > 1)


def test_a_spread_between_people_does_not_borrow_the_source_of_the_effect(folder: Path) -> None:
    (row,) = [row for row in assumed("vgr-motivation", folder) if row[0] == "Spridning mellan personer"]
    assert row[3] == "Kalkylfilen"


def test_years_of_a_transition_that_are_alike_share_a_row(folder: Path) -> None:
    labels = [row[0] for row in assumed("fullfoljda-studier", folder)]
    assert "Övergången från utanför till studerar, år 1–9" in labels
    assert "Övergången från utanför till studerar, år 10" in labels


def test_a_tax_rate_of_another_place_is_told(folder: Path) -> None:
    def taxes(name: str) -> list[str]:
        found = (plain(block.content) for block in blocks_of(name, folder, "sources") if isinstance(block, Paragraph))
        return [text for text in found if text.startswith("Kalkylfilen anger inte")]

    (said,) = taxes("skolnarvaro")
    assert "kommunalskatt Gävle" in said and "Regionskatt" not in said
    assert taxes("steget") == []
