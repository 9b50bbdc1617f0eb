"""The content of the report: every section, every figure from the appraisal, the same figures in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from socio_calc.appraisal import warning_message
from socio_calc.locale import LANGUAGES, table_money, texts
from socio_calc.paper import Block, BulletList, KeyValues, Note, Paper, Paragraph, Section, Table, plain
from socio_calc.paper.blocks import cell_of
from socio_calc.paper.paper import walk
from socio_calc.report.document.assumption_list import stated_quantities
from socio_calc.report.document.check_sections import _said
from socio_calc.report.document.facts import DocumentFacts
from tests.report.document.document_cases import ALL_CASES, MODELS, analysed, reported

MODEL = "skolnarvaro"
ORDER = (
    "summary", "target-group", "ordinary-practice", "short-term", "long-term", "costs", "parties", "result",
    "uncertainty", "must-hold", "not-valued", "follow-up", "assumptions", "checks", "method", "glossary",
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reports")


def words(block: Block) -> str:
    """Return every word of a block."""
    found = []
    for inner in walk((block,)):
        match inner:
            case Section() | Note():
                found.append(inner.title)
            case Paragraph():
                found.append(plain(inner.content))
            case BulletList():
                found += map(plain, inner.items)
            case KeyValues():
                found += [f"{item.label} {plain(item.content)}" for item in inner.items]
            case Table():
                found += [inner.caption, *(column.head for column in inner.columns), *map(plain, inner.footnotes)]
                found += [plain(cell_of(cell).content) for row in inner.rows for cell in row.cells]
            case _:
                pass
    return "\n".join(found).replace("\u00a0", " ")


def section(paper: Paper, id: str) -> Section:
    return next(found for _, found in paper.sections(3) if found.id == id)


def test_sections_stand_in_the_order_that_a_committee_reads(folder: Path) -> None:
    paper = reported(MODEL, folder)
    assert tuple(found.id for _, found in paper.sections(1)) == ORDER


def test_the_first_page_stands_in_the_order_asked_for(folder: Path) -> None:
    summary = section(reported(MODEL, folder), "summary")
    assert [found.id for found in summary.blocks if isinstance(found, Section)] == [
        "summary-people", "summary-society", "summary-parties", "summary-holds", "summary-not-valued",
    ]  # fmt: skip
    first, last = summary.blocks[0], summary.blocks[-1]
    assert isinstance(first, Paragraph)
    assert isinstance(last, Paragraph)
    said = plain(first.content)
    assert "120 deltagare" in said
    assert "per deltagare" in said
    assert "kommunen" in said
    assert said.count(". ") == 0  # one sentence
    for part in ("3,5 %", "2024 års priser", "version"):
        assert part in words(last)


@pytest.mark.parametrize("name", [*sorted(ALL_CASES), *MODELS])
def test_every_report_says_that_a_calculation_decides_nothing_alone(name: str, folder: Path) -> None:
    paper = reported(name, folder)
    society = section(paper, "summary-society")
    kinds = [type(block).__name__ for block in society.blocks]
    caution = next(block for block in society.blocks if isinstance(block, Note))
    assert "En kalkyl är ett av flera underlag" in words(caution)
    # Under the result, before any table.
    assert kinds.index("Note") == 1
    assert "Table" not in kinds[:1]


def test_figures_are_those_of_the_appraisal(folder: Path) -> None:
    found = analysed(MODEL, folder)
    appraisal, paper = found.appraisal, reported(MODEL, folder)
    table = next(block for block in section(paper, "result").blocks if isinstance(block, Table))
    for row, horizon in zip(table.rows, appraisal.horizons, strict=True):
        cells = [plain(cell_of(cell).content) for cell in row.cells]
        for at, measure in ((1, "pv_costs"), (2, "pv_effects"), (3, "npv")):
            wanted = table_money(appraisal.result(measure, horizon=horizon).base, "sv", "million", signed=at == 3)
            assert cells[at] == wanted
    parties = next(block for block in section(paper, "parties").blocks if isinstance(block, Table))
    for row in appraisal.payers():
        cells = next(r.cells for r in parties.rows if r.cells[0] == {"kommun": "Kommunen", "region": "Regionen",
                     "stat": "Staten", "individ": "Individen"}[row.actor])  # fmt: skip
        assert cells[1] == table_money(row.cost, "sv", "million")
        assert cells[4] == table_money(row.net, "sv", "million", signed=True)
        if row.cash is not None:
            assert cells[3] == table_money(row.net - row.cash, "sv", "million")


def test_pays_gets_and_freed_add_up_for_every_party(folder: Path) -> None:
    from socio_calc.report.document.facts import DocumentFacts

    for name in (MODEL, "all-actors", "net-saving", "harm"):
        found = analysed(name, folder)
        facts = DocumentFacts(found.appraisal, "sv", found)
        for row in facts.party_money:
            assert row.cash + row.freed - row.pays == pytest.approx(row.net, rel=1e-9, abs=1e-6)


def test_costs_by_year_sum_to_the_undiscounted_flows(folder: Path) -> None:
    found = analysed(MODEL, folder)
    table = next(block for block in section(reported(MODEL, folder), "costs").blocks if isinstance(block, Table))
    total = -sum(flow.base for flow in found.appraisal.flow_rows if flow.source == "cost")
    shown = plain(cell_of(table.rows[-1].cells[-1]).content)
    assert shown.replace("\u00a0", "") == f"{total:.0f}"


def test_the_net_without_work_and_health_is_that_of_its_view(folder: Path) -> None:
    from socio_calc.analysis.components import HEALTH, WORK, net_without

    appraisal = analysed(MODEL, folder).appraisal
    for spread, horizon in zip(net_without(appraisal, WORK), appraisal.horizons, strict=True):
        row = appraisal.result(horizon=horizon, view="without_production")
        assert spread.base == pytest.approx(row.base, rel=1e-9)
        assert spread.p5 == pytest.approx(row.p5, rel=0.02)
    for spread, horizon in zip(net_without(appraisal, HEALTH), appraisal.horizons, strict=True):
        assert spread.base == pytest.approx(appraisal.result(horizon=horizon, view="without_health").base, rel=1e-9)


def test_the_share_of_the_gain_within_the_grant(folder: Path) -> None:
    from socio_calc.appraisal.periods import gain_share_until

    appraisal = analysed("forty-years", folder).appraisal
    # Two outcomes of ten participants, 5e5 a year from year 0 and 3e5 a year from year 5, none of them discounted.
    wanted = (5e5 * 10 + 3e5 * 5) / (5e5 * 40 + 3e5 * 35)
    assert gain_share_until(appraisal, 9) == pytest.approx(wanted)
    assert gain_share_until(appraisal, 39) == pytest.approx(1.0)
    assert gain_share_until(analysed("only-costs", folder).appraisal, 3) is None


@pytest.mark.parametrize("name", MODELS)
def test_every_stated_quantity_has_a_row(name: str, folder: Path) -> None:
    case = analysed(name, folder).appraisal.case
    table = next(block for block in section(reported(name, folder), "assumptions").blocks if isinstance(block, Table))
    rows = [row for row in table.rows if row.role == "body"]
    # Years that say the same share a row: `…, år 2–4`.
    together = [re.search(r", år (\d+)–(\d+)$", plain(cell_of(row.cells[0]).content)) for row in rows]
    years = sum(int(found[2]) - int(found[1]) + 1 if found else 1 for found in together)
    assert years == len(list(stated_quantities(case)))
    assert all(plain(cell_of(cell).content).strip() for row in rows for cell in row.cells)


@pytest.mark.parametrize(
    ("name", "rates"),
    [
        ("steget", {"Kommunalskatt": "21,86 %"}),
        (
            "fullfoljda-studier",
            {
                "Kommunalskatt": "20,89 %",
                "Regionskatt": "11,48 %",
                "Till utjämningen, kommunens del": "19,41 %",
                "Till utjämningen, regionens del": "9,67 %",
            },
        ),
        ("kiva", {}),
    ],
)
def test_the_tax_rates_of_the_case_itself_are_among_its_numbers(name: str, rates: dict[str, str], folder: Path) -> None:
    blocks = section(reported(name, folder, "sv"), "assumptions").blocks
    table = next(block for block in blocks if isinstance(block, Table))
    cells = [[plain(cell_of(cell).content).replace("\u00a0", " ") for cell in row.cells] for row in table.rows]
    label = texts("sv").label
    known = {label("taxes.municipal"), label("taxes.regional"), *rates}
    assert {row[0]: row[1] for row in cells if row[0] in known} == rates
    for row in cells:
        if row[0] in rates:
            assert row[2:] == ["fast tal", "Kalkylfilen", "–"]


@pytest.mark.parametrize("name", MODELS)
def test_every_row_of_the_base_has_title_year_and_address(name: str, folder: Path) -> None:
    appraisal = analysed(name, folder).appraisal
    plan, base = appraisal.plan, appraisal.reference
    said = words(section(reported(name, folder), "sources"))
    for row in (*map(base.costs.get, plan.costs_used), *map(base.evidence.get, plan.evidence_used)):
        assert row is not None
        assert row.id in said
        assert row.source_title in said
        assert row.url in said


@pytest.mark.parametrize("name", MODELS)
def test_every_warning_stands_with_a_reason(name: str, folder: Path) -> None:
    appraisal = analysed(name, folder).appraisal
    table = words(section(reported(name, folder), "warnings"))
    for warning in appraisal.warnings:
        if warning.code not in ("calculation-not-alone", "version-stamp"):
            assert warning_message(appraisal, warning, "sv").replace("\u00a0", " ") in table
    assert "\n–\n" not in table.replace("\n–\n–\n", "\n–\n"), "a warning without a reason"


def test_every_warning_that_there_is_has_a_reason() -> None:
    from socio_calc.appraisal import warnings as module
    from socio_calc.locale import texts

    source = Path(str(module.__file__)).read_text("utf-8")
    source += (Path(str(module.__file__)).parent / "price_warnings.py").read_text("utf-8")
    codes = set(re.findall(r'ResultWarning\(\s*"([a-z0-9-]+)"', source)) - {"calculation-not-alone", "version-stamp"}
    assert len(codes) > 25
    for lang in LANGUAGES:
        assert not [code for code in sorted(codes) if not texts(lang).has(f"document.why.{code}")]


def test_unprofitable_comes_out_clearly_and_kindly(folder: Path) -> None:
    summary = words(section(reported(MODEL, folder), "summary"))
    assert "Kostnaden väntas bli" in summary
    assert "Ett negativt resultat betyder inte att insatsen är dålig" in summary


def test_only_costs_and_nothing_at_all_are_reports_too(folder: Path) -> None:
    assert "Kalkylen räknar inga utfall" in words(section(reported("only-costs", folder), "summary"))
    assert "Kalkylen innehåller inga kostnader" in words(section(reported("free", folder), "costs"))
    assert "Ingen part betalar eller får något" in words(section(reported("nothing", folder), "parties"))


def test_the_horizon_decides_what_is_short_and_what_is_long(folder: Path) -> None:
    one = reported("one-year", folder)
    assert "Kalkylen omfattar 1 år" in words(section(one, "long-term"))
    five = reported("sure", folder)
    assert "Lägg till en kortare tidshorisont" in words(section(five, "short-term"))


def numbers(text: str) -> list[str]:
    """Return the figures of a text, whatever signs its language writes them with."""
    plain_text = text.replace("\u00a0", "").replace("\u2212", "-")
    return sorted(re.sub(r"[.,]", "", found) for found in re.findall(r"\d[\d.,]*", plain_text))


@pytest.mark.parametrize("name", ["skolnarvaro", "styrka-hela-livet", "all-actors", "hostile"])
def test_tables_have_the_same_figures_in_both_languages(name: str, folder: Path) -> None:
    swedish, english = (reported(name, folder, lang) for lang in LANGUAGES)
    first, second = (
        [block for block in walk(paper.blocks) if isinstance(block, Table)] for paper in (swedish, english)
    )
    assert len(first) == len(second)
    for one, other in zip(first[:-3], second[:-3], strict=True):  # the last ones hold words of the base, and hashes
        assert len(one.rows) == len(other.rows), one.caption
        for row, same in zip(one.rows, other.rows, strict=True):
            texts = [[plain(cell_of(cell).content) for cell in found.cells] for found in (row, same)]
            for cell, twin in zip(*texts, strict=True):
                if re.fullmatch(r"[−+]?[\d\u00a0.,]+", cell):
                    assert numbers(cell) == numbers(twin), (one.caption, cell, twin)


def test_terms_lead_to_a_glossary_of_the_words_that_occur(folder: Path) -> None:
    for lang in LANGUAGES:
        paper = reported(MODEL, folder, lang)
        entries = next(block for block in section(paper, "glossary").blocks if isinstance(block, KeyValues))
        assert len(entries.items) > 10
        labels = [item.label.casefold() for item in entries.items]
        if lang == "en":
            assert labels == sorted(labels)
    few = next(
        block for block in section(reported("nothing", folder), "glossary").blocks if isinstance(block, KeyValues)
    )
    assert len(few.items) < len(entries.items)


def test_the_passport_stands_in_words_and_travels_along(folder: Path) -> None:
    from socio_calc.report.passport import decoded

    appraisal = analysed(MODEL, folder).appraisal
    paper = reported(MODEL, folder)
    said = words(section(paper, "passport"))
    for wanted in (appraisal.case_sha256, appraisal.reference_sha256, appraisal.version):
        assert wanted in said
    assert paper.attachment is not None
    assert decoded(paper.attachment.text).case_sha256 == appraisal.case_sha256


def test_personal_data_are_blanked_in_every_form(folder: Path) -> None:
    from socio_calc.paper import to_docx, to_html

    paper = reported("hostile", folder)
    page = to_html(paper)
    assert b"070-123" not in page
    assert b"anna@" not in page
    assert "•••".encode() in page
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(to_docx(paper))) as archive:
        assert not [name for name in archive.namelist() if b"070-123" in archive.read(name)]


@pytest.mark.parametrize("name", ["hostile", "many"])
def test_markup_is_shown_and_never_obeyed(name: str, folder: Path) -> None:
    from lxml import html

    from socio_calc.paper import to_html

    page = html.document_fromstring(to_html(reported(name, folder)))
    assert not page.xpath("//script|//b")
    if name == "hostile":
        assert '=HYPERLINK("http://example.org","x")' in page.text_content()
        assert "<script>alert(1)</script>" in page.text_content()


def test_checks_are_made_and_not_only_claimed(folder: Path) -> None:
    from dataclasses import replace

    from socio_calc.report.document.check_sections import checks
    from socio_calc.report.document.facts import DocumentFacts

    found = analysed(MODEL, folder)
    right = DocumentFacts(found.appraisal, "sv", found)
    assert "är lika med hela samhällets resultat" in words(checks(right, None))
    rows = list(found.appraisal.rows)
    at = next(n for n, row in enumerate(rows) if (row.view, row.perspective, row.measure) == ("all", "stat", "npv"))
    for wrong in (replace(rows[at], base=(rows[at].base or 0.0) + 1e6), replace(rows[at], base=None)):
        changed = replace(found.appraisal, rows=tuple([*rows[:at], wrong, *rows[at + 1 :]]))
        with pytest.raises((AssertionError, ValueError)):
            checks(DocumentFacts(changed, "sv", found), None)


def test_the_usual_scenarios_have_names_in_the_language_of_the_report(folder: Path) -> None:
    for lang, names in (("sv", ["Försiktigt", "Hoppfullt"]), ("en", ["Cautious", "Hopeful"])):
        found = section(reported(MODEL, folder, lang), "uncertainty")
        tables = [block for block in walk(found.blocks) if isinstance(block, Table)]
        first = [[plain(cell_of(row.cells[0]).content) for row in table.rows] for table in tables]
        (shown,) = [column for column in first if names[0] in column]
        assert set(names) < set(shown)


def test_only_an_english_report_says_that_names_are_not_translated(folder: Path) -> None:
    said = texts("en").t("document.own-words")
    assert (
        reported(MODEL, folder, "en").subtitle[-1]
        == said
        == ("Names and descriptions are the applicant's own and are not translated.")
    )
    assert not any("översatta" in plain(line) for line in reported(MODEL, folder).subtitle)


def test_the_line_of_terms_ends_only_between_its_parts(folder: Path) -> None:
    last = section(reported(MODEL, folder), "summary").blocks[-1]
    assert isinstance(last, Paragraph)
    parts = plain(last.content).split(" · ")
    assert "mkr\u00a0=\u00a0miljoner\u00a0kronor" in parts
    assert not any(" " in part for part in parts)


def test_a_warning_names_what_it_is_about_once(folder: Path) -> None:
    """No column that says `the whole calculation` on nearly every row."""
    found = analysed("forenade-i-rorelse", folder)
    facts = DocumentFacts(found.appraisal, "sv", found)
    (told,) = (
        block
        for block in section(reported("forenade-i-rorelse", folder), "warnings").blocks
        if isinstance(block, Table)
    )
    assert [column.head for column in told.columns] == ["Varning", "Varför det spelar roll"]
    placed = [warning for warning in found.appraisal.warnings if warning.path is not None]
    assert placed
    said = plain(_said(facts, placed[:1], "effekten på minuter av måttlig till intensiv rörelse per dag"))
    assert "Gäller:" not in said
    assert plain(_said(facts, placed[:1], "antal deltagare")).endswith("Gäller: antal deltagare.")
