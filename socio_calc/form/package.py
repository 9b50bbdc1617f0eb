"""The last touch to the written file: the language of the document, and no stored results beside formulas.

XlsxWriter stores a zero beside every formula. A program that trusts stored results would show zeros; without them
every program computes when it opens the form.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

_PROPERTIES: Final = "docProps/core.xml"
_END: Final = b"</cp:coreProperties>"
_SHEETS: Final = "xl/worksheets/"
_STORED: Final = re.compile(rb"</f><v>[^<]*</v>")


def finished(workbook: bytes, tag: str) -> bytes:
    """Return a workbook without stored results, whose properties name its language."""
    source = zipfile.ZipFile(io.BytesIO(workbook))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in source.infolist():
            data = source.read(member)
            if member.filename == _PROPERTIES:
                data = data.replace(_END, f"<dc:language>{tag}</dc:language>".encode() + _END)
            elif member.filename.startswith(_SHEETS):
                data = _STORED.sub(b"</f>", data)
            archive.writestr(member, data, zipfile.ZIP_DEFLATED)
    return target.getvalue()
