"""How long each command takes from start to end, beside the bare imports that it needs."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.measuring import ROOT, environment, in_turn, ratio

MODEL = "models/styrka-hela-livet.yaml"
COMMAND_LINE = "import typer, rich.console"
READING = "import typer, csv, hashlib"
COMPUTING = "import typer, yaml, pydantic, numpy, scipy.special, threadpoolctl"
MODELS = COMPUTING.replace("pydantic, ", "") + "; from pydantic import BaseModel"
#: Every module beside our own that `run --json` has imported when it ends: packages load their parts when these are
#: first used, so that naming the packages leaves most of what is needed out.
EVERYTHING = "every module beside our own that it imports"
#: A command's arguments, and the imports that are its yardstick.
COMMANDS: dict[str, tuple[tuple[str, ...], str]] = {
    "--help": (("--help",), COMMAND_LINE),
    "costs": (("costs", "vård"), COMMAND_LINE),
    "evidence": (("evidence", "skola"), COMMAND_LINE),
    "baselines": (("baselines",), COMMAND_LINE),
    "parameters": (("parameters",), COMMAND_LINE),
    "run --json": (("run", MODEL, "--json"), EVERYTHING),
    "run --json, packages by name": (("run", MODEL, "--json"), COMPUTING),
    "run --json, with pydantic's models": (("run", MODEL, "--json"), MODELS),
    "run": (("run", MODEL), EVERYTHING),
}
ROUNDS, REPORT_ROUNDS = 7, 5


@dataclass(frozen=True)
class StartUp:
    """One command, in seconds and in multiples of the imports run in turn with it."""

    name: str
    imports: str
    wall: float
    cpu: float
    imports_cpu: float
    ratio: float


def measure() -> list[StartUp]:
    """Measure every command, in turn with its imports."""
    return [_beside_imports(name, arguments, imports, ROUNDS) for name, (arguments, imports) in COMMANDS.items()]


def full_report() -> StartUp:
    """Measure the whole default report, `run CASE --out FOLDER`, in turn with every import that it needs."""
    with tempfile.TemporaryDirectory() as folder:
        arguments = ("run", MODEL, "--out", folder, "--force")
        return _beside_imports("run --out", arguments, EVERYTHING, REPORT_ROUNDS)


def _beside_imports(name: str, arguments: tuple[str, ...], imports: str, rounds: int) -> StartUp:
    """Measure one command in turn with its imports."""
    tool = [str(Path(sys.executable).with_name("socio-calc")), *arguments]
    code = _import_all(arguments) if imports == EVERYTHING else imports
    runs = in_turn({"command": tool, "imports": [sys.executable, "-c", code]}, rounds)
    own, bare = ([run.cpu for run in runs[kind]] for kind in ("command", "imports"))
    wall = median(run.wall for run in runs["command"])
    return StartUp(name, imports, wall, median(own), median(bare), ratio(own, bare))


def _import_all(arguments: tuple[str, ...]) -> str:
    """Return a program that imports every module beside our own that a command imports, in the command's order."""
    listed = (
        "import contextlib, io, json, sys; before = set(sys.modules)\n"
        "from socio_calc.cli.main import run\n"
        "with contextlib.redirect_stdout(io.StringIO()): run(sys.argv[1:])\n"
        "new = [name for name, module in sys.modules.items() if name not in before and module is not None]\n"
        "print(json.dumps([name for name in new if name.partition('.')[0] != 'socio_calc']))"
    )
    command = [sys.executable, "-c", listed, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True)
    names = json.loads(done.stdout.splitlines()[-1])
    return (
        "import contextlib, importlib\n"
        f"for name in {' '.join(names)!r}.split():\n"
        "    with contextlib.suppress(Exception): importlib.import_module(name)"
    )
