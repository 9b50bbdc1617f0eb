"""Every command and every block of Python in the README and the docs runs as it stands, from an empty folder."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest

from socio_calc.cli.main import run

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
#: Written by the program itself: what it prints, not what one types.
GENERATED = {"commands.md", "keys.md", "models.md", "reference-base.md", "validation.md"}
#: Names that the pages use for a case of one's own.
OWN_CASES = ("kalkyl.yaml", "min-kalkyl.yaml", "case.yaml")
pytestmark = pytest.mark.slow


def commands(page: Path) -> list[str]:
    """Return the program's commands of a page, one line each, in their order."""
    found = []
    for language, block in BLOCK.findall(page.read_text(encoding="utf-8")):
        if language in ("", "sh", "bash"):
            lines = block.replace("\\\n", " ").splitlines()
            found += [line.strip() for line in lines if re.match(r"\s*(\.venv/bin/)?socio-calc ", line)]
    return found


def python(page: Path) -> list[str]:
    """Return the blocks of Python of a page."""
    return [block for language, block in BLOCK.findall(page.read_text(encoding="utf-8")) if language == "python"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder as a reader does: the models, the data and a case of one's own."""
    for name in ("models", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in OWN_CASES:
        shutil.copy(ROOT / "models" / "skolnarvaro.yaml", tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "Agg")
    return tmp_path


@pytest.mark.parametrize("page", [p for p in PAGES if commands(p) and p.name not in GENERATED], ids=lambda p: p.name)
def test_commands(page: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for line in commands(page):
        words = shlex.split(line.partition(">")[0], comments=True)
        if words[1] == "new" and (folder / words[2]).exists():
            os.remove(folder / words[2])
        status = run(words[1:])
        said = capsys.readouterr()
        assert status == 0, f"{line}\n{said.out[-500:]}\n{said.err}"


@pytest.mark.parametrize("page", [p for p in PAGES if python(p) and p.name != "README.md"], ids=lambda p: p.name)
def test_python(page: Path, folder: Path) -> None:
    names: dict[str, object] = {"__name__": "__main__"}
    for block in python(page):
        exec(compile(block, page.name, "exec"), names)  # noqa: S102 - our own pages


def test_every_page_with_something_to_run_is_run() -> None:
    assert sum(len(commands(page)) for page in PAGES) > 30
    assert sum(len(python(page)) for page in PAGES) > 8
