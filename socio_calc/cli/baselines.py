"""`socio-calc baselines`: finds levels under ordinary practice in the reference base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from socio_calc.cli import reference_output as output

if TYPE_CHECKING:
    from socio_calc.locale import Texts
    from socio_calc.reference import BaselineRow


def baselines(
    words: Annotated[list[str] | None, typer.Argument()] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    as_csv: Annotated[bool, typer.Option("--csv")] = False,
    lang: Annotated[Literal["sv", "en"], typer.Option("--lang")] = "sv",
) -> None:
    """Find levels under ordinary practice; the words of the help come from the catalogue."""
    from socio_calc.locale import texts
    from socio_calc.reference import load_reference
    from socio_calc.reference.search import search_baselines
    from socio_calc.reference.tables import BASELINES

    output.one_format(as_json, as_csv)
    searched = output.first_words(words)
    rows = search_baselines(load_reference().baselines.values(), searched)
    if as_json:
        output.print_json([output.plain_row(row) for row in rows])
    elif as_csv:
        output.print_csv(BASELINES.columns, rows)
    elif not rows:
        output.print_none_found(searched, texts(lang))
    else:
        words_of = texts(lang)
        headings = (
            (words_of.t("cli.baselines.column.name"), False),
            (words_of.t("cli.baselines.column.level"), True),
            (words_of.t("cli.baselines.column.where"), False),
        )
        output.print_table(headings, (_cells(row, words_of) for row in rows))
        output.print_count(len(rows), words_of)


def level_text(row: BaselineRow, words: Texts) -> str:
    """Write a level in its unit: a share as per cent, other levels as numbers."""
    from socio_calc.locale import number, share

    if row.unit == "share":
        return share(row.value, words.lang)
    return number(row.value, words.lang)


def _cells(row: BaselineRow, words: Texts) -> tuple[str, str, str]:
    return (
        f"{output.name_of(row, words)}\n{row.id}",
        f"{level_text(row, words)}\n{output.unit_of('baseline_unit', row.unit, words)}",
        f"{row.region}\n{row.year}",
    )
