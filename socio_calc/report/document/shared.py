"""What several sections of the report show: the table of parties, the line of terms, texts of the case with links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from socio_calc.locale.placeholders import start
from socio_calc.paper import Column, Content, Inline, Link, Paragraph, Row, Table
from socio_calc.report.document.facts import DocumentFacts
from socio_calc.report.screen_figures import party_notes, taken_back
from socio_calc.report.screen_notes import condition_parts

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"“”]*[^\s<>\"“”.,;:!?)\]]")
_SHOWN_ADDRESS: Final = 60


def terms_line(facts: DocumentFacts) -> str:
    """Return on what terms the figures hold: period, price year, rate, timing, version."""
    version = facts.say("terms.version", version=facts.appraisal.version, hash=facts.appraisal.reference_sha256[:8])
    return start(" · ".join([*condition_parts(facts), version]))


def party_table(facts: DocumentFacts, *, costs_only: bool = False) -> Table:
    """Return who pays and who gains over the longest horizon, with what shows in budgets and what is freed apart."""
    caption = facts.say("parties.caption", unit=facts.unit_text, years=facts.years_text)
    party = Column(facts.say("parties.party"), share=1.6)
    pays = Column(facts.say("parties.pays"), "right")
    if costs_only:
        rows = [Row((facts.words.choice("actor", row.actor), facts.cell(row.pays))) for row in facts.party_money]
        rows.append(Row((facts.words.t("screen.party.societal"), facts.cell(facts.cost)), "total"))
        return Table(caption, (party, pays), tuple(rows))
    columns = (
        party,
        pays,
        Column(facts.say("parties.cash"), "right"),
        Column(facts.say("parties.freed"), "right"),
        Column(facts.say("parties.net"), "right"),
        Column(facts.say("parties.even"), "right"),
    )
    note = " ".join([facts.say("parties.explained"), *party_notes(facts)])
    return Table(caption, columns, tuple(_party_rows(facts)), (note,))


def _party_rows(facts: DocumentFacts) -> Iterator[Row]:
    for row in facts.party_money:
        year = "–" if row.payback_year is None else _year(facts, row.payback_year)
        amounts = (facts.cell(row.pays), facts.cell(row.cash), facts.cell(row.freed))
        yield Row((facts.words.choice("actor", row.actor), *amounts, facts.cell(row.net, signed=True), year))
        if row.actor == "stat" and (amount := taken_back(facts)):
            name = start(facts.words.t("screen.parties.equalisation"))
            yield Row((name, "", facts.cell(amount), "", facts.cell(amount, signed=True), ""), "part")
    freed = sum(row.freed for row in facts.party_money)
    gets = facts.gain - freed
    year = "–" if facts.payback_year is None else _year(facts, facts.payback_year)
    total = (facts.cell(facts.cost), facts.cell(gets), facts.cell(freed), facts.cell(facts.npv, signed=True), year)
    yield Row((facts.words.t("screen.party.societal"), *total), "total")


def _year(facts: DocumentFacts, year: int) -> str:
    return facts.say("year", year=year, calendar=facts.calendar(year))


def paragraphs(text: str | None) -> tuple[Paragraph, ...]:
    """Return a text of the case as paragraphs, its addresses as links."""
    if not text:
        return ()
    return tuple(Paragraph(linked(line.strip())) for line in text.splitlines() if line.strip())


def linked(text: str, *, whole: bool = False) -> Content:
    """Return a text with its web addresses as links.

    Parameters
    ----------
    text
        Words of the case or of the reference base.
    whole
        Whether the whole address is shown; else its site, as in running text.

    >>> linked("Se https://www.scb.se/artikel.")
    ('Se ', Link(text='scb.se', target='https://www.scb.se/artikel'), '.')
    """
    found: list[Inline] = []
    at = 0
    for match in _ADDRESS.finditer(text):
        address = match.group()
        site = _site(address)
        if site is None:  # it stays text
            continue
        if match.start() > at:
            found.append(text[at : match.start()])
        found.append(Link(address if whole else site, address))
        at = match.end()
    if not found:
        return text
    if at < len(text):
        found.append(text[at:])
    return tuple(found)


def _site(address: str) -> str | None:
    """Return the site of an address; None where it is none that a program could open."""
    try:
        site = urlsplit(address).netloc
    except ValueError:
        return None
    return site.removeprefix("www.")[:_SHOWN_ADDRESS] or address[:_SHOWN_ADDRESS]
