"""Documents as trees of blocks, and their renderers: HTML, Word, PDF. Knows nothing of appraisals.

A `Paper` says what stands in a document (headings, paragraphs, tables, figures, boxes to fill in by hand); `to_html`,
`to_docx` and `to_pdf` say how it looks. The same paper gives the same bytes.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from socio_calc.paper.blocks import (
    Block,
    BulletList,
    Cell,
    Column,
    Contents,
    Figure,
    KeyFigure,
    KeyFigures,
    KeyValue,
    KeyValues,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Row,
    Section,
    Signature,
    Table,
    WritingSpace,
)
from socio_calc.paper.inline import Code, Content, Emphasis, Foreign, Inline, LineBreak, Link, Strong, Term, plain
from socio_calc.paper.paper import Attachment, Paper

if TYPE_CHECKING:
    from socio_calc.paper.docx import to_docx
    from socio_calc.paper.html import to_html
    from socio_calc.paper.pdf import PdfUnavailable, to_pdf

__all__ = [
    "Attachment",
    "Block",
    "BulletList",
    "Cell",
    "Code",
    "Column",
    "Content",
    "Contents",
    "Emphasis",
    "Figure",
    "Foreign",
    "Inline",
    "KeyFigure",
    "KeyFigures",
    "KeyValue",
    "KeyValues",
    "LineBreak",
    "Link",
    "Note",
    "PageBreak",
    "Paper",
    "Paragraph",
    "PdfUnavailable",
    "Picture",
    "Row",
    "Section",
    "Signature",
    "Strong",
    "Table",
    "Term",
    "WritingSpace",
    "plain",
    "to_docx",
    "to_html",
    "to_pdf",
]

#: The renderers are imported when first used: each brings a library of its own.
_HOMES = {
    "to_docx": "socio_calc.paper.docx",
    "to_html": "socio_calc.paper.html",
    "PdfUnavailable": "socio_calc.paper.pdf",
    "to_pdf": "socio_calc.paper.pdf",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'socio_calc.paper' has no attribute {name!r}")
