"""As many draws as a result needs: doubled until the random error of the net present value is small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from socio_calc.appraisal.appraisal import Appraisal
from socio_calc.appraisal.appraise import appraise
from socio_calc.appraisal.opening import reference_of
from socio_calc.appraisal.statistics import ChunkStatistics
from socio_calc.appraisal.summaries import Summary, of_values
from socio_calc.case import Case
from socio_calc.engine.build import build_plan
from socio_calc.engine.sampling import Sampler
from socio_calc.engine.simulate import Progress, Simulation
from socio_calc.engine.threads import one_thread
from socio_calc.reference import ReferenceBase

#: Largest Monte Carlo error of the societal NPV, as a share of its standard deviation.
ERROR_SHARE = 0.01
#: Draws of the first try, those of an ordinary run, and the most that are made.
FIRST_DRAWS = 2**14
MOST_DRAWS = 2**20


@dataclass(frozen=True, slots=True)
class Precision:
    """How well so many draws tell the societal NPV: the Monte Carlo error of its mean and its sd, SEK."""

    draws: int
    error: float
    sd: float

    def within(self, share: float) -> bool:
        """Whether the error is below a share of the standard deviation; it is where nothing is uncertain."""
        return self.error <= share * self.sd


def precision(simulation: Simulation, workers: int = 1) -> Precision:
    """Return how well a simulation tells the societal NPV at the longest horizon."""
    whole: Summary | None = None
    with one_thread():
        for chunk in simulation.chunks(workers):
            net = ChunkStatistics(simulation, chunk, {}, {}).net("societal", simulation.plan.years)
            summary = of_values(net)
            whole = summary if whole is None else whole.merged(summary)
    if whole is None:
        raise AssertionError("a simulation has at least one chunk")
    return Precision(simulation.draws, whole.mc_error, whole.sd)


def appraise_until(
    case: Case,
    *,
    error_share: float = ERROR_SHARE,
    first: int = FIRST_DRAWS,
    most: int = MOST_DRAWS,
    seed: int = 1,
    sampler: Sampler = "sobol",
    horizons: Sequence[int] | None = None,
    reference: ReferenceBase | None = None,
    case_sha256: str | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> Appraisal:
    """Compute a case with as many draws as its societal NPV needs.

    The draws are doubled from `first` on until the Monte Carlo error of the mean is at most `error_share` of the
    standard deviation, or `most` is reached; the warning `mc-error-large` then says when the error matters.

    Parameters
    ----------
    case
        From `load` or built in Python.
    error_share
        Above 0.
    first, most
        Draws of the first try, and the most that are made.
    seed, sampler, horizons, reference, case_sha256, workers, progress
        As for `appraise`.

    Raises
    ------
    InputError
        With all that cannot be computed.
    ValueError
        For limits that leave no room.
    """
    if not error_share > 0.0 or not 1 <= first <= most:
        raise ValueError(f"an error above 0 and 1 to {most} first draws, got {error_share} and {first}")
    base = reference_of(case, reference)
    chosen = case if horizons is None else case.model_copy(update={"horizons": tuple(sorted(set(horizons)))})
    plan = build_plan(chosen, base)
    draws = first
    while draws < most and not precision(Simulation(plan, draws, seed, sampler), workers).within(error_share):
        draws = min(2 * draws, most)
    return appraise(
        case,
        draws=draws,
        seed=seed,
        sampler=sampler,
        horizons=horizons,
        reference=base,
        case_sha256=case_sha256,
        workers=workers,
        progress=progress,
    )
