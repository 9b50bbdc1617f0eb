"""Writes docs/commands.md: the help of every command, as the program prints it.

`python docs/make_commands.py` writes the page; with `--check` it only says whether the page is up to date.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path

from socio_calc.cli.commands import COMMANDS
from socio_calc.cli.main import run
from socio_calc.locale import texts

PAGE = Path(__file__).with_name("commands.md")
HEAD = """# Kommandon

Sidan är gjord av `docs/make_commands.py`: det som programmet skriver med `--help`. Med `--lang en` talar varje kommando
engelska, med `SOCIO_CALC_LANG=en` gör alla det.

Slutstatus: 0 klart, 1 kalkylen är fel, 2 fel användning, 3 en måste-regel är inte uppfylld eller en rapport skiljer
sig, 4 en fil kan inte skrivas, 70 programmets eget fel.
"""


def commands_page() -> str:
    """Return the page: a section for each command."""
    words = texts("sv")
    parts = [HEAD]
    for name in COMMANDS:
        parts.append(f"## socio-calc {name}\n\n{words.t(f'cli.{name}.short')}.\n\n```text\n{_help(name)}\n```\n")
    return "\n".join(parts)


def _help(name: str) -> str:
    written = io.StringIO()
    os.environ["COLUMNS"] = "80"
    with contextlib.redirect_stdout(written):
        status = run([name, "--help"])
    if status:
        raise RuntimeError(f"{name} --help ended with status {status}")
    return "\n".join(line.rstrip() for line in written.getvalue().strip().splitlines())


def main() -> int:
    """Write the page, or say whether it is up to date."""
    page = commands_page()
    if "--check" in sys.argv:
        return int(PAGE.read_text(encoding="utf-8") != page)
    PAGE.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
