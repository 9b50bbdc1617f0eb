"""The screen, the files and the charts of `socio-calc sensitivity`."""

from __future__ import annotations

import io
import json
import zipfile
from math import floor
from pathlib import Path

import openpyxl
import pytest

from socio_calc.analysis import Sensitivity, sensitivity
from socio_calc.cli.sensitivity import LanguageName, PerspectiveName
from socio_calc.cli.sensitivity import sensitivity as command
from socio_calc.engine.ledger import PERSPECTIVES
from socio_calc.locale import LANGUAGES, Language
from socio_calc.report.charts.facts import MOST_TITLE
from socio_calc.report.charts.information import title_by_size
from socio_calc.report.charts.of_sensitivity import draw_sensitivity_charts
from socio_calc.report.files import OutputError
from socio_calc.report.sensitivity_facts import SensitivityFacts, shortened_apart, significant
from socio_calc.report.sensitivity_files import tables_workbook, write_sensitivity
from socio_calc.report.sensitivity_screen import sensitivity_screen
from tests.analysis.cases import HEAD, RICH, appraised, dressing, exercise

NO_BREAK = "\u00a0"
CERTAIN = f"{HEAD}\ncosts: [{{name: a, actor: kommun, amount: 100, basis: total, years: [0], index: none}}]"
TEXTS = {"rich": RICH, "exercise": exercise(), "dressing": dressing(), "certain": CERTAIN}


@pytest.fixture(scope="module", params=TEXTS)
def result(request: pytest.FixtureRequest) -> Sensitivity:
    return sensitivity(appraised(TEXTS[request.param], draws=2_048))


@pytest.fixture(scope="module")
def rich() -> Sensitivity:
    return sensitivity(appraised(RICH, draws=2_048))


def said(result: Sensitivity, lang: Language, width: int = 80) -> str:
    return "\n".join(line.text for line in sensitivity_screen(result, lang, width))


@pytest.mark.parametrize("width", [40, 60, 80])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_screen_keeps_its_width_and_leaves_nothing_open(result: Sensitivity, lang: Language, width: int) -> None:
    text = said(result, lang, width)
    assert max(len(line) for line in text.splitlines()) <= width
    assert "{" not in text and "nan" not in text.lower().split() and "inf" not in text.split()


def test_the_answer_comes_first(rich: Sensitivity) -> None:
    text = said(rich, "sv").replace("\n", " ")
    answer = text.partition("─ ")[2]
    assert answer.startswith("Störst betydelse har ")
    assert text.index("går insatsen inte jämnt upp") < text.index("Ett antagande i taget")


def test_the_smallest_number_who_must_succeed_is_said() -> None:
    text = exercise().replace("number: 1}", "number: 120}").replace("price: 5000", "price: 9000")
    found = sensitivity(appraised(text, draws=2_048))
    needed = found.break_even.participants
    # 700 / 9000 of 120 participants is 9.33.
    assert needed == 10
    assert "behöver gälla minst 10 fler av 120 deltagare än i ordinarie arbetssätt" in flat(found)
    assert "must hold for at least 10 more of 120 participants than under ordinary practice" in flat(found, "en")


def test_how_far_an_effect_may_fall_is_said_in_natural_units() -> None:
    found = sensitivity(appraised(dressing(), draws=2_048))
    main = found.break_even.outcomes[0]
    assert main.outcome == "crbsi" and main.alone is not None
    levels = (main.ordinary, main.ordinary + main.alone * main.change, main.ordinary + main.change)
    b, _, y = (f"{100 * level:.0f}" for level in levels)
    x = floor(100 * levels[1])  # 133.8 are few enough, 134 are not
    sentence = f"inte går från {b} till högst {x} händelser per 100 deltagare det första året med effekt"
    assert sentence in flat(found) and f"(antaget: {y})" in flat(found)


def test_the_most_important_assumption_is_told_with_signs(rich: Sensitivity) -> None:
    facts = SensitivityFacts(rich.appraisal, "sv", rich)
    top = facts.moving[0]
    high = max(top.npv_low, top.npv_high)
    assert high > 0
    first = " ".join(said(rich, "sv").split()).split(" Om ")[0]
    assert facts.money(high, signed=True).replace(NO_BREAK, " ") in first
    assert "+" in first


