"""`socio-calc compare A B`: which change moves the result by how much, and whether the conclusion turns."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from socio_calc.cli.sensitivity import LONGEST_HORIZON, PerspectiveName
from socio_calc.cli.terminal import USAGE, LanguageName, screen_width, show
from socio_calc.locale import Language, texts


def compare(
    before: Annotated[Path, typer.Argument(metavar="A")],
    after: Annotated[Path | None, typer.Argument(metavar="B")] = None,
    perspective: Annotated[PerspectiveName, typer.Option("--perspective", metavar="P")] = PerspectiveName.societal,
    horizon: Annotated[int | None, typer.Option("--horizon", min=1, max=LONGEST_HORIZON)] = None,
    base_a: Annotated[Path | None, typer.Option("--base-a")] = None,
    base_b: Annotated[Path | None, typer.Option("--base-b")] = None,
    prices: Annotated[Path | None, typer.Option("--prices")] = None,
    draws: Annotated[int, typer.Option("--draws", min=8, max=100_000_000)] = 16_384,
    seed: Annotated[int, typer.Option("--seed", min=0)] = 1,
    out: Annotated[Path | None, typer.Option("--out")] = None,
    lang: Annotated[LanguageName, typer.Option("--lang")] = LanguageName.sv,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    force: Annotated[bool, typer.Option("--force")] = False,
) -> None:
    """Compare two cases or two bases; the words of the help come from the catalogue."""
    from socio_calc.analysis.comparison import compare as explained
    from socio_calc.reference import load_reference, with_local_prices
    from socio_calc.report.text_layout import BLANK, paragraph
    from socio_calc.review.comparison_output import comparison_json, comparison_screen, write_comparison
    from socio_calc.review.opening import open_for_comparison

    language: Language = "en" if lang is LanguageName.en else "sv"
    if after is None and base_a is None and base_b is None:
        print(texts(language).t("cli.compare.nothing"), file=sys.stderr)
        raise typer.Exit(USAGE)
    # A folder of its own for each side; the same object where none is named, so that nothing of it is compared.
    first = load_reference(base_a)
    second = first if base_a is None and base_b is None else load_reference(base_b)
    if prices is not None:
        same = second is first
        first = with_local_prices(first, prices)
        second = first if same else with_local_prices(second, prices)
    result = explained(
        open_for_comparison(before, first, as_recorded=base_a is None),
        open_for_comparison(before if after is None else after, second, as_recorded=base_b is None),
        perspective=perspective.value,
        horizon=horizon,
        draws=draws,
        seed=seed,
    )
    written = [] if out is None else write_comparison(result, out, language, force=force)
    if as_json:
        sys.stdout.write(
            json.dumps(comparison_json(result, language), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
        )
        return
    width = screen_width()
    lines = comparison_screen(result, language, width)
    if written:
        names = tuple(str(path) for path in written)
        lines = [*lines, BLANK, *paragraph(texts(language).t("compare.files", files=names), width)]
    show(lines)
