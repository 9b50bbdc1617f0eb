"""What the report says of money: health is no cash, who finances what, what is not known, when a measure is told."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from socio_calc.appraisal import warning_message
from socio_calc.appraisal.periods import followed_gain
from socio_calc.locale import LANGUAGES, Language, texts
from socio_calc.paper import Table, plain
from socio_calc.paper.blocks import cell_of
from socio_calc.report.annexes.lines import project_budget
from socio_calc.report.document.facts import DocumentFacts
from socio_calc.report.document.money_sections import _bill, _by_source
from socio_calc.report.financing import SOURCES
from socio_calc.report.followed_gain import followed_sentence
from socio_calc.report.net_cost import NetCost, net_cost_per
from socio_calc.report.passport import passport_of
from socio_calc.report.workbook.about import write_about
from tests.report.document.document_cases import ALL_CASES, MODELS, analysed, reported
from tests.report.document.test_content import section, words

HEALTHY = ("kiva", "vgr-psykisk-halsa")
QALYS_WITHOUT_PRICE = "styrka-hela-livet"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("money")


def facts_of(name: str, folder: Path, lang: Language = "sv") -> DocumentFacts:
    found = analysed(name, folder)
    return DocumentFacts(found.appraisal, lang, found)


def table(name: str, folder: Path, part: str, at: int = 0, lang: Language = "sv") -> list[list[str]]:
    """Return the heads and the rows of a table of the report."""
    tables = [block for block in section(reported(name, folder, lang), part).blocks if isinstance(block, Table)]
    rows = [[plain(cell_of(cell).content).replace("\u00a0", "") for cell in row.cells] for row in tables[at].rows]
    return [[column.head for column in tables[at].columns], *rows]


# -- health -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MODELS)
def test_health_has_a_value_only_where_it_gives_money(name: str, folder: Path) -> None:
    """The last digits of two sums never decide it: without a price the views differ by rounding at most."""
    facts = facts_of(name, folder)
    gross = abs(facts.appraisal.figures.discounted).sum()
    views = (facts.appraisal.base(horizon=h) - facts.appraisal.result(horizon=h, view="without_health").base  # type: ignore[operator]
             for h in facts.appraisal.horizons)  # fmt: skip
    assert facts.has_health_value == any(abs(part) > 1e-9 * gross for part in views)
    assert facts.has_health_value == bool(facts.health_kinds)


def test_qalys_without_a_price_are_not_called_valued(folder: Path) -> None:
    paper = reported(QALYS_WITHOUT_PRICE, folder)
    result, summary = words(section(paper, "result")), words(section(paper, "summary"))
    assert "De ingår inte i kronorna" in result
    assert "värderade och ingår" not in result
    assert "Hälsa är inte värderad i kronor." in summary
    assert "kvalitetsjusterade levnadsår (QALY). De är inte värderade i kronor." in summary
    assert "Med hälsa" not in summary


@pytest.mark.parametrize("name", HEALTHY)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_health_is_never_cash(name: str, lang: Language, folder: Path) -> None:
    facts = facts_of(name, folder, lang)
    without = facts.appraisal.result("pv_effects", view="without_health").base
    for row, payer in zip(facts.party_money, facts.payers, strict=True):
        assert row.health == payer.health
        assert row.cash + row.freed + row.health - row.pays == pytest.approx(row.net, rel=1e-9, abs=1e-6)
    assert sum(row.health for row in facts.party_money) == pytest.approx(facts.gain - without)
    (individ,) = (row for row in facts.party_money if row.actor == "individ")
    assert individ.health > 1e5
    heads, *rows = table(name, folder, "parties", lang=lang)
    at = heads.index(texts(lang).t("document.parties.health"))
    shown = next(row for row in rows if row[0] == texts(lang).choice("actor", "individ"))
    assert shown[at] == facts.cell(individ.health).replace("\u00a0", "")
    assert shown[heads.index(texts(lang).t("document.parties.cash"))] == facts.cell(individ.cash)
    assert facts.money(sum(row.health for row in facts.party_money)) in "\u00a0".join(
        plain(note) for block in section(reported(name, folder, lang), "parties").blocks if isinstance(block, Table)
        for note in block.footnotes
    )  # fmt: skip


def test_only_health_has_the_column(folder: Path) -> None:
    heads, *_ = table("ips", folder, "parties")
    assert heads == ["Part", "Betalar", "Får i kassan", "Får som frigjord tid och plats", "Netto", "Går jämnt upp"]


@pytest.mark.parametrize("name", HEALTHY)
def test_a_winner_of_health_is_not_told_to_get_money_nor_to_share_the_cost(name: str, folder: Path) -> None:
    appraisal = analysed(name, folder).appraisal
    said = [warning_message(appraisal, warning, "sv") for warning in appraisal.warnings
            if warning.code == "payer-mismatch"]  # fmt: skip
    assert said
    for text in said:
        assert re.search(r"Individen får hälsa värd |, varav .* är hälsa, värderad i kronor", text)
        assert "Kom överens" not in text


def test_a_party_that_pays_nothing_but_loses_does_not_break_even(folder: Path) -> None:
    _, *rows = table("forenade-i-rorelse", folder, "parties")
    state = next(row for row in rows if row[0] == "Staten")
    assert (state[1], state[-1]) == ("0", "inte på 5år")


def test_parties_with_budgets_are_asked_to_agree_by_name(folder: Path) -> None:
    said = words(section(reported("ips", folder), "parties"))
    assert "Kom överens om hur kostnaden delas mellan kommunen och staten." in said
    # Also where the result is no warning, the advice stands with its reason.
    steget = words(section(reported("steget", folder), "parties"))
    assert steget.index("Staten får") < steget.index("Kom överens")


def test_why_a_party_has_no_year(folder: Path) -> None:
    _, *rows = table("kiva", folder, "parties")
    never = texts("sv").t("screen.figures.never", years="5 år")
    assert {row[0]: row[-1].replace("5år", "5 år") for row in rows} == {
        "Kommunen": never, "Regionen": never, "Individen": "betalar inget", "Hela samhället": never,
    }  # fmt: skip


# -- financing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MODELS)
def test_the_report_and_the_annexes_finance_alike(name: str, folder: Path) -> None:
    facts = facts_of(name, folder)
    budget = project_budget(facts.appraisal)
    sums = _by_source(billed for billed in _bill(facts) if not billed.item.replaces)
    if budget.later:  # the annexes leave out costs after the project
        assert sum(sums.values()) > budget.in_case_prices
        return
    for source in SOURCES:
        assert sums[source] == pytest.approx(math.fsum(line.in_case_prices for line in budget.of(source)), abs=1e-6)


def test_what_is_replaced_finances_nothing(folder: Path) -> None:
    facts = facts_of("las-pa-recept", folder)
    items = [(billed.item, billed.total) for billed in _bill(facts)]
    replaced = sum(total for item, total in items if item.replaces)
    paid = sum(total for item, total in items if not item.replaces)
    assert replaced < 0
    heads, *rows = table("las-pa-recept", folder, "costs", at=1)
    money, spared = heads.index("Pengar"), heads.index("Ersätter ordinarie kostnad")
    region = next(row for row in rows if row[0] == "Regionen")
    cash = [total for item, total in items if item.funding == "cofinancing" and item.cost_type == "utvardering"]
    assert region[money] == f"{sum(cash):.0f}"
    assert region[spared] == f"{replaced:.0f}".replace("-", "−")
    said = words(section(reported("las-pa-recept", folder), "costs"))
    assert f"Att genomföra insatsen kostar {facts.money(paid)}".replace("\u00a0", " ") in said
    assert f"Nettokostnaden är därför {facts.money(paid + replaced)}.".replace("\u00a0", " ") in said
    grant = sum(total for item, total in items if item.funding == "grant")
    assert f"({100 * grant / paid:.0f} %)" in said
    # What is to be financed, what falls away, and what is left.
    costs = {row[0]: row[-1] for row in table("las-pa-recept", folder, "costs")[1:]}
    assert costs["Att finansiera"] == f"{paid:.0f}"
    assert costs["Nettokostnad"] == f"{paid + replaced:.0f}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_participants_pay_is_no_cofinancing(lang: Language, folder: Path) -> None:
    facts = facts_of("styrka-hela-livet", folder, lang)
    travel = sum(billed.total for billed in _bill(facts) if billed.item.actor == "individ")
    own = sum(billed.total for billed in _bill(facts) if billed.item.funding != "grant") - travel
    said = words(section(reported("styrka-hela-livet", folder, lang), "costs"))
    named = texts(lang)
    assert named.t("document.costs.outside", amount=facts.money(travel)).replace("\u00a0", " ") in said
    start = {"sv": f"Parterna finansierar {facts.money(own)}", "en": f"The parties fund {facts.money(own)}"}[lang]
    assert start.replace("\u00a0", " ") in said
    heads, *rows = table("styrka-hela-livet", folder, "costs", at=1, lang=lang)
    at = heads.index(named.t("document.costs.source.outside"))
    by_party = {row[0]: row[at] for row in rows}
    assert by_party.pop(named.t("document.costs.all")) == by_party.pop(named.choice("actor", "individ")) != "0"
    assert set(by_party.values()) == {"0"}


def test_volunteers_pay_with_their_time(folder: Path) -> None:
    assert "civilsamhället (0,8\u00a0mkr i egen tid) betalar" in words(section(reported("steget", folder), "summary")
        ).replace("0,8 mkr", "0,8\u00a0mkr")  # fmt: skip
    assert not facts_of("steget", folder).pays_in_time("kommun")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_note_on_amounts_below_zero_stands_only_where_there_are_any(lang: Language, folder: Path) -> None:
    note = texts(lang).t("document.costs.note.below-zero")
    assert note in words(section(reported("las-pa-recept", folder, lang), "costs"))
    assert note not in words(section(reported("ips", folder, lang), "costs"))


# -- what is known ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unknown_followup_is_never_told_as_none(name: str, lang: Language, folder: Path) -> None:
    facts = facts_of(name, folder, lang)
    plan, base = facts.appraisal.plan, facts.appraisal.reference
    gains = {line.source for line, entries in zip(plan.lines, facts.appraisal.figures.discounted, strict=False)
             if not line.is_cost and entries.sum() > 0}  # fmt: skip
    rows = {outcome.id: (outcome.evidence_id,) for outcome in plan.outcomes}
    rows |= {pathway.id: pathway.evidence_ids for pathway in plan.pathways}
    used = {id for source in gains for id in rows[source] if id is not None}
    said = followed_sentence(facts.appraisal, facts.words)
    if any(base.evidence[id].followup_months is None for id in used):
        assert ("inte anger hur länge" if lang == "sv" else "does not state") in said
    for which in ("none", "all", "some"):
        if said == facts.words.t(f"document.holds.measured.{which}", share=facts.appraisal.evidence_share):
            assert used and all(base.evidence[id].followup_months is not None for id in used)
    summary = words(section(reported(name, folder, lang), "summary"))
    if said:  # in the summary where there is a gain at all, net of what the effects cost
        assert (said.replace("\u00a0", " ") in summary) == (facts.gain > 0)


def test_the_followup_of_some_models(folder: Path) -> None:
    for name, wanted in (("ips", 1.0), ("foraldrastod", 1.0), ("kiva", 0.0)):
        gain_of = followed_gain(analysed(name, folder).appraisal)
        assert gain_of is not None
        assert gain_of.unknown == pytest.approx(wanted)
        assert gain_of.without_row == pytest.approx(0.0)
    steget = followed_gain(analysed("steget", folder).appraisal)
    assert steget is not None
    assert (steget.unknown, steget.without_row, steget.judged) == pytest.approx((0.0, 1.0, 1.0))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_says_the_same_of_the_followup(lang: Language, folder: Path) -> None:
    appraisal, named = analysed("ips", folder).appraisal, texts(lang)
    grid = Mock()
    write_about(grid, named, lang, appraisal, passport_of(appraisal, lang))
    cells = {call.args[:2]: call.args[2] for call in grid.text.call_args_list}
    (row,) = (at for at, said in cells.items() if said == named.t("workbook.about.evidence_share"))
    assert cells[row[0], 1] == named.t("document.holds.measured.unstated")


def test_no_gain_has_no_followup(folder: Path) -> None:
    nothing = analysed("only-costs", folder).appraisal
    assert followed_gain(nothing) is None
    assert followed_sentence(nothing, texts("sv")) == ""


# -- measures ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MODELS)
def test_a_net_cost_per_unit_is_told_only_where_it_has_a_meaning(name: str, folder: Path) -> None:
    appraisal = analysed(name, folder).appraisal
    saved = appraisal.result(view="without_health").probability_positive
    for outcome in appraisal.stated_outcomes:
        found, row = net_cost_per(appraisal, outcome.id), appraisal.outcome(outcome.id)
        if isinstance(found, NetCost):
            assert saved is not None
            assert saved < 0.05
            assert row.difference_p5 > 0 or row.difference_p95 < 0
            assert found.low is not None and found.high is not None and 0 < found.low < found.high
        elif found is None:
            assert appraisal.result(f"cost_per_outcome:{outcome.id}").base is None


def test_why_a_net_cost_per_unit_is_not_told(folder: Path) -> None:
    rows = {row[0]: row for row in table("skolnarvaro", folder, "result", at=2)}
    (name,) = (name for name in rows if "behörighet till gymnasiet" in name)
    assert rows[name][1] == "–"
    assert rows[name][2].startswith("Visas inte: nettokostnaden kan vara under noll")
    told = [row for row in table("kiva", folder, "result", at=2) if "elever som utsätts" in row[0]]
    assert re.fullmatch(r"\d+ ?\d*kr \(.*kr\)", told[0][1].replace(" kr", "kr"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", MODELS)
def test_measures_beyond_their_scale_are_told_in_words(name: str, lang: Language, folder: Path) -> None:
    facts, named = facts_of(name, folder, lang), texts(lang)
    rows = {row[0]: row[1:] for row in table(name, folder, "result", at=2, lang=lang)}
    needed, rate, ratio = (facts.appraisal.result(name).base for name in ("break_even_effect", "irr", "bcr"))
    value, explained = rows[named.choice("result", "break_even_effect")]
    if needed is not None:
        assert ("%" in value) == (needed <= 1)
        assert (explained == named.t("document.result.times.explained")) == (needed > 1)
    value, explained = rows[named.choice("result", "irr")]
    if rate is not None and rate < 0:
        assert re.sub(r"\s", "", value) == re.sub(r"\s", "", named.t("document.result.irr.below-zero"))
        assert facts.appraisal.figures.net_by_year("societal", discounted=False).sum() < 0
    if ratio is not None:
        assert (rows[named.choice("result", "bcr")][0] == "–") == (ratio < 0)
        assert rows[named.choice("result", "bcr")][0] not in ("0", "0,0", "0.0")


def test_an_effect_that_costs_is_no_gain(folder: Path) -> None:
    said = words(section(reported("fullfoljda-studier", folder), "result"))
    assert "det som följer av utfallen ökar kostnaderna med" in said
    assert "nyttan −" not in said
    parties = words(section(reported("fullfoljda-studier", folder), "parties"))
    assert "Minus under Får är en ökad kostnad eller en förlust." in parties
    assert "Minus under Får" not in words(section(reported("kiva", folder), "parties"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [*sorted(ALL_CASES), *MODELS])
def test_short_run_comfort_only_where_the_long_run_is_better(name: str, lang: Language, folder: Path) -> None:
    facts = facts_of(name, folder, lang)
    said = words(section(reported(name, folder, lang), "short-term"))
    if texts(lang).t("document.effects.short.later") in said:
        assert facts.appraisal.base() >= 0


# -- one unit, one life -----------------------------------------------------------------------------------------------


def test_a_report_in_kronor_has_no_millions(folder: Path) -> None:
    """The base case chooses the unit, not the end of an interval nor a scenario."""
    facts = facts_of("las-pa-recept", folder)
    assert facts.unit == "sek"
    far = max(abs(bar.npv_low) for bar in (*facts.sensitivity.bars, *facts.sensitivity.structural))
    assert far >= 1e6
    paper = reported("las-pa-recept", folder)
    for part in ("summary", "costs", "parties", "result", "uncertainty", "must-hold", "follow-up"):
        assert "mkr" not in words(section(paper, part)), part


@pytest.mark.parametrize("name", MODELS)
def test_the_unit_of_a_report_is_that_of_its_base_case(name: str, folder: Path) -> None:
    facts = facts_of(name, folder)
    amounts = [facts.cost, facts.gain, facts.npv, *(part for row in facts.payers for part in (row.cost, row.effects))]
    assert (facts.unit == "million") == any(abs(amount or 0.0) >= 1e6 for amount in amounts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_value_of_a_whole_life_is_said_to_be_one(lang: Language, folder: Path) -> None:
    booked = {"sv": "bokförs det år utfallet inträffar", "en": "booked in the year of the outcome"}[lang]
    paper = reported("skolfam", folder, lang)
    for part in ("summary", "parties", "method"):
        assert booked in words(section(paper, part))
    assert booked not in words(section(reported("kiva", folder, lang), "method"))


def test_gains_outside_the_budget_are_not_said_to_be_none(folder: Path) -> None:
    """The individual gets something in Steget; all parties outside the public sector together do not."""
    facts = facts_of("steget", folder)
    assert any(row.actor == "individ" and row.cash > 0 for row in facts.party_money)
    rows = {row[0]: row for row in table("steget", folder, "result", at=2)}
    said = rows[texts("sv").choice("result", "mvpf")][2]
    assert "sammanlagt inte mer än de betalar" in said


def test_one_view_has_a_column_for_each_figure(folder: Path) -> None:
    appraisal = analysed(QALYS_WITHOUT_PRICE, folder).appraisal
    (nets,) = (block for block in section(reported(QALYS_WITHOUT_PRICE, folder), "summary-society").blocks
               if isinstance(block, Table))  # fmt: skip
    assert [column.head for column in nets.columns] == [
        "Inom", "Nettonuvärde", "9 av 10 omräkningar", "Nyttan större än kostnaden",
    ]  # fmt: skip
    assert len(nets.rows) == len(appraisal.horizons)
    assert "Inom parentes" not in plain(nets.footnotes[0])


# -- figures as they are written --------------------------------------------------------------------------------------

#: Which section, which of its tables, how many columns stand before the amounts, and which of them add up.
SUMMED = {
    "costs": ("costs", 0), "financing": ("costs", 1), "parties": ("parties", 0), "by-horizon": ("parties", 1),
    "society": ("result", 0), "public": ("result", 1), "choices": ("choices", 0),
}  # fmt: skip
ROUNDED = {"sv": "Beloppen är avrundade var för sig.", "en": "Amounts are rounded individually"}


def shown(cell: Any, lang: Language) -> float:
    """Read an amount as a person does."""
    text = plain(cell_of(cell).content).replace("\u00a0", "").replace("\u2212", "-").replace("+", "")
    return round(float(text.replace(",", "." if lang == "sv" else "")), 1)


def fits(kind: str, found: Table, facts: DocumentFacts) -> bool:
    """Whether what a reader would add up in a table adds up."""
    lang = facts.lang
    if kind == "choices":
        rows = [[shown(cell, lang) for cell in row.cells[1:]] for row in found.rows if row.role != "group"]
        base = shown(facts.cell(facts.sensitivity.npv.base), lang)
        return all(abs(base + change - net) < 0.01 for net, change in rows)
    if kind in ("society", "public"):
        rows = [[shown(cell, lang) for cell in row.cells[1:4]] for row in found.rows]
        return all(abs(gain - cost - net) < 0.01 for cost, gain, net in rows)
    first = 3 if kind == "costs" else 1
    end = -1 if kind == "parties" else None
    rows = [[shown(cell, lang) for cell in row.cells[first:end]] for row in found.rows if row.role == "body"]
    whole = [shown(cell, lang) for cell in found.rows[-1].cells[first:end]]
    if kind == "by-horizon":
        *rows, public = rows
        names = [texts(lang).choice("actor", actor) for actor in ("kommun", "region", "stat")]
        own = [amounts for row, amounts in zip(found.rows, rows, strict=False) if row.cells[0] in names]
        if any(abs(sum(column) - whole) > 0.01 for *column, whole in zip(*own, public, strict=True)):
            return False
    down = all(abs(sum(column) - whole) < 0.01 for *column, whole in zip(*rows, whole, strict=True))
    if kind == "parties":
        return down and all(abs(sum(got) - pays - net) < 0.01 for pays, *got, net in (*rows, whole))
    if kind == "by-horizon":
        return down
    sums = [[shown(cell, lang) for cell in row.cells[first:]] for row in found.rows]
    return down and all(abs(sum(amounts) - total) < 1.0 for *amounts, total in sums)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", SUMMED)
def test_rounding_is_told_where_written_figures_do_not_add_up_and_nowhere_else(
    kind: str, lang: Language, folder: Path
) -> None:
    part, at = SUMMED[kind]
    told = set()
    for name in MODELS:
        tables = [block for block in section(reported(name, folder, lang), part).blocks if isinstance(block, Table)]
        fit = fits(kind, tables[at], facts_of(name, folder, lang))
        assert (ROUNDED[lang] in " ".join(map(plain, tables[at].footnotes))) != fit, name
        told.add(fit)
    assert False in told


def test_the_first_page_tells_rounding_once(folder: Path) -> None:
    said = words(section(reported("foraldrastod", folder), "summary"))
    assert said.count(ROUNDED["sv"]) == 1


@pytest.mark.parametrize(
    ("lang", "pattern"), [("sv", r"ge (\S+)\skronor i nytta"), ("en", r"give SEK\s(\S+) in gains")]
)
def test_money_for_each_krona_has_two_decimals(lang: Language, pattern: str, folder: Path) -> None:
    found = [
        re.search(pattern, words(section(reported(name, folder, lang), "result")))  # those without have no gain to tell
        for name in MODELS
    ]
    amounts = [match[1] for match in found if match is not None]
    assert len(amounts) > len(MODELS) / 2
    assert all(re.fullmatch(r"\d+[.,]\d\d", amount) for amount in amounts)


def test_the_same_costs_are_told_at_their_present_value(folder: Path) -> None:
    """The table of costs is not discounted; the tables of parties are."""
    facts = facts_of("fullfoljda-studier", folder)
    costs, financing = (
        block for block in section(reported("fullfoljda-studier", folder), "costs").blocks if isinstance(block, Table)
    )
    assert plain(costs.rows[-1].cells[-1]).replace("\u00a0", "") == "5554697"
    assert f"I nuvärde är summan {facts.money(facts.cost)}." in plain(costs.footnotes[0])
    assert "Kronor i 2024 års priser, utan ränta." in plain(financing.footnotes[0])
