"""The page of all keys is what the program makes of itself, and leaves no labelled key out."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from babel.messages.pofile import read_po

import socio_calc.locale

ROOT = Path(__file__).parents[2]
FIELDS = Path(socio_calc.locale.__file__).parent / "sv" / "LC_MESSAGES" / "fields.po"


def _maker(name: str):  # type: ignore[no-untyped-def]
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date() -> None:
    assert (ROOT / "docs" / "keys.md").read_text(encoding="utf-8") == _maker("make_keys").keys_page()


def test_the_page_of_commands_is_up_to_date() -> None:
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == _maker("make_commands").commands_page()


def test_every_labelled_key_of_a_part_stands_on_the_page() -> None:
    page = (ROOT / "docs" / "keys.md").read_text(encoding="utf-8")
    with FIELDS.open("rb") as file:
        labels = [m.id.removeprefix("label.") for m in read_po(file) if str(m.id).startswith("label.")]
    missing = [key for key in labels if not key.startswith("Q.") and f"`{key}`" not in page]
    assert missing == []