def test_a_needed_and_an_assumed_level_have_the_same_decimals() -> None:
    text = exercise().replace("number: 1}", "number: 120}")
    found = sensitivity(appraised(text, draws=2_048))
    main = found.break_even.outcomes[0]
    assert main.alone is not None
    levels = (main.ordinary, main.ordinary + main.alone * main.change, main.ordinary + main.change)
    b, x, y = (f"{100 * level:.0f}" for level in levels)
    assert f"från {b} till minst {x} av 100 deltagare" in flat(found)
    assert f"går insatsen inte jämnt upp (antaget: {y})" in flat(found)


MANY = "Det skulle behövas omkring 500 personer i varje grupp"


def measured(number: int, more: str = "") -> Sensitivity:
    """Return the exercise programme for so many participants, where 500 in each group are enough."""
    found = sensitivity(appraised(exercise().replace("number: 1}", f"number: {number}}}") + more, draws=2_048))
    assert found.information.plan.n_per_arm == 500
    return found


def flat(found: Sensitivity, lang: Language = "sv") -> str:
    return " ".join(said(found, lang).replace(NO_BREAK, " ").split())


def title_of(found: Sensitivity) -> str:
    return title_by_size(SensitivityFacts(found.appraisal, "sv", found))


def group_of(size: int) -> str:
    return f"\napplication: {{fund: gavleborg, call: 2026-01-15, target_group: {{size: {size}}}}}\n"


def test_a_follow_up_of_more_people_than_there_are_is_not_told_as_a_gain() -> None:
    found = measured(120)
    text = flat(found)
    assert MANY in text
    assert "Insatsen har 120 deltagare: gå ihop med andra" in text
    assert "Det är värt" not in text
    assert "The intervention has 120 participants" in flat(found, "en")
    assert title_of(found) == "Det mesta av värdet kräver omkring 500 per grupp"


def test_the_target_group_goes_before_the_participants() -> None:
    assert "Målgruppen är 499 personer: gå ihop med andra" in flat(measured(120, group_of(499)))
    enough = measured(120, group_of(500))
    assert MANY not in flat(enough)
    assert "hos omkring 500 personer i varje grupp. Det är värt" in flat(enough)
    assert title_of(enough).startswith("Mät omkring 500 per grupp")


def test_a_calculation_per_person_says_nothing_of_how_many_there_are() -> None:
    assert MANY not in flat(measured(1))
    assert MANY not in flat(measured(500))


def test_not_even_the_largest_follow_up_of_few_people() -> None:
    found = sensitivity(appraised(RICH, draws=2_048))
    assert not found.information.plan.enough
    assert "Inte ens 5 000 personer i varje grupp ger det mesta" in flat(found)
    assert "Insatsen har 82 deltagare" in flat(found)


def test_the_limit_says_which_costs_it_counts(rich: Sensitivity) -> None:
    paid, once = "också dem som redan är betalda när mätningen är klar", "det som bara betalas en gång räknas inte"
    assert paid in flat(rich) and once not in flat(rich)
    size = "participants_per_cohort: 100, cohorts_per_year: 1, from_year: 1, years: 2"
    decision = f"\ndecision: {{perspective: societal, {size}}}\n"
    start = "  - {name: Start, actor: region, amount: 60, basis: total, years: [0], index: none, setup: true}\n"
    rolled_out = measured(120, decision)
    assert rolled_out.information.plan.limit is not None
    assert paid not in flat(rolled_out) and once not in flat(rolled_out)
    with_start = exercise().replace("number: 1}", "number: 120}").replace("outcomes:\n", f"{start}outcomes:\n")
    assert once in flat(sensitivity(appraised(with_start + decision, draws=2_048)))


