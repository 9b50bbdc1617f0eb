"""The blocks of a document, as data. What they look like is the renderers' affair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, Protocol, TypeAlias

from socio_calc.paper.inline import Content, plain

Align = Literal["left", "right"]
RowRole = Literal["body", "part", "group", "total"]
ParagraphRole = Literal["text", "lead", "small"]
NoteKind = Literal["caution", "note", "warning"]

#: A table of at most so many rows, and so many letters, stays on one page in print; longer ones would leave holes.
_SHORT_ROWS: Final = 8
_SHORT_TEXT: Final = 600


class Picture(Protocol):
    """A picture in both forms; neither is drawn before it is asked for.

    `svg` may be set into an HTML page: its identifiers begin with a name that no other picture of the page has.
    """

    @property
    def title(self) -> str:
        """What the picture shows."""
        ...

    @property
    def alt_text(self) -> str:
        """The same for a reader who does not see it."""
        ...

    @property
    def svg(self) -> bytes:
        """The picture as SVG."""
        ...

    @property
    def png(self) -> bytes:
        """The picture as PNG."""
        ...


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it.

    Attributes
    ----------
    id
        Anchor: unique in the document, lower-case ASCII letters, digits and hyphens.
    title
        The heading; its level is how deep the section lies.
    blocks
        Blocks, and sections of the next level.
    wide
        Whether its tables need a page on its side.
    new_page
        Whether it begins on a page of its own in print.
    dense
        Whether print sets it closely, to keep it on one page.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]
    wide: bool = False
    new_page: bool = False
    dense: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `lead` is larger, `small` for remarks."""

    content: Content
    role: ParagraphRole = "text"


@dataclass(frozen=True, slots=True)
class BulletList:
    """Items with bullets, or with numbers where their order matters."""

    items: tuple[Content, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    head
        Its heading; never empty.
    align
        Figures stand to the right.
    share
        Its width beside that of the others.
    """

    head: str
    align: Align = "left"
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; with `lines` it is a box of that height to write in by hand, under what `content` says."""

    content: Content = ""
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells (a plain text stands for a cell of its own).

    `part` is a share of the row above it, `total` a sum, `group` a heading over the rows after it: it has one cell.
    """

    cells: tuple[Cell | Content, ...]
    role: RowRole = "body"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a heading for every column, and for every row where `row_headers` says so.

    Raises
    ------
    ValueError
        A column has no heading, or a row has not as many cells as there are columns (a `group` row: one).
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    footnotes: tuple[Content, ...] = ()
    row_headers: bool = True

    def __post_init__(self) -> None:
        if not self.columns or any(not column.head.strip() for column in self.columns):
            raise ValueError(f"table {self.caption!r}: every column has a heading")
        for row in self.rows:
            if len(row.cells) != (1 if row.role == "group" else len(self.columns)):
                raise ValueError(f"table {self.caption!r}: a row has {len(row.cells)} cells")

    @property
    def is_short(self) -> bool:
        """Whether it is small enough to be kept on one page in print."""
        if len(self.rows) > _SHORT_ROWS:
            return False
        return sum(len(plain(cell_of(cell).content)) for row in self.rows for cell in row.cells) <= _SHORT_TEXT


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with a caption under it; without one, its title."""

    picture: Picture
    caption: Content = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that must not be overlooked, set apart from the text around it."""

    title: str
    blocks: tuple[Block, ...]
    kind: NoteKind = "note"


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure, what it is, and how sure it is."""

    label: str
    value: str
    remark: Content = ""


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The few figures that a reader must remember."""

    items: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class KeyValue:
    """A name and what belongs to it; `id` is an anchor, such as that of a term in a glossary."""

    label: str
    content: Content
    id: str | None = None


@dataclass(frozen=True, slots=True)
class KeyValues:
    """Names with what belongs to them: facts about a document, a glossary."""

    items: tuple[KeyValue, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents: sections down to `depth` levels."""

    depth: int = 1


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page in print."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Lines to sign on, each with its label."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WritingSpace:
    """Empty lines to write on by hand, under a label (which may be empty)."""

    label: str = ""
    lines: int = 3


Block: TypeAlias = (
    Section
    | Paragraph
    | BulletList
    | Table
    | Figure
    | Note
    | KeyFigures
    | KeyValues
    | Contents
    | PageBreak
    | Signature
    | WritingSpace
)


def cell_of(cell: Cell | Content) -> Cell:
    """Return a cell, also of a plain text."""
    return cell if isinstance(cell, Cell) else Cell(cell)


#: What a paragraph before it introduces, by how many letters at most: longer ones stand on their own.
_LED_TO: Final = (Table, Figure, BulletList, KeyValues, KeyFigures)
_LONGEST_LEAD: Final = 400
_LONGEST_BEFORE_FIGURE: Final = 200


def leading(blocks: tuple[Block, ...]) -> tuple[bool, ...]:
    """Return for each of some blocks whether it only makes sense with the next, and stays on its page in print.

    A short paragraph before a table, a figure or a list says what stands there; one that ends with a colon says so
    itself. Before such a paragraph, the first one of a section stays too, lest it stands alone with its heading.

    >>> table = Table("x", (Column("a"),), ())
    >>> leading((Paragraph("Först."), Paragraph("Tabellen visar allt."), table, Paragraph("Slut."), Note("Obs", ())))
    (True, True, False, False, False)
    """
    found = [_leads(block, following) for block, following in zip(blocks, (*blocks[1:], None), strict=True)]
    if len(found) > 1 and found[1] and isinstance(blocks[0], Paragraph):
        found[0] = found[0] or len(plain(blocks[0].content)) <= _LONGEST_LEAD
    return tuple(found)


def _leads(block: Block, following: Block | None) -> bool:
    if not isinstance(block, Paragraph):
        return False
    said = plain(block.content).rstrip()
    if said.endswith(":") and following is not None:
        return True
    longest = _LONGEST_BEFORE_FIGURE if isinstance(following, Figure) else _LONGEST_LEAD
    return isinstance(following, _LED_TO) and len(said) <= longest
