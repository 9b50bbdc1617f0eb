"""What the program imports: nothing heavy before it is used, so that a command answers at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from socio_calc.reference import shipped_folder

MODEL = shipped_folder("models") / "styrka-hela-livet.yaml"
HEAVY = {"pandas", "scipy", "matplotlib", "openpyxl", "xlsxwriter", "numpy"}
#: Packages that the path from a case to its figures as JSON may import, beside the standard library.
ALLOWED = {
    "socio_calc",
    "typer",
    "annotated_doc",
    "shellingham",
    "pydantic",
    "pydantic_core",
    "annotated_types",
    "typing_extensions",
    "typing_inspection",
    "yaml",
    "numpy",
    "charset_normalizer",  # numpy.f2py takes it where the documentation's tools have brought it
    "scipy",
    "threadpoolctl",
}
#: Of scipy only what the quantile functions need; `scipy.stats` alone costs as much as the rest of a run.
SCIPY = {"special", "_lib", "version", "_cyutility", "_distributor_init", "__config__", "linalg"}
PRINT_MODULES = """
import contextlib, io, json, sys
from socio_calc.cli.main import run
with contextlib.redirect_stdout(io.StringIO()):
    status = run(sys.argv[1:])
print(json.dumps([status, sorted(name for name, module in sys.modules.items() if module is not None)]))
"""


def imported(*arguments: object) -> set[str]:
    """Return all modules that a command has imported when it ends."""
    command = [sys.executable, "-c", PRINT_MODULES, *map(str, arguments)]
    # Plug-ins of whatever runs the tests start with the interpreter: they are not the program's.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "PYTEST_"))}
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", timeout=120, env=environment)
    status, modules = json.loads(done.stdout)
    assert status == 0
    return set(modules)


def packages(modules: set[str]) -> set[str]:
    """Return the top-level packages that are neither private nor of the standard library."""
    tops = {name.partition(".")[0] for name in modules}
    known = sys.stdlib_module_names | {"cython_runtime", "sitecustomize", "usercustomize"}
    return {top for top in tops if top not in known and not top.startswith("_")}


@pytest.mark.parametrize("arguments", [("--help",), ("run", "--help"), ("--help", "--lang", "en")], ids=" ".join)
def test_help_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert packages(imported(*arguments)) & HEAVY == set()


def test_figures_as_json_import_only_what_they_need() -> None:
    modules = imported("run", MODEL, "--json", "--draws", 64)
    assert packages(modules) - ALLOWED == set()
    assert {"numpy", "pydantic", "yaml"} <= packages(modules)
    of_scipy = {name.split(".")[1] for name in modules if name.startswith("scipy.")}
    assert of_scipy - SCIPY == set()


def test_a_wrong_case_is_answered_without_the_engine(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "fel.yaml"
    path.write_text("format: 1\n", encoding="utf-8")
    program = PRINT_MODULES.replace("json.dumps([status,", "json.dumps([status - 1,")
    done = subprocess.run(
        [sys.executable, "-c", program, "run", str(path)], capture_output=True, check=True, encoding="utf-8", timeout=60
    )
    status, modules = json.loads(done.stdout)
    assert status == 0
    assert packages(set(modules)) & {"pandas", "matplotlib", "openpyxl", "xlsxwriter"} == set()
