"""`socio-calc check CASE`: the support group's check of a case, or of every case in a folder."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from socio_calc.cli.terminal import LanguageName, screen_width
from socio_calc.locale import Language, texts

if TYPE_CHECKING:
    from socio_calc.review.folder import Progress

#: Exit status when a must-rule does not hold (CASE_FORMAT).
RULE_BROKEN = 3
#: Exit status when no file of a folder could be computed.
CASE_WRONG = 1


def check(
    case: Annotated[Path, typer.Argument(metavar="CASE")],
    fund: Annotated[str | None, typer.Option("--fund", metavar="FUND")] = None,
    strict: Annotated[bool, typer.Option("--strict")] = False,
    lang: Annotated[LanguageName, typer.Option("--lang")] = LanguageName.sv,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Check a case or a folder of cases; the words of the help come from the catalogue."""
    language: Language = "en" if lang is LanguageName.en else "sv"
    if case.is_dir():
        _check_folder(case, fund, strict, language, as_json)
        return
    from socio_calc.review import review_case
    from socio_calc.review.export import review_json
    from socio_calc.review.screen import review_screen

    review = review_case(case, fund=fund, strict=strict)
    if as_json:
        _write_json(review_json(review, language))
    else:
        print(review_screen(review, language, screen_width(), strict))
    if review.verdict == "fail":
        raise typer.Exit(RULE_BROKEN)


def _check_folder(folder: Path, fund: str | None, strict: bool, lang: Language, as_json: bool) -> None:
    from socio_calc.review import review_folder
    from socio_calc.review.export import folder_json
    from socio_calc.review.screen import folder_screen

    with _progress(lang) as progress:
        checked = review_folder(folder, fund=fund, strict=strict, progress=progress)
    if as_json:
        _write_json(folder_json(checked, lang))
    else:
        print(folder_screen(checked, lang, screen_width()))
    if any(item.review is not None and item.review.verdict == "fail" for item in checked.files):
        raise typer.Exit(RULE_BROKEN)
    if all(item.review is None for item in checked.files):
        raise typer.Exit(CASE_WRONG)


def _write_json(result: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


@contextmanager
def _progress(lang: Language) -> Iterator[Progress | None]:
    """Show which file is being checked on standard error, in a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.status import Status

    words = texts(lang)
    with Status("", console=Console(stderr=True)) as status:
        yield lambda done, total, name: status.update(words.t("check.progress", done=done + 1, total=total, file=name))
