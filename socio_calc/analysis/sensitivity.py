"""Everything that drives a result, in one object: `sensitivity(appraisal)` (METHOD §9)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from socio_calc.analysis.acceptability import Acceptability
from socio_calc.analysis.break_even import BreakEven, break_even
from socio_calc.analysis.drivers import DriverIndex, RankCorrelation, driver_indices, rank_correlations
from socio_calc.analysis.focus import Focus
from socio_calc.analysis.grid import Grid, two_way_grid
from socio_calc.analysis.information import Information, information
from socio_calc.analysis.scenarios import Scenario, scenarios
from socio_calc.analysis.structural import Choice, StructuralBar, method_choices, structural_bars
from socio_calc.analysis.switching import Switching, switching_values
from socio_calc.analysis.tornado import Bar, drawn_apart, grouped_tornado, tornado
from socio_calc.appraisal import Appraisal
from socio_calc.appraisal.summaries import of_values

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class NetFigures:
    """The net present value that is analysed, SEK: base case, and what the draws give."""

    base: float
    mean: float
    sd: float
    mc_error: float
    probability_positive: float


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """What drives a result and what must be true, for one perspective at one horizon.

    Each part is computed when it is first asked for: a report needs half of them.

    Attributes
    ----------
    focus
        What is analysed: an appraisal's plan and draws, from one perspective at one horizon.
    percentiles
        The ends of the tornado's bars.
    cost_per_participant
        What following one person costs, SEK; None where no cost was stated.
    progress
        Called with 1 after each independent group of quantities that has its indices: they take longest.
    """

    focus: Focus
    percentiles: tuple[float, float]
    cost_per_participant: float | None
    progress: Callable[[int], None] | None = None

    @property
    def appraisal(self) -> Appraisal:
        """The appraisal that is analysed."""
        return self.focus.appraisal

    @property
    def perspective(self) -> str:
        """Whose net present value is analysed."""
        return self.focus.perspective

    @property
    def horizon(self) -> int:
        """Over how many years."""
        return self.focus.horizon

    @cached_property
    def npv(self) -> NetFigures:
        """The net present value itself."""
        return _net_figures(self.focus)

    @cached_property
    def bars(self) -> tuple[Bar, ...]:
        """The tornado, by quantity."""
        return tornado(self.focus, self.percentiles)

    @cached_property
    def groups(self) -> tuple[Bar, ...]:
        """The tornado, by group of quantities."""
        return grouped_tornado(self.focus, self.percentiles)

    @cached_property
    def apart(self) -> tuple[Bar, ...]:
        """The tornado by quantity, with one bar for those that are always drawn together."""
        return drawn_apart(self.bars, self.groups)

    @cached_property
    def structural(self) -> tuple[StructuralBar, ...]:
        """The tornado of choices that are no quantities."""
        return structural_bars(self.focus)

    @cached_property
    def switching(self) -> tuple[Switching, ...]:
        """What each quantity must be for the investment to break even."""
        return switching_values(self.focus)

    @cached_property
    def break_even(self) -> BreakEven:
        """What must be true of costs and outcomes."""
        return break_even(self.focus)

    @cached_property
    def grid(self) -> Grid | None:
        """The two of `apart` with the largest bars together; None with fewer than two."""
        return two_way_grid(self.focus, self.apart, self.percentiles)

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The base case, then the scenarios of the case."""
        return scenarios(self.focus)

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        """Timings, discount rates and horizons, with those that matter marked."""
        return method_choices(self.focus)

    @cached_property
    def indices(self) -> tuple[DriverIndex, ...]:
        """Shares of the spread."""
        return driver_indices(self.focus, progress=self.progress)

    @cached_property
    def rank_correlations(self) -> tuple[RankCorrelation, ...]:
        """Partial rank correlations."""
        return rank_correlations(self.focus)

    @cached_property
    def acceptability(self) -> Acceptability:
        """Probabilities by horizon, value of a QALY and perspective."""
        return Acceptability(self.focus)

    @cached_property
    def information(self) -> Information:
        """What is worth measuring; computed when it is first asked for, as it takes longer than all the rest.

        It is about the roll-out of the case's `decision`, in that decision's own perspective; without one about the
        case in the perspective asked for.
        """
        perspective = None if self.appraisal.case.decision else self.perspective
        return information(self.appraisal, perspective, self.horizon, self.cost_per_participant)

    @property
    def notable_choices(self) -> tuple[Choice, ...]:
        """The method choices that move the answer by more than 5 %, or turn its sign."""
        return tuple(choice for choice in self.choices if choice.notable)

    def switching_of(self, quantity: str) -> Switching:
        """Return the switching value of one quantity.

        Raises
        ------
        KeyError
            When no uncertain quantity has this key.
        """
        for found in self.switching:
            if found.quantity == quantity:
                return found
        raise KeyError(quantity)

    def to_json(self) -> dict[str, Any]:
        """Return the object that `socio-calc sensitivity CASE --json` writes."""
        from socio_calc.analysis.sensitivity_tables import json_object

        return json_object(self)

    @cached_property
    def frames(self) -> dict[str, pd.DataFrame]:
        """Every result as a tidy frame, by name."""
        from socio_calc.analysis.sensitivity_tables import frames

        return frames(self)


def sensitivity(
    appraisal: Appraisal,
    perspective: str = "societal",
    horizon: int | None = None,
    range: tuple[float, float] = (5.0, 95.0),
    cost_per_participant: float | None = None,
    progress: Callable[[int], None] | None = None,
) -> Sensitivity:
    """Return what drives a result: all from the appraisal's own plan and draws.

    Parameters
    ----------
    appraisal
        From `appraise`.
    perspective
        `societal`, `public` or an actor.
    horizon
        Years, at most the length of the calculation; None is the longest.
    range
        Percentiles at the ends of the tornado's bars.
    cost_per_participant
        What following one person costs, SEK, beyond what the case has; None where no cost is stated.
    progress
        Called with 1 after each group of `analysis.drivers.dependent_groups` that has its indices.

    Raises
    ------
    ValueError
        For an unknown perspective, a horizon that the calculation does not reach, or percentiles that do not rise
        between 0 and 100.
    InputError
        When a scenario of the case cannot be computed.
    """
    percentiles = (float(range[0]), float(range[1]))
    focus = Focus(appraisal, perspective, appraisal.longest if horizon is None else horizon)
    found = Sensitivity(focus, percentiles, cost_per_participant, progress)
    # These two tell percentiles that do not rise, and scenarios that cannot be computed.
    _ = found.bars, found.scenarios
    return found


def _net_figures(focus: Focus) -> NetFigures:
    """Return the headline: from the result where the horizon is one of its own, else from the draws."""
    if focus.horizon in focus.appraisal.horizons:
        row = focus.appraisal.result("npv", focus.perspective, focus.horizon)
        if row.mean is not None and row.sd is not None and row.mc_error is not None:
            probability = float(row.probability_positive or 0.0)
            return NetFigures(focus.base, row.mean, row.sd, row.mc_error, probability)
    summary = of_values(focus.net_draws, limit=focus.tolerance)
    positive = float(np.mean(focus.net_draws > focus.tolerance))
    return NetFigures(focus.base, summary.mean, summary.sd, summary.mc_error, positive)
