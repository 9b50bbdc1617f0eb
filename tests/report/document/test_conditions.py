"""What a report says of conditions, scenarios, prices and warnings, held against the calculation itself."""

from __future__ import annotations

import re
from itertools import pairwise
from math import isfinite
from pathlib import Path

import pytest

from socio_calc.appraisal import warning_message
from socio_calc.locale import LANGUAGES, Language
from socio_calc.paper import BulletList, Paragraph, Table, plain
from socio_calc.paper.blocks import cell_of
from socio_calc.paper.paper import walk
from socio_calc.reference import shipped_folder
from socio_calc.report.document.check_sections import checks
from socio_calc.report.document.facts import DocumentFacts
from socio_calc.report.document.scenario_changes import lacks_source
from socio_calc.report.screen_notes import must_hold_sentences
from socio_calc.report.sensitivity_screen import findings
from socio_calc.review import review_case
from socio_calc.review.report_part import report_part
from tests.report.document.document_cases import MODELS, analysed, reported
from tests.report.document.test_content import section, words


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("conditions")


# -- what is possible, and what is outside of what is assumed ---------------------------------------------------------


def test_an_effect_that_the_counted_share_does_not_allow_is_said_to_be_out_of_reach(folder: Path) -> None:
    """Parental support counts 60 % of its effect: not even no child with such problems would be enough."""
    found = analysed("foraldrastod", folder)
    facts = DocumentFacts(found.appraisal, "sv", found)
    (level,) = facts.first_levels.values()
    needed = found.appraisal.result("break_even_effect").base
    assert needed is not None
    assert level.counted == pytest.approx(0.6)
    assert 0.0 < level.ordinary + needed * level.change and level.ordinary + needed * level.change / level.counted < 0.0
    said = "Det går inte att nå med den andel av effekten som räknas (60\u00a0%)."
    assert must_hold_sentences(facts)[0].endswith(said)
    assert findings(facts)[1].endswith(said) or said in " ".join(findings(facts))


@pytest.mark.parametrize("name", [name for name in MODELS if name != "foraldrastod"])
def test_an_effect_that_can_be_reached_is_not_denied(name: str, folder: Path) -> None:
    found = analysed(name, folder)
    said = " ".join(must_hold_sentences(DocumentFacts(found.appraisal, "sv", found)))
    assert "andel av effekten som räknas" not in said


def _other_conditions(name: str, folder: Path) -> tuple[str, list[str]]:
    """Return how the list of single assumptions is led in, and its items."""
    blocks = section(reported(name, folder, "sv"), "must-hold").blocks
    for lead, block in pairwise(blocks):
        items = [plain(item).replace("\u00a0", " ") for item in block.items] if isinstance(block, BulletList) else []
        if isinstance(lead, Paragraph) and re.search("av omräkningarna|utanför det antagna", " ".join(items)):
            return plain(lead.content), items
    return "", []


@pytest.mark.parametrize("name", MODELS)
def test_a_condition_beyond_the_stated_range_is_said_to_be_so(name: str, folder: Path) -> None:
    lead, items = _other_conditions(name, folder)
    found = analysed(name, folder)
    facts = DocumentFacts(found.appraisal, "sv", found)
    for said in items:
        bar = next(
            bar
            for bar in facts.moving
            if said.lower().startswith(f"{facts.name_of(bar.quantity, 110).lower()}: ".replace("\u00a0", " "))
        )
        turning = facts.sensitivity.switching_of(bar.quantity)
        low, high = next(c for c in found.appraisal.plan.columns if c.key == bar.quantity).distribution.support()
        assert turning.value is not None
        outside = isfinite(high) and isfinite(low) and not low <= turning.value <= high
        assert ("utanför det antagna intervallet" in said) == outside
        assert ("av omräkningarna" in said) != outside
    assert ("det här antagandet" in lead) == (len(items) == 1)


def test_nobody_works_more_than_a_year_in_a_year(folder: Path) -> None:
    _, (said,) = _other_conditions("ips", folder)
    assert said.endswith("Det är utanför det antagna intervallet (0,15–0,55 personår).")


# -- scenarios and choices --------------------------------------------------------------------------------------------


def _table(name: str, folder: Path, part: str, at: int = 0) -> Table:
    blocks = section(reported(name, folder, "sv"), part).blocks
    return [block for block in blocks if isinstance(block, Table)][at]


def _cells(table: Table) -> list[list[str]]:
    return [[plain(cell_of(cell).content).replace("\u00a0", " ") for cell in row.cells] for row in table.rows]


def test_a_result_that_has_a_sign_is_not_written_as_nothing(folder: Path) -> None:
    row = next(row for row in _cells(_table("kiva", folder, "scenarios")) if row[0] == "Hoppfullt")
    assert row[2].startswith("+") and row[2].endswith(" kr")


