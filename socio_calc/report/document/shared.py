"""What several sections of the report show: the table of parties, the line of terms, texts of the case with links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit

from socio_calc.locale.numbers import MINUS
from socio_calc.locale.placeholders import start
from socio_calc.paper import Column, Content, Inline, Link, Paragraph, Row, Table
from socio_calc.report.document.facts import DocumentFacts
from socio_calc.report.screen_figures import party_notes, taken_back
from socio_calc.report.screen_notes import condition_parts
from socio_calc.report.written_sums import rows_add_up, written_equal

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"“”]*[^\s<>\"“”.,;:!?)\]]")
_SHOWN_ADDRESS: Final = 60


def terms_line(facts: DocumentFacts) -> str:
    """Return on what terms the figures hold: period, price year, rate, timing, version."""
    version = facts.say("terms.version", version=facts.appraisal.version, hash=facts.appraisal.reference_sha256[:8])
    # A line ends between two of them only, never inside "mkr = miljoner kronor".
    unbroken = (part.replace(" ", "\u00a0") for part in (*condition_parts(facts), version))
    return start(" · ".join(unbroken))


def party_table(facts: DocumentFacts, *, costs_only: bool = False) -> Table:
    """Return who pays and who gains over the longest horizon, with what shows in budgets and what is freed apart."""
    caption = facts.say("parties.caption", unit=facts.unit_text, years=facts.years_text)
    party = Column(facts.say("parties.party"), share=1.6)
    pays = Column(facts.say("parties.pays"), "right")
    if costs_only:
        rows = [Row((facts.words.choice("actor", row.actor), facts.cell(row.pays))) for row in facts.party_money]
        rows.append(Row((facts.words.t("screen.party.societal"), facts.cell(facts.cost)), "total"))
        return Table(caption, (party, pays), tuple(rows), _rounded(facts, rows, 2))
    health = facts.health_kinds
    columns = (
        party,
        pays,
        Column(facts.say("parties.cash"), "right"),
        Column(facts.say("parties.freed"), "right"),
        *((Column(facts.say(f"parties.{health}"), "right"),) if health else ()),
        Column(facts.say("parties.net"), "right"),
        Column(facts.say("parties.even"), "right", 1.2),
    )
    written = tuple(_party_rows(facts, with_health=bool(health)))
    notes = [facts.say("parties.explained"), *party_notes(facts)]
    if any(str(cell).startswith(MINUS) for row in written for cell in row.cells[2:4]):
        notes.insert(0, facts.say("parties.below-zero"))
    if facts.lifetime_prices:
        notes.append(facts.say_n("parties.lifetime", len(facts.lifetime_prices), names=facts.lifetime_prices))
    notes += _rounded(facts, written, 6 if health else 5)
    return Table(caption, columns, written, (" ".join(notes),))


def _rounded(facts: DocumentFacts, rows: Sequence[Row], end: int) -> tuple[str, ...]:
    """Say that parties and their sum, or what a party pays, gets and has left, do not add up as they are written.

    Amounts stand in the columns from the second to before `end`: what is paid, all that is got, what is left.
    """
    *parties, whole = ([str(cell) for cell in row.cells[1:end]] for row in rows if row.role != "part")
    fit = rows_add_up(parties, whole, facts.lang)
    if fit and (end == 2 or all(written_equal(got, [pays, net], facts.lang) for pays, *got, net in (*parties, whole))):
        return ()
    return (facts.words.t("screen.rounded"),)


def _party_rows(facts: DocumentFacts, *, with_health: bool) -> Iterator[Row]:
    def cells(*amounts: float, net: float | None) -> tuple[str, ...]:
        return (*(facts.cell(amount) for amount in amounts[: 4 if with_health else 3]), facts.cell(net, signed=True))

    for row in facts.party_money:
        amounts = cells(row.pays, row.cash, row.freed, row.health, net=row.net)
        even = _even(facts, row.payback_year, row.pays, row.net)
        yield Row((facts.words.choice("actor", row.actor), *amounts, even))
        if row.actor == "stat" and (amount := taken_back(facts)):
            name = start(facts.words.t("screen.parties.equalisation"))
            empty = ("",) * (2 if with_health else 1)
            yield Row((name, "", facts.cell(amount), *empty, facts.cell(amount, signed=True), ""), "part")
    freed = sum(row.freed for row in facts.party_money)
    health = sum(row.health for row in facts.party_money)
    whole = cells(facts.cost, facts.gain - freed - health, freed, health, net=facts.npv)
    name = facts.words.t("screen.party.societal")
    yield Row((name, *whole, _even(facts, facts.payback_year, facts.cost, facts.npv)), "total")


def _even(facts: DocumentFacts, year: int | None, pays: float, net: float | None) -> str:
    """Say when gains have caught up with costs, or why there is no such year."""
    if year is not None:
        return facts.say("year", year=year, calendar=facts.calendar(year))
    if pays > 0 or (net is not None and net < 0):
        return facts.words.t("screen.figures.never", years=facts.years_text)
    return facts.say("parties.even.spared" if pays < 0 else "parties.even.pays-nothing")


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
