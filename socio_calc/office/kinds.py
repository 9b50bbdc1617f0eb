"""What a file is, by what it holds and not by its name, so that a refusal can say it and give the remedy."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Final

ZIP: Final = b"PK\x03\x04"
_EMPTY_ZIP: Final = b"PK\x05\x06"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD: Final = 4096
_MAGIC: Final = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\x1f\x8b", "compressed"),
    (b"7z\xbc\xaf\x27\x1c", "compressed"),
    (b"Rar!", "compressed"),
    (b"BZh", "compressed"),
    (b"\xfd7zXZ", "compressed"),
    (b"\x09\x08\x10\x00", "xls"),
    (b"\x09\x04\x06\x00", "xls"),
    (b"{\\rtf", "rtf"),
)
#: Streams inside an old Office file, by their names in its directory (UTF-16).
_STREAMS: Final = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("Workbook", "xls"),
    ("Book", "xls"),
)
_OPEN_DOCUMENT: Final = {
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_PARTS: Final = (("xl/workbook.bin", "xlsb"), ("word/document.xml", "docx"), ("ppt/presentation.xml", "pptx"))
_SEPARATORS: Final = ";\t,"
_FEWEST_COLUMNS: Final = 2
_SUFFIXES: Final = frozenset([".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods", ".numbers"])


def is_workbook_name(path: Path) -> bool:
    """Say whether a file is to be read as a workbook, going by its name; what it holds is settled when it is read.

    Examples
    --------
    >>> is_workbook_name(Path("Ansökan.XLSX")), is_workbook_name(Path("case.yaml"))
    (True, False)
    """
    return path.suffix.lower() in _SUFFIXES


def kind_of(content: bytes) -> str:
    r"""Return what the bytes are: "zip" for anything that may be a workbook, else the kind of file.

    Kinds: pdf, image, compressed, xls, doc, ppt, ole, encrypted, rtf, xml2003, html, xml, json, yaml, csv, text,
    unknown; and from `zip_kind` xlsb, ods, odt, odp, docx, pptx, numbers, archive.

    Examples
    --------
    >>> kind_of(b"%PDF-1.7"), kind_of(b"Namn;Belopp\nLokal;12000\n"), kind_of(b"title: Styrka\nfirst_year: 2025\n")
    ('pdf', 'csv', 'yaml')
    """
    if content.startswith((ZIP, _EMPTY_ZIP)):
        return "zip"
    if content.startswith(_OLE):
        return _ole_kind(content)
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    # A self-extracting archive, or a workbook behind something else: the archive's own checks say what is wrong.
    if content[-22:-18] == _EMPTY_ZIP:
        return "zip"
    return _text_kind(content)


def zip_kind(names: Collection[str], first: bytes) -> str | None:
    """Return what a zip container is if it is no workbook, by the lower-case names in it and its first bytes.

    Examples
    --------
    >>> zip_kind(["[content_types].xml", "word/document.xml"], b""), zip_kind(["[content_types].xml", "xl/x.xml"], b"")
    ('docx', None)
    """
    if "mimetype" in names:
        declared = next((kind for mime, kind in _OPEN_DOCUMENT.items() if mime in first), None)
        if declared:
            return declared
    if any(name.endswith(".iwa") for name in names):
        return "numbers"
    if "[content_types].xml" not in names:
        return "archive"
    return next((kind for name, kind in _PARTS if name in names), None)


def _ole_kind(content: bytes) -> str:
    for name, kind in _STREAMS:
        if name.encode("utf-16-le") in content:
            return kind
    return "ole"


def _text_kind(content: bytes) -> str:
    text = _decoded(content[:_HEAD])
    if text is None:
        return "unknown"
    start = text.lstrip("\ufeff \t\r\n")
    lowered = start.lower()
    if lowered.startswith(("<!doctype html", "<html", "<table", "<head", "<meta")):
        return "html"
    if lowered.startswith("<?xml") or lowered.startswith("<"):
        if "urn:schemas-microsoft-com:office:spreadsheet" in lowered:
            return "xml2003"
        return "html" if "<html" in lowered else "xml"
    if start.startswith(("{", "[")) and _is_json(content):
        return "json"
    lines = [line for line in start.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if lines and any(line.split(":")[0].strip() in {"format", "title", "first_year", "costs"} for line in lines):
        return "yaml"
    return "csv" if _has_columns(lines) else "text"


def _decoded(head: bytes) -> str | None:
    """Return the text of a file's beginning, or None where it is no text."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    if b"\x00" in head:
        return None
    for encoding in ("utf-8", "cp1252"):
        try:
            return head.decode(encoding)
        except UnicodeDecodeError as error:
            # A letter cut in two by the end of the beginning is no sign of another encoding.
            if encoding == "utf-8" and len(head) == _HEAD and error.start >= _HEAD - 4:
                return head[: error.start].decode("utf-8")
    return None


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content[:100_000])
    except (ValueError, RecursionError):
        return False
    return True


def _has_columns(lines: list[str]) -> bool:
    """Say whether the first lines have the same number of fields, at least two, by one of the usual separators."""
    first = lines[:5]
    for separator in _SEPARATORS:
        widths = {line.count(separator) for line in first}
        if first and len(widths) == 1 and min(widths) + 1 >= _FEWEST_COLUMNS:
            return True
    return False
