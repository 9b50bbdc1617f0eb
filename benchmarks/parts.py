"""Where the time of `socio-calc run CASE --json` goes: `python -m benchmarks.parts` does its steps one by one.

The steps are those of the command, in its order; each process gives one line of JSON with processor milliseconds.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from statistics import median

from benchmarks.commands import MODEL
from benchmarks.measuring import ROOT, environment

ROUNDS = 7


def measure() -> dict[str, float]:
    """Return the median processor milliseconds of each step over fresh processes."""
    command = [sys.executable, "-m", "benchmarks.parts"]
    rounds = []
    for _ in range(ROUNDS + 1):
        done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True)
        rounds.append(json.loads(done.stdout))
    return {step: median(found[step] for found in rounds[1:]) for step in rounds[0]}


def main() -> None:
    """Do the steps in this process."""
    taken: dict[str, float] = {}
    last = time.process_time()

    def done(step: str) -> None:
        nonlocal last
        taken[step] = 1e3 * (time.process_time() - last)
        last = time.process_time()

    for step, modules in (
        ("import typer", ("typer",)),
        ("import yaml", ("yaml",)),
        ("import pydantic", ("pydantic.main", "pydantic.types", "pydantic.json_schema", "typer._adapters")),
        ("import numpy", ("numpy",)),
        ("import scipy.special", ("scipy.special", "threadpoolctl")),
        ("import socio_calc: command line, texts", ("socio_calc.cli.commands", "socio_calc.report.files")),
        ("import socio_calc: case models", ("socio_calc.case",)),
        ("import socio_calc: reference", ("socio_calc.reference",)),
        ("import socio_calc: engine", ("socio_calc.engine.build", "socio_calc.engine.simulate")),
        ("import socio_calc: appraisal", ("socio_calc.appraisal",)),
    ):
        for module in modules:
            import_module(module)
        done(step)
    from socio_calc.appraisal import appraise
    from socio_calc.case import Case, build_case, read_document
    from socio_calc.cli.commands import command
    from socio_calc.engine.build import build_plan
    from socio_calc.engine.tables import quantile_source
    from socio_calc.engine.threads import one_thread
    from socio_calc.reference import load_reference

    command("sv")
    done("commands and their help")
    base = load_reference()
    done("read and check the reference base")
    document = read_document(Path(MODEL))
    done("read the YAML")
    Case.model_rebuild(force=True)
    done("pydantic schema of the case")
    case = build_case(document)
    done("check the case")
    plan = build_plan(case, base)
    done("compile the plan")
    with one_thread():
        done("limit threads")
    for column in plan.columns:
        quantile_source(column.distribution)
    done(f"quantile tables ({len(plan.columns)})")
    appraisal = appraise(case, reference=base, case_sha256=document.sha256)
    done(f"appraise ({appraisal.number_of_draws} draws, {len(appraisal.rows)} rows)")
    json.dumps(appraisal.to_json(), ensure_ascii=False, indent=1, allow_nan=False)
    done("JSON")
    json.dump(taken, sys.stdout)


if __name__ == "__main__":
    main()
