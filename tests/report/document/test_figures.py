"""How the report writes figures: typed ones as typed, computed ones rounded, levels that fit their differences."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from socio_calc.case import Counts, Discrete, Estimate, Fixed, Pert, Quantity, Uniform
from socio_calc.locale import LANGUAGES, Language
from socio_calc.paper import Block, BulletList, Paragraph, Section, Table, plain
from socio_calc.paper.blocks import cell_of
from socio_calc.paper.paper import walk
from socio_calc.report.document.assumption_values import central_text, interval_text
from socio_calc.report.document.facts import DocumentFacts
from socio_calc.report.sensitivity_facts import sensible
from tests.report.document.document_cases import ALL_CASES, analysed, reported

#: Amounts and chances, a pathway, differences of thousandths, participants who enter in three years.
SOME = ("skolnarvaro", "fullfoljda-studier", "vgr-foraldrar", "hembesok")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("figures")


def facts_of(name: str, folder: Path, lang: Language = "sv") -> DocumentFacts:
    found = analysed(name, folder)
    return DocumentFacts(found.appraisal, lang, found)


def tables(blocks: tuple[Block, ...]) -> list[list[str]]:
    return [
        [plain(cell_of(cell).content) for cell in row.cells]
        for block in walk(blocks)
        if isinstance(block, Table)
        for row in block.rows
        if row.role == "body"
    ]


def within(paper_section: Section) -> str:
    found = [plain(block.content) for block in walk((paper_section,)) if isinstance(block, Paragraph)]
    found += [plain(item) for block in walk((paper_section,)) if isinstance(block, BulletList) for item in block.items]
    return "\n".join(found).replace("\u00a0", " ")


def section(name: str, folder: Path, id: str, lang: Language = "sv") -> Section:
    return next(found for _, found in reported(name, folder, lang).sections(3) if found.id == id)


def _read(figure: str, lang: Language) -> Decimal:
    plainly = figure.replace("\u00a0", "").replace("\u2212", "-")
    return Decimal(plainly.replace(",", ".") if lang == "sv" else plainly.replace(",", ""))


# -- inputs -----------------------------------------------------------------------------------------------------------

COMPUTED: tuple[tuple[str, Quantity, str], ...] = (
    ("costs.0.hours", Pert(low=340, mode=430, high=690), "458"),
    ("participants.0.number", Pert(low=48, mode=64, high=72), "62,7"),
    ("costs.0.quantity", Pert(low=1, mode=1.1, high=1.72), "1,19"),
    ("completion", Pert(low=0.4, mode=0.6, high=0.75), "59,2 %"),
    ("costs.0.amount", Uniform(low=10_000.25, high=25_001.25), "17 501 kr"),
    ("deadweight", Counts(events=2347, of=2429), "96,6 %"),
    ("attribution", Counts(events=9998, of=10_000), "99,98 %"),
    ("costs.0.quantity", Discrete(values=(1, 2), weights=(1, 2)), "1,67"),
)
TYPED: tuple[tuple[str, Quantity, str], ...] = (
    ("costs.0.amount", Fixed(value=1_234_567), "1 234 567 kr"),
    ("costs.0.amount", Fixed(value=1234.56), "1 234,56 kr"),
    ("costs.0.quantity", Fixed(value=0.1234567), "0,1234567"),
    ("completion", Fixed(value=0.91234), "91,234 %"),
    ("costs.0.quantity", Estimate(estimate=1.18667, ci=(1.01234, 1.39876)), "1,18667"),
    ("costs.0.hours", Pert(low=1000.05, mode=1234.55, high=1469.05), "1 234,55"),
)


@pytest.mark.parametrize(("path", "quantity", "wanted"), [*COMPUTED, *TYPED])
def test_a_computed_number_is_rounded_and_a_typed_one_is_not(
    path: str, quantity: Quantity, wanted: str, folder: Path
) -> None:
    text = central_text(facts_of("sure", folder), path, quantity).replace("\u00a0", " ")
    assert re.search(rf"(?<![\d,]){re.escape(wanted)}(?![\d,])", text), text


def test_the_ends_of_an_interval_are_as_typed(folder: Path) -> None:
    facts = facts_of("sure", folder)
    said = interval_text(facts, "costs.0.amount", Pert(low=1_234_567, mode=2_345_678.5, high=3_456_789))
    assert "1 234 567–3 456 789 kr" in said.replace("\u00a0", " ")
    assert "2 345 678,5 kr" in said.replace("\u00a0", " ")
    said = interval_text(facts, "costs.0.quantity", Estimate(estimate=1.2, ci=(1.01234, 1.39876)))
    assert "1,01234–1,39876" in said


def test_half_a_year_of_effect_is_written_as_it_is_counted(folder: Path) -> None:
    facts = facts_of("sure", folder)
    assert central_text(facts, "outcomes.o-individ-0-up.holds", Uniform(low=2, high=3)).replace("\u00a0", " ") == "3 år"


def test_rounding_keeps_what_is_short_or_whole() -> None:
    assert [sensible(value) for value in (0.9125, 30_561.0, -2.66667, 0.0433333)] == [0.9125, 30_561.0, -2.67, 0.0433]
    assert sensible(0.99973) == 0.9997
    assert sensible(1.0) == 1.0


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", SOME)
def test_no_value_of_a_model_has_more_digits_than_were_typed(name: str, lang: Language, folder: Path) -> None:
    point, group = (",", "\u00a0") if lang == "sv" else (r"\.", ",")
    for cells in tables((section(name, folder, "assumptions", lang),)):
        figure = re.search(rf"\d(?:[\d\u00a0{group}]*\d)?(?:{point}\d+)?", cells[1])
        assert figure is not None, cells
        digits = re.sub(r"\D", "", figure.group()).lstrip("0")
        assert len(digits) <= 4 or not re.search(point, figure.group()), cells


# -- outcomes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", SOME)
def test_levels_and_differences_add_up(name: str, lang: Language, folder: Path) -> None:
    rows = [
        cells
        for id in ("short-term", "long-term")
        for cells in tables((section(name, folder, id, lang),))
        if len(cells) == 6
    ]
    assert rows
    for name_, ordinary, intervention, difference, *_ in rows:
        if difference == "\u2013":
            assert ordinary == intervention, name_
            continue
        before, after, change = (_read(figure, lang) for figure in (ordinary, intervention, difference))
        assert before + change == after, name_


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", SOME)
def test_the_first_page_says_figures_that_add_up(name: str, lang: Language, folder: Path) -> None:
    people = section(name, folder, "summary-people", lang)
    items = [item for block in walk((people,)) if isinstance(block, BulletList) for item in block.items]
    assert items
    point = "," if lang == "sv" else r"\."
    group = "\u00a0" if lang == "sv" else ","
    figure = rf"(?<![\w{group}])[+\u2212]?\d(?:[\d{group}]*\d)?(?:{point}\d+)?(?![\w{group}]\w)"
    for item in items:
        assert isinstance(item, tuple)
        # Without the name of the outcome, and without what stands in brackets: in what it is counted.
        said = re.sub(r"\([^)]*\)", "", plain(item[1:]))
        before, after, change = (_read(found, lang) for found in re.findall(figure, said)[:3])
        assert before + change == after, said


# -- who has begun ----------------------------------------------------------------------------------------------------


def test_the_short_run_says_how_many_have_begun(folder: Path) -> None:
    said = within(section("skolnarvaro", folder, "short-term"))
    assert "Bara en del av de 120 deltagarna hinner börja så snart: 40 börjar inom 1 år." in said
    assert "Läs därför inte en liten skillnad som att insatsen har liten effekt." in said
    english = within(section("skolnarvaro", folder, "short-term", "en"))
    assert "Not all 120 participants begin that soon: 40 within 1 year." in english


def test_nothing_is_said_where_everybody_begins_at_once(folder: Path) -> None:
    ALL_CASES["at-once"] = {**ALL_CASES["sure"], "horizons": [1, 5]}
    try:
        assert "hinner börja så snart" not in within(section("at-once", folder, "short-term"))
    finally:
        del ALL_CASES["at-once"]


def test_nobody_has_begun_before_the_first_entry(folder: Path) -> None:
    starts = [{"year": 1, "number": 3.5}, {"year": 2, "number": 1}]
    ALL_CASES["enter-later"] = {**ALL_CASES["sure"], "horizons": [1, 2, 5], "participants": starts}
    try:
        said = within(section("enter-later", folder, "short-term"))
    finally:
        del ALL_CASES["enter-later"]
    assert (
        "Bara en del av de 4,5 deltagarna hinner börja så snart: ingen börjar inom 1 år och 3,5 börjar inom 2 år."
        in said
    )
