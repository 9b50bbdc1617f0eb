"""Workbooks as an honest program writes them, and the ways in which a hostile one differs."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime

import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"

Parts = dict[str, bytes]


def honest() -> bytes:
    """Two sheets with texts, numbers, a date, a share, a formula, a merged area, a hidden row and a list to choose."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": "Ansökan", "author": "Någon", "created": datetime(2026, 1, 1, tzinfo=UTC)})
        book.set_custom_property("socio_calc_form", "1")
        date, percent = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "0.0 %"})
        sheet = book.add_worksheet("Ansökan")
        sheet.write("A1", "Titel")
        sheet.write("B1", "Styrka hela livet")
        sheet.write("A2", "Start")
        sheet.write_number("B2", 45658, date)
        sheet.write("B3", 0.15, percent)
        sheet.write("B4", 12)
        sheet.write("B5", 12.5)
        sheet.write_boolean("B6", True)
        sheet.write_formula("B7", "=SUM(B4:B5)", None, 24.5)
        sheet.merge_range("A9:B10", "Sammanfogat")
        sheet.write("A12", "dold")
        sheet.set_row(11, None, None, {"hidden": True})
        sheet.set_column("D:D", 5, None, {"hidden": True})
        sheet.write("D1", "dold kolumn")
        sheet.data_validation("C1:C3", {"validate": "list", "source": ["Ja", "Nej"]})
        sheet.protect()
        lists = book.add_worksheet("Listor")
        lists.hide()
        lists.write("A1", "Ja")
        book.define_name("titel", "='Ansökan'!$B$1")
    return stream.getvalue()


def parts_of(content: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Parts) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def changed(change: Callable[[Parts], object]) -> bytes:
    """Return the honest workbook with its parts changed in place."""
    parts = parts_of(honest())
    change(parts)
    return packed(parts)


def with_part(name: str, content: bytes = b"<x/>") -> bytes:
    return changed(lambda parts: parts.update({name: content}))


def replaced(part: str, old: bytes, new: bytes) -> bytes:
    def change(parts: Parts) -> None:
        assert old in parts[part]
        parts[part] = parts[part].replace(old, new, 1)

    return changed(change)


def with_relation(
    kind: str, target: str, source: str = "xl/_rels/workbook.xml.rels", *, external: bool = False
) -> bytes:
    mode = ' TargetMode="External"' if external else ""
    relation = f'<Relationship Id="rId99" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/></Relationships>'
    return replaced(source, b"</Relationships>", relation.encode())


def with_rows(rows: str, **attributes: str) -> bytes:
    """Return the honest workbook with other rows on its first sheet."""
    return changed(lambda parts: parts.update({SHEET: sheet_xml(rows, **attributes)}))


def sheet_xml(rows: str, dimension: str = "A1", after: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        f'<dimension ref="{dimension}"/><sheetData>{rows}</sheetData>{after}</worksheet>'
    ).encode()


def without_check_of_sizes(content: bytes, name: str, declared: int) -> bytes:
    """Return the same container with another unpacked size in both descriptions of one part."""
    raw = bytearray(content)
    for signature, size_at, name_at, length_at in ((b"PK\x03\x04", 22, 30, 26), (b"PK\x01\x02", 24, 46, 28)):
        position = raw.find(signature)
        while position >= 0:
            length = struct.unpack_from("<H", raw, position + length_at)[0]
            if raw[position + name_at : position + name_at + length] == name.encode():
                struct.pack_into("<L", raw, position + size_at, declared)
            position = raw.find(signature, position + 4)
    return bytes(raw)


def ole(stream: str) -> bytes:
    """Return the beginning of an old Office file with one stream in its directory."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + stream.encode("utf-16-le") + bytes(512)
