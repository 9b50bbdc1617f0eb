"""What one part of a report says no other part denies: the value of work, how costs are paid, what is possible."""

from __future__ import annotations

import copy
import io
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from socio_calc.locale import LANGUAGES, Language, texts
from socio_calc.paper import BulletList, Paragraph, Section, plain
from socio_calc.paper.html import to_html
from socio_calc.report.document.facts import DocumentFacts
from socio_calc.report.financing import paid_by
from socio_calc.report.quantity_units import unit_of
from socio_calc.report.screen_notes import must_hold_sentences
from socio_calc.report.sensitivity_measuring import worth_measuring
from socio_calc.report.workbook import write_workbook
from tests.report.document.document_cases import MODELS, analysed, reported
from tests.report.document.test_content import section, words


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("agreement")


def whole(name: str, folder: Path, lang: Language = "sv") -> str:
    """Return every word of a report."""
    return " ".join(map(words, reported(name, folder, lang).blocks)).replace("\u00a0", " ")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", MODELS)
def test_the_value_of_work_is_counted_or_not_everywhere(name: str, lang: Language, folder: Path) -> None:
    found = analysed(name, folder)
    said = whole(name, folder, lang)
    inside = {"sv": "värdet av arbete räknas alltså in", "en": "the value of work is included"}[lang]
    outside = texts(lang).t("document.society.no-work")
    assert not (inside in said and outside in said)
    assert DocumentFacts(found.appraisal, lang, found).has_work or inside not in said


@pytest.mark.parametrize("name", ["foraldrastod", "forenade-i-rorelse", "styrka-hela-livet", "hembesok"])
def test_the_workbook_says_as_the_report_how_a_cost_is_paid(name: str, folder: Path) -> None:
    appraisal = analysed(name, folder).appraisal
    file = io.BytesIO()
    write_workbook(appraisal, file, "sv")
    sheet = openpyxl.load_workbook(file)[texts("sv").t("workbook.sheet.calculation")]
    lines = [[cell for cell in row if isinstance(cell, str)] for row in sheet.iter_rows(values_only=True)]
    for item in appraisal.case.costs:
        wanted = paid_by(item, texts("sv"))
        assert any(item.name in line and wanted in line for line in lines), item.name
    named = {cell for line in lines for cell in line}
    assert not named & {texts("sv").choice("funding", kind) for kind in ("cofinancing", "in_kind")}


@pytest.mark.parametrize("name", MODELS)
def test_what_must_hold_is_a_condition_or_no_list_at_all(name: str, folder: Path) -> None:
    found = analysed(name, folder)
    part = section(reported(name, folder, "sv"), "must-hold")
    first = part.blocks[0]
    assert isinstance(part, Section) and isinstance(first, Paragraph)
    leads = {texts("sv").t(f"document.holds.{key}") for key in ("lead", "impossible")}
    conditioned = plain(first.content).replace("\u00a0", " ") in leads
    facts = DocumentFacts(found.appraisal, "sv", found)
    assert conditioned == (facts.worse is None and found.appraisal.result("break_even_effect").base is not None)
    assert conditioned == isinstance(part.blocks[1], BulletList) or not conditioned


def test_where_no_effect_is_enough_nothing_is_called_a_condition(folder: Path) -> None:
    for name, possible in (("vgr-psykisk-halsa", False), ("vgr-lasning-och-sprak", False), ("skolnarvaro", True)):
        said = whole(name, folder)
        assert (texts("sv").t("document.holds.lead") in said) == possible
        assert (texts("sv").t("document.holds.impossible") in said) != possible
    assert texts("sv").t("document.holds.singly") not in whole("vgr-psykisk-halsa", folder)


def test_a_level_that_is_enough_is_enough(folder: Path) -> None:
    """28.47 of 100 are needed: 28 are not enough."""
    assert "från 19 till minst 29 av 100 deltagare" in whole("steget", folder)


def test_what_is_best_worth_knowing_is_worth_no_less_than_a_follow_up_of_it(folder: Path) -> None:
    """Both levels of an outcome together can tell more than its effect alone."""
    found = copy.copy(analysed("skolnarvaro", folder))
    known, top = found.information, found.information.evppi[0]
    assert known.plan.outcome is not None and top.value > 2 * top.se
    for most, key in ((3.0 * top.value, "top-levels"), (0.5 * top.value, "top")):
        found.__dict__["information"] = replace(known, plan=replace(known.plan, most=most))
        facts = DocumentFacts(found.appraisal, "sv", found)
        (said,) = [sentence for sentence in worth_measuring(facts) if sentence.startswith("Mest finns")]
        assert facts.money_alone(max(most, top.value)) in said
        assert ("både med och utan" in said) == (key == "top-levels")


def test_an_effect_that_no_outcome_can_have_is_said_to_be_impossible(folder: Path) -> None:
    """Both priced outcomes of home visits together, at their best, give a third of what the visits cost."""
    found = analysed("hembesok", folder)
    needed = found.appraisal.result("break_even_effect").base
    assert needed is not None and needed > 10
    (said,) = must_hold_sentences(DocumentFacts(found.appraisal, "sv", found), participants=False)
    assert said.endswith(texts("sv").t("screen.holds.not-possible"))


def test_what_is_counted_in_each_year_is_a_number_a_year(folder: Path) -> None:
    appraisal = analysed("fullfoljda-studier", folder).appraisal
    places = [place for place, item in enumerate(appraisal.case.costs) if item.basis == "per_participant"]
    assert places
    for place in places:
        yearly = len(set(appraisal.case.costs[place].years)) > 1
        said = unit_of(appraisal, f"costs.{place}.quantity").write(texts("sv"), "20,5", 20.5)
        assert said.endswith("per deltagare och år" if yearly else "per deltagare")
    assert {len(set(appraisal.case.costs[place].years)) > 1 for place in places} >= {True}


def test_addresses_and_ids_are_never_hyphenated(folder: Path) -> None:
    page = to_html(reported("foraldrastod", folder, "sv")).decode()
    assert re.search(r"td a \{[^}]*hyphens: none", page) and re.search(r"\bcode \{[^}]*hyphens: none", page)
    ids = {row.id for row in analysed("foraldrastod", folder).appraisal.reference.costs.values()}
    shown = set(re.findall(r"<code>([^<]+)</code>", page))
    assert len(shown & ids) > 3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_brackets_of_a_net_cost_mean_is_said(lang: Language) -> None:
    meaning = {"sv": "Inom parentes: 9 av 10 omräkningar.", "en": "In brackets: 9 of 10 recalculations."}[lang]
    for key in ("of", "of-no-work"):
        assert texts(lang).t(f"document.result.net-cost.{key}").endswith(meaning)


def test_an_amount_without_a_spread_is_why_no_measurement_can_be_planned(folder: Path) -> None:
    """The plan measures what has no spread between people: it is not that nothing can be followed."""
    said = whole("vgr-foraldrar", folder)
    assert texts("sv").t("screen.sensitivity.measure.not.no-spread") in said
    assert texts("sv").t("screen.sensitivity.measure.not.no-outcome") not in said


def test_a_limit_that_few_can_tell_says_so(folder: Path) -> None:
    known = analysed("vgr-motivation", folder).information.plan
    said = whole("vgr-motivation", folder)
    assert known.limit is not None
    assert texts("sv").t("screen.sensitivity.measure.limit.chance") in said
