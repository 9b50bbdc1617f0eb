"""The wheel does the main job by itself: built, installed beside nothing of the checkout, run from an empty folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

import socio_calc
from socio_calc.appraisal import appraise, open_case
from socio_calc.reference import load_reference, shipped_folder

CHECKOUT = Path(__file__).parents[2]
MODEL = "styrka-hela-livet.yaml"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with what is installed: no isolation, so no registry is asked."""
    folder = tmp_path_factory.mktemp("wheel")
    build = "import sys, hatchling.build; print(hatchling.build.build_wheel(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", build, str(folder)], cwd=CHECKOUT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def members(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an environment with the wheel in it and with the packages that are installed here, the checkout apart."""
    home = tmp_path_factory.mktemp("environment")
    venv.EnvBuilder(symlinks=os.name != "nt").create(home)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(home), "platbase": str(home)}))
    # A path alone brings the packages and not their .pth files: the checkout, installed for editing, stays away.
    (site / "installed_here.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    pip = ["install", "--no-deps", "--no-index", "--quiet", "--disable-pip-version-check", "--ignore-installed"]
    target = scripts / "python"
    subprocess.run([target, "-m", "pip", *pip, str(wheel)], check=True, capture_output=True, timeout=300)
    return target


def outside(python: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the environment's program in a folder, with nothing of the checkout on its path."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        [python, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def test_models_and_data_are_inside(members: set[str]) -> None:
    for name in ("models", "data"):
        folder = CHECKOUT / name
        files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        shipped = {member.removeprefix(f"socio_calc/_shipped/{name}/") for member in members}
        assert {file for file in files if not file.endswith((".pyc", ".tmp"))} <= shipped, name


def test_what_the_program_reads_beside_its_code_is_inside(members: set[str]) -> None:
    catalogues = {path.relative_to(CHECKOUT).as_posix() for path in (CHECKOUT / "socio_calc" / "locale").rglob("*.mo")}
    assert len(catalogues) >= 4
    assert catalogues | {"socio_calc/py.typed", "socio_calc/engine/sobol_directions.npy"} <= members


def test_every_module_is_inside_and_nothing_else_of_the_checkout(members: set[str]) -> None:
    modules = {path.relative_to(CHECKOUT).as_posix() for path in (CHECKOUT / "socio_calc").rglob("*.py")}
    assert modules <= members
    assert {member.split("/")[0] for member in members} == {
        "socio_calc",
        f"socio_calc-{socio_calc.__version__}.dist-info",
    }
    assert not [member for member in members if "__pycache__" in member or "/tests/" in member]


def test_the_main_job_from_an_empty_folder(python: Path, tmp_path: Path) -> None:
    where = "import socio_calc.reference as r; print(r.shipped_folder('models'))"
    found = outside(python, tmp_path, "-c", where)
    assert found.returncode == 0, found.stderr
    models = Path(found.stdout.strip())
    assert models.parts[-3:] == ("socio_calc", "_shipped", "models")
    assert CHECKOUT not in models.parents, "the wheel's own folder, not the checkout's"
    program = str(python.with_name("socio-calc"))
    done = outside(python, tmp_path, program, "run", str(models / MODEL), "--json", "--draws", "512")
    assert done.returncode == 0, done.stderr
    opened = open_case(shipped_folder("models") / MODEL)
    here = appraise(opened.case, draws=512, reference=opened.reference, case_sha256=opened.document.sha256)
    assert json.loads(done.stdout) == json.loads(json.dumps(here.to_json()))
    assert list(tmp_path.iterdir()) == [], "nothing is written that was not asked for"


def test_the_report_from_an_empty_folder(python: Path, tmp_path: Path) -> None:
    program = str(python.with_name("socio-calc"))
    models = outside(python, tmp_path, "-c", "import socio_calc.reference as r; print(r.shipped_folder('models'))")
    case = str(Path(models.stdout.strip()) / MODEL)
    done = outside(python, tmp_path, program, "run", case, "--draws", "64", "--out", "ut")
    assert done.returncode == 0, done.stderr
    suffixes = {path.suffix for path in (tmp_path / "ut").iterdir()}
    assert {".xlsx", ".json", ".png", ".svg"} <= suffixes


def test_the_reference_base_is_the_same(python: Path, tmp_path: Path) -> None:
    found = outside(python, tmp_path, "-c", "import socio_calc.reference as r; print(r.load_reference().sha256)")
    assert found.stdout.strip() == load_reference().sha256


NOTEBOOKS = sorted((CHECKOUT / "notebooks").glob("*.py"))


def test_there_are_six_notebooks() -> None:
    assert [path.name[0] for path in NOTEBOOKS] == list("123456")


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_run_from_the_wheel(notebook: Path, python: Path, tmp_path: Path) -> None:
    done = outside(python, tmp_path, str(notebook))
    assert done.returncode == 0, done.stderr
