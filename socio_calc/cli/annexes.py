"""`socio-calc annexes CASE --out DIR`: the fund's annexes as workbooks, and what the case lacks for them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from socio_calc.cli.terminal import LanguageName
from socio_calc.locale import Language, texts

if TYPE_CHECKING:
    from socio_calc.report.annexes import Annexes


def annexes(
    case: Annotated[Path, typer.Argument(metavar="CASE")],
    out: Annotated[Path, typer.Option("--out")],
    fund: Annotated[str | None, typer.Option("--fund", metavar="FUND")] = None,
    lang: Annotated[LanguageName, typer.Option("--lang")] = LanguageName.sv,
    force: Annotated[bool, typer.Option("--force")] = False,
) -> None:
    """Write the annexes of an application; the words of the help come from the catalogue."""
    from socio_calc.appraisal import appraise
    from socio_calc.form.opening import open_any
    from socio_calc.report.annexes import write_annexes
    from socio_calc.review.annex_limits import annex_limits

    language: Language = "en" if lang is LanguageName.en else "sv"
    opened = open_any(case)
    application = opened.case.application
    name = fund or (None if application is None else application.fund)
    place = None if fund is not None or name is None else opened.document.place("application.fund")
    limits = None if name is None else annex_limits(name, application, language, place)
    appraisal = appraise(opened.case, reference=opened.reference, case_sha256=opened.document.sha256)
    written = write_annexes(appraisal, out, language, fund=limits, force=force)
    known = limits is not None and limits.has_annexes
    print("\n".join(_lines(written, language, None if limits is None else limits.name, known=known)))


def _lines(written: Annexes, lang: Language, fund: str | None, *, known: bool) -> list[str]:
    from textwrap import wrap

    from socio_calc.cli.terminal import screen_width
    from socio_calc.locale import printable

    words, width = texts(lang), screen_width()

    def wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
        return wrap(printable(text), width, initial_indent=first, subsequent_indent=rest, break_long_words=False)

    lines = [words.t("annex.screen.written")]
    for title, file in zip(written.titles, written.files, strict=True):
        lines += [f"  {title}", f"    {printable(str(file))}"]
    if not known:
        lines += ["", *wrapped(words.t("annex.lead.general", fund=fund))]
    missing = written.missing(lang)
    lines.append("")
    if not missing:
        lines += wrapped(words.t("annex.screen.complete"))
        return lines
    lines.append(words.t("annex.screen.missing"))
    for title, what in missing:
        lines.append(f"  {title}")
        for sentence in what:
            lines += wrapped(sentence, "  – ", "    ")
    return [*lines, "", *wrapped(words.t("annex.screen.marked"))]
