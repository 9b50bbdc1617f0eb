"""RESULTS.md: every figure of a run as tables, with the machine, the versions and the ratios."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median

import numpy as np

import socio_calc
from benchmarks.accuracy import DEFAULT_DRAWS, PLAIN_DRAWS, REFERENCE_DRAWS, VIEWS, Accuracy, Error
from benchmarks.commands import COMPUTING, MODEL, StartUp
from benchmarks.pathway_job import DRAWS as PATHWAY_DRAWS
from benchmarks.pathway_job import ENGINE as PATHWAY_ENGINE
from benchmarks.pathway_job import OTHER as PATHWAY_OTHER
from benchmarks.pathway_job import OURS as PATHWAY_OURS
from benchmarks.pathway_job import PathwayRuns
from benchmarks.questions import DRAWS as KNOWING_DRAWS
from benchmarks.questions import FEWER_POINTS, POINTS, Answer
from benchmarks.scaling import DRAWS, Growth
from benchmarks.side_by_side import FULL, MEMORY_DRAWS, MILLION, PLAN, Comparison

FINDINGS = Path(__file__).with_name("findings.md")
PACKAGES = ("numpy", "scipy", "pydantic", "PyYAML", "typer", "squigglepy", "monaco", "heormodel", "SALib")
OURS, ENGINE, LIMIT = "socio_calc, case file", "socio_calc, engine alone", "opt_table"
LOOP, SQUIGGLEPY = "numpy, year by year", "squigglepy + numpy"


@dataclass(frozen=True)
class Results:
    """Everything that one run measured."""

    started: datetime
    minutes: float
    load: tuple[float, float]
    comparison: Comparison
    pathways: PathwayRuns
    questions: dict[str, Answer]
    accuracy: Accuracy
    growth: list[Growth]
    commands: list[StartUp]
    report: StartUp
    parts: dict[str, float]


@dataclass(frozen=True)
class Target:
    """One demand on the speed, and what was measured."""

    what: str
    bound: str
    found: str
    met: bool


def markdown(results: Results) -> str:
    """Return the whole page."""
    sections = [
        _head(results),
        _targets(results),
        _side_by_side(results.comparison),
        _pathways(results.pathways),
        _questions(results.questions),
        _accuracy(results.accuracy),
        _growth(results.growth),
        _commands([*results.commands, results.report]),
        _parts(results.parts),
        FINDINGS.read_text(encoding="utf-8").strip(),
    ]
    return "\n\n".join(sections) + "\n"


def targets(results: Results) -> list[Target]:
    """Return each demand with what was measured."""
    runs, accuracy = results.comparison, results.accuracy
    memory = median(run.peak for run in runs.of(OURS, MILLION))
    start_up = {command.name: command.ratio for command in results.commands}
    error = accuracy.default.mean / accuracy.plain.mean
    return [
        _at_most("case file against `opt_table`, a million draws", runs.ratio(OURS, LIMIT), 2.0, "times"),
        _at_least("squigglepy against the case file", runs.ratio(SQUIGGLEPY, OURS), 25.0, "times"),
        _at_least("numpy year loop against the case file", runs.ratio(LOOP, OURS), 25.0, "times"),
        _at_most("peak memory, 1,000,000 draws", memory, 400.0, "MiB"),
        _at_most("peak memory, 10,000,000 draws", runs.memory.peak, 600.0, "MiB"),
        _at_most(
            "pathway of 4 states and 60 cycles, engine", results.pathways.per_draw(PATHWAY_ENGINE), 1.0, "µs a draw"
        ),
        _at_least(
            "heormodel's `run_psa` against the pathway's case file",
            results.pathways.ratio(PATHWAY_OTHER, PATHWAY_OURS),
            100.0,
            "times",
        ),
        *(
            _at_most(f"error of the mean, {DEFAULT_DRAWS:,} Sobol / {PLAIN_DRAWS:,} plain, {view}", value, 1.0, "times")
            for view, value in zip(VIEWS, error.tolist(), strict=True)
        ),
        _at_least("indices, SALib and a NumPy model against ours", _times(results.questions, "indices"), 25.0, "times"),
        _at_most("what drives 30 quantities' result", results.questions["drivers, socio_calc"].seconds, 3.0, "s"),
        _at_most("what learning of them is worth", results.questions["learning, socio_calc"].seconds, 10.0, "s"),
        _at_most("`run --json` against its bare imports", start_up["run --json"], 1.6, "times"),
        _at_most("the whole report against its bare imports", results.report.ratio, 3.0, "times"),
        _at_most("`--help` against its bare imports", start_up["--help"], 2.5, "times"),
    ]


def _at_most(what: str, found: float, bound: float, unit: str) -> Target:
    return Target(what, f"≤ {bound:g} {unit}", f"{found:.3g}", found <= bound)


def _at_least(what: str, found: float, bound: float, unit: str) -> Target:
    return Target(what, f"≥ {bound:g} {unit}", f"{found:.3g}", found >= bound)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; all columns but the first are right-aligned.

    >>> print(table(["a", "b"], [["x", "1"]]))
    | a | b |
    |---|---:|
    | x | 1 |
    """
    lines = [f"| {' | '.join(head)} |", "|---|" + "---:|" * (len(head) - 1)]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def _head(results: Results) -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return "\n".join(
        [
            "# Benchmarks",
            "",
            f"Written by `make bench` on {results.started:%Y-%m-%d %H:%M} UTC in {results.minutes:.1f} minutes. "
            "What the rows mean: README.md.",
            "",
            f"- Machine: {_processor()}, {os.cpu_count()} cores, {_memory_gib():.0f} GiB, {platform.system()} "
            f"{platform.release().split('-')[0]}; load average {results.load[0]:.1f} before and {results.load[1]:.1f} "
            "after.",
            f"- Versions: socio_calc {socio_calc.__version__} (method {socio_calc.METHOD}), "
            f"Python {platform.python_version()}, {packages}.",
            "- Times are processor seconds (user and system) unless they are called wall: the machine is shared. What "
            "is compared ran in turn, in this run; medians.",
        ]
    )


