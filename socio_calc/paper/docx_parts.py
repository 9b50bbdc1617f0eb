"""What Word files need beyond python-docx: fields, bookmarks, links, text alternatives, repeated headings, borders."""

from __future__ import annotations

import re
from typing import Any, Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

#: Width of the page's text in twentieths of a point: A4 less its margins, upright and on its side.
UPRIGHT_WIDTH: Final = 9638
WIDE_WIDTH: Final = 14174
_LONGEST_BOOKMARK: Final = 40
#: Lines up to so many eighths of a point are grey.
_FAINT: Final = 4
#: Space inside cells, twentieths of a point.
_CELL_SPACE: Final = {"top": 40, "left": 70, "bottom": 40, "right": 70}


def child(name: str, **attributes: str | int) -> Any:
    """Return an element of WordprocessingML; `w_val` is the attribute `w:val`."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(key.replace("_", ":", 1)), str(value))
    return made


def field(paragraph: Any, code: str, shown: str) -> None:
    """Add a field with the result that it shows until Word computes it anew."""
    begin_field(paragraph, code)
    paragraph.add_run(shown)
    end_field(paragraph)


def begin_field(paragraph: Any, code: str) -> None:
    """Begin a field: what follows, up to `end_field`, is its result, in this paragraph or a later one."""
    instruction = child("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    for part in (child("w:fldChar", w_fldCharType="begin"), instruction, child("w:fldChar", w_fldCharType="separate")):
        paragraph.add_run()._r.append(part)


def end_field(paragraph: Any) -> None:
    """End the field that was begun last."""
    paragraph.add_run()._r.append(child("w:fldChar", w_fldCharType="end"))


def bookmark_name(id: str) -> str:
    """Return the name of a bookmark of an anchor: Word takes letters, digits and underscores, at most forty.

    >>> bookmark_name("target-group")
    'a_target_group'
    """
    return "a_" + re.sub(r"[^A-Za-z0-9]", "_", id)[: _LONGEST_BOOKMARK - 2]


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """Put a bookmark around what a paragraph holds."""
    start = child("w:bookmarkStart", w_id=number, w_name=name)
    first = paragraph._p.find(qn("w:r"))
    if first is None:
        paragraph._p.append(start)
    else:
        first.addprevious(start)
    paragraph._p.append(child("w:bookmarkEnd", w_id=number))


def hyperlink(paragraph: Any, text: str, target: str, style: str) -> None:
    """Add a link to a web address, or to a bookmark where the target begins with `#`."""
    if target.startswith("#"):
        link = child("w:hyperlink", w_anchor=bookmark_name(target[1:]), w_history=1)
    else:
        relation = paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = child("w:hyperlink", r_id=relation, w_history=1)
    run = paragraph.add_run(text, style=style)
    paragraph._p.remove(run._r)
    link.append(run._r)
    paragraph._p.append(link)


def foreign(run: Any, tag: str) -> None:
    """Say in which language the words of a run are."""
    run._r.get_or_add_rPr().append(child("w:lang", w_val=tag))


def describe(picture: Any, number: int, title: str, alt: str) -> None:
    """Give an inline picture its name, its title and its text alternative."""
    properties = picture._inline.docPr
    properties.set("id", str(number))
    properties.set("name", f"Figure {number}")
    properties.set("title", title)
    properties.set("descr", alt)


def repeat_on_every_page(row: Any) -> None:
    """Make a row the heading of its table, shown again where the table goes on."""
    row._tr.get_or_add_trPr().append(child("w:tblHeader"))


def keep_together(row: Any) -> None:
    """Keep the lines of a row on one page."""
    row._tr.get_or_add_trPr().append(child("w:cantSplit"))


def least_height(row: Any, lines: int) -> None:
    """Make a row at least so many lines high, for writing by hand."""
    row._tr.get_or_add_trPr().append(child("w:trHeight", w_val=400 * lines, w_hRule="atLeast"))


def table_described(table: Any, caption: str, *, row_headers: bool) -> None:
    """Give a table its title for assistive technology, say which cells are headings, and set space inside them."""
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    space = child("w:tblCellMar")
    for side, size in _CELL_SPACE.items():
        space.append(child(f"w:{side}", w_w=size, w_type="dxa"))
    properties.append(space)
    properties.append(
        child(
            "w:tblLook", w_val="04A0" if row_headers else "0420", w_firstRow=1, w_lastRow=0,
            w_firstColumn=int(row_headers), w_lastColumn=0, w_noHBand=1, w_noVBand=1,
        )
    )  # fmt: skip
    properties.append(child("w:tblCaption", w_val=caption))


def cell_border(cell: Any, **sides: int) -> None:
    """Draw lines at sides of a cell, in eighths of a point (`top=8`)."""
    borders = child("w:tcBorders")
    for side in ("top", "bottom"):
        if side in sides:
            colour = "1B1F24" if sides[side] > _FAINT else "B9BFC6"
            borders.append(child(f"w:{side}", w_val="single", w_sz=sides[side], w_space=0, w_color=colour))
    cell._tc.get_or_add_tcPr().append(borders)


def paragraph_border(style: Any, **sides: int) -> None:
    """Draw lines at sides of the paragraphs of a style, in eighths of a point."""
    borders = child("w:pBdr")
    for side in ("top", "left", "bottom"):
        if side in sides:
            borders.append(child(f"w:{side}", w_val="single", w_sz=sides[side], w_space=6, w_color="0B3D5C"))
    _in_order(style.element.get_or_add_pPr(), borders)


def shaded(style: Any, colour: str) -> None:
    """Give the paragraphs of a style a background."""
    _in_order(style.element.get_or_add_pPr(), child("w:shd", w_val="clear", w_color="auto", w_fill=colour))


def _in_order(properties: Any, new: Any) -> None:
    """Insert a property of paragraphs where the schema wants it: borders, shading, tabs, then the rest."""
    order = [qn(f"w:{name}") for name in ("pBdr", "shd", "tabs")]
    later = order[order.index(new.tag) + 1 :] + [
        qn(f"w:{name}") for name in ("spacing", "ind", "contextualSpacing", "jc", "outlineLvl", "rPr")
    ]
    following = next((found for found in properties if found.tag in later), None)
    if following is None:
        properties.append(new)
    else:
        following.addprevious(new)
