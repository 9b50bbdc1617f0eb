"""A chart: its name, the finding in its title, the same in words, and its picture as SVG and PNG."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from socio_calc.case.personal_data import redacted
from socio_calc.locale import Language
from socio_calc.report.charts.glyphs import drawable
from socio_calc.report.charts.png import png_bytes
from socio_calc.report.charts.style import DOTS_PER_INCH, drawing_style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Matplotlib writes every text beside its outlines: the same words once more, for nobody.
_COMMENT = re.compile(r"\s*<!--.*?-->", re.DOTALL)
_IDENTIFIER = re.compile(r' id="([^"]+)"')
# A page that holds the picture must not get its rules of style: they are set on the picture itself.
_STYLE = re.compile(r' <defs>\s*<style type="text/css">\*\{([^}]*)\}</style>\s*</defs>\n')
_REFERENCE = re.compile(r'(?<=url\(#)[^)]+(?=\))|(?<=href="#)[^"]+(?=")')


@dataclass(frozen=True)
class Chart:
    """One chart of an appraisal. The pictures are drawn when they are first asked for.

    Attributes
    ----------
    name
        Part of the file name, the same in every language.
    title
        The finding.
    alt_text
        What a reader who does not see the picture needs: the finding and the figures behind it.
    lang
        Language of all texts.
    draw
        Makes the figure; called under `drawing_style`.
    """

    name: str
    title: str
    alt_text: str
    lang: Language
    draw: Callable[[], Figure] = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        for words in ("title", "alt_text"):
            object.__setattr__(self, words, redacted(getattr(self, words)))

    @cached_property
    def _figure(self) -> Figure:
        """The figure that both forms are made from; laying out its texts takes as long as writing it."""
        from matplotlib.text import Text

        figure = self.draw()
        for text in figure.findobj(Text):
            written = text.get_text()
            kept = "\n".join(drawable(line) if line else line for line in redacted(written).split("\n"))
            if kept != written:
                text.set_text(kept)
        return figure

    @cached_property
    def png(self) -> bytes:
        """The picture as PNG, without a date or the name of a program."""
        from socio_calc.report.charts.sheet import drawn

        with drawing_style(self.name):
            return png_bytes(drawn(self._figure), DOTS_PER_INCH)

    @cached_property
    def svg(self) -> bytes:
        """The picture as SVG: type as outlines, title and text alternative inside, identifiers that begin with `name`.

        Several charts may therefore stand in one HTML page.
        """
        with drawing_style(self.name):
            picture = io.BytesIO()
            nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
            self._figure.savefig(picture, format="svg", metadata=nothing)
        return self._accessible(picture.getvalue().decode()).encode()

    def _accessible(self, svg: str) -> str:
        used = set(_REFERENCE.findall(svg))

        def identifier(match: re.Match[str]) -> str:
            return f' id="{self.name}-{match.group(1)}"' if match.group(1) in used else ""

        svg = _COMMENT.sub("", svg)
        style = "; ".join(_STYLE.findall(svg))
        own = _IDENTIFIER.sub(identifier, _STYLE.sub("", svg))
        own = _REFERENCE.sub(lambda match: f"{self.name}-{match.group()}", own)
        title, alt = f"{self.name}-title", f"{self.name}-alt"
        start = own.index(">", own.index("<svg"))
        attributes = (
            f' style="{style}" role="img" lang="{self.lang}" aria-labelledby="{title}" aria-describedby="{alt}"'
        )
        named = f'\n <title id="{title}">{escape(self.title)}</title>'
        described = f'\n <desc id="{alt}">{escape(self.alt_text)}</desc>'
        return own[:start] + attributes + ">" + named + described + own[start + 1 :]
