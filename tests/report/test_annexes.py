"""The annexes: sums to the krona, what is missing is marked and listed, and a second program computes the same."""

import math
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socio_calc.appraisal import Appraisal, appraise, load
from socio_calc.case.build import validate
from socio_calc.office import Cell, Workbook, read_workbook
from socio_calc.report.annexes import FundLimits, Limit, write_annexes
from socio_calc.report.annexes.lines import project_budget
from socio_calc.report.annexes.whole_kronor import shared_out, whole_kronor
from socio_calc.report.files import OutputError
from socio_calc.report.financing import SOURCES
from socio_calc.review.annex_limits import annex_limits
from socio_calc.review.budget import budget_of
from tests.report.libreoffice import converted
from tests.report.workbook_cases import MODELS

SMALL = {
    "format": 1,
    "title": "Läsglädje",
    "first_year": 2025,
    "price_year": 2024,
    "horizons": [3],
    "participants": [{"year": 0, "number": 40}, {"year": 1, "number": 20}],
    "costs": [
        {"name": "Ledare", "actor": "kommun", "organisation": "Skolan", "cost_type": "personal", "hours": 100,
         "wage": 300, "contributions": 0.5, "basis": "per_year", "years": [0, 1], "funding": "grant",
         "funder": "region"},
        {"name": "Böcker", "actor": "kommun", "organisation": "Skolan", "cost_type": "material", "amount": 100.5,
         "basis": "per_participant"},
        {"name": "Buss", "actor": "kommun", "organisation": "Skolan", "cost_type": "resor", "amount": 10_001,
         "basis": "total", "years": [0, 1]},
        {"name": "Bibliotekarie", "actor": "region", "organisation": "Biblioteket", "cost_type": "personal",
         "hours": 33, "wage": 250, "contributions": 0.4, "basis": "per_year", "years": [0, 1], "funding": "in_kind",
         "growth": 0.02},
        {"name": "Egen resa", "actor": "individ", "amount": 10, "basis": "per_participant"},
        {"name": "Faller bort", "actor": "kommun", "amount": 5_000, "basis": "per_year", "years": [0],
         "replaces": True},
        {"name": "Efteråt", "actor": "kommun", "amount": 7_000, "basis": "per_year", "years": [2]},
    ],
    "application": {
        "fund": "gavleborg", "call": "2021-10-31", "start": "2025-01-01", "end": "2026-12-31",
        "applied": {2025: 45_000, 2026: 45_000},
        "organisations": [
            {"name": "Skolan", "sector": "kommun", "endorses_run": True, "signatory": "Rektor"},
            {"name": "Biblioteket", "sector": "region"},
        ],
        "followup": [
            {"indicator": "Lästest", "kind": "social", "baseline": "Test vid start", "when": "Varje vår",
             "method": "LäSt", "responsible": "Rektor"},
        ],
    },
}  # fmt: skip


def case_of(**changes: object) -> Appraisal:
    case, problems = validate({**SMALL, **changes})
    assert not problems
    return appraise(case, draws=1024)


def shown(cell: Cell) -> object:
    return cell.cached if cell.formula else cell.value


def row_of(book: Workbook, text: str, sheet: int = 1) -> dict[int, object]:
    """Return the row that has a text among its cells."""
    for _, cells in book.sheets[sheet].rows:
        if any(isinstance(cell.value, str) and cell.value.startswith(text) for cell in cells.values()):
            return {column: shown(cell) for column, cell in cells.items()}
    raise AssertionError(f"{text!r} stands nowhere")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("annexes")
    appraisal = case_of()
    limits = annex_limits("gavleborg", appraisal.case.application, "sv")
    return write_annexes(appraisal, folder, "sv", fund=limits)


@pytest.fixture(scope="module")
def books(written):
    return [read_workbook(file) for file in written.files]


# Whole kronor.


@given(st.lists(st.floats(0, 1e7, allow_nan=False), min_size=1, max_size=12))
def test_amounts_are_rounded_down_or_up_and_sum_to_the_rounded_sum(amounts):
    total = math.floor(math.fsum(amounts) + 0.5)
    parts = shared_out(amounts, total)
    assert sum(parts) == total
    assert all(
        math.floor(amount) <= part <= math.ceil(amount + 1e-6) for amount, part in zip(amounts, parts, strict=True)
    )


