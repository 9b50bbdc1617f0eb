"""`socio-calc`: finds the command, runs it, and turns every failure into words and an exit status."""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from socio_calc.cli.terminal import USAGE
from socio_calc.locale import LANGUAGES, Language, texts
from socio_calc.version import __version__

if TYPE_CHECKING:
    from typer._click.core import Command

DONE, CASE_WRONG, CANNOT_WRITE, STOPPED, OUR_FAULT = 0, 1, 4, 130, 70
#: What a system says of standard output where no more can be written.
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF)
#: Options that take several numbers after one name.
LISTED_OPTIONS = ("--horizon",)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit status."""
    status = run(list(sys.argv[1:] if arguments is None else arguments))
    # What is alive now goes with the process; the interpreter would look through all of it once more before it ends.
    gc.freeze()
    sys.exit(status)


def run(arguments: list[str]) -> int:
    """Run one command and return its exit status."""
    lang = language(arguments)
    # Small matrix products on many threads cost more than they give; this must be set before NumPy is imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Else pydantic reads the metadata of every package of the environment, to ask each for plug-ins.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # A command makes many objects that live to its end and hardly any cycles: by default the collector would look
    # through all of them again and again, for a tenth of the time of a short run.
    gc.set_threshold(1_000_000, 20, 20)
    _prepare_streams()
    from socio_calc.problems import InputError

    try:
        try:
            if arguments[:1] in (["--version"], ["-V"]):
                print(texts(lang).t("cli.version", version=__version__))
                status = DONE
            else:
                status = _run(with_lists(language_in_place(arguments)), lang)
            sys.stdout.flush()
            return status
        except InputError as error:
            from socio_calc.case.personal_data import redacted
            from socio_calc.locale import render_all

            print(redacted(render_all(error.problems, lang)), file=sys.stderr)
            return CASE_WRONG
    except KeyboardInterrupt:
        print(texts(lang).t("cli.stopped"), file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        _print_nowhere()
        return DONE
    except SystemExit:  # what the parser makes of a reader who has gone
        return DONE
    except Exception as error:
        if isinstance(error, OSError) and error.filename is None and error.errno in _NO_ROOM:
            _print_nowhere()
            print(texts(lang).t("cli.cannot-print"), file=sys.stderr)
            return CANNOT_WRITE
        return _our_fault(error, lang)


def _prepare_streams() -> None:
    """Write UTF-8, names that are none as codes, and nowhere where a stream is closed; read whatever is written."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    with contextlib.suppress(AttributeError, ValueError):
        sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]