def _targets(results: Results) -> str:
    rows = [[t.what, t.bound, t.found, "yes" if t.met else "**no**"] for t in targets(results)]
    return "## What is asked\n\n" + table(["", "asked", "found", "met"], rows)


def _side_by_side(found: Comparison) -> str:
    rows = []
    for tool, (numbers, _) in PLAN.items():
        row = [tool]
        for draws in FULL:
            runs = found.of(tool, draws)
            row.append(f"{median(r.wall for r in runs):.2f} / {median(r.cpu for r in runs):.2f}" if runs else "–")
        largest = numbers[-1]
        runs = found.of(tool, largest)
        seconds = found.million(tool)
        row += [f"{seconds:.2f}" if largest == MILLION else f"about {seconds:.0f}"]
        ratios = [found.ratio(tool, other) for other in (LIMIT, OURS)]
        row += [f"{value:.0f}" if value >= 10 else f"{value:.2f}" for value in ratios]
        row += [f"{median(r.peak for r in runs):.0f}" + ("" if largest == MILLION else f" ({largest:,})")]
        rows.append(row)
    head = ["", *(f"{n:,} draws, wall / cpu s" for n in FULL), "1k to 1M, cpu s", "times `opt_table`"]
    head += ["times the case file", "peak MiB at 1M"]
    memory = found.memory
    return "\n\n".join(
        [
            "## The common job, side by side",
            table(head, rows),
            f"{MEMORY_DRAWS:,} draws from the case file: {memory.wall:.1f} s wall, {memory.cpu:.1f} s cpu, peak "
            f"{memory.peak:.0f} MiB.",
        ]
    )


def _times(found: dict[str, Answer], question: str) -> float:
    """Return how many times as long the other tool takes."""
    ours, other = (answer.seconds for name, answer in found.items() if name.startswith(f"{question}, "))
    return other / ours


def _questions(found: dict[str, Answer]) -> str:
    rows = []
    for name, answer in found.items():
        question, _, tool = name.partition(", ")
        ours = found[f"{question}, socio_calc"]
        apart = "–"
        if tool != "socio_calc" and (largest := max(map(abs, ours.values))):
            apart = f"{max(abs(a - b) for a, b in zip(ours.values, answer.values, strict=True)) / largest:.3f}"
        rows.append([question, tool, f"{answer.seconds:.2f}", f"{answer.seconds / ours.seconds:.1f}", apart])
    return "\n\n".join(
        [
            "## What drives the result, and what knowing is worth",
            f"The common job. Indices: first order and total of 30 inputs from {POINTS:,} base points, "
            f"{POINTS * 32:,} calculations (SALib's time from {FEWER_POINTS:,}, scaled). Knowing: EVPPI of each of the "
            f"30 inputs on {KNOWING_DRAWS:,} draws; ours with a standard error, which takes eight more fits. "
            "Drivers: all that `socio-calc sensitivity` says but what learning is worth. Learning: EVPI, EVPPI and "
            "EVSI, the latter of a follow-up of twelve outcomes at ten sizes each. The last column is the largest "
            "difference from our answer, as a share of our largest.",
            table(["question", "tool", "cpu s", "times ours", "apart"], rows),
        ]
    )


