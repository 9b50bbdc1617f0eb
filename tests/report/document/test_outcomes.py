"""What the report says of outcomes: one level everywhere, for 100 participants, never a sum of scores."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from socio_calc.analysis.outcome_levels import first_level
from socio_calc.locale import LANGUAGES, Language
from socio_calc.paper import BulletList, Paragraph, Table, plain
from socio_calc.paper.blocks import Row, cell_of
from socio_calc.report.annexes.followup_rows import followup_rows
from socio_calc.report.document.effect_sections import long_term, short_term
from socio_calc.report.document.facts import DocumentFacts
from socio_calc.report.document.group_sections import ordinary_practice
from socio_calc.report.document.outcome_bullets import outcome_bullets
from socio_calc.report.outcome_sentences import headline, people_sentence
from socio_calc.report.screen_opening import opening
from socio_calc.report.screen_variants import choose_variant
from socio_calc.report.sensitivity_screen import effect_needed, reached_sentence
from tests.report.document.document_cases import ALL_CASES, MODELS, analysed

SPACE = "\u00a0"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("outcomes")


def facts_of(name: str, folder: Path, lang: Language = "sv") -> DocumentFacts:
    found = analysed(name, folder)
    return DocumentFacts(found.appraisal, lang, found)


def bullets(facts: DocumentFacts) -> list[str]:
    return [plain(item) for block in outcome_bullets(facts) if isinstance(block, BulletList) for item in block.items]


def groups(facts: DocumentFacts) -> dict[str, list[list[str]]]:
    """Return the rows of the tables of outcomes by the heading above them, both tables together."""
    found: dict[str, list[list[str]]] = {}
    for section in (short_term(facts), long_term(facts, ())):
        for block in section.blocks:
            if isinstance(block, Table):
                heading = ""
                for row in block.rows:
                    heading = text(row)[0] if row.role == "group" else heading
                    found.setdefault(heading, [])
                    if row.role == "body":
                        found[heading].append(text(row))
    return found


def text(row: Row) -> list[str]:
    return [plain(cell_of(cell).content) for cell in row.cells]


def assert_same_figures(said: tuple[str, str, str], told: tuple[str, str], lang: Language) -> None:
    """All three have the same decimals: those of the tables, or more where the needed level asks for them."""
    before, needed, assumed = said
    point = "," if lang == "sv" else "."
    decimals = {len(figure.partition(point)[2]) for figure in said if figure != "0"}
    assert len(decimals) == 1, said
    assert needed != assumed
    if (before, assumed) != told:
        for figure, wider in zip((before, assumed), told, strict=True):
            places = len(wider.partition(point)[2])
            assert max(decimals) > places
            assert abs(value_of(figure) - value_of(wider)) < 10.0**-places, (said, told)


def value_of(figure: str) -> float:
    return float(figure.replace(SPACE, "").replace("\u2212", "-").replace(",", "."))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", MODELS)
def test_first_page_tables_and_break_even_tell_one_level(name: str, lang: Language, folder: Path) -> None:
    facts = facts_of(name, folder, lang)
    told = groups(facts).get(facts.say("effects.first-year"), [])
    rows = {row[0]: row for row in told}
    assert len(rows) == len(facts.appraisal.case.outcomes)
    ordinary = {
        row[0]: row[1]
        for block in ordinary_practice(facts).blocks
        if isinstance(block, Table)
        for row in map(text, block.rows)
    }
    said = bullets(facts)
    for outcome, bullet in zip(facts.appraisal.case.outcomes, said, strict=False):
        name_, before, after, change, *_ = rows[outcome.name]
        assert bullet.startswith(outcome.name)
        assert f": {before} " in bullet and f", {after} " in bullet and f" {change}," in bullet
        assert ordinary[name_] == before
        row = next(row for row in facts.sensitivity.break_even.outcomes if row.outcome == outcome.id)
        if row.alone is not None and row.alone > 0:
            sentence = effect_needed(facts, row, row.alone)
            assert "“" in sentence or "”" in sentence or outcome.name[1:] in sentence
            if "antaget:" in sentence or "assumed:" in sentence:
                shown = re.search(
                    r"([^ ]+) (?:till|to) (?:minst|högst|at least|at most) ([^ ]+) .*: ([^ )]+)\)", sentence
                )
                assert shown is not None, sentence
                written, needed, assumed = shown.groups()
                assert_same_figures((written, needed, assumed), (before, after), lang)


@pytest.mark.parametrize("name", MODELS)
def test_levels_are_what_the_calculation_counts(name: str, folder: Path) -> None:
    facts = facts_of(name, folder)
    for outcome in facts.measured:
        told, found = facts.level_of(outcome), facts.first_levels.get(outcome.id)
        assert (told is None) == (found is None) == (outcome.level == "state")
        if told is None or found is None:
            continue
        assert found == first_level(facts.appraisal, outcome.id)
        scale = 1.0 if outcome.level == "amount" else 100.0
        figures = (told.ordinary, told.intervention, told.difference)
        for figure, exact in zip(figures, (found.ordinary, found.intervention, found.change), strict=True):
            decimals = len(figure.partition(",")[2])
            shown = float(figure.replace(SPACE, "").replace("\u2212", "-").replace(",", "."))
            assert abs(shown - scale * exact) < 10.0**-decimals


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", MODELS)
def test_amounts_are_never_summed_and_the_rest_is_for_100_participants(name: str, lang: Language, folder: Path) -> None:
    facts = facts_of(name, folder, lang)
    amounts = {outcome.name for outcome in facts.measured if outcome.level == "amount"}
    for heading, rows in groups(facts).items():
        for row in rows:
            if heading != facts.say("effects.first-year"):
                assert row[0] not in amounts
            assert row[0] in amounts or "100" in row[5]
    for bullet in bullets(facts):
        assert any(bullet.startswith(name) for name in amounts) or "100" in bullet


def test_the_first_year_of_the_effect_has_the_level_of_the_follow_up(folder: Path) -> None:
    facts = facts_of("vaxa-ambassadorerna", folder)
    support = next(row.expected for row in followup_rows(facts) if row.expected and "socialt stöd" in row.expected.name)
    assert support is not None and support.ordinary == "47,8" and support.intervention == "49,2"
    assert "47,8 i ordinarie arbetssätt, 49,2 med insatsen" in bullets(facts)[0]


def test_one_year_of_effect_is_no_five_years_of_ordinary_practice(folder: Path) -> None:
    facts = facts_of("kiva", folder)
    (bullet,) = bullets(facts)
    assert "8,0 i ordinarie arbetssätt, 7,2 med insatsen (av 100 deltagare, det första året med effekt)" in bullet
    (row,) = groups(facts)[facts.say("effects.sum-within", years=facts.years_of(5))]
    assert row[1:4] == ["8,0", "7,2", "\u22120,8"]
    assert "Sammanlagt" not in bullet, "the sum of one year is what has been said"
    assert "Sammanlagt" in bullets(facts_of("ips", folder))[0]


def test_a_table_without_figures_is_a_sentence(folder: Path) -> None:
    facts = facts_of("skolfam", folder)
    blocks = short_term(facts).blocks
    assert not any(isinstance(block, Table) for block in blocks)
    said = plain(blocks[0].content) if isinstance(blocks[0], Paragraph) else ""
    assert said.replace("\u00a0", " ") == (
        "Inom 1 och 3 år räknas ingen effekt ännu. Utfallen står under Effekter på lång sikt."
    )
    assert any(isinstance(block, Table) for block in long_term(facts, ()).blocks)


def test_an_interval_keeps_its_sign(folder: Path) -> None:
    (minutes, _) = groups(facts_of("forenade-i-rorelse", folder))["Det första året med effekt"]
    assert minutes[3:5] == ["+1,1", "\u22120,2 till +2,5"]


def test_states_that_cannot_differ_are_left_out_of_the_first_page(folder: Path) -> None:
    facts = facts_of("fullfoljda-studier", folder)
    said = bullets(facts)
    assert not any("nian" in bullet for bullet in said)
    assert said[0].startswith("Läget ”studerar”: ")
    assert any("nian" in row[0] for rows in groups(facts).values() for row in rows)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_states_of_a_pathway_share_their_decimals(lang: Language, folder: Path) -> None:
    facts = facts_of("fullfoljda-studier", folder, lang)
    point = "," if lang == "sv" else "."
    found = groups(facts)
    for years, expected in ((5, 2), (10, 1), (15, 1)):
        rows = found[facts.say("effects.sum-within", years=facts.years_of(years))]
        assert len(rows) == 5
        figures = [figure for row in rows for figure in row[1:4] if figure != "–"]
        assert len(figures) == 14
        assert {len(figure.partition(point)[2]) for figure in figures} == {expected}
    said = "\n".join(bullets(facts))
    assert {len(part) for part in re.findall(rf"\d\{point}(\d+)", said)} == {1}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_state_that_cannot_differ_has_a_dash_and_a_note(lang: Language, folder: Path) -> None:
    facts = facts_of("fullfoljda-studier", folder, lang)
    rows = [row for heading in groups(facts).values() for row in heading]
    still = [row for row in rows if row[0].endswith("nian")]
    assert len(still) == 4
    assert all(row[1] == row[2] and row[3:5] == ["–", "–"] for row in still)
    assert all(row[3] != "–" for row in rows if row not in still)
    notes = [
        plain(note) for block in long_term(facts, ()).blocks if isinstance(block, Table) for note in block.footnotes
    ]
    assert notes == [facts.say("effects.still.note")]
    others = [block for block in long_term(facts_of("ips", folder, lang), ()).blocks if isinstance(block, Table)]
    assert others and not any(block.footnotes for block in others)


def test_the_outcome_that_is_named_first_is_a_sure_one(folder: Path) -> None:
    facts = facts_of("vaxa-ambassadorerna", folder)
    found = headline(facts)
    assert found is not None and found.id == "support"
    said = opening(facts, choose_variant(facts))
    assert "väntas bli 49,2 i stället för 47,8" in said and "skadegörelse" not in said


@pytest.mark.parametrize("name", MODELS)
def test_no_unsure_outcome_is_named_where_a_sure_one_is_better(name: str, folder: Path) -> None:
    facts = facts_of(name, folder)
    found = headline(facts)
    if found is None:
        return

    def sure(id: str) -> bool:
        row = facts.appraisal.outcome(id)
        return row.difference_p5 > 0 or row.difference_p95 < 0

    assert sure(found.id) or not any(sure(outcome.id) for outcome in facts.appraisal.case.outcomes)


def test_those_who_must_succeed_are_more_than_under_ordinary_practice(folder: Path) -> None:
    said = reached_sentence(facts_of("ips", folder))
    assert said is not None
    assert said.startswith(
        "Utfallet ”Personer med ett vanligt arbete” behöver gälla minst 29 fler av 60 deltagare än i"
    )
    assert "Evidensen" not in said
    fewer = reached_sentence(facts_of("foraldrastod", folder, "en"))
    assert fewer is not None and "86 fewer of 188 participants than under ordinary practice" in fewer


def test_what_has_no_price_says_nothing_of_who_must_succeed(folder: Path) -> None:
    assert reached_sentence(facts_of("hembesok", folder)) is None


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (23, "behöver gälla minst 23 fler av 60 deltagare"),
        (53, "behöver gälla minst 53 fler av 60 deltagare"),
        (54, "behöver gälla minst 54 fler av 60 deltagare"),
        (55, "Inte ens om utfallet ”Personer med ett vanligt arbete” gäller alla 60 deltagare går insatsen jämnt upp"),
    ],
)
def test_more_cannot_succeed_than_there_are_left(number: int, said: str, folder: Path) -> None:
    facts = facts_of("ips", folder)
    # 11.5 % of 60 have work anyway: 53.1 are left, so that 53.05 rounded up to 54 may still do.
    sentence, possible = people_sentence(facts, facts.appraisal.case.outcomes[0], number, 60.0)
    assert said in sentence
    assert possible == (number < 55)


def test_an_effect_after_the_calculation_is_said_not_to_be_counted(folder: Path) -> None:
    late = ALL_CASES["sure"]["outcomes"][0] | {"id": "late", "name": "Sent", "lag": 9}
    ALL_CASES["after-the-end"] = {**ALL_CASES["sure"], "outcomes": [*ALL_CASES["sure"]["outcomes"], late]}
    try:
        facts = facts_of("after-the-end", folder)
    finally:
        del ALL_CASES["after-the-end"]
    assert bullets(facts)[-1] == "Sent: Effekten börjar efter kalkylens sista år och räknas inte."
    assert all(row[0] != "Sent" for rows in groups(facts).values() for row in rows)