@given(st.data())
def test_every_sum_of_a_table_is_within_a_krona(data):
    items, years = data.draw(st.integers(1, 8)), data.draw(st.integers(1, 4))
    table = [[data.draw(st.floats(0, 1e6)) for _ in range(years)] for _ in range(items)]
    groups = [data.draw(st.sampled_from(["grant", "cash", "time"])) for _ in range(items)]
    whole = whole_kronor(table, groups, "grant")
    assert sum(map(sum, whole)) == math.floor(math.fsum(map(math.fsum, table)) + 0.5)
    for year in range(years):
        assert abs(sum(row[year] for row in whole) - math.fsum(row[year] for row in table)) < 1 + 1e-5
        for name in set(groups):
            members = [place for place, group in enumerate(groups) if group == name]
            exact = math.fsum(table[place][year] for place in members)
            assert abs(sum(whole[place][year] for place in members) - exact) < 1 + 1e-5
    assert all(
        abs(a - b) < 1 + 1e-5 for exact, row in zip(table, whole, strict=True) for a, b in zip(exact, row, strict=True)
    )


def test_a_sum_out_of_reach_is_refused():
    with pytest.raises(ValueError, match="cannot be rounded"):
        shared_out([1.5, 1.5], 9)


# The budget by hand.


def test_the_budget_by_hand():
    budget = project_budget(case_of())
    assert (budget.years, budget.dated, budget.applied) == ((2025, 2026), True, (45_000, 45_000))
    by_name = {line.item.name: line for line in budget.lines}
    assert by_name["Ledare"].exact == pytest.approx((45_000, 45_000))
    assert by_name["Böcker"].exact == pytest.approx((40 * 100.5, 20 * 100.5))
    assert by_name["Buss"].exact == pytest.approx((5_000.5, 5_000.5))
    assert by_name["Bibliotekarie"].exact == pytest.approx((33 * 250 * 1.4, 33 * 250 * 1.4 * 1.02))
    assert by_name["Egen resa"].exact == pytest.approx((400, 200))
    assert set(by_name) == {"Ledare", "Böcker", "Buss", "Bibliotekarie", "Egen resa"}
    assert {name: line.source for name, line in by_name.items()} == {
        "Ledare": "grant",
        "Böcker": "goods",
        "Buss": "cash",
        "Bibliotekarie": "time",
        "Egen resa": "outside",
    }
    assert (budget.later, budget.later_years) == (7_000, (2027,))
    first, second = by_name["Bibliotekarie"].work
    assert (first.hours, first.wage, first.surcharge) == pytest.approx((33, 250, 0.4))
    assert (second.hours, second.wage) == pytest.approx((33, 255))


def test_the_workbook_of_the_budget(books):
    book = books[0]
    # 45,000 + 4,020 + 5,000.5 + 11,550 + 400 and 45,000 + 2,010 + 5,000.5 + 11,781 + 200: 65,970.5 and 63,991.5.
    total = row_of(book, "Total kostnad")
    assert (total[6] + total[7], total[8]) == (129_962, 129_962)
    assert {total[6], total[7]} in ({65_970, 63_992}, {65_971, 63_991})
    assert row_of(book, "Summa sökta medel")[8] == 90_000
    assert row_of(book, "Sökta medel som andel")[8] == pytest.approx(90_000 / 129_962)
    assert row_of(book, "Fondens högsta belopp per år")[6] == "inom gränsen"
    assert row_of(book, "Fondens högsta andel, 50")[8] == "över gränsen"
    assert row_of(book, "Buss")[5].startswith("10 001 kr i allt, fördelat på 2 år".replace(" ", "\u00a0", 1))
    assert all(shown(cell) == "Stämmer" for cell in _verdicts(book))


def _verdicts(book):
    first = book.sheets[0]
    found = [
        cells[1] for _, cells in first.rows if 1 in cells and cells[1].formula and cells[1].formula.startswith("=IF")
    ]
    assert found
    return found


def test_rows_sum_to_sums_in_every_model():
    for path in sorted(MODELS.glob("*.yaml")):
        appraisal = appraise(load(path), draws=1024)
        budget = project_budget(appraisal)
        exact = math.fsum(budget.exact(*SOURCES))
        assert sum(budget.whole(*SOURCES)) == math.floor(exact + 0.5), path.name
        # The same figures as those that the fund's rules are tested on.
        rules = budget_of(appraisal)
        assert exact == pytest.approx(math.fsum(rules.costs[year] for year in budget.years)), path.name
        assert math.fsum(budget.exact("grant")) == pytest.approx(math.fsum(rules.grant[y] for y in budget.years))
        # What is applied for is what the grant pays, to the krona.
        assert budget.applied is not None
        for asked, granted in zip(budget.applied, budget.whole("grant"), strict=True):
            assert abs(asked - granted) <= 1, path.name


# Co-financing.


