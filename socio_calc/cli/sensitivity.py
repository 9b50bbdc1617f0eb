"""`socio-calc sensitivity CASE`: what the result depends on, and what must be true."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from socio_calc.cli.draws import AUTO, read_draws
from socio_calc.cli.progress import progress_bar
from socio_calc.cli.terminal import LanguageName, screen_width, show
from socio_calc.locale import Language, texts

LONGEST_HORIZON = 120


class PerspectiveName(StrEnum):
    """Whose net present value."""

    societal = "societal"
    public = "public"
    kommun = "kommun"
    region = "region"
    stat = "stat"
    individ = "individ"
    arbetsgivare = "arbetsgivare"
    civilsamhalle = "civilsamhalle"
    ovriga = "ovriga"


def sensitivity(
    case: Annotated[Path, typer.Argument(metavar="CASE")],
    perspective: Annotated[PerspectiveName, typer.Option("--perspective", metavar="P")] = PerspectiveName.societal,
    horizon: Annotated[int | None, typer.Option("--horizon", min=1, max=LONGEST_HORIZON)] = None,
    percentiles: Annotated[tuple[float, float], typer.Option("--range")] = (5.0, 95.0),
    cost_per_participant: Annotated[float | None, typer.Option("--cost-per-participant", min=0.0)] = None,
    draws: Annotated[int, typer.Option("--draws", parser=read_draws, metavar="N|auto")] = 16_384,
    seed: Annotated[int, typer.Option("--seed", min=0)] = 1,
    out: Annotated[Path | None, typer.Option("--out")] = None,
    lang: Annotated[LanguageName, typer.Option("--lang")] = LanguageName.sv,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    force: Annotated[bool, typer.Option("--force")] = False,
) -> None:
    """Analyse a case; the words of the help come from the catalogue."""
    from socio_calc.analysis.drivers import dependent_groups
    from socio_calc.analysis.sensitivity import sensitivity as analyse
    from socio_calc.appraisal import appraise, appraise_until, placed
    from socio_calc.form.opening import open_any
    from socio_calc.problems import InputError

    language: Language = "en" if lang is LanguageName.en else "sv"
    low, high = percentiles
    if not 0.0 < low < high < 100.0:
        raise typer.BadParameter(texts(language).t("cli.sensitivity.bad-range"), param_hint="--range")
    opened = open_any(case)
    # A horizon that the case does not name makes the calculation longer, or is one more year of it.
    horizons = None if horizon is None else sorted({*opened.case.horizons, horizon})
    compute = appraise_until if draws == AUTO else partial(appraise, draws=draws)
    with progress_bar(draws, language) if draws != AUTO else nullcontext() as progress:
        appraisal = compute(
            opened.case,
            seed=seed,
            horizons=horizons,
            reference=opened.reference,
            case_sha256=opened.document.sha256,
            progress=progress,
        )
    with progress_bar(len(dependent_groups(appraisal.plan)), language) as progress:
        try:
            result = analyse(appraisal, perspective.value, horizon, percentiles, cost_per_participant, progress)
        except InputError as error:  # a scenario that cannot be computed
            raise InputError(placed(error.problems, opened.document)) from error
        _ = result.indices
    written: list[Path] = []
    if out is not None:
        from socio_calc.report.sensitivity_files import write_sensitivity

        written = write_sensitivity(result, out, language, force=force)
    if as_json:
        sys.stdout.write(json.dumps(result.to_json(), ensure_ascii=False, indent=1, allow_nan=False) + "\n")
        return
    from socio_calc.report.sensitivity_screen import sensitivity_screen

    show(sensitivity_screen(result, language, screen_width(), files=written))
