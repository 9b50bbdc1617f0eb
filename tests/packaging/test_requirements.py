"""The pinned requirements: everything with hashes, and no address of a registry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

REQUIREMENTS = Path(__file__).parents[2] / "requirements"
PINNED = sorted(REQUIREMENTS.glob("*.txt"))
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def test_there_are_files_for_running_and_for_developing() -> None:
    assert {"run.txt", "dev.txt", "build.txt"} <= {path.name for path in PINNED}


@pytest.mark.parametrize("path", PINNED, ids=lambda path: path.name)
def test_every_pin_is_exact_and_has_its_hashes(path: Path) -> None:
    text = "\n".join(line for line in path.read_text("utf-8").splitlines() if not line.lstrip().startswith("#"))
    entries = [entry for entry in re.split(r"\n(?=\S)", text.replace("\\\n", " ")) if entry.strip()]
    assert len(entries) > 2
    for entry in entries:
        assert re.match(r"[A-Za-z0-9._-]+(\[[\w,]+\])?==[\w.]+[\s;]", entry), entry
        assert HASH.search(entry), entry
        rest = HASH.sub("", entry)
        assert "--" not in rest, entry


@pytest.mark.parametrize("path", sorted(REQUIREMENTS.iterdir()), ids=lambda path: path.name)
def test_no_address_of_a_registry(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*(-i|--index-url|--extra-index-url|--trusted-host|-f|--find-links)\b", text, re.MULTILINE)


def test_what_the_program_needs_is_pinned_to_run() -> None:
    import tomllib

    project = tomllib.loads((REQUIREMENTS.parent / "pyproject.toml").read_text("utf-8"))["project"]
    pinned = set(re.findall(r"^([A-Za-z0-9._-]+)==", (REQUIREMENTS / "run.txt").read_text("utf-8"), re.MULTILINE))
    needed = {
        re.split(r"[<>=!~ ;\[]", item)[0].lower().replace("_", "-").replace(".", "-")
        for item in project["dependencies"]
    }
    assert needed <= {name.lower().replace("_", "-").replace(".", "-") for name in pinned}