def test_the_co_financing_in_money(books):
    book = books[1]
    skolan = [cells for _, cells in book.sheets[1].rows if 1 in cells and cells[1].value == "Skolan"]
    assert [cells[3].value for cells in skolan] == [2025, 2026]
    assert sum(cells[4].value for cells in skolan) == 10_001
    assert sum(cells[5].value for cells in skolan) == 6_030
    assert all(cells[8].value == "Rektor" for cells in skolan)
    assert row_of(book, "Deltagarna bär 600")
    assert all(shown(cell) == "Stämmer" for cell in _verdicts(book))


def test_the_co_financing_in_time(books):
    book = books[2]
    rows = [cells for _, cells in book.sheets[1].rows if 1 in cells and cells[1].value == "Biblioteket"]
    assert [(cells[3].value, cells[4].value, cells[5].value) for cells in rows] == [
        (2025, pytest.approx(33), pytest.approx(250)),
        (2026, pytest.approx(33), pytest.approx(255)),
    ]
    assert [cells[7].cached for cells in rows] == [11_550, 11_781]
    assert all(re.match(r"=ROUND(UP|DOWN)\(ROUND\(", cells[7].formula) for cells in rows)
    assert all(shown(cell) == "Stämmer" for cell in _verdicts(book))


# What is missing.


def test_what_is_missing_is_empty_marked_and_listed(tmp_path):
    costs = [dict(item) for item in SMALL["costs"]]
    costs[3] = {
        "name": "Läkare",
        "actor": "region",
        "amount": 2_000,
        "basis": "per_year",
        "years": [0],
        "funding": "in_kind",
    }
    written = write_annexes(case_of(costs=costs), tmp_path, "sv")
    missing = dict(written.missing("sv"))
    assert missing["Budget"] == (
        "Kostnadsslag för ”Läkare”.",
        "Vilken part som bär ”Läkare”.",
        "Kostnadsslag för ”Egen resa”.",
    )
    assert set(missing["Medfinansiering i tid"]) == {
        "Vilken part som bär ”Läkare”.",
        "Antal timmar, timlön och påslag för ”Läkare”.",
    }
    book = read_workbook(written.files[2])
    cell = next(gap.cell for gap in written.gaps[2] if gap.key == "hours")
    assert book.sheets[1][cell].is_empty
    assert any("Antal timmar" in cell.text for cell in book.sheets[0].cells.values())


def test_an_application_without_dates_amounts_or_indicators(tmp_path):
    organisations = SMALL["application"]["organisations"]
    application = {"fund": "vgr", "call": "2023-01-01", "organisations": organisations}
    written = write_annexes(case_of(application=application), tmp_path, "sv")
    missing = dict(written.missing("sv"))
    assert "Sökt belopp per år i ansökan." in missing["Budget"]
    assert any(text.startswith("När insatsen börjar och slutar") for text in missing["Budget"])
    assert missing["Uppföljningsplan"][0] == "Ansökan har inga indikatorer."
    first = read_workbook(written.files[0]).sheets[0]
    assert any("Fondens egna bilagor är inte kända" in cell.text for cell in first.cells.values())


def test_a_case_without_application_or_costs(tmp_path):
    outcome = {"id": "reads", "name": "Reads", "level": "probability", "better": "higher", "ordinary": 0.5, "holds": 1,
               "effect": {"measure": "difference", "value": 0.1},
               "evidence": {"grade": "judgement", "sources": ["x"]}}  # fmt: skip
    written = write_annexes(case_of(application=None, costs=[], outcomes=[outcome]), tmp_path, "en")
    missing = dict(written.missing("en"))
    assert missing["Budget"][0] == "The case has no costs."
    assert "No indicator measures “Reads”." in missing["Follow-up plan"]
    rows = row_of(read_workbook(written.files[3]), "Reads")
    assert (rows[5], rows[6]) == ("The case counts with 50%.", "60%\nDifference 10 percentage points (10 to 10)")


def test_a_case_that_is_shorter_than_the_project(tmp_path):
    application = {**SMALL["application"], "end": "2029-12-31"}
    missing = dict(write_annexes(case_of(application=application), tmp_path, "sv").missing("sv"))
    assert any("efter 2027 är inte räknade" in text for text in missing["Budget"])


# The follow-up plan.


def test_the_follow_up_plan_of_a_model(tmp_path):
    appraisal = appraise(load(MODELS / "styrka-hela-livet.yaml"), draws=4096)
    written = write_annexes(appraisal, tmp_path, "sv")
    book = read_workbook(written.files[3])
    row = row_of(book, "Fall som har krävt vård på sjukhus, per deltagare")
    assert "Kalkylen räknar med 0,09167 per person och år." in row[5]
    assert row[6].startswith("0,06784 per person och år\nSkillnad −0,02383 (")
    assert row[9] == "Din hälsocentral Hudiksvall"
    assert dict(written.missing("sv"))["Uppföljningsplan"] == (
        "Ingen indikator mäter ”Alla fall, även de som inte kräver vård”.",
    )


