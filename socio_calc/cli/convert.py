"""`socio-calc convert A B`: a case from one face to the other, YAML or form, without loss."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from socio_calc.cli.terminal import LanguageName
from socio_calc.locale import Language, texts

#: What the name of the new file may end with, and which face that is.
YAML_SUFFIXES = (".yaml", ".yml")
FORM_SUFFIX = ".xlsx"


def convert(
    source: Annotated[Path, typer.Argument(metavar="A")],
    target: Annotated[Path, typer.Argument(metavar="B")],
    lang: Annotated[LanguageName, typer.Option("--lang")] = LanguageName.sv,
    force: Annotated[bool, typer.Option("--force")] = False,
) -> None:
    """Convert a case; the words of the help come from the catalogue."""
    from socio_calc.form.opening import open_any
    from socio_calc.problems import InputError, Place, Problem
    from socio_calc.report.files import write_files

    language: Language = "en" if lang is LanguageName.en else "sv"
    suffix = target.suffix.lower()
    if suffix not in (*YAML_SUFFIXES, FORM_SUFFIX):
        known = (".yaml", FORM_SUFFIX)
        raise InputError([Problem("convert-suffix", Place(file=str(target)), {"file": target.name, "known": known})])
    opened = open_any(source)
    if suffix == FORM_SUFFIX:
        from socio_calc.cli.form import form_content

        content = form_content(opened.case, opened.reference, None, language, target.name)
    else:
        from socio_calc.case.dump import SCHEMA_LINE, case_data, dump_data

        content = dump_data(case_data(opened.case, given=True)).removeprefix(SCHEMA_LINE).encode("utf-8")
    (written,) = write_files(target.parent, {target.name: content}, force=force)
    words = texts(language)
    print(words.t("cli.convert.written", file=str(written), source=source.name))
    if opened.case.prices is not None and written.parent.resolve() != source.parent.resolve():
        print(words.t("cli.convert.prices", prices=opened.case.prices, folder=str(written.parent)))
