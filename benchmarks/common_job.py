"""The common job: what every tool of the benchmark computes, and the same job as a case file.

Net present value of a programme for four payers at five horizons. Thirty uncertain inputs, the rows of x:

===== =========== ==========================================================================================
rows  distribution what it is
===== =========== ==========================================================================================
0-9   lognormal   kronor that one person-year of an outcome is worth (mean as below, coefficient of variation 0.4)
10-19 beta        chance that a participant avoids it
20-27 PERT        share of the effect that is lost each year
28    PERT        number of participants
29    PERT        share of the difference that the programme causes
===== =========== ==========================================================================================

Twelve outcomes: outcome k uses price k mod 10, effect 3k mod 10 and loss k mod 8; it starts in a year of its own and
its price grows from there. With the programme's cost C paid now, payer j's net present value at horizon H is

    Σ_k share[k, j] · Σ_{t = start[k] … H} number · caused · effect · price · ((1 − loss)(1 + growth[k]))^(t − start[k])
    / (1 + r)^t − C · paid[j]
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

PAYERS = ("kommun", "region", "stat", "individ")
HORIZONS = (1, 5, 10, 20, 40)
INPUTS, OUTCOMES, YEARS = 30, 12, 40
RATE = 0.03
PROGRAMME_COST = 9e6
PAID_BY = np.array([0.6, 0.4, 0.0, 0.0])

PRICES = (12e3, 30e3, 55e3, 8e3, 110e3, 20e3, 45e3, 70e3, 15e3, 26e3)
PRICE_VARIATION = 0.4
ALPHA, BETA = np.linspace(2.0, 8.0, 10), np.linspace(60.0, 30.0, 10)
LOSSES = (0.05, 0.1, 0.15, 0.2, 0.08, 0.12, 0.18, 0.25)
#: (low, mode, high) of rows 20 to 29.
PERTS = (*((0.0, mode, 0.3) for mode in LOSSES), (80.0, 120.0, 200.0), (0.4, 0.7, 0.95))

STARTS = (1, 1, 2, 3, 1, 4, 6, 1, 2, 5, 8, 3)
GROWTH = tuple(0.002 * k for k in range(OUTCOMES))
#: What each payer gains of a krona that an outcome is worth, (outcomes, payers).
SHARES = np.array(
    [
        (0.28290397521520044, 0.22676603382029173, 0.19432277888165236, 0.29600721208285546),
        (0.1600435313137929, 0.34394746586687897, 0.26080335116804404, 0.23520565165128404),
        (0.15017604828969758, 0.07783274530660632, 0.1642725375379588, 0.6077186688657371),
        (0.3441958582674469, 0.0791260974064008, 0.3996606069918862, 0.17701743733426606),
        (0.11490120225265779, 0.42948113896293827, 0.21225107826985593, 0.243366580514548),
        (0.1809217609961308, 0.03695961121445036, 0.18692626866956896, 0.5951923591198499),
        (0.06470989384238612, 0.29827691007696827, 0.3201519039719221, 0.3168612921087234),
        (0.23114883324678495, 0.2803316908319518, 0.13700882149396698, 0.35151065442729623),
        (0.5849997356424341, 0.13503941665348068, 0.03078750053032956, 0.2491733471737556),
        (0.2787949537338026, 0.1263433128703633, 0.46136866657858433, 0.1334930668172496),
        (0.25535698711929966, 0.10150813718658991, 0.19495777771640938, 0.4481770979777011),
        (0.24859521505054064, 0.31708919709427014, 0.23489630706926512, 0.1994192807859242),
    ]
)
#: Net present values of the base case at 40 years, in kronor, worked out apart from socio_calc.
BASE_CASE = {"kommun": -1_541_890.15, "region": 1_270_780.88, "stat": 4_977_939.64, "individ": 6_694_858.27}


def lognormal_parameters() -> tuple[Array, float]:
    """Return mu of each price, (10,), and their common sigma."""
    sigma = float(np.sqrt(np.log(1.0 + PRICE_VARIATION**2)))
    return np.log(PRICES) - sigma**2 / 2.0, sigma


def pert_parameters() -> tuple[Array, Array, Array, Array]:
    """Return low, width, alpha and beta of the PERT inputs, (10,) each."""
    low, mode, high = np.array(PERTS).T
    width = high - low
    return low, width, 1.0 + 4.0 * (mode - low) / width, 1.0 + 4.0 * (high - mode) / width


def central_inputs() -> Array:
    """Return the base case's inputs, (30, 1): the means of lognormal, beta and PERT."""
    low, mode, high = np.array(PERTS).T
    return np.concatenate([PRICES, ALPHA / (ALPHA + BETA), (low + 4.0 * mode + high) / 6.0])[:, None]


