"""docs/reference-base.md is what its script writes, and lists every price for a base case with its source."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from socio_calc.reference import load_reference, shipped_folder

DOCS = shipped_folder("data").parent / "docs"


def test_the_page_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("make_reference_base", DOCS / "make_reference_base.py")
    assert spec is not None and spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    written = (DOCS / "reference-base.md").read_text("utf-8")
    assert written == script.reference_page(load_reference()), "run: python docs/make_reference_base.py"


def test_every_default_price_stands_on_it_once_with_its_address() -> None:
    lines = (DOCS / "reference-base.md").read_text("utf-8").splitlines()
    for row in load_reference().costs.values():
        found = [line for line in lines if f"| `{row.id}` |" in line]
        assert len(found) == (row.use == "default"), row.id
        if found:
            assert row.url in found[0]


def test_the_page_stands_where_documents_look_for_it() -> None:
    assert "reference-base.md" in Path(DOCS / "prices-and-sources.md").read_text("utf-8")