def test_what_is_most_worth_measuring_stands_first(tmp_path):
    outcome = {
        "level": "probability", "better": "higher", "holds": 3, "evidence": {"grade": "judgement", "sources": ["x"]},
    }  # fmt: skip
    sure = {"id": "sure", "name": "Trygghet", "ordinary": 0.5, "effect": {"measure": "difference", "value": 0.01}}
    open_ = {"id": "open", "name": "Läser", "ordinary": 0.5,
             "effect": {"measure": "difference", "value": {"low": -0.2, "high": 0.4}}}  # fmt: skip
    worth = [{"name": "Välbefinnande", "kind": "wellbeing", "price": 12_000}]
    outcomes = [{**outcome, **one, "consequences": worth} for one in (sure, open_)]
    follow = [
        {"indicator": "Trygghetsfråga", "kind": "social", "outcome": "sure"},
        {"indicator": "Läsprov", "kind": "social", "outcome": "open"},
    ]
    application = {**SMALL["application"], "followup": follow}
    book = read_workbook(write_annexes(case_of(outcomes=outcomes, application=application), tmp_path, "sv").files[3])
    names = [cells[2].value for _, cells in book.sheets[1].rows if 1 in cells and cells[1].value in ("1", "2")]
    assert names == ["Läsprov", "Trygghetsfråga"]
    assert "−20" in row_of(book, "Läsprov")[6] or "procentenheter" in row_of(book, "Läsprov")[6]


# A second program, the fund, and the files.


@pytest.mark.libreoffice
def test_libreoffice_computes_the_same(written, tmp_path):
    formulas = 0
    for before, after in zip(written.files, converted(written.files, tmp_path), strict=True):
        first, second = read_workbook(before), read_workbook(after)
        for one, other in zip(first.sheets, second.sheets, strict=True):
            for place, cell in one.cells.items():
                if not cell.formula:
                    continue
                formulas += 1
                found = other[place].cached
                assert found == (cell.cached if isinstance(cell.cached, str) else pytest.approx(cell.cached)), place
    assert formulas > 60


def test_limits_of_the_fund_come_from_its_rules():
    application = case_of().case.application
    limits = annex_limits("gavleborg", application, "sv")
    assert (limits.per_year, limits.share) == (Limit(500_000, "GB-01", True), Limit(0.5, "GB-03", True))
    assert limits.has_annexes
    later = application.model_copy(update={"call": application.call.replace(year=2024)})
    assert not annex_limits("gavleborg", later, "sv").per_year.confirmed
    vgr = annex_limits("vgr", application, "en")
    assert (vgr.per_year, vgr.share, vgr.has_annexes) == (None, None, False)
    assert vgr.name.startswith("Region Västra Götaland")


def test_titles_are_the_fund_s_own_where_they_are_known(written, tmp_path):
    assert written.titles[0] == "Bilaga 2 Budget"
    assert [file.name for file in written.files][3] == "lasgladje-bilaga-4-uppfoljnings-och-utvarderingsschema.xlsx"
    other = write_annexes(case_of(), tmp_path, "en", fund=FundLimits("x", "Another fund"))
    assert other.titles[0] == "Budget"


def test_a_user_s_words_never_become_formulas(tmp_path):
    costs = [{**SMALL["costs"][0], "name": "=HYPERLINK(1)", "note": "+cmd|' /C calc'!A0"}]
    written = write_annexes(case_of(costs=costs, title="=1+1"), tmp_path, "sv")
    for file in written.files:
        for sheet in read_workbook(file).sheets:
            for cell in sheet.cells.values():
                assert not (cell.formula and "HYPERLINK" in cell.formula)


def test_nothing_is_overwritten_unasked_and_the_same_case_gives_the_same_bytes(tmp_path):
    appraisal = case_of()
    first = [file.read_bytes() for file in write_annexes(appraisal, tmp_path, "sv").files]
    with pytest.raises(OutputError):
        write_annexes(appraisal, tmp_path, "sv")
    assert [file.read_bytes() for file in write_annexes(appraisal, tmp_path, "sv", force=True).files] == first


def test_columns_are_as_wide_as_their_largest_amounts(tmp_path):
    costs = [{**SMALL["costs"][0], "wage": 3e12}]
    book = read_workbook(write_annexes(case_of(costs=costs), tmp_path, "sv").files[0])
    with zipfile.ZipFile(book.file) as archive:
        xml = archive.read("xl/worksheets/sheet2.xml").decode()
    columns = re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', xml)
    # 900 000 000 000 000 kr: 22 signs, in the column of the sum.
    assert [float(width) > 22 for first, last, width in columns if int(first) <= 8 <= int(last)] == [True]
