"""The table of commands, with their help in the user's language."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

import typer
from typer.core import TyperCommand, TyperGroup

from socio_calc.locale import Language, texts

if TYPE_CHECKING:
    from typer._click.core import Command, Context

#: Every command, in the order of the help. Command NAME is the function NAME of the module `socio_calc.cli.NAME`; its
#: words are `cli.NAME.help`, `cli.NAME.short`, `cli.NAME.PARAMETER` in the catalogues.
COMMANDS: tuple[str, ...] = (
    "models",
    "new",
    "form",
    "convert",
    "run",
    "sensitivity",
    "check",
    "reproduce",
    "compare",
    "annexes",
    "costs",
    "evidence",
    "baselines",
    "parameters",
    "explain",
    "show",
    "schema",
)
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
        The command that will run, if known: where it is one of ours, the others are left out, as each takes some
        milliseconds to import and to build; else they are there by name alone, for the list of commands.

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
    for name in (asked,) if asked is not None and asked in COMMANDS else COMMANDS:
        app.command(name, cls=OneCommand)(function_of(name) if name == asked else _listed)
    app.callback()(_program)
    tool = typer.main.get_command(app)
    tool.help = words.t("cli.help")
    for name, sub in getattr(tool, "commands", {}).items():
        sub.help = words.t(f"cli.{name}.help")
        sub.short_help = words.t(f"cli.{name}.short")
        for parameter in sub.params:
            parameter.help = words.t(f"cli.{name}.{parameter.name}")
    return tool


def function_of(name: str) -> Callable[..., None]:
    """Return the function of a command.

    >>> function_of("run").__module__
    'socio_calc.cli.run'
    """
    function: Callable[..., None] = getattr(import_module(f"socio_calc.cli.{name}"), name)
    return function


def _listed() -> None:
    """Stand for a command in the list of commands."""


def _program() -> None:
    """Hold the commands together; the words come from the catalogue."""
