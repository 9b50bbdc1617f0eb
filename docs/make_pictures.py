"""Draws the pictures of the README: what `socio-calc run` shows in a terminal, as SVG.

Run it after a change of the model, the base or the wording: `python docs/make_pictures.py`. A test compares the words.
"""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

import socio_calc
from socio_calc.cli.commands import COMMANDS
from socio_calc.report.screen import screen_lines, styled

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "models" / "styrka-hela-livet.yaml"
PICTURE = ROOT / "docs" / "images" / "run.svg"

#: The library's own frame, without the fonts that it would fetch from the web.
FRAME = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" xml:space="preserve"
 role="img"
 aria-label="{chrome_label}">
<style>
.{unique_id}-matrix {{ font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: {char_height}px;
 line-height: {line_height}px; white-space: pre; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" /></clipPath>{lines}</defs>
<rect fill="#1f2430" x="1" y="1" width="{width}" height="{height}" rx="8"/>
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g>
</svg>
"""


def picture() -> str:
    """Return the SVG of a run of the shipped model."""
    case = socio_calc.load(MODEL)
    lines = screen_lines(
        socio_calc.appraise(case), "sv", 80, case_file=MODEL.relative_to(ROOT), files=(), commands=tuple(COMMANDS)
    )
    console = Console(record=True, width=82, file=io.StringIO(), force_terminal=True, highlight=False)
    console.print("$ socio-calc run models/styrka-hela-livet.yaml\n")
    console.print(styled(lines), soft_wrap=True)
    label = "Resultatet av socio-calc run i en terminal"
    return console.export_svg(code_format=FRAME.replace("{chrome_label}", label), unique_id="run")


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture(), encoding="utf-8")
