"""Texts with pictures and letters that the type of the charts lacks: no warning, no empty label, no box."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from socio_calc.report.charts import draw_charts
from socio_calc.report.charts.glyphs import UNKNOWN, drawable
from socio_calc.report.charts.sheet import new_sheet, width_of
from tests.report.chart_cases import UNSURE, appraised, cost, gain

UNSURE_COST = {"low": 80_000, "mode": 100_000, "high": 150_000}
BRAIN, TEACHER, CHINESE = "\N{BRAIN}", "\N{ADULT}\u200d\N{SCHOOL}", "\u4e2d"


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Fall som kräver vård", "Fall som kräver vård"),
        ("1\u00a0000 − 5 ≥ 3", "1\u00a0000 − 5 ≥ 3"),
        (f"{BRAIN} Samtal", "Samtal"),
        (f"Samtal {BRAIN}{BRAIN} i grupp {TEACHER}", "Samtal i grupp"),
        (f"Grupp {CHINESE}", f"Grupp {UNKNOWN}"),
        (BRAIN, UNKNOWN),
        ("", ""),
    ],
)
def test_what_the_type_lacks(text: str, drawn: str) -> None:
    assert drawable(text) == drawn
    assert drawable(drawn) == drawn


def test_every_chart_of_a_case_full_of_pictures(tmp_path: Path) -> None:
    """Warnings are errors here: measuring, laying out and both forms of the picture must all do without."""
    changes = {
        "title": f"{BRAIN} Stöd {TEACHER}",
        "costs": [cost("kommun", UNSURE_COST, name=f"{BRAIN} Lokal {CHINESE}")],
        "outcomes": [gain("region", 500_000, effect=UNSURE) | {"name": f"Fall {BRAIN}"}],
    }
    appraisal = appraised(changes, tmp_path)
    charts = draw_charts(appraisal, "sv")
    assert charts
    for chart in charts:
        assert chart.png.startswith(b"\x89PNG")
        assert b"<svg" in chart.svg


def test_a_picture_is_measured_as_what_is_drawn_of_it() -> None:
    _, renderer = new_sheet()
    assert width_of(renderer, f"{BRAIN} Samtal", 12.0, bold=True) == width_of(renderer, "Samtal", 12.0, bold=True)


def test_nothing_is_said_on_the_terminal(tmp_path: Path) -> None:
    """In a process of its own, where nothing hides a warning."""
    program = (
        "from socio_calc.report.charts.sheet import new_sheet, width_of\n"
        f"width_of(new_sheet()[1], {BRAIN + CHINESE!r}, 12.0, bold=False)\n"
    )
    done = subprocess.run([sys.executable, "-W", "always", "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
