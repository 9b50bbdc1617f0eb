"""The README and the docs: links lead somewhere, code runs, the picture shows what a run shows today."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from socio_calc.case import build_case, parse_document

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "data" / "README.md", *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert not missing


def test_python_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})  # noqa: S102 - our own page
    assert capsys.readouterr().out.strip()


def test_the_case_of_the_format_page_loads() -> None:
    text = (ROOT / "docs" / "case-format.md").read_text(encoding="utf-8")
    (block,) = [block for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if "format: 1" in block]
    assert build_case(parse_document(block.encode(), "case-format.md")).outcomes


def test_the_picture_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("make_pictures", ROOT / "docs" / "make_pictures.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    drawn = (ROOT / "docs" / "images" / "run.svg").read_text(encoding="utf-8")
    assert _words(drawn) == _words(module.picture()), "run: python docs/make_pictures.py"


def _words(svg: str) -> list[str]:
    return re.findall(r">([^<>]+)</text>", svg)
