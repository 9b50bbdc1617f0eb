"""The table of commands, with their help in the user's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import typer
from typer.core import TyperCommand, TyperGroup

from socio_calc.cli.baselines import baselines
from socio_calc.cli.check import check
from socio_calc.cli.costs import costs
from socio_calc.cli.evidence import evidence
from socio_calc.cli.parameters import parameters
from socio_calc.cli.run import run
from socio_calc.cli.schema import schema
from socio_calc.cli.sensitivity import sensitivity
from socio_calc.cli.show import show
from socio_calc.locale import Language, texts

if TYPE_CHECKING:
    from typer._click.core import Command, Context

#: Every command by its name; its words are `cli.NAME.help`, `cli.NAME.short`, `cli.NAME.PARAMETER` in the catalogues.
COMMANDS: dict[str, Callable[..., None]] = {
    "run": run,
    "sensitivity": sensitivity,
    "check": check,
    "costs": costs,
    "evidence": evidence,
    "baselines": baselines,
    "parameters": parameters,
    "show": show,
    "schema": schema,
}
#: The parser's own words in a help text, and where ours stand; most are not translatable in the library.
PARSER_WORDS = {
    "Usage: ": "cli.word.usage",
    "Show this message and exit.": "cli.word.help-option",
    "\nOptions:\n": "cli.word.options",
    "\nArguments:\n": "cli.word.arguments",
    "\nCommands:\n": "cli.word.commands",
    "[OPTIONS]": "cli.word.options-place",
    "COMMAND [ARGS]...": "cli.word.command-place",
    "[default: ": "cli.word.default",
    "[required]": "cli.word.required",
}


def command(lang: Language, asked: str | None = None) -> Command:
    """Return the command line with its help in one language.

    Parameters
    ----------
    lang
        Language of the help.
    asked
        The command that will run, if known: where it is one of ours, the parsers of the others are left out, as each
        takes a millisecond to build.

    Raises
    ------
    KeyError
        When a command or an option has no words in the catalogue.
    """
    words = texts(lang)

    def translated(help_text: str) -> str:
        for parser_word, key in PARSER_WORDS.items():
            if parser_word in help_text:
                edge = "\n" if parser_word.startswith("\n") else ""
                help_text = help_text.replace(parser_word, f"{edge}{words.t(key)}{edge}")
        return help_text

    class OneCommand(TyperCommand):
        def get_help(self, ctx: Context) -> str:
            return translated(super().get_help(ctx))

    class AllCommands(TyperGroup):
        def get_help(self, ctx: Context) -> str:
            return translated(super().get_help(ctx))

    app = typer.Typer(cls=AllCommands, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    for name, function in COMMANDS.items():
        if asked not in COMMANDS or name == asked:
            app.command(name, cls=OneCommand)(function)
    app.callback()(_program)
    tool = typer.main.get_command(app)
    tool.help = words.t("cli.help")
    for name, sub in getattr(tool, "commands", {}).items():
        sub.help = words.t(f"cli.{name}.help")
        sub.short_help = words.t(f"cli.{name}.short")
        for parameter in sub.params:
            parameter.help = words.t(f"cli.{name}.{parameter.name}")
    return tool


def _program() -> None:
    """Hold the commands together; the words come from the catalogue."""
