"""Words in a Word document: runs, links, terms."""

from __future__ import annotations

from typing import Any

from socio_calc.paper import docx_styles as look
from socio_calc.paper.cleaning import cleaned, unbroken
from socio_calc.paper.docx_parts import foreign, hyperlink
from socio_calc.paper.inline import (
    Code,
    Content,
    Emphasis,
    Foreign,
    Inline,
    LineBreak,
    Link,
    Strong,
    Term,
    parts,
    safe_target,
)


def add_content(paragraph: Any, content: Content, *, bold: bool = False) -> None:
    """Add parts to a paragraph, in bold where it is all a heading or a sum."""
    for part in parts(content):
        _add(paragraph, part, bold)


def _add(paragraph: Any, part: Inline, bold: bool) -> None:
    match part:
        case LineBreak():
            paragraph.add_run().add_break()
        case Link() if (target := safe_target(part.target)) is not None:
            hyperlink(paragraph, _shown(part.text), target, look.LINK)
        case Term():
            hyperlink(paragraph, _shown(part.text), f"#{part.target}", look.TERM)
        case str():
            run = paragraph.add_run(_shown(part))
            if bold:
                run.bold = True
        case _:
            run = paragraph.add_run(_shown(part.text), style=look.CODE if isinstance(part, Code) else None)
            if bold or isinstance(part, Strong):
                run.bold = True
            if isinstance(part, Emphasis):
                run.italic = True
            if isinstance(part, Foreign):
                foreign(run, part.lang)


def _shown(text: str) -> str:
    return unbroken(cleaned(text))
