"""Choices that are no quantities: discount rate, horizon, timing, the public-funds factor, how long effects last.

They change the plan itself, so each is a calculation of its own (a few milliseconds).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from socio_calc.analysis.focus import Focus
from socio_calc.appraisal.measures import DrawFigures
from socio_calc.case import Case, Fixed, Outcome, Pathway
from socio_calc.engine.build import build_plan
from socio_calc.engine.effects import rounded_years
from socio_calc.engine.terms import Shape
from socio_calc.engine.values import FactorValues
from socio_calc.engine.yearly import base_flows

Changed = Outcome | Pathway

#: Rates of the bar, and of the table of method choices.
RATE_ENDS = (0.0, 0.05)
RATES = (0.0, 0.03, 0.035, 0.05)
TIMINGS = ("start", "mid", "end")
#: The base's row with the marginal cost of public funds.
PUBLIC_FUNDS_PARAMETER = "public-funds-factor"
#: A choice that moves the answer by more than this share of it is named.
NOTABLE = 0.05


@dataclass(frozen=True, slots=True)
class StructuralBar:
    """The net present value under two settings of one choice; `quantity` is the choice's path in the case."""

    quantity: str
    low_input: float | str
    high_input: float | str
    npv_low: float
    npv_high: float


@dataclass(frozen=True, slots=True)
class Choice:
    """One setting of a method choice.

    Attributes
    ----------
    choice
        `timing`, `discount_rate` or `horizon`.
    value
        The setting: a timing, a rate as a share, a number of years.
    npv, change
        SEK; `change` is the difference to the base case.
    notable
        Whether it moves the answer by more than 5 % of it, or turns its sign.
    """

    choice: str
    value: float | str
    npv: float
    change: float
    notable: bool


def recomputed(focus: Focus, case: Case, horizon: int | None = None) -> float:
    """Return the base-case net present value of a changed case, in the perspective of `focus`, SEK."""
    figures = focus.figures
    if case is not focus.appraisal.case:
        plan = build_plan(case, focus.appraisal.reference, focus.appraisal.own_outcomes)
        figures = DrawFigures(plan, base_flows(plan))
    return figures.pv(focus.perspective, focus.horizon if horizon is None else horizon, figures.lines_of("all"))[0]


def _with(focus: Focus, field: str, value: float | str) -> float:
    """Return the net present value with one field of the case set; bars and choices ask for the same ones."""
    known = focus.with_field
    if (field, value) not in known:
        known[field, value] = recomputed(focus, focus.appraisal.case.model_copy(update={field: value}))
    return known[field, value]


def structural_bars(focus: Focus) -> tuple[StructuralBar, ...]:
    """Return the bars of the choices that are no quantities.

    Discount rate 0 and 5 %; the shortest and the longest horizon where the case has several; the timings that give the
    least and the most; the public-funds factor 1 and the base's; each effect a year shorter and longer. A bar for a
    choice that changes nothing is left out.
    """
    case = focus.appraisal.case
    bars = [_bar(focus, "discount_rate", *RATE_ENDS)]
    horizons = focus.appraisal.horizons
    if len(horizons) > 1:
        ends = horizons[0], horizons[-1]
        bars.append(StructuralBar("horizons", *ends, *(recomputed(focus, case, horizon) for horizon in ends)))
    bars.append(_timing_bar(focus))
    factor = focus.appraisal.reference.parameters[PUBLIC_FUNDS_PARAMETER].value
    low, high = (
        recomputed(focus, case.model_copy(update={"public_funds_factor": Fixed(value=value)}))
        for value in (1.0, factor)
    )
    bars.append(StructuralBar("public_funds_factor", 1.0, factor, low, high))
    bars.extend(_duration_bar(focus, duration) for duration in _durations(focus))
    return tuple(bar for bar in bars if not _nothing_changes(focus, bar))


def structural_paths(focus: Focus) -> tuple[str, ...]:
    """Return the paths of the choices that can have a bar; none is computed."""
    paths = ["discount_rate", "horizons", "timing", "public_funds_factor"]
    return (*paths, *(duration.path(focus.appraisal.case) for duration in _durations(focus)))


