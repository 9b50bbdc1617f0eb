"""Report workbooks changed the way a person or a program might, in the bytes of the file: nothing else moves."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path

from socio_calc.appraisal import appraise, open_case
from socio_calc.report.workbook.write import SHEETS, compose

MODELS = Path(__file__).parents[2] / "models"


@cache
def report(model: str = "ips") -> bytes:
    """Return the report workbook of a model, as the program writes it."""
    opened = open_case(MODELS / f"{model}.yaml")
    appraisal = appraise(opened.case, draws=256, reference=opened.reference, case_sha256=opened.document.sha256)
    return compose(appraisal, "sv").data


def with_part(content: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """Return a workbook with one part changed; a change that changes nothing is a fault of the test."""
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in source.infolist():
            data = source.read(member)
            if member.filename == part:
                changed = change(data.decode()).encode()
                assert changed != data, part
                data = changed
            archive.writestr(member, data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def part_of(sheet: str) -> str:
    """Return the part in which a sheet stands, by its key in `SHEETS`."""
    return f"xl/worksheets/sheet{SHEETS.index(sheet) + 1}.xml"


def cell_pattern(cell: str) -> re.Pattern[str]:
    return re.compile(rf'<c r="{cell}"( s="\d+")?( t="\w+")?>(.*?)</c>')


def content_of(content: bytes, sheet: str, cell: str) -> tuple[str | None, str | None]:
    """Return formula and value of a cell as they stand in the file."""
    xml = zipfile.ZipFile(io.BytesIO(content)).read(part_of(sheet)).decode()
    match = cell_pattern(cell).search(xml)
    assert match is not None, cell
    formula, value = (re.search(rf"<{tag}>(.*?)</{tag}>", match.group(3)) for tag in ("f", "v"))
    return formula and formula.group(1), value and value.group(1)


def with_value(content: bytes, sheet: str, cell: str, value: str) -> bytes:
    """Return a workbook in which a number is another one, typed or as the stored result of its formula."""

    def change(xml: str) -> str:
        return cell_pattern(cell).sub(lambda match: re.sub("<v>.*?</v>", f"<v>{value}</v>", match.group()), xml)

    return with_part(content, part_of(sheet), change)


def with_formula(content: bytes, sheet: str, cell: str, formula: str | None) -> bytes:
    """Return a workbook in which a formula is another one; None leaves only its stored result."""

    def change(xml: str) -> str:
        new = "" if formula is None else f"<f>{escape(formula, quote=False)}</f>"
        return cell_pattern(cell).sub(lambda match: re.sub("<f>.*?</f>", lambda _: new, match.group()), xml)

    return with_part(content, part_of(sheet), change)


def with_text(content: bytes, sheet: str, cell: str, text: str) -> bytes:
    """Return a workbook in which a text is another one."""
    inline = f'<is><t xml:space="preserve">{escape(text)}</t></is>'

    def change(xml: str) -> str:
        return cell_pattern(cell).sub(
            lambda match: f'<c r="{cell}"{match.group(1) or ""} t="inlineStr">{inline}</c>', xml
        )

    return with_part(content, part_of(sheet), change)


def with_new_cell(content: bytes, sheet: str, row: int, cell: str, text: str) -> bytes:
    """Return a workbook with a text in a cell at the end of a row, where nothing stood."""
    inline = f'<c r="{cell}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'

    def change(xml: str) -> str:
        return re.sub(rf'(<row r="{row}"[^>]*>.*?)</row>', lambda match: f"{match.group(1)}{inline}</row>", xml)

    return with_part(content, part_of(sheet), change)


def with_new_row(content: bytes, sheet: str, row: int, cell: str, text: str) -> bytes:
    """Return a workbook with a row that was not there, before the row below it."""
    new = f'<row r="{row}"><c r="{cell}" t="inlineStr"><is><t>{escape(text)}</t></is></c></row>'
    return with_part(
        content, part_of(sheet), lambda xml: xml.replace(f'<row r="{row + 1}"', f'{new}<row r="{row + 1}"', 1)
    )


def with_hidden_row(content: bytes, sheet: str, row: int) -> bytes:
    """Return a workbook with a hidden row."""
    return with_part(content, part_of(sheet), lambda xml: xml.replace(f'<row r="{row}"', f'<row r="{row}" hidden="1"'))


def with_hidden_sheet(content: bytes, name: str) -> bytes:
    """Return a workbook with a hidden sheet."""
    return with_part(
        content,
        "xl/workbook.xml",
        lambda xml: xml.replace(f'<sheet name="{name}"', f'<sheet name="{name}" state="hidden"'),
    )


def with_row_put_in(content: bytes, sheet: str, name: str, row: int) -> bytes:
    """Return a workbook with an empty row before a row, every reference to what is below moved as a program does it.

    No name of the workbook may mean a cell below the row.
    """

    def moved(text: str, own: bool) -> str:
        prefix = r"(?<![\w!$'])" if own else rf"(?<={re.escape(name)}!)"
        cell = r"(\$?[A-Z]{1,3}\$?)(\d+)(:\$?[A-Z]{1,3}\$?)?(\d+)?"

        def shift(match: re.Match[str]) -> str:
            start, first, middle, last = match.groups()
            numbers = [None if number is None else int(number) + (int(number) >= row) for number in (first, last)]
            return f"{start}{numbers[0]}" + (f"{middle}{numbers[1]}" if middle else "")

        return re.sub(prefix + cell, shift, text)

    for key in SHEETS:
        own = key == sheet

        def change(xml: str, own: bool = own) -> str:
            xml = re.sub(r"<f>(.*?)</f>", lambda match: f"<f>{moved(match.group(1), own)}</f>", xml)
            if own:
                xml = re.sub(
                    r'(<row r="|<c r="[A-Z]+)(\d+)',
                    lambda match: f"{match.group(1)}{int(match.group(2)) + (int(match.group(2)) >= row)}",
                    xml,
                )
            return xml

        xml = zipfile.ZipFile(io.BytesIO(content)).read(part_of(key)).decode()
        if change(xml) != xml:  # a sheet that refers only to what stands above stays as it is
            content = with_part(content, part_of(key), change)
    return content


def cell_holding(content: bytes, sheet_name: str, text: str, column: int = 0) -> tuple[int, int]:
    """Return row and column (from 1) of the first cell of a sheet with a text in it."""
    import openpyxl

    sheet = openpyxl.load_workbook(io.BytesIO(content))[sheet_name]
    return next(
        (cell.row, cell.column)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and text in cell.value and (not column or cell.column == column)
    )
