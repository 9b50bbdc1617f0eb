"""`socio-calc check CASE`: the support group's check of an application, or of every application in a folder."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from socio_calc.cli.marking import marking
from socio_calc.cli.terminal import USAGE, LanguageName, screen_width
from socio_calc.locale import Language, texts

if TYPE_CHECKING:
    from socio_calc.review.folder import Progress
    from socio_calc.review.protocol.earlier import EarlierProtocol

#: Exit status when a must-rule does not hold (CASE_FORMAT).
RULE_BROKEN = 3
#: Exit status when a file, or every file of a folder, cannot be computed.
CASE_WRONG = 1


def check(
    case: Annotated[Path, typer.Argument(metavar="CASE")],
    fund: Annotated[str | None, typer.Option("--fund", metavar="FUND")] = None,
    strict: Annotated[bool, typer.Option("--strict")] = False,
    out: Annotated[Path | None, typer.Option("--out")] = None,
    previous: Annotated[Path | None, typer.Option("--previous")] = None,
    lang: Annotated[LanguageName, typer.Option("--lang")] = LanguageName.sv,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    force: Annotated[bool, typer.Option("--force")] = False,
    mark: Annotated[bool, typer.Option("--mark")] = False,
) -> None:
    """Check an application or a folder of them; the words of the help come from the catalogue."""
    from socio_calc.case.personal_data import redacted
    from socio_calc.locale import render_all
    from socio_calc.problems import InputError

    language: Language = "en" if lang is LanguageName.en else "sv"
    try:
        if case.is_dir():
            _check_folder(case, fund, strict, out, previous, language, as_json, force)
        else:
            with marking(case, language, force=force) if mark else nullcontext():
                _check_file(case, fund, strict, out, previous, language, as_json, force)
    except InputError as error:
        # What is wrong with a file is told in its own words: personal data in them must not be shown here either.
        print(redacted(render_all(error.problems, language)), file=sys.stderr)
        raise typer.Exit(CASE_WRONG) from None


def _check_file(
    case: Path,
    fund: str | None,
    strict: bool,
    out: Path | None,
    previous: Path | None,
    lang: Language,
    as_json: bool,
    force: bool,
) -> None:
    from socio_calc.form.opening import open_any
    from socio_calc.review.any_file import review_file
    from socio_calc.review.export import review_json
    from socio_calc.review.screen import earlier_screen, review_screen, written_screen

    earlier = _earlier(previous)
    review = review_file(case, opener=open_any, fund=fund, strict=strict)
    written: list[Path] = []
    if out is not None:
        from socio_calc.review.protocol.files import write_protocol

        written = write_protocol(review, out, lang, earlier=earlier, force=force)
    if as_json:
        _write_json(review_json(review, lang))
    else:
        width = screen_width()
        print(review_screen(review, lang, width, strict))
        if earlier is not None:
            print(earlier_screen(review, earlier, lang, width))
        if written:
            print(written_screen(written, lang, width))
    if review.verdict == "fail":
        raise typer.Exit(RULE_BROKEN)


def _earlier(previous: Path | None) -> EarlierProtocol | None:
    if previous is None:
        return None
    from socio_calc.review.protocol.read_back import read_protocol

    return read_protocol(previous)


def _check_folder(
    folder: Path,
    fund: str | None,
    strict: bool,
    out: Path | None,
    previous: Path | None,
    lang: Language,
    as_json: bool,
    force: bool,
) -> None:
    from socio_calc.form.opening import open_any
    from socio_calc.review import review_folder
    from socio_calc.review.export import folder_json
    from socio_calc.review.screen import folder_screen, written_screen

    if previous is not None and not previous.is_dir():
        print(texts(lang).t("cli.check.previous-folder"), file=sys.stderr)
        raise typer.Exit(USAGE)
    written: tuple[Path, ...] = ()
    with _progress(lang) as progress:
        if out is None:
            checked = review_folder(folder, fund=fund, strict=strict, opener=open_any, progress=progress)
        else:
            from socio_calc.review.protocol.many import write_protocols

            done = write_protocols(
                folder,
                out,
                lang,
                fund=fund,
                strict=strict,
                opener=open_any,
                progress=progress,
                previous=previous,
                force=force,
            )
            checked, written = done.review, done.files
    if as_json:
        _write_json(folder_json(checked, lang))
    else:
        print(folder_screen(checked, lang, screen_width(), written[-1].name if written else None))
        if written:
            print(written_screen(written, lang, screen_width()))
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
    from rich.markup import escape
    from rich.status import Status

    from socio_calc.case.personal_data import redacted
    from socio_calc.locale import printable

    words = texts(lang)
    with Status("", console=Console(stderr=True)) as status:

        def show(done: int, total: int, name: str) -> None:
            line = words.t("check.progress", done=done + 1, total=total, file=redacted(printable(name)))
            status.update(escape(line))

        yield show
