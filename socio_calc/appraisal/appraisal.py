"""The Appraisal: one case computed once; every figure in every output comes from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from socio_calc.appraisal.measures import DrawFigures, Key
from socio_calc.appraisal.paths import Bands, YearlySample, bands
from socio_calc.appraisal.result import (
    Driver,
    FlowRow,
    OccupancyRow,
    OutcomeRow,
    PayerRow,
    ResultRow,
    ResultWarning,
    StateYearRow,
    TransitionProbability,
)
from socio_calc.case import Case, OwnOutcome, StatedOutcome
from socio_calc.engine.ledger import ACTORS, HEALTH_KINDS, PUBLIC
from socio_calc.engine.plan import Plan
from socio_calc.engine.simulate import Simulation
from socio_calc.engine.yearly import BaseFlows
from socio_calc.locale import Language
from socio_calc.reference import ReferenceBase

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class Appraisal:
    """The result of one case.

    Attributes
    ----------
    case, plan, reference
        What was computed, and from what.
    simulation
        The draws; they depend on (`seed`, case) alone.
    rows, outcome_rows, flow_rows, warnings
        The result as CASE_FORMAT names it.
    share_cut, evidence_share
        METHOD §5 and §7; `evidence_share` is None when no effect line is positive.
    clipped
        Share of draws in which a level or a probability had to be limited to what is possible, by outcome or pathway.
    scaled
        Share of draws in which a row of transitions exceeded 1 and was scaled to it, by pathway.
    own_outcomes
        Outcomes that functions of the analyst's own compute; no case file has them.
    """

    case: Case
    plan: Plan
    reference: ReferenceBase
    simulation: Simulation
    figures: DrawFigures
    sample: YearlySample
    rows: tuple[ResultRow, ...]
    outcome_rows: tuple[OutcomeRow, ...]
    flow_rows: tuple[FlowRow, ...]
    warnings: tuple[ResultWarning, ...]
    share_cut: float
    evidence_share: float | None
    clipped: dict[str, float]
    scaled: dict[str, float]
    case_sha256: str
    version: str
    method: int
    _net_draws: dict[tuple[str, int], FloatArray] = field(repr=False)
    own_outcomes: tuple[OwnOutcome, ...] = ()

    def __repr__(self) -> str:
        spans = ", ".join(map(str, self.horizons))
        return f"<Appraisal of {self.title!r}: horizons {spans} years, {self.number_of_draws} draws, seed {self.seed}>"

    # -- what was computed ----------------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        """Name of the intervention."""
        return self.case.title

    @property
    def stated_outcomes(self) -> tuple[StatedOutcome, ...]:
        """The outcomes of the case and those of the analyst's own, in the order of the plan's."""
        return (*self.case.outcomes, *self.own_outcomes)

    @property
    def seed(self) -> int:
        """Seed of the draws."""
        return self.simulation.sample.seed

    @property
    def number_of_draws(self) -> int:
        """Number of draws."""
        return self.simulation.draws

    @property
    def sampler(self) -> str:
        """How the draws were made: sobol, random or lhs."""
        return self.simulation.sample.sampler

    @property
    def reference_sha256(self) -> str:
        """Hash of the reference base."""
        return self.reference.sha256

    @property
    def horizons(self) -> tuple[int, ...]:
        """Horizons in years, rising."""
        return self.plan.horizons

    @property
    def longest(self) -> int:
        """The longest horizon: the length of the calculation."""
        return self.plan.years

    @property
    def first_year(self) -> int:
        """Calendar year of year 0."""
        return self.plan.first_year

    @property
    def price_year(self) -> int:
        """Year of the prices of every amount."""
        return self.plan.price_year

    @property
    def flows_base(self) -> BaseFlows:
        """The base case by year."""
        return self.figures.flows

    # -- rows -----------------------------------------------------------------------------------------------------

    @cached_property
    def _by_key(self) -> dict[Key, ResultRow]:
        return {(row.view, row.perspective, row.horizon, row.measure): row for row in self.rows}

    def result(
        self, measure: str = "npv", perspective: str = "societal", horizon: int | None = None, view: str = "all"
    ) -> ResultRow:
        """Return one row; `horizon` None is the longest.

        Raises
        ------
        KeyError
            When the result has no such row; the message names what there is.
        """
        span = self.longest if horizon is None else horizon
        row = self._by_key.get((view, perspective, span, measure))
        if row is None:
            wanted = {"measure": measure, "perspective": perspective, "horizon": span, "view": view}
            raise KeyError(_not_there(wanted, self.rows))
        return row

    def outcome(self, id: str, horizon: int | None = None) -> OutcomeRow:
        """Return one outcome, or one state as `PATHWAY.STATE`, at one horizon; `horizon` None is the longest.

        Raises
        ------
        KeyError
            When the result has no such row; the message names what there is.
        """
        wanted = self.longest if horizon is None else horizon
        for row in self.outcome_rows:
            if (row.outcome, row.horizon) == (id, wanted):
                return row
        raise KeyError(_not_there({"outcome": id, "horizon": wanted}, self.outcome_rows))

    def base(self, measure: str = "npv", perspective: str = "societal", horizon: int | None = None) -> float:
        """Return the base-case value of a measure that always exists (npv, pv_costs, pv_effects).

        Raises
        ------
        ValueError
            When the measure is null; use `result` for those.
        """
        value = self.result(measure, perspective, horizon).base
        if value is None:
            raise ValueError(f"{measure} of {perspective} is null")
        return value

    def to_json(self, lang: Language = "sv") -> dict[str, Any]:
        """Return the result object of CASE_FORMAT; the warnings' messages in `lang`."""
        from socio_calc.appraisal.export import to_json

        return to_json(self, lang)

    # -- who pays and who gains -----------------------------------------------------------------------------------

    def payers(self) -> tuple[PayerRow, ...]:
        """Return the actors with any flow, in the fixed order."""
        rows = []
        valued = np.array([line.kind in HEALTH_KINDS for line in self.figures.lines], dtype=bool)
        for index, actor in enumerate(ACTORS):
            if not np.any(self.figures.discounted[:, index]):
                continue
            rows.append(
                PayerRow(
                    actor,
                    self.base("pv_costs", actor),
                    self.base("pv_effects", actor),
                    self.base("npv", actor),
                    self.result("payback_year", actor).base,
                    self.base("npv_cash", actor) if actor in PUBLIC else None,
                    self.figures.pv(actor, self.longest, valued)[0],
                )
            )
        return tuple(rows)

    @cached_property
    def costs_by_year(self) -> dict[str, FloatArray]:
        """Discounted base-case gains from the costs by actor and year (a cost is negative), shape (years,) each."""
        return {actor: self.figures.actor_by_year(actor, costs=True) for actor in ACTORS}

    @cached_property
    def gains_by_year(self) -> dict[str, FloatArray]:
        """Discounted base-case gains from the effects by actor and year, shape (years,) each."""
        return {actor: self.figures.actor_by_year(actor, costs=False) for actor in ACTORS}

    @property
    def freed_capacity(self) -> float:
        """What public budgets gain in freed time and space: npv − npv_cash at the longest horizon."""
        return self.base("npv", "public") - self.base("npv_cash", "public")

    @cached_property
    def grant_pv(self) -> float:
        """Present value of the costs that the grant covers."""
        lines = np.array([line.grant for line in self.figures.lines], dtype=bool)
        return -self.figures.pv("societal", self.longest, lines)[0] + 0.0

    @cached_property
    def grant_by_year(self) -> dict[str, FloatArray]:
        """Discounted base-case gains from the costs that the grant covers, as in `costs_by_year`, (years,) each."""
        lines = np.array([line.grant for line in self.figures.lines], dtype=bool)
        return {actor: self.figures.discounted[lines, index].sum(axis=0) for index, actor in enumerate(ACTORS)}

    @property
    def last_grant_year(self) -> int | None:
        """Last year of the calculation (0 = first) in which a cost is covered by the grant; None without a grant."""
        years = [max(item.years or (0,)) for item in self.case.costs if item.funding == "grant"]
        return max(years) if years else None

    @property
    def funder(self) -> str | None:
        """The actor that pays the grant, None without one."""
        return next((item.funder for item in self.case.costs if item.funding == "grant"), None)

    @cached_property
    def local_tax(self) -> tuple[float, float]:
        """Present value of new local tax to kommun and region, before and after equalisation."""
        before = after = 0.0
        taxes = self.plan.taxes
        for line, amount in zip(self.plan.lines, self.flows_base.amounts, strict=True):
            taxed = line.taxed * float((amount * self.plan.discount).sum())
            before += (taxes.municipal + taxes.regional) * taxed
            kept = taxes.local_tax(taxed)
            after += kept["kommun"] + kept["region"]
        return before, after

    # -- pathways ---------------------------------------------------------------------------------------------------

    @cached_property
    def occupancy(self) -> tuple[OccupancyRow, ...]:
        """Who is where: share in each state of each pathway, in both arms, by years since entry."""
        from socio_calc.appraisal.pathways import occupancy_rows

        return tuple(occupancy_rows(self.simulation))

    @cached_property
    def state_years(self) -> tuple[StateYearRow, ...]:
        """Person-years in each state of each pathway by year of the calculation, base case, in both arms."""
        from socio_calc.appraisal.pathways import state_year_rows

        return tuple(state_year_rows(self.plan, self.flows_base))

    @cached_property
    def transitions(self) -> tuple[TransitionProbability, ...]:
        """Probability of each transition of each pathway in both arms, base case."""
        from socio_calc.appraisal.pathways import transition_rows

        return tuple(transition_rows(self.plan))

    # -- uncertainty ----------------------------------------------------------------------------------------------

    def bands(self, perspective: str = "societal") -> Bands:
        """Return the cumulative discounted net value by year with its percentiles over draws."""
        return bands(self.simulation, self.figures, perspective)

    def net_draws(self, perspective: str = "societal", horizon: int | None = None) -> FloatArray:
        """Return the NPV of each draw (of the first chunk: at most 262,144), shape (draws,)."""
        key = (perspective, self.longest if horizon is None else horizon)
        if key not in self._net_draws:
            from socio_calc.appraisal.statistics import ChunkStatistics

            chunk = next(self.simulation.chunks())
            self._net_draws[key] = ChunkStatistics(self.simulation, chunk, {}, {}).net(*key)
        return self._net_draws[key]

    @cached_property
    def _rank_correlations(self) -> FloatArray:
        """Rank correlation of each column with the societal NPV in the yearly sample, shape (columns,)."""
        net, x = self.sample.net, self.sample.x
        if not len(x) or np.ptp(net) == 0:
            return np.zeros(len(x))

        def ranks(values: FloatArray) -> FloatArray:
            result = np.empty(values.size)
            result[np.argsort(values, kind="stable")] = np.arange(values.size) - (values.size - 1) / 2.0
            return result

        centred = ranks(net)
        return np.array([float(ranks(row) @ centred) for row in x]) / float(centred @ centred)

    def drivers(self) -> tuple[Driver, ...]:
        """Return what is drawn by its share of the spread of the societal NPV, largest first.

        Quantities that share their draw (parts of one total, METHOD §8) rise and fall as one, and are counted once.
        """
        members: dict[int, list[str]] = {}
        squared: dict[int, float] = {}
        for column, correlation in zip(self.plan.columns, self._rank_correlations, strict=True):
            members.setdefault(column.stream, []).append(column.key)
            squared[column.stream] = max(squared.get(column.stream, 0.0), float(correlation) ** 2)
        total = sum(squared.values()) or 1.0
        found = (Driver(keys[0], squared[stream] / total, tuple(keys)) for stream, keys in members.items())
        return tuple(sorted(found, key=lambda driver: -driver.share))

    def skew_driver(self) -> str | None:
        """Return the quantity whose skewness moves the mean furthest from the base case, or None.

        A quantity whose mean is not its central value moves the mean NPV by about (mean − central) times the slope
        of the NPV on it over the draws.
        """
        net = self.sample.net - self.sample.net.mean()
        moves = {}
        for column, row in zip(self.plan.columns, self.sample.x, strict=True):
            centred = row - row.mean()
            spread = float(centred @ centred)
            if spread > 0:
                moves[column.key] = abs((float(row.mean()) - column.central) * float(centred @ net) / spread)
        if not moves or max(moves.values()) == 0.0:
            return self.drivers()[0].key if self.plan.columns else None
        return max(moves, key=lambda key: moves[key])


def _not_there(wanted: Mapping[str, object], rows: Sequence[object]) -> str:
    """Return which part of a row asked for is in no row, and what could be asked for instead."""
    possible = {name: sorted({getattr(row, name) for row in rows}) for name in wanted}
    wrong = [name for name, value in wanted.items() if value not in possible[name]]
    if not wrong:
        return f"no row has {', '.join(f'{name} {value!r}' for name, value in wanted.items())} together"
    return "; ".join(f"no {name} {wanted[name]!r}: there is {', '.join(map(str, possible[name]))}" for name in wrong)