def method_choices(focus: Focus) -> tuple[Choice, ...]:
    """Return what the result would be under other timings, discount rates and horizons of the case."""
    case = focus.appraisal.case
    settings: list[tuple[str, float | str]] = [("timing", timing) for timing in TIMINGS]
    settings += [("discount_rate", rate) for rate in RATES]
    choices = [_choice(focus, field, value, _with(focus, field, value)) for field, value in settings]
    for horizon in focus.appraisal.horizons:
        choices.append(_choice(focus, "horizon", horizon, recomputed(focus, case, horizon)))
    return tuple(choices)


def _choice(focus: Focus, choice: str, value: float | str, npv: float) -> Choice:
    change = npv - focus.base
    if abs(change) <= focus.tolerance:
        return Choice(choice, value, npv, 0.0, False)
    turned = (npv > focus.tolerance) != (focus.base > focus.tolerance)
    return Choice(choice, value, npv, change, turned or abs(change) > NOTABLE * abs(focus.base))


def _bar(focus: Focus, field: str, low: float | str, high: float | str) -> StructuralBar:
    return StructuralBar(field, low, high, *(_with(focus, field, value) for value in (low, high)))


def _timing_bar(focus: Focus) -> StructuralBar:
    values = {timing: _with(focus, "timing", timing) for timing in TIMINGS}
    low, high = min(values, key=values.__getitem__), max(values, key=values.__getitem__)
    return StructuralBar("timing", low, high, values[low], values[high])


@dataclass(frozen=True, slots=True)
class _Duration:
    """An effect that can last longer or shorter: which item of which list of the case, and its shape in the plan."""

    field: str
    at: int
    shape: Shape

    def items(self, case: Case) -> tuple[Changed, ...]:
        return tuple(getattr(case, self.field))

    def path(self, case: Case) -> str:
        """Return the path of what decides how long: `holds` where it is given, else `lasts`."""
        return f"{self.field}.{self.items(case)[self.at].id}.{'lasts' if self.shape.holds is None else 'holds'}"

    def changed(self, case: Case, update: dict[str, object]) -> Case:
        """Return the case with some fields of the item set."""
        items = self.items(case)
        new = (*items[: self.at], items[self.at].model_copy(update=update), *items[self.at + 1 :])
        return case.model_copy(update={self.field: new})


def _durations(focus: Focus) -> Iterator[_Duration]:
    plan, case = focus.plan, focus.appraisal.case
    shapes = {outcome.id: outcome.shape for outcome in plan.outcomes if isinstance(outcome.shape, int)}
    shapes |= {pathway.id: pathway.shape for pathway in plan.pathways if pathway.shape is not None}
    for field, items in (("outcomes", list[Changed](case.outcomes)), ("pathways", list[Changed](case.pathways))):
        for at, item in enumerate(items):
            if item.id in shapes and not plan.shapes[shapes[item.id]].event:
                yield _Duration(field, at, plan.shapes[shapes[item.id]])


def _duration_bar(focus: Focus, duration: _Duration) -> StructuralBar:
    """Return the bar of one effect, a year shorter and a year longer: `holds` changes, and `lasts` with it."""
    case, shape = focus.appraisal.case, duration.shape
    if shape.holds is None:
        years, last = shape.lasts or focus.plan.years, None
    else:
        central = FactorValues(focus.plan, focus.plan.central[:, None])
        years, last = int(rounded_years(central.product(shape.holds))[0]), shape.lasts
    ends, values = [], []
    for change in (-1, 1):
        update: dict[str, object] = {}
        if shape.holds is None:
            ends.append(min(max(years + change, 1), focus.plan.years))
            update["lasts"] = ends[-1]
        else:
            ends.append(max(years + change, 0))
            update["holds"] = Fixed(value=float(ends[-1]))
            if last is not None:
                update["lasts"] = max(last + change, 1)
        values.append(recomputed(focus, duration.changed(case, update)))
    return StructuralBar(duration.path(case), float(ends[0]), float(ends[1]), *values)


def _nothing_changes(focus: Focus, bar: StructuralBar) -> bool:
    moved = np.abs(np.array([bar.npv_low, bar.npv_high]) - focus.base)
    return bool(np.all(moved <= focus.tolerance))