def _pathways(found: PathwayRuns) -> str:
    rows = [
        [tool.removeprefix("pathway, "), f"{draws:,}", f"{found.per_draw(tool):.2f}",
         f"{found.ratio(tool, PATHWAY_OURS):.2f}"]
        for tool, draws in PATHWAY_DRAWS.items()
    ]  # fmt: skip
    return "\n\n".join(
        [
            "## A pathway, side by side",
            "4 states, 60 cycles, two arms that differ in every cycle, 14 uncertain inputs; processor time of a draw "
            "beyond the first thousand.",
            table(["", "draws", "cpu µs a draw", "times the case file"], rows),
        ]
    )


def _accuracy(found: Accuracy) -> str:
    views = [f"{view}: mean {mean / 1e6:.4f} million kr (± {own:.0f} kr), P {share:.5f} (± {own_p:.6f})"
             for view, mean, own, share, own_p in zip(
                 VIEWS, found.mean.tolist(), found.mean_error.tolist(), found.probability.tolist(),
                 found.probability_error.tolist(), strict=True)]  # fmt: skip
    head = ["", "draws", "cpu s", *(f"{what}, {view}" for view in VIEWS for what in ("mean, kr", "P(NPV > 0)"))]

    def row(name: str, error: Error, shares: bool = True) -> list[str]:
        figures = []
        for view in range(len(VIEWS)):
            figures += [f"{error.mean[view]:,.0f}", f"{error.probability[view]:.5f}" if shares else "–"]
        return [name, f"{error.draws:,}", f"{error.seconds:.3f}", *figures]

    rows = [row(f"{error.sampler}, in the time of the default", error) for error in found.equal_time]
    rows.append(row("random, a million", found.plain, shares=False))
    theory = zip(found.sd, np.sqrt(found.probability * (1.0 - found.probability)), strict=True)
    expected = "; ".join(
        f"{view} {sd / PLAIN_DRAWS**0.5:,.0f} kr and {spread / PLAIN_DRAWS**0.5:.5f}"
        for view, (sd, spread) in zip(VIEWS, theory, strict=True)
    )
    worth = (found.sd / found.default.mean) ** 2
    plain = ", ".join(f"{view} {value / 1e6:.1f} million" for view, value in zip(VIEWS, worth.tolist(), strict=True))
    return "\n\n".join(
        [
            "## Accuracy",
            f"Root mean square error over {found.equal_time[0].seeds} seeds ({found.plain.seeds} for the million plain "
            f"draws), of the NPV at 40 years, against {REFERENCE_DRAWS:,} Sobol points in 8 scramblings "
            f"({'; '.join(views)}).",
            table(head, rows),
            f"In theory a million plain draws are off by {expected}. For the mean, {DEFAULT_DRAWS:,} Sobol points are "
            f"worth this many plain draws: {plain}.",
        ]
    )


def _growth(found: list[Growth]) -> str:
    rows = [
        [
            growth.what,
            f"{growth.slope:.2f}",
            ", ".join(f"{size:,}: {1e3 * seconds:.0f} ms" for size, seconds in
                      zip(growth.sizes, growth.seconds, strict=True)),
        ]
        for growth in found
    ]  # fmt: skip
    return "\n\n".join(
        [
            "## How the cost grows",
            f"Processor time of `appraise` beyond that of a thousand draws, at {DRAWS:,} draws where nothing else is "
            "said; slope of log time against log size.",
            table(["", "slope", "size: time"], rows),
        ]
    )


def _commands(found: list[StartUp]) -> str:
    rows = [
        [f"`{c.name}`", f"{1e3 * c.wall:.0f}", f"{1e3 * c.cpu:.0f}", f"{1e3 * c.imports_cpu:.0f}", f"{c.ratio:.2f}",
         f"`{c.imports}`"]
        for c in found
    ]  # fmt: skip
    head = ["command", "wall ms", "cpu ms", "imports, cpu ms", "ratio", "imports"]
    return "\n\n".join(
        [
            "## Commands from start to end",
            f"On {MODEL}, default draws; each in turn with a Python that only does the imports.",
            table(head, rows),
            "`run --out` writes the whole default report: document, workbook, charts and JSON.",
        ]
    )


def _parts(found: dict[str, float]) -> str:
    total = sum(found.values())
    rows = [[step, f"{spent:.1f}", f"{100 * spent / total:.0f} %"] for step, spent in found.items()]
    rows.append(["all", f"{total:.1f}", ""])
    return "\n\n".join(
        [
            "## The parts of `run --json`",
            "Step by step in one process, processor milliseconds, median of fresh processes. The bare imports of the "
            f"table above (`{COMPUTING}`) leave most of pydantic out: it loads its parts when they are first used.",
            table(["step", "ms", "share"], rows),
        ]
    )


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.is_file():
        for line in information.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
