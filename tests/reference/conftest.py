from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from socio_calc.reference import ReferenceBase, load_reference, shipped_folder


@pytest.fixture(scope="session")
def base() -> ReferenceBase:
    return load_reference()


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Copy the shipped tables, for a test to break."""
    folder = tmp_path / "data"
    shutil.copytree(shipped_folder("data"), folder, ignore=shutil.ignore_patterns("funds", "*.md"))
    return folder


@pytest.fixture
def edit(copied: Path) -> Callable[[str, str, str], Path]:
    """Replace a text that stands exactly once in one of the copied tables."""

    def change(file: str, old: str, new: str) -> Path:
        path = copied / file
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), "utf-8")
        return copied

    return change
