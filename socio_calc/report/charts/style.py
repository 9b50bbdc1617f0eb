"""One look for every chart: colours, sizes of type, and the settings under which figures are drawn.

Colours are those of Okabe and Ito (2008), which people with colour-blindness tell apart. Each belongs to one actor, in
every chart; all that is no actor is black, white or grey, so that colour always means who. No colour carries meaning
alone: names, letters or hatching stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

from socio_calc.locale import Texts

ACTOR_COLOURS: Final[dict[str, str]] = {
    "kommun": "#0072B2",
    "region": "#E69F00",
    "stat": "#009E73",
    "individ": "#56B4E9",
    "arbetsgivare": "#CC79A7",
    "civilsamhalle": "#F0E442",
    "ovriga": "#D55E00",
}
INK: Final = "#1b1f24"
MUTED: Final = "#57606a"
GRID: Final = "#dfe3e7"
PAPER: Final = "#ffffff"
BLACK: Final = "#000000"
WIDE_BAND: Final = "#dcdfe3"
NARROW_BAND: Final = "#aab0b8"
BAR: Final = "#8b939c"
HATCH: Final = "////"

#: Canvas in inches; PNG files have this many dots per inch.
WIDTH: Final = 9.0
HEIGHT: Final = 5.6
MARGIN: Final = 0.25
DOTS_PER_INCH: Final = 160

#: Sizes of type in points, chosen so that a chart at half its size can still be read.
TITLE_SIZE: Final = 17.0
SUBTITLE_SIZE: Final = 12.5
LABEL_SIZE: Final = 12.0
SMALL_SIZE: Final = 10.5
LINE_HEIGHT: Final = 1.3
POINTS_PER_INCH: Final = 72.0

# Settings that belong to a window system or to the user's session, not to a drawing.
_LEFT_ALONE: Final = ("backend", "interactive", "toolbar", "timezone", "savefig.directory", "docstring.", "keymap.")


def on_colour(colour: str) -> str:
    """Return black or white, whichever is easier to read on a colour (WCAG 2.1 relative luminance).

    >>> on_colour("#0072B2"), on_colour("#F0E442")
    ('#ffffff', '#000000')
    """
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return PAPER if luminance < 0.179 else BLACK


def letter(actor: str, words: Texts) -> str:
    """Return the letter that stands on an actor's bars beside its colour."""
    return words.t(f"chart.letter.{actor}")


@contextmanager
def drawing_style(salt: str) -> Iterator[None]:
    """Draw under fixed settings, whatever the user's own are; they are put back afterwards.

    Parameters
    ----------
    salt
        What the identifiers inside an SVG are made from: the same salt gives the same bytes.
    """
    import matplotlib

    # Every setting is checked when it is read or set, which takes time for the hundreds that are as they should be.
    present: dict[Any, Any] = dict(dict.items(matplotlib.rcParams))
    wanted = {**_settings(), "svg.hashsalt": salt}
    with matplotlib.rc_context({key: value for key, value in wanted.items() if present[key] != value}):
        yield


@cache
def _settings() -> dict[Any, Any]:
    """Return the settings of every drawing."""
    import matplotlib

    defaults: dict[Any, Any] = dict(matplotlib.rcParamsDefault)
    return {key: value for key, value in defaults.items() if not key.startswith(_LEFT_ALONE)} | {
        "font.family": ["DejaVu Sans"],
        "font.size": LABEL_SIZE,
        "text.color": INK,
        "text.parse_math": False,
        "text.usetex": False,
        "text.hinting": "none",
        "axes.edgecolor": MUTED,
        "axes.linewidth": 0.8,
        "axes.labelcolor": INK,
        "xtick.color": MUTED,
        "ytick.color": MUTED,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "hatch.linewidth": 1.2,
        "svg.fonttype": "path",
    }