@pytest.mark.parametrize("name", MODELS)
def test_values_of_scenarios_without_a_source_are_said_to_be_assumptions(name: str, folder: Path) -> None:
    found = analysed(name, folder)
    facts = DocumentFacts(found.appraisal, "sv", found)
    lacking = any(lacks_source(facts, scenario) for scenario in found.scenarios)
    notes = [plain(note) for note in _table(name, folder, "scenarios").footnotes]
    assert lacking == any("är ett antagande" in note for note in notes)
    assert lacking or name not in ("kiva", "ips")


def test_why_a_cautious_scenario_is_better_is_said(folder: Path) -> None:
    notes = [plain(note) for note in _table("forenade-i-rorelse", folder, "scenarios").footnotes]
    assert notes[0].endswith("Därför blir resultatet bättre när de är mindre, som i scenariot ”försiktigt”.")
    others = [plain(note) for note in _table("hembesok", folder, "scenarios").footnotes]
    assert not any("bättre när de är mindre" in note for note in others)


def test_years_of_full_effect_have_the_base_case_between_fewer_and_more(folder: Path) -> None:
    rows = _cells(_table("fullfoljda-studier", folder, "choices"))
    start = next(at for at, row in enumerate(rows) if row[0].startswith("Åren med full effekt"))
    assert [row[0] for row in rows[start + 1 : start + 4]] == ["1 år", "2 år", "3 år"]
    assert rows[start + 2][2] == "0"


# -- prices, groups, warnings -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MODELS)
def test_prices_that_are_not_converted_are_excepted_everywhere(name: str, folder: Path) -> None:
    found = analysed(name, folder)
    unconverted = DocumentFacts(found.appraisal, "sv", found).unconverted_prices
    paper = reported(name, folder, "sv")
    assert ("utom de som saknar index" in words(section(paper, "method"))) == bool(unconverted)
    assert ("räknas inte om" in words(section(paper, "sources"))) == bool(unconverted)
    assert unconverted or name not in ("kiva", "vgr-foraldrar")


def test_groups_that_do_not_add_up_say_that_they_are_rounded(folder: Path) -> None:
    noted = "Antalen är avrundade var för sig."
    assert any(noted in plain(note) for note in _table("foraldrastod", folder, "target-group").footnotes)
    assert not _table("kiva", folder, "target-group").footnotes


def test_an_old_price_has_the_name_that_it_has_in_other_warnings(folder: Path) -> None:
    appraisal = analysed("hembesok", folder).appraisal
    told = {warning.code: warning_message(appraisal, warning, "en") for warning in appraisal.warnings}
    for code in ("old-price", "index-fallback"):
        assert told[code].startswith("The price of “Emergency department visit” is ")


def test_a_price_with_two_uses_is_not_said_to_concern_one_of_them(folder: Path) -> None:
    for name, uses in (("hembesok", 1), ("vgr-psykisk-halsa", 2)):
        appraisal = analysed(name, folder).appraisal
        (found,) = (warning for warning in appraisal.warnings if warning.code == "index-fallback")
        paths = appraisal.plan.costs_used[str(found.params["name"]).removeprefix("cost:")]
        assert len(paths) == uses
        assert found.path == (paths[0] if uses == 1 else None)
        inside = walk(section(reported(name, folder, "sv"), "checks").blocks)
        rows = [row for block in inside if isinstance(block, Table) for row in _cells(block)]
        (told,) = (row[0] for row in rows if "branschens eget index" in row[0])
        assert uses == 1 or "Gäller:" not in told


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["hembesok", "vaxa-ambassadorerna"])
def test_what_a_sentence_names_is_not_said_again_as_its_place(name: str, lang: Language, folder: Path) -> None:
    found = analysed(name, folder)
    review = report_part(review_case(shipped_folder("models") / f"{name}.yaml", draws=64), lang)
    said = words(checks(DocumentFacts(found.appraisal, lang, found), review))
    concerned = re.findall(r"(?:Gäller|Concerns): ([^\n]*)\.$", said, re.MULTILINE)
    assert not any(re.match("konsekvenser|consequences", place) for place in concerned)
    lines = said.splitlines()
    old = {"sv": " är från 20", "en": " is from 20"}[lang]
    assert any(old in line for line in lines)


def test_a_drawn_level_of_the_base_is_marked(folder: Path) -> None:
    found = analysed("styrka-hela-livet", folder)
    levels = [
        row.name_sv
        for row in found.appraisal.reference.baselines.values()
        if row.id in found.appraisal.plan.baselines_used
    ]
    rows = _cells(_table("styrka-hela-livet", folder, "sources"))
    marked = [row[2] for row in rows if any(row[0].startswith(name) for name in levels)]
    assert marked and all(mark.endswith("*") for mark in marked)
