"""`socio-calc new FILE`: a new case file, from a worked case or from a few questions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from socio_calc.cli.terminal import LanguageName, needs_file_name
from socio_calc.locale import Language, texts

if TYPE_CHECKING:
    from socio_calc.locale import Texts
    from socio_calc.templates.asking import Asker


#: What the name of a case file may end with; the first is added where none is there.
SUFFIXES = (".yaml", ".yml")


def new(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    source: Annotated[str | None, typer.Option("--from", metavar="MODEL")] = None,
    answers: Annotated[list[str] | None, typer.Option("--answer", metavar="KEY=ANSWER")] = None,
    lang: Annotated[LanguageName, typer.Option("--lang")] = LanguageName.sv,
    force: Annotated[bool, typer.Option("--force")] = False,
) -> None:
    """Make a new case; the words of the help come from the catalogue."""
    from socio_calc.report.files import is_there, write_files
    from socio_calc.templates.asking import Asker

    language: Language = "en" if lang is LanguageName.en else "sv"
    words = texts(language)
    needs_file_name(file, "kalkyl.yaml", language)
    target = file if file.suffix.lower() in SUFFIXES else file.with_name(f"{file.name}.yaml")
    if source is not None and answers:
        raise _problem("new-needs-one-way")
    asker = Asker(words, _given(answers or []), sys.stdin.isatty() and sys.stdout.isatty())
    if not force and is_there(target.parent, target.name):
        # Asked before the questions, so that nobody answers them all in vain.
        if not asker.terminal or not _may_overwrite(asker, target):
            _refuse(target, asker.terminal, words)
            return
        force = True
    if source is not None:
        from socio_calc.templates import example
        from socio_calc.templates.copying import copy_of

        shown = example(source)
        text = copy_of(shown, language)
        title = shown.title if language == "sv" else shown.title_en
        said = words.t(
            "new.written-copy", file=str(target), title=title, card=str(shown.card), mark=words.t("new.copy.mark")
        )
    else:
        text = _from_questions(asker, words)
        said = words.t("new.written", file=str(target), mark=words.t("new.copy.mark"))
    write_files(target.parent, {target.name: text.encode("utf-8")}, force=force)
    print(f"\n{said}" if asker.asked_by_lines else said)


def _from_questions(asker: Asker, words: Texts) -> str:
    from datetime import date

    from socio_calc.reference import load_reference
    from socio_calc.templates.draft import draft, prove
    from socio_calc.templates.interview import interview

    base, today = load_reference(), date.today()
    text = draft(interview(asker, base, today), words, today)
    prove(text, base)
    return text


def _given(pairs: list[str]) -> dict[str, str]:
    """Read `KEY=ANSWER`, and refuse a question that is never asked."""
    from difflib import get_close_matches

    from socio_calc.templates.interview import QUESTIONS

    for pair in pairs:
        if "=" not in pair:
            raise _problem("new-answer-form", value=pair)
    given = {key.strip(): answer.strip() for key, _, answer in (pair.partition("=") for pair in pairs)}
    for key in given:
        if key not in QUESTIONS:
            nearest = get_close_matches(key, QUESTIONS, 1)
            raise _problem("new-unknown-answer", key=key, known=QUESTIONS, nearest=nearest[0] if nearest else None)
    return given


def _may_overwrite(asker: Asker, target: Path) -> bool:
    return asker.yes("new.overwrite", file=str(target))


def _refuse(target: Path, asked: bool, words: Texts) -> None:
    """Keep a file that exists: because the answer was no, or because nobody could be asked (exit status 4)."""
    from socio_calc.problems import Place, Problem
    from socio_calc.report.files import OutputError

    if not asked:
        raise OutputError(Problem("file-exists", Place(file=str(target)), {"file": str(target)}))
    print(words.t("new.kept", file=str(target)))


def _problem(code: str, **params: object) -> Exception:
    from socio_calc.problems import InputError, Place, Problem

    return InputError([Problem(code, Place(), params)])
