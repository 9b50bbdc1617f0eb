"""Inputs of pathways: where participants start and how they move, what effects change, and what follows (METHOD §6)."""

from __future__ import annotations

from collections.abc import Iterator

from socio_calc.case import Case
from socio_calc.case.pathways import Pathway, TransitionRate, TransitionRow
from socio_calc.report.state_names import state_name
from socio_calc.report.workbook.cells import MoveCells, PathwayCells
from socio_calc.report.workbook.formula import Live, exponential
from socio_calc.report.workbook.input_fields import Fields, InputSheet, consequence_cells, course_cells


def pathway_cells(sheet: InputSheet, case: Case, item: Pathway) -> PathwayCells:
    """Write a pathway and its consequences."""
    words, path = sheet.words, f"pathways.{item.id}"
    write = Fields(sheet.rows, words, item.name, path, set(item.model_fields_set))
    start = {
        state: write.plain(f"start.{state}", share, "share", state_name(words, state))
        for state, share in item.start.items()
    }
    moves = tuple(_moves(write, state, row) for state, row in item.transitions.items())
    effects = tuple(
        write.quantity(f"effects.{number}.value", effect.value, "number", _arrow(write, effect.from_, effect.to))
        for number, effect in enumerate(item.effects)
    )
    course = course_cells(write, item) if item.effects else None
    consequences = tuple(
        consequence_cells(
            sheet,
            words.t("workbook.pathway-state", pathway=item.name, state=state_name(words, consequence.state)),
            consequence,
            f"{path}.consequences.{number}",
        )
        for number, consequence in enumerate(item.consequences)
    )
    alive = case.survival != "none" if item.survival is None else item.survival
    return PathwayCells(item, alive, start, moves, effects, course, consequences)


def _arrow(write: Fields, from_: str, to: str) -> str:
    return write.words.t("workbook.move", start=state_name(write.words, from_), end=state_name(write.words, to))


def _moves(write: Fields, state: str, row: TransitionRow) -> MoveCells:
    if row.counts is not None:
        counts = {
            to: write.plain(f"transitions.{state}.counts.{to}", count, "number", _arrow(write, state, to))
            for to, count in row.counts.items()
        }
        total: Live | None = None
        for count in counts.values():
            total = count if total is None else total + count
        if total is None:
            raise AssertionError(state)
        rest = row.rest or state
        return MoveCells(state, rest, {to: (count / total,) for to, count in counts.items() if to != rest})
    if row.rest is None:
        raise AssertionError(state)
    return MoveCells(state, row.rest, {to: tuple(_cells(write, state, to, row)) for to in row.own})


def _cells(write: Fields, state: str, to: str, row: TransitionRow) -> Iterator[Live]:
    """Yield the probabilities of one transition by year since entry; a rate becomes one."""
    written, arrow = row.own[to], _arrow(write, state, to)
    for number, one in enumerate(written if isinstance(written, tuple) else (written,)):
        key, about = f"transitions.{state}.{to}", arrow
        if isinstance(written, tuple):
            key, about = f"{key}.{number}", f"{arrow} {write.item_name(number)}"
        if isinstance(one, TransitionRate):
            rate = write.quantity(f"{key}.rate", one.rate, "number", about)
            yield 1 - exponential(0 - rate)
        else:
            yield write.quantity(key, one, "share", about)
