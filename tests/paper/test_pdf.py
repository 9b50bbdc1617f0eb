"""The PDF: tagged, with language and title, the attachment inside; and what is said where it cannot be made."""

from __future__ import annotations

import builtins
import io
import logging
from typing import Any

import pytest

from socio_calc.paper.pdf import PdfUnavailable, require_pdf, to_pdf
from tests.paper.samples import LINE, MARKUP, everything

pikepdf = pytest.importorskip("pikepdf")


@pytest.fixture(scope="module")
def data() -> bytes:
    return to_pdf(everything())


@pytest.fixture
def pdf(data: bytes) -> Any:
    return pikepdf.open(io.BytesIO(data))


def tags(element: Any) -> list[tuple[str, Any]]:
    """Return every element of the structure with its type, in order."""
    found = []
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found += [(str(kid.S), kid), *tags(kid)]
    return found


def test_it_is_tagged_has_a_language_and_shows_its_title(pdf: Any) -> None:
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == "sv"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == f"Prov {MARKUP}"
        assert metadata["pdfuaid:part"] == "1"


def test_structure_has_headings_tables_and_a_figure_with_words(pdf: Any) -> None:
    found = tags(pdf.Root.StructTreeRoot)
    kinds = [kind for kind, _ in found]
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/L", "/Figure", "/Link"} <= set(kinds)
    (figure,) = [element for kind, element in found if kind == "/Figure"]
    assert str(figure.Alt) == "Rektangeln är grå. Ring •••."


def test_the_attachment_is_inside(pdf: Any) -> None:
    assert list(pdf.attachments) == ["socio-calc-passport.txt"]
    assert pdf.attachments["socio-calc-passport.txt"].get_file().read_bytes() == LINE.encode()


def test_the_same_paper_gives_the_same_bytes_without_complaints(data: bytes, caplog: pytest.LogCaptureFixture) -> None:
    # Errors are what a tagged PDF lacks; warnings only name rules of style that are for browsers.
    with caplog.at_level(logging.ERROR, logger="weasyprint"):
        assert to_pdf(everything()) == data
    assert not caplog.records


def test_pages_turn_where_a_table_is_wide(pdf: Any) -> None:
    sides = [page.mediabox[2] > page.mediabox[3] for page in pdf.pages]
    assert True in sides
    assert False in sides
    # What follows a wide section does not stay on its side.
    assert sides[-1] is False


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ImportError("No module named 'weasyprint'"), "pdf-not-installed"),
        (OSError("cannot load library 'libpango-1.0-0': more"), "pdf-library-missing"),
    ],
)
def test_what_is_missing_is_said_with_the_remedy(error: Exception, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from socio_calc.locale import LANGUAGES, render_problem

    usual = builtins.__import__

    def without(name: str, *arguments: Any, **more: Any) -> Any:
        if name == "weasyprint":
            raise error
        return usual(name, *arguments, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(PdfUnavailable) as caught:
        require_pdf()
    assert caught.value.problem.code == code
    for lang in LANGUAGES:
        told = render_problem(caught.value.problem, lang)
        assert ("pip install" in told) or ("apt install" in told)
        assert "--format html" in told
