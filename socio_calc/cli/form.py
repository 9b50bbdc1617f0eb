"""`socio-calc form FILE.xlsx`: the applicant's Excel form, empty or filled from a case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from socio_calc.cli.terminal import LanguageName, needs_file_name
from socio_calc.locale import Language, texts

if TYPE_CHECKING:
    from socio_calc.case import Case
    from socio_calc.reference import ReferenceBase

#: Ending of the file, added where it is left out.
SUFFIX = ".xlsx"


def form(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    source: Annotated[str | None, typer.Option("--from", metavar="MODEL|CASE")] = None,
    fund: Annotated[str | None, typer.Option("--fund", metavar="FUND")] = None,
    lang: Annotated[LanguageName, typer.Option("--lang")] = LanguageName.sv,
    force: Annotated[bool, typer.Option("--force")] = False,
) -> None:
    """Write a form; the words of the help come from the catalogue."""
    from socio_calc.report.files import write_files

    language: Language = "en" if lang is LanguageName.en else "sv"
    words = texts(language)
    needs_file_name(file, "ansokan.xlsx", language)
    target = file if file.suffix.lower() == SUFFIX else file.with_name(file.name + SUFFIX)
    case, base = _source(source)
    content = form_content(case, base, fund, language, target.name)
    (written,) = write_files(target.parent, {target.name: content}, force=force)
    print(words.t("cli.form.written", file=str(written)))
    print(words.t("cli.form.next", file=str(written)))


def _source(source: str | None) -> tuple[Case | None, ReferenceBase]:
    """Return the case to fill in, and the base with its local prices."""
    from socio_calc.reference import load_reference

    if source is None:
        return None, load_reference()
    from socio_calc.form.opening import open_any

    path = Path(source)
    if not path.is_file():
        from socio_calc.templates.catalogue import example

        path = example(source).path
    opened = open_any(path)
    return opened.case, opened.reference


def form_content(case: Case | None, base: ReferenceBase, fund: str | None, lang: Language, name: str) -> bytes:
    """Return the bytes of a form; the limits of its live checks are those of the fund that is asked for or named."""
    from socio_calc.case.dump import case_data
    from socio_calc.form.live import FundLimits
    from socio_calc.form.write import FormOptions, form_bytes
    from socio_calc.locale import printable
    from socio_calc.review.form_limits import form_limits

    application = None if case is None else case.application
    named = fund or (None if application is None else application.fund)
    limits = FundLimits() if named is None else form_limits(named, application)
    data: dict[str, Any] = {} if case is None else case_data(case, given=True)
    if fund is not None:
        data = {**data, "application": {**data.get("application", {}), "fund": fund}}
    return form_bytes(data, base, FormOptions(lang, printable(name), limits))
