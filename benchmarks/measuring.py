"""How times are taken: fresh processes, what is compared run in turn, medians quoted.

A shared machine changes its speed by a factor of two within minutes. Only what runs in turn can be compared, and
processor time beside wall time says how much of the latter was waiting.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class ToolRun:
    """One run of a tool; seconds of wall and processor time, memory in MiB, `mean` the societal NPV at 40 years."""

    wall: float
    cpu: float
    few_wall: float
    few_cpu: float
    peak: float
    mean: float

    @property
    def marginal(self) -> float:
        """Processor seconds beyond those of 1,000 draws."""
        return self.cpu - self.few_cpu


@dataclass(frozen=True)
class CommandRun:
    """One run of a whole command; seconds."""

    wall: float
    cpu: float


def environment() -> dict[str, str]:
    """Return the environment of all that is measured: one thread for matrix products, byte code kept, Swedish."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "OPENBLAS_NUM_THREADS": "1", "SOCIO_CALC_LANG": "sv"}


def run_tool(name: str, draws: int) -> ToolRun:
    """Run one tool in a process of its own.

    Raises
    ------
    RuntimeError
        With what the tool wrote, when it fails.
    """
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.worker", name, str(draws)]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{name} with {draws} draws:\n{done.stderr}")
    return ToolRun(**json.loads(done.stdout.splitlines()[-1]))


def run_command(arguments: Sequence[str]) -> CommandRun:
    """Run a command to its end and return what it took.

    Raises
    ------
    RuntimeError
        When it fails.
    """
    start = time.perf_counter()
    quiet = subprocess.DEVNULL
    with subprocess.Popen(arguments, cwd=ROOT, env=environment(), stdout=quiet, stderr=quiet) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with status {process.returncode}")
    return CommandRun(time.perf_counter() - start, used.ru_utime + used.ru_stime)


def in_turn(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, list[CommandRun]]:
    """Run commands in turn, A B A B …, after one round that is not counted."""
    runs: dict[str, list[CommandRun]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            run = run_command(command)
            if turn:
                runs[name].append(run)
    return runs


def ratio(first: Sequence[float], second: Sequence[float]) -> float:
    """Return the median of the ratios of runs made in turn.

    >>> ratio([2.0, 6.0, 4.0], [1.0, 2.0, 4.0])
    2.0
    """
    return median(a / b for a, b in zip(first, second, strict=True))
