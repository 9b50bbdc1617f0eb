"""Two cases, or one case with two versions of the base: what differs, and how much of the difference each change makes.

The parts are those of Shapley (`attribution`): they do not depend on the order of the changes and add up to the whole
difference of the base case. Changes that cannot be made one without the other are one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, Literal

from socio_calc.analysis.attribution import Attribution, Subset, attribute
from socio_calc.analysis.case_changes import Change, case_changes, quiet_changes, raw_data, with_edits
from socio_calc.appraisal import Appraisal, OpenedCase, appraise
from socio_calc.appraisal.base_rows import TABLES, Rows, rows_of_base, used_rows
from socio_calc.appraisal.measures import DrawFigures
from socio_calc.case.build import validate
from socio_calc.case.dump import case_data
from socio_calc.engine.build import build_plan
from socio_calc.engine.yearly import base_flows
from socio_calc.problems import InputError, Place, Problem
from socio_calc.reference import ReferenceBase

Question = Literal["npv", "probability", "break_even"]
#: Differences of amounts below this share of the amounts are the error of sums.
_SAME: Final = 1e-9


@dataclass(frozen=True)
class Side:
    """One of the two results.

    Attributes
    ----------
    npv, mean, p5, p95
        Net present value in the base case, and over draws; SEK.
    probability
        P(NPV > 0); None where nothing is uncertain.
    break_even
        Share of all effects at which the NPV is 0 (METHOD §7); None where there is none.
    payback_year
        Year that breaks even, counted from 1.
    """

    title: str
    case_sha256: str
    reference_sha256: str
    npv: float
    mean: float | None
    p5: float | None
    p95: float | None
    probability: float | None
    break_even: float | None
    payback_year: float | None


@dataclass(frozen=True)
class Step:
    """A change, or several that only make sense together, and the part of the difference that goes with them.

    `error` is the standard error of the part, 0 where every order of the changes was counted.
    """

    changes: tuple[Change, ...]
    amount: float
    error: float


@dataclass(frozen=True)
class Comparison:
    """Two results of the same perspective and horizon, and what lies between them.

    Attributes
    ----------
    steps
        Largest part first; the parts add up to `after.npv − before.npv`.
    exact, orders
        Whether every order of the changes was counted, else how many were drawn.
    quiet
        Parts of the case that differ without any number of the base case differing.
    flips
        Which answers turn: the sign of the NPV, whether it is more likely than not that it is above 0, whether the
        effects of the case are enough to break even.
    """

    perspective: str
    horizon: int
    before: Side
    after: Side
    steps: tuple[Step, ...]
    exact: bool
    orders: int
    quiet: tuple[str, ...]
    flips: tuple[Question, ...]
    appraisals: tuple[Appraisal, Appraisal]

    @property
    def difference(self) -> float:
        """The whole difference of the base case, SEK."""
        return self.after.npv - self.before.npv


def compare(
    before: OpenedCase,
    after: OpenedCase,
    *,
    perspective: str = "societal",
    horizon: int | None = None,
    draws: int = 16_384,
    seed: int = 1,
) -> Comparison:
    """Explain the difference between two results.

    Parameters
    ----------
    before, after
        Two cases, or the same case with two bases.
    perspective
        Whose net present value.
    horizon
        Years; None is the longest that both cases reach.
    draws, seed
        For the probabilities; the parts are those of the base case.

    Raises
    ------
    InputError
        A case cannot be computed, or does not reach the horizon (`horizon-too-long`).
    """
    reached = min(before.case.years, after.case.years)
    years = reached if horizon is None else horizon
    if years > reached:
        raise InputError([Problem("compare-horizon", Place(path="horizons"), {"h": years, "longest": reached})])
    first, second = (_appraised(opened, years, draws, seed) for opened in (before, after))
    one, two = (_side(appraisal, perspective, years) for appraisal in (first, second))
    game = _Game(before, after, (first, second), perspective, years)
    groups, parts = _attributed(game, seed)
    steps = [
        Step(tuple(game.changes[at] for at in group), part, error)
        for group, part, error in zip(groups, parts.parts, parts.errors, strict=True)
    ]
    return Comparison(
        perspective,
        years,
        one,
        two,
        tuple(sorted(steps, key=lambda step: -abs(step.amount))),
        parts.exact,
        parts.orders,
        quiet_changes(case_data(before.case), case_data(after.case)),
        tuple(_flips(one, two)),
        (first, second),
    )


def _appraised(opened: OpenedCase, years: int, draws: int, seed: int) -> Appraisal:
    horizons = None if years in opened.case.horizons else (*opened.case.horizons, years)
    return appraise(
        opened.case,
        draws=draws,
        seed=seed,
        horizons=horizons,
        reference=opened.reference,
        case_sha256=opened.document.sha256,
    )


def _side(appraisal: Appraisal, perspective: str, years: int) -> Side:
    npv = appraisal.result("npv", perspective, years)
    return Side(
        appraisal.title,
        appraisal.case_sha256,
        appraisal.reference_sha256,
        appraisal.base("npv", perspective, years),
        npv.mean,
        npv.p5,
        npv.p95,
        npv.probability_positive,
        appraisal.result("break_even_effect", perspective, years).base,
        appraisal.result("payback_year", perspective, years).base,
    )


def _flips(before: Side, after: Side) -> list[Question]:
    """Return the questions whose answer is another one; one that has no answer on a side does not turn."""
    found: list[Question] = []
    if (before.npv > 0) != (after.npv > 0):
        found.append("npv")
    if before.probability is not None and after.probability is not None:
        if (before.probability > 0.5) != (after.probability > 0.5):
            found.append("probability")
    if before.break_even is not None and after.break_even is not None:
        if (before.break_even <= 1.0) != (after.break_even <= 1.0):
            found.append("break_even")
    return found


# -- the base case with some of the changes ---------------------------------------------------------------------------


class _ImpossibleError(Exception):
    """A subset of groups of changes that makes no case."""

    def __init__(self, subset: Subset) -> None:
        self.subset = subset
        super().__init__(subset)


class _Game:
    """The net present value when some of the changes are made."""

    def __init__(
        self,
        before: OpenedCase,
        after: OpenedCase,
        appraisals: tuple[Appraisal, Appraisal],
        perspective: str,
        years: int,
    ) -> None:
        self.perspective, self.years = perspective, years
        self.bases = appraisals[0].reference, appraisals[1].reference
        changes, self.tree = case_changes(case_data(before.case), case_data(after.case))
        self.changes = (*changes, *_base_changes(appraisals))
        longest = max(before.case.years, after.case.years)
        self.frame: Mapping[str, Any] = {"format": 1, "title": "-", "horizons": sorted({years, longest})}
        self._known: dict[Subset, float] = {}
        self._impossible: set[Subset] = set()

    @cached_property
    def _tables(self) -> dict[str, dict[str, Any]]:
        """The rows of both bases, where both have one that of the first."""
        first, second = self.bases
        return {name: {**getattr(second, name), **getattr(first, name)} for name in TABLES if name != "life_table"}

    def possible(self, subset: Subset) -> bool:
        """Say whether a subset of the changes makes a case."""
        try:
            self.value(subset)
        except _ImpossibleError:
            return False
        return True

    def value(self, subset: Subset) -> float:
        """Return the net present value with a subset of the changes made.

        Raises
        ------
        _ImpossibleError
            They make no case.
        """
        if subset in self._impossible:
            raise _ImpossibleError(subset)
        if subset not in self._known:
            made = [change for at, change in enumerate(self.changes) if subset >> at & 1]
            try:
                self._known[subset] = self._computed(made)
            except (InputError, OverflowError, ZeroDivisionError) as error:
                self._impossible.add(subset)
                raise _ImpossibleError(subset) from error
        return self._known[subset]

    def _computed(self, made: Sequence[Change]) -> float:
        tree = with_edits(self.tree, [edit for change in made for edit in change.edits])
        case, faults = validate({**self.frame, **raw_data(tree)})
        if case is None:
            raise InputError([Problem(fault.code, Place(), fault.full_params()) for fault in faults])
        plan = build_plan(case, self._base(made))
        figures = DrawFigures(plan, base_flows(plan))
        return figures.pv(self.perspective, self.years, figures.lines_of("all"))[0]

    def _base(self, made: Sequence[Change]) -> ReferenceBase:
        first, second = self.bases
        if first is second:
            return first
        tables: dict[str, Any] = {name: dict(rows) for name, rows in self._tables.items()}
        life = first.life_table
        for change in made:
            if change.kind == "base":
                table, _, id = change.paths[0].partition(":")
                if table == "life_table":
                    life = second.life_table
                else:
                    tables[table][id] = getattr(second, table)[id]
        return replace(first, **tables, life_table=life)


def _base_changes(appraisals: tuple[Appraisal, Appraisal]) -> list[Change]:
    """Return the rows that either case uses and that the bases hold with other numbers."""
    if appraisals[0].reference is appraisals[1].reference:
        return []
    used = [used_rows(item.case, item.plan, item.reference) for item in appraisals]
    both: dict[str, Rows] = {name: {**used[1][name], **used[0][name]} for name in TABLES}
    first, second = (rows_of_base(item.reference, both) for item in appraisals)
    found = []
    for table, rows in first.items():
        for id, columns in rows.items():
            now = second[table][id]
            if table == "life_table" or columns is None or now is None or columns == now:
                continue
            differing = [name for name in columns if columns[name] != now[name]]
            one = table != "indices" and len(differing) == 1
            values = (columns[differing[0]], now[differing[0]]) if one else (None, None)
            found.append(Change("base", (f"{table}:{id}", *differing), (), *values))
    lives = [item.reference.life_table for item in appraisals]
    if both["life_table"] and lives[0] != lives[1]:
        found.append(Change("base", (f"life_table:{lives[1].period}",)))
    return found


def _attributed(game: _Game, seed: int) -> tuple[list[tuple[int, ...]], Attribution]:
    """Return groups of changes that can be made one without the other, and the part of each."""
    groups: list[tuple[int, ...]] = [(at,) for at in range(len(game.changes))]
    while True:
        now = tuple(groups)
        try:
            return groups, attribute(len(now), lambda subset, now=now: game.value(_joined(now, subset)), seed=seed)  # type: ignore[misc]
        except _ImpossibleError as error:
            groups = _merged(groups, error.subset, game)


# -- changes that need each other -------------------------------------------------------------------------------------


def _joined(groups: Sequence[tuple[int, ...]], subset: Subset) -> Subset:
    """Return the changes of a subset of groups."""
    return sum(1 << change for at, group in enumerate(groups) if subset >> at & 1 for change in group)


def _merged(groups: list[tuple[int, ...]], impossible: Subset, game: _Game) -> list[tuple[int, ...]]:
    """Return groups of which two or more have become one, so that the impossible subset of changes is none of theirs.

    What makes a subset possible is looked for first: one more group that it needs, such as the named quantity that a
    new price refers to. It joins the group that does not do without it.
    """
    inside = [at for at, group in enumerate(groups) if all(impossible >> change & 1 for change in group)]
    outside = [at for at in range(len(groups)) if at not in inside]
    for needed in outside:
        if game.possible(impossible | _bits(groups[needed])):
            needing = next(
                (at for at in inside if game.possible(impossible & ~_bits(groups[at]))), inside[-1] if inside else None
            )
            if needing is not None:
                return _with_one(groups, (needing, needed))
    for needing in inside:
        if game.possible(impossible & ~_bits(groups[needing])) and outside:
            return _with_one(groups, (needing, *outside))
    return [tuple(change for group in groups for change in group)]


def _bits(group: Sequence[int]) -> Subset:
    return sum(1 << change for change in group)


def _with_one(groups: Sequence[tuple[int, ...]], joined: Sequence[int]) -> list[tuple[int, ...]]:
    one = tuple(sorted(change for at in joined for change in groups[at]))
    return [group for at, group in enumerate(groups) if at not in joined] + [one]
