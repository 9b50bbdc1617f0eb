"""From a case to its Appraisal: plan, base case, draws, rows, warnings."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from numbers import Integral

import numpy as np

from socio_calc.appraisal.appraisal import Appraisal
from socio_calc.appraisal.measures import DrawFigures, Figure, Key, evidence_share
from socio_calc.appraisal.opening import reference_of
from socio_calc.appraisal.paths import YearlySample, yearly_sample
from socio_calc.appraisal.result import FlowRow, OutcomeRow, ResultRow
from socio_calc.appraisal.statistics import ChunkStatistics, scales
from socio_calc.appraisal.summaries import Summary, of_values
from socio_calc.appraisal.warnings import result_warnings
from socio_calc.case import Case, OwnOutcome, dump_case
from socio_calc.case.fields import LONGEST
from socio_calc.engine.build import build_plan
from socio_calc.engine.ledger import ACTORS
from socio_calc.engine.plan import Plan
from socio_calc.engine.sampling import Sampler
from socio_calc.engine.simulate import Progress, Simulation
from socio_calc.engine.threads import one_thread
from socio_calc.engine.yearly import base_flows, shares_by_age
from socio_calc.problems import InputError, Place, Problem
from socio_calc.reference import ReferenceBase
from socio_calc.version import METHOD, __version__

#: Measures of which only percentiles over draws make sense (CASE_FORMAT).
PERCENTILES_ONLY = frozenset({"payback_year", "irr"})
#: Share of draws that must have a value for statistics to be given (CASE_FORMAT).
LEAST_VALID = 0.5


def appraise(
    case: Case,
    *,
    draws: int = 16_384,
    seed: int = 1,
    sampler: Sampler = "sobol",
    horizons: Sequence[int] | None = None,
    reference: ReferenceBase | None = None,
    case_sha256: str | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    outcomes: Sequence[OwnOutcome] = (),
) -> Appraisal:
    """Compute a case.

    Parameters
    ----------
    case
        From `load` or built in Python.
    draws, seed, sampler
        METHOD §8; `draws` is rounded up to a multiple of 8.
    horizons
        Years, in the place of the case's own.
    reference
        Prices, evidence and the rest; None is the shipped base.
    case_sha256
        Hash of the file that the case was read from; None hashes the case as it would be written.
    workers
        Threads; the result does not depend on it.
    progress
        Called with the number of draws just done.
    outcomes
        Outcomes of the analyst's own, counted in behind those of the case.

    Raises
    ------
    InputError
        With all that cannot be computed.
    OwnOutcomeError
        When the function of an own outcome does not keep its contract.
    TypeError, ValueError
        For a number of draws, a seed, workers or horizons that are no such numbers; the message says which.
    """
    draws, seed, workers = _whole("draws", draws), _whole("seed", seed), _whole("workers", workers)
    if horizons is not None:
        horizons = _horizons(horizons)
    with one_thread(), np.errstate(over="ignore", invalid="ignore"):
        try:
            appraisal = _appraise(
                case, draws, seed, sampler, horizons, reference, case_sha256, workers, progress, tuple(outcomes)
            )
        except (OverflowError, ZeroDivisionError) as error:
            raise InputError([Problem("result-not-finite", Place())]) from error
    if not all(map(_finite, appraisal.rows)):
        raise InputError([Problem("result-not-finite", Place())])
    return appraisal


def _whole(name: str, value: object) -> int:
    """Return a whole number, also one of numpy's; True and False are none."""
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{name} must be a whole number, got {value!r}")
    return int(value)


def _horizons(horizons: object) -> tuple[int, ...]:
    if isinstance(horizons, str) or not isinstance(horizons, Iterable):
        raise TypeError(f"horizons must be a list of years, such as [5, 10], got {horizons!r}")
    years = tuple(_whole("each of horizons", value) for value in horizons)
    if not years or not 1 <= min(years) <= max(years) <= LONGEST:
        raise ValueError(f"horizons must be one or more spans of 1 to {LONGEST} years, got {years}")
    return years


def _finite(row: ResultRow) -> bool:
    """Whether the figures of a row that amounts decide are numbers."""
    return all(value is None or math.isfinite(value) for value in (row.base, row.mean, row.sd, row.p5, row.p95))


def _appraise(
    case: Case,
    draws: int,
    seed: int,
    sampler: Sampler,
    horizons: Sequence[int] | None,
    reference: ReferenceBase | None,
    case_sha256: str | None,
    workers: int,
    progress: Progress | None,
    own: tuple[OwnOutcome, ...],
) -> Appraisal:
    base = reference_of(case, reference)
    if horizons is not None:
        case = case.model_copy(update={"horizons": tuple(sorted(set(horizons)))})
    plan = build_plan(case, base, own)
    flows = base_flows(plan)
    figures = DrawFigures(plan, flows)
    simulation = Simulation(plan, draws, seed, sampler)
    exact = figures.as_dict()
    by_key, limited, net = _statistics(simulation, figures, exact, workers, progress)
    sample = yearly_sample(simulation, figures, exact)
    by_key.update(sample.summaries)
    rows = tuple(result_row(key, figure, by_key.get(key)) for key, figure in exact.items())
    overflow = sum(
        float(flows.overflow[index]) * sum(abs(entry) for entry in line.entries.values())
        for index, line in enumerate(plan.lines)
    )
    inside = float(
        sum(np.abs(line.entries).sum() for line in figures.lines if line.part != "cost" and line.kind != "public_funds")
    )
    appraisal = Appraisal(
        case=case,
        plan=plan,
        reference=base,
        simulation=simulation,
        figures=figures,
        sample=sample,
        rows=rows,
        outcome_rows=tuple(_outcome_rows(plan, figures, sample)),
        flow_rows=tuple(_flow_rows(figures)),
        warnings=(),
        share_cut=overflow / (overflow + inside) if overflow else 0.0,
        evidence_share=evidence_share(figures, plan, shares_by_age(plan)),
        clipped=limited.clipped,
        scaled=limited.scaled,
        case_sha256=case_sha256 or hashlib.sha256(dump_case(case).encode()).hexdigest(),
        version=__version__,
        method=METHOD,
        _net_draws={("societal", plan.years): net},
        own_outcomes=own,
    )
    object.__setattr__(appraisal, "warnings", tuple(result_warnings(appraisal)))
    return appraisal


