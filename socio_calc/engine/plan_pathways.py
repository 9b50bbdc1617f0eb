"""Pathways and what follows from their states, as courses and terms (METHOD §6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Literal

import numpy as np

from socio_calc.case import DEAD, Pathway, Quantity, TransitionRate, TransitionRow
from socio_calc.engine.discounting import TIMING_SHARE
from socio_calc.engine.pathways import leading_to
from socio_calc.engine.plan import Line, PathwayPlan, StatePlan, Transition
from socio_calc.engine.plan_consequences import Cause, consequence_line
from socio_calc.engine.plan_outcomes import adjustment_of, lasting
from socio_calc.engine.spreading import Strand, entrants, spread
from socio_calc.engine.terms import ONE, Course, FloatArray, Product, Term
from socio_calc.engine.workshop import Workshop

Per = Literal["year", "entry"]


def pathway_plan(shop: Workshop, pathway: Pathway) -> tuple[PathwayPlan, tuple[Line, ...]]:
    """Compile a pathway: its transitions, effects and strength, its states, and one line for each consequence."""
    path, register = f"pathways.{pathway.id}", shop.register
    alive = shop.case.survival != "none" if pathway.survival is None else pathway.survival
    states = (*pathway.states, DEAD) if alive and DEAD not in pathway.states else pathway.states
    places = {state: at for at, state in enumerate(states)}
    rows = [(places[state], row, f"{path}.transitions.{state}") for state, row in pathway.transitions.items()]
    transitions = [move for source, row, where in rows for move in _row(shop, places, source, row, where)]
    evidence_ids = []
    for index, effect in enumerate(pathway.effects):
        where = f"{path}.effects.{index}.value"
        value, evidence = register.effect(effect.value, effect.measure, where)
        evidence_ids.append(None if evidence is None else evidence.id)
        link = (places[effect.from_], places[effect.to])
        at = next(at for at, move in enumerate(transitions) if (move.source, move.target) == link)
        transitions[at] = replace(transitions[at], measure=effect.measure, value=value, value_path=where)
    adjustment = adjustment_of(shop, pathway, path)
    shape = shop.shape(lasting(shop, pathway, path)) if pathway.effects else None
    plan = PathwayPlan(
        id=pathway.id,
        name=pathway.name,
        path=path,
        states=states,
        start=np.array([pathway.start.get(state, 0.0) for state in states]),
        transitions=tuple(transitions),
        rest={source: source if row.rest is None else places[row.rest] for source, row, _ in rows},
        shape=shape,
        adjustment=adjustment,
        alive=alive,
        dead=places[DEAD] if alive else None,
        followed=(),
        entered=(),
        uncertain=_is_uncertain(transitions) or (shape is not None and shop.shapes[shape].uncertain),
        evidence_ids=tuple(evidence_ids),
        by_state=(),
    )
    lines = tuple(_lines(shop, pathway, plan))
    courses = {term.shape for line in lines for term in _all_terms(line) if isinstance(term.shape, Course)}
    entered = {course.state for course in courses if course.kind == "entries"}
    wanted = {course.state for course in courses}
    edges = [(move.source, move.target) for move in transitions] + list(plan.rest.items())
    return (
        replace(
            plan,
            followed=leading_to(len(states), edges, wanted),
            entered=tuple(sorted(entered)),
            by_state=tuple(_state(shop, plan, at) for at in range(len(states))),
        ),
        lines,
    )


def _row(shop: Workshop, places: Mapping[str, int], source: int, row: TransitionRow, path: str) -> Iterator[Transition]:
    """Yield the transitions of one row, that to the state which gets what is left apart."""
    if row.counts is not None:
        rest = source if row.rest is None else places[row.rest]
        for target, share in shop.register.shares(row.counts, f"{path}.counts").items():
            if places[target] != rest:
                yield Transition(source, places[target], f"{path}.counts.{target}", (share,))
        return
    for target, written in row.own.items():
        where = f"{path}.{target}"
        if isinstance(written, tuple):
            # Entries after the calculation are never read.
            listed = tuple(_probability(shop, entry, f"{where}.{k}") for k, entry in enumerate(written[: shop.years]))
        else:
            listed = (_probability(shop, written, where),)
        yield Transition(source, places[target], where, listed)


def _probability(shop: Workshop, written: Quantity | TransitionRate, path: str) -> Product:
    if isinstance(written, TransitionRate):
        return shop.register.from_rate(written.rate, f"{path}.rate")
    return shop.register.number(written, path)


def _is_uncertain(transitions: Iterable[Transition]) -> bool:
    products = [product for move in transitions for product in move.probabilities]
    products += [move.value for move in transitions if move.value is not None]
    return any(product.factors for product in products)


def _lines(shop: Workshop, pathway: Pathway, plan: PathwayPlan) -> Iterator[Line]:
    displacement = shop.register.number(pathway.displacement, f"{plan.path}.displacement")
    for index, item in enumerate(pathway.consequences):
        strands = _strands(shop, plan, plan.states.index(item.state), item.per, ordinary=False)
        cause = Cause(plan.id, plan.adjustment, displacement, strands if plan.shape is not None else ())
        yield consequence_line(shop, cause, item, f"{plan.path}.consequences.{index}")


def _all_terms(line: Line) -> tuple[Term, ...]:
    return line.terms + line.overflow + line.qaly_terms + line.weighted_terms


def _strands(shop: Workshop, plan: PathwayPlan, state: int, per: Per, *, ordinary: bool) -> tuple[Strand, ...]:
    """Return what a state, or coming to it, is a years after entry, in parts that the life table multiplies.

    Of a living state S(a)·π(a) and S(a + 1)·ε(a), with π and ε not counting deaths (see `engine.pathways`). What
    `dead` differs by is what the living differ by with the sign turned: S(a)·π(a) too; those who come to it are the
    difference from one year to the next.
    """

    def strand(kind: Literal["first", "last", "entries"], ahead: int, scale: float) -> Strand:
        course = Course(len(shop.pathways), state, kind, ordinary, plan.uncertain)
        return Strand((ONE,), course, plan.alive, ahead, scale)

    if per == "entry":
        if state == plan.dead:
            return strand("last", 1, 1.0), strand("first", 0, -1.0)
        return (strand("entries", 1, 1.0),)
    late = TIMING_SHARE[shop.case.timing]
    parts = (("first", 0, 1.0 - late), ("last", 1, late))
    return tuple(strand(kind, ahead, share) for kind, ahead, share in parts if share)  # type: ignore[arg-type]


def _state(shop: Workshop, plan: PathwayPlan, at: int) -> StatePlan:
    """Return the person-years of a state in both arms, as the flows of a year count them."""
    ordinary, _ = spread(shop, _strands(shop, plan, at, "year", ordinary=True), ONE)
    if at == plan.dead:
        ordinary = (*ordinary, *_died(shop))
    difference: tuple[Term, ...] = ()
    if plan.shape is not None:
        difference, _ = spread(shop, _strands(shop, plan, at, "year", ordinary=False), plan.adjustment)
    state = plan.states[at]
    return StatePlan(f"{plan.id}.{state}", plan.id, state, ordinary, difference)


def _died(shop: Workshop) -> Iterator[Term]:
    """Yield Σ_c n_c·(1 − S) as a year's flows count it: those whom the life table takes from the other states."""
    late = TIMING_SHARE[shop.case.timing]
    profiles: dict[tuple[int, ...], FloatArray] = {}
    for cohort in shop.cohorts:
        number = entrants(cohort)
        profile = profiles.setdefault(number.factors, np.zeros(shop.years))
        dead = 1.0 - cohort.alive
        ages = np.arange(shop.years - cohort.year)
        profile[cohort.year + ages] += number.coefficient * ((1.0 - late) * dead[ages] + late * dead[ages + 1])
    for factors, profile in profiles.items():
        yield Term(Product(1.0, factors), None, profile[None, :])
