"""How large a workbook from a stranger may be, in every direction a hostile or broken file can grow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: What Excel itself can hold; a reference outside it is damage and no data.
EXCEL_ROWS: Final = 1_048_576
EXCEL_COLUMNS: Final = 16_384
#: Longest formula that Excel takes.
EXCEL_FORMULA: Final = 8_192


@dataclass(frozen=True)
class Limits:
    """The caps that hold while a workbook is read; the defaults fit our forms, reports and protocols with a margin.

    Attributes
    ----------
    size, unpacked, part
        Bytes of the file, of all of its parts unpacked, and of one part unpacked.
    members
        Parts in the zip container.
    ratio
        How many times larger than its packed form a part of more than a million bytes may be. Sheets that repeat the
        same empty cells reach about 50; a bomb reaches 1,000.
    elements, depth, attributes, token, text
        XML elements in all parts together; levels inside each other; attributes of one element; bytes of one tag;
        characters between two tags.
    sheets, rows, columns, cells
        Sheets; rows and columns up to which a sheet may hold something; cells that hold something, in all sheets.
    cell_text
        Characters in one cell, as in Excel.
    strings, merged, names, shared
        Texts in the shared table; cells inside merged or linked areas; defined names; formulas that are copies.
    """

    size: int = 10_000_000
    unpacked: int = 100_000_000
    part: int = 60_000_000
    members: int = 200
    ratio: int = 200
    elements: int = 1_500_000
    depth: int = 100
    attributes: int = 200
    token: int = 262_144
    text: int = 200_000
    sheets: int = 60
    rows: int = 50_000
    columns: int = 1_000
    cells: int = 400_000
    cell_text: int = 32_767
    strings: int = 100_000
    merged: int = 20_000
    names: int = 2_000
    shared: int = 20_000