@dataclass(frozen=True)
class _Limited:
    """Shares of the draws in which something was limited, by the id of its outcome or pathway."""

    clipped: dict[str, float]
    scaled: dict[str, float]


def _statistics(
    simulation: Simulation,
    figures: DrawFigures,
    exact: Mapping[Key, Figure],
    workers: int,
    progress: Progress | None,
) -> tuple[dict[Key, Summary], _Limited, np.ndarray]:
    """Summarise all chunks; also the shares of limited draws and the societal NPV draws of the first chunk."""
    tolerances = scales(figures)
    by_key: dict[Key, Summary] = {}
    clipped: Counter[str] = Counter()
    scaled: Counter[str] = Counter()
    net = None
    for chunk in simulation.chunks(workers, progress):
        statistics = ChunkStatistics(simulation, chunk, tolerances, exact, first=net is None)
        for key, summary in statistics.items(workers):
            by_key[key] = by_key[key].merged(summary) if key in by_key else summary
        clipped.update(chunk.clipped)
        scaled.update(chunk.scaled)
        if net is None:
            net = statistics.net("societal", simulation.plan.years)
    shares = [{id: count / simulation.draws for id, count in counts.items()} for counts in (clipped, scaled)]
    return by_key, _Limited(*shares), np.zeros(0) if net is None else net


def result_row(key: Key, figure: Figure, summary: Summary | None) -> ResultRow:
    """Join the base case of a row with its summary over draws; null where CASE_FORMAT says so."""
    view, perspective, horizon, measure = key
    if figure.value is None:
        return ResultRow(view, perspective, horizon, measure, None, reason=figure.reason)
    if summary is None or summary.valid < LEAST_VALID * summary.draws or not summary.percentiles:
        return ResultRow(view, perspective, horizon, measure, figure.value)
    p5, p25, p50, p75, p95 = summary.percentiles
    moments = measure not in PERCENTILES_ONLY
    error = summary.mc_error
    return ResultRow(
        view,
        perspective,
        horizon,
        measure,
        figure.value,
        mean=summary.expected if moments and np.isfinite(summary.expected) else None,
        sd=summary.sd if moments else None,
        p5=p5,
        p25=p25,
        p50=p50,
        p75=p75,
        p95=p95,
        mc_error=error if moments and np.isfinite(error) else None,
        probability_positive=summary.above / summary.valid if measure in ("npv", "bcr") else None,
        expected_loss=summary.loss / summary.draws + 0.0 if measure == "npv" else None,
    )


def _outcome_rows(plan: Plan, figures: DrawFigures, sample: YearlySample) -> Iterator[OutcomeRow]:
    """Yield the outcomes, then the states of the pathways."""
    flows = figures.flows
    tables = (
        ([outcome.id for outcome in plan.outcomes], flows.ordinary, flows.difference, sample.outcome_sums),
        ([state.id for state in plan.states], flows.ordinary_states, flows.difference_states, sample.state_sums),
    )
    for ids, ordinary_by_year, difference_by_year, sums in tables:
        for row, id in enumerate(ids):
            for at, horizon in enumerate(plan.horizons):
                ordinary = float(ordinary_by_year[row, :horizon].sum())
                difference = float(difference_by_year[row, :horizon].sum())
                drawn = of_values(sums[row, at])
                yield OutcomeRow(
                    id,
                    horizon,
                    ordinary,
                    ordinary + difference,
                    difference,
                    drawn.mean,
                    drawn.percentiles[0],
                    drawn.percentiles[-1],
                )


def _flow_rows(figures: DrawFigures) -> Iterator[FlowRow]:
    """Yield every entry that is not 0; the λ line's parts are one line for costs and one for effects."""
    public_funds: dict[tuple[str, int], float] = {}
    for line in figures.lines:
        for actor, by_year in zip(ACTORS, line.entries, strict=True):
            for year in np.nonzero(by_year)[0].tolist():
                if line.kind == "public_funds":
                    key = (line.source, year)
                    public_funds[key] = public_funds.get(key, 0.0) + float(by_year[year])
                    continue
                yield FlowRow(year, actor, line.source, line.name, line.kind, float(by_year[year]))
    for (source, year), amount in public_funds.items():
        yield FlowRow(year, "ovriga", source, "public_funds_factor", "public_funds", amount)
