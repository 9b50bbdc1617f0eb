"""Writes docs/validation.md: every published figure beside ours, with its source and the difference.

`python -m tests.validation.report` writes the page. The test of the page computes it again.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby
from pathlib import Path

import socio_calc
from socio_calc.appraisal import Appraisal
from tests.validation.published import CASES, Published, published_figures

PAGE = Path(__file__).parents[2] / "docs" / "validation.md"
HEAD = """# Validation: published calculations beside ours

Written by the test suite (`python -m tests.validation.report`); the tests hold every figure to its tolerance and this
page to a fresh run. *Stated* figures stand in the publication as they are here, *derived* ones are arithmetic on stated
figures. The cases are in `tests/validation/cases/`, each with the publication's inputs; a difference within the
tolerance is the publication's own rounding. Amounts are in the publication's currency and prices.

Beside these, an independent implementation written from the method alone (`tests/plain`) agrees with the program to
1e-9 on random cases, and cases worked out by hand stand in `tests/handworked`. State-transition models are held against
the HIV model of Briggs, Claxton and Sculpher (2006) in `tests/validation/test_hiv.py`, sensitivity and value of
information against functions whose answers are known exactly in `tests/analysis`.
"""
COLUMNS = "| Whose, years | Measure | Published | Ours | Difference | Tolerance | |\n|---|---|---:|---:|---:|---:|---|"


@cache
def appraisal_of(case: str) -> Appraisal:
    """Return a published case computed with the default draws, which every figure of the page comes from."""
    return socio_calc.appraise(socio_calc.load(CASES / f"{case}.yaml"), draws=16384, seed=1)


def validation_page() -> str:
    """Return the page: a section for each source, a table for each case."""
    rows = sorted(published_figures(), key=lambda row: row.source)
    parts = [HEAD, f"{len(rows)} figures, {len({row.source for row in rows})} publications.\n"]
    for source, of_source in groupby(rows, key=lambda row: row.source):
        parts.append(f"## {_heading(source)}\n\n{source}\n")
        for case, figures in groupby(of_source, key=lambda row: row.case):
            parts.append(f"**{case}** ([case](../tests/validation/cases/{case}.yaml))\n")
            parts.append("\n".join([COLUMNS, *map(_line, figures)]) + "\n")
    return "\n".join(parts)


def _heading(source: str) -> str:
    """Return the first words of a source, up to its first full stop or comma after the year."""
    return source.split(",")[0].split(" (")[0].split(". ")[0][:70]


def _line(row: Published) -> str:
    found = appraisal_of(row.case).result(row.measure, row.perspective, row.horizon, row.view)
    ours = getattr(found, row.statistic)
    years = f", {row.horizon}" if row.horizon else ""
    measure = row.measure if row.view == "all" else f"{row.measure} ({row.view})"
    if row.statistic != "base":
        measure = f"{measure}, {row.statistic}"
    if row.expected is None or ours is None:
        cells = ["none", f"none ({found.reason})", "–", "–"]
    else:
        decimals = _decimals(row.tolerance)
        difference = ours - row.expected
        shown = _figure(round(difference, decimals + 1)) if round(difference, decimals + 1) else "0"
        cells = [_figure(row.expected), _figure(round(ours, decimals)), shown, f"{row.tolerance:g}"]
    return "| " + " | ".join([row.perspective + years, measure, *cells, row.kind]) + " |"


def _figure(value: float) -> str:
    return f"{value:.10g}"


def _decimals(tolerance: float) -> int:
    """Return the decimals that a tolerance leaves meaning to, at most nine."""
    decimals = 0
    while 10.0**-decimals > tolerance and decimals < 9:
        decimals += 1
    return decimals


if __name__ == "__main__":
    PAGE.write_text(validation_page(), encoding="utf-8")
