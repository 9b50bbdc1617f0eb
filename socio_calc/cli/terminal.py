"""What the commands share of a terminal: its language, its width, and how lines are shown in it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from socio_calc.report.screen import Line


class LanguageName(StrEnum):
    """Language of what is written."""

    sv = "sv"
    en = "en"


def screen_width() -> int:
    """Return the columns of the terminal, at most 80; 80 where there is none."""
    return max(40, min(80, shutil.get_terminal_size((80, 40)).columns))


def show(lines: Sequence[Line]) -> None:
    """Print a result; on a terminal its headings are bold, unless NO_COLOR is set."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        print("\n".join(line.text for line in lines))
        return
    from rich.console import Console

    from socio_calc.report.screen import styled

    Console(highlight=False, soft_wrap=True).print(styled(lines))
