"""A paper as a Word document that staff can edit: real styles, headings, captions, table headings, alternatives."""

from __future__ import annotations

import io
from itertools import count
from typing import Any, Final, Literal

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Cm, Twips

from socio_calc.locale import texts
from socio_calc.paper import docx_styles as look
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
from socio_calc.paper.docx_content import add_content
from socio_calc.paper.docx_file import attach, saved, set_properties
from socio_calc.paper.docx_parts import (
    UPRIGHT_WIDTH,
    WIDE_WIDTH,
    begin_field,
    bookmark,
    bookmark_name,
    describe,
    end_field,
    field,
    hyperlink,
)
from socio_calc.paper.docx_table import add_table
from socio_calc.paper.inline import Content
from socio_calc.paper.paper import Paper

_LONG_SIDE: Final = Cm(29.7)
_SHORT_SIDE: Final = Cm(21.0)
_MARGIN: Final = Cm(2.0)
_PICTURE_WIDTH: Final = Cm(15.5)
_DEEPEST: Final = 4
_ROLES: Final = {"text": "Normal", "lead": look.LEAD, "small": look.SMALL}


def to_docx(paper: Paper) -> bytes:
    """Return a paper as the bytes of a .docx file; the same paper gives the same bytes."""
    return _Writer(paper).whole()