def test_json_is_the_object_of_the_format(result: Sensitivity) -> None:
    found = json.loads(json.dumps(result.to_json(), allow_nan=False))
    assert list(found) == [
        "perspective", "horizon", "npv", "tornado", "switching", "break_even", "indices", "prcc", "evpi", "evppi",
        "evsi", "scenarios",
    ]  # fmt: skip
    assert list(found["npv"]) == ["base", "mean", "sd", "mc_error"]
    for row in found["tornado"]:
        assert list(row) == ["quantity", "low_input", "high_input", "npv_low", "npv_high"]
    for row in found["switching"]:
        assert list(row) == ["quantity", "value", "probability_beyond"]
    assert list(found["break_even"]) == ["effect", "participants"]
    for row in found["indices"]:
        assert list(row) == ["quantity", "first", "first_ci", "total", "total_ci"]
        assert row["first_ci"][0] <= row["first"] <= row["first_ci"][1]
    assert {row["quantity"] for row in found["prcc"]} == {column.key for column in result.appraisal.plan.columns}
    assert found["evpi"] >= 0.0 and all(row["value"] <= found["evpi"] + 4 * row["se"] for row in found["evppi"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_charts(result: Sensitivity, lang: Language) -> None:
    charts = {chart.name: chart for chart in draw_sensitivity_charts(result, lang)}
    if result.bars:
        assert "tornado" in charts
    else:
        assert not {"tornado", "grid", "information", "sampling"} & set(charts)
    # A krona or more: a picture of what is written as 0 says nothing.
    worth = [row.value for row in result.information.evppi if row.value >= 1.0]
    assert ("information" in charts) == bool(worth)
    for chart in charts.values():
        assert 0 < len(chart.title) <= MOST_TITLE
        assert chart.alt_text and "{" not in chart.alt_text
        # Nothing but the net present value itself is called by its name.
        assert not chart.title.startswith(("Net present value:", "Nettonuvärde:"))


def test_every_kind_of_chart_can_be_drawn(rich: Sensitivity) -> None:
    charts = draw_sensitivity_charts(rich, "sv")
    assert [chart.name for chart in charts] == [
        "tornado", "grid", "choices", "scenarios", "acceptability-horizon", "acceptability-qaly",
        "acceptability-party", "information", "sampling",
    ]  # fmt: skip
    for chart in charts:
        assert chart.png.startswith(b"\x89PNG")
        assert chart.title in chart.svg.decode().replace("&amp;", "&")


def test_titles_of_the_tornado() -> None:
    certain_effect = exercise().replace("{measure: level, value:", "{measure: level, value: 0.3} #")
    only = sensitivity(appraised(certain_effect, draws=512))
    assert draw_sensitivity_charts(only, "en")[0].title.startswith("Only ")
    none = sensitivity(appraised(exercise(programme="75000"), draws=512))
    assert draw_sensitivity_charts(none, "en")[0].title == "No single assumption is likely to make the result positive"
    decides = sensitivity(appraised(exercise(), draws=512))
    assert draw_sensitivity_charts(decides, "en")[0].title.endswith("decides whether the intervention breaks even")


def test_workbook_has_every_table_with_its_figures(rich: Sensitivity) -> None:
    book = openpyxl.load_workbook(io.BytesIO(tables_workbook(rich, "sv")))
    assert len(book.sheetnames) == sum(not frame.empty for frame in rich.frames.values())
    sheet = book["Ett antagande i taget"]
    headings = [cell.value for cell in sheet[1]]
    low = headings.index("Nettonuvärde vid lågt, kr")
    assert [row[low].value for row in sheet.iter_rows(min_row=2)] == pytest.approx([bar.npv_low for bar in rich.bars])
    assert sheet.max_row == 1 + len(rich.bars)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_table_has_its_headings(lang: Language) -> None:
    text = RICH + "correlations: [{between: [quantities.share, quantities.hour], rank: 0.4}]\n"
    result = sensitivity(appraised(text, draws=512))
    book = openpyxl.load_workbook(io.BytesIO(tables_workbook(result, lang)))
    assert len(book.sheetnames) == len(result.frames)


def test_what_a_person_wrote_never_becomes_a_formula() -> None:
    text = RICH.replace("weak:", '"=1+1":')
    book = openpyxl.load_workbook(io.BytesIO(tables_workbook(sensitivity(appraised(text, draws=512)), "sv")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == "=1+1" for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)


def test_personal_data_of_a_case_stand_nowhere_in_the_workbook() -> None:
    """Neither in names of rows and scenarios nor in what belongs to the file; and nothing in it is hidden."""
    mail, phone = "karin.persdotter@example.se", "070-123 45 67"
    text = RICH.replace("weak:", f'"Karin {phone}":').replace("name: Leader", f'name: "Leader {mail}"')
    assert mail in text
    assert phone in text
    content = tables_workbook(sensitivity(appraised(text, draws=512)), "sv")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = "\n".join(archive.read(name).decode() for name in archive.namelist())
    assert "•••" in parts
    assert mail not in parts
    assert phone not in parts
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert not book.defined_names
    assert not book.custom_doc_props.props
    assert not any((book.properties.creator, book.properties.lastModifiedBy, book.properties.title))
    for sheet in book:
        assert sheet.sheet_state == "visible"
        assert not sheet.defined_names
        assert not any(column.hidden for column in sheet.column_dimensions.values())


def test_files_are_written_together_and_never_over_others(rich: Sensitivity, tmp_path: Path) -> None:
    written = write_sensitivity(rich, tmp_path)
    assert len(written) == 2 + 2 * len(draw_sensitivity_charts(rich))
    assert json.loads((tmp_path / "many-parts-sensitivity.json").read_text()) == json.loads(json.dumps(rich.to_json()))
    with pytest.raises(OutputError):
        write_sensitivity(rich, tmp_path)


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [name.value for name in PerspectiveName] == list(PERSPECTIVES)
    path = tmp_path / "case.yaml"
    path.write_text(RICH)
    arguments = {"case": path, "draws": 512, "perspective": PerspectiveName.kommun, "horizon": 8}
    command(**arguments, as_json=True, percentiles=(2.5, 97.5))
    found = json.loads(capsys.readouterr().out)
    assert (found["perspective"], found["horizon"]) == ("kommun", 8)
    command(**arguments, lang=LanguageName.en, out=tmp_path / "out")
    assert "net present value for the municipality" in capsys.readouterr().out
    assert (tmp_path / "out" / "many-parts-sensitivity.xlsx").exists()


def test_ranges_have_their_unit_once(rich: Sensitivity) -> None:
    facts = SensitivityFacts(rich.appraisal, "sv", rich)
    plain = facts.range_text("costs.1.amount", 765_000.0, 1_490_000.0).replace("\u00a0", " ")
    assert plain == "765 000–1 490 000 kr per deltagare"
    assert facts.range_text("completion", 0.571, 0.966).replace("\u00a0", " ") == "57–97 %"
    assert facts.range_text("timing", "start", "end") == "årets början till årets slut"
    assert facts.range_text("outcomes.relapse.consequences.1.quantity", -0.12, -0.01) == "−0,12 till −0,01 QALY"


def test_significant_digits() -> None:
    assert [significant(x) for x in (0.0, 0.000123456, 45.678, -9_876_543.0)] == [0.0, 0.000123, 45.7, -9_880_000.0]


def test_names_that_would_look_the_same_are_told_apart() -> None:
    names = ("Fall som kräver vård på sjukhus, regionens del", "Fall som kräver vård på sjukhus, kommunens del")
    short = [shortened_apart(name, 30, names) for name in names]
    assert short[0] != short[1] and all(len(name) <= 30 for name in short)
    assert shortened_apart("Fall", 30, names) == "Fall"


def test_the_usual_scenarios_have_names_in_the_language_of_the_report() -> None:
    text = RICH.replace("  weak:", "  cautious:").replace("  short:", "  hopeful:")
    found = sensitivity(appraised(text, draws=512))
    swedish, english = said(found, "sv"), said(found, "en")
    assert "försiktigt" in swedish and "hoppfullt" in swedish
    assert "cautious" not in swedish and "hopeful" not in swedish
    assert "cautious" in english and "hopeful" in english
    sheet = openpyxl.load_workbook(io.BytesIO(tables_workbook(found, "sv")))["Scenarier"]
    names = [cell.value for cell in next(sheet.iter_cols())]
    assert names[1:] == ["Grundkalkyl", "Försiktigt", "Hoppfullt"]
    (drawn,) = [chart for chart in draw_sensitivity_charts(found, "sv") if chart.name == "scenarios"]
    assert "hoppfullt" in drawn.alt_text and "hopeful" not in drawn.alt_text
