"""The worked example of the page on pathways: the program gives the figures that the page works out by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from socio_calc.appraisal import appraise
from socio_calc.case import build_case, parse_document

PAGE = (Path(__file__).parents[2] / "docs" / "pathways.md").read_text(encoding="utf-8")
STATES = ("studerar", "examen", "utanfor")


def test_the_example_gives_its_figures() -> None:
    (block,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    appraisal = appraise(build_case(parse_document(block.encode(), "pathways.md")), draws=8)
    rows = re.findall(r"^\| year (\d) \| (.*) \|$", PAGE, re.MULTILINE)
    assert [int(year) for year, _ in rows] == [0, 1, 2, 3]
    found = {(row.arm, row.year, row.state): row.base for row in appraisal.occupancy}
    for year, written in rows:
        expected = [float(share) for share in written.split(" | ")]
        shares = [found[arm, int(year), state] for arm in ("ordinary", "intervention") for state in STATES]
        assert shares == pytest.approx(expected, abs=5e-5)
    assert appraisal.outcome("gymnasiet.utanfor").difference == pytest.approx(-7.68, rel=1e-12)
    lines = dict(
        zip((line.name for line in appraisal.plan.lines), appraisal.flows_base.amounts.sum(axis=1), strict=True)
    )
    assert lines["År utanför"] == pytest.approx(-691_200, rel=1e-12)
    assert lines["Avhopp"] == pytest.approx(-94_884, rel=1e-12)
    assert appraisal.base() == pytest.approx(286_084, rel=1e-12)
    for figure in ("691,200", "94,884", "286,084", "7.68"):
        assert re.search(figure.replace(",", r",\s?"), PAGE.replace("\n", " "))
