"""Every example in a docstring of the package runs and gives what it says."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import socio_calc

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(socio_calc.__path__, "socio_calc.")
    if "._shipped" not in module.name
)


@pytest.mark.parametrize("name", ["socio_calc", *MODULES])
def test_examples(name: str) -> None:
    found = doctest.testmod(importlib.import_module(name))
    assert found.failed == 0, name


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    modules = [importlib.import_module(name) for name in MODULES]
    assert sum(bool(test.examples) for module in modules for test in finder.find(module)) > 100
