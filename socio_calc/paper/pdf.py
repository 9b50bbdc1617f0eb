"""A paper as PDF/UA-1, from its HTML page through WeasyPrint (extra `pdf`): tagged, with language and title."""

from __future__ import annotations

import hashlib
import io
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from socio_calc.paper.html import END, to_html
from socio_calc.paper.paper import Paper
from socio_calc.problems import Place, Problem

#: Type that every installation has, as matplotlib brings it: the same pages on every machine, the charts' own letters.
_FAMILY: Final = "Paper Sans"
_FACES: Final = {
    ("normal", "normal"): "DejaVuSans.ttf",
    ("bold", "normal"): "DejaVuSans-Bold.ttf",
    ("normal", "italic"): "DejaVuSans-Oblique.ttf",
    ("bold", "italic"): "DejaVuSans-BoldOblique.ttf",
}
_FONTS: Final = Path("mpl-data", "fonts", "ttf")
#: A range of numbers, as `html_elements.text` keeps it whole.
_WHOLE: Final = re.compile(r'<span class="whole">([^<]*?)–([^<]*)</span>')
#: What only numbered pages have: a foot, and type of their own (which outranks that of the page's own style).
_PAGES: Final = f"""
html {{ font-family: "{_FAMILY}" !important; font-size: 8.25pt !important; }}
table {{ font-size: 7.25pt !important; }}
table.tight {{ font-size: 6.25pt !important; }}
code {{ font-family: "{_FAMILY}" !important; font-size: 7pt !important; }}
body {{ string-set: running attr(data-running); }}
nav a {{ text-decoration: none; }}
nav a::after {{ content: leader(dotted) target-counter(attr(href), page); }}
footer {{ display: none !important; }}
@page {{ @bottom-left {{ content: string(running); font-size: 7pt; color: #4d555e; width: 85%; }}
  @bottom-right {{ content: counter(page) " (" counter(pages) ")"; font-size: 7pt; color: #4d555e; }} }}
"""
#: How much smaller a section that belongs on one page may be set until it fits there.
_CLOSER: Final = tuple(
    f".dense {{ font-size: {size}% !important; line-height: 1.25 !important; }} .dense table {{ font-size: {table}pt "
    "!important; } .dense .note { padding: 2pt 6pt 0 !important; }"
    for size, table in ((88, 6.9), (84, 6.6), (80, 6.3))
)
#: A date that nothing decides: the same paper gives the same bytes.
_DATE: Final = datetime(2000, 1, 1)


class PdfUnavailable(Exception):
    """WeasyPrint, or a library of the system that it needs, is missing; `problem` says how to install it."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.code)


def not_installed() -> Problem:
    """Return what to do without WeasyPrint, with the Python that runs: another one on the path would not help."""
    return Problem("pdf-not-installed", Place(), {"python": sys.executable or "python"})


def require_pdf() -> Any:
    """Return WeasyPrint.

    Raises
    ------
    PdfUnavailable
        It is not installed, or lacks a library of the system.
    """
    try:
        import weasyprint
    except ImportError as error:
        raise PdfUnavailable(not_installed()) from error
    except OSError as error:
        raise PdfUnavailable(Problem("pdf-library-missing", Place(), {"reason": str(error).split("\n")[0]})) from error
    return weasyprint


def to_pdf(paper: Paper) -> bytes:
    """Return a paper as the bytes of a PDF; the same paper gives the same bytes.

    Raises
    ------
    PdfUnavailable
        The extra `pdf`, or what it needs of the system, is not installed.
    """
    weasyprint = require_pdf()
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    # A span that may not break makes WeasyPrint end lines beside it; the mark is not among what is copied from a PDF.
    page = _WHOLE.sub("\\1–\u2060\\2", to_html(paper, "pdf").decode()).encode()
    fonts = FontConfiguration()
    style = weasyprint.CSS(
        string=_faces() + _PAGES, url_fetcher=URLFetcher(allowed_protocols=("file",)), font_config=fonts
    )
    options = {
        "pdf_variant": "pdf/ua-1",
        "pdf_identifier": hashlib.sha256(page).digest()[:16],
        "attachments": _attachments(weasyprint, paper),
    }

    def pages(html: str, *more: str) -> Any:
        # The page itself may only use what it carries; the style also the files of its type.
        made = weasyprint.HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",)))
        styles = [style, *(weasyprint.CSS(string=text) for text in more)]
        return made.render(font_config=fonts, stylesheets=styles, **options)

    found = pages(page.decode())
    end = _spilt(found)
    if end is not None:
        # Only what stands before the end of that section is tried at each size.
        beginning = page.decode().partition(f'id="{end}"')[0] + f'id="{end}"></div>'
        closer = next((size for size in _CLOSER if _spilt(pages(beginning, size)) is None), None)
        if closer is not None:
            found = pages(page.decode(), closer)
    pdf: bytes = found.write_pdf(**options)
    return pdf


def _spilt(pages: Any) -> str | None:
    """Return the mark of a section that belongs on one page and ends on another than it begins on."""
    first: dict[str, int] = {}
    for number, page in enumerate(pages.pages):
        for name in page.anchors:
            first.setdefault(name, number)
    ends = (name for name in first if name.endswith(END) and name.removesuffix(END) in first)
    return next((name for name in ends if first[name] != first[name.removesuffix(END)]), None)


def _attachments(weasyprint: Any, paper: Paper) -> list[Any]:
    given = paper.attachment
    if given is None:
        return []
    return [
        weasyprint.Attachment(
            file_obj=io.BytesIO(given.text.encode()),
            name=f"{given.name}.txt",
            description=given.description,
            created=_DATE,
            modified=_DATE,
            relationship="Data",
        )
    ]


def _faces() -> str:
    import matplotlib

    folder = Path(matplotlib.__file__).parent / _FONTS
    return "".join(
        f'@font-face {{ font-family: "{_FAMILY}"; font-weight: {weight}; font-style: {style}; '
        f'src: url("{(folder / name).as_uri()}"); }}\n'
        for (weight, style), name in _FACES.items()
    )
