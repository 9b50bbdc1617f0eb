"""`socio-calc models`: the worked cases that ship, with what came out of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from socio_calc.cli import reference_output as output
from socio_calc.cli.terminal import LanguageName
from socio_calc.locale import Language, texts

if TYPE_CHECKING:
    from socio_calc.locale import Texts
    from socio_calc.templates import Example


def models(
    as_json: Annotated[bool, typer.Option("--json")] = False,
    lang: Annotated[LanguageName, typer.Option("--lang")] = LanguageName.sv,
) -> None:
    """List the worked cases; the words of the help come from the catalogue."""
    from socio_calc.templates import examples

    language: Language = "en" if lang is LanguageName.en else "sv"
    words = texts(language)
    found = examples()
    if as_json:
        output.print_json([_plain(example, words) for example in found])
        return
    headings = [(words.t(f"models.column.{name}"), False) for name in ("example", "target", "basis", "result")]
    output.print_table(headings, [_cells(example, words) for example in found])
    output.print_paragraph(words.t("models.caution"))
    output.print_paragraph(words.t("models.next", folder=str(found[0].path.parent)))


def _cells(example: Example, words: Texts) -> tuple[str, str, str, str]:
    from socio_calc.locale import probability_short

    figures = example.figures
    title, target = _title(example, words), _target(example, words)
    base, result = figures["scenarios"][0], figures["result"]
    return (
        f"{title}\n{example.slug}",
        f"{words.t(f'models.area.{example.area}')}\n{target}",
        f"{words.t('models.years', n=str(figures['horizon']))}\n{words.choice('grade', figures['grade'])}",
        f"{words.t(f'models.result.{result}')}\n"
        f"{words.t('models.probability', p=probability_short(base['probability'], words.lang))}",
    )


def _plain(example: Example, words: Texts) -> dict[str, Any]:
    """Return what the table says, with the figures behind it."""
    return {
        "slug": example.slug,
        "title": _title(example, words),
        "area": words.t(f"models.area.{example.area}"),
        "target": _target(example, words),
        "result_text": words.t(f"models.result.{example.figures['result']}"),
        "file": str(example.path),
        "card": str(example.card),
        **{key: value for key, value in example.figures.items() if key != "title"},
    }


def _title(example: Example, words: Texts) -> str:
    return example.title if words.lang == "sv" else example.title_en


def _target(example: Example, words: Texts) -> str:
    return example.target if words.lang == "sv" else example.target_en
