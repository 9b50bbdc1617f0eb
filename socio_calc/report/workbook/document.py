"""The package of the workbook: packed once, with the language that assistive technology asks for."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_PROPERTIES: Final = "docProps/core.xml"
_END: Final = b"</cp:coreProperties>"


@contextmanager
def uncompressed() -> Iterator[None]:
    """Let XlsxWriter store what it packs: it has no such choice, and `with_language` packs everything anew."""
    from xlsxwriter import workbook

    usual = workbook.ZIP_DEFLATED
    workbook.ZIP_DEFLATED = zipfile.ZIP_STORED
    try:
        yield
    finally:
        workbook.ZIP_DEFLATED = usual


def with_language(workbook: bytes, tag: str) -> bytes:
    """Return a workbook, compressed, whose properties name its language, everything else as it was.

    Parameters
    ----------
    workbook
        The bytes of an .xlsx file.
    tag
        Language tag, such as `sv-SE`.
    """
    source = zipfile.ZipFile(io.BytesIO(workbook))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in source.infolist():
            data = source.read(member)
            if member.filename == _PROPERTIES:
                data = data.replace(_END, f"<dc:language>{tag}</dc:language>".encode() + _END)
            # Pictures are compressed in themselves.
            method = zipfile.ZIP_STORED if member.filename.endswith(".png") else zipfile.ZIP_DEFLATED
            archive.writestr(member, data, method)
    return target.getvalue()