def _print_nowhere() -> None:
    """Send what is still to be printed nowhere, so that the interpreter does not fail on it at its end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def language(arguments: Sequence[str]) -> Language:
    """Return the language that the arguments ask for, else that of SOCIO_CALC_LANG, else Swedish.

    >>> language(["run", "x.yaml", "--lang", "en"]), language(["--lang=sv"]), language([])
    ('en', 'sv', 'sv')
    """
    wanted = os.environ.get("SOCIO_CALC_LANG", "")
    for at, argument in enumerate(arguments):
        if argument == "--lang" and at + 1 < len(arguments):
            wanted = arguments[at + 1]
        elif argument.startswith("--lang="):
            wanted = argument.partition("=")[2]
    return next((known for known in LANGUAGES if known == wanted), "sv")


def language_in_place(arguments: Sequence[str]) -> list[str]:
    """Move `--lang` behind the command, where the parser knows it; without a command it is left out.

    >>> language_in_place(["--lang", "en", "run", "x.yaml"]), language_in_place(["--help", "--lang=en"])
    (['run', 'x.yaml', '--lang', 'en'], ['--help'])
    """
    kept: list[str] = []
    wanted: list[str] = []
    rest = list(arguments)
    while rest:
        argument = rest.pop(0)
        if argument == "--lang":
            wanted = [argument, *rest[:1]]
            del rest[:1]
        elif argument.startswith("--lang="):
            wanted = [argument]
        else:
            kept.append(argument)
    return kept + wanted if any(not argument.startswith("-") for argument in kept) else kept


def with_lists(arguments: Sequence[str]) -> list[str]:
    """Write `--horizon 1 5 10` as one option for each number, as the parser knows it.

    >>> with_lists(["run", "x.yaml", "--horizon", "1", "5", "--json"])
    ['run', 'x.yaml', '--horizon', '1', '--horizon', '5', '--json']
    """
    result: list[str] = []
    option, count = None, 0
    for argument in arguments:
        if argument in LISTED_OPTIONS:
            option, count = argument, 0
        elif option and argument.isdigit():
            count += 1
            if count > 1:
                result.append(option)
        else:
            option = None
        result.append(argument)
    return result


def _run(arguments: list[str], lang: Language) -> int:
    from typer._click.exceptions import ClickException
    from typer.exceptions import Abort, Exit

    from socio_calc.cli.commands import command
    from socio_calc.report.files import OutputError

    tool = command(lang, arguments[0] if arguments else None)
    try:
        status = tool.main(arguments, prog_name="socio-calc", standalone_mode=False)
    except Exit as stop:
        return int(stop.exit_code)
    except Abort:
        print(texts(lang).t("cli.stopped"), file=sys.stderr)
        return STOPPED
    except OutputError as error:
        from socio_calc.locale import render_problem

        for problem in error.problems:
            print(render_problem(problem, lang), file=sys.stderr)
        return CANNOT_WRITE
    except ClickException as error:
        print(_usage(error, tool, arguments, lang), file=sys.stderr)
        return USAGE
    if status == STOPPED:  # the parser turns an interrupt into this
        print(texts(lang).t("cli.stopped"), file=sys.stderr)
    return int(status or DONE)


def _usage(error: Exception, tool: Command, arguments: Sequence[str], lang: Language) -> str:
    """Say what is wrong with the arguments, in our own words."""
    words = texts(lang)
    commands = getattr(tool, "commands", {})
    name = next((argument for argument in arguments if not argument.startswith("-")), None)
    if name is None:
        return words.t("cli.no-command")
    if name not in commands:
        from difflib import get_close_matches

        nearest = get_close_matches(name, commands, 1)
        return words.t("cli.unknown-command", cmd=name, nearest=nearest[0] if nearest else None)
    kind = type(error).__name__
    option = getattr(error, "option_name", None)
    if kind == "NoSuchOption":
        possible = getattr(error, "possibilities", None) or []
        return words.t("cli.unknown-option", option=option, cmd=name, nearest=possible[0] if possible else None)
    if kind == "MissingParameter":
        parameter = getattr(error, "param", None)
        missing = (parameter.metavar or parameter.opts[0]) if parameter is not None else ""
        return words.t("cli.missing", cmd=name, missing=missing)
    if kind == "BadParameter":
        parameter = getattr(error, "param", None)
        where = "/".join(parameter.opts) if parameter is not None else ""
        own = f"cli.bad-value.{getattr(parameter, 'name', None)}"
        if words.has(own):
            return words.t(own, cmd=name)
        return words.t("cli.bad-value", option=where, cmd=name)
    if kind == "BadOptionUsage":
        return words.t("cli.option-needs-value", option=option, cmd=name)
    return words.t("cli.usage", cmd=name)


def _our_fault(error: Exception, lang: Language) -> int:
    """Keep the traceback in a file and say where it is."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix="socio-calc-", suffix=".log", delete=False, encoding="utf-8", errors="backslashreplace"
    ) as log:
        log.write("".join(traceback.format_exception(error)))
    if os.environ.get("SOCIO_CALC_TRACEBACK"):
        traceback.print_exception(error)
    print(texts(lang).t("cli.our-fault", log=log.name), file=sys.stderr)
    return OUR_FAULT
