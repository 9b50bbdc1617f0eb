"""`python -m benchmarks`: measure everything in one run and write RESULTS.md beside this file."""

from __future__ import annotations

import compileall
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

# Before NumPy is imported: a product on many threads costs more than it gives, here as in the program.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main() -> int:
    """Measure, write, and return 0 when everything that is asked is met, else 3."""
    import socio_calc
    from benchmarks import accuracy, commands, parts, pathway_job, questions, scaling, side_by_side
    from benchmarks.common_job import PAYERS, check_base_case
    from benchmarks.measuring import ROOT
    from benchmarks.results import Results, markdown, targets
    from benchmarks.tools import CASE

    started, clock, load = datetime.now(UTC), time.perf_counter(), os.getloadavg()[0]
    # As pip leaves a package that it installs.
    compileall.compile_dir(ROOT / "socio_calc", quiet=1)
    appraisal = socio_calc.appraise(socio_calc.load(CASE), draws=8)
    check_base_case({payer: appraisal.base("npv", payer, 40) for payer in PAYERS})

    def said(what: str) -> None:
        print(f"{time.perf_counter() - clock:6.0f} s  {what}", file=sys.stderr, flush=True)

    said("commands")
    started_up, report, steps = commands.measure(), commands.full_report(), parts.measure()
    said("side by side")
    comparison = side_by_side.compare()
    said("pathways")
    pathways = pathway_job.measure()
    said("questions")
    answers = questions.measure()
    said("accuracy")
    errors = accuracy.measure()
    said("growth")
    growth = scaling.measure()
    minutes = (time.perf_counter() - clock) / 60
    loads = (load, os.getloadavg()[0])
    results = Results(started, minutes, loads, comparison, pathways, answers, errors, growth, started_up, report, steps)
    Path(__file__).with_name("RESULTS.md").write_text(markdown(results), encoding="utf-8")
    said("RESULTS.md")
    for target in targets(results):
        print(f"{'yes' if target.met else 'NO ':3}  {target.what}: {target.found} ({target.bound})")
    return 0 if all(target.met for target in targets(results)) else 3


if __name__ == "__main__":
    sys.exit(main())
