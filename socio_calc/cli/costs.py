"""`socio-calc costs`: finds prices in the reference base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from socio_calc.cli import reference_output as output

if TYPE_CHECKING:
    from socio_calc.locale import Texts
    from socio_calc.reference import CostRow, ReferenceBase


def costs(
    words: Annotated[list[str] | None, typer.Argument()] = None,
    category: Annotated[str | None, typer.Option("--category")] = None,
    payer: Annotated[str | None, typer.Option("--payer")] = None,
    stale: Annotated[bool, typer.Option("--stale")] = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    as_csv: Annotated[bool, typer.Option("--csv")] = False,
    lang: Annotated[Literal["sv", "en"], typer.Option("--lang")] = "sv",
) -> None:
    """Find prices; the words of the help come from the catalogue."""
    from socio_calc.locale import texts
    from socio_calc.reference import latest_year, load_reference, price_in, stale_prices
    from socio_calc.reference.search import search_costs
    from socio_calc.reference.tables import COSTS
    from socio_calc.reference.vocabulary import ACTORS, CATEGORIES

    output.one_format(as_json, as_csv)
    output.check_choice("--category", category, CATEGORIES)
    output.check_choice("--payer", payer, ACTORS)
    base = load_reference()
    searched = output.first_words(words)
    rows = search_costs(base.costs.values(), searched)
    today = base.indices["kpif"].last
    old = {row.id for row in stale_prices(base.costs.values(), today)}
    chosen = [
        row
        for row in rows
        if (category is None or row.category == category)
        and (payer is None or row.payer == payer)
        and (not stale or row.id in old)
    ]
    if as_json:
        output.print_json(
            [
                output.plain_row(
                    row, value_today=price_in(base, row, latest_year(base, row)), today=latest_year(base, row)
                )
                for row in chosen
            ]
        )
    elif as_csv:
        output.print_csv(COSTS.columns, chosen)
    elif not chosen:
        output.print_none_found(searched, texts(lang))
    else:
        _print(base, chosen, texts(lang), stale_before=today - 10 if stale else None)


def _print(base: ReferenceBase, rows: list[CostRow], words: Texts, stale_before: int | None) -> None:
    headings = (
        (words.t("cli.costs.column.name"), False),
        (words.t("cli.costs.column.amount"), True),
        (words.t("cli.costs.column.unit"), False),
    )
    output.print_table(headings, (_cells(row, words) for row in rows))
    if stale_before is not None:
        typer.echo(words.t("cli.costs.stale-note", year=stale_before))
    output.print_count(len(rows), words)


def _cells(row: CostRow, words: Texts) -> tuple[str, str, str]:
    use = "" if row.use == "default" else f"\n{words.choice('price_use', row.use)}"
    payer = "" if row.payer is None else f"\n{words.choice('actor', row.payer)}"
    return (
        f"{output.name_of(row, words)}\n{row.id}{use}",
        f"{output.amount(row.value, words)}\n{words.t('cli.costs.in-prices', year=row.price_year)}",
        f"{words.choice('price_unit', row.per)}{payer}",
    )
