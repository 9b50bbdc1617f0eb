"""How long each command takes from start to end, beside the bare imports that it needs."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.measuring import CommandRun, in_turn, ratio

MODEL = "models/styrka-hela-livet.yaml"
COMMAND_LINE = "import typer, rich.console"
READING = "import typer, csv, hashlib"
COMPUTING = "import typer, yaml, pydantic, numpy, scipy.special, threadpoolctl"
MODELS = COMPUTING.replace("pydantic, ", "") + "; from pydantic import BaseModel"
#: A command's arguments, and the imports that are its yardstick.
COMMANDS: dict[str, tuple[tuple[str, ...], str]] = {
    "--help": (("--help",), COMMAND_LINE),
    "costs": (("costs", "vård"), COMMAND_LINE),
    "evidence": (("evidence", "skola"), COMMAND_LINE),
    "baselines": (("baselines",), COMMAND_LINE),
    "parameters": (("parameters",), COMMAND_LINE),
    "run --json": (("run", MODEL, "--json"), COMPUTING),
    "run --json, with pydantic's models": (("run", MODEL, "--json"), MODELS),
    "run": (("run", MODEL), COMPUTING),
}
ROUNDS, REPORT_ROUNDS = 7, 3


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
    result = []
    for name, (arguments, imports) in COMMANDS.items():
        tool = [str(Path(sys.executable).with_name("socio-calc")), *arguments]
        runs = in_turn({"command": tool, "imports": [sys.executable, "-c", imports]}, ROUNDS)
        own, bare = ([run.cpu for run in runs[kind]] for kind in ("command", "imports"))
        wall = median(run.wall for run in runs["command"])
        result.append(StartUp(name, imports, wall, median(own), median(bare), ratio(own, bare)))
    return result


def full_report() -> CommandRun:
    """Return the time of `run CASE --out FOLDER`: workbook, charts and JSON; median of a few."""
    with tempfile.TemporaryDirectory() as folder:
        tool = str(Path(sys.executable).with_name("socio-calc"))
        runs = in_turn({"report": [tool, "run", MODEL, "--out", folder, "--force"]}, REPORT_ROUNDS)["report"]
    return CommandRun(median(run.wall for run in runs), median(run.cpu for run in runs))
