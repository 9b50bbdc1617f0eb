"""The middle of the screen: the three figures with their uncertainty, and who pays and who gains."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from socio_calc.appraisal import PayerRow
from socio_calc.locale import money_interval, probability_figure, probability_short, table_money, unit_heading
from socio_calc.locale.placeholders import start
from socio_calc.report.screen_facts import Facts
from socio_calc.report.screen_variants import Variant
from socio_calc.report.text_layout import Line, figure_rows, paragraph, table
from socio_calc.report.written_sums import rows_add_up, written_equal

Notes = Literal["all", "short", "none"]

_COSTS_ONLY = frozenset({"only_costs", "not_responsible"})


def key_figures(facts: Facts, variant: Variant, width: int) -> list[Line]:
    """Return block C: the net present value, how often gains exceed costs, and when it breaks even."""
    words = facts.words
    if variant == "not_responsible":
        return []
    if variant == "only_costs":
        rows = [(words.t("screen.figures.cost"), facts.money(facts.cost), _interval(facts, "pv_costs", facts.cost))]
        return figure_rows(rows, width)
    rows = [
        (
            words.t("screen.figures.npv"),
            facts.money(facts.npv, signed=True),
            _interval(facts, "npv", facts.npv, signed=True),
        )
    ]
    if not facts.certain and facts.probability is not None:
        short = words.t("screen.figures.in", words=probability_short(facts.probability, facts.lang))
        of = words.t("screen.figures.of", p=probability_figure(facts.probability, facts.lang))
        rows.append((words.t("screen.figures.exceeds"), short, of))
    rows.append((words.t("screen.figures.breaks-even"), *_payback(facts)))
    lines = figure_rows(rows, width)
    if not facts.certain:
        lines += paragraph(words.t("screen.figures.explained"), width, "muted", first="  ")
    return lines


def _interval(facts: Facts, measure: str, base: float | None, *, signed: bool = False) -> str:
    row = facts.appraisal.result(measure)
    if not row.sd or row.p5 is None or row.p95 is None:
        return facts.words.t("screen.figures.certain")
    # The unit is named once, by the figure itself; where that figure keeps a smaller unit, the interval needs its own.
    same_unit = facts.unit == "sek" or (base is not None and table_money(base, facts.lang, facts.unit) != "0")
    interval = money_interval(
        row.p5, row.p95, facts.lang, unit=facts.unit, signed=signed, bare=same_unit, error=2.0 * (row.mc_error or 0.0)
    )
    return facts.words.t("screen.figures.probably", interval=interval)


def _payback(facts: Facts) -> tuple[str, str]:
    year = facts.payback_year
    if year is None:
        if facts.cost <= 0:
            return facts.words.t("screen.figures.no-cost"), ""
        return facts.words.t("screen.figures.never", years=facts.words.plural("screen.years", facts.years)), ""
    return facts.words.t("screen.figures.year", year=year), str(facts.calendar(year))


def parties(facts: Facts, variant: Variant, width: int, notes: Notes) -> list[Line]:
    """Return block D: one row for each party with a flow, then society, and what the figures do not show."""
    words = facts.words
    unit = unit_heading(facts.unit, facts.lang)
    costs_only = variant in _COSTS_ONLY
    if not _add_up(facts, costs_only):
        # In the heading, where it takes no line of the screen.
        unit = words.t("screen.parties.rounded", unit=unit)
    heading = "screen.parties.heading-costs" if costs_only else "screen.parties.heading"
    lines = paragraph(words.t(heading, unit=unit), width, "heading")
    lines += _cost_table(facts, width) if costs_only else _table(facts, width)
    if not costs_only:
        for note in _notes(facts, notes):
            lines += paragraph(note, width, "text", first="  ")
    return lines


def _add_up(facts: Facts, costs_only: bool) -> bool:
    """Whether the parties add up to society, and gains less costs to what is left, as the table writes them."""

    def written(*amounts: float | None) -> list[str]:
        return [table_money(amount, facts.lang, facts.unit) for amount in amounts]

    rows = [written(row.cost, row.effects, row.net) for row in facts.payers]
    whole = written(facts.cost, facts.gain, facts.npv)
    if costs_only:
        return rows_add_up([row[:1] for row in rows], whole[:1], facts.lang)
    return rows_add_up(rows, whole, facts.lang) and all(
        written_equal([gets], [pays, net], facts.lang) for pays, gets, net in (*rows, whole)
    )


def _table(facts: Facts, width: int) -> list[Line]:
    words = facts.words
    head = [words.t(f"screen.parties.{column}") for column in ("party", "pays", "gets", "net", "even")]
    rows = [_row(facts, row) for row in facts.payers]
    returned = taken_back(facts)
    if returned and (place := _place_of_state(facts)) is not None:
        amount = table_money(returned, facts.lang, facts.unit)
        signed = table_money(returned, facts.lang, facts.unit, signed=True)
        rows.insert(place + 1, [f"  {words.t('screen.parties.equalisation')}", "", amount, signed, ""])
    total = [
        words.t("screen.party.societal"),
        table_money(facts.cost, facts.lang, facts.unit),
        table_money(facts.gain, facts.lang, facts.unit),
        table_money(facts.npv, facts.lang, facts.unit, signed=True),
        _year(facts, facts.payback_year),
    ]
    rows.append(total)
    for columns in (5, 4):
        if lines := table(head[:columns], [row[:columns] for row in rows], width, total=True):
            return lines
    return [line for row in rows for line in _in_words(facts, row, width)]


def _in_words(facts: Facts, row: Sequence[str], width: int) -> list[Line]:
    name, pays, gets, net = (cell.strip() for cell in row[:4])
    text = facts.words.t("screen.parties.row", party=name, pays=pays or "0", gets=gets, net=net)
    return paragraph(text, width, "table_row", first="  ", rest="    ")


def _row(facts: Facts, row: PayerRow) -> list[str]:
    return [
        facts.words.choice("actor", row.actor),
        table_money(row.cost, facts.lang, facts.unit),
        table_money(row.effects, facts.lang, facts.unit),
        table_money(row.net, facts.lang, facts.unit, signed=True),
        _year(facts, row.payback_year),
    ]


def _year(facts: Facts, year: float | None) -> str:
    return "–" if year is None else facts.words.t("screen.figures.year", year=round(year))


def _cost_table(facts: Facts, width: int) -> list[Line]:
    words = facts.words
    rows = [
        [words.choice("actor", row.actor), table_money(row.cost, facts.lang, facts.unit)]
        for row in facts.payers
        if row.cost
    ]
    rows.append([words.t("screen.party.societal"), table_money(facts.cost, facts.lang, facts.unit)])
    head = [words.t("screen.parties.party"), words.t("screen.parties.pays")]
    lines = table(head, rows, width, total=True)
    if lines is None:
        raise ValueError(f"a table of names and amounts does not fit {width} columns")
    return lines


def taken_back(facts: Facts) -> float:
    """Return how much of the new local tax equalisation takes back, SEK; 0 where the table would write 0."""
    before, after = facts.appraisal.local_tax
    amount = before - after
    return amount if table_money(amount, facts.lang, facts.unit) != "0" else 0.0


def _place_of_state(facts: Facts) -> int | None:
    return next((place for place, row in enumerate(facts.payers) if row.actor == "stat"), None)


def party_notes(facts: Facts) -> list[str]:
    """Return what the table of parties does not show, in sentences: the grant, budgets, local tax."""
    return _notes(facts, "all")


def _notes(facts: Facts, wanted: Notes) -> list[str]:
    words, appraisal = facts.words, facts.appraisal
    notes: list[str] = []
    if wanted == "none":
        return notes
    if appraisal.grant_pv > 0:
        grant = facts.money(appraisal.grant_pv)
        if appraisal.funder is None:
            notes.append(words.t("screen.parties.grant-mixed", grant=grant))
        else:
            notes.append(words.t("screen.parties.grant", grant=grant, funder=appraisal.funder))
    if (health := sum(row.health for row in facts.payers)) and table_money(health, facts.lang, facts.unit) != "0":
        notes.append(words.t(f"screen.parties.{facts.health_kinds}", health=facts.money(health)))
    cash = appraisal.result("npv_cash", "public").base
    capacity = appraisal.freed_capacity
    if cash is not None and abs(capacity) > 1e-9 * max(abs(cash), abs(capacity)):
        notes.append(words.t("screen.parties.cash", cash=facts.money(cash), capacity=facts.money(capacity)))
    # What is taken back has a row of its own in the table: the sentence goes first when room is short.
    if wanted == "all" and taken_back(facts):
        before, after = appraisal.local_tax
        values = {"before": facts.money(before), "after": facts.money(after), "kept": facts.money(after)}
        notes.append(words.t("warning.kommun-tax-equalisation", **values))
    if len(facts.payers) == 1:
        notes.append(words.t("screen.parties.only", actor=facts.payers[0].actor))
    return [start(note) for note in notes]
