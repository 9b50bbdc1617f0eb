"""The validation report is what the program gives today."""

from __future__ import annotations

from tests.validation.published import published_figures
from tests.validation.report import PAGE, validation_page


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == validation_page()


def test_every_source_says_where_it_is_found() -> None:
    for row in published_figures():
        assert "http" in row.source or "doi" in row.source.lower() or len(row.source) > 30, row.label
