"""The table of commands, with their help in the user's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import typer

from socio_calc.cli.baselines import baselines
from socio_calc.cli.costs import costs
from socio_calc.cli.evidence import evidence
from socio_calc.cli.parameters import parameters
from socio_calc.cli.run import run
from socio_calc.cli.schema import schema
from socio_calc.cli.show import show
from socio_calc.locale import Language, texts

if TYPE_CHECKING:
    from typer._click.core import Command

#: Every command by its name; its words are `cli.NAME.help` and `cli.NAME.PARAMETER` in the catalogues.
COMMANDS: dict[str, Callable[..., None]] = {
    "run": run,
    "costs": costs,
    "evidence": evidence,
    "baselines": baselines,
    "parameters": parameters,
    "show": show,
    "schema": schema,
}


def command(lang: Language) -> Command:
    """Return the whole command line with its help in one language.

    Raises
    ------
    KeyError
        When a command or an option has no words in the catalogue.
    """
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    for name, function in COMMANDS.items():
        app.command(name)(function)
    app.callback()(_program)
    tool = typer.main.get_command(app)
    words = texts(lang)
    tool.help = words.t("cli.help")
    for name, sub in getattr(tool, "commands", {}).items():
        sub.help = words.t(f"cli.{name}.help")
        sub.short_help = words.t(f"cli.{name}.short")
        for parameter in sub.params:
            parameter.help = words.t(f"cli.{name}.{parameter.name}")
    return tool


def _program() -> None:
    """Hold the commands together; the words come from the catalogue."""