class _Writer:
    """The document while it is written; tables, figures and bookmarks are counted as they come."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.words = texts(paper.lang)
        self.document: Any = Document()
        self.tables, self.figures, self.bookmarks = count(1), count(1), count(1)
        self.wide = paper.landscape

    def whole(self) -> bytes:
        document, paper = self.document, self.paper
        look.set_styles(document, paper.lang)
        self._page(document.sections[0], wide=self.wide)
        document.add_paragraph(cleaned(paper.title), style="Title")
        for line in paper.subtitle:
            add_content(document.add_paragraph(style="Subtitle"), line)
        self._blocks(paper.blocks, 1)
        self._foot()
        set_properties(document, paper)
        if paper.attachment is not None:
            attach(document, paper.attachment)
        return saved(document)

    # -- pages ----------------------------------------------------------------------------------------------------

    def _page(self, section: Any, *, wide: bool = False) -> None:
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (_LONG_SIDE, _SHORT_SIDE) if wide else (_SHORT_SIDE, _LONG_SIDE)
        for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            setattr(section, side, _MARGIN)

    def _turn(self, wide: bool) -> None:
        """Begin pages on their side, or upright again, where the whole document does not lie on its side."""
        if wide != self.wide and not self.paper.landscape:
            self._page(self.document.add_section(WD_SECTION.NEW_PAGE), wide=wide)
            self.wide = wide

    def _foot(self) -> None:
        """Write the running text and the number of the page at the foot of every page; later sections inherit it."""
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.style = look.SMALL
        if self.paper.running:
            paragraph.add_run(f"{cleaned(self.paper.running)}  ·  ")
        paragraph.add_run(f"{self.words.t('document.paper.page')} ")
        field(paragraph, "PAGE", "1")
        paragraph.add_run(f" {self.words.t('document.paper.of-pages')} ")
        field(paragraph, "NUMPAGES", "1")

    @property
    def width(self) -> int:
        """Width of the text in twentieths of a point."""
        return WIDE_WIDTH if self.wide else UPRIGHT_WIDTH

    # -- blocks ---------------------------------------------------------------------------------------------------

    def _blocks(self, blocks: tuple[Block, ...], level: int) -> None:
        for block, leads in zip(blocks, leading(blocks), strict=True):
            self._block(block, level, leads=leads)

    def _block(self, block: Block, level: int, *, leads: bool) -> None:
        document = self.document
        match block:
            case Section():
                self._section(block, level)
            case Paragraph():
                self._paragraph(block, _ROLES[block.role], leads=leads)
            case BulletList():
                style = "List Number" if block.ordered else "List Bullet"
                for item in block.items:
                    add_content(document.add_paragraph(style=style), item)
            case Table():
                self._caption("table", next(self.tables), block.caption).paragraph_format.keep_with_next = True
                add_table(document, block, self.width, wide=self.wide)
                for note in block.footnotes or ("",):
                    add_content(document.add_paragraph(style=look.TABLE_NOTE), note)
            case Figure():
                self._figure(block)
            case Note():
                document.add_paragraph(cleaned(block.title), style=look.NOTE_TITLE)
                self._note(block, level)
            case KeyFigures():
                self._key_figures(block)
            case KeyValues():
                self._key_values(block)
            case Contents():
                self._contents(block)
            case PageBreak():
                document.add_page_break()
            case Signature():
                for label in block.labels:
                    document.add_paragraph(f"{cleaned(label)} \t", style=look.WRITING)
            case WritingSpace():
                if block.label:
                    document.add_paragraph(cleaned(block.label))
                for _ in range(block.lines):
                    document.add_paragraph("\t", style=look.WRITING)

    def _section(self, section: Section, level: int) -> None:
        before = self.wide
        if level == 1:
            self._turn(section.wide)
        elif section.wide:
            self._turn(True)
        heading = self.document.add_paragraph(cleaned(section.title), style=f"Heading {min(level, _DEEPEST)}")
        if section.new_page and self.wide == before:
            heading.paragraph_format.page_break_before = True
        bookmark(heading, bookmark_name(section.id), next(self.bookmarks))
        self._blocks(section.blocks, level + 1)
        if level > 1 and section.wide:
            self._turn(before)

    def _caption(self, kind: Literal["table", "figure"], number: int, content: Content) -> Any:
        """Add a caption that Word counts, and return its paragraph."""
        paragraph = self.document.add_paragraph(style="Caption")
        paragraph.add_run(f"{self.words.t(f'document.paper.{kind}-label')} ")
        field(paragraph, f"SEQ {kind.capitalize()} \\* ARABIC", str(number))
        paragraph.add_run(". ")
        add_content(paragraph, content)
        return paragraph

    def _figure(self, figure: Figure) -> None:
        number = next(self.figures)
        picture = figure.picture
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        shown = paragraph.add_run().add_picture(io.BytesIO(picture.png), width=_PICTURE_WIDTH)
        describe(shown, number, cleaned(picture.title), cleaned(picture.alt_text))
        self._caption("figure", number, figure.caption or picture.title)

    def _note(self, note: Note, level: int) -> None:
        """Write what a note holds: its paragraphs in the style of notes, other blocks as everywhere."""
        for block, leads in zip(note.blocks, leading(note.blocks), strict=True):
            if isinstance(block, Paragraph):
                self._paragraph(block, look.NOTE, leads=leads)
            elif isinstance(block, BulletList):
                for item in block.items:
                    paragraph = self.document.add_paragraph(style=look.NOTE)
                    paragraph.add_run("•  ")
                    add_content(paragraph, item)
            else:
                self._block(block, level, leads=leads)

    def _paragraph(self, block: Paragraph, style: str, *, leads: bool) -> None:
        paragraph = self.document.add_paragraph(style=style)
        if leads:
            paragraph.paragraph_format.keep_with_next = True
        add_content(paragraph, block.content)

    def _key_figures(self, block: KeyFigures) -> None:
        for item in block.items:
            self.document.add_paragraph(cleaned(item.label), style=look.KEY_LABEL)
            value = self.document.add_paragraph(cleaned(item.value), style=look.KEY_FIGURE)
            if item.remark:
                value.paragraph_format.keep_with_next = True
                add_content(self.document.add_paragraph(style=look.KEY_REMARK), item.remark)

    def _key_values(self, block: KeyValues) -> None:
        for item in block.items:
            paragraph = self.document.add_paragraph(style=look.FACT)
            paragraph.add_run(f"{cleaned(item.label)}: ").bold = True
            if item.id is not None:
                bookmark(paragraph, bookmark_name(item.id), next(self.bookmarks))
            add_content(paragraph, item.content)

    def _contents(self, block: Contents) -> None:
        """Write a table of contents that is right at once, as links; Word can make it anew with numbers of pages."""
        self.document.add_paragraph(self.words.t("document.paper.contents"), style="TOC Heading")
        entries = list(self.paper.sections(block.depth))
        for at, (level, section) in enumerate(entries):
            paragraph = self.document.add_paragraph(style="Normal")
            paragraph.paragraph_format.left_indent = Twips(300 * (level - 1))
            paragraph.paragraph_format.space_after = Twips(20)
            if at == 0:
                begin_field(paragraph, f'TOC \\o "1-{block.depth}" \\h')
            hyperlink(paragraph, cleaned(section.title), f"#{section.id}", look.LINK)
        # The field ends in a paragraph of its own: a heading right after the field would not stay with its text.
        if entries:
            end_field(self.document.add_paragraph(style=look.SMALL))
