"""`socio-calc run CASE`: compute a case, say what came out, and write the report."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from socio_calc.cli.draws import AUTO, read_draws
from socio_calc.cli.formats import DEFAULT_FORMATS, DOCUMENTS, Formats, read_formats
from socio_calc.cli.marking import marking
from socio_calc.cli.progress import progress_bar
from socio_calc.cli.terminal import USAGE, LanguageName, screen_width, show
from socio_calc.locale import Language, printable, texts

if TYPE_CHECKING:
    from socio_calc.appraisal import Appraisal, OpenedCase
    from socio_calc.reference import ReferenceBase
    from socio_calc.report.document import ReviewSummary


class SamplerName(StrEnum):
    """How the draws are made."""

    sobol = "sobol"
    random = "random"
    lhs = "lhs"


def run(
    case: Annotated[Path, typer.Argument(metavar="CASE")],
    out: Annotated[Path | None, typer.Option("--out")] = None,
    draws: Annotated[int, typer.Option("--draws", parser=read_draws, metavar="N|auto")] = 16_384,
    seed: Annotated[int, typer.Option("--seed", min=0)] = 1,
    sampler: Annotated[SamplerName, typer.Option("--sampler")] = SamplerName.sobol,
    horizon: Annotated[list[int] | None, typer.Option("--horizon", min=1, max=120)] = None,
    prices: Annotated[Path | None, typer.Option("--prices")] = None,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64)] = 1,
    lang: Annotated[LanguageName, typer.Option("--lang")] = LanguageName.sv,
    formats: Annotated[
        Formats | None, typer.Option("--format", parser=read_formats, metavar="LIST", show_default=False)
    ] = None,
    draws_csv: Annotated[bool, typer.Option("--draws-csv")] = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    force: Annotated[bool, typer.Option("--force")] = False,
    mark: Annotated[bool, typer.Option("--mark")] = False,
) -> None:
    """Compute a case; the words of the help come from the catalogue."""
    from socio_calc.appraisal import appraise, appraise_until, warning_message
    from socio_calc.form.opening import open_any

    language: Language = "en" if lang is LanguageName.en else "sv"
    if out is None:
        _refuse_without_folder({"--format": formats is not None, "--draws-csv": draws_csv}, language)
    formats = formats or DEFAULT_FORMATS
    with marking(case, language, force=force) if mark else nullcontext():
        opened = open_any(case, _with_prices(prices))
    if out is not None:
        from socio_calc.report.package import require_ready

        require_ready(out, opened.case.title, formats, force=force)
    with progress_bar(draws, language) if draws != AUTO else nullcontext() as progress:
        compute = appraise_until if draws == AUTO else partial(appraise, draws=draws)
        appraisal = compute(
            opened.case,
            seed=seed,
            sampler=sampler.value,
            horizons=horizon or None,
            reference=opened.reference,
            case_sha256=opened.document.sha256,
            workers=workers,
            progress=progress,
        )
    written: list[Path] = []
    if out is not None:
        from socio_calc.report import write_report

        written = write_report(
            appraisal,
            out,
            language,
            formats=formats,
            draws_csv=draws_csv,
            review=_review(opened, case, appraisal, language) if DOCUMENTS & set(formats) else None,
            force=force,
        )
    if as_json:
        # In one piece: `json.dump` writes every token by itself, a system call each where output is not buffered.
        sys.stdout.write(json.dumps(appraisal.to_json(language), ensure_ascii=False, indent=1, allow_nan=False) + "\n")
        return
    if not sys.stderr.isatty():
        for warning in appraisal.warnings:
            print(f"{warning.code}: {printable(warning_message(appraisal, warning, language))}", file=sys.stderr)
    from socio_calc.cli.commands import COMMANDS
    from socio_calc.report.screen import screen_lines

    show(screen_lines(appraisal, language, screen_width(), case_file=case, files=written, commands=tuple(COMMANDS)))


def _refuse_without_folder(given: dict[str, bool], lang: Language) -> None:
    """Refuse options that say what is written where nothing is to be written."""
    option = next((name for name, wanted in given.items() if wanted), None)
    if option is not None:
        print(texts(lang).t("cli.run.needs-out", option=option), file=sys.stderr)
        raise typer.Exit(USAGE)


def _review(opened: OpenedCase, path: Path, appraisal: Appraisal, lang: Language) -> ReviewSummary | None:
    """Return what the check of the case came to, None where there are no rules for the fund that it names."""
    from socio_calc.problems import InputError
    from socio_calc.review.report_part import report_part
    from socio_calc.review.review import review_opened

    try:
        # A calculation over other horizons than the case's own is of a changed case; the check is of the case itself.
        same = appraisal if appraisal.case is opened.case else None
        review = review_opened(opened, path, draws=appraisal.number_of_draws, seed=appraisal.seed, appraisal=same)
        return report_part(review, lang)
    except InputError:
        return None


def _with_prices(path: Path | None) -> ReferenceBase | None:
    """Return the base with a file of local prices; None for the shipped base."""
    if path is None:
        return None
    from socio_calc.reference import load_reference, with_local_prices

    return with_local_prices(load_reference(), path)
