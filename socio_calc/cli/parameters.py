"""`socio-calc parameters`: finds rates, taxes, wages and quality-of-life weights in the reference base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from socio_calc.cli import reference_output as output

if TYPE_CHECKING:
    from socio_calc.locale import Texts
    from socio_calc.reference import ParameterRow


def parameters(
    words: Annotated[list[str] | None, typer.Argument()] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    as_csv: Annotated[bool, typer.Option("--csv")] = False,
    lang: Annotated[Literal["sv", "en"], typer.Option("--lang")] = "sv",
) -> None:
    """Find rates, taxes and wages; the words of the help come from the catalogue."""
    from socio_calc.locale import texts
    from socio_calc.reference import load_reference
    from socio_calc.reference.search import search_parameters
    from socio_calc.reference.tables import PARAMETERS

    output.one_format(as_json, as_csv)
    searched = output.first_words(words)
    rows = search_parameters(load_reference().parameters.values(), searched)
    if as_json:
        output.print_json([output.plain_row(row) for row in rows])
    elif as_csv:
        output.print_csv(PARAMETERS.columns, rows)
    elif not rows:
        output.print_none_found(searched, texts(lang))
    else:
        words_of = texts(lang)
        headings = (
            (words_of.t("cli.parameters.column.name"), False),
            (words_of.t("cli.parameters.column.value"), True),
            (words_of.t("cli.parameters.column.unit"), False),
        )
        output.print_table(headings, (_cells(row, words_of) for row in rows))
        output.print_count(len(rows), words_of)


def _cells(row: ParameterRow, words: Texts) -> tuple[str, str, str]:
    from socio_calc.locale import number

    return (
        f"{output.name_of(row, words)}\n{row.id}",
        number(row.value, words.lang),
        f"{output.unit_of('parameter_unit', row.unit, words)}\n{row.year}",
    )
