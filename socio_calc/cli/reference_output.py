"""Writing rows of the reference base: a table for the eye, JSON or CSV for programs; amounts and choices in words."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

from socio_calc.problems import InputError, Place, Problem

if TYPE_CHECKING:
    from socio_calc.locale import Texts
    from socio_calc.reference import BaselineRow, CostRow, EvidenceRow, ParameterRow

TABLE_WIDTH = 80
_GAP = 2


def check_choice(option: str, value: str | None, choices: Sequence[str]) -> None:
    """Refuse a value of an option that is not among its choices.

    Raises
    ------
    InputError
        `wrong-choice`, with the nearest choice.
    """
    if value is None or value in choices:
        return
    import difflib

    nearest = difflib.get_close_matches(value, choices, n=1, cutoff=0.0)[0]
    params = {"label": option, "value": value, "choices": tuple(choices), "nearest": nearest}
    raise InputError([Problem("wrong-choice", Place(), params)])


def print_json(items: object) -> None:
    """Write plain data as JSON on standard output."""
    typer.echo(json.dumps(items, ensure_ascii=False, indent=2))


def plain_row(row: CostRow | EvidenceRow | BaselineRow | ParameterRow, **more: object) -> dict[str, Any]:
    """Return a row as plain data under the column names of its table, with what else a program may want."""
    data = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(row).items()}
    return {**data, **more}


def print_csv(columns: Sequence[str], rows: Iterable[CostRow | EvidenceRow | BaselineRow | ParameterRow]) -> None:
    """Write rows with the columns and the cells of the table that they come from."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(getattr(row, column)) for column in columns])
    typer.echo(out.getvalue(), nl=False)


def print_table(headings: Sequence[tuple[str, bool]], rows: Iterable[Sequence[str]]) -> None:
    """Write a table no wider than 80 columns; a cell may have several lines.

    Parameters
    ----------
    headings
        For every column its heading and whether it holds numbers (set to the right, never broken).
    rows
        The cells of every row, as many as there are headings.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    listed = [tuple(cells) for cells in rows]
    columns = list(zip((heading for heading, _ in headings), *listed, strict=True))
    widths = column_widths(columns, [is_number for _, is_number in headings])
    table = Table(box=None, padding=(0, _GAP, 1, 0), header_style="bold", pad_edge=False)
    for (heading, is_number), width in zip(headings, widths, strict=True):
        table.add_column(heading, justify="right" if is_number else "left", overflow="fold", width=width)
    for cells in listed:
        table.add_row(*(Text(cell) for cell in cells))
    Console(width=TABLE_WIDTH, highlight=False).print(table)


def column_widths(columns: Sequence[Sequence[str]], whole: Sequence[bool]) -> list[int]:
    r"""Share the 80 columns of the screen between the columns of a table.

    Every column gets room for its longest word (an id must stay in one piece to be copied), one that is to be kept
    `whole` for its longest line; what is left goes to the columns that have more to say.

    Examples
    --------
    >>> column_widths([["Price", "Hospital day\nhospital-day"], ["Amount", "SEK 9,300"]], [False, True])
    [12, 9]
    """
    lines = [[line for cell in column for line in cell.split("\n")] for column in columns]
    wanted = [max(len(line) for line in of_column) for of_column in lines]
    needed = [
        want if keep else max(len(word) for line in of_column for word in line.split(" "))
        for of_column, want, keep in zip(lines, wanted, whole, strict=True)
    ]
    spare = TABLE_WIDTH - _GAP * (len(columns) - 1) - sum(needed)
    lacking = [want - need for want, need in zip(wanted, needed, strict=True)]
    if sum(lacking) <= spare:
        return wanted
    if spare < 0:
        # No room for every longest word: the last column, never the ids, is broken inside words.
        return [*needed[:-1], max(8, needed[-1] + spare)]
    return [need + spare * lack // sum(lacking) for need, lack in zip(needed, lacking, strict=True)]


def print_facts(title: str, facts: Iterable[tuple[str, str]]) -> None:
    """Write one row as a list of labels and texts, wrapped at 80 columns."""
    from textwrap import fill

    listed = [(label, text) for label, text in facts if text]
    margin = max(len(label) for label, _ in listed) + 4
    typer.echo(fill(title, TABLE_WIDTH))
    for label, text in listed:
        for number, paragraph in enumerate(text.split("\n")):
            start = f"  {label if number == 0 else ''}".ljust(margin)
            typer.echo(
                fill(
                    paragraph,
                    TABLE_WIDTH,
                    initial_indent=start,
                    subsequent_indent=" " * margin,
                    break_long_words=False,
                    break_on_hyphens=False,
                )
            )


def print_paragraph(text: str) -> None:
    """Write a paragraph, wrapped at 80 columns; addresses and paths stay in one piece."""
    from textwrap import fill

    typer.echo(fill(text, TABLE_WIDTH, break_long_words=False, break_on_hyphens=False))


def amount(value: float, words: Texts) -> str:
    """Write an amount to the krona, or to the öre when it has any."""
    from socio_calc.locale import number

    decimals = 0 if value >= 1000 or value == int(value) else 2
    return words.t("cli.reference.sek", amount=number(value, words.lang, decimals))


def interval(low: float, high: float, words: Texts) -> str:
    """Write two numbers as an interval; the words to, never a dash, where one is negative."""
    from socio_calc.locale import number

    key = "cli.reference.between-signed" if low < 0 else "cli.reference.between"
    return words.t(key, low=number(low, words.lang), high=number(high, words.lang))


def name_of(row: CostRow | BaselineRow | ParameterRow, words: Texts) -> str:
    """Return the name of a row in the language of the texts."""
    return row.name_sv if words.lang == "sv" else row.name_en


def unit_of(list_name: str, unit: str, words: Texts) -> str:
    """Write a unit that stands in the data as a phrase, `SEK per month` for instance."""
    return words.choice(list_name, unit.replace(",", "").replace(" ", "-").lower())


def first_words(values: Iterable[str] | None) -> str:
    """Join the search words of a command."""
    return " ".join(values or ())


def print_none_found(searched: str, words: Texts) -> None:
    """Say that nothing matches, on standard error: a program that reads the output gets nothing."""
    key = "cli.reference.none-found" if searched else "cli.reference.none-chosen"
    typer.echo(words.t(key, words=searched), err=True)


def print_count(n: int, words: Texts, **more: object) -> None:
    """Write how many rows there were and how to see one of them whole."""
    typer.echo(words.t("cli.reference.count", n=n, **more))


def one_format(as_json: bool, as_csv: bool) -> None:
    """Refuse two output formats at once."""
    if as_json and as_csv:
        raise typer.BadParameter("--json --csv")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ";".join(value)
    if isinstance(value, float):
        return repr(int(value)) if value == int(value) else repr(value)
    return str(value)
