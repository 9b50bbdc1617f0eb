"""A paper as one HTML page: no script, nothing from outside, pictures inside, landmarks, a style for print."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import count
from typing import Final, Literal

from socio_calc.case.personal_data import redacted
from socio_calc.locale import Texts, texts
from socio_calc.paper.blocks import (
    Block,
    BulletList,
    Contents,
    Figure,
    KeyFigures,
    KeyValues,
    Note,
    PageBreak,
    Paragraph,
    Section,
    Signature,
    Table,
    WritingSpace,
    leading,
)
from socio_calc.paper.cleaning import cleaned
from socio_calc.paper.html_content import (
    content_html,
    key_figures_html,
    key_values_html,
    list_html,
    paragraph_html,
    signature_html,
    table_html,
    writing_space_html,
)
from socio_calc.paper.html_elements import Html, element, joined, plain
from socio_calc.paper.paper import Paper

#: A page is read on a screen, or made into a PDF: then pictures are images whose text alternative a PDF keeps.
Medium = Literal["page", "pdf"]

#: Nothing is fetched, nothing runs, whatever a text may hold.
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_MAIN: Final = "main"
#: Ends the id of a mark where a dense section ends, so that `to_pdf` sees whether it fits its page.
END: Final = "-end"
_LANDSCAPE: Final = "@page { size: A4 landscape; }\n"
#: Title and text alternative inside a picture: words like all others.
_PICTURE_WORDS: Final = re.compile(r"(<(title|desc)\b[^>]*>)(.*?)(</\2>)", re.DOTALL)
_DEEPEST: Final = 6


def to_html(paper: Paper, medium: Medium = "page") -> bytes:
    """Return a paper as an HTML page, UTF-8.

    Parameters
    ----------
    paper
        What to write.
    medium
        `page` for a browser; `pdf` for `to_pdf`, which makes its own table of pages from it.
    """
    return _Page(paper, texts(paper.lang), medium).whole().encode()


@dataclass
class _Page:
    """The page while it is written; tables and figures are counted as they come."""

    paper: Paper
    words: Texts
    medium: Medium

    def __post_init__(self) -> None:
        self._tables = count(1)
        self._figures = count(1)

    def whole(self) -> str:
        paper = self.paper
        head = joined(
            element("meta", charset="utf-8"),
            element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("title", plain(paper.title)),
            *self._properties(),
            element("style", Html(_style() + (_LANDSCAPE if paper.landscape else ""))),
        )
        front = [element("p", content_html(line)) for line in paper.subtitle]
        body = joined(
            element("a", self.words.t("document.paper.skip"), class_="skip", href=f"#{_MAIN}"),
            element("header", element("h1", paper.title), *front),
            element("main", *self._blocks(paper.blocks, 2, wide=paper.landscape), id=_MAIN, tabindex="-1"),
            element("footer", element("p", paper.running)) if paper.running else Html(),
        )
        page = element(
            "html",
            element("head", head),
            element("body", body, data_running=cleaned(paper.running) if paper.running else paper.running),
            lang=paper.lang,
            class_=self.medium,
        )
        return f"<!DOCTYPE html>\n{page}\n"

    def _properties(self) -> list[Html]:
        paper = self.paper
        named = {
            "author": paper.author,
            "description": paper.subject,
            "keywords": ", ".join(paper.keywords),
            "generator": paper.author,
        }
        found = [element("meta", name=name, content=value) for name, value in named.items() if value]
        if paper.attachment is not None and self.medium == "page":
            found.append(element("meta", name=paper.attachment.name, content=paper.attachment.text))
        return found

    def _blocks(self, blocks: tuple[Block, ...], level: int, *, wide: bool = False) -> list[Html]:
        return [
            self._block(block, level, leads=leads, wide=wide)
            for block, leads in zip(blocks, leading(blocks), strict=True)
        ]

    def _block(self, block: Block, level: int, *, leads: bool, wide: bool) -> Html:
        match block:
            case Section():
                return self._section(block, level, wide=wide)
            case Paragraph():
                return paragraph_html(block, leads=leads)
            case BulletList():
                return list_html(block)
            case Table():
                number = next(self._tables)
                caption = self.words.t("document.paper.table", n=number, caption=block.caption)
                return table_html(block, caption, f"table-{number}", wide=wide)
            case Figure():
                return self._figure(block)
            case Note():
                title = element("p", block.title, class_="note-title")
                return element("div", title, *self._blocks(block.blocks, level, wide=wide), class_=f"note {block.kind}")
            case KeyFigures():
                return key_figures_html(block)
            case KeyValues():
                return key_values_html(block)
            case Contents():
                return self._contents(block, level)
            case PageBreak():
                return element("div", class_="page-break")
            case Signature():
                return signature_html(block)
            case WritingSpace():
                return writing_space_html(block)

    def _section(self, section: Section, level: int, *, wide: bool) -> Html:
        name = f"{section.id}-heading"
        heading = element(f"h{min(level, _DEEPEST)}", section.title, id=name)
        looks = {"wide": section.wide, "new-page": section.new_page, "dense": section.dense}
        classes = " ".join(name for name, wanted in looks.items() if wanted) or None
        inside = self._blocks(section.blocks, level + 1, wide=wide or section.wide)
        if section.dense and self.medium == "pdf":
            inside.append(element("div", id=f"{section.id}{END}"))
        # Only what a reader jumps between is a landmark: more of them would help nobody.
        label = name if level == 2 else None
        return element("section", heading, *inside, id=section.id, aria_labelledby=label, class_=classes)

    def _figure(self, figure: Figure) -> Html:
        number = next(self._figures)
        picture = figure.picture
        caption = figure.caption or picture.title
        label = element("strong", self.words.t("document.paper.figure", n=number))
        drawn = _image(picture.svg, picture.alt_text) if self.medium == "pdf" else _inline_svg(picture.svg)
        return element("figure", drawn, element("figcaption", label, " ", content_html(caption)), id=f"figure-{number}")

    def _contents(self, block: Contents, level: int) -> Html:
        sections = [section for section in self.paper.sections(block.depth)]
        items = [
            element("li", element("a", section.title, href=f"#{section.id}"), class_=f"level-{depth}")
            for depth, section in sections
        ]
        name = "contents-heading"
        heading = element(f"h{level}", self.words.t("document.paper.contents"), id=name)
        return element("nav", heading, element("ul", *items), id="contents", aria_labelledby=name)


def _inline_svg(svg: bytes) -> Html:
    """Return a picture without what makes it a file of its own."""
    whole = svg.decode()
    own = whole[whole.index("<svg") :].strip()
    return Html(_PICTURE_WORDS.sub(lambda found: found[1] + redacted(found[3]) + found[4], own))


def _image(svg: bytes, alt: str) -> Html:
    data = base64.b64encode(svg).decode()
    return element("img", src=f"data:image/svg+xml;base64,{data}", alt=cleaned(alt))


@cache
def _style() -> str:
    return files("socio_calc.paper").joinpath("style.css").read_text(encoding="utf-8")
