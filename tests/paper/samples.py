"""A paper with every kind of block, and the texts that must be shown and never obeyed."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache

from socio_calc.locale import Language
from socio_calc.paper import (
    Attachment,
    BulletList,
    Cell,
    Code,
    Column,
    Contents,
    Emphasis,
    Figure,
    Foreign,
    KeyFigure,
    KeyFigures,
    KeyValue,
    KeyValues,
    LineBreak,
    Link,
    Note,
    PageBreak,
    Paper,
    Paragraph,
    Row,
    Section,
    Signature,
    Strong,
    Table,
    Term,
    WritingSpace,
)

MARKUP = '<script>alert("1")</script> & <b>'
LINE = "SOCIO-CALC-PASSPORT:1:abc_-:00ff:END"


@cache
def _png() -> bytes:
    from PIL import Image

    data = io.BytesIO()
    Image.new("RGB", (90, 56), "white").save(data, "png")
    return data.getvalue()


@dataclass(frozen=True)
class Drawing:
    """A picture of one rectangle."""

    title: str = "En rektangel"
    alt_text: str = "Rektangeln är grå. Ring 070-123 45 67."

    @property
    def svg(self) -> bytes:
        body = f'<title>{self.title}</title><desc>{self.alt_text}</desc><rect width="9" height="5" fill="#888"/>'
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 5" role="img">{body}</svg>'
        return f'<?xml version="1.0"?>\n{svg}'.encode()

    @property
    def png(self) -> bytes:
        return _png()


def everything(lang: Language = "sv", *, landscape: bool = False, title: str = f"Prov {MARKUP}") -> Paper:
    words = Paragraph(
        (
            "Ord, ", Strong("starka"), " ", Emphasis("sköra"), " ", Code("kod"), " ", Foreign("words", "en"), " ",
            Link("källa", "https://www.scb.se/x"), " ", Link("ond", "javascript:alert(1)"), " ",
            Term("part", "term-part"), LineBreak(), f"{MARKUP} ring 070-123 45 67 \x07",
        ),
        "lead",
    )  # fmt: skip
    table = Table(
        "Vem betalar",
        (Column("Part", share=2.0), Column("Kronor", "right"), Column("Beslut")),
        (
            Row(("Kommunen", "1 000", Cell("Fyll i:", 2))),
            Row(("varav lån", "400", ""), "part"),
            Row(("Andra",), "group"),
            Row((MARKUP, "−3", "")),
            Row(("Summa", "997", ""), "total"),
        ),
        ("En fotnot.",),
    )
    first = Section(
        "first",
        "Första <b>",
        (
            Paragraph("Liten", "small"),
            BulletList(("ett", ("två ", Strong("fet")))),
            BulletList(("steg",), ordered=True),
            table,
            Section("inner", "Inre", (Figure(Drawing()), Note("Obs", (Paragraph("x"), BulletList(("y",))), "warning"))),
        ),
    )
    wide = Table("Bred", tuple(Column(f"K{n}") for n in range(8)), tuple(Row((str(n),) * 8) for n in range(40)))
    last = (
        KeyValues((KeyValue("part", "den som betalar", "term-part"), KeyValue("år", "tolv månader"))),
        WritingSpace("Kommentar", 2),
        Signature(("Datum", "Befattning")),
        PageBreak(),
        Note("Till sist", (Paragraph("En kalkyl avgör aldrig ensam."),), "caution"),
    )
    return Paper(
        lang,
        title,
        (
            words,
            KeyFigures((KeyFigure("Netto", "−0,3 mkr", "troligen −4 till 5"), KeyFigure("Chans", "4 av 10"))),
            Contents(2),
            first,
            Section("wide", "Bred", (wide,), wide=True),
            Section("last", "Slut", last, new_page=True, dense=True),
        ),
        subtitle=("Under", "Titeln"),
        author="socio-calc prov",
        subject="Ett prov",
        keywords=("prov", "dokument"),
        running="Prov av dokument",
        landscape=landscape,
        attachment=Attachment("socio-calc-passport", LINE, "Kontrolluppgifter", (("socio-calc seed", "1"),)),
    )