def draw_inputs(draws: int, rng: np.random.Generator, row_by_draw: bool = False) -> Array:
    """Return x, (30, draws), drawn with NumPy; `row_by_draw` lays it in memory as a table with a row for each draw."""
    mu, sigma = lognormal_parameters()
    low, width, alpha, beta = pert_parameters()
    x = np.empty((draws, INPUTS)).T if row_by_draw else np.empty((INPUTS, draws))
    for i in range(10):
        x[i] = rng.lognormal(mu[i], sigma, draws)
        x[10 + i] = rng.beta(ALPHA[i], BETA[i], draws)
        x[20 + i] = low[i] + width[i] * rng.beta(alpha[i], beta[i], draws)
    return x


def year_by_year(x: Array) -> Array:
    """Return net present values, (payers, horizons, draws), as an analyst writes it: years, outcomes, whole columns.

    `x` has shape (30, draws). Speed depends on how it lies in memory: the transpose of a table with a row for each
    draw, the usual way to keep draws, takes nearly three times as long as an array with a row for each input. The
    result lies as `x` does.
    """
    draws = x.shape[1]
    if x.flags.c_contiguous:
        gained = np.zeros((len(PAYERS), draws))
        result = np.empty((len(PAYERS), len(HORIZONS), draws))
    else:
        gained = np.zeros((draws, len(PAYERS))).T
        result = np.empty((draws, len(PAYERS), len(HORIZONS))).transpose(1, 2, 0)
    people = x[28] * x[29]
    for year in range(1, YEARS + 1):
        for k in range(OUTCOMES):
            if year < STARTS[k]:
                continue
            left = ((1.0 - x[20 + k % 8]) * (1.0 + GROWTH[k])) ** (year - STARTS[k])
            value = people * x[10 + 3 * k % 10] * x[k % 10] * left / (1.0 + RATE) ** year
            for payer in range(len(PAYERS)):
                gained[payer] += SHARES[k, payer] * value
        if year in HORIZONS:
            result[:, HORIZONS.index(year)] = gained - (PROGRAMME_COST * PAID_BY)[:, None]
    return result


def one_draw(x: Sequence[float]) -> Array:
    """Return the net present values of one draw, (payers, horizons), in closed form: a model called draw by draw."""
    result = np.repeat(-(PROGRAMME_COST * PAID_BY)[:, None], len(HORIZONS), axis=1)
    people = x[28] * x[29]
    for k in range(OUTCOMES):
        ratio = (1.0 - x[20 + k % 8]) * (1.0 + GROWTH[k]) / (1.0 + RATE)
        first = people * x[10 + 3 * k % 10] * x[k % 10] / (1.0 + RATE) ** STARTS[k]
        for at, horizon in enumerate(HORIZONS):
            if horizon >= STARTS[k]:
                result[:, at] += SHARES[k] * first * (1.0 - ratio ** (horizon - STARTS[k] + 1)) / (1.0 - ratio)
    return result


