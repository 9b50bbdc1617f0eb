"""Papers as data: what cannot be written is refused when it is made."""

from __future__ import annotations

import pytest

from socio_calc.paper import (
    Attachment,
    BulletList,
    Column,
    KeyValue,
    KeyValues,
    Link,
    Note,
    Paper,
    Paragraph,
    Row,
    Section,
    Table,
    Term,
)
from socio_calc.paper.inline import safe_target


def test_every_column_has_a_heading() -> None:
    with pytest.raises(ValueError, match="every column has a heading"):
        Table("T", (Column("a"), Column(" ")), ())


@pytest.mark.parametrize("row", [Row(("a",)), Row(("a", "b", "c")), Row(("a", "b"), "group")])
def test_a_row_has_a_cell_for_every_column(row: Row) -> None:
    with pytest.raises(ValueError, match="a row has"):
        Table("T", (Column("a"), Column("b")), (row,))


@pytest.mark.parametrize(
    "blocks",
    [
        (Section("a", "A", ()), Section("a", "B", ())),
        (Section("a", "A", (Section("a", "B", ()),)),),
        (Section("a", "A", (KeyValues((KeyValue("x", "y", "a"),)),)),),
    ],
)
def test_an_id_is_given_once(blocks: tuple[Section, ...]) -> None:
    with pytest.raises(ValueError, match="ids twice"):
        Paper("sv", "T", blocks)


def test_an_id_is_plain() -> None:
    with pytest.raises(ValueError, match="no ids"):
        Paper("sv", "T", (Section('a"b', "A", ()),))


@pytest.mark.parametrize("part", [Link("x", "#nowhere"), Term("x", "nowhere")])
@pytest.mark.parametrize("wrap", [lambda p: Paragraph((p,)), lambda p: BulletList(((p,),)),
                                  lambda p: Note("n", (Paragraph((p,)),))])  # fmt: skip
def test_links_inside_lead_somewhere(part: object, wrap: object) -> None:
    with pytest.raises(ValueError, match="links to nothing"):
        Paper("sv", "T", (wrap(part),))  # type: ignore[operator]


@pytest.mark.parametrize("text", ["", "a b", "a<b", 'a"b', "å"])
def test_what_travels_inside_needs_no_escape(text: str) -> None:
    with pytest.raises(ValueError, match="escaped"):
        Attachment("x", text, "y")


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x.y", "#", "https://a b", "ftp://a"]
)
def test_other_targets_are_no_links(target: str) -> None:
    assert safe_target(target) is None
