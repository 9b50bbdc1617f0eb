"""Every tool on the common job: time at 10,000, 100,000 and 1,000,000 draws, and peak memory."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from benchmarks.measuring import ToolRun, run_tool

FULL = (10_000, 100_000, 1_000_000)
#: Draws of each tool, and how many runs are made of each number. What calls a model for each draw is scaled up.
PLAN: dict[str, tuple[tuple[int, ...], int]] = {
    "socio_calc, case file": (FULL, 5),
    "opt_table": (FULL, 5),
    "socio_calc, engine alone": (FULL, 5),
    "numpy, year by year": (FULL, 2),
    "numpy, a row for each input": (FULL, 1),
    "squigglepy + numpy": (FULL, 2),
    "monaco": ((10_000,), 1),
    "heormodel": ((2_000,), 1),
}
MILLION = 1_000_000
MEMORY_DRAWS = 10_000_000


@dataclass(frozen=True)
class Comparison:
    """All runs, by tool and number of draws; those of one number were made in turn."""

    runs: dict[tuple[str, int], list[ToolRun]]
    memory: ToolRun

    def of(self, tool: str, draws: int) -> list[ToolRun]:
        """Return the runs of a tool, empty where it has none."""
        return self.runs.get((tool, draws), [])

    def million(self, tool: str) -> float:
        """Return processor seconds of a million draws beyond a thousand, scaled up for what was run with less."""
        draws = max(n for name, n in self.runs if name == tool)
        return median(run.marginal for run in self.of(tool, draws)) * (MILLION - 1_000) / (draws - 1_000)

    def ratio(self, tool: str, other: str) -> float:
        """Return how many times as long `tool` takes as `other` for a million draws."""
        first, second = self.of(tool, MILLION), self.of(other, MILLION)
        if not first or not second:
            return self.million(tool) / self.million(other)
        pairs = [(a.marginal, b.marginal) for a, b in zip(first, second, strict=False)]
        return median(a / b for a, b in pairs)


def compare() -> Comparison:
    """Run every tool in processes of their own, those of one number of draws in turn."""
    runs: dict[tuple[str, int], list[ToolRun]] = {}
    for draws in sorted({n for numbers, _ in PLAN.values() for n in numbers}):
        for turn in range(max(rounds for _, rounds in PLAN.values())):
            for tool, (numbers, rounds) in PLAN.items():
                if draws in numbers and turn < rounds:
                    runs.setdefault((tool, draws), []).append(run_tool(tool, draws))
    return Comparison(runs, run_tool("socio_calc, case file", MEMORY_DRAWS))
