"""How the cost grows with draws, outcomes, years and cohorts: the slope of log time against log size.

Times are those of the draws alone: processor time of `appraise` less that of the same case with few draws.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from benchmarks.common_job import HORIZONS, case_text
from socio_calc.appraisal import appraise
from socio_calc.case import Case, build_case, parse_document

DRAWS, FEW_DRAWS = 65_536, 1_024
ROUNDS = 3


@dataclass(frozen=True)
class Growth:
    """Processor seconds at each size, and the slope over the sizes."""

    what: str
    sizes: tuple[int, ...]
    seconds: tuple[float, ...]

    @property
    def slope(self) -> float:
        """Slope of log time against log size, by least squares."""
        return float(np.polyfit(np.log(self.sizes), np.log(self.seconds), 1)[0])


def measure() -> list[Growth]:
    """Measure all four."""

    def horizons(years: int) -> Sequence[int]:
        return [years // 8, years // 4, years // 2, years]

    return [
        _growth("draws", (16_384, 65_536, 262_144, 1_048_576), lambda n: (_case(), n)),
        _growth("outcomes", (6, 12, 24, 48, 96), lambda k: (_case(outcomes=k), DRAWS)),
        _growth("years", (8, 16, 32, 64, 120), lambda t: (_case(horizons=horizons(t)), DRAWS)),
        _growth("cohorts", (1, 2, 5, 10, 20, 40), lambda c: (_case(cohorts=c), DRAWS)),
    ]


def _case(outcomes: int = 12, horizons: Sequence[int] = HORIZONS, cohorts: int = 1) -> Case:
    return build_case(parse_document(case_text(outcomes, horizons, cohorts).encode(), "case.yaml"))


def _growth(what: str, sizes: tuple[int, ...], of: Callable[[int], tuple[Case, int]]) -> Growth:
    jobs = [of(size) for size in sizes]
    for case, _ in jobs:
        _seconds(case, FEW_DRAWS)
    times = [[_seconds(case, draws) - _seconds(case, FEW_DRAWS) for case, draws in jobs] for _ in range(ROUNDS)]
    return Growth(what, sizes, tuple(median(round_[i] for round_ in times) for i in range(len(sizes))))


def _seconds(case: Case, draws: int) -> float:
    start = time.process_time()
    appraise(case, draws=draws, case_sha256="")
    return time.process_time() - start
