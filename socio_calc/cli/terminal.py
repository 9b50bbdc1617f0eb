"""What the commands share of a terminal: its language, its width, and how lines are shown in it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from socio_calc.locale import Language
    from socio_calc.report.screen import Line


#: Exit status of wrong usage (CASE_FORMAT).
USAGE = 2


class LanguageName(StrEnum):
    """Language of what is written."""

    sv = "sv"
    en = "en"


def screen_width() -> int:
    """Return the columns of the terminal, at most 80; 80 where there is none."""
    return max(40, min(80, shutil.get_terminal_size((80, 40)).columns))


def needs_file_name(file: Path, example: str, lang: Language) -> None:
    """Make sure that an argument names a file and no folder.

    Raises
    ------
    typer.Exit
        With the status of wrong usage, after saying so.
    """
    if file.name in ("", ".."):
        import typer

        from socio_calc.locale import texts

        print(texts(lang).t("cli.no-file-name", file=str(file), example=example), file=sys.stderr)
        raise typer.Exit(USAGE)


def show(lines: Sequence[Line]) -> None:
    """Print a result; on a terminal its headings are bold, unless NO_COLOR is set."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        print("\n".join(line.text for line in lines))
        return
    from rich.console import Console

    from socio_calc.report.screen import styled

    Console(highlight=False, soft_wrap=True).print(styled(lines))
