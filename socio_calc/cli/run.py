"""`socio-calc run CASE`: compute a case, say what came out, and write the report."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from socio_calc.cli.draws import AUTO, read_draws
from socio_calc.cli.formats import DEFAULT_FORMATS, DOCUMENTS, Formats, read_formats
from socio_calc.cli.marking import marking
from socio_calc.cli.terminal import LanguageName, screen_width, show
from socio_calc.locale import Language, printable, texts

if TYPE_CHECKING:
    from socio_calc.appraisal import Appraisal, OpenedCase
    from socio_calc.reference import ReferenceBase
    from socio_calc.report.document import ReviewSummary

#: Draws above which a terminal gets a progress bar.
LONG_RUN = 200_000


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
        Formats, typer.Option("--format", parser=read_formats, metavar="LIST", show_default=False)
    ] = DEFAULT_FORMATS,
    draws_csv: Annotated[bool, typer.Option("--draws-csv")] = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    force: Annotated[bool, typer.Option("--force")] = False,
    mark: Annotated[bool, typer.Option("--mark")] = False,
) -> None:
    """Compute a case; the words of the help come from the catalogue."""
    from socio_calc.appraisal import appraise, appraise_until, warning_message
    from socio_calc.form.opening import open_any

    language: Language = "en" if lang is LanguageName.en else "sv"
    with marking(case, language, force=force) if mark else nullcontext():
        opened = open_any(case, _with_prices(prices))
    if out is not None:
        from socio_calc.report.package import require_ready

        require_ready(out, opened.case.title, formats, force=force)
    with _progress(draws, language) as progress:
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
    from socio_calc.problems import InputError, Place, Problem
    from socio_calc.reference import load_reference, with_local_prices

    if not path.is_file():
        raise InputError(
            [Problem("file-not-found", Place(file=str(path)), {"file": str(path), "folder": str(path.parent)})]
        )
    return with_local_prices(load_reference(), path)


@contextmanager
def _progress(draws: int, lang: Language) -> Iterator[Callable[[int], None] | None]:
    """Show a bar on standard error while a long run goes on in a terminal."""
    if draws < LONG_RUN or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    label = texts(lang).t("screen.computing-label")
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=draws)
        yield lambda done: bar.update(task, advance=done)
