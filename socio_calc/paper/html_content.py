"""Words and small blocks as HTML."""

from __future__ import annotations

from typing import Final

from socio_calc.paper.blocks import (
    BulletList,
    KeyFigures,
    KeyValues,
    Paragraph,
    Row,
    Signature,
    Table,
    WritingSpace,
    cell_of,
)
from socio_calc.paper.columns import column_widths
from socio_calc.paper.html_elements import Html, element, joined, text
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

_FEW_COLUMNS: Final = 3
#: Lists of names and values of so many stay on one page; longer ones, such as a glossary, run on in two columns.
_KEPT_TOGETHER: Final = 12
#: Least width of a column on a narrow screen, also in a table of long texts; a whole table is never held wider than
#: a page of a wide screen is.
_COLUMN_REM: Final = 7
_TEXT_COLUMN_REM: Final = 10
_MOST_REM: Final = 48


def content_html(content: Content) -> Html:
    """Return the parts of a paragraph or a cell."""
    return joined(*map(_inline, parts(content)))


def _inline(part: Inline) -> Html:
    match part:
        case str():
            return text(part)
        case Strong():
            return element("strong", part.text)
        case Emphasis():
            return element("em", part.text)
        case Code():
            return element("code", part.text)
        case Foreign():
            return element("span", part.text, lang=part.lang)
        case LineBreak():
            return element("br")
        case Term():
            return element("a", part.text, class_="term", href=f"#{part.target}")
        case Link():
            target = safe_target(part.target)
            return text(part.text) if target is None else element("a", part.text, href=target)


def paragraph_html(block: Paragraph, *, leads: bool = False) -> Html:
    """Return a paragraph; one that leads to what follows stays on its page in print."""
    classes = [name for name, wanted in ((block.role, block.role != "text"), ("leads", leads)) if wanted]
    return element("p", content_html(block.content), class_=" ".join(classes) or None)


def list_html(block: BulletList) -> Html:
    """Return a list."""
    return element("ol" if block.ordered else "ul", *(element("li", content_html(item)) for item in block.items))


def key_figures_html(block: KeyFigures) -> Html:
    """Return the figures to remember as a list of descriptions."""
    groups = []
    for item in block.items:
        remark = content_html(item.remark)
        said = [element("dd", item.value, class_="value")]
        if remark:
            said.append(element("dd", remark, class_="remark"))
        groups.append(element("div", element("dt", item.label), *said))
    return element("dl", *groups, class_="key-figures")


def key_values_html(block: KeyValues) -> Html:
    """Return names with what belongs to them as a list of descriptions."""
    groups = [
        element("div", element("dt", item.label, id=item.id), element("dd", content_html(item.content)))
        for item in block.items
    ]
    return element("dl", *groups, class_="key-values" if len(groups) <= _KEPT_TOGETHER else "key-values long")


def signature_html(block: Signature) -> Html:
    """Return lines to sign on."""
    return element("div", *(element("p", label) for label in block.labels), class_="signature")


def writing_space_html(block: WritingSpace) -> Html:
    """Return lines to write on."""
    label = element("p", block.label) if block.label else Html()
    lines = (element("div", class_="line") for _ in range(block.lines))
    return element("div", label, *lines, class_="writing-space")


def table_html(table: Table, caption: str, id: str, *, wide: bool = False) -> Html:
    """Return a table in a frame that scrolls by itself where the page is narrow.

    Parameters
    ----------
    table
        What to show.
    caption
        Its caption with its number.
    id
        Anchor, unique in the page.
    wide
        Whether it is printed on a page on its side.
    """
    widths = column_widths(table, wide=wide)
    columns = [element("col", style=f"width:{100 * share:.1f}%") for share in widths.shares]
    heads = [element("th", column.head, scope="col", class_=_side(column.align)) for column in table.columns]
    bodies: list[list[Html]] = [[]]
    for row in table.rows:
        if row.role == "group" and bodies[-1]:
            bodies.append([])
        bodies[-1].append(_row(table, row))
    name = f"{id}-caption"
    # Columns that become too narrow to read scroll instead.
    each = _COLUMN_REM if table.is_short else _TEXT_COLUMN_REM
    room = max(_COLUMN_REM * len(columns), min(each * len(columns), _MOST_REM))
    least = f"min-width:{room}rem" if len(columns) > _FEW_COLUMNS else None
    whole = element(
        "table",
        element("caption", caption, id=name),
        element("colgroup", *columns),
        element("thead", element("tr", *heads)),
        *(element("tbody", *rows) for rows in bodies if rows),
        style=least,
        class_="tight" if widths.tight else None,
    )
    # What scrolls must be reached by the keyboard, and whoever reaches it must be told what it is.
    frame = element("div", whole, class_="table-frame", role="region", tabindex=0, aria_labelledby=name)
    notes = [element("p", content_html(note), class_="footnote") for note in table.footnotes]
    # A short table is not worth a break in print.
    return element("div", frame, *notes, class_="table short" if table.is_short else "table", id=id)


def _row(table: Table, row: Row) -> Html:
    if row.role == "group":
        heading = content_html(cell_of(row.cells[0]).content)
        return element("tr", element("th", heading, scope="rowgroup", colspan=len(table.columns)), class_="group")
    cells = []
    for at, (written, column) in enumerate(zip(row.cells, table.columns, strict=True)):
        cell = cell_of(written)
        inside = content_html(cell.content)
        if cell.lines:
            inside = joined(inside, *(element("div", class_="line") for _ in range(cell.lines)))
        if at == 0 and table.row_headers and inside:
            cells.append(element("th", inside, scope="row", class_=_side(column.align)))
        else:
            cells.append(element("td", inside, class_=_side(column.align)))
    return element("tr", *cells, class_=None if row.role == "body" else row.role)


def _side(align: str) -> str | None:
    return "right" if align == "right" else None
