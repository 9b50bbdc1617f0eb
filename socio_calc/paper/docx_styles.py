"""How a Word file looks: every look is a style that staff can change in one place."""

from __future__ import annotations

from typing import Any, Final

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor, Twips

from socio_calc.locale import Language
from socio_calc.paper.docx_parts import UPRIGHT_WIDTH, child, paragraph_border, shaded

#: What Word and assistive technology call the languages.
TAGS: Final[dict[Language, str]] = {"sv": "sv-SE", "en": "en-GB"}
FONT: Final = "Arial"
DEEP: Final = RGBColor(0x0B, 0x3D, 0x5C)
MUTED: Final = RGBColor(0x4D, 0x55, 0x5E)
WASH: Final = "F3F5F7"
#: Letters of a table with more columns than have room.
TIGHT: Final = Pt(7.3)
_HEADINGS: Final = {1: 16.0, 2: 12.5, 3: 11.0, 4: 10.5}

LEAD: Final = "Lead"
SMALL: Final = "Small"
TABLE_TEXT: Final = "Table text"
TABLE_HEAD: Final = "Table heading"
TABLE_TIGHT: Final = "Table text, tight"
TABLE_NOTE: Final = "Table note"
NOTE: Final = "Note"
NOTE_TITLE: Final = "Note title"
KEY_LABEL: Final = "Key figure label"
KEY_FIGURE: Final = "Key figure"
KEY_REMARK: Final = "Key figure remark"
FACT: Final = "Fact"
WRITING: Final = "Writing line"
CODE: Final = "Code"
LINK: Final = "Hyperlink"
TERM: Final = "Term"


def set_styles(document: Any, lang: Language) -> None:
    """Set the document's language, its fonts, and every style that the writer uses."""
    _language(document, lang)
    styles = document.styles
    normal = styles["Normal"]
    _font(normal, 10.0)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    _font(styles["Title"], 22.0, bold=True, colour=DEEP)
    for borders in styles["Title"].element.pPr.findall(qn("w:pBdr")):
        styles["Title"].element.pPr.remove(borders)
    styles["Title"].paragraph_format.space_after = Pt(4)
    _font(styles["Subtitle"], 11.0, colour=MUTED, italic=False)
    styles["Subtitle"].paragraph_format.space_after = Pt(2)
    for level, size in _HEADINGS.items():
        heading = styles[f"Heading {level}"]
        _font(heading, size, bold=True, colour=DEEP, italic=False)
        heading.paragraph_format.space_before = Pt(20 - 4 * level)
        heading.paragraph_format.space_after = Pt(4)
        heading.paragraph_format.keep_with_next = True
    caption = styles["Caption"]
    _font(caption, 9.0, bold=True, colour=RGBColor(0x1B, 0x1F, 0x24))
    caption.paragraph_format.space_before = Pt(8)
    caption.paragraph_format.space_after = Pt(3)
    _own_styles(styles)


def _own_styles(styles: Any) -> None:
    lead = _paragraph(styles, LEAD, 11.5)
    lead.paragraph_format.space_after = Pt(8)
    small = _paragraph(styles, SMALL, 8.5, colour=MUTED)
    small.paragraph_format.space_after = Pt(3)
    table = _paragraph(styles, TABLE_TEXT, 8.5)
    table.paragraph_format.space_after = Pt(1)
    table.paragraph_format.line_spacing = 1.0
    head = _paragraph(styles, TABLE_HEAD, 8.5, bold=True, base=TABLE_TEXT)
    head.paragraph_format.keep_with_next = True
    _paragraph(styles, TABLE_TIGHT, TIGHT.pt, base=TABLE_TEXT)
    remark = _paragraph(styles, TABLE_NOTE, 8.5, colour=MUTED, base=SMALL)
    remark.paragraph_format.space_before, remark.paragraph_format.space_after = Pt(4), Pt(6)
    note = _paragraph(styles, NOTE, 10.0)
    shaded(note, WASH)
    paragraph_border(note, left=24)
    note.paragraph_format.left_indent = note.paragraph_format.right_indent = Cm(0.3)
    title = _paragraph(styles, NOTE_TITLE, 10.0, bold=True, colour=DEEP, base=NOTE)
    title.paragraph_format.keep_with_next = True
    label = _paragraph(styles, KEY_LABEL, 9.5, colour=MUTED)
    label.paragraph_format.space_before, label.paragraph_format.space_after = Pt(6), Pt(0)
    label.paragraph_format.keep_with_next = True
    figure = _paragraph(styles, KEY_FIGURE, 15.0, bold=True, colour=DEEP)
    figure.paragraph_format.space_after = Pt(0)
    remark = _paragraph(styles, KEY_REMARK, 10.0)
    remark.paragraph_format.space_after = Pt(6)
    fact = _paragraph(styles, FACT, 10.0)
    fact.paragraph_format.left_indent, fact.paragraph_format.first_line_indent = Cm(0.6), Cm(-0.6)
    fact.paragraph_format.space_after = Pt(3)
    writing = _paragraph(styles, WRITING, 10.0)
    writing.paragraph_format.space_before = Pt(10)
    writing.paragraph_format.tab_stops.add_tab_stop(Twips(UPRIGHT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
    code = styles.add_style(CODE, WD_STYLE_TYPE.CHARACTER)
    code.font.name, code.font.size = "Consolas", Pt(8)
    link = styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = RGBColor(0x0B, 0x4F, 0x79), True
    styles.add_style(TERM, WD_STYLE_TYPE.CHARACTER)


def _paragraph(
    styles: Any, name: str, size: float, *, bold: bool = False, colour: RGBColor | None = None, base: str = "Normal"
) -> Any:
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles[base]
    _font(style, size, bold=bold, colour=colour)
    return style


def _font(
    style: Any, size: float, *, bold: bool | None = None, colour: RGBColor | None = None, italic: bool | None = None
) -> None:
    font = style.font
    font.name, font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    if bold is not None:
        font.bold = bold
    if italic is not None:
        font.italic = italic
    if colour is not None:
        font.color.rgb = colour


def _language(document: Any, lang: Language) -> None:
    """Set the language of all text, for spelling and for screen readers."""
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(child("w:lang", w_val=TAGS[lang], w_eastAsia=TAGS[lang], w_bidi=TAGS[lang]))
    settings = document.settings.element
    for old in settings.findall(qn("w:themeFontLang")):
        old.set(qn("w:val"), TAGS[lang])
