"""The HTML page: what is shown, what is never obeyed, and what assistive technology finds."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import pairwise

import pytest
from lxml import etree, html

from socio_calc.paper import Column, Paper, Row, Table, to_html
from tests.paper.samples import LINE, everything


@pytest.fixture(scope="module")
def page() -> html.HtmlElement:
    return html.document_fromstring(to_html(everything()))


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert to_html(everything()) == to_html(everything())


def test_nothing_runs_and_nothing_is_fetched(page: html.HtmlElement) -> None:
    assert not page.xpath("//script|//iframe|//object|//embed|//form|//link|//b")
    assert not [name for element in page.iter(etree.Element) for name in element.attrib if name.startswith("on")]
    assert page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0].startswith("default-src 'none'")
    targets = {target for target in page.xpath("//@href") if not target.startswith("#")}
    assert targets == {"https://www.scb.se/x"}
    assert "ond" in page.text_content()


def test_texts_are_shown_as_they_are_but_for_personal_data(page: html.HtmlElement) -> None:
    shown = page.text_content()
    assert '<script>alert("1")</script> & <b>' in shown
    assert "•••" in shown
    assert "070" not in to_html(everything()).decode()
    assert "\x07" not in shown


def test_landmarks_language_and_title(page: html.HtmlElement) -> None:
    assert page.get("lang") == "sv"
    assert page.xpath("//title")[0].text.startswith("Prov ")
    assert [element.tag for element in page.body if element.tag in ("header", "main", "footer")] == [
        "header", "main", "footer",
    ]  # fmt: skip
    skip = page.xpath("//a[@class='skip']/@href")[0]
    assert page.get_element_by_id(skip[1:]).tag == "main"


def test_headings_never_skip_a_level(page: html.HtmlElement) -> None:
    levels = [int(element.tag[1]) for element in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_ids_are_unique_and_links_inside_lead_somewhere(page: html.HtmlElement) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {target[1:] for target in page.xpath("//a/@href") if target.startswith("#")} <= set(ids)
    assert set(page.xpath("//@aria-labelledby")) <= set(ids)


def test_tables_have_headings_for_columns_and_rows(page: html.HtmlElement) -> None:
    table = page.get_element_by_id("table-1")
    assert table.xpath(".//caption")[0].text == "Tabell 1. Vem betalar"
    assert [cell.get("scope") for cell in table.xpath(".//thead//th")] == ["col"] * 3
    assert [cell.get("scope") for cell in table.xpath(".//tbody//th")] == ["row", "row", "rowgroup", "row", "row"]
    frame = table.xpath(".//div[@role='region']")[0]
    assert (frame.get("tabindex"), frame.get("aria-labelledby")) == ("0", "table-1-caption")
    assert len(table.xpath(".//td//div[@class='line']")) == 2


def test_a_picture_stands_inside_with_its_words(page: html.HtmlElement) -> None:
    (figure,) = page.xpath("//figure")
    assert figure.xpath(".//*[local-name()='desc']")[0].text == "Rektangeln är grå. Ring •••."
    assert figure.xpath("./figcaption")[0].text_content() == "Figur 1. En rektangel"


def test_contents_name_the_sections(page: html.HtmlElement) -> None:
    assert [link.text for link in page.xpath("//nav//a")] == ["Första <b>", "Inre", "Bred", "Slut"]


def test_the_attachment_stands_unbroken() -> None:
    assert f'<meta name="socio-calc-passport" content="{LINE}">' in to_html(everything()).decode()


def test_words_of_the_page_follow_its_language() -> None:
    english = to_html(everything("en")).decode()
    assert "Table 1. Vem betalar" in english
    assert "Skip to the content" in english
    assert 'lang="en"' in english


def test_a_document_on_its_side() -> None:
    upright, side = to_html(everything()).decode(), to_html(everything(landscape=True)).decode()
    rule = re.compile(r"@page \{ size: A4 landscape; \}")
    assert (bool(rule.search(upright)), bool(rule.search(side))) == (False, True)


def test_a_table_scrolls_in_its_frame_under_a_shadow_and_long_texts_keep_room() -> None:
    """What is cut off at the edge of a narrow screen is told; nothing is held wider than a wide screen's page."""

    def least(columns: int, text: str) -> str | None:
        rows = tuple(Row((text,) * columns) for _ in range(2))
        table = Table("Prov", tuple(Column(f"Kolumn {at}") for at in range(columns)), rows)
        page = html.fromstring(to_html(Paper("sv", "Prov", (table,))))
        return page.xpath("//table")[0].get("style")

    assert (least(3, "kort"), least(5, "kort")) == (None, "min-width:35rem")
    assert (least(4, "långt " * 30), least(6, "långt " * 30)) == ("min-width:40rem", "min-width:48rem")
    assert least(8, "långt " * 30) == "min-width:56rem"
    style = files("socio_calc.paper").joinpath("style.css").read_text(encoding="utf-8")
    frames = re.findall(r"\.table-frame \{([^}]*)\}", style)
    assert any("overflow-x: auto" in rules for rules in frames)
    # Covers that move with the table, over shadows that stay.
    assert any((rules.count("no-repeat local"), rules.count("no-repeat scroll")) == (2, 2) for rules in frames)


def test_a_caption_is_never_wider_than_a_narrow_screen() -> None:
    style = files("socio_calc.paper").joinpath("style.css").read_text(encoding="utf-8")
    narrow = style.partition("@media (max-width: 40rem) {")[2].partition("@media print")[0]
    rule = re.search(r"\bcaption \{([^}]*)\}", narrow)
    room = re.search(r"\bbody \{ padding: 0 1rem", narrow)
    assert rule is not None and "max-width: calc(100vw - 2rem)" in rule[1] and room is not None
