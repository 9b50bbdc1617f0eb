"""Every worked case computed and checked once, for all tests of this folder."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from socio_calc.reference import shipped_folder
from socio_calc.review import Review, review_case

MODELS = shipped_folder("models")
DOCS = MODELS.parent / "docs"
SLUGS = (
    "skolnarvaro",
    "steget",
    "styrka-hela-livet",
    "vaxa-ambassadorerna",
    "forenade-i-rorelse",
    "las-pa-recept",
    "vgr-psykisk-halsa",
    "vgr-foraldrar",
    "vgr-lasning-och-sprak",
    "vgr-motivation",
    "fullfoljda-studier",
    "ips",
    "kiva",
    "skolfam",
    "foraldrastod",
    "hembesok",
)


@pytest.fixture(params=SLUGS)
def slug(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def review(slug: str) -> Review:
    return review_of(slug)


@cache
def review_of(slug: str) -> Review:
    """Return the check of one case, with its appraisal; each case is computed once in a session."""
    return review_case(MODELS / f"{slug}.yaml")


def script(name: str) -> ModuleType:
    """Return a script of docs/ as a module."""
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Its dataclasses look their own module up by name.
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")
