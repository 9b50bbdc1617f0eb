"""`socio-calc reproduce REPORT`: run a report again and say whether it comes out the same."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from socio_calc.cli.terminal import LanguageName, screen_width, show
from socio_calc.locale import Language

#: Exit status when the report does not come out the same (CASE_FORMAT).
DIFFERS = 3


def reproduce(
    report: Annotated[Path, typer.Argument(metavar="REPORT")],
    case: Annotated[Path | None, typer.Argument(metavar="CASE")] = None,
    lang: Annotated[LanguageName, typer.Option("--lang")] = LanguageName.sv,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Run a report again; the words of the help come from the catalogue."""
    from socio_calc.review.reproduce import reproduce as run_again
    from socio_calc.review.reproduce_output import reproduction_json, reproduction_screen

    language: Language = "en" if lang is LanguageName.en else "sv"
    result = run_again(report, case)
    if as_json:
        sys.stdout.write(json.dumps(reproduction_json(result), ensure_ascii=False, indent=1, allow_nan=False) + "\n")
    else:
        show(reproduction_screen(result, language, screen_width()))
    if not result.same:
        raise typer.Exit(DIFFERS)
