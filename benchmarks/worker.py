"""Run one tool in a process of its own: `python -m benchmarks.worker NAME DRAWS` prints its times and memory as JSON.

A first run of 1,000 draws, not counted, takes imports and tables out of the times; a second gives the time from which
the marginal one is counted.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from benchmarks.common_job import Array
from benchmarks.pathway_job import PATHWAY_TOOLS
from benchmarks.tools import TOOLS

FEW = 1_000


def peak_mib() -> float:
    """Return the peak memory of this process alone; getrusage also counts what the parent had before the exec."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    name, draws = sys.argv[1], int(sys.argv[2])
    tool = {**TOOLS, **PATHWAY_TOOLS}[name]

    def timed(n: int) -> tuple[float, float, Array]:
        wall, cpu = time.perf_counter(), time.process_time()
        mean = tool(n, 1)
        return time.perf_counter() - wall, time.process_time() - cpu, mean

    timed(FEW)
    few_wall, few_cpu, mean = timed(FEW)
    wall, cpu = few_wall, few_cpu
    if draws != FEW:
        wall, cpu, mean = timed(draws)
    json.dump(
        {
            "wall": wall,
            "cpu": cpu,
            "few_wall": few_wall,
            "few_cpu": few_cpu,
            "peak": peak_mib(),
            "mean": float(mean.sum(axis=0)[-1]),
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
