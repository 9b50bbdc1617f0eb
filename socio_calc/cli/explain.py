"""`socio-calc explain WORD`: says in plain words what a term or a choice of method means, and where that comes from."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from socio_calc.cli.terminal import LanguageName, screen_width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from socio_calc.locale import Language
    from socio_calc.report.explanations import Explanation

#: Exit status when nothing is explained by the word.
UNKNOWN_WORD = 1


def explain(
    words: Annotated[list[str] | None, typer.Argument()] = None,
    lang: Annotated[LanguageName, typer.Option("--lang")] = LanguageName.sv,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Explain a word; the words of the help come from the catalogue."""
    from socio_calc.locale import texts
    from socio_calc.report.explanations import explanations, find, nearest

    language: Language = "en" if lang is LanguageName.en else "sv"
    asked = " ".join(words or ()).strip()
    found = find(asked, language) if asked else explanations(language)
    if as_json:
        _write_json(found)
        return
    said = texts(language)
    if not found:
        print(said.t("explain.none", word=asked, nearest=nearest(asked, language)), file=sys.stderr)
        raise typer.Exit(UNKNOWN_WORD)
    if len(found) == 1:
        print("\n".join(_block(found[0], language)))
        return
    print("\n".join(_list(found, language)))
    print()
    print(said.t("explain.several" if asked else "explain.hint"))


def _block(one: Explanation, lang: Language) -> Iterable[str]:
    """Yield the lines of one explanation."""
    from textwrap import wrap

    from socio_calc.locale import printable, texts

    words, width = texts(lang), screen_width()
    yield one.title
    yield ""
    yield from wrap(one.text, width)
    if one.confirmed == "no":
        yield from ("", *wrap(words.t("explain.unconfirmed"), width))
    elif one.source:
        own = f" {words.t('explain.own')}" if one.confirmed == "own" else ""
        yield from ("", *wrap(words.t("explain.source", source=one.source) + own, width))
        if one.url:
            yield printable(one.url)
    if one.see:
        yield from ("", *wrap(words.t("explain.see", list=one.see), width))


def _list(found: Iterable[Explanation], lang: Language) -> Iterable[str]:
    """Yield a line for each explanation, by kind."""
    from itertools import groupby

    from socio_calc.locale import texts

    listed = list(found)
    room = max(len(one.key) for one in listed) + 2
    for number, (kind, group) in enumerate(groupby(listed, key=lambda one: one.kind)):
        if number:
            yield ""
        yield texts(lang).t(f"explain.heading-{kind}s")
        for one in group:
            title = one.title
            left = max(screen_width() - room - 2, 20)
            yield f"  {one.key:<{room}}{title if len(title) <= left else title[: left - 1] + '…'}"


def _write_json(found: Iterable[Explanation]) -> None:
    import json
    from dataclasses import asdict

    print(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
