"""What strangers write stays text, and what readers need is there: names, language, text alternatives."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from socio_calc.appraisal import load
from socio_calc.locale import Language
from socio_calc.report.workbook import SHEETS, write_workbook
from socio_calc.report.workbook.text_width import lines_of
from socio_calc.report.workbook.write import compose
from tests.handworked.expectations import CASES as HANDWORKED
from tests.report.workbook_cases import EVERYTHING, MODELS, appraised, built

_FUNCTIONS = {
    "ABS", "AND", "COUNT", "COUNTIF", "EXP", "IF", "INDEX", "INT", "ISNUMBER", "LN", "MATCH", "MAX", "MIN", "POWER",
    "SUM", "SUMPRODUCT",
}  # fmt: skip
_EVIL = (
    '=HYPERLINK("http://example.org","klicka")',
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "{=1+1}",
    "http://example.org",
    "007",
)
_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc33"
    "0000000049454e44ae426082"
)


def _with_names(name: str) -> dict[str, Any]:
    data = copy.deepcopy(EVERYTHING)
    data["title"] = data["costs"][0]["name"] = data["outcomes"][0]["name"] = name
    data["outcomes"][0]["consequences"][0]["name"] = data["costs"][0]["note"] = name
    data["outcomes"][0]["evidence"]["sources"] = [name]
    data["participants"][0]["group"] = name
    data["not_valued"] = [name]
    data["costs"][0]["hours"] = {"value": 400, "source": name, "note": name}
    return data


@pytest.mark.parametrize("text", _EVIL)
def test_text_of_a_stranger_never_becomes_a_formula_a_link_or_a_number(text: str) -> None:
    data = compose(appraised(built(_with_names(text))), "sv").data
    book = openpyxl.load_workbook(io.BytesIO(data))
    shown = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                # Only the contents lead anywhere, and only inside the workbook.
                assert cell.hyperlink is None or (sheet.title == "Innehåll" and cell.hyperlink.target is None)
                if cell.data_type == "f":
                    assert "HYPERLINK" not in cell.value and "example.org" not in cell.value
                elif isinstance(cell.value, str):
                    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e]", cell.value)
                    shown += text.strip()[:5] in cell.value
    assert shown > 3
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert not [name for name in archive.namelist() if "externalLink" in name or "hyperlink" in name.lower()]


def test_control_characters_are_left_out() -> None:
    evil = "Klocka\x07\x1b[31m röd\u202e\u2028!"
    case = built(EVERYTHING).model_copy(update={"title": evil, "not_valued": (evil,)})
    book = openpyxl.load_workbook(io.BytesIO(compose(appraised(case), "sv").data))
    texts = [cell.value for row in book["Sammanfattning"].iter_rows() for cell in row if isinstance(cell.value, str)]
    assert "Klocka[31m röd !" in texts
    assert not any(re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e\u2028]", text) for text in texts)


def test_only_functions_that_every_spreadsheet_computes_alike() -> None:
    book = openpyxl.load_workbook(io.BytesIO(compose(appraised(built(EVERYTHING)), "sv").data))
    used = set()
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    used |= set(re.findall(r"([A-Z][A-Z0-9.]*)\(", re.sub(r'"[^"]*"', "", cell.value)))
                    assert "^" not in cell.value and len(cell.value) < 8192
    assert used <= _FUNCTIONS


def test_pictures_and_charts_have_text_alternatives(tmp_path: Path) -> None:
    appraisal = appraised(built(EVERYTHING))
    (tmp_path / "b.png").write_bytes(_PNG)
    # Its own charts: cumulative, by year, and the two arms of each pathway.
    own = 2 + 2 * len(appraisal.case.pathways)
    pictures: dict[str, Path | bytes] = {"Första & sista": _PNG, "Andra": tmp_path / "b.png"}
    for charts, count in ((None, own), (pictures, len(pictures))):
        target = tmp_path / "book.xlsx"
        write_workbook(appraisal, target, "sv", charts)
        with zipfile.ZipFile(target) as archive:
            drawings = [name for name in archive.namelist() if name.startswith("xl/drawings/drawing")]
            xml = "".join(archive.read(name).decode() for name in drawings)
        placed = re.findall(r"<xdr:cNvPr [^>]*>", xml)
        assert len(placed) == count
        assert all(re.search(r'descr="[^"]{5,}"', item) for item in placed)


def test_a_picture_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="PNG"):
        write_workbook(appraised(built(EVERYTHING)), io.BytesIO(), "sv", {"x": b"GIF89a"})


@pytest.mark.parametrize(("lang", "tag"), [("sv", "sv-SE"), ("en", "en-GB")])
def test_title_and_language_of_the_document(lang: str, tag: str) -> None:
    data = compose(appraised(built(EVERYTHING)), lang).data  # type: ignore[arg-type]
    core = zipfile.ZipFile(io.BytesIO(data)).read("docProps/core.xml").decode()
    assert f"<dc:language>{tag}</dc:language>" in core
    assert "<dc:title>Allt på en gång</dc:title>" in core
    assert "2000-01-01" in core


def test_no_merged_cells_frozen_heads_and_pages_across() -> None:
    book = openpyxl.load_workbook(io.BytesIO(compose(appraised(built(EVERYTHING)), "sv").data))
    for sheet in book:
        assert not sheet.merged_cells.ranges
        upright = sheet.title in ("Resultat", "Kontrolluppgifter")
        assert sheet.page_setup.orientation == ("portrait" if upright else "landscape")
        assert sheet.page_setup.paperSize == 9
        if sheet.title in ("Resultat", "Kalkyl", "Osäkerhet", "Diagram"):
            # Fitted to one page across, letters would be too small to read, and breaks between pages be forgotten.
            assert int(sheet.page_setup.scale or 100) >= 60
            assert not getattr(sheet.sheet_properties.pageSetUpPr, "fitToPage", None)
        else:
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert sheet.page_setup.fitToWidth in (None, 1)
    assert book["Kalkyl"].print_title_cols == "$A:$C"
    assert book["Osäkerhet"].print_title_cols is None
    assert book["Osäkerhet"].print_title_rows is None
    assert book["Indata"].freeze_panes is not None
    assert book["Kalkyl"].print_title_rows == "$3:$4"


@pytest.mark.parametrize(
    ("key", "low", "mode", "high", "shown"),
    [
        ("participants", 48, 64, 72, "#,##0.00"),  # 62.67
        ("participants", 340, 430, 690, "#,##0"),  # 458
        ("participants", 0.02, 0.04, 0.08, "0.0000"),  # 0.0433
        ("completion", 0.4, 0.6, 0.75, "0.0#%"),  # 59.17 per cent
    ],
)
def test_a_mean_of_typed_numbers_shows_few_digits(key: str, low: float, mode: float, high: float, shown: str) -> None:
    data = copy.deepcopy(EVERYTHING)
    value = {"low": low, "mode": mode, "high": high}
    if key == "participants":
        data["participants"][0]["number"] = value
    else:
        data[key] = value
    sheet = openpyxl.load_workbook(io.BytesIO(compose(appraised(built(data)), "sv").data))["Indata"]
    path = "participants.0.number" if key == "participants" else key
    (row,) = (cells for cells in sheet.iter_rows() if any(cell.value == path for cell in cells))
    assert str(row[1].value).startswith("=")
    assert row[1].number_format == shown
    assert [cell.value for cell in row[2:5]] == [low, mode, high]


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_contents_lead_to_every_sheet_and_the_summary_is_what_opens(lang: Language) -> None:
    book = openpyxl.load_workbook(io.BytesIO(compose(appraised(built(EVERYTHING)), lang).data))
    contents, *others = book.worksheets
    links = [row[0] for row in contents.iter_rows() if row[0].hyperlink is not None]
    assert [cell.value for cell in links] == [sheet.title for sheet in others]
    assert [cell.hyperlink.location for cell in links] == [f"'{sheet.title}'!A1" for sheet in others]
    assert all(len(contents.cell(cell.row, 2).value) > 20 for cell in links)
    assert book.active.title == others[0].title


def test_sheets_that_are_fitted_to_a_page_have_letters_that_can_be_read() -> None:
    """The texts of ten points come out at seven at least: a page across has room for 1,026 pixels."""
    book = openpyxl.load_workbook(io.BytesIO(compose(appraised(built(EVERYTHING)), "sv").data))
    for name in ("Indata", "Källor", "Kontroller", "Innehåll", "Om"):
        wide = sum(7 * dimension.width + 5 for dimension in book[name].column_dimensions.values())
        assert wide * 0.7 <= 1026, name


def test_long_lines_of_the_case_go_on_below_themselves() -> None:
    data = {**EVERYTHING, "description": "En lång beskrivning av insatsen. " * 12}
    sheet = openpyxl.load_workbook(io.BytesIO(compose(appraised(built(data)), "sv").data))["Kontrolluppgifter"]
    (line,) = (row[1] for row in sheet.iter_rows() if str(row[1].value).startswith("description:"))
    assert line.alignment.wrap_text
    assert sheet.row_dimensions[line.row].height >= 13 * (len(line.value) // 86)


@pytest.mark.parametrize(
    ("lang", "unconverted", "year"),
    [
        ("sv", "pris per enhet, räknas inte om", "År som kostnaden uppstår 1"),
        ("en", "price per unit, not converted", "Year in which it falls 1"),
    ],
)
def test_a_price_that_no_index_converts_is_said_to_be_as_it_is(lang: Language, unconverted: str, year: str) -> None:
    found = set()
    for name in ("kiva", "styrka-hela-livet"):
        appraisal = appraised(load(MODELS / f"{name}.yaml"))
        sheet = openpyxl.load_workbook(io.BytesIO(compose(appraisal, lang).data)).worksheets[SHEETS.index("inputs")]
        uses = {str(row[9].value): str(row[8].value) for row in sheet.iter_rows() if row[9].value}
        for id in appraisal.plan.costs_used:
            row = appraisal.reference.costs[id]
            converted = row.index != "none" and row.price_year != appraisal.price_year
            assert (uses[f"cost:{id}"] != unconverted) == converted, id
            found.add(converted)
        assert year in {str(cells[0].value) for cells in sheet.iter_rows()}
    assert found == {True, False}


@pytest.mark.parametrize(
    ("path", "cut"), [(MODELS / "fullfoljda-studier.yaml", False), (HANDWORKED / "delay-duration.yaml", True)]
)
def test_the_sheet_of_what_was_computed_states_facts(path: Path, cut: bool) -> None:
    appraisal = appraised(load(path))
    sheet = openpyxl.load_workbook(io.BytesIO(compose(appraisal, "en").data)).worksheets[SHEETS.index("about")]
    facts = {str(row[0].value): row[1].value for row in sheet.iter_rows() if row[0].value}
    assert facts["Mortality"] == "not counted"
    # With pathways there may be gains in years that follow, though nothing is put there by a delay.
    assert (appraisal.share_cut > 0) == cut
    assert any(key.startswith("Part of the effects that delay and duration put after") for key in facts) == cut


def widths_of(sheet: Worksheet) -> list[float]:
    """Return the widths of the columns that have one, in characters; the file names neighbours alike once."""
    return [
        dimension.width
        for dimension in sorted(sheet.column_dimensions.values(), key=lambda each: each.min)
        for _ in range(dimension.min, dimension.max + 1)
    ]


def test_the_sheet_of_uncertainty_is_as_wide_as_the_page_and_every_part_has_its_heads() -> None:
    for name in ("kiva", "styrka-hela-livet", "fullfoljda-studier"):
        for lang in ("sv", "en"):
            appraisal = appraised(load(MODELS / f"{name}.yaml"))
            data = compose(appraisal, lang).data  # type: ignore[arg-type]
            sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[SHEETS.index("uncertainty")]
            widths = widths_of(sheet)
            wide = sum(7 * width + 5 for width in widths)
            assert len(widths) == 14
            assert 60 <= int(sheet.page_setup.scale) and wide * int(sheet.page_setup.scale) / 100 <= 1026
            column = [str(cell.value or "") for cell in sheet["A"]]
            begin = ("Mått", "Measure", "Övriga mått", "Other measures", "Skillnad i utfall", "Difference in outcome")
            heads = [row for row, text in enumerate(column, start=1) if text.startswith(begin)]
            # A printed page begins with the heads of a part, or with the title of the drivers.
            drivers = {column.index(text) + 1 for text in column if text.startswith(("Det som osäk", "What the unc"))}
            assert len(heads) == 3 and len(drivers) == 1
            assert {found.id + 1 for found in sheet.row_breaks.brk} <= {*heads, *drivers}
            # No word of a head is broken.
            for cell, room in zip(sheet[heads[0]][3:14], widths[3:], strict=True):
                assert all(lines_of(word, room, bold=True) == 1 for word in str(cell.value).split())


def test_no_word_of_a_head_is_broken_on_the_sheet_of_sources() -> None:
    for lang in ("sv", "en"):
        data = compose(appraised(built(EVERYTHING)), lang).data  # type: ignore[arg-type]
        sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[SHEETS.index("sources")]
        for cell, room in zip(sheet[3], widths_of(sheet), strict=True):
            assert all(lines_of(word, room - 1.5, bold=True) == 1 for word in str(cell.value).split()), cell.value