def case_text(outcomes: int = OUTCOMES, horizons: Sequence[int] = HORIZONS, cohorts: int = 1) -> str:
    """Return the job as a case file.

    Parameters
    ----------
    outcomes
        More than twelve repeat the parameters of the twelve.
    horizons
        Years; the calculation is as long as the longest.
    cohorts
        Groups of participants, one a year.
    """
    quantities = [
        f"price_{i}: {{dist: lognormal, mean: {mean!r}, sd: {mean * 0.4!r}}}" for i, mean in enumerate(PRICES)
    ]
    for i, (a, b) in enumerate(zip(ALPHA.tolist(), BETA.tolist(), strict=True)):
        mean = a / (a + b)
        sd = (a * b / (a + b + 1.0)) ** 0.5 / (a + b)
        quantities.append(f"effect_{i}: {{dist: beta, mean: {mean!r}, sd: {sd!r}}}")
    names = [*(f"loss_{i}" for i in range(len(LOSSES))), "number", "caused"]
    for name, (low, mode, high) in zip(names, PERTS, strict=True):
        quantities.append(f"{name}: {{low: {low!r}, mode: {mode!r}, high: {high!r}}}")
    lines = [
        "# The common job of the benchmarks as a case: 30 uncertain inputs, 12 outcomes, 40 years, 4 payers.",
        "# Written by `python -m benchmarks.common_job`; see common_job.py.",
        "format: 1",
        "title: Common job",
        "first_year: 2025",
        "price_year: 2024",
        f"horizons: [{', '.join(map(str, horizons))}]",
        f"discount_rate: {RATE}",
        "timing: end",
        "quantities:",
        *(f"  {quantity}" for quantity in quantities),
        "participants:",
        *(f"  - {{year: {year}, number: {{ref: number}}}}" for year in range(cohorts)),
        "costs:",
    ]
    for payer, share in zip(PAYERS, PAID_BY.tolist(), strict=True):
        if share:
            # Paid now, while the case discounts its first year once (timing: end).
            amount = PROGRAMME_COST * share * (1.0 + RATE)
            lines.append(
                f"  - {{name: Programme {payer}, actor: {payer}, amount: {amount!r}, basis: total, years: [0]}}"
            )
    lines.append("outcomes:")
    for index in range(outcomes):
        lines += _outcome_lines(index)
    return "\n".join(lines) + "\n"


def _outcome_lines(index: int) -> list[str]:
    k = index % OUTCOMES
    lines = [
        f"  - id: o{index}",
        f"    name: Outcome {index}",
        "    level: probability",
        "    better: higher",
        "    ordinary: 0",
        f"    effect: {{measure: difference, value: {{ref: effect_{3 * k % 10}}}}}",
        f"    lag: {STARTS[k] - 1}",
        "    holds: 1",
        f"    fades: {{shape: exponential, rate: {{ref: loss_{k % 8}}}}}",
        "    attribution: {ref: caused}",
        '    evidence: {grade: judgement, sources: ["benchmark"]}',
        "    consequences:",
    ]
    for payer, share in zip(PAYERS, SHARES[k].tolist(), strict=True):
        # The job's prices grow from the outcome's start, the case's from the first year: the quantity takes the rest.
        quantity = -share * (1.0 + GROWTH[k]) ** -(STARTS[k] - 1)
        lines.append(
            f"      - {{name: To {payer}, price: {{ref: price_{k % 10}}}, kind: resource_cost, payer: {payer}, "
            f"quantity: {quantity!r}, growth: {GROWTH[k]!r}}}"
        )
    return lines


def check_base_case(base: dict[str, float]) -> None:
    """Raise ValueError unless these net present values at 40 years are those of `BASE_CASE`, to the öre."""
    for payer, expected in BASE_CASE.items():
        if not abs(base[payer] - expected) < 0.01:
            raise ValueError(f"the base case of {payer} is {base[payer]:.2f} and not {expected:.2f}")


if __name__ == "__main__":
    from pathlib import Path

    Path(__file__).with_name("common_job.yaml").write_text(case_text(), encoding="utf-8")
